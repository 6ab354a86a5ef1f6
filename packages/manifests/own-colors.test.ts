import assert from "node:assert/strict";
import { test } from "node:test";
import { valueAt } from "./json.ts";
import { type RenderedRelease, renderRelease } from "./render.ts";
import type { ReleaseTarget } from "./target.ts";
import { readFrom } from "./tools.test-kit.ts";

const manifest = (color: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: inopnc-${color} }
spec:
  selector: { matchLabels: { app: inopnc, environment: ${color} } }
  template:
    metadata: { labels: { app: inopnc, environment: ${color} } }
    spec: { containers: [{ name: app, image: "ghcr.io/your-org/inopnc-wm:latest-production", envFrom: [{ secretRef: { name: inopnc-secrets } }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: inopnc-${color}-service }
spec: { selector: { app: inopnc, environment: ${color} }, ports: [{ port: 3000 }] }
`;
const service =
  "apiVersion: v1\nkind: Service\nmetadata: { name: inopnc-prod }\nspec: { selector: { app: inopnc, environment: blue }, ports: [{ port: 80 }] }\n";

const target: ReleaseTarget = {
  service: "inopnc-prod",
  namespace: "production",
  deploymentPattern: "inopnc-{color}",
  colorLabel: "environment",
  color: "green",
  images: { app: "ghcr.io/your-org/inopnc-wm@sha256:1" },
};

async function render(
  change: (green: string) => string,
  overrides: Partial<ReleaseTarget> = {},
): Promise<RenderedRelease> {
  const files = {
    "k8s/production-blue.yaml": manifest("blue"),
    "k8s/production-green.yaml": change(manifest("green")),
    "k8s/service.yaml": service,
  };
  const set = await readFrom(files, { paths: ["k8s/production-{color}.yaml", "k8s/service.yaml"] });
  return renderRelease(set, { ...target, ...overrides });
}

const unchanged = (text: string) => text;

test("takes the objects of one color as they are, with the new image", async () => {
  const release = await render(unchanged);
  assert.deepEqual(
    release.objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`),
    ["Service inopnc-green-service", "Deployment inopnc-green"],
  );
  assert.deepEqual(release.images, { app: "ghcr.io/your-org/inopnc-wm@sha256:1" });
  assert.deepEqual(valueAt(release.service, "spec.selector"), { app: "inopnc", environment: "green" });
});

test("renders either color", async () => {
  assert.equal((await render(unchanged, { color: "blue" })).deployment.metadata.name, "inopnc-blue");
});

test("takes a Service of both colors that is meant to be one", async () => {
  const release = await render((text) =>
    text
      .replace("name: inopnc-green-service }", "name: peers, annotations: { cutover.dev/colors: both } }")
      .replace("selector: { app: inopnc, environment: green }, ports", "selector: { app: inopnc }, ports"),
  );
  const peers = release.objects.find(({ metadata }) => metadata.name === "peers");
  assert.deepEqual(valueAt(peers, "spec.selector"), { app: "inopnc" });
});

const refusals: readonly (readonly [what: string, change: (green: string) => string, message: RegExp])[] = [
  [
    "a Deployment of another name",
    (text) => text.replace("name: inopnc-green }", "name: inopnc }"),
    /Deployment inopnc stands where the green Deployment inopnc-green is expected/,
  ],
  [
    "pods of the wrong color",
    (text) => text.replaceAll("environment: green", "environment: blue"),
    /gives its pods the label environment: blue/,
  ],
  [
    "pods without the label",
    (text) => text.replaceAll(", environment: green", ""),
    /gives its pods no label environment/,
  ],
  [
    "a selector that takes the other color's pods",
    (text) => text.replace("matchLabels: { app: inopnc, environment: green }", "matchLabels: { app: inopnc }"),
    /Deployment inopnc-green selects the blue pods too/,
  ],
  [
    "a preview Service of both colors",
    (text) =>
      text.replace(
        "spec: { selector: { app: inopnc, environment: green }, ports",
        "spec: { selector: { app: inopnc }, ports",
      ),
    /Service inopnc-green-service selects the pods of both colors/,
  ],
  [
    "a preview Service of the other color",
    (text) =>
      text.replace(
        "spec: { selector: { app: inopnc, environment: green }, ports",
        "spec: { selector: { app: inopnc, environment: blue }, ports",
      ),
    /Service inopnc-green-service selects the blue pods from the green manifests/,
  ],
  [
    "pods that the Service does not select",
    (text) => text.replaceAll("app: inopnc,", "app: web,"),
    /Service inopnc-prod would select no pod/,
  ],
];

for (const [what, change, message] of refusals) {
  test(`refuses ${what}`, async () => {
    await assert.rejects(render(change), (error: Error & { hint?: string; code?: string }) => {
      assert.match(error.message, message);
      assert.match(error.message, /^k8s\/\S+:\d+: /);
      assert.equal(error.code, "manifest-invalid");
      assert.ok(error.hint);
      return true;
    });
  });
}
