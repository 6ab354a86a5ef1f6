/** Where objects of a kind live in the API. */
export interface Kind {
  /** Plural as in URLs: `deployments`. */
  resource: string;
  namespaced: boolean;
}

interface Kinds {
  namespaced?: readonly string[];
  cluster?: readonly string[];
}

/** Kinds that every Kubernetes serves; all others are asked for. Source: the discovery of Kubernetes 1.34. */
const builtIn: Readonly<Record<string, Kinds>> = {
  v1: {
    namespaced: [
      "ConfigMap",
      "Endpoints",
      "Event",
      "LimitRange",
      "PersistentVolumeClaim",
      "Pod",
      "PodTemplate",
      "ReplicationController",
      "ResourceQuota",
      "Secret",
      "Service",
      "ServiceAccount",
    ],
    cluster: ["Namespace", "Node", "PersistentVolume"],
  },
  "apps/v1": { namespaced: ["ControllerRevision", "DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"] },
  "autoscaling/v1": { namespaced: ["HorizontalPodAutoscaler"] },
  "autoscaling/v2": { namespaced: ["HorizontalPodAutoscaler"] },
  "batch/v1": { namespaced: ["CronJob", "Job"] },
  "coordination.k8s.io/v1": { namespaced: ["Lease"] },
  "discovery.k8s.io/v1": { namespaced: ["EndpointSlice"] },
  "events.k8s.io/v1": { namespaced: ["Event"] },
  // Not every Kubernetes serves it: where it does not, its list is not found, as a discovery of it would be.
  "gateway.networking.k8s.io/v1": { namespaced: ["Gateway", "HTTPRoute"] },
  "networking.k8s.io/v1": { namespaced: ["Ingress", "NetworkPolicy"], cluster: ["IngressClass"] },
  "policy/v1": { namespaced: ["PodDisruptionBudget"] },
  "rbac.authorization.k8s.io/v1": {
    namespaced: ["Role", "RoleBinding"],
    cluster: ["ClusterRole", "ClusterRoleBinding"],
  },
  "scheduling.k8s.io/v1": { cluster: ["PriorityClass"] },
  "storage.k8s.io/v1": { cluster: ["StorageClass"] },
  "node.k8s.io/v1": { cluster: ["RuntimeClass"] },
  "admissionregistration.k8s.io/v1": { cluster: ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"] },
  "apiextensions.k8s.io/v1": { cluster: ["CustomResourceDefinition"] },
  "authorization.k8s.io/v1": { cluster: ["SelfSubjectAccessReview", "SelfSubjectRulesReview"] },
};

/** A kind that needs no discovery, or `undefined`. */
export function builtInKind(apiVersion: string, kind: string): Kind | undefined {
  const kinds = builtIn[apiVersion];
  if (kinds?.namespaced?.includes(kind)) return { resource: plural(kind), namespaced: true };
  if (kinds?.cluster?.includes(kind)) return { resource: plural(kind), namespaced: false };
  return undefined;
}

function plural(kind: string): string {
  const name = kind.toLowerCase();
  if (name === "endpoints") return name;
  if (name.endsWith("s")) return `${name}es`;
  return /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`;
}
