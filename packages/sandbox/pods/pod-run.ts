import { remove } from "../deletion.ts";
import { recordEvent } from "../events.ts";
import type { Registry } from "../registry.ts";
import type { Pod } from "../workloads.ts";
import type { Application, ImageTable } from "./application.ts";
import { type ContainerHost, ContainerRun } from "./container-run.ts";
import { podStatus } from "./pod-status.ts";

export interface PodRunOptions {
  readonly images: ImageTable;
  readonly podIP: string;
  readonly hostIP: string;
  readonly probeEveryMs: number | undefined;
  readonly crashBackOffMs: number;
}

/** What answers on a port of a pod. */
export interface Listener {
  readonly application: Application;
  readonly probePath: string | undefined;
}

/** One pod on its node: its containers, and the status that the kubelet keeps for it. */
export class PodRun {
  readonly uid: string;
  readonly podIP: string;
  readonly containers: readonly ContainerRun[];
  /** Called when it has ended, for connections that still hang on it: gracefully if its containers stopped when asked. */
  readonly onEnd: ((isGraceful: boolean) => void)[] = [];
  readonly #registry: Registry;
  readonly #namespace: string;
  readonly #name: string;
  readonly #hostIP: string;
  #left: number | undefined;

  constructor(registry: Registry, pod: Pod, options: PodRunOptions) {
    const { namespace = "", name, uid } = pod.metadata;
    this.#registry = registry;
    this.#namespace = namespace;
    this.#name = name;
    this.#hostIP = options.hostIP;
    this.uid = uid;
    this.podIP = options.podIP;
    const { images, probeEveryMs, crashBackOffMs } = options;
    const host: ContainerHost = {
      clock: registry.clock,
      images,
      probeEveryMs,
      crashBackOffMs,
      podTitle: `${name}_${namespace}(${uid})`,
      podName: name,
      timestamp: () => registry.timestamp,
      id: () => registry.random.uid().replaceAll("-", "").repeat(2),
      record: (event) => {
        const live = this.pod;
        if (live !== undefined) recordEvent(registry, live, { ...event, component: "kubelet", host: "sandbox-node" });
      },
      changed: () => this.#sync(),
    };
    this.containers = pod.spec.containers.map((container) => new ContainerRun(container, host));
  }

  /** The pod as it is stored; `undefined` once it is gone or replaced. */
  get pod(): Pod | undefined {
    const found = this.#registry.store.get("Pod", this.#namespace, this.#name);
    return found?.metadata.uid === this.uid ? found : undefined;
  }

  /** Milliseconds on the clock that it lives by. */
  get now(): number {
    return this.#registry.clock.now();
  }

  /** Whether its containers were asked to stop. */
  get isStopping(): boolean {
    return this.#left !== undefined;
  }

  /** Notes the first request of a user. */
  countTraffic(application: Application): void {
    application.firstTrafficAt ??= this.now;
  }

  start(): void {
    this.#sync();
    for (const container of this.containers) container.pull();
  }

  /** What listens on a port; a container that declares no ports listens on any. */
  listener(port: number | string): Listener | undefined {
    const found = this.containers.find(
      ({ container: { ports } }) =>
        ports === undefined || ports.some(({ name, containerPort }) => name === port || containerPort === Number(port)),
    );
    if (found?.application === undefined) return undefined;
    return { application: found.application, probePath: found.container.readinessProbe?.httpGet?.path };
  }

  /** Stops the containers and then removes the pod. */
  stop(graceSeconds: number): void {
    if (this.#left !== undefined) return;
    this.#left = this.containers.length;
    const stopped = (): void => {
      this.#left = (this.#left ?? 0) - 1;
      if (this.#left === 0) this.#finish();
    };
    for (const container of this.containers) container.stop(graceSeconds * 1_000, stopped);
  }

  /** Ends everything at once, without a trace in the API. */
  kill(): void {
    this.#end(false);
  }

  #end(isGraceful: boolean): void {
    for (const container of this.containers) container.kill();
    for (const end of this.onEnd.splice(0)) end(isGraceful);
  }

  #finish(): void {
    this.#end(true);
    if (this.pod === undefined) return;
    remove(this.#registry, { kind: "Pod", namespace: this.#namespace, name: this.#name }, { graceSeconds: 0 });
  }

  #sync(): void {
    if (this.pod === undefined) return;
    const statuses = this.containers.map((container) => container.status);
    const where = { podIP: this.podIP, hostIP: this.#hostIP, now: this.#registry.timestamp };
    this.#registry.update(
      { kind: "Pod", namespace: this.#namespace, name: this.#name },
      (live) => ({ ...live, status: podStatus(live, statuses, where) }),
      { manager: "kubelet", subresource: "status" },
    );
  }
}
