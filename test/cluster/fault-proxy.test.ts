import assert from "node:assert/strict";
import { test } from "node:test";
import { systemClock } from "@cutover/action-kit";
import { type Client, createClient } from "@cutover/kubernetes";
import { certificate, type Sandbox, startSandbox } from "@cutover/sandbox";
import { settled } from "../journeys/open-shop.ts";
import { shop } from "../journeys/shop.ts";
import { answered, at, cut, delayed, late, type Mishap, moments, silent } from "./crossing.ts";
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

/** @param patience milliseconds that the client waits for the answer to a write */
async function setup(patience = 60_000): Promise<Setup> {
  const sandbox = await startSandbox(shop());
  await settled(sandbox);
  const proxy = await startFaultProxy({ url: sandbox.url, credentials: { ca: Buffer.from(certificate) } });
  const processes = { run: () => assert.fail("it starts no process") };
  const kubeconfig = proxy.kubeconfig("shop");
  const limits = { writeHeaders: patience };
  const client = await createClient({ kubeconfig, env: {}, clock: systemClock, processes, limits });
  return {
    ...{ sandbox, proxy, client },
    write: async (mishap) => {
      const over = Promise.withResolvers<void>();
      const strike: Mishap["strike"] = async (crossing) => {
        await mishap.strike(crossing);
        over.resolve();
      };
      proxy.begin({ when: ({ verb }) => verb === "patch", mishap: { ...mishap, strike } });
      const body = { metadata: { labels: { written: "yes" } } };
      const heard = client.patch(ref, { type: "merge", body }).then(
        () => "done",
        ({ message }: Error) => message,
      );
      // The client may be gone before it is over.
      await over.promise;
      return await heard;
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
    proxy.requests.map(({ number }) => number),
    proxy.requests.map((_, index) => index + 1),
  );
  const seen = proxy.requests.map(({ verb, resource, occurrence }) => `${verb} ${resource} no. ${occurrence}`);
  // A watch and the write that it is to see are on their way side by side.
  const asked = ["get pods/portforward no. 1", "get services no. 2", "patch services no. 1", "watch services no. 1"];
  for (const one of asked) assert.ok(seen.includes(one), `${one} is not among ${seen}`);
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
    [silent(), true, /no answer within 0.3 s/],
    [answered(429, { retryAfter: "0" }), true, /^done$/],
    [delayed(10), true, /^done$/],
  ];
  const judge = async ([mishap, isWritten, heard]: (typeof mishaps)[number]): Promise<void> => {
    await using through = await setup(mishap.name === silent().name ? 300 : undefined);
    assert.match(await through.write(mishap), heard, mishap.name);
    assert.equal(through.isWritten(), isWritten, mishap.name);
  };
  await Promise.all(mishaps.map(judge));
});

test("a write can land after its client was cut off", async () => {
  await using through = await setup();
  const landings: unknown[] = [];
  const mishap = late(100, ({ verb, name }, status) => landings.push([verb, name, status]));
  let wasWritten: boolean | undefined;
  const heard = await through.write({
    ...mishap,
    strike: (crossing) => {
      const cutOff = () => {
        wasWritten = through.isWritten();
        crossing.cut();
      };
      return mishap.strike({ ...crossing, cut: cutOff });
    },
  });
  assert.notEqual(heard, "done");
  assert.deepEqual([wasWritten, landings, through.isWritten()], [false, [["patch", "shop", 200]], true]);
});
