import { isRecord } from "./shape.ts";
import type { WireRequest } from "./transport.ts";

/**
 * How new the server's answers have been, so that an older state, as a cache or a replica that lags shows it, is known as one:
 * resourceVersions of one kind can be compared (https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions).
 */
export interface Seen {
  /** Whether an answer to this request is older than what had been seen of that object or collection when this was called. */
  from(request: WireRequest): (json: unknown) => boolean;
  /** Whether the API of this request has been served: one that has not may be none that this server knows. */
  serves(request: WireRequest): boolean;
  /** An answer that counts. */
  note(request: WireRequest, json: unknown): void;
}

export function createSeen(): Seen {
  const newest = new Map<string, number>();
  const served = new Set<string>();
  const raise = (path: string, version: number) => newest.set(path, Math.max(version, newest.get(path) ?? 0));
  return {
    from: ({ method, path: whole }) => {
      const [path = "", query = ""] = whole.split("?");
      // The later pages of a list show what the first showed.
      const floor = method === "GET" && !query.includes("continue=") ? newest.get(path) : undefined;
      return (json) => floor !== undefined && (versionOf(json)?.version ?? floor) < floor;
    },
    serves: ({ path }) => served.has(apiOf(path)),
    note: ({ method, path: whole }, json) => {
      const [path = ""] = whole.split("?");
      served.add(apiOf(path));
      const shown = versionOf(json);
      if (shown === undefined) return;
      const object = method === "POST" && shown.name !== undefined ? `${path}/${shown.name}` : path;
      raise(object, shown.version);
      if (shown.name !== undefined) raise(object.slice(0, object.lastIndexOf("/")), shown.version);
    },
  };
}

/** `/api/v1` or `/apis/<group>/<version>`. */
function apiOf(path: string): string {
  return path.split("/", path.startsWith("/api/") ? 3 : 4).join("/");
}

/** That of an object, with its name, or of a list; `undefined` where there is none, or it is no number. */
function versionOf(json: unknown): { version: number; name: string | undefined } | undefined {
  if (!isRecord(json) || !isRecord(json.metadata)) return undefined;
  const { name, resourceVersion } = json.metadata;
  if (typeof resourceVersion !== "string" || !/^\d+$/.test(resourceVersion)) return undefined;
  return { version: Number(resourceVersion), name: typeof name === "string" ? name : undefined };
}
