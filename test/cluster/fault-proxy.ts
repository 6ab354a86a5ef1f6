import { once } from "node:events";
import { type IncomingMessage, ServerResponse } from "node:http";
import * as https from "node:https";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { certificate, certificateKey, kubeconfigFor } from "@cutover/sandbox";
import type { Server } from "../conformance/target.ts";
import { type Crossed, type Crossing, described, type Mishap, type Passage } from "./crossing.ts";

/** Which request something happens to, and what. */
export interface Plan {
  when(request: Crossed): boolean;
  mishap: Mishap;
}

/** What became of a plan. */
export interface Strike {
  /** The request that it struck. */
  hit?: Crossed;
}

/** Stands before an API server, with its credentials: whoever reaches the proxy may do what they may. */
export interface FaultProxy extends AsyncDisposable {
  /** Text of a kubeconfig that leads here. */
  kubeconfig(namespace: string): string;
  /** Since the count began. */
  readonly requests: readonly Crossed[];
  /** Counts from one again, and lets the plan strike the first request that it names; once. */
  begin(plan?: Plan): Strike;
}

/** Opens one on 127.0.0.1. */
export async function startFaultProxy({ url, credentials }: Server): Promise<FaultProxy> {
  // Discarded before the server would close them: it must not look as if a request had been cut.
  const agent = new https.Agent({ keepAlive: true, timeout: 20_000, ...credentials });
  let requests: Crossed[] = [];
  let plan: (Plan & { strike: Strike }) | undefined;

  const serve = async (request: IncomingMessage, response: ServerResponse, near?: Duplex): Promise<void> => {
    const crossing = crossingOf(request, response, { url, agent, near, requests });
    requests.push(crossing.request);
    if (!plan?.when(crossing.request)) return await (await crossing.carryOut()).passOn();
    const { mishap, strike } = plan;
    plan = undefined;
    strike.hit = crossing.request;
    await mishap.strike(crossing);
  };
  const guarded = (request: IncomingMessage, response: ServerResponse, near?: Duplex): void => {
    // The other end has gone, as it does when it is killed.
    serve(request, response, near).catch(() => request.socket.destroy());
  };
  const server = https.createServer({ cert: certificate, key: certificateKey }, guarded);
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, first: Buffer) => {
    // As if it came now.
    if (first.length > 0) socket.unshift(first);
    const response = new ServerResponse(request);
    // Node gives the socket as a Duplex, for the sake of servers on other streams; this one has TLS sockets alone.
    response.assignSocket(request.socket);
    guarded(request, response, socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    kubeconfig: (namespace) => kubeconfigFor(`https://127.0.0.1:${port}`, namespace),
    get requests() {
      return requests;
    },
    begin: (next) => {
      requests = [];
      const strike: Strike = {};
      plan = next && { ...next, strike };
      return strike;
    },
    [Symbol.asyncDispose]: async () => {
      const closed = once(server.close(), "close");
      server.closeAllConnections();
      agent.destroy();
      await closed;
    },
  };
}

interface Way {
  readonly url: string;
  readonly agent: https.Agent;
  /** Of the client, where it asks for another protocol. */
  readonly near: Duplex | undefined;
  /** What came before. */
  readonly requests: readonly Crossed[];
}

function crossingOf(request: IncomingMessage, response: ServerResponse, way: Way): Crossing {
  const asked = described(request);
  const alike = way.requests.filter(({ verb, resource }) => verb === asked.verb && resource === asked.resource);
  // Read now, since a client that is killed takes what was not read with it.
  const body = buffer(request);
  body.catch(() => undefined);
  return {
    request: { number: way.requests.length + 1, occurrence: alike.length + 1, ...asked },
    carryOut: async () => {
      // Whoever asks is let in by the proxy's own certificate.
      const { authorization, host, ...headers } = request.headers;
      const sent = https.request(new URL(request.url ?? "/", way.url), {
        method: request.method,
        headers,
        agent: way.near === undefined ? way.agent : new https.Agent(way.agent.options),
      });
      sent.end(await body);
      const upgraded = once(sent, "upgrade").then(([answer, far, first]) => tunnel(answer, { far, first }, way.near));
      const plain = once(sent, "response").then(([answer]) => passage(answer, response, asked.verb === "watch"));
      return await Promise.race([plain, upgraded]);
    },
    cut: () => request.socket.destroy(),
    answer: (code, headers) => {
      const status = { apiVersion: "v1", kind: "Status", status: "Failure", code, message: "said the fault proxy" };
      response.writeHead(code, { "Content-Type": "application/json", ...headers }).end(JSON.stringify(status));
    },
  };
}

function passage(answer: IncomingMessage, response: ServerResponse, isWatch: boolean): Passage {
  const { statusCode: status = 502, headers } = answer;
  return {
    status,
    passOn: async () => {
      const { connection: _, "transfer-encoding": __, ...kept } = headers;
      response.writeHead(status, kept).flushHeaders();
      const all = pipeline(answer, response);
      if (!isWatch) return await all;
      all.catch(() => undefined);
      await Promise.race([once(answer, "data"), once(answer, "close")]);
    },
  };
}

interface Far {
  far: Duplex;
  /** What came along with its answer. */
  first: Buffer;
}

/** Two sockets that speak what they have agreed on. */
function tunnel(answer: IncomingMessage, { far, first }: Far, near: Duplex | undefined): Passage {
  const { statusCode: status = 101, rawHeaders } = answer;
  return {
    status,
    passOn: async () => {
      const fields = rawHeaders.map((text, index) => (index % 2 === 0 ? `\r\n${text}: ` : text)).join("");
      near?.write(`HTTP/1.1 ${status} Switching Protocols${fields}\r\n\r\n`);
      near?.write(first);
      near?.pipe(far).pipe(near);
      for (const [one, other] of [
        [near, far],
        [far, near],
      ])
        one?.on("close", () => other?.destroy()).on("error", () => other?.destroy());
    },
  };
}
