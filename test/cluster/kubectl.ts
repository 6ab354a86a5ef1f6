import { type ChildProcess, spawn } from "node:child_process";
import { run } from "./command.ts";
import { ownKubeconfig } from "./places.ts";
import { kube } from "./programs.ts";

/** The cluster that the tests use: the one that KUBECONFIG names, else our own. */
export function kubeconfig(): string {
  return process.env.KUBECONFIG || ownKubeconfig;
}

/** Runs kubectl to its end and returns what it printed; throws with its own words. `input` is what `-f -` reads. */
export function kubectl(args: readonly string[], input?: string): string {
  const [file, ...rest] = commandOf(args);
  return run(file, rest, input === undefined ? {} : { input });
}

/** Starts a kubectl that goes on until it is killed, such as a port-forward. */
export function startKubectl(args: readonly string[]): ChildProcess {
  const [file, ...rest] = commandOf(args);
  return spawn(file, rest, { stdio: ["ignore", "pipe", "inherit"] });
}

/** The words of a call: our own binary has kubectl in it; somebody else's cluster is for their kubectl. */
export function commandOf(args: readonly string[]): [string, ...string[]] {
  const own: [string, ...string[]] = process.env.KUBECONFIG ? ["kubectl"] : [kube(), "kubectl"];
  return [...own, "--kubeconfig", kubeconfig(), ...args];
}
