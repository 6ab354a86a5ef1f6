import { type Color, CutoverError, type Observed } from "@cutover/release";
import { activeColor } from "./adopted.ts";
import type { Setting } from "./setting.ts";
import type { Snapshot } from "./snapshot.ts";
import { hashOfTemplate, specWithImages } from "./source.ts";

/** The Deployments that a release has its settings from: an adopted one that serves no more is about to be replaced. */
export function modelDeployments(snapshot: Snapshot, setting: Setting): Snapshot["deployments"] {
  const { deployments, adoption, adopted } = snapshot;
  const isIdle = adoption === undefined && adopted !== undefined && activeColor(snapshot, setting) !== adopted.color;
  return isIdle ? { ...deployments, [adopted.color]: undefined } : deployments;
}

/** What each slot would carry with the release; none for a rollback. @throws not-found, or refused for what is wrong with the Service, where no slot is there for images */
export function wantedHashes(snapshot: Snapshot, setting: Setting, defects: readonly string[]): Observed["wanted"] {
  const { source, colorLabel } = setting;
  if (source.kind === "history") return undefined;
  if (source.kind === "manifests") return { blue: source.rendered.blue.hash, green: source.rendered.green.hash };
  const hash = (color: Color) => {
    const deployments = modelDeployments(snapshot, setting);
    const spec = specWithImages(color, { deployments, images: source.images, colorLabel });
    if (spec === undefined) return nothingToFill(snapshot, setting, defects);
    return hashOfTemplate(spec.template, colorLabel);
  };
  return { blue: hash("blue"), green: hash("green") };
}

/** No Deployment has the images that are to be set. Of a Service that is not taken over, that is known without them. */
function nothingToFill({ adoption }: Snapshot, setting: Setting, [defect]: readonly string[]): string {
  const { service, namespace, deployments } = setting;
  if (adoption !== undefined) return "";
  if (defect !== undefined)
    throw new CutoverError("refused", defect, { hint: `Mend Service ${service}, then run this again.` });
  const { blue, green } = deployments;
  throw new CutoverError(
    "not-found",
    `Neither Deployment ${blue} nor ${green} of Service ${service} exists in namespace ${namespace}`,
    {
      hint: "Set `deployment` to the name pattern of the slots, or give `manifests` to create them from.",
    },
  );
}
