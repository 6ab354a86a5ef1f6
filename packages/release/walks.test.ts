import assert from "node:assert/strict";
import { suite, test } from "node:test";
import fc from "fast-check";
import type { World } from "./apply.ts";
import { approvalOf } from "./approval.ts";
import { otherColor } from "./color.ts";
import { disturb, disturbances, disturbed, fails, fateOf, type Luck, well } from "./fates.ts";
import { activeRevision } from "./history.ts";
import type { Observed, Wanted } from "./model.ts";
import {
  anyBeginning,
  anyCase,
  anyDeploy,
  anyPromotion,
  anyRetire,
  anyRollback,
  anyScene,
  type Promotion,
  promotionOf,
} from "./random-scenes.ts";
import { hashes } from "./scenes.ts";
import { afterwards, type Walk, walk } from "./walks.ts";

suite("From any state, a run", () => {
  test("comes to an end without an unsafe step", () => {
    check(fc.property(anyCase, ([seen, wanted]) => void walk(seen, wanted)));
  });

  test("that succeeds has brought about what was wanted", () => {
    check(fc.property(anyCase, ([seen, wanted]) => checkArrived(walk(seen, wanted), wanted)));
  });

  test("that succeeds leaves nothing to do for the next one, which needs no lock to see it", () => {
    check(
      fc.property(anyCase, ([seen, wanted]) => {
        const { last, end } = walk(seen, wanted);
        const isProvedAnew = wanted.kind === "deploy" && wanted.switch === "manual" && (wanted.probe || wanted.smoke);
        fc.pre(end.kind === "done" && !isProvedAnew);
        const again = walk(afterwards(last.observed), wanted);
        assert.deepEqual(again.steps, []);
        assert.equal(again.end.kind, "done");
      }),
    );
  });

  test("that crashes anywhere is brought to the same end by the next one", () => {
    check(
      fc.property(anyCase, fc.nat(20), ([seen, wanted], after) => {
        const whole = walk(seen, wanted);
        const { observed } = whole.worlds[after % whole.worlds.length] ?? whole.last;
        const resumed = walk(afterwards(observed), wanted);
        assert.equal(resumed.end.kind, whole.end.kind);
        if (whole.end.kind === "done") assert.deepEqual(serving(resumed.last), serving(whole.last));
      }),
    );
  });

  test("that fails anywhere comes to an end without an unsafe step", () => {
    const luck = fc.array(fc.oneof({ weight: 4, arbitrary: well }, { weight: 1, arbitrary: fails }), { maxLength: 15 });
    check(fc.property(anyCase, luck, ([seen, wanted], lucks) => void walk(seen, wanted, fateOf(lucks))));
  });

  test("comes to an end in a world that changes under it", () => {
    const luck = fc.array(fc.oneof(well, disturbed, fails), { maxLength: 15 });
    check(fc.property(anyCase, luck, ([seen, wanted], lucks) => void walk(seen, wanted, fateOf(lucks))));
  });
});

suite("A failed release", () => {
  const failing = fc
    .tuple(fc.nat(12), fails)
    .map(([at, one]) => [...Array.from({ length: at }, () => ({ kind: "well" }) as const), one]);

  test("leaves the traffic where there are no fewer ready pods than where it was", () => {
    check(
      fc.property(anyScene, anyDeploy, failing, (seen, wanted, lucks) => {
        const { last, worlds } = walk(seen, wanted, fateOf(lucks));
        const { failure } = last.evidence;
        fc.pre(failure !== undefined);
        const failed = worlds.find(({ evidence }) => evidence.failure !== undefined)?.observed;
        const before = failed?.service.active;
        const now = last.observed.service.active;
        assert.ok(failed !== undefined);
        if (now !== before && now !== undefined && before !== undefined) {
          const { ready, needed } = failed.slots[now];
          assert.ok(ready >= needed || ready > failed.slots[before].ready);
        }
      }),
    );
  });

  test("never says that it succeeded, nor confirms what failed", () => {
    check(
      fc.property(anyScene, anyDeploy, failing, (seen, wanted, lucks) => {
        const { last, end } = walk(seen, wanted, fateOf(lucks));
        const { failure } = last.evidence;
        fc.pre(failure !== undefined);
        assert.ok(end.kind === "done" && end.outcome !== "succeeded");
        const entry = last.observed.history.find((one) => one.revision === failure.revision);
        // What is not taken over serves on, whatever it was before.
        const hasColor = last.observed.adoption === undefined;
        if (entry?.result === "confirmed" && hasColor) assert.equal(last.observed.service.active, failure.color);
      }),
    );
  });
});

interface Chapter {
  content: string | undefined;
  /** What is wanted, or is approved of what is seen before hands and time come. */
  wanted: Wanted | Promotion;
  lucks: readonly Luck[];
  crash: number;
  ago: number;
  meanwhile: readonly { by: (typeof disturbances)[number]; there: boolean }[];
}

suite("A Service, through a life of releases, rollbacks, crashes, failures and hands,", () => {
  const common = {
    lucks: fc.array(
      fc.oneof({ weight: 6, arbitrary: well }, { weight: 1, arbitrary: fails }, { weight: 1, arbitrary: disturbed }),
      { maxLength: 14 },
    ),
    crash: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.nat(12)),
    ago: fc.constantFrom(0, 5_000, 60_000),
    meanwhile: fc.array(fc.record({ by: fc.constantFrom(...disturbances), there: fc.boolean() }), { maxLength: 1 }),
  };
  const release = fc.record({ ...common, content: fc.constantFrom("A", "B", "C", "D"), wanted: anyDeploy });
  const others = fc.oneof(anyRollback, anyRetire, anyPromotion);
  const other = fc.record({ ...common, content: fc.constant(undefined), wanted: others });
  const life = fc.array(fc.oneof({ weight: 1, arbitrary: release }, { weight: 1, arbitrary: other }), {
    minLength: 2,
    maxLength: 8,
  });

  test("never meets an unsafe step, and always gets its next release through", () => {
    check(
      fc.property(anyBeginning, life, (first, chapters) => {
        let seen = first;
        for (const chapter of chapters) seen = lived(seen, chapter);
        const wanted: Wanted = {
          kind: "deploy",
          switch: "auto",
          soak: 0,
          drain: 0,
          previous: "keep",
          probe: true,
          smoke: true,
        };
        const finale = walk({ ...afterwards(seen), wanted: hashes("E") }, wanted);
        checkArrived(finale, wanted);
        assert.equal(finale.end.kind, "done");
      }),
    );
  });

  test("counts its revisions on: no number is ever given twice", () => {
    const peaceful = life.map((chapters) =>
      chapters.map((chapter) => ({
        ...chapter,
        meanwhile: [],
        lucks: chapter.lucks.filter((one) => one.kind !== "disturbed"),
      })),
    );
    check(
      fc.property(anyBeginning, peaceful, (first, chapters) => {
        let seen = first;
        for (const chapter of chapters) {
          const before = seen.history.map((one) => one.revision);
          seen = lived(seen, chapter);
          const now = seen.history.map((one) => one.revision);
          assert.equal(new Set(now).size, now.length);
          const given = now.filter((one) => !before.includes(one));
          assert.ok(given.every((one) => one > Math.max(0, ...before)));
        }
      }),
    );
  });
});

/** One run and what hands did before it; the cluster as it is then. */
function lived(seen: Observed, { content, wanted, lucks, crash, ago, meanwhile }: Chapter): Observed {
  const found = meanwhile.reduce((before, { by, there }) => disturb(before, by, there), afterwards(seen, ago));
  const asked = { ...found, wanted: content === undefined ? undefined : hashes(content) };
  const { worlds, last } = walk(asked, "lie" in wanted ? promotionOf(seen, wanted) : wanted, fateOf(lucks));
  return (worlds[crash] ?? last).observed;
}

function checkArrived({ last: { observed }, end }: Walk, wanted: Wanted): void {
  if (end.kind !== "done") return;
  const { service, slots } = observed;
  assert.equal(end.outcome, "succeeded");
  if (end.reason.endsWith("gets no traffic yet")) return;
  checkWanted(observed, wanted);
  assert.ok(service.active !== undefined);
  const current = activeRevision(observed);
  assert.equal(current?.result, "confirmed");
  assert.ok(service.endpoints[service.active] >= slots[service.active].needed);
}

function checkWanted({ service, slots, ...observed }: Observed, wanted: Wanted): void {
  const { active = "blue", revision } = service;
  const old = slots[otherColor(active)];
  switch (wanted.kind) {
    case "deploy":
      assert.equal(slots[active].hash, observed.wanted?.[active]);
      break;
    case "rollback":
      assert.ok(wanted.to === "previous" || revision === wanted.to);
      break;
    case "promote": {
      const { active: _then, ...approved } = wanted.approved[service.name] ?? {};
      const { active: _now, ...serves } = approvalOf({ ...observed, service, slots }, active) ?? {};
      assert.deepEqual(serves, approved);
      break;
    }
    case "retire":
      assert.ok(wanted.revision === undefined || revision === wanted.revision);
      assert.ok(old.replicas === 0 || (old.revision ?? 0) > (revision ?? 0), "the old slot has pods");
  }
}

function serving({ observed: { service } }: World): unknown {
  return [service.active, service.revision];
}

function check<T extends [unknown, ...unknown[]]>(property: fc.IProperty<T>): void {
  fc.assert(property, { numRuns: 1_000 });
}
