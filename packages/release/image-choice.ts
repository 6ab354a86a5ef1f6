import { CutoverError } from "./errors.ts";
import { fullRepository, parseImageReference } from "./image-reference.ts";
import { isDnsLabel } from "./kubernetes-name.ts";
import type { Images } from "./model.ts";

/** A container and the image that it names now. */
export type Running = readonly [container: string, image: string];

/**
 * New image by container. A key of `wanted` is the name of a container or, where none is called so, the repository of
 * the images to replace.
 * @throws `input-invalid` for a key that matches nothing, and for two that want different images in one container.
 */
export function chooseImages(wanted: Images, running: readonly Running[], deployment: string): Images {
  const chosen = new Map<string, { key: string; image: string }>();
  for (const [key, image] of Object.entries(wanted)) {
    const containers = matching(key, running);
    if (containers.length === 0) throw matchesNothing(key, running, deployment);
    for (const container of containers) {
      const other = chosen.get(container);
      if (other !== undefined && other.image !== image) throw contradiction(container, other.key, key);
      chosen.set(container, { key, image });
    }
  }
  return Object.fromEntries([...chosen].map(([container, { image }]) => [container, image]));
}

/** What one service's containers run. */
export interface ImageShare {
  service: string;
  running: readonly Running[];
}

/**
 * The keys of `wanted` that are meant for each of several services, in their order; one service alone gets all.
 * @throws `input-invalid` for a key that matches nothing in any of them
 */
export function shareImages(wanted: Images, services: readonly ImageShare[]): readonly Images[] {
  if (services.length === 1) return [wanted];
  const keys = Object.keys(wanted);
  const stray = keys.find((key) => services.every(({ running }) => matching(key, running).length === 0));
  if (stray !== undefined) {
    const names = services.map(({ service }) => service).join(", ");
    const message = `images: none of the services ${names} has a container ${stray}, or one whose image is of it`;
    const known = new Set(
      services.flatMap(({ running }) => running.map(([container, image]) => `${container} (${image})`)),
    );
    throw new CutoverError("input-invalid", message, { hint: `Their containers are ${[...known].join(", ")}.` });
  }
  return services.map(({ running }) =>
    Object.fromEntries(Object.entries(wanted).filter(([key]) => matching(key, running).length > 0)),
  );
}

function matching(key: string, running: readonly Running[]): readonly string[] {
  if (running.some(([container]) => container === key)) return [key];
  const repository = repositoryOf(key);
  if (repository === undefined) return [];
  return running.filter(([, image]) => repositoryOf(image) === repository).map(([container]) => container);
}

function repositoryOf(image: string): string | undefined {
  const reference = parseImageReference(image);
  return reference === undefined ? undefined : fullRepository(reference);
}

function matchesNothing(key: string, running: readonly Running[], deployment: string): CutoverError {
  const message = isDnsLabel(key)
    ? `images: Deployment ${deployment} has no container ${key}`
    : `images: no container of Deployment ${deployment} has an image of ${key}`;
  const containers = new Set(running.map(([container, image]) => `${container} (${image})`));
  return new CutoverError("input-invalid", message, { hint: `Its containers are ${[...containers].join(", ")}.` });
}

function contradiction(container: string, one: string, other: string): CutoverError {
  const message = `images: container ${container} would get two images, by ${one} and by ${other}`;
  return new CutoverError("input-invalid", message, { hint: "Keep one of the two lines." });
}
