import assert from "node:assert/strict";
import { test } from "node:test";
import { activeColor, failureOf, history, openShop, replicas } from "./open-shop.ts";

const v2 = { images: "app=registry.example/shop:v2" };

test("`switch: manual` stops with the preview proved, and `auto` goes on without preparing it again", async () => {
  await using shop = await openShop();
  const proved = await shop.deploy({ ...v2, switch: "manual" });
  assert.equal(proved.outputs.outcome, "succeeded", proved.log);
  assert.equal(proved.outputs.reason, "Revision 2 is ready in green and gets no traffic yet");
  assert.match(proved.log, /run `promote` with the output `preview`, or the same release with `switch: auto`\.$/);
  assert.deepEqual([activeColor(shop), proved.outputs.color, replicas(shop)], ["blue", "blue", { blue: 2, green: 2 }]);

  const moved = await shop.deploy(v2);
  assert.deepEqual([moved.outputs.outcome, moved.outputs.revision, activeColor(shop)], ["succeeded", "2", "green"]);
  assert.deepEqual(
    moved.groups.map(({ title }) => title),
    [
      "Lock and claim",
      "Probe the preview pods of green",
      "Switch traffic from blue to green",
      "Confirm that green serves revision 2",
      "Soak green",
      "Mark revision 2 confirmed",
    ],
  );
  assert.deepEqual(history(shop), ["1 confirmed", "2 confirmed"]);
});

for (const [previous, left] of [
  ["scale-down", { blue: 0, green: 2 }],
  ["delete", { green: 2 }],
] as const) {
  test(`\`previous: ${previous}\` takes the old slot away, says what that cut, and a rollback brings it back`, async () => {
    await using shop = await openShop();
    for (let user = 1; user <= 3; user++) shop.sandbox.traffic.connect({ namespace: "shop", name: "shop" });
    const { outputs, log, annotations, summary } = await shop.deploy({ ...v2, previous });
    assert.deepEqual([outputs.outcome, replicas(shop)], ["succeeded", left], log);
    const message = "3 connections to shop-blue were cut: 2 pods ended without waiting for them";
    assert.deepEqual(
      annotations.map((one) => `${one.level}: ${one.message.split(". ")[0]}`),
      [`warning: ${message}`],
    );
    assert.ok(summary.includes(message.replace(":", "&#58;")), summary);
    const { cut } = JSON.parse(String(outputs.state));
    assert.deepEqual([cut, JSON.parse(String(outputs.services)).shop.cut], [cut, { connections: 3, pods: 2 }]);
    assert.equal(outputs["previous-color"], previous === "delete" ? "" : "blue");
    const back = await shop.rollback();
    assert.deepEqual([back.outputs.outcome, back.outputs.revision], ["succeeded", "1"], back.log);
    assert.deepEqual([activeColor(shop), replicas(shop)], ["blue", { blue: 2, green: 2 }]);
  });
}

test("`replicas` says how many pods the new slot has, and `probe` what each of them is asked", async () => {
  await using shop = await openShop();
  const { outputs, log } = await shop.deploy({ ...v2, replicas: "4", probe: "8080/api/health" });
  assert.deepEqual([outputs.outcome, replicas(shop)], ["succeeded", { blue: 2, green: 4 }], log);
  assert.equal(log.match(/^Pod shop-green-\S+ answers 200 to :8080\/api\/health$/gm)?.length, 4);
});

test("a preview that answers its probe with an error gets no traffic", async () => {
  await using shop = await openShop();
  const run = await shop.deploy({ images: "app=registry.example/shop:errors", probe: "/" });
  assert.equal(run.outputs.outcome, "failed", run.log);
  assert.match(
    failureOf(run),
    /^Pod shop-green-\S+, asked for :8080\/, answered 500\nTraffic stayed on blue \(revision 1\); nothing was switched\.\nWhat to do: The pod says that it is ready but does not answer well\. Look at its log, or set `probe` to the right path\.$/,
  );
  assert.deepEqual([activeColor(shop), replicas(shop)], ["blue", { blue: 2, green: 0 }]);
});
