import { apply, type Group, get, given, it, patch, post, put, remove, type Step } from "../case.ts";
import { configMap, labels, service } from "../examples.ts";
import { workloadApplies } from "./applying-workloads.ts";

const as = (manager: string, body: unknown, query = ""): Step =>
  apply(`configmaps/web?fieldManager=${manager}${query}`, body);
const data = (entries: object, metadata: object = {}): object => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "web", ...metadata },
  data: entries,
});
const force = "&force=true";
const noManager = (body: unknown): Step => apply("configmaps/web", body);

export const applying: Group = {
  name: "applying",
  cases: [
    it("creates", as("a", data({ x: "1" }))),
    it("creates, then again the same", as("a", data({ x: "1" })), as("a", data({ x: "1" }))),
    it("changes its own", as("a", data({ x: "1" })), as("a", data({ x: "2" }))),
    it("drops what it no longer names", as("a", data({ x: "1", y: "2" }, { labels })), as("a", data({ y: "2" }))),
    it(
      "drops all",
      as("a", data({ x: "1" })),
      as("a", { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "web" } }),
    ),
    it(
      "shares what it wants the same",
      as("a", data({ x: "1" })),
      as("b", data({ x: "1" })),
      as("a", data({})),
      as("b", data({})),
    ),
    it("conflicts with one", as("a", data({ x: "1" })), as("b", data({ x: "2" }))),
    it(
      "conflicts in many fields",
      as("a", data({ x: "1", y: "1" }, { labels })),
      as("b", data({ x: "2", y: "2" }, { labels: { app: "other" } })),
    ),
    it(
      "conflicts with many",
      as("a", data({ x: "1" })),
      as("b", data({ x: "1", y: "1" })),
      as("c", data({ x: "3", y: "3" })),
    ),
    it("conflicts with an update", given(post("configmaps", configMap("web"))), as("a", data({ color: "red" }))),
    it(
      "conflicts with a status",
      given(post("services", service("web"))),
      given(
        patch("merge", "services/web/status?fieldManager=lb", {
          status: { loadBalancer: { ingress: [{ ip: "192.0.2.1" }] } },
        }),
      ),
      apply("services/web/status?fieldManager=a", {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "web" },
        status: { loadBalancer: { ingress: [{ ip: "192.0.2.2" }] } },
      }),
    ),
    it("takes by force", as("a", data({ x: "1", y: "1" })), as("b", data({ x: "2" }), force)),
    it(
      "takes from an update by force",
      given(post("configmaps", configMap("web"))),
      as("a", data({ color: "red" }), force),
      as("a", data({}), force),
    ),
    it(
      "agrees with an update",
      given(post("configmaps", configMap("web"))),
      as("a", data({ color: "blue" })),
      as("a", data({})),
    ),
    it(
      "after an update took a field",
      as("a", data({ x: "1", y: "1" })),
      patch("merge", "configmaps/web", { data: { x: "2" } }),
      as("a", data({ x: "1", y: "1" })),
      as("a", data({ x: "2", y: "1" })),
      as("a", data({ y: "1" })),
    ),
    it(
      "after an update removed a field",
      as("a", data({ x: "1", y: "1" })),
      patch("merge", "configmaps/web", { data: { x: null } }),
      as("a", data({ x: "1", y: "1" })),
    ),
    it(
      "updates after applies of the same manager",
      as("conformance", data({ x: "1" })),
      patch("merge", "configmaps/web", { data: { x: "2" } }),
      put("configmaps/web", configMap("web", { data: { x: "3" } })),
    ),
    it(
      "on a version",
      as("a", data({ x: "1" })),
      as("a", data({ x: "2" }, { resourceVersion: "{0.metadata.resourceVersion}" })),
      as("a", data({ x: "3" }, { resourceVersion: "{0.metadata.resourceVersion}" })),
    ),
    it("creates on a version", as("a", data({ x: "1" }, { resourceVersion: "1" }))),
    it("creates on a uid", as("a", data({ x: "1" }, { uid: "11111111-1111-1111-1111-111111111111" }))),
    it(
      "another uid",
      as("a", data({ x: "1" })),
      as("a", data({ x: "2" }, { uid: "11111111-1111-1111-1111-111111111111" })),
    ),
    it("a dry run creates nothing", as("a", data({ x: "1" }), "&dryRun=All"), get("configmaps/web")),
    it(
      "a dry run changes nothing",
      as("a", data({ x: "1" })),
      as("a", data({ x: "2" }), "&dryRun=All"),
      as("b", data({ x: "2" }), "&dryRun=All"),
      get("configmaps/web"),
    ),
    it("without a manager", noManager(data({ x: "1" }))),
    it("a manager's name that is too long", as("x".repeat(129), data({ x: "1" }))),
    it("without a kind", as("a", { metadata: { name: "web" }, data: {} })),
    it("another name", as("a", data({ x: "1" }, { name: "other" }))),
    it("without a name", as("a", { apiVersion: "v1", kind: "ConfigMap", data: { x: "1" } })),
    it("another namespace", as("a", data({ x: "1" }, { namespace: "other" }))),
    it("another kind", as("a", { ...data({ x: "1" }), kind: "Secret" })),
    it(
      "managed fields in the body",
      as("a", data({ x: "1" }, { managedFields: [] })),
      as("a", data({ x: "1" }, { managedFields: [{ manager: "a" }] })),
    ),
    it("no YAML", as("a", "{"), as("a", "- a")),
    it("YAML", as("a", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  x: '1'\n")),
    it(
      "force with another patch",
      given(post("configmaps", configMap("web"))),
      patch("merge", "configmaps/web?force=true", { data: { color: "red" } }),
    ),
    it(
      "annotations, labels and finalizers",
      as("a", data({}, { labels, annotations: { a: "1" }, finalizers: ["example.com/a"] })),
      as("b", data({}, { labels: { tier: "x" }, finalizers: ["example.com/b"] })),
      as("a", data({}, { annotations: { a: "2" } })),
      as("b", data({})),
    ),
    it("null values", as("a", data({ x: "1" })), as("a", { ...data({ x: "1" }), binaryData: null })),
    it(
      "managed fields reset",
      as("a", data({ x: "1" })),
      patch("json", "configmaps/web", [{ op: "replace", path: "/metadata/managedFields", value: [{}] }]),
      as("b", data({ x: "2" })),
      as("b", data({ x: "2" }), force),
    ),
    it(
      "into a namespace that is not there",
      apply("/api/v1/namespaces/{ns}-none/configmaps/web?fieldManager=a", data({ x: "1" })),
    ),
    it(
      "over what is being deleted",
      as("a", data({ x: "1" }, { finalizers: ["example.com/a"] })),
      given(remove("configmaps/web")),
      as("a", data({ x: "2" }, { finalizers: ["example.com/a"] })),
      as("a", data({ x: "2" })),
      get("configmaps/web"),
    ),

    ...workloadApplies,
  ],
};
