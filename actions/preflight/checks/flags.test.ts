import assert from "node:assert/strict";
import { test } from "node:test";
import { type Answer, answering } from "../answering.test-kit.ts";
import { checked, told } from "../checked.test-kit.ts";

async function found(answer: Answer, flags: string, path = "/flags") {
  await using server = await answering(() => answer);
  const result = await checked("flags", { inputs: { "flags-url": `${server.origin}${path}`, flags } });
  return { told: told(result).replaceAll(server.origin, ""), asked: server.asked };
}

test("flags that are as they must be pass", async () => {
  const { told } = await found({ checkout: true, theme: { value: "dark" } }, "checkout=true\ntheme=dark");
  assert.equal(told, "pass: Flag checkout is true\nFlag theme is dark");
});

test("one that is not, or is not there at all, fails", async () => {
  const { told } = await found({ checkout: true, theme: "dark" }, "checkout=false\nsearch=true\ntheme=dark");
  assert.equal(told, "fail: Flag checkout is true, not false\nFlag search is not there");
});

test("OpenFeature's protocol is asked by a POST, for nobody in particular", async () => {
  const flags = [
    { key: "checkout", value: false, reason: "STATIC" },
    { key: "search", errorCode: "PARSE_ERROR" },
  ];
  const { told, asked } = await found({ flags }, "checkout=false\nsearch=true", "/ofrep/v1/evaluate/flags");
  assert.equal(told, "fail: Flag search is not there");
  assert.deepEqual([asked[0]?.method, asked[0]?.body], ["POST", '{"context":{"targetingKey":"cutover"}}']);
});

test("what is no JSON is an error", async () => {
  const login = await found({ status: 200, body: "<html>Sign in</html>" }, "checkout=false");
  assert.equal(login.told, "error: /flags answers 200 without JSON");
  assert.equal((await found({ status: 503, body: "{}" }, "checkout=false")).told, "error: /flags answers 503");
});

test("who gives no flags is not asked for them", async () => {
  assert.equal(told(await checked("flags")), "skip: No `flags` are given");
});
