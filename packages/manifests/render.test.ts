import assert from "node:assert/strict";
import { test } from "node:test";
import { annotation, type Color } from "@cutover/release";
import { valueAt, valuesAt } from "./json.ts";
import type { RenderedRelease } from "./render.ts";
import type { Resource } from "./resource.ts";
import { budget, configuration, deployment, ingress, render, scaler, service, whole } from "./shop-manifests.ts";

function find(release: RenderedRelease, kind: string, name: string): Resource {
  const found = release.objects.find((object) => object.kind === kind && object.metadata.name === name);
  return (
    found ??
    assert.fail(
      `no ${kind} ${name} among ${release.objects.map((one) => `${one.kind} ${one.metadata.name}`).join(", ")}`,
    )
  );
}

const names = (release: RenderedRelease) => release.objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);

test("gives one set of manifests the names of a color, in apply order, and keeps the Service for the switch", async () => {
  const release = await render(whole);
  assert.deepEqual(names(release), [
    "ServiceAccount shop",
    "ConfigMap shop-config-green",
    "ConfigMap shop-files-green",
    "ConfigMap unrelated",
    "Secret shop-token-green",
    "Secret registry",
    "PodDisruptionBudget shop-green",
    "Deployment shop-green",
    "HorizontalPodAutoscaler shop-green",
    "Ingress shop",
  ]);
  assert.deepEqual(valueAt(release.service, "spec.selector"), { app: "shop", color: "green" });
  assert.equal(release.service?.metadata.name, "shop");
  for (const object of release.objects) assert.equal(object.metadata.namespace, "production");
});

test("labels the Deployment, its selector and its pods with the color", async () => {
  const { deployment: colored } = await render(whole);
  assert.deepEqual(colored.metadata.labels, { app: "shop", color: "green" });
  assert.deepEqual(valueAt(colored, "spec.selector.matchLabels"), { app: "shop", color: "green" });
  assert.deepEqual(valueAt(colored, "spec.template.metadata.labels"), { app: "shop", tier: "web", color: "green" });
});

test("references follow the configuration that the release brings, and only that", async () => {
  const { deployment: colored } = await render(whole);
  const at = (path: string) => valuesAt(colored, `spec.template.spec.${path}`);
  assert.deepEqual(at("containers.*.env.*.valueFrom.configMapKeyRef.name"), ["shop-config-green", "elsewhere"]);
  assert.deepEqual(at("containers.*.env.*.valueFrom.secretKeyRef.name"), ["shop-token-green"]);
  assert.deepEqual(at("containers.*.envFrom.*.configMapRef.name"), ["shop-config-green"]);
  assert.deepEqual(at("initContainers.*.envFrom.*.secretRef.name"), ["shop-token-green"]);
  assert.deepEqual(at("volumes.*.configMap.name"), ["shop-files-green"]);
  assert.deepEqual(at("volumes.*.secret.secretName"), ["shop-token-green"]);
  assert.deepEqual(at("volumes.*.projected.sources.*.configMap.name"), ["shop-files-green"]);
  assert.deepEqual(at("volumes.*.projected.sources.*.secret.name"), ["shop-token-green"]);
  assert.deepEqual(at("imagePullSecrets.*.name"), ["registry"]);
});

test("budgets and autoscalers follow the Deployment of their color", async () => {
  const release = await render(whole);
  const pinned = find(release, "PodDisruptionBudget", "shop-green");
  assert.deepEqual(valueAt(pinned, "spec.selector.matchLabels"), { app: "shop", color: "green" });
  assert.equal(
    valueAt(find(release, "HorizontalPodAutoscaler", "shop-green"), "spec.scaleTargetRef.name"),
    "shop-green",
  );
});

test("autoscalers that name the slot of each color stay as they are", async () => {
  const own = (color: string) => scaler.replaceAll("name: shop", `name: shop-${color}`);
  const release = await render([deployment, own("blue"), own("green")].join("---"));
  for (const name of ["shop-blue", "shop-green"])
    assert.equal(valueAt(find(release, "HorizontalPodAutoscaler", name), "spec.scaleTargetRef.name"), name);
});

test("a Service that is meant for both colors stays as it is, and says so in the cluster too", async () => {
  const both = "name: metrics, annotations: { cutover.dev/colors: both }";
  const release = await render([deployment, service, service.replace("name: shop", both)].join("---"));
  const metrics = find(release, "Service", "metrics");
  assert.deepEqual(valueAt(metrics, "spec.selector"), { app: "shop" });
  assert.deepEqual(metrics.metadata.annotations, { "cutover.dev/colors": "both" });
});

test("a budget of other pods stays as it is", async () => {
  const other = budget.replace("app: shop }", "app: other }");
  assert.deepEqual(names(await render([deployment, other].join("---"))), [
    "PodDisruptionBudget shop",
    "Deployment shop-green",
  ]);
});

test("another Service of the same pods becomes a preview per color", async () => {
  const release = await render([deployment, service, service.replace("name: shop", "name: shop-preview")].join("---"));
  assert.deepEqual(valueAt(find(release, "Service", "shop-preview-green"), "spec.selector"), {
    app: "shop",
    color: "green",
  });
});

test("an Ingress that names a preview Service is refused", async () => {
  const preview = service.replace("name: shop", "name: shop-preview");
  const wrong = ingress.replace("service: { name: shop,", "service: { name: shop-preview,");
  await assert.rejects(
    render([deployment, preview, wrong].join("---")),
    /Ingress shop sends requests to Service shop-preview, which is a preview/,
  );
});

test("an HTTPRoute that names a preview Service is refused too, and one that names the Service is not", async () => {
  const preview = service.replace("name: shop", "name: shop-preview");
  const route = (name: string) =>
    `\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: { name: shop }\nspec: { rules: [{ backendRefs: [{ name: ${name}, port: 80 }] }] }\n`;
  await assert.rejects(
    render([deployment, preview, route("shop-preview")].join("---")),
    /HTTPRoute shop sends requests to Service shop-preview, which is a preview/,
  );
  assert.ok(names(await render([deployment, service, route("shop")].join("---"))).includes("HTTPRoute shop"));
});

test("a Secret that an Ingress names too exists under both names", async () => {
  const tls = ingress.replace("spec: {", "spec: { tls: [{ secretName: shop-token }],");
  const release = await render([deployment, tls, configuration].join("---"));
  assert.ok(names(release).includes("Secret shop-token") && names(release).includes("Secret shop-token-green"));
});

test("names the Deployment by the pattern, whatever it was called", async () => {
  for (const name of ["shop", "anything", "web-blue"]) {
    const release = await render(deployment.replace("name: shop,", `name: ${name},`), {
      deploymentPattern: "web-{color}",
    });
    assert.equal(release.deployment.metadata.name, "web-green");
  }
});

test("uses the label that the user's Services are switched by", async () => {
  const release = await render([deployment, service].join("---"), { colorLabel: "environment" });
  assert.deepEqual(valueAt(release.service, "spec.selector"), { app: "shop", environment: "green" });
  assert.equal(valueAt(release.deployment, "spec.template.metadata.labels.environment"), "green");
});

test("a label that already means something else is not overwritten", async () => {
  const taken = deployment.replace("tier: web", "environment: production");
  await assert.rejects(
    render(taken, { colorLabel: "environment" }),
    /says environment: production in spec\.template\.metadata\.labels/,
  );
});

test("pins images by container name, init containers too", async () => {
  const images = { app: "new/shop@sha256:1", migrate: "new/migrate@sha256:2" };
  const release = await render(whole, { images });
  assert.deepEqual(release.images, { migrate: "new/migrate@sha256:2", app: "new/shop@sha256:1", proxy: "old/proxy:1" });
  assert.deepEqual(valuesAt(release.deployment, "spec.template.spec.containers.*.image"), [
    "new/shop@sha256:1",
    "old/proxy:1",
  ]);
});

test("pins images by the repository that the manifest names", async () => {
  const release = await render(whole, { images: { "old/shop": "new/shop:2", "docker.io/old/proxy": "old/proxy:2" } });
  assert.deepEqual(release.images, { migrate: "old/migrate:1", app: "new/shop:2", proxy: "old/proxy:2" });
});

test("an image that matches no container is an error that lists the containers", async () => {
  await assert.rejects(render(whole, { images: { web: "x" } }), {
    code: "input-invalid",
    message: "images: Deployment shop-green has no container web",
    hint: "Its containers are migrate (old/migrate:1), app (old/shop:1), proxy (old/proxy:1).",
  });
});

test("the hash is the same for the same release, and stands on the pod template", async () => {
  const [one, again] = await Promise.all([render(whole), render(whole.split("---").toReversed().join("---"))]);
  assert.equal(one.hash, again.hash);
  assert.match(one.hash, /^[0-9a-f]{16}$/);
  assert.equal(valuesAt(one.deployment, "spec.template.metadata.annotations").length, 1);
  const annotations = valueAt(one.deployment, "spec.template.metadata.annotations");
  assert.deepEqual(annotations, { [annotation.hash]: one.hash });
});

test("a change of an image, of configuration or of the Service is another hash", async () => {
  const hashes = await Promise.all([
    render(whole),
    render(whole, { images: { app: "new/shop@sha256:1" } }),
    render(whole.replace("mode: cHJvZA==", "mode: dGVzdA==")),
    render(whole.replace("port: 80 }]", "port: 81 }]")),
    render(whole, { color: "blue" }),
  ]);
  assert.equal(new Set(hashes.map((release) => release.hash)).size, hashes.length);
});

test("the two colors differ only by the color", async () => {
  const [blue, green] = await Promise.all([render(whole, { color: "blue" }), render(whole)]);
  const neutral = (release: RenderedRelease, color: Color) =>
    JSON.stringify([release.service, release.objects]).replaceAll(color, "COLOR").replaceAll(release.hash, "HASH");
  assert.equal(neutral(blue, "blue"), neutral(green, "green"));
});
