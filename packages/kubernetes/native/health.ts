import { type Color, neededReplicas } from "@cutover/release";
import { isOwnedBy } from "./kinds.ts";
import { expectedReplicaSet, isReadyPod } from "./observe.ts";
import type { Snapshot } from "./snapshot.ts";

/** Whether what the Service sends to is what was proved. */
export interface Health {
  /** Endpoints that are ready and lead to an expected, ready pod. */
  ready: number;
  /** Ready endpoints without which the slot does not serve well enough. */
  needed: number;
  /** Expected pods that are ready, in the slices or not yet. */
  pods: number;
  /** Ready endpoints that lead to anything else: old pods still listed, or somebody else's. */
  foreign: number;
  isGood: boolean;
}

/** Read from the slices that the endpoint controller keeps: what node proxies send to. */
export function healthOf(color: Color, snapshot: Snapshot): Health {
  const deployment = snapshot.deployments[color];
  const expected = expectedReplicaSet(color, snapshot);
  const pods = new Map(snapshot.pods.filter((pod) => isOwnedBy(pod, expected)).map((pod) => [pod.metadata.uid, pod]));
  const endpoints = snapshot.slices
    .flatMap((slice) => slice.endpoints ?? [])
    .filter((one) => one.conditions?.ready !== false);
  const uids = [...new Set(endpoints.map((endpoint) => endpoint.targetRef?.uid))];
  const known = uids.map((uid) => pods.get(uid));
  const foreign = known.filter((pod) => pod === undefined).length;
  const ready = known.filter((pod) => pod !== undefined && isReadyPod(pod)).length;
  const needed = neededReplicas(
    deployment?.spec.replicas ?? 0,
    deployment?.spec.strategy?.rollingUpdate?.maxUnavailable,
  );
  const readyPods = [...pods.values()].filter(isReadyPod).length;
  return { ready, needed, pods: readyPods, foreign, isGood: foreign === 0 && ready >= needed };
}
