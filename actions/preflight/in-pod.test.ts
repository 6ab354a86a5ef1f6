import assert from "node:assert/strict";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createProcesses } from "@cutover/action-kit";
import { checked, shopAnd, told } from "./checked.test-kit.ts";
import type { PodQuestion } from "./in-pod.ts";
import { listening } from "./listening.test-kit.ts";
import { postgresQuestion, redisQuestion, tcpQuestion } from "./pod-questions.ts";

const broker = tcpQuestion({ host: "broker", port: 5672, within: 1_500, isInPod: true });
const database = postgresQuestion({ variable: "DATABASE_URL", within: 5_000 });
const cache = redisQuestion({ variable: "REDIS_URL", within: 5_000 });

const questions = { tcp: broker, postgres: database, redis: cache };

const lines = {
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
  assert.equal(await found("tcp", 0, "reached\n"), "pass: Pod P reaches broker:5672");
  assert.equal(await found("postgres", 0, "1\n"), "pass: Pod P reaches $DATABASE_URL");
  assert.equal(await found("redis", 0, "PONG\n"), "pass: Pod P reaches $REDIS_URL");
});

test("what it does not, or what answers something else, fails in the command's own words", async () => {
  assert.equal(await found("tcp", 1), "fail: Pod P does not reach broker:5672: its command ends with 1");
  assert.equal(
    await found("redis", 0, "NOAUTH Authentication required.\n"),
    "fail: Pod P does not reach $REDIS_URL: NOAUTH Authentication required.",
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
  const { exitCode, stdout } = await createProcesses({ PATH: path }).run({
    file: "/bin/sh",
    args: ["-c", script, "sh", ...words],
    env,
  });
  return [exitCode, stdout.trim()];
}

test("a real shell says so where it reaches a server, where it does not, and where nothing can ask", async () => {
  await using server = await listening((socket) => void socket.resume());
  await using folder = await emptyFolder();
  // All that it finds is this Node.
  await symlink(process.execPath, join(folder.path, "node"));
  const question = (port: number) => tcpQuestion({ host: "127.0.0.1", port, within: 2_000, isInPod: true });
  assert.deepEqual(await inShell(question(server.port), folder.path), [0, "reached"]);
  assert.deepEqual(await inShell(question(1), folder.path), [1, ""]);
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
