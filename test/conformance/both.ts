import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type Sandbox, startSandbox } from "@cutover/sandbox";
import { kubeconfig } from "../cluster/kubectl.ts";
import type { Place } from "./run-case.ts";
import { makeNamespace } from "./run-group.ts";
import { sandboxImages, sandboxOptions } from "./sandbox-images.ts";
import { httpTarget, kubeconfigTarget } from "./target.ts";

/** The same namespace in the real cluster and in a sandbox. */
export interface Both extends AsyncDisposable {
  readonly real: Place;
  readonly sandbox: Place;
}

export async function startBoth(namespace: string, images: Readonly<Record<string, string>> = {}): Promise<Both> {
  const server: Sandbox = await startSandbox(sandboxOptions);
  const real = { target: kubeconfigTarget(readFileSync(kubeconfig(), "utf8")), namespace, images, pause: sleep };
  const sandbox = { target: httpTarget(server.plainUrl), namespace, images: sandboxImages, pause: sleep };
  await Promise.all([real, sandbox].map(makeNamespace));
  return {
    real,
    sandbox,
    [Symbol.asyncDispose]: async () => {
      // Only then can the namespace end.
      await release(real);
      await real.target.send({ method: "DELETE", path: `/api/v1/namespaces/${namespace}` });
      real.target.close();
      sandbox.target.close();
      await server.close();
    },
  };
}

/** Takes the finalizers off what a run has left. */
async function release({ target, namespace }: Place): Promise<void> {
  const groups = {
    configmaps: "api/v1",
    secrets: "api/v1",
    services: "api/v1",
    deployments: "apis/apps/v1",
    leases: "apis/coordination.k8s.io/v1",
  };
  for (const [plural, group] of Object.entries(groups)) {
    const path = `/${group}/namespaces/${namespace}/${plural}`;
    const { body } = await target.send({ method: "GET", path });
    const items =
      typeof body === "object" && body !== null && "items" in body && Array.isArray(body.items) ? body.items : [];
    const waiting = items.filter((item) => JSON.stringify(item).includes('"finalizers":'));
    for (const item of waiting) {
      const name = (item as { metadata: { name: string } }).metadata.name;
      await target.send({
        method: "PATCH",
        path: `${path}/${name}`,
        type: "application/merge-patch+json",
        body: { metadata: { finalizers: null } },
      });
    }
  }
}
