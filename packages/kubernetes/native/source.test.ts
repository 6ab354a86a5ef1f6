import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { annotation, isCutoverError } from "@cutover/release";
import { as, type PodTemplate } from "./kinds.ts";
import { slot } from "./shop-objects.test-kit.ts";
import { canonicalTemplate, hashOfTemplate, imagesOf, recolored, specWithImages } from "./source.ts";

const green = as("Deployment", slot("green", "shop:1", 0));
const blue = as("Deployment", slot("blue", "shop:1", 2));
const template = (own: Partial<PodTemplate["spec"]> = {}, metadata: object = {}): PodTemplate => ({
  metadata: { labels: { app: "shop", color: "blue" }, ...metadata },
  spec: { containers: [{ name: "app", image: "shop:1" }], ...own },
});
const hash = (one: PodTemplate) => hashOfTemplate(one, "color");

suite("A template's hash", () => {
  const same: readonly [sentence: string, other: PodTemplate][] = [
    ["its color", template({}, { labels: { app: "shop", color: "green" } })],
    ["the order of its fields", { spec: template().spec, metadata: template().metadata ?? {} }],
    ["a hash that is written on it", template({}, { annotations: { [annotation.hash]: "0123" } })],
    ["having no annotations or an empty set", template({}, { annotations: {} })],
  ];
  for (const [sentence, other] of same) {
    test(`is the same whatever ${sentence}`, () => assert.equal(hash(other), hash(template())));
  }
  const others: readonly [sentence: string, other: PodTemplate][] = [
    ["image", template({ containers: [{ name: "app", image: "shop:2" }] })],
    ["label", template({}, { labels: { app: "shop", tier: "web", color: "blue" } })],
    ["annotation", template({}, { annotations: { restarted: "now" } })],
    ["field that we do not know", template({ priorityClassName: "high" })],
  ];
  for (const [sentence, other] of others) {
    test(`is another for another ${sentence}`, () => assert.notEqual(hash(other), hash(template())));
  }
  test("has 16 hex digits", () => assert.match(hash(template()), /^[0-9a-f]{16}$/));
});

test("A ReplicaSet's template is its Deployment's but for one label", () => {
  const labels = { app: "shop", color: "blue", "pod-template-hash": "5f4d" };
  assert.equal(canonicalTemplate(template({}, { labels })), canonicalTemplate(template()));
  assert.notEqual(canonicalTemplate(template({}, { labels: { ...labels, x: "y" } })), canonicalTemplate(template()));
});

suite("Images are set", () => {
  const colorLabel = "color";
  test("on the slot's own Deployment", () => {
    const spec = specWithImages("green", { deployments: { blue, green }, images: { app: "shop:2" }, colorLabel });
    assert.deepEqual(imagesOf(spec?.template), { app: "shop:2" });
    assert.equal(spec?.replicas, 0);
  });

  test("on the other's in its color, where it was deleted", () => {
    const deployments = { blue, green: undefined };
    const spec = specWithImages("green", { deployments, images: { app: "shop:2" }, colorLabel });
    assert.deepEqual(spec?.selector.matchLabels, { app: "shop", color: "green" });
    assert.deepEqual(spec?.template.metadata?.labels, { app: "shop", color: "green" });
    assert.deepEqual(imagesOf(spec?.template), { app: "shop:2" });
  });

  test("on nothing where there is no Deployment", () => {
    const deployments = { blue: undefined, green: undefined };
    assert.equal(specWithImages("green", { deployments, images: { app: "shop:2" }, colorLabel }), undefined);
  });

  test("on init containers too, and other containers keep theirs", () => {
    const { spec } = green;
    const pods = { ...spec.template.spec, initContainers: [{ name: "migrate", image: "shop:1" }] };
    const own = { ...green, spec: { ...spec, template: { ...spec.template, spec: pods } } };
    const images = { migrate: "shop:2" };
    const made = specWithImages("green", { deployments: { blue, green: own }, images, colorLabel });
    assert.deepEqual(imagesOf(made?.template), { migrate: "shop:2", app: "shop:1" });
  });

  test("never on a container that there is not, and the ones that there are are named", () => {
    assert.throws(
      () => specWithImages("green", { deployments: { blue, green }, images: { web: "shop:2" }, colorLabel }),
      (error) => {
        assert.ok(isCutoverError(error, "input-invalid"));
        assert.equal(error.message, "images: Deployment shop-green has no container web");
        assert.match(error.hint ?? "", /^Its containers are app \(shop:1\)\./);
        return true;
      },
    );
  });
});

test("A Deployment in another color differs by that label alone", () => {
  const spec = recolored(blue.spec, "color", "green");
  assert.deepEqual({ ...spec, replicas: 0 }, green.spec);
});
