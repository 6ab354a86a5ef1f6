import type { Runner } from "@cutover/action-kit";
import type { Client, Setting, Source } from "@cutover/kubernetes";
import { slotName, type Wanted } from "@cutover/release";
import * as z from "zod";
import type { Address } from "./connect.ts";
import { clusterInputs, trafficInputs } from "./inputs.ts";
import type { Place } from "./sources.ts";

const sharedInputs = z.object({ ...clusterInputs, ...trafficInputs });

/** What an action asks of a release run. */
export interface ReleaseRun {
  inputs: z.output<typeof sharedInputs> & Address;
  wanted: Wanted;
  /** What is released, once it is known where. */
  source: (place: Place) => Promise<Source>;
  replicas?: number | undefined;
  smoke?: string | undefined;
  /** The user's own reason for a rollback. */
  reason?: string | undefined;
}

/** What the engine runs with. */
export async function settingOf(run: ReleaseRun, runner: Runner, client: Client): Promise<Setting> {
  const { inputs, wanted, replicas, smoke, reason } = run;
  const { service, deployment, colorLabel, timeout, lockTimeout, probe } = inputs;
  const { clock, log, processes, identity, signal } = runner;
  const namespace = inputs.namespace ?? client.namespace;
  const deployments = { blue: slotName(deployment, service, "blue"), green: slotName(deployment, service, "green") };
  return {
    ...{ client, clock, log, processes, identity, signal },
    ...{ namespace, service, deployments, colorLabel, timeout, lockTimeout, probe, replicas, smoke, reason },
    source: await run.source({ namespace, client }),
    preempts: wanted.kind === "rollback",
    soak: wanted.soak,
  };
}
