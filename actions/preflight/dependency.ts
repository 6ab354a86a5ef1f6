import { type PostgresTarget, readPostgresUrl } from "@cutover/postgres";
import { type RedisTarget, readRedisUrl } from "@cutover/redis";
import { entriesOf, lasting, termsOf } from "./entries.ts";

/** Who asks instead of the runner: a pod of the active slot, or that of a short Job. */
export type Via = "pod" | "job";

/** A server that must take connections. */
export interface TcpServer {
  readonly host: string;
  readonly port: number;
  /** Milliseconds that it may take; so below. */
  readonly within: number;
  readonly via: Via | undefined;
}

/** What a pod is asked to reach, at the address that a variable of the service's own pods holds. */
export interface InPod {
  readonly variable: string;
  readonly via: Via;
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
export const wrongWay = "expected `via=pod` or `via=job`, or no `via` to ask from the runner";
const wrongDuration = "expected a duration above 0 such as 500ms after `within=` and `max-lag=`";

/** Servers, one a line: `broker.internal:5672 within=2s`. */
export function tcpServers() {
  return entriesOf("addresses such as broker.internal:5672 within=2s", (line): TcpServer | string => {
    const { subject, terms } = termsOf(line, ["within", "via"]);
    const [, bracketed, plain, port = ""] = /^(?:\[([\da-f:.]+)\]|([\w.-]+)):(\d{1,5})$/i.exec(subject) ?? [];
    const host = bracketed ?? plain;
    const within = lasting(terms.within ?? usual);
    if (host === undefined || !isPort(Number(port)))
      return `expected an address such as broker.internal:5672, got ${JSON.stringify(subject.slice(0, 80))}`;
    const { via } = terms;
    if (via !== undefined && !isVia(via)) return wrongWay;
    return within === undefined ? wrongDuration : { host, port: Number(port), within, via };
  });
}

/** Databases, one a line: `postgresql://user:password@host/database within=2s max-lag=10s`. What is wrong is told without the text. */
export function postgresServers() {
  return entriesOf(
    "URIs such as postgresql://user:password@host:5432/database",
    (line): PostgresServer | InPod | string => {
      const { subject, terms } = termsOf(line, ["within", "max-lag", "via"]);
      if (isForPod(subject, terms)) return inPod(subject, terms);
      const target = readPostgresUrl(subject);
      if (typeof target === "string") return target;
      const { "max-lag": most } = terms;
      const [within, maxLag] = [lasting(terms.within ?? usual), most === undefined ? undefined : lasting(most)];
      if (within === undefined || (most !== undefined && maxLag === undefined)) return wrongDuration;
      return { ...target, within, maxLag };
    },
  );
}

/** Servers, one a line: `rediss://user:password@host:6379 within=2s role=replica ca=redis-ca.pem`. */
export function redisServers() {
  return entriesOf("URLs such as redis://user:password@host:6379", (line): RedisServer | InPod | string => {
    const { subject, terms } = termsOf(line, ["within", "role", "ca", "via"]);
    if (isForPod(subject, terms)) return inPod(subject, terms);
    const target = readRedisUrl(subject);
    if (target === undefined) return "expected a URL such as redis://user:password@host:6379, its signs encoded";
    const { role, ca } = terms;
    if (role !== undefined && role !== "master" && role !== "replica") return "expected a role of master or replica";
    const within = lasting(terms.within ?? usual);
    return within === undefined ? wrongDuration : { ...target, within, role, ca };
  });
}

type GivenTerms = Readonly<Record<string, string | undefined>>;

function isForPod(subject: string, { via }: GivenTerms): boolean {
  return via !== undefined || subject.startsWith("$");
}

/** An address by itself would be a word of a command, and those stand in the API server's log. */
function inPod(subject: string, { via, within: given = usual, ...others }: GivenTerms): InPod | string {
  const variable = /^\$([A-Za-z_]\w*)$/.exec(subject)?.[1];
  const within = lasting(given);
  if (!isVia(via)) return wrongWay;
  if (variable === undefined)
    return `expected the name of a variable of the service's pods, such as $DATABASE_URL, for \`via=${via}\``;
  if (Object.keys(others).length > 0)
    return `expected no term but \`within=\` beside \`via=${via}\`: only the runner asks for more`;
  return within === undefined ? wrongDuration : { variable, via, within };
}

/** Whether it names somebody who can ask. */
export function isVia(text: string | undefined): text is Via {
  return text === "pod" || text === "job";
}

function isPort(port: number): boolean {
  return port > 0 && port < 65_536;
}
