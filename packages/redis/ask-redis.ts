import { once } from "node:events";
import { isIP } from "node:net";
import type { Duplex } from "node:stream";
import { connect as connectTls } from "node:tls";
import { CutoverError } from "@cutover/release";
import type { RedisTarget } from "./redis-target.ts";
import { type Reply, readReplies, written } from "./replies.ts";

/** How a server is asked. */
export interface Question {
  /** Opens a connection to it. */
  readonly connect: () => Promise<Duplex>;
  /** Certificates in PEM of who may vouch for it; those that Node knows if not given. */
  readonly authorities?: string | undefined;
  /** Whether its replication is asked for, which needs the right to `INFO`. */
  readonly replication: boolean;
}

/** What it says of itself, as far as it was asked. */
export interface RedisAnswer {
  readonly role: string | undefined;
  /** A replica's `master_link_status`. */
  readonly link: string | undefined;
}

/** More than this is no answer to what is asked, in bytes. */
const longest = 1024 * 1024;

/**
 * PING, after AUTH where a password is given.
 * @throws `rejected` with the server's own words, also for a certificate that is not good; what `connect` throws
 */
export async function askRedis(
  target: RedisTarget,
  { connect, authorities, replication }: Question,
): Promise<RedisAnswer> {
  const { username, password } = target;
  const plain = await connect();
  const stream = target.tls ? await secured(plain, target, authorities) : plain;
  const user = username === undefined ? [] : [username];
  const commands = [
    ...(password === undefined ? [] : [["AUTH", ...user, password]]),
    ["PING"],
    ...(replication ? [["INFO", "replication"]] : []),
  ];
  stream.write(commands.map(written).join(""));
  const replies = await read(stream, commands.length);
  const told = replies.map((reply, index) => {
    if ("text" in reply) return reply.text;
    throw rejected(`answers ${commands[index]?.[0]} with ${reply.error}`);
  });
  const info = replication ? (told.at(-1) ?? "") : "";
  const field = (name: string) => new RegExp(`^${name}:(\\S+)`, "m").exec(info)?.[1];
  return { role: field("role"), link: field("master_link_status") };
}

async function secured(socket: Duplex, { host }: RedisTarget, ca: string | undefined): Promise<Duplex> {
  const name = isIP(host) === 0 ? { servername: host } : {};
  const stream = connectTls({ socket, host, ...name, ...(ca === undefined ? {} : { ca }) });
  try {
    await once(stream, "secureConnect");
    return stream;
  } catch (error) {
    throw rejected(`does not agree on TLS: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function read(stream: Duplex, count: number): Promise<readonly Reply[]> {
  let bytes = Buffer.alloc(0);
  for await (const chunk of stream) {
    bytes = Buffer.concat([bytes, chunk]);
    const replies = readReplies(bytes);
    if (replies === undefined || bytes.length > longest) throw rejected("speaks something else than Redis's protocol");
    if (replies.length >= count) return replies;
    // Protected mode says why, and hangs up.
    const refusal = replies.find((reply) => "error" in reply);
    if (refusal !== undefined && replies.length === 1 && /^(DENIED|ERR max)/.test(refusal.error))
      throw rejected(`says ${refusal.error}`);
  }
  throw rejected("ended the connection before it answered");
}

function rejected(what: string): CutoverError {
  return new CutoverError("rejected", `it ${what}`);
}
