import assert from "node:assert/strict";
import { test } from "node:test";
import { type JsonObject, objectAt } from "../json.ts";
import { ask, deployment, virtualSandbox } from "../test-shop.ts";

function map(name: string): JsonObject {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "shop" } };
}

function names(body: JsonObject): unknown[] {
  return (body.items as JsonObject[]).map((item) => objectAt(item, "metadata").name);
}

test("all pages show the moment of the first, until it is forgotten", async () => {
  await using sandbox = await virtualSandbox({ objects: ["a", "b", "c", "d"].map(map) });
  const first = await ask(sandbox, "GET v1 configmaps?limit=2");
  const { continue: token, remainingItemCount, resourceVersion } = objectAt(first.body, "metadata");
  assert.deepEqual([names(first.body), remainingItemCount], [["a", "b"], 2]);
  await ask(sandbox, "DELETE v1 configmaps/c");
  await ask(sandbox, "POST v1 configmaps", map("bb"));
  const second = await ask(sandbox, `GET v1 configmaps?limit=2&continue=${String(token)}`);
  assert.deepEqual(names(second.body), ["c", "d"]);
  assert.deepEqual(objectAt(second.body, "metadata"), { resourceVersion });
  sandbox.registry.store.compact();
  const late = await ask(sandbox, `GET v1 configmaps?limit=2&continue=${String(token)}`);
  assert.deepEqual([late.status, late.body.reason], [410, "Expired"]);
  const anew = String(objectAt(late.body, "metadata").continue);
  assert.deepEqual(names((await ask(sandbox, `GET v1 configmaps?continue=${anew}`)).body), ["bb", "d"]);
});

test("refuses versions and tokens as the real server does", async () => {
  await using sandbox = await virtualSandbox({ objects: [map("a")] });
  const cases: [string, number, RegExp][] = [
    ["limit=x", 400, /^strconv\.ParseInt: parsing "x": invalid syntax$/],
    ["continue=abc", 400, /^invalid continue token: continue key is not valid/],
    ["resourceVersion=x", 400, /^invalid resource version: resourceVersion: Invalid value: "x"/],
    ["resourceVersion=999999", 504, /^Timeout: Too large resource version: 999999, current: \d+$/],
    ["fieldSelector=foo%3Dbar", 400, /^"foo" is not a known field selector: only "metadata.name"/],
  ];
  for (const [query, status, message] of cases) {
    const reply = await ask(sandbox, `GET v1 configmaps?${query}`);
    assert.equal(reply.status, status, query);
    assert.match(String(reply.body.message), message);
  }
});

test("selects pods and events by their fields", async () => {
  await using sandbox = await virtualSandbox({ objects: [deployment("web", "shop:1", { replicas: 1 })] });
  await sandbox.clock.advance(2_000);
  const count = async (path: string): Promise<number> => names((await ask(sandbox, `GET v1 ${path}`)).body).length;
  assert.equal(await count("pods?fieldSelector=status.phase%3DRunning,spec.hostNetwork%3Dfalse"), 1);
  assert.equal(await count("pods?fieldSelector=spec.nodeName!%3Dsandbox-node"), 0);
  const about = "involvedObject.kind%3DDeployment,involvedObject.apiVersion%3Dapps/v1,involvedObject.name%3Dweb";
  assert.equal(await count(`events?fieldSelector=${about},source%3Ddeployment-controller`), 1);
  assert.equal(await count(`events?fieldSelector=${about},type%3DWarning`), 0);
});
