import { type RenderedRelease, renderRelease } from "./render.ts";
import type { ReleaseTarget } from "./target.ts";
import { readFrom } from "./tools.test-kit.ts";

/** A Deployment that reads its configuration in every way there is. */
export const deployment = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop, labels: { app: shop } }
spec:
  replicas: 3
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop, tier: web } }
    spec:
      serviceAccountName: shop
      imagePullSecrets: [{ name: registry }]
      initContainers:
        - { name: migrate, image: old/migrate:1, envFrom: [{ secretRef: { name: shop-token } }] }
      containers:
        - name: app
          image: old/shop:1
          env:
            - { name: MODE, valueFrom: { configMapKeyRef: { name: shop-config, key: mode } } }
            - { name: TOKEN, valueFrom: { secretKeyRef: { name: shop-token, key: token } } }
            - { name: OTHER, valueFrom: { configMapKeyRef: { name: elsewhere, key: mode } } }
          envFrom: [{ configMapRef: { name: shop-config } }]
        - { name: proxy, image: old/proxy:1 }
      volumes:
        - { name: files, configMap: { name: shop-files } }
        - { name: token, secret: { secretName: shop-token } }
        - name: both
          projected: { sources: [{ configMap: { name: shop-files } }, { secret: { name: shop-token } }] }
`;
/** The Service that is switched. */
export const service =
  "\napiVersion: v1\nkind: Service\nmetadata: { name: shop }\nspec: { selector: { app: shop }, ports: [{ port: 80 }] }\n";
/** What the Deployment reads, and what it does not. */
export const configuration = [
  "ConfigMap shop-config",
  "ConfigMap shop-files",
  "ConfigMap unrelated",
  "Secret shop-token",
  "Secret registry",
]
  .map((item) => item.split(" "))
  .map(([kind, name]) => `\napiVersion: v1\nkind: ${kind}\nmetadata: { name: ${name} }\ndata: { mode: cHJvZA== }\n`)
  .join("---");
/** The budget of the same pods. */
export const budget =
  "\napiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: shop }\nspec: { maxUnavailable: 1, selector: { matchLabels: { app: shop } } }\n";
/** The autoscaler of the Deployment. */
export const scaler =
  "\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: shop }\nspec: { maxReplicas: 9, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: shop } }\n";
/** Who the pods are. */
export const account = "\napiVersion: v1\nkind: ServiceAccount\nmetadata: { name: shop }\n";
/** Traffic from outside, to the Service. */
export const ingress =
  "\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: shop }\nspec: { defaultBackend: { service: { name: shop, port: { number: 80 } } } }\n";
/** All of it, in an order that is no apply order. */
export const whole = [ingress, scaler, deployment, budget, service, configuration, account].join("---");

const target: ReleaseTarget = {
  service: "shop",
  namespace: "production",
  deploymentPattern: "{service}-{color}",
  colorLabel: "color",
  color: "green",
  images: {},
};

/** What these manifests become, green unless said otherwise. */
export async function render(text: string, overrides: Partial<ReleaseTarget> = {}): Promise<RenderedRelease> {
  const set = await readFrom({ "app.yaml": text }, { paths: ["app.yaml"] });
  return renderRelease(set, { ...target, ...overrides });
}
