import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { publish } from "./images.ts";
import { kubectl, startKubectl } from "./kubectl.ts";
import { startLoad } from "./load.ts";
import { describeLoad, wrongAnswers } from "./load-report.ts";
import { apply, shopManifests } from "./shop.ts";

const namespace = "cluster-test";
const nodePort = 30080;
const inShop = (...args: string[]): string => kubectl(["--namespace", namespace, ...args]);

before(async () => {
  apply(shopManifests({ namespace, image: await publish("v1"), replicas: 3, nodePort }));
  inShop("rollout", "status", "deployment/shop", "--timeout=60s");
  await untilAnswered();
});

after(() => {
  kubectl(["delete", "namespace", namespace, "--timeout=60s"]);
});

test("the fixture answers on a NodePort of 127.0.0.1 with its version and its pod", async () => {
  const response = await fetch(`http://127.0.0.1:${nodePort}/version`);
  const body = z.object({ version: z.string(), pod: z.string() }).parse(await response.json());
  assert.equal(response.headers.get("x-version"), "v1");
  assert.ok(pods().includes(body.pod), `${body.pod} is one of ${pods()}`);
  assert.deepEqual(body, { version: "v1", pod: body.pod });
});

test("ten seconds of load lose nothing", async (t) => {
  const load = await startLoad({ port: nodePort });
  await sleep(10_000);
  const report = await load.stop();
  t.diagnostic(describeLoad(report).join("\n"));
  assert.deepEqual(report.lost, []);
  assert.deepEqual(wrongAnswers(report, [{ from: "start", new: ["v1"], kept: ["v1"] }]), []);
});

test("kubectl rolls to the next version under load, and the fixture loses nothing while it ends", async (t) => {
  const load = await startLoad({ port: nodePort });
  await sleep(1_000);
  load.mark("rollout");
  inShop("set", "image", "deployment/shop", `app=${await publish("v2")}`);
  inShop("rollout", "status", "deployment/shop", "--timeout=60s");
  // The last v1 pods still end: they say goodbye to their kept connections.
  await sleep(5_000);
  load.mark("rolled out");
  await sleep(1_000);
  const report = await load.stop();
  t.diagnostic(describeLoad(report).join("\n"));
  const both = ["v1", "v2"];
  assert.deepEqual(report.lost, []);
  const periods = [
    { from: "start", new: ["v1"], kept: ["v1"] },
    { from: "rollout", new: both, kept: both },
    { from: "rolled out", new: ["v2"], kept: ["v2"] },
  ];
  assert.deepEqual(wrongAnswers(report, periods), []);
});

test("logs, exec and port-forward reach a pod", async () => {
  const [pod = ""] = pods();
  assert.match(inShop("logs", pod), /fixture v2: .* listening on port 8080/);
  assert.equal(inShop("exec", pod, "--", "/app", "get", "/health"), '{"status":"UP"}\n');

  const forward = startKubectl(["--namespace", namespace, "port-forward", pod, "31080:8080"]);
  try {
    await once(forward.stdout ?? assert.fail(), "data");
    const response = await fetch("http://127.0.0.1:31080/health");
    assert.deepEqual(await response.json(), { status: "UP" });
  } finally {
    forward.kill();
    await once(forward, "exit");
  }
});

test("releases that misbehave do so as their name says", async () => {
  const image = await publish("v5-unready-after-switch");
  inShop("set", "image", "deployment/shop", `app=${image}`);
  inShop("rollout", "status", "deployment/shop", "--timeout=60s");
  // Looking at one pod through the API server is not traffic.
  const proxied = `/api/v1/namespaces/${namespace}/pods/${pods(image)[0]}:8080/proxy/`;
  assert.match(kubectl(["get", "--raw", proxied]), /"version":"v5-unready-after-switch"/);
  await sleep(2_500);
  assert.equal(readyReplicas(), 3);

  const load = await startLoad({ port: nodePort, keptAlive: 0, atMost: 1 });
  await sleep(5_000);
  await load.stop();
  assert.equal(readyReplicas(), 0);
});

/** Names of the pods that run, or of those that run one image: ending pods of an older one are still running. */
function pods(image?: string): string[] {
  const which = image ? `?(@.spec.containers[0].image=="${image}")` : "*";
  const output = `--output=jsonpath={.items[${which}].metadata.name}`;
  return inShop("get", "pods", "--field-selector=status.phase=Running", output).split(" ");
}

function readyReplicas(): number {
  return Number(inShop("get", "deployment/shop", "--output=jsonpath={.status.readyReplicas}") || 0);
}

/** kube-proxy follows the endpoints within a second, and says nothing when it has. */
async function untilAnswered(): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const answered = await fetch(`http://127.0.0.1:${nodePort}/`).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return;
    await sleep(100);
  }
  assert.fail(`127.0.0.1:${nodePort} never answered.`);
}
