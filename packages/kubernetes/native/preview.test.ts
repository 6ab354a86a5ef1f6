import assert from "node:assert/strict";
import { test } from "node:test";
import { at, type Delivery } from "@cutover/sandbox";
import { openShop } from "./engine.test-kit.ts";
import { preview } from "./preview.ts";
import { namespace } from "./shop-objects.test-kit.ts";

const terms = { soak: 0, drain: 0, previous: "keep", probe: true, smoke: false } as const;

test("a preview looks anew when somebody writes on the Service while it asks", async () => {
  await using shop = await openShop();
  const setting = shop.setting({});
  const label = ({ registry }: Delivery) =>
    registry.update(
      { kind: "Service", namespace, name: "shop" },
      (live) => {
        return { ...live, metadata: { ...live.metadata, labels: { tier: "front" } } };
      },
      { manager: "kubectl-label" },
    );
  const { hits } = shop.sandbox.fault({
    when: { verb: "patch", resource: "services" },
    what: at("before-commit", label),
  });
  const { plan } = await shop.until(preview(setting, { kind: "deploy", switch: "auto", ...terms }));
  assert.equal(hits.length, 1);
  assert.ok(plan.steps.some(({ kind }) => kind === "switch"));
});
