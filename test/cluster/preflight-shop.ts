import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { systemClock } from "@cutover/action-kit";
import type { CheckResult } from "@cutover/release";
import { type ActionRunResult, runAction } from "@cutover/workflow";
import { bundledStub } from "../bundled-stub.ts";
import { actionsWithin } from "../virtual/in-process-actions.ts";
import { publish } from "./images.ts";
import { kubeconfig, kubectl } from "./kubectl.ts";
import { sawOf } from "./preflight-seen.ts";
import { apply } from "./shop.ts";
import { slots } from "./slots.ts";

type Inputs = Readonly<Record<string, string>>;

/** What a release's pods have besides their one container, and what that has besides its image, probe and requests. */
export interface Pods {
  readonly container?: Readonly<Record<string, unknown>>;
  readonly pod?: Readonly<Record<string, unknown>>;
}

/** The Service `web` with three pods in a namespace of its own, and a repository with the manifests of its next release. */
export interface PreflightShop extends AsyncDisposable {
  readonly namespace: string;
  kubectl(...args: string[]): string;
  /** Writes the manifests: a Deployment, and what it brings besides. */
  release(pods: Pods, ...others: readonly object[]): Promise<void>;
  /** All checks, by the bundle in a process of its own. */
  preflight(): Promise<ActionRunResult>;
  /** Verdict and evidence of one check, from the sources. */
  told(id: string, inputs?: Inputs): Promise<string>;
}

export async function openPreflightShop(): Promise<PreflightShop> {
  const namespace = `preflight-${Date.now().toString(36)}`;
  const inNamespace = (...args: string[]): string => kubectl(["--namespace", namespace, ...args]);
  const image = await publish("v1");
  const workspace = await mkdtemp(join(tmpdir(), "cutover-preflight-"));
  apply(slots({ namespace, service: "web", image, replicas: 3 }));
  inNamespace("rollout", "status", "deployment/web-blue", "--timeout=60s");
  const address = `127.0.0.1:${inNamespace("get", "service", "web", "-o", "jsonpath={.spec.ports[0].nodePort}")}`;
  const ofService = [
    "--selector=kubernetes.io/service-name=web",
    "-o",
    "jsonpath={.items[*].endpoints[*].conditions.ready}",
  ];
  await isOpen(`http://${address}/health`, () => inNamespace("get", "endpointslices", ...ofService));
  const bundle = await bundledStub("preflight");
  const always = { namespace, kubeconfig: kubeconfig(), service: "web", "color-label": "version" };
  const run = async (more: Inputs, how: Partial<Parameters<typeof runAction>[0]> = {}) => {
    const inputs = { ...always, manifests: "web.yaml", ...more };
    return await runAction({ stub: "preflight.js", workspace, inputs, ...how });
  };
  return {
    namespace,
    kubectl: inNamespace,
    release: async (pods, ...others) => {
      const objects = [deployment(image, pods), ...others].map((one) => JSON.stringify(one));
      await writeFile(join(workspace, "web.yaml"), objects.join("\n---\n"));
    },
    preflight: async () => {
      const around = { endpoints: `http://${address}/health contains=UP`, tcp: address, windows: "00:00-24:00" };
      const ended = await run(around, { stub: bundle });
      for (const result of resultsOf(ended)) sawOf(result);
      return ended;
    },
    told: async (id, inputs) => {
      const ended = await run({ checks: id, ...inputs }, { start: actionsWithin({ clock: systemClock }) });
      const [result] = resultsOf(ended);
      return result === undefined ? assert.fail(ended.log) : sawOf(result);
    },
    [Symbol.asyncDispose]: async () => {
      kubectl(["delete", "namespace", namespace, "--wait=false"]);
      await rm(workspace, { recursive: true, force: true });
    },
  };
}

/** Pods are ready a moment before the Service leads to all of them, and its node port to any. */
async function isOpen(url: string, endpoints: () => string): Promise<void> {
  const until = performance.now() + 30_000;
  const isThere = async () =>
    endpoints() === "true true true" && (await fetch(url).catch(() => undefined))?.ok === true;
  while (!(await isThere())) {
    assert.ok(performance.now() < until, `${url} does not answer, or not by three pods`);
    await sleep(100);
  }
}

/** A kubeconfig of somebody with this token. */
export function kubeconfigOf(token: string): string {
  const admins = JSON.parse(kubectl(["config", "view", "--raw", "--minify", "--flatten", "--output=json"]));
  return JSON.stringify({
    ...admins,
    users: admins.users.map(({ name }: { name: string }) => ({ name, user: { token } })),
  });
}

/** What each check found. */
export function resultsOf({ outputs, log }: ActionRunResult): readonly CheckResult[] {
  const { results = "" } = outputs;
  assert.notEqual(results, "", log);
  return JSON.parse(results);
}

function deployment(image: string, { container = {}, pod = {} }: Pods): object {
  const labels = { app: "web" };
  const website = {
    name: "website",
    image,
    readinessProbe: { httpGet: { path: "/ready", port: 8080 } },
    resources: { requests: { cpu: "10m", memory: "16Mi" } },
    ...container,
  };
  const template = { metadata: { labels }, spec: { dnsPolicy: "Default", ...pod, containers: [website] } };
  const spec = { replicas: 3, selector: { matchLabels: labels }, template };
  return { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web" }, spec };
}
