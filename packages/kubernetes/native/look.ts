import type { Observed } from "@cutover/release";
import { interpret } from "./observe.ts";
import type { Setting } from "./setting.ts";
import { type Snapshot, takeSnapshot } from "./snapshot.ts";

/** A service as it stands: what was read, and what it means. */
export interface Look {
  readonly setting: Setting;
  readonly snapshot: Snapshot;
  readonly observed: Observed;
}

/** Reads a service and its slots without a lock: good for telling, not for deciding. @throws not-found for a Service that neither exists nor is going to */
export async function look(setting: Setting): Promise<Look> {
  const snapshot = await takeSnapshot(setting);
  return { setting, snapshot, observed: interpret(snapshot, setting, { locked: false, busy: false }) };
}
