import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { answer } from "@cutover/sandbox";
import type { ActionRunResult } from "@cutover/workflow";
import { type OpenShop, openShop } from "./open-shop.ts";
import { emptyTown, manifests } from "./shop.ts";

const token = "t0ken+of/a=service&account";
const password = "open sesame, 40 & more?";
const stored = "alibaba+cave/number=1";

const secret = `
---
apiVersion: v1
kind: Secret
metadata: { name: vault }
stringData: { password: ${JSON.stringify(password)} }
data: { stored: ${Buffer.from(stored).toString("base64")} }
`;

const withSecret = (version: string) =>
  manifests(version, "hello").replace("envFrom: [", "envFrom: [{ secretRef: { name: vault } }, ") + secret;

test("tokens, keys and what Secrets hold appear nowhere, whatever happens", async () => {
  await using shop = await openShop(emptyTown());
  const kubeconfig = shop.sandbox.kubeconfig.replace("sandbox-token", token);
  shop.checkOut({ "v1.yaml": withSecret("v1"), "v2.yaml": withSecret("v2"), "bad.yaml": withSecret("never-ready") });
  const deploy = (inputs: Record<string, string>) => shop.deploy({ kubeconfig, ...inputs }, { debug: true });
  const first = await deploy({ manifests: "v1.yaml" });
  assert.equal(first.outputs.outcome, "succeeded", first.log);
  const rehearsal = await deploy({ manifests: "v2.yaml", "dry-run": "true" });
  assert.equal(rehearsal.outputs.outcome, "succeeded", rehearsal.log);
  const bad = await deploy({ manifests: "bad.yaml", timeout: "1s" });
  assert.equal(bad.outputs.outcome, "failed", bad.log);
  shop.sandbox.fault({ what: answer(401), times: 9 });
  const refused = await deploy({ manifests: "v2.yaml" });
  assert.equal(refused.exitCode, 1);
  for (const run of [first, rehearsal, bad, refused]) assert.deepEqual(leaksOf(shop, run), [], run.log);
});

test("a kubeconfig is a path, its text or its text in base64, and its context names the namespace", async () => {
  await using shop = await openShop();
  const path = join(shop.temp, "kubeconfig");
  const text = shop.sandbox.kubeconfig.replace("sandbox-token", token);
  writeFileSync(path, text);
  const base64 = Buffer.from(text).toString("base64");
  const inputs = { images: "app=registry.example/shop:v2", "dry-run": "true" };
  const given = [path, text, base64].map((kubeconfig) => shop.deploy({ ...inputs, kubeconfig }));
  const byDefault = shop.deploy({ ...inputs, kubeconfig: "" }, { env: { KUBECONFIG: path } });
  for (const run of await Promise.all([...given, byDefault])) {
    assert.deepEqual([run.outputs.outcome, run.outputs.color], ["succeeded", "blue"], run.log);
    assert.deepEqual([...leaksOf(shop, run), ...places(shop, run).filter(([, said]) => said.includes(base64))], []);
  }
  const { requests } = shop.sandbox;
  assert.ok(
    requests.every(({ path: asked }) => !asked.includes("/namespaces/") || asked.includes("/namespaces/shop/")),
  );
});

/** Where a secret stands, in any of the forms in which it travels. */
function leaksOf(shop: OpenShop, run: ActionRunResult): string[] {
  return places(shop, run).flatMap(([place, text]) =>
    [token, password, stored].flatMap((value) => {
      const buffer = Buffer.from(value);
      const forms = [value, buffer.toString("base64"), buffer.toString("base64url"), encodeURIComponent(value)];
      return forms.filter((form) => text.includes(form)).map((form) => `${form} in ${place}`);
    }),
  );
}

/** Everything that a run leaves for others to read. */
function places({ sandbox, temp }: OpenShop, run: ActionRunResult): [string, string][] {
  const masks = /^::add-mask::.*$/gm;
  return [
    ["log", run.rawLog.replaceAll(masks, "")],
    ["post's log", (run.post?.rawLog ?? "").replaceAll(masks, "")],
    ["summary", run.summary],
    ["outputs", JSON.stringify(run.outputs)],
    ["state", JSON.stringify(run.state)],
    ["report", run.outputs.report ? readFileSync(join(temp, "cutover-shop-shop.html"), "utf8") : ""],
    ["history", JSON.stringify(sandbox.registry.store.list("ControllerRevision", "shop"))],
    ["Service", JSON.stringify(sandbox.registry.store.get("Service", "shop", "shop") ?? {})],
  ];
}
