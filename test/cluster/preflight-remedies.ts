import type { Trouble } from "./preflight-troubles.ts";

const metadata = { name: "remedy", namespace: "NAMESPACE" };
const colors = ["blue", "green"] as const;

/** What is there and as it should be: the same kinds of objects whose troubles are tried, and how the check of each says that they are well. */
export const remedies: readonly Trouble[] = [
  {
    id: "limits",
    tells: /^pass: The pods of web-green are within LimitRange remedy$/,
    objects: [
      { apiVersion: "v1", kind: "LimitRange", metadata, spec: { limits: [{ type: "Container", min: { cpu: "1m" } }] } },
    ],
  },
  {
    id: "quota",
    tells: /^pass: ResourceQuota remedy has \d+ pods left of 40, and the new pods need 3$/,
    objects: [{ apiVersion: "v1", kind: "ResourceQuota", metadata, spec: { hard: { pods: "40" } } }],
  },
  {
    // Nobody serves metrics here, which the autoscalers' controller only finds out when it has looked, after 15 s.
    id: "autoscalers",
    tells:
      /^pass: HorizontalPodAutoscaler remedy-blue scales Deployment web-blue\nHorizontalPodAutoscaler remedy-green/,
    objects: colors.map((color) => ({
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      metadata: { ...metadata, name: `remedy-${color}` },
      spec: {
        minReplicas: 1,
        maxReplicas: 5,
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: `web-${color}` },
      },
    })),
  },
  {
    id: "disruption-budgets",
    tells: /^pass: PodDisruptionBudget remedy-blue guards the pods of one color$/,
    objects: colors.map((version) => ({
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: { ...metadata, name: `remedy-${version}` },
      spec: { maxUnavailable: 1, selector: { matchLabels: { app: "web", version } } },
    })),
  },
];
