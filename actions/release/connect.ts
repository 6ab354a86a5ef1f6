import type { Runner } from "@cutover/action-kit";
import { type Client, createClient } from "@cutover/kubernetes";
import { CutoverError, formatDuration } from "@cutover/release";

export interface Address {
  kubeconfig?: string | undefined;
  context?: string | undefined;
  /** Milliseconds of the action's own deadline: no request goes on for longer. */
  timeout: number;
}

/** Milliseconds for which a request is tried again, whatever the deadline. */
const longestPatience = 60_000;
/** Milliseconds that are left for requests once the job is cancelled: the runner gives 7.5 s to all that is to be said and done. */
const lastWords = 5_000;

/** The client for the cluster that the inputs name; its secrets are masked before anything can print them. */
export async function connect({ kubeconfig, context, timeout }: Address, runner: Runner): Promise<Client> {
  const { clock, processes, dial, log, env, workspace } = runner;
  const { ending, over } = endOfRequests(runner);
  const client = await createClient({
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
    ending,
  });
  return {
    ...client,
    close: async () => {
      over();
      await client.close();
    },
  };
}

/** Ends the requests of a cancelled run in time for it to say how it stands; nothing is left of it once it is `over`. */
function endOfRequests({ clock, signal }: Runner): { ending: AbortSignal; over(): void } {
  const [ending, closed] = [new AbortController(), new AbortController()];
  const wait = async (): Promise<void> => {
    await clock.sleep(lastWords, closed.signal);
    const message = `Cancelled (${signal.reason}), and the API server did not answer within ${formatDuration(lastWords)}`;
    const hint = "Run it again and it goes on from what it finds, or roll back.";
    if (!closed.signal.aborted) ending.abort(new CutoverError("unavailable", message, { hint }));
  };
  if (signal.aborted) void wait();
  else signal.addEventListener("abort", () => void wait(), { once: true, signal: closed.signal });
  return { ending: ending.signal, over: () => closed.abort() };
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
