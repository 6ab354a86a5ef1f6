import { allContainers, type PodSpec } from "./pod-spec.ts";

/** What a pod cannot start without. */
export interface Reference {
  readonly kind: "ConfigMap" | "Secret" | "ServiceAccount" | "PersistentVolumeClaim" | "PriorityClass" | "RuntimeClass";
  readonly name: string;
  /** Keys that must be in it. */
  readonly keys: readonly string[];
}

/** Everything that the pod refers to, each object once with all keys that are read of it; what is optional is left out. */
export function referencesOf(pod: PodSpec): readonly Reference[] {
  const { volumes = [], serviceAccountName = "default", imagePullSecrets = [] } = pod;
  const all: (Reference & { optional?: boolean | undefined })[] = [];
  const add = (kind: Reference["kind"], named: Named | undefined, keys: readonly string[] = []) => {
    if (named?.name !== undefined) all.push({ kind, name: named.name, keys, optional: named.optional });
  };
  for (const { env = [], envFrom = [] } of allContainers(pod)) {
    for (const { valueFrom } of env) {
      add("ConfigMap", valueFrom?.configMapKeyRef, keysOf([valueFrom?.configMapKeyRef]));
      add("Secret", valueFrom?.secretKeyRef, keysOf([valueFrom?.secretKeyRef]));
    }
    for (const { configMapRef, secretRef } of envFrom) {
      add("ConfigMap", configMapRef);
      add("Secret", secretRef);
    }
  }
  for (const { configMap, secret, persistentVolumeClaim: claim, projected } of volumes) {
    const sources = projected?.sources ?? [];
    for (const one of [configMap, ...sources.map((source) => source.configMap)])
      add("ConfigMap", one, keysOf(one?.items));
    add("Secret", secret && { ...secret, name: secret.secretName }, keysOf(secret?.items));
    for (const one of sources.map((source) => source.secret)) add("Secret", one, keysOf(one?.items));
    add("PersistentVolumeClaim", claim && { name: claim.claimName });
  }
  for (const secret of imagePullSecrets) add("Secret", secret);
  add("ServiceAccount", { name: serviceAccountName });
  add("PriorityClass", { name: pod.priorityClassName });
  add("RuntimeClass", { name: pod.runtimeClassName ?? undefined });
  return merged(all.filter(({ optional }) => optional !== true));
}

interface Named {
  readonly name?: string | undefined;
  readonly optional?: boolean | undefined;
}

function keysOf(items: readonly ({ readonly key: string } | undefined)[] = []): readonly string[] {
  return items.flatMap((item) => item?.key ?? []);
}

function merged(all: readonly Reference[]): readonly Reference[] {
  const byName = Map.groupBy(all, ({ kind, name }) => `${kind} ${name}`);
  return [...byName.values()].flatMap(([first, ...more]) => {
    if (first === undefined) return [];
    return [{ ...first, keys: [...new Set([first, ...more].flatMap(({ keys }) => keys))] }];
  });
}
