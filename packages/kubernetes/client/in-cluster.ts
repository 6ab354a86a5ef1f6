import { readFile } from "node:fs/promises";
import { isIPv6 } from "node:net";
import path from "node:path";
import { CutoverError } from "@cutover/release";
import type { Access } from "./access.ts";

const mounted = "/var/run/secrets/kubernetes.io/serviceaccount";

/** Access with the service account of the pod that this runs in. @throws `input-invalid` outside of a cluster. */
export async function inCluster(env: Readonly<Record<string, string | undefined>>, folder = mounted): Promise<Access> {
  const host = env.KUBERNETES_SERVICE_HOST;
  const port = env.KUBERNETES_SERVICE_PORT;
  if (host === undefined || host === "" || port === undefined || port === "") {
    throw new CutoverError("input-invalid", "No cluster is named: there is no kubeconfig, and this is not a pod", {
      hint: "Set the input `kubeconfig` (path, text or base64) or the variable KUBECONFIG.",
    });
  }
  const read = (name: string) =>
    readFile(path.join(folder, name), "utf8").catch((cause: unknown) => {
      throw new CutoverError("input-invalid", `This is a pod, but it has no ${path.join(folder, name)}`, {
        hint: "Set `automountServiceAccountToken: true` on the runner's pod, or give a kubeconfig.",
        cause,
      });
    });
  const [ca, namespace] = await Promise.all([read("ca.crt"), read("namespace"), read("token")]);
  return {
    namespace: namespace.trim(),
    cluster: {
      server: new URL(`https://${isIPv6(host) ? `[${host}]` : host}:${port}`),
      ca,
      tlsServerName: undefined,
      proxyUrl: undefined,
      skipTlsVerify: false,
      execConfig: undefined,
    },
    user: {
      token: undefined,
      tokenFile: path.join(folder, "token"),
      basic: undefined,
      certificate: undefined,
      exec: undefined,
      impersonate: undefined,
    },
  };
}
