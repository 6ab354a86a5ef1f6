import assert from "node:assert/strict";
import { test } from "node:test";
import { converge, type Surroundings } from "@cutover/release";
import { active, openShop } from "./engine.test-kit.ts";
import { createNativeEngine } from "./engine.ts";

test("what a service waits for the others before each step is nothing of its own time", async () => {
  await using shop = await openShop();
  const setting = shop.setting({ setting: { timeout: 30_000 } });
  const engine = createNativeEngine(setting);
  const others: NonNullable<Surroundings["others"]> = {
    trouble: new AbortController().signal,
    fate: () => undefined,
    meet: async () => {
      await setting.clock.sleep(20_000);
      return "go";
    },
    locked: () => undefined,
    end: () => undefined,
  };
  const terms = { soak: 0, drain: 0, previous: "keep", probe: true, smoke: false } as const;
  const ending = await shop.until(
    converge(engine, { kind: "deploy", switch: "auto", ...terms }, { ...setting, others }),
  );
  assert.equal(ending.outcome, "succeeded", ending.reason);
  assert.equal(active(shop), "green");
  await shop.until(engine.close());
});
