import assert from "node:assert/strict";
import { test } from "node:test";
import { at, type JsonObject } from "../json.ts";
import type { Sandbox } from "../sandbox.ts";
import { ask, virtualSandbox } from "../test-shop.ts";
import { watchEvents } from "../watch.test-kit.ts";
import { laggingReplica, stale } from "./stale-reads.ts";

const map = (name: string, x: string): JsonObject => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, namespace: "shop" },
  data: { x },
});
const shop = () => virtualSandbox({ objects: [map("a", "1"), map("b", "1")] });
const write = (sandbox: Sandbox, name: string, x: string) =>
  ask(sandbox, `merge v1 configmaps/${name}`, { data: { x } });
const read = async (sandbox: Sandbox, name = "a") =>
  at((await ask(sandbox, `GET v1 configmaps/${name}`)).body, "data", "x");

async function list(sandbox: Sandbox): Promise<string[]> {
  const { body } = await ask(sandbox, "GET v1 configmaps");
  return (body.items as JsonObject[]).map((item) => `${at(item, "metadata", "name")}=${at(item, "data", "x")}`);
}

test("reads what was there so many changes ago, and then the present again", async () => {
  await using sandbox = await shop();
  await write(sandbox, "a", "2");
  await write(sandbox, "a", "3");
  sandbox.fault({ what: stale({ changes: 1 }) });
  sandbox.fault({ when: { nth: 2 }, what: stale({ changes: 2 }) });
  assert.deepEqual([await read(sandbox), await read(sandbox), await read(sandbox)], ["2", "1", "3"]);
});

test("lists objects that are gone, and none that is new", async () => {
  await using sandbox = await shop();
  const { resourceVersion } = sandbox.registry.store;
  await ask(sandbox, "DELETE v1 configmaps/b");
  await ask(sandbox, "POST v1 configmaps", map("c", "1"));
  await write(sandbox, "a", "2");
  sandbox.fault({ when: { verb: "list" }, what: stale({ resourceVersion }) });
  assert.deepEqual(await list(sandbox), ["a=1", "b=1"]);
  assert.deepEqual(await list(sandbox), ["a=2", "c=1"]);
});

test("a write that meets a stale read is judged by the present", async () => {
  await using sandbox = await shop();
  await write(sandbox, "a", "2");
  sandbox.fault({ what: stale({ changes: 1 }), times: 2 });
  const { body } = await ask(sandbox, "GET v1 configmaps/a");
  const { status } = await ask(sandbox, "merge v1 configmaps/a", { metadata: body.metadata, data: { x: "9" } });
  assert.equal(status, 409);
});

test("a lagging replica learns of each change later, for as long as it is asked", async () => {
  await using sandbox = await shop();
  const replica = sandbox.fault({
    what: laggingReplica(sandbox.registry, 5_000),
    when: { isWrite: false },
    times: Number.POSITIVE_INFINITY,
  });
  await write(sandbox, "a", "2");
  await sandbox.clock.advance(3_000);
  await write(sandbox, "b", "2");
  assert.deepEqual(await list(sandbox), ["a=1", "b=1"]);
  await sandbox.clock.advance(2_000);
  assert.deepEqual(await list(sandbox), ["a=2", "b=1"]);
  replica.end();
  assert.deepEqual(await list(sandbox), ["a=2", "b=2"]);
});

test("a watch of a lagging replica tells late, and nothing that its client knows", async () => {
  await using sandbox = await shop();
  const what = laggingReplica(sandbox.registry, 5_000);
  await write(sandbox, "a", "2");
  const known = sandbox.registry.store.resourceVersion;
  sandbox.fault({ when: { verb: "watch" }, what });
  const stream = watchEvents(sandbox, `resourceVersion=${known}`);
  const first = stream.next();
  while (sandbox.requests.at(-1)?.verb !== "watch") await new Promise((resolve) => setImmediate(resolve));
  await write(sandbox, "a", "3");
  await sandbox.clock.advance(5_000);
  assert.deepEqual(at((await first).value, "object", "data", "x"), "3");
  await stream.return(undefined);
});

test("a frozen replica never learns", async () => {
  await using sandbox = await shop();
  sandbox.fault({ what: laggingReplica(sandbox.registry, Number.POSITIVE_INFINITY), times: Number.POSITIVE_INFINITY });
  await write(sandbox, "a", "2");
  await sandbox.clock.advance(1e9);
  assert.equal(await read(sandbox), "1");
});
