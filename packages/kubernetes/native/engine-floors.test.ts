import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { annotation, type Color, colors, type Ending } from "@cutover/release";
import { active, goingBack, type Order, openShop, type Shop, stepsOf, stored } from "./engine.test-kit.ts";
import { preview } from "./preview.ts";
import { autoscaler, deployments, imagesOfShop, manifestsOfShop, namespace, usual } from "./shop-objects.test-kit.ts";
import { openTraffic } from "./traffic.test-kit.ts";

const [blue, green] = [autoscaler("shop-blue", 1), autoscaler("shop-green", 1)];
const scalers = [blue, green];

/** Where blue serves with five pods, and each color has an autoscaler that goes down to one. */
async function openBusyShop(options: Parameters<typeof openShop>[0] = {}): Promise<Shop> {
  const shop = await openShop({ objects: [...usual, ...scalers], ...options });
  await scale(shop, "blue", 5);
  await shop.pass(3_000);
  return shop;
}

const ref = (kind: "Deployment" | "HorizontalPodAutoscaler", name: string) => {
  const apiVersion = kind === "Deployment" ? "apps/v1" : "autoscaling/v2";
  return { apiVersion, kind, namespace, name };
};

const resize = (shop: Shop, color: Color, replicas: number) =>
  shop.client.patch(
    ref("Deployment", deployments[color]),
    { type: "merge", body: { spec: { replicas } } },
    { fieldManager: "kube-controller-manager" },
  );

const scale = (shop: Shop, color: Color, replicas: number) => shop.until(resize(shop, color, replicas));

const pods = (shop: Shop, color: Color) => stored(shop, "Deployment", deployments[color]).spec?.replicas;

/** What an autoscaler without load to be seen has made of its slot when it has had the time that it waits for. */
async function idle(shop: Shop): Promise<void> {
  for (const color of colors) {
    if (!isThere(shop, color)) continue;
    const floor = Number(floorOf(shop, color)[0]);
    if (color === active(shop) || Number(pods(shop, color)) <= floor) continue;
    await resize(shop, color, floor);
  }
}

function isThere(shop: Shop, color: Color): boolean {
  const { store } = shop.sandbox.registry;
  return (["Deployment", "HorizontalPodAutoscaler"] as const).every((kind) =>
    store.get(kind, namespace, deployments[color]),
  );
}

/** The floor, and the note about what it was. */
function floorOf(shop: Shop, color: Color): [floor: unknown, note: string | undefined] {
  const { spec, metadata } = stored(shop, "HorizontalPodAutoscaler", deployments[color]);
  return [spec?.minReplicas, metadata.annotations?.[annotation.floor]];
}

/** A run before each step of which the autoscalers have had their time. */
async function whileIdle(shop: Shop, order: Order): Promise<Ending> {
  const { log } = shop.setting({});
  const group = async <T>(title: string, body: () => Promise<T>): Promise<T> => {
    await idle(shop);
    return await log.group(title, body);
  };
  return await shop.until(shop.begin({ ...order, setting: { log: { ...log, group }, ...order.setting } }));
}

const raised = (pods: number, own = 1) => [pods, JSON.stringify({ own, raised: pods })];

suite("An autoscaler", () => {
  test("takes no pods from the preview before the confirmation, nor from the slot that is kept", async () => {
    await using shop = await openBusyShop();
    const ending = await whileIdle(shop, { wanted: { soak: 5_000 }, setting: { soak: 5_000 } });
    assert.equal(ending.outcome, "succeeded", ending.reason);
    const steps = stepsOf(ending);
    assert.deepEqual(steps.slice(-2), ["mark", "restore-floor"]);
    assert.equal(steps.filter((kind) => kind === "prepare").length, 1, steps.join());
    assert.deepEqual([pods(shop, "green"), pods(shop, "blue")], [5, 5]);
    assert.deepEqual(floorOf(shop, "green"), [1, undefined]);
    assert.deepEqual(floorOf(shop, "blue"), raised(5));
  });

  test("leaves a rollback its pods, and gets its own floor back once it is confirmed", async () => {
    await using shop = await openBusyShop();
    await whileIdle(shop, {});
    await shop.until(idle(shop));
    const back = await whileIdle(shop, goingBack("previous"));
    assert.deepEqual([back.outcome, active(shop), pods(shop, "blue")], ["succeeded", "blue", 5], back.reason);
    assert.ok(!stepsOf(back).includes("prepare"), stepsOf(back).join());
    assert.deepEqual(floorOf(shop, "blue"), [1, undefined]);
  });

  test("that adds pods to what serves while the preview is waited for is held at all of them", async () => {
    await using shop = await openBusyShop();
    const { log } = shop.setting({});
    const group = async <T>(title: string, body: () => Promise<T>): Promise<T> => {
      const isNow = title === "Wait until green is ready" && pods(shop, "blue") === 5;
      const [done] = await Promise.all([log.group(title, body), isNow ? resize(shop, "blue", 7) : undefined]);
      return done;
    };
    const ending = await shop.until(shop.begin({ wanted: { probe: false }, setting: { log: { ...log, group } } }));
    assert.deepEqual([ending.outcome, pods(shop, "green")], ["succeeded", 7], ending.reason);
    assert.deepEqual(floorOf(shop, "blue"), raised(7));
  });

  for (const previous of ["scale-down", "delete"] as const) {
    test(`of a slot that is retired with \`${previous}\` gets its own floor back`, async () => {
      await using shop = await openBusyShop();
      const ending = await whileIdle(shop, { wanted: { previous } });
      assert.deepEqual(stepsOf(ending).slice(-3), ["retire", "restore-floor", "restore-floor"]);
      assert.deepEqual(
        [floorOf(shop, "blue"), floorOf(shop, "green")],
        [
          [1, undefined],
          [1, undefined],
        ],
      );
    });
  }

  test("of a release that failed gets its own floor back, and so does that of what serves again", async () => {
    await using shop = await openBusyShop();
    await using _traffic = await openTraffic(shop);
    const source = imagesOfShop("shop:fades");
    const soak = 10_000;
    const ending = await whileIdle(shop, { source, wanted: { soak }, setting: { soak } });
    assert.deepEqual([ending.outcome, active(shop), pods(shop, "blue")], ["rolled-back", "blue", 5], ending.reason);
    assert.deepEqual(
      [floorOf(shop, "blue"), floorOf(shop, "green")],
      [
        [1, undefined],
        [1, undefined],
      ],
    );
  });

  test("holds a preview that waits for its approval, and a second release of it changes nothing there", async () => {
    await using shop = await openBusyShop();
    const manual = { wanted: { switch: "manual" } } as const;
    await whileIdle(shop, manual);
    await shop.until(idle(shop));
    assert.deepEqual([floorOf(shop, "green"), floorOf(shop, "blue")], [raised(5), [1, undefined]]);
    const again = await whileIdle(shop, manual);
    assert.deepEqual(stepsOf(again), ["lock", "probe"]);
    const promoted = await whileIdle(shop, {});
    assert.deepEqual([promoted.outcome, floorOf(shop, "green")], ["succeeded", [1, undefined]]);
  });

  test("that its owner changes in between keeps what its owner said", async () => {
    await using shop = await openBusyShop();
    await whileIdle(shop, { wanted: { switch: "manual" } });
    const patch = { type: "merge", body: { spec: { minReplicas: 2 } } } as const;
    const edited = ref("HorizontalPodAutoscaler", "shop-green");
    await shop.until(shop.client.patch(edited, patch, { fieldManager: "kubectl-edit" }));
    const ending = await whileIdle(shop, {});
    assert.deepEqual([ending.outcome, floorOf(shop, "green")], ["succeeded", [2, undefined]], ending.reason);
  });

  test("of the manifests is held from the moment that it is there", async () => {
    await using shop = await openShop({ objects: [] });
    const scaled = (image: string, floor: number) =>
      manifestsOfShop(image, { extras: (color) => [autoscaler(`shop-${color}`, floor)] });
    await shop.release("", { source: scaled("shop:1", 1) });
    await scale(shop, "blue", 4);
    const ending = await whileIdle(shop, { source: scaled("shop:2", 1) });
    assert.deepEqual([ending.outcome, pods(shop, "green")], ["succeeded", 4], ending.reason);
    assert.deepEqual([floorOf(shop, "blue"), floorOf(shop, "green")], [raised(4), [1, undefined]]);
    // Its owner now says just what it had been raised to.
    await shop.release("", { source: scaled("shop:3", 4) });
    assert.deepEqual(floorOf(shop, "blue"), [4, undefined]);
  });

  test("that may not go as high as what serves has as many pods as it may", async () => {
    const low = { ...green, spec: { ...Object(green.spec), maxReplicas: 3 } };
    await using shop = await openBusyShop({ objects: [...usual, blue, low] });
    const ending = await whileIdle(shop, {});
    assert.deepEqual([ending.outcome, pods(shop, "green")], ["succeeded", 3], ending.reason);
    assert.equal(stepsOf(ending).filter((kind) => kind === "prepare").length, 1);
  });

  test("that something else keeps is let be", async () => {
    await using shop = await openBusyShop({ objects: usual });
    for (const one of scalers) await shop.until(shop.client.create(one, { fieldManager: "argocd-controller" }));
    const ending = await shop.release("shop:2");
    assert.equal(ending.outcome, "succeeded", ending.reason);
    assert.deepEqual(
      [floorOf(shop, "blue"), floorOf(shop, "green")],
      [
        [1, undefined],
        [1, undefined],
      ],
    );
  });

  test("stands in the plan of a dry run, which raises nothing", async () => {
    await using shop = await openBusyShop();
    const terms = { soak: 0, drain: 0, previous: "keep", probe: false, smoke: false } as const;
    const { plan } = await shop.until(preview(shop.setting({}), { kind: "deploy", switch: "auto", ...terms }));
    const floors = plan.steps.filter(({ kind }) => kind === "hold-floor" || kind === "restore-floor");
    assert.deepEqual(floors, [
      { kind: "hold-floor", color: "green", pods: 5 },
      { kind: "hold-floor", color: "blue", pods: 5 },
      { kind: "restore-floor", color: "green" },
    ]);
    assert.deepEqual(floorOf(shop, "green"), [1, undefined]);
  });
});
