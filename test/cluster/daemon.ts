import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A server that a test starts for itself. */
export interface Daemon {
  readonly port: number;
  /** Ends it; `SIGTERM` if not said. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

export interface DaemonOptions {
  readonly port: number;
  readonly env?: Readonly<Record<string, string>>;
  /** As somebody without rights, for what refuses to be root. */
  readonly isNobody?: boolean;
}

/** The user that owns nothing. */
export const nobody = 65_534;

/** Starts a program that listens on 127.0.0.1, and waits until it does. It ends with this process, however that ends. */
export async function startDaemon(command: readonly string[], { port, env, isNobody }: DaemonOptions): Promise<Daemon> {
  const user = isNobody === true ? [`--reuid=${nobody}`, `--regid=${nobody}`, "--clear-groups"] : [];
  const child = spawn("setpriv", [...user, "--pdeathsig=KILL", ...command], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      said = `${said}${text}`.slice(-4_000);
    });
  for (const deadline = Date.now() + 30_000; !(await accepts(port)); await sleep(50)) {
    if (isOver(child) || Date.now() > deadline) {
      child.kill("SIGKILL");
      throw new Error(`${command[0]} does not listen on ${port}:\n${said}`);
    }
  }
  return {
    port,
    async stop(signal = "SIGTERM") {
      const closed = once(child, "close");
      if (isOver(child)) return;
      child.kill(signal);
      await closed;
    },
  };
}

/** Ports that are free at this moment. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  });
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return ports;
}

function isOver({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect({ host: "127.0.0.1", port });
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
