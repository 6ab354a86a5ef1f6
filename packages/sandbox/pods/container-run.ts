import type { SandboxClock } from "../clock.ts";
import type { EventToRecord } from "../events.ts";
import type { Container, ContainerState, ContainerStatus } from "../workloads.ts";
import { type Application, behaviorOf, type ImageBehavior, type ImageTable, isReady } from "./application.ts";
import { notFoundInRegistry, pullBackOff } from "./image-pull.ts";

/** What a container needs of its surroundings. */
export interface ContainerHost {
  readonly clock: SandboxClock;
  readonly images: ImageTable;
  /** `name_namespace(uid)`, as the kubelet names pods in messages. */
  readonly podTitle: string;
  readonly podName: string;
  /** Caps delays and periods of probes, in milliseconds. */
  readonly probeEveryMs: number | undefined;
  /** The first wait before a crashed container starts again; it doubles up to 5 minutes. */
  readonly crashBackOffMs: number;
  timestamp(): string;
  record(event: Omit<EventToRecord, "component" | "host">): void;
  changed(): void;
  id(): string;
}

/** One container from its image pull to its end, as the kubelet tells it. */
export class ContainerRun {
  readonly container: Container;
  readonly #host: ContainerHost;
  #state: ContainerState = { waiting: { reason: "ContainerCreating" } };
  #lastState: ContainerState = {};
  #restarts = 0;
  #phase: { ready: boolean; ended: boolean; hasImage: boolean } = { ready: false, ended: false, hasImage: false };
  #id: string | undefined;
  #application: Application | undefined;
  #log: string[] = [];
  #previousLog: string[] | undefined;
  #cancels: (() => void)[] = [];
  #pulls = 0;

  constructor(container: Container, host: ContainerHost) {
    this.container = container;
    this.#host = host;
  }

  /** The running application, if it runs. */
  get application(): Application | undefined {
    return this.#application;
  }

  get status(): ContainerStatus {
    const { name, image } = this.container;
    const digest = image.includes("@") ? image : `${image.replace(/:[^/:]*$/, "")}@sha256:${hashed(image)}`;
    return {
      name,
      image,
      imageID: this.#id === undefined ? "" : digest,
      ...(this.#id === undefined ? {} : { containerID: `containerd://${this.#id}` }),
      ready: this.#phase.ready,
      started: this.#application !== undefined,
      restartCount: this.#restarts,
      state: this.#state,
      lastState: this.#lastState,
    };
  }

  /** Lines of this or the previous run; `undefined` if there was none. */
  log(previous: boolean): readonly string[] | undefined {
    if (previous) return this.#previousLog;
    return this.#id === undefined ? undefined : this.#log;
  }

  pull(): void {
    const { image, name } = this.container;
    const known = behaviorOf(this.#host.images, image);
    if (this.#phase.hasImage && known !== undefined && this.container.imagePullPolicy !== "Always") {
      const message = `Container image "${image}" already present on machine`;
      this.#host.record({ type: "Normal", reason: "Pulled", message, container: name });
      this.#start(known);
      return;
    }
    this.#pulls += 1;
    this.#host.record({ type: "Normal", reason: "Pulling", message: `Pulling image "${image}"`, container: name });
    this.#after(known?.pullMs ?? 5, () => (known === undefined ? this.#pullFailed() : this.#pulled(known)));
  }

  /** Asks the application to stop; `then` runs when it has. */
  stop(mostMs: number, then: () => void): void {
    this.#cancel();
    if (this.#application === undefined) {
      then();
      return;
    }
    const message = `Stopping container ${this.container.name}`;
    this.#host.record({ type: "Normal", reason: "Killing", message, container: this.container.name });
    this.#probe(0, 0);
    const takes = (this.#application.behavior.stopMs ?? 20) + preStopMs(this.container);
    this.#after(Math.min(mostMs, takes), () => {
      this.kill();
      then();
    });
  }

  /** Ends everything at once. */
  kill(): void {
    this.#phase.ended = true;
    this.#cancel();
    this.#application = undefined;
    this.#phase.ready = false;
  }

  #pullFailed(): void {
    const { image, name } = this.container;
    const { why, event } = notFoundInRegistry(image);
    this.#host.record({ type: "Warning", reason: "Failed", message: event, container: name });
    this.#host.record({ type: "Warning", reason: "Failed", message: "Error: ErrImagePull", container: name });
    this.#become({ waiting: { reason: "ErrImagePull", message: why } });
    this.#after(1_000, () => {
      const message = pullBackOff(image);
      this.#host.record({ type: "Normal", reason: "BackOff", message, container: name });
      this.#host.record({ type: "Warning", reason: "Failed", message: "Error: ImagePullBackOff", container: name });
      this.#become({ waiting: { reason: "ImagePullBackOff", message: `${message}: ErrImagePull: ${why}` } });
    });
    this.#after(Math.min(10_000 * 2 ** (this.#pulls - 1), 300_000), () => this.pull());
  }

  #pulled(behavior: ImageBehavior): void {
    const { image, name } = this.container;
    const took = `${behavior.pullMs ?? 5}ms`;
    const message = `Successfully pulled image "${image}" in ${took} (${took} including waiting). Image size: 4194304 bytes.`;
    this.#host.record({ type: "Normal", reason: "Pulled", message, container: name });
    this.#phase.hasImage = true;
    this.#start(behavior);
  }

  #start(behavior: ImageBehavior): void {
    const { name } = this.container;
    const record = (reason: string, message: string): void =>
      this.#host.record({ type: "Normal", reason, message, container: name });
    record("Created", `Created container: ${name}`);
    record("Started", `Started container ${name}`);
    this.#id = this.#host.id();
    const startedAt = this.#host.clock.now();
    this.#application = { behavior, pod: this.#host.podName, startedAt, firstTrafficAt: undefined };
    this.#log = [`version ${behavior.version} is starting`, ...(behavior.log ?? [])];
    this.#phase.ready = this.container.readinessProbe === undefined;
    this.#become({ running: { startedAt: this.#host.timestamp() } });
    const crash = behavior.crash === true ? { afterMs: 20, exitCode: 1 } : behavior.crash;
    if (crash !== undefined) this.#after(crash.afterMs, () => this.#crashed(crash));
    if (this.container.readinessProbe !== undefined) {
      this.#after(this.#paced((this.container.readinessProbe.initialDelaySeconds ?? 0) * 1_000), () =>
        this.#probe(0, 0),
      );
    }
  }

  #probe(successes: number, failures: number): void {
    const { readinessProbe, name } = this.container;
    if (this.#application === undefined || readinessProbe === undefined) return;
    const good = isReady(this.#application, this.#host.clock.now());
    if (!good) {
      const message = "Readiness probe failed: HTTP probe failed with statuscode: 503";
      this.#host.record({ type: "Warning", reason: "Unhealthy", message, container: name });
    }
    const [inRow, inVain] = good ? [successes + 1, 0] : [0, failures + 1];
    if (!this.#phase.ready && inRow >= readinessProbe.successThreshold) this.#turn(true);
    if (this.#phase.ready && inVain >= readinessProbe.failureThreshold) this.#turn(false);
    this.#after(this.#paced(readinessProbe.periodSeconds * 1_000), () => this.#probe(inRow, inVain));
  }

  #crashed({ exitCode, reason }: { exitCode: number; reason?: string }): void {
    const startedAt = this.#state.running?.startedAt ?? this.#host.timestamp();
    const end = { exitCode, reason: reason ?? "Error", startedAt, finishedAt: this.#host.timestamp() };
    const terminated = { ...end, containerID: `containerd://${this.#id}` };
    this.#cancel();
    this.#previousLog = [...this.#log, `exiting with code ${exitCode}`];
    this.#log = this.#previousLog;
    this.#application = undefined;
    this.#phase.ready = false;
    this.#become({ terminated });
    const wait = Math.min(this.#host.crashBackOffMs * 2 ** (this.#restarts - 1), 300_000);
    const restart = (): void => {
      this.#restarts += 1;
      this.#lastState = { terminated };
      this.pull();
    };
    // The first restart comes at once; the next ones are backed off.
    if (this.#restarts === 0) this.#after(this.#host.crashBackOffMs / 10, restart);
    else this.#backOff(wait, { terminated, restart });
  }

  #backOff(
    wait: number,
    { terminated, restart }: { terminated: ContainerState["terminated"]; restart: () => void },
  ): void {
    const { name } = this.container;
    const title = this.#host.podTitle;
    this.#after(Math.min(wait, 1_000) / 2, () => {
      this.#lastState = terminated === undefined ? {} : { terminated };
      const text = `Back-off restarting failed container ${name} in pod ${title}`;
      this.#host.record({ type: "Warning", reason: "BackOff", message: text, container: name });
      const message = `back-off ${duration(wait)} restarting failed container=${name} pod=${title}`;
      this.#become({ waiting: { reason: "CrashLoopBackOff", message } });
    });
    this.#after(wait, restart);
  }

  #turn(ready: boolean): void {
    this.#phase.ready = ready;
    this.#host.changed();
  }

  #become(state: ContainerState): void {
    this.#state = state;
    this.#host.changed();
  }

  #paced(ms: number): number {
    return Math.min(ms, this.#host.probeEveryMs ?? ms);
  }

  #after(ms: number, task: () => void): void {
    this.#cancels.push(
      this.#host.clock.schedule(ms, () => {
        if (!this.#phase.ended) task();
      }),
    );
  }

  #cancel(): void {
    for (const cancel of this.#cancels) cancel();
    this.#cancels = [];
  }
}

function preStopMs({ lifecycle }: Container): number {
  const sleep = lifecycle as { preStop?: { sleep?: { seconds?: number } } } | undefined;
  return (sleep?.preStop?.sleep?.seconds ?? 0) * 1_000;
}

/** As Go prints durations. */
function duration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}

/** A stand-in for the digest of an image that was named by tag. */
function hashed(image: string): string {
  return Buffer.from(image.repeat(32)).toString("hex").slice(0, 64);
}
