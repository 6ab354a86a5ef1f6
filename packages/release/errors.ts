/** Who can mend it is the question a code answers; docs/errors.md explains each. */
export type ErrorCode =
  | "input-invalid"
  | "manifest-invalid"
  | "not-found"
  | "forbidden"
  | "unauthorized"
  | "conflict"
  | "rejected"
  | "unreachable"
  | "unavailable"
  | "timed-out"
  | "superseded"
  | "refused"
  | "process-failed";

export interface ErrorDetails {
  /** What to do next, and by whom. */
  hint?: string;
  cause?: unknown;
}

/** The one error that users may see. Everything else that is thrown is a bug of ours. */
export class CutoverError extends Error {
  override readonly name = "CutoverError";
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
  }
}

/** Whether `error` is one of ours with one of these codes (any, if none is given). */
export function isCutoverError(error: unknown, ...codes: ErrorCode[]): error is CutoverError {
  return error instanceof CutoverError && (codes.length === 0 || codes.includes(error.code));
}
