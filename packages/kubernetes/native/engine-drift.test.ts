import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Ending } from "@cutover/release";
import { at, type LoggedRequest, type Struck } from "@cutover/sandbox";
import { active, openShop, type Shop, stored } from "./engine.test-kit.ts";
import { refTo } from "./kinds.ts";
import { imagesOfShop, namespace, slot } from "./shop-objects.test-kit.ts";

type Hand = (shop: Shop) => Promise<unknown>;

const ref = (kind: "Service" | "Deployment", name: string) => refTo(kind, namespace, name);

const moves: Hand = ({ client }) => {
  const body = { spec: { selector: { color: "green" } } };
  return client.patch(ref("Service", "shop"), { type: "merge", body }, { fieldManager: "kubectl-patch" });
};
const reverts: Hand = ({ client }) => {
  const body = { spec: { selector: { color: "blue" } } };
  return client.patch(ref("Service", "shop"), { type: "merge", body }, { fieldManager: "argocd-controller" });
};
const scales =
  (name: string, replicas: number): Hand =>
  ({ client }) =>
    client.patch(ref("Deployment", name), { type: "merge", body: { spec: { replicas } } }, { fieldManager: "kubectl" });
const edits =
  (name: string, fieldManager: string): Hand =>
  ({ client }) => {
    const value = "shop:4";
    const path = "/spec/template/spec/containers/0/image";
    const patch = { type: "json", body: [{ op: "replace", path, value }] } as const;
    return client.patch(ref("Deployment", name), patch, { fieldManager });
  };
const deletes =
  (name: string): Hand =>
  ({ client }) =>
    client.delete(ref("Deployment", name));
const remakes: Hand = async ({ client }) => {
  await client.delete(ref("Deployment", "shop-green"));
  await client.create(slot("green", "shop:4", 2), { fieldManager: "kubectl-create" });
};

/** A release of which `hand` does something as the step with that title begins. */
async function releaseWith(shop: Shop, title: RegExp, hand: Hand): Promise<Ending> {
  const { log, processes: none } = shop.setting({});
  let isDone = false;
  const group = async <T>(name: string, body: () => Promise<T>): Promise<T> => {
    const isNow = title.test(name) && !isDone;
    if (isNow) isDone = true;
    const [answer] = await Promise.all([log.group(name, body), isNow ? hand(shop) : undefined]);
    return answer;
  };
  const processes = { ...none, run: async () => ({ exitCode: 0, stdout: "", stderr: "", timedOut: false }) };
  const setting = { log: { ...log, group }, smoke: "check", processes, soak: 5_000 };
  const wanted = { smoke: true, soak: 5_000 };
  return await shop.until(shop.begin({ source: imagesOfShop("shop:2"), wanted, setting }));
}

const hasSwitched = ({ journal }: Ending) =>
  journal.some(({ step, result }) => step.kind === "switch" && result === "passed");

suite("A release stops before the switch, and says what was changed and by whom:", () => {
  const cases: readonly [sentence: string, step: RegExp, hand: Hand, reason: RegExp][] = [
    [
      "the Service, while it is recorded",
      /^Record/,
      moves,
      /^Service shop was changed in the middle of this release, by kubectl-patch \(2\d{3}-.*Z\): spec.selector was app=shop, color=blue, and is app=shop, color=green/,
    ],
    [
      "the idle slot's size, as it is prepared",
      /^Prepare/,
      scales("shop-green", 1),
      /Deployment shop-green .* by kubectl \(/,
    ],
    [
      "the preview's image, while it starts",
      /^Wait/,
      edits("shop-green", "kubectl-set"),
      /by kubectl-set .*image of app: shop:2 before, shop:4 now/,
    ],
    [
      "the preview deleted, while it starts",
      /^Wait/,
      deletes("shop-green"),
      /Deployment shop-green .*somebody who left no name: it was deleted/,
    ],
    [
      "the preview made again, while it is probed",
      /^Probe/,
      remakes,
      /by kubectl-create \(.*it was deleted and made again/,
    ],
    ["the preview's size, while it is probed", /^Probe/, scales("shop-green", 0), /spec.replicas was 2, and is 0/],
    [
      "the active slot's image, while the preview is tried",
      /^Run the smoke|^Smoke/,
      edits("shop-blue", "kustomize-controller"),
      /Deployment shop-blue .*kustomize-controller/,
    ],
    [
      "the active slot deleted, while the preview is tried",
      /^Run the smoke|^Smoke/,
      deletes("shop-blue"),
      /Deployment shop-blue .*it was deleted/,
    ],
  ];
  for (const [sentence, step, hand, reason] of cases) {
    test(sentence, async () => {
      await using shop = await openShop();
      const ending = await releaseWith(shop, step, hand);
      assert.equal(ending.outcome, "refused", ending.reason);
      assert.match(ending.reason, reason);
      assert.equal(hasSwitched(ending), false);
      assert.equal(stored(shop, "Lease", "cutover-shop").spec?.holderIdentity, undefined);
    });
  }

  test("the Service, in the moment before the switch is written", async () => {
    await using shop = await openShop();
    const struck = meddleAtSwitch(shop, moves);
    const ending = await shop.release("shop:2");
    assert.equal(struck.hits.length, 1);
    assert.equal(ending.outcome, "refused", ending.reason);
    assert.match(ending.reason, /Service shop .* by kubectl-patch \(.*is app=shop, color=green/);
    assert.equal(hasSwitched(ending), false);
  });
});

test("A word on the Service that moves nothing does not stop a release", async () => {
  await using shop = await openShop();
  const noted: Hand = ({ client }) => {
    const body = { metadata: { annotations: { owner: "team-shop" } } };
    return client.patch(ref("Service", "shop"), { type: "merge", body }, { fieldManager: "kubectl-annotate" });
  };
  const struck = meddleAtSwitch(shop, noted);
  const ending = await shop.release("shop:2");
  assert.equal(struck.hits.length, 1);
  assert.deepEqual([ending.outcome, active(shop)], ["succeeded", "green"], ending.reason);
  assert.equal(stored(shop, "Service", "shop").metadata.annotations?.owner, "team-shop");
});

/** `hand` is a moment quicker than the write that moves the traffic. */
function meddleAtSwitch(shop: Shop, hand: Hand): Struck {
  const isSwitch = ({ body }: LoggedRequest) => JSON.stringify(body).includes('"selector"');
  const when = { verb: "patch", resource: "services", if: isSwitch };
  return shop.sandbox.fault({ when, what: at("before-commit", () => hand(shop)) });
}

suite("After the switch", () => {
  test("a hand that moves the Service during the soak has the last word, and is named", async () => {
    await using shop = await openShop();
    const ending = await releaseWith(shop, /^Soak/, reverts);
    assert.equal(ending.outcome, "superseded", ending.reason);
    assert.match(
      ending.reason,
      /^Service shop was moved by argocd-controller \(.*Z\) after this run had switched it: spec/,
    );
    assert.match(ending.hint ?? "", /`ignoreDifferences`.*RespectIgnoreDifferences=true/);
    assert.equal(active(shop), "blue");
    const history = stored(shop, "ControllerRevision", "cutover-shop-2");
    assert.equal(history.metadata.annotations?.["cutover.dev/result"], undefined, "nobody judged it");
  });

  test("a hand that scales the new slot is no reason to go back", async () => {
    await using shop = await openShop();
    const ending = await releaseWith(shop, /^Soak/, scales("shop-green", 3));
    assert.deepEqual([ending.outcome, active(shop)], ["succeeded", "green"], ending.reason);
  });
});

test("What an autoscaler does in the middle of a release is no drift", async () => {
  await using shop = await openShop();
  const scaled: Hand = ({ client }) => {
    const patch = { type: "merge", body: { spec: { replicas: 3 } } } as const;
    return client.patch(ref("Deployment", "shop-blue"), patch, { fieldManager: "kube-controller-manager" });
  };
  const ending = await releaseWith(shop, /^Probe/, scaled);
  assert.equal(ending.outcome, "succeeded", ending.reason);
  assert.equal(stored(shop, "Deployment", "shop-green").spec?.replicas, 3, "as many as serve now");
});
