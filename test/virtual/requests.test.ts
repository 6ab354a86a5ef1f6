import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { at, type Sandbox } from "@cutover/sandbox";
import { mall, manifest, service } from "../journeys/shop.ts";
import { openTown, type Town } from "./town.ts";

type Request = Sandbox["requests"][number];
type Inputs = Readonly<Record<string, string>>;

/** Milliseconds that the pods of the version `slow` take. */
const slowness = 35_000;
const images = {
  "registry.example/shop:v1": { version: "v1" },
  "registry.example/shop:v2": { version: "v2" },
  "registry.example/shop:brisk": { version: "brisk", readyAfterMs: 2_000 },
  "registry.example/shop:slow": { version: "slow", readyAfterMs: slowness },
};

async function openMall(names: readonly string[], replicas = 2): Promise<Town> {
  const town = await openTown({ ...mall(names, replicas), images, probeEveryMs: 1_000 });
  await town.until(town.sandbox.clock.sleep(5_000));
  return town;
}

/** The requests of a release that succeeds. */
async function requestsOf(town: Town, inputs: Inputs): Promise<readonly Request[]> {
  const before = town.sandbox.requests.length;
  const { exitCode, log } = await town.until(town.run("blue-green-deploy", { drain: "0s", soak: "0s", ...inputs }));
  assert.equal(exitCode, 0, log);
  return town.sandbox.requests.slice(before);
}

const imagesOf = (names: readonly string[], version: string) => ({
  service: names.join("\n"),
  images: names.map((name) => `${name === "shop" ? "app" : name}=registry.example/shop:${version}`).join("\n"),
});

const told = (requests: readonly Request[]) => requests.map(({ verb, path }) => `\n${verb} ${path}`).join("");

/** The wait begins with the first watch, and ends when the first pod is probed. */
function split(requests: readonly Request[]): { before: readonly Request[]; waiting: readonly Request[] } {
  const began = requests.findIndex(({ verb }) => verb === "watch");
  const ended = requests.findIndex(({ subresource }) => subresource === "proxy");
  assert.ok(began > 0 && ended > began, told(requests));
  return { before: requests.slice(0, began), waiting: requests.slice(began, ended) };
}

test("a release asks at most 25 times before it waits, be it of images or of manifests", async () => {
  await using town = await openMall(["shop"]);
  writeFileSync(join(town.workspace, "service.json"), JSON.stringify(service()));
  const manifests = (version: string) => {
    writeFileSync(join(town.workspace, "shop.json"), manifest(version));
    return { service: "shop", manifests: "service.json\nshop.json" };
  };
  // The very first release records what it finds, and what nobody applied yet is made by the next ones.
  await requestsOf(town, { ...imagesOf(["shop"], "v2"), previous: "delete" });
  await requestsOf(town, { ...manifests("v1"), previous: "delete" });
  await requestsOf(town, manifests("v2"));
  for (const inputs of [manifests("slow"), imagesOf(["shop"], "v1")]) {
    const { before } = split(await requestsOf(town, inputs));
    assert.ok(before.length <= 25, `${before.length} requests:${told(before)}`);
  }
});

test("waiting costs one watch a kind, whatever the number of pods", async () => {
  const costs: Record<string, string>[] = [];
  for (const replicas of [3, 60]) {
    await using town = await openMall(["shop"], replicas);
    const { waiting } = split(await requestsOf(town, imagesOf(["shop"], "slow")));
    const reads = Map.groupBy(
      // A long list comes in pages.
      waiting.filter(({ isWrite, query }) => !isWrite && query.continue === undefined),
      ({ resource }) => resource,
    );
    costs.push(
      Object.fromEntries([...reads].map(([resource, of]) => [resource, of.map(({ verb }) => verb).join(", ")])),
    );
  }
  // The server ends each watch after half a minute.
  const followed = "watch, watch";
  const cost = { deployments: followed, replicasets: followed, pods: followed, events: `list, ${followed}` };
  assert.deepEqual(costs, [cost, cost]);
});

test("services that are released together ask no more than each alone would, and wait through the same watches", async () => {
  const requests: (readonly Request[])[] = [];
  for (const size of [1, 3, 8]) {
    const names = Array.from({ length: size }, (_, index) => `service-${index + 1}`);
    await using town = await openMall(names);
    requests.push(await requestsOf(town, imagesOf(names, "slow")));
  }
  const [one = 0, three = 0, eight = 0] = requests.map(({ length }) => length);
  assert.ok(eight <= 8 * one, `${one} requests for one service, ${eight} for 8`);
  assert.ok(eight - three <= 5 * one, `${three} requests for 3 services, ${eight} for 8`);
  const watches = requests.map((all) => all.filter(({ verb }) => verb === "watch").length);
  assert.deepEqual(watches, [watches[0], watches[0], watches[0]]);
});

test("pods that become ready while their events are looked at are seen at once", async () => {
  await using town = await openMall(["shop"]);
  const { sandbox } = town;
  let ready = 0;
  sandbox.registry.store.subscribe(({ kind, object }) => {
    const { conditions = [] } = (object.status ?? {}) as { conditions?: { type: string; status: string }[] };
    if (kind === "Pod" && conditions.some(({ type, status }) => type === "Ready" && status === "True"))
      ready = sandbox.clock.now();
  });
  // The events are asked for from the second second on; the answer comes when the pods have become ready.
  const late = at("before-commit", () => sandbox.clock.sleep(700));
  sandbox.fault({ when: { verb: "list", resource: "events", nth: 1 }, what: late });
  const requests = await requestsOf(town, imagesOf(["shop"], "brisk"));
  const seen = requests.find(({ subresource }) => subresource === "proxy")?.at ?? Number.POSITIVE_INFINITY;
  assert.ok(
    requests.some(({ resource }) => resource === "events"),
    told(requests),
  );
  assert.ok(seen - ready < 800, `${seen - ready} ms`);
});
