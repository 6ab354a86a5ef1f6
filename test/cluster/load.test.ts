import assert from "node:assert/strict";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type LoadOptions, startLoad } from "./load.ts";
import type { LoadReport } from "./load-report.ts";

const fast = { newPerSecond: 200, keptAlive: 20, keptEvery: 50 };

test("loses nothing of a server that answers everything", async () => {
  const report = await loadFor(1_000, fast, answer());
  assert.deepEqual(report.lost, []);
  assert.deepEqual(report.refused, []);
  const byKind = Map.groupBy(report.answers, ({ kind }) => kind);
  assertBetween(byKind.get("new")?.length, 180, 220);
  assertBetween(byKind.get("kept")?.length, 340, 420);
  assert.deepEqual(
    report.versions.map(({ version }) => version),
    ["v1", "v1"],
  );
});

test("counts every connection that the server resets, and asks none of them again", async () => {
  let asked = 0;
  const report = await loadFor(500, { newPerSecond: 100, keptAlive: 0 }, (request, response) => {
    asked += 1;
    if (asked % 10 === 0) request.socket.resetAndDestroy();
    else answer()(request, response);
  });
  assert.equal(report.sent, asked);
  assertBetween(report.lost.length, 4, 6);
  assert.equal(report.lost.length, Math.floor(asked / 10));
  assert.ok(report.lost.every(({ lost }) => lost === "ECONNRESET"));
});

test("counts a kept connection that ends while idle, unless the server said so before", async () => {
  for (const [announced, lost] of [
    [true, 0],
    [false, 1],
  ] as const) {
    let answers = 0;
    const report = await loadFor(800, { newPerSecond: 0, keptAlive: 1, keptEvery: 100 }, (request, response) => {
      answers += 1;
      if (answers === 3 && announced) response.setHeader("connection", "close");
      else if (answers === 3) response.once("finish", () => setTimeout(() => request.socket.end(), 20));
      answer()(request, response);
    });
    assert.equal(report.lost.length, lost, `announced: ${announced}`);
    assert.ok(answers > 5, "it went on with a new connection");
  }
});

test("measures from when a request was due, and gives up on one that is not answered", async () => {
  const options = { newPerSecond: 0, keptAlive: 1, keptEvery: 100, timeout: 400 };
  let first = true;
  const report = await loadFor(900, options, (request, response) => {
    if (!first) return answer()(request, response);
    first = false;
  });
  // The connection is stuck for 400 ms: what was due on it meanwhile comes late, and the lateness is seen.
  assert.equal(report.lost.length, 1);
  assert.equal(report.lost[0]?.lost, "no answer within 0.4 s");
  assertBetween(report.latency.max, 200, 400);
});

test("each connection comes from an address of its own", { skip: process.platform !== "linux" }, async () => {
  const users: unknown[] = [];
  const report = await loadFor(500, { newPerSecond: 200, keptAlive: 0 }, (request, response) => {
    users.push(request.socket.remoteAddress);
    answer()(request, response);
  });
  assert.equal(new Set(users).size, report.sent);
});

test("ends by itself when its time is over", async () => {
  const report = await loadFor(800, { ...fast, atMost: 0.3 }, answer());
  assert.ok(report.answers.every(({ due }) => due < 500));
});

function answer(version = "v1"): RequestListener {
  return (_, response) => {
    response.setHeader("x-version", version);
    response.end("{}");
  };
}

async function loadFor(ms: number, options: Omit<LoadOptions, "port">, listener: RequestListener): Promise<LoadReport> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const load = await startLoad({ ...options, port: (server.address() as AddressInfo).port });
    await sleep(ms);
    return await load.stop();
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function assertBetween(value: number | undefined, least: number, most: number): void {
  assert.ok(value !== undefined && value >= least && value <= most, `${value} is not between ${least} and ${most}`);
}
