import { kubectl } from "./kubectl.ts";
import type { PodDoor } from "./pod-door.ts";
import { postgresPassword } from "./postgres-pair.ts";
import { redisPassword } from "./redis-pair.ts";
import { apply } from "./shop.ts";
import { slots } from "./slots.ts";

/** What only pods reach; behind the last nobody answers. */
export interface Doors {
  readonly postgres: PodDoor;
  readonly redis: PodDoor;
  readonly nobody: PodDoor;
}

interface AskingShop {
  readonly namespace: string;
  readonly image: string;
  /** The image that has what it asks with. */
  readonly tools: string;
  readonly doors: Doors;
}

/** A shop whose pods have an address of everything in a Secret, and a runner that may do no more than the README says. */
export function openAskingShop({ namespace, image, tools, doors }: AskingShop): void {
  const uri = (password: string) =>
    `postgresql://shop:${encodeURIComponent(password)}@${doors.postgres.address}/postgres?sslmode=require`;
  const key = encodeURIComponent(redisPassword);
  const stringData = {
    DATABASE_URL: uri(postgresPassword),
    STALE_URL: uri("wrong-password"),
    MANGLED_URL: `postgresql://shop:wrong-password%zz@${doors.postgres.address}/postgres`,
    REDIS_URL: `redis://:${key}@${doors.redis.address}`,
    NOBODY_URL: `redis://:${key}@${doors.nobody.address}`,
  };
  const shop = slots({ namespace, service: "web", image, replicas: 1 });
  for (const one of shop as { kind: string; spec: { template: { metadata: object; spec: object } } }[])
    if (one.kind === "Deployment") Object.assign(one.spec.template, withTools(one.spec.template, tools));
  apply([
    ...shop,
    { apiVersion: "v1", kind: "Secret", metadata: { name: "backing", namespace }, stringData },
    ...runner(namespace),
  ]);
  kubectl(["label", "namespace", namespace, "pod-security.kubernetes.io/enforce=restricted"]);
}

/** Its pods can ask, too, in a container that `kubectl exec` takes. */
function withTools({ metadata, spec }: { metadata: object; spec: object }, tools: string): object {
  const { containers } = spec as { containers: readonly object[] };
  const securityContext = {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
    runAsNonRoot: true,
    seccompProfile: { type: "RuntimeDefault" },
  };
  const asking = {
    name: "tools",
    image: tools,
    command: ["sleep", "3600"],
    envFrom: [{ secretRef: { name: "backing" } }],
    securityContext,
  };
  return {
    metadata: { ...metadata, annotations: { "kubectl.kubernetes.io/default-container": "tools" } },
    spec: {
      ...spec,
      terminationGracePeriodSeconds: 1,
      containers: [...containers.map((one) => ({ ...one, securityContext })), asking],
    },
  };
}

function runner(namespace: string): readonly object[] {
  const metadata = { name: "runner", namespace };
  const rule = (apiGroup: string, resources: string, verbs: string) => ({
    apiGroups: [apiGroup],
    resources: resources.split(" "),
    verbs: verbs.split(" "),
  });
  const rules = [
    rule("", "services", "get list patch"),
    rule("", "pods", "list watch"),
    rule("", "pods/proxy", "get"),
    rule("", "events", "list"),
    rule("apps", "deployments", "get list watch patch"),
    rule("apps", "replicasets", "list watch"),
    rule("apps", "controllerrevisions", "get list create patch delete"),
    rule("discovery.k8s.io", "endpointslices", "list watch"),
    rule("autoscaling", "horizontalpodautoscalers", "list patch"),
    rule("coordination.k8s.io", "leases", "get create patch"),
    rule("", "pods/exec", "get create"),
    rule("batch", "jobs", "create delete"),
  ];
  const group = "rbac.authorization.k8s.io";
  const subjects = [{ kind: "ServiceAccount", ...metadata }];
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata },
    { apiVersion: `${group}/v1`, kind: "Role", metadata, rules },
    {
      apiVersion: `${group}/v1`,
      kind: "RoleBinding",
      metadata,
      subjects,
      roleRef: { apiGroup: group, kind: "Role", name: "runner" },
    },
  ];
}
