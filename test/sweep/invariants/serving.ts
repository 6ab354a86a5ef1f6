import { annotation, canonicalJson } from "@cutover/release";
import type { Change, LoggedRequest, Sandbox } from "@cutover/sandbox";
import { guardService } from "../../virtual/guard.ts";
import type { Doer, Ground, Invariants } from "../scene.ts";
import { activeColor, colorOf, matches, resultOf, serviceOf, slotOf } from "../slots.ts";

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
  if (previous === undefined) return undefined;
  if (kind === "ConfigMap" || kind === "Secret") {
    const isRead = services.some((service) => name.endsWith(`-${activeColor(store, service)}`));
    const isSame = type !== "DELETED" && canonicalJson(object.data ?? {}) === canonicalJson(previous.data ?? {});
    return isSame || !isRead ? undefined : `${kind} ${name}, which pods read that serve, was ${type}`;
  }
  const service = serviceOf(change, services);
  if (service === undefined || colorOf(change) !== activeColor(store, service)) return undefined;
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
  const { object, previous, type } = change;
  const service = serviceOf(change, services);
  if (service === undefined || previous === undefined) return undefined;
  const isSmaller = type === "DELETED" || sizeAndRest(object.spec).size < sizeAndRest(previous.spec).size;
  const revision = store.get("Service", "shop", service)?.metadata.annotations?.[annotation.revision];
  const result = resultOf(store, service, revision);
  if (!isSmaller || revision === undefined || result === "confirmed") return undefined;
  return `Deployment ${object.metadata.name} was made smaller while revision ${revision}, which serves, is ${result}`;
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
  const [before, after] = [previous, object].map((one) => (one?.spec as Selecting | undefined)?.selector ?? {});
  if (before === undefined || after === undefined || type === "DELETED") return undefined;
  if (canonicalJson(before) === canonicalJson(after)) return undefined;
  if (by === undefined) return `somebody else moved Service ${name}`;
  const { verb, body, token } = by.request;
  const isConditional = (body as Conditional | undefined)?.metadata?.resourceVersion !== undefined;
  if (previous !== undefined && (verb !== "patch" || !isConditional)) return `a ${verb} without precondition moved it`;
  const [left, slot] = [before, after].map(({ color }) => slotOf(store, name, color));
  const pods = store.list("Pod", "shop").filter(({ metadata, status }) => {
    if (metadata.deletionTimestamp !== undefined || !matches(after, metadata.labels)) return false;
    return status.conditions?.some((one) => one.type === "Ready" && one.status === "True");
  });
  const isFleeing = JSON.stringify(left ?? {}).includes(excused);
  if (pods.length < needed && !isFleeing) return `it was moved to ${after.color} with ${pods.length} ready pods`;
  const [says, holds] = [object, slot].map((one) => one?.metadata.annotations?.[annotation.revision]);
  if (says !== holds) return `it was moved to revision ${holds}, and says ${says}`;
  // Neither what was good before is asked again, nor what is taken over.
  const isKnown = resultOf(store, name, holds) === "confirmed" || (previous !== undefined && left === undefined);
  const asked = requests.filter((one) => one.token === token && isAsking(one));
  const unasked = pods.find(({ metadata }) => !asked.some((one) => one.name.startsWith(metadata.name)));
  if (isKnown || by.order.action === "rollback" || unasked === undefined) return undefined;
  return `it was moved to ${after.color}, and pod ${unasked.metadata.name} was never asked`;
}

/** Through the API server's proxy; where that is forbidden, past it by what is no request of its own in the log. */
function isAsking({ subresource, status, faults }: LoggedRequest): boolean {
  // An answer that a fault writes on the wire itself has no status.
  return subresource === "proxy" && (status === 200 || status === 403 || (status === 0 && faults.length > 0));
}

interface Selecting {
  selector?: Readonly<Record<string, string>>;
}

interface Conditional {
  metadata?: { resourceVersion?: string };
}
