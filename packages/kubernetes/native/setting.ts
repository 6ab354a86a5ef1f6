import type { Clock, Color, Identity, Log, Processes } from "@cutover/release";
import type { Client } from "../client/client.ts";
import type { Source } from "./source.ts";

/** What one service's release runs with. */
export interface Setting {
  client: Client;
  clock: Clock;
  log: Log;
  processes: Processes;
  identity: Identity;
  /** Aborts when the job is cancelled. */
  signal: AbortSignal;
  namespace: string;
  service: string;
  /** Whether others are released together with it: then all look through the same watches. */
  together?: boolean;
  /** Name of each slot's Deployment. */
  deployments: Readonly<Record<Color, string>>;
  /** Label by which the Service tells the colors apart. */
  colorLabel: string;
  source: Source;
  /** Whether a Service that selects no color may be taken over. */
  adopt?: boolean | undefined;
  /** Pods asked for by the user. */
  replicas?: number | undefined;
  /** Milliseconds for everything but lock, soak and drain. */
  timeout: number;
  /** Milliseconds to wait for somebody else's lock. */
  lockTimeout: number;
  /** A rollback does not wait for a lock: it takes it. */
  preempts: boolean;
  soak: number;
  /** The user's own words for a rollback, recorded with it. */
  reason?: string | undefined;
  /** Path, or `port/path`, that preview pods are asked for; the readiness probe's own when left out. */
  probe?: string | undefined;
  /** Bash command that gets `PREVIEW_URL`. */
  smoke?: string | undefined;
}
