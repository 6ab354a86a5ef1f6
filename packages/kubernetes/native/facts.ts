import type { Color, ContainerFacts, EventFacts, PodFacts, RolloutFacts } from "@cutover/release";
import { slotDeployment } from "./adopted.ts";
import {
  type Condition,
  type Container,
  type ContainerStatus,
  type EventRecord,
  isOwnedBy,
  type Pod,
} from "./kinds.ts";
import { expectedReplicaSet, isReadyPod } from "./observe.ts";
import type { Setting } from "./setting.ts";
import type { Snapshot } from "./snapshot.ts";

/** What readiness of a slot is judged by: only pods of the expected ReplicaSet, only conditions that speak of it. */
export function factsOf(
  snapshot: Snapshot,
  setting: Setting,
  about: { color: Color; events: readonly EventRecord[]; target: number },
): RolloutFacts {
  const { color, events, target } = about;
  const told = Map.groupBy(events, ({ involvedObject }) => involvedObject.uid);
  const deployment = snapshot.deployments[color];
  const uid = expectedReplicaSet(color, snapshot);
  const replicaSet = snapshot.replicaSets.find((one) => one.metadata.uid === uid);
  // Before its controller has seen the last write, a Deployment's conditions speak of the revision before.
  const ofDeployment = uid === undefined ? [] : (deployment?.status?.conditions ?? []);
  const pods = snapshot.pods.filter((pod) => isOwnedBy(pod, uid));
  return {
    deployment: slotDeployment(color, snapshot, setting),
    generationObserved: uid !== undefined,
    replicas: deployment?.spec.replicas ?? 0,
    needed: target,
    conditions: [...ofDeployment, ...(replicaSet?.status?.conditions ?? [])].map(conditionFacts),
    pods: pods.map((pod) => podFacts(pod, told.get(pod.metadata.uid) ?? [])),
  };
}

function conditionFacts({ type, status, reason = "", message = "" }: Condition): RolloutFacts["conditions"][number] {
  return { type, status, reason, message };
}

/** What one pod is judged by. */
export function podFacts(pod: Pod, events: readonly EventRecord[]): PodFacts {
  const { status, spec, metadata } = pod;
  const scheduled = status?.conditions?.find(
    (condition) => condition.type === "PodScheduled" && condition.status === "False",
  );
  const statuses = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  const containers = [...(spec.initContainers ?? []), ...spec.containers];
  return {
    name: metadata.name,
    uid: metadata.uid ?? "",
    phase: status?.phase ?? "Unknown",
    ready: isReadyPod(pod),
    terminating: metadata.deletionTimestamp !== undefined,
    node: spec.nodeName,
    ...(scheduled === undefined
      ? {}
      : { unscheduled: { reason: scheduled.reason ?? "", message: scheduled.message ?? "" } }),
    containers: containers.map((container) =>
      containerFacts(
        container,
        statuses.find((one) => one.name === container.name),
      ),
    ),
    events: events.map(eventFacts),
  };
}

function containerFacts(container: Container, status: ContainerStatus | undefined): ContainerFacts {
  const waiting = status?.state?.waiting;
  const terminated = status?.state?.terminated ?? status?.lastState?.terminated;
  const probe = probeInWords(container);
  return {
    name: container.name,
    image: container.image,
    ready: status?.ready ?? false,
    restarts: status?.restartCount ?? 0,
    ...(waiting === undefined ? {} : { waiting: { reason: waiting.reason ?? "", message: waiting.message ?? "" } }),
    ...(terminated === undefined
      ? {}
      : {
          terminated: {
            reason: terminated.reason ?? "",
            exitCode: terminated.exitCode ?? 0,
            message: terminated.message ?? "",
          },
        }),
    ...(probe === undefined ? {} : { readinessProbe: probe, readinessBudget: probeBudget(container) }),
  };
}

function probeInWords({ readinessProbe }: Container): string | undefined {
  if (readinessProbe === undefined) return undefined;
  const {
    httpGet,
    exec,
    tcpSocket,
    grpc,
    periodSeconds = 10,
  } = readinessProbe as typeof readinessProbe & {
    exec?: { command?: readonly string[] };
    tcpSocket?: { port: number | string };
    grpc?: { port: number };
  };
  const what =
    httpGet !== undefined
      ? `GET :${httpGet.port}${httpGet.path ?? "/"}`
      : exec !== undefined
        ? `command ${(exec.command ?? []).join(" ")}`
        : tcpSocket !== undefined
          ? `TCP connection to port ${tcpSocket.port}`
          : `gRPC health check on port ${grpc?.port}`;
  return `${what} every ${periodSeconds} s`;
}

/** Milliseconds for which the probe may fail by its own settings; Kubernetes' defaults where it says nothing. */
function probeBudget({ readinessProbe }: Container): number {
  const {
    initialDelaySeconds = 0,
    periodSeconds = 10,
    failureThreshold = 3,
  } = (readinessProbe ?? {}) as Record<string, number | undefined>;
  return 1_000 * (initialDelaySeconds + periodSeconds * failureThreshold);
}

function eventFacts({
  reason = "",
  message = "",
  type,
  count = 1,
  lastTimestamp,
  eventTime,
  metadata,
}: EventRecord): EventFacts {
  const seen = lastTimestamp ?? eventTime ?? metadata.creationTimestamp ?? "";
  return { reason, message, type: type === "Warning" ? "Warning" : "Normal", count, lastSeen: Date.parse(seen) || 0 };
}
