import { inputOf } from "@cutover/action-kit";
import { parseImageReference } from "@cutover/release";

/** An image by tag or digest, as it stands. */
export function imageReference() {
  const form = { expected: "an image such as registry.example/tools:1.2", type: "image" };
  return inputOf(form, (text) => (parseImageReference(text) === undefined ? undefined : text));
}
