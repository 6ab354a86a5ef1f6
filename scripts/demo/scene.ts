import type { Conclusion, StepReport } from "@cutover/workflow";
import type { Act } from "./acts.ts";
import type { Answer } from "./ask.ts";
import type { View } from "./pods.ts";

/** How the run of an act ended. */
export interface Ended {
  conclusion: Conclusion;
  /** Of the step that released or rolled back. */
  outputs: StepReport["outputs"];
  /** The error by which that step failed, its lines. */
  error: readonly string[];
  /** The version that a request got right afterwards. */
  answering: string | undefined;
}

/** A step of a workflow, or one that an action tells of inside it; times in milliseconds since the demo began. */
export interface StepView {
  title: string;
  isInner: boolean;
  from: number;
  to: number | undefined;
  failed: boolean;
  /** The newest line below its title. */
  said: string;
}

/** An act as far as it has gone; times in milliseconds since the demo began. */
export interface ActView {
  act: Act;
  state: "ahead" | "running" | "over";
  from: number;
  to: number | undefined;
  steps: StepView[];
  served: number;
  /** Requests that got no good answer, though no ill version had the traffic. */
  lost: number;
  /** Requests that got no good answer while the ill version had the traffic; when the first and the last of them ended. */
  wrong: number;
  wrongFrom: number;
  wrongTo: number;
  /** Once it is over. */
  ended: Ended | undefined;
}

/** Everything that the demo shows at a moment. */
export interface Scene extends View {
  acts: readonly ActView[];
  /** Good answers by version, in the order in which the versions came. */
  answers: Map<string, number>;
  /** Milliseconds that good answers took. */
  latencies: number[];
  /** Milliseconds since the demo began, at the last look. */
  now: number;
}

export function newScene(acts: readonly Act[]): Scene {
  const counts = { served: 0, lost: 0, wrong: 0, wrongFrom: 0, wrongTo: 0 };
  const view = (act: Act): ActView => ({
    act,
    state: "ahead",
    from: 0,
    to: undefined,
    steps: [],
    ...counts,
    ended: undefined,
  });
  const slots = { blue: [], green: [] };
  return { acts: acts.map(view), active: undefined, slots, answers: new Map(), latencies: [], now: 0 };
}

/** The act that runs, or else the one that ran last. */
export function currentAct({ acts }: Pick<Scene, "acts">): ActView | undefined {
  return acts.findLast(({ state }) => state !== "ahead");
}

/** Requests of all acts without a good answer: lost by a release that should lose none, and answered wrongly by an ill one. */
export function losses({ acts }: Pick<Scene, "acts">): { lost: number; wrong: number } {
  const sum = (count: "lost" | "wrong") => acts.reduce((total, act) => total + act[count], 0);
  return { lost: sum("lost"), wrong: sum("wrong") };
}

/** Counts one request that ended now; `isIll` says whether the ill version had the traffic. */
export function count(scene: Scene, { good, version = "?", milliseconds }: Answer, isIll: boolean): void {
  const act = currentAct(scene);
  if (good) {
    scene.answers.set(version, (scene.answers.get(version) ?? 0) + 1);
    scene.latencies.push(milliseconds);
  }
  if (act === undefined) return;
  if (good) act.served += 1;
  else if (!isIll) act.lost += 1;
  else {
    if (act.wrong === 0) act.wrongFrom = scene.now;
    act.wrong += 1;
    act.wrongTo = scene.now;
  }
}

/** Shows a scene to people. */
export interface Show {
  /** Called often, and whenever an act begins or ends. */
  show(scene: Scene): void;
  /** Leaves the terminal as it was. */
  close(): void;
}
