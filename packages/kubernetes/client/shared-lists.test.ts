import assert from "node:assert/strict";
import { test } from "node:test";
import type { Collection, ResourceList } from "./model.ts";
import { sharingLists } from "./shared-lists.ts";

const pods = { apiVersion: "v1", kind: "Pod", namespace: "prod" };

/** Lists that end when they are told to. */
function slowLists() {
  const sent: { collection: Collection; answer: PromiseWithResolvers<ResourceList> }[] = [];
  const list = sharingLists((collection) => {
    const answer = Promise.withResolvers<ResourceList>();
    sent.push({ collection, answer });
    return answer.promise;
  });
  const end = async (index: number) => {
    sent[index]?.answer.resolve({ resourceVersion: String(index + 1), items: [] });
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { list, sent, end };
}

const versions = (lists: readonly Promise<ResourceList>[]) =>
  Promise.all(lists.map(async (one) => (await one).resourceVersion));

test("who asks while a list is under way shares the next one, which is sent when that has ended", async () => {
  const { list, sent, end } = slowLists();
  const asked = [list(pods), list(pods), list({ ...pods }), list(pods)];
  assert.equal(sent.length, 1);
  await end(0);
  assert.equal(sent.length, 2);
  asked.push(list(pods));
  await end(1);
  await end(2);
  assert.deepEqual(await versions(asked), ["1", "2", "2", "2", "3"]);
});

test("another collection, or a list that can be cut short, waits for nobody", async () => {
  const { list, sent } = slowLists();
  void list(pods);
  void list({ ...pods, labelSelector: "app=shop" });
  void list(pods, { signal: new AbortController().signal });
  assert.equal(sent.length, 3);
});

test("a list that failed fails who shared it, and nobody after them", async () => {
  const { list, sent, end } = slowLists();
  const [first, second] = [list(pods), list(pods)];
  sent[0]?.answer.reject(new Error("gone"));
  await assert.rejects(first, /gone/);
  await end(1);
  assert.deepEqual(await versions([second]), ["2"]);
});
