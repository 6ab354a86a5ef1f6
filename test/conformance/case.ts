/** JSON as it was read. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/**
 * One request. In `path` and `body`, `{ns}` is the namespace of the run, `{image:v1}` an image that can be pulled, and
 * `{0.metadata.uid}` a value of the answer to the first step.
 */
export interface Request {
  readonly method: string;
  /** `configmaps/web?dryRun=All` is below the namespace of the run; what begins with `/` is the path itself. */
  readonly path: string;
  /** Sent as JSON; a text is sent as it is. */
  readonly body?: unknown;
  /** Content-Type; `application/json` where a body has none. */
  readonly type?: string;
  readonly accept?: string;
  /** User-Agent: without `fieldManager` its first word owns the fields. Default `conformance`. */
  readonly agent?: string;
}

export interface Step extends Request {
  /** Only the status code is compared. */
  readonly quiet?: true;
  /** Asks again until the body is so; only the last answer is compared. */
  readonly until?: (body: Json) => boolean;
  /** A watch, ended by us after so many events; without it, every answer is read to its end. */
  readonly events?: number;
  /** Compares a part of the body. */
  readonly pick?: (body: Json) => unknown;
}

export interface Case {
  readonly name: string;
  readonly steps: readonly Step[];
}

/** Cases of one subject; they share a namespace and run one after the other, each cleaned up behind. */
export interface Group {
  readonly name: string;
  /** Each case has a namespace of its own instead, as controllers go on after it; they run side by side. */
  readonly apart?: true;
  readonly cases: readonly Case[];
}

/** A sentence and the requests that show it. */
export function it(name: string, ...steps: Step[]): Case {
  return { name, steps };
}

export function get(path: string): Step {
  return { method: "GET", path };
}

export function post(path: string, body: unknown): Step {
  return { method: "POST", path, body };
}

export function put(path: string, body: unknown): Step {
  return { method: "PUT", path, body };
}

export function remove(path: string, body?: unknown): Step {
  return body === undefined ? { method: "DELETE", path } : { method: "DELETE", path, body };
}

const patchTypes = {
  json: "application/json-patch+json",
  merge: "application/merge-patch+json",
  strategic: "application/strategic-merge-patch+json",
} as const;

export function patch(type: keyof typeof patchTypes, path: string, body: unknown): Step {
  return { method: "PATCH", path, body, type: patchTypes[type] };
}

/** A server-side apply; `path` carries the field manager and `force`. */
export function apply(path: string, body: unknown): Step {
  return { method: "PATCH", path, body, type: "application/apply-patch+yaml" };
}

/** What happens from a resourceVersion on, for `events` events. */
export function watch(path: string, events: number): Step {
  return { method: "GET", path: `${path}${path.includes("?") ? "&" : "?"}watch=true`, events };
}

/** A step that only prepares: its status code is all that is compared. */
export function given(step: Step): Step {
  return { ...step, quiet: true };
}

/** Reads until the body is so. */
export function settled(path: string, until: (body: Json) => boolean): Step {
  return { ...get(path), until };
}

/** The value at a path such as `items.0.status`, `undefined` where it ends early. */
export function at(value: Json | undefined, path: string): Json | undefined {
  let here: Json | undefined = value;
  for (const key of path.split(".")) {
    if (typeof here !== "object" || here === null) return undefined;
    here = Array.isArray(here) ? here[Number(key)] : here[key];
  }
  return here;
}
