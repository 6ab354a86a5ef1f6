import type { Look } from "@cutover/kubernetes";
import { type Check, type Finding, pass, together, warn } from "../check.ts";

/** What the Service promises its clients beyond plain requests, and a switch cannot keep. */
export const traffic: Check = {
  id: "traffic",
  title: "The Service's traffic can move from pod to pod",
  run: async ({ facts }) => {
    const looks = await facts.looks();
    return together(looks.flatMap(findingsOf), "There is no Service yet");
  },
};

function findingsOf({ snapshot: { service, pods }, observed }: Look): readonly Finding[] {
  if (service === undefined) return [];
  const { name, annotations = {} } = service.metadata;
  const { spec } = service;
  const nodes = new Set(pods.flatMap((pod) => pod.spec.nodeName ?? []));
  const found: Finding[] = [];
  if ((spec as { sessionAffinity?: string }).sessionAffinity === "ClientIP")
    found.push(
      warn(
        `Service ${name} keeps each client with one pod (sessionAffinity: ClientIP), and the switch takes all pods away at once`,
        "Keep sessions outside of the pods' memory, or release when few people are about.",
      ),
    );
  if (spec.externalTrafficPolicy === "Local" && nodes.size > 1)
    found.push(
      warn(
        `Service ${name} serves outside traffic on the nodes of its pods alone (externalTrafficPolicy: Local), ${nodes.size} of them now: a release does not switch before its preview is on each of them`,
        `Spread the pods with topologySpreadConstraints over kubernetes.io/hostname, so that ${observed.service.active ?? "either color"} and its successor stand on the same nodes.`,
      ),
    );
  if (Object.entries(annotations).some(([key, value]) => key.endsWith("target-type") && value === "ip"))
    found.push(
      warn(
        `The load balancer of Service ${name} sends to the pods' own addresses (target-type: ip), and learns of the new ones some time after the switch`,
        "Give the pods readiness gates of the load balancer's controller, and leave the old slot running: `previous: keep`.",
      ),
    );
  return found.length > 0 ? found : [pass(`Service ${name} sends each connection to any of its pods`)];
}
