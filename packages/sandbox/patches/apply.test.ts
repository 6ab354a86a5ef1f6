import assert from "node:assert/strict";
import { test } from "node:test";
import { type JsonObject, objectAt } from "../json.ts";
import { ask, deployment, virtualSandbox } from "../test-shop.ts";

const web = "apps/v1 deployments/web";

function managersOf(object: JsonObject): string[] {
  const entries = objectAt(object, "metadata").managedFields as { manager: string; operation: string }[];
  return entries.map(({ manager, operation }) => `${manager} ${operation}`);
}

test("names manager and field of a conflict, and takes the field with force", async () => {
  await using sandbox = await virtualSandbox({ objects: [] });
  await sandbox.registry.create(
    { kind: "Namespace", namespace: undefined },
    { metadata: { name: "shop" } },
    { manager: "t" },
  );
  await ask(sandbox, "POST apps/v1 deployments?fieldManager=kubectl", deployment("web", "shop:1"));
  const same = await ask(sandbox, `apply ${web}?fieldManager=cutover`, deployment("web", "shop:1"));
  assert.equal(same.status, 200);
  const other = deployment("web", "shop:2");
  const refused = await ask(sandbox, `apply ${web}?fieldManager=cutover`, other);
  const field = '.spec.template.spec.containers[name="app"].image';
  assert.equal(refused.status, 409);
  assert.equal(refused.body.message, `Apply failed with 1 conflict: conflict with "kubectl" using apps/v1: ${field}`);
  assert.deepEqual(objectAt(refused.body, "details").causes, [
    { reason: "FieldManagerConflict", message: 'conflict with "kubectl" using apps/v1', field },
  ]);
  const forced = await ask(sandbox, `apply ${web}?fieldManager=cutover&force=true`, other);
  assert.equal(forced.status, 200);
  assert.deepEqual(managersOf(forced.body), ["cutover Apply", "kubectl Update"]);
  const again = await ask(sandbox, `apply ${web}?fieldManager=third`, deployment("web", "shop:1"));
  assert.match(String(again.body.message), /conflict with "cutover": /);
});

test("creates with exactly the applied fields, and drops what is applied no more", async () => {
  await using sandbox = await virtualSandbox({ objects: [deployment("other", "shop:1")] });
  const first = { ...deployment("web", "shop:1", { minReadySeconds: 2, revisionHistoryLimit: 3 }) };
  const created = await ask(sandbox, `apply ${web}?fieldManager=cutover`, first);
  assert.equal(created.status, 201);
  const next = await ask(sandbox, `apply ${web}?fieldManager=cutover`, deployment("web", "shop:1"));
  const { minReadySeconds, revisionHistoryLimit } = objectAt(next.body, "spec");
  assert.deepEqual([minReadySeconds, revisionHistoryLimit], [undefined, 10]);
});

test("keeps what another manager added", async () => {
  await using sandbox = await virtualSandbox({ objects: [deployment("other", "shop:1")] });
  await ask(sandbox, `apply ${web}?fieldManager=cutover`, deployment("web", "shop:1"));
  const patch = { metadata: { labels: { team: "a" } }, spec: { template: { spec: { nodeSelector: { x: "y" } } } } };
  await ask(sandbox, `merge ${web}?fieldManager=hand`, patch);
  const next = await ask(sandbox, `apply ${web}?fieldManager=cutover`, deployment("web", "shop:2"));
  assert.deepEqual(objectAt(next.body, "metadata").labels, { team: "a" });
  assert.deepEqual(objectAt(next.body, "spec", "template", "spec").nodeSelector, { x: "y" });
});

test("an apply that changes nothing is no write", async () => {
  await using sandbox = await virtualSandbox({ objects: [deployment("other", "shop:1")] });
  const first = await ask(sandbox, `apply ${web}?fieldManager=cutover`, deployment("web", "shop:1"));
  const second = await ask(sandbox, `apply ${web}?fieldManager=cutover`, deployment("web", "shop:1"));
  assert.deepEqual(second.body, first.body);
});

test("refuses fields that the schema does not have", async () => {
  await using sandbox = await virtualSandbox({ objects: [deployment("other", "shop:1")] });
  const reply = await ask(sandbox, `apply ${web}?fieldManager=cutover`, deployment("web", "shop:1", { replicass: 3 }));
  assert.equal(reply.status, 500);
  assert.match(String(reply.body.message), /Kind=Deployment\): \.spec\.replicass: field not declared in schema$/);
});
