import type { ContainerFacts, EventFacts, PodFacts } from "./pods.ts";
import type { Finding } from "./symptom.ts";

/** Restarts of one container from which on a crash loop is one. */
const manyRestarts = 3;

/** A container that ended and is started again; the verdict falls at the third restart. */
export function crashFinding(pod: PodFacts, container: ContainerFacts): Finding | undefined {
  const { waiting, terminated, restarts } = container;
  const looping = waiting?.reason === "CrashLoopBackOff";
  if (!looping && (restarts === 0 || !terminated)) return undefined;
  const finding = crash(pod, container);
  return looping && restarts >= manyRestarts ? { ...finding, condemns: 0 } : finding;
}

/** What the container runtime could not start. Some of its reasons never heal. */
export function cannotStart(name: string, message: string): Finding {
  const certain =
    /no command specified|executable file not found|no such file or directory|permission denied|not a directory/i.test(
      message,
    );
  const hint = certain
    ? "Check `command` and `args` against what is in the image, and that the file may be executed."
    : "`kubectl describe pod` shows what the container runtime said; it keeps trying.";
  return { kind: "cannot-start", cause: `cannot start container ${name}`, hint, condemns: certain ? 30_000 : "never" };
}

/** Why it ended; a container that merely crashed may yet find what it needs. */
function crash(pod: PodFacts, { name, terminated }: ContainerFacts): Finding {
  if (terminated?.reason === "StartError" || terminated?.reason === "ContainerCannotRun") {
    return cannotStart(name, terminated.message);
  }
  if (terminated?.reason === "OOMKilled") {
    const hint =
      "Raise resources.limits.memory, or make the application use less: it was killed, it did not fail by itself.";
    return {
      kind: "out-of-memory",
      cause: `used more memory than the limit of container ${name}`,
      hint,
      condemns: "never",
    };
  }
  return killed(pod, name) ?? ended(name, terminated?.exitCode);
}

/** The kubelet's own kills look like any other exit; only events tell. */
function killed({ events }: PodFacts, name: string): Finding | undefined {
  const isProbe = ({ message }: EventFacts) =>
    message.startsWith(`Container ${name} failed `) && /(liveness|startup) probe/.test(message);
  if (events.some(isProbe)) {
    const hint = "Give the application longer with a startupProbe, or correct the probe's path and port.";
    const cause = `had container ${name} killed by its own liveness or startup probe`;
    return { kind: "liveness-probe", cause, hint, condemns: "never" };
  }
  if (!events.some(({ reason }) => reason === "FailedPostStartHook")) return undefined;
  const hint = "Correct `lifecycle.postStart`: the kubelet kills a container whose hook fails.";
  return {
    kind: "cannot-start",
    cause: `had container ${name} killed because its postStart hook failed`,
    hint,
    condemns: "never",
  };
}

function ended(name: string, exitCode: number | undefined): Finding {
  const code = exitCode === undefined ? "" : ` with exit code ${exitCode}${exitWords(exitCode)}`;
  const hint = "Read the log of its last run. Settings and services that it needs at start are the usual cause.";
  return { kind: "crash", cause: `crashed in container ${name}${code}`, hint, condemns: "never" };
}

function exitWords(code: number): string {
  const words: Readonly<Record<number, string>> = {
    0: " (it ended, and a server must not)",
    126: " (its command may not be executed)",
    127: " (its command was not found)",
    134: " (aborted)",
    137: " (killed)",
    139: " (segmentation fault)",
    143: " (terminated)",
  };
  return words[code] ?? "";
}
