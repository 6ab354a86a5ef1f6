import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer as createTcpServer, type Server } from "node:net";
import { test } from "node:test";
import { createServer } from "node:tls";
import { testCertificates } from "../../../test/doubles/certificates.ts";
import { tunnellingProxy } from "../../../test/doubles/tunnelling-proxy.ts";
import { checked, type Scene, shopAnd, told } from "../checked.test-kit.ts";

const { authority, serverCertificate, serverKey, clientCertificate, clientKey } = testCertificates;
const base64 = (text: string) => Buffer.from(text).toString("base64");

const secret = (crt: string, key: string) => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: "shop-tls", namespace: "shop" },
  type: "kubernetes.io/tls",
  data: { "tls.crt": base64(crt), "tls.key": base64(key) },
});

/** An Ingress that leads to a service, for a host that the tests' certificate has, unless it is told another. */
const ingress = (host = "kubernetes.test", service = "shop") => {
  const backend = { service: { name: service, port: { number: 80 } } };
  const rules = [{ host, http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }];
  const spec = { tls: [{ hosts: [host], secretName: "shop-tls" }], rules };
  return { apiVersion: "networking.k8s.io/v1", kind: "Ingress", metadata: { name: "web", namespace: "shop" }, spec };
};

const found = async (objects: readonly object[], scene: Scene = {}) =>
  told(await checked("certificates", { options: shopAnd(...objects), ...scene }));
const good = secret(serverCertificate + authority, serverKey);
const date = Date.parse("2126-12-11T23:59:59Z");

test("a certificate for the host that is good for a while passes", async () => {
  assert.match(
    await found([good, ingress()]),
    /^pass: The certificate of Secret shop-tls of Ingress web is good for \d+ d/,
  );
});

test("one that ends soon is worth a word, and one that has ended fails", async () => {
  assert.match(
    await found([good, ingress()], { date }),
    /^warn: The certificate of Secret shop-tls of Ingress web ends in 20 d, at 2126-12-31T23:59:59Z, and should be good for 30 d$/,
  );
  const inputs = { "certificate-validity": "10d" };
  assert.match(await found([good, ingress()], { date, inputs }), /^pass: /);
  const late = Date.parse("2127-01-01T00:00:00Z");
  assert.match(await found([good, ingress()], { date: late }), /^fail: .* ended at 2126-12-31T23:59:59Z$/);
});

test("one that is not good yet fails", async () => {
  const early = Date.parse("2019-12-31T00:00:00Z");
  assert.match(await found([good, ingress()], { date: early }), /^fail: .* is not good before 2020-01-01T00:00:00Z$/);
});

test("one for another host fails, with the names that it has", async () => {
  assert.equal(
    await found([good, ingress("shop.example")]),
    "fail: Secret shop-tls of Ingress web has a certificate for 127.0.0.1, kubernetes.test, and not for shop.example",
  );
});

test("what is missing or broken is named", async () => {
  assert.match(await found([ingress()]), /^fail: Secret shop-tls of Ingress web does not exist/);
  assert.match(await found([secret("none", serverKey), ingress()]), /^fail: .* holds no certificate in tls\.crt/);
  assert.match(await found([secret(serverCertificate, clientKey), ingress()]), /^fail: The key in Secret shop-tls/);
  const shuffled = secret(serverCertificate + clientCertificate + authority, serverKey);
  assert.match(await found([shuffled, ingress()]), /^warn: .* are not each followed by who issued it/);
});

test("Ingresses of other services do not count", async () => {
  assert.match(
    await found([ingress("kubernetes.test", "other")]),
    /^skip: No Ingress or Gateway with TLS leads to the service/,
  );
});

test("an endpoint that only pods reach shows the runner no certificate", async () => {
  const scene = { inputs: { endpoints: "https://127.0.0.1:1/ via=pod" } };
  assert.match(await found([], scene), /^skip: .*no `endpoints` are asked by https$/);
});

test("a Secret that may not be read is not looked at", async () => {
  const rules = [{ verbs: ["*"], apiGroups: ["*"], resources: ["ingresses", "services", "pods"] }];
  const scene: Scene = { before: ({ sandbox }) => sandbox.setRules(rules) };
  assert.equal(await found([good, ingress()], scene), "skip: Secret shop-tls of Ingress web may not be read");
});

test("behind a proxy it is seen through the proxy, which alone looks up the name", async () => {
  const server = createServer({ cert: serverCertificate + authority, key: serverKey }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await using proxy = await tunnellingProxy(typeof address === "object" ? (address?.port ?? 0) : 0);
  const inputs = { endpoints: "https://kubernetes.test/health" };
  try {
    assert.match(
      await found([], { inputs, env: { HTTPS_PROXY: proxy.url } }),
      /^pass: The certificate of kubernetes\.test is good for \d+ d/,
    );
    assert.deepEqual(
      proxy.asked.map(({ target }) => target),
      ["kubernetes.test:443"],
    );
  } finally {
    server.close();
  }
});

test("what a server shows counts, and one that shows nothing is worth a word", async () => {
  const server = createServer({ cert: serverCertificate + authority, key: serverKey }).listen(0, "127.0.0.1");
  const dumb = createTcpServer((socket) => socket.end("hello")).listen(0, "127.0.0.1");
  await Promise.all([once(server, "listening"), once(dumb, "listening")]);
  const hostOf = (one: Server) => {
    const address = one.address();
    return `127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  };
  try {
    const [tls, plain] = [hostOf(server), hostOf(dumb)];
    const at = (host: string, more: Scene = {}) => found([], { ...more, inputs: { endpoints: `https://${host}/` } });
    assert.match((await at(tls)).replace(tls, "HOST"), /^pass: The certificate of HOST is good for \d+ d/);
    assert.match((await at(tls, { date })).replace(tls, "HOST"), /^warn: The certificate of HOST ends in 20 d/);
    assert.match(
      (await at(plain)).replaceAll(plain, "HOST"),
      /^warn: The certificate of HOST cannot be seen: HOST speaks no TLS/,
    );
  } finally {
    server.close();
    dumb.close();
  }
});
