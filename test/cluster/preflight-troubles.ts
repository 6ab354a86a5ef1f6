import type { Pods } from "./preflight-shop.ts";

/** One thing that is wrong, and how the check of it says so. */
export interface Trouble {
  readonly id: string;
  readonly tells: RegExp;
  /** What is in the cluster meanwhile. */
  readonly objects?: readonly object[];
  readonly inputs?: Readonly<Record<string, string>>;
  /** The pods of the release. */
  readonly pods?: Pods;
  /** Objects that the release brings besides. */
  readonly brings?: readonly object[];
}

const asking = (requests: object): Pods => ({ container: { resources: { requests } } });
const metadata = { name: "trouble", namespace: "NAMESPACE" };

/** Each for a while; `NAMESPACE` stands for the namespace. */
export const troubles: readonly Trouble[] = [
  { id: "namespace", tells: /^fail: Namespace nowhere does not exist/, inputs: { namespace: "nowhere" } },
  {
    id: "lock",
    tells: /^warn: .*somebody/,
    objects: [
      {
        apiVersion: "coordination.k8s.io/v1",
        kind: "Lease",
        metadata: { name: "cutover-web", namespace: "NAMESPACE" },
        spec: {
          holderIdentity: "somebody",
          leaseDurationSeconds: 30,
          renewTime: new Date().toISOString().replace("Z", "000Z"),
        },
      },
    ],
  },
  { id: "dry-run", tells: /^fail: .*restartPolicy/, pods: { pod: { restartPolicy: "Never" } } },
  {
    id: "dry-run",
    tells: /^warn: Deployment web-green: would violate PodSecurity/,
    objects: [
      {
        apiVersion: "v1",
        kind: "Namespace",
        metadata: { name: "NAMESPACE", labels: { "pod-security.kubernetes.io/warn": "restricted" } },
      },
    ],
  },
  {
    id: "probes",
    tells: /^warn: Container sidecar of web-green has no readinessProbe/,
    // What the slot has already stays, though the manifests no longer say it.
    pods: { container: { name: "sidecar", readinessProbe: undefined } },
  },
  {
    id: "limits",
    tells:
      /^fail: LimitRange trouble would refuse the pods of web-green: container website asks for 10m of cpu, and at least 100m/,
    objects: [
      {
        apiVersion: "v1",
        kind: "LimitRange",
        metadata,
        spec: { limits: [{ type: "Container", min: { cpu: "100m" } }] },
      },
    ],
  },
  {
    id: "quota",
    tells: /^fail: ResourceQuota trouble has 1 pods left of 4, and the new pods need 3$/,
    objects: [
      {
        apiVersion: "v1",
        kind: "ResourceQuota",
        metadata,
        spec: { hard: { pods: "4" }, scopes: ["NotBestEffort"] },
      },
    ],
  },
  {
    id: "headroom",
    tells: /^warn: \d+ nodes? (has|have) room for \d+ of the 3 new pods of web-green, and not enough cpu/,
    pods: asking({ cpu: "64" }),
  },
  {
    id: "headroom",
    tells: /^warn: None of the \d+ nodes takes the pods/,
    pods: { pod: { nodeSelector: { nobody: "has" } } },
  },
  {
    id: "autoscalers",
    tells: /^warn: HorizontalPodAutoscaler trouble scales Deployment web-blue alone/,
    objects: [
      {
        apiVersion: "autoscaling/v2",
        kind: "HorizontalPodAutoscaler",
        metadata,
        spec: {
          minReplicas: 1,
          maxReplicas: 5,
          scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web-blue" },
        },
      },
    ],
  },
  {
    id: "disruption-budgets",
    tells: /^warn: PodDisruptionBudget trouble counts the pods of both colors as one/,
    objects: [
      {
        apiVersion: "policy/v1",
        kind: "PodDisruptionBudget",
        metadata,
        spec: { maxUnavailable: 1, selector: { matchLabels: { app: "web" } } },
      },
    ],
  },
  {
    id: "references",
    tells: /^fail: PriorityClass nowhere does not exist, and/,
    pods: { pod: { priorityClassName: "nowhere" } },
  },
  {
    id: "references",
    tells: /^fail: RuntimeClass nowhere does not exist, and/,
    pods: { pod: { runtimeClassName: "nowhere" } },
  },
  {
    id: "references",
    tells: /^fail: PersistentVolumeClaim trouble is Pending and has no volume/,
    objects: [
      {
        apiVersion: "v1",
        kind: "PersistentVolumeClaim",
        metadata,
        spec: { accessModes: ["ReadWriteOnce"], storageClassName: "", resources: { requests: { storage: "1Mi" } } },
      },
    ],
    pods: { pod: { volumes: [{ name: "data", persistentVolumeClaim: { claimName: "trouble" } }] } },
  },
  {
    id: "references",
    tells: /^fail: Secret trouble has no key password/,
    objects: [{ apiVersion: "v1", kind: "Secret", metadata, stringData: { user: "shop" } }],
    pods: { container: { env: [{ name: "P", valueFrom: { secretKeyRef: { name: "trouble", key: "password" } } }] } },
  },
  {
    id: "deprecated-apis",
    tells: /^warn: Endpoints elsewhere: v1 Endpoints is deprecated in v1\.33\+/,
    brings: [{ apiVersion: "v1", kind: "Endpoints", metadata: { name: "elsewhere" }, subsets: [] }],
  },
  { id: "window", tells: /^fail: .* is outside of /, inputs: { windows: lastHour() } },
];

/** A deploy window that has been over for two hours. */
function lastHour(): string {
  const at = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString().slice(11, 13);
  return `${at(3)}:00-${at(2)}:00`;
}
