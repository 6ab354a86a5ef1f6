import type { Scene } from "./scene.ts";
import { activeColor } from "./slots.ts";

/** What became of a Service that somebody moved in the middle of a run. */
export interface HandsOn {
  /** Moves by a run that had claimed it before: a hand has the last word. */
  readonly secondMoves: readonly string[];
  /** Whether somebody moved one that no run had claimed yet. */
  isBefore(): boolean;
  /** Whether somebody moved it last, and no run has looked since. */
  isUnseen(): boolean;
  end(): void;
}

/** Looks out for it from now on. */
export function handsOn({ town, story, doer }: Scene): HandsOn {
  const { registry, requests } = town.sandbox;
  const { store } = registry;
  const secondMoves: string[] = [];
  const colors = new Map(story.services.map((service) => [service, activeColor(store, service)]));
  const claimed = new Set<string>();
  const meddled = new Set<string>();
  let isBefore = false;
  let since: number | undefined;
  const end = store.subscribe(({ kind, object: { metadata } }) => {
    const { name } = metadata;
    if (kind !== "Service" || !colors.has(name)) return;
    const run = doer()?.run;
    const color = activeColor(store, name);
    const isMove = color !== colors.get(name);
    colors.set(name, color);
    if (isMove) since = run === undefined ? requests.length : undefined;
    isBefore ||= run === undefined && isMove && !claimed.has(name);
    // What it read before its claim counts for nothing: then it only found the Service where it is.
    if (run === undefined && isMove && claimed.has(name)) meddled.add(name);
    if (run !== undefined && isMove && meddled.has(name) && story.excused === undefined)
      secondMoves.push(`run ${run} moved Service ${name} to ${color} after somebody else had moved it`);
    if (run !== undefined) claimed.add(name);
  });
  const isLook = ({ resource, isWrite }: (typeof requests)[number]) => resource === "services" && !isWrite;
  return {
    secondMoves,
    end,
    isBefore: () => isBefore,
    isUnseen: () => since !== undefined && !requests.slice(since).some(isLook),
  };
}
