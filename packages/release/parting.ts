import { formatDuration } from "./duration.ts";

/** How one pod of a retired slot ended. */
export interface PodEnd {
  pod: string;
  /** Connections to it that were open at the last look; none where nobody could look. */
  open?: number;
  /** Milliseconds that it was given to end. */
  grace: number;
  /** Milliseconds from being told to end to the end, to a second; none while it goes on. */
  took?: number;
  /** Of the container that serves, where it was seen. */
  exitCode?: number;
}

/** How a slot was left whose connections were open, or could not be counted. */
export interface Parting {
  deployment: string;
  ends: readonly PodEnd[];
  /** Why connections could not be counted, if so. */
  uncounted?: string;
  /** Milliseconds from the last switch to the last end. */
  sinceSwitch: number;
}

/** What users lost with a slot, and what would have kept it. */
export interface Cut {
  /** None where nobody could count; too low where not every pod was asked. */
  connections?: number;
  /** Pods that took them along. */
  pods: number;
  message: string;
  hint: string;
}

/**
 * `killed`: at the end of its grace period. `hasty`: it waited for nobody, or failed. `ended`: it took its time and ended
 * well; whether its last connections had ended just before, only the application knows.
 */
type Manner = "killed" | "hasty" | "ended" | "lasting";

/** What SIGKILL leaves. */
const codeOfKill = 137;
/** A JVM ends with 143 on SIGTERM, however gracefully. */
const goodCodes: readonly number[] = [0, 143];

function mannerOf({ took, grace, exitCode }: PodEnd): Manner {
  if (took === undefined) return "lasting";
  const code = exitCode ?? (took >= grace ? codeOfKill : 0);
  if (code === codeOfKill) return "killed";
  return took > 1_000 && goodCodes.includes(code) ? "ended" : "hasty";
}

/** What was cut; nothing where every pod ended well or had no connection left. */
export function cutBy({ deployment, ends, uncounted, sinceSwitch }: Parting): Cut | undefined {
  const at = (manner: Manner) => ends.filter((end) => end.open !== 0 && mannerOf(end) === manner);
  const killed = at("killed");
  // Of a pod that nobody could ask, an early end tells nothing.
  const hasty = at("hasty").filter(({ open }) => open !== undefined);
  const all = [...killed, ...hasty];
  if (all.length === 0) return undefined;
  const how = [
    ...(killed.length === 0 ? [] : [`${count(killed.length, "pod was", "pods were")} killed after ${graceOf(killed)}`]),
    ...(hasty.length === 0 ? [] : [`${count(hasty.length, "pod")} ended without waiting for them`]),
  ].join(", ");
  const advice = adviceFor(killed);
  if (uncounted !== undefined) {
    const message = `${deployment}: ${how}, still at work; how many connections were cut is not known, because ${uncounted}`;
    return { pods: all.length, message, hint: `If there were connections: ${advice}` };
  }
  const connections = all.reduce((sum, { open = 0 }) => sum + open, 0);
  const most = all.some(({ open }) => open === undefined) ? "At least " : "";
  const message = `${most}${count(connections, "connection")} to ${deployment} ${connections === 1 ? "was" : "were"} cut: ${how}`;
  const hint = `They were still open ${formatDuration(sinceSwitch)} after the switch: ${advice}`;
  return { connections, pods: all.length, message, hint };
}

function adviceFor(killed: readonly PodEnd[]): string {
  const application = "let the application finish its connections when it is told to end (SIGTERM)";
  if (killed.length === 0) return `raise \`drain\` until it outlasts your longest connection, or ${application}.`;
  const settings = `\`drain\` or terminationGracePeriodSeconds (now ${graceOf(killed)})`;
  return `raise ${settings} until both together outlast your longest connection, or ${application}.`;
}

function graceOf(killed: readonly PodEnd[]): string {
  return formatDuration(Math.max(...killed.map(({ grace }) => grace)));
}

/** The parting in a few words, for the summary's table of steps. */
export function tellParting(parting: Parting): string {
  const cut = cutBy(parting);
  if (cut !== undefined) return cut.message;
  const lasting = parting.ends.filter((end) => mannerOf(end) === "lasting");
  if (lasting.length > 0) return `${count(lasting.length, "pod goes", "pods go")} on for open connections`;
  const longest = Math.max(0, ...parting.ends.map(({ took = 0 }) => took));
  const what = parting.uncounted === undefined ? "its connections were given time" : "connections were not counted";
  return `${what}: all pods ended by themselves within ${formatDuration(longest)}`;
}

/** One pod's end, for the log. */
export function tellEnd({ pod, open, took, exitCode }: PodEnd): string {
  const end = took === undefined ? "goes on" : `ended after ${formatDuration(took)}`;
  const code = exitCode === undefined ? "" : ` with exit code ${exitCode}`;
  const left = open === undefined ? "" : `; connections open at the last look: ${open}`;
  return `Pod ${pod} ${end}${code}${left}`;
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
