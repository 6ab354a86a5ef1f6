import { type Case, type Group, get, given, it, post } from "../case.ts";
import {
  configMap,
  deployment,
  labels,
  lease,
  pod,
  replicaSet,
  revision,
  secret,
  service,
  template,
} from "../examples.ts";
import { spec } from "../parts.ts";
import { naming } from "./naming.ts";

const job = (more: object = {}) => ({
  apiVersion: "batch/v1",
  kind: "Job",
  metadata: { name: "web" },
  spec: {
    suspend: true,
    template: { spec: { restartPolicy: "Never", containers: [{ name: "app", image: "shop:1" }] } },
    ...more,
  },
});

const hpa = (more: object = {}) => ({
  apiVersion: "autoscaling/v2",
  kind: "HorizontalPodAutoscaler",
  metadata: { name: "web" },
  spec: { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "none" }, maxReplicas: 3, ...more },
});

const pdb = (more: object = {}) => ({
  apiVersion: "policy/v1",
  kind: "PodDisruptionBudget",
  metadata: { name: "web" },
  spec: { minAvailable: 1, selector: { matchLabels: { app: "nobody" } }, ...more },
});

const slice = (more: object = {}) => ({
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  metadata: { name: "web", labels: { "kubernetes.io/service-name": "web" } },
  addressType: "IPv4",
  endpoints: [{ addresses: ["192.0.2.1"] }],
  ports: [{ port: 80 }],
  ...more,
});

const event = {
  apiVersion: "v1",
  kind: "Event",
  metadata: { name: "web.1" },
  involvedObject: { kind: "Pod", namespace: "{ns}", name: "web" },
  reason: "Tested",
  message: "as a test",
  type: "Normal",
};

const probe = { httpGet: { port: 8080 } };
const env = [
  { name: "A", value: "1" },
  { name: "B", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
  { name: "C", valueFrom: { configMapKeyRef: { name: "web", key: "c" } } },
];
const volumes = [
  { name: "a", configMap: { name: "web" } },
  { name: "b", secret: { secretName: "web" } },
  { name: "c", emptyDir: {} },
  { name: "d", downwardAPI: { items: [{ path: "labels", fieldRef: { fieldPath: "metadata.labels" } }] } },
  { name: "e" },
];

const defaults: Case[] = [
  it("a ConfigMap", post("configmaps", configMap("web"))),
  it(
    "a ConfigMap with labels, annotations and binary data",
    post("configmaps", {
      ...configMap("web"),
      metadata: { name: "web", labels, annotations: { "example.com/a": "b" } },
      binaryData: { raw: "AAEC" },
    }),
  ),
  it("a Secret with stringData", post("secrets", secret("web", { stringData: { user: "root" } }))),
  it("a Secret with a type", post("secrets", secret("web", { type: "example.com/own" }))),
  it("a Deployment", spec(post("deployments", deployment("web")))),
  it("a Deployment that recreates", spec(post("deployments", deployment("web", { strategy: { type: "Recreate" } })))),
  it(
    "a Deployment with its own rolling update",
    spec(
      post(
        "deployments",
        deployment("web", { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }, minReadySeconds: 3 }),
      ),
    ),
  ),
  it(
    "a Deployment's container in full",
    spec(
      post(
        "deployments",
        deployment("web", {
          template: template(
            { volumes, serviceAccountName: "default", initContainers: [{ name: "init", image: "busybox" }] },
            {
              ports: [{ containerPort: 8080 }, { name: "dns", containerPort: 53, protocol: "UDP" }],
              env,
              envFrom: [{ configMapRef: { name: "web" } }],
              readinessProbe: probe,
              livenessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 3 },
              startupProbe: { exec: { command: ["true"] } },
              lifecycle: { preStop: { httpGet: { port: 8080 } } },
              resources: { requests: { cpu: "100m", memory: "64Mi" }, limits: { memory: "128Mi" } },
              volumeMounts: [{ name: "a", mountPath: "/a" }],
            },
          ),
        }),
      ),
    ),
  ),
  it("a ReplicaSet", spec(post("replicasets", replicaSet("web")))),
  it(
    "a ReplicaSet without labels takes those of its template",
    spec(post("replicasets", { ...replicaSet("web"), metadata: { name: "web" } })),
  ),
  it("a Pod", post("pods", pod("web"))),
  it("a Pod with requests is burstable", post("pods", pod("web", {}, { resources: { requests: { cpu: "100m" } } }))),
  it(
    "a Pod with limits is guaranteed",
    post("pods", pod("web", {}, { resources: { limits: { cpu: "1", memory: "1Gi" } } })),
  ),
  it("a Pod without a token", post("pods", pod("web", { automountServiceAccountToken: false }))),
  it("a Pod with probes and environment", post("pods", pod("web", {}, { readinessProbe: probe, env }))),
  it("a Service", post("services", service("web"))),
  it("a headless Service", post("services", service("web", { clusterIP: "None" }))),
  it(
    "a Service by name alone",
    post(
      "services",
      service("web", { type: "ExternalName", externalName: "example.com", ports: undefined, selector: undefined }),
    ),
  ),
  it(
    "a Service with named ports",
    post(
      "services",
      service("web", {
        ports: [
          { name: "a", port: 80, targetPort: "http" },
          { name: "b", port: 81, protocol: "UDP" },
        ],
      }),
    ),
  ),
  it("a Service for sticky clients", post("services", service("web", { sessionAffinity: "ClientIP" }))),
  it(
    "a Service with a node port",
    post("services", service("web", { type: "NodePort", ports: [{ port: 80, nodePort: 31999 }] })),
  ),
  it("a Lease", post("leases", lease("web"))),
  it(
    "a Lease with everything",
    post(
      "leases",
      lease("web", {
        leaseDurationSeconds: 15,
        acquireTime: "2001-01-01T00:00:00.000000Z",
        renewTime: "2001-01-01T00:00:01.500000Z",
        leaseTransitions: 3,
      }),
    ),
  ),
  it("a ControllerRevision", post("controllerrevisions", revision("web"))),
  it(
    "a ServiceAccount",
    post("serviceaccounts", { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "web" } }),
  ),
  it("an Event", post("events", event)),
  it("an EndpointSlice", post("endpointslices", slice())),
  it("an autoscaler", spec(post("horizontalpodautoscalers", hpa()))),
  it(
    "an autoscaler with a metric",
    spec(
      post(
        "horizontalpodautoscalers",
        hpa({
          minReplicas: 2,
          metrics: [
            { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 50 } } },
          ],
          behavior: { scaleDown: { stabilizationWindowSeconds: 60 } },
        }),
      ),
    ),
  ),
  it("a disruption budget", spec(post("poddisruptionbudgets", pdb()))),
  it(
    "a disruption budget with a percentage",
    spec(post("poddisruptionbudgets", pdb({ minAvailable: undefined, maxUnavailable: "50%" }))),
  ),
  it("a Job", spec(post("jobs", job()))),
  it(
    "a CronJob",
    spec(
      post("cronjobs", {
        apiVersion: "batch/v1",
        kind: "CronJob",
        metadata: { name: "web" },
        spec: { schedule: "0 0 1 1 *", suspend: true, jobTemplate: { spec: job().spec } },
      }),
    ),
  ),
  it(
    "a Namespace",
    given(post("/api/v1/namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: "{ns}-own" } })),
    get("/api/v1/namespaces/{ns}-own"),
  ),
];

export const creating: Group = { name: "creating", cases: [...defaults, ...naming] };
