import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyTown } from "../../../test/journeys/shop.ts";
import type { Town } from "../../../test/virtual/town.ts";
import { checked, releasing, shopAnd, told } from "../checked.test-kit.ts";

const promising =
  (spec: Readonly<Record<string, unknown>>, annotations: Readonly<Record<string, string>> = {}) =>
  ({ sandbox: { registry } }: Town) => {
    const address = { kind: "Service", namespace: "shop", name: "shop" } as const;
    registry.update(
      address,
      (live) => ({
        ...live,
        metadata: { ...live.metadata, annotations },
        spec: { ...live.spec, ...spec } as typeof live.spec,
      }),
      { manager: "test" },
    );
  };

test("a plain Service passes", async () => {
  assert.equal(told(await checked("traffic")), "pass: Service shop sends each connection to any of its pods");
});

test("clients that are kept with one pod lose it", async () => {
  const found = await checked("traffic", { before: promising({ sessionAffinity: "ClientIP" }) });
  assert.match(told(found), /^warn: Service shop keeps each client with one pod \(sessionAffinity: ClientIP\)/);
});

test("nodes of their own traffic want the preview on each of them", async () => {
  const node = (name: string) => ({
    apiVersion: "v1",
    kind: "Node",
    metadata: { name, labels: { "kubernetes.io/hostname": name } },
    status: { conditions: [{ type: "Ready", status: "True" }], allocatable: { pods: "1" } },
  });
  const { objects = [], ...shop } = shopAnd();
  const options = { ...shop, objects: [node("a"), node("b"), ...objects] as typeof objects };
  const before = promising({ type: "NodePort", externalTrafficPolicy: "Local" });
  const found = await checked("traffic", { options, before });
  assert.match(
    told(found),
    /^warn: .*\(externalTrafficPolicy: Local\), 2 of them now: a release does not switch before/,
  );
});

test("a load balancer that knows the pods themselves learns of the switch late", async () => {
  const before = promising({}, { "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip" });
  assert.match(
    told(await checked("traffic", { before })),
    /^warn: The load balancer of Service shop sends to the pods'/,
  );
});

test("a Service that the release brings promises nothing yet", async () => {
  const service = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "shop" },
    spec: { selector: { app: "shop" }, ports: [{ port: 80 }] },
  };
  const found = await checked("traffic", { ...releasing({}, service), options: emptyTown() });
  assert.equal(told(found), "skip: There is no Service yet");
});
