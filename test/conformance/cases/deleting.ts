import { apply, type Group, get, given, it, patch, post, put, remove, type Step } from "../case.ts";
import { configMap, deployment, labels, lease, pod, replicaSet, service } from "../examples.ts";
import { spec } from "../parts.ts";

const has = given(post("configmaps", configMap("web")));
const colored = (name: string): Step => given(post("configmaps", { ...configMap(name), metadata: { name, labels } }));
const waiting = given(
  post("configmaps", { ...configMap("web"), metadata: { name: "web", finalizers: ["example.com/wait"] } }),
);
const options = (more: object): object => ({ apiVersion: "v1", kind: "DeleteOptions", ...more });
const other = "11111111-1111-1111-1111-111111111111";
/** A namespace's name is free again only after seconds, so each case has its own. */
const space = (name: string): string => `/api/v1/namespaces/{ns}-${name}`;
const hasSpace = (name: string): Step =>
  given(
    post("/api/v1/namespaces", {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: `{ns}-${name}`, finalizers: ["example.com/wait"] },
    }),
  );
export const deleting: Group = {
  name: "deleting",
  cases: [
    it("a ConfigMap", has, remove("configmaps/web"), get("configmaps/web"), remove("configmaps/web")),
    it("a Service", given(post("services", service("web"))), remove("services/web")),
    it("a Lease", given(post("leases", lease("web"))), remove("leases/web")),
    it("a Deployment", given(post("deployments", deployment("web"))), remove("deployments/web")),
    it(
      "a Deployment in the foreground",
      given(post("replicasets", replicaSet("web"))),
      spec(remove("replicasets/web?propagationPolicy=Foreground")),
    ),
    it("a Pod that runs nowhere", given(post("pods", pod("web"))), remove("pods/web"), get("pods/web")),
    it("the right uid", has, remove("configmaps/web", options({ preconditions: { uid: "{0.metadata.uid}" } }))),
    it("the wrong uid", has, remove("configmaps/web", options({ preconditions: { uid: other } }))),
    it(
      "the wrong uid, in a group",
      given(post("leases", lease("web"))),
      remove("leases/web", options({ preconditions: { uid: other } })),
    ),
    it(
      "the right version",
      has,
      remove("configmaps/web", options({ preconditions: { resourceVersion: "{0.metadata.resourceVersion}" } })),
    ),
    it("the wrong version", has, remove("configmaps/web", options({ preconditions: { resourceVersion: "1" } }))),
    it("a policy that nobody knows", has, remove("configmaps/web?propagationPolicy=Sideways")),
    it(
      "a policy and its older form",
      has,
      remove("configmaps/web", options({ propagationPolicy: "Orphan", orphanDependents: true })),
    ),
    it(
      "options that are none",
      has,
      remove("configmaps/web", "{no json"),
      remove("configmaps/web", { kind: "Other", apiVersion: "v1" }),
    ),
    it("options that nobody knows", has, remove("configmaps/web", options({ grace: 1 }))),
    it("a grace that is negative", given(post("pods", pod("web"))), remove("pods/web?gracePeriodSeconds=-1")),
    it(
      "waits for a finalizer",
      waiting,
      remove("configmaps/web"),
      remove("configmaps/web"),
      patch("merge", "configmaps/web", { data: { a: "1" } }),
      patch("merge", "configmaps/web", { metadata: { finalizers: ["example.com/wait", "example.com/new"] } }),
      patch("merge", "configmaps/web", { metadata: { finalizers: null } }),
      get("configmaps/web"),
    ),
    it(
      "waits for a finalizer, in the foreground",
      waiting,
      remove("configmaps/web", options({ propagationPolicy: "Foreground" })),
    ),
    it("waits for its orphans", waiting, remove("configmaps/web", options({ propagationPolicy: "Orphan" }))),
    it(
      "a name that is taken until the finalizer goes",
      waiting,
      given(remove("configmaps/web")),
      post("configmaps", configMap("web")),
      put("configmaps/web", { ...configMap("web"), metadata: { name: "web" } }),
    ),
    it(
      "a dry run",
      has,
      remove("configmaps/web?dryRun=All"),
      remove("configmaps/web", options({ dryRun: ["All"] })),
      get("configmaps/web"),
    ),
    it("a dry run of what waits", waiting, remove("configmaps/web?dryRun=All"), get("configmaps/web")),
    it(
      "a dry run with the wrong version",
      has,
      remove("configmaps/web?dryRun=All", options({ preconditions: { resourceVersion: "1" } })),
    ),
    it(
      "a collection",
      colored("a"),
      colored("b"),
      has,
      remove("configmaps?labelSelector=app%3Dweb"),
      get("configmaps?labelSelector=app"),
      given(get("configmaps/web")),
    ),
    it(
      "a collection by its fields",
      colored("a"),
      colored("b"),
      remove("configmaps?fieldSelector=metadata.name%3Da"),
      given(get("configmaps/a")),
      given(get("configmaps/b")),
    ),
    it(
      "a collection, dry",
      colored("a"),
      remove("configmaps?labelSelector=app%3Dweb&dryRun=All"),
      given(get("configmaps/a")),
    ),
    it("a collection of nothing", remove("configmaps?labelSelector=app%3Dnone")),
    it(
      "a collection of Services",
      given(post("services", service("web"))),
      remove("services"),
      given(get("services/web")),
    ),
    it(
      "deleted and made again",
      has,
      given(remove("configmaps/web")),
      post("configmaps", configMap("web")),
      put("configmaps/web", { ...configMap("web"), metadata: { name: "web", uid: "{0.metadata.uid}" } }),
    ),

    it("a dry run of a POST", post("configmaps?dryRun=All", configMap("web")), get("configmaps/web")),
    it("a dry run of a POST of a Service", post("services?dryRun=All", service("web")), given(get("services/web"))),
    it(
      "a dry run of a POST with a generated name",
      post("configmaps?dryRun=All", { ...configMap("web"), metadata: { generateName: "web-" } }),
    ),
    it("a dry run of a POST of what is there", has, post("configmaps?dryRun=All", configMap("web"))),
    it("a dry run of a POST that is refused", post("deployments?dryRun=All", deployment("web", { replicas: -1 }))),
    it(
      "a dry run of a PUT",
      has,
      put("configmaps/web?dryRun=All", configMap("web", { data: { a: "1" } })),
      get("configmaps/web"),
    ),
    it(
      "a dry run of a PUT that is stale",
      has,
      put("configmaps/web?dryRun=All", { ...configMap("web"), metadata: { name: "web", resourceVersion: "1" } }),
    ),
    it(
      "a dry run of each patch",
      has,
      patch("merge", "configmaps/web?dryRun=All", { data: { a: "1" } }),
      patch("json", "configmaps/web?dryRun=All", [{ op: "remove", path: "/data/color" }]),
      patch("strategic", "configmaps/web?dryRun=All", { metadata: { labels } }),
      get("configmaps/web"),
    ),
    it(
      "a dry run of a Deployment's change",
      given(post("deployments", deployment("web"))),
      spec(patch("merge", "deployments/web?dryRun=All", { spec: { minReadySeconds: 5 } })),
      spec(get("deployments/web")),
    ),
    it(
      "a dry run of a scale",
      given(post("deployments", deployment("web"))),
      spec(patch("merge", "deployments/web/scale?dryRun=All", { spec: { replicas: 3 } })),
      spec(get("deployments/web")),
    ),
    it("a dry run that is none", post("configmaps?dryRun=Some", configMap("web"))),

    it("a namespace", hasSpace("a"), get(space("a")), { ...remove(space("a")), pick: (body) => body }),
    it(
      "a namespace that ends takes nothing new",
      hasSpace("b"),
      given(remove(space("b"))),
      post(`${space("b")}/configmaps`, configMap("web")),
      apply(`${space("b")}/configmaps/web?fieldManager=a`, configMap("web")),
      post("/api/v1/namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: "{ns}-b" } }),
    ),
    it(
      "a namespace with labels",
      hasSpace("c"),
      patch("merge", space("c"), { metadata: { labels: { own: "yes" } } }),
      patch("merge", space("c"), { metadata: { labels: { "kubernetes.io/metadata.name": "other" } } }),
    ),
    it(
      "a namespace whose name is none",
      post("/api/v1/namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: "Not.valid" } }),
    ),
    it("all namespaces", remove("/api/v1/namespaces?labelSelector=own%3Dnobody")),
  ],
};
