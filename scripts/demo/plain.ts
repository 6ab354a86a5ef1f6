import { colors } from "@cutover/release";
import { grouped, seconds } from "./paint.ts";
import type { PodView } from "./pods.ts";
import type { ActView, Scene, Show, StepView } from "./scene.ts";
import { flawsOf } from "./verdict.ts";

/** Tells the scene line by line, each thing once, for logs and pipes. */
export function plain(print: (line: string) => void): Show {
  const told = new Map<string, string>();
  const tell = (what: string, text: string, line: string) => {
    if (told.get(what) === text) return;
    told.set(what, text);
    if (line !== "") print(line);
  };
  return {
    show(scene) {
      for (const [index, act] of scene.acts.entries()) {
        if (act.state !== "ahead") tell(`act ${index}`, "begun", `\n${index + 1}. ${act.act.title}`);
        for (const [place, step] of ended(act.steps)) tell(`step ${index}/${place}`, "ended", stepLine(step));
        if (act.state === "running") tellCluster(scene, tell);
        if (act.state === "over") tell(`end ${index}`, "told", endOf(act));
      }
    },
    close: () => undefined,
  };
}

function tellCluster({ active, slots }: Scene, tell: (what: string, text: string, line: string) => void): void {
  tell("active", active ?? "", `   traffic goes to ${active ?? "nobody"}`);
  for (const color of colors) {
    const text = podsLine(slots[color]);
    tell(color, text, `   ${color}: ${text}`);
  }
}

function podsLine(pods: readonly PodView[]): string {
  const groups = Map.groupBy(pods, ({ version, state }) => `${state} ${version}`);
  return groups.size === 0 ? "no pods" : [...groups].map(([what, { length }]) => `${length} ${what}`).join(", ");
}

/** Steps that have ended, in that order, each with its place; a step comes after what happened inside it. */
function ended(steps: readonly StepView[]): [number, StepView][] {
  const order = ([, one]: [number, StepView], [, other]: [number, StepView]) =>
    (one.to ?? 0) - (other.to ?? 0) || Number(other.isInner) - Number(one.isInner);
  return [...steps.entries()].filter(([, { to }]) => to !== undefined).toSorted(order);
}

function stepLine({ title, isInner, from, to = from, failed, said }: StepView): string {
  const text = `${failed ? "✗" : "✓"} ${title}, ${seconds(to - from)}${said === "" ? "" : `: ${said}`}`;
  return `${isInner ? "     " : "   "}${text}`;
}

function endOf(view: ActView): string {
  const { act, ended, from, to = from, served, lost, wrong } = view;
  const flaws = flawsOf(view);
  const outcome = flaws.length === 0 ? act.outcome : "not as it should be";
  const illness = act.sick === undefined ? "" : `, ${wrong} answered wrongly while the ill version had the traffic`;
  return [
    ...(ended?.error ?? []).map((line) => `     ${line}`),
    `   ${outcome} after ${seconds(to - from)}: ${grouped(served)} requests served, ${lost} lost${illness}`,
    ...flaws.map((flaw) => `   ✗ ${flaw}`),
  ].join("\n");
}
