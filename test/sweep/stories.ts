import type { ImageTable, SandboxOptions } from "@cutover/sandbox";
import { emptyTown, mall, manifest, manifests, plainShop, service, shop } from "../journeys/shop.ts";
import type { Order, Story } from "./story.ts";

const quick = { readyAfterMs: 700 };
const images: ImageTable = {
  "registry.example/shop:v1": { version: "v1" },
  "registry.example/shop:v2": { version: "v2", ...quick },
  "registry.example/shop:v3": { version: "v3", ...quick },
  "registry.example/shop:v4": { version: "v4", ...quick },
  "registry.example/shop:never-ready": { version: "never-ready", neverReady: true },
  "registry.example/proxy:v1": { version: "proxy" },
  "registry.example/shop:fading": { version: "fading", ...quick, unreadyAfterMs: 1_500 },
};

/** A cluster whose objects carry something of others, which must stay. */
export function shared({ objects = [], ...options }: SandboxOptions): SandboxOptions {
  const marked = objects.map((object) => {
    const metadata = object.metadata as Readonly<Record<string, object | undefined>>;
    const annotations = { "example.com/owner": "payments", "example.com/cutover": "of glass" };
    return { ...object, metadata: { ...metadata, annotations, labels: { ...metadata.labels, team: "payments" } } };
  });
  return { ...options, images, objects: marked };
}

const always = { service: "shop", drain: "5s" };

export function release(version: string, more: Order["inputs"] = {}): Order {
  const image = `app=registry.example/shop:${version}`;
  return {
    action: "blue-green-deploy",
    inputs: { ...always, timeout: "60s", soak: "5s", images: image, ...more },
  };
}

export function rollback(more: Order["inputs"] = {}): Order {
  return { action: "rollback", inputs: { ...always, ...more } };
}

export const base = {
  ...{ cluster: shared(shop()), services: ["shop"], needed: 2, outcome: "succeeded", serves: "v3" },
  ...{ newer: release("v4"), back: rollback() },
} as const;

const applied = (file: string, more: Order["inputs"] = {}): Order =>
  release("", { images: "", manifests: file, ...more });

/** The first release of something that is not there yet. */
const install: Story = {
  ...base,
  name: "install",
  cluster: { ...emptyTown(), images },
  files: { "service.json": JSON.stringify(service()), "v2.json": manifest("v2"), "v4.json": manifest("v4") },
  past: [],
  deed: () => applied("service.json\nv2.json"),
  serves: "v2",
  newer: applied("service.json\nv4.json"),
};

/** A Service that selects no color, and the release that takes it over. */
const adoption: Story = {
  ...base,
  name: "adoption",
  cluster: { ...plainShop(), images },
  past: [],
  deed: () => release("v2", { adopt: "true" }),
  halfway: [release("v1", { adopt: "true" })],
  serves: "v2",
  newer: release("v4", { adopt: "true" }),
};

const password = "open sesame & more";
/** Service, Deployment and what its pods read, without what adds nothing here. */
const configured = (version: string, greeting: string) =>
  [
    ...manifests(version, greeting)
      .replace("envFrom: [", "envFrom: [{ secretRef: { name: vault } }, ")
      .split("---")
      .slice(0, 3),
    `\napiVersion: v1\nkind: Secret\nmetadata: { name: vault }\nstringData: { password: ${password} }\n`,
  ].join("---");

/** A release in which nothing but a ConfigMap is another. */
const configOnly: Story = {
  ...install,
  name: "config-only",
  files: { "1.yaml": configured("v2", "one"), "2.yaml": configured("v2", "two"), "4.yaml": configured("v4", "four") },
  secrets: [password],
  past: [applied("1.yaml")],
  deed: () => applied("2.yaml"),
  newer: applied("4.yaml"),
};

/** A release after which the old slot goes, and then what only that has read. */
const pruned: Story = {
  ...configOnly,
  name: "pruned",
  deed: () => applied("2.yaml", { previous: "delete" }),
};

/** What scales the Deployment of a color, and would leave it one pod. */
const scaler = (color: string) => ({
  apiVersion: "autoscaling/v2",
  kind: "HorizontalPodAutoscaler",
  metadata: { name: `shop-${color}`, namespace: "shop" },
  spec: {
    ...{ minReplicas: 1, maxReplicas: 5 },
    scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: `shop-${color}` },
  },
});

const pair = { service: "web\napi" };
const both = (version: string) =>
  release("", { ...pair, images: ["web", "api"].map((name) => `${name}=registry.example/shop:${version}`).join("\n") });

/** Two services in one release. */
const several: Story = {
  ...base,
  name: "several",
  cluster: shared(mall(["web", "api"])),
  services: ["web", "api"],
  past: [both("v2")],
  deed: () => both("v3"),
  newer: both("v4"),
  back: rollback(pair),
};

const bad = release("never-ready", { timeout: "20s" });

export const stories: readonly Story[] = [
  several,
  configOnly,
  pruned,
  install,
  adoption,
  { ...base, name: "first-release", past: [], deed: () => release("v2"), serves: "v2" },
  { ...base, name: "good-release", past: [release("v2")], deed: () => release("v3", { previous: "scale-down" }) },
  { ...base, name: "delete", past: [release("v2")], deed: () => release("v3", { previous: "delete" }) },
  {
    ...base,
    name: "autoscaled",
    cluster: shared({ ...shop(), objects: [...(shop().objects ?? []), scaler("blue"), scaler("green")] }),
    past: [release("v2")],
    deed: () => release("v3", { previous: "scale-down" }),
  },
  {
    ...base,
    name: "bad-release",
    past: [release("v2")],
    deed: () => bad,
    outcome: "failed",
    serves: "v2",
  },
  {
    ...base,
    name: "fading-release",
    excused: "fading",
    past: [release("v2")],
    // Three probes after it fades it counts as unready: that must fall into the soak.
    deed: () => release("fading", { previous: "scale-down", soak: "15s" }),
    // Before it fades, and after.
    halfway: [release("fading", { soak: "0s" }), release("fading", { soak: "2s" })],
    outcome: "rolled-back",
    serves: "v2",
  },
  {
    ...base,
    name: "rollback-warm",
    // What failed is nothing to go back to.
    past: [release("v2"), { ...bad, outcome: "failed" }, release("v3")],
    deed: () => rollback({ previous: "scale-down" }),
    serves: "v2",
  },
  {
    ...base,
    name: "rollback-scaled",
    past: [release("v2", { previous: "scale-down" })],
    deed: () => rollback(),
    serves: "v1",
  },
  {
    ...base,
    name: "rollback-overwritten",
    past: [release("v2"), release("v3")],
    deed: () => rollback({ to: "1" }),
    serves: "v1",
  },
  {
    ...base,
    name: "promote",
    past: [release("v2"), release("v3", { switch: "manual" })],
    deed: ({ preview = "" }) => ({ action: "promote", inputs: { ...always, soak: "5s", approved: preview } }),
  },
  {
    ...base,
    name: "retire",
    past: [release("v2")],
    deed: () => ({ action: "retire", inputs: { ...always, how: "delete" } }),
    serves: "v2",
  },
];

/** @throws Error that says so, if there is none */
export function storyNamed(name: string): Story {
  const story = stories.find((one) => one.name === name);
  if (story === undefined) throw new Error(`There is no story ${name}`);
  return story;
}
