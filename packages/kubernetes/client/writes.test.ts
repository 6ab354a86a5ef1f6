import assert from "node:assert/strict";
import { test } from "node:test";
import type { Patch } from "./model.ts";
import { json, refusal, scriptedApi, serviceShop, shop, testClient } from "./scripted-api.ts";
import { fieldConflicts } from "./status.ts";

const ok = json(serviceShop());

const patches: readonly (readonly [Patch, string, string])[] = [
  [{ type: "json", body: [{ op: "remove", path: "/a" }] }, "application/json-patch+json", ""],
  [{ type: "merge", body: { a: null } }, "application/merge-patch+json", ""],
  [{ type: "strategic", body: { a: 1 } }, "application/strategic-merge-patch+json", ""],
  [{ type: "apply", body: serviceShop() }, "application/apply-patch+yaml", "&force=false"],
  [{ type: "apply", body: serviceShop(), force: true }, "application/apply-patch+yaml", "&force=true"],
];

for (const [patch, contentType, force] of patches) {
  test(`sends a patch of type ${patch.type}${force} as ${contentType}, with manager and strict fields`, async () => {
    await using api = await scriptedApi([ok]);
    const client = await testClient(api.url);
    await client.patch(shop, patch);
    const [request] = api.requests;
    assert.equal(request?.method, "PATCH");
    assert.equal(
      request?.path,
      `/api/v1/namespaces/prod/services/shop?fieldManager=cutover&fieldValidation=Strict${force}`,
    );
    assert.equal(request?.headers["content-type"], contentType);
    assert.deepEqual(JSON.parse(request?.body ?? ""), patch.body);
    await client.close();
  });
}

test("creates in the object's namespace, or the context's, and keeps fields that it does not know", async () => {
  await using api = await scriptedApi([ok, ok]);
  const client = await testClient(api.url);
  const object = { ...serviceShop(), spec: { newerThanUs: { deep: [1] } } };
  await client.create(object, { fieldManager: "other" });
  await client.create({ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "shop" } }, { dryRun: true });
  assert.deepEqual(
    api.requests.map(({ method, path }) => `${method} ${path}`),
    [
      "POST /api/v1/namespaces/prod/services?fieldManager=other&fieldValidation=Strict",
      "POST /apis/apps/v1/namespaces/prod/deployments?fieldManager=cutover&fieldValidation=Strict&dryRun=All",
    ],
  );
  assert.deepEqual(JSON.parse(api.requests[0]?.body ?? ""), object);
  await client.close();
});

test("patches a subresource", async () => {
  await using api = await scriptedApi([ok]);
  const client = await testClient(api.url);
  const deployment = { apiVersion: "apps/v1", kind: "Deployment", namespace: "prod", name: "shop" };
  await client.patch(deployment, { type: "merge", body: { spec: { replicas: 0 } } }, { subresource: "scale" });
  assert.match(api.requests[0]?.path ?? "", /^\/apis\/apps\/v1\/namespaces\/prod\/deployments\/shop\/scale\?/);
  await client.close();
});

test("deletes with preconditions and propagation", async () => {
  await using api = await scriptedApi([json({ kind: "Status", status: "Success" })]);
  const client = await testClient(api.url);
  await client.delete(shop, { uid: "u1", resourceVersion: "7", propagation: "Foreground" });
  const [request] = api.requests;
  assert.equal(`${request?.method} ${request?.path}`, "DELETE /api/v1/namespaces/prod/services/shop");
  assert.deepEqual(JSON.parse(request?.body ?? ""), {
    apiVersion: "v1",
    kind: "DeleteOptions",
    propagationPolicy: "Foreground",
    preconditions: { uid: "u1", resourceVersion: "7" },
  });
  await client.close();
});

test("sends nothing for a name that would widen what is deleted", async () => {
  await using api = await scriptedApi(ok);
  const client = await testClient(api.url);
  for (const name of ["", ".", ".."]) await assert.rejects(client.delete({ ...shop, name }), { code: "input-invalid" });
  await assert.rejects(client.delete({ ...shop, namespace: ".." }), { code: "input-invalid" });
  assert.equal(api.requests.length, 0);
  await client.delete({ ...shop, name: "a/../b?x" });
  assert.equal(api.requests[0]?.path, "/api/v1/namespaces/prod/services/a%2F..%2Fb%3Fx");
  await client.close();
});

test("names manager and field of every conflict of an apply", async () => {
  const causes = [
    { reason: "FieldManagerConflict", message: 'conflict with "helm" using apps/v1', field: ".spec.replicas" },
    {
      reason: "FieldManagerConflict",
      message: 'conflict with "kubectl-edit" with subresource "scale" using v1',
      field: ".data.a",
    },
  ];
  const status = { kind: "Status", message: "Apply failed", reason: "Conflict", code: 409, details: { causes } };
  await using api = await scriptedApi([json(status, 409)]);
  const client = await testClient(api.url);
  const error: unknown = await client
    .patch(shop, { type: "apply", body: serviceShop() })
    .catch((reason: unknown) => reason);
  assert.deepEqual(fieldConflicts(error), [
    { manager: "helm", field: ".spec.replicas" },
    { manager: "kubectl-edit", field: ".data.a" },
  ]);
  assert.deepEqual(fieldConflicts(new Error("other")), []);
  await client.close();
});

test("gives RBAC advice only where a right is missing", async () => {
  const message =
    'services "shop" is forbidden: User "ci" cannot patch resource "services" in API group "" in the namespace "prod"';
  await using api = await scriptedApi([
    json({ kind: "Status", message, reason: "Forbidden", code: 403 }, 403),
    refusal(403, "Forbidden"),
  ]);
  const client = await testClient(api.url);
  const patch = () => client.patch(shop, { type: "merge", body: {} });
  await assert.rejects(patch(), { code: "forbidden", hint: /Role that allows "patch"/ });
  await assert.rejects(patch(), { code: "forbidden", hint: /admission policy or quota/ });
  await client.close();
});
