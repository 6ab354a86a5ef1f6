import assert from "node:assert/strict";
import { test } from "node:test";
import { activeColor, failureOf, history, lockHolder, openShop, replicas } from "./open-shop.ts";

test("a second run waits and says for whom, gives up in time, and a rollback does not wait", async () => {
  await using shop = await openShop();
  const soaking = shop.start("blue-green-deploy", { images: "app=registry.example/shop:v2", soak: "1h" });
  await soaking.says(/Watching green under traffic/);
  const holder = String(lockHolder(shop));
  const run = holder.split("/")[2];
  const page = `https://github.com/acme/shop/actions/runs/${run}/attempts/1`;
  const named = `Lease cutover-shop is held by ${holder} (${page})`;

  const v3 = { images: "app=registry.example/shop:v3" };
  const interruption = { when: /is held by/, how: "cancel" } as const;
  const [late, cancelled] = await Promise.all([
    shop.deploy({ ...v3, "lock-timeout": "500ms" }),
    shop.deploy(v3, { interruption }),
  ]);
  assert.ok(late.log.includes(`${named}; waiting for it`), late.log);
  assert.equal(late.outputs.outcome, "timed-out");
  assert.equal(
    failureOf(late),
    `${named}, and was not free within 500 ms\nTraffic stayed on green (revision 2); nothing was switched.\nWhat to do: Wait for that run, or raise \`lock-timeout\`. A rollback does not wait: it takes the lock at once.`,
  );
  assert.equal(
    failureOf(cancelled),
    "Cancelled while waiting for the lock of Service shop\nTraffic stayed on green (revision 2); nothing was switched.\nWhat to do: Nothing was written. Run it again.",
  );
  assert.deepEqual([cancelled.signals, cancelled.exitCode], [["SIGINT"], 1]);
  assert.ok(cancelled.durationMs < 7_500);
  assert.equal(lockHolder(shop), holder, "nobody touched the lock");

  const back = await shop.rollback();
  assert.deepEqual(
    [back.outputs.outcome, back.outputs.color, back.outputs.revision],
    ["succeeded", "blue", "1"],
    back.log,
  );
  const replaced = await soaking.ended;
  assert.equal(replaced.outputs.outcome, "superseded", replaced.log);
  assert.equal(
    failureOf(replaced),
    "Service shop was claimed by a newer run (epoch 2; ours is 1)\nTraffic is on blue (revision 1) now.\nWhat to do: Nothing more is written by this run. Look at the newer run for the outcome.",
  );
  assert.deepEqual([replaced.outputs.color, replaced.outputs.revision], ["blue", "1"], "as it stands now");
  assert.deepEqual([activeColor(shop), replicas(shop), lockHolder(shop)], ["blue", { blue: 2, green: 2 }, undefined]);
  assert.deepEqual(history(shop), ["1 confirmed", "2 failed"]);
});
