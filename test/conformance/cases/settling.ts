import { at, type Case, type Group, given, it, type Json, patch, post, remove, type Step, settled } from "../case.ts";
import { deployment, labels, service } from "../examples.ts";

/** What controllers make of objects, once they have come to rest. Times, names and addresses are not compared. */
const running = (image: string, spec: object = {}): object =>
  deployment("web", {
    paused: false,
    replicas: 2,
    template: {
      metadata: { labels },
      spec: { containers: [{ name: "app", image, ports: [{ containerPort: 8080 }] }] },
    },
    ...spec,
  });

/** Every one of the replicas is there and ready, and nothing older is left. */
const isDone = (replicas: number) => (body: Json) =>
  at(body, "status.observedGeneration") === at(body, "metadata.generation") &&
  (at(body, "status.replicas") ?? 0) === replicas &&
  (at(body, "status.updatedReplicas") ?? 0) === replicas &&
  (at(body, "status.availableReplicas") ?? 0) === replicas;

const done = (replicas: number): Step => ({
  ...settled("deployments/web", isDone(replicas)),
  pick: (body) => ({
    annotations: at(body, "metadata.annotations"),
    generation: at(body, "metadata.generation"),
    status: withConditions(at(body, "status")),
  }),
});

function withConditions(status: Json | undefined): Json {
  if (typeof status !== "object" || status === null || Array.isArray(status)) return null;
  const { conditions, terminatingReplicas: _, ...rest } = status;
  const found = Array.isArray(conditions) ? conditions : [];
  const shown = found.map((one) =>
    [at(one, "type"), at(one, "status"), at(one, "reason"), at(one, "message")].map((part) => part ?? null),
  );
  return { ...rest, conditions: shown.toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)) };
}

const itemsOf = (body: Json): Json[] => {
  const items = at(body, "items");
  return Array.isArray(items) ? items : [];
};

const sorted = (rows: readonly unknown[]): unknown[] =>
  rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

/** ReplicaSets: their revision, size and image. How often a controller has written them is its own affair. */
const replicaSets: Step = {
  ...settled("replicasets", () => true),
  pick: (body) =>
    sorted(
      itemsOf(body).map((item) => ({
        annotations: at(item, "metadata.annotations"),
        owner: at(item, "metadata.ownerReferences.0.kind"),
        image: at(item, "spec.template.spec.containers.0.image"),
        sizes: ["spec.replicas", "status.replicas", "status.readyReplicas", "status.availableReplicas"].map(
          (path) => at(item, path) ?? null,
        ),
      })),
    ),
};

/** Waits for the first ReplicaSet, whose name is then known in what follows. */
const started = (replicas: number): Step[] => [given(done(replicas)), given(replicaSets)];

const pods = (until: (items: readonly Json[]) => boolean, show: (item: Json) => unknown): Step => ({
  ...settled("pods", (body) => until(itemsOf(body))),
  pick: (body) => sorted(itemsOf(body).map(show)),
});

const isReady = (item: Json): boolean => at(item, "status.containerStatuses.0.ready") === true;

/** Names and results of what was recorded about the Deployment, in the order of their counts. */
const events: Step = {
  ...settled("events?fieldSelector=involvedObject.kind%3DDeployment", (body) => itemsOf(body).length > 0),
  pick: (body) =>
    sorted(
      itemsOf(body).map((item) => [at(item, "type"), at(item, "reason"), at(item, "message"), at(item, "source")]),
    ),
};

const image = (name: string): Step =>
  given(
    patch("strategic", "deployments/web", {
      spec: { template: { spec: { containers: [{ name: "app", image: `{image:${name}}` }] } } },
    }),
  );

const slices = (until: (endpoints: readonly Json[]) => boolean): Step => ({
  ...settled("endpointslices?labelSelector=kubernetes.io%2Fservice-name%3Dweb", (body) => until(endpointsOf(body))),
  pick: (body) =>
    itemsOf(body).map((item) => ({
      labels: at(item, "metadata.labels"),
      owner: at(item, "metadata.ownerReferences.0.kind"),
      addressType: at(item, "addressType"),
      ports: at(item, "ports"),
      endpoints: endpointsOf(body).map((endpoint) => [at(endpoint, "conditions"), at(endpoint, "targetRef.kind")]),
    })),
});

function endpointsOf(body: Json): Json[] {
  const found = at(body, "items.0.endpoints");
  return Array.isArray(found) ? found : [];
}

const waiting = (item: Json): Json => at(item, "status.containerStatuses.0.state.waiting.reason") ?? null;
const cases: Case[] = [
  it(
    "a Deployment comes up",
    given(post("deployments", running("{image:v1}"))),
    ...started(2),
    done(2),
    replicaSets,
    events,
    pods(
      (items) => items.every(isReady),
      (item) => [
        at(item, "metadata.ownerReferences.0.kind"),
        at(item, "status.phase"),
        at(item, "status.qosClass"),
        at(item, "status.containerStatuses.0.ready"),
        at(item, "status.containerStatuses.0.restartCount"),
        at(item, "status.containerStatuses.0.started"),
      ],
    ),
  ),
  it(
    "a Deployment rolls to another image, and back",
    given(post("deployments", running("{image:v1}"))),
    ...started(2),
    image("v2"),
    done(2),
    replicaSets,
    image("v1"),
    done(2),
    replicaSets,
  ),
  it(
    "a Deployment is scaled to nothing, and up again",
    given(post("deployments", running("{image:v1}"))),
    ...started(2),
    given(patch("merge", "deployments/web/scale", { spec: { replicas: 0 } })),
    done(0),
    given(patch("merge", "deployments/web/scale", { spec: { replicas: 1 } })),
    done(1),
    events,
  ),
  it(
    "a Deployment is paused, changed and resumed",
    given(post("deployments", running("{image:v1}", { replicas: 1 }))),
    ...started(1),
    given(patch("merge", "deployments/web", { spec: { paused: true } })),
    image("v2"),
    {
      ...settled(
        "deployments/web",
        (body) => at(body, "status.observedGeneration") === at(body, "metadata.generation"),
      ),
      pick: (body) => withConditions(at(body, "status")),
    },
    given(patch("merge", "deployments/web", { spec: { paused: false } })),
    done(1),
    given(replicaSets),
  ),
  it(
    "an image that is missing",
    given(post("deployments", running("{image:missing}", { replicas: 1, progressDeadlineSeconds: 2 }))),
    {
      ...settled("deployments/web", (body) => JSON.stringify(body).includes("ProgressDeadlineExceeded")),
      pick: (body) => withConditions(at(body, "status")),
    },
    pods(
      (items) => items.some((item) => waiting(item) !== null && waiting(item) !== "ContainerCreating"),
      (item) => [
        at(item, "status.phase"),
        ["ErrImagePull", "ImagePullBackOff"].includes(String(waiting(item))),
        at(item, "status.containerStatuses.0.ready"),
        at(item, "status.containerStatuses.0.restartCount"),
      ],
    ),
  ),
  it(
    "the endpoints of a Service",
    given(post("services", service("web", { ports: [{ name: "http", port: 80, targetPort: 8080 }] }))),
    given(post("deployments", running("{image:v1}"))),
    ...started(2),
    slices((endpoints) => endpoints.length === 2 && endpoints.every((one) => at(one, "conditions.ready") === true)),
    given(patch("merge", "deployments/web/scale", { spec: { replicas: 0 } })),
    slices((endpoints) => endpoints.length === 0),
  ),
  it("the endpoints of a headless Service", given(post("services", service("web", { clusterIP: "None" }))), {
    ...slices(() => true),
    until: (body) => itemsOf(body).length === 1,
  }),
  it(
    "a disruption budget counts",
    given(post("deployments", running("{image:v1}"))),
    ...started(2),
    given(
      post("poddisruptionbudgets", {
        apiVersion: "policy/v1",
        kind: "PodDisruptionBudget",
        metadata: { name: "web" },
        spec: { minAvailable: 1, selector: { matchLabels: labels } },
      }),
    ),
    {
      ...settled("poddisruptionbudgets/web", (body) => at(body, "status.currentHealthy") === 2),
      pick: (body) => withConditions(at(body, "status")),
    },
  ),
  it(
    "an autoscaler of nothing",
    given(
      post("horizontalpodautoscalers", {
        apiVersion: "autoscaling/v2",
        kind: "HorizontalPodAutoscaler",
        metadata: { name: "web" },
        spec: { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "none" }, maxReplicas: 3 },
      }),
    ),
    {
      ...settled("horizontalpodautoscalers/web", (body) => at(body, "status.conditions.0") !== undefined),
      pick: (body) => withConditions(at(body, "status")),
    },
  ),
  it(
    "dependents go with their owner",
    given(post("deployments", running("{image:v1}", { replicas: 1 }))),
    ...started(1),
    given(remove("deployments/web")),
    {
      ...settled("replicasets", (body) => itemsOf(body).length === 0),
      pick: (body) => itemsOf(body).length,
    },
  ),
];

export const settling: Group = { name: "settling", apart: true, cases };
