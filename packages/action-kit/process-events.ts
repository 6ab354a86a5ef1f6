/** What happens to a process from outside its code, or where nobody awaits. */
export interface ProcessEvents {
  /** A job that is cancelled: the first signal asks to wind up, the second ends the process. */
  cancelled(signal: NodeJS.Signals, times: number): void;
  /** An error that nothing caught. */
  uncaught(error: unknown): void;
  /** The process ends while the action is not done. */
  interrupted(): void;
}

/** Milliseconds that something forgotten (a socket, a timer) may keep the process alive after the action is done. */
const lingering = 2_000;

/** Listens until the returned function says that the action is done; from then on nothing keeps the process alive. */
export function listenToProcess(events: ProcessEvents): () => void {
  let signals = 0;
  let done = false;
  for (const name of ["SIGINT", "SIGTERM"] as const)
    process.on(name, () => {
      signals += 1;
      events.cancelled(name, signals);
    });
  process.on("uncaughtException", (error: unknown) => events.uncaught(error));
  process.on("unhandledRejection", (error: unknown) => events.uncaught(error));
  process.on("exit", () => {
    if (!done) events.interrupted();
  });
  // A log that nobody reads any more (EPIPE) or that has no room must not stop a release half-way.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  return () => {
    done = true;
    setTimeout(() => process.exit(), lingering).unref();
  };
}
