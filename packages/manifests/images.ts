import { chooseImages, type Images } from "@cutover/release";
import { isObject, updateAt, valuesAt } from "./json.ts";
import type { Resource } from "./resource.ts";

const containerLists = ["spec.template.spec.initContainers", "spec.template.spec.containers"];

/**
 * Sets images, init containers' too, by the name of the container or by the repository that it has.
 * @throws `input-invalid` for an entry that matches no container, and for two that contradict each other.
 */
export function withImages(deployment: Resource, images: Images): Resource {
  const chosen = chooseImages(images, Object.entries(imagesOf(deployment)), deployment.metadata.name);
  return containerLists.reduce((result, path) => {
    return updateAt(result, `${path}.*`, (container) => {
      if (!isObject(container)) return container;
      const image = chosen[String(container.name)];
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
