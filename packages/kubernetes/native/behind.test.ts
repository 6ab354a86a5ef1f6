import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { annotation } from "@cutover/release";
import type { Resource } from "../client/model.ts";
import { adoptionFrom } from "./behind.ts";
import { type Autoscaler, as, type Labels, type Pod, type ReplicaSet } from "./kinds.ts";
import { plainDeployment, plainService } from "./plain-shop.test-kit.ts";
import { settingOf } from "./snapshots.test-kit.ts";

interface Sketch {
  deployments?: readonly Resource[];
  /** Besides those of the Deployments. */
  pods?: readonly Pod[];
  services?: readonly Resource[];
  budgets?: readonly Resource[];
  autoscalers?: readonly Autoscaler[];
  selector?: Record<string, string>;
  managedFields?: readonly { manager: string; fieldsV1: object }[];
}

/** What is found about a Service and its Deployments, each with its ReplicaSet and a ready pod for each that it asks for. */
function found(sketch: Sketch = {}, { colorLabel = "color" } = {}) {
  const deployments = (sketch.deployments ?? [plainDeployment({})]).map((one) =>
    as("Deployment", { ...one, metadata: { uid: `uid of ${one.metadata.name}`, ...one.metadata } }),
  );
  const replicaSets = deployments.map(({ metadata: { name, uid }, spec: { template } }): ReplicaSet => {
    const metadata = { name: `${name}-1`, uid: `rs of ${name}`, ownerReferences: [ownedBy("Deployment", name, uid)] };
    return { apiVersion: "apps/v1", kind: "ReplicaSet", metadata, spec: { template } };
  });
  const own = deployments.flatMap(({ metadata: { name }, spec: { template, replicas = 1 } }) =>
    Array.from({ length: replicas }, (_, index) =>
      podOf(`${name}-1-${index}`, template.metadata?.labels ?? {}, ownedBy("ReplicaSet", `${name}-1`, `rs of ${name}`)),
    ),
  );
  const plain = plainService(sketch.selector);
  const service = as("Service", {
    ...plain,
    metadata: { ...plain.metadata, managedFields: sketch.managedFields ?? [] } as never,
  });
  const around = {
    deployments,
    services: [service, ...(sketch.services ?? []).map((one) => as("Service", one))],
    budgets: (sketch.budgets ?? []).map((one) => as("PodDisruptionBudget", one)),
  };
  const { autoscalers = [], pods = [] } = sketch;
  return adoptionFrom(
    { service, pods: [...own, ...pods], replicaSets, autoscalers },
    around,
    settingOf({ colorLabel }),
  );
}

function ownedBy(kind: string, name: string, uid = name) {
  return { apiVersion: "apps/v1", kind, name, uid, controller: true };
}

function podOf(name: string, labels: Labels, owner?: ReturnType<typeof ownedBy>): Pod {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, uid: name, labels, ...(owner === undefined ? {} : { ownerReferences: [owner] }) },
    spec: { containers: [] },
    status: { phase: "Running", conditions: [{ type: "Ready", status: "True" }] },
  };
}

const budget = (selector: object): Resource =>
  ({ apiVersion: "policy/v1", kind: "PodDisruptionBudget", metadata: { name: "few" }, spec: { selector } }) as Resource;

const scaling = (name: string): Autoscaler => ({
  apiVersion: "autoscaling/v2",
  kind: "HorizontalPodAutoscaler",
  metadata: { name: "more" },
  spec: { maxReplicas: 10, scaleTargetRef: { kind: "Deployment", name } },
});

const app = { app: "shop" };
const none = { app: "shop", color: "None" };
const kept = [{ manager: "argocd-controller", fieldsV1: { "f:spec": { "f:selector": {} } } }];
const rolled = (rollingUpdate: object) => [plainDeployment({ spec: { strategy: { rollingUpdate } } })];
const annotated = (one: Resource): Resource => ({
  ...one,
  metadata: { ...one.metadata, annotations: { [annotation.colors]: "both" } },
});
const metrics = plainService(app, "metrics");

suite("Behind a Service without a color, this is nothing to worry about:", () => {
  const table: readonly [sentence: string, sketch: Sketch][] = [
    ["one Deployment", {}],
    [
      "a Deployment without pods",
      { deployments: [plainDeployment({}), plainDeployment({ name: "old", replicas: 0 })] },
    ],
    ["a pod that has ended", { pods: [{ ...podOf("migration", app), status: { phase: "Succeeded" } }] }],
    ["a pod that it does not select", { pods: [podOf("db", { app: "db" })] }],
    ["a Service of a color", { services: [plainService({ ...app, color: "green" }, "preview")] }],
    ["a Service that is meant for both colors", { services: [annotated(metrics)] }],
    ["a Service of other pods", { services: [plainService({ app: "db" }, "db")] }],
    ["a Service without a selector", { services: [plainService({}, "outside")] }],
    ["a budget of one color", { budgets: [budget({ matchLabels: { ...app, color: "blue" } })] }],
    [
      "a budget of other pods",
      { budgets: [budget({ matchExpressions: [{ key: "app", operator: "NotIn", values: ["shop"] }] })] },
    ],
    ["an autoscaler of another Deployment", { autoscalers: [scaling("db")] }],
    ["a rolling update that may take one of three", { deployments: rolled({ maxUnavailable: 1 }) }],
  ];
  for (const [sentence, sketch] of table) {
    test(sentence, () => {
      const { adoption, adopted, deployment } = found(sketch);
      assert.deepEqual(adoption, { color: "blue", missing: "color", refusal: undefined });
      assert.deepEqual(adopted, { deployment: "shop", color: "blue", value: "blue" });
      assert.equal(deployment?.metadata.name, "shop");
    });
  }

  test("an autoscaler of a Deployment whose own selector tells it from a preview", () => {
    const deployments = [plainDeployment({ labels: none })];
    const { adoption, adopted } = found({ deployments, selector: none, autoscalers: [scaling("shop")] });
    assert.deepEqual(adoption, { color: "blue", missing: "mark", refusal: undefined });
    assert.deepEqual(adopted, { deployment: "shop", color: "blue", value: "None" });
  });

  test("Deployments by color: nothing of them has to be written, or remembered", () => {
    const labels = { ...app, color: "green" };
    const { adoption, adopted } = found({ deployments: [plainDeployment({ name: "shop-green", labels })] });
    assert.deepEqual([adoption.color, adoption.missing, adopted], ["green", "nothing", undefined]);
  });
});

suite("Behind a Service without a color, this stops it:", () => {
  const table: readonly [sentence: string, sketch: Sketch, reason: RegExp][] = [
    ["a second Deployment", { deployments: [plainDeployment({}), plainDeployment({ name: "next" })] }, /shop, next$/],
    ["a pod of a StatefulSet", { pods: [podOf("db-0", app, ownedBy("StatefulSet", "db"))] }, /StatefulSet db/],
    [
      "a pod of a ReplicaSet without a Deployment",
      { pods: [podOf("a", app, ownedBy("ReplicaSet", "a"))] },
      /ReplicaSet a/,
    ],
    ["a pod that nobody keeps", { pods: [podOf("hand", app)] }, /Pod hand/],
    ["another Service of the same pods", { services: [metrics] }, /^Service metrics/],
    ["a budget of the same pods", { budgets: [budget({ matchLabels: app })] }, /^PodDisruptionBudget few/],
    ["a budget of all pods", { budgets: [budget({})] }, /^PodDisruptionBudget few/],
    [
      "a budget by an expression",
      {
        budgets: [
          budget({
            matchExpressions: [
              { key: "app", operator: "Exists" },
              { key: "db", operator: "DoesNotExist" },
            ],
          }),
        ],
      },
      /^PodDisruptionBudget few/,
    ],
    ["an autoscaler of the Deployment", { autoscalers: [scaling("shop")] }, /^HorizontalPodAutoscaler more/],
    [
      "GitOps that keeps the selector",
      { managedFields: kept },
      /^Service shop is kept by Argo CD: argocd-controller owns spec.selector, and/,
    ],
    ["a rolling update that may take all", { deployments: rolled({ maxUnavailable: "100%" }) }, /may lose 3 of its 3/],
    [
      "a rollout that adds none",
      { deployments: [plainDeployment({ replicas: 1, spec: { strategy: { rollingUpdate: { maxSurge: 0 } } } })] },
      /lose 1 of its 1/,
    ],
    ["a paused Deployment", { deployments: [plainDeployment({ spec: { paused: true } })] }, /is paused/],
    ["strategy Recreate", { deployments: [plainDeployment({ spec: { strategy: { type: "Recreate" } } })] }, /Recreate/],
  ];
  for (const [sentence, sketch, reason] of table) {
    test(sentence, () => assert.match(found(sketch).adoption.refusal?.reason ?? "it does not", reason));
  }
});
