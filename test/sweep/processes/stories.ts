import type { SandboxOptions } from "@cutover/sandbox";
import type { Inputs } from "../../journeys/open-shop.ts";
import { emptyTown, mall, manifests, shop } from "../../journeys/shop.ts";

/** One run of an action. */
export interface Deed {
  readonly action: "blue-green-deploy" | "promote" | "rollback";
  readonly inputs: Inputs;
}

/** A run that is struck, and what is known of it beforehand. */
export interface Story {
  readonly town: SandboxOptions;
  readonly services: readonly string[];
  /** What the workspace holds. */
  readonly files: Readonly<Record<string, string>>;
  /** What happened before, in this order. */
  readonly before: readonly Deed[];
  /** The run that is struck, given the `preview` that the last run before it put out. */
  readonly deed: (approved: string) => Deed;
  /** How it ends if nothing strikes it. */
  readonly outcome: "succeeded" | "failed" | "rolled-back";
  /** How it may end too for who comes after: its pods are ill already. */
  readonly orElse?: "failed";
  /** What serves before it, what it wants to serve, and what the release after it does; as `contentOf` says it. */
  readonly contents: { readonly before: string | undefined; readonly wanted: string; readonly newer: string };
  readonly newer: Deed;
}

const images: SandboxOptions["images"] = {
  "registry.example/shop:v1": { version: "v1" },
  "registry.example/shop:v2": { version: "v2", readyAfterMs: 5 },
  "registry.example/shop:v3": { version: "v3", readyAfterMs: 5 },
  "registry.example/shop:unready": { version: "unready", unreadyAfterMs: 20 },
};

const quick = (town: SandboxOptions): SandboxOptions => ({ ...town, images, probeEveryMs: 5 });

function release(inputs: Inputs): Deed {
  return { action: "blue-green-deploy", inputs };
}

const tagged = (tag: string, containers = ["app"]): Deed =>
  release({ images: containers.map((name) => `${name}=registry.example/shop:${tag}`).join("\n") });

const good: Story = {
  town: quick(shop()),
  services: ["shop"],
  files: {},
  before: [],
  deed: () => tagged("v2"),
  outcome: "succeeded",
  contents: { before: "v1", wanted: "v2", newer: "v3" },
  newer: tagged("v3"),
};

const first: Story = {
  ...good,
  town: quick(emptyTown()),
  files: {
    "first.yaml": manifests("v1", "hello"),
    "again.yaml": manifests("v1", "good day"),
    "newer.yaml": manifests("v3", "hi"),
  },
  deed: () => release({ manifests: "first.yaml" }),
  contents: { before: undefined, wanted: "v1, hello", newer: "v3, hi" },
  newer: release({ manifests: "newer.yaml" }),
};

const pair = ["web", "api"];

/** The runs that are struck. */
export const stories: Readonly<Record<string, Story>> = {
  first,
  good,
  /** Its image cannot be pulled. */
  bad: { ...good, deed: () => tagged("missing"), outcome: "failed", contents: { ...good.contents, wanted: "missing" } },
  /** It turns unready under traffic, so that the traffic moves there and back. */
  sick: {
    ...good,
    deed: () => release({ ...tagged("unready").inputs, soak: "1s", timeout: "15s" }),
    outcome: "rolled-back",
    orElse: "failed",
    contents: { ...good.contents, wanted: "unready" },
  },
  "config-only": {
    ...first,
    before: [first.deed("")],
    deed: () => release({ manifests: "again.yaml" }),
    contents: { ...first.contents, before: "v1, hello", wanted: "v1, good day" },
  },
  rollback: {
    ...good,
    before: [tagged("v2")],
    deed: () => ({ action: "rollback", inputs: {} }),
    contents: { before: "v2", wanted: "v1", newer: "v3" },
  },
  several: {
    ...good,
    town: quick(mall(pair)),
    services: pair,
    deed: () => tagged("v2", pair),
    newer: tagged("v3", pair),
  },
  promote: {
    ...good,
    before: [release({ ...tagged("v2").inputs, switch: "manual" })],
    deed: (approved) => ({ action: "promote", inputs: { approved } }),
  },
};
