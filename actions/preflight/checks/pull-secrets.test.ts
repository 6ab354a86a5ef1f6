import assert from "node:assert/strict";
import { test } from "node:test";
import { checked, releasing, shopAnd, told } from "../checked.test-kit.ts";

const dockerConfig = "kubernetes.io/dockerconfigjson";
const secret = (name: string, type: string, text: string) => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name, namespace: "shop" },
  type,
  data: { [type === dockerConfig ? ".dockerconfigjson" : "text"]: Buffer.from(text).toString("base64") },
});
const auths = (place: string) => JSON.stringify({ auths: { [place]: { auth: "bmFtZTpwYXNzd29yZA==" } } });

/** What is said of pods that pull from `registry.example` with these. */
const found = async (...secrets: readonly (string | ReturnType<typeof secret>)[]) => {
  const names = secrets.map((one) => ({ name: typeof one === "string" ? one : one.metadata.name }));
  const options = shopAnd(...secrets.filter((one) => typeof one !== "string"));
  return told(await checked("pull-secrets", { ...releasing({ pod: { imagePullSecrets: names } }), options }));
};

test("a pull secret for the images' registry passes", async () => {
  assert.equal(
    await found(secret("pull", dockerConfig, auths("registry.example"))),
    "pass: Secret pull is for registry.example",
  );
});

test("one for another registry is of no use", async () => {
  assert.equal(
    await found(secret("pull", dockerConfig, auths("other.example"))),
    "warn: Secret pull is for other.example, and the images of shop-green are in registry.example",
  );
});

test("what is missing, of another type or unreadable is named with who needs it", async () => {
  assert.equal(
    await found("gone", secret("opaque", "Opaque", "a"), secret("text", dockerConfig, '{"auths": "none"}')),
    "fail: Secret gone does not exist, and the pods of shop-green pull with it\n" +
      "Secret opaque is of type Opaque, which no kubelet pulls with, and the pods of shop-green name it\n" +
      `Secret text is of type ${dockerConfig} and does not hold what that needs, and the pods of shop-green pull with it`,
  );
});

test("pods without pull secrets have nothing to check", async () => {
  assert.equal(await found(), "skip: The pods name no pull secret");
  assert.equal(told(await checked("pull-secrets")), "skip: The pods name no pull secret");
});
