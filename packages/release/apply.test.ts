import assert from "node:assert/strict";
import { suite, test } from "node:test";
import fc from "fast-check";
import { apply, type World } from "./apply.ts";
import { colors } from "./color.ts";
import type { Observed } from "./model.ts";
import { anyScene } from "./random-scenes.ts";
import { hashes, type Sketch, scene, told } from "./scenes.ts";
import type { Step, StepKind } from "./step.ts";

const finished: Sketch = { active: "green", green: {}, history: { 1: "A confirmed", 2: "B confirmed" } };
const noPods: Sketch = { ...finished, active: "blue", green: { replicaSet: undefined } };

suite("Going well,", () => {
  test("a lock is held", () => assert.equal(after({ locked: false }, { kind: "lock" }).observed.locked, true));

  test("a baseline is recorded with what serves, on Service and slot", () => {
    const { observed } = after(
      { blue: { revision: undefined, images: { app: "shop:1" } }, history: {} },
      { kind: "record-baseline", color: "blue" },
    );
    assert.equal(observed.service.revision, 1);
    assert.equal(observed.slots.blue.revision, 1);
    const { blue } = hashes("A");
    assert.deepEqual(observed.history, [
      { revision: 1, hashes: { blue, green: blue }, images: { app: "shop:1" }, result: undefined },
    ]);
  });

  test("a slot without content is recorded as such", () => {
    const { observed } = after(
      { blue: "missing", revision: undefined, history: {} },
      { kind: "record-baseline", color: "blue" },
    );
    assert.deepEqual(observed.history[0]?.hashes, { blue: "", green: "" });
  });

  test("an adoption replaces the pods, unless they carry the color already", () => {
    const step = { kind: "adopt", color: "blue", revision: 1, deployment: "shop" } as const;
    const rolled = after({ adoption: {} }, step).observed;
    assert.deepEqual([rolled.slots.blue.adopted, rolled.slots.blue.replicaSet], [true, undefined]);
    assert.equal(rolled.adoption?.missing, "nothing");
    const noted = after({ adoption: { missing: "mark" } }, step).observed;
    assert.deepEqual([noted.slots.blue.adopted, noted.slots.blue.replicaSet], [true, "pods of blue A 1"]);
  });

  test("a narrowed selector ends the adoption, and moves no traffic that anybody would have to take back", () => {
    const world = after({ adoption: { missing: "nothing" } }, { kind: "narrow", color: "blue", revision: 1 });
    const { service, adoption } = world.observed;
    assert.deepEqual([service.active, service.revision, adoption, world.evidence], ["blue", 1, undefined, {}]);
  });

  test("an adoption that is taken back begins anew", () => {
    const step = { kind: "unadopt", color: "blue", deployment: "shop" } as const;
    const { slots, adoption } = after({ blue: { adopted: true }, adoption: { missing: "nothing" } }, step).observed;
    assert.deepEqual([slots.blue.adopted, adoption?.missing], [false, "color"]);
  });

  test("a release takes the next number, above what any slot carries", () => {
    assert.deepEqual(told(after({ green: { revision: 6 } }, { kind: "record", color: "green" }).observed.history), {
      1: "A confirmed",
      7: "B",
    });
  });

  test("a release that nobody asked for is recorded without content", () => {
    const observed: Observed = { ...scene(), wanted: undefined };
    const world = apply({ observed, evidence: {} }, { kind: "record", color: "green" });
    assert.deepEqual(world.observed.history[0]?.hashes, { blue: "", green: "" });
  });

  test("a prepared slot holds the revision and waits for its pods", () => {
    const { green } = after({ history: { 1: "A confirmed", 2: "B" } }, { kind: "prepare", color: "green", revision: 2 })
      .observed.slots;
    const { exists, hash, revision, replicas, ready, settled } = green;
    const expected = { exists: true, hash: hashes("B").green, revision: 2, replicas: 3, ready: 0, settled: false };
    assert.deepEqual({ exists, hash, revision, replicas, ready, settled }, expected);
  });

  test("a slot that has the content keeps its pods", () => {
    const { blue } = after({ ...finished, history: { 3: "A" } }, { kind: "prepare", color: "blue", revision: 3 })
      .observed.slots;
    assert.deepEqual([blue.revision, blue.ready, blue.settled, blue.replicaSet], [3, 3, true, "pods of blue A 1"]);
  });

  test("a slot is never made smaller to be prepared", () => {
    const { blue } = after({ ...finished, blue: { replicas: 5 } }, { kind: "prepare", color: "blue", revision: 1 })
      .observed.slots;
    assert.equal(blue.replicas, 5);
  });

  test("a slot becomes ready, and its pods have a ReplicaSet", () => {
    const { green } = after(
      { green: { ready: 0, settled: false, replicaSet: undefined } },
      { kind: "await-ready", color: "green", revision: 2 },
    ).observed.slots;
    assert.deepEqual([green.ready, green.settled, green.replicaSet], [3, true, "green-2"]);
  });

  for (const [kind, proved] of [
    ["probe", "probed"],
    ["smoke", "smoked"],
    ["soak", "soaked"],
  ] as const) {
    test(`a ${kind} is proof of the pods that it saw`, () => {
      const step = { kind, color: "green", revision: 2 } as const;
      assert.deepEqual(after(finished, step).evidence, { [proved]: "pods of green B 2" });
      assert.deepEqual(after(noPods, step).evidence, {});
    });
  }

  test("a confirmation is proof of pods that may have come since", () => {
    const step = { kind: "confirm", color: "green", revision: 2 } as const;
    assert.deepEqual(after(finished, step).evidence, { confirmed: "pods of green B 2" });
    assert.deepEqual(after(noPods, step).evidence, { confirmed: "green-2" });
  });

  test("a confirmed slot has all the endpoints, and the other none", () => {
    const { service } = after(
      { ...finished, endpoints: { blue: 3, green: 0 } },
      { kind: "confirm", color: "green", revision: 2 },
    ).observed;
    assert.deepEqual(service.endpoints, { blue: 0, green: 3 });
  });

  test("a switch moves everything that stands on the Service at once", () => {
    const world = after(
      { ...finished, active: "blue", rolledBackFrom: 7, switchedAgo: 99 },
      { kind: "switch", from: "blue", to: "green", revision: 2 },
    );
    const { active, revision, rolledBackFrom, lastSwitch, endpoints } = world.observed.service;
    assert.deepEqual([active, revision, rolledBackFrom], ["green", 2, undefined]);
    assert.deepEqual(endpoints, { blue: 0, green: 3 });
    assert.equal(lastSwitch?.ago, 0);
    assert.notEqual(lastSwitch?.at, scene({ switchedAgo: 99 }).service.lastSwitch?.at);
    assert.deepEqual(world.evidence, { switched: true });
  });

  test("a rollback remembers what it left", () => {
    const { service } = after(finished, { kind: "switch", from: "green", to: "blue", revision: 1, leaves: 2 }).observed;
    assert.equal(service.rolledBackFrom, 2);
  });

  test("a switch back is known as one", () => {
    const world = after(finished, { kind: "switch-back", from: "green", to: "blue", revision: 1 });
    assert.deepEqual(world.evidence, { switched: true, switchedBack: true });
    assert.deepEqual([world.observed.service.active, world.observed.service.rolledBackFrom], ["blue", undefined]);
  });

  test("a mark stands on its revision alone", () => {
    assert.deepEqual(told(after(finished, { kind: "mark", revision: 2, result: "failed" }).observed.history), {
      1: "A confirmed",
      2: "B failed",
    });
  });

  test("a drain counts for the switch that it waited for", () => {
    const step = { kind: "drain", color: "blue", milliseconds: 1 } as const;
    assert.deepEqual(after({ ...finished, switchedAgo: 0 }, step).evidence, { drained: "the last switch" });
    assert.deepEqual(after(finished, step).evidence, {});
  });

  test("a slot that is scaled down keeps its content", () => {
    const { blue } = after(finished, { kind: "retire", color: "blue", how: "scale-down" }).observed.slots;
    assert.deepEqual([blue.exists, blue.revision, blue.replicas, blue.ready], [true, 1, 0, 0]);
  });

  test("a slot that is deleted is gone", () => {
    const { blue } = after(finished, { kind: "retire", color: "blue", how: "delete" }).observed.slots;
    assert.deepEqual(blue, scene({ blue: "missing" }).slots.blue);
  });
});

/** What a step may change; everything else has to stay the very same. */
const named: Readonly<Record<StepKind, readonly ("lock" | "service" | "slot" | "history" | "adoption")[]>> = {
  lock: ["lock"],
  "record-baseline": ["service", "slot", "history"],
  adopt: ["slot", "adoption"],
  narrow: ["service", "adoption"],
  unadopt: ["slot", "adoption"],
  record: ["history"],
  prepare: ["slot"],
  "hold-floor": ["slot"],
  "restore-floor": ["slot"],
  "await-ready": ["slot"],
  probe: [],
  smoke: [],
  switch: ["service"],
  "switch-back": ["service"],
  confirm: ["service", "slot"],
  soak: [],
  mark: ["history"],
  drain: [],
  retire: ["slot"],
};

test("A step leaves alone what it does not name", () => {
  fc.assert(
    fc.property(anyScene, anyStep(), (observed, step) => {
      const next = apply({ observed, evidence: {} }, step).observed;
      const may = named[step.kind];
      if (!may.includes("lock")) assert.equal(next.locked, observed.locked);
      if (!may.includes("service")) assert.equal(next.service, observed.service);
      if (!may.includes("adoption")) assert.equal(next.adoption, observed.adoption);
      if (!may.includes("history")) assert.equal(next.history, observed.history);
      for (const color of colors) {
        const isNamed = may.includes("slot") && "color" in step && step.color === color;
        if (!isNamed) assert.equal(next.slots[color], observed.slots[color]);
      }
      assert.equal(next.wanted, observed.wanted);
      const { name, defects, obstacles } = next.service;
      assert.deepEqual(
        { name, defects, obstacles },
        { name: observed.service.name, defects: observed.service.defects, obstacles: observed.service.obstacles },
      );
    }),
    { numRuns: 400 },
  );
});

function after(sketch: Sketch, step: Step): World {
  return apply({ observed: scene(sketch), evidence: {} }, step);
}

function anyStep(): fc.Arbitrary<Step> {
  const color = fc.constantFrom(...colors);
  const revision = fc.integer({ min: 1, max: 5 });
  return fc.oneof(
    fc.constant<Step>({ kind: "lock" }),
    fc.record({ kind: fc.constantFrom("record-baseline", "record"), color }),
    fc.record({
      kind: fc.constantFrom("prepare", "await-ready", "probe", "smoke", "confirm", "soak"),
      color,
      revision,
    }),
    fc.record({ kind: fc.constant("hold-floor" as const), color, pods: revision }),
    fc.record({ kind: fc.constant("restore-floor" as const), color }),
    fc.record({ kind: fc.constant("narrow" as const), color, revision }),
    fc.record({ kind: fc.constant("adopt" as const), color, revision, deployment: fc.constant("shop") }),
    fc.record({ kind: fc.constant("unadopt" as const), color, deployment: fc.constant("shop") }),
    fc.record({ kind: fc.constantFrom("switch", "switch-back"), from: color, to: color, revision }),
    fc.record({ kind: fc.constant("mark" as const), revision, result: fc.constantFrom("confirmed", "failed") }),
    fc.record({ kind: fc.constant("drain" as const), color, milliseconds: fc.nat() }),
    fc.record({ kind: fc.constant("retire" as const), color, how: fc.constantFrom("scale-down", "delete") }),
  );
}
