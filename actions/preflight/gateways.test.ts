import assert from "node:assert/strict";
import { test } from "node:test";
import { testCertificates } from "../../test/doubles/certificates.ts";
import type { Town } from "../../test/virtual/town.ts";
import { checked, shopAnd, told } from "./checked.test-kit.ts";

const { authority, serverCertificate, serverKey } = testCertificates;
const base64 = (text: string) => Buffer.from(text).toString("base64");
const apiVersion = "gateway.networking.k8s.io/v1";

const secret = (name: string, namespace = "shop") => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name, namespace },
  data: { "tls.crt": base64(serverCertificate + authority), "tls.key": base64(serverKey) },
});

const httpRoute = (hostnames: readonly string[], parent: object = {}, service = "shop") => ({
  metadata: { name: "web", namespace: "shop" },
  spec: {
    hostnames,
    parentRefs: [{ name: "front", ...parent }],
    rules: [{ backendRefs: [{ name: service, port: 80 }] }],
  },
});

const listening = (name: string, more: object = {}, ...certificateRefs: readonly object[]) => ({
  ...{ name, port: 443, protocol: "HTTPS", tls: { mode: "Terminate", certificateRefs } },
  ...more,
});

/** What is found where the cluster has this route and a Gateway with these listeners; the sandbox serves neither kind itself. */
async function found(
  route: object,
  listeners: readonly object[] | "missing" | "hidden",
  ...objects: readonly object[]
) {
  const before = ({ sandbox }: Town) => {
    const served = (path: string, code: number, body: object) =>
      sandbox.fault({
        when: { path },
        times: Number.POSITIVE_INFINITY,
        what: { name: path, act: () => ({ code, body: JSON.parse(JSON.stringify(body)) }) },
      });
    served("/httproutes", 200, {
      apiVersion,
      kind: "HTTPRouteList",
      metadata: { resourceVersion: "1" },
      items: [route],
    });
    const gateway = { apiVersion, kind: "Gateway", metadata: { name: "front" }, spec: { listeners } };
    const refused = (reason: string, code: number) => {
      const details = { name: "front", group: "gateway.networking.k8s.io", kind: "gateways" };
      return served("/gateways/front", code, {
        kind: "Status",
        apiVersion: "v1",
        status: "Failure",
        reason,
        code,
        details,
      });
    };
    if (listeners === "missing") refused("NotFound", 404);
    else if (listeners === "hidden") refused("Forbidden", 403);
    else served("/gateways/front", 200, gateway);
  };
  return told(await checked("certificates", { options: shopAnd(...objects), before }));
}

const own = { name: "shop-tls" };

test("the certificate of a listener that a route to the service hangs on is looked at, for the hosts of both", async () => {
  const route = httpRoute(["kubernetes.test"]);
  assert.match(
    await found(route, [listening("https", {}, own)], secret("shop-tls")),
    /^pass: The certificate of Secret shop-tls of Gateway front, listener https is good for \d+ d/,
  );
  assert.equal(
    await found(httpRoute(["shop.example"]), [listening("https", {}, own)], secret("shop-tls")),
    "fail: Secret shop-tls of Gateway front, listener https has a certificate for 127.0.0.1, kubernetes.test, and not for shop.example",
  );
  assert.match(
    await found(route, [listening("https", {}, own)]),
    /^fail: Secret shop-tls of Gateway front, listener https does not exist/,
  );
  const wide = [listening("https", { hostname: "*.test" }, own)];
  assert.match(await found(route, wide, secret("shop-tls")), /^pass: /);
  assert.match(await found(httpRoute([]), wide, secret("shop-tls")), /^fail: .*, and not for \*\.test$/);
  const narrow = [listening("https", { hostname: "kubernetes.test" }, own)];
  assert.match(await found(httpRoute(["*.test"]), narrow, secret("shop-tls")), /^pass: /);
});

test("listeners that the route does not hang on, and that only pass TLS through, have nothing to show it", async () => {
  const nothing = /^skip: No Ingress or Gateway with TLS leads to the service/;
  const route = httpRoute(["kubernetes.test"], { sectionName: "https" });
  assert.match(await found(route, [listening("other", {}, own)]), nothing);
  assert.match(await found(httpRoute([], { port: 8443 }), [listening("https", {}, own)]), nothing);
  assert.match(await found(route, [listening("https", { hostname: "*.example" }, own)]), nothing);
  assert.match(await found(route, [listening("https", { tls: { mode: "Passthrough" } })]), nothing);
  assert.match(await found(route, [listening("https", {}, { ...own, group: "example.com", kind: "Vault" })]), nothing);
  assert.match(await found(httpRoute([], {}, "other"), [listening("https", {}, own)]), nothing);
  assert.match(await found(httpRoute([], { kind: "Service", group: "" }), [listening("https", {}, own)]), nothing);
});

test("of several certificates of one listener nobody knows which host each is for", async () => {
  const both = [listening("https", { hostname: "shop.example" }, own, { name: "other-tls" })];
  assert.match(await found(httpRoute([]), both, secret("shop-tls"), secret("other-tls")), /^pass: /);
});

test("a Secret of another namespace is looked at there, and whether it is lent is only said not to be looked at", async () => {
  const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "certs" } };
  const listeners = [listening("https", {}, { name: "wide-tls", namespace: "certs" })];
  const route = httpRoute(["kubernetes.test"]);
  assert.match(
    await found(route, listeners, namespace, secret("wide-tls", "certs")),
    /^pass: .* Secret wide-tls in namespace certs of Gateway front, listener https is good .*\nWhether a ReferenceGrant in namespace certs lends Secret wide-tls to Gateway front is not looked at$/,
  );
  assert.match(
    await found(route, listeners, namespace, secret("wide-tls")),
    /^fail: Secret wide-tls in namespace certs .* does not exist/,
  );
});

test("a Gateway that may not be read is not looked at", async () => {
  assert.equal(await found(httpRoute([]), "hidden"), "skip: Gateway front may not be read");
});

test("a Gateway that is not there is worth a word, one in another namespace is found", async () => {
  assert.equal(
    await found(httpRoute([]), "missing"),
    "warn: Gateway front does not exist, and HTTPRoute web hangs on it",
  );
  const elsewhere = httpRoute(["kubernetes.test"], { namespace: "infra" });
  const listeners = [listening("https", {}, own)];
  const infra = { apiVersion: "v1", kind: "Namespace", metadata: { name: "infra" } };
  assert.match(
    await found(elsewhere, listeners, infra, secret("shop-tls", "infra")),
    /^pass: The certificate of Secret shop-tls in namespace infra of Gateway front in namespace infra, listener https is/,
  );
});
