import { annotation, canonicalJson } from "@cutover/release";
import type { Change, Sandbox } from "@cutover/sandbox";
import { guardService } from "../../virtual/guard.ts";
import type { Doer, Ground, Invariants } from "../scene.ts";

/** Milliseconds between two visits of a user. */
const visitEvery = 1_000;

/** S1 to S3, and what keeps the way back open for S6: what users of a Service meet, and what may happen to the slot behind it. */
export function serving({ town: { sandbox }, story, tell }: Ground): Invariants {
  const { services, needed, excused = "no image" } = story;
  for (const service of services) {
    guardService(sandbox, { service, needed, excused, visitEvery, tell: (wrong) => tell(`S1, ${service}: ${wrong}`) });
  }
  return {
    changed: {
      S2: (change, by) => (by === undefined ? undefined : harmed(sandbox, services, change)),
      S3: (change, by) => {
        const { kind, object } = change;
        if (kind !== "Service" || !services.includes(object.metadata.name)) return undefined;
        return movedBadly(sandbox, { change, by, needed, excused });
      },
      S6: (change, by) => (by === undefined ? undefined : retiredEarly(sandbox, services, change)),
    },
  };
}

/** S2: the slot that serves is never scaled down, deleted or changed, nor what its pods read. */
function harmed({ registry: { store } }: Sandbox, services: readonly string[], change: Change): string | undefined {
  const { kind, object, previous, type } = change;
  const { name } = object.metadata;
  const serves = services.some((service) => {
    const color = store.get("Service", "shop", service)?.spec.selector?.color;
    return (
      color !== undefined && name.endsWith(`-${color}`) && (kind !== "Deployment" || name === `${service}-${color}`)
    );
  });
  if (!serves || previous === undefined) return undefined;
  if (kind === "ConfigMap" || kind === "Secret") {
    const isSame = type !== "DELETED" && canonicalJson(object.data ?? {}) === canonicalJson(previous.data ?? {});
    return isSame ? undefined : `${kind} ${name}, which pods read that serve, was ${type}`;
  }
  if (kind !== "Deployment") return undefined;
  if (type === "DELETED") return `Deployment ${name} serves and was deleted`;
  const [before, after] = [sizeAndRest(previous.spec), sizeAndRest(object.spec)];
  if (after.size < before.size) return `Deployment ${name} serves and was scaled from ${before.size} to ${after.size}`;
  return after.rest === before.rest ? undefined : `Deployment ${name} serves and was changed`;
}

function sizeAndRest(spec: unknown): { size: number; rest: string } {
  const { replicas = 1, ...rest } = spec as { replicas?: number };
  return { size: replicas, rest: canonicalJson(rest) };
}

/** S6: while what serves is not confirmed, the other slot stays as large as it is, to go back to. */
function retiredEarly({ registry: { store } }: Sandbox, services: readonly string[], change: Change) {
  const { kind, object, previous, type } = change;
  const { name } = object.metadata;
  const service = services.find((one) => [`${one}-blue`, `${one}-green`].includes(name));
  if (kind !== "Deployment" || service === undefined || previous === undefined) return undefined;
  const isSmaller = type === "DELETED" || sizeAndRest(object.spec).size < sizeAndRest(previous.spec).size;
  const revision = store.get("Service", "shop", service)?.metadata.annotations?.[annotation.revision];
  const active = store.get("ControllerRevision", "shop", `cutover-${service}-${revision}`);
  const result = active?.metadata.annotations?.[annotation.result];
  if (!isSmaller || active === undefined || result === "confirmed") return undefined;
  return `Deployment ${name} was made smaller while revision ${revision}, which serves, is ${result}`;
}

interface Move {
  change: Change;
  by: Doer | undefined;
  needed: number;
  excused: string;
}

/** S3: a selector changes only by a conditional patch, to a slot that is ready and holds what the Service then says. */
function movedBadly({ registry: { store }, requests }: Sandbox, { change, by, needed, excused }: Move) {
  const { object, previous, type } = change;
  const { name } = object.metadata;
  const [before, after] = [previous, object].map((one) => (one?.spec as Selecting | undefined)?.selector);
  if (type === "DELETED" || canonicalJson(before ?? {}) === canonicalJson(after ?? {})) return undefined;
  if (by === undefined) return `somebody else moved Service ${name}`;
  const { verb, body, token } = by.request;
  const isConditional = (body as Conditional | undefined)?.metadata?.resourceVersion !== undefined;
  if (previous !== undefined && (verb !== "patch" || !isConditional)) return `a ${verb} without precondition moved it`;
  const slot = store.get("Deployment", "shop", `${name}-${after?.color}`);
  if (slot === undefined) return `it was moved to ${after?.color}, which is not there`;
  const pods = store.list("Pod", "shop").filter(({ metadata, status }) => {
    const isOfSlot = Object.entries(after ?? {}).every(([key, value]) => metadata.labels?.[key] === value);
    if (metadata.deletionTimestamp !== undefined) return false;
    return isOfSlot && status.conditions?.some((one) => one.type === "Ready" && one.status === "True");
  });
  const isFleeing = JSON.stringify(store.get("Deployment", "shop", `${name}-${before?.color}`) ?? {}).includes(excused);
  if (pods.length < needed && !isFleeing) return `it was moved to ${after?.color} with ${pods.length} ready pods`;
  const [says, holds] = [object, slot].map(({ metadata }) => metadata.annotations?.[annotation.revision]);
  if (says !== holds) return `it was moved to revision ${holds}, and says ${says}`;
  const entry = store.get("ControllerRevision", "shop", `cutover-${name}-${holds}`);
  const isProved = entry?.metadata.annotations?.[annotation.result] === "confirmed" || by.order.action === "rollback";
  const asked = requests.filter((one) => one.token === token && one.subresource === "proxy" && one.status === 200);
  const unasked = pods.find(({ metadata }) => !asked.some((one) => one.name.startsWith(metadata.name)));
  if (isProved || unasked === undefined) return undefined;
  return `it was moved to ${after?.color}, and pod ${unasked.metadata.name} was never asked`;
}

interface Selecting {
  selector?: Readonly<Record<string, string>>;
}

interface Conditional {
  metadata?: { resourceVersion?: string };
}
