import assert from "node:assert/strict";
import { test } from "node:test";
import { type JsonObject, objectAt } from "../json.ts";
import { startSandbox } from "../sandbox.ts";

test("tells what it serves, as kubectl asks", async () => {
  await using sandbox = await startSandbox();
  const get = async (path: string): Promise<JsonObject> =>
    JSON.parse(await (await fetch(sandbox.plainUrl + path)).text());
  assert.equal((await get("/version")).major, "1");
  assert.deepEqual((await get("/api")).versions, ["v1"]);
  const groups = (await get("/apis")).groups as JsonObject[];
  assert.ok(groups.some(({ name }) => name === "apps") && groups.some(({ name }) => name === "authorization.k8s.io"));
  const resources = (await get("/apis/apps/v1")).resources as JsonObject[];
  const scale = resources.find(({ name }) => name === "deployments/scale");
  assert.deepEqual([scale?.kind, scale?.group], ["Scale", "autoscaling"]);
  const { paths } = await get("/openapi/v3/apis/apps/v1");
  const patch = objectAt(paths, "/apis/apps/v1/namespaces/{namespace}/deployments/{name}", "patch");
  assert.ok((patch.parameters as JsonObject[]).some(({ name }) => name === "fieldValidation"));
});

test("answers in plain text below groups that it does not know, and with a Status below those that it knows", async () => {
  await using sandbox = await startSandbox();
  const unknown = await fetch(`${sandbox.plainUrl}/apis/nope.example/v1/frobs`);
  assert.deepEqual([unknown.status, await unknown.text()], [404, "404 page not found\n"]);
  const known = await fetch(`${sandbox.plainUrl}/apis/apps/v1/frobs`);
  assert.equal(JSON.parse(await known.text()).message, "the server could not find the requested resource");
});
