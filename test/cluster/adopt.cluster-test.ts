import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type ActionRunResult, runAction } from "@cutover/workflow";
import { bundledStub } from "../bundled-stub.ts";
import { publish, type Release } from "./images.ts";
import { kubeconfig, kubectl } from "./kubectl.ts";
import { startLoad } from "./load.ts";
import { describeLoad } from "./load-report.ts";
import { apply, shopManifests } from "./shop.ts";

const namespace = "adopt-test";
const theirLabel = "k8s.deploy.color";
const ports = { shop: 30082, cart: 30083 } as const;
type Name = keyof typeof ports;

const inNamespace = (...args: string[]): string => kubectl(["--namespace", namespace, ...args]);

before(async () => {
  const image = await publish("v1");
  const plain = shopManifests({ namespace, image, replicas: 3, nodePort: ports.shop });
  const [, ...cart] = shopManifests({ namespace, image, replicas: 3, nodePort: ports.cart });
  // As Azure/k8s-deploy leaves it after a promote: its color in every label and selector.
  const text = JSON.stringify(cart).replaceAll('"app":"shop"', `"app":"cart","${theirLabel}":"None"`);
  apply([...plain, ...JSON.parse(text.replaceAll('"name":"shop"', '"name":"cart"'))]);
  for (const name of ["shop", "cart"]) inNamespace("rollout", "status", `deployment/${name}`, "--timeout=60s");
  await bundledStub("rollback");
});

after(() => {
  kubectl(["delete", "namespace", namespace, "--timeout=60s"]);
});

test("a plain Deployment is adopted, released, gone back to and replaced, and no request is lost", async (t) => {
  const load = await startLoad({ port: ports.shop, newPerSecond: 50, keptAlive: 10, keptEvery: 100 });
  await sleep(500);
  await succeeds(release("shop", "v2", { adopt: "true" }));
  assert.deepEqual(selector("shop"), { app: "shop", color: "green" });
  const green = pods("color=green");
  // Its own selector matches green's pods too, and still it leaves them alone, whatever it does with its own.
  inNamespace("rollout", "restart", "deployment/shop");
  inNamespace("scale", "deployment/shop", "--replicas=2");
  inNamespace("rollout", "status", "deployment/shop", "--timeout=30s");
  assert.equal(inNamespace("get", "deployment/shop", "-o", "jsonpath={.status.replicas}"), "2");
  assert.deepEqual(pods("color=green"), green);
  await succeeds(rollback("shop"));
  assert.deepEqual(selector("shop"), { app: "shop", color: "blue" });
  await succeeds(release("shop", "v2"));
  await succeeds(release("shop", "v3", { previous: "scale-down" }));
  assert.deepEqual(
    inNamespace("get", "deployments", "-o", "name")
      .split("\n")
      .filter((line) => /shop/.test(line)),
    ["deployment.apps/shop-blue", "deployment.apps/shop-green"],
  );
  await sleep(500);
  const report = await load.stop();
  t.diagnostic(describeLoad(report).join("\n"));
  assert.deepEqual([report.lost, report.refused], [[], []]);
  assert.ok(report.answered > 1_000, `${report.answered} answers`);
});

test("what Azure/k8s-deploy left is adopted without a restart, released and gone back to, and no request is lost", async (t) => {
  const load = await startLoad({ port: ports.cart, newPerSecond: 50, keptAlive: 10, keptEvery: 100 });
  await sleep(500);
  const before = pods("app=cart");
  await succeeds(release("cart", "v2", { adopt: "true", "color-label": theirLabel }));
  assert.deepEqual(pods(`${theirLabel}=None`), before);
  await succeeds(rollback("cart", { "color-label": theirLabel }));
  assert.deepEqual(selector("cart"), { app: "cart", [theirLabel]: "None" });
  assert.deepEqual(pods(`${theirLabel}=None`), before);
  await sleep(500);
  const report = await load.stop();
  t.diagnostic(describeLoad(report).join("\n"));
  assert.deepEqual([report.lost, report.refused], [[], []]);
  assert.ok(report.answered > 200, `${report.answered} answers`);
});

async function release(service: Name, version: Release, inputs: Record<string, string> = {}): Promise<ActionRunResult> {
  const images = `app=${await publish(version)}`;
  return await act("blue-green-deploy", { service, images, soak: "0s", ...inputs });
}

async function rollback(service: Name, inputs: Record<string, string> = {}): Promise<ActionRunResult> {
  return await act("rollback", { service, ...inputs });
}

async function act(action: string, inputs: Record<string, string>): Promise<ActionRunResult> {
  const env = { KUBECONFIG: kubeconfig() };
  return await runAction({ stub: await bundledStub(action), inputs: { namespace, drain: "2s", ...inputs }, env });
}

async function succeeds(running: Promise<ActionRunResult>): Promise<void> {
  const run = await running;
  assert.equal(run.outputs.outcome, "succeeded", run.log);
}

function selector(service: Name): unknown {
  return JSON.parse(inNamespace("get", "service", service, "-o", "jsonpath={.spec.selector}"));
}

/** Uids of the pods that carry these labels and are not about to end. */
function pods(labels: string): readonly string[] {
  const { items } = JSON.parse(inNamespace("get", "pods", "-l", labels, "-o", "json")) as {
    items: { metadata: { uid: string; deletionTimestamp?: string } }[];
  };
  return items.flatMap(({ metadata }) => (metadata.deletionTimestamp === undefined ? [metadata.uid] : [])).toSorted();
}
