import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** One request as the server got it. */
export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** JSON, or what is no JSON by status and body. */
export type Answer = object | { readonly status: number; readonly body: string };

/** An HTTP server on 127.0.0.1 that answers as a test says, and tells what it was asked. */
export interface Answering extends AsyncDisposable {
  readonly origin: string;
  readonly asked: readonly Asked[];
}

export async function answering(answer: (asked: Asked) => Answer): Promise<Answering> {
  const all: Asked[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { method = "", url = "/", headers } = request;
    const asked = { method, url: new URL(url, "http://127.0.0.1"), headers, body };
    all.push(asked);
    const said = answer(asked);
    if ("status" in said && typeof said.status === "number" && "body" in said)
      response.writeHead(said.status).end(said.body);
    else response.setHeader("content-type", "application/json").end(JSON.stringify(said));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // A server of the network has an address and a port.
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    asked: all,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
