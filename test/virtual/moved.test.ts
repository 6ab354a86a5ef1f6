import assert from "node:assert/strict";
import { test } from "node:test";
import { at } from "@cutover/sandbox";
import { shop } from "../journeys/shop.ts";
import { openTown } from "./town.ts";

test("a release that stops because somebody moved its Service says where the traffic is now", async () => {
  await using town = await openTown({ ...shop(), probeEveryMs: 1_000 });
  const { clock, fault, registry } = town.sandbox;
  await town.until(clock.sleep(5_000));
  const service = { kind: "Service", namespace: "shop", name: "shop" } as const;
  const moves = at("before-commit", () => {
    registry.update(
      service,
      (live) => ({ ...live, spec: { ...live.spec, selector: { ...live.spec.selector, color: "green" } } }),
      { manager: "kubectl-edit" },
    );
  });
  // The preview is asked once its pods are ready.
  fault({ when: { subresource: "proxy" }, what: moves });
  const release = { service: "shop", images: "app=registry.example/shop:v2" };
  const { outputs, log } = await town.until(town.run("blue-green-deploy", release));
  const [error = ""] = log.split("\n").filter((line) => line.startsWith("::error::"));
  assert.match(error, /was changed in the middle of this release, by kubectl-edit/);
  assert.match(error, /%0ANothing was switched by this run; traffic is on green \(revision 2\)\.%0A/);
  assert.deepEqual([outputs.outcome, outputs.color, outputs.revision], ["refused", "green", "2"]);
});

test("a release that waited for the lock in vain says where the traffic is now", async () => {
  await using town = await openTown({ ...shop(), probeEveryMs: 1_000 });
  const { clock } = town.sandbox;
  await town.until(clock.sleep(5_000));
  const holder = town.run("blue-green-deploy", {
    service: "shop",
    images: "app=registry.example/shop:v2",
    soak: "60s",
  });
  await town.until(clock.sleep(500));
  const late = { service: "shop", images: "app=registry.example/shop:v3", "lock-timeout": "30s" };
  const { outputs, log } = await town.until(town.run("blue-green-deploy", late));
  assert.match(log, /was not free within 30 s/);
  assert.match(log, /::error::.*raffic (stayed|is) on green/);
  assert.deepEqual([outputs.outcome, outputs.color, outputs.revision], ["timed-out", "green", "2"]);
  await town.until(holder);
});
