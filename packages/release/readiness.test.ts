import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  after,
  allContainers,
  container,
  crashed,
  image,
  pod,
  readyPod,
  refused,
  rollout,
  waitingFor,
} from "./pod-samples.ts";
import { beginWaiting, judgeReadiness, remember } from "./readiness.ts";

const pull = (why: string) =>
  `rpc error: code = Unknown desc = failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${why}`;
const notFound = `rpc error: code = NotFound desc = failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`;
const quota =
  'pods "shop-green-7d4b9-x2x1k" is forbidden: exceeded quota: small, requested: pods=1, used: pods=3, limited: pods=3';

test("enough ready pods are ready, whatever conditions and the others say", () => {
  const others = [waitingFor("ErrImagePull", notFound), waitingFor("InvalidImageName")];
  const facts = rollout([readyPod(), readyPod(), ...others.map((one) => pod({ containers: [one] }))], {
    needed: 2,
    conditions: [{ type: "Progressing", status: "False", reason: "ProgressDeadlineExceeded", message: "" }],
  });
  assert.equal(after(600, facts).state, "ready");
});

test("nothing is concluded before the controller has seen the change", () => {
  assert.equal(after(0, rollout([readyPod()], { generationObserved: false })).state, "waiting");
  assert.equal(after(0, { ...refused(quota), generationObserved: false }).state, "waiting");
});

test("terminating and evicted pods count neither for nor against", () => {
  const going = pod({ ready: true, terminating: true });
  const evicted = pod({ phase: "Failed", containers: [waitingFor("InvalidImageName")] });
  const readiness = after(600, rollout([going, evicted], { replicas: 1, needed: 1 }));
  assert.equal(readiness.state, "waiting");
  assert.equal(readiness.summary, "0 of 1 pods ready");
});

test("a crash loop in all pods but one goes on waiting", () => {
  const loop = () => pod({ containers: [waitingFor("CrashLoopBackOff", "", { restarts: 9, terminated: crashed })] });
  assert.equal(after(600, rollout([loop(), loop(), readyPod()])).state, "waiting");
  assert.equal(after(600, rollout([loop(), loop(), loop()])).state, "doomed");
});

test("one pod whose image does not exist is enough", () => {
  const facts = rollout([pod({ containers: [waitingFor("ErrImagePull", notFound)] }), readyPod(), readyPod()]);
  assert.equal(after(0, facts).state, "doomed");
  assert.match(
    after(0, facts).summary,
    /^2 of 3 pods ready; 1 pod cannot pull localhost:5000\/shop:v9: the registry does not have it$/,
  );
});

test("remembers why an image cannot be pulled while the back-off says nothing", () => {
  const uid = "pod-1";
  const refusedPull = rollout([
    pod({ uid, containers: [waitingFor("ErrImagePull", pull("pull access denied: 403 Forbidden"))] }),
  ]);
  const silent = rollout([
    pod({ uid, containers: [waitingFor("ImagePullBackOff", `Back-off pulling image "${image}"`)] }),
  ]);
  let memory = remember(beginWaiting(0), refusedPull, 0);
  for (let now = 2_000; now <= 60_000; now += 2_000) memory = remember(memory, silent, now);
  assert.equal(judgeReadiness(silent, memory).state, "doomed");
  assert.equal(judgeReadiness(silent, memory).culprit?.kind, "image-forbidden");
});

test("a symptom that went away begins anew", () => {
  const missing = rollout([
    pod({ uid: "pod-2", containers: [waitingFor("CreateContainerConfigError", 'secret "a" not found')] }),
  ]);
  const creating = rollout([pod({ uid: "pod-2", containers: [waitingFor("ContainerCreating")] })]);
  let memory = remember(beginWaiting(0), missing, 0);
  memory = remember(memory, creating, 15_000);
  memory = remember(memory, missing, 30_000);
  assert.equal(judgeReadiness(missing, memory).state, "waiting");
});

test("a failing readiness probe is told once its own budget has passed", () => {
  const slow = container({ readinessProbe: "GET :8080/ready every 5 s", readinessBudget: 50_000 });
  const facts = rollout([pod({ phase: "Running", containers: [slow] })]);
  assert.equal(after(48, facts).summary, "0 of 1 pods ready");
  assert.match(
    after(50, facts).summary,
    /1 pod did not pass the readiness probe of container app, GET :8080\/ready every 5 s/,
  );
});

test("an image's own name is no reason", () => {
  const odd = "registry.example/429/timeout-not-found:denied";
  const message = `failed to resolve reference "${odd}": ${odd}: not found`;
  const facts = rollout([pod({ containers: [waitingFor("ErrImagePull", message, { image: odd })] })]);
  assert.equal(after(0, facts).culprit?.kind, "image-not-found");
});

const anyReason = fc.constantFrom(
  "ErrImagePull",
  "ImagePullBackOff",
  "CrashLoopBackOff",
  "CreateContainerConfigError",
  "ContainerCreating",
  "RunContainerError",
  "Strange",
);
const anyMessage = fc.constantFrom(
  "",
  notFound,
  "429 Too Many Requests",
  "401 Unauthorized",
  "failed to sync secret cache",
  'secret "x" not found',
);
const anyPod = fc
  .record({
    reason: anyReason,
    message: anyMessage,
    restarts: fc.nat(6),
    ready: fc.boolean(),
    phase: fc.constantFrom("Pending", "Running", "Failed"),
    terminating: fc.boolean(),
  })
  .map(({ reason, message, restarts, ready, phase, terminating }) => {
    return pod({
      ready,
      phase,
      terminating,
      containers: [ready ? container({ ready: true }) : waitingFor(reason, message, { restarts, terminated: crashed })],
    });
  });
const anyRollout = fc.array(anyPod, { maxLength: 5 }).map((own) => rollout(own, { replicas: 3, needed: 3 }));

test("property: enough living ready pods are never condemned, too few are never ready", () => {
  fc.assert(
    fc.property(anyRollout, fc.nat(600), (facts, seconds) => {
      const ready = facts.pods.filter((one) => one.ready && !one.terminating && one.phase !== "Failed").length;
      assert.equal(after(seconds, facts).state === "ready", ready >= 3);
    }),
  );
});

test("property: while the same facts last, a verdict of doom stays, and always has a culprit", () => {
  fc.assert(
    fc.property(anyRollout, fc.nat(300), fc.nat(300), (facts, early, more) => {
      const first = after(early, facts);
      if (first.state !== "doomed") return;
      assert.ok(first.culprit);
      assert.equal(after(early + more, facts).state, "doomed");
    }),
  );
});

test("property: transient trouble alone never condemns", () => {
  const transient = fc.constantFrom(
    "429 Too Many Requests",
    "503 Service Unavailable",
    "i/o timeout",
    "TLS handshake timeout",
    "unexpected EOF",
  );
  fc.assert(
    fc.property(transient, fc.nat(3_600), (message, seconds) => {
      assert.equal(
        after(
          seconds,
          allContainers(() => waitingFor("ErrImagePull", pull(message))),
        ).state,
        "waiting",
      );
    }),
    { numRuns: 30 },
  );
});
