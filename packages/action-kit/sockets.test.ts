import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { after, before, test } from "node:test";
import { tunnellingProxy } from "../../test/doubles/tunnelling-proxy.ts";
import { createSockets, type Peer } from "./sockets.ts";

const visitors: Socket[] = [];
const server = createServer((socket) => {
  visitors.push(socket.on("error", () => undefined).resume());
  socket.write("hello");
});
const { talk } = createSockets();
let peer: Peer;

before(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // A server of the network has an address and a port.
  const { port } = server.address() as AddressInfo;
  peer = { host: "127.0.0.1", port, timeout: 5_000 };
});
after(() => server.close());

test("what is said over connections is told, with the time, and the connections are closed", async () => {
  const { answer, ms } = await talk(peer, async (connect) => {
    const both = await Promise.all([connect(), connect()]);
    return await Promise.all(both.map(async (socket) => String(await once(socket, "data"))));
  });
  assert.deepEqual(answer, ["hello", "hello"]);
  assert.ok(ms > 0 && ms < 5_000, `${ms}`);
  await Promise.all(visitors.map((visitor) => visitor.closed || once(visitor, "close")));
  assert.equal(visitors.length, 2);
});

test("who says nothing in time cannot be reached, and its connection is closed", async () => {
  const silent = talk({ ...peer, timeout: 50 }, async (connect) => once((await connect()).resume(), "end"));
  await assert.rejects(silent, {
    code: "unreachable",
    message: /^127\.0\.0\.1:\d+ cannot be reached: no answer within/,
  });
  const last = visitors.at(-1);
  assert.ok(last?.closed || (await once(last ?? server, "close")));
});

test("nobody there, and a job that is cancelled, end it too", async () => {
  const refused = talk({ ...peer, port: 1 }, (connect) => connect());
  await assert.rejects(refused, { code: "unreachable", message: /127\.0\.0\.1:1 cannot be reached: .*ECONNREFUSED/ });
  const cancelled = talk({ ...peer, signal: AbortSignal.abort("SIGINT") }, (connect) => connect());
  await assert.rejects(cancelled, { code: "unreachable" });
});

test("through a proxy the talk is with the peer, whose name the proxy alone looks up", async () => {
  await using proxy = await tunnellingProxy(peer.port);
  const url = new URL(proxy.url.replace("//", "//me:s%C3%A9same@"));
  const { answer } = await talk({ ...peer, host: "db.invalid", port: 5432, proxy: url }, async (connect) =>
    String(await once(await connect(), "data")),
  );
  assert.equal(answer, "hello");
  const [asked] = proxy.asked;
  assert.equal(asked?.target, "db.invalid:5432");
  assert.equal(asked?.authorization, `Basic ${Buffer.from("me:sésame").toString("base64")}`);
});

test("a proxy that refuses, that is not there or that nobody can tunnel by is told with its answer", async () => {
  const through = (proxy: string) => talk({ ...peer, proxy: new URL(proxy) }, (connect) => connect());
  await using shut = await tunnellingProxy(peer.port, 407);
  const refused = /^127\.0\.0\.1:\d+ cannot be reached: the proxy 127\.0\.0\.1:\d+ answers CONNECT with 407$/;
  await assert.rejects(through(shut.url), { code: "unreachable", message: refused });
  await assert.rejects(through("http://127.0.0.1:1"), { code: "unreachable", message: /ECONNREFUSED/ });
  await assert.rejects(through("socks5://127.0.0.1:1"), { message: /nothing is tunnelled by socks5:/ });
  await using silent = await silentServer();
  const late = talk({ ...peer, timeout: 50, proxy: silent.url }, (connect) => connect());
  await assert.rejects(late, { code: "unreachable", message: /no answer within/ });
});

test("a cloud's metadata is not asked, and what `talk` itself throws comes through", async () => {
  await assert.rejects(
    talk({ ...peer, host: "169.254.169.254" }, (connect) => connect()),
    { code: "refused" },
  );
  const own = new RangeError("off by one");
  await assert.rejects(
    talk(peer, () => Promise.reject(own)),
    own,
  );
});

/** Takes connections and says nothing. */
async function silentServer() {
  const open = new Set<Socket>();
  const silent = createServer((socket) => void open.add(socket.on("error", () => undefined).resume()));
  silent.listen(0, "127.0.0.1");
  await once(silent, "listening");
  return {
    url: new URL(`http://127.0.0.1:${(silent.address() as AddressInfo).port}`),
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      silent.close();
      await once(silent, "close");
    },
  };
}
