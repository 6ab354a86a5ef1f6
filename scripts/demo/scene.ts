import type { Act } from "./acts.ts";
import type { Answer } from "./load.ts";
import type { View } from "./pods.ts";

/** One step of an action as its log shows it; times in milliseconds since the demo began. */
export interface StepView {
  title: string;
  from: number;
  to: number | undefined;
  failed: boolean;
  /** The newest line below its title. */
  said: string;
}

/** An act as far as it has gone; times in milliseconds since the demo began. */
export interface ActView {
  act: Act;
  state: "ahead" | "running" | "good" | "flawed";
  from: number;
  to: number | undefined;
  steps: StepView[];
  served: number;
  /** Requests without the answer that they should have had, and when the first and the last of them ended. */
  lost: number;
  lostFrom: number;
  lostTo: number;
  /** The action's error, its lines. */
  error: readonly string[];
  /** What is otherwise than it should be. */
  flaws: readonly string[];
}

/** Everything that the demo shows at a moment. */
export interface Scene extends View {
  acts: readonly ActView[];
  /** Good answers by version, in the order in which the versions came. */
  answers: Map<string, number>;
  lost: number;
  /** Milliseconds that good answers took. */
  latencies: number[];
  /** When the demo began, in milliseconds as `performance.now()` tells them. */
  began: number;
  /** Milliseconds since then, at the last look. */
  now: number;
}

export function newScene(acts: readonly Act[]): Scene {
  const times = { from: 0, to: undefined, lostFrom: 0, lostTo: 0 };
  const view = (act: Act): ActView => ({
    act,
    state: "ahead",
    steps: [],
    served: 0,
    lost: 0,
    error: [],
    flaws: [],
    ...times,
  });
  const slots = { blue: [], green: [] };
  const counts = { answers: new Map(), lost: 0, latencies: [] };
  return { acts: acts.map(view), active: undefined, slots, ...counts, began: performance.now(), now: 0 };
}

/** Milliseconds since the demo began. */
export function elapsed({ began }: Pick<Scene, "began">): number {
  return performance.now() - began;
}

/** The act that runs, or else the one that ran last. */
export function currentAct({ acts }: Pick<Scene, "acts">): ActView | undefined {
  return acts.findLast(({ state }) => state !== "ahead");
}

/** Counts one request where it belongs. */
export function count(scene: Scene, { good, version = "?", milliseconds }: Answer): void {
  const act = currentAct(scene);
  if (good) {
    scene.answers.set(version, (scene.answers.get(version) ?? 0) + 1);
    scene.latencies.push(milliseconds);
    if (act !== undefined) act.served += 1;
    return;
  }
  scene.lost += 1;
  if (act === undefined) return;
  if (act.lost === 0) act.lostFrom = elapsed(scene);
  act.lost += 1;
  act.lostTo = elapsed(scene);
}

/** Shows a scene to people. */
export interface Show {
  /** Called often, and whenever an act begins or ends. */
  show(scene: Scene): void;
  /** Leaves the terminal as it was. */
  close(): void;
}
