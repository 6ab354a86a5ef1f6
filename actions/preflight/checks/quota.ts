import { exactQuantity, formatQuantity, parseQuantity } from "@cutover/release";
import * as z from "zod";
import type { Candidate } from "../candidate.ts";
import { type Check, type Finding, fail, pass, skip, together, warn } from "../check.ts";
import { allContainers, amountFor, amounts } from "../pod-spec.ts";
import { isCounted, quotaScopes } from "../quota-scope.ts";

const resourceQuota = {
  apiVersion: "v1",
  kind: "ResourceQuota",
  schema: z.looseObject({
    metadata: z.looseObject({ name: z.string() }),
    spec: quotaScopes.extend({ hard: amounts }),
    status: z.looseObject({ hard: amounts, used: amounts }).optional(),
  }),
} as const;

/** A blue-green release runs two slots for a while: the namespace's quotas must have room for the second one. */
export const quota: Check = {
  id: "quota",
  title: "The quotas have room for both slots",
  run: async ({ facts }) => {
    const [quotas, candidates] = await Promise.all([facts.allIfAllowed(resourceQuota), facts.candidates()]);
    if (quotas === undefined) return skip("The credentials may not list ResourceQuotas");
    if (quotas.length === 0) return skip(`Namespace ${facts.namespace} has no ResourceQuota`);
    const found = quotas.flatMap(({ metadata, spec, status }) => {
      const counted = candidates.filter(({ pod }) => isCounted(pod, spec));
      return Object.entries(status?.hard ?? spec.hard ?? {}).flatMap(([name, hard]) => {
        const silent = counted.flatMap((candidate) => silenceOf(candidate, name, metadata.name));
        if (silent.length > 0) return silent;
        const of = (count: "replicas" | "most") =>
          exactQuantity(counted.reduce((sum, candidate) => sum + neededOf(candidate, name, candidate[count]), 0));
        const [needed, most] = [of("replicas"), of("most")];
        const limit = { quota: metadata.name, name, hard: amountOf(hard), used: amountOf(status?.used?.[name]) };
        return most === 0 ? [] : [judged(limit, needed, most)];
      });
    });
    return together(found, "No quota limits what the pods need");
  },
};

interface Limit {
  readonly quota: string;
  readonly name: string;
  readonly hard: number;
  readonly used: number;
}

/** @param most what is needed once autoscalers have made as many pods as they may */
function judged({ quota, name, hard, used }: Limit, needed: number, most: number): Finding {
  const shown = (amount: number): string => formatQuantity(amount, /memory|storage/.test(name));
  const seen = `ResourceQuota ${quota} has ${shown(Math.max(0, hard - used))} ${name} left of ${shown(hard)}, and the new pods need ${shown(needed)}`;
  const raise = (amount: number) => `Raise ${name} in ResourceQuota ${quota} by ${shown(used + amount - hard)}`;
  if (exactQuantity(used + needed) > hard)
    return fail(seen, `${raise(needed)}, or retire the old slot before the release.`);
  if (exactQuantity(used + most) <= hard) return pass(seen);
  return warn(
    `${seen}, or ${shown(most)} once their autoscaler has made as many as it may`,
    `${raise(most)}, or lower maxReplicas: a slot that cannot grow under load fails its users.`,
  );
}

/** A quota of CPU or memory refuses pods with a container that says nothing of it, LimitRanges included. */
function silenceOf({ pod, deployment }: Candidate, name: string, quota: string): readonly Finding[] {
  const [kind, resource] = meaningOf(name);
  const isWanted = resource === "cpu" || resource === "memory";
  // What the pod as a whole says is said for its containers.
  if (!isWanted || pod.resources !== undefined) return [];
  const silent = allContainers(pod).filter(({ resources: { requests, limits } = {} }) => {
    return limits?.[resource] === undefined && (kind === "limits" || requests?.[resource] === undefined);
  });
  return silent.map((container) =>
    fail(
      `ResourceQuota ${quota} limits ${name}, and container ${container.name} of ${deployment} says nothing of it: its pods would be refused`,
      `Set resources.${kind}.${resource} of container ${container.name}.`,
    ),
  );
}

/** `limits.cpu` is of limits; `cpu` and `requests.cpu` of requests. */
function meaningOf(name: string): readonly ["limits" | "requests", string] {
  if (name.startsWith("limits.")) return ["limits", name.slice("limits.".length)];
  return ["requests", name.replace(/^requests\./, "")];
}

/** What the pods that are still to be made, up to `replicas`, need of a quota's resource. */
function neededOf({ pod, running }: Candidate, name: string, replicas: number): number {
  const more = Math.max(0, replicas - running);
  const [kind, resource] = meaningOf(name);
  if (name === "pods" || name === "count/pods") return more;
  return more * amountFor(pod, resource, kind);
}

function amountOf(text: string | number | undefined): number {
  return parseQuantity(text ?? 0) ?? 0;
}
