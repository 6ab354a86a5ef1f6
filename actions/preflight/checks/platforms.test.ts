import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openRegistry, type SmallRegistry } from "../../../test/doubles/registry.ts";
import { checked, releasing, shopAnd, told } from "../checked.test-kit.ts";

let registry: SmallRegistry;
before(async () => {
  registry = await openRegistry();
  registry.push({ name: "shop", tag: "amd64" });
  registry.push({ name: "shop", tag: "both", platforms: ["linux/amd64", "linux/arm64"] });
});
after(() => registry[Symbol.asyncDispose]());

const node = (name: string, architecture: string, taints: readonly object[] = []) => ({
  apiVersion: "v1",
  kind: "Node",
  metadata: { name, labels: { "kubernetes.io/os": "linux", "kubernetes.io/arch": architecture } },
  spec: { taints },
  status: { conditions: [{ type: "Ready", status: "True" }] },
});
const [amd64, arm64] = [node("one", "amd64"), node("other", "arm64")];

/** What is said of `shop:tag` on these nodes, and which `platforms` are put out. */
const found = async (tag: string, nodes: readonly object[], pod: Readonly<Record<string, unknown>> = {}) => {
  const scene = releasing({ container: { image: `${registry.host}/shop:${tag}` }, pod });
  return told(await checked("platforms", { ...scene, options: shopAnd(...nodes) })).replaceAll(registry.host, "HOST");
};

test("an image that is built for every node passes", async () => {
  assert.equal(await found("both", [amd64, arm64]), "pass: HOST/shop:both is built for linux/amd64, linux/arm64");
  assert.equal(await found("amd64", [amd64]), "pass: HOST/shop:amd64 is built for linux/amd64");
});

test("an image that is not built for a node which may take its pods fails", async () => {
  const said =
    "HOST/shop:amd64 is built for linux/amd64, and nodes that may take the pods of shop-green are linux/arm64";
  assert.equal(await found("amd64", [amd64, arm64]), `fail: ${said}`);
});

test("nodes that the pods are kept from do not count", async () => {
  const passed = "pass: HOST/shop:amd64 is built for linux/amd64";
  assert.equal(await found("amd64", [amd64, arm64], { nodeSelector: { "kubernetes.io/arch": "amd64" } }), passed);
  assert.equal(await found("amd64", [amd64, node("other", "arm64", [{ key: "arm", effect: "NoSchedule" }])]), passed);
});

test("pods that no node takes, and images that cannot be read, are worth a word", async () => {
  assert.match(await found("amd64", [amd64], { nodeSelector: { gpu: "yes" } }), /^warn: None of the 1 nodes may take/);
  assert.match(
    await found("none", [amd64]),
    /^warn: What HOST\/shop:none is built for cannot be told: HOST has no image/,
  );
});

test("credentials of a namespace need not see the nodes", async () => {
  const rules = [{ verbs: ["*"], apiGroups: ["*"], resources: ["services", "pods"] }];
  const result = await checked("platforms", { before: ({ sandbox }) => sandbox.setRules(rules) });
  assert.equal(told(result), "skip: The credentials may not list nodes");
});
