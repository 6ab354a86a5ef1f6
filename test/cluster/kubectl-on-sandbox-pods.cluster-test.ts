import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Kubectl } from "./kubectl-on-sandbox.ts";
import { openShop, type Shop } from "./kubectl-on-sandbox-shop.ts";

let shop: Shop;
let kubectl: Kubectl;

before(async () => {
  shop = await openShop();
  kubectl = shop.kubectl;
});
after(() => shop.close());

test("reads logs, of the previous container too, and follows them to the end", async () => {
  const [pod = ""] = await shop.pods();
  assert.equal(await kubectl.ok(["logs", pod, "-c", "app", "--tail=1"]), "version 1 is starting\n");
  assert.match(await kubectl.ok("logs deployment/web"), /version 1 is starting/);
  const wrong = await kubectl.run(["logs", pod, "-c", "nope"]);
  assert.match(wrong.errors, /container nope is not valid for pod web-/);
  await kubectl.ok("run crash --image=shop:crash");
  await kubectl.ok("wait pod/crash --for=jsonpath={.status.containerStatuses[0].restartCount}=1 --timeout=20s");
  assert.match(await kubectl.ok("logs crash --previous"), /version crash is starting/);
  await using follow = kubectl.start(`logs -f ${pod}`);
  await follow.until(/version 1 is starting/);
  await kubectl.ok("delete pod crash --grace-period=0 --force");
});

test("runs commands in a container", async () => {
  const [pod = ""] = await shop.pods();
  assert.equal(await kubectl.ok(["exec", pod, "--", "echo", "hello", "there"]), "hello there\n");
  assert.equal(await kubectl.ok(["exec", "-i", pod, "--", "cat"], "by standard input\n"), "by standard input\n");
  assert.match(await kubectl.ok(["exec", pod, "--", "env"]), /^COLOR=blue$/m);
  const failed = await kubectl.run(["exec", pod, "--", "sh", "-c", "hostname; echo oh >&2; exit 3"]);
  assert.deepEqual([failed.code, failed.out], [3, `${pod.replace("pod/", "")}\n`]);
  assert.equal(failed.errors, "oh\ncommand terminated with exit code 3\n");
  const unknown = await kubectl.run(["exec", pod, "--", "nope"]);
  assert.equal(unknown.code, 1);
  assert.match(unknown.errors, /exec: "nope": executable file not found in \$PATH: unknown/);
});

test("forwards a port", async () => {
  const [pod = ""] = await shop.pods();
  await using forward = kubectl.start(`port-forward ${pod} :8080`);
  const [, port] = /127\.0\.0\.1:(\d+) -> 8080/.exec(await forward.until(/127\.0\.0\.1:\d+ -> 8080/)) ?? [];
  for (const path of ["/", "/version"]) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: "close" } });
    assert.deepEqual(await response.json(), { version: "1", pod: pod.replace("pod/", "") });
  }
});

test("drains a node by evictions that the disruption budget allows, and is told why not", async () => {
  const drain = "drain sandbox-node --pod-selector=app=web --timeout=2s";
  await kubectl.ok("create pdb web --selector=app=web --min-available=2");
  await kubectl.ok("wait pdb/web --for=jsonpath={.status.disruptionsAllowed}=0 --timeout=10s");
  const refused = await kubectl.run(drain);
  assert.equal(refused.code, 1);
  assert.match(refused.errors, /Cannot evict pod as it would violate the pod's disruption budget/);
  assert.match(await kubectl.ok("get node sandbox-node"), /Ready,SchedulingDisabled/);
  await kubectl.ok("uncordon sandbox-node");
  await kubectl.ok("delete pdb web");
});

test("hears why admission refuses", async () => {
  await kubectl.ok("create quota tight --hard=configmaps=0,count/jobs.batch=0");
  const full = await kubectl.run("create configmap more");
  const why = /exceeded quota: tight, requested: configmaps=1, used: configmaps=0, limited: configmaps=0/;
  assert.deepEqual([full.code, why.test(full.errors)], [1, true], full.errors);
  await kubectl.ok("wait quota/tight --for=jsonpath={.status.hard.configmaps}=0 --timeout=10s");
  assert.match(await kubectl.ok("get quota tight"), /^tight +configmaps: 0\/0, count\/jobs\.batch: 0\/0 /m);
  await kubectl.ok("delete quota tight");
  shop.sandbox.setAdmission([{ name: "names.example.com", kinds: ["ConfigMap"], validate: () => "not today" }]);
  const denied = await kubectl.run("create configmap more");
  shop.sandbox.setAdmission([]);
  assert.match(denied.errors, /admission webhook "names\.example\.com" denied the request: not today/);
});

test("knows what it may do, and is refused the rest", async () => {
  assert.match(await kubectl.ok("auth whoami"), /system:serviceaccount:ci:cutover/);
  assert.equal(await kubectl.ok("auth can-i delete pods"), "yes\n");
  try {
    shop.sandbox.setRules([{ verbs: ["get", "list"], apiGroups: [""], resources: ["pods"], namespaces: ["shop"] }]);
    assert.equal(await kubectl.ok("auth can-i list pods"), "yes\n");
    const no = await kubectl.run("auth can-i delete pods");
    assert.deepEqual([no.code, no.out], [1, "no\n"]);
    assert.match(await kubectl.ok("auth can-i --list"), /^pods +\[\] +\[\] +\[get list\]$/m);
    const refused = await kubectl.run("delete configmap any");
    assert.match(
      refused.errors,
      /Forbidden.*User "system:serviceaccount:ci:cutover" cannot delete resource "configmaps"/,
    );
  } finally {
    shop.sandbox.setRules([{ verbs: ["*"], apiGroups: ["*"], resources: ["*"] }]);
  }
});

test("deletes with grace, waits for it, and takes along what it owns", async () => {
  const [pod = ""] = await shop.pods();
  await Promise.all([
    kubectl.ok(["wait", pod, "--for=delete", "--timeout=20s"]),
    kubectl.ok(["delete", pod, "--grace-period=1", "--wait=false"]),
  ]);
  await kubectl.ok("delete deployment web --cascade=foreground --timeout=20s");
  assert.equal(await kubectl.ok("get replicasets,pods -l app=web"), "");
  const gone = await kubectl.run("delete deployment web");
  assert.deepEqual([gone.code, (await kubectl.run("delete deployment web --ignore-not-found")).code], [1, 0]);
  await kubectl.ok("delete namespace shop --timeout=20s");
  assert.equal((await kubectl.run("get namespace shop")).code, 1);
});
