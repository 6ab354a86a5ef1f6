import type { Runner } from "@cutover/action-kit";
import type { Client, Setting, Source } from "@cutover/kubernetes";
import { type Log, slotName, type Wanted } from "@cutover/release";
import * as z from "zod";
import type { Address } from "./connect.ts";
import { clusterInputs } from "./inputs.ts";
import type { Place } from "./sources.ts";

const sharedInputs = z.object(clusterInputs);

/** What an action asks of a release run. */
export interface ReleaseRun {
  inputs: z.output<typeof sharedInputs> & Address & { probe?: string | undefined };
  wanted: Wanted;
  /** What is released of each service, in their order, once it is known where; without it the history has it. */
  sources?: (place: Place) => Promise<readonly Source[]>;
  replicas?: number | undefined;
  smoke?: string | undefined;
  /** Whether a Service that selects no color may be taken over. */
  adopt?: boolean;
  /** The user's own reason for a rollback. */
  reason?: string | undefined;
}

/** What the engines run with, one for each service, in the declared order. */
export async function settingsOf(run: ReleaseRun, runner: Runner, client: Client): Promise<readonly Setting[]> {
  const { inputs, wanted, replicas, smoke, reason, adopt } = run;
  const { service: services, deployment, colorLabel, timeout, lockTimeout, probe } = inputs;
  const { clock, processes, identity, signal } = runner;
  const namespace = inputs.namespace ?? client.namespace;
  const sources = await run.sources?.({ namespace, client });
  const isAlone = services.length === 1;
  return services.map((service, index) => ({
    ...{ client, clock, processes, identity, signal, namespace, service },
    ...{ colorLabel, timeout, lockTimeout, probe, replicas, smoke, reason, adopt },
    together: !isAlone,
    log: isAlone ? runner.log : namedLog(runner.log, service),
    deployments: { blue: slotName(deployment, service, "blue"), green: slotName(deployment, service, "green") },
    source: sources?.[index] ?? { kind: "history" },
    preempts: wanted.kind === "rollback",
    soak: wanted.soak,
  }));
}

/** Services that go side by side mix their lines, so each line says whose it is; groups would cut each other short. */
function namedLog(log: Log, service: string): Log {
  const named = (text: string): string => text.replace(/^/gm, `${service}: `);
  return {
    info: (message) => log.info(named(message)),
    warning: (message) => log.warning(`${service}: ${message}`),
    debug: (message) => log.debug(named(message)),
    untrusted: (text) => log.untrusted(named(text)),
    group: async (title, body) => {
      log.info(named(title));
      return await body();
    },
  };
}
