import { CutoverError } from "@cutover/release";

/** @param what what is wrong, and where in it */
export function calendarInvalid(name: string, what: string, cause?: unknown): CutoverError {
  return new CutoverError("input-invalid", `${name}: ${what}`, {
    hint: "Correct the calendar: what cannot be read may be a freeze.",
    cause,
  });
}
