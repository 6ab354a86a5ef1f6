import { type Command, CutoverError, type ProcessResult } from "@cutover/release";
import { memoryFiles } from "./files.ts";
import type { Chart } from "./helm.ts";
import { type ManifestSet, readManifests } from "./read.ts";
import type { Tools } from "./tool.ts";

type Answer = Partial<ProcessResult> | ((command: Command) => Partial<ProcessResult>);

export interface ScriptedTools extends Tools {
  /** What was run, as one line each. */
  ran: string[];
  /** What was logged. */
  said: string[];
}

/** Programs that answer as told; one that is not named is not installed, as the real port says it. */
export function scriptedTools(programs: Readonly<Record<string, Answer>> = {}, signal?: AbortSignal): ScriptedTools {
  const ran: string[] = [];
  const said: string[] = [];
  const say = (text: string) => void said.push(text);
  return {
    ran,
    said,
    workspace: "/workspace",
    patience: 60_000,
    signal: signal ?? new AbortController().signal,
    log: { info: say, warning: say, debug: say, untrusted: say, group: (_, body) => body() },
    processes: {
      async run(command) {
        const answer = programs[command.file];
        if (answer === undefined) {
          const cause = Object.assign(new Error(`spawn ${command.file} ENOENT`), { code: "ENOENT" });
          throw new CutoverError("process-failed", `${command.file} could not be started`, { cause });
        }
        ran.push([command.file, ...command.args].join(" "));
        const result = typeof answer === "function" ? answer(command) : answer;
        return { exitCode: 0, stdout: "", stderr: "", timedOut: false, ...result };
      },
    },
  };
}

/** Reads paths, and a chart if there is one, from files in memory, with no program installed unless said otherwise. */
export async function readFrom(
  contents: Readonly<Record<string, string>>,
  { paths = [], chart }: { paths?: readonly string[]; chart?: Chart },
  tools: Tools = scriptedTools(),
): Promise<ManifestSet> {
  return await readManifests({ paths, chart }, memoryFiles(contents), tools);
}
