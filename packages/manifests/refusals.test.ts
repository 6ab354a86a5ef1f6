import assert from "node:assert/strict";
import { test } from "node:test";
import { configuration, deployment, render, scaler, service } from "./shop-manifests.ts";

const refusals: readonly (readonly [what: string, text: string, message: RegExp])[] = [
  ["no Deployment", service, /the manifests hold no Deployment/],
  [
    "several Deployments",
    [deployment, deployment.replace("name: shop,", "name: worker,")].join("---"),
    /several Deployments, and each color of a Service is one: shop \(app\.yaml:2\), worker \(app\.yaml:\d+\)/,
  ],
  [
    "a StatefulSet",
    "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: a}\n",
    /StatefulSet a cannot be released by color/,
  ],
  [
    "a DaemonSet",
    "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: a}\n",
    /DaemonSet a cannot be released by color/,
  ],
  ["a bare pod", "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n", /Pod a is a bare pod/],
  ["a Job", "apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\n", /Job a runs once/],
  ["a cluster-wide kind", "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n", /Namespace a is cluster-wide/],
  [
    "another namespace",
    configuration.replace("name: shop-config", "name: shop-config, namespace: staging"),
    /belongs to namespace staging, and this release to production/,
  ],
  [
    "an immutable ConfigMap of the release",
    [deployment, `${configuration.split("---")[0]}immutable: true\n`].join("---"),
    /ConfigMap shop-config is immutable/,
  ],
  [
    "a Service that would select nothing",
    [deployment, service.replace("selector: { app: shop }", "selector: { app: shop, release: x }")].join("---"),
    /Service shop would select no pod of Deployment shop-green/,
  ],
  [
    "a port by a name that no container has",
    [deployment, service.replace("port: 80", "port: 80, targetPort: web")].join("---"),
    /Service shop sends to port web, which no container of Deployment shop-green has: none has a name/,
  ],
  [
    "a Service without a selector",
    [deployment, service.replace("selector: { app: shop }, ", "")].join("---"),
    /Service shop selects no pods/,
  ],
  [
    "a Deployment that does not select its own pods",
    deployment.replace("labels: { app: shop, tier", "labels: { app: web, tier"),
    /does not select the pods of its own template/,
  ],
  ["a paused Deployment", deployment.replace("replicas: 3", "paused: true"), /is paused/],
  [
    "an autoscaler of one slot",
    [deployment, scaler.replace("Deployment, name: shop", "Deployment, name: shop-blue")].join("---"),
    /HorizontalPodAutoscaler shop scales the blue slot alone, so that nothing would scale green/,
  ],
  [
    "names that meet",
    [deployment, configuration, "\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop-config-green}\n"].join("---"),
    /has the same name as the one at app\.yaml/,
  ],
];

for (const [what, text, message] of refusals) {
  test(`refuses ${what}, saying where and what to do`, async () => {
    await assert.rejects(render(text), (error: Error & { hint?: string }) => {
      assert.match(error.message, message);
      assert.ok(error.hint);
      return true;
    });
  });
}
