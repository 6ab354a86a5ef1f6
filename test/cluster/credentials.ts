import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./command.ts";
import { apiServiceAddress, nodeAddress, state } from "./places.ts";

/** One authority for everything, an identity for each part that needs its own, and two kubeconfigs. */
export function writeCredentials(): void {
  mkdirSync(pki("."), { recursive: true, mode: 0o700 });
  openssl("req", ...newKey("ca"), "-x509", "-days", "30", "-subj", "/CN=cutover-cluster", "-out", pki("ca.crt"));
  openssl("genrsa", "-out", pki("accounts.key"), "2048");
  openssl("rsa", "-in", pki("accounts.key"), "-pubout", "-out", pki("accounts.pub"));

  const serving = ["IP:127.0.0.1", `IP:${nodeAddress}`, `IP:${apiServiceAddress}`, "DNS:localhost"];
  certify("apiserver", "/CN=kube-apiserver", [...serving, "DNS:kubernetes.default.svc"]);
  certify("admin", "/O=system:masters/CN=admin", ["DNS:admin"]);
  certify("kubelet", "/O=system:nodes/CN=system:node:node-1", ["DNS:node-1", `IP:${nodeAddress}`]);
  writeKubeconfig("admin");
  writeKubeconfig("kubelet");
}

function certify(name: string, subject: string, names: readonly string[]): void {
  openssl("req", ...newKey(name), "-subj", subject, "-out", pki(`${name}.csr`));
  writeFileSync(pki(`${name}.ext`), `subjectAltName=${names.join(",")}\n`);
  const authority = ["-CA", pki("ca.crt"), "-CAkey", pki("ca.key"), "-CAcreateserial"];
  const request = ["-in", pki(`${name}.csr`), "-extfile", pki(`${name}.ext`)];
  openssl("x509", "-req", ...request, ...authority, "-days", "30", "-out", pki(`${name}.crt`));
}

function writeKubeconfig(user: string): void {
  const data = (file: string): string => readFileSync(pki(file)).toString("base64");
  const config = {
    apiVersion: "v1",
    kind: "Config",
    "current-context": "local",
    clusters: [
      { name: "local", cluster: { server: "https://127.0.0.1:6443", "certificate-authority-data": data("ca.crt") } },
    ],
    users: [
      {
        name: user,
        user: { "client-certificate-data": data(`${user}.crt`), "client-key-data": data(`${user}.key`) },
      },
    ],
    contexts: [{ name: "local", context: { cluster: "local", user } }],
  };
  // YAML is a superset of JSON, and every client reads a kubeconfig as YAML.
  writeFileSync(join(state, `${user}.kubeconfig`), `${JSON.stringify(config, undefined, 2)}\n`, { mode: 0o600 });
}

function newKey(name: string): string[] {
  return ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", pki(`${name}.key`)];
}

function openssl(...args: string[]): void {
  run("openssl", args);
}

function pki(file: string): string {
  return join(state, "pki", file);
}
