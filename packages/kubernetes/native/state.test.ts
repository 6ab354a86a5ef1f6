import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { annotation } from "@cutover/release";
import { shopService } from "./shop-objects.test-kit.ts";
import { readState } from "./state.ts";

const state = {
  version: 1,
  color: "green",
  revision: 2,
  images: { app: "shop:2" },
  switchedAt: "2030-01-01T00:00:00.000Z",
  commit: "c0ffee",
  run: "https://example.test/run",
  actor: "ada",
  previousColor: "blue",
  previousRevision: 1,
  rolledBackFrom: 3,
  reason: "orders fail",
  previousPorts: [{ name: "http", port: 80, targetPort: 8080, nodePort: 30_080 }],
};

function read(text: string) {
  const service = shopService("green");
  return readState({ ...service, metadata: { ...service.metadata, annotations: { [annotation.state]: text } } });
}

suite("A Service's state", () => {
  test("is read whole", () => assert.deepEqual(read(JSON.stringify(state)), state));
  test("may hold fields of a later cutover", () =>
    assert.deepEqual(read(JSON.stringify({ ...state, mood: "good" })), state));
  for (const [sentence, text] of [
    ["is not JSON", "{"],
    ["is of another version", JSON.stringify({ ...state, version: 2 })],
    ["names another color", JSON.stringify({ ...state, color: "red" })],
    ["has no time", JSON.stringify({ ...state, switchedAt: "yesterday" })],
  ] as const) {
    test(`counts as none where it ${sentence}`, () => assert.equal(read(text), undefined));
  }
  test("is none on a Service that was never switched", () => assert.equal(readState(shopService("blue")), undefined));
  test("is none without a Service", () => assert.equal(readState(undefined), undefined));
});
