import { apply, type Group, get, given, it, patch, post, put, remove, type Step } from "../case.ts";
import { configMap, deployment, labels, lease, service, template } from "../examples.ts";
import { spec } from "../parts.ts";

const as = (manager: string, body: unknown, query = ""): Step =>
  apply(`configmaps/web?fieldManager=${manager}${query}`, body);
const data = (entries: object, metadata: object = {}): object => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "web", ...metadata },
  data: entries,
});
const force = "&force=true";
const onDeployment = (manager: string, more: object, query = ""): Step =>
  spec(
    apply(`deployments/web?fieldManager=${manager}${query}`, {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "web" },
      spec: more,
    }),
  );
const inPod = (podSpec: object, more: object = {}): object => ({ ...more, template: { spec: podSpec } });
const whole = (
  podSpec: Readonly<Record<string, unknown>> = {},
  container: Readonly<Record<string, unknown>> = {},
): Step => apply("deployments/web?fieldManager=a", deployment("web", { template: template(podSpec, container) }));
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

    it("a Deployment", spec(whole())),
    it(
      "a Deployment's containers by two",
      given(whole()),
      onDeployment("b", inPod({ containers: [{ name: "side", image: "side:1" }] })),
      onDeployment("b", inPod({ containers: [{ name: "side", image: "side:2" }] })),
      onDeployment("b", inPod({ containers: [{ name: "other", image: "other:1" }] })),
    ),
    it(
      "a Deployment's image by two",
      given(whole()),
      onDeployment("b", inPod({ containers: [{ name: "app", image: "shop:2" }] })),
      onDeployment("b", inPod({ containers: [{ name: "app", image: "shop:2" }] }), force),
      onDeployment("a", inPod({ containers: [{ name: "app", image: "shop:1" }] })),
    ),
    it(
      "a Deployment's environment and ports by their keys",
      given(
        whole(
          {},
          {
            env: [
              { name: "A", value: "1" },
              { name: "B", value: "2" },
            ],
            ports: [{ containerPort: 80 }],
          },
        ),
      ),
      spec(
        whole(
          {},
          {
            env: [
              { name: "B", value: "3" },
              { name: "C", value: "4" },
            ],
            ports: [{ containerPort: 80, name: "http" }, { containerPort: 81 }],
          },
        ),
      ),
      spec(whole({}, { env: [] })),
    ),
    it(
      "a Deployment's replicas handed to a scaler",
      given(whole()),
      spec(patch("merge", "deployments/web/scale?fieldManager=hpa", { spec: { replicas: 0 } })),
      spec(patch("merge", "deployments/web/scale?fieldManager=hpa", { spec: { replicas: 1 } })),
      spec(get("deployments/web")),
      spec(whole()),
      spec(patch("merge", "deployments/web/scale?fieldManager=hpa", { spec: { replicas: 0 } })),
    ),
    it(
      "a Deployment's selector",
      given(whole()),
      onDeployment("b", { selector: { matchLabels: { app: "other" } } }),
      onDeployment("b", { selector: { matchLabels: { app: "other" } } }, force),
    ),
    it(
      "a Deployment's strategy",
      given(whole()),
      onDeployment("a", {
        replicas: 0,
        paused: true,
        selector: { matchLabels: labels },
        template: template(),
        strategy: { type: "Recreate" },
      }),
    ),
    it(
      "a Deployment's arguments and command are whole",
      given(whole({}, { args: ["a", "b"], command: ["sh"] })),
      onDeployment("b", inPod({ containers: [{ name: "app", args: ["a"] }] })),
      onDeployment("b", inPod({ containers: [{ name: "app", args: ["a"] }] }), force),
    ),
    it(
      "a container twice in one configuration",
      spec(
        whole({
          containers: [
            { name: "app", image: "a" },
            { name: "app", image: "b" },
          ],
        }),
      ),
    ),
    it("a container without its name", spec(whole({ containers: [{ image: "a" }] }))),
    it("a Deployment that is incomplete", onDeployment("a", { replicas: 0 })),
    it(
      "the empty objects of a Deployment",
      given(whole({ volumes: [{ name: "v", emptyDir: {} }] })),
      spec(whole({ volumes: [{ name: "v", emptyDir: {} }], securityContext: {} })),
      spec(whole({ volumes: [{ name: "v", emptyDir: { medium: "Memory" } }] })),
    ),
    it(
      "a Service",
      apply("services/web?fieldManager=a", service("web")),
      apply("services/web?fieldManager=b", {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "web" },
        spec: { selector: { app: "other" } },
      }),
      apply("services/web?fieldManager=b", {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "web" },
        spec: { selector: { color: "blue" } },
      }),
      apply("services/web?fieldManager=b&force=true", {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "web" },
        spec: { selector: { color: "green" } },
      }),
    ),
    it(
      "a Service's ports",
      apply(
        "services/web?fieldManager=a",
        service("web", {
          ports: [
            { name: "a", port: 80 },
            { name: "b", port: 81 },
          ],
        }),
      ),
      apply("services/web?fieldManager=a", service("web", { ports: [{ name: "b", port: 81, targetPort: 8081 }] })),
    ),
    it(
      "a Lease",
      apply("leases/web?fieldManager=a", lease("web")),
      apply("leases/web?fieldManager=b", lease("web", { holderIdentity: "you" })),
    ),
    it(
      "a status",
      given(post("services", service("web"))),
      apply("services/web/status?fieldManager=a", {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "web" },
        spec: { selector: { no: "way" } },
        status: { loadBalancer: { ingress: [{ ip: "192.0.2.2" }] } },
      }),
      apply("services/none/status?fieldManager=a", {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "none" },
        status: {},
      }),
    ),
  ],
};
