import { type Case, type Group, given, it, patch, post, type Step } from "../case.ts";
import { configMap, deployment, service, template } from "../examples.ts";
import { spec } from "../parts.ts";
import { jsonAndMergePatches } from "./json-patching.ts";

const has = (body: unknown): Step => given(post("configmaps", body));
const finalized = has({
  ...configMap("web"),
  metadata: { name: "web", finalizers: ["example.com/a", "example.com/b"] },
});
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

const abc = has(configMap("web"));

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

export const patching: Group = { name: "patching", cases: [...jsonAndMergePatches, ...strategicPatches] };
