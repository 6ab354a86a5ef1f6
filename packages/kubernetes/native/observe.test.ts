import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { annotation, type Color } from "@cutover/release";
import { as } from "./kinds.ts";
import { interpret } from "./observe.ts";
import type { Setting } from "./setting.ts";
import { autoscaler, deployments, imagesOfShop, manifestsOfShop } from "./shop-objects.test-kit.ts";
import type { Snapshot } from "./snapshot.ts";
import { endpointsOf, podOf, settingOf, snapshotOf } from "./snapshots.test-kit.ts";

const seen = (snapshot: Snapshot, setting: Setting = settingOf()) =>
  interpret(snapshot, setting, { locked: true, busy: false });

suite("A Service has a defect", () => {
  const examples: readonly [sentence: string, spec: object, defect: RegExp | undefined][] = [
    ["none where it selects a color", {}, undefined],
    ["where it is of type ExternalName", { type: "ExternalName" }, /^Service shop is of type ExternalName/],
    ["where it publishes pods that are not ready", { publishNotReadyAddresses: true }, /publishNotReadyAddresses/],
    [
      "where its selector has no color",
      { selector: { app: "shop" } },
      /^Service shop selects no color: its selector has app, and not color/,
    ],
    ["where it has no selector", { selector: undefined }, /selects no color/],
    ["where it selects another color", { selector: { color: "red" } }, /selects color=red, which is neither/],
  ];
  for (const [sentence, spec, defect] of examples) {
    test(sentence, () => {
      const [found, ...more] = seen(snapshotOf({ service: spec })).service.defects;
      assert.equal(more.length, 0);
      if (defect === undefined) assert.equal(found, undefined);
      else assert.match(found ?? "", defect);
    });
  }
});

suite("A switch to green has an obstacle", () => {
  const obstacle = (snapshot: Snapshot) => seen(snapshot).service.obstacles.green[0];

  test("none where its pods are ready and carry the labels", () => assert.equal(obstacle(snapshotOf()), undefined));

  test("where the Service would select none of its pods", () => {
    const snapshot = snapshotOf({ service: { selector: { app: "shop", tier: "web", color: "blue" } } });
    assert.match(
      obstacle(snapshot) ?? "",
      /would select no pod of Deployment shop-green: .*app=shop, tier=web, color=green/,
    );
  });

  test("where a stranger's ready pod has its labels", () => {
    const stranger = podOf("green", "stranger", { owner: "somebody" });
    const snapshot = snapshotOf({ more: [stranger] });
    assert.match(obstacle(snapshot) ?? "", /would also select pod stranger, which is not of the proved ReplicaSet/);
  });

  test("none where that stranger is not ready", () => {
    const stranger = podOf("green", "stranger", { owner: "somebody", ready: "False" });
    assert.equal(obstacle(snapshotOf({ more: [stranger] })), undefined);
  });

  test("where it sends to a port by a name that none of the containers has", () => {
    const ports = [{ name: "http", port: 80, targetPort: "web" }];
    assert.equal(
      obstacle(snapshotOf({ service: { ports } })),
      "Service shop sends to port web, which no container of Deployment shop-green has",
    );
  });

  for (const policy of ["externalTrafficPolicy", "internalTrafficPolicy"] as const) {
    test(`where ${policy} Local would leave a node without a ready pod`, () => {
      const pods = [
        podOf("blue", "b1", { node: "n1" }),
        podOf("blue", "b2", { node: "n2" }),
        podOf("green", "g1", { node: "n1" }),
      ];
      assert.equal(
        obstacle(snapshotOf({ service: { [policy]: "Local" }, pods })),
        "Service shop has traffic policy Local, and green has no ready pod on node n2",
      );
    });
  }
});

suite("A slot", () => {
  test("is told by its pods of the ReplicaSet that has its template", () => {
    const { green } = seen(snapshotOf()).slots;
    assert.deepEqual([green.exists, green.ready, green.settled, green.replicaSet], [true, 2, true, "rs-green"]);
  });

  test("is not settled while its controller has made no ReplicaSet of its template", () => {
    const snapshot = snapshotOf();
    const [blue, green] = [snapshot.replicaSets[0], snapshot.replicaSets[1]];
    assert.ok(blue && green);
    const old = { ...green, spec: { template: { ...green.spec.template, spec: { containers: [] } } } };
    const slot = seen({ ...snapshot, replicaSets: [blue, old] }).slots.green;
    assert.deepEqual([slot.replicaSet, slot.ready, slot.settled], [undefined, 0, false]);
  });

  test("counts no pod that is going, and none that is not ready", () => {
    const pods = [
      podOf("green", "g1", { going: true }),
      podOf("green", "g2", { ready: "False" }),
      podOf("green", "g3"),
    ];
    assert.equal(seen(snapshotOf({ pods })).slots.green.ready, 1);
  });

  test("that does not exist has nothing", () => {
    const snapshot = snapshotOf();
    const { green } = seen({ ...snapshot, deployments: { ...snapshot.deployments, green: undefined } }).slots;
    assert.deepEqual([green.exists, green.hash, green.replicas, green.ready], [false, undefined, 0, 0]);
  });

  const targets: readonly [
    sentence: string,
    floors: readonly [name: string, kind: string, min: number][],
    target: number,
  ][] = [
    ["as many pods as serve", [], 2],
    ["no fewer than an autoscaler's floor on itself", [[deployments.green, "Deployment", 5]], 5],
    ["no fewer than one on the other slot", [[deployments.blue, "Deployment", 4]], 4],
    ["as many as serve whatever another kind of that name has", [[deployments.green, "StatefulSet", 7]], 2],
  ];
  for (const [sentence, floors, target] of targets) {
    test(`is to have ${sentence}`, () => {
      const autoscalers = floors.map(([name, kind, floor]) =>
        as("HorizontalPodAutoscaler", autoscaler(name, floor, kind)),
      );
      assert.equal(seen({ ...snapshotOf(), autoscalers }).slots.green.target, target);
    });
  }

  test("is to have no fewer than the floor of an autoscaler that its manifests bring", () => {
    const source = manifestsOfShop("shop:1", { extras: (color) => [autoscaler(deployments[color], 4)] });
    assert.equal(seen(snapshotOf(), settingOf({ source })).slots.green.target, 4);
  });

  test("is to have as many as the user asked for", () => {
    assert.equal(seen(snapshotOf(), settingOf({ replicas: 7 })).slots.green.target, 7);
  });

  test("carries what was written on it, unless its image is another by now", () => {
    const source = manifestsOfShop("shop:1");
    assert.ok(source.kind === "manifests");
    const { hash, deployment } = source.rendered.green;
    const setting = settingOf({ source });
    const live = (image: string) => {
      const snapshot = snapshotOf();
      const text = JSON.stringify(deployment).replaceAll("shop:1", image);
      return { ...snapshot, deployments: { ...snapshot.deployments, green: JSON.parse(text) } };
    };
    assert.equal(seen(live("shop:1"), setting).slots.green.hash, hash);
    assert.equal(seen(live("shop:4"), setting).slots.green.hash, `${hash}, changed by hand`);
  });
});

suite("What is active", () => {
  const stateOf = (color: Color, more: object = {}) =>
    JSON.stringify({
      version: 1,
      color,
      revision: 3,
      images: {},
      switchedAt: "2030-01-01T00:00:00.000Z",
      commit: "",
      run: "",
      actor: "ada",
      rolledBackFrom: 4,
      ...more,
    });
  const serviceWith = (state: string, revision = "3") => ({
    [annotation.state]: state,
    [annotation.revision]: revision,
  });

  test("is what the Service says, with what a rollback left", () => {
    const { service } = seen(snapshotOf({ annotations: serviceWith(stateOf("blue")) }));
    assert.deepEqual([service.active, service.revision, service.rolledBackFrom], ["blue", 3, 4]);
  });

  test("is what the slot says where somebody moved the selector by hand", () => {
    const { service } = seen(snapshotOf({ annotations: serviceWith(stateOf("green")) }));
    assert.deepEqual([service.active, service.revision, service.rolledBackFrom], ["blue", 1, undefined]);
  });

  test("counts the time since the switch, and never less than none", () => {
    const ago = (switchedAt: string) =>
      seen(snapshotOf({ annotations: serviceWith(stateOf("blue", { switchedAt })) })).service.lastSwitch?.ago;
    assert.equal(ago("2029-12-31T23:59:50.000Z"), 10_000);
    assert.equal(ago("2031-01-01T00:00:00.000Z"), 0);
  });

  test("has the ready endpoints of each color that the slices list", () => {
    const slices = [endpointsOf("b1", "b2"), endpointsOf("b2", "g1")];
    assert.deepEqual(seen({ ...snapshotOf(), slices }).service.endpoints, { blue: 2, green: 1 });
  });
});

test("A release with images wants the same hash for equal content in either color", () => {
  const wanted = seen(snapshotOf(), settingOf({ source: imagesOfShop("shop:9") })).wanted;
  assert.equal(wanted?.blue, wanted?.green);
  assert.notEqual(wanted?.blue, seen(snapshotOf()).slots.blue.hash);
});
