import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { run } from "./command.ts";
import { kubectl } from "./kubectl.ts";
import { testThatAllWereSeen } from "./preflight-seen.ts";
import { openPreflightShop, type PreflightShop } from "./preflight-shop.ts";
import { apply } from "./shop.ts";

let shop: PreflightShop;
const opened = new AsyncDisposableStack();

before(async () => {
  shop = opened.use(await openPreflightShop());
  await shop.release({});
});

after(() => opened.disposeAsync());

test("certificates: of a Secret that ends soon, is for another host, is not there; and of the API server", async () => {
  const soon = { "certificate-validity": "240h" };
  leadIn("web.example");
  try {
    assert.match(await shop.told("certificates"), /^fail: Secret web-tls of Ingress web does not exist/);
    issueFor("web.example", 20);
    assert.match(
      await shop.told("certificates"),
      /^warn: The certificate of Secret web-tls of Ingress web ends in (19|20) d/,
    );
    const url = new URL(shop.kubectl("config", "view", "--minify", "--output=jsonpath={.clusters[0].cluster.server}"));
    assert.match(
      await shop.told("certificates", { ...soon, endpoints: `${url.origin}/version` }),
      new RegExp(`^pass: .*Ingress web is good for .*\\nThe certificate of ${url.host} is good for `),
    );
    leadIn("shop.example");
    assert.match(
      await shop.told("certificates", soon),
      /^fail: .* has a certificate for web\.example, and not for shop\.example$/,
    );
  } finally {
    shop.kubectl("delete", "ingress", "web");
  }
});

test("certificates of Gateways: of a listener in another namespace, by an HTTPRoute to the service", async () => {
  const group = "gateway.networking.k8s.io";
  const kinds = { httproutes: "HTTPRoute", gateways: "Gateway" };
  const names = Object.keys(kinds).map((plural) => `${plural}.${group}`);
  opened.defer(() => void kubectl(["delete", "crd", "--ignore-not-found", ...names]));
  apply(Object.entries(kinds).map(([plural, kind]) => definition(group, plural, kind)));
  kubectl(["wait", "--for=condition=Established", "--timeout=30s", "crd", ...names]);
  const infra = `${shop.namespace}-infra`;
  opened.defer(() => void kubectl(["delete", "namespace", infra, "--wait=false", "--ignore-not-found"]));
  apply([{ apiVersion: "v1", kind: "Namespace", metadata: { name: infra } }]);
  const certificateRefs = [{ name: "web-tls", namespace: shop.namespace }];
  const listener = { name: "https", port: 443, protocol: "HTTPS", hostname: "*.example", tls: { certificateRefs } };
  const parentRefs = [{ name: "front", namespace: infra, sectionName: "https" }];
  const rules = [{ backendRefs: [{ name: "web", port: 80 }] }];
  const apiVersion = `${group}/v1`;
  const hangingOn = (hostname: string) => ({
    ...{ apiVersion, kind: "HTTPRoute", metadata: { name: "web", namespace: shop.namespace } },
    spec: { hostnames: [hostname], parentRefs, rules },
  });
  apply([hangingOn("web.example")]);
  assert.match(
    await shop.told("certificates"),
    /^warn: Gateway front in namespace \S+-infra does not exist, and HTTPRoute web/,
  );
  const spec = { gatewayClassName: "none", listeners: [listener] };
  apply([{ apiVersion, kind: "Gateway", metadata: { name: "front", namespace: infra }, spec }]);
  shop.kubectl("delete", "secret", "web-tls", "--ignore-not-found");
  assert.match(
    await shop.told("certificates"),
    /^fail: Secret web-tls of Gateway front in namespace .* does not exist/,
  );
  issueFor("web.example", 60);
  const good =
    /^pass: The certificate of Secret web-tls of Gateway front .*, listener https is good .*\nWhether a ReferenceGrant/;
  assert.match(await shop.told("certificates"), good);
  apply([hangingOn("shop.example")]);
  assert.match(await shop.told("certificates"), /^fail: .* for web\.example, and not for shop\.example$/);
});

testThatAllWereSeen("certificates");

/** As little of a kind of the Gateway API as an API server needs to keep its objects. */
function definition(group: string, plural: string, kind: string): object {
  const schema = { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } };
  const names = { plural, singular: kind.toLowerCase(), kind, listKind: `${kind}List` };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    // Kubernetes keeps its own groups to who has this.
    metadata: { name: `${plural}.${group}`, annotations: { "api-approved.kubernetes.io": "unapproved, for a test" } },
    spec: { group, names, scope: "Namespaced", versions: [{ name: "v1", served: true, storage: true, schema }] },
  };
}

/** An Ingress for a host that leads to the service, with a certificate from Secret `web-tls`. */
function leadIn(host: string): void {
  const backend = { service: { name: "web", port: { number: 80 } } };
  const rules = [{ host, http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }];
  const spec = { tls: [{ hosts: [host], secretName: "web-tls" }], rules };
  const metadata = { name: "web", namespace: shop.namespace };
  apply([{ apiVersion: "networking.k8s.io/v1", kind: "Ingress", metadata, spec }]);
}

/** Makes that Secret, with a certificate that is good for so many days. */
function issueFor(host: string, days: number): void {
  const folder = mkdtempSync(join(tmpdir(), "cutover-certificates-"));
  try {
    const [key, crt] = [join(folder, "tls.key"), join(folder, "tls.crt")];
    const made = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key, "-out", crt];
    const named = ["-subj", "/CN=web", "-addext", `subjectAltName=DNS:${host}`];
    run("openssl", ["req", "-x509", ...made, ...named, "-days", String(days)]);
    shop.kubectl("create", "secret", "tls", "web-tls", `--cert=${crt}`, `--key=${key}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
