import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { type Adoptee, type Adoption, adoptionOf, type Behind } from "./adoption.ts";

const adoptee: Adoptee = {
  ...{ name: "shop", replicas: 3, ready: 3, settled: true, paused: false, expendable: 0, recreates: false },
  ...{ selector: { app: "shop" }, labels: { app: "shop" }, adopted: false, kept: undefined },
};

/** Three pods of Deployment shop, and nothing else that looks at them. */
function behind(change: Partial<Behind> = {}, one: Partial<Adoptee> = {}): Behind {
  return {
    ...{ service: "shop", selector: { app: "shop" }, colorLabel: "color", kept: undefined },
    adoptees: [{ ...adoptee, ...one }],
    ...{ others: [], slots: { blue: "shop-blue", green: "shop-green" }, taken: [] },
    ...{ autoscalers: [], budgets: [], services: [] },
    ...change,
  };
}

suite("What serves becomes", () => {
  const table: readonly [sentence: string, found: Behind, becomes: Pick<Adoption, "color" | "missing">][] = [
    ["blue, by a rolling update", behind(), { color: "blue", missing: "color" }],
    ["what it is called", behind({}, { name: "shop-green" }), { color: "green", missing: "color" }],
    ["green where blue's name is taken", behind({ taken: ["shop-blue"] }), { color: "green", missing: "color" }],
    [
      "what its pods carry",
      behind({}, { labels: { app: "shop", color: "green" } }),
      { color: "green", missing: "mark" },
    ],
    [
      "a color by the word that its pods carry",
      behind({}, { labels: { app: "shop", color: "None" } }),
      { color: "blue", missing: "mark" },
    ],
    [
      "what it is already, in pods and name",
      behind({}, { name: "shop-green", labels: { app: "shop", color: "green" } }),
      { color: "green", missing: "nothing" },
    ],
    [
      "what an adoption has begun to make of it",
      behind({}, { adopted: true, labels: { app: "shop", color: "blue" }, ready: 1, settled: false }),
      { color: "blue", missing: "nothing" },
    ],
  ];
  for (const [sentence, found, { color, missing }] of table) {
    test(sentence, () => assert.deepEqual(adoptionOf(found), { color, missing, refusal: undefined }));
  }
});

suite("An adoption is refused", () => {
  const two = [adoptee, { ...adoptee, name: "shop-canary" }];
  const own = { selector: { app: "shop", color: "v1" }, labels: { app: "shop", color: "v1" } };
  const table: readonly [where: string, found: Behind, reason: RegExp, hint: RegExp][] = [
    [
      "where nothing serves",
      behind({ adoptees: [] }),
      /sends to no pods: none carries app=shop$/,
      /Correct its selector/,
    ],
    [
      "where two Deployments serve",
      behind({ adoptees: two }),
      /pods of 2 Deployments: shop, shop-canary$/,
      /Scale the others to 0/,
    ],
    [
      "where a StatefulSet serves too",
      behind({ others: [{ kind: "StatefulSet", name: "db" }] }),
      /pods of StatefulSet db: its pods have names and volumes/,
      /a Service of its own/,
    ],
    [
      "where a DaemonSet serves",
      behind({ adoptees: [], others: [{ kind: "DaemonSet", name: "edge" }] }),
      /pods of DaemonSet edge: it runs once on each node/,
      /a Service of its own/,
    ],
    ["where a bare pod serves", behind({ others: [{ kind: "Pod", name: "hand" }] }), /to Pod hand: nothing/, /Service/],
    [
      "where only its ReplicaSet is known",
      behind({ others: [{ kind: "ReplicaSet", name: "shop-1" }] }),
      /ReplicaSet shop-1: only a Deployment can/,
      /selector/,
    ],
    [
      "where neither color's name is free",
      behind({ taken: ["shop-blue", "shop-green"] }),
      /^Deployment shop cannot have a color: shop-blue and shop-green exist already$/,
      /another name pattern/,
    ],
    [
      "where the color of its pods belongs to another Deployment",
      behind({ taken: ["shop-blue"] }, { labels: { app: "shop", color: "blue" } }),
      /cannot have a color: shop-blue exist/,
      /Delete the one/,
    ],
    [
      "where GitOps keeps the Deployment",
      behind({}, { kept: "Deployment shop is kept by Argo CD" }),
      /^Deployment shop is kept by Argo CD, and would take the color away again$/,
      /repository/,
    ],
    [
      "where GitOps keeps the selector",
      behind({ kept: "Service shop is kept by Flux" }),
      /^Service shop is kept by Flux,/,
      /repository/,
    ],
    [
      "where another Service would send to previews",
      behind({ services: ["shop-metrics"] }),
      /^Service shop-metrics selects the pods of Deployment shop by labels that previews carry too/,
      /kubectl annotate service shop-metrics cutover.dev\/colors=both$/,
    ],
    [
      "where an autoscaler would count previews",
      behind({ autoscalers: ["shop"] }),
      /^HorizontalPodAutoscaler shop scales Deployment shop, whose own selector app=shop cannot/,
      /`manifests`/,
    ],
    [
      "where a budget would count previews",
      behind({ budgets: ["shop"] }),
      /^PodDisruptionBudget shop would count the pods of both colors/,
      /app=shop,color=blue and app=shop,color=green/,
    ],
    ["where it is paused", behind({}, { paused: true }), /is paused/, /kubectl rollout resume deployment\/shop/],
    [
      "where pods are missing",
      behind({}, { ready: 2 }),
      /is not whole: 2 of 3 pods .* ready$/,
      /Wait for its roll-out/,
    ],
    ["where old pods serve", behind({}, { settled: false }), /3 of 3 pods .* ready, and others serve$/, /roll-out/],
    ["where its pods would all stop first", behind({}, { recreates: true }), /strategy Recreate/, /RollingUpdate/],
    [
      "where a rolling update could leave none",
      behind({}, { expendable: 3 }),
      /may lose 3 of its 3 pods/,
      /maxUnavailable to 0/,
    ],
    [
      "where the word that its pods carry is kept by nobody's roll-out",
      behind({}, { ...own, paused: true }),
      /paused/,
      /./,
    ],
  ];
  for (const [where, found, reason, hint] of table) {
    test(where, () => {
      const { refusal } = adoptionOf(found);
      assert.match(refusal?.reason ?? "it is not", reason);
      assert.match(refusal?.hint ?? "", hint);
    });
  }

  test("not for how its pods are replaced, where none has to be", () => {
    const labels = { app: "shop", color: "v1" };
    const found = behind({}, { labels, selector: labels, recreates: true, expendable: 3 });
    assert.equal(adoptionOf(found).refusal, undefined);
  });
});
