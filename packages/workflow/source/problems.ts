import type { Token } from "./tokens.ts";

/** A workflow that cannot be run as it stands, with everything that is wrong with it. */
export class WorkflowFileError extends Error {
  /** `file:line what`, in the order in which it was found. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.problems = problems;
  }
}

/** Collects what is wrong, so that all of it is told at once. */
export interface Problems {
  readonly found: Set<string>;
  add(file: string, at: Token | number | undefined, message: string): void;
}

export function collectProblems(): Problems {
  const found = new Set<string>();
  return {
    found,
    add(file, at, message) {
      const line = typeof at === "number" ? at : (at?.line ?? 1);
      found.add(`${file}:${line} ${message}`);
    },
  };
}
