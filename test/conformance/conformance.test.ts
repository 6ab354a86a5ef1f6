import assert from "node:assert/strict";
import { before, suite, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startSandbox, virtualClock } from "@cutover/sandbox";
import type { Group } from "./case.ts";
import { answerDifferences, type Difference, described } from "./difference.ts";
import { groups } from "./groups.ts";
import { knownDifferences } from "./known-differences.ts";
import type { Normalized } from "./normalize.ts";
import { type Recording, recordingOf } from "./recording.ts";
import { runGroup } from "./run-group.ts";
import { sandboxImages, sandboxOptions } from "./sandbox-images.ts";
import { httpTarget } from "./target.ts";

const answered = new Map<string, Recording>();

// Groups share nothing but the server, so they are asked side by side.
before(async () => {
  await using sandbox = await startSandbox(sandboxOptions);
  // A cluster forgets what was before its last compaction; some cases ask for that.
  sandbox.registry.store.compact();
  const target = httpTarget(sandbox.plainUrl);
  const ask = async (group: Group): Promise<void> => {
    const place = { target, namespace: `conform-${group.name}`, images: sandboxImages, pause: sleep };
    answered.set(group.name, await (group.apart ? inVirtualTime(group) : runGroup(group, place)));
  };
  await Promise.all(groups.map(ask)).finally(() => target.close());
});

for (const group of groups) {
  suite(`the sandbox answers as the real server was recorded: ${group.name}`, () => {
    const recorded = recordingOf(group.name);
    for (const { name } of group.cases) {
      test(name, () => {
        assert.notEqual(recorded[name], undefined, "not recorded: node test/conformance/record.ts");
        const known = knownDifferences.find((one) => one.group === group.name && one.case === name)?.paths ?? [];
        const found = differencesOf(recorded[name] ?? [], answered.get(group.name)?.[name] ?? []);
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

/** Where controllers come to rest, time passes as fast as they are asked. */
async function inVirtualTime(group: Group): Promise<Recording> {
  const clock = virtualClock();
  await using own = await startSandbox({ ...sandboxOptions, clock });
  const connection = httpTarget(own.plainUrl);
  try {
    const pause = (ms: number): Promise<void> => clock.advance(ms);
    return await runGroup(group, {
      target: connection,
      namespace: `conform-${group.name}`,
      images: sandboxImages,
      pause,
    });
  } finally {
    connection.close();
  }
}

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
