import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type ActionRunResult, runAction } from "@cutover/workflow";
import { bundledStub } from "../bundled-stub.ts";
import { publish } from "./images.ts";
import { kubeconfig, kubectl } from "./kubectl.ts";

const namespace = `around-${Date.now().toString(36)}`;
const inNamespace = (...args: string[]): string => kubectl(["--namespace", namespace, ...args]);
let workspace: string;
let images: readonly string[];

before(async () => {
  images = [await publish("v1"), await publish("v2"), await publish("v3")];
  kubectl(["create", "namespace", namespace]);
  workspace = await mkdtemp(join(tmpdir(), "cutover-around-"));
  await writeFile(join(workspace, "shop.json"), manifests());
});

after(async () => {
  kubectl(["delete", "namespace", namespace, "--wait=false"]);
  await rm(workspace, { recursive: true, force: true });
});

test("the API server holds an autoscaler's floor, and lets go of what a deleted slot alone has read", async () => {
  const [v1 = "", v2 = "", v3 = ""] = images;
  succeeded(await release(v1));
  inNamespace("scale", "deployment/shop-blue", "--replicas=3");
  succeeded(await release(v2));
  assert.equal(inNamespace("get", "deployment/shop-green", "--output=jsonpath={.spec.replicas}"), "3");
  assert.deepEqual([floorOf("green"), floorOf("blue")], ["1 ", '3 {"own":1,"raised":3}']);
  assert.equal(namesOf("service,configmap,hpa,pdb").length, 8);

  succeeded(await release(v3, { previous: "delete" }));
  assert.equal(floorOf("blue"), "1 ");
  assert.deepEqual(namesOf("service,configmap,hpa,pdb"), ["preview-blue", "shop-blue", "shop-blue", "shop-blue"]);
  assert.deepEqual(namesOf("secret"), ["shop-blue", "shop-green"], "a rollback needs their values");

  const back = await run("rollback", {});
  assert.equal(back.outputs.outcome, "succeeded", back.log);
  assert.equal(back.outputs.color, "green");
  assert.equal(namesOf("service,configmap,hpa,pdb").length, 8);
});

const release = (image: string, more: Readonly<Record<string, string>> = {}): Promise<ActionRunResult> =>
  run("blue-green-deploy", { manifests: "shop.json", images: `app=${image}`, ...more });

async function run(
  action: "blue-green-deploy" | "rollback",
  inputs: Readonly<Record<string, string>>,
): Promise<ActionRunResult> {
  const env = { KUBECONFIG: kubeconfig(), HOME: workspace, PATH: "/usr/bin:/bin" };
  const always = { service: "shop", namespace, drain: "0s", timeout: "3m" };
  return await runAction({ stub: await bundledStub(action), workspace, env, inputs: { ...always, ...inputs } });
}

function succeeded({ outputs, log }: ActionRunResult): void {
  assert.equal(outputs.outcome, "succeeded", log);
}

/** The floor of a color's autoscaler, and the note about what it was. */
function floorOf(color: string): string {
  const note = "{.metadata.annotations.cutover\\.dev/floor}";
  return inNamespace("get", `hpa/shop-${color}`, `--output=jsonpath={.spec.minReplicas} ${note}`);
}

/** Names that end in a color. */
function namesOf(kinds: string): readonly string[] {
  const names = inNamespace("get", kinds, "--output=jsonpath={.items[*].metadata.name}").split(" ");
  return names.filter((name) => /-(blue|green)$/.test(name)).sort();
}

function manifests(): string {
  const labels = { app: "shop" };
  const container = {
    ...{ name: "app", image: "acme/shop", ports: [{ containerPort: 8080 }] },
    readinessProbe: { httpGet: { path: "/ready", port: 8080 }, periodSeconds: 1 },
    envFrom: [{ configMapRef: { name: "shop" } }, { secretRef: { name: "shop" } }],
  };
  const template = { metadata: { labels }, spec: { containers: [container] } };
  const named = (apiVersion: string, kind: string, content: object) => ({
    ...{ apiVersion, kind, metadata: { name: "shop" } },
    ...content,
  });
  const ports = [{ port: 80, targetPort: 8080 }];
  const scaleTargetRef = { apiVersion: "apps/v1", kind: "Deployment", name: "shop" };
  const items = [
    named("v1", "Service", { spec: { selector: labels, ports } }),
    named("v1", "Service", { metadata: { name: "preview" }, spec: { selector: labels, ports } }),
    named("v1", "ConfigMap", { data: { GREETING: "hello" } }),
    named("v1", "Secret", { stringData: { PASSWORD: "open sesame" } }),
    named("apps/v1", "Deployment", { spec: { replicas: 1, selector: { matchLabels: labels }, template } }),
    named("policy/v1", "PodDisruptionBudget", { spec: { maxUnavailable: 1, selector: { matchLabels: labels } } }),
    named("autoscaling/v2", "HorizontalPodAutoscaler", { spec: { minReplicas: 1, maxReplicas: 5, scaleTargetRef } }),
  ];
  return JSON.stringify({ apiVersion: "v1", kind: "List", items });
}
