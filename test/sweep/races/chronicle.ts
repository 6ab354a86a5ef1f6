import { annotation } from "@cutover/release";
import type { Change } from "@cutover/sandbox";
import type { Scene } from "../scene.ts";
import { activeColor } from "../slots.ts";

/** When a run took the lock of a service. */
export interface Turn {
  readonly service: string;
  readonly run: number;
  /** Milliseconds. */
  readonly at: number;
}

/** What happens in a town, as far as it decides in which order its runs take effect. */
export interface Chronicle {
  /** In the order in which it happened: the epoch on the Lease says it. */
  readonly turns: readonly Turn[];
  /** Whether the traffic of the service was moved by this run. */
  hasMoved(run: number, service: string): boolean;
  /** Whether this run has changed anything beyond locks and claims. */
  hasChanged(run: number): boolean;
  /** The images of a revision, whatever its number: the same release has another one where another went before it. */
  contentOf(service: string, revision: number | undefined): string;
}

/** Writes it from now on, and knows what was before. */
export function chronicle({ town: { sandbox }, story, doer }: Scene): Chronicle {
  const { clock, registry } = sandbox;
  const turns: Turn[] = [];
  const moves = new Set<string>();
  const changers = new Set<number>();
  const contents = new Map<string, string>();
  const colors = new Map(story.services.map((service) => [service, activeColor(registry.store, service)]));
  const keep = ({ metadata, data }: Recorded): void => {
    contents.set(metadata.name, JSON.stringify((data as { images?: object } | undefined)?.images));
  };
  for (const entry of registry.store.list("ControllerRevision", "shop")) keep(entry);
  registry.store.subscribe((change) => {
    const { kind, object, previous } = change;
    const { name } = object.metadata;
    const run = doer()?.run;
    if (kind === "ControllerRevision") keep(object);
    if (run === undefined) return;
    if (kind !== "Lease" && substance(object) !== substance(previous)) changers.add(run);
    const service = story.services.find((one) => name === (kind === "Lease" ? `cutover-${one}` : one));
    if (service === undefined) return;
    if (kind === "Lease" && epochOf(object) > epochOf(previous)) turns.push({ service, run, at: clock.now() });
    if (kind !== "Service" || activeColor(registry.store, service) === colors.get(service)) return;
    colors.set(service, activeColor(registry.store, service));
    moves.add(`${run} ${service}`);
  });
  return {
    turns,
    hasMoved: (run, service) => moves.has(`${run} ${service}`),
    hasChanged: (run) => changers.has(run),
    contentOf: (service, revision) => contents.get(`cutover-${service}-${revision}`) ?? `revision ${revision}`,
  };
}

function substance(object: Change["previous"]): string {
  return JSON.stringify([object?.spec, object?.data]);
}

type Recorded = Change["object"];

function epochOf(object: Change["previous"]): number {
  return Number(object?.metadata.annotations?.[annotation.epoch] ?? 0);
}
