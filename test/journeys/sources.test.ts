import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { activeColor, failureOf, type Inputs, type OpenShop, openShop } from "./open-shop.ts";
import { emptyTown, manifest, manifests } from "./shop.ts";

const repository = "registry.example/shop";
/** A PATH that leads to no program at all. */
let nowhere: string;
before(() => {
  nowhere = mkdtempSync(join(tmpdir(), "cutover-no-programs-"));
});
after(() => rmSync(nowhere, { recursive: true }));

test("an image alone replaces every image of its repository, in manifests and in Deployments that exist", async () => {
  await using shop = await openShop(emptyTown());
  const list = { apiVersion: "v1", kind: "List", items: [JSON.parse(manifest("v1"))] };
  const service = manifests("v1", "hello").split("---", 1)[0]?.replace("targetPort: http", "targetPort: 8080");
  shop.checkOut({ "k8s/shop.yaml": `---\n${service}---\n---\n${JSON.stringify(list)}\n---\n# nothing\n` });
  const first = await shop.deploy({ manifests: "k8s", images: `${repository}:v2` });
  assert.equal(first.outputs.outcome, "succeeded", first.log);
  assert.equal(first.outputs.images, `{"app":"${repository}:v2"}`);
  const second = await shop.deploy({ images: `${repository}:v1` });
  assert.equal(second.outputs.outcome, "succeeded", second.log);
  assert.equal(second.outputs.images, `{"app":"${repository}:v1"}`);
  assert.equal(activeColor(shop), "green");
});

interface Refusal {
  title: string;
  inputs: Inputs;
  files: Readonly<Record<string, string>>;
  says: string;
}

const chart = { "charts/shop/Chart.yaml": "name: shop\n" };
const runnersHave = "What to do: GitHub's own Ubuntu runners have";

const refusals: readonly Refusal[] = [
  {
    title: "a repository that no container has",
    inputs: { images: "registry.example:5000/shop:v2" },
    files: {},
    says: `images: no container of Deployment shop-blue has an image of registry.example:5000/shop\nWhat to do: Its containers are app (${repository}:v1).`,
  },
  {
    title: "a kustomization where nothing can build it",
    inputs: { manifests: "shop" },
    files: { "shop/kustomization.yaml": "resources: [shop.yaml]\n", "shop/shop.yaml": manifest() },
    says: `manifests: shop is rendered by kustomize, and neither kustomize nor kubectl is on the PATH\n${runnersHave} both. Elsewhere install one in a step before: https://kubectl.docs.kubernetes.io/installation/kustomize`,
  },
  {
    title: "a chart without Helm",
    inputs: { chart: "charts/shop" },
    files: chart,
    says: `chart: charts/shop is rendered by helm, and helm is not on the PATH\n${runnersHave} it. Elsewhere install it in a step before: https://helm.sh/docs/intro/install`,
  },
];

let refusing: OpenShop;
before(async () => {
  refusing = await openShop();
});
after(() => refusing[Symbol.asyncDispose]());

for (const { title, inputs, files, says } of refusals) {
  test(`${title} is told in full, and writes nothing`, async () => {
    const { sandbox } = refusing;
    refusing.checkOut(files);
    const seen = sandbox.requests.length;
    const run = await refusing.deploy(inputs, { env: { PATH: nowhere } });
    assert.equal(failureOf(run).replace(/ ?\n?See https\S+$/, ""), says, run.log);
    assert.equal(run.exitCode, 1);
    assert.deepEqual(
      sandbox.requests.slice(seen).filter(({ isWrite }) => isWrite),
      [],
    );
  });
}
