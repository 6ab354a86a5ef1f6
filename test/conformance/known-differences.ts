/** Where the sandbox is known not to answer as the real server does, and why that is accepted. */
export interface KnownDifference {
  /** The names of the group and of the case. */
  readonly group: string;
  readonly case: string;
  /** The start of the path at which the answers differ, such as `2.body.spec`. */
  readonly path: string;
  readonly reason: string;
}

export const knownDifferences: readonly KnownDifference[] = [];
