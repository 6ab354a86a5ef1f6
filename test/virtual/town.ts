import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, type SandboxOptions, startSandbox, virtualClock } from "@cutover/sandbox";
import type { ActionName } from "../../actions/index.ts";
import { actionsWithin } from "./in-process-actions.ts";

/** How one step of a job ended. */
export interface StepRun {
  readonly exitCode: number | undefined;
  readonly outputs: Readonly<Record<string, string>>;
  readonly log: string;
}

/** A small Kubernetes in virtual time, and the actions as jobs run them, all within this process and without the network. */
export interface Town extends AsyncDisposable {
  readonly sandbox: Sandbox;
  /** Where paths of inputs begin. */
  readonly workspace: string;
  /** Lets time pass until `work` ends. */
  until<T>(work: Promise<T>): Promise<T>;
  /** Main and post of an action. */
  run(action: ActionName, inputs: Readonly<Record<string, string>>): Promise<StepRun>;
}

/** Opens it; everything in it happens the same way each time for the same options. */
export async function openTown(options: SandboxOptions): Promise<Town> {
  const clock = virtualClock();
  const sandbox = await startSandbox({ ...options, clock, listen: false });
  const folder = mkdtempSync(join(tmpdir(), "cutover-town-"));
  const workspace = join(folder, "workspace");
  mkdirSync(workspace);
  let runs = 0;
  const nonce = () => String(runs).padStart(32, "0");
  const start = actionsWithin({ clock, dial: () => sandbox.connect(), nonce });
  const signal = new AbortController().signal;
  const run: Town["run"] = async (action, inputs) => {
    runs += 1;
    const number = runs;
    const lines: string[] = [];
    const onLine = (line: string) => void lines.push(line);
    const given = { kubeconfig: sandbox.kubeconfig, ...inputs };
    const phase = async (state: Readonly<Record<string, string>>) => {
      const files = emptyFiles(folder, number);
      const env = { ...variables(given), ...state, ...files, RUNNER_TEMP: folder, GITHUB_RUN_ID: String(number) };
      const { exitCode } = await start({ stub: action, action, env, cwd: workspace, signal, onLine });
      return { exitCode, outputs: read(files.GITHUB_OUTPUT), state: read(files.GITHUB_STATE) };
    };
    const main = await phase({});
    const saved = Object.entries(main.state).map(([name, value]) => [`STATE_${name}`, value]);
    await phase(Object.fromEntries(saved));
    return { exitCode: main.exitCode, outputs: main.outputs, log: lines.join("\n") };
  };
  return {
    ...{ sandbox, workspace, run },
    until: (work) => clock.drive(work),
    [Symbol.asyncDispose]: async () => {
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function variables(inputs: Readonly<Record<string, string>>): Record<string, string> {
  const named = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  return { GITHUB_REPOSITORY: "acme/shop", GITHUB_ACTOR: "octocat", ...Object.fromEntries(named) };
}

function emptyFiles(folder: string, run: number) {
  const file = (name: string) => {
    const path = join(folder, `${name}-${run}`);
    writeFileSync(path, "");
    return path;
  };
  return { GITHUB_OUTPUT: file("output"), GITHUB_STATE: file("state"), GITHUB_STEP_SUMMARY: file("summary") };
}

/** The values in a file that an action wrote; the last one of a name counts. */
function read(path: string): Record<string, string> {
  const values = readFileSync(path, "utf8").matchAll(/^([^<\n]+)<<(ghadelimiter_\S+)\n([\s\S]*?)\n\2$/gm);
  return Object.fromEntries([...values].map(([, name = "", , value = ""]) => [name, value]));
}
