import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { type Sandbox, startSandbox } from "@cutover/sandbox";
import { answerDifferences, type Difference, described } from "./difference.ts";
import { groups } from "./groups.ts";
import { knownDifferences } from "./known-differences.ts";
import type { Normalized } from "./normalize.ts";
import { type Recording, recordingOf } from "./recording.ts";
import { runGroup } from "./run-group.ts";
import { sandboxImages, sandboxOptions } from "./sandbox-images.ts";
import { httpTarget, type Target } from "./target.ts";

let sandbox: Sandbox;
let target: Target;

before(async () => {
  sandbox = await startSandbox(sandboxOptions);
  // A cluster forgets what was before its last compaction; some cases ask for that.
  sandbox.registry.store.compact();
  target = httpTarget(sandbox.plainUrl);
});
after(async () => {
  target.close();
  await sandbox.close();
});

for (const group of groups) {
  suite(`the sandbox answers as the real server was recorded: ${group.name}`, () => {
    const recorded = recordingOf(group.name);
    let answers: Recording = {};
    before(async () => {
      answers = await runGroup(group, { target, namespace: `conform-${group.name}`, images: sandboxImages });
    });
    for (const { name } of group.cases) {
      test(name, () => {
        assert.notEqual(recorded[name], undefined, "not recorded: node test/conformance/record.ts");
        const known = knownDifferences.find((one) => one.group === group.name && one.case === name)?.paths ?? [];
        const found = differencesOf(recorded[name] ?? [], answers[name] ?? []);
        const unknown = found.filter(({ path }) => !known.some((start) => isBelow(path, start)));
        assert.equal(unknown.length, 0, `\n  ${unknown.map(described).join("\n  ")}`);
        const gone = known.filter((start) => !found.some(({ path }) => isBelow(path, start)));
        assert.deepEqual(gone, [], "listed in known-differences.ts, and no longer a difference");
      });
    }
  });
}

test("every known difference names a case, and every recorded case is one", () => {
  const cases = groups.flatMap((group) => group.cases.map(({ name }) => `${group.name}: ${name}`));
  assert.equal(new Set(cases).size, cases.length, "two cases have one name");
  const listed = knownDifferences.map((one) => `${one.group}: ${one.case}`);
  const recorded = groups.flatMap(({ name }) => Object.keys(recordingOf(name)).map((one) => `${name}: ${one}`));
  assert.deepEqual(
    [...listed, ...recorded].filter((name) => !cases.includes(name)),
    [],
  );
});

function isBelow(path: string, start: string): boolean {
  return `${path}.`.startsWith(`${start}.`);
}

/** With the step in front of each path. */
function differencesOf(recorded: readonly Normalized[], answers: readonly Normalized[]): Difference[] {
  const steps = Array.from({ length: Math.max(recorded.length, answers.length, 1) }, (_, step) => step);
  return steps.flatMap((step) =>
    answerDifferences(recorded[step], answers[step]).map((one) => ({ ...one, path: `${step}.${one.path}` })),
  );
}
