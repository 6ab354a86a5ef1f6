import assert from "node:assert/strict";
import { test } from "node:test";
import { openShop } from "./open-shop.ts";
import { shop as shopOptions } from "./shop.ts";

/** What somebody who controls an application may write, in the hope that the runner obeys. */
const hostile = [
  "::set-output name=color::forged",
  "##[error]forged",
  "starting\r::add-mask::green",
  "::stop-commands::forged-token",
  "x ##[set-output name=outcome]forged",
  "::group::forged group",
  "<img src=x onerror=alert(1)> | ` [forged](javascript:alert(1))",
];

test("what a pod logs and an event says is shown, and commands nobody", async () => {
  const images = {
    "registry.example/shop": { version: "v1", log: hostile },
    "registry.example/shop:bad": { version: "bad", neverReady: true, log: hostile },
  };
  await using shop = await openShop({ ...shopOptions(), images });
  const { registry } = shop.sandbox;
  const time = new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+Z/, "Z");
  registry.store.subscribe(({ kind, type, object: { metadata } }) => {
    if (kind !== "Pod" || type !== "ADDED" || !metadata.name.startsWith("shop-green")) return;
    const involvedObject = { apiVersion: "v1", kind: "Pod", namespace: "shop", name: metadata.name, uid: metadata.uid };
    const event = { type: "Warning", reason: "Unhealthy", message: hostile.join("\n"), count: 99 };
    registry.create(
      { kind: "Event", namespace: "shop" },
      { metadata: { name: `${metadata.name}.1` }, involvedObject, ...event, firstTimestamp: time, lastTimestamp: time },
      { manager: "kubelet" },
    );
  });
  const run = await shop.deploy({ images: "app=registry.example/shop:bad", timeout: "1s" });
  assert.deepEqual([run.outputs.outcome, run.outputs.color], ["failed", "blue"], run.log);
  assert.deepEqual(
    run.annotations.map(({ level }) => level),
    ["error"],
  );
  assert.match(run.log, /forged/, "it is shown");
  assert.match(run.log, /Scaled Deployment shop-green/, "no mask was added");
  assert.ok(!run.groups.some(({ title }) => title.includes("forged")));
  assert.deepEqual(
    Object.values(run.outputs).filter((value) => value === "forged"),
    [],
  );
  const prose = run.summary.replace(/^```text\n.*?^```$/ms, "");
  assert.doesNotMatch(prose, /<img|\]\(javascript/);
});
