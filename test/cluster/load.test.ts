import assert from "node:assert/strict";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type LoadOptions, startLoad } from "./load.ts";
import type { Answer, LoadReport } from "./load-report.ts";

/** Nothing here may depend on how fast the machine is: what is late is not lost. */
const patient = { timeout: 60_000 };
const fast = { ...patient, newPerSecond: 200, keptAlive: 20, keptEvery: 50 };

test("loses nothing of a server that answers everything, and asks each time that it is due", async () => {
  const report = await loadUntil(({ length }) => length > 500, fast, answer());
  assert.deepEqual(report.lost, []);
  assert.deepEqual(report.refused, []);
  const byKind = Map.groupBy(report.answers, ({ kind }) => kind);
  // 200 a second are 5 ms apart; 20 connections that ask every 50 ms are 2.5 ms apart.
  for (const [kind, apart] of [["new", 5] as const, ["kept", 2.5] as const]) {
    const due = (byKind.get(kind) ?? []).map((one) => one.due).sort((one, other) => one - other);
    const [start = 0] = due;
    assert.ok(due.length > 100, `${due.length} on ${kind} connections`);
    for (const [index, at] of due.entries()) assertBetween(at - start - index * apart, -0.01, 0.01);
  }
  assert.deepEqual(
    report.versions.map(({ version }) => version),
    ["v1", "v1"],
  );
});

test("counts every connection that the server resets, and asks none of them again", async () => {
  let asked = 0;
  const order = { ...patient, newPerSecond: 100, keptAlive: 0 };
  const report = await loadUntil(
    ({ length }) => length > 50,
    order,
    (request, response) => {
      asked += 1;
      if (asked % 10 === 0) request.socket.resetAndDestroy();
      else answer()(request, response);
    },
  );
  assert.equal(report.sent, asked);
  assert.equal(report.lost.length, Math.floor(asked / 10));
  assert.ok(report.lost.every(({ lost }) => lost === "ECONNRESET"));
});

test("counts a kept connection that ends while idle, unless the server said so before", async () => {
  for (const [announced, lost] of [
    [true, 0],
    [false, 1],
  ] as const) {
    let answers = 0;
    const order = { ...patient, newPerSecond: 0, keptAlive: 1, keptEvery: 100 };
    // It goes on with a new connection.
    const report = await loadUntil(
      () => answers > 5,
      order,
      (request, response) => {
        answers += 1;
        if (answers === 3 && announced) response.setHeader("connection", "close");
        else if (answers === 3) response.once("finish", () => setTimeout(() => request.socket.end(), 20));
        answer()(request, response);
      },
    );
    assert.equal(report.lost.length, lost, `announced: ${announced}`);
  }
});

test("measures from when a request was due, and gives up on one that is not answered", async () => {
  const options = { newPerSecond: 0, keptAlive: 1, keptEvery: 100, timeout: 600 };
  let first = true;
  const isLate = ({ due, ended, lost }: Answer) => lost === undefined && ended - due >= 1;
  const isSeen = (answers: readonly Answer[]) => answers.some(({ lost }) => lost) && answers.some(isLate);
  const report = await loadUntil(isSeen, options, (request, response) => {
    if (!first) return answer()(request, response);
    first = false;
  });
  // The connection is stuck for 600 ms: what was due on it meanwhile comes late, and the lateness is seen.
  const [stuck] = report.answers.toSorted((one, other) => one.due - other.due);
  assert.ok(stuck !== undefined);
  assert.equal(stuck.lost, "no answer within 0.6 s");
  assert.ok(stuck.ended - stuck.due > 590, `given up after ${stuck.ended - stuck.due} ms`);
  const behind = report.answers.filter((one) => one !== stuck && one.due < stuck.ended);
  assert.ok(behind.length > 0);
  assert.ok(behind.every(({ ended }) => ended >= stuck.ended));
  const slowest = Math.max(
    ...report.answers.filter(({ lost }) => lost === undefined).map((one) => one.ended - one.due),
  );
  assert.equal(report.latency.max, Math.round(slowest));
});

test("each connection comes from an address of its own", { skip: process.platform !== "linux" }, async () => {
  const users: unknown[] = [];
  const report = await loadUntil(
    ({ length }) => length > 100,
    { ...patient, newPerSecond: 200, keptAlive: 0 },
    (request, response) => {
      users.push(request.socket.remoteAddress);
      answer()(request, response);
    },
  );
  assert.equal(new Set(users).size, report.sent);
});

test("sends nothing that is due after its time", async () => {
  const began = performance.now();
  const isOver = () => performance.now() - began > 800;
  const report = await loadUntil(isOver, { ...fast, atMost: 0.3 }, answer());
  assert.ok(report.answers.every(({ due }) => due <= 300));
});

function answer(version = "v1"): RequestListener {
  return (_, response) => {
    response.setHeader("x-version", version);
    response.end("{}");
  };
}

/** Loads a server until what has come back is enough. */
async function loadUntil(
  isEnough: (answers: readonly Answer[]) => boolean,
  options: Omit<LoadOptions, "port">,
  listener: RequestListener,
): Promise<LoadReport> {
  // However long a connection is idle on a machine that is busy, it is not the server who ends it.
  const server = createServer({ keepAliveTimeout: 0 }, listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const load = await startLoad({ ...options, port: (server.address() as AddressInfo).port });
    while (!isEnough(load.answers)) await sleep(10);
    return await load.stop();
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function assertBetween(value: number | undefined, least: number, most: number): void {
  assert.ok(value !== undefined && value >= least && value <= most, `${value} is not between ${least} and ${most}`);
}
