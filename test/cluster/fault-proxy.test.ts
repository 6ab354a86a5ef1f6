import assert from "node:assert/strict";
import { test } from "node:test";
import { systemClock } from "@cutover/action-kit";
import { type Client, createClient } from "@cutover/kubernetes";
import { certificate, type Sandbox, startSandbox } from "@cutover/sandbox";
import { shop } from "../journeys/shop.ts";
import { answered, at, type Crossed, cut, delayed, late, type Mishap, moments, silent } from "./crossing.ts";
import { type FaultProxy, startFaultProxy } from "./fault-proxy.ts";

const ref = { apiVersion: "v1", kind: "Service", namespace: "shop", name: "shop" };

interface Setup extends AsyncDisposable {
  sandbox: Sandbox;
  proxy: FaultProxy;
  client: Client;
  /** Writes a label, through a mishap; what the client heard of it. */
  write(mishap: Mishap): Promise<string>;
  isWritten(): boolean;
}

async function setup(): Promise<Setup> {
  const sandbox = await startSandbox(shop());
  const proxy = await startFaultProxy({ url: sandbox.url, credentials: { ca: Buffer.from(certificate) } });
  const processes = { run: () => assert.fail("it starts no process") };
  const kubeconfig = proxy.kubeconfig("shop");
  const limits = { writeHeaders: 500 };
  const client = await createClient({ kubeconfig, env: {}, clock: systemClock, processes, limits });
  return {
    ...{ sandbox, proxy, client },
    write: async (mishap) => {
      proxy.begin({ when: ({ verb }) => verb === "patch", mishap });
      const body = { metadata: { labels: { written: "yes" } } };
      return await client.patch(ref, { type: "merge", body }).then(
        () => "done",
        ({ message }: Error) => message,
      );
    },
    isWritten: () => sandbox.registry.store.get("Service", "shop", "shop")?.metadata.labels?.written === "yes",
    [Symbol.asyncDispose]: async () => {
      await client.close();
      await proxy[Symbol.asyncDispose]();
      await sandbox.close();
    },
  };
}

test("passes reads, watches, refusals and streams through, and counts them", async () => {
  await using through = await setup();
  const { proxy, client, sandbox } = through;
  const { metadata } = await client.get(ref);
  assert.equal(await client.find({ ...ref, name: "other" }), undefined);
  const collection = { apiVersion: "v1", kind: "Service", namespace: "shop" };
  const watching = client.watch(collection, metadata.resourceVersion ?? "")[Symbol.asyncIterator]();
  const event = watching.next();
  await client.patch(ref, { type: "merge", body: { metadata: { labels: { watched: "yes" } } } });
  assert.equal((await event).value?.type, "MODIFIED");
  await watching.return?.(undefined);
  const [pod] = sandbox.registry.store.list("Pod", "shop");
  await using tunnel = await client.portForward([{ namespace: "shop", name: pod?.metadata.name ?? "" }], 8080);
  const version = await fetch(`http://127.0.0.1:${tunnel.port}/version`);
  assert.equal(version.headers.get("x-version"), "v1");
  assert.deepEqual(
    proxy.requests
      .slice(0, 5)
      .map(({ number, verb, resource, occurrence }) => `${number} ${verb} ${resource} ${occurrence}`),
    ["1 get services 1", "2 get services 2", "3 watch services 1", "4 patch services 1", "5 get pods/portforward 1"],
  );
});

for (const moment of moments) {
  test(`a deed ${moment} finds the request${moment === moments[0] ? " not yet" : ""} carried out`, async () => {
    await using through = await setup();
    let found: boolean | undefined;
    const deed = () => {
      found = through.isWritten();
      return "cut" as const;
    };
    const heard = await through.write(at(moment, deed));
    assert.equal(found, moment !== "before the request is sent");
    assert.equal(heard === "done", moment === "after the answer", heard);
  });
}

test("a mishap befalls one request, and is what it says", async () => {
  const mishaps: [Mishap, boolean, RegExp][] = [
    [cut("before the commit"), false, /closed/],
    [cut("after the commit"), true, /closed/],
    [answered(503), false, /said the fault proxy/],
    [answered(500, { isCommitted: true }), true, /said the fault proxy/],
    [silent(), true, /no answer within 0.5 s/],
    [answered(429, { retryAfter: "0" }), true, /^done$/],
    [delayed(10), true, /^done$/],
  ];
  const judge = async ([mishap, isWritten, heard]: (typeof mishaps)[number]): Promise<void> => {
    await using through = await setup();
    assert.match(await through.write(mishap), heard, mishap.name);
    assert.equal(through.isWritten(), isWritten, mishap.name);
  };
  await Promise.all(mishaps.map(judge));
});

test("a write can land after its client was cut off", async () => {
  await using through = await setup();
  const landed = Promise.withResolvers<[Crossed, number]>();
  const heard = await through.write(late(100, (...fact) => landed.resolve(fact)));
  assert.notEqual(heard, "done");
  assert.equal(through.isWritten(), false);
  const [{ verb, name }, status] = await landed.promise;
  assert.deepEqual([verb, name, status, through.isWritten()], ["patch", "shop", 200, true]);
});
