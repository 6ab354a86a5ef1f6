interface Slots {
  namespace: string;
  service: string;
  image: string;
  replicas: number;
  /** Any that is free if not given. */
  nodePort?: number;
  /** The Deployments are `web-blue` and `web-green` if not given. */
  app?: string;
  /** A pod is ready or unready with the very next probe if not given; on a busy machine one may come late. */
  readiness?: { failureThreshold: number; timeoutSeconds: number };
  /** Seconds that pods have to end. */
  grace?: number;
}

/** Two Deployments by color behind one Service, the green one idle, as the runbooks have them. */
export function slots({ namespace, service, image, replicas, nodePort, ...more }: Slots): object[] {
  const { app = "web", readiness, grace = 30 } = more;
  const deployment = (version: "blue" | "green") => {
    const labels = { app, version };
    const container = {
      name: "website",
      image,
      ports: [{ containerPort: 8080 }],
      readinessProbe: { httpGet: { path: "/ready", port: 8080 }, periodSeconds: 1, failureThreshold: 1, ...readiness },
      // The node runs everything at once: without a limit on CPU, and with little asked for.
      resources: { requests: { cpu: "10m", memory: "16Mi" } },
    };
    return {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: `${app}-${version}`, namespace, labels },
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
        selector: { app, version: "blue" },
        ports: [{ port: 80, targetPort: 8080, ...(nodePort === undefined ? {} : { nodePort }) }],
      },
    },
  ];
}
