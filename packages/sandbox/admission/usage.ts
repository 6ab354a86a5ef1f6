import { isList, isObject, type Json, type JsonObject, objectAt } from "../json.ts";
import { type Kind, kinds, resourceOf } from "../kinds.ts";
import type { Store } from "../store.ts";
import { requestsOf, totalText } from "./amounts.ts";

/** Quantities by the names that quotas know them by, such as `limits.cpu` and `count/deployments.apps`. */
export type Usage = Readonly<Record<string, string>>;

/** Core kinds that quotas count by their plural alone. */
const counted = new Set(["services", "configmaps", "secrets", "resourcequotas"]);

/** What an object takes out of its namespace's quotas. */
export function usageOf(kind: Kind, object: JsonObject): Usage {
  const ended = objectAt(object, "status").phase;
  const isEnded = ended === "Succeeded" || ended === "Failed";
  const plain = counted.has(resourceOf(kind)) ? { [kind.plural]: "1" } : {};
  const always = { [`count/${resourceOf(kind)}`]: "1", ...plain };
  if (kind.name === "Pod") return isEnded ? always : { ...always, pods: "1", ...podUsage(object) };
  return kind.name === "Service" ? { ...always, ...serviceUsage(objectAt(object, "spec")) } : always;
}

/** What a namespace takes out of these limits now. */
export function usedIn(store: Store, namespace: string, hard: JsonObject): Usage {
  const all = kinds.flatMap((kind) => store.list(kind.name, namespace).map((object) => usageOf(kind, object)));
  return Object.fromEntries(
    Object.keys(hard).map((name) => {
      const amounts = all.flatMap((usage) => usage[name] ?? []);
      return [name, amounts.length === 0 ? "0" : totalText(amounts)];
    }),
  );
}

/** The compute resources of which each container must say something where a quota limits them, and does not. */
export function unspecified(pod: JsonObject, hard: JsonObject): string[] {
  const containers = containersOf(pod);
  return Object.keys(hard)
    .filter((name) => /^((requests|limits)\.)?(cpu|memory)$/.test(name))
    .toSorted((a, b) => (a < b ? -1 : 1))
    .flatMap((name) => {
      const silent = containers.filter((container) => containerUsage(container)[name] === undefined);
      const names = silent.map((container) => String(container.name)).toSorted((a, b) => (a < b ? -1 : 1));
      return names.length === 0 ? [] : [`${name} for: ${names.join(",")}`];
    });
}

function podUsage(pod: JsonObject): Usage {
  const all = containersOf(pod).map(containerUsage);
  const names = new Set(all.flatMap(Object.keys));
  return Object.fromEntries([...names].map((name) => [name, totalText(all.flatMap((usage) => usage[name] ?? []))]));
}

function containerUsage(container: JsonObject): Usage {
  const resources = objectAt(container, "resources");
  const requests = Object.entries(requestsOf(resources)).flatMap(([name, value]) => [
    [name, String(value)],
    [`requests.${name}`, String(value)],
  ]);
  const limits = Object.entries(objectAt(resources, "limits")).map(([name, value]) => [
    `limits.${name}`,
    String(value),
  ]);
  return Object.fromEntries([...requests, ...limits]);
}

function serviceUsage({ type, ports }: JsonObject): Usage {
  const nodePorts = isList(ports) && (type === "NodePort" || type === "LoadBalancer") ? ports.length : 0;
  return {
    ...(nodePorts === 0 ? {} : { "services.nodeports": String(nodePorts) }),
    ...(type === "LoadBalancer" ? { "services.loadbalancers": "1" } : {}),
  };
}

function containersOf(pod: JsonObject): JsonObject[] {
  const list: Json | undefined = objectAt(pod, "spec").containers;
  return isList(list) ? list.filter(isObject) : [];
}
