import type { ActionRunResult } from "@cutover/workflow";
import type { Act } from "./acts.ts";
import { grouped, seconds } from "./paint.ts";
import type { ActView, Scene } from "./scene.ts";

export interface Ended {
  result: Pick<ActionRunResult, "conclusion" | "outputs">;
  lost: number;
  /** The version that a request got right after the act. */
  answering: string | undefined;
}

/** What is otherwise than the act should be; nothing if all is well. */
export function flawsOf(act: Act, { result: { conclusion, outputs }, lost, answering }: Ended): string[] {
  const should = (what: string, wanted: string, found: string | undefined) =>
    wanted === found ? [] : [`${what} should be ${wanted}, and is ${found ?? "nothing"}`];
  const isLossy = act.sick === undefined ? lost > 0 : lost === 0;
  const loss =
    act.sick === undefined ? `${lost} requests were lost` : `${act.sick} should have fallen ill, and did not`;
  return [
    ...should("the outcome", act.outcome, outputs.outcome),
    ...should("the step", act.outcome === "succeeded" ? "success" : "failure", conclusion),
    ...should("the color that has the traffic", act.color, outputs.color),
    ...should("the version that answers", act.version, answering),
    ...(isLossy ? [loss] : []),
  ];
}

/** What was measured, in one line. */
export function numbers({ acts, answers, lost, latencies }: Scene, rollbackTook: number): string {
  const served = [...answers.values()].reduce((sum, count) => sum + count, 0);
  const slow = latencies.toSorted((a, b) => a - b)[Math.floor(latencies.length * 0.99)] ?? 0;
  const ill = acts.filter(({ act }) => act.sick !== undefined);
  const wrong = ill.reduce((sum, view) => sum + view.lost, 0);
  return [
    `${grouped(served + lost)} requests on new connections, 99 % answered within ${slow.toFixed(1)} ms`,
    `lost by releases and rollback: ${lost - wrong}`,
    `answered wrongly by the ill release: ${wrong} in ${seconds(illness(ill))}, until it was taken back`,
    `rollback: ${seconds(rollbackTook)}, its process included`,
  ].join("; ");
}

function illness(views: readonly ActView[]): number {
  return views.reduce((sum, { lostFrom, lostTo }) => sum + lostTo - lostFrom, 0);
}
