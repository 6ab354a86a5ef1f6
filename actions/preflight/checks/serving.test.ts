import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyTown, service } from "../../../test/journeys/shop.ts";
import type { Town } from "../../../test/virtual/town.ts";
import { checked, releasing, told } from "../checked.test-kit.ts";

const scale = (replicas: number) => (town: Town) => {
  const blue = { kind: "Deployment", namespace: "shop", name: "shop-blue" } as const;
  town.sandbox.registry.update(blue, (live) => ({ ...live, spec: { ...live.spec, replicas } }), { manager: "kubectl" });
  return replicas === 0 ? town.sandbox.clock.sleep(60_000) : undefined;
};

test("the active slot serves", async () => {
  const seen = "Service shop has 2 ready endpoints, Deployment shop-blue 2 of 2 pods ready";
  assert.equal(told(await checked("serving")), `pass: ${seen}`);
});

test("fewer pods than asked for are worth a word", async () => {
  const seen = "Service shop has 2 ready endpoints, Deployment shop-blue 2 of 9 pods ready";
  assert.equal(told(await checked("serving", { before: scale(9) })), `warn: ${seen}`);
});

test("no pod at all is a failure", async () => {
  const found = await checked("serving", { before: scale(0) });
  assert.equal(told(found), "fail: Service shop has 0 ready endpoints, Deployment shop-blue 0 of 0 pods ready");
  assert.match(found.remedy ?? "", /kubectl describe deployment shop-blue/);
});

test("before the first release nothing serves, and that is no failure", async () => {
  const found = await checked("serving", { ...releasing({}, service()), options: emptyTown() });
  assert.equal(told(found), "skip: Service shop selects no color");
});
