import { type JsonObject, objectAt } from "./json.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "./sandbox.ts";
import { type VirtualClock, virtualClock } from "./virtual-clock.ts";

/** The images that tests release. */
export const images = {
  "shop:1": { version: "1" },
  "shop:2": { version: "2" },
  "shop:slow": { version: "slow", readyAfterMs: 3_000 },
  "shop:never": { version: "never", neverReady: true },
  "shop:fades": { version: "fades", unreadyAfterMs: 1_000 },
  "shop:crash": { version: "crash", crash: true },
} as const;

export function deployment(name: string, image: string, spec: JsonObject = {}): JsonObject {
  const container = {
    name: "app",
    image,
    ports: [{ name: "http", containerPort: 8080 }],
    readinessProbe: { httpGet: { path: "/ready", port: "http" }, periodSeconds: 1 },
  };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: "shop" },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [container] } },
      ...spec,
    },
  };
}

export function service(name: string, selector: JsonObject): JsonObject {
  const metadata = { name, namespace: "shop" };
  return { apiVersion: "v1", kind: "Service", metadata, spec: { selector, ports: [{ port: 80, targetPort: "http" }] } };
}

/** A sandbox in virtual time. */
export async function virtualSandbox(
  options: SandboxOptions = {},
): Promise<Sandbox & { readonly clock: VirtualClock }> {
  const clock = virtualClock();
  return { ...(await startSandbox({ images, ...options, clock })), clock };
}

export interface Reply {
  readonly status: number;
  readonly body: JsonObject;
}

const patchTypes = {
  json: "application/json-patch+json",
  merge: "application/merge-patch+json",
  strategic: "application/strategic-merge-patch+json",
  apply: "application/apply-patch+yaml",
} as const;

/** One request as a client sends it, with a path below the namespace `shop`, such as `apps/v1 deployments/web`. */
export async function ask(sandbox: Sandbox, line: string, body?: unknown): Promise<Reply> {
  const [verb = "", group = "", path = ""] = line.split(" ");
  const type = verb in patchTypes ? patchTypes[verb as keyof typeof patchTypes] : "application/json";
  const root = group.includes("/") ? `/apis/${group}` : `/api/${group}`;
  const response = await fetch(`${sandbox.plainUrl}${root}/namespaces/shop/${path}`, {
    method: verb in patchTypes ? "PATCH" : verb,
    headers: { "Content-Type": type },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const parsed: unknown = text.startsWith("{") ? JSON.parse(text) : { text };
  return { status: response.status, body: parsed as JsonObject };
}

export function conditionsOf(object: JsonObject | undefined): Record<string, string> {
  const conditions = objectAt(object, "status").conditions as
    | { type: string; status: string; reason?: string }[]
    | undefined;
  return Object.fromEntries(
    (conditions ?? []).map(({ type, status, reason = "" }) => [type, `${status} ${reason}`.trim()]),
  );
}
