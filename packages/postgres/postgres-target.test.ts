import assert from "node:assert/strict";
import { test } from "node:test";
import { readPostgresUrl } from "./postgres-target.ts";

test("a URI is read as libpq reads it", () => {
  const target = { host: "db", port: 5432, user: "shop", password: "", database: "shop", sslrootcert: undefined };
  assert.deepEqual(readPostgresUrl("postgres://shop@db"), { ...target, sslmode: "prefer" });
  assert.deepEqual(
    readPostgresUrl(
      "postgresql://shop:p%40ss@[fd00::1]:6432/orders?sslmode=verify-ca&sslrootcert=ca.pem&connect_timeout=3",
    ),
    {
      ...target,
      host: "fd00::1",
      port: 6432,
      password: "p@ss",
      database: "orders",
      sslmode: "verify-ca",
      sslrootcert: "ca.pem",
    },
  );
  assert.deepEqual(readPostgresUrl("postgres://db/?user=shop&password=x&dbname=orders&sslrootcert=system"), {
    ...target,
    password: "x",
    database: "orders",
    sslmode: "verify-full",
    sslrootcert: "system",
  });
});

test("what is wrong is told without a word of it", () => {
  for (const [text, why] of [
    ["host=db password=hunter22", /^expected a URI such as/],
    ["mysql://shop:hunter22@db", /^expected a URI such as/],
    ["postgres://shop:hunter22@db?sslmode=on", /^expected an sslmode of disable, allow, prefer, require/],
    ["postgres://:hunter22@db", /^expected a user/],
    ["postgres://shop:hunter22%@db", /% is %25/],
    ["postgres://shop:hunter22@a,b:1/x", /^expected a URI such as/],
  ] as const) {
    const said = readPostgresUrl(text);
    assert.ok(typeof said === "string", text);
    assert.match(said, why);
    assert.doesNotMatch(said, /hunter22/);
  }
});
