/** The same moves of a shop two ways: by the shipped bundle, and by the plain commands that a runbook has for them. */
import { type ActionRunResult, runAction } from "@cutover/workflow";
import { bundledStub } from "../bundled-stub.ts";
import { publish, type Release } from "./images.ts";
import { kubeconfig, kubectl } from "./kubectl.ts";

/** Slots as `slots.ts` makes them. */
export interface Town {
  namespace: string;
  service: string;
  replicas: number;
}

/** Versions that are released in turn, so that each slot holds another one whenever its turn comes. */
const versions: readonly Release[] = ["v2", "v3", "v1"];
const other = { blue: "green", green: "blue" } as const;

/** Runs an action on the town, with nothing to wait for but what it proves. */
export async function inTown(
  { namespace, service }: Town,
  action: "blue-green-deploy" | "rollback",
  inputs: Readonly<Record<string, string>>,
): Promise<ActionRunResult> {
  const usual = { namespace, service, "color-label": "version", deployment: "web-{color}", drain: "0s", soak: "0s" };
  const stub = await bundledStub(action);
  const run = await runAction({ stub, inputs: { ...usual, ...inputs }, env: { KUBECONFIG: kubeconfig() } });
  if (run.outputs.outcome !== "succeeded") throw new Error(`${action} ended with ${run.outputs.outcome}: ${run.log}`);
  return run;
}

/** Milliseconds of each release by the bundle: of an image that the node has, into a slot whose pods are there. */
export async function releases(town: Town, times: number): Promise<number[]> {
  const took: number[] = [];
  for (let index = 0; index < times; index++) {
    const images = `website=${await publish(versions[index % versions.length] ?? "v1")}`;
    const { durationMs } = await inTown(town, "blue-green-deploy", { images });
    took.push(durationMs);
  }
  return took;
}

/** The same by hand: `kubectl set image`, `rollout status`, `patch`, and a look until the endpoints are of that color. */
export async function releasesByHand(town: Town, times: number): Promise<number[]> {
  const took: number[] = [];
  for (let index = 0; index < times; index++) {
    const image = await publish(versions[index % versions.length] ?? "v1");
    const color = other[activeColor(town)];
    const began = performance.now();
    const deployment = `deployment/web-${color}`;
    within(town, "set", "image", deployment, `website=${image}`);
    within(town, "rollout", "status", deployment, "--timeout=60s");
    moveByHand(town, color);
    took.push(performance.now() - began);
  }
  return took;
}

/** Milliseconds of each rollback by the bundle to a slot that is still warm, to and fro between the last two revisions. */
export async function rollbacks(town: Town, times: number): Promise<number[]> {
  const path = "jsonpath={.metadata.annotations.cutover\\.dev/state}";
  const { revision, previousRevision } = JSON.parse(within(town, "get", "service", town.service, "-o", path));
  const took: number[] = [];
  for (let index = 0; index < times; index++) {
    const to = String(index % 2 === 0 ? previousRevision : revision);
    took.push((await inTown(town, "rollback", { to })).durationMs);
  }
  return took;
}

/** The same by hand: `kubectl patch`, and a look until the endpoints are of that color. */
export function rollbacksByHand(town: Town, times: number): number[] {
  return Array.from({ length: times }, () => {
    const began = performance.now();
    moveByHand(town, other[activeColor(town)]);
    return performance.now() - began;
  });
}

function moveByHand(town: Town, color: "blue" | "green"): void {
  const { service, replicas } = town;
  within(town, "patch", "service", service, "--patch", JSON.stringify({ spec: { selector: { version: color } } }));
  const ready = "jsonpath={.items[*].endpoints[?(@.conditions.ready==true)].targetRef.name}";
  for (let tries = 0; tries < 100; tries += 1) {
    const text = within(town, "get", "endpointslices", "-l", `kubernetes.io/service-name=${service}`, "-o", ready);
    const pods = text.trim().split(" ");
    if (pods.length === replicas && pods.every((pod) => pod.startsWith(`web-${color}-`))) return;
  }
  throw new Error(`The endpoints of ${service} never were those of ${color}`);
}

function activeColor(town: Town): "blue" | "green" {
  const color = within(town, "get", "service", town.service, "-o", "jsonpath={.spec.selector.version}");
  return color === "green" ? "green" : "blue";
}

function within({ namespace }: Town, ...args: string[]): string {
  return kubectl(["--namespace", namespace, ...args]);
}
