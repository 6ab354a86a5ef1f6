import { request as askPlainly } from "node:http";
import { request as askSecretly } from "node:https";
import type { Socket } from "node:net";
import { safeLookup } from "./public-address.ts";

/** A connection through a proxy, by CONNECT; `to` is `host:port`. @throws an `Error` with what the proxy answers, or why it does not */
export function tunnel(to: string, proxy: URL, signal: AbortSignal): Promise<Socket> {
  const { protocol, host, hostname, port, username, password } = proxy;
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const authorization =
    login === ":" ? {} : { "proxy-authorization": `Basic ${Buffer.from(login).toString("base64")}` };
  return new Promise((resolve, reject) => {
    if (protocol !== "http:" && protocol !== "https:") throw new Error(`nothing is tunnelled by ${protocol}//${host}`);
    const asking = (protocol === "http:" ? askPlainly : askSecretly)({
      ...{ method: "CONNECT", path: to, host: hostname.replace(/^\[|\]$/g, ""), port, lookup: safeLookup },
      ...{ headers: { host: to, ...authorization }, signal, agent: false },
    });
    asking.on("error", reject);
    asking.on("connect", ({ statusCode }, socket, first) => {
      // What the other end has said already, where it is the one to begin.
      if (first.length > 0) socket.unshift(first);
      if (statusCode === 200) return resolve(socket);
      socket.destroy();
      reject(new Error(`the proxy ${host} answers CONNECT with ${statusCode}`));
    });
    asking.end();
  });
}
