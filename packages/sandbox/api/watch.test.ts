import assert from "node:assert/strict";
import { test } from "node:test";
import { type JsonObject, objectAt } from "../json.ts";
import { ask, virtualSandbox } from "../test-shop.ts";
import { watchEvents } from "../watch.test-kit.ts";

function summary({ type, object }: JsonObject): string {
  return `${String(type)} ${String(objectAt(object, "metadata").name ?? "")}`.trim();
}

async function take(stream: AsyncGenerator<JsonObject>, count: number): Promise<string[]> {
  const seen: string[] = [];
  for await (const event of stream) {
    seen.push(summary(event));
    if (seen.length === count) break;
  }
  return seen;
}

function map(name: string, labels: JsonObject = {}): JsonObject {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "shop", labels } };
}

test("tells what happened since a resourceVersion, and goes on", async () => {
  await using sandbox = await virtualSandbox({ objects: [map("a")] });
  const { body } = await ask(sandbox, "GET v1 configmaps");
  await ask(sandbox, "POST v1 configmaps", map("b"));
  const stream = take(watchEvents(sandbox, `resourceVersion=${String(objectAt(body, "metadata").resourceVersion)}`), 3);
  await ask(sandbox, "merge v1 configmaps/b", { data: { x: "1" } });
  await ask(sandbox, "DELETE v1 configmaps/b");
  assert.deepEqual(await stream, ["ADDED b", "MODIFIED b", "DELETED b"]);
});

test("an object that stops matching the selector is deleted for the watcher", async () => {
  await using sandbox = await virtualSandbox({ objects: [map("a", { color: "blue" }), map("z", { color: "red" })] });
  const stream = watchEvents(sandbox, `labelSelector=${encodeURIComponent("color in (blue, green)")}`);
  const first = await stream.next();
  assert.equal(summary(first.value), "ADDED a");
  await ask(sandbox, "merge v1 configmaps/a", { metadata: { labels: { color: "red" } } });
  await ask(sandbox, "merge v1 configmaps/z", { metadata: { labels: { color: "green" } } });
  assert.deepEqual(await take(stream, 2), ["DELETED a", "ADDED z"]);
});

test("tells bookmarks, and ends with one when its time is over", async () => {
  await using sandbox = await virtualSandbox({ objects: [map("a")] });
  const stream = watchEvents(sandbox, "allowWatchBookmarks=true&timeoutSeconds=12");
  const first = await stream.next();
  assert.equal(summary(first.value), "ADDED a");
  await sandbox.clock.advance(12_000);
  assert.deepEqual(await take(stream, 5), ["BOOKMARK", "BOOKMARK", "BOOKMARK"]);
});

test("says 410 in the stream when the resourceVersion is too old", async () => {
  await using sandbox = await virtualSandbox({ objects: [map("a")] });
  const since = sandbox.registry.store.resourceVersion;
  await ask(sandbox, "merge v1 configmaps/a", { data: { x: "1" } });
  sandbox.registry.store.compact();
  const stream = watchEvents(sandbox, `resourceVersion=${since}`);
  const { value } = await stream.next();
  assert.equal(value.type, "ERROR");
  assert.deepEqual([objectAt(value, "object").code, objectAt(value, "object").reason], [410, "Expired"]);
});

test("lists in pages, by label and by name", async () => {
  await using sandbox = await virtualSandbox({ objects: [map("a"), map("b"), map("c", { x: "y" })] });
  const first = await ask(sandbox, "GET v1 configmaps?limit=2");
  const { continue: token, remainingItemCount } = objectAt(first.body, "metadata");
  assert.equal(remainingItemCount, 1);
  const second = await ask(sandbox, `GET v1 configmaps?limit=2&continue=${String(token)}`);
  const names = (body: JsonObject) => (body.items as JsonObject[]).map((item) => objectAt(item, "metadata").name);
  assert.deepEqual([names(first.body), names(second.body)], [["a", "b"], ["c"]]);
  const labeled = await ask(sandbox, `GET v1 configmaps?labelSelector=${encodeURIComponent("x,x notin (z)")}`);
  const named = await ask(sandbox, "GET v1 configmaps?fieldSelector=metadata.name%3Da");
  assert.deepEqual([names(labeled.body), names(named.body)], [["c"], ["a"]]);
});
