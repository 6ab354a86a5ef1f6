import { isCutoverError } from "@cutover/release";
import type { Client } from "../client/client.ts";
import { answersOf, type JobAnswers, type ShortJob } from "./answers.ts";

/** How often its removal is tried, and milliseconds between. */
const attempts = 3;
const pause = 500;

/**
 * Runs a Job of one pod to its end, and removes it whatever happens, with its pod.
 * @returns how each container has ended, or why it has not
 * @throws what the server refuses the Job for
 */
export async function runShortJob(client: Client, short: ShortJob): Promise<JobAnswers> {
  try {
    // Without the signal: a request that was given up could still land after the removal.
    await client.create(short.job);
    return await answersOf(client, short);
  } finally {
    await removed(client, short);
  }
}

/** Whether its creation was heard of or not: an answer can be lost. What cannot be removed is told, and goes by itself. */
async function removed(client: Client, { job, clock, log }: ShortJob): Promise<void> {
  for (let left = attempts - 1; left >= 0; left -= 1)
    try {
      return await removeJob(client, job.metadata);
    } catch (error) {
      if (!isCutoverError(error)) throw error;
      if (left === 0) log.warning(`${error.message}. It ends and goes by itself.`);
      else await clock.sleep(pause);
    }
}

/** Removes a Job with its pod, where it is there. */
export async function removeJob(
  client: Pick<Client, "delete">,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): Promise<void> {
  try {
    // Without a policy the pod of a Job would stay.
    await client.delete({ apiVersion: "batch/v1", kind: "Job", namespace, name }, { propagation: "Background" });
  } catch (error) {
    if (!isCutoverError(error, "not-found")) throw error;
  }
}
