import assert from "node:assert/strict";
import { test } from "node:test";
import { allRights } from "../../../test/journeys/shop.ts";
import { checked, releasing, shopAnd, told } from "../checked.test-kit.ts";

const metadata = (name: string) => ({ name, namespace: "shop" });
const secret = { apiVersion: "v1", kind: "Secret", metadata: metadata("db"), data: { url: "YQ==" } };
const configMap = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "texts" }, data: { hello: "a" } };

const needing = (key: string) =>
  releasing({
    container: {
      env: [{ name: "DB", valueFrom: { secretKeyRef: { name: "db", key } } }],
      envFrom: [{ configMapRef: { name: "texts" } }, { configMapRef: { name: "perhaps", optional: true } }],
    },
  });

test("what is in the cluster, comes with the release or is optional is there", async () => {
  const { inputs, before } = releasing(
    { container: { env: [{ name: "DB", valueFrom: { secretKeyRef: { name: "db", key: "url" } } }] } },
    configMap,
  );
  const found = await checked("references", {
    options: shopAnd(secret),
    ...(inputs && { inputs }),
    ...(before && { before }),
  });
  assert.equal(told(found), "pass: Secret db is there\nServiceAccount default is there");
});

test("what is missing is named, and who needs it", async () => {
  const found = await checked("references", { options: shopAnd(), ...needing("url") });
  assert.equal(
    told(found),
    "fail: Secret db does not exist in namespace shop, and the pods of shop-green need it\n" +
      "ConfigMap texts does not exist in namespace shop, and the pods of shop-green need it",
  );
});

test("a Secret without the key that is read is as good as none", async () => {
  const texts = { ...configMap, metadata: metadata("texts") };
  const found = await checked("references", { options: shopAnd(secret, texts), ...needing("password") });
  assert.equal(told(found), "fail: Secret db has no key password, and the pods of shop-green need it");
});

test("what may not be read is said so", async () => {
  const scene = needing("url");
  const rules = [
    { ...allRights[0], resources: ["configmaps", "serviceaccounts", "services", "pods", "namespaces"] },
    { ...allRights[0], apiGroups: ["apps", "autoscaling", "discovery.k8s.io", "coordination.k8s.io"] },
  ] as unknown as typeof allRights;
  const texts = { ...configMap, metadata: metadata("texts") };
  const found = await checked("references", {
    ...{ ...scene, options: shopAnd(secret, texts) },
    before: (town) => {
      town.sandbox.setRules(rules);
      return scene.before?.(town);
    },
  });
  assert.equal(told(found), "warn: Whether Secret db exists cannot be told, and the pods of shop-green need it");
});
