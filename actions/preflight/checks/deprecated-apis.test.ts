import assert from "node:assert/strict";
import { test } from "node:test";
import { checked, releasing, type Scene, told } from "../checked.test-kit.ts";

const text = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "texts" }, data: { hello: "world" } };

/** The server warns of each ConfigMap that it takes. */
const warning = (...texts: readonly string[]): Scene => {
  const { before, ...scene } = releasing({}, text);
  return {
    ...scene,
    before: (town) => {
      town.sandbox.fault({
        when: { resource: "configmaps", if: ({ query }) => "dryRun" in query },
        times: Number.POSITIVE_INFINITY,
        what: {
          name: "warning",
          act: async ({ carryOut, exchange }) => {
            exchange.warnings.push(...texts);
            return await carryOut();
          },
        },
      });
      return before?.(town);
    },
  };
};

test("a server that warns of nothing passes", async () => {
  assert.equal(
    told(await checked("deprecated-apis", releasing({}, text))),
    "pass: The API server names nothing as deprecated",
  );
});

const old = "v1 ConfigMap is deprecated in v1.40+, unavailable in v1.43+";

test("what is deprecated is told with the object that uses it", async () => {
  const found = await checked("deprecated-apis", warning(old, "something else"));
  assert.equal(told(found), `warn: ConfigMap texts: ${old}`);
  assert.equal(found.remedy, "Move ConfigMap texts to what replaces it.");
});

test("any other warning belongs to the dry run", async () => {
  const found = await checked("dry-run", warning(old, "would violate PodSecurity"));
  assert.equal(told(found), "warn: ConfigMap texts: would violate PodSecurity");
});

test("without a release there is nothing to ask for", async () => {
  assert.match(told(await checked("deprecated-apis")), /^skip: /);
});
