import assert from "node:assert/strict";
import { test } from "node:test";
import { checked, releasing, shopAnd, told } from "../checked.test-kit.ts";

const everything = { verbs: ["*"], apiGroups: ["*"] };

const range = (...limits: readonly object[]) =>
  shopAnd({ apiVersion: "v1", kind: "LimitRange", metadata: { name: "team", namespace: "shop" }, spec: { limits } });

const asking = (requests: object, limits: object) => releasing({ container: { resources: { requests, limits } } });

test("a namespace without LimitRanges limits nothing", async () => {
  assert.equal(told(await checked("limits")), "skip: Namespace shop has no LimitRange");
});

test("pods within the limits pass, by the defaults where they say nothing themselves", async () => {
  const options = range({
    type: "Container",
    default: { memory: "128Mi" },
    defaultRequest: { memory: "64Mi" },
    max: { memory: "256Mi" },
    min: { memory: "32Mi" },
  });
  const found = await checked("limits", { ...releasing({}), options });
  assert.equal(told(found), "pass: The pods of shop-green are within LimitRange team");
});

test("what asks for too little, too much or out of proportion is refused in numbers", async () => {
  const options = range(
    { type: "Container", min: { cpu: "100m" }, max: { memory: "128Mi" }, maxLimitRequestRatio: { cpu: "4" } },
    { type: "Pod", max: { memory: "100Mi" } },
  );
  const found = await checked("limits", {
    ...asking({ cpu: "50m", memory: "64Mi" }, { cpu: "500m", memory: "256Mi" }),
    options,
  });
  const refused = "LimitRange team would refuse the pods of shop-green:";
  assert.equal(
    told(found),
    [
      `fail: ${refused} container app asks for 50m of cpu, and at least 100m is wanted`,
      `${refused} container app is limited to 256Mi of memory, and at most 128Mi is allowed`,
      `${refused} container app has a limit of 500m of cpu for a request of 50m, and at most 4 times as much is allowed`,
      `${refused} the pod is limited to 256Mi of memory, and at most 100Mi is allowed`,
    ].join("\n"),
  );
});

test("a minimum that nobody meets because nobody says anything is a failure", async () => {
  const found = await checked("limits", { ...releasing({}), options: range({ type: "Pod", min: { cpu: "1" } }) });
  assert.match(told(found), /^fail: .*: the pod asks for nothing of cpu, and at least 1 is wanted$/);
});

test("credentials that may not look leave it open", async () => {
  const ofRelease = "services pods deployments replicasets controllerrevisions endpointslices horizontalpodautoscalers";
  const rules = [{ ...everything, resources: ofRelease.split(" ") }];
  const found = await checked("limits", { before: ({ sandbox }) => sandbox.setRules(rules) });
  assert.equal(told(found), "skip: The credentials may not list LimitRanges");
});
