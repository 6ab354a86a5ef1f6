import type { View } from "./mirror.ts";
import type {
  AccessQuestion,
  Collection,
  DeleteOptions,
  Patch,
  Ref,
  Resource,
  ResourceList,
  WatchEvent,
  WriteOptions,
} from "./model.ts";
import type { Self } from "./self.ts";
import type { LookOptions } from "./shared-mirrors.ts";

export interface ReadOptions {
  signal?: AbortSignal;
}

/** One proxied HTTP answer; bodies are cut at 64 KiB. */
export interface ProxyAnswer {
  status: number;
  body: string;
}

export interface LogOptions extends ReadOptions {
  container: string;
  tailLines: number;
  previous?: boolean;
}

/**
 * A Kubernetes API server over raw JSON. Reads are retried, writes only where the server says that nothing happened
 * (429, connection refused). A write whose answer was lost ends in `CutoverError` with code `unavailable`: its result is unknown.
 * Every error names verb, resource, namespace and name.
 */
export interface Client {
  /** `https://host:port`, for messages. */
  readonly server: string;
  /** The context's namespace, `default` if it names none. */
  readonly namespace: string;

  /** @throws `not-found` */
  get(ref: Ref, options?: ReadOptions): Promise<Resource>;
  /** `undefined` where `get` would throw `not-found`. */
  find(ref: Ref, options?: ReadOptions): Promise<Resource | undefined>;
  /** All pages. A quorum read: never from the server's cache. Who asks for the same at once shares one that began no earlier. */
  list(collection: Collection, options?: ReadOptions): Promise<ResourceList>;
  /**
   * Changes after `resourceVersion`, with bookmarks, until the server or `signal` ends it (then it returns).
   * @throws `conflict` with hint "expired" for 410: list again. @throws `unavailable` when it breaks or stays silent too long.
   */
  watch(collection: Collection, resourceVersion: string, options?: ReadOptions): AsyncIterable<WatchEvent>;

  /** What is in a collection while somebody looks: one list and one watch for all who look at the same. @throws as `list` */
  look(collection: Collection, options?: LookOptions): Promise<View>;

  create(resource: Resource, options?: WriteOptions): Promise<Resource>;
  patch(ref: Ref, patch: Patch, options?: WriteOptions): Promise<Resource>;
  delete(ref: Ref, options?: DeleteOptions): Promise<void>;

  podLog(pod: { namespace: string; name: string }, options: LogOptions): Promise<string>;
  /** GET through the API server's proxy. `port` may be a name. */
  proxyGet(
    target: { kind: "pods" | "services"; namespace: string; name: string; port: number | string; path: string },
    options?: ReadOptions,
  ): Promise<ProxyAnswer>;
  exec(
    pod: { namespace: string; name: string; container: string },
    command: readonly string[],
    options?: ReadOptions,
  ): Promise<{ exitCode: number; stdout: string; stderr: string }>;
  /** A listener on 127.0.0.1 whose connections go to the pods in turn; close it with `[Symbol.asyncDispose]`. */
  portForward(pods: readonly { namespace: string; name: string }[], port: number): Promise<Tunnel>;

  /** What the server answers at a path that names no object, such as `/version`. */
  ask(path: string, options?: ReadOptions): Promise<unknown>;
  /** Which of these the credentials may not do. Denials name what is missing. */
  denied(questions: readonly AccessQuestion[], options?: ReadOptions): Promise<readonly AccessQuestion[]>;
  /** Who the server takes the credentials for, and how long these are good. */
  self(options?: ReadOptions): Promise<Self>;
  /** Ends views and idle connections. */
  close(): Promise<void>;
}

export interface Tunnel extends AsyncDisposable {
  /** Local port. */
  readonly port: number;
}
