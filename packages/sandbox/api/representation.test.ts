import assert from "node:assert/strict";
import { test } from "node:test";
import { type JsonObject, objectAt } from "../json.ts";
import type { Sandbox } from "../sandbox.ts";
import { deployment, service, virtualSandbox } from "../test-shop.ts";

const shop = "/api/v1/namespaces/shop";
const asTable = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

async function get(sandbox: Sandbox, path: string, accept = asTable): Promise<JsonObject> {
  const response = await fetch(sandbox.plainUrl + path, { headers: { accept } });
  return JSON.parse(await response.text());
}

function cells(table: JsonObject): unknown[] {
  return (table.rows as JsonObject[]).map((row) => row.cells);
}

test("shows kinds as the server's tables, with the columns of -o wide", async () => {
  const objects = [deployment("web", "shop:1"), service("web", { app: "web" })];
  await using sandbox = await virtualSandbox({ objects });
  await sandbox.clock.advance(125_000);
  const deployments = await get(sandbox, "/apis/apps/v1/namespaces/shop/deployments");
  const columns = (deployments.columnDefinitions as JsonObject[]).map(({ name, priority }) => `${name}${priority}`);
  assert.deepEqual(columns.slice(3, 6), ["Available0", "Age0", "Containers1"]);
  assert.deepEqual(cells(deployments), [["web", "3/3", 3, 3, "2m5s", "app", "shop:1", "app=web"]]);
  const [first] = cells(await get(sandbox, `${shop}/pods`)) as string[][];
  assert.deepEqual(first?.slice(1, 5), ["1/1", "Running", "0", "2m5s"]);
  const services = cells(await get(sandbox, `${shop}/services`)) as string[][];
  assert.deepEqual(services[0]?.slice(3), ["<none>", "80/TCP", "2m5s", "app=web"]);
  const one = await get(sandbox, `${shop}/services/web?includeObject=None`);
  assert.deepEqual([one.kind, (one.rows as JsonObject[])[0]?.object], ["Table", null]);
});

test("a pod's row says what its containers say", async () => {
  const pods = [deployment("crash", "shop:crash", { replicas: 1 }), deployment("gone", "none:1", { replicas: 1 })];
  await using sandbox = await virtualSandbox({ objects: pods, crashBackOffMs: 1_000 });
  await sandbox.clock.advance(3_000);
  const rows = cells(await get(sandbox, `${shop}/pods`)) as string[][];
  assert.deepEqual(
    rows.map(([, ready, status]) => [ready, status]),
    [
      ["0/1", "CrashLoopBackOff"],
      ["0/1", "ImagePullBackOff"],
    ],
  );
  assert.match(String(rows[0]?.[3]), /^\d \(\ds ago\)$/);
});

test("a watch sends tables, the columns only once", async () => {
  await using sandbox = await virtualSandbox({ objects: [service("a", {}), service("b", {})] });
  const response = await fetch(`${sandbox.plainUrl}${shop}/services?watch=1`, { headers: { accept: asTable } });
  let text = "";
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString();
    if (text.split("\n").length > 2) break;
  }
  const [first, second] = text.split("\n").map((line) => (line === "" ? {} : objectAt(JSON.parse(line), "object")));
  assert.deepEqual([first?.kind, Array.isArray(first?.columnDefinitions)], ["Table", true]);
  assert.deepEqual([second?.kind, second?.columnDefinitions], ["Table", null]);
});

test("shows metadata alone, and YAML, and refuses what it does not speak", async () => {
  await using sandbox = await virtualSandbox({ objects: [service("a", {})] });
  const path = `${shop}/services/a`;
  const partial = await get(sandbox, path, "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io");
  assert.deepEqual([partial.kind, partial.spec], ["PartialObjectMetadata", undefined]);
  const yaml = await fetch(sandbox.plainUrl + path, { headers: { accept: "application/yaml" } });
  assert.match(await yaml.text(), /^kind: Service$/m);
  const html = await get(sandbox, path, "text/html");
  assert.deepEqual([html.code, html.reason], [406, "NotAcceptable"]);
});
