import type { Candidate } from "../candidate.ts";
import { type Check, type Finding, pass, skip, together, warn } from "../check.ts";
import { anyPod, mayRunOn, type Node, node, type Room, roomOn, shortOf, take } from "../node-room.ts";

/** An estimate: an autoscaler of nodes may make room, and the scheduler knows more rules. */
export const headroom: Check = {
  id: "headroom",
  title: "The nodes have room for both slots",
  run: async ({ facts }) => {
    const [nodes, pods, candidates] = await Promise.all([
      facts.allIfAllowed(node),
      facts.allIfAllowed(anyPod),
      facts.candidates(),
    ]);
    if (nodes === undefined || pods === undefined)
      return skip("The credentials may not list the nodes, and the pods of all namespaces");
    const placed = pods.filter(({ spec }) => spec.nodeName !== undefined);
    const byNode = Map.groupBy(placed, ({ spec }) => spec.nodeName);
    const rooms = new Map(nodes.map((one) => [one, roomOn(one, byNode.get(one.metadata.name) ?? [])]));
    return together(
      candidates.map((candidate) => judged(candidate, rooms)),
      "There is no Deployment to look at",
    );
  },
};

/** Puts the pods that are still to be made onto the nodes, each where the first has room. */
function judged({ deployment, pod, replicas, running }: Candidate, rooms: ReadonlyMap<Node, Room>): Finding {
  const more = Math.max(0, replicas - running);
  const open = [...rooms].filter(([one]) => mayRunOn(pod, one)).map(([, room]) => room);
  if (more === 0) return pass(`${deployment} has all its ${running} pods`);
  if (open.length === 0)
    return warn(
      `None of the ${rooms.size} nodes takes the pods of ${deployment}, by nodeSelector, affinity, taints or readiness`,
      `Correct nodeSelector, affinity or tolerations of ${deployment}, unless an autoscaler makes a node for them.`,
    );
  for (let placed = 0; placed < more; placed += 1) {
    const room = open.find((one) => shortOf(one, pod).length === 0);
    if (room === undefined) {
      const lacking = [...new Set(open.flatMap((one) => shortOf(one, pod)))].join(", ");
      return warn(
        `${counted(open.length)} room for ${placed} of the ${more} new pods of ${deployment}, and not enough ${lacking} for the rest`,
        "Make room or add a node, unless an autoscaler does: kubectl describe nodes",
      );
    }
    take(room, pod);
  }
  return pass(`${counted(open.length)} room for the ${more} new pods of ${deployment}`);
}

function counted(nodes: number): string {
  return nodes === 1 ? "1 node has" : `${nodes} nodes have`;
}
