import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { openShop } from "./open-shop.ts";

/** Enough for a release, and nothing beyond its namespace but that namespace itself. */
const ofTheRelease = [
  {
    verbs: ["get", "list", "watch", "create", "patch", "delete"],
    apiGroups: ["*"],
    resources: ["*"],
    namespaces: ["shop"],
  },
  { verbs: ["get"], apiGroups: [""], resources: ["namespaces"] },
];

test("a preflight tells what stands, and changes nothing", async () => {
  await using shop = await openShop();
  shop.sandbox.setRules(ofTheRelease);
  const before = shop.sandbox.registry.store.resourceVersion;
  const { exitCode, outputs, log, summary } = await shop.start("preflight", { skip: "images, platforms" }).ended;
  assert.equal(exitCode, 0, log);
  assert.equal(outputs.verdict, "pass");
  const { summary: sentence = "", report = "", "previous-images": previousImages = "" } = outputs;
  assert.match(sentence, /^All \d+ checks passed$/);
  assert.deepEqual([outputs.color, outputs["next-color"]], ["blue", "green"]);
  assert.deepEqual(JSON.parse(previousImages), { app: "registry.example/shop:v1" });
  assert.match(summary, /## ✅ Preflight of shop/);
  assert.match(readFileSync(report, "utf8"), /Preflight of shop/);
  assert.equal(shop.sandbox.registry.store.resourceVersion, before);
});

test("a failed check fails the step with what to do, unless it is overridden with a reason", async () => {
  await using shop = await openShop();
  const wrong = { namespace: "elsewhere", checks: "namespace" };
  const failed = await shop.start("preflight", wrong).ended;
  assert.equal(failed.exitCode, 1);
  assert.match(failed.log, /1 of 1 checks failed: namespace\n.*does not exist/);
  assert.match(failed.log, /What to do: kubectl create namespace elsewhere/);
  const why = { override: "namespace", "override-reason": "the release makes it" };
  const allowed = await shop.start("preflight", { ...wrong, ...why }).ended;
  assert.equal(allowed.exitCode, 0, allowed.log);
  assert.equal(allowed.outputs.verdict, "warn");
  assert.match(allowed.summary, /Overridden: the release makes it/);
  const strict = await shop.start("preflight", { ...wrong, ...why, "fail-on": "warn" }).ended;
  assert.equal(strict.exitCode, 1);
});

test("an override without a reason, and checks that there are not, are refused before any request", async () => {
  await using shop = await openShop();
  const asked = shop.sandbox.requests.length;
  const { exitCode, log, outputs } = await shop.start("preflight", { override: "lock", skip: "luck" }).ended;
  assert.equal(exitCode, 1);
  assert.match(log, /override-reason: expected a reason/);
  assert.match(log, /skip: there is no check "luck"/);
  assert.equal(outputs.verdict, "fail");
  assert.equal(shop.sandbox.requests.length, asked);
});

test("manifests that cannot be read are told once, and not by every check that would have read them", async () => {
  await using shop = await openShop();
  shop.checkOut({ "shop.yaml": "kind: [" });
  const { exitCode, outputs, log } = await shop.start("preflight", { manifests: "shop.yaml" }).ended;
  assert.equal(exitCode, 1);
  assert.match(`${outputs.summary}`, /^1 of \d+ checks failed: dry-run$/, log);
  assert.match(log, /probes\): Not looked at, for the reason that `dry-run` tells/);
});
