import type { AccessRule, ImageTable, SandboxOptions } from "@cutover/sandbox";

export const allRights: readonly AccessRule[] = [{ verbs: ["*"], apiGroups: ["*"], resources: ["*"] }];

const images: ImageTable = {
  "registry.example/shop:v1": { version: "v1" },
  "registry.example/shop:v2": { version: "v2", readyAfterMs: 50 },
  "registry.example/shop:v3": { version: "v3", readyAfterMs: 50 },
  "registry.example/shop:never-ready": { version: "never-ready", neverReady: true },
  "registry.example/shop:errors": { version: "errors", error: true },
  "registry.example/shop:unready": { version: "unready", unreadyAfterMs: 200 },
};

/** A cluster with a shop as the runbooks have it: two Deployments by color behind one Service, green idle. */
export function shop(): SandboxOptions {
  return { ...emptyTown(), objects: [deployment("blue", 2), deployment("green", 0), service()] };
}

/** The same cluster before anything was installed. */
export function emptyTown(): SandboxOptions {
  return { namespace: "shop", probeEveryMs: 20, images, objects: [namespace] };
}

const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } };

export function service(name = "shop", selector: Record<string, string> = { app: "shop", color: "blue" }) {
  const metadata = { name, namespace: "shop" };
  return { apiVersion: "v1", kind: "Service", metadata, spec: { selector, ports: [{ port: 80, targetPort: 8080 }] } };
}

/** Shops from before there were colors: each one Deployment, and a Service that selects all of its pods. */
export function plainShop(...names: readonly string[]): SandboxOptions {
  const objects = (names.length === 0 ? ["shop"] : names).flatMap((name) => {
    const { metadata, spec, ...rest } = deployment("blue", 2, name);
    const labels = { app: name };
    const template = { metadata: { labels }, spec: spec.template.spec };
    const plain = {
      ...rest,
      metadata: { name, namespace: metadata.namespace },
      spec: { ...spec, selector: { matchLabels: labels }, template },
    };
    return [plain, service(name, labels)];
  });
  return { ...emptyTown(), objects: [namespace, ...objects] };
}

/** A mall: shops as the one above, each with a container of its own name. */
export function mall(names: readonly string[], replicas = 2): SandboxOptions {
  const objects = names.flatMap((name) => [
    deployment("blue", replicas, name),
    deployment("green", 0, name),
    service(name, { app: name, color: "blue" }),
  ]);
  return { ...emptyTown(), objects: [namespace, ...objects] };
}

function deployment(color: "blue" | "green", replicas: number, name = "shop") {
  const labels = { app: name, color };
  const containers = [container("v1", name === "shop" ? "app" : name)];
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: `${name}-${color}`, namespace: "shop", labels },
    spec: { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } },
  };
}

function container(version: string, name = "app") {
  return {
    name,
    image: `registry.example/shop:${version}`,
    ports: [{ containerPort: 8080 }],
    readinessProbe: { httpGet: { path: "/ready", port: 8080 }, periodSeconds: 1 },
  };
}

/** One manifest for both colors, as YAML; `more` is added to the Deployment's spec. */
export function manifest(version = "v2", more: Record<string, unknown> = {}): string {
  const labels = { app: "shop" };
  const spec = {
    replicas: 2,
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [container(version)] } },
    ...more,
  };
  return JSON.stringify({ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "shop" }, spec });
}

/** Everything that the shop consists of, as one file of YAML without a color in it. */
export function manifests(version: string, greeting: string): string {
  return `
apiVersion: v1
kind: Service
metadata: { name: shop }
spec: { selector: { app: shop }, ports: [{ port: 80, targetPort: http }] }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: greeting }
data: { text: ${greeting} }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop, labels: { app: shop } }
spec:
  replicas: 2
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec:
      containers:
        - name: app
          image: registry.example/shop:${version}
          ports: [{ name: http, containerPort: 8080 }]
          readinessProbe: { httpGet: { path: /ready, port: http }, periodSeconds: 1 }
          envFrom: [{ configMapRef: { name: greeting } }]
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: shop }
spec: { maxUnavailable: 1, selector: { matchLabels: { app: shop } } }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: shop }
spec:
  minReplicas: 3
  maxReplicas: 6
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: shop }
`;
}
