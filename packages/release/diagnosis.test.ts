import assert from "node:assert/strict";
import { test } from "node:test";
import { diagnose, logSource } from "./diagnosis.ts";
import type { ContainerFacts, PodFacts, RolloutFacts } from "./pods.ts";
import { beginWaiting, remember } from "./readiness.ts";

const image = "registry.example/shop@sha256:9f2c";

function rollout(container: Partial<ContainerFacts>, pod: Partial<PodFacts> = {}): RolloutFacts {
  const pods = ["a", "b", "c"].map((id) => ({
    name: `shop-green-${id}`,
    uid: id,
    phase: "Pending",
    ready: false,
    terminating: false,
    node: "n1",
    containers: [{ name: "app", image, ready: false, restarts: 0, ...container }],
    events: [],
    ...pod,
  }));
  return { deployment: "shop-green", generationObserved: true, replicas: 3, needed: 3, conditions: [], pods };
}

function seen(facts: RolloutFacts, now = 4_000) {
  return remember(beginWaiting(0), facts, now);
}

test("says which pods cannot pull what, since when, and what to do", () => {
  const message = `rpc error: code = NotFound desc = failed to resolve reference "${image}": ${image}: manifest unknown`;
  const facts = rollout({ waiting: { reason: "ErrImagePull", message } });
  assert.deepEqual(diagnose(facts, seen(facts)), {
    title: `Deployment shop-green never became ready: 3 of 3 pods cannot pull ${image}: the registry does not have it`,
    cause: `3 of 3 pods cannot pull ${image}: the registry does not have it`,
    lines: ["pod shop-green-a, container app: ErrImagePull, manifest unknown (first seen 4 s after the wait began)"],
    hint: "Was it built and pushed, to this registry and under this name? build-push's output `image` names the digest that was pushed; pass that, not a tag.",
    anchor: "image-not-found",
    log: [],
  });
  assert.equal(logSource(facts, seen(facts)), undefined);
});

test("shows the last 25 lines of the run that crashed", () => {
  const facts = rollout({
    restarts: 3,
    waiting: { reason: "CrashLoopBackOff", message: "back-off 40s restarting failed container=app" },
    terminated: { reason: "Error", exitCode: 3, message: "" },
  });
  const log = Array.from({ length: 40 }, (_, line) => `line ${line}`).join("\n");
  assert.deepEqual(logSource(facts, seen(facts)), { pod: "shop-green-a", container: "app", previous: true });
  const diagnosis = diagnose(facts, seen(facts), `${log}\n`);
  assert.equal(
    diagnosis.title,
    "Deployment shop-green never became ready: 3 of 3 pods crashed in container app with exit code 3",
  );
  assert.equal(diagnosis.log.length, 25);
  assert.equal(diagnosis.log.at(-1), "line 39");
});

test("reads the wrong processor out of the log", () => {
  const facts = rollout({
    restarts: 3,
    waiting: { reason: "CrashLoopBackOff", message: "" },
    terminated: { reason: "Error", exitCode: 255, message: "" },
  });
  assert.equal(diagnose(facts, seen(facts), "exec /server: exec format error\n").anchor, "image-platform");
});

test("names the probe that never answered, and what it said", () => {
  const message = "Readiness probe failed: HTTP probe failed with statuscode: 503";
  const facts = rollout(
    { readinessProbe: "GET :8080/ready every 1 s" },
    { phase: "Running", events: [{ reason: "Unhealthy", message, type: "Warning", count: 9, lastSeen: 1 }] },
  );
  const diagnosis = diagnose(facts, seen(facts), "still loading\n");
  assert.match(
    diagnosis.title,
    /3 of 3 pods did not pass the readiness probe of container app, GET :8080\/ready every 1 s$/,
  );
  assert.match(diagnosis.lines[0] ?? "", /Unhealthy, Readiness probe failed: HTTP probe failed with statuscode: 503/);
  assert.deepEqual(diagnosis.log, ["still loading"]);
  assert.deepEqual(logSource(facts, seen(facts)), { pod: "shop-green-a", container: "app", previous: false });
});

test("tells of pods that were never made", () => {
  const message =
    'pods "shop-green-x" is forbidden: exceeded quota: small, requested: pods=1, used: pods=3, limited: pods=3';
  const conditions = [{ type: "ReplicaFailure", status: "True", reason: "FailedCreate", message }];
  const facts = { ...rollout({}), pods: [], conditions };
  const diagnosis = diagnose(facts, seen(facts));
  assert.equal(
    diagnosis.title,
    "Deployment shop-green never became ready: the namespace's quota has no room for the pods",
  );
  assert.match(diagnosis.lines[0] ?? "", /^Deployment: FailedCreate, pods "shop-green-x" is forbidden: exceeded quota/);
});

test("has a word even where nothing is wrong", () => {
  const facts = { ...rollout({}), pods: [], generationObserved: false };
  assert.match(diagnose(facts, seen(facts)).title, /controller has not taken notice/);
});

test("puts what others wrote on one line", () => {
  const facts = rollout({ waiting: { reason: "CreateContainerError", message: "a\n::error::b\u001b[31m" } });
  assert.match(diagnose(facts, seen(facts)).lines[0] ?? "", /CreateContainerError, a ::error::b \[31m/);
});
