import type { Runner } from "@cutover/action-kit";
import type { Client } from "@cutover/kubernetes";
import type { Verdict } from "@cutover/release";
import type * as z from "zod";
import type { contract } from "./contract.ts";
import type { Facts } from "./facts.ts";
import type { Probe } from "./probe.ts";

export type Inputs = z.output<(typeof contract)["inputs"]>;

/** What a check looks at. It changes nothing: only the probe makes something, and removes it. */
export interface World {
  readonly inputs: Inputs;
  readonly client: Client;
  readonly namespace: string;
  /** What several checks look at, read once. */
  readonly facts: Facts;
  /** Who asks where `via=job` is said. */
  readonly probe: Probe;
  readonly runner: Runner;
  /** Aborts when the time for all checks is over, or the job is cancelled. */
  readonly signal: AbortSignal;
}

/** What a check found. One that cannot find out throws: that is its `error`, told with the error's own words. */
export interface Finding {
  readonly verdict: Exclude<Verdict, "error">;
  /** What was seen, naming the objects: a sentence, or a line for each. */
  readonly evidence: string;
  /** What to do about it; expected of `warn` and `fail`. */
  readonly remedy?: string | undefined;
}

/** One thing to know before a release: a file in `checks/`, a line in `checks.ts`, a test. */
export interface Check {
  /** In kebab-case; users choose, skip and override it by this name. */
  readonly id: string;
  /** What is so where it passes: `The API server answers`. */
  readonly title: string;
  run(world: World): Promise<Finding> | Finding;
}

/** Everything is as it should be. */
export function pass(evidence: string): Finding {
  return { verdict: "pass", evidence };
}

/** There is nothing to check, and why. */
export function skip(evidence: string): Finding {
  return { verdict: "skip", evidence };
}

/** A release may go wrong, or already did. */
export function warn(evidence: string, remedy: string): Finding {
  return { verdict: "warn", evidence, remedy };
}

/** A release would go wrong. */
export function fail(evidence: string, remedy: string): Finding {
  return { verdict: "fail", evidence, remedy };
}

/**
 * Several findings of one check as one: the worst verdict, the evidence and the remedies of all that have it, a line each.
 * @param findings one for each object, service or endpoint; with none there was nothing to check, for the reason `otherwise`, which is empty where that cannot be
 */
export function together(findings: readonly Finding[], otherwise: string): Finding {
  const verdict = (["fail", "warn", "pass"] as const).find((one) => findings.some((found) => found.verdict === one));
  const told = findings.filter((found) => found.verdict === (verdict ?? "skip"));
  const lines = (texts: readonly (string | undefined)[]) =>
    [...new Set(texts.filter((text) => text !== undefined))].join("\n");
  const remedy = lines(told.map((one) => one.remedy));
  return {
    verdict: verdict ?? "skip",
    evidence: lines(told.map((one) => one.evidence)) || otherwise,
    ...(remedy === "" ? {} : { remedy }),
  };
}
