import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CutoverError } from "@cutover/release";
import { isUnknownResult } from "./lost-answer.ts";
import {
  breakOff,
  json,
  type Reply,
  refusal,
  reset,
  scriptedApi,
  serviceShop,
  shop,
  silence,
  stall,
  testClient,
  truncation,
} from "./scripted-api.ts";

const quick = { limits: { readHeaders: 1_000, writeHeaders: 1_000, idle: 1_000, total: 5_000 } };
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

const passing: Readonly<Record<string, Reply>> = {
  "a reset": reset,
  "a reset in the middle of the answer": breakOff,
  "half a JSON": truncation,
  "an answer that does not come": silence,
  "an answer that stalls": stall,
  "429": refusal(429, "TooManyRequests"),
  "500": refusal(500, "InternalError"),
  "502 from something in between": (response) => response.writeHead(502).end("<html>bad gateway</html>"),
  "503": refusal(503, "ServiceUnavailable"),
  "504": refusal(504, "Timeout"),
};

suite("passing faults", { concurrency: true }, () => {
  for (const [what, reply] of Object.entries(passing)) {
    test(`reads again after ${what}`, async () => {
      await using api = await scriptedApi([reply, ok]);
      const client = await testClient(api.url, quick);
      assert.deepEqual(await client.get(shop), serviceShop());
      assert.equal(api.requests.length, 2);
      await client.close();
    });

    if (what === "429") continue;
    test(`does not write again after ${what}, and says that the result is unknown`, async () => {
      await using api = await scriptedApi([reply, ok]);
      const client = await testClient(api.url, quick);
      const error = await caught(client.patch(shop, merge));
      assert.equal(error.code, "unavailable");
      assert.ok(isUnknownResult(error));
      assert.match(error.message, /^Cannot patch Service shop in namespace prod: .*the result is unknown$/);
      assert.equal(api.requests.length, 1);
      await client.close();
    });

    test(`repeats a dry run after ${what}, as it stores nothing`, async () => {
      await using api = await scriptedApi([reply, ok]);
      const client = await testClient(api.url, quick);
      await client.patch(shop, merge, { dryRun: true });
      assert.equal(api.requests.length, 2);
      await client.close();
    });
  }
});
