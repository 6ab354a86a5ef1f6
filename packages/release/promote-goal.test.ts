import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { approvalOf } from "./approval.ts";
import { badAfter } from "./examples-of-steps.ts";
import { findGoal } from "./goal.ts";
import type { Approval, Images, Observed } from "./model.ts";
import { nextStep } from "./next-step.ts";
import { emptyCluster, hashes, promote, type Sketch, scene } from "./scenes.ts";
import { type Evidence, noEvidence } from "./step.ts";

const digest = `sha256:${"0".repeat(64)}`;
const other = `sha256:${"1".repeat(64)}`;
const history = { 1: "A confirmed", 2: "B" };
/** Green waits with B, revision 2, while blue serves A. */
const waiting: Sketch = { green: {}, history };
const images = { app: `registry.example/shop:v2@${digest}`, proxy: "proxy:v1" };
const withImages = (live: Images): Observed => scene({ ...waiting, green: { images: live } });

suite("What is approved", () => {
  test("is what stands there, with digests for images, over what serves", () => {
    const { green: hash } = hashes("B");
    const approval = { color: "green", revision: 2, hash, images: { app: digest, proxy: "proxy:v1" }, active: 1 };
    assert.deepEqual(approvalOf(withImages(images), "green"), approval);
  });

  test("is nothing where there is no slot, or one without a number", () => {
    assert.equal(approvalOf(scene(), "green"), undefined);
    assert.equal(approvalOf(scene({ green: { revision: undefined } }), "green"), undefined);
  });
});

suite("A promotion aims at the very preview that was approved:", () => {
  const goal = { color: "green", hash: hashes("B").green, revision: 2 };
  const examples: readonly [sentence: string, seen: Observed, approval?: Partial<Approval>][] = [
    ["while that waits", scene(waiting)],
    ["whatever its pods do", scene({ ...waiting, green: { replicas: 0, settled: false } })],
    [
      "from another registry, by digest",
      withImages({ app: `mirror.example/shop@${digest}` }),
      { images: { app: digest } },
    ],
    [
      "before anything is active",
      scene({ active: undefined, blue: "missing", green: {}, history: { 2: "B" } }),
      { active: undefined },
    ],
    ["if it has the traffic already", scene({ ...waiting, active: "green" })],
    [
      "if it has it already, whatever waits behind it",
      scene({ active: "green", green: {}, blue: { holds: "C", revision: 3 }, history: { ...history, 3: "C" } }),
    ],
    ["if it had it from the start", scene({ ...waiting, active: "green" }), { active: 2 }],
  ];
  for (const [sentence, seen, approval] of examples) {
    test(sentence, () => assert.deepEqual(findGoal(seen, promote(approval)), goal));
  }
});

suite("A promotion is refused", () => {
  const examples: readonly [sentence: string, seen: Observed, difference: string, approval?: Partial<Approval>][] = [
    ["if the preview is gone", scene({ history }), "Deployment shop-green is gone"],
    [
      "if another revision waits",
      scene({ green: { holds: "C", revision: 3 }, history: { ...history, 3: "C" } }),
      "Deployment shop-green holds revision 3",
    ],
    [
      "if nobody knows what waits",
      scene({ ...waiting, green: { revision: undefined } }),
      "Deployment shop-green holds no revision",
    ],
    [
      "if hands have set an image",
      withImages({ app: `registry.example/shop:v2@${other}` }),
      `container app of Deployment shop-green has ${other}, and ${digest} was approved`,
      { images: { app: digest } },
    ],
    [
      "if a container has come",
      withImages({ app: digest, spy: "spy:v1" }),
      "container spy of Deployment shop-green has spy:v1, and none was approved",
      { images: { app: digest } },
    ],
    [
      "if a container has gone",
      withImages({}),
      `container app of Deployment shop-green has no image, and ${digest} was approved`,
      { images: { app: digest } },
    ],
    [
      "if hands have changed anything else",
      scene({ ...waiting, green: { hash: "by hand" } }),
      "Deployment shop-green carries by hand, and B in green was approved",
    ],
    ["if its entry is gone", scene({ green: {} }), "the history does not know it any more"],
    [
      "if its number is another release's",
      scene({ green: {}, history: { 1: "A confirmed", 2: "C" } }),
      "the history does not know it any more",
    ],
    [
      "if there was a release since",
      scene({ green: {}, history: { ...history, 3: "C failed" } }),
      "revision 3 was released since",
    ],
    ["if it has failed", scene({ green: {}, history: { 1: "A confirmed", 2: "B failed" } }), "it has failed since"],
    [
      "if hands took the traffic from it",
      scene({ green: {}, history: { 1: "A confirmed", 2: "B confirmed" } }),
      "it had the traffic since, and was left",
    ],
    [
      "if a rollback has just left it",
      scene({ ...waiting, rolledBackFrom: 2 }),
      "it had the traffic since, and was left",
    ],
    [
      "if something else serves",
      scene({ ...waiting, blue: { revision: 4 }, history: { ...history, 4: "A confirmed" } }),
      "revision 4 was released since",
    ],
    [
      "if an older one serves than did then",
      scene({ ...waiting, history: { ...history, 0: "Z confirmed" }, revision: 0, blue: { revision: 0 } }),
      "what served then was revision 1, and now it is something that nobody recorded",
    ],
    [
      "if it was approved before anything served",
      scene(waiting),
      "what served then was nothing, and now it is revision 1",
      { active: undefined },
    ],
    [
      "if nothing serves any more",
      scene({ active: undefined, green: {}, history }),
      "what served then was revision 1, and now it is nothing",
    ],
    [
      "if nobody knows what serves",
      scene({ ...waiting, revision: undefined }),
      "what served then was revision 1, and now it is something that nobody recorded",
    ],
    [
      "if its color has the traffic under another number",
      scene({ ...waiting, active: "green", revision: 1 }),
      "Service shop selects green already, under another number",
    ],
    [
      "if it serves, but not as it was approved",
      scene({ ...waiting, active: "green", green: { hash: "by hand" } }),
      "Deployment shop-green carries by hand, and B in green was approved",
    ],
  ];
  for (const [sentence, seen, difference, approval] of examples) {
    test(sentence, () =>
      assert.deepEqual(findGoal(seen, promote(approval)), {
        refusal: `Revision 2 of Service shop is not what was approved: ${difference}`,
        hint: "Run blue-green-deploy with `switch: manual` again, and have approved what that proves.",
      }),
    );
  }

  test("if nothing was approved of its Service", () => {
    const wanted = { ...promote(), kind: "promote", approved: {} } as const;
    assert.deepEqual(findGoal(emptyCluster(), wanted), {
      refusal: "Nothing of Service shop was approved",
      hint: "Pass the output `preview` of the blue-green-deploy that released it as `approved`.",
    });
  });
});

suite("A promotion", () => {
  test("leaves nothing behind, not even before anything is active", () => {
    const seen = scene({ active: undefined, blue: "missing", green: {}, history: { 2: "B" } });
    const step = { kind: "switch", from: undefined, to: "green", revision: 2 } as const;
    assert.deepEqual(nextStep(seen, noEvidence, promote({ active: undefined })), { kind: "step", step });
  });

  test("that was not good under traffic is taken back, and its word with it", () => {
    const evidence: Evidence = { switched: true, switchedBack: true, failure: badAfter };
    const next = (result: string) =>
      nextStep(scene({ green: { replicas: 0 }, history: { 1: "A confirmed", 2: `B ${result}` } }), evidence, promote());
    assert.deepEqual(next("confirmed"), { kind: "step", step: { kind: "mark", revision: 2, result: "failed" } });
    const { reason, hint } = badAfter;
    assert.deepEqual(next("failed"), { kind: "done", outcome: "rolled-back", reason, hint });
  });
});
