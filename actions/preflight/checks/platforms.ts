import { isCutoverError } from "@cutover/release";
import { type Check, type Finding, fail, pass, skip, together, type World, warn } from "../check.ts";
import { type Node, node, platformsFor } from "../node-room.ts";
import { findImage, type PodImage, podImages } from "../pod-images.ts";

/** An image for another processor is pulled and then does not start, or is refused, on each node that it is not for. */
export const platforms: Check = {
  id: "platforms",
  title: "The images are built for the nodes",
  run: async (world) => {
    const nodes = await world.facts.allIfAllowed(node);
    if (nodes === undefined) return skip("The credentials may not list nodes");
    const images = await podImages(world);
    const found = await Promise.all(images.map((image) => compared(image, nodes, world)));
    return together(found, "There is no image to look at");
  },
};

async function compared(one: PodImage, nodes: readonly Node[], world: World): Promise<Finding> {
  const { image, reference, candidate } = one;
  const wanted = platformsFor([candidate.pod], nodes);
  if (wanted.length === 0)
    return warn(
      `None of the ${nodes.length} nodes may take the pods of ${candidate.deployment}`,
      "Look at nodeSelector, node affinity and tolerations of the pods, and at labels and taints of the nodes.",
    );
  if (reference === undefined) return skip(`${image} is no name of an image`);
  try {
    const built = await (await findImage(reference, one, world)).platforms();
    const names = built.map(({ os, architecture }) => `${os}/${architecture}`);
    const missing = wanted.filter((platform) => !names.includes(platform));
    if (missing.length === 0) return pass(`${image} is built for ${wanted.join(", ")}`);
    return fail(
      `${image} is built for ${names.join(", ") || "no platform"}, and nodes that may take the pods of ${candidate.deployment} are ${missing.join(", ")}`,
      `Build it for ${wanted.join(",")}, or keep the pods from those nodes with a nodeSelector on kubernetes.io/arch and kubernetes.io/os.`,
    );
  } catch (error) {
    if (!isCutoverError(error)) throw error;
    return warn(
      `What ${image} is built for cannot be told: ${error.message}`,
      "The check `images` says what to do about it.",
    );
  }
}
