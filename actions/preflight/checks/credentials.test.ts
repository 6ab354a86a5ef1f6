import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { answer } from "@cutover/sandbox";
import { checked, type Scene, told } from "../checked.test-kit.ts";

/** What is said of a token that ends so many minutes after the beginning of 2030, or of none that ends. */
const found = async (minutes?: number, { user = {}, before }: { user?: object } & Scene = {}) => {
  const payload = minutes === undefined ? {} : { exp: Date.UTC(2030, 0, 1, 0, minutes) / 1_000 };
  const token = `e30.${Buffer.from(JSON.stringify(payload)).toString("base64url")}.signature`;
  const kubeconfig = {
    ...{ apiVersion: "v1", kind: "Config", "current-context": "a" },
    clusters: [{ name: "a", cluster: { server: "https://127.0.0.1:6443" } }],
    users: [{ name: "a", user: { token, ...user } }],
    contexts: [{ name: "a", context: { cluster: "a", user: "a", namespace: "shop" } }],
  };
  const inputs = { kubeconfig: JSON.stringify(kubeconfig) };
  return told(await checked("credentials", { inputs, date: Date.UTC(2030, 0, 1), ...(before && { before }) }));
};

const who = "The credentials of system:serviceaccount:ci:cutover";

test("credentials that last longer than a release pass", async () => {
  assert.equal(await found(120), `pass: ${who} are good for 119 min 55 s`);
});

test("those that end before fail, and so do those that have ended", async () => {
  assert.equal(
    await found(20),
    `fail: ${who} end at 2030-01-01T00:20:00Z, in 19 min 55 s; the release may take 30 min`,
  );
  assert.equal(await found(0), `fail: ${who} ended at 2030-01-01T00:00:00Z`);
});

test("those that name no end pass", async () => {
  assert.equal(await found(), `pass: ${who} name no end`);
});

test("a server that knows them no more has its reason told, or is an error", async () => {
  const before: Scene["before"] = ({ sandbox }) =>
    sandbox.fault({
      when: { path: "/apis/authentication.k8s.io/v1/selfsubjectreviews" },
      what: answer(401),
      times: Infinity,
    });
  assert.equal(await found(0, { before }), "fail: The credentials ended at 2030-01-01T00:00:00Z");
  assert.match(await found(120, { before }), /^error: /);
});

test("those that a plugin or a file renews need not last", async () => {
  const folder = mkdtempSync(join(tmpdir(), "cutover-token-"));
  const tokenFile = join(folder, "token");
  const payload = Buffer.from(JSON.stringify({ exp: Date.UTC(2030, 0, 1, 0, 10) / 1_000 })).toString("base64url");
  writeFileSync(tokenFile, `e30.${payload}.signature`);
  assert.equal(await found(0, { user: { token: undefined, tokenFile } }), `pass: ${who} are renewed when they end`);
  rmSync(folder, { recursive: true });
});
