import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { objectAt } from "../json.ts";
import type { Sandbox } from "../sandbox.ts";
import { ask, deployment, service, virtualSandbox } from "../test-shop.ts";

let sandbox: Sandbox;
before(async () => {
  sandbox = await virtualSandbox({ objects: [deployment("web", "shop:1"), service("web", { app: "web" })] });
});
after(() => sandbox.close());

const web = "apps/v1 deployments/web";

test("fills in what the real server fills in, and counts generations of the spec", async () => {
  const { body } = await ask(sandbox, `GET ${web}`);
  const { replicas, progressDeadlineSeconds, strategy, template } = objectAt(body, "spec");
  const rollingUpdate = { maxSurge: "25%", maxUnavailable: "25%" };
  assert.deepEqual([replicas, progressDeadlineSeconds], [3, 600]);
  assert.deepEqual(strategy, { type: "RollingUpdate", rollingUpdate });
  assert.equal(objectAt(template, "spec").terminationGracePeriodSeconds, 30);
  const generation = Number(objectAt(body, "metadata").generation);
  const labeled = await ask(sandbox, `merge ${web}`, { metadata: { labels: { a: "b" } } });
  assert.equal(objectAt(labeled.body, "metadata").generation, generation);
  const changed = await ask(sandbox, `merge ${web}`, { spec: { minReadySeconds: 1 } });
  assert.equal(objectAt(changed.body, "metadata").generation, generation + 1);
});

test("a write that changes nothing is none", async () => {
  const first = await ask(sandbox, `merge ${web}`, { spec: { replicas: 3 } });
  const second = await ask(sandbox, `merge ${web}?fieldManager=other`, { spec: { replicas: 3 } });
  assert.deepEqual(second.body, first.body);
});

test("refuses with the Status bodies of the real server", async () => {
  const stale = { metadata: { resourceVersion: "1" } };
  const replicass = { spec: { replicass: 3 } };
  const other = { matchLabels: { app: "other" } };
  const cases: [string, unknown, number, string][] = [
    ["GET apps/v1 deployments/nope", undefined, 404, 'deployments.apps "nope" not found'],
    ["POST apps/v1 deployments", deployment("web", "shop:1"), 409, 'deployments.apps "web" already exists'],
    [
      `merge ${web}`,
      stale,
      409,
      'Operation cannot be fulfilled on deployments.apps "web": the object has been modified; please apply your changes to the latest version and try again',
    ],
    [
      `merge ${web}`,
      { spec: { selector: other, template: { metadata: { labels: { app: "other" } } } } },
      422,
      'Deployment.apps "web" is invalid: spec.selector: Invalid value: {"matchLabels":{"app":"other"}}: field is immutable',
    ],
    [
      `json ${web}`,
      [{ op: "test", path: "/spec/replicas", value: 8 }],
      422,
      "the server rejected our request due to an error in our request",
    ],
    [
      `strategic ${web}?fieldValidation=Strict`,
      replicass,
      422,
      ' "" is invalid: patch: Invalid value: "map[spec:map[replicass:3]]": strict decoding error: unknown field "spec.replicass"',
    ],
    [
      "POST apps/v1 deployments?fieldValidation=Strict",
      { ...deployment("x", "shop:1"), extra: 1 },
      400,
      'Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "extra"',
    ],
  ];
  for (const [line, body, status, message] of cases) {
    const reply = await ask(sandbox, line, body);
    assert.deepEqual([reply.status, reply.body.message], [status, message], line);
    assert.equal(reply.body.kind, "Status");
  }
});

test("a dry run computes the result and stores nothing", async () => {
  const before = sandbox.registry.store.resourceVersion;
  const patched = await ask(sandbox, `merge ${web}?dryRun=All`, { spec: { replicas: 9 } });
  const created = await ask(sandbox, "POST apps/v1 deployments?dryRun=All", deployment("dry", "shop:1"));
  const deleted = await ask(sandbox, `DELETE ${web}?dryRun=All`);
  assert.equal(objectAt(patched.body, "spec").replicas, 9);
  assert.deepEqual([created.status, deleted.status], [201, 200]);
  assert.equal(sandbox.registry.store.resourceVersion, before);
});

test("deletes only what the preconditions name", async () => {
  const created = await ask(sandbox, "POST v1 configmaps", { metadata: { name: "cfg" }, data: { a: "1" } });
  const { uid, resourceVersion } = objectAt(created.body, "metadata");
  const wrong = await ask(sandbox, "DELETE v1 configmaps/cfg", { preconditions: { uid: "other" } });
  const stale = await ask(sandbox, "DELETE v1 configmaps/cfg", { preconditions: { resourceVersion: "1" } });
  assert.deepEqual([wrong.status, stale.status], [409, 409]);
  const right = await ask(sandbox, "DELETE v1 configmaps/cfg", { preconditions: { uid, resourceVersion } });
  assert.deepEqual([right.status, right.body.status], [200, "Success"]);
});

test("scales through the subresource, with the resourceVersion as precondition", async () => {
  const stale = await ask(sandbox, `merge ${web}/scale`, { metadata: { resourceVersion: "1" }, spec: { replicas: 5 } });
  assert.equal(stale.status, 409);
  const scaled = await ask(sandbox, `merge ${web}/scale`, { spec: { replicas: 5 } });
  assert.deepEqual([scaled.body.kind, scaled.body.spec], ["Scale", { replicas: 5 }]);
  assert.equal(sandbox.registry.store.get("Deployment", "shop", "web")?.spec.replicas, 5);
});

test("gives node ports and cluster addresses, and keeps them", async () => {
  const created = await ask(sandbox, "POST v1 services", {
    metadata: { name: "open" },
    spec: { type: "NodePort", ports: [{ port: 80 }] },
  });
  const { clusterIP, ports } = objectAt(created.body, "spec");
  assert.match(String(clusterIP), /^10\.96\./);
  assert.deepEqual(ports, [{ port: 80, protocol: "TCP", targetPort: 80, nodePort: 30000 }]);
  const moved = await ask(sandbox, "merge v1 services/open", { spec: { clusterIP: "10.96.9.9" } });
  assert.equal(moved.status, 422);
});

test("logs every request, and which of them are writes", () => {
  const { requests } = sandbox;
  const [first] = requests;
  assert.deepEqual([first?.verb, first?.status, first?.isWrite], ["get", 200, false]);
  assert.ok(requests.some(({ verb, isWrite }) => verb === "patch" && isWrite));
  assert.ok(requests.every(({ query, isWrite }) => query.dryRun === undefined || !isWrite));
});
