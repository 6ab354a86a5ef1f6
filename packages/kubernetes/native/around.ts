import { isCutoverError, type Log } from "@cutover/release";
import * as z from "zod";
import type { Client } from "../client/client.ts";
import type { Resource } from "../client/model.ts";
import { as, type Service } from "./kinds.ts";

/** What else in a namespace sends to pods or guards them. */
export interface Around {
  services: readonly Service[];
  /** PodDisruptionBudgets. */
  budgets: readonly Resource[];
  /** Ingresses, and HTTPRoutes of the Gateway API. */
  routes: readonly Resource[];
}

/** One list a kind, all at once. Budgets and routes are looked at where that is allowed and the cluster knows them. */
export async function readAround(client: Client, namespace: string, log: Log): Promise<Around> {
  const unseen = new Set<string>();
  const listed = async (apiVersion: string, kind: string): Promise<readonly Resource[]> =>
    (await client.list({ apiVersion, kind, namespace })).items;
  const ifAllowed = async (apiVersion: string, kind: string, isBuiltIn = true): Promise<readonly Resource[]> => {
    try {
      return isBuiltIn || (await isServed(client, apiVersion)) ? await listed(apiVersion, kind) : [];
    } catch (error) {
      if (!isCutoverError(error, "forbidden", "not-found")) throw error;
      if (error.code === "forbidden") unseen.add(kind);
      return [];
    }
  };
  const [services, budgets, ingresses, gatewayRoutes] = await Promise.all([
    listed("v1", "Service"),
    ifAllowed("policy/v1", "PodDisruptionBudget"),
    ifAllowed("networking.k8s.io/v1", "Ingress"),
    ifAllowed("gateway.networking.k8s.io/v1", "HTTPRoute", false),
  ]);
  const untold = ["PodDisruptionBudget", "Ingress", "HTTPRoute"].filter((kind) => unseen.has(kind));
  if (untold.length > 0) log.info(`Not looked at, for want of the right to list them: ${untold.join(", ")}`);
  return {
    services: services.map((one) => as("Service", one)),
    budgets,
    routes: [...ingresses, ...gatewayRoutes],
  };
}

const groupList = z.object({
  groups: z.array(z.object({ versions: z.array(z.object({ groupVersion: z.string() })) })),
});

/** Whether the cluster has been taught this API: of a path that it does not know, a server's 404 proves nothing. */
async function isServed(client: Client, groupVersion: string): Promise<boolean> {
  const { data } = groupList.safeParse(await client.ask("/apis"));
  return (
    data === undefined || data.groups.some(({ versions }) => versions.some((one) => one.groupVersion === groupVersion))
  );
}
