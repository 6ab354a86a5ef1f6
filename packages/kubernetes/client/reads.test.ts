import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { test } from "node:test";
import { instantClock, json, type Reply, refusal, scriptedApi, serviceShop, shop, testClient } from "./scripted-api.ts";

const services = { apiVersion: "v1", kind: "Service", namespace: "prod" };

function page(names: readonly string[], next = "") {
  const items = names.map((name) => ({ metadata: { name, namespace: "prod" }, spec: { kept: true } }));
  return json({
    kind: "ServiceList",
    apiVersion: "v1",
    metadata: { resourceVersion: "40", ...(next === "" ? {} : { continue: next }) },
    items,
  });
}

test("lists all pages, selected, from a quorum, and says what kind each item is", async () => {
  await using api = await scriptedApi([page(["a", "b"], "t&1"), page(["c"])]);
  const client = await testClient(api.url);
  const found = await client.list({
    ...services,
    labelSelector: "app=shop,color in (blue)",
    fieldSelector: "metadata.name=x",
  });
  assert.equal(found.resourceVersion, "40");
  assert.deepEqual(
    found.items.map((item) => item.metadata.name),
    ["a", "b", "c"],
  );
  assert.deepEqual(found.items[0], {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "a", namespace: "prod" },
    spec: { kept: true },
  });
  const queries = api.requests.map(({ path }) => Object.fromEntries(new URLSearchParams(path.split("?")[1])));
  const selected = { labelSelector: "app=shop,color in (blue)", fieldSelector: "metadata.name=x", limit: "500" };
  assert.deepEqual(queries, [selected, { ...selected, continue: "t&1" }]);
  await client.close();
});

test("starts a list again whose next page has expired, once", async () => {
  const expired = refusal(410, "Expired");
  await using api = await scriptedApi([
    page(["a"], "t"),
    expired,
    page(["a"]),
    page(["a"], "t"),
    expired,
    page(["a"], "t"),
    expired,
  ]);
  const client = await testClient(api.url);
  assert.equal((await client.list(services)).items.length, 1);
  await assert.rejects(client.list(services), { code: "conflict", hint: "expired" });
  await client.close();
});

test("reads a list without items, and lists all namespaces where none is named", async () => {
  await using api = await scriptedApi([json({ metadata: { resourceVersion: "1" }, items: null })]);
  const client = await testClient(api.url);
  assert.deepEqual(await client.list({ apiVersion: "apps/v1", kind: "Deployment" }), {
    resourceVersion: "1",
    items: [],
  });
  assert.match(api.requests[0]?.path ?? "", /^\/apis\/apps\/v1\/deployments\?/);
  await client.close();
});

test("gets an object of the context's namespace, and one of none", async () => {
  await using api = await scriptedApi(json(serviceShop()));
  const client = await testClient(api.url);
  await client.get({ apiVersion: "v1", kind: "Service", name: "shop" });
  await client.get({ apiVersion: "v1", kind: "Namespace", name: "prod", namespace: "ignored" });
  await client.get({ apiVersion: "networking.k8s.io/v1", kind: "Ingress", name: "shop" });
  await client.get({ apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", name: "shop" });
  assert.deepEqual(
    api.requests.map(({ path }) => path),
    [
      "/api/v1/namespaces/prod/services/shop",
      "/api/v1/namespaces/prod",
      "/apis/networking.k8s.io/v1/namespaces/prod/ingresses/shop",
      "/apis/networking.k8s.io/v1/namespaces/prod/networkpolicies/shop",
    ],
  );
  await client.close();
});

test("keeps the path that a server lies under", async () => {
  await using api = await scriptedApi([json(serviceShop())]);
  const client = await testClient(`${api.url}/k8s/clusters/c-1/`);
  await client.get(shop);
  assert.equal(api.requests[0]?.path, "/k8s/clusters/c-1/api/v1/namespaces/prod/services/shop");
  await client.close();
});

const rollouts = {
  resources: [
    { name: "rollouts/status", kind: "Rollout", namespaced: true },
    { name: "rollouts", kind: "Rollout", namespaced: true },
  ],
};

test("asks the server once where objects of a kind live that is not built in", async () => {
  const rollout = { apiVersion: "argoproj.io/v1alpha1", kind: "Rollout", name: "shop" };
  await using api = await scriptedApi([json(rollouts), json(serviceShop()), json(serviceShop())]);
  const client = await testClient(api.url);
  await client.get(rollout);
  await client.get(rollout);
  const path = "/apis/argoproj.io/v1alpha1/namespaces/prod/rollouts/shop";
  assert.deepEqual(
    api.requests.map((request) => request.path),
    ["/apis/argoproj.io/v1alpha1", path, path],
  );
  await client.close();
});

const unserved: Reply = (response) => response.writeHead(404).end("404 page not found\n");

test("says what to install for a kind that the server does not know", async () => {
  await using api = await scriptedApi([unserved, json({ resources: [] })]);
  const client = await testClient(api.url);
  const unknown = { code: "not-found", message: "The cluster has no kind Rollout in argoproj.io/v1alpha1" };
  for (let index = 0; index < 2; index += 1) {
    await assert.rejects(client.get({ apiVersion: "argoproj.io/v1alpha1", kind: "Rollout", name: "shop" }), unknown);
  }
  await client.close();
});

test("says that an answer is no object", async () => {
  await using api = await scriptedApi(json(["surprise"]));
  const client = await testClient(api.url);
  await assert.rejects(client.get(shop), { code: "unavailable", message: /is no Kubernetes object$/ });
  await assert.rejects(client.list(services), { code: "unavailable" });
  await client.close();
});

test("reads the end of a log, and cuts what is too long", async () => {
  await using api = await scriptedApi([
    (response) => response.end("line\n"),
    (response) => response.end("x".repeat(100_000)),
    refusal(400, "BadRequest"),
  ]);
  const client = await testClient(api.url);
  const pod = { namespace: "prod", name: "shop-1" };
  assert.equal(await client.podLog(pod, { container: "app", tailLines: 25, previous: true }), "line\n");
  assert.equal(
    api.requests[0]?.path,
    "/api/v1/namespaces/prod/pods/shop-1/log?container=app&tailLines=25&previous=true&limitBytes=65536",
  );
  assert.equal((await client.podLog(pod, { container: "app", tailLines: 25 })).length, 65_536);
  const subject = /^Cannot read the log of container app of Pod shop-1 in namespace prod: /;
  await assert.rejects(client.podLog(pod, { container: "app", tailLines: 25 }), { code: "rejected", message: subject });
  await client.close();
});

test("keeps a proxied path inside the proxy, and escapes it", async () => {
  await using api = await scriptedApi((response) => response.end());
  const client = await testClient(api.url);
  const ask = (path: string) => client.proxyGet({ kind: "services", namespace: "prod", name: "shop", port: 80, path });
  for (const path of ["/../../../secrets/x", "//a b?q=\u00fc#part"]) await ask(path);
  const proxy = "/api/v1/namespaces/prod/services/shop%3A80/proxy";
  assert.deepEqual(
    api.requests.map((request) => request.path),
    [`${proxy}/secrets/x`, `${proxy}/a%20b?q=%C3%BC`],
  );
  await client.close();
});

test("gives what a pod answers through the proxy, whatever its status, but not a refusal of the API server", async () => {
  const plain = (status: number) => (response: ServerResponse) =>
    void response.writeHead(status, { "audit-id": "7" }).end("said");
  await using api = await scriptedApi([plain(200), plain(404), plain(503), refusal(403, "Forbidden")]);
  const client = await testClient(api.url);
  const ask = () =>
    client.proxyGet({ kind: "pods", namespace: "prod", name: "shop-1", port: "http", path: "/version?a=b" });
  assert.deepEqual(await ask(), { status: 200, body: "said" });
  assert.equal(api.requests[0]?.path, "/api/v1/namespaces/prod/pods/shop-1%3Ahttp/proxy/version?a=b");
  assert.deepEqual(await ask(), { status: 404, body: "said" });
  assert.deepEqual(await ask(), { status: 503, body: "said" });
  await assert.rejects(ask(), {
    code: "forbidden",
    message: /^Cannot proxy to port http of Pod shop-1 in namespace prod: /,
  });
  await client.close();
});

const proxied = { kind: "pods", namespace: "prod", name: "shop-1", port: 80, path: "/" } as const;

test("asks a pod again where the API server, or a gateway before it, failed to ask it", async () => {
  const named = { "audit-id": "7" };
  const gateway: Reply = (response) => response.writeHead(502, { "content-type": "text/html" }).end("<html>");
  const pods: Reply = (response) => response.writeHead(500, named).end("own");
  await using api = await scriptedApi([refusal(500, "InternalError", named), gateway, pods]);
  const client = await testClient(api.url);
  assert.deepEqual(await client.proxyGet(proxied), { status: 500, body: "own" });
  assert.equal(api.requests.length, 3);
  await client.close();
});

test("says that a pod cannot be reached where that stays so for seconds", async () => {
  const message = "error trying to reach service: dial tcp 10.0.0.7:80: connect: connection refused";
  await using api = await scriptedApi(json({ kind: "Status", message, code: 503 }, 503));
  const clock = instantClock();
  const client = await testClient(api.url, { clock });
  const { status, body } = await client.proxyGet(proxied);
  assert.equal(status, 503);
  assert.ok(body.includes("connection refused"));
  assert.deepEqual(clock.sleeps, [250, 500, 1_000]);
  await client.close();
});

test("believes nobody that an API which was served is not there, and no object gone that is not named", async () => {
  const gone = refusal(404, "NotFound");
  await using api = await scriptedApi([unserved, json(serviceShop()), unserved, json(serviceShop()), unserved, gone]);
  const client = await testClient(api.url);
  await assert.rejects(client.find(shop), { code: "not-found", message: /: HTTP 404: 404 page not found$/ });
  await client.get(shop);
  await client.get(shop);
  assert.equal(await client.find(shop), undefined);
  assert.equal(api.requests.length, 6);
  await client.close();
});

test("asks again for what is older than what it has seen", async () => {
  const at = (resourceVersion: string) => json({ ...serviceShop(), metadata: { name: "shop", resourceVersion } });
  const list = (resourceVersion: string) => json({ kind: "ServiceList", metadata: { resourceVersion }, items: [] });
  await using api = await scriptedApi([at("9"), at("7"), at("9"), list("8"), list("10"), list("9"), list("11")]);
  const client = await testClient(api.url);
  await client.patch(shop, { type: "merge", body: {} });
  assert.equal((await client.get(shop)).metadata.resourceVersion, "9");
  assert.equal((await client.list(services)).resourceVersion, "10");
  assert.equal((await client.list(services)).resourceVersion, "11");
  await client.close();
});

test("says so where a server shows only what is older", async () => {
  const at = (resourceVersion: string) => json({ ...serviceShop(), metadata: { name: "shop", resourceVersion } });
  await using api = await scriptedApi([at("9"), ...Array.from({ length: 12 }, () => at("8"))]);
  const client = await testClient(api.url);
  await client.get(shop);
  await assert.rejects(client.get(shop), { code: "unavailable", message: /: it shows an older state than before$/ });
  await client.close();
});
