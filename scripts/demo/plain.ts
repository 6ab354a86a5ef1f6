import { colors } from "@cutover/release";
import { grouped, seconds } from "./paint.ts";
import type { PodView } from "./pods.ts";
import type { ActView, Scene, Show, StepView } from "./scene.ts";

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
        for (const [place, step] of act.steps.entries()) {
          if (step.to !== undefined) tell(`step ${index}/${place}`, "ended", stepLine(step));
        }
        if (act.state === "running") tellCluster(scene, tell);
        if (act.state === "good" || act.state === "flawed") tell(`end ${index}`, "told", endOf(act));
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

function stepLine({ title, from, to = from, failed, said }: StepView): string {
  return `   ${failed ? "✗" : "✓"} ${title}, ${seconds(to - from)}${said === "" ? "" : `: ${said}`}`;
}

function endOf({ act, state, from, to = from, served, lost, error, flaws }: ActView): string {
  const loss = act.sick === undefined ? "lost" : "answered wrongly while it had the traffic";
  return [
    ...error.map((line) => `     ${line}`),
    `   ${state === "good" ? act.outcome : "not as it should be"} after ${seconds(to - from)}: ${grouped(served)} requests served, ${lost} ${loss}`,
    ...flaws.map((flaw) => `   ✗ ${flaw}`),
  ].join("\n");
}
