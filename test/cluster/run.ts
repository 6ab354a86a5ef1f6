import { globSync } from "node:fs";
import { join, resolve } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { setTimeout as sleep } from "node:timers/promises";
import { down } from "./down.ts";
import { difference, runMark, type Snapshot, snapshot } from "./leftovers.ts";
import { requireRoot } from "./machine.ts";
import { nodeProcesses } from "./node.ts";
import { folder, repository, state } from "./places.ts";
import { up } from "./up.ts";

interface TestSummary {
  success: boolean;
  counts: { passed: number; skipped: number; todo: number };
}

/** `npm run test:cluster [-- FILE …]`: the tests that need a real Kubernetes, one file after the other. With KUBECONFIG
 * set they use that cluster. Else they use this checkout's own: a running one is used and left running; where none
 * runs, one is started, taken down, and the machine compared with what it was before. */
async function main(): Promise<boolean> {
  process.env[runMark] = `${process.pid}-${Date.now()}`;
  if (process.env.KUBECONFIG) return runTests();
  requireRoot();
  if (nodeProcesses(state).length > 0) {
    console.log("The cluster runs already: it is used and left running, and nothing is compared before and after.");
    await up();
    return runTests();
  }
  const before = snapshot();
  let passed = false;
  try {
    await up();
    passed = await runTests();
  } finally {
    await down();
  }
  return (await isClean(before)) && passed;
}

/** One file after the other, since all share two cores and load is measured. Without a test that ran, or with one that
 * was skipped, the tier has failed: it proves something or it says that it does not. */
async function runTests(): Promise<boolean> {
  const chosen = process.argv.slice(2).map((file) => resolve(file));
  const files = chosen.length > 0 ? chosen : globSync(join(folder, "*.cluster-test.ts")).sort();
  const tests = run({ files, concurrency: false, cwd: repository });
  const summary = new Promise<TestSummary>((done) => {
    // Each file sums up as well; the last word has no file.
    tests.on("test:summary", (data) => data.file === undefined && done(data));
  });
  tests.compose(new spec()).pipe(process.stdout);
  const { success, counts } = await summary;
  return success && counts.passed > 0 && counts.skipped === 0 && counts.todo === 0;
}

/** The kernel lets go of network namespaces a moment after their last process. */
async function isClean(before: Snapshot): Promise<boolean> {
  for (let tries = 0; tries < 50; tries += 1) {
    const left = difference(before, snapshot());
    if (left.length === 0) {
      console.log("Nothing was left behind.");
      return true;
    }
    if (tries === 49) console.error(["The machine is not what it was before:", ...left].join("\n  "));
    await sleep(100);
  }
  return false;
}

main().then(
  (passed) => process.exit(passed ? 0 : 1),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
