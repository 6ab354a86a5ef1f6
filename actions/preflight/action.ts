import { defineAction, type Runner } from "@cutover/action-kit";
import { removeJob } from "@cutover/kubernetes";
import { overridden } from "@cutover/release";
import { type Address, connect } from "../release/connect.ts";
import { isChosen } from "./asked-pods.ts";
import type { Inputs } from "./check.ts";
import { checks } from "./checks.ts";
import { contract } from "./contract.ts";
import { withoutEchoes } from "./echoes.ts";
import { Facts } from "./facts.ts";
import { Probe } from "./probe.ts";
import { preflightResult } from "./results.ts";
import { runChecks } from "./run-checks.ts";

export const preflight = defineAction(contract, checked, { post: removeProbe });

async function checked(inputs: Inputs, runner: Runner) {
  const { clock } = runner;
  const startedAt = clock.date();
  const client = await connect(inputs, runner);
  const over = new AbortController();
  const signal = AbortSignal.any([runner.signal, over.signal]);
  const done = new AbortController();
  void clock.sleep(inputs.timeout, done.signal).then(() => over.abort("the time for all checks is over"));
  const facts = new Facts(inputs, client, runner);
  const seen = { inputs, client, namespace: facts.namespace, facts, runner, signal };
  const probe = new Probe(seen);
  try {
    const world = { ...seen, probe };
    const { override = [], overrideReason = "" } = inputs;
    const chosen = checks.filter(({ id }) => isChosen(id, inputs));
    const found = withoutEchoes(await runChecks(chosen, world), override);
    return await preflightResult(overridden(found, override, overrideReason), world, startedAt);
  } finally {
    done.abort();
    await probe.ended();
    await client.close();
  }
}

/** What main made and could not remove, since it was killed. */
async function removeProbe(inputs: Address, runner: Runner): Promise<void> {
  const { namespace = "", probe = "" } = runner.state;
  if (probe === "") return;
  const client = await connect(inputs, runner);
  try {
    await removeJob(client, { namespace, name: probe });
  } finally {
    await client.close();
  }
}
