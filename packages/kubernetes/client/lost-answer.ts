import { CutoverError } from "@cutover/release";

/** Marks a write that may or may not have happened: the `cause` of the error thrown for it. */
export class LostAnswer extends Error {
  override readonly name = "LostAnswer";
}

/** Whether `error` leaves open if a write happened. Nothing may be concluded from a read alone then: the write may still land. */
export function isUnknownResult(error: unknown): boolean {
  return error instanceof CutoverError && error.cause instanceof LostAnswer;
}
