import assert from "node:assert/strict";
import { test } from "node:test";
import { checked, told } from "../checked.test-kit.ts";

test("the server is named by host, with or without its port, or by its whole address", async () => {
  for (const name of ["https://sandbox.invalid", "elsewhere.example\nsandbox.invalid"])
    assert.match(told(await checked("cluster", { inputs: { "allowed-servers": name } })), /^pass: https:\S+ is among/);
});

test("another cluster fails before anything happens there", async () => {
  const found = await checked("cluster", { inputs: { "allowed-servers": "prod.example" } });
  assert.match(told(found), /^fail: https:\S+ is none of the allowed servers: prod\.example$/);
});

test("whoever allows any has nothing to check", async () => {
  assert.equal(told(await checked("cluster")), "skip: No `allowed-servers` are given");
});
