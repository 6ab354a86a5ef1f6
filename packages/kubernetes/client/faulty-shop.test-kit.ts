/** A Service in a small Kubernetes on which faults befall requests, and the real client, in virtual time. */
import { type Sandbox, startSandbox, type VirtualClock, virtualClock } from "@cutover/sandbox";
import type { Client } from "./client.ts";
import { createClient } from "./create-client.ts";
import { noProcesses } from "./scripted-api.ts";

export interface FaultyShop extends AsyncDisposable {
  sandbox: Sandbox;
  clock: VirtualClock;
  client: Client;
  /** Whether the label that the tests write is there. */
  isStored(): boolean;
}

export const shopRef = { apiVersion: "v1", kind: "Service", namespace: "shop", name: "shop" };

/** Its calendar stands at three seconds past 2030, and the client knows the server. */
export async function faultyShop(configMaps = 2): Promise<FaultyShop> {
  const clock = virtualClock();
  const metadata = { name: "shop", namespace: "shop" };
  const service = { apiVersion: "v1", kind: "Service", metadata, spec: { ports: [{ port: 80 }] } };
  const objects = Array.from({ length: configMaps }, (_, index) => configMap(index));
  const sandbox = await startSandbox({ clock, listen: false, objects: [service, ...objects] });
  const { kubeconfig, connect: dial } = sandbox;
  const client = await createClient({ kubeconfig, env: {}, clock, processes: noProcesses, dial });
  await clock.drive(client.get(shopRef));
  await clock.drive(clock.sleep(3_000));
  return {
    sandbox,
    clock,
    client,
    isStored: () => sandbox.registry.store.get("Service", "shop", "shop")?.metadata.labels?.struck !== undefined,
    [Symbol.asyncDispose]: async () => {
      await client.close();
      await sandbox.close();
    },
  };
}

export function configMap(index: number, x = "1") {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name: `map-${index}`, namespace: "shop" }, data: { x } };
}
