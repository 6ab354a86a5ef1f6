import type { Candidate } from "../candidate.ts";
import { type Check, type Finding, pass, skip, together, warn } from "../check.ts";
import { fill, mayRunOn, type Node, node, placedPod, type Room, roomOn, shortOf } from "../node-room.ts";
import type { PodSpec } from "../pod-spec.ts";

/** An estimate: an autoscaler of nodes may make room, and the scheduler knows more rules. */
export const headroom: Check = {
  id: "headroom",
  title: "The nodes have room for both slots",
  run: async ({ facts }) => {
    const [nodes, pods, candidates] = await Promise.all([
      facts.allIfAllowed(node),
      facts.allIfAllowed(placedPod),
      facts.candidates(),
    ]);
    if (nodes === undefined || pods === undefined)
      return skip("The credentials may not list the nodes, and the pods of all namespaces");
    const byNode = Map.groupBy(pods, ({ spec }) => spec.nodeName);
    const rooms = new Map(nodes.map((one) => [one, roomOn(one, byNode.get(one.metadata.name) ?? [])]));
    const now = candidates.map((candidate) => judged(candidate, rooms));
    // What is needed for certain has the room first.
    const grown = candidates.filter((_, index) => now[index]?.verdict === "pass");
    const later = grown.flatMap((candidate) => judgedGrown(candidate, rooms));
    return together([...now, ...later], "There is no Deployment to look at");
  },
};

type Rooms = ReadonlyMap<Node, Room>;

/** The pods that are still to be made. */
function judged({ deployment, pod, replicas, running }: Candidate, rooms: Rooms): Finding {
  const more = Math.max(0, replicas - running);
  const open = roomsFor(pod, rooms);
  if (more === 0) return pass(`${deployment} has all its ${running} pods`);
  if (open.length === 0)
    return warn(
      `None of the ${rooms.size} nodes takes the pods of ${deployment}, by nodeSelector, affinity, taints or readiness`,
      `Correct nodeSelector, affinity or tolerations of ${deployment}, unless an autoscaler makes a node for them.`,
    );
  const { placed, lacking } = spread(open, pod, more);
  if (lacking === "") return pass(`${counted(open.length)} room for the ${more} new pods of ${deployment}`);
  return warn(
    `${counted(open.length)} room for ${placed} of the ${more} new pods of ${deployment}, and not enough ${lacking} for the rest`,
    "Make room or add a node, unless an autoscaler does: kubectl describe nodes",
  );
}

/** Those that its autoscaler may make of it under load. */
function judgedGrown({ deployment, pod, replicas, running, most }: Candidate, rooms: Rooms): readonly Finding[] {
  const open = roomsFor(pod, rooms);
  const more = most - Math.max(replicas, running);
  const { placed, lacking } = spread(open, pod, more);
  if (lacking === "") return [];
  return [
    warn(
      `${counted(open.length)} room for ${placed} of the ${more} pods that the autoscaler of ${deployment} may add to it, and not enough ${lacking} for the rest`,
      `Make room or add a node, unless an autoscaler of nodes does, or lower maxReplicas: a slot that cannot grow under load fails its users.`,
    ),
  ];
}

function roomsFor(pod: PodSpec, rooms: Rooms): readonly Room[] {
  return [...rooms].filter(([one]) => mayRunOn(pod, one)).map(([, room]) => room);
}

/** Puts so many pods onto the nodes, as many as fit on the first before the next. `lacking` is empty if all fit. */
function spread(open: readonly Room[], pod: PodSpec, count: number): { placed: number; lacking: string } {
  const placed = open.reduce((sum, room) => sum + fill(room, pod, count - sum), 0);
  const lacking = placed >= count ? [] : open.flatMap((room) => shortOf(room, pod));
  return { placed, lacking: [...new Set(lacking)].join(", ") };
}

function counted(nodes: number): string {
  return nodes === 1 ? "1 node has" : `${nodes} nodes have`;
}
