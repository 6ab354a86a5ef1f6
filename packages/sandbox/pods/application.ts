import type { ImageBehavior } from "./image-behavior.ts";
import { Metrics } from "./metrics.ts";

/** An answer of the application. */
export interface AppAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** What it took, in milliseconds. */
  readonly latencyMs: number;
}

export interface AppRequest {
  /** Without the query. */
  readonly path: string;
  /** Of users: none of the kubelet's, of the API server's proxy or of a port-forward. */
  readonly isTraffic: boolean;
}

/** Where an application runs. */
export interface AppPlace {
  readonly pod: string;
  /** Milliseconds on the sandbox's clock. */
  now(): number;
  /** The path of the container's readiness probe, which asks for readiness wherever it is. */
  readonly readinessPath: string | undefined;
}

const readiness = new Set(["/ready", "/actuator/health", "/actuator/health/readiness"]);
const health = /^\/(health|api\/health(\/[^/]+)?|api\/v1\/health)$/;
const own = new Set(["/", "/version", "/api/v1/version"]);

/** One running container as it answers: the cluster tier's fixture in small. */
export class Application {
  readonly behavior: ImageBehavior;
  readonly #place: AppPlace;
  readonly #startedAt: number;
  readonly #metrics = new Metrics();
  readonly #waiting: (() => void)[] = [];
  readonly #connections = new Set<number>();
  #lastConnection = 0;
  #life: { isDraining: boolean; isListening: boolean; isOver: boolean } = {
    isDraining: false,
    isListening: true,
    isOver: false,
  };
  #firstTrafficAt: number | undefined;
  #traffic = 0;

  constructor(behavior: ImageBehavior, place: AppPlace) {
    this.behavior = behavior;
    this.#place = place;
    this.#startedAt = place.now();
  }

  /** Whether it was told to stop, and so closes each connection after its next answer. */
  get isDraining(): boolean {
    return this.#life.isDraining;
  }

  /** Whether it takes new connections. */
  get isListening(): boolean {
    return this.#life.isListening;
  }

  get isOver(): boolean {
    return this.#life.isOver;
  }

  /** SIGTERM. */
  drain(): void {
    this.#life.isDraining = true;
  }

  stopListening(): void {
    this.#life.isListening = false;
  }

  end(): void {
    this.#life = { isDraining: true, isListening: false, isOver: true };
  }

  /** Numbers of the connections that are open. */
  get connections(): ReadonlySet<number> {
    return this.#connections;
  }

  /** A connection was opened; returns what closes it. */
  connect(): () => void {
    this.#lastConnection += 1;
    const number = this.#lastConnection;
    this.#connections.add(number);
    return () => {
      if (!this.#connections.delete(number)) return;
      if (this.#connections.size === 0) for (const task of this.#waiting.splice(0)) task();
    };
  }

  /** Runs `task` once no connection is open. */
  whenIdle(task: () => void): void {
    if (this.#connections.size === 0) task();
    else this.#waiting.push(task);
  }

  answer({ path, isTraffic }: AppRequest): AppAnswer {
    const { behavior } = this;
    if (path === this.#place.readinessPath || readiness.has(path)) return this.#readiness();
    if (health.test(path)) return behavior.error ? this.#serve(500) : this.#say(200, { status: "UP" });
    if (own.has(path)) return this.#serve(behavior.error || (isTraffic && this.#fails()) ? 500 : 200);
    if (path === "/metrics") return this.#metricsPage();
    const headers = { "Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff" };
    return { status: 404, headers, body: "404 page not found\n", latencyMs: 0 };
  }

  /** Runs a command in its container; `undefined` where there is no such program. */
  run(command: readonly string[]): { exitCode: number; output: string } | undefined {
    const { programs, commands } = this.behavior;
    const [program = "", verb, path = ""] = command;
    const known = commands?.[command.join(" ")];
    if (known !== undefined) return known;
    if (programs !== undefined && !programs.includes(program)) return undefined;
    const isFixture = program === "/app" && verb === "get";
    return { exitCode: 0, output: isFixture ? this.answer({ path, isTraffic: false }).body : "" };
  }

  /** Why it is not ready; `undefined` when it is. */
  get unreadyReason(): string | undefined {
    const { neverReady, readyAfterMs = 0, unreadyAfterMs } = this.behavior;
    const now = this.#place.now();
    if (neverReady) return "cannot reach the database (NEVER_READY)";
    if (now < this.#startedAt + readyAfterMs) return "warming up (SLOW_START)";
    const isLost = unreadyAfterMs !== undefined && now - (this.#firstTrafficAt ?? now) >= unreadyAfterMs;
    return isLost && this.#firstTrafficAt !== undefined ? "lost the database (UNREADY_AFTER)" : undefined;
  }

  /** Spread evenly, so that a test sees the same number each time. */
  #fails(): boolean {
    const { errorRate = 0, errorsAfterMs = 0 } = this.behavior;
    const now = this.#place.now();
    this.#firstTrafficAt ??= now;
    this.#traffic += 1;
    const isDue = Math.floor(this.#traffic * errorRate) > Math.floor((this.#traffic - 1) * errorRate);
    return isDue && now - this.#firstTrafficAt >= errorsAfterMs;
  }

  #serve(status: number): AppAnswer {
    const latencyMs = this.behavior.latencyMs ?? 0;
    this.#metrics.add(status, latencyMs / 1_000);
    return { ...this.#say(status, { pod: this.#place.pod, version: this.behavior.version }), latencyMs };
  }

  #readiness(): AppAnswer {
    const reason = this.unreadyReason;
    return reason === undefined ? this.#say(200, { status: "UP" }) : this.#say(503, { reason, status: "DOWN" });
  }

  #metricsPage(): AppAnswer {
    const body = this.#metrics.text(this.behavior.version, this.#connections.size);
    const headers = { "Content-Type": "text/plain; version=0.0.4; charset=utf-8" };
    return { status: 200, headers, body, latencyMs: 0 };
  }

  #say(status: number, content: Readonly<Record<string, string>>): AppAnswer {
    const headers = { "Content-Type": "application/json", "X-Version": this.behavior.version };
    return { status, headers, body: `${JSON.stringify(content)}\n`, latencyMs: 0 };
  }
}
