import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { folder, state } from "./places.ts";

const script = join("node", "init.sh");
const initLog = join(state, "log", "init.log");

/** Starts `node/init.sh` in PID and mount namespaces of its own; it goes on when this process ends. Returns a question:
 * whether it lives. */
export function startNode(kube: string): () => boolean {
  const isolation = ["--pid", "--mount", "--fork", "--mount-proc", "--kill-child"];
  const command = ["bash", join(folder, script), state, join(folder, "node"), kube];
  mkdirSync(join(state, "log"), { recursive: true });
  const log = openSync(initLog, "w");
  const child = spawn("unshare", [...isolation, ...command], { detached: true, stdio: ["ignore", log, log] });
  closeSync(log);
  child.unref();
  return () => child.exitCode === null && child.signalCode === null;
}

/** Ends the node with everything in it, since the kernel ends a PID namespace with its first process. */
export async function stopNode(owner: string): Promise<void> {
  const spaces = namespaces(owner);
  for (const pid of starters(owner)) kill(pid);
  const deadline = Date.now() + 30_000;
  for (;;) {
    const left = processes().filter((pid) => spaces.has(namespace(pid, "pid")));
    if (left.length === 0) return;
    if (Date.now() > deadline) throw new Error(`These processes of the cluster do not end: ${left.join(", ")}.`);
    await sleep(50);
  }
}

/** What the node said when it ended, such as which part of it failed. */
export function lastWords(): string {
  return attempt(() => readFileSync(initLog, "utf8").trim());
}

/** Every process of the node, the pods' included. */
export function nodeProcesses(owner: string): number[] {
  const spaces = namespaces(owner);
  return processes().filter((pid) => spaces.has(namespace(pid, "pid")));
}

/** Numbers of all processes of this machine. */
export function processes(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** The `/proc/PID/ns` link of a process; empty when it has ended. */
export function namespace(pid: number, kind: "pid" | "pid_for_children"): string {
  return attempt(() => readlinkSync(`/proc/${pid}/ns/${kind}`));
}

/** `unshare` and the script in it, known by the script and the state folder in their command line. */
function starters(owner: string): number[] {
  return processes().filter((pid) => {
    const words = attempt(() => readFileSync(`/proc/${pid}/cmdline`, "utf8")).split("\0");
    return words.includes(owner) && words.some((word) => word.endsWith(`/${script}`));
  });
}

function namespaces(owner: string): Set<string> {
  const own = namespace(process.pid, "pid");
  const spaces = starters(owner).map((pid) => namespace(pid, "pid_for_children"));
  return new Set(spaces.filter((space) => space !== "" && space !== own));
}

function kill(pid: number): void {
  attempt(() => String(process.kill(pid, "SIGKILL")));
}

/** A process may end between being listed and being asked. */
function attempt(ask: () => string): string {
  try {
    return ask();
  } catch {
    return "";
  }
}
