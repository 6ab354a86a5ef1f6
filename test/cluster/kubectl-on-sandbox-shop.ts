import { type Sandbox, startSandbox } from "@cutover/sandbox";
import { type Kubectl, kubectlWith } from "./kubectl-on-sandbox.ts";

const images = {
  "shop:1": { version: "1" },
  "shop:2": { version: "2" },
  "shop:crash": { version: "crash", crash: true },
} as const;

const labels = { app: "web" };
const metadata = { name: "web", namespace: "shop" };
const container = {
  name: "app",
  image: "shop:1",
  env: [{ name: "COLOR", value: "blue" }],
  ports: [{ name: "http", containerPort: 8080 }],
  readinessProbe: { httpGet: { path: "/ready", port: "http" }, periodSeconds: 1 },
};
const template = { metadata: { labels }, spec: { containers: [container] } };

export const web = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata,
  spec: { replicas: 2, selector: { matchLabels: labels }, template },
};

export const service = {
  apiVersion: "v1",
  kind: "Service",
  metadata,
  spec: { selector: labels, ports: [{ port: 80, targetPort: "http" }] },
};

/** A sandbox in real time in which kubectl has brought up a shop. */
export interface Shop {
  readonly sandbox: Sandbox;
  readonly kubectl: Kubectl;
  /** The running pods, such as `pod/web-5d8-x2z`. */
  pods(): Promise<string[]>;
  close(): Promise<void>;
}

export async function openShop(): Promise<Shop> {
  const sandbox = await startSandbox({ images, probeEveryMs: 20, crashBackOffMs: 500, namespace: "shop" });
  const kubectl = kubectlWith(sandbox.kubeconfig);
  await kubectl.ok("create namespace shop");
  await kubectl.ok("apply -f -", JSON.stringify(web));
  await kubectl.ok("apply -f -", JSON.stringify(service));
  await kubectl.ok("rollout status deployment/web --timeout=20s");
  return {
    sandbox,
    kubectl,
    pods: async () => {
      const names = await kubectl.ok("get pods -l app=web --field-selector=status.phase=Running -o name");
      return names.trim().split("\n");
    },
    close: async () => {
      kubectl[Symbol.dispose]();
      await sandbox.close();
    },
  };
}
