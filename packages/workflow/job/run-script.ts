import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { textOf } from "../expression/evaluate.ts";
import { runStep } from "../runner/step-process.ts";
import { field } from "../source/tokens.ts";
import { stepScope } from "./job-state.ts";
import { runLeaf } from "./run-leaf.ts";
import type { Going } from "./run-step.ts";
import { shellCommand } from "./shell.ts";

/** Runs a `run` step: its script in a file, started by its shell. */
export function runScript({ step, frame, env, signal, record }: Going) {
  const { job, defaults } = frame;
  const scope = stepScope(frame, step.file, env);
  const own = (key: string) => textOf(field(step.token, key), scope);
  const script = textOf(field(step.token, "run"), scope);
  const file = join(job.temp, `step-${job.files}.sh`);
  writeFileSync(file, script);
  const command = shellCommand(own("shell") || defaults.shell, file);
  const cwd = resolve(job.workspace, own("working-directory") || defaults.workingDirectory);
  const header = [`Run ${firstLine(script)}`, ...script.trimEnd().split("\n"), `shell: ${command.join(" ")}`];
  return runLeaf(frame, {
    ...{ env, signal, record, header: [...header, ...shownVariables(env)] },
    async launch(all, reader) {
      const interruption = { when: signal, how: "cancel" as const };
      const end = await runStep({ command, env: all, cwd, interruption, onLine: reader.readLine });
      if (end.exitCode !== 0 && !signal.aborted) {
        const message = `Process completed with exit code ${end.exitCode ?? 137}.`;
        reader.annotate({ level: "error", message, properties: {} });
      }
      return end;
    },
  });
}

/** What names a step that has no name. */
export function firstLine(script: string): string {
  return script.trim().split("\n")[0] ?? "";
}

/** How the log shows variables, or what stands under `with:`. */
export function shownVariables(values: Readonly<Record<string, string>>, title = "env"): string[] {
  const lines = Object.entries(values).map(([name, value]) => `  ${name}: ${value}`);
  return lines.length === 0 ? [] : [`${title}:`, ...lines];
}
