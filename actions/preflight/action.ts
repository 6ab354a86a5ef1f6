import { defineAction } from "@cutover/action-kit";
import { overridden } from "@cutover/release";
import { connect } from "../release/connect.ts";
import type { Inputs } from "./check.ts";
import { checks } from "./checks.ts";
import { contract } from "./contract.ts";
import { withoutEchoes } from "./echoes.ts";
import { Facts } from "./facts.ts";
import { preflightResult } from "./results.ts";
import { runChecks } from "./run-checks.ts";

export const preflight = defineAction(contract, async (inputs, runner) => {
  const { clock } = runner;
  const startedAt = clock.date();
  const client = await connect(inputs, runner);
  const over = new AbortController();
  const signal = AbortSignal.any([runner.signal, over.signal]);
  const done = new AbortController();
  void clock.sleep(inputs.timeout, done.signal).then(() => over.abort("the time for all checks is over"));
  try {
    const facts = new Facts(inputs, client, runner);
    const world = { inputs, client, namespace: facts.namespace, facts, runner, signal };
    const { override = [], overrideReason = "" } = inputs;
    const found = withoutEchoes(await runChecks(chosen(inputs), world), override);
    return await preflightResult(overridden(found, override, overrideReason), world, startedAt);
  } finally {
    done.abort();
    await client.close();
  }
});

function chosen({ checks: only, skip = [] }: Inputs) {
  return checks.filter(({ id }) => (only?.includes(id) ?? true) && !skip.includes(id));
}
