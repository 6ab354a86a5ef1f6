import assert from "node:assert/strict";
import { test } from "node:test";
import { isCutoverError } from "@cutover/release";
import { brokenTls, outage, realClock, startSandbox } from "@cutover/sandbox";
import { createClient } from "./create-client.ts";
import { faultyShop, shopRef } from "./faulty-shop.test-kit.ts";
import { isUnknownResult } from "./lost-answer.ts";
import { noProcesses } from "./scripted-api.ts";

const label = { type: "merge", body: { metadata: { labels: { struck: "yes" } } } } as const;

test("a server that is gone for a while: a read outlasts it, a write that was under way is unknown, a later one waits", async () => {
  await using shop = await faultyShop();
  const { clock, client, sandbox } = shop;
  sandbox.fault({ what: outage(5_000) });
  const began = clock.now();
  await clock.drive(client.get(shopRef));
  assert.ok(clock.now() - began >= 5_000 && clock.now() - began < 15_000, `${clock.now() - began} ms`);
  sandbox.fault({ what: outage(5_000) });
  const lost = await clock.drive(client.patch(shopRef, label).catch((error: unknown) => error));
  assert.ok(isUnknownResult(lost));
  const [before, seen] = [clock.now(), sandbox.requests.length];
  await clock.drive(client.patch(shopRef, label));
  assert.ok(clock.now() - before >= 4_000);
  assert.equal(sandbox.requests.length - seen, 1);
});

test("real ports: refused while it is gone, then there again; and a handshake that goes wrong is no lost write", async () => {
  const clock = realClock();
  const metadata = { name: "shop", namespace: "shop" };
  const service = { apiVersion: "v1", kind: "Service", metadata, spec: { ports: [{ port: 80 }] } };
  await using sandbox = await startSandbox({ clock, objects: [service] });
  const client = await createClient({ kubeconfig: sandbox.kubeconfig, env: {}, clock, processes: noProcesses });
  await client.get(shopRef);
  sandbox.fault({ what: outage(100) });
  await client.get(shopRef);
  sandbox.fault({ what: brokenTls(60_000) });
  const refused = await client.get(shopRef).catch((error: unknown) => error);
  assert.ok(isCutoverError(refused, "unreachable"), String(refused));
  const unsent = await client.patch(shopRef, label).catch((error: unknown) => error);
  assert.ok(isCutoverError(unsent, "unreachable") && !isUnknownResult(unsent), String(unsent));
  await client.close();
});
