import { CutoverError } from "@cutover/release";
import type { Resource } from "../client/model.ts";

/** Field managers of what writes back whatever others change: Argo CD, Flux, Fleet, Config Sync, kapp. */
const keepers = /^(argocd|kustomize-controller|helm-controller|fleet|configsync|kapp)/;

/** @throws refused when GitOps keeps the images of this Deployment: it would undo the release at once. */
export function refuseKept({ kind, metadata: { name, managedFields = [] } }: Resource): void {
  const keeper = managedFields.find(
    ({ manager, fieldsV1 }) => keepers.test(manager) && JSON.stringify(fieldsV1 ?? {}).includes('"f:image"'),
  );
  if (keeper === undefined) return;
  throw new CutoverError(
    "refused",
    `${kind} ${name} is kept by ${keeper.manager}, which would undo new images at once`,
    {
      hint: "Release through its repository, or take the image out of what it keeps.",
    },
  );
}
