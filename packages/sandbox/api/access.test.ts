import assert from "node:assert/strict";
import { test } from "node:test";
import { objectAt } from "../json.ts";
import { ask, deployment, virtualSandbox } from "../test-shop.ts";

const readers = [
  { verbs: ["get", "list", "watch"], apiGroups: ["apps"], resources: ["deployments"], namespaces: ["shop"] },
];

test("refuses in the words of RBAC what no rule allows", async () => {
  await using sandbox = await virtualSandbox({ objects: [deployment("web", "shop:1")], rules: readers });
  assert.equal((await ask(sandbox, "GET apps/v1 deployments/web")).status, 200);
  const patched = await ask(sandbox, "merge apps/v1 deployments/web/scale", { spec: { replicas: 1 } });
  assert.equal(patched.status, 403);
  assert.equal(
    patched.body.message,
    'deployments.apps "web" is forbidden: User "system:serviceaccount:ci:cutover" cannot patch resource "deployments/scale" in API group "apps" in the namespace "shop"',
  );
  const listed = await ask(sandbox, "GET v1 pods");
  assert.match(String(listed.body.message), /^pods is forbidden: User .* cannot list resource "pods" in API group ""/);
});

test("a Namespace can be read by who may do so in it, and no other", async () => {
  const rules = [{ verbs: ["get", "list"], apiGroups: [""], resources: ["namespaces"], namespaces: ["shop"] }];
  await using sandbox = await virtualSandbox({ rules });
  const message = async (name: string): Promise<unknown> => {
    const response = await fetch(`${sandbox.plainUrl}/api/v1/namespaces${name}`);
    return JSON.parse(await response.text()).message;
  };
  // Who may look is told that it is not there.
  assert.equal(await message("/shop"), 'namespaces "shop" not found');
  assert.equal(
    await message("/default"),
    'namespaces "default" is forbidden: User "system:serviceaccount:ci:cutover" cannot get resource "namespaces" in API group "" in the namespace "default"',
  );
  assert.match(String(await message("")), /cannot list resource "namespaces" in API group "" at the cluster scope$/);
});

test("answers access reviews by the same rules", async () => {
  await using sandbox = await virtualSandbox({ rules: readers });
  const review = async (verb: string, subresource = ""): Promise<unknown> => {
    const resourceAttributes = { verb, group: "apps", resource: "deployments", subresource, namespace: "shop" };
    const response = await fetch(`${sandbox.plainUrl}/apis/authorization.k8s.io/v1/selfsubjectaccessreviews`, {
      method: "POST",
      body: JSON.stringify({ spec: { resourceAttributes } }),
    });
    return objectAt(JSON.parse(await response.text()), "status").allowed;
  };
  assert.deepEqual([await review("get"), await review("get", "scale"), await review("patch")], [true, false, false]);
  sandbox.setRules([{ verbs: ["*"], apiGroups: ["*"], resources: ["*"] }]);
  assert.equal(await review("patch"), true);
  assert.ok(sandbox.requests.every(({ isWrite }) => !isWrite));
});
