import { certificate } from "./certificate.ts";

/** A kubeconfig for one server; over TLS it carries the sandbox's authority. */
export function kubeconfigFor(server: string, namespace: string): string {
  const isTls = server.startsWith("https:");
  const authority = Buffer.from(certificate).toString("base64");
  return [
    "apiVersion: v1",
    "kind: Config",
    "current-context: sandbox",
    "clusters:",
    "  - name: sandbox",
    "    cluster:",
    `      server: ${server}`,
    ...(isTls ? [`      certificate-authority-data: ${authority}`] : []),
    "users:",
    "  - name: sandbox",
    "    user:",
    "      token: sandbox-token",
    "contexts:",
    "  - name: sandbox",
    "    context:",
    "      cluster: sandbox",
    "      user: sandbox",
    `      namespace: ${namespace}`,
    "",
  ].join("\n");
}
