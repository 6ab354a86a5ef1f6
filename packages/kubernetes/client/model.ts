/** Raw JSON as the API server sends it. Typed models would drop the fields they do not know. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

export interface Metadata {
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string;
  /** When its grace period is over. */
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  labels?: Readonly<Record<string, string>>;
  annotations?: Readonly<Record<string, string>>;
  ownerReferences?: readonly OwnerReference[];
  managedFields?: readonly ManagedFields[];
}

export interface ManagedFields {
  manager: string;
  operation: "Apply" | "Update";
  /** ISO 8601, to the second. */
  time?: string;
  subresource?: string;
  fieldsV1?: Json;
}

/** Any Kubernetes object, whole. */
export interface Resource {
  apiVersion: string;
  kind: string;
  metadata: Metadata;
  readonly [field: string]: unknown;
}

/** Names one object. `namespace` is left out for cluster-wide kinds. */
export interface Ref {
  apiVersion: string;
  kind: string;
  namespace?: string;
  name: string;
}

/** Names a set of objects of one kind; those of all namespaces where none is named. */
export interface Collection {
  apiVersion: string;
  kind: string;
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
}

export interface ResourceList {
  resourceVersion: string;
  items: readonly Resource[];
}

export type WatchEvent =
  | { type: "ADDED" | "MODIFIED" | "DELETED"; object: Resource }
  /** Nothing changed up to this resourceVersion. */
  | { type: "BOOKMARK"; resourceVersion: string };

export type Patch =
  | { type: "json"; body: readonly JsonPatchOperation[] }
  | { type: "merge" | "strategic"; body: Json }
  /** Server-side apply of a whole intent; `force` takes fields from other managers. */
  | { type: "apply"; body: Resource; force?: boolean };

export type JsonPatchOperation =
  | { op: "add" | "replace" | "test"; path: string; value: unknown }
  | { op: "remove"; path: string };

export interface WriteOptions {
  /** Field manager; default `cutover`. */
  fieldManager?: string;
  /** The server computes the result and stores nothing. */
  dryRun?: boolean;
  /** Such as `scale` or `status`. */
  subresource?: string;
  signal?: AbortSignal;
  /** Gets the text of each `Warning` header of the answer. */
  onWarning?: ((text: string) => void) | undefined;
}

export interface DeleteOptions {
  uid?: string;
  resourceVersion?: string;
  propagation?: "Background" | "Foreground" | "Orphan";
  dryRun?: boolean;
  signal?: AbortSignal;
}

export interface AccessQuestion {
  verb: string;
  /** API group; empty for core. */
  group: string;
  /** Plural, with a subresource after a slash: `pods/log`. */
  resource: string;
  namespace: string;
  name?: string;
}
