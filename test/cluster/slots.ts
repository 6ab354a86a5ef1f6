interface Slots {
  namespace: string;
  service: string;
  image: string;
  replicas: number;
  nodePort: number;
  /** Seconds that pods have to end. */
  grace?: number;
}

/** Two Deployments by color behind one Service, the green one idle, as the runbooks have them. */
export function slots({ namespace, service, image, replicas, nodePort, grace = 30 }: Slots): object[] {
  const deployment = (version: "blue" | "green") => {
    const labels = { app: "web", version };
    const container = {
      name: "website",
      image,
      ports: [{ containerPort: 8080 }],
      readinessProbe: { httpGet: { path: "/ready", port: 8080 }, periodSeconds: 1, failureThreshold: 1 },
      // The node runs everything at once: without a limit on CPU, and with little asked for.
      resources: { requests: { cpu: "10m", memory: "16Mi" } },
    };
    return {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: `web-${version}`, namespace, labels },
      spec: {
        replicas: version === "blue" ? replicas : 0,
        selector: { matchLabels: labels },
        // No cluster DNS runs: `Default` keeps the kubelet from warning about it in the events.
        template: {
          metadata: { labels },
          spec: { dnsPolicy: "Default", terminationGracePeriodSeconds: grace, containers: [container] },
        },
      },
    };
  };
  return [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
    deployment("blue"),
    deployment("green"),
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: service, namespace },
      spec: {
        type: "NodePort",
        selector: { app: "web", version: "blue" },
        ports: [{ port: 80, targetPort: 8080, nodePort }],
      },
    },
  ];
}
