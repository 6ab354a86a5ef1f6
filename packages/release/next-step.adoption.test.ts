import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { checkAll, type Example } from "./examples-of-steps.ts";
import { nextStep } from "./next-step.ts";
import { deploy, hashes, rollback, type Sketch, scene } from "./scenes.ts";
import { type Evidence, type Failure, noEvidence } from "./step.ts";

const recorded = { history: { 1: "A" } } as const;
const rolling: Sketch = {
  ...recorded,
  blue: { adopted: true, ready: 1, settled: false },
  adoption: { missing: "nothing" },
};
const colored: Sketch = { ...recorded, blue: { adopted: true }, adoption: { missing: "nothing" } };
const narrowed: Sketch = { ...recorded, blue: { adopted: true } };
const failure: Failure = { outcome: "failed", revision: 1, color: "blue", step: "await-ready", reason: "no room" };

suite("A deploy that adopts", () => {
  const examples: readonly Example[] = [
    ["locks first", scene({ adoption: {}, locked: false }), noEvidence, deploy(), { kind: "lock" }],
    [
      "records what serves before it touches it",
      scene({ adoption: {}, blue: { revision: undefined }, history: {} }),
      noEvidence,
      deploy(),
      { kind: "record-baseline", color: "blue" },
    ],
    [
      "gives it the color",
      scene({ ...recorded, adoption: {} }),
      noEvidence,
      deploy(),
      { kind: "adopt", color: "blue", revision: 1, deployment: "shop-blue" },
    ],
    [
      "notes it where the pods carry the color",
      scene({ ...recorded, adoption: { missing: "mark" } }),
      noEvidence,
      deploy(),
      { kind: "adopt", color: "blue", revision: 1, deployment: "shop-blue" },
    ],
    ["waits for its pods", scene(rolling), noEvidence, deploy(), { kind: "await-ready", color: "blue", revision: 1 }],
    [
      "narrows the selector to them",
      scene(colored),
      noEvidence,
      deploy(),
      { kind: "narrow", color: "blue", revision: 1 },
    ],
    [
      "confirms that the narrow selector reaches them",
      scene(narrowed),
      noEvidence,
      deploy(),
      { kind: "confirm", color: "blue", revision: 1 },
    ],
    [
      "confirms its revision then",
      scene(narrowed),
      { confirmed: "pods of blue A 1" },
      deploy(),
      { kind: "mark", revision: 1, result: "confirmed" },
    ],
    [
      "releases into the other color after that",
      scene({ ...narrowed, history: { 1: "A confirmed" } }),
      noEvidence,
      deploy(),
      { kind: "record", color: "green" },
    ],
    [
      "takes the color off again where its pods do not become ready",
      scene(rolling),
      { failure },
      deploy(),
      { kind: "unadopt", color: "blue", deployment: "shop-blue" },
    ],
  ];
  checkAll(examples);

  const ends: readonly [sentence: string, sketch: Sketch, evidence: Evidence, kind: string, reason: string][] = [
    [
      "is refused where that is not safe",
      { ...recorded, adoption: { refusal: { reason: "It is kept", hint: "Let go." } } },
      noEvidence,
      "refused",
      "It is kept",
    ],
    [
      "is refused where a stranger would get in",
      { ...colored, obstacle: "a stranger" },
      noEvidence,
      "refused",
      "a stranger",
    ],
    [
      "is refused where somebody has scaled it to 0",
      { ...colored, blue: { adopted: true, replicas: 0 } },
      noEvidence,
      "refused",
      "Deployment shop-blue has been scaled to 0, so Service shop sends to nobody",
    ],
    [
      "ends failed once the color is off, and marks nothing",
      { ...recorded, adoption: {} },
      { failure },
      "done",
      "no room",
    ],
  ];
  for (const [sentence, sketch, evidence, kind, reason] of ends) {
    test(sentence, () => {
      const end = nextStep(scene(sketch), evidence, deploy());
      assert.deepEqual([end.kind, "reason" in end && end.reason], [kind, reason]);
    });
  }
});

suite("What was adopted", () => {
  const left: Sketch = {
    active: "green",
    green: {},
    history: { 1: "A confirmed", 2: "B confirmed", 3: "C" },
    wants: "C",
  };
  const examples: readonly Example[] = [
    [
      "is replaced, and not written anew, by the next release",
      scene({ ...left, blue: { adopted: true } }),
      noEvidence,
      deploy(),
      { kind: "retire", color: "blue", how: "delete" },
    ],
    [
      "has its connections drained before that",
      scene({ ...left, blue: { adopted: true }, switchedAgo: 10_000 }),
      noEvidence,
      deploy({ drain: 30_000 }),
      { kind: "drain", color: "blue", milliseconds: 20_000 },
    ],
    [
      "is replaced even where the same is released again",
      scene({ ...left, history: { ...left.history, 3: "A" }, wants: "A", blue: { adopted: true } }),
      noEvidence,
      deploy(),
      { kind: "retire", color: "blue", how: "delete" },
    ],
    [
      "is scaled up again by a rollback to it",
      scene({ ...left, blue: { adopted: true, replicas: 0 } }),
      noEvidence,
      rollback(1),
      { kind: "prepare", color: "blue", revision: 1 },
    ],
    [
      "gets the traffic back as it is while it is kept",
      scene({ ...left, blue: { adopted: true, hash: hashes("A").blue } }),
      noEvidence,
      rollback(),
      { kind: "switch", from: "green", to: "blue", revision: 1, leaves: 2 },
    ],
  ];
  checkAll(examples);
});
