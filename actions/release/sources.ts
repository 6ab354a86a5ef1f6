import type { Source } from "@cutover/kubernetes";
import { diskFiles, readManifests, renderRelease } from "@cutover/manifests";
import type { Color, Images } from "@cutover/release";

export interface Release {
  manifests?: readonly string[] | undefined;
  images?: Images | undefined;
  service: string;
  deployment: string;
  colorLabel: string;
}

/** What a release puts into either slot: rendered manifests, or images for the Deployments that exist. */
export async function sourceOf(
  release: Release,
  { namespace, workspace }: { namespace: string; workspace: string },
): Promise<Source> {
  const { manifests, images = {}, service, deployment, colorLabel } = release;
  if (manifests === undefined) return { kind: "images", images };
  const set = await readManifests(manifests, diskFiles(workspace));
  const render = (color: Color) =>
    renderRelease(set, { service, namespace, deploymentPattern: deployment, colorLabel, color, images });
  return { kind: "manifests", rendered: { blue: render("blue"), green: render("green") } };
}
