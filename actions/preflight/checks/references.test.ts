import assert from "node:assert/strict";
import { test } from "node:test";
import { allRights, emptyTown, service } from "../../../test/journeys/shop.ts";
import type { Town } from "../../../test/virtual/town.ts";
import { checked, releasing, type Scene, shopAnd, told } from "../checked.test-kit.ts";

const metadata = (name: string) => ({ name, namespace: "shop" });
const secret = { apiVersion: "v1", kind: "Secret", metadata: metadata("db"), data: { url: "YQ==" } };
const configMap = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "texts" }, data: { hello: "a" } };

const needing = (key: string) =>
  releasing({
    container: {
      env: [{ name: "DB", valueFrom: { secretKeyRef: { name: "db", key } } }],
      envFrom: [{ configMapRef: { name: "texts" } }, { configMapRef: { name: "perhaps", optional: true } }],
    },
  });

test("what is in the cluster, comes with the release or is optional is there", async () => {
  const { inputs, before } = releasing(
    { container: { env: [{ name: "DB", valueFrom: { secretKeyRef: { name: "db", key: "url" } } }] } },
    configMap,
  );
  const found = await checked("references", {
    options: shopAnd(secret),
    ...(inputs && { inputs }),
    ...(before && { before }),
  });
  assert.equal(told(found), "pass: Secret db is there\nServiceAccount default is there");
});

test("what is missing is named, and who needs it", async () => {
  const found = await checked("references", { options: shopAnd(), ...needing("url") });
  assert.equal(
    told(found),
    "fail: Secret db does not exist in namespace shop, and the pods of shop-green need it\n" +
      "ConfigMap texts does not exist in namespace shop, and the pods of shop-green need it",
  );
});

test("a Secret without the key that is read is as good as none", async () => {
  const texts = { ...configMap, metadata: metadata("texts") };
  const found = await checked("references", { options: shopAnd(secret, texts), ...needing("password") });
  assert.equal(told(found), "fail: Secret db has no key password, and the pods of shop-green need it");
});

test("what may not be read is said so", async () => {
  const scene = needing("url");
  const rules = [
    { ...allRights[0], resources: ["configmaps", "serviceaccounts", "services", "pods", "namespaces"] },
    { ...allRights[0], apiGroups: ["apps", "autoscaling", "discovery.k8s.io", "coordination.k8s.io"] },
  ] as unknown as typeof allRights;
  const texts = { ...configMap, metadata: metadata("texts") };
  const found = await checked("references", {
    ...{ ...scene, options: shopAnd(secret, texts) },
    before: (town) => {
      town.sandbox.setRules(rules);
      return scene.before?.(town);
    },
  });
  assert.equal(told(found), "warn: Whether Secret db exists cannot be told, and the pods of shop-green need it");
});

/** What a request for the object named by `path` gets; the sandbox serves none of these kinds itself. */
const answering = ({ sandbox }: Town, path: string, body: object | undefined) => {
  const [kind, name] = path.split("/");
  const details = { name: name ?? "", kind: kind ?? "" };
  const missing = {
    kind: "Status",
    status: "Failure",
    reason: "NotFound",
    message: `${kind} "${name}" not found`,
    details,
  };
  const object = { apiVersion: "v1", kind, metadata: { name }, ...body };
  const json = JSON.parse(JSON.stringify(body === undefined ? missing : object));
  sandbox.fault({
    when: { path },
    times: Number.POSITIVE_INFINITY,
    what: { name: path, act: () => ({ code: body === undefined ? 404 : 200, body: json }) },
  });
};

const mounting = (objects: Readonly<Record<string, object | undefined>>, pod: object = {}): Scene => {
  const volumes = [{ name: "data", persistentVolumeClaim: { claimName: "data" } }];
  const { before, ...scene } = releasing({ pod: { volumes, ...pod } });
  return {
    ...scene,
    before: (town) => {
      for (const [path, body] of Object.entries(objects)) answering(town, path, body);
      return before?.(town);
    },
  };
};

const claim = (phase: string, ...accessModes: readonly string[]) => ({
  "persistentvolumeclaims/data": { spec: { accessModes, storageClassName: "fast" }, status: { phase } },
});

test("a claim that both colors may have is there", async () => {
  const found = await checked("references", mounting(claim("Bound", "ReadWriteMany")));
  assert.match(told(found), /^pass: PersistentVolumeClaim data is Bound\n/);
});

test("a claim for one node or one pod at a time is not for two colors", async () => {
  const node = await checked("references", mounting(claim("Bound", "ReadWriteOnce")));
  assert.equal(
    told(node),
    "warn: PersistentVolumeClaim data is for one node at a time (ReadWriteOnce), and the pods of both colors need it",
  );
  const pod = await checked("references", mounting(claim("Bound", "ReadWriteOncePod")));
  assert.match(told(pod), /^fail: PersistentVolumeClaim data is for one pod at a time/);
});

test("a claim without a volume keeps pods from starting, unless its class waits for them", async () => {
  const fast = (volumeBindingMode: string) => ({ "storageclasses/fast": { volumeBindingMode } });
  const pending = claim("Pending", "ReadWriteMany");
  const stuck = await checked("references", mounting({ ...pending, ...fast("Immediate") }));
  assert.match(
    told(stuck),
    /^fail: PersistentVolumeClaim data is Pending and has no volume, and the pods of shop-green/,
  );
  const waiting = await checked("references", mounting({ ...pending, ...fast("WaitForFirstConsumer") }));
  assert.match(told(waiting), /^pass: PersistentVolumeClaim data is Pending\n/);
  const lost = await checked("references", mounting(claim("Lost", "ReadWriteMany")));
  assert.match(told(lost), /^fail: PersistentVolumeClaim data has lost its volume$/);
});

test("classes of priority and runtime are looked up too", async () => {
  const classes = { "priorityclasses/high": {}, "runtimeclasses/gvisor": undefined };
  const pod = { volumes: [], priorityClassName: "high", runtimeClassName: "gvisor" };
  const found = await checked("references", mounting(classes, pod));
  assert.equal(told(found), "fail: RuntimeClass gvisor does not exist, and the pods of shop-green need it");
  const there = await checked("references", mounting({ ...classes, "runtimeclasses/gvisor": {} }, pod));
  assert.match(told(there), /^pass: .*PriorityClass high is there\nRuntimeClass gvisor is there$/s);
});

test("where there is no Deployment nothing is referred to", async () => {
  const { objects = [], ...empty } = emptyTown();
  const found = await checked("references", { options: { ...empty, objects: [...objects, service()] } });
  assert.equal(told(found), "skip: There is no Deployment to look at");
});
