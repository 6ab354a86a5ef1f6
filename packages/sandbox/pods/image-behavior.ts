import { parseDuration } from "./go-duration.ts";

/** How the containers of an image behave: a small model of the application that releases are tried with. */
export interface ImageBehavior {
  /** What the application says it is. */
  readonly version: string;
  /** From the start of the container; default 0. */
  readonly readyAfterMs?: number;
  readonly neverReady?: boolean;
  /** Turns unready this long after its first request through a Service. */
  readonly unreadyAfterMs?: number;
  /** Exits by itself; `true` means with code 1 after 20 ms. A program that does its work and ends exits with 0. */
  readonly crash?: true | { readonly afterMs: number; readonly exitCode: number; readonly reason?: string };
  /** Answers everything but its readiness probe with 500. */
  readonly error?: boolean;
  /** The share of answers to real traffic that are 500, from 0 to 1, spread evenly. */
  readonly errorRate?: number;
  /** How long after the first request of real traffic these errors begin; default 0. */
  readonly errorsAfterMs?: number;
  /** Added to each answer of the application itself. */
  readonly latencyMs?: number;
  /** How long a pull takes; default 5. */
  readonly pullMs?: number;
  /** What the registry says instead of handing the image out, such as `401 Unauthorized`. */
  readonly pullError?: string;
  /** From SIGTERM to its end, if no connection is open then; default 20. New connections are taken until then. */
  readonly stopMs?: number;
  /** How long after SIGTERM open connections may keep it alive; default not at all. */
  readonly graceMs?: number;
  /** Megabytes that it needs; a lower limit gets it killed. */
  readonly memoryMi?: number;
  /** The programs in the image; default any. */
  readonly programs?: readonly string[];
  /**
   * How commands end that are run in it, by command line; default with code 0 and no output. One that is the container's own ends
   * it so, with the message that it leaves behind.
   */
  readonly commands?: Readonly<
    Record<string, { readonly exitCode: number; readonly output: string; readonly message?: string }>
  >;
  /** The port that it listens on; default each that the container declares, or any. */
  readonly port?: number;
  /** Lines that it logs when it starts. */
  readonly log?: readonly string[];
}

/** By image reference, or by a prefix of it such as `shop:1`; the longest match counts. Anything else cannot be pulled. */
export type ImageTable = Readonly<Record<string, ImageBehavior>>;

export type Environment = Readonly<Record<string, string>>;

export function behaviorOf(images: ImageTable, reference: string): ImageBehavior | undefined {
  const exact = images[reference];
  if (exact !== undefined) return exact;
  const short = reference.replace(/^docker\.io\/(library\/)?/, "");
  const matches = Object.keys(images).filter((key) => reference.startsWith(key) || short.startsWith(key));
  const [longest] = matches.sort((a, b) => b.length - a.length);
  return longest === undefined ? undefined : images[longest];
}

/** The behavior that the environment asks for, in the words of the cluster tier's fixture; what it cannot read stops it. */
export function steered(behavior: ImageBehavior, environment: Environment): ImageBehavior {
  const asked = Object.entries(readers).flatMap(([name, read]) => {
    const text = environment[name];
    if (text === undefined || text === "") return [];
    return [
      read(text) ?? { crash: { afterMs: 0, exitCode: 1 }, log: [`${name}: invalid value ${JSON.stringify(text)}`] },
    ];
  });
  return Object.assign({}, behavior, ...asked);
}

const readers: Readonly<Record<string, (text: string) => Partial<ImageBehavior> | undefined>> = {
  PORT: (text) => (/^\d+$/.test(text) ? { port: Number(text) } : undefined),
  SLOW_START: (text) => inMs(text, (readyAfterMs) => ({ readyAfterMs })),
  NEVER_READY: (text) => (isBoolean(text) ? { neverReady: /^[1tT]/.test(text) } : undefined),
  UNREADY_AFTER: (text) => inMs(text, (unreadyAfterMs) => ({ unreadyAfterMs })),
  SERVE_ERRORS: (text) => (Number(text) >= 0 && Number(text) <= 1 ? { errorRate: Number(text) } : undefined),
  SERVE_ERRORS_AFTER: (text) => inMs(text, (errorsAfterMs) => ({ errorsAfterMs })),
  LATENCY: (text) => inMs(text, (latencyMs) => ({ latencyMs })),
  CRASH_AFTER: (text) => inMs(text, (afterMs) => ({ crash: { afterMs, exitCode: 1 } })),
  SHUTDOWN_DELAY: (text) => inMs(text, (stopMs) => ({ stopMs })),
  GRACE: (text) => inMs(text, (graceMs) => ({ graceMs })),
};

function inMs(text: string, as: (ms: number) => Partial<ImageBehavior>): Partial<ImageBehavior> | undefined {
  const ms = parseDuration(text);
  return ms === undefined ? undefined : as(ms);
}

/** As strconv.ParseBool of Go reads it. */
function isBoolean(text: string): boolean {
  return ["1", "t", "T", "true", "TRUE", "True", "0", "f", "F", "false", "FALSE", "False"].includes(text);
}
