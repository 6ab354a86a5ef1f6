import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import type { Processes } from "@cutover/release";
import {
  instantClock,
  json,
  kubeconfigOf,
  refusal,
  scriptedApi,
  serviceShop,
  shop,
  testClient,
} from "./scripted-api.ts";

/** Real child processes with an empty environment besides what the command brings. */
const processes: Processes = {
  run: ({ file, args, env }) =>
    new Promise((resolve) => {
      execFile(file, [...args], { env: { ...env } }, (error, stdout, stderr) => {
        const exitCode = error === null ? 0 : typeof error.code === "number" ? error.code : undefined;
        resolve({ exitCode, stdout, stderr, timedOut: false });
      });
    }),
};

interface Setting {
  folder: string;
  /** Texts that the plugin wrote, one per run. */
  runs(): Promise<string[]>;
}

/** A folder with a plugin called `name` that prints a token with the number of its run. */
async function withPlugin(name: string, script: string, body: (setting: Setting) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "plugin-"));
  const runs = async () =>
    (await readFile(path.join(folder, "runs"), "utf8").catch(() => "")).split("\n").filter((line) => line !== "");
  try {
    const lines = [`#!${process.execPath}`, `const runs = ${JSON.stringify(path.join(folder, "runs"))};`, script];
    await writeFile(path.join(folder, name), lines.join("\n"));
    await chmod(path.join(folder, name), 0o755);
    await body({ folder, runs });
  } finally {
    await rm(folder, { recursive: true });
  }
}

const printToken = `
const fs = require("node:fs");
fs.appendFileSync(runs, JSON.stringify({ args: process.argv.slice(2), env: process.env }) + "\\n");
const count = fs.readFileSync(runs, "utf8").trim().split("\\n").length;
const status = { token: "token-" + count, expirationTimestamp: process.argv[2] || undefined };
console.log(JSON.stringify({ apiVersion: "client.authentication.k8s.io/v1", kind: "ExecCredential", status }));`;

function execUser(command: string, more: object = {}): object {
  return { exec: { apiVersion: "client.authentication.k8s.io/v1", command, interactiveMode: "IfAvailable", ...more } };
}

const ok = json(serviceShop());

test("runs a known plugin from PATH once for many requests, tells it the cluster, and reports its token", () =>
  withPlugin("aws", printToken, async ({ folder, runs }) => {
    await using api = await scriptedApi(ok);
    const secrets: string[] = [];
    const env = { PATH: `/nowhere:${folder}`, AWS_REGION: "eu-1", OTHER_TOKEN: "x" };
    const more = { args: ["", "eks"], env: [{ name: "AWS_PROFILE", value: "p" }], provideClusterInfo: true };
    const kubeconfig = kubeconfigOf({ server: api.url, "tls-server-name": "k" }, execUser("aws", more));
    const client = await testClient(api.url, { kubeconfig, env, processes, onSecret: (value) => secrets.push(value) });
    await Promise.all([client.get(shop), client.get(shop), client.get(shop)]);
    await client.get(shop);
    const [run, ...others] = (await runs()).map((line) => JSON.parse(line));
    assert.deepEqual(others, []);
    assert.deepEqual(run.args, ["", "eks"]);
    assert.deepEqual([run.env.AWS_REGION, run.env.AWS_PROFILE, run.env.OTHER_TOKEN], ["eu-1", "p", undefined]);
    assert.deepEqual(JSON.parse(run.env.KUBERNETES_EXEC_INFO), {
      apiVersion: "client.authentication.k8s.io/v1",
      kind: "ExecCredential",
      spec: { interactive: false, cluster: { server: api.url, "tls-server-name": "k" } },
    });
    assert.deepEqual(secrets, ["token-1"]);
    assert.deepEqual([...new Set(api.requests.map(({ headers }) => headers.authorization))], ["Bearer token-1"]);
    await client.close();
  }));

test("runs the plugin again a minute before its credential expires", () =>
  withPlugin("aws", printToken, async ({ folder, runs }) => {
    await using api = await scriptedApi(ok);
    const clock = instantClock();
    const expires = new Date(clock.date().getTime() + 300_000).toISOString();
    const kubeconfig = kubeconfigOf({ server: api.url }, execUser("aws", { args: [expires] }));
    const client = await testClient(api.url, { kubeconfig, env: { PATH: folder }, processes, clock });
    await client.get(shop);
    await clock.sleep(239_000);
    await client.get(shop);
    assert.equal((await runs()).length, 1);
    await clock.sleep(2_000);
    await client.get(shop);
    assert.equal((await runs()).length, 2);
    await client.close();
  }));

test("runs the plugin once more after a 401, also for writes, and then believes the server", () =>
  withPlugin("aws", printToken, async ({ folder, runs }) => {
    await using api = await scriptedApi([
      refusal(401, "Unauthorized"),
      ok,
      refusal(401, "Unauthorized"),
      refusal(401, "Unauthorized"),
    ]);
    const kubeconfig = kubeconfigOf({ server: api.url }, execUser("aws"));
    const client = await testClient(api.url, { kubeconfig, env: { PATH: folder }, processes });
    await client.patch(shop, { type: "merge", body: {} });
    await assert.rejects(client.get(shop), { code: "unauthorized" });
    assert.deepEqual(
      api.requests.map(({ headers }) => headers.authorization),
      ["Bearer token-1", "Bearer token-2", "Bearer token-2", "Bearer token-3"],
    );
    assert.equal((await runs()).length, 3);
    await client.close();
  }));

test("resolves a relative command from the kubeconfig's folder", () =>
  withPlugin("kubelogin", printToken, async ({ folder, runs }) => {
    await using api = await scriptedApi(ok);
    const file = path.join(folder, "config");
    await writeFile(file, kubeconfigOf({ server: api.url }, execUser("./kubelogin")));
    const client = await testClient(api.url, { kubeconfig: file, processes });
    await client.get(shop);
    assert.equal((await runs()).length, 1);
    await client.close();
  }));

const refused: readonly (readonly [string, object, RegExp])[] = [
  ["is not on the list", execUser("evil"), /"evil" is not allowed to run$/],
  ["only has a good name's path", execUser("/tmp/aws/evil"), /"evil" is not allowed to run$/],
  [
    "speaks an old language",
    execUser("aws", { apiVersion: "client.authentication.k8s.io/v1alpha1" }),
    /speaks client\.authentication/,
  ],
  ["must ask questions", execUser("aws", { interactiveMode: "Always" }), /nobody is there$/],
];

for (const [what, user, message] of refused) {
  test(`refuses a plugin that ${what} before it runs`, async () => {
    const kubeconfig = kubeconfigOf({ server: "https://k" }, user);
    await assert.rejects(testClient("https://k", { kubeconfig }), { code: "refused", message });
  });
}

test("runs a plugin that is not on the list once the caller allows it", () =>
  withPlugin("own-plugin", printToken, async ({ folder }) => {
    const kubeconfig = kubeconfigOf({ server: "https://k" }, execUser("own-plugin"));
    const client = await testClient("https://k", { kubeconfig, env: { PATH: folder }, execPlugins: ["own-plugin"] });
    await client.close();
  }));

test("refuses a plugin that lies in the workspace", () =>
  withPlugin("aws", printToken, async ({ folder }) => {
    const kubeconfig = kubeconfigOf({ server: "https://k" }, execUser("aws"));
    const options = { kubeconfig, env: { PATH: folder }, workspace: path.dirname(folder) };
    await assert.rejects(testClient("https://k", options), { code: "refused", message: /lies in the workspace$/ });
    await mkdir(path.join(folder, "elsewhere"));
    await (await testClient("https://k", { ...options, workspace: path.join(folder, "elsewhere") })).close();
  }));

test("says what to install when the plugin is not there", async () => {
  const kubeconfig = kubeconfigOf({ server: "https://k" }, execUser("aws", { installHint: "Get the AWS CLI." }));
  await assert.rejects(testClient("https://k", { kubeconfig, env: { PATH: "/nowhere" } }), {
    code: "process-failed",
    hint: "Get the AWS CLI.",
  });
});

const failing: readonly (readonly [string, string, RegExp])[] = [
  ["fails", `console.error("no login"); process.exit(3);`, /aws ended with 3: no login$/],
  ["prints no credential", `console.log("hello");`, /printed no ExecCredential$/],
  [
    "prints an empty credential",
    `console.log('{"kind":"ExecCredential","status":{}}');`,
    /printed neither a token nor a certificate$/,
  ],
];

for (const [what, script, message] of failing) {
  test(`says so when the plugin ${what}`, () =>
    withPlugin("aws", script, async ({ folder }) => {
      const kubeconfig = kubeconfigOf({ server: "https://k" }, execUser("aws"));
      const client = await testClient("https://k", { kubeconfig, env: { PATH: folder }, processes });
      await assert.rejects(client.get(shop), { code: "process-failed", message });
      await client.close();
    }));
}

test("reads a token file again after a minute, and after a 401", () =>
  withPlugin("unused", "", async ({ folder }) => {
    await using api = await scriptedApi([ok, ok, ok, refusal(401, "Unauthorized"), ok]);
    const tokenFile = path.join(folder, "token");
    const clock = instantClock();
    await writeFile(tokenFile, "one\n");
    const client = await testClient(api.url, { kubeconfig: kubeconfigOf({ server: api.url }, { tokenFile }), clock });
    await client.get(shop);
    await writeFile(tokenFile, "two\n");
    await client.get(shop);
    await clock.sleep(61_000);
    await client.get(shop);
    await writeFile(tokenFile, "three\n");
    await client.get(shop);
    const used = api.requests.map(({ headers }) => headers.authorization);
    assert.deepEqual(used, ["Bearer one", "Bearer one", "Bearer two", "Bearer two", "Bearer three"]);
    await client.close();
  }));
