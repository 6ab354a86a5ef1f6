import { createRegistries, type FoundImage, keysFor, type PullKey } from "@cutover/registry";
import { type ImageReference, isCutoverError, parseImageReference } from "@cutover/release";
import type { Candidate } from "./candidate.ts";
import type { World } from "./check.ts";
import { allContainers } from "./pod-spec.ts";
import { ownKeys, type PullSecret, pullSecretsOf } from "./pull-secrets.ts";

/** An image of the pods that a release brings, or that serve. */
export interface PodImage {
  readonly candidate: Candidate;
  /** As the pods have it. */
  readonly image: string;
  /** `undefined` for a text that names no image. */
  readonly reference: ImageReference | undefined;
  readonly pullSecrets: readonly PullSecret[];
  /** Those of their credentials that a kubelet would try for it. */
  readonly keys: readonly PullKey[];
}

/** Each image that the pods of each service pull, once. */
export async function podImages(world: World): Promise<readonly PodImage[]> {
  const candidates = await world.facts.candidates();
  const all = candidates.map(async (candidate) => {
    const pullSecrets = await pullSecretsOf(candidate, world);
    const pulled = allContainers(candidate.pod).filter(({ imagePullPolicy }) => imagePullPolicy !== "Never");
    const images = new Set(pulled.map(({ image }) => image));
    return [...images].map((image): PodImage => {
      const reference = parseImageReference(image);
      const given = pullSecrets.flatMap(({ keys }) => keys);
      const keys = reference === undefined ? [] : keysFor(reference, given);
      return { candidate, image, reference, pullSecrets, keys };
    });
  });
  return (await Promise.all(all)).flat();
}

/**
 * What the image's registry has, asked once however many checks look at it: with the pods' credentials, or with this runner's
 * own where the pods have none for a registry that wants some. @throws as `Registries.find` does
 */
export function findImage(reference: ImageReference, { image, keys }: PodImage, world: World): Promise<FoundImage> {
  const { facts, inputs, runner, signal } = world;
  const who = [...new Set(keys.map(({ from }) => from))].join(", ");
  return facts.once(`image ${image} for ${who}`, async () => {
    const onSecret = (value: string) => runner.maskSecret(value);
    const registries = createRegistries({ web: runner.web, signal, onSecret, insecure: inputs.insecureRegistries });
    try {
      return await registries.find(reference, keys);
    } catch (error) {
      if (keys.length > 0 || !isCutoverError(error, "unauthorized")) throw error;
      const own = keysFor(reference, await ownKeys(world));
      if (own.length === 0) throw error;
      return await registries.find(reference, own);
    }
  });
}
