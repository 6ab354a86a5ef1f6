import type { Color } from "./color.ts";
import { parseImageReference } from "./image-reference.ts";
import type { Approval, Images, Observed } from "./model.ts";

/** What somebody who approves what stands in the slot of `color` says yes to; none for a slot that holds no revision. */
export function approvalOf({ service, slots }: Observed, color: Color): Approval | undefined {
  const { revision, hash, images } = slots[color];
  if (revision === undefined || hash === undefined) return undefined;
  return { color, revision, hash, images: digestsOf(images), active: service.revision };
}

/** By container, what tells its image from another version of it: a registry's name may hold what the runner masks. */
export function digestsOf(images: Images): Images {
  const digest = (image: string) => parseImageReference(image)?.digest ?? image;
  return Object.fromEntries(Object.entries(images).map(([container, image]) => [container, digest(image)]));
}
