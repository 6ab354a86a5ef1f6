import assert from "node:assert/strict";
import { test } from "node:test";
import { isCutoverError } from "@cutover/release";
import type { Chart } from "./helm.ts";
import { readFrom, scriptedTools } from "./tools.test-kit.ts";

const files = { "charts/shop/Chart.yaml": "", "charts/empty/readme.md": "", "shop-1.2.0.tgz": "", "prod.yaml": "" };
const object = (name: string, annotations = "{}") =>
  `---\n# Source: shop/templates/x.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, annotations: ${annotations} }\n`;
const chart: Chart = { chart: "charts/shop", releaseName: "shop", namespace: "production", values: [], set: {} };
const read = (changes: Partial<Chart>, tools = scriptedTools({ helm: { stdout: object("a") } })) =>
  readFrom(files, { chart: { ...chart, ...changes } }, tools);

test("renders a chart once, with its values as single arguments", async () => {
  const tools = scriptedTools({ helm: { stdout: object("a") } });
  const set = { "image.tag": "v2", note: "$(id), `id` --debug" };
  const { shared, perColor } = await read({ values: ["prod.yaml"], set }, tools);
  assert.deepEqual(tools.ran, [
    "helm template shop ./charts/shop --namespace production --values ./prod.yaml --set image.tag=v2 --set note=$(id), `id` --debug",
  ]);
  assert.deepEqual(shared[0]?.origin, { file: "helm template charts/shop", line: 3 });
  assert.equal(perColor, undefined);
});

test("renders it for each color where any part names the color", async () => {
  const parts: readonly Partial<Chart>[] = [
    { set: { color: "{color}" } },
    { set: { "{color}.enabled": "true" } },
    { releaseName: "shop-{color}" },
    { values: ["{color}.yaml"] },
    { chart: "charts/{color}" },
  ];
  for (const part of parts) {
    const tools = scriptedTools({ helm: { stdout: object("a") } });
    const both = {
      ...files,
      "blue.yaml": "",
      "green.yaml": "",
      "charts/blue/Chart.yaml": "",
      "charts/green/Chart.yaml": "",
    };
    const { shared, perColor } = await readFrom(both, { chart: { ...chart, ...part } }, tools);
    assert.deepEqual([shared.length, perColor?.blue.length, perColor?.green.length], [0, 1, 1]);
    const [blue, green] = tools.ran;
    assert.notEqual(blue, green);
    assert.equal(blue?.replaceAll("blue", "green"), green);
  }
});

test("takes packed charts and those of a registry", async () => {
  const tools = scriptedTools({ helm: { stdout: object("a") } });
  await read({ chart: "shop-1.2.0.tgz" }, tools);
  await read({ chart: "oci://ghcr.io/acme/charts/shop:1.2.0" }, tools);
  assert.deepEqual(tools.ran, [
    "helm template shop ./shop-1.2.0.tgz --namespace production",
    "helm template shop oci://ghcr.io/acme/charts/shop:1.2.0 --namespace production",
  ]);
});

test("leaves out what Helm would not apply either, such as its tests", async () => {
  const hooks = ["test", "test-success, pre-delete", "post-delete", "crd-install"];
  const stdout = [object("a"), ...hooks.map((hook, index) => object(`b${index}`, `{ helm.sh/hook: "${hook}" }`))].join(
    "",
  );
  const { shared } = await read({}, scriptedTools({ helm: { stdout } }));
  assert.deepEqual(
    shared.map(({ resource }) => resource.metadata.name),
    ["a"],
  );
});

test("refuses hooks of an upgrade, by name: a release without its migration is worse than none", async () => {
  const stdout = object("a") + object("migrate", '{ helm.sh/hook: "pre-install, pre-upgrade" }');
  await assert.rejects(read({}, scriptedTools({ helm: { stdout } })), (error) => {
    assert.ok(isCutoverError(error, "manifest-invalid"));
    const message = "ConfigMap migrate is a Helm hook (pre-install, pre-upgrade), which only `helm upgrade` would run";
    assert.equal(error.message, `helm template charts/shop:8: ${message}`);
    assert.match(error.hint ?? "", /--no-hooks/);
    return true;
  });
});

const refusals = [
  ["a chart that is not there", { chart: "charts/shopp" }, "input-invalid", /^chart: charts\/shopp does not exist$/],
  [
    "a directory without a chart",
    { chart: "charts/empty" },
    "input-invalid",
    /^chart: charts\/empty is no chart: it holds no/,
  ],
  ["a value file that is not there", { values: ["no.yaml"] }, "input-invalid", /^values: no\.yaml is no file$/],
  ["a value file of one color only", { values: ["{color}.yaml"] }, "input-invalid", /^values: blue\.yaml is no file$/],
] as const;

for (const [what, changes, code, message] of refusals) {
  test(`refuses ${what}`, async () => {
    await assert.rejects(read(changes), (error) => {
      assert.ok(isCutoverError(error, code));
      assert.match(error.message, message);
      assert.match(error.hint ?? "", /^Paths start at the workspace/);
      return true;
    });
  });
}

test("says how to install helm, and what helm says", async () => {
  await assert.rejects(read({}, scriptedTools()), {
    code: "process-failed",
    message: "chart: charts/shop is rendered by helm, and helm is not on the PATH",
    hint: "GitHub's own Ubuntu runners have it. Elsewhere install it in a step before: https://helm.sh/docs/intro/install",
  });
  const stderr = "Error: found in Chart.yaml, but missing in charts/ directory: redis\n";
  const failing = read({ set: { password: "hunter2" } }, scriptedTools({ helm: { exitCode: 1, stderr } }));
  await assert.rejects(failing, (error) => {
    assert.ok(isCutoverError(error, "manifest-invalid"));
    assert.equal(error.message, `helm template charts/shop ended with 1:\n  ${stderr.trim()}`);
    assert.match(error.hint ?? "", /helm dependency build/);
    assert.doesNotMatch(`${error.message}${error.hint}`, /hunter2/);
    return true;
  });
});

test("a chart among manifests is to be named as one", async () => {
  await assert.rejects(readFrom(files, { paths: ["charts/shop"] }), (error) => {
    assert.ok(isCutoverError(error, "manifest-invalid"));
    assert.match(error.message, /^manifests: charts\/shop is a Helm chart/);
    assert.match(error.hint ?? "", /`chart: charts\/shop`/);
    return true;
  });
});
