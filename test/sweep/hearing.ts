import { once } from "node:events";
import type { Worker } from "node:worker_threads";

/** The next message of a worker, which is taken for a `T`. @throws what the worker throws, or Error if it ends without a word */
export async function nextOf<T>(worker: Worker): Promise<T> {
  const hearing = new AbortController();
  const { signal } = hearing;
  const gone = once(worker, "exit", { signal }).then(([code]) => {
    throw new Error(`The worker has ended with code ${code}, and said nothing`);
  });
  try {
    const [message]: T[] = await Promise.race([once(worker, "message", { signal }), gone]);
    if (message === undefined) throw new Error("The worker said nothing");
    return message;
  } finally {
    hearing.abort();
  }
}
