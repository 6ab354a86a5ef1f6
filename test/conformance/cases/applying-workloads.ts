import { apply, type Case, get, given, it, patch, post, type Step } from "../case.ts";
import { deployment, labels, lease, service, template } from "../examples.ts";
import { spec } from "../parts.ts";

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

/** Server-side applies to objects whose lists and defaults matter. */
export const workloadApplies: readonly Case[] = [
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
];
