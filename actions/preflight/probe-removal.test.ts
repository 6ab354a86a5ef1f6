import assert from "node:assert/strict";
import { test } from "node:test";
import { answer, at, cut, delay } from "@cutover/sandbox";
import type { Fate, Town } from "../../test/virtual/town.ts";
import { asking, left, posted } from "./probe-scene.test-kit.ts";

const creation = { verb: "create", resource: "jobs" };
const removal = { verb: "delete", resource: "jobs" };

/** What befalls the process one second after its Job was made, whose command never ends. */
function afterwards(town: Town, befall: (process: ReturnType<Town["mortal"]>) => void): Fate {
  const process = town.mortal();
  const { clock } = town.sandbox;
  const later = at("after-commit", () => void clock.schedule(1_000, () => befall(process)));
  town.sandbox.fault({ when: creation, what: later });
  return { process };
}

test("a cancelled run removes its Job before it ends", async () => {
  const before = (town: Town) => {
    // However long that takes, and without a post.
    town.sandbox.fault({ when: removal, what: delay(3_000) });
    return { ...afterwards(town, (process) => process.interrupt()), isMachineGone: true };
  };
  await asking({ ends: {}, before }, async ({ run, town }) => {
    assert.equal(run.exitCode, 1, run.log);
    assert.equal(posted(town).length, 1);
    assert.deepEqual(town.sandbox.registry.store.list("Job", "shop"), []);
    assert.deepEqual(await left(town), []);
  });
});

test("what a killed process leaves is removed by its post", async () => {
  const before = (town: Town) => afterwards(town, (process) => process.die());
  await asking({ ends: {}, before }, async ({ run, town }) => {
    assert.equal(run.exitCode, undefined);
    assert.deepEqual(await left(town), []);
  });
});

test("what a dead machine leaves ends at its deadline, and goes by itself", async () => {
  const before = (town: Town) => ({ ...afterwards(town, (process) => process.die()), isMachineGone: true });
  await asking({ ends: {}, before }, async ({ town }) => {
    assert.equal((await left(town)).length, 2);
    await town.pass(60_000);
    const [job] = town.sandbox.registry.store.list("Job", "shop");
    assert.equal(job?.status.conditions?.find(({ type }) => type === "Failed")?.reason, "DeadlineExceeded");
    await town.pass(60_000);
    assert.deepEqual(await left(town), []);
  });
});

test("a Job whose creation was never answered is removed as well", async () => {
  const before = ({ sandbox }: Town) => void sandbox.fault({ when: creation, what: cut("after-commit") });
  await asking({ before }, async ({ told, town }) => {
    assert.match(told.tcp ?? "", /^error: Cannot create Job .*the result is unknown$/);
    assert.deepEqual(await left(town), []);
  });
});

test("a removal that fails is tried again, and told where it does not succeed", async () => {
  const failing = (times: number) => (town: Town) =>
    void town.sandbox.fault({ when: removal, what: answer(500), times });
  await asking({ before: failing(2) }, async ({ run, town }) => {
    assert.doesNotMatch(run.log, /::warning/);
    assert.deepEqual(await left(town), []);
  });
  await asking({ before: failing(3) }, async ({ run, town, told }) => {
    assert.match(run.log, /::warning.*Cannot delete Job .*It ends and goes by itself\./);
    assert.equal(told.tcp, "pass: The probe Job reaches broker:5672");
    // By its post.
    assert.deepEqual(await left(town), []);
  });
});

test("a Job that somebody else removes is told", async () => {
  const before = (town: Town) => {
    const { clock, registry } = town.sandbox;
    const remove = () =>
      clock.schedule(1_000, () => {
        for (const pod of registry.store.list("Pod", "shop"))
          if (pod.metadata.labels?.["job-name"] !== undefined) registry.store.remove("Pod", pod);
      });
    town.sandbox.fault({ when: creation, what: at("after-commit", remove) });
    return undefined;
  };
  await asking({ ends: {}, before }, async ({ told, town }) => {
    assert.match(told.tcp ?? "", /^error: .* its pod went away before it answered/);
    assert.deepEqual(await left(town), []);
  });
});
