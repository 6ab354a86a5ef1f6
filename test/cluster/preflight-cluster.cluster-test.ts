import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { publish } from "./images.ts";
import { kubectl } from "./kubectl.ts";
import { remedies } from "./preflight-remedies.ts";
import { testThatAllWereSeen } from "./preflight-seen.ts";
import { kubeconfigOf, openPreflightShop, type PreflightShop, resultsOf } from "./preflight-shop.ts";
import { type Trouble, troubles } from "./preflight-troubles.ts";
import { apply } from "./shop.ts";

let shop: PreflightShop;

before(async () => {
  shop = await openPreflightShop();
});

after(() => shop[Symbol.asyncDispose]());

const healthy: readonly (readonly [id: string, verdict: string])[] = [
  ["api-server", "pass"],
  ["credentials", "pass"],
  ["version", "pass"],
  ["nodes", "pass"],
  ["namespace", "pass"],
  // The tests' credentials are the cluster's administrator.
  ["rights", "warn"],
  ["lock", "pass"],
  ["selector", "pass"],
  ["serving", "pass"],
  ["restarts", "pass"],
  ["traffic", "pass"],
  ["unfinished-release", "pass"],
  ["dry-run", "pass"],
  ["field-owners", "pass"],
  ["deprecated-apis", "pass"],
  ["webhooks", "skip"],
  ["probes", "pass"],
  ["references", "pass"],
  ["images", "pass"],
  ["pull-secrets", "skip"],
  ["platforms", "pass"],
  ["certificates", "skip"],
  ["limits", "skip"],
  ["quota", "skip"],
  ["headroom", "pass"],
  ["autoscalers", "skip"],
  ["disruption-budgets", "skip"],
  ["images", "pass"],
  ["platforms", "pass"],
  ["endpoints", "pass"],
  ["tcp", "pass"],
  ["window", "pass"],
];

for (const [count, most] of [
  [1, 3_000],
  [100, 5_000],
] as const) {
  test(`all checks of a service of 3 pods with ${count} objects in its manifests`, async (t) => {
    const texts = Array.from({ length: count - 1 }, (_, index) => ({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: `text-${index}` },
      data: { text: "hello" },
    }));
    await shop.release({}, ...texts);
    const began = performance.now();
    const run = await shop.preflight();
    const took = performance.now() - began;
    // A busy machine is not the action's fault; the figure is for whoever reads the log.
    t.diagnostic(`${Math.round(took)} ms, process and all; promised are ${most} ms`);
    const verdicts = new Map(resultsOf(run).map((result) => [result.id, result.verdict]));
    assert.deepEqual(
      healthy.map(([id]) => [id, verdicts.get(id)]),
      healthy,
      run.log,
    );
    const { platforms = "" } = run.outputs;
    assert.match(platforms, /^linux\/(amd64|arm64)$/);
  });
}

for (const trouble of [...remedies, ...troubles]) test(`${trouble.id}: ${trouble.tells.source}`, () => tells(trouble));

async function tells({ id, tells: text, objects: all = [], inputs, pods = {}, brings = [] }: Trouble): Promise<void> {
  const objects: object[] = JSON.parse(JSON.stringify(all).replaceAll("NAMESPACE", shop.namespace));
  await shop.release(pods, ...brings);
  if (objects.length > 0) apply(objects);
  try {
    assert.match(await shop.told(id, inputs), text);
  } finally {
    for (const object of objects) restore(object);
  }
}

test("field-owners: what a controller keeps is named by manager and field", async () => {
  const text = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "kept", namespace: shop.namespace },
    data: { hello: "there" },
  };
  const by = (manager: string) => [
    "apply",
    "--server-side",
    `--field-manager=${manager}`,
    "--force-conflicts",
    "-f",
    "-",
  ];
  kubectl(by("texts-operator"), JSON.stringify(text));
  await shop.release({}, { ...text, data: { hello: "world" } });
  assert.equal(
    await shop.told("field-owners"),
    "fail: ConfigMap kept has fields that something else keeps: .data.hello (texts-operator)",
  );
  shop.kubectl("delete", "configmap", "kept");
  kubectl(by("kubectl"), JSON.stringify(text));
  assert.match(await shop.told("field-owners"), /^pass: ConfigMap kept: \.data\.hello are taken over from kubectl$/m);
  shop.kubectl("delete", "configmap", "kept");
});

test("rights: a Role of a release's own is enough and no more; without one of them it is named", async () => {
  await shop.release({});
  const metadata = { name: "trouble", namespace: shop.namespace };
  const rule = (apiGroups: string[], resources: string[], verbs: string[]) => ({ apiGroups, resources, verbs });
  const role = (services: string[]) => ({
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "Role",
    metadata,
    rules: [
      rule([""], ["services"], services),
      rule([""], ["pods", "pods/proxy"], ["get", "list", "watch"]),
      rule(
        ["apps"],
        ["deployments", "replicasets", "controllerrevisions"],
        ["get", "list", "watch", "create", "patch", "delete"],
      ),
      rule(["discovery.k8s.io", "autoscaling"], ["endpointslices", "horizontalpodautoscalers"], ["list", "watch"]),
      rule(["coordination.k8s.io"], ["leases"], ["get", "create", "patch"]),
    ],
  });
  const subjects = [{ kind: "ServiceAccount", ...metadata }];
  const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "trouble" };
  const binding = { apiVersion: "rbac.authorization.k8s.io/v1", kind: "RoleBinding", metadata, subjects, roleRef };
  apply([{ apiVersion: "v1", kind: "ServiceAccount", metadata }, role(["get", "list", "patch"]), binding]);
  const credentials = { kubeconfig: kubeconfigOf(shop.kubectl("create", "token", "trouble").trim()) };
  assert.match(await shop.told("rights", credentials), /^pass: \d+ rights in namespace/);
  // What only somebody with rights beyond the namespace may see is not looked at.
  for (const id of ["nodes", "headroom", "webhooks", "limits", "quota", "disruption-budgets"])
    assert.match(await shop.told(id, credentials), /^skip: The credentials may not list /);
  apply([role(["get", "list"])]);
  assert.match(await shop.told("rights", credentials), /^fail: .*: patch services$/);
});

test("traffic: clients that are kept with one pod lose it", async () => {
  const keep = (sessionAffinity: string) =>
    shop.kubectl("patch", "service", "web", "-p", JSON.stringify({ spec: { sessionAffinity } }));
  keep("ClientIP");
  assert.match(await shop.told("traffic"), /^warn: Service web keeps each client with one pod/);
  keep("None");
});

test("selector, serving and restarts: what the Service sends to is not what it should be", async () => {
  shop.kubectl("set", "image", "deployment/web-blue", `website=${await publish("v7-crashes")}`);
  await until(async () =>
    /^warn: Pod web-blue-\S+: container website (crashes again and again|restarted)/.test(await shop.told("restarts")),
  );
  shop.kubectl("scale", "deployment/web-blue", "--replicas=0");
  await until(async () => /^fail: Service web has 0 ready endpoints/.test(await shop.told("serving")));
  shop.kubectl("patch", "service", "web", "--type=json", "-p", '[{"op":"remove","path":"/spec/selector/version"}]');
  assert.match(await shop.told("selector"), /^fail: /);
});

testThatAllWereSeen("cluster");

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 30_000;
  while (!(await isSo())) {
    assert.ok(performance.now() < end, "it never came to be so");
    await sleep(500);
  }
}

/** Takes out of the cluster what a trouble put there. */
function restore(object: object): void {
  if ("kind" in object && object.kind === "Namespace")
    shop.kubectl("label", "namespace", shop.namespace, "pod-security.kubernetes.io/warn-");
  else kubectl(["delete", "--wait=false", "-f", "-"], JSON.stringify(object));
}
