import assert from "node:assert/strict";
import { test } from "node:test";
import { checked, releasing, shopAnd, told } from "../checked.test-kit.ts";

const quota = (hard: Readonly<Record<string, string>>) =>
  shopAnd({ apiVersion: "v1", kind: "ResourceQuota", metadata: { name: "team", namespace: "shop" }, spec: { hard } });

const hungry = releasing({ container: { resources: { requests: { cpu: "500m", memory: "256Mi" } } }, replicas: 3 });

test("a namespace without quotas limits nothing", async () => {
  assert.equal(told(await checked("quota", hungry)), "skip: Namespace shop has no ResourceQuota");
});

test("a quota with room for the second slot passes", async () => {
  const found = await checked("quota", { ...hungry, options: quota({ pods: "10" }) });
  assert.equal(told(found), "pass: ResourceQuota team has 8 pods left of 10, and the new pods need 3");
});

test("a quota that the second slot would burst fails before it does", async () => {
  const found = await checked("quota", { ...hungry, options: quota({ pods: "10", "requests.memory": "512Mi" }) });
  assert.equal(
    told(found),
    "fail: ResourceQuota team has 512Mi requests.memory left of 512Mi, and the new pods need 768Mi",
  );
  assert.equal(found.remedy?.startsWith("Raise requests.memory in ResourceQuota team by 256Mi"), true);
});

test("a quota that is used up to its last bit is kept", async () => {
  const thirds = releasing({ container: { resources: { requests: { cpu: "100m" } } }, replicas: 3 });
  const found = await checked("quota", { ...thirds, options: quota({ "requests.cpu": "300m" }) });
  assert.equal(told(found), "pass: ResourceQuota team has 300m requests.cpu left of 300m, and the new pods need 300m");
});

test("a quota that leaves no room for what an autoscaler may make is worth a word", async () => {
  const scaleTargetRef = { apiVersion: "apps/v1", kind: "Deployment", name: "shop" };
  const spec = { minReplicas: 3, maxReplicas: 9, scaleTargetRef };
  const scaler = { apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", metadata: { name: "shop" }, spec };
  const scaled = releasing({ replicas: 3 }, scaler);
  const found = await checked("quota", { ...scaled, options: quota({ pods: "10" }) });
  assert.equal(
    told(found),
    "warn: ResourceQuota team has 8 pods left of 10, and the new pods need 3, or 9 once their autoscaler has made as many as it may",
  );
  assert.match(found.remedy ?? "", /^Raise pods in ResourceQuota team by 1, or lower maxReplicas/);
  assert.equal((await checked("quota", { ...scaled, options: quota({ pods: "11" }) })).verdict, "pass");
});

test("a quota of what nobody asks for says nothing", async () => {
  const found = await checked("quota", { ...hungry, options: quota({ "count/configmaps": "5" }) });
  assert.equal(told(found), "skip: No quota limits what the pods need");
});

/** A quota of these pods alone. */
const scoped = (spec: object) =>
  shopAnd({
    apiVersion: "v1",
    kind: "ResourceQuota",
    metadata: { name: "team", namespace: "shop" },
    spec: { hard: { pods: "4" }, ...spec },
  });

const priority = (operator: string, values?: readonly string[]) => ({
  scopeSelector: { matchExpressions: [{ scopeName: "PriorityClass", operator, ...(values && { values }) }] },
});

test("a quota counts the pods of its scopes alone", async () => {
  const nothing = "skip: No quota limits what the pods need";
  const verdict = async (spec: object, pods = hungry) =>
    (await checked("quota", { ...pods, options: scoped(spec) })).verdict;
  assert.equal(told(await checked("quota", { ...hungry, options: scoped({ scopes: ["BestEffort"] }) })), nothing);
  assert.equal(await verdict({ scopes: ["NotBestEffort"] }), "fail");
  assert.equal(await verdict({ scopes: ["BestEffort", "NotTerminating"] }, releasing({ replicas: 3 })), "fail");
  assert.equal(await verdict({ scopes: ["Terminating"] }), "skip");
  assert.equal(await verdict({ scopes: ["CrossNamespacePodAffinity"] }), "skip");
  const important = releasing({ pod: { priorityClassName: "high" }, replicas: 3 });
  assert.equal(await verdict(priority("In", ["high"]), important), "fail");
  assert.equal(await verdict(priority("In", ["low"]), important), "skip");
  assert.equal(await verdict(priority("Exists")), "skip");
});

test("a quota of memory refuses pods that say nothing of it, unless a LimitRange does", async () => {
  const options = quota({ "limits.memory": "4Gi" });
  const found = await checked("quota", { ...hungry, options });
  assert.equal(
    told(found),
    "fail: ResourceQuota team limits limits.memory, and container app of shop-green says nothing of it: its pods would be refused",
  );
  assert.equal(found.remedy, "Set resources.limits.memory of container app.");
  const limits = [{ type: "Container", default: { memory: "1Gi" }, defaultRequest: { memory: "1Gi" } }];
  const range = {
    apiVersion: "v1",
    kind: "LimitRange",
    metadata: { name: "team", namespace: "shop" },
    spec: { limits },
  };
  const roomy = quota({ "limits.memory": "6Gi" });
  const given = await checked("quota", {
    ...releasing({ replicas: 3 }),
    options: { ...roomy, objects: [range, ...(roomy.objects ?? [])] },
  });
  assert.match(told(given), /^pass: ResourceQuota team has \S+ limits\.memory left of 6Gi, and the new pods need 3Gi$/);
});

test("credentials that may not look leave it open", async () => {
  const ofRelease = "services pods deployments replicasets controllerrevisions endpointslices horizontalpodautoscalers";
  const rules = [{ verbs: ["*"], apiGroups: ["*"], resources: ofRelease.split(" ") }];
  const found = await checked("quota", { before: ({ sandbox }) => sandbox.setRules(rules) });
  assert.equal(told(found), "skip: The credentials may not list ResourceQuotas");
});
