import assert from "node:assert/strict";
import { createServer } from "node:net";
import { test } from "node:test";
import { CutoverError, type ErrorCode, isCutoverError } from "@cutover/release";
import { isUnknownResult } from "./lost-answer.ts";
import {
  instantClock,
  json,
  keptWarnings,
  portOf,
  type Reply,
  refusal,
  scriptedApi,
  serviceShop,
  shop,
  silence,
  testClient,
} from "./scripted-api.ts";
import { statusReason } from "./status.ts";

const ok = json(serviceShop());
const merge = { type: "merge", body: { spec: {} } } as const;

async function caught(promise: Promise<unknown>): Promise<CutoverError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof CutoverError, `no CutoverError but ${String(error)}`);
  return error;
}

test("writes again after 429, which says that nothing happened", async () => {
  await using api = await scriptedApi([refusal(429, "TooManyRequests", { "retry-after": "3" }), ok]);
  const clock = instantClock();
  const client = await testClient(api.url, { clock });
  await client.patch(shop, merge);
  assert.deepEqual(clock.sleeps, [3_000]);
  await client.close();
});

test("waits until the date that Retry-After gives", async () => {
  await using api = await scriptedApi([
    refusal(503, "ServiceUnavailable", { "retry-after": "Tue, 01 Jan 2030 00:00:20 GMT" }),
    ok,
  ]);
  const clock = instantClock();
  const client = await testClient(api.url, { clock });
  await client.get(shop);
  assert.deepEqual(clock.sleeps, [20_000]);
  await client.close();
});

test("does not outwait its signal, whatever Retry-After says", async () => {
  await using api = await scriptedApi([refusal(429, "TooManyRequests", { "retry-after": "100" }), ok]);
  const stop = new AbortController();
  const clock = {
    ...instantClock(),
    sleep: async () => stop.abort(new CutoverError("superseded", "another run took over")),
  };
  const client = await testClient(api.url, { clock });
  const error = await caught(client.get(shop, { signal: stop.signal }));
  assert.equal(error.code, "superseded");
  assert.equal(api.requests.length, 1);
  await client.close();
});

test("writes again where no connection came about, and gives up soon on a server never seen", async () => {
  const closed = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => closed.once("listening", resolve));
  const port = portOf(closed);
  await new Promise((resolve) => closed.close(resolve));
  const clock = instantClock();
  const client = await testClient(`http://127.0.0.1:${port}`, { clock });
  const error = await caught(client.patch(shop, merge));
  assert.equal(error.code, "unreachable");
  assert.equal(isUnknownResult(error), false);
  assert.equal(
    error.message,
    `Cannot patch Service shop in namespace prod: no connection to http://127.0.0.1:${port}: connection refused`,
  );
  assert.deepEqual(clock.sleeps, [250, 500, 1_000]);
  await client.close();
});

test("gives up on a server that stays broken, and names it", async () => {
  await using api = await scriptedApi(refusal(503, "ServiceUnavailable"));
  const clock = instantClock();
  const client = await testClient(api.url, { clock });
  const error = await caught(client.get(shop));
  assert.equal(error.code, "unavailable");
  assert.equal(error.message, "Cannot get Service shop in namespace prod: ServiceUnavailable it is");
  assert.ok(clock.now() <= 60_000 && clock.now() > 30_000, `${clock.now()} ms`);
  await client.close();
});

const refusals: readonly (readonly [number, string, ErrorCode])[] = [
  [400, "BadRequest", "rejected"],
  [401, "Unauthorized", "unauthorized"],
  [403, "Forbidden", "forbidden"],
  [404, "NotFound", "not-found"],
  [409, "AlreadyExists", "conflict"],
  [409, "Conflict", "conflict"],
  [410, "Expired", "conflict"],
  [415, "UnsupportedMediaType", "rejected"],
  [422, "Invalid", "rejected"],
];

for (const [status, reason, code] of refusals) {
  test(`turns ${status} ${reason} into ${code}, at once, with the reason kept`, async () => {
    await using api = await scriptedApi([refusal(status, reason)]);
    const client = await testClient(api.url);
    const error = await caught(client.patch(shop, merge));
    assert.equal(error.code, code);
    assert.equal(statusReason(error), reason);
    assert.equal(error.message, `Cannot patch Service shop in namespace prod: ${reason} it is`);
    assert.equal(isUnknownResult(error), false);
    assert.ok(error.hint);
    assert.equal(api.requests.length, 1);
    await client.close();
  });
}

const beforeCommit: readonly (readonly [string, ErrorCode])[] = [
  ['Internal error occurred: failed calling webhook "policy": context deadline exceeded', "unavailable"],
  ["failed to create typed patch object (prod/shop; /v1, Kind=Service): .spec.x: field not declared", "rejected"],
];

for (const [message, code] of beforeCommit) {
  test(`knows that a write did not happen where the server says "${message.slice(0, 50)}…" with 500`, async () => {
    const status = { kind: "Status", status: "Failure", reason: "InternalError", code: 500, message };
    await using api = await scriptedApi([json(status, 500), ok]);
    const client = await testClient(api.url);
    const error = await caught(client.patch(shop, merge));
    assert.equal(error.code, code);
    assert.equal(isUnknownResult(error), false);
    assert.equal(api.requests.length, 1);
    await client.close();
  });
}

test("does not follow a redirect, and names where it led", async () => {
  await using api = await scriptedApi([
    (response) => response.writeHead(307, { location: "https://login.example/in?token=x" }).end(),
  ]);
  const client = await testClient(api.url);
  const error = await caught(client.get(shop));
  assert.equal(error.code, "unreachable");
  assert.match(error.message, /redirects to https:\/\/login\.example, and redirects are not followed$/);
  await client.close();
});

test("knows a login page from an API server", async () => {
  await using api = await scriptedApi((response) =>
    response.writeHead(200, { "content-type": "text/html" }).end("<form>"),
  );
  const client = await testClient(api.url);
  const error = await caught(client.get(shop));
  assert.equal(error.code, "unreachable");
  assert.equal(api.requests.length, 1);
  await client.close();
});

test("ends a read as its signal says, without another try", async () => {
  await using api = await scriptedApi(silence);
  const client = await testClient(api.url);
  const error = await caught(client.get(shop, { signal: AbortSignal.timeout(50) }));
  assert.equal(error.code, "timed-out");
  assert.equal(error.message, "No time left to get Service shop in namespace prod");
  await client.close();
});

test("leaves the result of a write open that its signal cut short", async () => {
  await using api = await scriptedApi(silence);
  const client = await testClient(api.url);
  const error = await caught(client.patch(shop, merge, { signal: AbortSignal.timeout(50) }));
  assert.ok(isUnknownResult(error));
  await client.close();
});

test("does not start what its signal has already ended", async () => {
  await using api = await scriptedApi(ok);
  const client = await testClient(api.url);
  const error = await caught(client.patch(shop, merge, { signal: AbortSignal.abort() }));
  assert.equal(isUnknownResult(error), false);
  assert.equal(api.requests.length, 0);
  await client.close();
});

test("bounds a whole try, however steadily the answer drips", async () => {
  const drip: Reply = (response) => {
    response.writeHead(200, { "content-type": "application/json" });
    const timer = setInterval(() => response.write(" "), 20);
    response.on("close", () => clearInterval(timer));
  };
  await using api = await scriptedApi([drip, ok]);
  const client = await testClient(api.url, { limits: { total: 200 } });
  await client.get(shop);
  assert.equal(api.requests.length, 2);
  await client.close();
});

test("passes each warning of the server on once", async () => {
  const warning = ['299 - "v1 Endpoints is deprecated"', '299 - "unknown field \\"spec.x\\"", 299 - "third"'];
  await using api = await scriptedApi(json(serviceShop(), 200, { warning }));
  const log = keptWarnings();
  const client = await testClient(api.url, { log });
  await client.get(shop);
  await client.get(shop);
  const said = log.warnings.filter((text) => text.includes(" warns: ")).map((text) => text.replace(/^.* warns: /, ""));
  assert.deepEqual(said, ["v1 Endpoints is deprecated", 'unknown field "spec.x"', "third"]);
  await client.close();
});

test("keeps one connection for requests that follow each other", async () => {
  await using api = await scriptedApi(ok);
  const client = await testClient(api.url);
  for (let index = 0; index < 5; index += 1) await client.get(shop);
  assert.equal(api.connections(), 1);
  await client.close();
});

test("finds nothing where get would say that it is not there, and hides no other error", async () => {
  await using api = await scriptedApi([refusal(404, "NotFound"), refusal(403, "Forbidden")]);
  const client = await testClient(api.url);
  assert.equal(await client.find(shop), undefined);
  await assert.rejects(client.find(shop), (error) => isCutoverError(error, "forbidden"));
  await client.close();
});
