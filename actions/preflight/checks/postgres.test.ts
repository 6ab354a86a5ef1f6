import assert from "node:assert/strict";
import { test } from "node:test";
import { checked, told } from "../checked.test-kit.ts";
import { listening } from "../listening.test-kit.ts";
import { type Script, scriptedPostgres } from "../scripted-postgres.test-kit.ts";

type Standby = { readonly name: string; readonly seconds: number | null };

/** A primary with these standbys, as its statistics tell of them; or a standby that is so far behind. */
const knowing = (standbys: readonly Standby[], isStandby = false): Script => ({
  password: "hunter22",
  rows: (query) => {
    if (query.includes("server_version")) return [{ one: 1, version: "15.14" }];
    if (query.includes("pg_sleep")) return [{ slept: "" }];
    if (query.includes("as standby")) return [{ standby: isStandby }];
    return standbys.map(({ name, seconds }) => (isStandby ? { seconds } : { name, seconds }));
  },
});

async function found(script: Script, { password = "hunter22", query = "", terms = "" } = {}): Promise<string> {
  await using server = await scriptedPostgres(script);
  const uri = `postgresql://shop:${password}@127.0.0.1:${server.port}/shop${query} ${terms}`;
  const result = await checked("postgres", { inputs: { postgres: uri } });
  assert.ok(!JSON.stringify(result).includes(password), "the password is not printed");
  return told(result)
    .replaceAll(`:${server.port}`, "")
    .replace(/in \d+ ms/, "in N");
}

test("a database that answers a query passes", async () => {
  assert.equal(await found(knowing([])), "pass: 127.0.0.1/shop answers SELECT 1 in N, PostgreSQL 15.14");
});

test("a wrong password, and a server without the TLS that is asked for, fail in plain words", async () => {
  assert.equal(
    await found(knowing([]), { password: "wrong-one" }),
    "fail: 127.0.0.1 says password authentication failed (28P01)",
  );
  assert.equal(
    await found(knowing([]), { query: "?sslmode=require" }),
    "fail: 127.0.0.1 speaks no TLS, which sslmode=require asks for",
  );
});

test("standbys that follow closely pass", async () => {
  const both = knowing([
    { name: "a", seconds: 0 },
    { name: "b", seconds: 2.5 },
  ]);
  assert.match(await found(both, { terms: "max-lag=10s" }), /^pass: .*; all 2 standbys are no more than 10 s behind$/);
});

test("one that is too far behind, or does not tell, fails and is named", async () => {
  const both = knowing([
    { name: "slow", seconds: 42 },
    { name: "shy", seconds: null },
    { name: "good", seconds: 0 },
  ]);
  assert.equal(
    await found(both, { terms: "max-lag=10s" }),
    'fail: Standby "slow" of 127.0.0.1/shop is 42 s behind, and no more than 10 s are allowed\n' +
      'Standby "shy" of 127.0.0.1/shop does not tell how far it is behind',
  );
});

test("where nobody follows, nothing says that the data is in two places", async () => {
  assert.equal(
    await found(knowing([]), { terms: "max-lag=10s" }),
    "fail: 127.0.0.1/shop is a primary that no standby follows",
  );
});

test("a standby is judged by how far it is behind itself", async () => {
  const lagging = knowing([{ name: "", seconds: 60 }], true);
  assert.equal(
    await found(lagging, { terms: "max-lag=10s" }),
    "fail: Standby 127.0.0.1/shop is 1 min behind, and no more than 10 s are allowed",
  );
  assert.match(await found(lagging, { terms: "max-lag=2m" }), /^pass: .*; it is no more than 2 min behind$/);
});

test("who takes the connection and says nothing is not reached", async () => {
  await using silent = await listening((socket) => void socket.resume());
  const uri = `postgres://shop:hunter22@127.0.0.1:${silent.port}/shop within=100ms`;
  assert.match(
    told(await checked("postgres", { inputs: { postgres: uri } })),
    /^fail: 127\.0\.0\.1:\d+ cannot be reached: no answer within 100 ms$/,
  );
});

test("a file of certificates that is not there is an error", async () => {
  const uri = "postgres://shop:hunter22@127.0.0.1:1/shop?sslmode=verify-full&sslrootcert=gone.pem";
  const result = await checked("postgres", { inputs: { postgres: uri } });
  assert.equal(told(result), "error: The file of certificates gone.pem cannot be read");
});

test("without databases there is nothing to ask", async () => {
  assert.equal(told(await checked("postgres")), "skip: No `postgres` is given");
});
