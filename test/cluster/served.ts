import { readFileSync } from "node:fs";
import { annotation } from "@cutover/release";
import * as z from "zod";
import { kubeconfigTarget } from "../conformance/target.ts";
import type { FixtureNames } from "./fixture-names.ts";
import { kubeconfig } from "./kubectl.ts";

/** What a Service serves, as the cluster says. */
export interface Served {
  color: string;
  revision: number;
  /** The pods that its endpoints call ready: the fixture's releases and colors among them. */
  ready: { count: number; versions: string[]; colors: string[] };
  /** Who has the lock; empty for nobody. */
  holder: string;
  /** The revisions that can be gone back to, newest first. */
  confirmed: number[];
}

const annotations = z.record(z.string(), z.string()).default({});
const serviceShape = z.object({
  metadata: z.object({ annotations }),
  spec: z.object({ selector: z.object({ version: z.string() }) }),
});
const stateShape = z.object({ revision: z.number() });
const slicesShape = z.object({
  items: z.array(
    z.object({
      endpoints: z
        .array(
          z.object({
            conditions: z.object({ ready: z.boolean().optional() }),
            targetRef: z.object({ name: z.string() }),
          }),
        )
        .nullish(),
    }),
  ),
});
const podsShape = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), labels: z.record(z.string(), z.string()) }),
      spec: z.object({ containers: z.array(z.object({ image: z.string() })) }),
    }),
  ),
});
const leaseShape = z.object({ spec: z.object({ holderIdentity: z.string().nullish() }).optional() });
const revisionsShape = z.object({
  items: z.array(z.object({ metadata: z.object({ annotations }), revision: z.number() })),
});
/** A refusal, such as for one that is not there, has none. */
const deploymentShape = z.object({ spec: z.object({ replicas: z.number() }).optional() });

interface Which {
  readonly namespace: string;
  readonly service: string;
  readonly fixture: FixtureNames;
}

/** Asks the API server itself, past any proxy. */
export async function servedBy({ namespace, service, fixture }: Which): Promise<Served> {
  using server = asking(namespace);
  const { spec, metadata } = serviceShape.parse(await server.get("api/v1", `services/${service}`));
  const ofService = `?labelSelector=kubernetes.io/service-name%3D${service}`;
  const slices = slicesShape.parse(await server.get("apis/discovery.k8s.io/v1", `endpointslices${ofService}`));
  const pods = podsShape.parse(await server.get("api/v1", "pods"));
  const lease = leaseShape.parse(await server.get("apis/coordination.k8s.io/v1", `leases/cutover-${service}`));
  const history = revisionsShape.parse(await server.get("apis/apps/v1", "controllerrevisions"));
  const ofIt = history.items.filter(({ metadata }) => metadata.annotations[annotation.service] === service);
  const ready = slices.items
    .flatMap(({ endpoints }) => endpoints ?? [])
    .filter(({ conditions }) => conditions.ready)
    .map(({ targetRef }) => pods.items.find((pod) => pod.metadata.name === targetRef.name));
  const distinct = (values: (string | undefined)[]) => [...new Set(values.map((value) => value ?? "gone"))];
  return {
    color: spec.selector.version,
    revision: stateShape.parse(JSON.parse(metadata.annotations[annotation.state] ?? '{"revision":0}')).revision,
    ready: {
      count: ready.length,
      versions: distinct(ready.map((pod) => pod && fixture.name(pod.spec.containers[0]?.image ?? ""))),
      colors: distinct(ready.map((pod) => pod?.metadata.labels.version)),
    },
    holder: lease.spec?.holderIdentity ?? "",
    confirmed: ofIt
      .filter(({ metadata: { annotations: marks } }) => marks[annotation.result] === "confirmed")
      .map(({ revision }) => revision)
      .toSorted((one, other) => other - one),
  };
}

/** Pods that a Deployment asks for; `undefined` where there is none. */
export async function replicasOf(namespace: string, deployment: string): Promise<number | undefined> {
  using server = asking(namespace);
  return deploymentShape.parse(await server.get("apis/apps/v1", `deployments/${deployment}`)).spec?.replicas;
}

function asking(namespace: string) {
  const target = kubeconfigTarget(readFileSync(kubeconfig(), "utf8"));
  return {
    get: async (group: string, path: string): Promise<unknown> =>
      (await target.send({ method: "GET", path: `/${group}/namespaces/${namespace}/${path}` })).body,
    [Symbol.dispose]: () => target.close(),
  };
}
