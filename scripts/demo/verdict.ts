import { grouped, seconds } from "./paint.ts";
import { type ActView, losses, type Scene } from "./scene.ts";

/** What is otherwise than the act should be, as far as it can be told by now; nothing if all is well. */
export function flawsOf({ act, ended, lost, wrong }: Pick<ActView, "act" | "ended" | "lost" | "wrong">): string[] {
  const should = (what: string, wanted: string, found: string | undefined) =>
    wanted === found ? [] : [`${what} should be ${wanted}, and is ${found ?? "nothing"}`];
  const loss = lost === 0 ? [] : [`${lost} ${lost === 1 ? "request was" : "requests were"} lost`];
  if (ended === undefined) return loss;
  const { conclusion, outputs, answering } = ended;
  return [
    ...should("the outcome", act.outcome, outputs.outcome),
    ...should("the workflow", act.outcome === "succeeded" ? "success" : "failure", conclusion),
    ...should("the color that has the traffic", act.color, outputs.color),
    ...should("the version that answers", act.version, answering),
    ...loss,
    ...(act.sick !== undefined && wrong === 0 ? [`${act.sick} should have fallen ill, and did not`] : []),
  ];
}

/** What was measured, in one line. */
export function numbers(scene: Scene): string {
  const { acts, answers, latencies } = scene;
  const { lost, wrong } = losses(scene);
  const served = [...answers.values()].reduce((sum, count) => sum + count, 0);
  const slow = latencies.toSorted((a, b) => a - b)[Math.floor(latencies.length * 0.99)] ?? 0;
  // In virtual time an answer takes none.
  const speed = slow === 0 ? "" : `, 99 % answered within ${slow.toFixed(1)} ms`;
  const back = acts.find(({ act }) => act.file === "rollback.yml");
  return [
    `${grouped(served + lost + wrong)} requests on new connections${speed}`,
    `lost by releases and rollback: ${lost}`,
    `answered wrongly by the ill release: ${wrong} in ${seconds(illness(acts))}, until it was taken back`,
    `rollback: ${seconds((back?.to ?? 0) - (back?.from ?? 0))}, its workflow included`,
  ].join("; ");
}

function illness(views: readonly ActView[]): number {
  return views.reduce((sum, { wrongFrom, wrongTo }) => sum + wrongTo - wrongFrom, 0);
}
