import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Kubectl } from "./kubectl-on-sandbox.ts";
import { openShop, type Shop, service, web } from "./kubectl-on-sandbox-shop.ts";

let shop: Shop;
let kubectl: Kubectl;

before(async () => {
  shop = await openShop();
  kubectl = shop.kubectl;
});
after(() => shop.close());

const settings = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "settings", namespace: "shop" } };

test("says what it is and what it serves", async () => {
  assert.match(await kubectl.ok("version"), /Server Version: v1\.34\./);
  assert.match(await kubectl.ok("cluster-info"), /Kubernetes control plane.* is running at/);
  assert.match(await kubectl.ok("api-versions"), /^apps\/v1$/m);
  assert.match(await kubectl.ok("api-resources"), /^deployments +deploy +apps\/v1 +true +Deployment$/m);
  assert.match(await kubectl.ok("explain deployment.spec.strategy"), /rollingUpdate\s+<RollingUpdateDeployment>/);
});

test("applies by the client and by the server, and sees no difference afterwards", async () => {
  assert.equal(await kubectl.ok("apply -f -", JSON.stringify(web)), "deployment.apps/web unchanged\n");
  const more = { ...settings, data: { a: "1" } };
  assert.match(await kubectl.ok("apply --server-side -f -", JSON.stringify(more)), /serverside-applied/);
  assert.equal(await kubectl.ok("diff -f -", JSON.stringify(service)), "");
  const changed = { ...more, data: { a: "2" } };
  const conflict = await kubectl.run("apply --server-side --field-manager=other -f -", JSON.stringify(changed));
  assert.equal(conflict.code, 1);
  assert.match(conflict.errors, /Apply failed with 1 conflict: conflict with "kubectl": \.data\.a/);
  const typo = await kubectl.run("apply -f -", JSON.stringify({ ...web, spec: { ...web.spec, replicass: 1 } }));
  assert.equal(typo.code, 1);
  assert.match(typo.errors, /unknown field "spec\.replicass"/);
  assert.match(await kubectl.ok("replace -f -", JSON.stringify(changed)), /configmap\/settings replaced/);
  assert.match(await kubectl.ok("apply -f - --dry-run=server", JSON.stringify(web)), /unchanged \(server dry run\)/);
});

test("shows tables, objects and single fields", async () => {
  const rows: readonly [string, RegExp][] = [
    ["pods", /^NAME +READY +STATUS +RESTARTS +AGE\nweb-\S+ +1\/1 +Running +0 +\d+s$/m],
    [
      "pods -o wide",
      / IP +NODE +NOMINATED NODE +READINESS GATES\nweb-\S+ .* 10\.244\.\d+\.\d+ +sandbox-node +<none> +<none>$/m,
    ],
    ["deployments", /^NAME +READY +UP-TO-DATE +AVAILABLE +AGE\nweb +2\/2 +2 +2 +\d+s$/m],
    ["deployments -o wide", /CONTAINERS +IMAGES +SELECTOR\nweb .* app +shop:1 +app=web$/m],
    ["replicasets", /^NAME +DESIRED +CURRENT +READY +AGE\nweb-\S+ +2 +2 +2 /m],
    [
      "services",
      /^NAME +TYPE +CLUSTER-IP +EXTERNAL-IP +PORT\(S\) +AGE\nweb +ClusterIP +10\.96\.\S+ +<none> +80\/TCP /m,
    ],
    ["endpointslices", /^NAME +ADDRESSTYPE +PORTS +ENDPOINTS +AGE\nweb-\w+ +IPv4 +8080 +10\.244\.\S+,10\.244\.\S+ /m],
    ["namespaces", /^shop +Active /m],
    ["nodes", /^sandbox-node +Ready +<none> /m],
    [
      "events",
      /^LAST SEEN +TYPE +REASON +OBJECT +MESSAGE\n[\s\S]* Normal +Scheduled +pod\/web-\S+ +Successfully assigned shop\/web-/m,
    ],
    ["all", /^deployment\.apps\/web +2\/2 /m],
  ];
  for (const [what, row] of rows) assert.match(await kubectl.ok(`get ${what}`), row, what);
  assert.equal(await kubectl.ok("get deployment web -o jsonpath={.status.readyReplicas}"), "2");
  assert.match(await kubectl.ok("get service web -o yaml"), /^ {2}selector:\n {4}app: web$/m);
  assert.equal(JSON.parse(await kubectl.ok("get pods -o json")).items.length, 2);
  const missing = await kubectl.run("get deployment nope");
  assert.deepEqual(
    [missing.code, missing.errors],
    [1, 'Error from server (NotFound): deployments.apps "nope" not found\n'],
  );
});

test("describes pods, deployments and Services", async () => {
  assert.match(await kubectl.ok("describe deployment web"), /NewReplicaSet: +web-\S+ \(2\/2 replicas created\)/);
  assert.match(await kubectl.ok("describe service web"), /Endpoints: +10\.244\.\S+:8080,10\.244\.\S+:8080/);
  const [pod = ""] = await shop.pods();
  const described = await kubectl.ok(["describe", pod]);
  assert.match(described, /^Status: +Running$/m);
  assert.match(described, /Normal +Started +\S+ +kubelet +Started container app/);
  assert.match(await kubectl.ok("events --for deployment/web"), /ScalingReplicaSet .* Scaled up replica set web-/);
});

test("creates by typed clients, which write protobuf", async () => {
  await kubectl.ok("create configmap typed --from-literal=a=b");
  assert.equal(await kubectl.ok("get configmap typed -o jsonpath={.data.a}"), "b");
  await kubectl.ok("create secret generic typed --from-literal=a=b");
  assert.match(await kubectl.ok("get secret typed"), /^typed +Opaque +1 /m);
  assert.match(await kubectl.ok("autoscale deployment web --max=3 --name=bounds"), /autoscaled/);
  assert.match(await kubectl.ok("get hpa bounds"), /^bounds +Deployment\/web +cpu: <unknown>\/80% +1 +3 /m);
  await kubectl.ok("delete hpa bounds");
  await kubectl.ok(["create", "cronjob", "nightly", "--image=shop:1", "--schedule=0 0 * * *"]);
  assert.match(await kubectl.ok("get cronjobs"), /^nightly +0 0 \* \* \* +<none> +False +0 +<none> /m);
  await kubectl.ok("create job once --from=cronjob/nightly");
  assert.match(await kubectl.ok("get jobs"), /^once +Running +0\/1 /m);
  await kubectl.ok("delete job once --cascade=foreground --timeout=10s");
  await kubectl.ok("create pdb web --selector=app=web --min-available=1");
  assert.match(await kubectl.ok("get pdb"), /^web +1 +N\/A /m);
  await kubectl.ok("expose deployment web --name=exposed --port=8080");
  assert.equal(await kubectl.ok("get service exposed -o jsonpath={.spec.selector.app}"), "web");
});

test("labels, annotates and patches in each way", async () => {
  const label = "jsonpath={.metadata.labels}";
  await kubectl.ok("label configmap typed color=blue");
  await kubectl.ok("annotate configmap typed note=hello");
  await kubectl.ok(["patch", "configmap", "typed", "--type=merge", "-p", '{"metadata":{"labels":{"by":"merge"}}}']);
  const json = '[{"op":"replace","path":"/metadata/labels/color","value":"green"}]';
  await kubectl.ok(["patch", "configmap", "typed", "--type=json", "-p", json]);
  assert.deepEqual(JSON.parse(await kubectl.ok(`get configmap typed -o ${label}`)), { color: "green", by: "merge" });
  const strategic =
    '{"spec":{"template":{"spec":{"containers":[{"name":"app","env":[{"name":"SIZE","value":"L"}]}]}}}}';
  await kubectl.ok(["patch", "deployment", "web", "-p", strategic, "--dry-run=server"]);
  const scaled = '{"spec":{"replicas":2}}';
  assert.match(
    await kubectl.ok(["patch", "deployment", "web", "--subresource=scale", "--type=merge", "-p", scaled]),
    /patched|no change/,
  );
  const bad = await kubectl.run([
    "patch",
    "configmap",
    "typed",
    "--type=json",
    "-p",
    '[{"op":"remove","path":"/nope"}]',
  ]);
  assert.deepEqual([bad.code, /the server rejected our request/.test(bad.errors)], [1, true]);
});

test("rolls out, pauses, goes back and restarts", async () => {
  await using watch = kubectl.start("get deployment web -w");
  await watch.until(/web +2\/2/);
  await kubectl.ok("set image deployment/web app=shop:2");
  assert.match(await kubectl.ok("rollout status deployment/web --timeout=20s"), /successfully rolled out/);
  assert.match(await watch.until(/web +\d\/2 +1 [\s\S]*web +2\/2 +2 /), /^NAME +READY/);
  assert.match(await kubectl.ok("rollout history deployment/web"), /^2 +<none>$/m);
  assert.match(await kubectl.ok("rollout history deployment/web --revision=2"), /Image:\s+shop:2/);
  assert.match(await kubectl.ok("rollout undo deployment/web"), /rolled back/);
  await kubectl.ok("wait deployment/web --for=jsonpath={.status.updatedReplicas}=2 --timeout=20s");
  await kubectl.ok("rollout status deployment/web --timeout=20s");
  const image = "jsonpath={.spec.template.spec.containers[0].image}";
  assert.equal(await kubectl.ok(`get deployment web -o ${image}`), "shop:1");
  await kubectl.ok("rollout pause deployment/web");
  const paused = await kubectl.run("rollout restart deployment/web");
  assert.match(paused.errors, /can't restart paused deployment/);
  await kubectl.ok("rollout resume deployment/web");
  await kubectl.ok("rollout restart deployment/web");
  await kubectl.ok("rollout status deployment/web --timeout=20s");
  await kubectl.ok("scale deployment/web --replicas=3 --current-replicas=2");
  await kubectl.ok("wait deployment/web --for=condition=Available --timeout=20s");
  await kubectl.ok("wait deployment/web --for=jsonpath={.status.readyReplicas}=3 --timeout=20s");
});
