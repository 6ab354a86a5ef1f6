import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Pod } from "./kinds.ts";
import { Leaver } from "./leaver.ts";
import type { Work } from "./work.ts";

const metadata = { name: "shop-1", uid: "1" };
const running: Pod = {
  apiVersion: "v1",
  kind: "Pod",
  metadata,
  spec: { containers: [{ name: "app", image: "shop:1" }], terminationGracePeriodSeconds: 30 },
};

/** A pod that was told to end at 12:00:00, as its node told it later. */
function ended(finishedAt: string | undefined, deletion = { at: "2030-01-01T12:00:30Z", grace: 30 }): Pod {
  const terminated = { exitCode: 0, ...(finishedAt === undefined ? {} : { finishedAt }) };
  return {
    ...running,
    metadata: { ...metadata, deletionTimestamp: deletion.at, deletionGracePeriodSeconds: deletion.grace },
    status: {
      containerStatuses: [{ name: "app", image: "shop:1", ready: false, restartCount: 0, state: { terminated } }],
    },
  };
}

/** What becomes of it, `after` so many milliseconds. */
function endOf(after: number, seen: Pod | undefined) {
  let now = 0;
  const work = { setting: { clock: { now: () => now } }, snapshot: {} } as Work;
  const leaver = new Leaver(running, work);
  leaver.tell();
  now = after;
  leaver.notice(seen);
  return leaver.end();
}

suite("A pod that ends took", () => {
  const examples: readonly [sentence: string, after: number, seen: Pod | undefined, took: number | undefined][] = [
    ["as long as the cluster's clocks say", 17_000, ended("2030-01-01T12:00:12Z"), 12_000],
    [
      "the same once its node has shortened what is left to nothing",
      17_000,
      ended("2030-01-01T12:00:12Z", { at: "2030-01-01T12:00:00Z", grace: 0 }),
      12_000,
    ],
    ["as long as we saw it, where its node does not know when it ended", 17_000, ended(undefined), 17_000],
    ["as long as we saw it, where its node says 1970", 17_000, ended("1970-01-01T00:00:00Z"), 17_000],
    ["as long as we saw it, where it has gone without a word", 17_000, undefined, 17_000],
    ["no time yet while it runs", 17_000, running, undefined],
    ["more than its grace period where that is over, however late its node tells", 40_000, running, 40_000],
  ];
  for (const [sentence, after, seen, took] of examples) {
    test(sentence, () => assert.deepEqual([endOf(after, seen).took, endOf(after, seen).grace], [took, 30_000]));
  }
});
