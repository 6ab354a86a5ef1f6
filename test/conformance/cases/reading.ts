import {
  at,
  type Case,
  type Group,
  get,
  given,
  it,
  type Json,
  patch,
  post,
  remove,
  type Step,
  watch,
} from "../case.ts";
import { configMap, deployment, labels, pod, secret } from "../examples.ts";

const colored = (name: string, color: string, more: object = {}): object => ({
  ...configMap(name),
  metadata: { name, labels: { color, ...more } },
});
const three: Step[] = [
  given(post("configmaps", colored("a", "blue", { tier: "front" }))),
  given(post("configmaps", colored("b", "green"))),
  given(post("configmaps", colored("c", "red", { tier: "back" }))),
];

/** What was found; the list's own fields stay. */
const names = (step: Step): Step => ({
  ...step,
  pick: (body) => {
    if (typeof body !== "object" || body === null || Array.isArray(body) || !Array.isArray(body.items)) return body;
    return { ...body, items: body.items.map((item) => at(item, "metadata.name") ?? null) };
  },
});

const selected = (title: string, selector: string): Case =>
  it(title, ...three, names(get(`configmaps?labelSelector=${encodeURIComponent(selector)}`)));

/** Without the config map that every namespace has. */
const ours = "labelSelector=color";
const patched = (name: string, body: unknown): Step => given(patch("merge", `configmaps/${name}`, body));

/** Type, name and labels of each event; the last one may be an error. */
const told = (step: Step): Step => ({
  ...step,
  pick: (body) =>
    Array.isArray(body)
      ? body.map((event) => [
          at(event, "type"),
          at(event, "object.metadata.name") ?? at(event, "object"),
          at(event, "object.metadata.labels") ?? null,
          at(event, "object.metadata.resourceVersion") ?? null,
        ])
      : body,
});

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

const asking: Case[] = [
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

const listing: Case[] = [
  it("an object", given(post("configmaps", configMap("web"))), get("configmaps/web")),
  it("a list", ...three, get(`configmaps?${ours}`)),
  it("an empty list", get("configmaps?labelSelector=none"), get("leases")),
  it(
    "a list of all namespaces",
    given(post("secrets", { ...secret("web"), metadata: { name: "web", labels: { own: "{ns}" } } })),
    names(get("/api/v1/secrets?labelSelector=own%3D{ns}")),
  ),
  selected("labels that are equal", "color=blue"),
  selected("labels that are equal, twice", "color==blue,tier=front"),
  selected("labels that differ", "color!=blue,color"),
  selected("labels in a set", "color in (blue, red)"),
  selected("labels not in a set", "color notin (blue,red),color"),
  selected("labels that are there", "tier"),
  selected("labels that are not there", "!tier,color"),
  selected("labels greater than", "color>1"),
  selected("an empty value", "color="),
  selected("a selector that is none", "color in blue"),
  selected("a selector with a bad key", "a b"),
  selected("a selector with a bad value", "color=b!ue"),
  selected("a selector that is half there", "color in (blue"),
  it(
    "fields",
    ...three,
    names(get("configmaps?fieldSelector=metadata.name%3Da")),
    names(get("configmaps?fieldSelector=metadata.name!%3Da,metadata.namespace%3D{ns}&labelSelector=color")),
  ),
  it(
    "fields that cannot be selected",
    get("configmaps?fieldSelector=data.color%3Dblue"),
    get("deployments?fieldSelector=spec.replicas%3D0"),
    get("pods?fieldSelector=spec.image%3Da"),
  ),
  it("a field selector that is none", get("configmaps?fieldSelector=metadata.name")),
  it(
    "fields of pods",
    given(post("pods", pod("web"))),
    names(get("pods?fieldSelector=status.phase%3DPending")),
    names(get("pods?fieldSelector=spec.nodeName%3D")),
    names(get("pods?fieldSelector=status.phase%3DRunning")),
  ),
  it(
    "pages",
    ...three,
    names(get(`configmaps?${ours}&limit=2`)),
    names(get(`configmaps?${ours}&limit=2&continue={3.metadata.continue}`)),
  ),
  it(
    "pages without a selector",
    ...three.map((step) => ({
      ...step,
      path: "secrets",
      body: { ...(step.body as object), kind: "Secret", data: {} },
    })),
    names(get("secrets?limit=1")),
    names(get("secrets?limit=1&continue={3.metadata.continue}")),
    names(get("secrets?limit=1&continue={4.metadata.continue}")),
  ),
  it("a page that is none", get("configmaps?limit=1&continue=nonsense")),
  it("a limit that is none", get("configmaps?limit=many")),
  it(
    "versions that are asked for",
    ...three,
    names(get(`configmaps?${ours}&resourceVersion=0`)),
    names(get(`configmaps?${ours}&resourceVersion={1.metadata.resourceVersion}&resourceVersionMatch=NotOlderThan`)),
    names(get(`configmaps?${ours}&resourceVersion={1.metadata.resourceVersion}&resourceVersionMatch=Exact`)),
  ),
  it("a match without a version", get("configmaps?resourceVersionMatch=Exact")),
  it("a match that nobody knows", get("configmaps?resourceVersion=1&resourceVersionMatch=Nearly")),
  it("a match of no version exactly", get("configmaps?resourceVersion=0&resourceVersionMatch=Exact")),
  it("a version that is none", get("configmaps?resourceVersion=new")),
];

const since = "resourceVersion={0.metadata.resourceVersion}";
const watching: Case[] = [
  it(
    "what happens to an object",
    given(post("configmaps", colored("a", "blue"))),
    patched("a", { data: { color: "red" } }),
    given(remove("configmaps/a")),
    watch(`configmaps?${since}`, 2),
  ),
  it("what is there, then what happens", ...three, told(watch(`configmaps?${ours}`, 3))),
  it(
    "an object that begins and ceases to match",
    given(post("configmaps", colored("a", "blue"))),
    patched("a", { metadata: { labels: { color: "green" } } }),
    patched("a", { metadata: { labels: { tier: "x" } } }),
    patched("a", { metadata: { labels: { color: "blue" } } }),
    given(remove("configmaps/a")),
    told(watch(`configmaps?${since}&labelSelector=color%3Dgreen`, 3)),
    told(watch(`configmaps?${since}&labelSelector=color%3Dblue`, 3)),
  ),
  it(
    "one object by its name",
    ...three,
    patched("a", { data: { x: "1" } }),
    patched("b", { data: { x: "1" } }),
    told(watch(`configmaps?${since}&fieldSelector=metadata.name%3Db`, 2)),
  ),
  it(
    "initial events, and a mark behind them",
    ...three,
    told(
      watch(`configmaps?${ours}&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true`, 4),
    ),
  ),
  it("the mark behind initial events", given(post("configmaps", colored("a", "blue"))), {
    ...watch(`configmaps?${ours}&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true`, 2),
    pick: (body) => at(body, "1"),
  }),
  it(
    "initial events without what they need",
    watch("configmaps?sendInitialEvents=true", 1),
    watch("configmaps?sendInitialEvents=true&resourceVersionMatch=NotOlderThan", 1),
    watch("configmaps?resourceVersionMatch=NotOlderThan&resourceVersion=1", 1),
  ),
  it("initial events of a list", get("configmaps?sendInitialEvents=true&resourceVersionMatch=NotOlderThan")),
  it("a version that is forgotten", told(watch("configmaps?resourceVersion=1", 1))),
  it("a version that is none, watched", watch("configmaps?resourceVersion=new", 1)),
  it("nothing, until the time is over", {
    ...get("leases?watch=true&timeoutSeconds=1&labelSelector=none"),
    pick: (body) => body,
  }),
  it(
    "a deletion that waits for a finalizer",
    given(
      post("configmaps", {
        ...configMap("a"),
        metadata: { name: "a", labels: { color: "x" }, finalizers: ["example.com/wait"] },
      }),
    ),
    given(remove("configmaps/a")),
    patched("a", { metadata: { finalizers: null } }),
    watch(`configmaps?${since}`, 2),
  ),
  it(
    "a Deployment from its creation",
    given(post("deployments", deployment("a", {}, { metadata: { name: "a", labels } }))),
    told(watch("deployments", 1)),
  ),
];

export const reading: Group = { name: "reading", cases: [...asking, ...listing] };
export const following: Group = { name: "watching", cases: watching };
