import { backendsOf, type Resource } from "@cutover/kubernetes";
import * as z from "zod";
import { type Finding, pass, skip, type World, warn } from "./check.ts";
import type { TlsSecret } from "./tls-secret.ts";

const group = "gateway.networking.k8s.io";
const apiVersion = `${group}/v1`;

const route = {
  apiVersion,
  kind: "HTTPRoute",
  schema: z.custom<Resource>((value) => typeof value === "object"),
} as const;

const reference = z.looseObject({
  group: z.string().optional(),
  kind: z.string().optional(),
  name: z.string(),
  namespace: z.string().optional(),
});

const routing = z.looseObject({
  hostnames: z.array(z.string()).optional(),
  parentRefs: z.array(reference.extend({ sectionName: z.string().optional(), port: z.number().optional() })).optional(),
});

const listener = z.looseObject({
  name: z.string(),
  port: z.number(),
  hostname: z.string().optional(),
  tls: z.looseObject({ mode: z.string().optional(), certificateRefs: z.array(reference).optional() }).optional(),
});

type Listener = z.output<typeof listener>;
type Parent = NonNullable<z.output<typeof routing>["parentRefs"]>[number];

/** What Gateways show to who comes for a service: their Secrets, and what is to be said besides. */
interface Shown {
  readonly secrets: readonly TlsSecret[];
  readonly findings: readonly Finding[];
}

/**
 * The certificates of all listeners that an HTTPRoute to one of the services hangs on; none where the cluster has no Gateway API.
 * https://gateway-api.sigs.k8s.io/reference/spec/#listener
 */
export async function gatewaysTo(world: World): Promise<Shown> {
  const { facts, inputs } = world;
  const all = (await facts.allIfAllowed(route)) ?? [];
  const own = all.filter((one) => backendsOf(one).some((name) => inputs.service.includes(name)));
  const shown = await Promise.all(
    own.flatMap(({ metadata, spec }) => {
      const { hostnames = [], parentRefs = [] } = routing.parse(spec ?? {});
      const parents = parentRefs.filter(
        ({ group: of = group, kind = "Gateway" }) => of === group && kind === "Gateway",
      );
      return parents.map((parent) => shownBy(parent, { name: metadata.name, hostnames }, world));
    }),
  );
  return { secrets: shown.flatMap(({ secrets }) => secrets), findings: shown.flatMap(({ findings }) => findings) };
}

type Route = { readonly name: string; readonly hostnames: readonly string[] };

async function shownBy(parent: Parent, { name: routeName, hostnames }: Route, world: World): Promise<Shown> {
  const { name, namespace = world.namespace, sectionName, port } = parent;
  const gateway = `Gateway ${name}${namespace === world.namespace ? "" : ` in namespace ${namespace}`}`;
  const found = await world.facts.live({ apiVersion, kind: "Gateway", namespace, name });
  if (found === "hidden") return { secrets: [], findings: [skip(`${gateway} may not be read`)] };
  if (found === undefined) {
    const what = `${gateway} does not exist, and HTTPRoute ${routeName} hangs on it`;
    return { secrets: [], findings: [warn(what, `Correct parentRefs of HTTPRoute ${routeName}.`)] };
  }
  const { listeners } = z.looseObject({ listeners: z.array(listener).default([]) }).parse(found.spec ?? {});
  const open = listeners.filter(
    (one) =>
      (sectionName ?? one.name) === one.name && (port ?? one.port) === one.port && one.tls?.mode !== "Passthrough",
  );
  const secrets = open.flatMap((one) => secretsOf(one, { gateway, namespace, hostnames }));
  const lent = secrets.filter((one) => one.namespace !== namespace);
  const untold = lent.map((one) =>
    pass(
      `Whether a ReferenceGrant in namespace ${one.namespace} lends Secret ${one.name} to ${gateway} is not looked at`,
    ),
  );
  return { secrets, findings: untold };
}

type Place = { readonly gateway: string; readonly namespace: string; readonly hostnames: readonly string[] };

function secretsOf({ name, hostname, tls }: Listener, { gateway, namespace, hostnames }: Place): readonly TlsSecret[] {
  const hosts = hostsOn(hostname, hostnames);
  const secrets = (tls?.certificateRefs ?? []).filter(
    ({ group: of = "", kind = "Secret" }) => of === "" && kind === "Secret",
  );
  if (hosts === undefined) return [];
  return secrets.map((one) => ({
    of: `${gateway}, listener ${name}`,
    name: one.name,
    namespace: one.namespace ?? namespace,
    // Of several each is for some hosts, and the Gateway's controller alone knows for which.
    hosts: secrets.length > 1 ? [] : hosts,
  }));
}

/** The hosts that a listener lets a route have; `undefined` where it lets it have none. */
function hostsOn(hostname: string | undefined, hostnames: readonly string[]): readonly string[] | undefined {
  if (hostname === undefined) return hostnames;
  if (hostnames.length === 0) return [hostname];
  const within = (one: string, other: string) =>
    one === other || (other.startsWith("*.") && one.endsWith(other.slice(1)));
  const common = hostnames.flatMap((one) => {
    if (within(one, hostname)) return [one];
    return within(hostname, one) ? [hostname] : [];
  });
  return common.length === 0 ? undefined : common;
}
