import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { annotation, isCutoverError } from "@cutover/release";
import type { Resource } from "../client/model.ts";
import type { Around } from "./around.ts";
import { as } from "./kinds.ts";
import type { Setting } from "./setting.ts";
import { autoscaler, namespace, shopService } from "./shop-objects.test-kit.ts";
import type { Snapshot } from "./snapshot.ts";
import { podOf, settingOf, snapshotOf } from "./snapshots.test-kit.ts";
import { checkSurroundings } from "./surroundings.ts";

const nothing: Around = { services: [as("Service", shopService("blue"))], budgets: [], routes: [] };

/** What is said of them; what is refused comes first. */
function said(around: Partial<Around>, snapshot: Snapshot = snapshotOf(), own: Partial<Setting> = {}): string[] {
  const lines: string[] = [];
  const setting = settingOf(own);
  const log = {
    ...setting.log,
    warning: (line: string) => void lines.push(`warning: ${line}`),
    info: (line: string) => void lines.push(line),
  };
  try {
    checkSurroundings({ ...nothing, ...around }, snapshot, { ...setting, log });
  } catch (error) {
    if (!isCutoverError(error, "refused")) throw error;
    lines.unshift(`refused: ${error.message}. ${error.hint}`);
  }
  return lines;
}

function service(
  name: string,
  selector: Record<string, string>,
  own: { annotations?: Record<string, string>; spec?: object } = {},
) {
  const { annotations = {}, spec = {} } = own;
  const plain = shopService("blue");
  return as("Service", { ...plain, metadata: { name, namespace, annotations }, spec: { selector, ...spec } });
}

const ingress = (name: string): Resource => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "Ingress",
  metadata: { name: "web", namespace },
  spec: { rules: [{ http: { paths: [{ pathType: "Prefix", path: "/", backend: { service: { name } } }] } }] },
});

const gatewayRoute = (backend: object, where: "backendRefs" | "filters" = "backendRefs"): Resource => ({
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "HTTPRoute",
  metadata: { name: "web", namespace },
  spec: { rules: [{ [where]: [where === "filters" ? { requestMirror: { backendRef: backend } } : backend] }] },
});

const budget = (matchLabels: object, spec: object = { maxUnavailable: 1 }): Resource => ({
  apiVersion: "policy/v1",
  kind: "PodDisruptionBudget",
  metadata: { name: "shop", namespace },
  spec: { selector: { matchLabels }, ...spec },
});

const both = { app: "shop" };
const blue = { app: "shop", color: "blue" };
const ofBlue = service("shop-blue", blue);

suite("Another Service", () => {
  test("that names no color is refused: it would reach the preview, with or without an address of its own", () => {
    for (const spec of [{}, { clusterIP: "None" }]) {
      const [line = ""] = said({ services: [service("shop-all", both, { spec })] });
      assert.match(
        line,
        /^refused: Service shop-all sends to the pods of both colors: its selector \(app=shop\) names no color/,
      );
      assert.match(line, /kubectl annotate service shop-all cutover.dev\/colors=both$/);
    }
  });

  const harmless: readonly [sentence: string, other: ReturnType<typeof service>][] = [
    [
      "declared to reach both",
      service("shop-peers", both, { annotations: { [annotation.colors]: "both" }, spec: { clusterIP: "None" } }),
    ],
    ["of one color", ofBlue],
    ["of other pods", service("cart", { app: "cart" })],
    ["that selects nothing", service("elsewhere", {})],
  ];
  for (const [sentence, other] of harmless) {
    test(`${sentence} is let be`, () => assert.deepEqual(said({ services: [other] }), []));
  }
});

suite("A route", () => {
  test("to the Service that is switched stays, and that is said once", () => {
    const routes = [ingress("shop"), gatewayRoute({ name: "shop", port: 80 })];
    assert.deepEqual(said({ routes }), ["Ingress web, HTTPRoute web lead to Service shop and stay as they are"]);
  });

  const direct: readonly [sentence: string, route: Resource][] = [
    ["an Ingress", ingress("shop-blue")],
    ["an Ingress by default", { ...ingress("shop"), spec: { defaultBackend: { service: { name: "shop-blue" } } } }],
    ["an HTTPRoute", gatewayRoute({ name: "shop-blue" })],
    ["an HTTPRoute that mirrors", gatewayRoute({ name: "shop-blue" }, "filters")],
  ];
  for (const [sentence, route] of direct) {
    test(`to one color's own Service is refused: ${sentence}`, () => {
      const [line = ""] = said({ services: [ofBlue], routes: [route] });
      assert.match(line, /^refused: (Ingress|HTTPRoute) web leads to Service shop-blue, which is blue's own/);
      assert.match(line, /Let it lead to Service shop, .*kubectl annotate service shop-blue cutover.dev\/colors=one$/);
    });
  }

  const harmless: readonly [sentence: string, route: Resource, own?: { annotations: Record<string, string> }][] = [
    ["to a color that is there to be looked at", ingress("shop-blue"), { annotations: { [annotation.colors]: "one" } }],
    ["to another namespace", gatewayRoute({ name: "shop-blue", namespace: "elsewhere" })],
    ["to something that is no Service", gatewayRoute({ name: "shop-blue", kind: "Bucket", group: "example.com" })],
  ];
  for (const [sentence, route, own] of harmless) {
    test(`${sentence} is let be`, () => {
      assert.deepEqual(said({ services: [service("shop-blue", blue, own)], routes: [route] }), []);
    });
  }
});

suite("A budget", () => {
  test("that counts both colors as one is warned of", () => {
    assert.match(
      said({ budgets: [budget(both)] })[0] ?? "",
      /^warning: PodDisruptionBudget shop counts the pods of both colors/,
    );
  });

  for (const spec of [{ maxUnavailable: 0 }, { maxUnavailable: "0%" }, { minAvailable: 2 }, { minAvailable: "100%" }]) {
    test(`with ${JSON.stringify(spec)} allows nothing, and is warned of`, () => {
      assert.match(
        said({ budgets: [budget(blue, spec)] })[0] ?? "",
        /^warning: PodDisruptionBudget shop allows no disruption/,
      );
    });
  }

  test("of one color that allows one pod, or of other pods, is let be", () => {
    assert.deepEqual(said({ budgets: [budget(blue), budget(blue, { minAvailable: 1 }), budget({ app: "cart" })] }), []);
  });
});

suite("An autoscaler", () => {
  const scaling = (...names: string[]): Snapshot => {
    const autoscalers = names.map((name) => as("HorizontalPodAutoscaler", autoscaler(name, 2)));
    return { ...snapshotOf(), autoscalers };
  };

  test("of one color alone is warned of", () => {
    assert.match(
      said({}, scaling("shop-blue"))[0] ?? "",
      /^warning: HorizontalPodAutoscaler shop-blue scales Deployment shop-blue alone: nothing scales green/,
    );
  });

  test("that something else keeps is told of", () => {
    const { autoscalers, ...rest } = scaling("shop-blue", "shop-green");
    const maker = { apiVersion: "keda.sh/v1alpha1", kind: "ScaledObject", name: "shop", uid: "1", controller: true };
    const kept = autoscalers.map((one) => ({ ...one, metadata: { ...one.metadata, ownerReferences: [maker] } }));
    assert.match(
      said({}, { ...rest, autoscalers: kept })[0] ?? "",
      /^warning: .* shop-blue is made by ScaledObject shop, so/,
    );
  });

  test("for each color is let be", () => assert.deepEqual(said({}, scaling("shop-blue", "shop-green")), []));
});

suite("A pod behind the Service that no slot owns", () => {
  test("is refused by the name of what owns it, before anything is written", () => {
    const more = [podOf("blue", "extra-1", { owner: "rs-extra" })];
    const ownerReferences = [{ apiVersion: "apps/v1", kind: "Deployment", name: "shop-extra", uid: "extra" }];
    const plain = snapshotOf({ more });
    const [first] = plain.replicaSets;
    assert.ok(first);
    const extra = { ...first, metadata: { name: "rs-extra", uid: "rs-extra", ownerReferences } };
    const [line = ""] = said({}, { ...plain, replicaSets: [...plain.replicaSets, extra] });
    assert.match(
      line,
      /^refused: Service shop also sends to pod extra-1 of Deployment shop-extra, which is not the slot shop-blue/,
    );
  });

  test("is refused where it would get the traffic with the idle color", () => {
    const plain = snapshotOf({ more: [podOf("green", "db-0", { owner: "db" })] });
    const [line = ""] = said({}, plain);
    assert.match(line, /^refused: Service shop would, in green, also send to pod db-0 of Any db/);
  });

  test("counts no more once it is going", () => {
    const plain = snapshotOf({ more: [podOf("blue", "extra-1", { owner: "rs-extra", going: true })] });
    assert.deepEqual(said({}, plain), []);
  });
});

suite("GitOps", () => {
  const managed = (manager: string, fields: object, marks: { labels?: object; annotations?: object } = {}) => ({
    managedFields: [{ manager, operation: "Update", time: "2030-01-01T00:00:00Z", fieldsV1: { "f:spec": fields } }],
    ...marks,
  });
  const withService = (metadata: object): Snapshot => {
    const plain = snapshotOf();
    const live = plain.service;
    assert.ok(live);
    return { ...plain, service: as("Service", { ...live, metadata: { ...live.metadata, ...metadata } }) };
  };
  const selector = { "f:selector": {} };
  const tracked = { "argocd.argoproj.io/tracking-id": "web:/Service:shop/shop" };

  test("that owns the selector is warned of, by its application and with what to tell it", () => {
    const [line = ""] = said({}, withService(managed("argocd-controller", selector, { annotations: tracked })));
    assert.match(
      line,
      /^warning: Service shop is kept by Argo CD \(web\): argocd-controller \(2030-.*\) owns spec.selector/,
    );
    assert.match(line, /List \/spec\/selector in `ignoreDifferences` .*`RespectIgnoreDifferences=true`/);
  });

  test("of Flux is told in its own words", () => {
    const flux = managed("kustomize-controller", selector, { labels: { "kustomize.toolkit.fluxcd.io/name": "apps" } });
    assert.match(said({}, withService(flux))[0] ?? "", /kept by Flux \(apps\): .*ssa: IfNotPresent/);
    assert.match(said({}, withService(managed("helm-controller", selector)))[0] ?? "", /driftDetection\.ignore/);
  });

  test("that was told to leave the object alone is let be", () => {
    const annotations = { "kustomize.toolkit.fluxcd.io/ssa": "IfNotPresent" };
    assert.deepEqual(said({}, withService(managed("kustomize-controller", selector, { annotations }))), []);
  });

  test("that owns other fields, and people who own these, are let be", () => {
    assert.deepEqual(said({}, withService(managed("argocd-controller", { "f:ports": {} }))), []);
    assert.deepEqual(said({}, withService(managed("kubectl-client-side-apply", selector))), []);
  });

  test("that has undone a switch is refused: it would do so again", () => {
    const state = { version: 1, color: "green", revision: 2, images: {}, switchedAt: "2029-12-31T23:00:00.000Z" };
    const told = { [annotation.state]: JSON.stringify({ ...state, commit: "", run: "", actor: "ada" }) };
    const [line = ""] = said({}, withService(managed("argocd-controller", selector, { annotations: told })));
    assert.match(
      line,
      /^refused: Service shop is kept by Argo CD: .*, and has undone the switch to green of 2029-12-31T23/,
    );
  });
});
