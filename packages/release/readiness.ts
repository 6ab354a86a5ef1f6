import { podSymptom } from "./pod-symptom.ts";
import type { PodFacts, RolloutFacts } from "./pods.ts";
import { isPulling, pullCause } from "./pull-failure.ts";
import { passedDeadline, refusedPods } from "./rollout-symptom.ts";
import type { Symptom } from "./symptom.ts";

/** What a wait has seen so far, in milliseconds on the run's clock. A symptom that went away is forgotten: the present acquits. */
export interface ReadinessMemory {
  /** When the wait began. */
  started: number;
  now: number;
  /** By symptom. */
  firstSeen: Readonly<Record<string, number>>;
  /** Why an image cannot be pulled, by pod uid and container: the kubelet says it only now and then. */
  pullCauses: Readonly<Record<string, string>>;
}

/** Whether a slot may serve, will, or never will. */
export interface Readiness {
  state: "ready" | "waiting" | "doomed";
  /** One line: `2 of 3 pods ready`. */
  summary: string;
  /** The most telling symptom, also while waiting. */
  culprit?: Symptom;
}

/** The memory of a wait that begins now. */
export function beginWaiting(now: number): ReadinessMemory {
  return { started: now, now, firstSeen: {}, pullCauses: {} };
}

/** Adds one look at the cluster to the memory; call it once for each. */
export function remember(memory: ReadinessMemory, facts: RolloutFacts, now: number): ReadinessMemory {
  const pullCauses = causesOf(facts, memory.pullCauses);
  const symptoms = symptomsOf(facts, pullCauses);
  const firstSeen = Object.fromEntries(symptoms.map(({ id }) => [id, memory.firstSeen[id] ?? now]));
  return { ...memory, now, firstSeen, pullCauses };
}

/**
 * The verdict on one rollout. Only pods of the expected ReplicaSet may be among the facts, and only conditions newer than our
 * write. Enough ready pods acquit, whatever else is said; a symptom that cannot heal condemns in any pod at once, all others
 * condemn when every pod has had one for its time.
 */
export function judgeReadiness(facts: RolloutFacts, memory: ReadinessMemory): Readiness {
  const living = facts.pods.filter(isLiving);
  const ready = living.filter((pod) => pod.ready).length;
  const summary = `${ready} of ${facts.replicas} pods ready`;
  if (!facts.generationObserved)
    return { state: "waiting", summary: `${summary}, the Deployment's controller has not begun` };
  if (ready >= facts.needed) return { state: "ready", summary };
  const symptoms = symptomsByWeight(facts, memory);
  const [culprit] = symptoms;
  if (!culprit) return { state: "waiting", summary };
  const condemned = condemning(symptoms, living, memory);
  const worst = condemned ?? culprit;
  const isTold = age(worst, memory) >= (worst.quietFor ?? 0);
  return {
    state: condemned ? "doomed" : "waiting",
    summary: isTold ? `${summary}; ${affected(worst, symptoms)}` : summary,
    culprit: worst,
  };
}

/** Every symptom of a rollout, the most telling first: what cannot heal, then what condemns soonest, then the rest. */
export function symptomsByWeight(facts: RolloutFacts, memory: ReadinessMemory): readonly Symptom[] {
  return symptomsOf(facts, memory.pullCauses).toSorted(byWeight);
}

/** `2 pods cannot pull shop:v2`. */
function affected(symptom: Symptom, all: readonly Symptom[]): string {
  if (symptom.pod === undefined) return symptom.cause;
  const count = all.filter(({ cause, pod }) => cause === symptom.cause && pod !== undefined).length;
  return `${count} ${count === 1 ? "pod" : "pods"} ${symptom.cause}`;
}

function condemning(
  symptoms: readonly Symptom[],
  living: readonly PodFacts[],
  memory: ReadinessMemory,
): Symptom | undefined {
  const ripe = symptoms.filter((symptom) => isRipe(symptom, memory));
  const single = ripe.find((symptom) => symptom.condemns === "at-once" || symptom.pod === undefined);
  if (single) return single;
  const hopeless = new Set(ripe.map(({ pod }) => pod));
  return living.length > 0 && living.every(({ name }) => hopeless.has(name)) ? ripe[0] : undefined;
}

function isRipe(symptom: Symptom, memory: ReadinessMemory): boolean {
  if (symptom.condemns === "never") return false;
  return symptom.condemns === "at-once" || age(symptom, memory) >= symptom.condemns;
}

/** Milliseconds since it was first seen without a break. */
function age({ id }: Symptom, { firstSeen, now }: ReadinessMemory): number {
  return now - (firstSeen[id] ?? now);
}

function symptomsOf(facts: RolloutFacts, pullCauses: ReadinessMemory["pullCauses"]): readonly Symptom[] {
  const pods = facts.pods.filter(isLiving).flatMap((pod) => podSymptom(pod, pullCauses) ?? []);
  return [...refusedPods(facts), ...pods, ...passedDeadline(facts)];
}

/** A pod that ended (evicted, say) or is going is replaced; it says nothing about the release. */
function isLiving(pod: PodFacts): boolean {
  return !pod.terminating && pod.phase !== "Failed" && pod.phase !== "Succeeded";
}

function causesOf(facts: RolloutFacts, earlier: ReadinessMemory["pullCauses"]): ReadinessMemory["pullCauses"] {
  const causes = facts.pods.flatMap((pod) => {
    return pod.containers.filter(isPulling).map((container) => {
      const key = `${pod.uid}/${container.name}`;
      return [key, pullCause(pod, container, earlier[key])] as const;
    });
  });
  return Object.fromEntries(causes.filter((entry): entry is readonly [string, string] => entry[1] !== undefined));
}

/** Ties go to pods before the rollout as a whole, and to the first name. */
function byWeight(one: Symptom, other: Symptom): number {
  const whole = ({ pod }: Symptom) => Number(pod === undefined);
  return weight(one) - weight(other) || whole(one) - whole(other) || (one.id < other.id ? -1 : 1);
}

function weight({ condemns, quietFor }: Symptom): number {
  if (condemns === "at-once") return 0;
  if (condemns !== "never") return 1 + condemns;
  return quietFor === Number.POSITIVE_INFINITY ? Number.MAX_SAFE_INTEGER : 1_000_000;
}
