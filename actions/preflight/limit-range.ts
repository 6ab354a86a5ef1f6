import { formatQuantity, parseQuantity } from "@cutover/release";
import * as z from "zod";
import { amounts, type Container, type PodSpec, podAmounts } from "./pod-spec.ts";

const limitItem = z.looseObject({
  type: z.string(),
  min: amounts,
  max: amounts,
  default: amounts,
  defaultRequest: amounts,
  maxLimitRequestRatio: amounts,
});

/** What a LimitRange allows. */
export type LimitItem = z.output<typeof limitItem>;

/** The LimitRanges of a namespace. */
export const limitRange = {
  apiVersion: "v1",
  kind: "LimitRange",
  schema: z.looseObject({
    metadata: z.looseObject({ name: z.string() }),
    spec: z.looseObject({ limits: z.array(limitItem) }),
  }),
} as const;

export type LimitRange = z.output<(typeof limitRange)["schema"]>;

/** The pod with what admission gives to containers that say nothing themselves. */
export function withDefaults(pod: PodSpec, ranges: readonly LimitRange[]): PodSpec {
  const items = ranges.flatMap(({ spec }) => spec.limits.filter(({ type }) => type === "Container"));
  if (items.length === 0) return pod;
  const given = (container: Container): Container => {
    const { requests, limits } = container.resources ?? {};
    const defaults = {
      limits: Object.assign({}, ...items.map((item) => item.default), limits),
      // A limit of its own is the request too, before a default is.
      requests: Object.assign({}, ...items.map((item) => item.defaultRequest), limits, requests),
    };
    return { ...container, resources: { ...container.resources, ...defaults } };
  };
  const { containers, initContainers } = pod;
  return {
    ...pod,
    containers: containers.map(given),
    ...(initContainers === undefined ? {} : { initContainers: initContainers.map(given) }),
  };
}

/** What a LimitRange would refuse the pod for, in sentences without a full stop. */
export function breaches(pod: PodSpec, item: LimitItem): readonly string[] {
  if (item.type === "Container") {
    const all = [...(pod.initContainers ?? []), ...pod.containers];
    return all.flatMap(({ name, resources }) => breachesOf(`container ${name}`, resources ?? {}, item));
  }
  if (item.type !== "Pod") return [];
  const resources = { requests: podAmounts(pod, "requests"), limits: podAmounts(pod, "limits") };
  return breachesOf("the pod", resources, item);
}

type Amounts = z.output<typeof amounts>;

interface Asked {
  readonly requests?: Amounts;
  readonly limits?: Amounts;
}

/** As the admission plugin LimitRanger judges: a minimum is of the request, a maximum of the limit, and both must be said. */
function breachesOf(who: string, { requests, limits }: Asked, item: LimitItem): readonly string[] {
  const asks = (name: string): number | undefined => parseQuantity(requests?.[name] ?? limits?.[name]);
  const may = (name: string): number | undefined => parseQuantity(limits?.[name]);
  const each = (bound: Amounts, check: (name: string, value: number) => string | undefined): readonly string[] =>
    Object.entries(bound ?? {}).flatMap(([name, value]) => check(name, parseQuantity(value) ?? 0) ?? []);
  const shown = (name: string, amount: number | undefined): string =>
    amount === undefined ? "nothing" : formatQuantity(amount, /memory|storage/.test(name));
  return [
    ...each(item.min, (name, least) => {
      const amount = asks(name);
      if (amount !== undefined && amount >= least) return undefined;
      return `${who} asks for ${shown(name, amount)} of ${name}, and at least ${shown(name, least)} is wanted`;
    }),
    ...each(item.max, (name, most) => {
      const amount = may(name);
      if (amount !== undefined && Math.max(amount, asks(name) ?? 0) <= most) return undefined;
      return `${who} is limited to ${shown(name, amount)} of ${name}, and at most ${shown(name, most)} is allowed`;
    }),
    ...each(item.maxLimitRequestRatio, (name, most) => {
      const [request = 0, limit = 0] = [asks(name), may(name)];
      if (request > 0 && limit > 0 && limit / request <= most) return undefined;
      return `${who} has a limit of ${shown(name, limit)} of ${name} for a request of ${shown(name, request)}, and at most ${most} times as much is allowed`;
    }),
  ];
}
