import { kubectl } from "./kubectl.ts";

interface Shop {
  namespace: string;
  image: string;
  replicas: number;
  nodePort: number;
}

/** A Deployment of the fixture and a NodePort Service before it, as plain as a team's first. */
export function shopManifests({ namespace, image, replicas, nodePort }: Shop): object[] {
  const labels = { app: "shop" };
  const container = {
    name: "app",
    image,
    ports: [{ containerPort: 8080 }],
    readinessProbe: { httpGet: { path: "/ready", port: 8080 }, periodSeconds: 1 },
    // The node runs everything at once: without a limit on CPU, and with little asked for.
    resources: { requests: { cpu: "10m", memory: "16Mi" } },
  };
  return [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "shop", namespace },
      spec: {
        replicas,
        selector: { matchLabels: labels },
        // No cluster DNS runs: `Default` keeps the kubelet from warning about it in the events.
        template: { metadata: { labels }, spec: { dnsPolicy: "Default", containers: [container] } },
      },
    },
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "shop", namespace },
      spec: { type: "NodePort", selector: labels, ports: [{ port: 80, targetPort: 8080, nodePort }] },
    },
  ];
}

/** Applies objects as kubectl does. */
export function apply(objects: readonly object[]): void {
  kubectl(["apply", "-f", "-"], JSON.stringify({ apiVersion: "v1", kind: "List", items: objects }));
}
