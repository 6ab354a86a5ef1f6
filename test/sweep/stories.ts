import { emptyTown, manifest, plainShop, service, shop } from "../journeys/shop.ts";
import type { Order, Story } from "./story.ts";

const images = {
  "registry.example/shop:v1": { version: "v1" },
  "registry.example/shop:v2": { version: "v2", readyAfterMs: 700 },
  "registry.example/shop:v3": { version: "v3", readyAfterMs: 700 },
  "registry.example/shop:v4": { version: "v4", readyAfterMs: 700 },
};

const always = { service: "shop", drain: "5s" };
const release = (version: string, more: Order["inputs"] = {}): Order => ({
  action: "blue-green-deploy",
  inputs: { ...always, timeout: "60s", soak: "5s", images: `app=registry.example/shop:${version}`, ...more },
});
const rollback: Order = { action: "rollback", inputs: { ...always } };

const base = { services: ["shop"], needed: 2, outcome: "succeeded", newer: release("v4"), back: rollback } as const;

/** Deployments by color that somebody has made by hand, and the first release of ours. */
const firstRelease: Story = {
  ...base,
  name: "first-release",
  cluster: { ...shop(), images },
  past: [],
  deed: () => release("v2"),
};

/** An everyday release, after which the old slot goes. */
const goodRelease: Story = {
  ...base,
  name: "good-release",
  cluster: { ...shop(), images },
  past: [release("v2")],
  deed: () => release("v3", { previous: "scale-down" }),
};

/** The first release of something that is not there yet. */
const install: Story = {
  ...base,
  name: "install",
  cluster: { ...emptyTown(), images },
  files: { "service.json": JSON.stringify(service()), "v2.json": manifest("v2"), "v4.json": manifest("v4") },
  past: [],
  deed: () => release("v2", { images: "", manifests: "service.json\nv2.json" }),
  newer: release("v4", { images: "", manifests: "service.json\nv4.json" }),
};

/** A Service that selects no color, and the release that takes it over. */
const adoption: Story = {
  ...base,
  name: "adoption",
  cluster: { ...plainShop(), images },
  past: [],
  deed: () => release("v2", { adopt: "true" }),
  newer: release("v4", { adopt: "true" }),
};

export const stories: readonly Story[] = [firstRelease, goodRelease, install, adoption];
