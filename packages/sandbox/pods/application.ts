/** How the containers of an image behave: a small model of the application that releases are tried with. */
export interface ImageBehavior {
  /** What the application says it is. */
  readonly version: string;
  /** From the start of the container; default 0. */
  readonly readyAfterMs?: number;
  readonly neverReady?: boolean;
  /** Turns unready this long after its first request through a Service. */
  readonly unreadyAfterMs?: number;
  /** Exits by itself; `true` means with code 1 after 20 ms. */
  readonly crash?: true | { readonly afterMs: number; readonly exitCode: number; readonly reason?: string };
  /** Answers everything but its readiness probe with 500. */
  readonly error?: boolean;
  /** How long a pull takes; default 5. */
  readonly pullMs?: number;
  /** From SIGTERM to its end; default 20. */
  readonly stopMs?: number;
  /** Lines that it logs when it starts. */
  readonly log?: readonly string[];
}

/** By image reference, or by a prefix of it such as `shop:1`; the longest match counts. Anything else cannot be pulled. */
export type ImageTable = Readonly<Record<string, ImageBehavior>>;

export function behaviorOf(images: ImageTable, reference: string): ImageBehavior | undefined {
  const short = reference.replace(/^docker\.io\/(library\/)?/, "");
  const matches = Object.keys(images).filter((key) => reference.startsWith(key) || short.startsWith(key));
  const [longest] = matches.sort((a, b) => b.length - a.length);
  return longest === undefined ? undefined : images[longest];
}

/** An answer of the application. */
export interface AppAnswer {
  readonly status: number;
  readonly body: { readonly version: string; readonly pod: string };
}

/** What one running container is asked and answers. */
export interface Application {
  readonly behavior: ImageBehavior;
  readonly pod: string;
  /** Milliseconds on the sandbox's clock. */
  readonly startedAt: number;
  /** When the first request through a Service came. */
  firstTrafficAt: number | undefined;
}

export function isReady(application: Application, now: number): boolean {
  const { behavior, startedAt, firstTrafficAt } = application;
  if (behavior.neverReady || now < startedAt + (behavior.readyAfterMs ?? 0)) return false;
  if (behavior.unreadyAfterMs === undefined || firstTrafficAt === undefined) return true;
  return now < firstTrafficAt + behavior.unreadyAfterMs;
}

/** @param isProbe Whether the path is the one that the readiness probe asks. */
export function respond(application: Application, now: number, isProbe: boolean): AppAnswer {
  const { behavior, pod } = application;
  const body = { version: behavior.version, pod };
  if (!isReady(application, now)) return { status: 503, body };
  return { status: behavior.error && !isProbe ? 500 : 200, body };
}
