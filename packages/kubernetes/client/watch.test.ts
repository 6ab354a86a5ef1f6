import assert from "node:assert/strict";
import { test } from "node:test";
import type { WatchEvent } from "./model.ts";
import { json, type Reply, refusal, scriptedApi, serviceShop, silence, testClient } from "./scripted-api.ts";

const services = { apiVersion: "v1", kind: "Service", namespace: "prod", labelSelector: "app=shop" };
const added = { type: "ADDED", object: serviceShop("8") };
const bookmark = {
  type: "BOOKMARK",
  object: { apiVersion: "v1", kind: "Service", metadata: { resourceVersion: "9" } },
};

/** Lines of a watch; then the answer ends, unless `end` is something else. */
function events(lines: readonly unknown[], end: "close" | "reset" | "silence" = "close"): Reply {
  return (response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.write(lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join(""), () => {
      if (end === "close") response.end();
      if (end === "reset") response.socket?.resetAndDestroy();
    });
  };
}

async function collect(watch: AsyncIterable<WatchEvent>): Promise<{ seen: WatchEvent[]; error?: unknown }> {
  const seen: WatchEvent[] = [];
  try {
    for await (const event of watch) seen.push(event);
    return { seen };
  } catch (error) {
    return { seen, error };
  }
}

test("asks for bookmarks and an end of its own, and returns when the server ends it", async () => {
  await using api = await scriptedApi([events([added, bookmark])]);
  const client = await testClient(api.url);
  const { seen, error } = await collect(client.watch(services, "7"));
  assert.equal(error, undefined);
  assert.deepEqual(seen, [added, { type: "BOOKMARK", resourceVersion: "9" }]);
  const query = Object.fromEntries(new URLSearchParams(api.requests[0]?.path.split("?")[1]));
  assert.deepEqual(query, {
    watch: "true",
    allowWatchBookmarks: "true",
    resourceVersion: "7",
    labelSelector: "app=shop",
    timeoutSeconds: "30",
  });
  await client.close();
});

test("puts events together that come in pieces", async () => {
  const text = Buffer.from(`${JSON.stringify({ ...added, object: { ...serviceShop(), note: "grün" } })}\n`);
  const reply: Reply = (response) => {
    response.writeHead(200);
    for (const byte of text) response.write(Buffer.of(byte));
    response.end('{"type":"ADDED","obj');
  };
  await using api = await scriptedApi([reply]);
  const client = await testClient(api.url);
  const { seen, error } = await collect(client.watch(services, "7"));
  assert.equal(error, undefined);
  assert.deepEqual(seen, [{ type: "ADDED", object: { ...serviceShop(), note: "grün" } }]);
  await client.close();
});

const gone = {
  type: "ERROR",
  object: { kind: "Status", code: 410, reason: "Expired", message: "too old resource version" },
};

test("calls a forgotten resourceVersion expired, as an answer and inside the stream", async () => {
  await using api = await scriptedApi([refusal(410, "Gone"), events([added, gone])]);
  const client = await testClient(api.url);
  for (const expected of [0, 1]) {
    const { seen, error } = await collect(client.watch(services, "7"));
    assert.equal(seen.length, expected);
    assert.ok(error instanceof Error && "code" in error && "hint" in error);
    assert.deepEqual([error.code, error.hint], ["conflict", "expired"]);
  }
  await client.close();
});

const breaking: readonly (readonly [string, Reply])[] = [
  ["is reset", events([added], "reset")],
  ["stays silent", events([added], "silence")],
  ["sends what is no event", events([added, "{]"])],
  ["sends an event of an unknown type", events([added, { type: "SURPRISE", object: serviceShop() }])],
  [
    "reports an error of its own",
    events([added, { type: "ERROR", object: { kind: "Status", code: 500, message: "etcd" } }]),
  ],
];

for (const [what, reply] of breaking) {
  test(`ends in unavailable when the server ${what}, after what was told before`, async () => {
    await using api = await scriptedApi([reply]);
    const client = await testClient(api.url, { limits: { watchIdle: 1_000 } });
    const { seen, error } = await collect(client.watch(services, "7"));
    assert.deepEqual(seen, [added]);
    assert.ok(error instanceof Error && "code" in error);
    assert.equal(error.code, "unavailable");
    await client.close();
  });
}

test("ends in unavailable when the server never answers", async () => {
  await using api = await scriptedApi(silence);
  const client = await testClient(api.url, { limits: { readHeaders: 100 } });
  const { error } = await collect(client.watch(services, "7"));
  assert.ok(error instanceof Error && "code" in error);
  assert.equal(error.code, "unavailable");
  await client.close();
});

test("returns when its signal ends it, before the answer and after", async () => {
  for (const reply of [silence, events([], "silence")]) {
    await using api = await scriptedApi(reply);
    const client = await testClient(api.url);
    const { error } = await collect(client.watch(services, "7", { signal: AbortSignal.timeout(50) }));
    assert.equal(error, undefined);
    await client.close();
  }
});

test("closes its connection when the reader has enough", async () => {
  const closed = Promise.withResolvers<void>();
  await using api = await scriptedApi([
    (response, request) => {
      response.on("close", () => closed.resolve());
      events([added], "silence")(response, request);
    },
  ]);
  const client = await testClient(api.url);
  for await (const event of client.watch(services, "7")) {
    assert.equal(event.type, "ADDED");
    break;
  }
  await closed.promise;
  await client.close();
});

test("says so when watching is forbidden", async () => {
  await using api = await scriptedApi([refusal(403, "Forbidden"), json({})]);
  const client = await testClient(api.url);
  const { error } = await collect(client.watch(services, "7"));
  assert.ok(error instanceof Error && "code" in error);
  assert.equal(error.code, "forbidden");
  await client.close();
});
