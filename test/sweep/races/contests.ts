import type { ImageTable, Random } from "@cutover/sandbox";
import { mall } from "../../journeys/shop.ts";
import { base, release, rollback, shared } from "../stories.ts";
import type { Order, Story } from "../story.ts";

/** A run of a race. */
export interface Entrant {
  readonly order: Order;
  /** Whose it is: repositories, jobs and runs as the runner names them. */
  readonly env: Readonly<Record<string, string>>;
  /** Milliseconds after the race began. */
  readonly begins: number;
}

export interface Contest {
  readonly name: string;
  readonly story: Story;
  /** Seeds that are tried. */
  readonly times: number;
  /** Milliseconds that a run may take. */
  limit(entrant: Entrant): number;
  entrants(random: Random, deed: Order): readonly Entrant[];
}

const versions = Array.from({ length: 20 }, (_, index) => `v${10 + index}`);
const images: ImageTable = {
  ...base.cluster.images,
  ...Object.fromEntries(versions.map((version) => [imageOf(version), { version, readyAfterMs: 700 }])),
};

/** Nobody needs as long as to wait for all of the others. */
const patient = { "lock-timeout": "1h" };
const hour = 3_600_000;

/** All that may befall one service, at once. */
const crowd: Contest = {
  name: "crowd",
  story: {
    ...base,
    name: "crowd",
    cluster: { ...base.cluster, images },
    past: [release("v2"), release("v3", { switch: "manual" })],
    deed: ({ preview = "" }) => promotion(preview),
  },
  times: 20,
  limit: ({ order }) => (order.action === "rollback" ? 90_000 : hour),
  entrants: (random, promote) => {
    const previous = () => ({ previous: one(random, ["keep", "keep", "scale-down", "delete"]) });
    const releases = versions.slice(0, 11).map((version) => release(version, { ...patient, ...previous() }));
    const legs = [release("v25", patient), release(one(random, ["v25", "v26"]), patient)];
    const others = [
      promote,
      { action: "retire", inputs: { ...always, ...patient, how: one(random, ["scale-down", "delete"]) } } as const,
      release("never-ready", { ...patient, timeout: "20s" }),
      release("v27", { "lock-timeout": "15s" }),
      ...[rollback(), rollback(previous()), rollback({ to: one(random, ["1", "2"]) })],
    ];
    const begins = () => random.below(90_000);
    const leg = { ...repository("acme/legs", 77), begins: begins() };
    return [
      ...[...releases, ...others].map((order, index) => ({
        ...{ order, begins: begins() },
        ...repository(`acme/shop-${random.below(6)}`, 100 + index),
      })),
      ...legs.map((order) => ({ ...leg, order })),
    ];
  },
};

function promotion(approved: string): Order {
  return { action: "promote", inputs: { ...always, ...patient, soak: "5s", approved } };
}

function imageOf(version: string): string {
  return `registry.example/shop:${version}`;
}

const always = { service: "shop", drain: "5s" };

function repository(name: string, run: number): Pick<Entrant, "env"> {
  return { env: { GITHUB_REPOSITORY: name, GITHUB_RUN_ID: String(run), GITHUB_JOB: "deploy" } };
}

function one<T>(random: Random, choices: readonly [T, ...T[]]): T {
  return choices[random.below(choices.length)] ?? choices[0];
}

/** A way back in the night, while a release is watched for long. */
const soaking: Contest = {
  ...crowd,
  name: "soaking",
  story: { ...crowd.story, name: "soaking" },
  times: 40,
  limit: ({ order }) => (order.action === "rollback" ? 60_000 : hour),
  entrants: (random) => [
    { order: release("v10", { soak: "30m", ...patient }), begins: 0, ...repository("acme/shop", 1) },
    { order: rollback(), begins: random.below(30_000), ...repository("acme/night", 2) },
    ...(random.below(2) === 0
      ? []
      : [{ order: rollback(), begins: random.below(40_000), ...repository("acme/too", 3) }]),
  ],
};

const pairs = [
  ["a", "b"],
  ["b", "c"],
  ["c", "a"],
] as const;

/** Releases of several services, each of which shares one with every other. */
const overlapping: Contest = {
  name: "overlapping",
  story: {
    ...base,
    name: "overlapping",
    cluster: { ...shared(mall(["a", "b", "c"])), images },
    services: ["a", "b", "c"],
    past: [],
    deed: () => release("v10"),
  },
  times: 20,
  limit: () => hour,
  entrants: (random) =>
    versions.slice(0, 6).map((version, index) => {
      const pair = pairs[index % 3] ?? pairs[0];
      const names = random.below(2) === 0 ? pair : pair.toReversed();
      const spoilt = random.below(6) === 0 ? one(random, ["a", "b", "c"]) : undefined;
      const what = names.map((name) => `${name}=${imageOf(name === spoilt ? "never-ready" : version)}`);
      const inputs = { service: names.join("\n"), images: what.join("\n"), timeout: "20s" };
      return {
        order: release("", { ...patient, ...inputs }),
        begins: random.below(4_000),
        ...repository(`acme/${names.join("-")}`, index),
      };
    }),
};

const both = { service: "a\nb" };

function jointly(version: string, more: Order["inputs"] = {}): Order {
  const what = ["a", "b"].map((name) => `${name}=${imageOf(version)}`);
  return release("", { ...patient, ...both, images: what.join("\n"), ...more });
}

/** Two services that are released and go back together, also by releases that fade while they are watched. */
const joint: Contest = {
  ...overlapping,
  name: "joint",
  story: {
    ...overlapping.story,
    name: "joint",
    cluster: { ...shared(mall(["a", "b"])), images },
    services: ["a", "b"],
    excused: "fading",
    past: [jointly("v2")],
    deed: () => jointly("v3"),
  },
  times: 12,
  limit: ({ order }) => (order.action === "rollback" ? 120_000 : hour),
  entrants: (random) => {
    const orders = [
      ...versions.slice(0, 3).map((version) => jointly(version)),
      jointly("fading", { soak: "15s", previous: one(random, ["keep", "scale-down"]) }),
      ...[rollback(both), rollback(random.below(2) === 0 ? both : { ...both, to: "1" })],
    ];
    return orders.map((order, index) => ({
      ...{ order, begins: random.below(60_000) },
      ...repository(`acme/joint-${random.below(3)}`, index),
    }));
  },
};

export const contests: readonly Contest[] = [crowd, soaking, overlapping, joint];
