import { CutoverError, type ErrorCode } from "@cutover/release";
import { type Manifest, type Origin, place } from "./resource.ts";

/** One thing that is wrong in a manifest. It must never quote a value: the file may hold Secrets. */
export interface Problem {
  origin: Origin;
  /** Counted from 1, where it is known. */
  column?: number;
  message: string;
  hint: string;
}

/** Shown at once; more are counted. */
const shown = 10;

/** All problems in one error, the first one's hint as the hint. */
export function manifestsInvalid(problems: readonly Problem[]): CutoverError {
  const lines = problems.slice(0, shown).map(({ origin, column, message }) => {
    return `${place(origin)}${column === undefined ? "" : `:${column}`}: ${message}`;
  });
  if (problems.length > shown) lines.push(`and ${problems.length - shown} more`);
  const hints = new Set(problems.map((problem) => problem.hint));
  return new CutoverError("manifest-invalid", lines.join("\n"), { hint: [...hints].slice(0, 3).join(" ") });
}

/** One object that cannot be released, and what to do about it. */
export function objectInvalid(manifest: Manifest, message: string, hint: string): CutoverError {
  const { kind, metadata } = manifest.resource;
  return new CutoverError("manifest-invalid", `${place(manifest.origin)}: ${kind} ${metadata.name} ${message}`, {
    hint,
  });
}

/** Something wrong with what was asked for, not with a file. */
export function unsuitable(message: string, hint: string, code: ErrorCode = "manifest-invalid"): CutoverError {
  return new CutoverError(code, message, { hint });
}
