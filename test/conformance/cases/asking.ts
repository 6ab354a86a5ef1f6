import { at, type Case, get, given, it, type Json, post, remove, type Step } from "../case.ts";
import { configMap } from "../examples.ts";
import { names } from "../parts.ts";

const group = (path: string, part: (body: Json) => unknown): Step => ({ ...get(path), pick: part });
const verbsOf = (plural: string) => (body: Json) => {
  const resources = at(body, "resources");
  const found = Array.isArray(resources)
    ? resources.filter((one) => String(at(one, "name")).split("/")[0] === plural)
    : [];
  return found.map((one) => [
    at(one, "name"),
    at(one, "kind"),
    at(one, "namespaced"),
    at(one, "verbs"),
    at(one, "shortNames") ?? null,
  ]);
};

const review = (resourceAttributes: object) => ({
  apiVersion: "authorization.k8s.io/v1",
  kind: "SelfSubjectAccessReview",
  spec: { resourceAttributes },
});

/** What a server says of itself, and what it says of what is not there. */
export const asking: readonly Case[] = [
  it(
    "the version",
    group("/version", (body) => [at(body, "major"), at(body, "minor")]),
  ),
  it("readiness", get("/readyz"), get("/livez"), get("/healthz")),
  it(
    "the versions of the core",
    group("/api", (body) => [at(body, "kind"), at(body, "versions")]),
  ),
  it("a group", get("/apis/apps"), get("/apis/coordination.k8s.io")),
  it("a group that is not there", get("/apis/nothing.example.com")),
  it("a version that is not there", get("/apis/apps/v2")),
  ...["configmaps", "secrets", "services", "pods", "namespaces", "events"].map((plural) =>
    it(`the resource ${plural}`, group("/api/v1", verbsOf(plural))),
  ),
  ...["deployments", "replicasets", "controllerrevisions"].map((plural) =>
    it(`the resource ${plural}`, group("/apis/apps/v1", verbsOf(plural))),
  ),
  it("the resource leases", group("/apis/coordination.k8s.io/v1", verbsOf("leases"))),
  it("the resource endpointslices", group("/apis/discovery.k8s.io/v1", verbsOf("endpointslices"))),
  it("the resource horizontalpodautoscalers", group("/apis/autoscaling/v2", verbsOf("horizontalpodautoscalers"))),
  it("the resource poddisruptionbudgets", group("/apis/policy/v1", verbsOf("poddisruptionbudgets"))),
  it("a path that is not there", get("/nothing"), get("/api/v2/pods"), get("/api/v1/nothings")),
  it("an object that is not there", get("configmaps/none"), get("deployments/none"), remove("leases/none")),
  it("a resource that is not there", get("nothings/web"), get("/apis/apps/v1/namespaces/{ns}/nothings/web")),
  it(
    "a subresource that is not there",
    given(post("configmaps", configMap("web"))),
    get("configmaps/web/status"),
    get("configmaps/web/scale"),
  ),
  it(
    "a namespace that is not there",
    names(get("/api/v1/namespaces/{ns}-none/configmaps")),
    get("/api/v1/namespaces/{ns}-none/configmaps/a"),
  ),
  it(
    "a method that is not there",
    { method: "PUT", path: "configmaps", body: {} },
    post("/api/v1/configmaps", configMap("a")),
  ),
  it(
    "what I may do",
    post(
      "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
      review({ verb: "get", resource: "pods", namespace: "{ns}" }),
    ),
  ),
];
