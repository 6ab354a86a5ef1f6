/**
 * Every single fault at every request of one good release. `npm test` draws some of them by a seed; `SWEEP=all` runs each, and
 * `SWEEP=FAULT@REQUEST`, as a failure prints it, one.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isCutoverError, type Outcome } from "@cutover/release";
import {
  answer,
  at,
  cut,
  type Delivery,
  hang,
  type LoggedRequest,
  late,
  recreate,
  spoil,
  stale,
  trickle,
  twice,
  type What,
  watchCloses,
  watchErrs,
  watchGoesBack,
  watchStalls,
  webhookDenial,
  webhookTimeout,
} from "@cutover/sandbox";
import { active, openShop, type Shop } from "./engine.test-kit.ts";
import { namespace } from "./shop-objects.test-kit.ts";
import { type Standing, standing } from "./standing.test-kit.ts";

interface Group {
  /** The requests that these faults mean something to. */
  fits(request: LoggedRequest): boolean;
  /** Whether the release may end without arriving; then traffic stays where it was good, and the next run arrives. */
  isLasting: boolean;
  faults: readonly What[];
}

const groups: readonly Group[] = [
  {
    fits: () => true,
    isLasting: false,
    faults: [
      answer(429),
      answer(429, { retryAfter: 7 }),
      answer(429, { retryAfter: "Tue, 01 Jan 2030 00:00:20 GMT" }),
      answer(500),
      answer(502, { isHtml: true }),
      answer(503, { retryAfter: 2 }),
      answer(504, { afterCommit: true }),
      answer(404),
      cut("unread"),
      cut("before-commit"),
      cut("after-commit"),
      hang("before-commit"),
      hang("after-commit"),
      spoil("cut"),
      spoil("short"),
      spoil("half"),
      spoil("gzip"),
      spoil("stall"),
      trickle("headers", 1_000),
    ],
  },
  {
    fits: ({ isWrite }) => isWrite,
    isLasting: false,
    faults: [answer(409), late(5_000), late(30_000), late(30_000, "hang"), late(90_000, { code: 504 }), twice()],
  },
  {
    fits: ({ verb }) => verb === "watch",
    isLasting: false,
    faults: [watchCloses(0), watchErrs(0), watchGoesBack(), watchStalls(1), answer(410)],
  },
  {
    // Two minutes of trickling are all the time that this release has; and once there was no Service.
    fits: ({ isWrite }) => !isWrite,
    isLasting: true,
    faults: [trickle("body", 1_000), stale({ changes: 1 }), stale({ changes: 3 })],
  },
  {
    fits: ({ isWrite }) => isWrite,
    isLasting: true,
    faults: [
      answer(422),
      webhookDenial("policy.example.com", "no", 400),
      webhookDenial("policy.example.com", "no", 403),
      webhookTimeout("policy.example.com"),
    ],
  },
  { fits: () => true, isLasting: true, faults: [answer(401), answer(403), recreated(), edited()] },
];

const drift: readonly string[] = ["recreated", "edited"];
const green = { kind: "Deployment", namespace, name: "shop-green" } as const;

/** Whoever does that to a slot that serves has lost its pods; the idle one must only never be switched to as it is. */
function recreated(): What {
  return unlessActive("recreated", ({ registry }) => recreate(registry, green));
}

function edited(): What {
  return unlessActive("edited", ({ registry }) =>
    registry.update(green, (live) => withImage(live, "shop:never"), { manager: "kubectl-edit" }),
  );
}

function unlessActive(name: string, meddle: (delivery: Delivery) => unknown): What {
  const untilSwitched = (delivery: Delivery): void => {
    const { spec } = delivery.registry.store.get("Service", namespace, "shop") ?? {};
    if (spec?.selector?.color === "blue") meddle(delivery);
  };
  return { ...at("before-commit", untilSwitched), name };
}

function withImage<T extends { spec: { template: { spec: { containers: readonly object[] } } } }>(
  live: T,
  image: string,
): T {
  const { template } = live.spec;
  const containers = template.spec.containers.map((container) => ({ ...container, image }));
  return { ...live, spec: { ...live.spec, template: { ...template, spec: { ...template.spec, containers } } } };
}

const ends: readonly Outcome[] = ["failed", "timed-out", "refused", "superseded", "rolled-back"];

interface Point {
  what: What;
  /** From the first of the release, which is 1. */
  request: number;
  isLasting: boolean;
}

const nameOf = ({ what, request }: Point) => `${what.name}@${request}`;

/** Calls `check` on every state of the cluster in which something has changed that traffic depends on. */
function guard(shop: Shop): string[] {
  const { store } = shop.sandbox.registry;
  const wrong: string[] = [];
  store.subscribe(({ kind, resourceVersion }) => {
    if (kind !== "Service" && kind !== "Pod") return;
    const color = active(shop);
    const ready = store.list("Pod", namespace).filter(({ metadata: { labels, deletionTimestamp }, status }) => {
      const isReady = status?.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True");
      return labels?.color === color && deletionTimestamp === undefined && isReady === true;
    });
    if (ready.length === 0) wrong.push(`${String(color)} has no ready pod at resourceVersion ${resourceVersion}`);
  });
  return wrong;
}

async function struck(point: Point, expected: Standing, first: number): Promise<void> {
  await using shop = await openShop();
  const wrong = guard(shop);
  shop.sandbox.fault({ when: { request: first + point.request }, what: point.what });
  const outcome = await shop
    .release("shop:2", { wanted: { previous: "scale-down" } })
    .then((ending) => ({ name: ending.outcome, reason: ending.reason }))
    .catch((error: unknown) => {
      // Only a run that could not look at the cluster even once has no ending.
      if (!isCutoverError(error)) throw error;
      return { name: "failed" as const, reason: error.message };
    });
  const allowed: readonly Outcome[] = point.isLasting ? ["succeeded", ...ends] : ["succeeded"];
  assert.ok(allowed.includes(outcome.name), `${outcome.name}: ${outcome.reason}`);
  await shop.pass(100_000);
  if (outcome.name !== "succeeded") {
    const again = await shop.release("shop:2", { wanted: { previous: "scale-down" } });
    assert.equal(again.outcome, "succeeded", again.reason);
    await shop.pass(3_000);
  }
  const isDrift = drift.includes(point.what.name);
  // Nothing but the Service is a precondition of the switch: who takes the slot away just then wins, until the switch back.
  if (!isDrift || outcome.name !== "rolled-back") assert.deepEqual(wrong, []);
  // A run that failed after the switch left green serving, and the next one took blue.
  if (!point.isLasting) assert.equal(active(shop), "green");
  if (!isDrift && outcome.name === "succeeded") assert.deepEqual(standing(shop), expected);
}

/** The release when nothing goes wrong: how many requests came before it, its own, and what then stands. */
async function learned(): Promise<{ first: number; requests: readonly LoggedRequest[]; expected: Standing }> {
  await using shop = await openShop();
  const first = shop.sandbox.requests.length;
  const ending = await shop.release("shop:2", { wanted: { previous: "scale-down" } });
  assert.equal(ending.outcome, "succeeded", ending.reason);
  const requests = shop.sandbox.requests.slice(first);
  await shop.pass(100_000);
  return { first, requests, expected: standing(shop) };
}

function drawn(all: readonly Point[], count: number, seed: number): readonly Point[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return all[Math.floor((state / 2 ** 31) * all.length)];
  }).filter((point) => point !== undefined);
}

test("a release that any one fault strikes at any request keeps traffic on ready pods, and arrives", async () => {
  const { first, requests, expected } = await learned();
  assert.ok(requests.length > 40, `${requests.length} requests`);
  const all = groups.flatMap(({ fits, isLasting, faults }) =>
    requests.flatMap((one, index) =>
      fits(one) ? faults.map((what) => ({ what, isLasting, request: index + 1 })) : [],
    ),
  );
  const { SWEEP: asked = "" } = process.env;
  const one = all.filter((point) => nameOf(point) === asked);
  const points = asked === "all" ? all : one.length > 0 ? one : drawn(all, 16, Number(asked) || 20_261_121);
  const failures: string[] = [];
  for (const point of points) {
    await struck(point, expected, first).catch((error: unknown) => {
      failures.push(`SWEEP='${nameOf(point)}': ${error instanceof Error ? error.message : String(error)}`);
    });
  }
  assert.equal(failures.length, 0, `${failures.length} of ${points.length}:\n${failures.join("\n\n")}`);
});
