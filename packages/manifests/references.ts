import { updateAt, valuesAt } from "./json.ts";
import type { Resource } from "./resource.ts";

/** Kinds that hold a release's configuration. */
export type ConfigurationKind = "ConfigMap" | "Secret";

const inContainer = (path: string) => [`containers.*.${path}`, `initContainers.*.${path}`];

/** Where a pod reads its configuration, below `spec.template.spec`. */
const configuration: Readonly<Record<ConfigurationKind, readonly string[]>> = {
  ConfigMap: [
    ...inContainer("env.*.valueFrom.configMapKeyRef.name"),
    ...inContainer("envFrom.*.configMapRef.name"),
    "volumes.*.configMap.name",
    "volumes.*.projected.sources.*.configMap.name",
  ],
  Secret: [
    ...inContainer("env.*.valueFrom.secretKeyRef.name"),
    ...inContainer("envFrom.*.secretRef.name"),
    "volumes.*.secret.secretName",
    "volumes.*.projected.sources.*.secret.name",
    "volumes.*.csi.nodePublishSecretRef.name",
  ],
};

/** Not configuration, but must follow a Secret that is. */
const pullSecrets = "imagePullSecrets.*.name";

/** Names of the ConfigMaps or Secrets that the pods of this Deployment read. */
export function referencedBy(deployment: Resource, kind: ConfigurationKind): ReadonlySet<unknown> {
  return new Set(configuration[kind].flatMap((path) => valuesAt(deployment, `spec.template.spec.${path}`)));
}

/** The Deployment with its references renamed; `rename` gives back what it does not know. */
export function withReferences(
  deployment: Resource,
  kind: ConfigurationKind,
  rename: (name: unknown) => unknown,
): Resource {
  const paths = kind === "Secret" ? [...configuration.Secret, pullSecrets] : configuration.ConfigMap;
  return paths.reduce((result, path) => updateAt(result, `spec.template.spec.${path}`, rename), deployment);
}

/** Secrets that Ingresses and ServiceAccounts name: those keep their name, whoever else reads them. */
export function sharedSecrets(resources: readonly Resource[]): ReadonlySet<unknown> {
  const paths = ["spec.tls.*.secretName", "imagePullSecrets.*.name", "secrets.*.name"];
  const sharing = resources.filter(({ kind }) => kind === "Ingress" || kind === "ServiceAccount");
  return new Set(sharing.flatMap((resource) => paths.flatMap((path) => valuesAt(resource, path))));
}
