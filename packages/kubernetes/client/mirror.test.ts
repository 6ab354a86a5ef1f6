import assert from "node:assert/strict";
import { test } from "node:test";
import type { Client } from "./client.ts";
import { type Mirror, openMirror } from "./mirror.ts";
import {
  type InstantClock,
  instantClock,
  json,
  type Reply,
  refusal,
  reset,
  type ScriptedApi,
  scriptedApi,
  serviceShop,
  testClient,
} from "./scripted-api.ts";

const services = { apiVersion: "v1", kind: "Service", namespace: "prod" };

function list(resourceVersion: string, items = [serviceShop(resourceVersion)]): Reply {
  return json({ metadata: { resourceVersion }, items });
}

/** A watch that tells these events and ends, or stays open. */
function tells(lines: readonly object[], isOpen = false): Reply {
  return (response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.write(lines.map((line) => `${JSON.stringify(line)}\n`).join(""), () => {
      if (!isOpen) response.end();
    });
  };
}

const modified = (resourceVersion: string) => ({ type: "MODIFIED", object: serviceShop(resourceVersion) });
const bookmark = (resourceVersion: string) => ({
  type: "BOOKMARK",
  object: { ...serviceShop(resourceVersion), metadata: { resourceVersion } },
});
const open: Reply = tells([], true);

interface Opened {
  api: ScriptedApi;
  client: Client;
  clock: InstantClock;
  mirror: Mirror;
}

/** Opens a mirror on a scripted server, and closes both after `body`. */
async function mirrored(script: readonly Reply[], body: (opened: Opened) => Promise<void>): Promise<void> {
  await using api = await scriptedApi([...script, open]);
  const clock = instantClock();
  const client = await testClient(api.url, { limits: { watchIdle: 60_000 } });
  const stop = new AbortController();
  const mirror = await openMirror(client, services, { clock, signal: stop.signal });
  try {
    await body({ api, client, clock, mirror });
  } finally {
    stop.abort();
    await client.close();
  }
}

/** Waits for changes until the one item has this resourceVersion. */
async function until(mirror: Mirror, resourceVersion: string): Promise<void> {
  while (mirror.items()[0]?.metadata.resourceVersion !== resourceVersion) await mirror.changed();
}

const watchedFrom = ({ requests }: ScriptedApi) =>
  requests
    .filter(({ path }) => path.includes("watch=true"))
    .map(({ path }) => new URLSearchParams(path.split("?")[1]).get("resourceVersion"));

test("shows what the list held, then what the watch tells", () =>
  mirrored(
    [
      list("7"),
      tells(
        [
          modified("8"),
          { type: "ADDED", object: { ...serviceShop("9"), metadata: { name: "b", uid: "u2", resourceVersion: "9" } } },
        ],
        true,
      ),
    ],
    async ({ mirror, api }) => {
      assert.deepEqual(mirror.items(), [serviceShop("7")]);
      await until(mirror, "8");
      while (mirror.items().length < 2) await mirror.changed();
      assert.deepEqual(
        mirror.items().map(({ metadata }) => metadata.name),
        ["shop", "b"],
      );
      assert.deepEqual(watchedFrom(api), ["7"]);
    },
  ));

test("forgets what is deleted", () =>
  mirrored([list("7"), tells([{ type: "DELETED", object: serviceShop("8") }], true)], async ({ mirror }) => {
    await mirror.changed();
    assert.deepEqual(mirror.items(), []);
  }));

test("watches on from the last resourceVersion, bookmarks included, at once after a watch that told something", () =>
  mirrored(
    [list("7"), tells([modified("8"), bookmark("20")]), tells([modified("21")])],
    async ({ mirror, api, clock }) => {
      await until(mirror, "21");
      assert.deepEqual(watchedFrom(api).slice(0, 2), ["7", "20"]);
      assert.deepEqual(clock.sleeps, []);
    },
  ));

test("does not go back to what an older event tells", () =>
  mirrored(
    [list("7"), tells([modified("10"), modified("9"), bookmark("8"), { type: "DELETED", object: serviceShop("9") }])],
    async ({ mirror, api }) => {
      await until(mirror, "10");
      while (watchedFrom(api).length < 2) await new Promise((resolve) => setImmediate(resolve));
      assert.deepEqual(mirror.items(), [serviceShop("10")]);
      assert.deepEqual(watchedFrom(api), ["7", "10"]);
    },
  ));

test("waits longer and longer while watches break, and goes on where it was", () =>
  mirrored([list("7"), reset, reset, reset, tells([modified("8")])], async ({ mirror, api, clock }) => {
    await until(mirror, "8");
    assert.deepEqual(watchedFrom(api).slice(0, 4), ["7", "7", "7", "7"]);
    assert.deepEqual(clock.sleeps.slice(0, 3), [250, 500, 1_000]);
  }));

const gone = { type: "ERROR", object: { kind: "Status", code: 410, reason: "Expired", message: "too old" } };

for (const [where, reply] of [
  ["as an answer", refusal(410, "Gone")],
  ["inside the stream", tells([gone])],
] as const) {
  test(`lists again when the server has forgotten its resourceVersion, told ${where}`, () =>
    mirrored([list("7"), reply, list("30"), tells([modified("31")])], async ({ mirror, api }) => {
      await mirror.changed();
      assert.deepEqual(mirror.items(), [serviceShop("30")]);
      await until(mirror, "31");
      assert.deepEqual(watchedFrom(api).slice(0, 2), ["7", "30"]);
    }));
}

test("lists every two seconds where watching is forbidden, and tells only of changes", () =>
  mirrored(
    [
      list("7"),
      refusal(403, "Forbidden"),
      list("7"),
      list("7"),
      json({ metadata: { resourceVersion: "9" }, items: [serviceShop("8")] }),
    ],
    async ({ mirror, clock, api }) => {
      await mirror.changed();
      assert.deepEqual(mirror.items(), [serviceShop("8")]);
      assert.deepEqual(clock.sleeps.slice(0, 3), [2_000, 2_000, 2_000]);
      assert.equal(watchedFrom(api).length, 1);
    },
  ));

test("passes on what the server refuses for good, to whoever waits now and later", () =>
  mirrored([list("7"), refusal(401, "Unauthorized")], async ({ mirror }) => {
    await assert.rejects(mirror.changed(), { code: "unauthorized" });
    await assert.rejects(mirror.changed(), { code: "unauthorized" });
  }));

test("fails to open where listing is forbidden", async () => {
  await using api = await scriptedApi([refusal(403, "Forbidden")]);
  const client = await testClient(api.url);
  await assert.rejects(openMirror(client, services, { clock: instantClock() }), { code: "forbidden" });
  await client.close();
});

test("lets waiters go when it is closed, and asks no more", () =>
  mirrored([list("7"), open], async ({ mirror, api }) => {
    const waiting = mirror.changed();
    mirror.close();
    await waiting;
    assert.ok(api.requests.length <= 2);
  }));

test("closes with its signal", async () => {
  await using api = await scriptedApi([list("7"), open]);
  const client = await testClient(api.url);
  const stop = new AbortController();
  const mirror = await openMirror(client, services, { clock: instantClock(), signal: stop.signal });
  const waiting = mirror.changed();
  stop.abort();
  await waiting;
  await client.close();
});
