import assert from "node:assert/strict";
import { test } from "node:test";
import { readChallenge } from "./challenge.ts";

test("a token is asked for as the registry says", () => {
  const header =
    'Bearer realm="https://auth.example/token",service="registry.example",scope="repository:a/b:pull,push"';
  assert.deepEqual(readChallenge(header), {
    scheme: "bearer",
    realm: "https://auth.example/token",
    service: "registry.example",
    scope: "repository:a/b:pull,push",
  });
  assert.deepEqual(readChallenge("bearer realm=https://auth.example/token"), {
    scheme: "bearer",
    realm: "https://auth.example/token",
    service: undefined,
    scope: undefined,
  });
});

test("of two ways the token is taken, and of others nothing is known", () => {
  assert.deepEqual(readChallenge('Basic realm="x", Bearer realm="https://a.example/"')?.scheme, "bearer");
  assert.deepEqual(readChallenge('BASIC realm="x"'), { scheme: "basic" });
  for (const header of ["", "Negotiate", 'Bearer service="x"', 'Digest realm="basic"'])
    assert.equal(readChallenge(header), undefined, header);
});
