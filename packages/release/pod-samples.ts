import type { ContainerFacts, EventFacts, PodFacts, RolloutFacts } from "./pods.ts";
import { beginWaiting, judgeReadiness, type Readiness, remember } from "./readiness.ts";

/** The image of every sample. */
export const image = "localhost:5000/shop:v9";

/** An unready container that has nothing wrong. */
export function container(overrides: Partial<ContainerFacts> = {}): ContainerFacts {
  return { name: "app", image, ready: false, restarts: 0, ...overrides };
}

/** A container that waits, for this reason. */
export function waitingFor(reason: string, message = "", overrides: Partial<ContainerFacts> = {}): ContainerFacts {
  return container({ waiting: { reason, message }, ...overrides });
}

let pods = 0;

/** A pod that starts, with a name of its own. */
export function pod(overrides: Partial<PodFacts> = {}): PodFacts {
  pods += 1;
  const name = `shop-green-${pods}`;
  const facts = { name, uid: name, phase: "Pending", ready: false, terminating: false, node: "n1" };
  return { ...facts, containers: [container()], events: [], ...overrides };
}

/** A pod that serves. */
export const readyPod = () => pod({ ready: true, phase: "Running", containers: [container({ ready: true })] });

/** A rollout that needs all of these pods. */
export function rollout(own: readonly PodFacts[], overrides: Partial<RolloutFacts> = {}): RolloutFacts {
  const replicas = own.length;
  const facts = { deployment: "shop-green", generationObserved: true, conditions: [] };
  return { ...facts, replicas, needed: replicas, pods: own, ...overrides };
}

/** A warning about a pod. */
export function event(reason: string, message: string): EventFacts {
  return { reason, message, type: "Warning", count: 1, lastSeen: 0 };
}

/** The verdict when the same facts are seen every two seconds for so long. */
export function after(seconds: number, facts: RolloutFacts): Readiness {
  let memory = beginWaiting(0);
  for (let now = 0; now <= seconds * 1_000; now += 2_000) memory = remember(memory, facts, now);
  return judgeReadiness(facts, memory);
}

/** A rollout whose pods the API server refuses to make. */
export const refused = (message: string): RolloutFacts =>
  rollout([], {
    replicas: 3,
    needed: 3,
    conditions: [{ type: "ReplicaFailure", status: "True", reason: "FailedCreate", message }],
  });

/** Trouble in each of three pods. */
export const all = (make: () => PodFacts): RolloutFacts => rollout([make(), make(), make()]);
/** The same trouble in the container of each of three pods. */
export const allContainers = (make: () => ContainerFacts): RolloutFacts => all(() => pod({ containers: [make()] }));
/** An ordinary crash. */
export const crashed = { reason: "Error", exitCode: 1, message: "" };
