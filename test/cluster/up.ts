import { mkdirSync } from "node:fs";
import { createConnection } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { succeeds } from "./command.ts";
import { writeCredentials } from "./credentials.ts";
import { clean, refuseAnotherCheckouts } from "./down.ts";
import { buildPrograms, publishAll } from "./images.ts";
import { lockMachine } from "./lock.ts";
import { owner, prepareMachine } from "./machine.ts";
import { lastWords, nodeProcesses, startNode } from "./node.ts";
import { installPackages } from "./packages.ts";
import { ownKubeconfig, ports, state } from "./places.ts";
import { act, kube } from "./programs.ts";

/** Starts the cluster, or finds it running; returns its kubeconfig's path. Everything slow comes before the first
 * change to the machine. */
export async function up(): Promise<string> {
  await using _lock = await lockMachine();
  refuseAnotherCheckouts();
  if (owner() === state && isReady()) return ownKubeconfig;
  if (owner()) {
    console.log("Removing what an earlier cluster left behind");
    await clean();
  }
  installPackages();
  const binary = kube();
  act();
  buildPrograms();
  await wantPortsFree();
  mkdirSync(state, { recursive: true });
  prepareMachine();
  writeCredentials();
  const lives = startNode(binary);
  await until("the registry answered", lives, () => accepts(5000));
  await publishAll();
  await until("the node was ready", lives, async () => isReady());
  return ownKubeconfig;
}

/** Whether this checkout's node says that it is ready. */
export function isReady(): boolean {
  const question = ["wait", "node/node-1", "--for", "condition=Ready", "--timeout", "1s"];
  return nodeProcesses(state).length > 0 && succeeds(kube(), ["kubectl", "--kubeconfig", ownKubeconfig, ...question]);
}

async function wantPortsFree(): Promise<void> {
  for (const [port, program] of Object.entries(ports)) {
    if (await accepts(Number(port))) {
      throw new Error(`Port ${port}, which ${program} needs, is taken: \`ss -ltnp\` shows by whom.`);
    }
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: "127.0.0.1" });
    const answer = (open: boolean): void => {
      socket.destroy();
      resolve(open);
    };
    socket.once("connect", () => answer(true)).once("error", () => answer(false));
  });
}

async function until(what: string, lives: () => boolean, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (!(await holds())) {
    if (!lives() || Date.now() > deadline) {
      throw new Error(`The cluster stopped before ${what}. ${lastWords()}\nIts logs are in ${join(state, "log")}.`);
    }
    await sleep(100);
  }
}
