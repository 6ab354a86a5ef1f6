import type { Runner } from "@cutover/action-kit";
import { type Client, deploymentsBehind, type Source } from "@cutover/kubernetes";
import { diskFiles, imagesOf, type ManifestSet, readManifests, renderRelease } from "@cutover/manifests";
import { type Color, colors, type Images, type Running, shareImages, slotName } from "@cutover/release";

/** What the inputs say of a release. */
export interface Release {
  /** Several are released together; `{service}` in what follows stands for each. */
  service: readonly string[];
  manifests?: readonly string[] | undefined;
  chart?: string | undefined;
  releaseName?: string | undefined;
  values?: readonly string[] | undefined;
  set?: Readonly<Record<string, string>> | undefined;
  images?: Images | undefined;
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

/** What a service's containers run before its new images are set. */
interface Draft {
  running: readonly Running[];
  withImages(images: Images): Source;
}

/**
 * What a release puts into either slot of each service, in their order: rendered manifests, or images for the Deployments that exist.
 * @throws `input-invalid` for images that no service has a container for, and what reading manifests throws
 */
export async function sourcesOf(release: Release, place: Place, runner: Runner): Promise<readonly Source[]> {
  const { service: services, images = {} } = release;
  const drafts = await Promise.all(
    services.map(async (service) =>
      release.manifests === undefined && release.chart === undefined
        ? await liveDraft(release, service, place)
        : await renderedDraft(release, service, { place, runner }),
    ),
  );
  const shares = shareImages(
    images,
    drafts.map(({ running }, index) => ({ service: services[index] ?? "", running })),
  );
  return drafts.map((draft, index) => draft.withImages(shares[index] ?? images));
}

async function renderedDraft(
  release: Release,
  service: string,
  { place: { namespace }, runner }: { place: Place; runner: Runner },
): Promise<Draft> {
  const { manifests = [], deployment, colorLabel, timeout } = release;
  const { processes, log, workspace, signal } = runner;
  const tools = { processes, log, workspace, signal, patience: Math.min(timeout, longestRendering) };
  const paths = manifests.map((path) => ofService(path, service));
  const sources = { paths, chart: chartOf(release, service, namespace) };
  const set = await readManifests(sources, diskFiles(workspace), tools);
  const target = { service, namespace, deploymentPattern: deployment, colorLabel };
  return {
    running: runningIn(set),
    withImages: (images) => {
      const render = (color: Color) => renderRelease(set, { ...target, color, images });
      return { kind: "manifests", rendered: { blue: render("blue"), green: render("green") } };
    },
  };
}

function runningIn({ shared, perColor }: ManifestSet): readonly Running[] {
  const manifests = [...shared, ...(perColor === undefined ? [] : [...perColor.blue, ...perColor.green])];
  const deployments = manifests.filter(({ resource }) => resource.kind === "Deployment");
  return deployments.flatMap(({ resource }) => Object.entries(imagesOf(resource)));
}

function chartOf(release: Release, service: string, namespace: string) {
  const { chart, releaseName = service, values = [], set = {} } = release;
  if (chart === undefined) return undefined;
  const own = (text: string) => ofService(text, service);
  const ownSet = Object.fromEntries(Object.entries(set).map(([key, value]) => [key, own(value)]));
  return { chart: own(chart), releaseName: own(releaseName), values: values.map(own), set: ownSet, namespace };
}

function ofService(text: string, service: string): string {
  return text.replaceAll("{service}", service);
}

/** The engine checks images against what runs; which of several services one is meant for is decided here. */
async function liveDraft(release: Release, service: string, place: Place): Promise<Draft> {
  const { deployment, colorLabel } = release;
  const slots = colors.map((color) => slotName(deployment, service, color));
  const deployments =
    release.service.length === 1 ? [] : await deploymentsBehind({ ...place, service, colorLabel }, slots);
  return {
    running: deployments.flatMap((deployment) => Object.entries(imagesOf(deployment))),
    withImages: (images) => ({ kind: "images", images }),
  };
}
