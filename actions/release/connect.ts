import type { Runner } from "@cutover/action-kit";
import { type Client, createClient } from "@cutover/kubernetes";
import { CutoverError } from "@cutover/release";

export interface Address {
  kubeconfig?: string | undefined;
  context?: string | undefined;
  /** Milliseconds of the action's own deadline: no request goes on for longer. */
  timeout: number;
}

/** Milliseconds for which a request is tried again, whatever the deadline. */
const longestPatience = 60_000;

/** The client for the cluster that the inputs name; its secrets are masked before anything can print them. */
export async function connect({ kubeconfig, context, timeout }: Address, runner: Runner): Promise<Client> {
  const { clock, processes, dial, log, env, workspace } = runner;
  return await createClient({
    kubeconfig,
    context,
    env,
    workspace,
    clock,
    processes,
    dial,
    log,
    patience: Math.min(longestPatience, timeout),
    onSecret: (value) => runner.maskSecret(value),
  });
}

/** @throws forbidden, naming every right that the credentials lack. */
export async function requireRights(client: Client, questions: Parameters<Client["denied"]>[0]): Promise<void> {
  const denied = await client.denied(questions);
  if (denied.length === 0) return;
  const rights = denied.map(({ verb, resource, group }) => `${verb} ${resource}${group === "" ? "" : `.${group}`}`);
  const namespace = denied[0]?.namespace;
  throw new CutoverError(
    "forbidden",
    `The credentials may not do this in namespace ${namespace}: ${rights.join(", ")}`,
    {
      hint: "Give their Role these rights; README.md of the action has one to copy.",
    },
  );
}
