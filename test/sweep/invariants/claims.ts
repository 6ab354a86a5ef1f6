import { annotation } from "@cutover/release";
import { type Change, cut, type LoggedRequest } from "@cutover/sandbox";
import type { Doer, EndedRun, Ground, Invariants } from "../scene.ts";
import { serviceOf } from "../slots.ts";

/** S4 and S9: whose turn it is to write, and how. */
export function claims({ story: { services } }: Ground): Invariants {
  /** The epoch of each run, by service. */
  const epochs = new Map<string, Map<number, number>>();
  return {
    changed: {
      S4: (change, by) => {
        const { name } = change.object.metadata;
        const named = services.find((one) => (change.kind === "Service" ? one : `cutover-${one}`) === name);
        const isLock = change.kind === "Service" || change.kind === "Lease";
        const service = isLock ? named : serviceOf(change, services);
        if (service === undefined || change.type === "DELETED") return undefined;
        const known = epochs.get(service) ?? new Map<number, number>();
        epochs.set(service, known);
        return outOfTurn(change, by, known);
      },
    },
    ended: { S9: unconditional },
  };
}

/** S4: epochs never decrease, no two runs have the same, and nobody writes where a later one has claimed. */
function outOfTurn(change: Change, by: Doer | undefined, epochs: Map<number, number>): string | undefined {
  const { kind, object, previous } = change;
  const what = `${kind} ${object.metadata.name}`;
  const [before, after] = [epochOf(previous), epochOf(object)];
  if (after < before) return `the epoch of ${what} went from ${before} to ${after}`;
  if (by === undefined) return undefined;
  if (kind === "Lease" && after > before) {
    const other = [...epochs].find(([run, epoch]) => run !== by.run && epoch === after);
    if (other !== undefined) return `runs ${other[0]} and ${by.run} both have epoch ${after}`;
    epochs.set(by.run, after);
  }
  // A post frees the lock of its main that died, and has no epoch.
  const own = epochs.get(by.run) ?? 0;
  const isOwn = after === own || (kind === "Lease" && own === 0);
  return isOwn ? undefined : `of epoch ${own} it wrote on ${what}, which is of epoch ${after}`;
}

function epochOf(object: Change["previous"]): number {
  return Number(object?.metadata.annotations?.[annotation.epoch] ?? 0);
}

/** What nobody has read lands nowhere, and nobody knows what it said. */
const unread = cut("unread").name;

const shared = new Set(["services", "deployments", "leases", "controllerrevisions", "configmaps", "secrets"]);

/**
 * S9: after a write whose result is unknown nothing is concluded, and nothing repeated blindly: what a run changes or deletes
 * it names by its resourceVersion, so that only one of two writes can land.
 */
function unconditional({ requests }: EndedRun): string | undefined {
  const writes = requests.filter((one) => one.isWrite && shared.has(one.resource) && !one.faults.includes(unread));
  const blind = writes.find((one) => !isConditional(one));
  return blind === undefined ? undefined : `${blind.verb} ${blind.path} without a precondition`;
}

function isConditional({ verb, body }: LoggedRequest): boolean {
  return verb === "create" || JSON.stringify(body ?? {}).includes("resourceVersion");
}
