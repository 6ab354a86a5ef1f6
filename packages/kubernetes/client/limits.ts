/** Milliseconds, on the client's clock but for `connect`, which bounds a socket; and how many connections there may be. */
export interface Limits {
  /** Without those of watches and of other streams. */
  connections: number;
  connect: number;
  /** From the request to the first byte of the answer, of a read. */
  readHeaders: number;
  /** The same of a write; longer than the 60 s that API servers give their webhooks. */
  writeHeaders: number;
  /** Between two chunks of a body. */
  idle: number;
  /** One try, whole; watches have none. */
  total: number;
  /** Between two events of a watch. A watch ends itself after three quarters of it, so that silence means a dead connection. */
  watchIdle: number;
}

export const defaultLimits: Limits = {
  connections: 16,
  connect: 10_000,
  readHeaders: 20_000,
  writeHeaders: 65_000,
  idle: 30_000,
  total: 120_000,
  watchIdle: 40_000,
};

/** Bytes of an answer that is read whole. */
export const bodyLimit = 64 * 1024 * 1024;
