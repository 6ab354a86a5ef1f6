import { CutoverError } from "@cutover/release";
import { isObject, updateAt, valuesAt } from "./json.ts";
import type { Resource } from "./resource.ts";

/** Image reference by container name. */
export type Images = Readonly<Record<string, string>>;

const containerLists = ["spec.template.spec.initContainers", "spec.template.spec.containers"];

/** Sets images by container name, init containers too. @throws `input-invalid` for an entry that matches no container. */
export function withImages(deployment: Resource, images: Images): Resource {
  const present = containerLists.flatMap((path) => valuesAt(deployment, `${path}.*.name`));
  const unknown = Object.keys(images).filter((name) => !present.includes(name));
  if (unknown.length > 0) {
    const message = `images: Deployment ${deployment.metadata.name} has no container ${unknown.join(", ")}`;
    throw new CutoverError("input-invalid", message, { hint: `Its containers are ${present.join(", ")}.` });
  }
  return containerLists.reduce((result, path) => {
    return updateAt(result, `${path}.*`, (container) => {
      if (!isObject(container)) return container;
      const image = images[String(container.name)];
      return image === undefined ? container : { ...container, image };
    });
  }, deployment);
}

/** What the Deployment's containers run, init containers first. */
export function imagesOf(deployment: Resource): Images {
  const containers = containerLists.flatMap((path) => valuesAt(deployment, `${path}.*`)).filter(isObject);
  return Object.fromEntries(
    containers.map(({ name, image }) => [String(name), typeof image === "string" ? image : ""]),
  );
}
