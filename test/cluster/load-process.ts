import { Agent, type ClientRequest, type IncomingMessage, request } from "node:http";
import type { Duplex } from "node:stream";
import { type LoadOrder, sharedClock } from "./load.ts";
import type { Answer, ConnectionKind } from "./load-report.ts";

/** Requests that are due one after the other, for ever. */
interface Stream {
  kind: ConnectionKind;
  agent: Agent | false;
  next: number;
  every: number;
}

const order: LoadOrder = JSON.parse(process.argv[2] ?? "");
const now = (): number => sharedClock() - order.origin;

/** Connections whose end needs no other mention: the server announced it, or a request was counted as lost with it. */
const explained = new WeakSet<Duplex>();
let unsent: Answer[] = [];
let pending = 0;
let user = Math.floor(Math.random() * 1e7);
let stopping = false;

const started = now();
const streams: Stream[] = [
  ...(order.newPerSecond > 0
    ? [{ kind: "new", agent: false, next: started, every: 1_000 / order.newPerSecond } as const]
    : []),
  ...Array.from({ length: order.keptAlive }, (_, index): Stream => {
    const next = started + (index * order.keptEvery) / order.keptAlive;
    return { kind: "kept", agent: keptConnection(), next, every: order.keptEvery };
  }),
];

const sending = setInterval(sendDue, 1);
const reporting = setInterval(report, 100);
process.on("message", stop);
process.on("disconnect", () => process.exit(1));
report();

function sendDue(): void {
  const time = now();
  if (time > order.atMost * 1_000) stop();
  for (const stream of streams) {
    for (; !stopping && stream.next <= time; stream.next += stream.every) send(stream);
  }
  if (stopping && pending === 0) finish();
}

/** One GET. A connection of its own says `Connection: close`; a kept one sends its requests one after the other. */
function send({ kind, agent, next: due }: Stream): void {
  pending += 1;
  const from = agent ? {} : ownAddress();
  const asked = request({ ...from, host: "127.0.0.1", port: order.port, path: order.path, agent });
  let ended = false;
  const end = (outcome: Pick<Answer, "lost" | "status" | "version">): void => {
    if (ended) return;
    ended = true;
    pending -= 1;
    clearTimeout(timer);
    unsent.push({ kind, due, ended: now(), ...outcome });
  };
  const lose = (cause: string): void => {
    if (asked.socket) explained.add(asked.socket);
    end({ lost: cause });
  };
  const timer = setTimeout(() => giveUp(asked, lose), due + order.timeout - now());
  asked.on("error", (error: NodeJS.ErrnoException) => lose(error.code ?? error.message));
  asked.on("response", (response) => {
    if (response.headers.connection === "close") explained.add(response.socket);
    response.on("error", () => lose("answer cut off"));
    response.on("end", () => end(answerOf(response)));
    response.resume();
  });
  asked.end();
}

function giveUp(asked: ClientRequest, lose: (cause: string) => void): void {
  lose(`no answer within ${order.timeout / 1_000} s`);
  asked.destroy();
}

function answerOf(response: IncomingMessage): Pick<Answer, "status" | "version"> {
  const version = response.headers["x-version"];
  const status = response.statusCode ?? 0;
  return typeof version === "string" ? { status, version } : { status };
}

/** An agent of one connection. It opens a new one when the old one ended, and we count the end that nobody announced:
 * a request that was on its way just then would have been lost. */
function keptConnection(): Agent {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const socket = connect({ ...options, ...ownAddress() }, callback);
    // A request that was on its way hears of the end after us, and is then what is counted.
    socket?.once("close", () => setImmediate(countUnannounced, socket));
    return socket;
  };
  return agent;
}

/** Every connection is another user's and comes from an address of its own, where all of 127.0.0.0/8 is this machine.
 * From one address a port would come again within seconds, and the kernel's connection tracking would still know it: a
 * connection that had been refused there, before there was a Service, makes it send the later one nowhere as well. */
function ownAddress(): { localAddress?: string } {
  if (process.platform !== "linux") return {};
  user += 1;
  return {
    localAddress: `127.${1 + (Math.floor(user / 65_024) % 126)}.${Math.floor(user / 254) % 256}.${1 + (user % 254)}`,
  };
}

function countUnannounced(connection: Duplex): void {
  if (stopping || explained.has(connection)) return;
  const time = now();
  unsent.push({ kind: "kept", due: time, ended: time, lost: "closed without a word while idle" });
}

function stop(): void {
  stopping = true;
}

function finish(): void {
  clearInterval(sending);
  clearInterval(reporting);
  process.send?.(unsent, () => process.exit(0));
}

function report(): void {
  process.send?.(unsent);
  unsent = [];
}
