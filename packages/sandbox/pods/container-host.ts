import type { SandboxClock } from "../clock.ts";
import type { EventToRecord } from "../events.ts";
import type { Container } from "../workloads.ts";
import type { Application } from "./application.ts";
import type { Environment, ImageTable } from "./image-behavior.ts";

/** What a container needs of its surroundings. */
export interface ContainerHost {
  readonly clock: SandboxClock;
  readonly images: ImageTable;
  /** Images that the node has already. */
  readonly presentImages: Set<string>;
  /** `name_namespace(uid)`, as the kubelet names pods in messages. */
  readonly podTitle: string;
  readonly podName: string;
  readonly podIP: string;
  readonly graceSeconds: number;
  /** Caps delays and periods of probes, in milliseconds. */
  readonly probeEveryMs: number | undefined;
  /** The first wait before a crashed container starts again; it doubles up to 5 minutes. */
  readonly crashBackOffMs: number;
  timestamp(): string;
  record(event: Omit<EventToRecord, "component" | "host">): void;
  changed(): void;
  id(): string;
  /** @throws ConfigError */
  environment(container: Container): Environment;
  /** What listens on a port of the pod. */
  listener(port: number): Application | undefined;
  /** Whether a container that ended with this code starts again. */
  restarts(container: Container, exitCode: number): boolean;
}
