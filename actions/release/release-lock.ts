import type { Runner } from "@cutover/action-kit";
import { releaseLeftover } from "@cutover/kubernetes";
import { type Address, connect } from "./connect.ts";

/** Frees the locks that main left behind if it died; recovery of the release itself belongs to the next run. */
export async function releaseLock(inputs: Address, runner: Runner): Promise<void> {
  const { namespace = "", services = "", holder = "" } = runner.state;
  if (holder === "") return;
  const client = await connect(inputs, runner);
  try {
    for (const service of services.split("\n")) {
      const isFreed = await releaseLeftover(client, { namespace, service, holder });
      if (isFreed)
        runner.log.warning(
          `The run ended without freeing the lock of Service ${service}; it is free now. Run it again: it goes on from what it finds.`,
        );
    }
  } finally {
    await client.close();
  }
}
