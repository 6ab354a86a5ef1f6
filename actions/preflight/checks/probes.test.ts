import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyTown, service } from "../../../test/journeys/shop.ts";
import { checked, releasing, told } from "../checked.test-kit.ts";

test("a container with a readiness probe is well", async () => {
  assert.equal(told(await checked("probes", releasing({}))), "pass: Container app of shop-green has a readiness probe");
});

test("one without is named; without a release those that serve are looked at", async () => {
  const found = await checked("probes", releasing({ container: { readinessProbe: undefined } }));
  assert.match(told(found), /^warn: Container app of shop-green has no readinessProbe/);
  assert.equal(told(await checked("probes")), "pass: Container app of shop-blue has a readiness probe");
});

test("where there is no Deployment yet there is nothing to look at", async () => {
  const { objects = [], ...empty } = emptyTown();
  const lone = await checked("probes", { options: { ...empty, objects: [...objects, service()] } });
  assert.equal(told(lone), "skip: There is no Deployment to look at");
});

test("without a Service there is nobody to look for", async () => {
  const found = await checked("probes", { options: emptyTown() });
  assert.equal(found.verdict, "error");
  assert.match(found.evidence, /Service shop does not exist/);
});
