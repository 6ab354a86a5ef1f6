import { shortened } from "@cutover/release";
import type { StepView } from "./scene.ts";

/** Reads the steps of an action from the lines of its log, as they come; `now` in milliseconds. */
export function stepReader(steps: StepView[], now: () => number): (line: string) => void {
  let resume: string | undefined;
  const open = () => (steps.at(-1)?.to === undefined ? steps.at(-1) : undefined);
  return (line) => {
    const step = open();
    const [, command, data = ""] = /^::([\w-]+)[^:]*::(.*)$/.exec(line) ?? [];
    if (resume !== undefined) {
      if (line === `::${resume}::`) resume = undefined;
      else if (step !== undefined && !step.failed) Object.assign(step, { failed: true, said: readable(line) });
    } else if (command === "stop-commands") {
      // What follows was said by the cluster: a step quotes it only to explain why the release is not good.
      resume = data;
    } else if (command === "group") {
      steps.push({ title: data, from: now(), to: undefined, failed: false, said: "" });
    } else if (command === "endgroup" && step !== undefined) step.to = now();
    else if (command === undefined && step !== undefined && line !== "") step.said = readable(line);
  };
}

function readable(line: string): string {
  return shortened(line.trim());
}
