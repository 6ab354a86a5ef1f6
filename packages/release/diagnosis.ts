import { wrongProcessor } from "./container-symptom.ts";
import { formatDuration } from "./duration.ts";
import type { EventFacts, PodFacts, RolloutFacts } from "./pods.ts";
import { type ReadinessMemory, symptomsByWeight } from "./readiness.ts";
import { oneLine, type Symptom, type SymptomKind } from "./symptom.ts";

/** Why a rollout did not become ready, for people. Lines and log quote the cluster: untrusted text. */
export interface Diagnosis {
  /** `Deployment shop-green never became ready: 3 of 3 pods cannot pull …`. */
  title: string;
  /** The title's last part alone: `3 of 3 pods cannot pull …`. */
  cause: string;
  /** The most telling pod, its cause, its events. */
  lines: readonly string[];
  /** What to do. */
  hint: string;
  /** Chapter of docs/errors.md. */
  anchor: SymptomKind;
  /** Last lines that the container wrote: somebody else's text, to be printed only through the sanitizer. */
  log: readonly string[];
}

/** Whose log would tell most. `previous` asks for the run before the last restart. */
export interface LogSource {
  pod: string;
  container: string;
  previous: boolean;
}

/** How many lines of a log are worth reading. */
export const logLines = 25;

/** The container to read the log of before `diagnose`; none where no container ever ran. */
export function logSource(facts: RolloutFacts, memory: ReadinessMemory): LogSource | undefined {
  const [symptom] = symptomsByWeight(facts, memory);
  const pod = mostTellingPod(facts, symptom);
  const container = pod?.containers.find(({ name }) => name === symptom?.container);
  if (!pod || !container || (container.waiting && container.restarts === 0 && !container.terminated)) return undefined;
  return {
    pod: pod.name,
    container: container.name,
    previous: container.waiting !== undefined && container.restarts > 0,
  };
}

/** The user's message about a rollout that is not ready. `logTail` is what `logSource` names, as the API server sent it. */
export function diagnose(facts: RolloutFacts, memory: ReadinessMemory, logTail = ""): Diagnosis {
  const symptoms = symptomsByWeight(facts, memory);
  const log = tailOf(logTail);
  const never = `Deployment ${facts.deployment} never became ready`;
  const found = symptoms[0];
  if (!found) return { ...nothingFound(facts, never), log };
  const worst = withLog(found, facts, log);
  const alike = symptoms.filter(
    ({ kind, cause, pod }) => kind === found.kind && cause === found.cause && pod !== undefined,
  );
  const who = worst.pod === undefined ? "" : `${alike.length} of ${Math.max(facts.replicas, alike.length)} pods `;
  return {
    title: `${never}: ${who}${worst.cause}`,
    cause: `${who}${worst.cause}`,
    lines: [...symptomLines(symptoms, memory), ...eventLines(facts, worst)],
    hint: worst.hint,
    anchor: worst.kind,
    log,
  };
}

function nothingFound(facts: RolloutFacts, never: string): Omit<Diagnosis, "log"> {
  const cause = facts.generationObserved
    ? `${facts.pods.length} of ${facts.replicas} pods were made`
    : "the Deployment's controller has not taken notice of the change";
  const hint = "Look at the Deployment's own conditions, and whether the cluster's kube-controller-manager works.";
  return { title: `${never}: ${cause}`, cause, lines: [], hint, anchor: "starting" };
}

/** Where a crash says nothing, its log may. */
function withLog(symptom: Symptom, facts: RolloutFacts, log: readonly string[]): Symptom {
  if (symptom.kind !== "crash" || !log.some((line) => /exec format error/i.test(line))) return symptom;
  const pod = facts.pods.find(({ name }) => name === symptom.pod);
  const container = pod?.containers.find(({ name }) => name === symptom.container);
  return { ...symptom, ...wrongProcessor(container?.image ?? "the image") };
}

/** One line for each different trouble, three at most: pods of one release mostly share it. */
function symptomLines(symptoms: readonly Symptom[], memory: ReadinessMemory): readonly string[] {
  const different = [
    ...new Map(symptoms.toReversed().map((symptom) => [`${symptom.kind} ${symptom.cause}`, symptom])).values(),
  ];
  return different
    .toReversed()
    .slice(0, 3)
    .map((symptom) => {
      const seen = (memory.firstSeen[symptom.id] ?? memory.now) - memory.started;
      const said = [symptom.reason, symptom.message].filter((part) => part !== "").join(", ");
      return `${whereabouts(symptom)}: ${said} (${seen < 1_000 ? "seen at once" : `first seen ${formatDuration(seen)} after the wait began`})`;
    });
}

function whereabouts({ pod, container }: Symptom): string {
  if (pod === undefined) return "Deployment";
  return container === undefined ? `pod ${pod}` : `pod ${pod}, container ${container}`;
}

/** The newest warnings about the most telling pod that say something new. */
function eventLines(facts: RolloutFacts, symptom: Symptom): readonly string[] {
  const pod = mostTellingPod(facts, symptom);
  const told = (pod?.events ?? []).filter((event) => event.type === "Warning" && !isRepetition(event, symptom));
  return told
    .toSorted((one, other) => other.lastSeen - one.lastSeen)
    .slice(0, 3)
    .map(({ reason, message, count }) => `event ${reason}${count > 1 ? ` (${count} times)` : ""}: ${oneLine(message)}`);
}

/** What the status says already, and what every pod of some clusters is told. */
function isRepetition({ reason, message }: EventFacts, symptom: Symptom): boolean {
  if (["BackOff", "MissingClusterDNS", "InspectFailed"].includes(reason)) return true;
  const text = oneLine(message);
  return text.startsWith("Error: ") || text.startsWith("Failed to pull image") || text === symptom.message;
}

function mostTellingPod(facts: RolloutFacts, symptom: Symptom | undefined): PodFacts | undefined {
  return facts.pods.find(({ name }) => name === symptom?.pod);
}

function tailOf(text: string): readonly string[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines.slice(-logLines);
}
