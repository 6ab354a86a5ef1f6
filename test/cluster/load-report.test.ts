import assert from "node:assert/strict";
import { test } from "node:test";
import { type Answer, type ConnectionKind, describeLoad, reportOf, stretches, wrongAnswers } from "./load-report.ts";

const periods = [
  { from: "start", new: ["v1"], kept: ["v1"] },
  { from: "switched", new: ["v2"], kept: ["v1", "v2"] },
];

test("an old version is wrong on new connections after the switch, and right on kept ones", () => {
  const late = answer("new", "v1", 2_000);
  const report = reportOf([answer("new", "v1", 500), answer("kept", "v1", 2_000), late], { switched: 1_000 });
  assert.deepEqual(wrongAnswers(report, periods), [late]);
});

test("a request that was on its way at the switch may be answered by either version", () => {
  const report = reportOf([answer("new", "v1", 1_001), answer("new", "v2", 1_001)], { switched: 1_000 });
  assert.deepEqual(wrongAnswers(report, periods), []);
});

test("an error is wrong whatever its version, and a lost request is lost and not wrong", () => {
  const error = { ...answer("new", "v1", 10), status: 500 };
  const lost: Answer = { kind: "kept", due: 20, ended: 21, lost: "ECONNRESET" };
  const report = reportOf([error, lost], {});
  assert.deepEqual(wrongAnswers(report, [{ from: "start", new: ["v1"], kept: ["v1"] }]), [error]);
  assert.deepEqual(report.refused, [error]);
  assert.deepEqual(report.lost, [lost]);
});

test("a mark that was never set is an error and not an empty period", () => {
  assert.throws(() => wrongAnswers(reportOf([], {}), periods), /no mark "switched": it has start/);
});

test("answers close in time are one stretch, a pause begins another", () => {
  const found = stretches([answer("new", "v2", 3_000), answer("new", "v2", 100), answer("new", "v2", 900)]);
  assert.deepEqual(
    found.map(({ from, to, answers }) => [from, to, answers.length]),
    [
      [100, 900, 2],
      [3_000, 3_000, 1],
    ],
  );
});

test("the description names causes, versions and marks", () => {
  const lost: Answer = { kind: "new", due: 20, ended: 1_250, lost: "ECONNRESET" };
  assert.deepEqual(describeLoad(reportOf([answer("kept", "v1", 100), lost], { switched: 1_000 })), [
    "2 sent, 1 answered, 1 lost, 0 not 2xx",
    "latency: median 5 ms, 99th percentile 5 ms, at most 5 ms",
    "  lost, new: ECONNRESET: 1, 1.25 s to 1.25 s",
    "  v1 on kept connections: 1, 0.10 s to 0.10 s",
    "  mark start: 0.00 s",
    "  mark switched: 1.00 s",
  ]);
});

function answer(kind: ConnectionKind, version: string, ended: number): Answer {
  return { kind, due: ended - 5, ended, status: 200, version };
}
