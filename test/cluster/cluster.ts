import { existsSync } from "node:fs";
import { down } from "./down.ts";
import { requireRoot } from "./machine.ts";
import { lastWords, nodeProcesses } from "./node.ts";
import { ownKubeconfig, ports, state } from "./places.ts";
import { isReady, up } from "./up.ts";

const usage = "usage: npm run cluster -- up | down | status";

/** `npm run cluster -- up|down|status`. With KUBECONFIG set, that cluster is used and nothing is started or stopped. */
async function main(verb: string | undefined): Promise<void> {
  if (verb !== "up" && verb !== "down" && verb !== "status") throw new Error(usage);
  if (process.env.KUBECONFIG) {
    console.log(`KUBECONFIG is set: ${process.env.KUBECONFIG} is used as it is, nothing is started or stopped.`);
    return;
  }
  requireRoot();
  if (verb === "up") console.log(await up());
  if (verb === "down") await down();
  if (verb === "status") status();
}

function status(): void {
  const count = nodeProcesses(state).length;
  if (count > 0) {
    console.log(`${isReady() ? "Ready" : "Not ready"}: ${count} processes, kubeconfig ${ownKubeconfig}`);
    for (const [port, program] of Object.entries(ports)) console.log(`  port ${port}: ${program}`);
  } else if (existsSync(state)) {
    console.log(`Stopped, and to be taken down: npm run cluster -- down\n${lastWords()}`);
  } else {
    console.log("No cluster of this checkout runs.");
  }
}

main(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
