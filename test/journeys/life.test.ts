import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { annotation } from "@cutover/release";
import { activeColor, failureOf, history, lockHolder, openShop, replicas } from "./open-shop.ts";
import { versionAt, visit } from "./traffic.ts";

const version = (tag: string) => ({ images: `app=registry.example/shop:${tag}` });

test("three releases and the rollbacks after them lose no request", async () => {
  await using shop = await openShop(undefined, {}, "bundle");
  const { url } = await shop.sandbox.openService("shop", "shop");
  await using visitors = visit(url);
  await using regular = visit(url, { keep: true });

  const second = await shop.deploy(version("v2"));
  assert.deepEqual(standing(second.outputs), ["succeeded", "green", "2", "blue", "1"], second.log);
  assert.equal(await versionAt(url), "v2");
  // Who keeps a connection stays with the old slot, which is kept warm.
  const kept = await regular.leave();
  assert.deepEqual([kept.versions, kept.lost], [["v1"], []]);

  const third = await shop.deploy({ ...version("v3"), drain: "100ms" });
  assert.deepEqual(standing(third.outputs), ["succeeded", "blue", "3", "green", "2"], third.log);

  const back = await shop.rollback({ reason: "prices were wrong" });
  assert.deepEqual(standing(back.outputs), ["succeeded", "green", "2", "blue", "1"], back.log);
  assert.match(back.summary, /prices were wrong/);
  assert.deepEqual(history(shop), ["1 confirmed", "2 confirmed", "3 failed"]);

  const twice = await shop.rollback();
  assert.deepEqual(standing(twice.outputs), ["succeeded", "green", "2", "blue", "1"], twice.log);
  assert.match(twice.log, /An earlier rollback came here\. To go further back, pass a revision number as `to`\./);
  assert.deepEqual(twice.groups, [], "nothing is left to do");

  const first = await shop.rollback({ to: "1" });
  assert.deepEqual(standing(first.outputs), ["succeeded", "blue", "1", "green", ""], first.log);
  assert.deepEqual([activeColor(shop), replicas(shop), lockHolder(shop)], ["blue", { blue: 2, green: 2 }, undefined]);

  const { versions, lost, answers } = await visitors.leave();
  assert.deepEqual([versions, lost], [["v1", "v2", "v3"], []]);
  assert.ok(answers > 100);
});

test("a release says what it did in outputs, summary and report, and writes it on the Service and into the history", async () => {
  await using shop = await openShop(undefined, {}, "bundle");
  const { outputs, droppedOutputs, summary, post, ...run } = await shop.deploy(version("v2"));
  const images = { app: "registry.example/shop:v2" };
  const known = { color: "green", previousColor: "blue", revision: 2, previousRevision: 1, images };
  const { state = "", report = "", services = "", preview: _none, ...plain } = outputs;
  assert.deepEqual(plain, {
    outcome: "succeeded",
    reason: "Service shop serves revision 2 from green",
    color: "green",
    "previous-color": "blue",
    revision: "2",
    "previous-revision": "1",
    images: JSON.stringify(images),
  });
  assert.deepEqual(JSON.parse(state), { version: 1, service: "shop", ...known });
  assert.deepEqual(JSON.parse(services), { shop: { outcome: "succeeded", ...known } });
  assert.deepEqual([droppedOutputs, run.annotations, post?.conclusion, post?.log], [["preview"], [], "success", ""]);
  assert.match(summary, /^## ✅ shop serves revision 2 from green\n\nTraffic moved from blue to green\.\n/);
  const page = readFileSync(report, "utf8");
  assert.match(page, /^<!doctype html>/i);
  assert.ok(page.includes("shop serves revision 2 from green"));
  assert.deepEqual(
    run.groups.map(({ title }) => title),
    [
      "Lock and claim",
      "Record what blue serves now",
      "Mark revision 1 confirmed",
      "Record the release for green",
      "Prepare green with revision 2",
      "Wait until green is ready",
      "Probe the preview pods of green",
      "Switch traffic from blue to green",
      "Confirm that green serves revision 2",
      "Soak green",
      "Mark revision 2 confirmed",
    ],
  );
  const { store } = shop.sandbox.registry;
  const { annotations = {}, uid } = store.get("Service", "shop", "shop")?.metadata ?? {};
  assert.equal(annotations[annotation.revision], "2");
  const { switchedAt, run: runPage, ...written } = JSON.parse(annotations[annotation.state] ?? "");
  const identity = { commit: "4b825dc642cb6eb9a060e54bf8d69288fbee4904", actor: "octocat" };
  assert.deepEqual(written, { version: 1, ...known, ...identity });
  assert.ok(Date.parse(switchedAt) <= Date.now());
  assert.match(runPage, /^https:\/\/github\.com\/acme\/shop\/actions\/runs\/\d+\/attempts\/1$/);
  const entry = store.get("ControllerRevision", "shop", "cutover-shop-2");
  assert.equal(entry?.metadata.ownerReferences?.[0]?.uid, uid);
  assert.deepEqual(entry?.metadata.labels, { [annotation.service]: "shop" }, "no label of the application");
});

test("a second run of the same release finds nothing to do and writes nothing", async () => {
  await using shop = await openShop();
  await shop.deploy(version("v2"));
  const { requests } = shop.sandbox;
  const seen = requests.length;
  const again = await shop.deploy(version("v2"));
  assert.deepEqual(standing(again.outputs), ["succeeded", "green", "2", "blue", "1"], again.log);
  assert.deepEqual(
    requests.slice(seen).filter(({ isWrite }) => isWrite),
    [],
  );
});

test("a rollback to a revision that is none is refused, and says which there are", async () => {
  await using shop = await openShop();
  await shop.deploy(version("v2"));
  const refused = await shop.rollback({ to: "7" });
  assert.deepEqual(standing(refused.outputs), ["refused", "green", "2", "blue", "1"]);
  assert.equal(
    failureOf(refused),
    "Service shop has no confirmed revision 7\nTraffic stayed on green (revision 2); nothing was switched.\nWhat to do: Revisions that were confirmed: 1. Pass one of them as `to`.",
  );
});

function standing(outputs: Readonly<Record<string, string>>): (string | undefined)[] {
  return ["outcome", "color", "revision", "previous-color", "previous-revision"].map((name) => outputs[name]);
}
