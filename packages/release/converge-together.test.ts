import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import * as fc from "fast-check";
import { failing, failure, finished, fresh } from "./converge.test-kit.ts";
import type { Engine } from "./converge.ts";
import { convergeTogether, type JointEnding } from "./converge-together.ts";
import type { Observed, Wanted } from "./model.ts";
import type { Clock } from "./ports.ts";
import { deploy, promote, retire, rollback, type Sketch, scene, told } from "./scenes.ts";
import { recordedSurroundings, type Script, scriptedEngine } from "./scripted-engine.ts";
import type { Step } from "./step.ts";

/** One service of a test: how it stands, what its steps come to, and the turns that each step takes. */
interface Plot {
  sketch?: Sketch;
  script?: Script;
  turns?: number;
}

interface Joint extends JointEnding {
  /** `b switch`, when it was carried out. */
  steps: readonly string[];
  worlds: ReadonlyMap<string, Observed>;
}

/** Waiting ends when something happens, and time stands still. */
const clock: Clock = {
  now: () => 0,
  date: () => new Date(0),
  sleep: (_ms, signal) => new Promise((resolve) => signal?.addEventListener("abort", () => resolve())),
  schedule: () => () => undefined,
};

/** Releases the services that the plots name, in their order. */
async function together(plots: Readonly<Record<string, Plot>>, wanted: Wanted): Promise<Joint> {
  const steps: string[] = [];
  const parties = Object.entries(plots).map(([service, { sketch = fresh, script = {}, turns = 1 }]) => {
    const start = scene(sketch);
    const inner = scriptedEngine({ ...start, service: { ...start.service, name: service } }, script);
    const slow: Engine = {
      observe: inner.observe,
      execute: async (step, observed, { inVain } = {}) => {
        for (let left = turns; left > 0 && !(isWait(step) && inVain?.aborted); left--) await turn();
        if (isWait(step) && inVain?.aborted) return {};
        steps.push(`${service} ${step.kind}`);
        return await inner.execute(step, observed);
      },
    };
    return { service, engine: slow, around: { log: recordedSurroundings().log } };
  });
  const signal = new AbortController().signal;
  const ending = await convergeTogether(parties, wanted, { clock, signal });
  const worlds = new Map(ending.endings.map(({ observed }) => [observed.service.name, observed]));
  return { ...ending, steps, worlds };
}

function isWait({ kind }: Step): boolean {
  return ["await-ready", "probe", "smoke", "soak", "drain"].includes(kind);
}

function outcomes({ endings }: Joint): Record<string, string> {
  return Object.fromEntries(endings.map(({ observed, outcome }) => [observed.service.name, outcome]));
}

/** The services that took a step of this kind, in that order. */
function only(steps: readonly string[], kind: string): string[] {
  return steps.filter((step) => step.endsWith(` ${kind}`)).map((step) => step.split(" ")[0] ?? "");
}

/** Every step of one kind comes before every step of another. */
function assertBefore(steps: readonly string[], first: string, then: string): void {
  const last = steps.findLastIndex((step) => step.endsWith(` ${first}`));
  const next = steps.findIndex((step) => step.endsWith(` ${then}`));
  assert.ok(next < 0 || last < next, `${steps[last]} after ${steps[next]} in:\n${steps.join("\n")}`);
}

suite("Services that are released together", () => {
  test("are prepared side by side, switched in the declared order, and left behind when all are confirmed", async () => {
    const wanted = deploy({ probe: true, soak: 1, previous: "scale-down" });
    const { outcome, steps } = await together({ web: { turns: 3 }, api: { turns: 7 }, db: {} }, wanted);
    assert.equal(outcome, "succeeded");
    assert.deepEqual(only(steps, "lock"), ["api", "db", "web"]);
    assert.deepEqual(only(steps, "prepare"), ["db", "web", "api"]);
    assert.deepEqual(only(steps, "switch"), ["web", "api", "db"]);
    assertBefore(steps, "lock", "record");
    assertBefore(steps, "probe", "switch");
    assertBefore(steps, "soak", "mark");
    assertBefore(steps, "mark", "retire");
    assert.ok(
      steps.indexOf("web confirm") < steps.indexOf("api switch"),
      "the next one moves only once that is confirmed",
    );
  });

  test("are not switched when one of them is not good, and what was prepared goes", async () => {
    const bad = { failure: failure("await-ready") };
    const joint = await together({ web: {}, api: { script: { "await-ready": [bad] }, turns: 5 }, db: {} }, deploy());
    assert.equal(joint.outcome, "failed");
    assert.equal(joint.culprit?.observed.service.name, "api");
    assert.deepEqual(only(joint.steps, "switch"), []);
    assert.deepEqual(new Set(only(joint.steps, "retire")), new Set(["api", "db", "web"]));
    assert.deepEqual(outcomes(joint), { web: "failed", api: "failed", db: "failed" });
    assert.equal(
      joint.endings[0]?.reason,
      "Service web goes no other way than the services that it is released with: api: No pod is ready",
    );
    assert.deepEqual(told(joint.worlds.get("web")?.history ?? []), { 1: "A confirmed", 2: "B failed" });
  });

  test("go back in the reverse order when one of them falls ill under traffic", async () => {
    const bad = { failure: failure("soak") };
    const plots = { web: { turns: 2 }, api: {}, db: { script: { soak: [bad] }, turns: 9 } };
    const joint = await together(plots, deploy({ soak: 1 }));
    assert.deepEqual(only(joint.steps, "switch"), ["web", "api", "db"]);
    assert.deepEqual(only(joint.steps, "switch-back"), ["db", "api", "web"]);
    assert.deepEqual(outcomes(joint), { web: "rolled-back", api: "rolled-back", db: "rolled-back" });
    assert.equal(joint.outcome, "rolled-back");
    for (const name of ["web", "api", "db"]) assert.equal(joint.worlds.get(name)?.service.active, "blue", name);
  });

  test("are none of them begun when one is refused", async () => {
    const joint = await together({ web: {}, api: { sketch: { ...fresh, defects: ["It selects nothing"] } } }, deploy());
    assert.deepEqual(joint.steps, []);
    assert.deepEqual(outcomes(joint), { web: "failed", api: "refused" });
    assert.equal(joint.outcome, "refused");
  });

  test("keep one that had its revision before", async () => {
    const plots = { web: { sketch: finished }, api: { script: { soak: [{ failure: failure("soak") }] } } };
    const joint = await together(plots, deploy({ soak: 1 }));
    assert.deepEqual(outcomes(joint), { web: "succeeded", api: "rolled-back" });
    assert.equal(joint.worlds.get("web")?.service.active, "green");
    assert.equal(joint.outcome, "rolled-back");
  });

  test("stay where they are once all were confirmed, whatever becomes of what is left to do", async () => {
    const plots = { web: {}, api: { script: { retire: [failing("forbidden")] } } };
    const joint = await together(plots, deploy({ previous: "scale-down" }));
    assert.deepEqual(outcomes(joint), { web: "succeeded", api: "failed" });
    assert.deepEqual(only(joint.steps, "switch-back"), []);
  });

  test("end with the one whose run was taken over", async () => {
    const plots = { web: {}, api: { script: { confirm: [failing("superseded")] } } };
    const joint = await together(plots, deploy({ soak: 1 }));
    assert.deepEqual(outcomes(joint), { web: "rolled-back", api: "superseded" });
    assert.equal(joint.outcome, "superseded");
  });

  test("are rolled back together, or not at all", async () => {
    const good = await together({ web: { sketch: finished }, api: { sketch: finished, turns: 4 } }, rollback());
    assert.deepEqual(outcomes(good), { web: "succeeded", api: "succeeded" });
    assert.deepEqual(only(good.steps, "switch"), ["web", "api"]);
    const empty = { blue: { replicas: 0, ready: 0 } };
    const script = { "await-ready": [{ failure: { ...failure("await-ready"), color: "blue", revision: 1 } as const }] };
    const bad = await together(
      { web: { sketch: finished }, api: { sketch: { ...finished, ...empty }, script } },
      rollback(),
    );
    assert.deepEqual(only(bad.steps, "switch"), []);
    assert.equal(bad.worlds.get("web")?.service.active, "green");
  });

  test("are promoted or retired together, or not at all", async () => {
    const { approved, ...promotion } = promote();
    const each = ["web", "api"].flatMap((name) => Object.values(approved).map((one) => [name, one] as const));
    const wanted = { ...promotion, approved: Object.fromEntries(each) };
    const waits: Sketch = { ...fresh, green: {}, history: { 1: "A confirmed", 2: "B" } };
    const good = await together({ web: { sketch: waits }, api: { sketch: waits, turns: 4 } }, wanted);
    assert.deepEqual(
      [outcomes(good), only(good.steps, "switch")],
      [{ web: "succeeded", api: "succeeded" }, ["web", "api"]],
    );
    const changed = { ...waits, green: { hash: "by hand" } };
    const bad = await together({ web: { sketch: waits }, api: { sketch: changed } }, wanted);
    assert.deepEqual([outcomes(bad), bad.steps], [{ web: "failed", api: "refused" }, []]);
    assert.equal(bad.outcome, "refused");

    const retired = await together({ web: { sketch: finished }, api: { sketch: finished } }, retire());
    assert.deepEqual(new Set(only(retired.steps, "retire")), new Set(["web", "api"]));
    const late = { sketch: finished, script: { lock: [failing("superseded")] } };
    const kept = await together({ api: { sketch: finished }, web: late }, retire());
    assert.deepEqual([outcomes(kept), kept.steps], [{ api: "failed", web: "superseded" }, ["api lock", "web lock"]]);
  });

  test("whatever goes wrong, and whenever: all of them end on the new color, or none does", async () => {
    const kinds = ["prepare", "await-ready", "probe", "switch", "confirm", "soak"] as const;
    const plot = fc.record({ turns: fc.integer({ min: 1, max: 6 }) });
    const trouble = fc.record({
      index: fc.nat(3),
      kind: fc.constantFrom(...kinds),
      how: fc.constantFrom("sick", "rejected"),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(plot, { minLength: 4, maxLength: 4 }), fc.option(trouble), async (plots, wrong) => {
        const named = plots.map(({ turns }, index): [string, Plot] => {
          if (index !== wrong?.index) return [`s${index}`, { turns }];
          const word = wrong.how === "sick" ? { failure: failure(wrong.kind) } : failing("rejected");
          return [`s${index}`, { turns, script: { [wrong.kind]: [word] } }];
        });
        const wanted = deploy({ probe: true, soak: 1, previous: "scale-down" });
        const { steps, worlds, outcome } = await together(Object.fromEntries(named), wanted);
        const colors = new Set([...worlds.values()].map(({ service }) => service.active));
        assert.deepEqual([...colors], [wrong === null ? "green" : "blue"]);
        assert.equal(outcome === "succeeded", wrong === null);
        assertBefore(steps, "lock", "record");
        assertBefore(steps, "probe", "switch");
        const names = [...worlds.keys()];
        const inOrder = (kind: string): string[] => names.filter((name) => only(steps, kind).includes(name));
        assert.deepEqual(only(steps, "switch"), inOrder("switch"));
        assert.deepEqual(only(steps, "switch-back"), inOrder("switch-back").toReversed());
      }),
      { numRuns: 150 },
    );
  });
});
