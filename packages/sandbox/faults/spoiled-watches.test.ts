import assert from "node:assert/strict";
import { test } from "node:test";
import { at, type JsonObject } from "../json.ts";
import { ask, virtualSandbox } from "../test-shop.ts";
import { watchEvents } from "../watch.test-kit.ts";
import type { What } from "./fault.ts";
import { recreate } from "./meddling.ts";
import {
  watchCloses,
  watchCrumbles,
  watchErrs,
  watchGathers,
  watchGoesBack,
  watchRepeats,
  watchStalls,
  watchSwells,
  watchWithoutBookmarks,
} from "./spoiled-watches.ts";

const map = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a", namespace: "shop" }, data: { x: "ü1" } };
const honest = ["ADDED ü1", "MODIFIED ü2", "BOOKMARK ", "end"];

const rows: readonly (readonly [What, readonly string[]])[] = [
  [watchCloses(0), ["end"]],
  [watchCloses(1), ["ADDED ü1", "end"]],
  [watchErrs(0), ["ERROR 410", "end"]],
  [watchErrs(1, 500), ["ADDED ü1", "ERROR 500", "end"]],
  [watchStalls(0), []],
  [watchStalls(1), ["ADDED ü1"]],
  [watchWithoutBookmarks(), ["ADDED ü1", "MODIFIED ü2", "end"]],
  [watchRepeats(), ["ADDED ü1", "ADDED ü1", "MODIFIED ü2", "MODIFIED ü2", "BOOKMARK ", "BOOKMARK ", "end"]],
  [watchGoesBack(), ["ADDED ü1", "MODIFIED ü2", "ADDED ü1", "BOOKMARK ", "end"]],
  [watchGathers(2), ["ADDED ü1", "MODIFIED ü2", "end"]],
  [watchCrumbles(), honest],
  [watchSwells(100_000), honest],
];

function told({ type, object }: JsonObject): string {
  return `${String(type)} ${String(at(object, "data", "x") ?? at(object, "code") ?? "")}`;
}

for (const [what, expected] of rows) {
  test(what.name, async () => {
    await using sandbox = await virtualSandbox({ objects: [map] });
    sandbox.fault({ when: { verb: "watch" }, what });
    const seen: string[] = [];
    const sizes: number[] = [];
    const watching = (async () => {
      for await (const event of watchEvents(sandbox, "allowWatchBookmarks=true&timeoutSeconds=3")) {
        seen.push(told(event));
        sizes.push(JSON.stringify(event).length);
      }
      seen.push("end");
    })().catch(() => undefined);
    while (sandbox.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await ask(sandbox, "merge v1 configmaps/a", { data: { x: "ü2" } });
    const isStalled = what.name.includes("stalls");
    if (isStalled) while (seen.length < expected.length) await new Promise((resolve) => setImmediate(resolve));
    await sandbox.clock.advance(isStalled ? 2_900 : 3_000);
    if (!isStalled) await watching;
    assert.deepEqual(seen, expected);
    assert.equal(Math.max(...sizes) > 100_000, what.name.includes("swells"));
    assert.deepEqual(sandbox.requests[0]?.faults, [what.name]);
  });
}

test("an object comes back as another one, with what it was", async () => {
  await using sandbox = await virtualSandbox({ objects: [map] });
  const target = { kind: "ConfigMap", namespace: "shop", name: "a" } as const;
  const before = sandbox.registry.store.get(target.kind, target.namespace, target.name);
  const after = recreate(sandbox.registry, target);
  assert.notEqual(after.metadata.uid, before?.metadata.uid);
  assert.deepEqual(after.data, before?.data);
});
