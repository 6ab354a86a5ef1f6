import { keysFor, pullSecretTypes } from "@cutover/registry";
import { fullRepository } from "@cutover/release";
import type { Candidate } from "../candidate.ts";
import { type Check, type Finding, fail, pass, skip, together, type World, warn } from "../check.ts";
import { type PodImage, podImages } from "../pod-images.ts";
import type { PullSecret } from "../pull-secrets.ts";

/** A kubelet passes over a pull secret that it cannot use, and says so in the events of pods alone. */
export const pullSecrets: Check = {
  id: "pull-secrets",
  title: "The pull secrets are there, and for the pods' registries",
  run: async (world: World) => {
    const images = await podImages(world);
    const byPods = Map.groupBy(images, ({ candidate }) => candidate);
    const found = [...byPods].flatMap(([candidate, own]) =>
      (own[0]?.pullSecrets ?? []).map((one) => judged(one, candidate, own)),
    );
    return found.length === 0 ? skip("The pods name no pull secret") : together(found, "");
  },
};

function judged(one: PullSecret, candidate: Candidate, images: readonly PodImage[]): Finding {
  const { name, namedBy, type } = one;
  switch (one.state) {
    case "missing":
      return fail(
        `Secret ${name} does not exist, and ${namedBy} pull with it`,
        `kubectl create secret docker-registry ${name} --docker-server=… --docker-username=… --docker-password=…`,
      );
    case "hidden":
      return warn(
        `Secret ${name} may not be read, and ${namedBy} pull with it`,
        `Let the credentials get Secret ${name}.`,
      );
    case "other-type":
      return fail(
        `Secret ${name} is of type ${type}, which no kubelet pulls with, and ${namedBy} name it`,
        `Make it anew with type ${Object.keys(pullSecretTypes).join(" or ")}.`,
      );
    case "unreadable":
      return fail(
        `Secret ${name} is of type ${type} and does not hold what that needs, and ${namedBy} pull with it`,
        `kubectl delete secret ${name}, then kubectl create secret docker-registry ${name} …`,
      );
    case "good":
      return fitting(one, candidate, images);
  }
}

function fitting({ name, keys }: PullSecret, { deployment }: Candidate, images: readonly PodImage[]): Finding {
  const served = images.filter(({ reference }) => reference !== undefined && keysFor(reference, keys).length > 0);
  if (served.length > 0) return pass(`Secret ${name} is for ${registriesOf(served)}`);
  const places = [...new Set(keys.map(({ place }) => place))].join(", ");
  return warn(
    `Secret ${name} is for ${places === "" ? "no registry at all" : places}, and the images of ${deployment} are in ${registriesOf(images)}`,
    `Add the registry to Secret ${name}, or take the Secret from the pods.`,
  );
}

function registriesOf(images: readonly PodImage[]): string {
  const hosts = images.flatMap(({ reference }) =>
    reference === undefined ? [] : (fullRepository(reference).split("/", 1)[0] ?? []),
  );
  return [...new Set(hosts)].join(", ");
}
