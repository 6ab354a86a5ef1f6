/** Builders of plain values for this package's tests: what a test leaves out is an ordinary release of B in green over A in blue. */
import type { Adoption } from "./adoption.ts";
import type { Color } from "./color.ts";
import { newestFirst } from "./history.ts";
import type { ActiveService, Approval, Observed, Revision, Slot, Wanted } from "./model.ts";

/** What of a slot a test cares for; `holds` is a letter that stands for its content. */
export type SlotSketch = Partial<Slot> & { holds?: string };

export interface Sketch extends Partial<Pick<ActiveService, "active" | "revision" | "rolledBackFrom" | "defects">> {
  locked?: boolean;
  busy?: boolean;
  blue?: SlotSketch | "missing";
  green?: SlotSketch | "missing";
  /** By number, content and result: `{ 1: "A confirmed", 2: "B" }`. */
  history?: Readonly<Record<number, string>>;
  /** The content that a deploy is of. */
  wants?: string;
  /** Milliseconds since the last switch; none if there was none. */
  switchedAgo?: number;
  endpoints?: Partial<ActiveService["endpoints"]>;
  obstacle?: string;
  /** The Service selects no color, and this is how blue becomes one, if it was asked for. */
  adoption?: Partial<Adoption> | undefined;
}

/** Blue serves A, revision 1, confirmed; green is missing; B is wanted; the lock is held. */
export function scene(sketch: Sketch = {}): Observed {
  const { locked = true, busy = false, wants = "B", history = { 1: "A confirmed" } } = sketch;
  const blue = slot("blue", { holds: "A", revision: 1 }, sketch.blue ?? {});
  const green = slot("green", { holds: "B", revision: 2 }, sketch.green ?? "missing");
  const slots = { blue, green };
  const seen = {
    locked,
    busy,
    service: service(sketch, slots),
    slots,
    history: revisions(history),
    wanted: hashes(wants),
  };
  if (sketch.adoption === undefined) return seen;
  return { ...seen, adoption: { color: "blue", missing: "color", ...sketch.adoption } };
}

/** Nothing is there yet: no Service, no slot, no history. */
export function emptyCluster(wants = "A"): Observed {
  return scene({ active: undefined, blue: "missing", history: {}, wants, locked: false });
}

export function deploy(terms: Partial<Extract<Wanted, { kind: "deploy" }>> = {}): Wanted {
  return { kind: "deploy", switch: "auto", ...plainTerms, ...terms };
}

export function rollback(to: "previous" | number = "previous", terms: Terms = {}): Wanted {
  return { kind: "rollback", to, ...plainTerms, ...terms };
}

/** B in green, revision 2, approved over revision 1, unless `approval` says otherwise. */
export function promote(approval: Partial<Approval> = {}, terms: Terms = {}): Extract<Wanted, { kind: "promote" }> {
  const { color = "green" } = approval;
  const usual = { color, revision: 2, hash: hashes("B")[color], images: {}, active: 1 };
  return { kind: "promote", approved: { shop: { ...usual, ...approval } }, ...plainTerms, ...terms };
}

export function retire(how: "scale-down" | "delete" = "scale-down", revision?: number, drain = 0): Wanted {
  return { kind: "retire", revision, ...plainTerms, previous: how, drain };
}

type Terms = Partial<Omit<Wanted, "kind">>;

const plainTerms = { soak: 0, drain: 0, previous: "keep", probe: false, smoke: false } as const;

/** What slots of each color carry when they hold `content`. */
export function hashes(content: string): Readonly<Record<Color, string>> {
  return { blue: `${content} in blue`, green: `${content} in green` };
}

/** `1: A confirmed, 2: B`, as a history is written in a sketch. */
export function told(history: readonly Revision[]): Record<number, string> {
  return Object.fromEntries(
    history.map(({ revision, hashes: { blue }, result }) => [
      revision,
      [blue.replace(" in blue", ""), result].filter(Boolean).join(" "),
    ]),
  );
}

function service(sketch: Sketch, slots: Observed["slots"]): ActiveService {
  const active = sketch.adoption !== undefined ? undefined : "active" in sketch ? sketch.active : "blue";
  const { switchedAgo, obstacle, rolledBackFrom, defects = [] } = sketch;
  const obstacles = obstacle === undefined ? [] : [obstacle];
  const ready = (color: Color) => (color === active ? slots[color].ready : 0);
  return {
    name: "shop",
    exists: active !== undefined || sketch.adoption !== undefined,
    active,
    revision: "revision" in sketch ? sketch.revision : active && slots[active].revision,
    rolledBackFrom,
    lastSwitch: switchedAgo === undefined ? undefined : { at: "the last switch", ago: switchedAgo },
    endpoints: { blue: ready("blue"), green: ready("green"), ...sketch.endpoints },
    defects,
    obstacles: { blue: obstacles, green: obstacles },
  };
}

function slot(color: Color, usual: { holds: string; revision: number }, sketch: SlotSketch | "missing"): Slot {
  const common = {
    color,
    deployment: `shop-${color}`,
    images: {},
    target: 3,
    needed: 2,
    settled: true,
    adopted: false,
  };
  if (sketch === "missing") {
    return {
      ...common,
      exists: false,
      revision: undefined,
      hash: undefined,
      replicaSet: undefined,
      replicas: 0,
      ready: 0,
    };
  }
  const { holds = usual.holds, ...rest } = sketch;
  const revision = "revision" in rest ? rest.revision : usual.revision;
  const replicas = rest.replicas ?? rest.target ?? common.target;
  const own = {
    exists: true,
    revision,
    hash: hashes(holds)[color],
    replicaSet: `pods of ${color} ${holds} ${revision}`,
  };
  return { ...common, ...own, replicas, ready: replicas, ...rest };
}

function revisions(sketch: Readonly<Record<number, string>>): readonly Revision[] {
  const all = Object.entries(sketch).map(([revision, text]): Revision => {
    const [content = "", result] = text.split(" ");
    return {
      revision: Number(revision),
      hashes: hashes(content),
      images: {},
      result: result === "confirmed" || result === "failed" ? result : undefined,
    };
  });
  return newestFirst(all);
}
