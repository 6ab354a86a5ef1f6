import { type Check, type Finding, fail, pass, skip, together, warn } from "../check.ts";
import { type Node, node, nodeHas } from "../node-room.ts";

/** Nodes that are down or short of memory, disk or process ids take no new pods, or throw them out again. */
export const nodes: Check = {
  id: "nodes",
  title: "The nodes are ready and not under pressure",
  run: async ({ facts }) => {
    const all = await facts.allIfAllowed(node);
    if (all === undefined) return skip("The credentials may not list nodes");
    const usable = all.filter((one) => one.spec?.unschedulable !== true && nodeHas(one, "Ready"));
    if (usable.length === 0)
      return fail(
        `None of the ${all.length} nodes is ready and takes pods`,
        "kubectl get nodes. New pods would not start.",
      );
    return together(
      [pass(`${usable.length} of ${all.length} nodes are ready and take pods`), ...all.flatMap(trouble)],
      "",
    );
  },
};

function trouble(one: Node): readonly Finding[] {
  const { name } = one.metadata;
  const pressures = ["MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable"].filter((type) =>
    nodeHas(one, type),
  );
  const words = [...(nodeHas(one, "Ready") ? [] : ["NotReady"]), ...pressures];
  return words.length === 0 ? [] : [warn(`Node ${name} has ${words.join(", ")}`, `kubectl describe node ${name}`)];
}
