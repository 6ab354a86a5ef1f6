import type { SandboxClock } from "../clock.ts";
import { remove } from "../deletion.ts";
import { type EventToRecord, recordEvent } from "../events.ts";
import type { Registry } from "../registry.ts";
import type { Container, Pod } from "../workloads.ts";
import type { Application } from "./application.ts";
import { environmentOf } from "./container-environment.ts";
import type { ContainerHost } from "./container-host.ts";
import { ContainerRun } from "./container-run.ts";
import type { ImageTable } from "./image-behavior.ts";
import { podStatus } from "./pod-status.ts";
import { Timers } from "./timers.ts";
import { mountFailure } from "./volumes.ts";

export interface PodRunOptions {
  readonly images: ImageTable;
  readonly presentImages: Set<string>;
  readonly podIP: string;
  readonly hostIP: string;
  readonly probeEveryMs: number | undefined;
  readonly crashBackOffMs: number;
}

const longestMountRetryMs = 122_000;

/** One pod on its node: its containers in their order, and the status that the kubelet keeps for it. */
export class PodRun {
  readonly uid: string;
  readonly podIP: string;
  /** Called when it has ended, for connections that still hang on it: gracefully if its containers stopped when asked. */
  readonly onEnd = new Set<(isGraceful: boolean) => void>();
  readonly #registry: Registry;
  readonly #spec: Pod["spec"];
  readonly #place: { readonly kind: "Pod"; readonly namespace: string; readonly name: string };
  readonly #options: PodRunOptions;
  readonly #timers: Timers;
  readonly #inits: readonly ContainerRun[];
  readonly #mains: readonly ContainerRun[];
  /** How many init containers have been begun; one more once the others may run. */
  #stage = 0;
  #state: "mounting" | "running" | "stopping" | "over" = "mounting";

  constructor(registry: Registry, pod: Pod, options: PodRunOptions) {
    const { namespace = "", name, uid } = pod.metadata;
    this.#registry = registry;
    this.#spec = pod.spec;
    this.#place = { kind: "Pod", namespace, name };
    this.#options = options;
    this.#timers = new Timers(registry.clock);
    this.uid = uid;
    this.podIP = options.podIP;
    const inits = pod.spec.initContainers ?? [];
    const host = this.#host(false);
    const waiting = inits.length > 0 ? "PodInitializing" : "ContainerCreating";
    this.#mains = pod.spec.containers.map((container) => new ContainerRun(container, host, waiting));
    this.#inits = inits.map((container) => new ContainerRun(container, this.#host(true), "PodInitializing"));
  }

  get containers(): readonly ContainerRun[] {
    return [...this.#inits, ...this.#mains];
  }

  /** The pod as it is stored; `undefined` once it is gone or replaced. */
  get pod(): Pod | undefined {
    const found = this.#registry.store.get("Pod", this.#place.namespace, this.#place.name);
    return found?.metadata.uid === this.uid ? found : undefined;
  }

  get name(): string {
    return this.#place.name;
  }

  get clock(): SandboxClock {
    return this.#registry.clock;
  }

  start(): void {
    const pod = this.pod;
    if (pod !== undefined) this.#mount(pod, 500);
  }

  /** What listens on a port. */
  listener(port: number): Application | undefined {
    for (const run of this.#mains) if (listensOn(run, port)) return run.application;
    for (const run of this.#inits) if (listensOn(run, port)) return run.application;
    return undefined;
  }

  /** Stops the containers, sidecars last, and then removes the pod. */
  stop(graceSeconds: number): void {
    if (this.#state === "stopping" || this.#state === "over") return;
    this.#state = "stopping";
    this.#timers.cancel();
    this.#stopAll(graceSeconds * 1_000, (isGraceful) => this.#finish(isGraceful));
  }

  /** Ends everything at once, without a trace in the API. */
  kill(): void {
    this.#state = "over";
    this.#timers.cancel();
    for (const run of this.containers) run.kill();
    this.#cut(false);
  }

  #mount(pod: Pod, retryMs: number): void {
    const message = mountFailure(this.#registry.store, pod);
    if (message === undefined) {
      this.#state = "running";
      this.#sync();
      this.#proceed();
      return;
    }
    if (retryMs === 500) this.#sync();
    this.#record({ type: "Warning", reason: "FailedMount", message });
    const next = Math.min(retryMs * 2, longestMountRetryMs);
    this.#timers.after(retryMs, () => this.#mount(this.pod ?? pod, next));
  }

  /** Begins the next init container once the last has done its part, and then the others. */
  #proceed(): void {
    if (this.#state !== "running" || this.#stage > this.#inits.length) return;
    const last = this.#inits[this.#stage - 1];
    if (last !== undefined && last.exitCode !== 0 && !(isSidecar(last.container) && last.status.started)) return;
    this.#stage += 1;
    const next = this.#inits[this.#stage - 1];
    if (next !== undefined) next.begin();
    else for (const run of this.#mains) run.begin();
  }

  /** A pod whose containers have all ended for good takes its sidecars along. */
  #conclude(): void {
    const failedInit = this.#inits.some(({ exitCode = 0 }) => exitCode !== 0);
    const isDone = failedInit || this.#mains.every(({ exitCode }) => exitCode !== undefined);
    if (this.#state !== "running" || !isDone) return;
    this.#state = "over";
    this.#stopAll(this.#spec.terminationGracePeriodSeconds * 1_000, (isGraceful) => this.#cut(isGraceful));
  }

  #stopAll(graceMs: number, then: (isGraceful: boolean) => void): void {
    const { clock } = this.#registry;
    const started = clock.now();
    stopTogether(this.#mains, graceMs, (mains) => {
      const left = Math.max(0, graceMs - (clock.now() - started));
      stopTogether(this.#inits.toReversed(), left, (inits) => then(mains && inits));
    });
  }

  #finish(isGraceful: boolean): void {
    this.#sync();
    this.#cut(isGraceful);
    this.kill();
    if (this.pod !== undefined) remove(this.#registry, this.#place, { graceSeconds: 0 });
  }

  #cut(isGraceful: boolean): void {
    for (const end of [...this.onEnd]) end(isGraceful);
    this.onEnd.clear();
  }

  #changed(): void {
    if (this.#state === "running" || this.#state === "stopping") this.#sync();
    this.#proceed();
    this.#conclude();
  }

  #sync(): void {
    if (this.pod === undefined) return;
    const { podIP, hostIP } = this.#options;
    const isMounted = this.#state !== "mounting";
    const now = this.#registry.timestamp;
    const containers = {
      inits: this.#inits.map(({ status }) => status),
      mains: this.#mains.map(({ status }) => status),
    };
    this.#registry.update(
      this.#place,
      (live) => ({
        ...live,
        status: podStatus(live, containers, { podIP: isMounted ? podIP : undefined, hostIP, now }),
      }),
      { manager: "kubelet", subresource: "status" },
    );
  }

  #record(event: Omit<EventToRecord, "component" | "host">): void {
    const live = this.pod;
    if (live === undefined) return;
    recordEvent(this.#registry, live, { ...event, component: "kubelet", host: live.spec.nodeName ?? "" });
  }

  #host(isInit: boolean): ContainerHost {
    const { namespace, name } = this.#place;
    const { clock, random, store } = this.#registry;
    const policy = this.#spec.restartPolicy;
    return {
      ...this.#options,
      clock,
      podTitle: `${name}_${namespace}(${this.uid})`,
      podName: name,
      graceSeconds: this.#spec.terminationGracePeriodSeconds,
      timestamp: () => this.#registry.timestamp,
      id: () => random.uid().replaceAll("-", "").repeat(2),
      record: (event) => this.#record({ ...event, isInit }),
      changed: () => this.#changed(),
      environment: (container) => {
        const { pod } = this;
        return pod === undefined ? {} : environmentOf(store, pod, container);
      },
      listener: (port) => this.listener(port),
      restarts: (container, exitCode) => {
        if (isInit && isSidecar(container)) return true;
        if (policy === "Always" && !isInit) return true;
        return policy !== "Never" && exitCode !== 0;
      },
    };
  }
}

function stopTogether(runs: readonly ContainerRun[], graceMs: number, then: (isGraceful: boolean) => void): void {
  let left = runs.length;
  let allGraceful = true;
  if (left === 0) then(true);
  for (const run of runs) {
    run.stop(graceMs, (isGraceful) => {
      allGraceful &&= isGraceful;
      left -= 1;
      if (left === 0) then(allGraceful);
    });
  }
}

/** A container that declares no ports listens on any, unless its image or environment names one. */
function listensOn({ application, container: { ports } }: ContainerRun, port: number): boolean {
  if (application?.isListening !== true) return false;
  const own = application.behavior.port;
  if (own !== undefined) return own === port;
  return ports === undefined || ports.some(({ containerPort }) => containerPort === port);
}

function isSidecar({ restartPolicy }: Container): boolean {
  return restartPolicy === "Always";
}
