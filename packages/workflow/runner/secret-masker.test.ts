import assert from "node:assert/strict";
import { test } from "node:test";
import { createSecretMasker } from "./secret-masker.ts";

test("hides a secret in the forms in which it travels, and not in those that the runner does not know", () => {
  const secret = `p"a<s>s'w&o rd+1/2`;
  const { mask } = createSecretMasker([secret]);
  const base64 = (prefix: string) => Buffer.from(prefix + secret).toString("base64");
  assert.equal(mask(`x${secret}y`), "x***y");
  assert.equal(mask(encodeURIComponent(secret).replace("'", "%27")), "***");
  assert.equal(mask(JSON.stringify(secret)), '"***"');
  assert.equal(mask(base64("")), "***");
  for (const prefix of ["u", "us"]) assert.match(mask(base64(prefix)), /\*\*\*/);
  const hex = Buffer.from(secret).toString("hex");
  assert.equal(mask(hex), hex);
});

test("hides each line of a secret, and so tears holes into everything else that has them", () => {
  const { mask } = createSecretMasker(["apiVersion: v1\nkind: Config\n"]);
  assert.equal(mask("kind: Config"), "***");
  assert.equal(mask("  apiVersion: v1 # mine"), "  *** # mine");
});

test("makes one hole of secrets that touch or overlap", () => {
  const { mask } = createSecretMasker(["abcd", "cdef", "ghij"]);
  assert.equal(mask("1abcdefghij2"), "1***2");
  assert.equal(mask("abcd-ghij"), "***-***");
});

test("hides nothing for an empty secret", () => {
  const { mask } = createSecretMasker(["", "\n"]);
  assert.equal(mask("text"), "text");
});
