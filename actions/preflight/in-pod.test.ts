import assert from "node:assert/strict";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createProcesses } from "@cutover/action-kit";
import { answering } from "./answering.test-kit.ts";
import { checked, shopAnd, told } from "./checked.test-kit.ts";
import type { Endpoint } from "./endpoint.ts";
import { listening } from "./listening.test-kit.ts";
import { endpointQuestion, type PodQuestion, postgresQuestion, redisQuestion, tcpQuestion } from "./pod-questions.ts";

const via = "pod";
const broker = tcpQuestion({ host: "broker", port: 5672, within: 1_500, via }, via);
const database = postgresQuestion({ variable: "DATABASE_URL", within: 5_000, via });
const cache = redisQuestion({ variable: "REDIS_URL", within: 5_000, via });
const url = "http://stock/health";
const stock = endpointQuestion({ url, status: "2xx", within: 5_000, contains: "UP", via }, via);

const questions = { endpoints: stock, tcp: broker, postgres: database, redis: cache };

const lines = {
  endpoints: `${url} contains=UP via=pod`,
  tcp: "broker:5672 within=1500ms via=pod",
  postgres: "$DATABASE_URL via=pod",
  redis: "$REDIS_URL via=pod",
};

/** What a check finds where the command of a question ends like this in the shop's pods. */
async function found(id: keyof typeof lines, exitCode: number, output = ""): Promise<string> {
  const question = questions[id];
  const command = ["sh", "-c", question.script, "sh", ...question.words].join(" ");
  const options = shopAnd();
  const image = "registry.example/shop:v1";
  const images = { ...options.images, [image]: { version: "v1", commands: { [command]: { exitCode, output } } } };
  const result = await checked(id, { options: { ...options, images }, inputs: { [id]: lines[id] } });
  return told(result).replace(/Pod shop-blue-\S+/g, "Pod P");
}

test("what a pod of the active slot reaches passes", async () => {
  assert.equal(await found("endpoints", 0, "answered\n"), `pass: Pod P reaches ${url}`);
  assert.equal(await found("tcp", 0, "reached\n"), "pass: Pod P reaches broker:5672");
  assert.equal(await found("postgres", 0, "1\n"), "pass: Pod P reaches $DATABASE_URL");
  assert.equal(await found("redis", 0, "PONG\n"), "pass: Pod P reaches $REDIS_URL");
});

test("what it does not, or what answers something else, fails in the command's own words", async () => {
  assert.equal(await found("tcp", 1), "fail: Pod P gets no good answer from broker:5672: its command ends with 1");
  assert.equal(
    await found("redis", 0, "NOAUTH Authentication required.\n"),
    "fail: Pod P gets no good answer from $REDIS_URL: NOAUTH Authentication required.",
  );
});

test("where the image has nothing to ask with, or no such variable, nothing was found out", async () => {
  assert.equal(
    await found("postgres", 127),
    "error: Pod P has nothing to ask $DATABASE_URL with: its image has no psql",
  );
  assert.equal(await found("redis", 126), "error: Pod P has no variable REDIS_URL");
});

test("without a ready pod there is nobody to ask from", async () => {
  const options = shopAnd();
  const images = { ...options.images, "registry.example/shop:v1": { version: "v1", neverReady: true } };
  const result = await checked("tcp", { options: { ...options, images }, inputs: { tcp: lines.tcp } });
  assert.equal(told(result), "error: No ready pod of the active slot is there to ask from");
});

test("a command names the variable and never what is in it", () => {
  assert.deepEqual(database.words, ["DATABASE_URL", "5"]);
  assert.deepEqual(broker.words, ["broker", "5672", "2"]);
});

/** What a question's command does in a shell of this machine that finds programs nowhere but in `path`. */
async function inShell({ script, words }: PodQuestion, path: string, env: Readonly<Record<string, string>> = {}) {
  const { exitCode, stdout, stderr } = await createProcesses({ PATH: path }).run({
    file: "/bin/sh",
    args: ["-c", script, "sh", ...words],
    env,
  });
  return [exitCode, (stdout || stderr).trim()];
}

test("a real shell says so where it reaches a server, where it does not, and where nothing can ask", async () => {
  await using server = await listening((socket) => void socket.resume());
  await using folder = await emptyFolder();
  // All that it finds is this Node.
  await symlink(process.execPath, join(folder.path, "node"));
  const question = (port: number) => tcpQuestion({ host: "127.0.0.1", port, within: 2_000, via }, via);
  assert.deepEqual(await inShell(question(server.port), folder.path), [0, "reached"]);
  assert.deepEqual(await inShell(question(1), folder.path), [1, "connect ECONNREFUSED 127.0.0.1:1"]);
  assert.deepEqual(await inShell(question(1), "/nowhere"), [127, ""]);
  assert.deepEqual(await inShell(database, "/nowhere"), [127, ""]);
});

test("a real shell hands the variable's address to the program, and says so where there is none", async () => {
  await using folder = await emptyFolder();
  const path = `${folder.path}:/usr/bin:/bin`;
  await writeFile(join(folder.path, "psql"), '#!/bin/sh\n[ "$1" = "postgres://a b@db" ] && echo 1\n', { mode: 0o755 });
  assert.deepEqual(await inShell(database, path, { DATABASE_URL: "postgres://a b@db" }), [0, "1"]);
  assert.deepEqual(await inShell(database, path), [126, ""]);
});

async function emptyFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), "cutover-in-pod-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

test("a real shell never repeats an address that its program cannot read", async () => {
  await using folder = await emptyFolder();
  const path = `${folder.path}:/usr/bin:/bin`;
  const hidden = [1, "the address in it cannot be read: signs such as % and @ must be encoded"];
  for (const [said, told] of [
    ['invalid percent-encoded token: "hunter%zz22"', hidden],
    ['could not translate host name "ter22@db" to address', hidden],
    ['FATAL:  password authentication failed for user "shop"', undefined],
    ['connection to server at "db", port 5432 failed: Connection refused', undefined],
  ] as const) {
    const line = `psql: error: ${said}`;
    await writeFile(join(folder.path, "psql"), `#!/bin/sh\necho '${line}' >&2\nexit 2\n`, { mode: 0o755 });
    assert.deepEqual(await inShell(database, path, { DATABASE_URL: "postgres://db" }), told ?? [2, line]);
  }
});

test("a real shell gives redis-cli a password without a user as it knows one", async () => {
  await using folder = await emptyFolder();
  const path = `${folder.path}:/usr/bin:/bin`;
  await writeFile(join(folder.path, "redis-cli"), '#!/bin/sh\necho "$2"\n', { mode: 0o755 });
  for (const [url, given] of [
    ["rediss://:secret@cache:6380/0", "rediss://secret@cache:6380/0"],
    ["redis://shop:secret@cache", "redis://shop:secret@cache"],
    ["redis://cache:6379", "redis://cache:6379"],
  ] as const)
    assert.deepEqual(await inShell(cache, path, { REDIS_URL: url }), [0, given]);
});

test("a real shell tells the answer over HTTP, by Node and by a small wget", async () => {
  const answers: Readonly<Record<string, { readonly status: number; readonly body: string }>> = {
    "/": { status: 200, body: "UP\nmore\n" },
    "/down": { status: 503, body: "" },
  };
  await using server = await answering(({ url }) => answers[url.pathname] ?? { status: 404, body: "" });
  await using folder = await emptyFolder();
  const asked = async (path: string, more: Partial<Endpoint> = {}) => {
    const endpoint = { url: server.origin + path, status: "2xx", within: 5_000, contains: undefined, via, ...more };
    return await inShell(endpointQuestion({ ...endpoint, via }, via), folder.path);
  };
  assert.deepEqual(await asked("/"), [127, ""]);
  for (const tool of ["wget", "node"]) {
    if (tool === "node") await symlink(process.execPath, join(folder.path, "node"));
    else await writeFile(join(folder.path, "wget"), smallWget, { mode: 0o755 });
    assert.deepEqual(await asked("/"), [0, "answered"], tool);
    assert.deepEqual(await asked("/", { contains: "UP" }), [0, "answered"], tool);
    assert.deepEqual(await asked("/", { contains: "DOWN" }), [1, "it answers 200, without the text"], tool);
    assert.deepEqual(await asked("/down"), [1, "it answers 503"], tool);
    assert.deepEqual(await asked("/down", { status: "503" }), [0, "answered"], tool);
  }
});

/** As busybox's, where a program of its size can: `-S` tells the headers on stderr, and bad statuses are an error. */
const smallWget = `#!${process.execPath}
const url = process.argv.at(-1);
const { status, statusText, ok, ...answer } = await fetch(url).then(async (one) => ({ status: one.status, statusText: one.statusText, ok: one.ok, text: await one.text() }));
if (process.argv.includes("-S")) console.error(\`  HTTP/1.1 \${status} \${statusText}\`);
if (process.argv.includes("-")) console.log(answer.text);
if (!ok) console.error(\`wget: server returned error: HTTP/1.1 \${status}\`);
process.exitCode = ok ? 0 : 1;
`;
