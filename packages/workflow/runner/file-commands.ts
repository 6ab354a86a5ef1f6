import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseCommandFile, parsePathFile } from "./command-file.ts";
import type { SecretMasker } from "./secret-masker.ts";

const names = ["OUTPUT", "STATE", "STEP_SUMMARY", "ENV", "PATH"] as const;
type Name = (typeof names)[number];

/** Bytes. A summary above it is dropped whole, and the step passes nevertheless. */
const largestSummary = 1_048_576;

export interface FileCommands {
  outputs: Record<string, string>;
  state: Record<string, string>;
  environment: Record<string, string>;
  path: string[];
  summary: string;
  /** What fails the step, or says what was dropped. */
  errors: { message: string; fatal: boolean }[];
}

/** Makes the files that a step writes to, empty, and returns their variables. */
export function createCommandFiles(folder: string): Record<`GITHUB_${Name}`, string> {
  mkdirSync(folder, { recursive: true });
  const files = names.map((name) => [`GITHUB_${name}`, join(folder, name.toLowerCase())] as const);
  for (const [, file] of files) writeFileSync(file, "");
  return Object.fromEntries(files) as Record<`GITHUB_${Name}`, string>;
}

/** Reads what a step wrote, also one that failed or was killed. A file that is gone says nothing. */
export function readCommandFiles(files: Record<`GITHUB_${Name}`, string>, masker: SecretMasker): FileCommands {
  const errors: FileCommands["errors"] = [];
  const read = <T>(name: Name, parse: (text: string) => T, nothing: T): T => {
    try {
      return parse(readFileSync(files[`GITHUB_${name}`], "utf8"));
    } catch (error) {
      if (error instanceof Error && "code" in error) return nothing;
      errors.push({ message: `Unable to process file command '${name.toLowerCase()}' successfully.`, fatal: true });
      return nothing;
    }
  };
  const summary = (text: string) => {
    const { size } = statSync(files.GITHUB_STEP_SUMMARY);
    if (size <= largestSummary) return text.split("\n").map(masker.mask).join("\n");
    errors.push({ message: `$GITHUB_STEP_SUMMARY upload aborted, got ${size} bytes`, fatal: false });
    return "";
  };
  return {
    outputs: read("OUTPUT", parseCommandFile, {}),
    state: read("STATE", parseCommandFile, {}),
    environment: read("ENV", parseCommandFile, {}),
    path: read("PATH", parsePathFile, []),
    summary: read("STEP_SUMMARY", summary, ""),
    errors,
  };
}
