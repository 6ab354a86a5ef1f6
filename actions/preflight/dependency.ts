import { type PostgresTarget, readPostgresUrl } from "@cutover/postgres";
import { type RedisTarget, readRedisUrl } from "@cutover/redis";
import { entriesOf, lasting, termsOf } from "./entries.ts";

/** A server that must take connections. */
export interface TcpServer {
  readonly host: string;
  readonly port: number;
  /** Milliseconds that it may take; so below. */
  readonly within: number;
}

export interface PostgresServer extends PostgresTarget {
  readonly within: number;
  /** Milliseconds that a standby may be behind; `undefined` where nobody asks. */
  readonly maxLag: number | undefined;
}

export interface RedisServer extends RedisTarget {
  readonly within: number;
  /** What it must be. Of a replica the link to its master must be up. */
  readonly role: "master" | "replica" | undefined;
  /** Path of a file with the certificates of who may vouch for it. */
  readonly ca: string | undefined;
}

const usual = "5s";
const wrongDuration = "expected a duration above 0 such as 500ms after `within=` and `max-lag=`";

/** Servers, one a line: `broker.internal:5672 within=2s`. */
export function tcpServers() {
  return entriesOf("addresses such as broker.internal:5672 within=2s", (line): TcpServer | string => {
    const { subject, terms } = termsOf(line, ["within"]);
    const [, bracketed, plain, port = ""] = /^(?:\[([\da-f:.]+)\]|([\w.-]+)):(\d{1,5})$/i.exec(subject) ?? [];
    const host = bracketed ?? plain;
    const within = lasting(terms.within ?? usual);
    if (host === undefined || !isPort(Number(port)))
      return `expected an address such as broker.internal:5672, got ${JSON.stringify(subject.slice(0, 80))}`;
    return within === undefined ? wrongDuration : { host, port: Number(port), within };
  });
}

/** Databases, one a line: `postgresql://user:password@host/database within=2s max-lag=10s`. What is wrong is told without the text. */
export function postgresServers() {
  return entriesOf("URIs such as postgresql://user:password@host:5432/database", (line): PostgresServer | string => {
    const { subject, terms } = termsOf(line, ["within", "max-lag"]);
    const target = readPostgresUrl(subject);
    if (typeof target === "string") return target;
    const { "max-lag": most } = terms;
    const [within, maxLag] = [lasting(terms.within ?? usual), most === undefined ? undefined : lasting(most)];
    if (within === undefined || (most !== undefined && maxLag === undefined)) return wrongDuration;
    return { ...target, within, maxLag };
  });
}

/** Servers, one a line: `rediss://user:password@host:6379 within=2s role=replica ca=redis-ca.pem`. */
export function redisServers() {
  return entriesOf("URLs such as redis://user:password@host:6379", (line): RedisServer | string => {
    const { subject, terms } = termsOf(line, ["within", "role", "ca"]);
    const target = readRedisUrl(subject);
    if (target === undefined) return "expected a URL such as redis://user:password@host:6379, its signs encoded";
    const { role, ca } = terms;
    if (role !== undefined && role !== "master" && role !== "replica") return "expected a role of master or replica";
    const within = lasting(terms.within ?? usual);
    return within === undefined ? wrongDuration : { ...target, within, role, ca };
  });
}

function isPort(port: number): boolean {
  return port > 0 && port < 65_536;
}
