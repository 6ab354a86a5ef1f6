import assert from "node:assert/strict";
import { test } from "node:test";
import type { Town } from "../../../test/virtual/town.ts";
import { checked, releasing, shopAnd, told } from "../checked.test-kit.ts";

const scaling = (name: string, target: string, maxReplicas = 5) => ({
  apiVersion: "autoscaling/v2",
  kind: "HorizontalPodAutoscaler",
  metadata: { name, namespace: "shop" },
  spec: { minReplicas: 2, maxReplicas, scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: target } },
});

test("without autoscalers there is nothing to check", async () => {
  assert.equal(told(await checked("autoscalers")), "skip: No HorizontalPodAutoscaler scales a slot");
});

test("one for the color that serves leaves the other alone", async () => {
  const found = await checked("autoscalers", { options: shopAnd(scaling("shop", "shop-blue")) });
  assert.match(
    told(found),
    /^warn: HorizontalPodAutoscaler shop scales Deployment shop-blue alone: nothing scales green/,
  );
});

/** As it would be where somebody serves metrics. */
const metered = ({ sandbox }: Town) =>
  sandbox.fault({
    when: { verb: "list", resource: "horizontalpodautoscalers" },
    times: Number.POSITIVE_INFINITY,
    what: {
      name: "metrics",
      act: async ({ carryOut }) => {
        const answer = await carryOut();
        if (answer === undefined) return undefined;
        const text = JSON.stringify(answer.body).replaceAll(
          '"type":"ScalingActive","status":"False"',
          '"type":"ScalingActive","status":"True"',
        );
        return { ...answer, body: JSON.parse(text) };
      },
    },
  });

const both = shopAnd(scaling("shop-blue", "shop-blue"), scaling("shop-green", "shop-green"));

test("one for each color passes, though the other slot is not there yet", async () => {
  const found = await checked("autoscalers", { options: both, before: metered });
  assert.equal(
    told(found),
    "pass: HorizontalPodAutoscaler shop-blue scales Deployment shop-blue\n" +
      "HorizontalPodAutoscaler shop-green scales Deployment shop-green",
  );
});

test("one that gets no metrics scales nothing", async () => {
  const found = await checked("autoscalers", { options: both });
  assert.match(
    told(found),
    /^warn: HorizontalPodAutoscaler shop-blue does not scale Deployment shop-blue: FailedGetResourceMetric, /,
  );
});

test("one whose Deployment is not there says so itself", async () => {
  const options = shopAnd(scaling("old", "shop"));
  const found = await checked("autoscalers", { options, before: (town) => town.pass(60_000) });
  assert.match(told(found), /^warn: HorizontalPodAutoscaler old does not scale Deployment shop: FailedGetScale, /);
});

test("more pods than it allows are taken away at once", async () => {
  const options = shopAnd(scaling("blue", "shop-blue", 3), scaling("green", "shop-green", 3));
  const found = await checked("autoscalers", { ...releasing({ replicas: 4 }), options });
  assert.match(
    told(found),
    /Deployment shop-green would begin with 3 pods instead of 4: HorizontalPodAutoscaler green allows no more/,
  );
});
