import assert from "node:assert/strict";
import { test } from "node:test";
import { answer } from "@cutover/sandbox";
import { checked, told } from "../checked.test-kit.ts";

test("the server answers, and says which it is", async () => {
  assert.match(told(await checked("api-server")), /^pass: https:\/\/\S+ answers in \d+ ms, Kubernetes v1\.34/);
});

test("a server that only fails is an error with its words", async () => {
  const found = await checked("api-server", {
    before: ({ sandbox }) => sandbox.fault({ when: { path: "/version" }, what: answer(500), times: Infinity }),
  });
  assert.match(told(found), /^error: Cannot get \/version: /);
});
