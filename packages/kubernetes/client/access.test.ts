import assert from "node:assert/strict";
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { isCutoverError } from "@cutover/release";
import { findAccess } from "./access.ts";
import { inCluster } from "./in-cluster.ts";
import { keptWarnings, kubeconfigOf, testClient } from "./scripted-api.ts";

async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), "access-")));
  try {
    await body(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const safe = { server: "https://k:6443" };
const base64 = (text: string) => Buffer.from(text).toString("base64");

test("reports every secret leaf of the user, and nothing else", async () => {
  const secrets: string[] = [];
  const env = [
    { name: "AWS_PROFILE", value: "staging" },
    { name: "AWS_SECRET_ACCESS_KEY", value: "aws-secret" },
  ];
  const user = {
    token: "tok",
    username: "admin",
    password: "pass",
    "client-certificate-data": base64("public"),
    "client-key-data": base64("KEY"),
    exec: { apiVersion: "client.authentication.k8s.io/v1", command: "aws", env },
  };
  await findAccess({ kubeconfig: kubeconfigOf(safe, user), env: {}, onSecret: (value) => secrets.push(value) });
  assert.deepEqual(secrets, ["tok", "pass", base64("KEY"), "aws-secret", "KEY"]);
});

test("prefers the kubeconfig given over $KUBECONFIG, and that over the pod", async () => {
  const env = {
    KUBECONFIG: kubeconfigOf({ server: "https://from-env" }, {}),
    KUBERNETES_SERVICE_HOST: "10.0.0.1",
    KUBERNETES_SERVICE_PORT: "443",
  };
  const given = await findAccess({ kubeconfig: kubeconfigOf(safe, {}), env });
  const fromEnv = await findAccess({ kubeconfig: " ", env });
  assert.equal(given.cluster.server.host, "k:6443");
  assert.equal(fromEnv.cluster.server.host, "from-env");
});

test("says what to set where no cluster is named", async () => {
  await assert.rejects(findAccess({ env: {} }), {
    code: "input-invalid",
    message: "No cluster is named: there is no kubeconfig, and this is not a pod",
  });
});

test("uses the service account of the pod that it runs in", () =>
  inFolder(async (folder) => {
    await Promise.all(
      Object.entries({ token: "tok\n", "ca.crt": "CA", namespace: "shops\n" }).map(([name, text]) =>
        writeFile(path.join(folder, name), text),
      ),
    );
    const access = await inCluster({ KUBERNETES_SERVICE_HOST: "fd00::1", KUBERNETES_SERVICE_PORT: "443" }, folder);
    assert.equal(access.cluster.server.href, "https://[fd00::1]/");
    assert.equal(access.cluster.ca, "CA");
    assert.equal(access.namespace, "shops");
    assert.equal(access.user.tokenFile, path.join(folder, "token"));
  }));

test("reads files relative to their kubeconfig", () =>
  inFolder(async (folder) => {
    const file = path.join(folder, "config");
    await writeFile(file, kubeconfigOf({ ...safe, "certificate-authority": "pki/ca.pem" }, { tokenFile: "token" }));
    await mkdir(path.join(folder, "pki"));
    await writeFile(path.join(folder, "pki", "ca.pem"), "CA");
    await writeFile(path.join(folder, "token"), "tok");
    const access = await findAccess({ kubeconfig: file, env: {} });
    assert.equal(access.cluster.ca, "CA");
    assert.equal(access.user.tokenFile, path.join(folder, "token"));
  }));

test("refuses a kubeconfig of the workspace that reaches outside, also through a link", () =>
  inFolder(async (folder) => {
    const workspace = path.join(folder, "workspace");
    await mkdir(workspace);
    await writeFile(path.join(folder, "outside"), "s3cret");
    await symlink(path.join(folder, "outside"), path.join(workspace, "link"));
    const file = path.join(workspace, "config");
    for (const tokenFile of ["../outside", "link", path.join(folder, "outside")]) {
      await writeFile(file, kubeconfigOf(safe, { tokenFile }));
      await assert.rejects(findAccess({ kubeconfig: file, env: {}, workspace }), (error) =>
        isCutoverError(error, "refused"),
      );
      await findAccess({ kubeconfig: file, env: { RUNNER_TEMP: folder }, workspace });
    }
  }));

test("knows the workspace also by another path to it", () =>
  inFolder(async (folder) => {
    const workspace = path.join(folder, "workspace");
    await mkdir(workspace);
    await symlink(workspace, path.join(folder, "alias"));
    await writeFile(path.join(folder, "outside"), "s3cret");
    await writeFile(path.join(workspace, "config"), kubeconfigOf(safe, { tokenFile: "../outside" }));
    const options = { kubeconfig: path.join(workspace, "config"), env: {}, workspace: path.join(folder, "alias") };
    await assert.rejects(findAccess(options), { code: "refused" });
  }));

test("finds a kubeconfig under the home folder", () =>
  inFolder(async (folder) => {
    await writeFile(path.join(folder, "config"), kubeconfigOf(safe, {}));
    assert.equal((await findAccess({ kubeconfig: "~/config", env: { HOME: folder } })).cluster.server.host, "k:6443");
  }));

test("refuses a token with a line break in it, without quoting it", async () => {
  const kubeconfig = kubeconfigOf(safe, { token: "s3cret\n" });
  await assert.rejects(
    findAccess({ kubeconfig, env: {} }),
    (error) => isCutoverError(error, "input-invalid") && !/s3cret/.test(error.message),
  );
});

test("refuses a relative file of a kubeconfig that was given as text", async () => {
  const kubeconfig = kubeconfigOf(safe, { tokenFile: "token" });
  await assert.rejects(findAccess({ kubeconfig, env: {} }), { code: "input-invalid" });
});

test("refuses auth-provider and servers that are no plain URL", async () => {
  const withProvider = kubeconfigOf(safe, { "auth-provider": { name: "gcp" } });
  await assert.rejects(findAccess({ kubeconfig: withProvider, env: {} }), { code: "refused" });
  for (const server of ["k:6443", "ftp://k", "https://me:pass@k", "https://k?x=1"]) {
    await assert.rejects(findAccess({ kubeconfig: kubeconfigOf({ server }, {}), env: {} }), { code: "input-invalid" });
  }
});

const dangerous: readonly (readonly [string, object, Record<string, string>])[] = [
  ["an unencrypted server", { server: "http://k" }, {}],
  ["insecure-skip-tls-verify", { ...safe, "insecure-skip-tls-verify": true }, {}],
  ["NODE_TLS_REJECT_UNAUTHORIZED=0", safe, { NODE_TLS_REJECT_UNAUTHORIZED: "0" }],
];

for (const [what, cluster, env] of dangerous) {
  test(`refuses ${what} unless it is asked for, and then warns`, async () => {
    const kubeconfig = kubeconfigOf(cluster, { token: "t" });
    await assert.rejects(testClient("https://k", { kubeconfig, env, insecure: false }), { code: "refused" });
    const log = keptWarnings();
    await (await testClient("https://k", { kubeconfig, env, insecure: true, log })).close();
    assert.equal(log.warnings.length, 1);
  });
}
