import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Observed, Wanted } from "./model.ts";
import { plan } from "./plan.ts";
import { deploy, emptyCluster, promote, retire, rollback, type Sketch, scene, told } from "./scenes.ts";
import { title } from "./step.ts";
import { afterwards, walk } from "./walks.ts";

const bothConfirmed = { 1: "A confirmed", 2: "B confirmed" };
const everything = { probe: true, smoke: true, soak: 60_000, drain: 30_000, previous: "scale-down" } as const;
const finished: Sketch = { locked: false, active: "green", green: {}, history: bothConfirmed };

const plans: readonly [sentence: string, seen: Observed, wanted: Wanted, titles: readonly string[]][] = [
  [
    "of a first install",
    emptyCluster(),
    deploy(),
    [
      "Lock and claim",
      "Record the release for blue",
      "Prepare blue with revision 1",
      "Wait until blue is ready",
      "Switch traffic to blue",
      "Confirm that blue serves revision 1",
      "Mark revision 1 confirmed",
    ],
  ],
  [
    "of an ordinary release with everything that can be asked for",
    scene({ locked: false, switchedAgo: 3_600_000 }),
    deploy(everything),
    [
      "Lock and claim",
      "Record the release for green",
      "Prepare green with revision 2",
      "Wait until green is ready",
      "Probe the preview pods of green",
      "Smoke-test green",
      "Switch traffic from blue to green",
      "Confirm that green serves revision 2",
      "Soak green",
      "Mark revision 2 confirmed",
      "Drain blue",
      "Scale blue down",
    ],
  ],
  [
    "of the first release over something made by hand",
    scene({ locked: false, blue: { revision: undefined }, history: {} }),
    deploy(),
    [
      "Lock and claim",
      "Record what blue serves now",
      "Mark revision 1 confirmed",
      "Record the release for green",
      "Prepare green with revision 2",
      "Wait until green is ready",
      "Switch traffic from blue to green",
      "Confirm that green serves revision 2",
      "Mark revision 2 confirmed",
    ],
  ],
  [
    "of a release of what is kept in the other slot",
    scene({ ...finished, wants: "A", switchedAgo: 10_000 }),
    deploy({ drain: 30_000 }),
    [
      "Lock and claim",
      "Record the release for blue",
      "Drain blue",
      "Prepare blue with revision 3",
      "Switch traffic from green to blue",
      "Confirm that blue serves revision 3",
      "Mark revision 3 confirmed",
    ],
  ],
  [
    "of a release over one that is active and sick, with a way back",
    scene({ ...finished, green: { ready: 1 }, history: { 1: "A confirmed", 2: "B" }, wants: "C" }),
    deploy(),
    [
      "Lock and claim",
      "Mark revision 2 failed",
      "Switch traffic back from green to blue",
      "Record the release for green",
      "Prepare green with revision 3",
      "Wait until green is ready",
      "Switch traffic from blue to green",
      "Confirm that green serves revision 3",
      "Mark revision 3 confirmed",
    ],
  ],
  [
    "of a release up to the switch, where a person does that",
    scene({ locked: false }),
    deploy({ switch: "manual" }),
    ["Lock and claim", "Record the release for green", "Prepare green with revision 2", "Wait until green is ready"],
  ],
  [
    "of a rollback to a warm slot",
    scene(finished),
    rollback(),
    [
      "Lock and claim",
      "Switch traffic from green to blue",
      "Confirm that blue serves revision 1",
      "Mark revision 2 failed",
    ],
  ],
  [
    "of a rollback to a slot that was scaled down",
    scene({ ...finished, blue: { replicas: 0 } }),
    rollback("previous", { previous: "delete" }),
    [
      "Lock and claim",
      "Prepare blue with revision 1",
      "Wait until blue is ready",
      "Switch traffic from green to blue",
      "Confirm that blue serves revision 1",
      "Mark revision 2 failed",
      "Delete green",
    ],
  ],
  [
    "of the promotion of a preview that was scaled down",
    scene({ locked: false, green: { replicas: 0 }, history: { 1: "A confirmed", 2: "B" } }),
    promote({}, everything),
    [
      "Lock and claim",
      "Prepare green with revision 2",
      "Wait until green is ready",
      "Probe the preview pods of green",
      "Smoke-test green",
      "Switch traffic from blue to green",
      "Confirm that green serves revision 2",
      "Soak green",
      "Mark revision 2 confirmed",
      "Drain blue",
      "Scale blue down",
    ],
  ],
  [
    "of a promotion before anything is active",
    scene({ locked: false, active: undefined, blue: "missing", green: {}, history: { 2: "B" } }),
    promote({ active: undefined }),
    ["Lock and claim", "Switch traffic to green", "Confirm that green serves revision 2", "Mark revision 2 confirmed"],
  ],
  ["of a promotion of what serves", scene(finished), promote(), []],
  [
    "of a retirement right after the switch",
    scene({ ...finished, switchedAgo: 10_000 }),
    retire("scale-down", 2, 30_000),
    ["Lock and claim", "Drain blue", "Scale blue down"],
  ],
  [
    "of a retirement of what was scaled down",
    scene({ ...finished, blue: { replicas: 0 } }),
    retire("delete"),
    ["Lock and claim", "Delete blue"],
  ],
  ["of a release that is finished", scene(finished), deploy(), []],
];

suite("A plan", () => {
  for (const [sentence, seen, wanted, titles] of plans) {
    test(sentence, () => assert.deepEqual(plan(seen, wanted).steps.map(title), titles));
  }

  test("tells how it ends", () => {
    const reason = "Service shop serves revision 2 from green";
    assert.deepEqual(plan(scene(), deploy()).end, { kind: "done", outcome: "succeeded", reason });
  });

  test("that comes to no end says where it turns in a circle", () => {
    const noPods = scene({ green: { target: 0, replicas: 0 }, history: { 1: "A confirmed", 2: "B" } });
    assert.throws(() => plan(noPods, deploy()), /circle: await-ready → await-ready → /);
  });
});

suite("A run that crashes after any step is resumed by the next run", () => {
  for (const [sentence, seen, wanted] of plans) {
    test(`in the plan ${sentence}`, () => {
      const whole = walk(seen, wanted);
      for (const { observed } of whole.worlds) {
        const resumed = walk(afterwards(observed), wanted);
        assert.deepEqual(withoutTime(resumed.last.observed), withoutTime(whole.last.observed));
        assert.equal(outcomeOf(resumed), outcomeOf(whole));
      }
    });
  }
});

suite("A plan that was walked to its end", () => {
  for (const [sentence, seen, wanted] of plans) {
    test(`leaves nothing to do ${sentence}`, () => {
      const { last } = walk(seen, wanted);
      const again = walk(afterwards(last.observed), wanted);
      assert.deepEqual(again.steps, []);
      assert.equal(outcomeOf(again), "succeeded");
    });
  }
});

test("Releases and rollbacks, one after another, count on and never come back to what was left", () => {
  let seen = emptyCluster();
  const run = (wanted: Wanted, content?: string) => {
    const ready = {
      ...afterwards(seen, 60_000),
      wanted: content === undefined ? undefined : scene({ wants: content }).wanted,
    };
    seen = walk(ready, wanted).last.observed;
    return [seen.service.active, seen.service.revision, told(seen.history)];
  };
  run(deploy(), "A");
  assert.deepEqual(run(deploy(), "B"), ["green", 2, bothConfirmed]);
  assert.deepEqual(run(rollback()), ["blue", 1, { 1: "A confirmed", 2: "B failed" }]);
  assert.deepEqual(run(rollback()), ["blue", 1, { 1: "A confirmed", 2: "B failed" }]);
  assert.deepEqual(run(deploy(), "C"), ["green", 3, { 1: "A confirmed", 2: "B failed", 3: "C confirmed" }]);
  assert.deepEqual(run(deploy(), "A"), [
    "blue",
    4,
    { 1: "A confirmed", 2: "B failed", 3: "C confirmed", 4: "A confirmed" },
  ]);
  assert.deepEqual(run(rollback()).slice(0, 2), ["green", 3]);
  assert.deepEqual(run(rollback(4)).slice(0, 2), ["blue", 4]);
  assert.deepEqual(run(rollback()).slice(0, 2), ["green", 3]);
  assert.deepEqual(run(rollback(1)).slice(0, 2), ["blue", 1]);
});

function withoutTime(observed: Observed): Observed {
  return { ...observed, locked: true, service: { ...observed.service, lastSwitch: undefined } };
}

function outcomeOf({ end }: ReturnType<typeof walk>): string {
  return end.kind === "done" ? end.outcome : end.kind;
}
