import type { Delivery, What } from "@cutover/sandbox";

type Webhook = Delivery["registry"]["admission"]["webhooks"][number];
type Mutate = NonNullable<Webhook["mutate"]>;
type Json = Parameters<Mutate>[0]["object"];

/** What these webhooks write is none of a run's doing, though it comes with a write of a run. */
export const ofWebhooks = "policy.example.com/";
const container = { name: "proxy", image: "registry.example/proxy:v1", imagePullPolicy: "IfNotPresent" };

/** A webhook that changes what is written: only this one write, or all from it on. */
function mutating(name: string, kinds: Webhook["kinds"], { mutate, isOnce = false }: Mutation): What {
  return {
    name: `webhook ${name}`,
    act: async ({ registry: { admission }, carryOut }) => {
      const before = admission.webhooks;
      admission.webhooks = [...before, { name, ...(kinds === undefined ? {} : { kinds }), mutate }];
      const answer = await carryOut();
      if (isOnce) admission.webhooks = before;
      return answer;
    },
  };
}

interface Mutation {
  readonly mutate: Mutate;
  readonly isOnce?: boolean;
}

/** They add what leaves the release as good as it is. */
export const adding: readonly What[] = [
  mutating("adds a label", undefined, { mutate: ({ object }) => labelled(object) }),
  mutating("adds a sidecar to pods", ["Pod"], { mutate: ({ object, old }) => (old ? object : withSidecar(object)) }),
];

/** They take away what the run has asked for, without a word. */
export const taking: readonly What[] = [
  mutating("allows one pod", ["Deployment"], {
    mutate: ({ object, old }) => (grows(object, old) ? having(object, "spec", { replicas: 1 }) : object),
    isOnce: true,
  }),
  mutating("keeps the selector", ["Service"], {
    mutate: ({ object, old }) =>
      old ? having(object, "spec", { selector: at(old, "spec").selector ?? null }) : object,
    isOnce: true,
  }),
];

function labelled(object: Json): Json {
  const metadata = at(object, "metadata");
  return having(object, "metadata", { labels: { ...at(metadata, "labels"), [`${ofWebhooks}seen`]: "true" } });
}

function withSidecar(object: Json): Json {
  const { containers } = at(object, "spec");
  return having(object, "spec", { containers: [...(Array.isArray(containers) ? containers : []), container] });
}

function grows(object: Json, old: Json | undefined): boolean {
  const [before, after] = [old ?? {}, object].map((one) => Number(at(one, "spec").replicas ?? 0));
  return (after ?? 0) > (before ?? 0);
}

function at(object: Json, field: string): Json {
  const value = object[field];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function having(object: Json, field: string, more: Json): Json {
  return { ...object, [field]: { ...at(object, field), ...more } };
}
