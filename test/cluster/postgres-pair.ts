import { chownSync, cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./command.ts";
import { type Daemon, freePorts, nobody, startDaemon } from "./daemon.ts";
import { librariesOf, programOf, unpacked } from "./debian.ts";

/** A primary that a standby follows, with TLS and passwords. */
export interface PostgresPair extends AsyncDisposable {
  readonly primary: Daemon;
  readonly standby: Daemon;
  /** Carries out SQL and tells what it answers, unadorned. */
  sql(of: Daemon, text: string): string;
}

export const postgresPassword = "correct horse";

/** Where all of it is, and what its programs are told. */
interface Place {
  readonly home: string;
  readonly program: (name: string) => string;
  readonly env: Readonly<Record<string, string>>;
}

/** @param folder that everybody may read; all data goes there. @param certificate of 127.0.0.1, with its key, in PEM */
export async function startPostgresPair(
  folder: string,
  certificate: { readonly file: string; readonly key: string },
): Promise<PostgresPair> {
  const place = prepared(folder, certificate);
  const [first = 0, second = 0] = await freePorts(2);
  const password = ["--auth=scram-sha-256", `--pwfile=${join(place.home, "password")}`];
  asNobody(place, "initdb", "--pgdata=primary", "--username=shop", ...password, "--no-sync");
  const primary = await started(place, "primary", first);
  asNobody(place, "pg_basebackup", ...login(first), "--pgdata=standby", "-R", "--checkpoint=fast", "--no-sync");
  const standby = await started(place, "standby", second);
  const plain = ["--no-psqlrc", "--tuples-only", "--no-align", "--dbname=postgres"];
  return {
    primary,
    standby,
    sql: ({ port }, text) => asNobody(place, "psql", ...plain, ...login(port), `--command=${text}`).trim(),
    [Symbol.asyncDispose]: async () => {
      await standby.stop("SIGINT");
      await primary.stop("SIGINT");
    },
  };
}

/** PostgreSQL refuses to be root, and nobody may read root's cache. */
function prepared(folder: string, certificate: { readonly file: string; readonly key: string }): Place {
  const root = join(folder, "programs");
  cpSync(unpacked(["postgresql"]), root, { recursive: true });
  const home = join(folder, "data");
  mkdirSync(home);
  writeFileSync(join(home, "password"), postgresPassword);
  cpSync(certificate.file, join(home, "server.crt"));
  cpSync(certificate.key, join(home, "server.key"));
  for (const name of ["", "password", "server.crt", "server.key"]) chownSync(join(home, name), nobody, nobody);
  const env = { ...librariesOf(root), HOME: home, PGPASSWORD: postgresPassword, PGSSLMODE: "require" };
  return { home, env, program: (name) => programOf(root, name) };
}

function asNobody({ program, env, home }: Place, name: string, ...args: readonly string[]): string {
  const user = [`--reuid=${nobody}`, `--regid=${nobody}`, "--clear-groups"];
  return run("setpriv", [...user, program(name), ...args], { env, cwd: home });
}

function login(port: number): readonly string[] {
  return ["--host=127.0.0.1", `--port=${port}`, "--username=shop"];
}

async function started({ home, program, env }: Place, name: string, port: number): Promise<Daemon> {
  const tls = { ssl: "on", ssl_cert_file: join(home, "server.crt"), ssl_key_file: join(home, "server.key") };
  const given = { listen_addresses: "127.0.0.1", port, unix_socket_directories: "", fsync: "off", ...tls };
  const settings = Object.entries(given).flatMap(([setting, value]) => ["-c", `${setting}=${value}`]);
  return await startDaemon([program("postgres"), "-D", join(home, name), ...settings], { port, env, isNobody: true });
}
