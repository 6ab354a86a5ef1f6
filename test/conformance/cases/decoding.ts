import { apply, type Case, given, it, patch, post, type Step } from "../case.ts";
import { configMap, deployment, service, template } from "../examples.ts";
import { spec } from "../parts.ts";

const typo = { ...configMap("web"), dada: { a: "b" }, metadata: { name: "web", lables: {} } };
const deepTypo = deployment("web", {
  replicass: 1,
  template: template({}, { imagee: "x", ports: [{ containerPort: 80, hostport: 1 }] }),
});
const merge = (path: string, body: unknown): Step => patch("merge", path, body);
const has = (body: unknown): Step => given(post("configmaps", body));
const hasDeployment = given(post("deployments", deployment("web")));
const _hasService = given(post("services", service("web")));

/** Bodies that are not what they say, and fields that nobody knows. */
export const undecodable: readonly Case[] = [
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
];
