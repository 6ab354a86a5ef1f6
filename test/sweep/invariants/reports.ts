import { annotation } from "@cutover/release";
import type { LoggedRequest, Sandbox } from "@cutover/sandbox";
import type { EndedRun, Ground, Invariants } from "../scene.ts";
import { activeColor, resultOf, slotOf } from "../slots.ts";

/** What is known of a service that a run reports on. */
interface Live {
  color: string | undefined;
  revision: string | undefined;
  images: string | undefined;
}

/** S5 to S7: what a run says at its end, and what then stands. */
export function reports({ town: { sandbox }, story: { services } }: Ground): Invariants {
  const { clock, registry } = sandbox;
  const past = new Map(services.map((service) => [service, [{ at: 0, live: liveOf(sandbox, service) }]]));
  registry.store.subscribe(({ kind }) => {
    if (kind !== "Service" && kind !== "Deployment") return;
    for (const [service, states] of past) states.push({ at: clock.now(), live: liveOf(sandbox, service) });
  });
  /** How the service was since the run last asked for it: what it says may be true of any moment since then. */
  const sinceAsked = (service: string, { requests }: EndedRun): readonly Live[] => {
    const states = past.get(service) ?? [];
    const asked = requests.findLast(({ resource, name, status }) => {
      return resource === "services" && name === service && status === 200;
    });
    const before = states.findLastIndex(({ at }) => at < (asked?.at ?? clock.now()));
    return states.slice(Math.max(before, 0)).map(({ live }) => live);
  };
  let last: EndedRun | undefined;
  return {
    ended: {
      S7: (run) => {
        const before = last;
        last = run;
        return before === undefined ? undefined : repeated(before, run);
      },
      S5: (run) => {
        if ((run.exitCode === 0) !== (run.outputs.outcome === "succeeded"))
          return `exit code ${run.exitCode}, outcome ${run.outputs.outcome}`;
        return run.exitCode === 0 ? misreported(run, sinceAsked) : misplaced(run, sinceAsked);
      },
      S6: ({ outputs: { outcome } }) => {
        if (outcome !== "rolled-back") return undefined;
        return services.map((service) => notBack(sandbox, service)).find((wrong) => wrong !== undefined);
      },
    },
  };
}

function liveOf({ registry: { store } }: Sandbox, service: string): Live {
  const color = activeColor(store, service);
  const slot = slotOf(store, service, color);
  const containers = slot?.spec.template.spec.containers ?? [];
  return {
    color,
    // Where a hand has moved the Service, what stands on that is of before.
    revision: [slot, store.get("Service", "shop", service)]
      .map((one) => one?.metadata.annotations?.[annotation.revision])
      .find((one) => one !== undefined),
    images: containers.map(({ name, image }) => `${name}=${image}`).join("\n") || undefined,
  };
}

/** S5: success is said of what is so, and of what was asked for. */
function misreported(
  run: EndedRun,
  sinceAsked: (service: string, run: EndedRun) => readonly Live[],
): string | undefined {
  const { order, outputs } = run;
  const { services = "{}" } = outputs;
  const { images: asked = "", switch: by } = order.inputs;
  const wanted = asked.split("\n").filter((image) => image !== "");
  const isOpen = by === "manual" || order.action !== "blue-green-deploy";
  const said: unknown = JSON.parse(services);
  for (const [service, one] of Object.entries(said as Record<string, Said>)) {
    const live = sinceAsked(service, run);
    const isSo = live.some(({ color, revision, images = "" }) => {
      const isAsked = isOpen || images.split("\n").every(among(wanted));
      return color === one.color && revision === String(one.revision) && isAsked;
    });
    if (!isSo) return `it says ${JSON.stringify(one)}, and there was ${JSON.stringify(live)}`;
  }
  return undefined;
}

/** S5: who fails says where the traffic is. */
function misplaced(run: EndedRun, sinceAsked: (service: string, run: EndedRun) => readonly Live[]): string | undefined {
  const { service: named = "" } = run.order.inputs;
  const [service = "", ...more] = named.split("\n");
  const said = /Traffic (?:stayed|is|is back) on (\w+)/i.exec(run.log.split("::error::").at(-1) ?? "")?.[1];
  if (said === undefined || more.length > 0) return undefined;
  const colors = sinceAsked(service, run).map(({ color }) => color);
  return colors.includes(said) ? undefined : `it says that the traffic is on ${said}, and it was on ${colors}`;
}

function among(wanted: readonly string[]): (image: string) => boolean {
  return (image) => wanted.length === 0 || wanted.includes(image);
}

interface Said {
  color?: string;
  revision?: number;
}

/** S6: who was rolled back is where a confirmed revision serves, with all its pods. */
function notBack({ registry: { store } }: Sandbox, service: string): string | undefined {
  const color = activeColor(store, service);
  const { spec, status } = slotOf(store, service, color) ?? {};
  if ((status?.readyReplicas ?? 0) < (spec?.replicas ?? 1)) return `${color} has ${status?.readyReplicas} ready pods`;
  const revision = store.get("Service", "shop", service)?.metadata.annotations?.[annotation.revision];
  const result = resultOf(store, service, revision);
  return result === "confirmed" ? undefined : `revision ${revision} serves, and is ${result}`;
}

/** S7: what has succeeded and is done again changes nothing. */
function repeated(before: EndedRun, { order, run, exitCode, requests }: EndedRun): string | undefined {
  if (order !== before.order || run !== before.run + 1 || exitCode !== 0 || before.exitCode !== 0) return undefined;
  const write = requests.find((one) => one.isWrite && one.status < 300 && one.resource !== "leases" && !isClaim(one));
  return write === undefined ? undefined : `done again it sent ${write.verb} ${write.path}`;
}

function isClaim({ body }: LoggedRequest): boolean {
  const { metadata = {}, ...rest } = (body ?? {}) as { metadata?: { annotations?: object } };
  return Object.keys(rest).length === 0 && Object.keys(metadata.annotations ?? {}).join() === annotation.epoch;
}
