import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { createServer as createDeafServer } from "node:net";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type ActionRun, runAction } from "@cutover/workflow";
import { bundledStub } from "../bundled-stub.ts";
import { expiredCertificate } from "./expired-certificate.ts";
import { publish } from "./images.ts";
import { kubeconfig, kubectl } from "./kubectl.ts";
import { testThatAllWereSeen } from "./preflight-seen.ts";
import { openPreflightShop, type PreflightShop } from "./preflight-shop.ts";
import { apply } from "./shop.ts";

let shop: PreflightShop;
/** What is opened is closed, and what is made for the whole cluster is taken away, however far the tests went. */
const opened = new AsyncDisposableStack();

before(async () => {
  shop = opened.use(await openPreflightShop());
  await shop.release({});
});

after(() => opened.disposeAsync());

test("api-server: it answers; nobody is there, nobody answers, and its certificate is somebody else's", async () => {
  assert.match(await shop.told("api-server"), /^pass: https:\S+ answers in .*, Kubernetes v1\./);
  const nobody = { kubeconfig: configWith({ server: "https://127.0.0.1:1" }) };
  assert.match(
    await shop.told("api-server", nobody),
    /^error: .*no connection to https:\/\/127\.0\.0\.1:1: connection refused$/,
  );
  const deaf = createDeafServer((socket) => void socket.on("error", () => socket.destroy()).resume());
  deaf.listen(0, "127.0.0.1");
  await once(deaf, "listening");
  opened.defer(() => void deaf.close());
  const address = deaf.address();
  const server = `https://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  const late = await shop.told("api-server", { kubeconfig: configWith({ server }), timeout: "2s" });
  assert.match(late, /^error: It had not ended after \d+(\.\d)? s/);
  const stranger = Buffer.from(expiredCertificate).toString("base64");
  const untrusted = { kubeconfig: configWith({ "certificate-authority-data": stranger }) };
  assert.match(await shop.told("api-server", untrusted), /^error: .*certificate/);
});

test("cluster: the one that is meant, and another", async () => {
  const { host } = new URL(ofCluster().server);
  assert.match(await shop.told("cluster", { "allowed-servers": host }), /^pass: /);
  assert.match(await shop.told("cluster", { "allowed-servers": "other.example" }), /^fail: /);
});

test("nodes and version: one that never came up, is short of memory and has a kubelet of old", async () => {
  assert.match(await shop.told("nodes"), /^pass: \d+ of \d+ nodes are ready and take pods$/);
  const name = `${shop.namespace}-ghost`;
  opened.defer(() => void kubectl(["delete", "node", name, "--ignore-not-found"]));
  // Nothing is ever placed there: Kubernetes itself gives it the taint not-ready.
  kubectl(
    ["create", "-f", "-"],
    JSON.stringify({ apiVersion: "v1", kind: "Node", metadata: { name }, spec: { unschedulable: true } }),
  );
  const status = { conditions: [{ type: "MemoryPressure", status: "True" }], nodeInfo: { kubeletVersion: "v1.20.4" } };
  kubectl(["patch", "node", name, "--subresource=status", "--type=merge", "--patch", JSON.stringify({ status })]);
  assert.match(await shop.told("nodes"), new RegExp(`^warn: Node ${name} has NotReady, MemoryPressure$`, "m"));
  assert.match(await shop.told("version"), new RegExp(`^warn: Node ${name} has 1\\.20 and the API server .* behind$`));
  kubectl(["delete", "node", name]);
  assert.match(await shop.told("nodes"), /^pass: /);
});

test("load-balancer: nobody gives the Service an address, until somebody does", async () => {
  const patch = (what: object, ...more: string[]) =>
    shop.kubectl("patch", "service", "web", ...more, "--patch", JSON.stringify(what));
  patch({ spec: { type: "LoadBalancer" } });
  try {
    assert.equal(await shop.told("load-balancer"), "fail: Service web is of type LoadBalancer and has no address");
    patch({ status: { loadBalancer: { ingress: [{ ip: "198.18.254.1" }] } } }, "--subresource=status");
    assert.equal(await shop.told("load-balancer"), "pass: Service web is at 198.18.254.1");
  } finally {
    patch({ spec: { type: "NodePort" } });
  }
});

test("webhooks: nothing behind it, an authority that has expired, and one that answers", async () => {
  opened.defer(() => void kubectl(["delete", "validatingwebhookconfiguration", shop.namespace, "--ignore-not-found"]));
  const firstPod = () => {
    try {
      return shop.kubectl("run", "probe", "--image=none", "--dry-run=server");
    } catch (error) {
      return String(error);
    }
  };
  behind("nobody");
  assert.match(await shop.told("webhooks"), /^fail: Webhook trouble\.example\.com must be asked, and nothing answers/);
  // What the check foretells is what becomes of a pod.
  await until(() => /failed calling webhook "trouble\.example\.com"/.test(firstPod()));
  behind("web", expiredCertificate);
  assert.match(
    await shop.told("webhooks"),
    /^fail: Webhook trouble\.example\.com must be asked and cannot be: the authority in its caBundle expired on 2020-02-01$/,
  );
  await until(() => /failed calling webhook "trouble\.example\.com"/.test(firstPod()));
  behind("web");
  assert.match(
    await shop.told("webhooks"),
    /^pass: Webhook trouble\.example\.com \(Service web .*\) has 3 ready endpoints$/,
  );
  kubectl(["delete", "validatingwebhookconfiguration", shop.namespace]);
});

test("endpoints: it answers as it should, with something else, and not at all", async () => {
  const port = shop.kubectl("get", "service", "web", "--output=jsonpath={.spec.ports[0].nodePort}");
  const health = `http://127.0.0.1:${port}/health`;
  const told = (line: string) => shop.told("endpoints", { endpoints: line });
  assert.match(await told(`${health} contains=UP`), /^pass: \S+ answers 200 in /);
  assert.match(await told(`${health} contains=DOWN`), /^fail: \S+ answers 200, without "DOWN"/);
  assert.match(await told("http://127.0.0.1:1/"), /^fail: http:\/\/127\.0\.0\.1:1 cannot be reached/);
});

test("flags and freezes: what a server has of them now", async () => {
  const day = (offset: number) =>
    new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10).replaceAll("-", "");
  const calendar = (from: number, to: number) =>
    [
      ...["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test", "BEGIN:VEVENT", "UID:1", "DTSTAMP:20260101T000000Z"],
      ...[`DTSTART;VALUE=DATE:${day(from)}`, `DTEND;VALUE=DATE:${day(to)}`, "SUMMARY:Stocktaking"],
      ...["END:VEVENT", "END:VCALENDAR", ""],
    ].join("\r\n");
  const pages: Readonly<Record<string, string>> = {
    "/flags": JSON.stringify({ "new-checkout": false }),
    "/today.ics": calendar(-1, 2),
    "/later.ics": calendar(7, 9),
  };
  const server = createServer(({ url = "" }, response) => response.writeHead(url in pages ? 200 : 404).end(pages[url]));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  opened.defer(() => void server.close());
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  const flag = (flags: string) => shop.told("flags", { "flags-url": `${origin}/flags`, flags });
  assert.equal(await flag("new-checkout=false"), "pass: Flag new-checkout is false");
  assert.equal(await flag("new-checkout=true"), "fail: Flag new-checkout is false, not true");
  const freezes = (page: string) => shop.told("freezes", { freezes: `${origin}/${page}` });
  assert.match(await freezes("later.ics"), /^pass: .* is in none; the next is Stocktaking, /);
  assert.match(await freezes("today.ics"), /^fail: .* is in Stocktaking, /);
  assert.match(await freezes("gone.ics"), /^error: .*answers 404/);
});

test("backup: a Job that has succeeded just now, a CronJob that never has", async () => {
  const metadata = { name: "dump", namespace: shop.namespace };
  const containers = [{ name: "dump", image: await publish("v1"), command: ["/bin/cat", "/etc/hostname"] }];
  const template = { spec: { restartPolicy: "Never", dnsPolicy: "Default", containers } };
  const schedule = "0 0 31 12 *";
  apply([
    { apiVersion: "batch/v1", kind: "Job", metadata, spec: { template } },
    { apiVersion: "batch/v1", kind: "CronJob", metadata, spec: { schedule, jobTemplate: { spec: { template } } } },
  ]);
  shop.kubectl("wait", "--for=condition=complete", "job/dump", "--timeout=60s");
  const backups = (name: string, age = "24h") => shop.told("backup", { backups: name, "backup-age": age });
  assert.match(await backups("job/dump"), /^pass: Job dump succeeded .* ago$/);
  assert.match(
    await backups("job/dump", "1ms"),
    /^fail: Job dump succeeded .* ago, and no more than 1 ms are allowed$/,
  );
  assert.equal(await backups("cronjob/dump"), "fail: CronJob dump has never succeeded");
});

test("unfinished-release: one that was killed after its switch, until a rollback has cleared up", async () => {
  assert.match(await shop.told("unfinished-release"), /^pass: web has no history yet$/);
  const killed = await releasing("blue-green-deploy", {
    inputs: { images: `website=${await publish("v2")}`, soak: "10m" },
    interruption: { when: /soak/i, how: "kill" },
    runnerDies: true,
  });
  assert.deepEqual(killed.signals, ["SIGKILL"], killed.log);
  const told = await shop.told("unfinished-release");
  assert.equal(told, "warn: Revision 2 of web has the traffic, and nobody has confirmed it", killed.log);
  assert.match(await shop.told("lock"), /^warn: /);
  const back = await releasing("rollback", { inputs: {} });
  assert.equal(back.exitCode, 0, back.log);
  assert.match(await shop.told("unfinished-release"), /^pass: Revision \d+ of web is confirmed$/);
});

testThatAllWereSeen("breaks");

async function releasing(action: "blue-green-deploy" | "rollback", { inputs = {}, ...how }: Partial<ActionRun>) {
  const always = { namespace: shop.namespace, kubeconfig: kubeconfig(), service: "web", "color-label": "version" };
  const given = { ...always, drain: "0s", ...inputs };
  return await runAction({ stub: await bundledStub(action), inputs: given, ...how });
}

/** The webhook that must be asked before a pod of this namespace is made, and nobody else's. */
function behind(service: string, authority?: string): void {
  const { namespace } = shop;
  const caBundle = authority === undefined ? {} : { caBundle: Buffer.from(authority).toString("base64") };
  const webhook = {
    ...{ name: "trouble.example.com", admissionReviewVersions: ["v1"], sideEffects: "None", failurePolicy: "Fail" },
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
    rules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] }],
    clientConfig: { service: { namespace, name: service }, ...caBundle },
  };
  const apiVersion = "admissionregistration.k8s.io/v1";
  apply([{ apiVersion, kind: "ValidatingWebhookConfiguration", metadata: { name: namespace }, webhooks: [webhook] }]);
}

/** The first cluster of the kubeconfig that the tests use. */
function ofCluster(): { readonly server: string } {
  return admins().clusters[0].cluster;
}

function admins() {
  return JSON.parse(kubectl(["config", "view", "--raw", "--minify", "--flatten", "--output=json"]));
}

/** That kubeconfig, with something else said of the cluster. */
function configWith(more: object): string {
  const config = admins();
  const clusters = config.clusters.map(({ name, cluster }: { name: string; cluster: object }) => ({
    name,
    cluster: { ...cluster, ...more },
  }));
  return JSON.stringify({ ...config, clusters });
}

async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + 30_000;
  while (!isSo()) {
    assert.ok(performance.now() < end, "it never came to be so");
    await sleep(200);
  }
}
