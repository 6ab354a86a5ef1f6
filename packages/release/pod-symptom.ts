import { containerSymptom } from "./container-symptom.ts";
import type { EventFacts, PodFacts } from "./pods.ts";
import { oneLine, type Symptom } from "./symptom.ts";

/** Milliseconds that a cluster without an autoscaler may look for room. */
const schedulingBudget = 90_000;

/** Milliseconds for which a Secret or ConfigMap of a volume may still be on its way. */
const volumeGrace = 30_000;

/** Milliseconds that a readiness probe may fail before it is worth a word, where its own settings are not known. */
const defaultReadinessBudget = 30_000;

/** What is wrong with one pod now; its container's trouble first. A ready pod has nothing wrong. */
export function podSymptom(pod: PodFacts, pullCauses: Readonly<Record<string, string>>): Symptom | undefined {
  if (pod.ready) return undefined;
  const ofContainers = pod.containers.flatMap((container) => {
    return containerSymptom(pod, container, pullCauses[`${pod.uid}/${container.name}`]) ?? [];
  });
  const condemning = ofContainers.find((symptom) => symptom.condemns !== "never");
  return condemning ?? ofContainers[0] ?? placement(pod) ?? volumes(pod) ?? readiness(pod) ?? starting(pod);
}

function about(pod: PodFacts, container?: string): Pick<Symptom, "pod" | "container"> {
  return { pod: pod.name, container };
}

function placement(pod: PodFacts): Symptom | undefined {
  if (!pod.unscheduled) return undefined;
  const { reason, message } = pod.unscheduled;
  const growing = pod.events.some((event) => ["TriggeredScaleUp", "Nominated"].includes(event.reason));
  const gated = reason === "SchedulingGated";
  return {
    ...about(pod),
    id: `${pod.uid}/unschedulable`,
    kind: "unschedulable",
    reason,
    message: oneLine(message),
    cause: growing ? "waited for a new node" : "could not be scheduled",
    hint: "Both colors run at once, so the nodes need room for both: add nodes, lower resources.requests, or have the old slot scaled down after each release (`previous: scale-down`). An anti-affinity rule counts the other color's pods too.",
    condemns: growing || gated ? "never" : schedulingBudget,
  };
}

function volumes(pod: PodFacts): Symptom | undefined {
  const event = newest(pod, ["FailedMount", "FailedAttachVolume", "FailedCreatePodSandBox"]);
  if (!event || !isCreating(pod)) return undefined;
  const common = { ...about(pod), reason: event.reason, message: oneLine(event.message) };
  if (event.reason === "FailedCreatePodSandBox") {
    const hint = "The node's container runtime or network plugin fails; whoever runs the cluster should look at it.";
    return {
      ...common,
      id: `${pod.uid}/sandbox`,
      kind: "sandbox",
      cause: "got no network or sandbox on their node",
      hint,
      condemns: "never",
    };
  }
  const missing = /(secret|configmap)s? "[^"]*" not found|references? non-existent|not registered/i.test(event.message);
  if (missing && !/failed to sync/i.test(event.message)) {
    const hint = "Create what the message names in this namespace, or mark the volume `optional: true`.";
    return {
      ...common,
      id: `${pod.uid}/volume`,
      kind: "volume-missing",
      cause: "could not get a volume's configuration",
      hint,
      condemns: volumeGrace,
    };
  }
  const hint =
    "A ReadWriteOnce volume belongs to one node, and both colors run at once: use ReadWriteMany, or keep the data outside of the pods.";
  return {
    ...common,
    id: `${pod.uid}/volume`,
    kind: "volume-busy",
    cause: "waited for a volume",
    hint,
    condemns: "never",
  };
}

function readiness(pod: PodFacts): Symptom | undefined {
  if (pod.phase !== "Running" || pod.containers.some((container) => container.waiting !== undefined)) return undefined;
  const unready = pod.containers.find((container) => !container.ready);
  if (!unready) {
    const hint = "A readiness gate is not met: look at the pod's conditions, and at the controller that should set it.";
    return {
      ...about(pod),
      id: `${pod.uid}/gate`,
      kind: "readiness-gate",
      reason: "NotReady",
      message: "",
      cause: "waited for a readiness gate",
      hint,
      condemns: "never",
    };
  }
  const event = pod.events
    .filter(({ reason, message }) => reason === "Unhealthy" && /^(Readiness|Startup) probe/.test(message))
    .at(-1);
  const { name, readinessProbe } = unready;
  return {
    ...about(pod, name),
    id: `${pod.uid}/${name}/readiness`,
    kind: "readiness-probe",
    reason: event ? "Unhealthy" : "NotReady",
    message: oneLine(event?.message ?? ""),
    cause:
      readinessProbe === undefined
        ? `did not get ready in container ${name}`
        : `did not pass the readiness probe of container ${name}, ${readinessProbe}`,
    hint: "Ask the application why it is not ready: a dependency that it cannot reach, a wrong path or port in the probe, or a start that takes longer than `timeout`.",
    condemns: "never",
    quietFor: unready.readinessBudget ?? defaultReadinessBudget,
  };
}

function starting(pod: PodFacts): Symptom {
  const container =
    pod.containers.find(({ ready, waiting }) => !ready && waiting) ?? pod.containers.find(({ ready }) => !ready);
  const reason = container?.waiting?.reason ?? pod.phase;
  return {
    ...about(pod, container?.name),
    id: `${pod.uid}/starting`,
    kind: "starting",
    reason,
    message: oneLine(container?.waiting?.message ?? ""),
    cause: "were still starting",
    hint: "Give it a longer `timeout` if this start is as slow as it should be.",
    condemns: "never",
    quietFor: Number.POSITIVE_INFINITY,
  };
}

function isCreating(pod: PodFacts): boolean {
  return pod.containers.some(({ waiting }) => waiting && /^(ContainerCreating|PodInitializing)$/.test(waiting.reason));
}

function newest(pod: PodFacts, reasons: readonly string[]): EventFacts | undefined {
  const events = pod.events.filter(({ reason }) => reasons.includes(reason));
  return events.toSorted((one, other) => other.lastSeen - one.lastSeen)[0];
}
