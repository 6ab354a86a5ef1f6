import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startBoth } from "../conformance/both.ts";
import { answerDifferences, described } from "../conformance/difference.ts";
import { groups } from "../conformance/groups.ts";
import { shown } from "../conformance/random.ts";
import { randomly } from "../conformance/random-run.ts";
import { recordingOf } from "../conformance/recording.ts";
import { runGroup } from "../conformance/run-group.ts";
import { kubeconfigTarget, type Target } from "../conformance/target.ts";
import { publishFixture } from "./fixture-names.ts";
import { kubeconfig } from "./kubectl.ts";

/** The same each time, so that only a change can fail; another one searches on. */
const seed = Number(process.env.CUTOVER_TEST_SEED ?? 1);

let target: Target;
let images: Record<string, string>;

before(async () => {
  const fixture = await publishFixture();
  images = Object.fromEntries(["v1", "v2", "missing"].map((name) => [name, fixture.image(name)]));
  target = kubeconfigTarget(readFileSync(kubeconfig(), "utf8"));
});
after(() => target.close());

for (const group of groups) {
  test(`the real server still answers as recorded: ${group.name}`, async () => {
    const namespace = `conform-${group.name}-${Date.now().toString(36)}`;
    const [answers, recorded] = [
      await runGroup(group, { target, namespace, images, pause: sleep }),
      recordingOf(group.name),
    ];
    for (const { name } of group.cases) {
      const found = (recorded[name] ?? []).flatMap((answer, step) => answerDifferences(answer, answers[name]?.[step]));
      assert.equal(found.length, 0, `${name}\n  ${found.map(described).join("\n  ")}`);
    }
    assert.deepEqual(Object.keys(recorded), Object.keys(answers), "node test/conformance/record.ts");
  });
}

test("2,000 random operations are answered alike by the real server and the sandbox", async (t) => {
  await using both = await startBoth(`conform-random-${Date.now().toString(36)}`);
  const found = (await randomly({ seed, operations: 2_000 }, both)).filter((one) => one !== undefined);
  t.diagnostic(`seed ${seed}`);
  assert.equal(found.length, 0, found.map(shown).join("\n"));
});
