/** The objects of a shop, and releases of it, for the tests of this engine. */
import { createHash } from "node:crypto";
import { annotation, type Color } from "@cutover/release";
import type { ImageTable } from "@cutover/sandbox";
import type { Resource } from "../client/model.ts";
import type { Rendered, Source } from "./source.ts";

export const namespace = "shop";
export const deployments = { blue: "shop-blue", green: "shop-green" } as const;

export const images: ImageTable = {
  "shop:1": { version: "1" },
  "shop:2": { version: "2" },
  "shop:3": { version: "3" },
  "shop:4": { version: "4" },
  "shop:never": { version: "never", neverReady: true },
  "shop:fades": { version: "fades", unreadyAfterMs: 500 },
  "shop:error": { version: "error", error: true },
};

export function slot(color: Color, image: string, replicas: number): Deployment {
  return slotOf(color, containerOf(image), replicas);
}

function containerOf(image: string, reads: readonly Resource[] = []): object {
  const readinessProbe = { httpGet: { path: "/ready", port: 8080 }, periodSeconds: 1 };
  const configs = reads.filter(({ kind }) => kind === "ConfigMap");
  const envFrom = configs.map(({ metadata: { name } }) => ({ configMapRef: { name } }));
  const container = { name: "app", image, ports: [{ containerPort: 8080 }], readinessProbe };
  return envFrom.length === 0 ? container : { ...container, envFrom };
}

function slotOf(color: Color, container: object, replicas: number): Deployment {
  const labels = { app: "shop", color };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: deployments[color], namespace },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container] } },
    },
  };
}

interface Deployment extends Resource {
  spec: { replicas: number; selector: object; template: { metadata: object; spec: object } };
}

export function shopService(color: Color, spec: object = {}): Resource {
  const metadata = { name: "shop", namespace };
  const ports = [{ name: "http", port: 80, targetPort: 8080 }];
  return { apiVersion: "v1", kind: "Service", metadata, spec: { selector: { app: "shop", color }, ports, ...spec } };
}

/** The shop as most teams have it: blue serves, green waits without pods. */
export const usual = [shopService("blue"), slot("blue", "shop:1", 2), slot("green", "shop:1", 0)];

export const imagesOfShop = (image: string): Source => ({ kind: "images", images: { app: image } });

/** What packages/manifests makes of one set of manifests, in short; the pods read the ConfigMaps among `extras`. */
export function manifestsOfShop(
  image: string,
  { extras = () => [], service }: { extras?: (color: Color) => readonly Resource[]; service?: object } = {},
): Source {
  const render = (color: Color): Rendered => {
    const plain = slotOf(color, containerOf(image, extras(color)), 2);
    const all = [...extras(color), plain, service ?? {}];
    const hash = createHash("sha256").update(JSON.stringify(all)).digest("hex").slice(0, 16);
    const { template } = plain.spec;
    const metadata = { ...template.metadata, annotations: { [annotation.hash]: hash } };
    const deployment = { ...plain, spec: { ...plain.spec, template: { ...template, metadata } } };
    const objects = [...extras(color), deployment];
    return { deployment, objects, images: { app: image }, hash, service: shopService(color, service) };
  };
  return { kind: "manifests", rendered: { blue: render("blue"), green: render("green") } };
}

export function configMap(name: string, greeting: string): Resource {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace }, data: { greeting } };
}

/** A release from manifests with a ConfigMap per color. */
export function withConfig(image: string, greeting: string): Source {
  return manifestsOfShop(image, { extras: (color) => [configMap(`shop-config-${color}`, greeting)] });
}

/** It scales the Deployment of that name to `floor` pods or more. */
export function autoscaler(name: string, floor: number, kind = "Deployment"): Resource {
  const spec = { minReplicas: floor, maxReplicas: 10, scaleTargetRef: { apiVersion: "apps/v1", kind, name } };
  return { apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", metadata: { name, namespace }, spec };
}
