import type { Registry } from "../registry.ts";
import type { Pod } from "../workloads.ts";
import type { ImageTable } from "./image-behavior.ts";
import { PodRun } from "./pod-run.ts";
import { hasEnded } from "./pod-status.ts";
import { schedulePod } from "./scheduler.ts";

export interface KubeletOptions {
  readonly images: ImageTable;
  /** Caps delays and periods of probes, so that real-time tests need not wait for them. */
  readonly probeEveryMs: number | undefined;
  readonly crashBackOffMs: number;
  /** What the scheduler and the kubelet take to notice something, in milliseconds. */
  readonly reactionMs: number;
}

/** The nodes as one: schedules pods, runs them, and knows who answers behind an address. */
export class Kubelet {
  readonly #registry: Registry;
  readonly #options: KubeletOptions;
  readonly #runs = new Map<string, PodRun>();
  readonly #presentImages = new Set<string>();
  /** Pods that fit nowhere, by uid. */
  readonly #unplaced = new Map<string, Pod["metadata"]>();
  #addresses = 1;

  constructor(registry: Registry, options: KubeletOptions) {
    this.#registry = registry;
    this.#options = options;
    registry.store.subscribe(({ kind, type, object }) => {
      if (kind === "Node") this.#retry();
      if (kind !== "Pod") return;
      const { uid } = object.metadata;
      if (type === "DELETED") {
        this.#forget(uid);
        this.#retry();
      } else if (this.#concerns(object as Pod)) this.#notice(object.metadata);
    });
  }

  /** The run of a pod, by uid. */
  run(uid: string): PodRun | undefined {
    return this.#runs.get(uid);
  }

  stop(): void {
    for (const uid of [...this.#runs.keys()]) this.#forget(uid);
  }

  /** A pod that runs and shall go on is its own affair. */
  #concerns({ metadata, status }: Pod): boolean {
    if (metadata.deletionTimestamp !== undefined) return true;
    return !this.#runs.has(metadata.uid) && status.phase === "Pending" && !this.#unplaced.has(metadata.uid);
  }

  #notice(metadata: Pod["metadata"]): void {
    this.#registry.clock.schedule(this.#options.reactionMs, () => this.#attend(metadata));
  }

  #retry(): void {
    for (const metadata of this.#unplaced.values()) this.#notice(metadata);
  }

  #attend({ uid, namespace, name }: Pod["metadata"]): void {
    const pod = this.#registry.store.get("Pod", namespace, name);
    if (pod === undefined || pod.metadata.uid !== uid) return;
    const { deletionTimestamp, deletionGracePeriodSeconds } = pod.metadata;
    const run = this.#runs.get(uid);
    if (deletionTimestamp !== undefined) (run ?? this.#begin(pod)).stop(deletionGracePeriodSeconds ?? 30);
    else if (pod.spec.nodeName === undefined) this.#place(pod);
    else if (run === undefined && !hasEnded(pod)) this.#begin(pod).start();
  }

  #place(pod: Pod): void {
    if (hasGates(pod)) return;
    const { uid } = pod.metadata;
    this.#unplaced.set(uid, pod.metadata);
    if (!schedulePod(this.#registry, pod)) return;
    this.#unplaced.delete(uid);
    this.#notice(pod.metadata);
  }

  #begin(pod: Pod): PodRun {
    const { images, probeEveryMs, crashBackOffMs } = this.#options;
    this.#addresses += 1;
    const podIP = `10.244.${(this.#addresses >> 8) & 255}.${this.#addresses & 255}`;
    const run = new PodRun(this.#registry, pod, {
      images,
      presentImages: this.#presentImages,
      podIP,
      hostIP: "192.168.0.1",
      probeEveryMs,
      crashBackOffMs,
    });
    this.#runs.set(pod.metadata.uid, run);
    return run;
  }

  #forget(uid: string): void {
    this.#unplaced.delete(uid);
    this.#runs.get(uid)?.kill();
    this.#runs.delete(uid);
  }
}

function hasGates({ spec }: Pod): boolean {
  return Array.isArray(spec.schedulingGates) && spec.schedulingGates.length > 0;
}
