import assert from "node:assert/strict";
import { test } from "node:test";
import type { Town } from "../../../test/virtual/town.ts";
import { checked, releasing, shopAnd, told } from "../checked.test-kit.ts";

/** A shop on these nodes and no others. */
const on = (...nodes: readonly { readonly name: string; readonly spec?: object; readonly allocatable?: object }[]) => {
  const { objects = [], ...shop } = shopAnd();
  const made = nodes.map(({ name, spec = {}, allocatable = { cpu: "1", memory: "1Gi", pods: "10" } }) => ({
    apiVersion: "v1",
    kind: "Node",
    metadata: { name, labels: { "kubernetes.io/hostname": name, "kubernetes.io/arch": "amd64" } },
    spec,
    status: { allocatable, conditions: [{ type: "Ready", status: "True" }] },
  }));
  return { ...shop, objects: [...made, ...objects] as typeof objects };
};

const hungry = (cpu: string, replicas = 2, pod = {}) =>
  releasing({ pod, replicas, container: { resources: { requests: { cpu } } } });

test("new pods that fit beside what runs pass", async () => {
  const found = await checked("headroom", { ...hungry("400m"), options: on({ name: "a" }) });
  assert.equal(told(found), "pass: 1 node has room for the 2 new pods of shop-green");
});

test("pods that fit to the last bit fit", async () => {
  const options = on({ name: "a", allocatable: { cpu: "300m", pods: "10" } });
  const found = await checked("headroom", { ...hungry("100m", 3), options });
  assert.equal(told(found), "pass: 1 node has room for the 3 new pods of shop-green");
});

test("a pod that fits nowhere is told with what is lacking, and where an autoscaler may help", async () => {
  const found = await checked("headroom", { ...hungry("600m", 3), options: on({ name: "a" }, { name: "b" }) });
  assert.equal(
    told(found),
    "warn: 2 nodes have room for 2 of the 3 new pods of shop-green, and not enough cpu for the rest",
  );
  assert.match(found.remedy ?? "", /unless an autoscaler does/);
});

test("the number of pods counts too, those of others among them", async () => {
  const options = on({ name: "a", allocatable: { pods: "3" } });
  const found = await checked("headroom", { ...hungry("10m"), options });
  assert.match(
    told(found),
    /^warn: 1 node has room for 1 of the 2 new pods of shop-green, and not enough pods for the rest$/,
  );
});

test("taints, selectors and affinity decide which nodes there are", async () => {
  const tainted = { name: "a", spec: { taints: [{ key: "gpu", value: "yes", effect: "NoSchedule" }] } };
  const shut = await checked("headroom", { ...hungry("10m"), options: on(tainted) });
  assert.match(
    told(shut),
    /^warn: None of the 1 nodes takes the pods of shop-green, by nodeSelector, affinity, taints/,
  );
  const tolerations = [{ key: "gpu", operator: "Exists" }];
  const open = await checked("headroom", { ...hungry("10m", 2, { tolerations }), options: on(tainted) });
  assert.equal(open.verdict, "pass");
  const elsewhere = hungry("10m", 2, { nodeSelector: { "kubernetes.io/arch": "arm64" } });
  assert.equal((await checked("headroom", { ...elsewhere, options: on({ name: "a" }) })).verdict, "warn");
  const matchExpressions = [{ key: "kubernetes.io/hostname", operator: "In", values: ["b"] }];
  const terms = { nodeSelectorTerms: [{ matchExpressions }] };
  const wanting = { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: terms } } };
  const placed = await checked("headroom", { ...hungry("10m", 2, wanting), options: on({ name: "a" }, { name: "b" }) });
  assert.equal(told(placed), "pass: 1 node has room for the 2 new pods of shop-green");
});

const autoscaler = (maxReplicas: number, name = "shop") => ({
  apiVersion: "autoscaling/v2",
  kind: "HorizontalPodAutoscaler",
  metadata: { name },
  spec: { minReplicas: 1, maxReplicas, scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name } },
});

test("an autoscaler that cannot make as many pods as it may is worth a word", async () => {
  const resources = { requests: { cpu: "200m" } };
  const found = async (most: number) =>
    told(
      await checked("headroom", {
        ...releasing({ container: { resources } }, autoscaler(most)),
        options: on({ name: "a" }),
      }),
    );
  assert.equal(await found(5), "pass: 1 node has room for the 2 new pods of shop-green");
  assert.equal(
    await found(9),
    "warn: 1 node has room for 3 of the 7 pods that the autoscaler of shop-green may add to it, and not enough cpu for the rest",
  );
});

test("pods that are over take no room", async () => {
  const resources = { requests: { cpu: "900m" } };
  const spec = { nodeName: "a", containers: [{ name: "a", image: "registry.example/shop:v1", resources }] };
  const job = { apiVersion: "v1", kind: "Pod", metadata: { name: "job", namespace: "shop" }, spec };
  const { objects = [], ...shop } = on({ name: "a" });
  const scene = hungry("400m");
  const found = async (phase: string) => {
    const before = ({ sandbox, ...town }: Town) => {
      const address = { kind: "Pod", namespace: "shop", name: "job" } as const;
      const by = { manager: "test", subresource: "status" } as const;
      sandbox.registry.update(address, (live) => ({ ...live, status: { ...live.status, phase } }) as typeof live, by);
      return scene.before?.({ sandbox, ...town });
    };
    const options = { ...shop, objects: [...objects, job] as typeof objects };
    return told(await checked("headroom", { ...scene, options, before }));
  };
  assert.match(await found("Succeeded"), /^pass: /);
  assert.match(await found("Failed"), /^pass: /);
  assert.match(await found("Running"), /^warn: 1 node has room for 0 of the 2 new pods/);
});

test("without a release there is nothing more to place", async () => {
  assert.equal(told(await checked("headroom")), "pass: shop-blue has all its 2 pods");
});

test("credentials of one namespace cannot tell", async () => {
  const rules = [{ verbs: ["*"], apiGroups: ["*"], resources: ["*"], namespaces: ["shop"] }];
  const found = await checked("headroom", { before: ({ sandbox }) => sandbox.setRules(rules) });
  assert.equal(told(found), "skip: The credentials may not list the nodes, and the pods of all namespaces");
});
