import { isIP, type Socket } from "node:net";
import { CutoverError, isCutoverError } from "@cutover/release";
import type { PostgresTarget } from "./postgres-target.ts";
import { type Replication, readReplication } from "./replication.ts";

/** How a server is asked. */
export interface Question {
  /** Opens a connection to it. */
  readonly connect: () => Promise<Socket>;
  /** Certificates in PEM of who may vouch for it; those that Node knows if not given. */
  readonly authorities?: string | undefined;
  /** Whether it is asked for its replication too. */
  readonly replication: boolean;
}

/** What it says of itself, as far as it was asked. */
export interface PostgresAnswer {
  /** Such as `15.14 (Debian 15.14-0+deb12u1)`. */
  readonly version: string;
  readonly replication: Replication | undefined;
}

/** What a server answers whose TLS is asked for and that has none: `N`, alone. */
const noTls = 0x4e;

/**
 * Logs in and carries out a query.
 * @throws `rejected` with the server's own words, also for a certificate that is not good; what `connect` throws
 */
export async function askPostgres(target: PostgresTarget, question: Question): Promise<PostgresAnswer> {
  const { host, port, user, password, database, sslmode } = target;
  // Loaded when asked for: most runs ask no database.
  const { default: postgres } = await import("postgres");
  const ssl = encryption(target, question.authorities);
  let isRefused = false;
  const options = {
    ...{ host, port, user, password, database },
    ...{ max: 1, prepare: false, fetch_types: false, connect_timeout: 60, onnotice: () => undefined },
    ...{ ssl, connection: { application_name: "cutover" } },
    // Documented, and missing in its types. The name that it tells in TLS is the socket's, as with those of its own making.
    socket: async () => {
      const socket = Object.assign(await question.connect(), { host });
      // The library starts TLS all the same, and tells of what comes of that.
      socket.once("data", (bytes) => {
        isRefused = typeof ssl === "object" && bytes[0] === noTls;
      });
      return socket;
    },
  };
  const sql = postgres(options);
  try {
    const [row] = await sql`select 1 as one, current_setting('server_version') as version`.simple();
    if (row?.one !== 1) throw rejected("answers SELECT 1 with something else");
    return { version: String(row.version), replication: question.replication ? await readReplication(sql) : undefined };
  } catch (error) {
    if (isCutoverError(error)) throw error;
    throw rejected(isRefused ? `speaks no TLS, which sslmode=${sslmode} asks for` : `says ${wordsOf(error)}`, error);
  } finally {
    await sql.end({ timeout: 0 });
  }
}

/** As libpq has it: only `verify-…` look at the certificate, and `require` does where it is told whose must have signed it. */
function encryption({ host, sslmode, sslrootcert }: PostgresTarget, ca: string | undefined) {
  if (sslmode === "disable") return false;
  if (sslmode === "allow" || sslmode === "prefer") return "prefer" as const;
  const name = isIP(host) === 0 ? { servername: host } : {};
  const trust = { host, ...name, ...(ca === undefined ? {} : { ca }) };
  if (sslmode === "verify-full") return trust;
  const isVerified = sslmode === "verify-ca" || sslrootcert !== undefined;
  return isVerified ? { ...trust, checkServerIdentity: () => undefined } : { ...trust, rejectUnauthorized: false };
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error && typeof error.code === "string" ? ` (${error.code})` : "";
  return `${error.message}${code}`;
}

function rejected(what: string, cause?: unknown): CutoverError {
  return new CutoverError("rejected", `it ${what}`, { cause });
}
