import { type Clock, isCutoverError, type Log } from "@cutover/release";
import type { Client } from "../client/client.ts";
import type { Resource } from "../client/model.ts";
import { as, type Pod } from "../native/kinds.ts";
import { collectionOf } from "../native/snapshot.ts";
import { type Answer, answerOf, gone, neverCame, type Waiting } from "./answer.ts";

/** A Job that is made, waited for and removed. */
export interface ShortJob {
  /** Its name must be nobody else's: whatever bears it is removed in the end. */
  readonly job: Resource & { readonly metadata: { readonly namespace: string } };
  /** Names of its pod's containers. */
  readonly containers: readonly string[];
  /** Milliseconds that its pod may take. */
  readonly patience: number;
  readonly clock: Clock;
  readonly log: Log;
  /** Ends the wait. */
  readonly signal: AbortSignal;
}

/** By container. */
export type JobAnswers = ReadonlyMap<string, Answer>;

/** Milliseconds between two looks while nothing changes. */
const lookEvery = 1_000;

/** Waits for the Job's one pod, until each container has ended or it is known why it will not. */
export async function answersOf(client: Client, { job, containers, signal, ...short }: ShortJob): Promise<JobAnswers> {
  const { namespace, name } = job.metadata;
  const collection = { ...collectionOf("Pod", namespace), labelSelector: `job-name=${name}` };
  const pods = await client.look(collection, { signal });
  const wait = waitOf(short, signal);
  let last: Pod | undefined;
  try {
    for (;;) {
      const changed = pods.changed();
      const [item] = pods.items();
      const waiting = wait();
      const pod = item === undefined ? undefined : as("Pod", item);
      const whole = pod === undefined ? await withoutPod(client, { job, last, waiting }) : undefined;
      last = pod ?? last;
      const found = containers.map(
        (one) => [one, whole ?? (pod === undefined ? undefined : answerOf(pod, one, waiting))] as const,
      );
      const answered = found.flatMap(([one, answer]) => (answer === undefined ? [] : [[one, answer] as const]));
      if (waiting.isOver || answered.length === containers.length) return new Map(answered);
      await woken(changed, short.clock, signal);
    }
  } finally {
    pods.close();
  }
}

function waitOf({ clock, patience }: Pick<ShortJob, "clock" | "patience">, signal: AbortSignal): () => Waiting {
  const started = clock.now();
  const since = new Map<string, number>();
  return () => {
    const now = clock.now();
    const lasting: Waiting["lasting"] = ({ id }) => {
      since.set(id, since.get(id) ?? now);
      return now - (since.get(id) ?? now);
    };
    return { waited: now - started, isOver: signal.aborted || now - started >= patience, lasting };
  };
}

interface Unseen {
  readonly job: ShortJob["job"];
  /** The pod as it was last seen. */
  readonly last: Pod | undefined;
  readonly waiting: Waiting;
}

async function withoutPod(client: Client, { job, last, waiting }: Unseen): Promise<Answer | undefined> {
  if (last !== undefined) return gone(last);
  // Its pod comes within a moment, unless it does not come at all.
  const refusal = waiting.waited < lookEvery ? undefined : await refusalOf(client, job);
  return neverCame(refusal, waiting);
}

/** What the Job's controller says of the pod that it could not make; nothing where the credentials may not read it. */
async function refusalOf(
  client: Client,
  { metadata: { namespace, name } }: ShortJob["job"],
): Promise<string | undefined> {
  try {
    const fieldSelector = `involvedObject.kind=Job,involvedObject.name=${name}`;
    const { items } = await client.list({ ...collectionOf("Event", namespace), fieldSelector });
    const told = items.map((item) => as("Event", item)).findLast(({ reason }) => reason === "FailedCreate");
    return told?.message;
  } catch (error) {
    if (isCutoverError(error)) return undefined;
    throw error;
  }
}

async function woken(changed: Promise<void>, clock: Clock, signal: AbortSignal): Promise<void> {
  const awake = new AbortController();
  await Promise.race([changed, clock.sleep(lookEvery, AbortSignal.any([signal, awake.signal]))]);
  awake.abort("woken");
}
