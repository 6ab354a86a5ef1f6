import assert from "node:assert/strict";
import { test } from "node:test";
import { TLSSocket } from "node:tls";
import { testCertificates } from "../../../test/doubles/certificates.ts";
import { tunnellingProxy } from "../../../test/doubles/tunnelling-proxy.ts";
import { json, kubeconfigOf, portOf, type Reply, scriptedApi, serviceShop, shop, testClient } from "./scripted-api.ts";

const { authority, serverCertificate, serverKey, clientCertificate, clientKey } = testCertificates;
const base64 = (text: string) => Buffer.from(text).toString("base64");
const tls = { cert: serverCertificate, key: serverKey };
const trusting = { "certificate-authority-data": base64(authority) };
const ok = json(serviceShop());

test("trusts the authority of the kubeconfig, and keeps one connection", async () => {
  await using api = await scriptedApi(ok, tls);
  const client = await testClient(api.url, { kubeconfig: kubeconfigOf({ server: api.url, ...trusting }, {}) });
  for (let index = 0; index < 3; index += 1) assert.deepEqual(await client.get(shop), serviceShop());
  assert.equal(api.connections(), 1);
  await client.close();
});

test("refuses a server whose authority it does not know, at once and without sending anything", async () => {
  await using api = await scriptedApi(ok, tls);
  const client = await testClient(api.url);
  await assert.rejects(client.get(shop), { code: "unreachable", message: /no connection to https:.*certificate/ });
  assert.equal(api.requests.length, 0);
  await client.close();
});

test("checks the name that tls-server-name gives", async () => {
  await using api = await scriptedApi(ok, tls);
  const named = (name: string) => kubeconfigOf({ server: api.url, ...trusting, "tls-server-name": name }, {});
  const right = await testClient(api.url, { kubeconfig: named("kubernetes.test") });
  await right.get(shop);
  await right.close();
  const wrong = await testClient(api.url, { kubeconfig: named("other.test") });
  await assert.rejects(wrong.get(shop), { code: "unreachable", message: /other\.test/ });
  await wrong.close();
});

test("accepts any certificate where the caller insists", async () => {
  await using api = await scriptedApi(ok, tls);
  const kubeconfig = kubeconfigOf({ server: api.url, "insecure-skip-tls-verify": true }, {});
  const client = await testClient(api.url, { kubeconfig, insecure: true });
  await client.get(shop);
  await client.close();
});

test("shows the user's certificate", async () => {
  const subjects: unknown[] = [];
  const reply: Reply = (response, request) => {
    const { socket } = response;
    assert.ok(socket instanceof TLSSocket);
    subjects.push(socket.getPeerCertificate().subject.CN);
    ok(response, request);
  };
  await using api = await scriptedApi(reply, { ...tls, ca: authority, requestCert: true });
  const user = { "client-certificate-data": base64(clientCertificate), "client-key-data": base64(clientKey) };
  const client = await testClient(api.url, { kubeconfig: kubeconfigOf({ server: api.url, ...trusting }, user) });
  await client.get(shop);
  assert.deepEqual(subjects, ["cutover test client"]);
  await client.close();
});

test("reaches the server through the kubeconfig's proxy, checks its certificate all the same, and logs in there", async () => {
  await using api = await scriptedApi(ok, tls);
  await using proxy = await tunnellingProxy(portOf(api.server));
  const url = proxy.url.replace("http://", "http://me:pass@");
  const cluster = { server: "https://kubernetes.test:6443", ...trusting, "proxy-url": url };
  const secrets: string[] = [];
  const client = await testClient(api.url, {
    kubeconfig: kubeconfigOf(cluster, {}),
    onSecret: (value) => secrets.push(value),
  });
  await client.get(shop);
  assert.deepEqual(secrets, ["pass"]);
  assert.deepEqual(proxy.asked, [{ target: "kubernetes.test:6443", authorization: `Basic ${base64("me:pass")}` }]);
  await client.close();
  const untrusting = kubeconfigOf({ ...cluster, server: "https://other.test" }, {});
  const other = await testClient(api.url, { kubeconfig: untrusting });
  await assert.rejects(other.get(shop), { code: "unreachable", message: /other\.test/ });
  await other.close();
});

test("reaches the server through HTTPS_PROXY", async () => {
  await using api = await scriptedApi(ok, tls);
  await using proxy = await tunnellingProxy(portOf(api.server));
  const kubeconfig = kubeconfigOf({ server: "https://kubernetes.test", ...trusting }, {});
  const client = await testClient(api.url, { kubeconfig, env: { HTTPS_PROXY: proxy.url } });
  await client.get(shop);
  assert.equal(proxy.asked[0]?.target, "kubernetes.test:443");
  await client.close();
});

test("knows that nothing was sent when the proxy refuses", async () => {
  await using proxy = await tunnellingProxy(1, 403);
  const kubeconfig = kubeconfigOf({ server: "https://kubernetes.test", "proxy-url": proxy.url }, {});
  const client = await testClient("https://kubernetes.test", { kubeconfig });
  await assert.rejects(client.patch(shop, { type: "merge", body: {} }), { code: "unreachable", message: /403/ });
  assert.equal(proxy.asked.length, 1);
  await client.close();
});
