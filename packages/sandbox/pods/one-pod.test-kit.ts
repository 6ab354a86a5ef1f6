import assert from "node:assert/strict";
import type { JsonObject } from "../json.ts";
import type { Sandbox, SandboxOptions } from "../sandbox.ts";
import { virtualSandbox } from "../test-shop.ts";
import type { Pod } from "../workloads.ts";

/** Images that end in each of the ways that a container can. */
const images = {
  "shop:1": { version: "1", programs: ["/app"], commands: { "/app check": { exitCode: 1, output: "no\n" } } },
  "shop:never": { version: "never", neverReady: true },
  "shop:hungry": { version: "hungry", memoryMi: 64 },
  "shop:secret": { version: "secret", pullError: "pull access denied" },
  "job:1": { version: "1", crash: { afterMs: 100, exitCode: 0 } },
} as const;
/** For probes. */
export const quick = { periodSeconds: 1, failureThreshold: 2 };

/** A sandbox with the pod `one`, five seconds later. */
export async function one(container: JsonObject, spec: JsonObject = {}, options: SandboxOptions = {}) {
  const metadata = { name: "one", namespace: "shop" };
  const containers = [{ name: "app", image: "shop:1", ...container }];
  const pod = { apiVersion: "v1", kind: "Pod", metadata, spec: { containers, ...spec } };
  const objects = [...(options.objects ?? []), pod];
  const sandbox = await virtualSandbox({ images, ...options, objects });
  await sandbox.clock.advance(5_000);
  return sandbox;
}

export function podOf(sandbox: Sandbox): Pod {
  const pod = sandbox.registry.store.get("Pod", "shop", "one");
  assert.ok(pod);
  return pod;
}

/** `reason: message` of each event. */
export function eventsOf(sandbox: Sandbox): string[] {
  return sandbox.registry.store.list("Event", "shop").map(({ reason, message }) => `${reason}: ${message}`);
}
