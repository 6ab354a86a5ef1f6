import assert from "node:assert/strict";
import { test } from "node:test";
import { checked, told } from "../checked.test-kit.ts";
import { listening } from "../listening.test-kit.ts";

test("who takes the connection passes", async () => {
  await using server = await listening((socket) => void socket.resume());
  const result = await checked("tcp", { inputs: { tcp: `127.0.0.1:${server.port} within=4s` } });
  assert.match(told(result), /^pass: 127\.0\.0\.1:\d+ takes connections, in \d+ ms$/);
});

test("of several those that nobody answers at are told", async () => {
  await using server = await listening((socket) => void socket.resume());
  const result = await checked("tcp", { inputs: { tcp: `127.0.0.1:${server.port}\n127.0.0.1:1` } });
  assert.equal(told(result), "fail: 127.0.0.1:1 cannot be reached: connect ECONNREFUSED 127.0.0.1:1");
});

test("an address where nobody has a service is not asked at all", async () => {
  const result = await checked("tcp", { inputs: { tcp: "169.254.169.254:80" } });
  assert.equal(told(result), "error: 169.254.169.254 is an address of the cloud's metadata");
});

test("without servers there is nothing to ask", async () => {
  assert.equal(told(await checked("tcp")), "skip: No `tcp` is given");
});
