import assert from "node:assert/strict";
import { test } from "node:test";
import { activeColor, history, openShop, replicas } from "./open-shop.ts";
import { emptyTown } from "./shop.ts";
import { visit } from "./traffic.ts";

const inputs = {
  service: "inopnc-prod",
  deployment: "inopnc-{color}",
  "color-label": "environment",
  manifests: "k8s/production-{color}.yaml",
};

/** `k8s/production-{color}.yaml` of the INOPNC runbook: a Deployment and a preview Service, written per color. */
function production(color: string): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: { name: inopnc-${color}, labels: { app: inopnc, environment: ${color} } }
spec:
  replicas: 2
  selector: { matchLabels: { app: inopnc, environment: ${color} } }
  template:
    metadata: { labels: { app: inopnc, environment: ${color} } }
    spec:
      containers:
        - name: app
          image: registry.example/shop:v1
          ports: [{ containerPort: 3000 }]
          readinessProbe: { httpGet: { path: /api/health/ready, port: 3000 }, periodSeconds: 1 }
---
apiVersion: v1
kind: Service
metadata: { name: inopnc-${color}-service }
spec: { selector: { app: inopnc, environment: ${color} }, ports: [{ port: 80, targetPort: 3000 }] }
`;
}

const files = { "k8s/production-blue.yaml": production("blue"), "k8s/production-green.yaml": production("green") };
const live = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "inopnc-prod", namespace: "shop" },
  spec: { selector: { app: "inopnc", environment: "blue" }, ports: [{ port: 80, targetPort: 3000 }] },
};

test("INOPNC's manifests per color are released as they are, behind a Service that they do not hold", async () => {
  const town = emptyTown();
  await using shop = await openShop({ ...town, objects: [...(town.objects ?? []), live] }, inputs);
  shop.checkOut(files);
  const active = () => activeColor(shop, "environment", "inopnc-prod");

  const first = await shop.deploy({ images: "app=registry.example/shop:v1" });
  assert.equal(first.outputs.outcome, "succeeded", first.log);
  const from = active();
  const { url } = await shop.sandbox.openService("shop", "inopnc-prod");
  await using visitors = visit(url);
  const second = await shop.deploy({ images: "app=registry.example/shop:v2" });
  assert.deepEqual([second.outputs.outcome, second.outputs["previous-color"]], ["succeeded", from], second.log);
  assert.notEqual(active(), from);
  assert.deepEqual(replicas(shop, "inopnc"), { blue: 2, green: 2 });
  const services = shop.sandbox.registry.store.list("Service", "shop").map(({ metadata }) => metadata.name);
  assert.deepEqual(services, ["inopnc-blue-service", "inopnc-green-service", "inopnc-prod"]);

  const back = await shop.rollback({ manifests: "" });
  assert.deepEqual([back.outputs.outcome, active()], ["succeeded", from], back.log);
  assert.deepEqual(history(shop), ["1 confirmed", "2 failed"]);
  const { lost, versions } = await visitors.leave();
  assert.deepEqual([lost, versions], [[], ["v1", "v2"]]);
});
