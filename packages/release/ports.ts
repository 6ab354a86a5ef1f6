/** Time. All waiting goes through one clock, so that tests can run in virtual time. */
export interface Clock {
  /** Milliseconds on a clock that never jumps; only differences mean anything. */
  now(): number;
  /** The calendar's time, for records and reports; nothing is decided from it. */
  date(): Date;
  /** Resolves after `ms`, or as soon as `signal` aborts (it does not reject). */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Runs `task` in `ms`, 24 days at most; returns what cancels it. */
  schedule(ms: number, task: () => void): () => void;
}

export interface Command {
  file: string;
  args: readonly string[];
  /** Added to the allow-listed environment. */
  env?: Readonly<Record<string, string>>;
  cwd?: string;
  /** Milliseconds; then SIGTERM, and SIGKILL 2 s later. */
  timeout?: number;
  signal?: AbortSignal;
}

export interface ProcessResult {
  /** `undefined` when a signal or the time-out ended it. */
  exitCode: number | undefined;
  stdout: string;
  stderr: string;
  timedOut: boolean;
}

/** Child processes: an argument array and an allow-listed environment, never a shell string. */
export interface Processes {
  run(command: Command): Promise<ProcessResult>;
}

/** One request to a server that the user has named. */
export interface WebRequest {
  /** https; http only with `allowHttp`. */
  url: string;
  /** Default GET. */
  method?: "GET" | "HEAD" | "POST" | "PUT";
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** Milliseconds for the whole answer. */
  timeout: number;
  /** Bytes of the answer that are read. Default: a mebibyte. */
  longest?: number;
  signal?: AbortSignal;
  /** For servers within a cluster, and where nothing secret travels. */
  allowHttp?: boolean;
}

export interface WebAnswer {
  status: number;
  /** Names in small letters; of several values the first. */
  headers: Readonly<Record<string, string>>;
  /** Cut where it is longer than what is read. */
  body: string;
  /** Milliseconds to the end of the answer. */
  ms: number;
}

/** Servers elsewhere. Every status is an answer, a redirect too: none is followed. */
export interface Web {
  /** @throws `input-invalid` for what is no address, `refused` for one that must not be asked, `unreachable` where nobody answers in time */
  ask(request: WebRequest): Promise<WebAnswer>;
}

/** What the user reads while it happens. */
export interface Log {
  info(message: string): void;
  warning(message: string): void;
  debug(message: string): void;
  /** Text that somebody else wrote (pod logs, events, webhook answers): sanitised before it is printed. */
  untrusted(text: string): void;
  group<T>(title: string, body: () => Promise<T>): Promise<T>;
}

/** Who runs this: recorded in the lock, the state and the history. */
export interface Identity {
  repository: string;
  /** `repository/run/attempt/job`, with a nonce per process. */
  holder: string;
  /** `repository/run/job/step`: the same for every attempt of a step, and for no other step. */
  step: string;
  runUrl: string;
  actor: string;
  commit: string;
}
