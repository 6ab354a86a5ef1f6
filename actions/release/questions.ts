import type { AccessQuestion, Setting, Source } from "@cutover/kubernetes";
import type { Plan, Wanted } from "@cutover/release";

/** What a release asks of its credentials, in the words of a Role: group, resource, verbs. */
type Right = readonly [group: string, resource: string, verbs: readonly string[]];

/** What each kind of run does with the history: a retirement only reads it. */
const ofHistory: Readonly<Record<Wanted["kind"], readonly string[]>> = {
  deploy: ["get", "list", "create", "patch", "delete"],
  rollback: ["get", "list", "create", "patch", "delete"],
  promote: ["get", "list", "patch", "delete"],
  retire: ["get", "list"],
};

function always(kind: Wanted["kind"]): readonly Right[] {
  return [
    ["", "services", kind === "deploy" ? ["get", "list", "patch"] : ["get", "patch"]],
    ["", "pods", ["list", "watch"]],
    ["apps", "deployments", ["get", "list", "watch", "patch"]],
    ["apps", "replicasets", ["list", "watch"]],
    ["apps", "controllerrevisions", ofHistory[kind]],
    ["discovery.k8s.io", "endpointslices", ["list", "watch"]],
    ["autoscaling", "horizontalpodautoscalers", ["list"]],
    ["coordination.k8s.io", "leases", ["get", "create", "patch"]],
  ];
}

/** Who else looks at the pods that an adoption is about to color. */
const onlookers: readonly Right[] = [
  ["", "services", ["list"]],
  ["policy", "poddisruptionbudgets", ["list"]],
];

type Asking = Pick<Setting, "namespace" | "probe" | "adopt"> & { source: Pick<Source, "kind"> };

/** Every right that the run may need, its own switch back included: asked before the first write. */
export function questionsFor({ namespace, source, probe, adopt }: Asking, wanted: Wanted): readonly AccessQuestion[] {
  const probes = wanted.probe || probe !== undefined;
  const rights: readonly Right[] = [
    ...always(wanted.kind),
    ...(source.kind === "manifests" ? ([["apps", "deployments", ["create"]]] as const) : []),
    ...(adopt === true ? onlookers : []),
    ...(wanted.previous === "delete" ? ([["apps", "deployments", ["delete"]]] as const) : []),
    ...(probes ? ([["", "pods/proxy", ["get"]]] as const) : []),
    ...(wanted.smoke ? ([["", "pods/portforward", ["get", "create"]]] as const) : []),
  ];
  return asked(rights, namespace);
}

/** What a plan needs besides: what was adopted is replaced, whatever becomes of old slots otherwise, and autoscalers are held. */
export function questionsOf({ steps }: Plan, { namespace }: Setting, { previous }: Wanted): readonly AccessQuestion[] {
  const isReplaced = steps.some((step) => step.kind === "retire" && step.how === "delete");
  const isHeld = steps.some(({ kind }) => kind === "hold-floor" || kind === "restore-floor");
  const rights: readonly Right[] = [
    ...(previous !== "delete" && isReplaced ? ([["apps", "deployments", ["delete"]]] as const) : []),
    ...(isHeld ? ([["autoscaling", "horizontalpodautoscalers", ["patch"]]] as const) : []),
  ];
  return asked(rights, namespace);
}

function asked(rights: readonly Right[], namespace: string): readonly AccessQuestion[] {
  return rights.flatMap(([group, resource, verbs]) => verbs.map((verb) => ({ verb, group, resource, namespace })));
}
