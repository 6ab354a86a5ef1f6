import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { at, recreate } from "@cutover/sandbox";
import { active, openShop, type Shop, stepsOf, stored } from "./engine.test-kit.ts";
import { namespace } from "./shop-objects.test-kit.ts";
import { openTraffic } from "./traffic.test-kit.ts";

const green = { kind: "Deployment", namespace, name: "shop-green" } as const;
const manager = { manager: "kubectl-edit" };
type Registry = Shop["sandbox"]["registry"];

/** What somebody does to the proved slot when nothing but the switch itself is left: no precondition of it is broken. */
const deeds: Readonly<Record<string, (registry: Registry) => unknown>> = {
  "deleted and made again": (registry) => recreate(registry, green),
  deleted: ({ store }) => {
    const live = store.get("Deployment", namespace, green.name);
    if (live !== undefined) store.remove("Deployment", live);
  },
  "given another image": (registry) =>
    registry.update(
      green,
      (live) => {
        const containers = live.spec.template.spec.containers.map((one) => ({ ...one, image: "shop:never" }));
        const template = { ...live.spec.template, spec: { ...live.spec.template.spec, containers } };
        return { ...live, spec: { ...live.spec, template } };
      },
      manager,
    ),
  "scaled to 0": (registry) =>
    registry.update(green, (live) => ({ ...live, spec: { ...live.spec, replicas: 0 } }), manager),
};

suite("A slot that was proved, and then between the last look and the switch", () => {
  for (const [what, deed] of Object.entries(deeds)) {
    test(`${what}, has the traffic for less than two seconds`, async () => {
      await using shop = await openShop();
      await using traffic = await openTraffic(shop);
      const isSwitch = {
        verb: "patch",
        resource: "services",
        if: ({ body }: { body: unknown }) => JSON.stringify(body).includes("selector"),
      };
      shop.sandbox.fault({ when: isSwitch, what: at("before-commit", ({ registry }) => deed(registry)) });
      const ending = await shop.release("shop:2");
      assert.equal(ending.outcome, "rolled-back", ending.reason);
      assert.equal(active(shop), "blue");
      assert.equal(stored(shop, "Deployment", "shop-blue").spec?.replicas, 2);
      const [switched, back] = ending.journal.filter(({ step }) => ["switch", "switch-back"].includes(step.kind));
      const apart = Number(back?.startedAt) - Number(switched?.startedAt);
      assert.ok(apart < 2_000, `${apart} ms in ${stepsOf(ending)}`);
      const lost = traffic.lost.length;
      await shop.pass(3_000);
      assert.equal(traffic.lost.length, lost, "the old slot answers all");
    });
  }
});
