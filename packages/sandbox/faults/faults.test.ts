import assert from "node:assert/strict";
import { test } from "node:test";
import type { Sandbox } from "../sandbox.ts";
import { ask, deployment, virtualSandbox } from "../test-shop.ts";
import { answer } from "./answers.ts";
import { cut } from "./connections.ts";
import type { What } from "./fault.ts";
import { at, delay, late, twice } from "./timing.ts";

const web = "apps/v1 deployments/web";
const scaledTo = (replicas: number) => ({ spec: { replicas } });
const shop = () => virtualSandbox({ objects: [deployment("web", "shop:1")] });
const replicas = ({ registry }: Sandbox) => registry.store.get("Deployment", "shop", "web")?.spec.replicas;
const codes = (sandbox: Sandbox) => sandbox.requests.map(({ status }) => status);

async function asked(sandbox: Sandbox, count: number): Promise<void> {
  while (sandbox.requests.length < count) await new Promise((resolve) => setImmediate(resolve));
}

test("strikes the next matching request once, before it happens, and tells which it was", async () => {
  await using sandbox = await shop();
  const struck = sandbox.fault({ when: { verb: "patch", resource: "deployments" }, what: answer(429) });
  assert.equal((await ask(sandbox, `GET ${web}`)).status, 200);
  const failed = await ask(sandbox, `merge ${web}`, scaledTo(7));
  assert.deepEqual([failed.status, failed.body.reason], [429, "TooManyRequests"]);
  assert.equal(replicas(sandbox), 3);
  assert.equal((await ask(sandbox, `merge ${web}`, scaledTo(7))).status, 200);
  assert.deepEqual(
    sandbox.requests.map(({ faults }) => faults),
    [[], ["answer 429"], []],
  );
  assert.deepEqual(struck.hits, [sandbox.requests[1]]);
});

test("learns a scenario as numbered requests", async () => {
  await using sandbox = await shop();
  for (const line of [`GET ${web}`, "GET v1 pods", `GET ${web}`]) await ask(sandbox, line);
  await ask(sandbox, `merge ${web}/scale`, scaledTo(2));
  const learned = sandbox.requests.map(({ number, verb, resource, name, subresource, occurrence, isWrite }) =>
    [number, verb, resource, name, subresource, occurrence, isWrite].join(" "),
  );
  assert.deepEqual(learned, [
    "1 get deployments web  1 false",
    "2 list pods   1 false",
    "3 get deployments web  2 false",
    "4 patch deployments web scale 1 true",
  ]);
});

const selections: readonly (readonly [string, Parameters<Sandbox["fault"]>[0]["when"], readonly number[]])[] = [
  ["its number", { request: 3 }, [200, 200, 500, 200, 200]],
  ["the n-th match", { verb: "get", nth: 2 }, [200, 200, 500, 200, 200]],
  ["a verb", { verb: "list" }, [200, 500, 200, 200, 200]],
  ["a resource", { resource: "pods" }, [200, 500, 200, 200, 200]],
  ["a name", { name: "web", nth: 3 }, [200, 200, 200, 500, 200]],
  ["a subresource", { subresource: "scale" }, [200, 200, 200, 500, 200]],
  ["no subresource", { subresource: "", name: "web", nth: 3 }, [200, 200, 200, 200, 500]],
  ["a part of the path", { path: "/pods" }, [200, 500, 200, 200, 200]],
  ["a pattern of the path", { path: /scale$/ }, [200, 200, 200, 500, 200]],
  ["being a write", { isWrite: true }, [200, 200, 200, 500, 200]],
  ["what its body says", { if: ({ body }) => JSON.stringify(body ?? "").includes("9") }, [200, 200, 200, 200, 500]],
  ["all of these", { verb: "get", resource: "pods" }, [200, 200, 200, 200, 200]],
];

for (const [by, when, expected] of selections) {
  test(`selects a request by ${by}`, async () => {
    await using sandbox = await shop();
    sandbox.fault({ ...(when === undefined ? {} : { when }), what: answer(500) });
    for (const line of [`GET ${web}`, "GET v1 pods", `GET ${web}`]) await ask(sandbox, line);
    await ask(sandbox, `merge ${web}/scale`, scaledTo(2));
    await ask(sandbox, `merge ${web}`, scaledTo(9));
    assert.deepEqual(codes(sandbox), expected);
  });
}

test("strikes as often as asked, and until it is ended", async () => {
  await using sandbox = await shop();
  sandbox.fault({ what: answer(503), times: 2 });
  const always = sandbox.fault({ when: { nth: 4 }, what: answer(504), times: Number.POSITIVE_INFINITY });
  for (let time = 0; time < 6; time += 1) await ask(sandbox, `GET ${web}`);
  always.end();
  await ask(sandbox, `GET ${web}`);
  assert.deepEqual(codes(sandbox), [503, 503, 200, 504, 504, 504, 200]);
});

test("faults that keep a request strike one after the other; those that let it through leave it to the next", async () => {
  await using sandbox = await shop();
  const seen: number[] = [];
  sandbox.fault({ what: at("before-commit", () => seen.push(sandbox.clock.now())) });
  sandbox.fault({ what: answer(500) });
  sandbox.fault({ what: answer(502) });
  for (let time = 0; time < 3; time += 1) await ask(sandbox, `GET ${web}`);
  assert.deepEqual(codes(sandbox), [500, 502, 200]);
  assert.deepEqual(sandbox.requests[0]?.faults, ["meddled with before-commit", "answer 500"]);
  assert.equal(seen.length, 1);
});

const cuts: readonly (readonly [What, number])[] = [
  [cut("unread"), 3],
  [cut("before-commit"), 3],
  [cut("after-commit"), 7],
];

for (const [what, expected] of cuts) {
  test(`${what.name}: no answer, and ${expected} replicas`, async () => {
    await using sandbox = await shop();
    sandbox.fault({ what, times: 2 });
    for (let time = 0; time < 2; time += 1) await assert.rejects(ask(sandbox, `merge ${web}`, scaledTo(7)));
    assert.equal(replicas(sandbox), expected);
    assert.deepEqual(codes(sandbox), [0, 0]);
    assert.equal((await ask(sandbox, `GET ${web}`)).status, 200);
  });
}

test("a delayed write lands later, on the sandbox's clock", async () => {
  await using sandbox = await shop();
  sandbox.fault({ when: { verb: "patch" }, what: delay(30_000) });
  const slow = ask(sandbox, `merge ${web}`, scaledTo(7));
  await asked(sandbox, 1);
  assert.equal(replicas(sandbox), 3);
  await sandbox.clock.advance(30_000);
  assert.equal((await slow).status, 200);
  assert.equal(replicas(sandbox), 7);
});

test("a late write lands after its client has gone, unless its precondition no longer holds", async () => {
  await using sandbox = await shop();
  const { resourceVersion } = sandbox.registry.store.get("Deployment", "shop", "web")?.metadata ?? {};
  sandbox.fault({ what: late(30_000) });
  await assert.rejects(ask(sandbox, `merge ${web}`, scaledTo(7)));
  sandbox.fault({ what: late(40_000, { code: 504 }) });
  const conditional = { metadata: { resourceVersion }, ...scaledTo(8) };
  assert.equal((await ask(sandbox, `merge ${web}`, conditional)).status, 504);
  await sandbox.clock.advance(29_999);
  assert.equal(replicas(sandbox), 3);
  await sandbox.clock.advance(1);
  assert.equal(replicas(sandbox), 7);
  await sandbox.clock.advance(10_000);
  assert.equal(replicas(sandbox), 7);
  const notes = sandbox.requests.map(({ faults }) => faults.at(-1));
  assert.deepEqual(notes, ["landed 200", "landed 409"]);
});

test("a create that is delivered twice is told that it exists", async () => {
  await using sandbox = await shop();
  sandbox.fault({ when: { verb: "create" }, what: twice() });
  const created = await ask(sandbox, "POST v1 configmaps", {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "a", namespace: "shop" },
  });
  assert.deepEqual([created.status, created.body.reason], [409, "AlreadyExists"]);
  assert.ok(sandbox.registry.store.get("ConfigMap", "shop", "a"));
});

test("holds a request at each of its moments, and cuts it there if told so", async () => {
  const expected = { "before-commit": [0, 3], "after-commit": [0, 7], "after-answer": [200, 7] } as const;
  for (const moment of ["before-commit", "after-commit", "after-answer"] as const) {
    await using sandbox = await shop();
    const reached = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const meddle = async () => {
      reached.resolve();
      await gate.promise;
      return "cut";
    };
    sandbox.fault({ when: { request: 1 }, what: at(moment, meddle) });
    const answered = ask(sandbox, `merge ${web}`, scaledTo(7)).catch(() => undefined);
    await reached.promise;
    assert.equal(replicas(sandbox), expected[moment][1], moment);
    gate.resolve();
    assert.equal((await answered)?.status ?? 0, expected[moment][0], moment);
    assert.equal(replicas(sandbox), expected[moment][1], moment);
  }
});
