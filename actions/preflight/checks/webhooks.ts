import { X509Certificate } from "node:crypto";
import { isCutoverError, selects } from "@cutover/release";
import * as z from "zod";
import { type Check, type Finding, fail, pass, skip, together, type World, warn } from "../check.ts";

const list = z.array(z.string()).optional();

const webhook = z.looseObject({
  name: z.string(),
  failurePolicy: z.string().optional(),
  clientConfig: z.looseObject({
    service: z.looseObject({ namespace: z.string(), name: z.string() }).optional(),
    caBundle: z.string().optional(),
  }),
  rules: z.array(z.looseObject({ apiGroups: list, resources: list, operations: list })).optional(),
  matchConditions: z.array(z.unknown()).optional(),
  namespaceSelector: z.unknown().optional(),
  objectSelector: z.unknown().optional(),
});

type Webhook = z.output<typeof webhook>;

const configurations = (["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"] as const).map((kind) => ({
  apiVersion: "admissionregistration.k8s.io/v1",
  kind,
  isClusterWide: true,
  schema: z.looseObject({
    metadata: z.looseObject({ name: z.string() }),
    webhooks: z.array(webhook).optional(),
  }),
}));

/** What a release writes, or lets be written. */
const written: readonly (readonly [group: string, resource: string])[] = [
  ["apps", "deployments"],
  ["apps", "replicasets"],
  ["apps", "controllerrevisions"],
  ["", "pods"],
  ["", "services"],
  ["coordination.k8s.io", "leases"],
];

/** A webhook that must be asked and does not answer refuses everything; of one for pods no dry run knows. */
export const webhooks: Check = {
  id: "webhooks",
  title: "The admission webhooks that a release meets answer",
  run: async (world) => {
    const { facts } = world;
    const found = await Promise.all(configurations.map((one) => facts.allIfAllowed(one)));
    if (found.every((one) => one === undefined)) return skip("The credentials may not list admission webhooks");
    const all = found.flatMap((one) => one ?? []);
    const strict = all
      .flatMap((one) => one.webhooks ?? [])
      .filter(({ failurePolicy = "Fail" }) => failurePolicy === "Fail");
    const own = await facts.live({ apiVersion: "v1", kind: "Namespace", name: facts.namespace });
    const labels = {
      "kubernetes.io/metadata.name": facts.namespace,
      ...(own === "hidden" ? {} : own?.metadata.labels),
    };
    const met = strict.filter((one) => meets(one, labels));
    const findings = await Promise.all(met.map((one) => judged(one, world)));
    return together(findings, "No admission webhook that must answer sees what a release writes");
  },
};

function meets({ rules = [], namespaceSelector }: Webhook, labels: Readonly<Record<string, string>>): boolean {
  const isHere = isEmpty(namespaceSelector) || selects(namespaceSelector, labels);
  const has = (all: readonly string[] = [], one: string): boolean => all.includes("*") || all.includes(one);
  const names = (all: readonly string[] = [], one: string): boolean => all.includes("*/*") || has(all, one);
  const sees = rules.some(({ apiGroups, resources, operations = ["*"] }) => {
    const isWrite = ["*", "CREATE", "UPDATE"].some((one) => operations.includes(one));
    return isWrite && written.some(([group, resource]) => has(apiGroups, group) && names(resources, resource));
  });
  return isHere && sees;
}

async function judged(one: Webhook, world: World): Promise<Finding> {
  const { name, clientConfig, objectSelector, matchConditions = [] } = one;
  // One that looks at some objects alone may let ours pass.
  const bad = isEmpty(objectSelector) && matchConditions.length === 0 ? fail : warn;
  const { service, caBundle } = clientConfig;
  const expiry = expiryOf(caBundle);
  const date = expiry?.toISOString().slice(0, 10);
  if (expiry !== undefined && expiry < world.runner.clock.date())
    return bad(
      `Webhook ${name} must be asked and cannot be: the authority in its caBundle expired on ${date}`,
      `Renew the certificates of webhook ${name}.`,
    );
  if (service === undefined) return pass(`Webhook ${name} is outside of the cluster`);
  const where = `Service ${service.name} in namespace ${service.namespace}`;
  const ready = await readyEndpoints(service, world);
  if (ready === undefined) return pass(`Whether webhook ${name} (${where}) answers may not be looked at`);
  if (ready > 0) return pass(`Webhook ${name} (${where}) has ${ready} ready endpoints`);
  return bad(
    `Webhook ${name} must be asked, and nothing answers: ${where} has no ready endpoint`,
    `kubectl -n ${service.namespace} get pods,endpointslices; as long as it is so, what a release writes is refused.`,
  );
}

const slices = z.array(
  z.looseObject({
    endpoints: z
      .array(z.looseObject({ conditions: z.looseObject({ ready: z.boolean().optional() }).optional() }))
      .nullish(),
  }),
);

/** `undefined` where they may not be listed. */
async function readyEndpoints(
  { namespace, name }: { namespace: string; name: string },
  { client, signal }: World,
): Promise<number | undefined> {
  const labelSelector = `kubernetes.io/service-name=${name}`;
  const collection = { apiVersion: "discovery.k8s.io/v1", kind: "EndpointSlice", namespace, labelSelector };
  try {
    const { items } = await client.list(collection, { signal });
    const endpoints = slices.parse(items).flatMap((slice) => slice.endpoints ?? []);
    return endpoints.filter(({ conditions }) => conditions?.ready !== false).length;
  } catch (error) {
    if (isCutoverError(error, "forbidden")) return undefined;
    throw error;
  }
}

/** When the last of the authorities expires; `undefined` where there is none that can be read. */
function expiryOf(caBundle: string | undefined): Date | undefined {
  const text = Buffer.from(caBundle ?? "", "base64").toString("utf8");
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  try {
    const ends = blocks.map((block) => new X509Certificate(block).validToDate.getTime());
    return ends.length === 0 ? undefined : new Date(Math.max(...ends));
  } catch {
    return undefined;
  }
}

function isEmpty(selector: unknown): boolean {
  return selector === undefined || selector === null || Object.keys(selector).length === 0;
}
