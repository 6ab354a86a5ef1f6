import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { factsOf } from "./facts.ts";
import type { Container, EventRecord, Pod } from "./kinds.ts";
import type { Snapshot } from "./snapshot.ts";
import { podOf, settingOf, snapshotOf } from "./snapshots.test-kit.ts";

const of = (snapshot: Snapshot, events: readonly EventRecord[] = []) =>
  factsOf(snapshot, settingOf(), { color: "green", events, target: 2 });

/** Facts of one pod of green, changed by `own`. */
function podFacts(own: Partial<Pod>, events: readonly EventRecord[] = []) {
  const [facts] = of(snapshotOf({ pods: [{ ...podOf("green", "g1"), ...own }] }), events).pods;
  assert.ok(facts);
  return facts;
}

suite("The facts of a slot", () => {
  test("are of the expected ReplicaSet's pods alone", () => {
    const old = podOf("green", "old", { owner: "rs-old" });
    const facts = of(snapshotOf({ more: [old] }));
    assert.deepEqual(
      facts.pods.map(({ name }) => name),
      ["g1", "g2"],
    );
    assert.deepEqual([facts.deployment, facts.generationObserved, facts.needed], ["shop-green", true, 2]);
  });

  test("hold no condition of the revision before, while the controller has not begun", () => {
    const snapshot = snapshotOf();
    const { green } = snapshot.deployments;
    assert.ok(green);
    const conditions = [{ type: "Progressing", status: "False", reason: "ProgressDeadlineExceeded", message: "old" }];
    const deployments = { ...snapshot.deployments, green: { ...green, status: { conditions } } };
    assert.equal(of({ ...snapshot, deployments }).conditions.length, 1);
    const notBegun = of({ ...snapshot, deployments, replicaSets: [] });
    assert.deepEqual([notBegun.generationObserved, notBegun.conditions, notBegun.pods], [false, [], []]);
  });

  test("hold the conditions of its ReplicaSet, where quota and admission speak", () => {
    const snapshot = snapshotOf();
    const failure = { type: "ReplicaFailure", status: "True", reason: "FailedCreate", message: "exceeded quota" };
    const replicaSets = snapshot.replicaSets.map((one) => ({ ...one, status: { conditions: [failure] } }));
    assert.deepEqual(of({ ...snapshot, replicaSets }).conditions, [failure]);
  });
});

suite("The facts of a pod", () => {
  test("say why it is not scheduled", () => {
    const scheduled = { type: "PodScheduled", status: "False", reason: "Unschedulable", message: "0/3 nodes" };
    const facts = podFacts({ status: { phase: "Pending", conditions: [scheduled] } });
    assert.deepEqual(facts.unscheduled, { reason: "Unschedulable", message: "0/3 nodes" });
    assert.equal(facts.ready, false);
  });

  test("say what its container waits for, and how it ended last", () => {
    const state = { waiting: { reason: "CrashLoopBackOff", message: "back-off" } };
    const lastState = { terminated: { reason: "Error", exitCode: 3, message: "no config" } };
    const status = { name: "app", image: "shop:1", ready: false, restartCount: 4, state, lastState };
    const [container] = podFacts({ status: { phase: "Running", containerStatuses: [status] } }).containers;
    assert.deepEqual(container?.waiting, state.waiting);
    assert.deepEqual(container?.terminated, lastState.terminated);
    assert.equal(container?.restarts, 4);
  });

  test("count its init containers too", () => {
    const init = { name: "migrate", image: "shop:1" };
    const { containers } = podFacts({
      spec: { initContainers: [init], containers: [{ name: "app", image: "shop:1" }] },
    });
    assert.deepEqual(
      containers.map(({ name }) => name),
      ["migrate", "app"],
    );
  });

  const event = (uid: string, own: Partial<EventRecord> = {}): EventRecord => ({
    apiVersion: "v1",
    kind: "Event",
    metadata: { name: "e", creationTimestamp: "2030-01-01T00:00:01Z" },
    involvedObject: { kind: "Pod", uid },
    reason: "Failed",
    message: "no such image",
    type: "Warning",
    ...own,
  });

  test("hold its own events, and none of a pod that had its name before", () => {
    const { events } = podFacts({}, [event("g1"), event("before")]);
    assert.equal(events.length, 1);
    assert.deepEqual(events[0], {
      reason: "Failed",
      message: "no such image",
      type: "Warning",
      count: 1,
      lastSeen: Date.UTC(2030, 0, 1, 0, 0, 1),
    });
  });

  const probes: readonly [words: string, probe: object, budget: number][] = [
    ["GET :8080/ready every 5 s", { httpGet: { path: "/ready", port: 8080 }, periodSeconds: 5 }, 15_000],
    ["GET :http/ every 10 s", { httpGet: { port: "http" }, failureThreshold: 6 }, 60_000],
    ["command cat /ready every 10 s", { exec: { command: ["cat", "/ready"] }, initialDelaySeconds: 7 }, 37_000],
    ["TCP connection to port 5432 every 10 s", { tcpSocket: { port: 5432 } }, 30_000],
    ["gRPC health check on port 9000 every 10 s", { grpc: { port: 9000 } }, 30_000],
  ];
  for (const [words, readinessProbe, budget] of probes) {
    test(`say its probe in words: ${words}`, () => {
      const container = { name: "app", image: "shop:1", readinessProbe } as Container;
      const [facts] = podFacts({ spec: { containers: [container] } }).containers;
      assert.deepEqual([facts?.readinessProbe, facts?.readinessBudget], [words, budget]);
    });
  }
});
