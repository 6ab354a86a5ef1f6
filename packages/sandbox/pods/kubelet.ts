import type { Registry } from "../registry.ts";
import type { Pod } from "../workloads.ts";
import type { ImageTable } from "./application.ts";
import { PodRun } from "./pod-run.ts";
import { schedulePod } from "./scheduler.ts";

export interface KubeletOptions {
  readonly images: ImageTable;
  /** Caps delays and periods of readiness probes, so that real-time tests need not wait for them. */
  readonly probeEveryMs: number | undefined;
  readonly crashBackOffMs: number;
  /** What the scheduler and the kubelet take to notice something, in milliseconds. */
  readonly reactionMs: number;
}

/** The one node: schedules pods, runs them, and knows who answers behind an address. */
export class Kubelet {
  readonly #registry: Registry;
  readonly #options: KubeletOptions;
  readonly #runs = new Map<string, PodRun>();
  #addresses = 1;

  constructor(registry: Registry, options: KubeletOptions) {
    this.#registry = registry;
    this.#options = options;
    registry.store.subscribe(({ kind, type, object }) => {
      if (kind !== "Pod") return;
      const { uid } = object.metadata;
      if (type === "DELETED") this.#forget(uid);
      else registry.clock.schedule(options.reactionMs, () => this.#attend(uid, object.metadata));
    });
  }

  /** The run of a pod, by uid. */
  run(uid: string): PodRun | undefined {
    return this.#runs.get(uid);
  }

  stop(): void {
    for (const uid of [...this.#runs.keys()]) this.#forget(uid);
  }

  #attend(uid: string, { namespace, name }: Pod["metadata"]): void {
    const pod = this.#registry.store.get("Pod", namespace, name);
    if (pod === undefined || pod.metadata.uid !== uid) return;
    const { deletionTimestamp, deletionGracePeriodSeconds } = pod.metadata;
    const run = this.#runs.get(uid);
    if (deletionTimestamp !== undefined) (run ?? this.#begin(pod)).stop(deletionGracePeriodSeconds ?? 30);
    else if (pod.spec.nodeName === undefined) schedulePod(this.#registry, pod);
    else if (run === undefined) this.#begin(pod).start();
  }

  #begin(pod: Pod): PodRun {
    const { images, probeEveryMs, crashBackOffMs } = this.#options;
    this.#addresses += 1;
    const podIP = `10.244.${(this.#addresses >> 8) & 255}.${this.#addresses & 255}`;
    const run = new PodRun(this.#registry, pod, { images, podIP, hostIP: "192.168.0.1", probeEveryMs, crashBackOffMs });
    this.#runs.set(pod.metadata.uid, run);
    return run;
  }

  #forget(uid: string): void {
    this.#runs.get(uid)?.kill();
    this.#runs.delete(uid);
  }
}
