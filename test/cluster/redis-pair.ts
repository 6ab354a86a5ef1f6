import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Daemon, freePorts, startDaemon } from "./daemon.ts";
import { librariesOf, programOf, unpacked } from "./debian.ts";

/** A master and its replica, with passwords; the master speaks TLS too. */
export interface RedisPair extends AsyncDisposable {
  readonly master: Daemon;
  readonly masterTls: number;
  readonly replica: Daemon;
}

export const redisPassword = "battery staple";

/** @param certificate of 127.0.0.1, with its key, in PEM */
export async function startRedisPair(
  folder: string,
  certificate: { readonly file: string; readonly key: string },
): Promise<RedisPair> {
  const root = unpacked(["redis-server"]);
  const [first = 0, masterTls = 0, second = 0] = await freePorts(3);
  const start = async (port: number, ...more: readonly string[]) => {
    const dir = join(folder, `${port}`);
    mkdirSync(dir, { recursive: true });
    const own = [
      "--port",
      `${port}`,
      "--bind",
      "127.0.0.1",
      "--dir",
      dir,
      "--save",
      "",
      "--requirepass",
      redisPassword,
    ];
    return await startDaemon([programOf(root, "redis-server"), ...own, ...more], { port, env: librariesOf(root) });
  };
  const { file, key } = certificate;
  const tls = [
    "--tls-port",
    `${masterTls}`,
    "--tls-cert-file",
    file,
    "--tls-key-file",
    key,
    "--tls-auth-clients",
    "no",
  ];
  const master = await start(first, ...tls, "--tls-ca-cert-file", file);
  const replica = await start(second, "--replicaof", `127.0.0.1 ${first}`, "--masterauth", redisPassword);
  return {
    ...{ master, masterTls, replica },
    [Symbol.asyncDispose]: async () => {
      await replica.stop();
      await master.stop();
    },
  };
}
