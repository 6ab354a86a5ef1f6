import assert from "node:assert/strict";
import { test } from "node:test";
import { fromProtobuf } from "./protobuf.ts";

/** What kubectl 1.34 sent for `create deployment d --image=shop:1 --replicas=0 --port=80`. */
const deployment =
  "azhzAAoVCgdhcHBzL3YxEgpEZXBsb3ltZW50ErABChsKAWQSABoAIgAqADIAOABCAFoICgNhcHASAWQSggEIABIKCggKA2FwcBIBZBpqChoKABIAGg" +
  "AiACoAMgA4AEIAWggKA2FwcBIBZBJMEi4KBHNob3ASBnNob3A6MSoAMgoKABAAGFAiACoAQgBqAHIAgAEAiAEAkAEAogEAGgAyAEIASgBSAFgAYABo" +
  "AIIBAIoBAJoBAMIBACICCgAoADgAGgwIABAAGAAgACgAOAAaACIA";

/** And for `create secret generic s --from-literal=a=b`. */
const secret = "azhzAAoMCgJ2MRIGU2VjcmV0Eh0KEQoBcxIAGgAiACoAMgA4AEIAEgYKAWESAWIaABoAIgA=";

test("reads what kubectl writes, zero where it was meant and nothing where it was not", () => {
  const labels = { app: "d" };
  const container = { name: "shop", image: "shop:1", ports: [{ containerPort: 80 }], resources: {} };
  assert.deepEqual(fromProtobuf(Buffer.from(deployment, "base64")), {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "d", labels },
    spec: {
      replicas: 0,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container] } },
      strategy: {},
    },
    status: {},
  });
  assert.deepEqual(fromProtobuf(Buffer.from(secret, "base64")).data, { a: "Yg==" });
});

test("refuses what is no protobuf of Kubernetes, and what is cut off", () => {
  assert.throws(() => fromProtobuf(Buffer.from("{}")), /does not appear to be a protobuf message/);
  assert.throws(() => fromProtobuf(Buffer.from(deployment, "base64").subarray(0, 60)), /unexpected EOF/);
});
