import { exactQuantity, parseQuantity, selects } from "@cutover/release";
import * as z from "zod";
import { amounts, type PodLoad, type PodSpec, podAmounts, podLoad } from "./pod-spec.ts";

/** What checks read of nodes. */
export const node = {
  apiVersion: "v1",
  kind: "Node",
  isClusterWide: true,
  schema: z.looseObject({
    metadata: z.looseObject({ name: z.string(), labels: z.record(z.string(), z.string()).optional() }),
    spec: z
      .looseObject({
        unschedulable: z.boolean().optional(),
        taints: z
          .array(z.looseObject({ key: z.string(), value: z.string().optional(), effect: z.string() }))
          .optional(),
      })
      .optional(),
    status: z.looseObject({
      conditions: z.array(z.looseObject({ type: z.string(), status: z.string() })).optional(),
      allocatable: amounts,
    }),
  }),
} as const;

export type Node = z.output<typeof node.schema>;

/** Every pod of the cluster that takes room on a node: one that is over takes none any more. */
export const placedPod = {
  apiVersion: "v1",
  kind: "Pod",
  isClusterWide: true,
  fieldSelector: "spec.nodeName!=,status.phase!=Succeeded,status.phase!=Failed",
  schema: z.object({ spec: podLoad.extend({ nodeName: z.string() }) }),
} as const;

export type PlacedPod = z.output<typeof placedPod.schema>;

/** Whether a condition of the node, such as `Ready`, is true. */
export function nodeHas({ status: { conditions = [] } }: Node, type: string): boolean {
  return conditions.some((condition) => condition.type === type && condition.status === "True");
}

/** Whether the scheduler would let the pod onto the node, were there room. */
export function mayRunOn(pod: PodSpec, one: Node): boolean {
  const { nodeSelector = {}, tolerations = [] } = pod;
  const { labels = {} } = one.metadata;
  const { taints = [], unschedulable = false } = one.spec ?? {};
  const repels = taints.filter(({ effect }) => effect !== "PreferNoSchedule");
  return (
    !unschedulable &&
    nodeHas(one, "Ready") &&
    Object.entries(nodeSelector).every(([key, value]) => labels[key] === value) &&
    isWanted(pod, labels) &&
    repels.every((taint) => tolerations.some((toleration) => isTolerated(taint, toleration)))
  );
}

/** The platforms of the nodes that may run any of these pods, such as `linux/amd64`, sorted. */
export function platformsFor(pods: readonly PodSpec[], nodes: readonly Node[]): readonly string[] {
  const open = nodes.filter((one) => pods.some((pod) => mayRunOn(pod, one)));
  return [...new Set(open.flatMap((one) => platformOf(one) ?? []))].sort();
}

/** As its kubelet says. */
function platformOf({ metadata: { labels = {} } }: Node): string | undefined {
  const { "kubernetes.io/os": os, "kubernetes.io/arch": architecture } = labels;
  return os === undefined || architecture === undefined ? undefined : `${os}/${architecture}`;
}

const required = z.looseObject({
  nodeAffinity: z.looseObject({
    requiredDuringSchedulingIgnoredDuringExecution: z.looseObject({ nodeSelectorTerms: z.array(z.looseObject({})) }),
  }),
});

function isWanted({ affinity }: PodSpec, labels: Readonly<Record<string, string>>): boolean {
  const { data } = required.safeParse(affinity);
  const terms = data?.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms;
  return terms?.some((term) => selects(term, labels)) ?? true;
}

type Toleration = NonNullable<PodSpec["tolerations"]>[number];
type Taint = NonNullable<NonNullable<Node["spec"]>["taints"]>[number];

function isTolerated(taint: Taint, { key, operator, value = "", effect = "" }: Toleration): boolean {
  const isEffect = effect === "" || effect === taint.effect;
  const isKey = (key ?? "") === "" ? operator === "Exists" : key === taint.key;
  return isEffect && isKey && (operator === "Exists" || value === (taint.value ?? ""));
}

/** What is left on a node, by resource; what it does not name is without end. */
export type Room = Map<string, number>;

/** What the pods that are on it leave of a node. */
export function roomOn({ status: { allocatable = {} } }: Node, pods: readonly PlacedPod[]): Room {
  const room: Room = new Map(Object.entries(allocatable).map(([key, value]) => [key, parseQuantity(value) ?? 0]));
  for (const { spec } of pods) take(room, spec);
  return room;
}

/** What would be missing for one more pod; nothing where it fits. */
export function shortOf(room: Room, pod: PodLoad): readonly string[] {
  return [...needs(pod)].flatMap(([name, amount]) => (amount > (room.get(name) ?? Infinity) ? [name] : []));
}

/** Puts so many of these pods there, or as many as there is room for: that number. */
export function fill(room: Room, pod: PodLoad, count: number): number {
  const fitting = [...needs(pod)].map(([name, amount]) =>
    Math.floor(exactQuantity((room.get(name) ?? Infinity) / amount)),
  );
  // Of what they need nothing of any number fits; and a node may have less than nothing left.
  const placed = Math.max(0, Math.min(count, ...fitting.filter((one) => !Number.isNaN(one))));
  take(room, pod, placed);
  return placed;
}

function take(room: Room, pod: PodLoad, count = 1): void {
  for (const [name, amount] of needs(pod)) room.set(name, exactQuantity((room.get(name) ?? Infinity) - count * amount));
}

function needs(pod: PodLoad): ReadonlyMap<string, number> {
  // A limit without a request is the request too.
  return new Map(Object.entries({ pods: 1, ...podAmounts(pod, "limits"), ...podAmounts(pod, "requests") }));
}
