import type { ApiObject } from "./api-object.ts";
import { type KindName, kindNamed, kinds } from "./kinds.ts";
import type { Registry, Target } from "./registry.ts";
import { conflict, notFound } from "./status.ts";
import type { Pod } from "./workloads.ts";

export interface Deletion {
  readonly uid?: string | undefined;
  readonly resourceVersion?: string | undefined;
  readonly propagation?: "Background" | "Foreground" | "Orphan" | undefined;
  /** Seconds; only pods know grace. */
  readonly graceSeconds?: number | undefined;
  readonly dryRun?: boolean;
}

export interface Deleted {
  readonly object: ApiObject;
  /** False where grace or finalizers keep it for a while. */
  readonly gone: boolean;
}

/**
 * Deletes, or begins to.
 * @throws ApiError 404, 409 where a precondition fails
 */
export function remove(registry: Registry, target: Target, deletion: Deletion = {}): Deleted {
  const { store } = registry;
  const live = store.get(target.kind, target.namespace, target.name);
  if (live === undefined) throw notFound(kindNamed(target.kind), target.name);
  checkPreconditions(target.kind, live, deletion);
  if (deletion.dryRun !== true && deletion.propagation === "Orphan") orphanDependents(registry, live);
  const grace = graceOf(target.kind, live, deletion);
  const finalizers = finalizersOf(live, deletion);
  if (grace === 0 && finalizers.length === 0) {
    const ended = target.kind === "Pod" ? marked(registry, live, { grace, finalizers }) : live;
    return { object: deletion.dryRun === true ? ended : store.remove(target.kind, ended), gone: true };
  }
  if (live.metadata.deletionTimestamp !== undefined && !isSooner(live, grace)) return { object: live, gone: false };
  const object = marked(registry, live, { grace, finalizers });
  return { object: deletion.dryRun === true ? object : store.put(target.kind, object), gone: false };
}

function checkPreconditions(kind: KindName, live: ApiObject, { uid, resourceVersion }: Deletion): void {
  const { name, uid: actual, resourceVersion: current } = live.metadata;
  if (uid !== undefined && uid !== actual) {
    const why = `the UID in the precondition (${uid}) does not match the UID in record (${actual}). The object might have been deleted and then recreated`;
    throw conflict({ ...kindNamed(kind), plural: kind }, name, why);
  }
  if (resourceVersion !== undefined && resourceVersion !== current) {
    const why = `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${current}). The object might have been modified`;
    throw conflict({ ...kindNamed(kind), plural: kind }, name, why);
  }
}

/** Seconds until the object is gone; only a pod that runs on a node is given any. A namespace waits for its contents. */
function graceOf(kind: KindName, live: ApiObject, deletion: Deletion): number {
  if (kind === "Namespace") return 30;
  if (kind !== "Pod") return 0;
  const pod = live as Pod;
  const hasEnded = pod.status.phase === "Failed" || pod.status.phase === "Succeeded";
  if (pod.spec.nodeName === undefined || hasEnded) return 0;
  return deletion.graceSeconds ?? pod.spec.terminationGracePeriodSeconds;
}

function finalizersOf(live: ApiObject, deletion: Deletion): readonly string[] {
  const finalizers = live.metadata.finalizers ?? [];
  if (deletion.propagation !== "Foreground" || finalizers.includes("foregroundDeletion")) return finalizers;
  return [...finalizers, "foregroundDeletion"];
}

function isSooner(live: ApiObject, grace: number): boolean {
  return live.kind === "Pod" && grace < (live.metadata.deletionGracePeriodSeconds ?? 0);
}

function marked(
  registry: Registry,
  live: ApiObject,
  { grace, finalizers }: { grace: number; finalizers: readonly string[] },
): ApiObject {
  const ends = new Date(registry.clock.date().getTime() + (live.kind === "Pod" ? grace * 1_000 : 0));
  const { generation, ...metadata } = live.metadata;
  const isNamespace = live.kind === "Namespace";
  return {
    ...live,
    ...(isNamespace ? { status: { phase: "Terminating" } } : {}),
    metadata: {
      ...metadata,
      ...(generation === undefined ? {} : { generation: generation + 1 }),
      ...(finalizers.length === 0 ? {} : { finalizers }),
      deletionTimestamp: ends.toISOString().replace(/\.\d+Z$/, "Z"),
      ...(isNamespace ? {} : { deletionGracePeriodSeconds: live.kind === "Pod" ? grace : 0 }),
    },
  };
}

function orphanDependents(registry: Registry, owner: ApiObject): void {
  const { uid } = owner.metadata;
  for (const { name: kind } of kinds) {
    for (const dependent of registry.store.list(kind)) {
      const owners = dependent.metadata.ownerReferences ?? [];
      if (!owners.some((reference) => reference.uid === uid)) continue;
      const rest = owners.filter((reference) => reference.uid !== uid);
      const { ownerReferences: _, ...metadata } = dependent.metadata;
      const freed = rest.length === 0 ? metadata : { ...metadata, ownerReferences: rest };
      registry.store.put(kind, { ...dependent, metadata: freed });
    }
  }
}
