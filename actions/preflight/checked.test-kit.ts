import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CheckResult } from "@cutover/release";
import type { SandboxOptions } from "@cutover/sandbox";
import { shop } from "../../test/journeys/shop.ts";
import { openTown, type Town } from "../../test/virtual/town.ts";

/** How a cluster comes to be looked at. */
export interface Scene {
  /** The cluster; a shop whose blue slot serves if not given. */
  readonly options?: SandboxOptions;
  readonly inputs?: Readonly<Record<string, string>>;
  /** What the runner sets besides. */
  readonly env?: Readonly<Record<string, string>>;
  /** What happens before the check looks: files, faults, releases. */
  readonly before?: (town: Town) => Promise<unknown> | unknown;
  /** The calendar's time when it opens, in milliseconds. */
  readonly date?: number;
}

/** What one check finds, run by the action itself against a small Kubernetes in virtual time. */
export async function checked(
  id: string,
  { options, inputs = {}, env = {}, before, date }: Scene = {},
): Promise<CheckResult> {
  await using town = await openTown(options ?? shopAnd(), date);
  await town.until(town.sandbox.clock.sleep(5_000));
  if (before !== undefined) await town.until(Promise.resolve(before(town)));
  const run = await town.until(town.run("preflight", { service: "shop", checks: id, ...inputs }, { env }));
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

/** What a manifest's pods have besides their one container, and what that has besides its image and probe. */
export interface Pods {
  readonly pod?: Readonly<Record<string, unknown>>;
  readonly container?: Readonly<Record<string, unknown>>;
  readonly replicas?: number;
}

/** The scene of a release of one manifest, with other objects of it behind. */
export function releasing({ pod = {}, container = {}, replicas = 2 }: Pods, ...others: readonly object[]): Scene {
  const labels = { app: "shop" };
  const readinessProbe = { httpGet: { path: "/ready", port: 8080 } };
  const containers = [{ name: "app", image: "registry.example/shop:v2", readinessProbe, ...container }];
  const template = { metadata: { labels }, spec: { ...pod, containers } };
  const spec = { replicas, selector: { matchLabels: labels }, template };
  const deployment = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "shop" }, spec };
  const text = [deployment, ...others].map((object) => JSON.stringify(object)).join("\n---\n");
  return {
    inputs: { manifests: "shop.yaml" },
    before: ({ workspace }) => writeFileSync(join(workspace, "shop.yaml"), text),
  };
}

/** The shop before its first release by color, with other objects in its cluster: blue serves, and there is no green yet. */
export function shopAnd(...others: readonly object[]): SandboxOptions {
  const { objects = [], ...base } = shop();
  const isGreen = (object: object) => JSON.stringify(object).includes('"name":"shop-green"');
  // What others is made of is told by its kind; the server refuses what is none.
  const all = [...objects.filter((object) => !isGreen(object)), ...others] as typeof objects;
  return { ...base, probeEveryMs: 1_000, objects: all };
}
