import { type Case, type Group, get, given, it, patch, post, put, type Step } from "../case.ts";
import { configMap, deployment, labels, lease, revision, secret, service } from "../examples.ts";
import { spec } from "../parts.ts";

const has = (body: unknown): Step => given(post("configmaps", body));
const merge = (path: string, body: unknown): Step => patch("merge", path, body);
const again = (body: object, version: string): object => ({
  ...body,
  metadata: { name: "web", resourceVersion: version },
});
const fresh = "{0.metadata.resourceVersion}";

const puts: Case[] = [
  it("PUT: as it was", has(configMap("web")), put("configmaps/web", configMap("web"))),
  it(
    "PUT: fresh, then stale",
    has(configMap("web")),
    put("configmaps/web", again(configMap("web", { data: { a: "1" } }), fresh)),
    put("configmaps/web", again(configMap("web", { data: { a: "2" } }), fresh)),
  ),
  it("PUT: without a version", has(configMap("web")), put("configmaps/web", configMap("web", { data: { a: "1" } }))),
  it(
    "PUT: without a kind",
    has(configMap("web")),
    put("configmaps/web", { metadata: { name: "web" }, data: { a: "1" } }),
  ),
  it(
    "PUT: fields away",
    has({ ...configMap("web"), metadata: { name: "web", labels, annotations: { a: "b" } } }),
    put("configmaps/web", { ...configMap("web"), data: undefined }),
  ),
  it(
    "PUT: a Service without its address",
    given(post("services", service("web"))),
    put("services/web", service("web", { ports: [{ port: 81 }] })),
  ),
  it(
    "PUT: a Service made headless by type",
    given(post("services", service("web"))),
    put("services/web", service("web", { type: "ExternalName", externalName: "example.com" })),
  ),
  it(
    "PUT: a Service that gets node ports, and loses them",
    given(post("services", service("web"))),
    {
      ...put("services/web", service("web", { type: "NodePort" })),
      pick: (body) => JSON.parse(JSON.stringify(body).replace(/"nodePort":\d+/g, '"nodePort":1')),
    },
    put("services/web", service("web")),
  ),
  it(
    "PUT: a Deployment that loses fields",
    given(post("deployments", deployment("web", { minReadySeconds: 5, revisionHistoryLimit: 3 }))),
    spec(put("deployments/web", deployment("web"))),
  ),
  it(
    "PUT: an annotation counts as a generation of a Deployment, a label does not",
    given(post("deployments", deployment("web"))),
    spec(patch("merge", "deployments/web", { metadata: { labels: { a: "b" } } })),
    spec(patch("merge", "deployments/web", { metadata: { annotations: { a: "b" } } })),
    spec(patch("merge", "deployments/web", { spec: { minReadySeconds: 1 } })),
  ),
  it(
    "PUT: a Secret's stringData",
    given(post("secrets", secret("web"))),
    put("secrets/web", secret("web", { stringData: { password: "new", more: "x" } })),
  ),
  it(
    "PUT: a Lease needs a version",
    given(post("leases", lease("web"))),
    put("leases/web", lease("web", { holderIdentity: "you" })),
    put("leases/web", {
      ...lease("web", { holderIdentity: "you" }),
      metadata: { name: "web", resourceVersion: "{0.metadata.resourceVersion}" },
    }),
  ),
  it(
    "PUT: a Lease handed over",
    given(post("leases", lease("web"))),
    merge("leases/web", { spec: { holderIdentity: "you", leaseTransitions: 1 } }),
    merge("leases/web", { spec: { holderIdentity: "" } }),
    merge("leases/web", { spec: { holderIdentity: null } }),
  ),
  it(
    "PUT: a ControllerRevision's labels and number",
    given(post("controllerrevisions", revision("web"))),
    merge("controllerrevisions/web", { metadata: { labels, annotations: { outcome: "confirmed" } } }),
    put("controllerrevisions/web", revision("web", { revision: 3 })),
  ),
  it(
    "PUT: a ConfigMap becomes immutable",
    has(configMap("web")),
    merge("configmaps/web", { immutable: true }),
    merge("configmaps/web", { immutable: null }),
  ),
  it(
    "PUT: managed fields that were sent along",
    has(configMap("web")),
    put("configmaps/web", { ...configMap("web", { data: { a: "1" } }), metadata: { name: "web", managedFields: [] } }),
  ),
  it(
    "PUT: two managers",
    has(configMap("web")),
    put("configmaps/web?fieldManager=b", configMap("web", { data: { color: "blue", b: "1" } })),
    put("configmaps/web?fieldManager=c", configMap("web", { data: { color: "red", b: "1" } })),
    put("configmaps/web", configMap("web", { data: {} })),
  ),
];

const parts: Case[] = [
  it(
    "status: a write reaches the status alone",
    given(
      post("poddisruptionbudgets", {
        apiVersion: "policy/v1",
        kind: "PodDisruptionBudget",
        metadata: { name: "web" },
        spec: { minAvailable: 1, selector: { matchLabels: { app: "nobody" } } },
      }),
    ),
    spec(merge("poddisruptionbudgets/web/status", { spec: { minAvailable: 3 }, metadata: { labels } })),
  ),
  it(
    "status: a write to the object leaves the status",
    given(post("services", service("web"))),
    merge("services/web", { status: { loadBalancer: { ingress: [{ ip: "192.0.2.1" }] } } }),
    merge("services/web/status", { status: { loadBalancer: { ingress: [{ ip: "192.0.2.1" }] } } }),
    get("services/web/status"),
  ),
  it("scale: read", given(post("deployments", deployment("web"))), {
    ...get("deployments/web/scale"),
    pick: (body) => JSON.parse(JSON.stringify(body).replace(/"resourceVersion":"[^"]*",?/, "")),
  }),
  it(
    "scale: written",
    given(post("deployments", deployment("web", { replicas: 1 }))),
    ...[
      put("deployments/web/scale", {
        apiVersion: "autoscaling/v1",
        kind: "Scale",
        metadata: { name: "web" },
        spec: { replicas: 2 },
      }),
      merge("deployments/web/scale", { spec: { replicas: 0 } }),
      patch("json", "deployments/web/scale", [{ op: "replace", path: "/spec/replicas", value: 3 }]),
    ].map(spec),
    spec(merge("deployments/web/scale", { spec: { replicas: 0 } })),
    spec(get("deployments/web")),
  ),
  it(
    "scale: refused",
    given(post("deployments", deployment("web"))),
    put("deployments/web/scale", {
      apiVersion: "autoscaling/v1",
      kind: "Scale",
      metadata: { name: "web" },
      spec: { replicas: -1 },
    }),
    put("deployments/web/scale", {
      apiVersion: "autoscaling/v1",
      kind: "Scale",
      metadata: { name: "other" },
      spec: { replicas: 0 },
    }),
    put("deployments/web/scale", {
      apiVersion: "autoscaling/v1",
      kind: "Scale",
      metadata: { name: "web", resourceVersion: "1" },
      spec: { replicas: 1 },
    }),
    merge("deployments/web/scale", { spec: { replicas: "two" } }),
    get("deployments/none/scale"),
  ),
];

export const replacing: Group = { name: "replacing", cases: [...puts, ...parts] };
