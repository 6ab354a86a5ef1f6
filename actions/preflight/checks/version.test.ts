import assert from "node:assert/strict";
import { test } from "node:test";
import { answer } from "@cutover/sandbox";
import { checked, shopAnd, told } from "../checked.test-kit.ts";

const node = (name: string, kubeletVersion: string) => ({
  apiVersion: "v1",
  kind: "Node",
  metadata: { name },
  status: { conditions: [{ type: "Ready", status: "True" }], nodeInfo: { kubeletVersion } },
});

/** What is said where these versions are meant, and the nodes have those. */
const found = async (versions: string, ...kubelets: readonly string[]) => {
  const options = shopAnd(...kubelets.map((version, index) => node(`node-${index}`, version)));
  return told(await checked("version", { options, inputs: { "kubernetes-versions": versions } }));
};

test("a version that is meant passes, with its nodes'", async () => {
  assert.match(await found("1.30-"), /^pass: Kubernetes v1\.34\./);
  assert.match(await found("1.34", "v1.34.1"), /^pass: Kubernetes v1\.34\.\S+?, as are all its nodes$/);
  assert.match(await found("1.30-1.40", "v1.34.1", "v1.32.0-gke.1"), /^pass: .*, whose oldest node has 1\.32$/);
});

test("one that is older or newer than meant fails", async () => {
  assert.match(await found("1.35-"), /^fail: Kubernetes v1\.34\.\S+?, and 1\.35 is the oldest that is meant$/);
  assert.match(await found("1.30-1.33"), /^fail: Kubernetes v1\.34\.\S+?, and 1\.33 is the newest that is meant$/);
});

test("nodes that are newer than the server, or far behind, are worth a word", async () => {
  assert.equal(
    await found("1.30-", "v1.35.0", "v1.30.9", "v1.31.0"),
    "warn: Node node-0 has 1.35 and the API server 1.34: no kubelet may be newer\n" +
      "Node node-1 has 1.30 and the API server 1.34: more than 3 behind",
  );
});

test("a server that does not answer is an error", async () => {
  const result = await checked("version", {
    before: ({ sandbox }) => sandbox.fault({ when: { path: "/version" }, what: answer(500), times: Infinity }),
  });
  assert.match(told(result), /^error: Cannot get \/version/);
});
