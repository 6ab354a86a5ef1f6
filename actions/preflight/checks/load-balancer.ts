import type { Resource } from "@cutover/kubernetes";
import * as z from "zod";
import { type Check, type Finding, fail, pass, together, type World, warn } from "../check.ts";
import { ingressesTo } from "../ingresses.ts";

/** Of a Service and of an Ingress alike: what the load balancer's controller says of it. */
const balanced = z.looseObject({
  status: z
    .looseObject({
      loadBalancer: z
        .looseObject({
          ingress: z.array(z.looseObject({ ip: z.string().optional(), hostname: z.string().optional() })).nullish(),
        })
        .nullish(),
    })
    .nullish(),
});

/** A switch moves what arrives at the Service; whether anything can arrive is known before. */
export const loadBalancer: Check = {
  id: "load-balancer",
  title: "The ways from outside have an address",
  run: async (world) => {
    const [services, routes] = await Promise.all([ofServices(world), ofIngresses(world)]);
    return together([...services, ...routes], "No Service is of type LoadBalancer, and no Ingress leads to one");
  },
};

async function ofServices({ facts }: World): Promise<readonly Finding[]> {
  const services = (await facts.looks()).flatMap(({ snapshot }) => snapshot.service ?? []);
  return services
    .filter(({ spec }) => spec.type === "LoadBalancer")
    .map((service) => {
      const { name } = service.metadata;
      const address = addressOf(service);
      if (address !== "") return pass(`Service ${name} is at ${address}`);
      const remedy = `kubectl describe service ${name} shows what its load balancer waits for.`;
      return fail(`Service ${name} is of type LoadBalancer and has no address`, remedy);
    });
}

async function ofIngresses(world: World): Promise<readonly Finding[]> {
  return (await ingressesTo(world)).map((one) => {
    const { name } = one.metadata;
    const address = addressOf(one);
    if (address !== "") return pass(`Ingress ${name} is at ${address}`);
    // Some controllers tell nobody.
    const remedy = `kubectl describe ingress ${name} tells whether a controller takes it; see its ingressClassName.`;
    return warn(`Ingress ${name} has no address`, remedy);
  });
}

function addressOf(object: Resource): string {
  const all = balanced.parse(object).status?.loadBalancer?.ingress ?? [];
  return all.flatMap(({ hostname, ip }) => hostname ?? ip ?? []).join(", ");
}
