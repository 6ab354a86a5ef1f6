import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import { virtualClock } from "@cutover/sandbox";
import type { Collection, Resource, ResourceList, WatchEvent } from "./model.ts";
import { SharedMirrors } from "./shared-mirrors.ts";

const pods = { apiVersion: "v1", kind: "Pod", namespace: "prod" };

function pod(name: string, resourceVersion: string): Resource {
  return { apiVersion: "v1", kind: "Pod", metadata: { name, namespace: "prod", uid: name, resourceVersion } };
}

/** A server with one list, whose watches stay open and tell what they are told to. */
function server(items: Resource[]) {
  const clock = virtualClock();
  const asked: string[] = [];
  const tell: ((event: WatchEvent) => void)[] = [];
  let current: ResourceList = { resourceVersion: "10", items };
  const client = {
    list: async () => {
      asked.push("list");
      return current;
    },
    watch: async function* (_: Collection, resourceVersion: string, { signal }: { signal?: AbortSignal } = {}) {
      asked.push(`watch from ${resourceVersion}`);
      while (signal?.aborted !== true) {
        const next = Promise.withResolvers<WatchEvent | undefined>();
        tell.push((event) => next.resolve(event));
        signal?.addEventListener("abort", () => next.resolve(undefined));
        const event = await next.promise;
        if (event !== undefined) yield event;
      }
      asked.push("watch ended");
    },
  };
  return {
    ...{ clock, asked, mirrors: new SharedMirrors(client, clock) },
    holds: (list: ResourceList) => {
      current = list;
    },
    tells: (object: Resource) => tell.pop()?.({ type: "MODIFIED", object }),
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const names = (items: readonly Resource[]) =>
  items.map(({ metadata: { name, resourceVersion } }) => name + resourceVersion);

test("all who look at the same share one watch, and each is woken by its own part of it", async () => {
  const { mirrors, asked, tells } = server([pod("a", "1"), pod("b", "2")]);
  const only = (name: string) => ({ matches: ({ metadata }: Resource) => metadata.name === name, lately: true });
  const [a, b] = [await mirrors.look(pods, only("a")), await mirrors.look(pods, only("b"))];
  await settled();
  const woken: string[] = [];
  void a.changed().then(() => woken.push("a"));
  void b.changed().then(() => woken.push("b"));
  tells(pod("b", "11"));
  await settled();
  assert.deepEqual([woken, names(a.items()), names(b.items())], [["b"], ["a1"], ["b11"]]);
  assert.deepEqual(asked, ["list", "watch from 10"]);
  mirrors.close();
});

test("who comes later sees nothing older than the call", async () => {
  const { mirrors, asked, holds } = server([pod("a", "1")]);
  await mirrors.look(pods);
  holds({ resourceVersion: "20", items: [pod("a", "15")] });
  assert.deepEqual(names((await mirrors.look(pods, { lately: true })).items()), ["a1"]);
  assert.deepEqual(names((await mirrors.look(pods)).items()), ["a15"]);
  holds({ resourceVersion: "12", items: [] });
  assert.deepEqual(names((await mirrors.look(pods)).items()), ["a15"], "a list that is behind tells nothing");
  assert.equal(asked.filter((one) => one === "list").length, 3);
  mirrors.close();
});

test("a list that is known already saves another one", async () => {
  const { mirrors, asked } = server([]);
  const view = await mirrors.look(pods, { known: { resourceVersion: "7", items: [pod("a", "5")] } });
  await settled();
  assert.deepEqual([names(view.items()), asked], [["a5"], ["watch from 7"]]);
  mirrors.close();
});

test("a mirror stays open for a while after the last look, and is then closed", async () => {
  const { mirrors, asked, clock } = server([]);
  (await mirrors.look(pods)).close();
  await clock.advance(4_000);
  (await mirrors.look(pods, { lately: true })).close();
  await clock.advance(4_000);
  assert.deepEqual(asked, ["list", "watch from 10"]);
  await clock.advance(2_000);
  await settled();
  assert.deepEqual(asked, ["list", "watch from 10", "watch ended"]);
});

test("a first look that is cut short rejects at once, and leaves nothing open", async () => {
  const { mirrors, clock, asked } = server([]);
  const stop = new AbortController();
  const look = mirrors.look(pods, { signal: stop.signal });
  stop.abort("cancelled");
  await assert.rejects(look, { code: "timed-out" });
  await settled();
  await clock.advance(6_000);
  await settled();
  assert.deepEqual(asked, ["list", "watch from 10", "watch ended"]);
});

test("who has closed its look is not kept by the signal that could have ended it", async () => {
  const { mirrors } = server([pod("a", "1")]);
  const { signal } = new AbortController();
  const view = await mirrors.look(pods, { signal });
  assert.equal(getEventListeners(signal, "abort").length, 1);
  view.close();
  assert.deepEqual(getEventListeners(signal, "abort"), []);
  mirrors.close();
});
