import assert from "node:assert/strict";
import { test } from "node:test";
import { answering } from "../answering.test-kit.ts";
import { checked, told } from "../checked.test-kit.ts";

/** What Prometheus knows of each instance: up is `1`. */
async function found(
  values: Readonly<Record<string, string>>,
  { targets = "job=shop", warnings = [] as readonly string[] } = {},
): Promise<string> {
  await using server = await answering(() => ({
    status: "success",
    data: {
      resultType: "vector",
      result: Object.entries(values).map(([instance, value]) => ({
        metric: { __name__: "up", job: "shop", instance },
        value: [1_893_456_005.123, value],
      })),
    },
    ...(warnings.length > 0 ? { warnings } : {}),
  }));
  const result = await checked("targets", { inputs: { prometheus: server.origin, targets } });
  return told(result).replaceAll(server.origin, "");
}

test("targets that are all up pass", async () => {
  assert.equal(await found({ "10.0.0.1:8080": "1" }), 'pass: up{job="shop"}: its target is up');
  assert.match(await found({ a: "1", b: "1" }, { targets: 'job=~"shop|cart", env=prod' }), /all 2 targets are up$/);
});

test("those that are down, or of which nothing is known, fail and are named", async () => {
  assert.equal(
    await found({ a: "1", b: "0", c: "NaN" }),
    "fail: Target b of job shop is down\nTarget c of job shop is down",
  );
});

test("no data is never a pass", async () => {
  assert.equal(await found({}), 'fail: up{job="shop"} has no data: nothing is scraped');
});

test("half an answer is a warning", async () => {
  assert.equal(
    await found({ a: "1" }, { warnings: ["store eu-1 does not answer"] }),
    'warn: up{job="shop"} may not be all: store eu-1 does not answer',
  );
});

test("what Prometheus refuses or cannot tell is an error in its own words", async () => {
  for (const [status, errorType, error] of [
    [400, "bad_data", "parse error: unexpected end"],
    [422, "execution", "query processing would load too many samples"],
    [503, "timeout", "query timed out in expression evaluation"],
  ] as const) {
    const body = JSON.stringify({ status: "error", errorType, error });
    await using server = await answering(() => ({ status, body }));
    const result = await checked("targets", { inputs: { prometheus: server.origin, targets: "job=shop" } });
    assert.equal(told(result).replace(server.origin, ""), `error: /api/v1/query answers ${status}: ${error}`);
  }
});

test("who gives no targets is not asked for them", async () => {
  assert.equal(told(await checked("targets")), "skip: No `targets` are given");
});
