import assert from "node:assert/strict";
import { test } from "node:test";
import type { Town } from "../../../test/virtual/town.ts";
import { checked, releasing, type Scene, told } from "../checked.test-kit.ts";

const text = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "texts" }, data: { hello: "world" } };

/** Before the release somebody has written the ConfigMap that it brings. */
const writtenBy = (manager: string): Scene => {
  const { before, ...scene } = releasing({}, text);
  const write = ({ sandbox: { registry } }: Town) => {
    const live = { ...text, metadata: { name: "texts", namespace: "shop" }, data: { hello: "there" } };
    registry.create({ kind: "ConfigMap", namespace: "shop" }, live, { manager });
  };
  return {
    ...scene,
    before: (town) => {
      write(town);
      return before?.(town);
    },
  };
};

test("what is new belongs to nobody", async () => {
  assert.equal(
    told(await checked("field-owners", releasing({}, text))),
    "pass: No field of what shop writes is anybody else's",
  );
});

test("what people's tools wrote is taken over, and said", async () => {
  const found = await checked("field-owners", writtenBy("kubectl-create"));
  assert.equal(told(found), "pass: ConfigMap texts: .data.hello are taken over from kubectl-create");
});

test("what a controller keeps is named by manager and field before anything is written", async () => {
  const found = await checked("field-owners", writtenBy("texts-operator"));
  assert.equal(told(found), "fail: ConfigMap texts has fields that something else keeps: .data.hello (texts-operator)");
  assert.match(found.remedy ?? "", /^Take these fields out of the manifests/);
});

test("a selector that GitOps holds may be written back", async () => {
  const { before, ...scene } = releasing({});
  const found = await checked("field-owners", {
    ...scene,
    before: (town) => {
      const address = { kind: "Service", namespace: "shop", name: "shop" } as const;
      const selector = { app: "shop", color: "blue", tier: "web" };
      const { registry } = town.sandbox;
      registry.update(address, (live) => ({ ...live, spec: { ...live.spec, selector } }), {
        manager: "argocd-controller",
      });
      return before?.(town);
    },
  });
  assert.match(
    told(found),
    /^warn: Service shop is kept by Argo CD: argocd-controller .* owns spec\.selector, and may write it back/,
  );
});

test("what is refused for something else is not its business, and without a release there is nothing to write", async () => {
  assert.match(told(await checked("field-owners")), /^skip: Neither /);
  const bad = await checked("field-owners", releasing({ pod: { restartPolicy: "Never" } }));
  assert.match(told(bad), /^error: .*restartPolicy/);
});
