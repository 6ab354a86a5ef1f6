import { objectInvalid } from "./problem.ts";
import type { Manifest } from "./resource.ts";

/**
 * Puts an object into the release's namespace.
 * @throws `manifest-invalid` for what a release of one service cannot hold: other namespaces, cluster-wide kinds, workloads that cannot be blue and green.
 */
export function intoNamespace(manifest: Manifest, namespace: string): Manifest {
  const { resource } = manifest;
  const refusal = refusals[resource.kind];
  if (refusal) throw objectInvalid(manifest, ...refusal);
  if (clusterWide.has(resource.kind)) {
    const hint =
      "Apply it once, outside of releases, with the rights that it needs; a release works inside one namespace.";
    throw objectInvalid(manifest, "is cluster-wide", hint);
  }
  const own = resource.metadata.namespace;
  if (own !== undefined && own !== namespace) {
    const hint = `Remove metadata.namespace, set the input \`namespace\` to ${own}, or release it in a step of its own.`;
    throw objectInvalid(manifest, `belongs to namespace ${own}, and this release to ${namespace}`, hint);
  }
  return { ...manifest, resource: { ...resource, metadata: { ...resource.metadata, namespace } } };
}

const asDeployment = "Make it a Deployment, or release it in a step of its own.";

const refusals: Readonly<Record<string, readonly [why: string, hint: string]>> = {
  StatefulSet: [
    "cannot be released by color: its pods own volumes and names that two colors cannot share",
    asDeployment,
  ],
  DaemonSet: [
    "cannot be released by color: it fills every node once, and two colors would fill them twice",
    asDeployment,
  ],
  Pod: ["is a bare pod: nothing restarts it, moves it or scales it", asDeployment],
  ReplicaSet: ["is not released by itself: its Deployment makes it", asDeployment],
  ReplicationController: ["is older than Deployments and cannot be told apart by color", asDeployment],
  Job: [
    "runs once and cannot be changed afterwards, so a second release would fail on it",
    "Run it in a step before the release, such as a migration.",
  ],
  Rollout: ["is moved by Argo Rollouts", "Set `engine: argo-rollouts`, or make it a Deployment."],
  Kustomization: ["is not an object of a cluster", "Render it in a step before: `kubectl kustomize <directory>`."],
};

const clusterWide: ReadonlySet<string> = new Set([
  "APIService",
  "CSIDriver",
  "CertificateSigningRequest",
  "ClusterIssuer",
  "ClusterRole",
  "ClusterRoleBinding",
  "CustomResourceDefinition",
  "GatewayClass",
  "IngressClass",
  "MutatingAdmissionPolicy",
  "MutatingAdmissionPolicyBinding",
  "MutatingWebhookConfiguration",
  "Namespace",
  "Node",
  "PersistentVolume",
  "PriorityClass",
  "RuntimeClass",
  "StorageClass",
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding",
  "ValidatingWebhookConfiguration",
  "VolumeAttributesClass",
]);
