import assert from "node:assert/strict";
import { test } from "node:test";
import { failureOf, openShop } from "./open-shop.ts";

test("an API server that goes for good ends the run soon after its deadline, and says so", async () => {
  await using shop = await openShop();
  const run = shop.start("blue-green-deploy", { images: "app=registry.example/shop:never-ready", timeout: "3s" });
  await run.says(/0 of 2 pods ready/);
  await shop.sandbox.close();
  const ended = await run.ended;
  assert.equal(ended.exitCode, 1);
  assert.equal(ended.outputs.outcome, "timed-out");
  assert.match(
    failureOf(ended),
    /never became ready[\s\S]*no connection to https:\/\/127\.0\.0\.1:\d+: connection refused/,
  );
  assert.ok(ended.durationMs < 20_000, `${ended.durationMs} ms`);
});
