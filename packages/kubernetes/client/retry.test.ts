import assert from "node:assert/strict";
import { test } from "node:test";
import { patienceWith, type Try, waitBeforeRetry } from "./retry.ts";
import type { Outcome } from "./transport.ts";

const answer = (status: number, retryAfter?: string): Outcome => ({
  kind: "answer",
  status,
  text: "",
  headers: retryAfter === undefined ? {} : { "retry-after": retryAfter },
});
const unsent = (hopeless: boolean): Outcome => ({ kind: "unsent", cause: new Error("no"), hopeless });
const refused = "error trying to reach service: dial tcp 10.0.0.7:80: connect: connection refused";
const unreached: Outcome = { kind: "answer", status: 503, headers: {}, text: JSON.stringify({ message: refused }) };
const lost: Outcome = { kind: "lost", cause: new Error("lost") };

const made = (part: Partial<Try>): Try => ({
  outcome: answer(503),
  repeatable: true,
  tries: 0,
  elapsed: 0,
  patience: patienceWith.known,
  date: new Date("2030-01-01T00:00:00Z"),
  ...part,
});

const cases: readonly (readonly [string, Partial<Try>, number | undefined])[] = [
  ["a read's first fault", {}, 250],
  ["a read's fifth fault", { tries: 4 }, 4_000],
  ["a read's ninth fault", { tries: 8 }, 8_000],
  ["the twelfth try", { tries: 11 }, undefined],
  ["more than a minute of faults", { elapsed: 59_800 }, undefined],
  [
    "a server never seen, within three seconds",
    { outcome: unsent(false), patience: patienceWith.stranger, elapsed: 1_000 },
    250,
  ],
  [
    "a server never seen, for three seconds",
    { outcome: unsent(false), patience: patienceWith.stranger, elapsed: 2_800 },
    undefined,
  ],
  ["a bad certificate", { outcome: unsent(true) }, undefined],
  ["a write without a connection", { outcome: unsent(false), repeatable: false }, 250],
  ["a write's lost answer", { outcome: lost, repeatable: false }, undefined],
  ["a read's lost answer", { outcome: lost }, 250],
  ["a write's 503, even with Retry-After", { outcome: answer(503, "1"), repeatable: false }, undefined],
  ["a write's 429", { outcome: answer(429), repeatable: false }, 250],
  ["a read's 408", { outcome: answer(408) }, 250],
  ["501, which no patience mends", { outcome: answer(501) }, undefined],
  ["404", { outcome: answer(404, "1") }, undefined],
  ["three seconds of a pod that cannot be reached", { outcome: unreached, elapsed: 2_800 }, undefined],
  ["a read's answer that was waited for longer than that", { outcome: lost, elapsed: 120_000 }, 250],
  ["a read's second answer after that", { outcome: lost, elapsed: 120_000, tries: 1 }, undefined],
  ["a redirect", { outcome: answer(302) }, undefined],
  ["Retry-After in seconds", { outcome: answer(429, "7") }, 7_000],
  ["Retry-After shorter than the wait that is due", { outcome: answer(429, "1"), tries: 4 }, 4_000],
  ["Retry-After as a date", { outcome: answer(429, "Tue, 01 Jan 2030 00:00:30 GMT") }, 30_000],
  ["Retry-After as a date that is over", { outcome: answer(429, "Tue, 01 Jan 2029 00:00:30 GMT") }, 250],
  ["Retry-After that is nonsense", { outcome: answer(429, "soon") }, 250],
  ["Retry-After beyond two minutes", { outcome: answer(429, "121") }, undefined],
];

for (const [what, part, wait] of cases) {
  test(`${wait === undefined ? "gives up after" : `waits ${wait} ms after`} ${what}`, () =>
    assert.equal(waitBeforeRetry(made(part)), wait));
}
