import { parseQuantity } from "@cutover/release";
import { at } from "../json.ts";
import type { Container, ContainerState, ContainerStatus, Probe } from "../workloads.ts";
import { Application } from "./application.ts";
import { ConfigError } from "./container-environment.ts";
import type { ContainerHost } from "./container-host.ts";
import { stopGracefully } from "./container-stop.ts";
import { type ImageBehavior, steered } from "./image-behavior.ts";
import { ImagePull, resyncMs } from "./image-pull.ts";
import { noSuchProgram } from "./probe-answer.ts";
import { Probing } from "./probing.ts";
import { restartWait } from "./restart-back-off.ts";
import { Timers } from "./timers.ts";

interface Exit {
  readonly exitCode: number;
  readonly reason: string;
  readonly message?: string;
}

/** One container from its image pull to its end, as the kubelet tells it. */
export class ContainerRun {
  readonly container: Container;
  readonly #host: ContainerHost;
  readonly #timers: Timers;
  readonly #pull: ImagePull;
  #state: ContainerState = {};
  #lastState: ContainerState = {};
  #restarts = 0;
  #isOver: boolean;
  #id: string | undefined;
  #live: { readonly application: Application; readonly probing: Probing } | undefined;
  #onExit: ((isGraceful: boolean) => void) | undefined;
  #log: string[] = [];
  #previousLog: string[] | undefined;

  /** @param waiting Why it does not run before it is begun. */
  constructor(container: Container, host: ContainerHost, waiting: string) {
    this.container = container;
    this.#host = host;
    this.#isOver = false;
    this.#timers = new Timers(host.clock);
    this.#state = { waiting: { reason: waiting } };
    const become = (state: ContainerState): void => this.#become(state);
    this.#pull = new ImagePull({ container, host, timers: this.#timers, become });
  }

  /** The running application, if it runs. */
  get application(): Application | undefined {
    return this.#live?.application;
  }

  /** The code that it ended with for good. */
  get exitCode(): number | undefined {
    return this.#isOver ? this.#state.terminated?.exitCode : undefined;
  }

  get status(): ContainerStatus {
    const { name, image } = this.container;
    const digest = image.includes("@") ? image : `${image.replace(/:[^/:]*$/, "")}@sha256:${hashed(image)}`;
    return {
      name,
      image,
      imageID: this.#id === undefined ? "" : digest,
      ...(this.#id === undefined ? {} : { containerID: `containerd://${this.#id}` }),
      ready: this.#live?.probing.isReady ?? false,
      started: this.#live?.probing.isStarted ?? false,
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

  begin(): void {
    this.#pull.pull((behavior) => this.#create(behavior));
  }

  /** Asks the application to stop; `then` hears whether it did so by itself. */
  stop(graceMs: number, then: (isGraceful: boolean) => void): void {
    const live = this.#live;
    if (live === undefined) {
      this.kill();
      then(true);
      return;
    }
    live.probing.end();
    this.#isOver = true;
    this.#onExit = then;
    this.#record("Normal", "Killing", `Stopping container ${this.container.name}`);
    this.#end(live.application, graceMs);
  }

  /** Ends everything at once. */
  kill(): void {
    this.#isOver = true;
    this.#timers.cancel();
    this.#live?.application.end();
    this.#live = undefined;
  }

  #create(behavior: ImageBehavior): void {
    try {
      const environment = this.#host.environment(this.container);
      this.#record("Normal", "Created", `Created container: ${this.container.name}`);
      this.#id = this.#host.id();
      this.#start(steered(behavior, environment));
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      this.#record("Warning", "Failed", `Error: ${error.message}`);
      this.#become({ waiting: { reason: "CreateContainerConfigError", message: error.message } });
      this.#timers.after(resyncMs, () => this.begin());
    }
  }

  #start(behavior: ImageBehavior): void {
    const program = this.container.command?.[0];
    if (program !== undefined && behavior.programs?.includes(program) === false) {
      this.#unstartable(program);
      return;
    }
    this.#record("Normal", "Started", `Started container ${this.container.name}`);
    const { podName: pod, podIP, probeEveryMs, clock } = this.#host;
    const readinessPath = this.container.readinessProbe?.httpGet?.path;
    const application = new Application(behavior, { pod, now: () => clock.now(), readinessPath });
    this.#log = [`version ${behavior.version} is starting`, ...(behavior.log ?? [])];
    const owner = {
      timers: this.#timers,
      probeEveryMs,
      unhealthy: (message: string) => this.#record("Warning", "Unhealthy", message),
      changed: () => this.#host.changed(),
      condemned: (kind: string, probe: Probe) => this.#condemned(kind, probe),
    };
    const listener = (port: number): Application | undefined => this.#host.listener(port);
    const probing = new Probing(owner, { container: this.container, application, podIP, listener });
    this.#live = { application, probing };
    this.#become({ running: { startedAt: this.#host.timestamp() } });
    const end = endOf(behavior, this.container);
    if (end !== undefined) this.#timers.after(end.afterMs, () => this.#exited(end));
  }

  /** The runtime cannot run it: it ends before it has begun. */
  #unstartable(program: string): void {
    const message = `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: ${noSuchProgram(program)}`;
    this.#record("Warning", "Failed", `Error: ${message}`);
    this.#exited({ exitCode: 128, reason: "StartError", message });
    const { terminated } = this.#state;
    if (terminated === undefined || this.#isOver) return;
    this.#lastState = { terminated };
    this.#become({ waiting: { reason: "RunContainerError", message } });
  }

  #condemned(kind: string, probe: Probe): void {
    const live = this.#live;
    if (live === undefined) return;
    const returns = this.#host.restarts(this.container, 137) ? ", will be restarted" : "";
    this.#record("Normal", "Killing", `Container ${this.container.name} failed ${kind} probe${returns}`);
    const seconds = probe.terminationGracePeriodSeconds ?? this.#host.graceSeconds;
    this.#end(live.application, seconds * 1_000);
  }

  #end(application: Application, graceMs: number): void {
    const stopping = { container: this.container, application, host: this.#host, timers: this.#timers, graceMs };
    stopGracefully(stopping, (isGraceful) =>
      this.#exited(isGraceful ? { exitCode: 0, reason: "Completed" } : { exitCode: 137, reason: "Error" }),
    );
  }

  #exited({ exitCode, reason, message }: Exit): void {
    const startedAt = this.#state.running?.startedAt ?? this.#host.timestamp();
    const said = message === undefined ? {} : { message };
    const times = { startedAt, finishedAt: this.#host.timestamp() };
    const terminated = { exitCode, reason, ...said, ...times, containerID: `containerd://${this.#id}` };
    this.#timers.cancel();
    this.#live?.application.end();
    this.#live = undefined;
    this.#previousLog = [...this.#log, `exiting with code ${exitCode}`];
    this.#log = this.#previousLog;
    const returns = !this.#isOver && this.#host.restarts(this.container, exitCode);
    if (!returns) this.#isOver = true;
    this.#become({ terminated });
    if (returns) this.#returnLater({ terminated });
    this.#onExit?.(exitCode !== 137);
  }

  #returnLater(ended: ContainerState): void {
    const { name } = this.container;
    const { crashBackOffMs: firstMs, podTitle } = this.#host;
    const wait = restartWait(this.#restarts, { firstMs, container: name, podTitle });
    if (wait.noticeMs !== undefined) {
      this.#timers.after(wait.noticeMs, () => {
        this.#lastState = ended;
        this.#record("Warning", "BackOff", wait.event);
        this.#become({ waiting: { reason: "CrashLoopBackOff", message: wait.message } });
      });
    }
    this.#timers.after(wait.ms, () => {
      this.#restarts += 1;
      this.#lastState = ended;
      this.begin();
    });
  }

  #record(type: "Normal" | "Warning", reason: string, message: string): void {
    this.#host.record({ type, reason, message, container: this.container.name });
  }

  #become(state: ContainerState): void {
    this.#state = state;
    this.#host.changed();
  }
}

/** How it will end by itself: the kernel takes what needs more memory than it may have. */
function endOf(
  { crash, memoryMi, commands }: ImageBehavior,
  container: Container,
): (Exit & { afterMs: number }) | undefined {
  if (memoryMi !== undefined && memoryMi * 2 ** 20 > memoryLimit(container)) {
    return { afterMs: 20, exitCode: 137, reason: "OOMKilled" };
  }
  const own = commands?.[(container.command ?? []).join(" ")];
  if (own !== undefined) {
    const { exitCode, message } = own;
    const said = message === undefined ? {} : { message };
    return { afterMs: 20, exitCode, reason: exitCode === 0 ? "Completed" : "Error", ...said };
  }
  if (crash === undefined) return undefined;
  const end = crash === true ? { afterMs: 20, exitCode: 1 } : crash;
  return { reason: end.exitCode === 0 ? "Completed" : "Error", ...end };
}

function memoryLimit(container: Container): number {
  return parseQuantity(at(container, "resources", "limits", "memory")) ?? Number.POSITIVE_INFINITY;
}

/** A stand-in for the digest of an image that was named by tag. */
function hashed(image: string): string {
  return Buffer.from(image.repeat(32)).toString("hex").slice(0, 64);
}
