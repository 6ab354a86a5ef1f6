import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Normalized } from "./normalize.ts";

/** The answers to each case of a group, by the case's name. */
export type Recording = Readonly<Record<string, readonly Normalized[]>>;

const folder = join(import.meta.dirname, "recorded");

/** What the real server has answered, empty before it was asked. */
export function recordingOf(group: string): Recording {
  const path = pathOf(group);
  if (!existsSync(path)) return {};
  const read: Recording = JSON.parse(readFileSync(path, "utf8"));
  return read;
}

/** One answer a line, so that a changed one is a changed line. */
export function keepRecording(group: string, recording: Recording): void {
  const cases = Object.entries(recording).map(([name, answers]) => {
    const lines = answers.map((answer) => `    ${JSON.stringify(answer)}`);
    return `  ${JSON.stringify(name)}: [\n${lines.join(",\n")}\n  ]`;
  });
  writeFileSync(pathOf(group), `{\n${cases.join(",\n")}\n}\n`);
}

function pathOf(group: string): string {
  return join(folder, `${group}.json`);
}
