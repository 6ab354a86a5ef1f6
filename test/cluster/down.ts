import { existsSync, rmSync } from "node:fs";
import { lockMachine } from "./lock.ts";
import { owner, restoreMachine } from "./machine.ts";
import { stopNode } from "./node.ts";
import { state } from "./places.ts";

/** Takes this checkout's cluster down and makes the machine what it was before; nothing to do is fine too. */
export async function down(): Promise<void> {
  await using _lock = await lockMachine();
  refuseAnotherCheckouts();
  await clean();
}

/** Throws if the cluster on this machine belongs to a checkout other than this one that still exists. */
export function refuseAnotherCheckouts(): void {
  const found = owner();
  if (found && found !== state && existsSync(found)) {
    throw new Error(`The cluster of another checkout runs on this machine (${found}): take it down there first.`);
  }
}

/** What `down` does, for callers that hold the lock. */
export async function clean(): Promise<void> {
  await stopNode(owner() ?? state);
  restoreMachine();
  rmSync(state, { recursive: true, force: true });
}
