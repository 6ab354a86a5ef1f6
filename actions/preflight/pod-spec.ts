import { exactQuantity, parseQuantity } from "@cutover/release";
import * as z from "zod";

const named = z.looseObject({ name: z.string().optional(), optional: z.boolean().optional() });
const keyed = named.extend({ key: z.string() });

/** Quantities by the names of resources, such as `cpu`. */
export const amounts = z.record(z.string(), z.union([z.string(), z.number()])).optional();

const container = z.looseObject({
  name: z.string(),
  image: z.string(),
  imagePullPolicy: z.string().optional(),
  resources: z.looseObject({ requests: amounts, limits: amounts }).optional(),
  readinessProbe: z.looseObject({}).optional(),
  lifecycle: z.looseObject({ preStop: z.looseObject({}).optional() }).optional(),
  restartPolicy: z.string().optional(),
  env: z
    .array(
      z.looseObject({
        name: z.string().optional(),
        value: z.string().optional(),
        valueFrom: z.looseObject({ configMapKeyRef: keyed.optional(), secretKeyRef: keyed.optional() }).optional(),
      }),
    )
    .optional(),
  envFrom: z
    .array(
      z.looseObject({ prefix: z.string().optional(), configMapRef: named.optional(), secretRef: named.optional() }),
    )
    .optional(),
});

const items = z.array(z.looseObject({ key: z.string() })).optional();

const volume = z.looseObject({
  name: z.string(),
  configMap: named.extend({ items }).optional(),
  secret: z.looseObject({ secretName: z.string().optional(), optional: z.boolean().optional(), items }).optional(),
  persistentVolumeClaim: z.looseObject({ claimName: z.string(), readOnly: z.boolean().optional() }).optional(),
  projected: z
    .looseObject({
      sources: z
        .array(
          z.looseObject({ configMap: named.extend({ items }).optional(), secret: named.extend({ items }).optional() }),
        )
        .optional(),
    })
    .optional(),
});

/** What checks read of the pods that a Deployment makes. */
export const podSpec = z.looseObject({
  containers: z.array(container),
  initContainers: z.array(container).optional(),
  volumes: z.array(volume).optional(),
  serviceAccountName: z.string().optional(),
  imagePullSecrets: z.array(z.looseObject({ name: z.string() })).optional(),
  nodeSelector: z.record(z.string(), z.string()).optional(),
  tolerations: z
    .array(
      z.looseObject({
        key: z.string().optional(),
        operator: z.string().optional(),
        value: z.string().optional(),
        effect: z.string().optional(),
      }),
    )
    .optional(),
  affinity: z.unknown().optional(),
  priorityClassName: z.string().optional(),
  runtimeClassName: z.string().nullish(),
  terminationGracePeriodSeconds: z.number().optional(),
  overhead: amounts,
});

export type PodSpec = z.output<typeof podSpec>;
export type Container = z.output<typeof container>;

const load = z.object({
  resources: z.object({ requests: amounts, limits: amounts }).optional(),
  restartPolicy: z.string().optional(),
});

/** What takes room of a pod: where all pods of a cluster are read, nothing else is looked at. */
export const podLoad = z.object({
  containers: z.array(load),
  initContainers: z.array(load).optional(),
  overhead: amounts,
});

export type PodLoad = z.output<typeof podLoad>;
type Load = z.output<typeof load>;

/** Containers of a pod, those that only prepare it too. */
export function allContainers<C>({
  containers,
  initContainers = [],
}: {
  readonly containers: readonly C[];
  readonly initContainers?: readonly C[] | undefined;
}): readonly C[] {
  return [...initContainers, ...containers];
}

/**
 * What a pod needs of a resource such as `cpu` or `memory`, to be scheduled or by its limits: its containers together, or the
 * hungriest moment of its initialization, and its overhead. A limit without a request is the request too.
 */
export function amountFor(pod: PodLoad, resource: string, of: "requests" | "limits" = "requests"): number {
  const asked = ({ resources }: Load): number => {
    const { requests, limits } = resources ?? {};
    const text = of === "limits" ? limits?.[resource] : (requests?.[resource] ?? limits?.[resource]);
    return parseQuantity(text ?? 0) ?? 0;
  };
  const { containers, initContainers = [], overhead } = pod;
  const stays = ({ restartPolicy }: Load): boolean => restartPolicy === "Always";
  const running = [...containers, ...initContainers.filter(stays)].reduce((sum, one) => sum + asked(one), 0);
  const hungriest = Math.max(0, ...initContainers.filter((one) => !stays(one)).map(asked));
  return exactQuantity(Math.max(running, hungriest) + (parseQuantity(overhead?.[resource] ?? 0) ?? 0));
}

/** The same for every resource that a container says something of. */
export function podAmounts(pod: PodLoad, of: "requests" | "limits"): Readonly<Record<string, number>> {
  const names = allContainers(pod).flatMap(({ resources }) => Object.keys(resources?.[of] ?? {}));
  return Object.fromEntries([...new Set(names)].map((name) => [name, amountFor(pod, name, of)]));
}
