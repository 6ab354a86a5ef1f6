import assert from "node:assert/strict";
import { test } from "node:test";
import { webhookDenial } from "@cutover/sandbox";
import { allRights } from "../../../test/journeys/shop.ts";
import { checked, releasing, told } from "../checked.test-kit.ts";

test("what the server would take passes", async () => {
  assert.match(
    told(await checked("dry-run", releasing({}))),
    /^pass: \d+ objects of shop would be written, in \d+ steps$/,
  );
});

test("what the server refuses is told in its words", async () => {
  const found = await checked("dry-run", releasing({ pod: { restartPolicy: "Never" } }));
  assert.match(told(found), /^fail: .*restartPolicy/);
});

test("of several objects that the server refuses the first is told", async () => {
  const text = (name: string) => ({ apiVersion: "v1", kind: "ConfigMap", metadata: { name }, data: { "a/b": "c" } });
  const found = await checked("dry-run", releasing({}, text("one"), text("two")));
  assert.match(told(found), /^fail: .*ConfigMap one /);
});

test("manifests that cannot be released are told as a release would tell it", async () => {
  const found = await checked("dry-run", { inputs: { manifests: "none.yaml" } });
  assert.match(told(found), /^fail: .*none\.yaml/);
});

test("a webhook that knows no dry run leaves it open", async () => {
  const { inputs, before } = releasing({});
  const found = await checked("dry-run", {
    ...(inputs && { inputs }),
    before: (town) => {
      town.sandbox.fault({
        when: { if: ({ query }) => "dryRun" in query },
        what: webhookDenial("policy.example.com", "the webhook does not support dry run", 400),
        times: Infinity,
      });
      return before?.(town);
    },
  });
  assert.match(told(found), /^warn: .*does not support dry run/);
});

test("without rights to try, nothing is known", async () => {
  const readOnly = [{ ...allRights[0], verbs: ["get", "list", "watch"] }] as typeof allRights;
  const { inputs, before } = releasing({});
  const found = await checked("dry-run", {
    ...(inputs && { inputs }),
    before: (town) => {
      town.sandbox.setRules(readOnly);
      return before?.(town);
    },
  });
  assert.match(told(found), /^error: .*cannot patch|^error: /);
});

test("without a release there is nothing to try", async () => {
  assert.match(told(await checked("dry-run")), /^skip: /);
});
