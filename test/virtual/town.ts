import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, type SandboxOptions, startSandbox, virtualClock } from "@cutover/sandbox";
import type { ActionName } from "../../actions/index.ts";
import { actionsWithin } from "./in-process-actions.ts";
import { type Mortal, mortal } from "./mortal.ts";

/** How one step of a job ended. */
export interface StepRun {
  /** `undefined` where it died. */
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
  /** Lets this much time pass, in milliseconds. */
  pass(ms: number): Promise<void>;
  /** Main of an action, and its post if it has one. */
  run(action: ActionName, inputs: Readonly<Record<string, string>>, how?: Fate): Promise<StepRun>;
  /** Runs that have begun so far. */
  readonly runs: number;
  /** A process that can die, for one run. */
  mortal(): Mortal;
}

/** What befalls a run. */
export interface Fate {
  /** The process of its main; by default one that nothing happens to. */
  readonly process?: Mortal | undefined;
  /** Whether the machine goes with the process, so that no post runs. */
  readonly isMachineGone?: boolean;
  /** Variables beyond those that the runner always sets, such as another `GITHUB_REPOSITORY`. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Opens it; everything in it happens the same way each time for the same options.
 * @param date The calendar's time, in milliseconds
 */
export async function openTown(options: SandboxOptions, date?: number): Promise<Town> {
  const clock = virtualClock(date);
  const sandbox = await startSandbox({ ...options, clock, listen: false });
  const folder = mkdtempSync(join(tmpdir(), "cutover-town-"));
  const workspace = join(folder, "workspace");
  mkdirSync(workspace);
  let runs = 0;
  const connection = { clock, dial: () => sandbox.connect() };
  const run: Town["run"] = async (action, inputs, { process, isMachineGone = false, env: more = {} } = {}) => {
    runs += 1;
    const number = runs;
    const lines: string[] = [];
    const phase = async (state: Readonly<Record<string, string>>, { within, signal, death }: Partial<Mortal>) => {
      const files = emptyFiles(folder, number);
      const env = { ...variables(inputs, kubeconfigOf(sandbox, number)), ...files, RUNNER_TEMP: folder };
      const start = actionsWithin({ ...(within ?? connection), nonce: () => String(number).padStart(32, "0") });
      const step = start({
        ...{ stub: action, action, cwd: workspace },
        env: { ...env, GITHUB_RUN_ID: String(number), ...more, ...state },
        signal: signal ?? new AbortController().signal,
        onLine: (line) => void lines.push(line),
      });
      const ended = await Promise.race([step, ...(death === undefined ? [] : [death])]);
      return { exitCode: ended?.exitCode, outputs: read(files.GITHUB_OUTPUT), state: read(files.GITHUB_STATE) };
    };
    const main = await phase({}, process ?? {});
    const saved = Object.entries(main.state).map(([name, value]) => [`STATE_${name}`, value]);
    // Only what has a post marks its main; the runner starts no other action twice.
    if (!isMachineGone && main.state.isPost === "true") await phase(Object.fromEntries(saved), {});
    return { exitCode: main.exitCode, outputs: main.outputs, log: lines.join("\n") };
  };
  return {
    ...{ sandbox, workspace, run },
    get runs() {
      return runs;
    },
    mortal: () => mortal(clock, sandbox),
    until: (work) => clock.drive(work),
    pass: (ms) => clock.drive(clock.sleep(ms)),
    [Symbol.asyncDispose]: async () => {
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The credentials of one run: its requests can be told by their token. */
function kubeconfigOf({ kubeconfig }: Sandbox, run: number): string {
  return kubeconfig.replace(/token: .*/, `token: ${tokenOf(run)}`);
}

/** What the requests of a run carry: runs count from 1. */
export function tokenOf(run: number): string {
  return `token-of-run-${run}`;
}

function variables(inputs: Readonly<Record<string, string>>, kubeconfig: string): Record<string, string> {
  const named = Object.entries({ kubeconfig, ...inputs }).map(([name, value]) => [
    `INPUT_${name.toUpperCase()}`,
    value,
  ]);
  return {
    GITHUB_REPOSITORY: "acme/shop",
    GITHUB_ACTION: "release",
    GITHUB_ACTOR: "octocat",
    ...Object.fromEntries(named),
  };
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
