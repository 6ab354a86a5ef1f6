import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { bufferFromFileOrString, KubeConfig } from "@kubernetes/client-node/dist/config.js";
import { testCertificates } from "../../../test/doubles/certificates.ts";
import { findAccess } from "./access.ts";

const { authority, clientCertificate, clientKey } = testCertificates;
const base64 = (text: string) => Buffer.from(text).toString("base64");

const kubeconfig = `
apiVersion: v1
kind: Config
current-context: staging
clusters:
- name: one
  cluster:
    server: https://one.example:6443
    certificate-authority-data: ${base64(authority)}
    tls-server-name: kubernetes
- name: two
  cluster: { server: "https://two.example/clusters/two", certificate-authority: ca.pem, proxy-url: "http://proxy:3128" }
users:
- { name: robot, user: { token: robot-token } }
- name: person
  user:
    client-certificate-data: ${base64(clientCertificate)}
    client-key-data: ${base64(clientKey)}
- { name: files, user: { client-certificate: me.pem, client-key: me.key } }
- { name: basic, user: { username: me, password: "p: #1" } }
contexts:
- { name: staging, context: { cluster: one, user: robot, namespace: shops } }
- { name: production, context: { cluster: one, user: person } }
- { name: abroad, context: { cluster: two, user: files, namespace: "0" } }
- { name: old, context: { cluster: two, user: basic } }
`;

const contexts = [undefined, "staging", "production", "abroad", "old"] as const;

for (const context of contexts) {
  test(`reads ${context ?? "the current context"} as client-node does`, () =>
    inFolder(async (folder) => {
      const file = path.join(folder, "config");
      const witness = new KubeConfig();
      witness.loadFromFile(file);
      if (context !== undefined) witness.setCurrentContext(context);
      const given = context === "abroad" || context === "old" ? [file] : [file, kubeconfig, base64(kubeconfig)];
      for (const one of given) assert.deepEqual(await ours(one, context), testimony(witness));
    }));
}

async function ours(given: string, context: string | undefined) {
  const { cluster, user, namespace } = await findAccess({ kubeconfig: given, context, env: {} });
  return {
    server: cluster.server.href.replace(/\/$/, ""),
    ca: cluster.ca,
    tlsServerName: cluster.tlsServerName,
    proxyUrl: cluster.proxyUrl,
    skipTlsVerify: cluster.skipTlsVerify,
    token: user.token,
    basic: user.basic,
    cert: user.certificate?.cert,
    key: user.certificate?.key,
    namespace,
  };
}

/** What client-node makes of the same kubeconfig. */
function testimony(witness: KubeConfig): Awaited<ReturnType<typeof ours>> {
  const cluster = witness.getCurrentCluster();
  const user = witness.getCurrentUser();
  if (cluster === null || user === null) throw new Error("client-node finds no cluster or no user");
  const pem = (file?: string, data?: string) => bufferFromFileOrString(file, data)?.toString();
  const { username, password = "" } = user;
  return {
    server: cluster.server,
    ca: pem(cluster.caFile, cluster.caData),
    tlsServerName: cluster.tlsServerName,
    proxyUrl: cluster.proxyUrl,
    skipTlsVerify: cluster.skipTLSVerify,
    token: user.token,
    basic: username === undefined ? undefined : { username, password },
    cert: pem(user.certFile, user.certData),
    key: pem(user.keyFile, user.keyData),
    namespace: witness.getContextObject(witness.getCurrentContext())?.namespace ?? "default",
  };
}

/** A folder that holds the kubeconfig and the files that it names. */
async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "kubeconfig-"));
  try {
    const files = { config: kubeconfig, "ca.pem": authority, "me.pem": clientCertificate, "me.key": clientKey };
    for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
    await body(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
