import { backendsOf, type Resource } from "@cutover/kubernetes";
import * as z from "zod";
import type { World } from "./check.ts";

const ingress = {
  apiVersion: "networking.k8s.io/v1",
  kind: "Ingress",
  schema: z.custom<Resource>((value) => typeof value === "object"),
} as const;

/** The Ingresses that lead to one of the services; none where the credentials may not list them. */
export async function ingressesTo({ facts, inputs }: World): Promise<readonly Resource[]> {
  const all = (await facts.allIfAllowed(ingress)) ?? [];
  return all.filter((one) => backendsOf(one).some((name) => inputs.service.includes(name)));
}
