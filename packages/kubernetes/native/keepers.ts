import { CutoverError } from "@cutover/release";
import type { Resource } from "../client/model.ts";

/** Field managers of what writes back whatever others change: Argo CD, Flux, Fleet, Config Sync, kapp. */
const keepers = /^(argocd|kustomize-controller|helm-controller|fleet|configsync|kapp)/;

/** The GitOps manager that owns a field, by its key in managedFields such as `f:image`. */
export function keeperOf({ metadata: { managedFields = [] } }: Resource, field: string): string | undefined {
  return managedFields.find(
    ({ manager, fieldsV1 }) => keepers.test(manager) && JSON.stringify(fieldsV1 ?? {}).includes(`"${field}"`),
  )?.manager;
}

/** @throws refused when GitOps keeps the images of this Deployment: it would undo the release at once. */
export function refuseKept(resource: Resource): void {
  const { kind, metadata } = resource;
  const keeper = keeperOf(resource, "f:image");
  if (keeper === undefined) return;
  throw new CutoverError(
    "refused",
    `${kind} ${metadata.name} is kept by ${keeper}, which would undo new images at once`,
    {
      hint: "Release through its repository, or take the image out of what it keeps.",
    },
  );
}
