import type { Collection } from "./model.ts";
import type { Reads } from "./reads.ts";

/** A collection's one list that is under way, and the one that follows it if somebody has asked since. */
interface Queue {
  underWay: Promise<void>;
  next?: ReturnType<Reads["list"]>;
}

/**
 * One list of the same collection at a time: who asks while one is under way shares the next with all who do, so that nobody
 * gets an answer older than the question. A list that can be cut short is its asker's own.
 */
export function sharingLists(list: Reads["list"]): Reads["list"] {
  const queues = new Map<string, Queue>();
  const send = (key: string, collection: Collection): ReturnType<Reads["list"]> => {
    const answer = list(collection);
    const queue: Queue = { underWay: answer.then(ignore, ignore) };
    queues.set(key, queue);
    void queue.underWay.then(() => {
      if (queue.next === undefined) queues.delete(key);
    });
    return answer;
  };
  return (collection, options = {}) => {
    if (options.signal !== undefined) return list(collection, options);
    const key = keyOf(collection);
    const queue = queues.get(key);
    if (queue === undefined) return send(key, collection);
    queue.next ??= queue.underWay.then(() => send(key, collection));
    return queue.next;
  };
}

/** The same for the same collection. */
export function keyOf({ apiVersion, kind, namespace, labelSelector, fieldSelector }: Collection): string {
  return JSON.stringify([apiVersion, kind, namespace, labelSelector, fieldSelector]);
}

function ignore(): void {}
