import { type CheckResult, formatDuration, isCutoverError } from "@cutover/release";
import type { Check, Finding, World } from "./check.ts";

/**
 * Runs all checks side by side. One that throws, or has not ended when `world.signal` aborts, is an `error` of its own;
 * what the others found stands.
 */
export async function runChecks(checks: readonly Check[], world: World): Promise<readonly CheckResult[]> {
  const { clock } = world.runner;
  return await Promise.all(
    checks.map(async ({ id, title, run }): Promise<CheckResult> => {
      const started = clock.now();
      const took = () => clock.now() - started;
      const late = aborted(world.signal).then(() => hung(took()));
      const found = await Promise.race([carriedOut(() => run(world)), late]);
      return { id, title, ...found, ms: took() };
    }),
  );
}

type Found = Pick<CheckResult, "verdict" | "evidence" | "remedy">;

async function carriedOut(run: () => Promise<Finding> | Finding): Promise<Found> {
  try {
    return await run();
  } catch (error) {
    if (isCutoverError(error)) return { verdict: "error", evidence: error.message, remedy: error.hint };
    return { verdict: "error", evidence: String(error), remedy: "This is a bug of cutover: please report it." };
  }
}

function hung(ms: number): Found {
  return {
    verdict: "error",
    evidence: `It had not ended after ${formatDuration(ms)}, when the time for all checks was over`,
    remedy: "Raise `timeout`, or find out why what it asks does not answer.",
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
