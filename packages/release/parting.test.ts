import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { cutBy, type Parting, type PodEnd, tellEnd, tellParting } from "./parting.ts";

const grace = 30_000;
const killed: PodEnd = { pod: "a", open: 2, grace, took: 30_000, exitCode: 137 };
const ended: PodEnd = { pod: "b", open: 1, grace, took: 9_000, exitCode: 0 };
const hasty: PodEnd = { pod: "c", open: 4, grace, took: 1_000, exitCode: 0 };
const { open: _open, ...uncounted } = killed;

function parting(...ends: readonly PodEnd[]): Parting {
  return { deployment: "shop-blue", ends, sinceSwitch: 62_000 };
}

suite("With a pod that", () => {
  const examples: readonly [sentence: string, end: PodEnd, connections: number | undefined][] = [
    ["is killed at the end of its grace period, its connections are cut", killed, 2],
    ["is gone at the end of its grace period, with no word of how, they are too", without(killed, "exitCode"), 2],
    ["is killed without a connection, nothing is cut", { ...killed, open: 0 }, undefined],
    ["ends well in its time, nothing is", ended, undefined],
    ["ends as a JVM does, nothing is", { ...ended, exitCode: 143 }, undefined],
    ["has gone before its time, with no word of how, nothing is", without(ended, "exitCode"), undefined],
    ["fails while it ends, its connections are cut", { ...ended, exitCode: 1 }, 1],
    ["ends at once, they are", hasty, 4],
    ["is gone at once, with no word of how, they are", without(hasty, "exitCode"), 4],
    ["is killed as it was told to end, they are", { ...hasty, exitCode: 143 }, 4],
    ["goes on for longer than anybody watches, nothing is", without(killed, "took"), undefined],
    ["ends at once and could not be asked, nobody knows of any", without(hasty, "open"), undefined],
  ];
  for (const [sentence, end, connections] of examples) {
    test(sentence, () => assert.equal(cutBy(parting(end))?.connections, connections));
  }
});

test("what was cut is told with its numbers, and what to set", () => {
  assert.deepEqual(cutBy(parting(killed, ended, hasty, killed)), {
    connections: 8,
    pods: 3,
    message: "8 connections to shop-blue were cut: 2 pods were killed after 30 s, 1 pod ended without waiting for them",
    hint: "They were still open 1 min 2 s after the switch: raise `drain` or terminationGracePeriodSeconds (now 30 s) until both together outlast your longest connection, or let the application finish its connections when it is told to end (SIGTERM).",
  });
  assert.match(cutBy(parting(hasty))?.hint ?? "", /: raise `drain` until it outlasts your longest connection, or let /);
});

test("connections of pods that nobody asked make the number a lower bound", () => {
  const message = "At least 2 connections to shop-blue were cut: 2 pods were killed after 30 s";
  assert.equal(cutBy(parting(killed, uncounted))?.message, message);
});

test("pods that are killed without anybody's having counted are told of, with the reason", () => {
  const cut = cutBy({ ...parting(uncounted), uncounted: "nobody may look" });
  assert.deepEqual([cut?.connections, cut?.pods], [undefined, 1]);
  assert.equal(
    cut?.message,
    "shop-blue: 1 pod was killed after 30 s, still at work; how many connections were cut is not known, because nobody may look",
  );
  assert.match(cut?.hint ?? "", /^If there were connections: raise `drain` or/);
});

test("the table of steps says in a few words how it went", () => {
  const words = [
    [parting(ended), "its connections were given time: all pods ended by themselves within 9 s"],
    [{ ...parting(ended), uncounted: "no" }, "connections were not counted: all pods ended by themselves within 9 s"],
    [parting(ended, without(killed, "took")), "1 pod goes on for open connections"],
    [parting(killed), "2 connections to shop-blue were cut: 1 pod was killed after 30 s"],
  ] as const;
  for (const [parted, expected] of words) assert.equal(tellParting(parted), expected);
});

test("the log says of each pod how it ended", () => {
  assert.deepEqual([killed, without(uncounted, "exitCode"), without(killed, "took")].map(tellEnd), [
    "Pod a ended after 30 s with exit code 137; connections open at the last look: 2",
    "Pod a ended after 30 s",
    "Pod a goes on with exit code 137; connections open at the last look: 2",
  ]);
});

function without(end: PodEnd, name: "exitCode" | "open" | "took"): PodEnd {
  const { [name]: _left, ...rest } = end;
  return rest as PodEnd;
}
