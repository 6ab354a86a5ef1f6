import type { Json } from "../json.ts";
import type { Exchange } from "./exchange.ts";

/** One request as it came in. */
export interface LoggedRequest {
  /** get, list, watch, create, update, patch, delete, deletecollection; the method in small letters outside of resources. */
  readonly verb: string;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Parsed where it is JSON. */
  readonly body: Json | undefined;
  /** 0 until it is answered, and for ever where the connection was cut. */
  readonly status: number;
  /** Whether it would change stored objects: no dry run, no access review. */
  readonly isWrite: boolean;
  /** Milliseconds on the sandbox's clock. */
  readonly at: number;
}

export function logged(verb: string, exchange: Exchange, at: number): LoggedRequest {
  const { method, path, query, raw, response } = exchange;
  const writes = !["GET", "HEAD", "OPTIONS"].includes(method);
  const isReview = path.startsWith("/apis/authorization.k8s.io/");
  return {
    verb,
    method,
    path,
    query: Object.fromEntries(query),
    body: parsed(raw),
    get status() {
      return response.headersSent ? response.statusCode : 0;
    },
    isWrite: writes && !isReview && query.get("dryRun") !== "All",
    at,
  };
}

function parsed(raw: string): Json | undefined {
  if (raw === "") return undefined;
  try {
    const value: Json = JSON.parse(raw);
    return value;
  } catch {
    return raw;
  }
}
