import { type Case, type Group, get, given, it, patch, post, put, type Step } from "../case.ts";
import { configMap, deployment, labels, lease, revision, secret, service, template } from "../examples.ts";
import { spec } from "../parts.ts";

const has = (body: unknown): Step => given(post("configmaps", body));
const abc = has({
  ...configMap("web", { data: { a: "1", b: "2" } }),
  metadata: { name: "web", annotations: { "b/c": "3" } },
});
const json = (...operations: unknown[]): Step => patch("json", "configmaps/web", operations);
const merge = (path: string, body: unknown): Step => patch("merge", path, body);

const ofJson = (name: string, ...operations: unknown[]): Case => it(`JSON patch: ${name}`, abc, json(...operations));
const finalized = has({
  ...configMap("web"),
  metadata: { name: "web", finalizers: ["example.com/a", "example.com/b"] },
});

const jsonPatches: Case[] = [
  ofJson(
    "add, replace and remove",
    { op: "add", path: "/data/x", value: "1" },
    { op: "replace", path: "/data/a", value: "9" },
    { op: "remove", path: "/metadata/annotations/b~1c" },
  ),
  ofJson(
    "escapes",
    { op: "test", path: "/metadata/annotations/b~1c", value: "3" },
    { op: "add", path: "/data/d~0e", value: "4" },
  ),
  ofJson("a test that fails", { op: "test", path: "/data/a", value: "2" }, { op: "remove", path: "/data/a" }),
  ofJson("a test of nothing", { op: "test", path: "/data/none", value: "2" }),
  ofJson("a test for null where nothing is", { op: "test", path: "/data/none", value: null }),
  ofJson("removes what is not there", { op: "remove", path: "/data/none" }),
  ofJson("replaces what is not there", { op: "replace", path: "/data/none", value: "1" }),
  ofJson("adds below what is not there", { op: "add", path: "/binaryData/a", value: "AA==" }),
  ofJson("adds over what is there", { op: "add", path: "/data", value: { only: "1" } }),
  ofJson(
    "moves and copies",
    { op: "move", from: "/data/a", path: "/data/z" },
    { op: "copy", from: "/data/z", path: "/data/y" },
  ),
  ofJson("moves from nowhere", { op: "move", from: "/data/none", path: "/data/z" }),
  ofJson("an operation that nobody knows", { op: "increase", path: "/data/a" }),
  ofJson("an operation without a path", { op: "remove" }),
  ofJson("an add without a value", { op: "add", path: "/data/x" }),
  ofJson("nothing"),
  ofJson("a value as it is", { op: "replace", path: "/data/a", value: "1" }),
  ofJson("the name", { op: "replace", path: "/metadata/name", value: "other" }),
  ofJson("a path without a slash", { op: "remove", path: "data/a" }),
  it("JSON patch: an object", abc, patch("json", "configmaps/web", { op: "remove", path: "/data/a" })),
  it("JSON patch: no JSON", abc, patch("json", "configmaps/web", "nonsense")),
  it(
    "JSON patch: lists",
    finalized,
    json(
      { op: "add", path: "/metadata/finalizers/-", value: "example.com/c" },
      { op: "add", path: "/metadata/finalizers/0", value: "example.com/z" },
    ),
    json({ op: "remove", path: "/metadata/finalizers/1" }),
    json({ op: "add", path: "/metadata/finalizers/9", value: "example.com/x" }),
    json({ op: "remove", path: "/metadata/finalizers/9" }),
    json({ op: "remove", path: "/metadata/finalizers/-1" }),
    json({ op: "replace", path: "/metadata/finalizers/first", value: "example.com/y" }),
    json({ op: "replace", path: "/metadata/finalizers", value: [] }),
  ),
  it(
    "JSON patch: a version to keep",
    abc,
    json(
      { op: "test", path: "/metadata/resourceVersion", value: "{0.metadata.resourceVersion}" },
      { op: "replace", path: "/data/a", value: "2" },
    ),
    json(
      { op: "test", path: "/metadata/resourceVersion", value: "{0.metadata.resourceVersion}" },
      { op: "replace", path: "/data/a", value: "3" },
    ),
  ),
];

const mergePatches: Case[] = [
  it(
    "merge patch: adds, changes and removes",
    abc,
    merge("configmaps/web", { data: { a: null, b: "9", x: "1" }, metadata: { labels } }),
    merge("configmaps/web", { metadata: { labels: null } }),
  ),
  it("merge patch: nothing", abc, merge("configmaps/web", {}), merge("configmaps/web", { data: { a: "1" } })),
  it(
    "merge patch: removes what is not there",
    abc,
    merge("configmaps/web", { data: { none: null }, metadata: { annotations: null } }),
  ),
  it(
    "merge patch: a version to keep",
    abc,
    merge("configmaps/web", { metadata: { resourceVersion: "{0.metadata.resourceVersion}" }, data: { a: "2" } }),
    merge("configmaps/web", { metadata: { resourceVersion: "{0.metadata.resourceVersion}" }, data: { a: "3" } }),
  ),
  it(
    "merge patch: a list as a whole",
    given(post("services", service("web"))),
    merge("services/web", { spec: { ports: [{ name: "b", port: 81 }] } }),
  ),
  it("merge patch: all data away", abc, merge("configmaps/web", { data: null })),
  it(
    "merge patch: no object",
    abc,
    merge("configmaps/web", []),
    merge("configmaps/web", "1"),
    merge("configmaps/web", "nonsense"),
  ),
  it("merge patch: another manager", abc, merge("configmaps/web?fieldManager=other", { data: { a: "2" } }), {
    ...merge("configmaps/web", { data: { b: "5" } }),
    agent: "agent",
  }),
  it(
    "merge patch: a manager's name that is too long",
    abc,
    merge(`configmaps/web?fieldManager=${"x".repeat(129)}`, { data: {} }),
  ),
  it(
    "merge patch: managed fields away",
    abc,
    merge("configmaps/web", { metadata: { managedFields: [{}] } }),
    merge("configmaps/web", { data: { a: "7" } }),
  ),
];

const container = (name: string, more: object = {}): object => ({ name, image: `${name}:1`, ...more });
const full = given(
  post(
    "deployments",
    deployment("web", {
      template: template({
        containers: [
          container("app", {
            ports: [{ name: "http", containerPort: 80 }],
            env: [
              { name: "A", value: "1" },
              { name: "B", value: "2" },
            ],
            volumeMounts: [{ name: "v", mountPath: "/v" }],
            args: ["a", "b"],
          }),
          container("side"),
        ],
        volumes: [{ name: "v", emptyDir: {} }],
        tolerations: [{ key: "a", operator: "Exists" }],
      }),
    }),
  ),
);
const strategic = (body: unknown): Step => spec(patch("strategic", "deployments/web", body));
const inPod = (podSpec: object): Step => strategic({ spec: { template: { spec: podSpec } } });
const strategically = (name: string, ...steps: Step[]): Case => it(`strategic patch: ${name}`, full, ...steps);

const strategicPatches: Case[] = [
  strategically("a container by its name", inPod({ containers: [{ name: "app", image: "app:2" }] })),
  strategically("a new container comes first", inPod({ containers: [container("new")] })),
  strategically("a container away", inPod({ containers: [{ name: "side", $patch: "delete" }] })),
  strategically("a container away that is not there", inPod({ containers: [{ name: "none", $patch: "delete" }] })),
  strategically("all containers replaced", inPod({ containers: [container("only"), { $patch: "replace" }] })),
  strategically(
    "environment and ports by their keys",
    inPod({
      containers: [
        {
          name: "app",
          env: [
            { name: "B", value: "3" },
            { name: "C", value: "4" },
          ],
          ports: [{ containerPort: 81, name: "other" }],
        },
      ],
    }),
  ),
  strategically("a variable away", inPod({ containers: [{ name: "app", env: [{ name: "A", $patch: "delete" }] }] })),
  strategically("arguments as a whole", inPod({ containers: [{ name: "app", args: ["c"] }] })),
  strategically("tolerations as a whole", inPod({ tolerations: [{ key: "b", operator: "Exists" }] })),
  strategically(
    "mounts and volumes",
    inPod({
      containers: [{ name: "app", volumeMounts: [{ mountPath: "/w", name: "w" }] }],
      volumes: [{ name: "w", configMap: { name: "c" } }],
    }),
  ),
  strategically("another kind of volume", inPod({ volumes: [{ name: "v", configMap: { name: "c" } }] })),
  strategically(
    "another kind of volume, the keys to keep named",
    inPod({ volumes: [{ name: "v", configMap: { name: "c" }, $retainKeys: ["name", "configMap"] }] }),
  ),
  strategically("another strategy", strategic({ spec: { strategy: { type: "Recreate", rollingUpdate: null } } })),
  strategically(
    "another strategy, the keys to keep named",
    strategic({ spec: { strategy: { $retainKeys: ["type"], type: "Recreate" } } }),
  ),
  strategically(
    "an order",
    inPod({
      "$setElementOrder/containers": [{ name: "side" }, { name: "app" }],
      containers: [{ name: "app", image: "app:3" }],
    }),
  ),
  strategically(
    "a map replaced",
    strategic({
      metadata: { labels: { $patch: "replace", only: "this" } },
      spec: { template: { metadata: { annotations: { a: "b" } } } },
    }),
  ),
  strategically(
    "a map away",
    strategic({ spec: { template: { metadata: { annotations: { a: "b" } } } } }),
    strategic({ spec: { template: { metadata: { annotations: { $patch: "delete" } } } } }),
  ),
  strategically("an item without its key", inPod({ containers: [{ image: "x" }] })),
  strategically("a directive that nobody knows", inPod({ containers: [{ name: "app", $patch: "explode" }] })),
  strategically("nothing", strategic({})),
  strategically("null in a container", inPod({ containers: [{ name: "app", args: null, ports: null }] })),
  it(
    "strategic patch: finalizers are a set",
    finalized,
    patch("strategic", "configmaps/web", { metadata: { finalizers: ["example.com/b", "example.com/c"] } }),
    patch("strategic", "configmaps/web", { metadata: { "$deleteFromPrimitiveList/finalizers": ["example.com/a"] } }),
    patch("strategic", "configmaps/web", {
      metadata: { "$setElementOrder/finalizers": ["example.com/c", "example.com/b"], finalizers: ["example.com/c"] },
    }),
    patch("strategic", "configmaps/web", { metadata: { finalizers: null } }),
  ),
  it(
    "strategic patch: ports of a Service by their number",
    given(
      post(
        "services",
        service("web", {
          ports: [
            { name: "a", port: 80 },
            { name: "b", port: 81 },
          ],
        }),
      ),
    ),
    patch("strategic", "services/web", {
      spec: {
        ports: [
          { port: 81, targetPort: 8081 },
          { name: "c", port: 82 },
        ],
      },
    }),
    patch("strategic", "services/web", { spec: { ports: [{ port: 80, $patch: "delete" }] } }),
  ),
  it(
    "strategic patch: a selector",
    given(post("services", service("web"))),
    patch("strategic", "services/web", { spec: { selector: { color: "blue" } } }),
    patch("strategic", "services/web", { spec: { selector: { app: null } } }),
  ),
  it(
    "strategic patch: no JSON",
    abc,
    patch("strategic", "configmaps/web", "nonsense"),
    patch("strategic", "configmaps/web", []),
  ),
];

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

export const patching: Group = { name: "patching", cases: [...jsonPatches, ...mergePatches, ...strategicPatches] };
export const replacing: Group = { name: "replacing", cases: [...puts, ...parts] };
