import { STATUS_CODES } from "node:http";
import { pipeline } from "node:stream/promises";
import { type Answer, type Exchange, textOf } from "../api/exchange.ts";
import type { SandboxClock } from "../clock.ts";
import { reset } from "./connections.ts";
import type { What } from "./fault.ts";

/**
 * How an answer goes wrong on its way, after the request was carried out:
 * - `cut`: half of the body, then a reset; `short`: the same, but closed as if that were all, against its `Content-Length`
 * - `half`: half of the body, as an answer that is whole as HTTP
 * - `gzip`: bytes that say of themselves that they are gzip, and are not
 * - `stall`: half of the body, then nothing
 * - `endless`: spaces without end, as fast as they are taken
 */
export type Spoiling = "cut" | "short" | "half" | "gzip" | "stall" | "endless";

/** Carries the request out and spoils the answer. Watches pass untouched: they have faults of their own. */
export function spoil(how: Spoiling): What {
  return onTheWay(`answer spoiled: ${how}`, (exchange, answer) => spoilings[how](exchange, answer));
}

/** Carries the request out and sends the answer a byte at a time, one every `everyMs` on the sandbox's clock (slow loris). */
export function trickle(part: "headers" | "body", everyMs: number): What {
  return onTheWay(`${part} trickle, a byte every ${everyMs} ms`, async (exchange, answer, clock) => {
    const { head, body } = wire(answer);
    const { socket } = exchange.request;
    const slow = part === "headers" ? head + body : body;
    if (part === "body") socket.write(head);
    for (const byte of Buffer.from(slow)) {
      await clock.sleep(everyMs);
      if (socket.destroyed) return;
      socket.write(Buffer.of(byte));
    }
    socket.end();
  });
}

type Way = (exchange: Exchange, answer: Answer, clock: SandboxClock) => Promise<void> | void;

function onTheWay(name: string, go: Way): What {
  return {
    name,
    act: async ({ exchange, registry, carryOut }) => {
      const answer = await carryOut();
      if (answer !== undefined) await go(exchange, answer, registry.clock);
      return undefined;
    },
  };
}

const spoilings: Readonly<Record<Spoiling, (exchange: Exchange, answer: Answer) => Promise<void> | void>> = {
  cut: async ({ response, request }, answer) => {
    const { half } = begin(response, answer);
    await new Promise((done) => response.write(half, done));
    reset(request.socket);
  },
  short: async ({ response, request }, answer) => {
    const { half } = begin(response, answer);
    await new Promise((done) => response.write(half, done));
    request.socket.end();
  },
  half: ({ response }, answer) => {
    const text = textOf(answer);
    const half = text.slice(0, text.length / 2);
    response.writeHead(answer.code, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(half) });
    response.end(half);
  },
  gzip: ({ response }, { code }) => {
    response.writeHead(code, { "Content-Type": "application/json", "Content-Encoding": "gzip" });
    response.end(Buffer.from("1f8b08000000000000ffdeadbeef", "hex"));
  },
  stall: ({ response }, answer) => void response.write(begin(response, answer).half),
  endless: async ({ response }, { code }) => {
    response.writeHead(code, { "Content-Type": "application/json" });
    await pipeline(spaces(), response).catch(() => undefined);
  },
};

function* spaces(): Generator<Buffer> {
  for (;;) yield Buffer.alloc(256 * 1024, " ");
}

function begin(response: Exchange["response"], answer: Answer): { half: string } {
  const text = textOf(answer);
  response.writeHead(answer.code, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(text) });
  return { half: text.slice(0, text.length / 2) };
}

/** The answer as it goes over the wire. */
function wire(answer: Answer): { head: string; body: string } {
  const body = textOf(answer);
  const fields = ["Content-Type: application/json", `Content-Length: ${Buffer.byteLength(body)}`, "Connection: close"];
  const head = [`HTTP/1.1 ${answer.code} ${STATUS_CODES[answer.code] ?? ""}`, ...fields, "", ""].join("\r\n");
  return { head, body };
}
