import assert from "node:assert/strict";
import type { CheckResult } from "@cutover/release";
import type { SandboxOptions } from "@cutover/sandbox";
import { shop } from "../../test/journeys/shop.ts";
import { openTown, type Town } from "../../test/virtual/town.ts";

/** How a cluster comes to be looked at. */
export interface Scene {
  /** The cluster; a shop whose blue slot serves if not given. */
  readonly options?: SandboxOptions;
  readonly inputs?: Readonly<Record<string, string>>;
  /** What happens before the check looks: files, faults, releases. */
  readonly before?: (town: Town) => Promise<unknown> | unknown;
}

/** What one check finds, run by the action itself against a small Kubernetes in virtual time. */
export async function checked(id: string, { options, inputs = {}, before }: Scene = {}): Promise<CheckResult> {
  await using town = await openTown({ ...(options ?? { ...shop(), probeEveryMs: 1_000 }) });
  await town.until(town.sandbox.clock.sleep(5_000));
  if (before !== undefined) await town.until(Promise.resolve(before(town)));
  const run = await town.until(town.run("preflight", { service: "shop", checks: id, ...inputs }));
  const results: readonly CheckResult[] = JSON.parse(run.outputs.results ?? "[]");
  const [result, ...more] = results;
  assert.ok(result !== undefined && more.length === 0, run.log);
  assert.equal(run.exitCode, result.verdict === "fail" || result.verdict === "error" ? 1 : 0, run.log);
  return result;
}

/** Verdict and evidence in one text, to be compared or matched. */
export function told({ verdict, evidence }: CheckResult): string {
  return `${verdict}: ${evidence}`;
}
