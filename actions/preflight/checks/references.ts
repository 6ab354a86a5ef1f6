import { isCutoverError } from "@cutover/release";
import * as z from "zod";
import type { Candidate } from "../candidate.ts";
import { type Check, type Finding, fail, pass, skip, together, type World, warn } from "../check.ts";
import { allContainers, type PodSpec } from "../pod-spec.ts";

/** What a pod cannot start without. */
interface Reference {
  readonly kind: "ConfigMap" | "Secret" | "ServiceAccount" | "PersistentVolumeClaim";
  readonly name: string;
  /** Keys that must be in it. */
  readonly keys: readonly string[];
}

const metadata = z.looseObject({ name: z.string() });
const values = z.record(z.string(), z.unknown()).optional();

const shapes = {
  ConfigMap: z.looseObject({ metadata, data: values, binaryData: values }),
  Secret: z.looseObject({ metadata, data: values }),
  ServiceAccount: z.looseObject({ metadata }),
  PersistentVolumeClaim: z.looseObject({ metadata }),
} as const;

/** Pods whose Secret, ConfigMap, key, ServiceAccount or claim is missing never start, and say so only in their events. */
export const references: Check = {
  id: "references",
  title: "Everything that the pods refer to is there",
  run: async (world) => {
    const candidates = await world.facts.candidates();
    if (candidates.length === 0) return skip("There is no Deployment to look at");
    const found = await Promise.all(
      candidates.flatMap((candidate) =>
        referencesOf(candidate.pod).map((reference) => lookUp(reference, candidate, world)),
      ),
    );
    return together(found, "The pods refer to nothing");
  },
};

async function lookUp({ kind, name, keys }: Reference, { deployment }: Candidate, world: World): Promise<Finding> {
  if (await isOwn(kind, name, world)) return pass(`${kind} ${name} comes with the release`);
  const ref = { apiVersion: "v1", kind, namespace: world.namespace, name };
  const who = `the pods of ${deployment} need it`;
  const live = await world.client.find(ref, { signal: world.signal }).catch((error: unknown) => {
    if (isCutoverError(error, "forbidden")) return "forbidden" as const;
    throw error;
  });
  if (live === "forbidden")
    return warn(
      `Whether ${kind} ${name} exists cannot be told, and ${who}`,
      `Let the credentials get ${kind} ${name}.`,
    );
  if (live === undefined)
    return fail(
      `${kind} ${name} does not exist in namespace ${world.namespace}, and ${who}`,
      `Create ${kind} ${name}, put it into the manifests, or correct its name.`,
    );
  const { data = {}, binaryData = {} } = { ...shapes[kind].parse(live) } as { data?: object; binaryData?: object };
  const missing = keys.filter((key) => !(key in data) && !(key in binaryData));
  if (missing.length === 0) return pass(`${kind} ${name} is there`);
  return fail(`${kind} ${name} has no key ${missing.join(", ")}, and ${who}`, `Add the key to ${kind} ${name}.`);
}

/** What the release itself brings need not be there yet. */
async function isOwn(kind: string, name: string, { facts }: World): Promise<boolean> {
  const rehearsals = await facts.rehearsals();
  const objects = rehearsals.flatMap(({ changes }) => [...changes.values()].flat()).map(({ after }) => after);
  return objects.some((object) => object.kind === kind && object.metadata.name === name);
}

function referencesOf(pod: PodSpec): readonly Reference[] {
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
    for (const one of [configMap, ...(projected?.sources ?? []).map((source) => source.configMap)])
      add("ConfigMap", one, keysOf(one?.items));
    add("Secret", secret && { ...secret, name: secret.secretName }, keysOf(secret?.items));
    for (const { secret: one } of projected?.sources ?? []) add("Secret", one, keysOf(one?.items));
    add("PersistentVolumeClaim", claim && { name: claim.claimName });
  }
  for (const secret of imagePullSecrets) add("Secret", secret);
  add("ServiceAccount", { name: serviceAccountName });
  return merged(all.filter(({ optional }) => optional !== true));
}

interface Named {
  readonly name?: string | undefined;
  readonly optional?: boolean | undefined;
}

function keysOf(items: readonly ({ readonly key: string } | undefined)[] = []): readonly string[] {
  return items.flatMap((item) => item?.key ?? []);
}

/** Each object once, with all keys that are read of it. */
function merged(all: readonly Reference[]): readonly Reference[] {
  const byName = Map.groupBy(all, ({ kind, name }) => `${kind} ${name}`);
  return [...byName.values()].flatMap(([first, ...more]) => {
    if (first === undefined) return [];
    return [{ ...first, keys: [...new Set([first, ...more].flatMap(({ keys }) => keys))] }];
  });
}
