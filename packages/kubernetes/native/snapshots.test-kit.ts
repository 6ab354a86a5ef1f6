/** Snapshots without a cluster: the shop with two ready pods in each color. */
import { annotation, type Color } from "@cutover/release";
import { virtualClock } from "@cutover/sandbox";
import type { Client } from "../client/client.ts";
import { identityOf, noProcesses } from "./engine.test-kit.ts";
import { as, type EndpointSlice, type Pod, type ReplicaSet } from "./kinds.ts";
import type { Setting } from "./setting.ts";
import { deployments, imagesOfShop, namespace, shopService, slot } from "./shop-objects.test-kit.ts";
import type { Snapshot } from "./snapshot.ts";

/** Nothing that is pure asks the cluster. */
const noClient = {} as Client;

export function settingOf(own: Partial<Setting> = {}): Setting {
  const nothing = () => undefined;
  return {
    client: noClient,
    clock: virtualClock(),
    log: { info: nothing, warning: nothing, debug: nothing, untrusted: nothing, group: (_title, body) => body() },
    processes: noProcesses,
    identity: identityOf(1),
    signal: new AbortController().signal,
    namespace,
    service: "shop",
    deployments,
    colorLabel: "color",
    source: imagesOfShop("shop:2"),
    timeout: 60_000,
    lockTimeout: 60_000,
    preempts: false,
    soak: 0,
    ...own,
  };
}

export interface Sketch {
  /** Over the Service's spec. */
  service?: object;
  annotations?: Record<string, string>;
  /** Instead of two ready pods in each color. */
  pods?: readonly Pod[];
  /** Besides them. */
  more?: readonly Pod[];
}

export function snapshotOf({ service = {}, annotations = {}, pods, more = [] }: Sketch = {}): Snapshot {
  const plain = shopService("blue", service);
  const usual = [podOf("blue", "b1"), podOf("blue", "b2"), podOf("green", "g1"), podOf("green", "g2")];
  return {
    service: as("Service", { ...plain, metadata: { ...plain.metadata, annotations } }),
    deployments: { blue: deploymentOf("blue"), green: deploymentOf("green") },
    replicaSets: [replicaSetOf("blue"), replicaSetOf("green")],
    pods: [...(pods ?? usual), ...more],
    slices: [endpointsOf("b1", "b2")],
    autoscalers: [],
    revisions: [],
  };
}

function deploymentOf(color: Color) {
  const plain = slot(color, "shop:1", 2);
  const annotations = { [annotation.revision]: color === "blue" ? "1" : "2" };
  return as("Deployment", { ...plain, metadata: { ...plain.metadata, uid: `deployment-${color}`, annotations } });
}

function replicaSetOf(color: Color): ReplicaSet {
  const { template } = deploymentOf(color).spec;
  const labels = { ...template.metadata?.labels, "pod-template-hash": "abc" };
  const metadata = { name: `rs-${color}`, uid: `rs-${color}`, ownerReferences: [ownedBy(`deployment-${color}`)] };
  const spec = { template: { ...template, metadata: { ...template.metadata, labels } } };
  return { apiVersion: "apps/v1", kind: "ReplicaSet", metadata, spec };
}

export interface PodSketch {
  /** Uid of its ReplicaSet. */
  owner?: string;
  ready?: "True" | "False";
  node?: string;
  going?: boolean;
}

export function podOf(color: Color, name: string, sketch: PodSketch = {}): Pod {
  const { owner = `rs-${color}`, ready = "True", node = "n1", going = false } = sketch;
  const deletion = going ? { deletionTimestamp: "2030-01-01T00:00:00Z" } : {};
  const labels = { app: "shop", color };
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, uid: name, labels, ownerReferences: [ownedBy(owner)], ...deletion },
    spec: { nodeName: node, containers: [{ name: "app", image: "shop:1" }] },
    status: { phase: "Running", conditions: [{ type: "Ready", status: ready }] },
  };
}

function ownedBy(uid: string) {
  return { apiVersion: "apps/v1", kind: "Any", name: uid, uid };
}

/** A slice that lists these pods as ready. */
export function endpointsOf(...uids: readonly string[]): EndpointSlice {
  return {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { name: `slice-${uids.join("-")}` },
    endpoints: uids.map((uid) => ({ conditions: { ready: true }, targetRef: { kind: "Pod", uid } })),
  };
}
