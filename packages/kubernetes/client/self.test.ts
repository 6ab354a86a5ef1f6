import assert from "node:assert/strict";
import { test } from "node:test";
import { testCertificates } from "../../../test/doubles/certificates.ts";
import { endOf } from "./self.ts";

const jwt = (payload: object) => `e30.${Buffer.from(JSON.stringify(payload)).toString("base64url")}.signature`;
const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` }, certificate: undefined });
const certificate = { cert: testCertificates.clientCertificate, key: testCertificates.clientKey };

test("a token that says when it ends ends then", () => {
  assert.equal(endOf(bearer(jwt({ exp: 1_800_000_000 }))), 1_800_000_000_000);
});

test("other tokens say nothing of their end", () => {
  for (const token of ["secret", jwt({}), "a.b.c", "e30.bm90IGpzb24.x"])
    assert.equal(endOf(bearer(token)), undefined, token);
});

test("a client certificate ends, and with a token the earlier end counts", () => {
  const end = Date.parse("2126-12-31T23:59:59Z");
  assert.equal(endOf({ headers: {}, certificate }), end);
  assert.equal(endOf({ ...bearer(jwt({ exp: 1_800_000_000 })), certificate }), 1_800_000_000_000);
});
