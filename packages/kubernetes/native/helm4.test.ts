/** What a Kubernetes 1.34 has recorded of objects that Helm 4 applies: its operation is Apply, where that of Helm 3 is Update. */
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Client } from "../client/client.ts";
import type { Json, Resource } from "../client/model.ts";
import { applyObject } from "./apply.ts";
import { refuseDrift } from "./drift.ts";
import { active, openShop, type Shop, stored } from "./engine.test-kit.ts";
import { keptFields } from "./keepers.ts";
import { as, refTo } from "./kinds.ts";
import { ownersOf, takenFields } from "./owners.ts";
import { manifestsOfShop, namespace, shopService, slot } from "./shop-objects.test-kit.ts";

const time = "2026-11-22T00:02:38Z";
const selector = ["spec", "selector"];
const helmsMarks = {
  "f:annotations": { "f:meta.helm.sh/release-name": {}, "f:meta.helm.sh/release-namespace": {} },
  "f:labels": { "f:app.kubernetes.io/managed-by": {} },
};
const port = { ".": {}, "f:name": {}, "f:port": {}, "f:targetPort": {} };
const ports = { 'k:{"port":80,"protocol":"TCP"}': port };
const applied = (fieldsV1: Json, manager = "helm") => ({
  ...{ apiVersion: "v1", fieldsType: "FieldsV1", fieldsV1 },
  ...{ manager, operation: "Apply", time },
});

/** The selector is one field to the server, whatever labels it has. */
const ofHelm = applied({ "f:metadata": helmsMarks, "f:spec": { "f:ports": ports, "f:selector": {} } });
const withoutSelector = applied({ "f:metadata": helmsMarks, "f:spec": { "f:ports": ports } });
const ofCutover = {
  ...applied({ "f:spec": { "f:selector": {} } }, "cutover"),
  operation: "Update",
};

function serviceBy(managedFields: readonly object[], color: "blue" | "green" = "blue"): Resource {
  const service = shopService(color);
  const metadata = { ...service.metadata, uid: "1", resourceVersion: `${color} ${managedFields.length}` };
  return { ...service, metadata: { ...metadata, managedFields } as Resource["metadata"] };
}

const container = (...own: readonly string[]) => ({
  ...{ ".": {}, "f:name": {} },
  ...Object.fromEntries(own.map((name) => [`f:${name}`, {}])),
});
const deploymentBy = (...managers: readonly (readonly [manager: string, ...own: string[]])[]): Resource => {
  const managedFields = managers.map(([manager, ...own]) => {
    const containers = { 'k:{"name":"app"}': container(...own) };
    return applied({ "f:spec": { "f:template": { "f:spec": { "f:containers": containers } } } }, manager);
  });
  const live = slot("blue", "shop:1", 2);
  return {
    ...live,
    metadata: { ...live.metadata, uid: "2", resourceVersion: "1", managedFields } as Resource["metadata"],
  };
};

suite("What Helm 4 has applied", () => {
  test("is owned by it, until cutover moves the traffic", () => {
    assert.deepEqual(ownersOf(serviceBy([ofHelm]), selector), [{ manager: "helm", time }]);
    assert.deepEqual(ownersOf(serviceBy([withoutSelector, ofCutover]), selector), [{ manager: "cutover", time }]);
  });

  test("is no GitOps that writes it back, as what Flux applies is", () => {
    assert.equal(keptFields(serviceBy([ofHelm]), [selector]), undefined);
    const flux = serviceBy([{ ...ofHelm, manager: "helm-controller" }]);
    assert.match(keptFields(flux, [selector])?.what ?? "", /^Service shop is kept by Flux: helm-controller \(/);
  });

  test("is named where a release takes it over", () => {
    const [before, after] = [deploymentBy(["helm", "image"]), deploymentBy(["helm"], ["cutover", "image"])];
    const field = '.spec.template.spec.containers[name="app"].image';
    assert.deepEqual(takenFields(before, after), [{ manager: "helm", field }]);
  });

  test("is named where `helm upgrade --force-conflicts` takes it back in the middle of a release", () => {
    const none = { blue: undefined, green: undefined };
    const [known, seen] = [serviceBy([withoutSelector, ofCutover], "green"), serviceBy([ofHelm])].map((one) => {
      return { service: as("Service", one), deployments: none };
    });
    assert.ok(known && seen);
    assert.throws(() => refuseDrift(known, seen, { service: "shop" }), {
      code: "refused",
      message: new RegExp(
        `^Service shop was changed in the middle of this release, by helm \\(${time}\\): spec.selector`,
      ),
    });
  });
});

suite("Over what is applied by", () => {
  const source = manifestsOfShop("shop:2");
  const wanted = source.kind === "manifests" ? source.rendered.green.deployment : undefined;

  test("Helm 4 a release goes on, and Helm's next upgrade stops before the traffic", async () => {
    await using shop = await appliedShop("helm");
    const ending = await shop.release("", { source });
    assert.deepEqual([ending.outcome, active(shop)], ["succeeded", "green"], ending.reason);
    await assert.rejects(shop.until(applies(shop.client, "helm", shopService("blue"))), {
      code: "conflict",
      message: /conflict with "cutover" using v1: \.spec\.selector/,
    });
    assert.equal(active(shop), "green");
  });

  for (const [manager, remedy] of [
    [
      "helm-controller",
      /Or: List \/spec\/replicas and \/spec\/template in `spec\.driftDetection\.ignore` of its HelmRelease/,
    ],
    ["argocd-controller", /Or: List \/spec\/replicas and \/spec\/template in `ignoreDifferences` of its Application/],
    ["somebody", /or take the object out of that controller's hands/],
  ] as const) {
    test(`${manager} it is refused, with what to do there`, async () => {
      await using shop = await appliedShop(manager);
      const live = stored(shop, "Deployment", "shop-green") as unknown as Resource;
      assert.ok(wanted);
      await assert.rejects(shop.until(applyObject(shop.client, wanted, { live, dryRun: true })), {
        code: "refused",
        message: new RegExp(`^Deployment shop-green has fields that something else keeps: .*image \\(${manager}\\)`),
        hint: remedy,
      });
    });
  }
});

/** The usual shop, all of it applied by one manager. */
async function appliedShop(manager: string): Promise<Shop> {
  const shop = await openShop({ objects: [] });
  const objects = [shopService("blue"), slot("blue", "shop:1", 2), slot("green", "shop:1", 0)];
  for (const one of objects) await shop.until(applies(shop.client, manager, one));
  await shop.pass(3_000);
  return shop;
}

async function applies(client: Client, fieldManager: string, object: Resource): Promise<Resource> {
  const { name } = object.metadata;
  const kind = object.kind === "Service" ? "Service" : "Deployment";
  return await client.patch(
    refTo(kind, namespace, name),
    { type: "apply", body: object, force: false },
    { fieldManager },
  );
}
