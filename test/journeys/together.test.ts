import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { failureOf, type OpenShop, openShop, replicas } from "./open-shop.ts";
import { mall } from "./shop.ts";
import { visit } from "./traffic.ts";

const names = ["web", "api", "cart"];
const service = names.join("\n");
const images = (tags: Readonly<Record<string, string>>) => ({
  images: Object.entries(tags)
    .map(([name, tag]) => `${name}=registry.example/shop:${tag}`)
    .join("\n"),
});
const good = { web: "v2", api: "v2", cart: "v2" };

test("three services are released and rolled back together, and none of them loses a request", async () => {
  await using shop = await openShop(mall(names), { service });
  const urls = await Promise.all(names.map((name) => shop.sandbox.openService("shop", name)));
  await using all = new AsyncDisposableStack();
  const visitors = urls.map(({ url }) => all.use(visit(url)));

  const released = await shop.deploy({ ...images(good), previous: "scale-down" });
  assert.deepEqual(
    outcome(released.outputs),
    ["succeeded", "web succeeded green 2", "api succeeded green 2", "cart succeeded green 2"],
    released.log,
  );
  assert.deepEqual(switches(shop), ["web", "api", "cart"]);
  assert.deepEqual([released.outputs.color, released.outputs.revision, released.outputs.state], ["", "", ""]);
  assert.match(released.summary, /^## 3 services were released together\n/);
  const { report = "" } = released.outputs;
  assert.match(readFileSync(report, "utf8"), /3 services were released together/);
  assert.deepEqual(
    names.map((name) => replicas(shop, name)),
    names.map(() => ({ blue: 0, green: 2 })),
  );

  const back = await shop.rollback();
  assert.deepEqual(
    outcome(back.outputs),
    ["succeeded", "web succeeded blue 1", "api succeeded blue 1", "cart succeeded blue 1"],
    back.log,
  );
  for (const one of visitors) {
    const { versions, lost } = await one.leave();
    assert.deepEqual([versions, lost], [["v1", "v2"], []]);
  }
});

test("one that never becomes ready keeps all of them where they are", async () => {
  await using shop = await openShop(mall(names), { service });
  const bad = await shop.deploy({ ...images({ ...good, api: "never-ready" }), timeout: "2s" });
  assert.deepEqual(
    outcome(bad.outputs),
    ["failed", "web failed blue 1", "api failed blue 1", "cart failed blue 1"],
    bad.log,
  );
  assert.deepEqual(switches(shop), []);
  assert.deepEqual(
    names.map((name) => replicas(shop, name)),
    names.map(() => ({ blue: 2, green: 0 })),
  );
  const message = failureOf(bad);
  assert.match(message, /^Deployment api-green never became ready/);
  const chapters = [...bad.summary.matchAll(/^## ❌ The release of (\w+) failed$/gm)].map(([, name]) => name);
  assert.deepEqual(chapters, ["api", "web", "cart"], "whose trouble came first stands first");
  for (const name of names)
    assert.ok(message.includes(`Traffic of ${name} stayed on blue (revision 1); nothing was switched.`));
});

test("one that falls ill under traffic takes all of them back, in the reverse order", async () => {
  await using shop = await openShop(mall(names), { service, soak: "1s" });
  const { url } = await shop.sandbox.openService("shop", "cart");
  await using _visitors = visit(url);
  const sick = await shop.deploy(images({ ...good, cart: "unready" }));
  assert.deepEqual(
    outcome(sick.outputs),
    ["rolled-back", "web rolled-back blue 1", "api rolled-back blue 1", "cart rolled-back blue 1"],
    sick.log,
  );
  assert.deepEqual(switches(shop), ["web", "api", "cart", "cart", "api", "web"]);
});

test("what is wrong with one of them is said before anything is written", async () => {
  await using shop = await openShop(mall(names), { service });
  const stray = await shop.deploy(images({ ...good, basket: "v2" }));
  assert.match(failureOf(stray), /^images: none of the services web, api, cart has a container basket,/);
  const unknown = await shop.deploy({ ...images(good), service: "web\nshop-window" });
  assert.match(failureOf(unknown), /shop-window/);
  const twice = await shop.deploy({ ...images(good), service: "web\nweb" });
  assert.match(failureOf(twice), /service: expected each name once, and web comes twice/);
  const number = await shop.rollback({ to: "1" });
  assert.match(failureOf(number), /to: expected previous: each service counts its revisions by itself/);
  assert.deepEqual(
    shop.sandbox.requests.filter(({ isWrite }) => isWrite),
    [],
  );
});

test("rights that are missing are all named, though what runs is read before they are asked for", async () => {
  await using shop = await openShop(mall(names), { service });
  shop.sandbox.setRules([{ verbs: ["get", "list", "watch"], apiGroups: [""], resources: ["services", "pods"] }]);
  const denied = await shop.deploy(images(good));
  assert.match(
    failureOf(denied),
    /may not do this in namespace shop: .*patch services, .*get deployments\.apps, .*leases/,
  );
});

test("a dry run plans each of them", async () => {
  await using shop = await openShop(mall(names), { service });
  const { log, outputs } = await shop.deploy({ ...images(good), "dry-run": "true" });
  const { reason = "" } = outputs;
  assert.match(reason, /^Dry run: \d+ steps; nothing was written$/);
  for (const name of names) assert.match(log, new RegExp(`^${name}: The plan for Service ${name}:$`, "m"));
});

function outcome({ outcome: all, services = "{}" }: Readonly<Record<string, string>>): (string | undefined)[] {
  const each: Record<string, { outcome: string; color: string; revision: number }> = JSON.parse(services);
  return [all, ...Object.entries(each).map(([name, one]) => `${name} ${one.outcome} ${one.color} ${one.revision}`)];
}

/** The Services whose selector moved, in that order. */
function switches({ sandbox }: OpenShop): string[] {
  const patches = sandbox.requests.filter(({ isWrite, resource }) => isWrite && resource === "services");
  return patches.filter(({ body }) => JSON.stringify(body).includes('"selector"')).map(({ name }) => name);
}
