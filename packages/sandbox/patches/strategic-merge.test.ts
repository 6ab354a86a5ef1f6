import assert from "node:assert/strict";
import { test } from "node:test";
import { objectAt } from "../json.ts";
import { schemaOf } from "../schema/kind-schemas.ts";
import { strategicMerge } from "./strategic-merge.ts";

const schema = schemaOf("Deployment");

function merged(containers: object[], patch: object): unknown {
  const live = { spec: { template: { spec: { containers } } } };
  const result = strategicMerge(schema, JSON.parse(JSON.stringify(live)), {
    spec: { template: { spec: JSON.parse(JSON.stringify(patch)) } },
  });
  return objectAt(result, "spec", "template", "spec").containers;
}

test("merges containers, env and ports by their keys, the patched ones first", () => {
  const live = [
    { name: "app", image: "a:1", env: [{ name: "A", value: "1" }] },
    { name: "side", image: "s:1" },
  ];
  const patch = { containers: [{ name: "app", image: "a:2", env: [{ name: "B", value: "2" }] }] };
  assert.deepEqual(merged(live, patch), [
    {
      name: "app",
      image: "a:2",
      env: [
        { name: "B", value: "2" },
        { name: "A", value: "1" },
      ],
    },
    { name: "side", image: "s:1" },
  ]);
});

test("follows the directives that delete and replace", () => {
  const live = [
    { name: "app", args: ["x"] },
    { name: "side", image: "s:1" },
  ];
  assert.deepEqual(merged(live, { containers: [{ name: "side", $patch: "delete" }] }), [{ name: "app", args: ["x"] }]);
  assert.deepEqual(merged(live, { containers: [{ $patch: "replace" }, { name: "new" }] }), [{ name: "new" }]);
  assert.deepEqual(merged(live, { containers: [{ name: "app", args: null }] }), [{ name: "app" }, live[1]]);
});

test("orders by $setElementOrder and keeps only $retainKeys", () => {
  const live = [{ name: "app" }, { name: "side" }];
  const order = { "$setElementOrder/containers": [{ name: "side" }, { name: "app" }] };
  assert.deepEqual(merged(live, order), [{ name: "side" }, { name: "app" }]);
  const strategy = { spec: { strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1 } } } };
  const recreate = { spec: { strategy: { type: "Recreate", $retainKeys: ["type"] } } };
  assert.deepEqual(strategicMerge(schema, strategy, recreate), { spec: { strategy: { type: "Recreate" } } });
});

test("replaces lists without a key", () => {
  assert.deepEqual(merged([{ name: "app", args: ["a", "b"] }], { containers: [{ name: "app", args: ["c"] }] }), [
    { name: "app", args: ["c"] },
  ]);
});
