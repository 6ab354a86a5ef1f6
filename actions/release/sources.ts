import type { Runner } from "@cutover/action-kit";
import type { Client, Source } from "@cutover/kubernetes";
import { diskFiles, imagesOf, readManifests, renderRelease } from "@cutover/manifests";
import { type Color, chooseImages, colors, type Images, isCutoverError, slotName } from "@cutover/release";

/** What the inputs say of a release. */
export interface Release {
  manifests?: readonly string[] | undefined;
  chart?: string | undefined;
  releaseName?: string | undefined;
  values?: readonly string[] | undefined;
  set?: Readonly<Record<string, string>> | undefined;
  images?: Images | undefined;
  service: string;
  deployment: string;
  colorLabel: string;
  /** Milliseconds. */
  timeout: number;
}

/** Where it is released. */
export interface Place {
  namespace: string;
  client: Client;
}

/** Milliseconds for kustomize or Helm, whatever the deadline. */
const longestRendering = 120_000;

/** What a release puts into either slot: rendered manifests, or images for the Deployments that exist. */
export async function sourceOf(release: Release, place: Place, runner: Runner): Promise<Source> {
  const { manifests, chart, images = {}, service, deployment, colorLabel } = release;
  if (manifests === undefined && chart === undefined)
    return { kind: "images", images: await byContainer(images, release, place) };
  const { namespace } = place;
  const { processes, log, workspace, signal } = runner;
  const tools = { processes, log, workspace, signal, patience: Math.min(release.timeout, longestRendering) };
  const sources = { paths: manifests ?? [], chart: chartOf(release, namespace) };
  const set = await readManifests(sources, diskFiles(workspace), tools);
  const render = (color: Color) =>
    renderRelease(set, { service, namespace, deploymentPattern: deployment, colorLabel, color, images });
  return { kind: "manifests", rendered: { blue: render("blue"), green: render("green") } };
}

function chartOf({ chart, releaseName, values = [], set = {}, service }: Release, namespace: string) {
  return chart === undefined ? undefined : { chart, releaseName: releaseName ?? service, values, set, namespace };
}

/** A repository means the containers that have it now, in either slot; names of containers are checked by the engine. */
async function byContainer(images: Images, release: Release, { client, namespace }: Place): Promise<Images> {
  if (!Object.keys(images).some((key) => key.includes("/"))) return images;
  const found = await Promise.all(
    colors.map(async (color) => {
      const name = slotName(release.deployment, release.service, color);
      try {
        return [await client.get({ apiVersion: "apps/v1", kind: "Deployment", namespace, name })];
      } catch (error) {
        if (isCutoverError(error, "not-found")) return [];
        throw error;
      }
    }),
  );
  const deployments = found.flat();
  // Without any the engine says so, which is what is wrong then.
  if (deployments.length === 0) return images;
  const running = deployments.flatMap((deployment) => Object.entries(imagesOf(deployment)));
  return chooseImages(images, running, deployments.map(({ metadata }) => metadata.name).join(" or "));
}
