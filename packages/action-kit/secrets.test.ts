import assert from "node:assert/strict";
import { test } from "node:test";
import { secretForms, secretLeaves } from "./secrets.ts";

test("hides a secret in the forms in which it travels", () => {
  assert.deepEqual(secretForms("p/w+d?~"), ["p/w+d?~", "cC93K2Q/fg==", "cC93K2Q_fg", "p%2Fw%2Bd%3F~"]);
});

test("hides each line of a secret that has several", () => {
  const forms = secretForms("first line\n  second line\nend");
  for (const form of ["first line", "second line", "first line\n  second line\nend"]) assert.ok(forms.includes(form));
  assert.ok(!forms.includes("end"));
});

test("hides nothing under four characters, which would tear holes into everything", () => {
  for (const value of ["", "a", "abc", "  ab ", "a\nb"])
    assert.deepEqual(
      secretForms(value).filter((form) => form.length < 4),
      [],
    );
  assert.deepEqual(secretForms("abc"), []);
});

test("of a document only the leaves are secret", () => {
  const document = JSON.stringify({ token: "t0ken-value", nested: [{ password: "hunter2" }], port: 8080, on: true });
  assert.deepEqual(secretLeaves(document), ["t0ken-value", "hunter2"]);
});

test("of lines of names and values, the values are secret by themselves too", () => {
  assert.deepEqual(secretLeaves("Authorization: Bearer abc\nkey=value"), [
    "Authorization: Bearer abc\nkey=value",
    "Bearer abc",
    "value",
  ]);
  assert.deepEqual(secretLeaves("{not json"), ["{not json"]);
});

test("of a header of authorization the token is secret by itself too", () => {
  assert.deepEqual(secretLeaves("Bearer t0ken-value"), ["Bearer t0ken-value", "t0ken-value"]);
});

test("of the address of a database its password is secret by itself too, as written and as meant", () => {
  const lines =
    "postgres://shop:s3%40cret@db:5432/shop max-lag=10s\nredis://:hunter2@cache\npostgres://db/?password=opens";
  for (const leaf of [lines, "s3%40cret", "s3@cret", "hunter2", "opens"])
    assert.ok(secretLeaves(lines).includes(leaf), leaf);
  assert.deepEqual(secretLeaves("redis://cache:6379"), ["redis://cache:6379", "//cache:6379"]);
  assert.ok(secretLeaves("redis://:100%@cache").includes("100%"));
});
