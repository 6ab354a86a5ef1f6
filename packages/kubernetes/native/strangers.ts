import { CutoverError, colors } from "@cutover/release";
import type { OwnerReference } from "../client/model.ts";
import { activeColor, labelValue, slotDeployment } from "./adopted.ts";
import { isOwnedBy, matches, type Pod } from "./kinds.ts";
import type { Setting } from "./setting.ts";
import type { Snapshot } from "./snapshot.ts";

/**
 * Whatever else stands behind the Service would be cut off, or get the traffic too, by a switch that knows only the slots.
 * @throws refused naming the pod and what owns it
 */
export function refuseStrangers(snapshot: Snapshot, setting: Setting): void {
  const { service, colorLabel } = setting;
  for (const color of colors) {
    const slot = slotDeployment(color, snapshot, setting);
    const live = snapshot.deployments[color]?.metadata.uid;
    const pod = snapshot.pods.find((one) => {
      const isOurs =
        one.metadata.labels?.[colorLabel] === labelValue(color, snapshot) &&
        one.metadata.deletionTimestamp === undefined;
      const owner = ownerOf(one, snapshot);
      // By name too: pods of a slot that was just deleted, or made again, are on their way out.
      const isOfSlot = owner !== undefined && (owner.uid === live || owner.name === slot);
      return isOurs && !isOfSlot && isBehind(one, snapshot, setting);
    });
    if (pod === undefined) continue;
    const owner = ownerOf(pod, snapshot);
    const whose = owner === undefined ? "which nothing owns" : `of ${owner.kind} ${owner.name}`;
    const verb = activeColor(snapshot, setting) === color ? "also sends to" : `would, in ${color}, also send to`;
    throw new CutoverError(
      "refused",
      `Service ${service} ${verb} pod ${pod.metadata.name} ${whose}, which is not the slot ${slot}`,
      {
        hint: `Each color of a Service is one Deployment. Give other pods other labels, and a Service of their own. If ${owner?.name ?? "that"} is the slot, set the input \`deployment\` to the pattern of its name.`,
      },
    );
  }
}

function isBehind(pod: Pod, { service }: Snapshot, { colorLabel }: Setting): boolean {
  const { [colorLabel]: _color, ...shared } = service?.spec.selector ?? {};
  return matches(shared, pod.metadata.labels);
}

/** What made the pod: the Deployment of its ReplicaSet, or whatever owns it. */
function ownerOf(pod: Pod, { replicaSets }: Snapshot): OwnerReference | undefined {
  const [owner] = pod.metadata.ownerReferences ?? [];
  const replicaSet = replicaSets.find((one) => isOwnedBy(pod, one.metadata.uid));
  return replicaSet?.metadata.ownerReferences?.[0] ?? owner;
}
