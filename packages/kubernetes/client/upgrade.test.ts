import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { WebSocketServer } from "ws";
import { testCertificates } from "../../../test/doubles/certificates.ts";
import { tunnellingProxy } from "../../../test/doubles/tunnelling-proxy.ts";
import { instantClock, json, kubeconfigOf, portOf, refusal, scriptedApi, shop, testClient } from "./scripted-api.ts";
import { container, endOf, message, pod, speak } from "./scripted-socket.ts";

const base64 = (text: string) => Buffer.from(text).toString("base64");

test("ends a handshake that nobody answers when its signal does, and leaves nothing open", async () => {
  await using api = await scriptedApi([]);
  const time = new AbortController();
  const ended: Promise<unknown>[] = [];
  api.server.on("upgrade", (_, socket) => {
    ended.push(endOf(socket));
    time.abort();
  });
  const client = await testClient(api.url);
  await assert.rejects(client.exec(container, ["x"], { signal: time.signal }), { code: "timed-out" });
  assert.equal(ended.length, 1);
  await Promise.all(ended);
  await assert.rejects(client.exec(container, ["x"], { signal: time.signal }), { code: "timed-out" });
  assert.equal(api.connections(), 1);
  await client.close();
});

test("tries again with a new token where the server no longer takes the first", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "token-"));
  const tokenFile = path.join(folder, "token");
  await writeFile(tokenFile, "old");
  await using api = await scriptedApi([refusal(401, "Unauthorized"), refusal(400, "Upgrade request required")]);
  const sockets = new WebSocketServer({ noServer: true });
  api.server.on("upgrade", async (request, socket, head) => {
    if (request.headers.authorization === "Bearer new")
      return sockets.handleUpgrade(request, socket, head, (open) => open.send(message(3, '{"status":"Success"}')));
    await writeFile(tokenFile, "new");
    return socket.end("HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n");
  });
  const client = await testClient(api.url, { kubeconfig: kubeconfigOf({ server: api.url }, { tokenFile }) });
  assert.equal((await client.exec(container, ["x"])).exitCode, 0);
  await client.close();
  await rm(folder, { recursive: true });
});

test("tells why a handshake failed: the server's own words, or that WebSockets do not get through", async () => {
  await using api = await scriptedApi([
    refusal(403, "Forbidden"),
    refusal(400, "container app is not valid"),
    refusal(400, "Upgrade request required"),
  ]);
  api.server.on("upgrade", (_, socket) => socket.end("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n"));
  const client = await testClient(api.url);
  await assert.rejects(client.exec(container, ["x"]), { code: "forbidden", message: /: Forbidden it is$/ });
  await assert.rejects(client.exec(container, ["x"]), {
    code: "rejected",
    message: /: container app is not valid it is$/,
  });
  await assert.rejects(client.portForward([pod], 80), { code: "unavailable", message: /no WebSocket to http/ });
  await client.close();
});

test("speaks WebSocket over TLS with the same trust as all else", async () => {
  const { authority, serverCertificate, serverKey } = testCertificates;
  await using api = await scriptedApi([json({ kind: "Service" })], { cert: serverCertificate, key: serverKey });
  speak(api, (socket) => socket.send(message(3, '{"status":"Success"}')));
  const trusted = {
    server: `https://127.0.0.1:${portOf(api.server)}`,
    "certificate-authority-data": Buffer.from(authority).toString("base64"),
  };
  const client = await testClient(api.url, { kubeconfig: kubeconfigOf(trusted, {}), clock: instantClock() });
  assert.equal((await client.exec(container, ["x"])).exitCode, 0);
  await client.close();
  const stranger = await testClient(api.url, { kubeconfig: kubeconfigOf({ server: trusted.server }, {}) });
  await assert.rejects(stranger.exec(container, ["x"]), { code: "unreachable" });
  await assert.rejects(stranger.get(shop), { code: "unreachable" });
  await stranger.close();
});

test("goes through the kubeconfig's proxy, checks the name that tls-server-name gives, and shows who it is", async () => {
  const { authority, clientCertificate, clientKey, serverCertificate, serverKey } = testCertificates;
  const tls = { cert: serverCertificate, key: serverKey, ca: authority, requestCert: true, rejectUnauthorized: true };
  await using api = await scriptedApi(refusal(400, "Upgrade request required"), tls);
  await using proxy = await tunnellingProxy(portOf(api.server));
  const seen: unknown[] = [];
  speak(api, (socket, path, headers) => {
    seen.push(path, headers["impersonate-user"], headers["impersonate-uid"], headers["impersonate-group"]);
    socket.send(message(3, '{"status":"Success"}'));
  });
  const cluster = {
    server: "https://10.0.0.1:6443/clusters/one/",
    "certificate-authority-data": base64(authority),
    "proxy-url": proxy.url.replace("http://", "http://me:p%40ss@"),
  };
  const user = {
    "client-certificate-data": base64(clientCertificate),
    "client-key-data": base64(clientKey),
    ...{ as: "deployer", "as-uid": "7", "as-groups": ["shop", "prod"] },
  };
  const named = (name: string) => kubeconfigOf({ ...cluster, "tls-server-name": name }, user);
  const client = await testClient(api.url, { kubeconfig: named("kubernetes.test") });
  assert.equal((await client.exec(container, ["x"])).exitCode, 0);
  const path = "/clusters/one/api/v1/namespaces/prod/pods/shop-1/exec";
  assert.deepEqual([String(seen[0]).split("?")[0], ...seen.slice(1)], [path, "deployer", "7", "shop, prod"]);
  assert.deepEqual(proxy.asked, [{ target: "10.0.0.1:6443", authorization: `Basic ${base64("me:p@ss")}` }]);
  await client.close();
  const wrong = await testClient(api.url, { kubeconfig: named("other.test") });
  await assert.rejects(wrong.exec(container, ["x"]), { code: "unreachable", message: /other\.test/ });
  assert.equal(seen.length, 4);
  await wrong.close();
});
