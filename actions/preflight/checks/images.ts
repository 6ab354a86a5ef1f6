import type { PullKey } from "@cutover/registry";
import { CutoverError, formatImageReference, isCutoverError, isPinned } from "@cutover/release";
import { type Check, type Finding, fail, pass, skip, together, type World, warn } from "../check.ts";
import { findImage, type PodImage, podImages } from "../pod-images.ts";

/** The registry has every image, and lets the pods' own credentials pull it: nobody else finds that out before the pods fail. */
export const images: Check = {
  id: "images",
  title: "The pods can pull their images",
  run: async (world) => {
    const all = await podImages(world);
    if (all.length === 0) return skip("There is no image that pods pull");
    return together(await Promise.all(all.map((one) => lookedUp(one, world))), "");
  },
};

async function lookedUp(one: PodImage, world: World): Promise<Finding> {
  const { image, reference, candidate } = one;
  if (reference === undefined)
    return fail(
      `The pods of ${candidate.deployment} have the image ${image}, which is no name of an image`,
      "Write it as registry/repository@sha256:…",
    );
  try {
    const { digest, key } = await findImage(reference, one, world);
    const how = howRead(key, one);
    if (isPinned(reference)) return pass(`${image} ${how}`);
    const pinned = formatImageReference({ ...reference, tag: undefined, digest });
    return warn(
      `${image} ${how}, and its tag can be moved; at this moment it means ${digest}`,
      `Release the digest: ${pinned}`,
    );
  } catch (error) {
    if (isCutoverError(error, "unauthorized")) return refused(error.message, error.hint, one);
    if (isCutoverError(error, "not-found", "rejected"))
      return fail(error.message, error.hint ?? "Push the image, or release another.");
    if (!isCutoverError(error, "unreachable")) throw error;
    throw new CutoverError("unreachable", `${error.message}; it should have ${image}`, {
      hint: "See that this runner may connect to the registry. Where only the nodes can: `skip: images, platforms`.",
      cause: error,
    });
  }
}

function howRead(key: PullKey | undefined, { keys }: PodImage): string {
  if (key === undefined) return "can be pulled for everybody";
  if (keys.includes(key)) return `can be pulled by ${key.from}`;
  return `is there, by ${key.from}; the nodes need credentials of their own, as the pods have no pull secret for it`;
}

/** Nodes may have credentials of their own, from their cloud or their runtime, and nobody but them knows. */
function refused(message: string, hint = "Look at the pods' pull secrets.", { keys, pullSecrets }: PodImage): Finding {
  if (keys.length > 0) return fail(message, hint);
  const hidden = pullSecrets.filter(({ state }) => state === "hidden").map(({ name }) => `Secret ${name}`);
  if (hidden.length > 0)
    return warn(
      `${message}; whether the pods can pull it cannot be told without ${hidden.join(", ")}`,
      `Let the credentials get ${hidden.join(", ")}.`,
    );
  return warn(
    `${message}, and no pull secret of the pods is for it; the nodes may have credentials of their own`,
    hint,
  );
}
