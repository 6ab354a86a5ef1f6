import { type Case, given, it, patch, post, put, type Step } from "../case.ts";
import { configMap, deployment, lease, pod, replicaSet, revision, secret, service } from "../examples.ts";
import { spec } from "../parts.ts";

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

/** Changes that are refused. */
export const unchangeable: readonly Case[] = [
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
];
