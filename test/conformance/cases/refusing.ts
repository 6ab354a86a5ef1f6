import { apply, type Group, given, it, patch, post, put, type Step } from "../case.ts";
import { configMap, deployment, lease, pod, replicaSet, revision, secret, service, template } from "../examples.ts";
import { spec } from "../parts.ts";

const manyPorts = { ports: [{ port: 80 }, { port: 0 }, { port: 80, name: "B_" }] };
const badContainers = [{ name: "app" }, { name: "app", image: "b" }, { image: "c" }, { name: "Not Valid", image: "d" }];
const typo = { ...configMap("web"), dada: { a: "b" }, metadata: { name: "web", lables: {} } };
const deepTypo = deployment("web", {
  replicass: 1,
  template: template({}, { imagee: "x", ports: [{ containerPort: 80, hostport: 1 }] }),
});
const merge = (path: string, body: unknown): Step => patch("merge", path, body);
const has = (body: unknown): Step => given(post("configmaps", body));
const hasDeployment = given(post("deployments", deployment("web")));
const hasService = given(post("services", service("web")));

/** The server checks the metadata of an update more than once, and how often depends on the kind. */
const metadataOf = [
  ["configmaps", configMap("web")],
  ["secrets", secret("web")],
  ["services", service("web")],
  ["leases", lease("web")],
  ["deployments", deployment("web")],
  ["replicasets", replicaSet("web")],
  ["controllerrevisions", revision("web")],
  ["pods", pod("web")],
] as const;

export const refusing: Group = {
  name: "refusing",
  cases: [
    it(
      "a Deployment with nothing in it",
      post("deployments", { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web" }, spec: {} }),
    ),
    it(
      "a selector that misses its own pods",
      post("deployments", deployment("web", { selector: { matchLabels: { app: "other" } } })),
    ),
    it("an empty selector", post("deployments", deployment("web", { selector: {} }))),
    it(
      "a selector with a bad operator",
      post(
        "deployments",
        deployment("web", { selector: { matchExpressions: [{ key: "app", operator: "Like", values: ["web"] }] } }),
      ),
    ),
    it("fewer than no replicas", post("deployments", deployment("web", { replicas: -1 }))),
    it(
      "many faults in one Deployment",
      post(
        "deployments",
        deployment("Web_1", {
          replicas: -1,
          minReadySeconds: -1,
          revisionHistoryLimit: -1,
          template: template({ containers: badContainers }),
        }),
      ),
    ),
    it(
      "a rolling update that cannot move",
      post("deployments", deployment("web", { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } })),
    ),
    it(
      "a percentage that is none",
      post("deployments", deployment("web", { strategy: { rollingUpdate: { maxSurge: "many" } } })),
    ),
    it("a strategy that nobody knows", post("deployments", deployment("web", { strategy: { type: "BlueGreen" } }))),
    it(
      "a recreation with parameters",
      post("deployments", deployment("web", { strategy: { type: "Recreate", rollingUpdate: { maxSurge: 1 } } })),
    ),
    it(
      "a progress deadline within readiness",
      post("deployments", deployment("web", { minReadySeconds: 30, progressDeadlineSeconds: 20 })),
    ),
    it(
      "a restart policy that a Deployment cannot have",
      post("deployments", deployment("web", { template: template({ restartPolicy: "Never" }) })),
    ),
    it("containers without names and images", post("pods", pod("web", { containers: badContainers }))),
    it("a Pod without containers", post("pods", pod("web", { containers: [] }))),
    it(
      "a container's ports",
      post(
        "pods",
        pod(
          "web",
          {},
          {
            ports: [
              { containerPort: 0 },
              { containerPort: 70000 },
              { name: "TOO-LONG-A-NAME-FOR-PORTS", containerPort: 80 },
              { containerPort: 81, protocol: "ICMP" },
            ],
          },
        ),
      ),
    ),
    it(
      "ports with one name",
      post(
        "pods",
        pod(
          "web",
          {},
          {
            ports: [
              { name: "http", containerPort: 80 },
              { name: "http", containerPort: 81 },
            ],
          },
        ),
      ),
    ),
    it(
      "environment without a name",
      post(
        "pods",
        pod(
          "web",
          {},
          {
            env: [
              { value: "x" },
              { name: "A B", value: "y" },
              { name: "C", value: "1", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
            ],
          },
        ),
      ),
    ),
    it("a mount of no volume", post("pods", pod("web", {}, { volumeMounts: [{ name: "none", mountPath: "/a" }] }))),
    it("a probe without a way", post("pods", pod("web", {}, { readinessProbe: { periodSeconds: 5 } }))),
    it(
      "a probe with two ways",
      post("pods", pod("web", {}, { readinessProbe: { httpGet: { port: 80 }, tcpSocket: { port: 80 } } })),
    ),
    it(
      "a probe of a bad port",
      post("pods", pod("web", {}, { readinessProbe: { httpGet: { port: 0, path: "/" }, periodSeconds: -1 } })),
    ),
    it("a pull policy that nobody knows", post("pods", pod("web", {}, { imagePullPolicy: "Sometimes" }))),
    it(
      "requests over limits",
      post("pods", pod("web", {}, { resources: { requests: { cpu: "2" }, limits: { cpu: "1" } } })),
    ),
    it("a quantity that is none", post("pods", pod("web", {}, { resources: { requests: { cpu: "lots" } } }))),
    it("a service account that is not there", post("pods", pod("web", { serviceAccountName: "nobody" }))),
    it("a Service without ports", post("services", service("web", { ports: [] }))),
    it("a Service with many bad ports", post("services", service("web", manyPorts))),
    it(
      "ports of a Service that are the same",
      post(
        "services",
        service("web", {
          ports: [
            { name: "a", port: 80 },
            { name: "b", port: 80 },
          ],
        }),
      ),
    ),
    it("a Service type that nobody knows", post("services", service("web", { type: "Magic" }))),
    it("a Service whose name begins with a digit", post("services", service("1web"))),
    it(
      "an external name that is missing",
      post("services", {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "web" },
        spec: { type: "ExternalName" },
      }),
    ),
    it("an address that is none", post("services", service("web", { clusterIP: "1.2.3" }))),
    it("a selector with bad labels", post("services", service("web", { selector: { "a b": "c d" } }))),
    it("a name that is too long", post("configmaps", configMap("x".repeat(254)))),
    it("a name with capitals", post("configmaps", configMap("Web"))),
    it(
      "labels and annotations",
      post("configmaps", {
        ...configMap("web"),
        metadata: {
          name: "web",
          labels: { "a b": "ok", ok: "not ok!", long: "x".repeat(64) },
          annotations: { "a b": "c" },
        },
      }),
    ),
    it("keys of a ConfigMap", post("configmaps", configMap("web", { data: { "a/b": "1" } }))),
    it(
      "a key that is in data and binaryData",
      post("configmaps", configMap("web", { data: { a: "1" }, binaryData: { a: "AA==" } })),
    ),
    it("a Secret whose data is no base64", post("secrets", secret("web", { data: { a: "!" } }))),
    it("a Lease that lasts no time", post("leases", lease("web", { leaseDurationSeconds: 0, leaseTransitions: -1 }))),
    it("a ControllerRevision without data", post("controllerrevisions", revision("web", { data: undefined }))),
    it("a ReplicaSet that selects nothing", post("replicasets", replicaSet("web", { selector: undefined }))),
    it(
      "a finalizer without a domain",
      post("configmaps", { ...configMap("web"), metadata: { name: "web", finalizers: ["wait", "a/b/c"] } }),
    ),
    it(
      "an owner that is half named",
      post("configmaps", {
        ...configMap("web"),
        metadata: { name: "web", ownerReferences: [{ name: "other", uid: "", apiVersion: "", kind: "" }] },
      }),
    ),
    it(
      "two controllers",
      post("configmaps", {
        ...configMap("web"),
        metadata: {
          name: "web",
          ownerReferences: [1, 2].map((n) => ({
            apiVersion: "v1",
            kind: "ConfigMap",
            name: `o${n}`,
            uid: `u${n}`,
            controller: true,
          })),
        },
      }),
    ),

    it("unknown fields are warned of", post("configmaps", typo)),
    it("unknown fields are refused", post("configmaps?fieldValidation=Strict", typo)),
    it("unknown fields are ignored", post("configmaps?fieldValidation=Ignore", typo)),
    it("a validation that nobody knows", post("configmaps?fieldValidation=Perhaps", typo)),
    it("unknown fields deep in a Deployment", spec(post("deployments", deepTypo))),
    it("unknown fields deep in a Deployment, refused", post("deployments?fieldValidation=Strict", deepTypo)),
    it(
      "a field twice",
      post(
        "configmaps?fieldValidation=Strict",
        '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"web"},"data":{"a":"1","a":"2"}}',
      ),
    ),
    it(
      "a field twice is warned of",
      post("configmaps", '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"web"},"data":{"a":"1","a":"2"}}'),
    ),
    it("unknown fields in a merge patch", hasDeployment, spec(merge("deployments/web", { spec: { replicass: 1 } }))),
    it(
      "unknown fields in a merge patch, refused",
      hasDeployment,
      merge("deployments/web?fieldValidation=Strict", { spec: { replicass: 1 } }),
    ),
    it(
      "unknown fields in a strategic patch, refused",
      hasDeployment,
      patch("strategic", "deployments/web?fieldValidation=Strict", { spec: { replicass: 1 } }),
    ),
    it(
      "unknown fields in a JSON patch, refused",
      hasDeployment,
      patch("json", "deployments/web?fieldValidation=Strict", [{ op: "add", path: "/spec/replicass", value: 1 }]),
    ),
    it("unknown fields in an apply", apply("deployments/web?fieldManager=a", deployment("web", { replicass: 1 }))),
    it("a number for a text", post("configmaps", configMap("web", { data: { a: 1 } }))),
    it("a text for a number", post("deployments", deployment("web", { replicas: "two" }))),
    it("a fraction for a number", post("deployments", deployment("web", { replicas: 1.5 }))),
    it("a list for an object", post("deployments", deployment("web", { template: [] }))),
    it("an object for a list", post("deployments", deployment("web", { template: template({ containers: {} }) }))),
    it("a text for a flag", post("deployments", deployment("web", { paused: "yes" }))),
    it("a wrong type in a merge patch", hasDeployment, merge("deployments/web", { spec: { replicas: "two" } })),
    it(
      "a wrong type in a strategic patch",
      hasDeployment,
      patch("strategic", "deployments/web", { spec: { replicas: "two" } }),
    ),
    it(
      "a wrong type in a JSON patch",
      hasDeployment,
      patch("json", "deployments/web", [{ op: "replace", path: "/spec/replicas", value: "two" }]),
    ),
    it("a wrong type in an apply", apply("deployments/web?fieldManager=a", deployment("web", { replicas: "two" }))),
    it("a body that is no JSON", post("configmaps", "{not json")),
    it("an empty body", post("configmaps", "")),
    it("a body that is a list", post("configmaps", [])),
    it("a body of another type", { ...post("configmaps", "<a/>"), type: "text/xml" }),
    it("a body in YAML", {
      ...post("configmaps", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\n"),
      type: "application/yaml",
    }),
    it("a patch of a type that nobody knows", has(configMap("web")), {
      ...merge("configmaps/web", {}),
      type: "application/other",
    }),
    it("an answer in a type that nobody can", { ...post("configmaps", configMap("web")), accept: "text/xml" }),

    it(
      "another selector for a Deployment",
      hasDeployment,
      merge("deployments/web", {
        spec: { selector: { matchLabels: { app: "b" } }, template: { metadata: { labels: { app: "b" } } } },
      }),
    ),
    it(
      "another selector that also misses its pods",
      hasDeployment,
      merge("deployments/web", { spec: { selector: { matchLabels: { tier: "b" } } } }),
    ),
    it("another address for a Service", hasService, merge("services/web", { spec: { clusterIP: "198.19.77.77" } })),
    it("no address any more for a Service", hasService, merge("services/web", { spec: { clusterIP: "None" } })),
    it(
      "a change of an immutable Secret",
      given(post("secrets", secret("web", { immutable: true }))),
      merge("secrets/web", { data: { password: "YQ==" } }),
    ),
    it(
      "an immutable Secret made mutable",
      given(post("secrets", secret("web", { immutable: true }))),
      merge("secrets/web", { immutable: false }),
    ),
    it("another type for a Secret", given(post("secrets", secret("web"))), merge("secrets/web", { type: "other" })),
    it(
      "a change of an immutable ConfigMap",
      has(configMap("web", { immutable: true })),
      merge("configmaps/web", { data: { color: "green" } }),
      merge("configmaps/web", { metadata: { labels: { a: "b" } } }),
    ),
    it(
      "other data for a ControllerRevision",
      given(post("controllerrevisions", revision("web"))),
      merge("controllerrevisions/web", { data: { other: true } }),
      merge("controllerrevisions/web", { revision: 2 }),
    ),
    it(
      "another template for a Job",
      given(
        post("jobs", {
          apiVersion: "batch/v1",
          kind: "Job",
          metadata: { name: "web" },
          spec: {
            suspend: true,
            completions: 1,
            template: { spec: { restartPolicy: "Never", containers: [{ name: "app", image: "a" }] } },
          },
        }),
      ),
      merge("jobs/web", { spec: { template: { spec: { dnsPolicy: "Default" } }, completions: 2 } }),
    ),
    it(
      "another container for a Pod",
      given(post("pods", pod("web"))),
      merge("pods/web", { spec: { hostname: "other" } }),
    ),
    it(
      "another image for a Pod",
      given(post("pods", pod("web"))),
      patch("strategic", "pods/web", { spec: { containers: [{ name: "app", image: "shop:2" }] } }),
    ),
    it("another name in a patch", has(configMap("web")), merge("configmaps/web", { metadata: { name: "other" } })),
    it(
      "another namespace in a patch",
      has(configMap("web")),
      merge("configmaps/web", { metadata: { namespace: "other" } }),
    ),
    it("another kind in a patch", has(configMap("web")), merge("configmaps/web", { kind: "Secret" })),
    it("another version in a patch", hasDeployment, spec(merge("deployments/web", { apiVersion: "apps/v1beta1" }))),
    it(
      "another uid in a patch",
      has(configMap("web")),
      merge("configmaps/web", { metadata: { uid: "11111111-1111-1111-1111-111111111111" } }),
    ),
    it("another name in a PUT", has(configMap("web")), put("configmaps/web", configMap("other"))),
    it(
      "another namespace in a PUT",
      has(configMap("web")),
      put("configmaps/web", { ...configMap("web"), metadata: { name: "web", namespace: "other" } }),
    ),
    it(
      "another uid in a PUT",
      has(configMap("web")),
      put("configmaps/web", {
        ...configMap("web"),
        metadata: { name: "web", uid: "11111111-1111-1111-1111-111111111111" },
      }),
    ),
    it(
      "a resourceVersion that is none",
      has(configMap("web")),
      put("configmaps/web", { ...configMap("web"), metadata: { name: "web", resourceVersion: "new" } }),
    ),
    ...metadataOf.map(([plural, body]) =>
      it(
        `a bad label in a patch of ${plural}`,
        given(post(plural, body)),
        merge(`${plural}/web`, { metadata: { labels: { "not valid": "x" } } }),
        merge(`${plural}/web`, { metadata: { finalizers: ["wait"], annotations: { "a b": "c" } } }),
      ),
    ),
    it(
      "creationTimestamp in a patch",
      has(configMap("web")),
      merge("configmaps/web", { metadata: { creationTimestamp: "2001-01-01T00:00:00Z" } }),
    ),
    it("a PUT that creates", put("configmaps/web", configMap("web"))),
    it(
      "a PUT that creates, with a version",
      put("configmaps/web", { ...configMap("web"), metadata: { name: "web", resourceVersion: "1" } }),
    ),
    it("a patch of nothing", merge("configmaps/web", { data: {} })),
  ],
};
