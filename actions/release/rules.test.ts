import assert from "node:assert/strict";
import { test } from "node:test";
import { refuseStraySources } from "./rules.ts";

type Sources = Omit<Parameters<typeof refuseStraySources>[0], "service">;

function refused(sources: Sources, service: readonly string[] = ["shop"]): readonly string[] {
  const found: string[] = [];
  refuseStraySources({ ...sources, service }, (name, message) => found.push(`${name}: ${message}`));
  return found;
}

test("any one source is enough", () => {
  const enough: readonly Sources[] = [{ images: { app: "shop" } }, { manifests: ["k8s"] }, { chart: "charts/shop" }];
  for (const sources of enough) assert.deepEqual(refused(sources), []);
  assert.deepEqual(refused({}), ["images: expected `images`, `manifests` or `chart`: nothing says what to release"]);
});

test("what is said of a chart needs one, and all of it is told at once", () => {
  const stray = { manifests: ["k8s"], releaseName: "shop", values: ["prod.yaml"], set: { "image.tag": "v2" } };
  const message = "it is for a Helm chart; name the chart with `chart`, or leave this out";
  assert.deepEqual(refused(stray), [`releaseName: ${message}`, `values: ${message}`, `set: ${message}`]);
  assert.deepEqual(refused({ ...stray, chart: "charts/shop" }), []);
});

test("a release has a name as Helm wants it, in either color", () => {
  const named = (releaseName: string) => refused({ chart: "charts/shop", releaseName });
  for (const good of ["shop", "shop-{color}", "a".repeat(53)]) assert.deepEqual(named(good), [], good);
  for (const bad of ["Shop", "--debug", "a".repeat(54), `${"a".repeat(48)}-{color}`]) {
    assert.match(named(bad).join(), /^releaseName: expected a name of at most 53 small letters/, bad);
  }
});

test("several services have manifests of their own", () => {
  const both = (path: string) => refused({ manifests: ["k8s/{service}", path] }, ["web", "api"]);
  assert.deepEqual(both("shared/{service}-{color}.yaml"), []);
  const message = 'expected {service} in each path, since several services are released; "k8s" has none';
  assert.deepEqual(both("k8s"), [`manifests: ${message}`]);
});
