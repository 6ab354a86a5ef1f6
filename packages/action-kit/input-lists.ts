import { parseWindow } from "@cutover/release";
import { inputOf, Refusal } from "./vocabulary.ts";

/** Words between commas or line ends; blank ones do not count. */
export function list() {
  return inputOf({ expected: "a list, by commas or lines", type: "list" }, words);
}

/** The words between commas or line ends; none where there is none. */
export function words(text: string): readonly string[] | undefined {
  return nonEmpty(text.split(/[,\n]/));
}

/** One entry a line, so that an entry may hold a comma. */
export function lines() {
  return inputOf({ expected: "at least one line", type: "lines" }, (text) => nonEmpty(text.split("\n")));
}

/** Times at which releases are allowed, one a line. */
export function deployWindows() {
  const form = { expected: "windows such as Tue-Thu 10:00-14:00 America/New_York", type: "lines of windows" };
  return inputOf(form, (text) => {
    const given = (nonEmpty(text.split("\n")) ?? []).map((line) => ({ line, window: parseWindow(line) }));
    const wrong = given.find(({ window }) => window === undefined);
    if (wrong !== undefined) return new Refusal(`expected a window such as Tue-Thu 10:00-14:00 America/New_York`);
    return given.flatMap(({ window }) => window ?? []);
  });
}

/** Lines of `key=value`. A key may come once; a value may be empty and may hold `=`. */
export function keyValues() {
  return inputOf({ expected: "lines of key=value", type: "lines of `key=value`" }, pairs);
}

function pairs(text: string): Readonly<Record<string, string>> | Refusal | undefined {
  const entries = new Map<string, string>();
  for (const line of nonEmpty(text.split("\n")) ?? []) {
    const separator = line.indexOf("=");
    const key = line.slice(0, separator).trim();
    if (separator < 0 || key === "") return undefined;
    if (entries.has(key)) return new Refusal(`expected each key once, and ${key} comes twice`);
    entries.set(key, line.slice(separator + 1).trim());
  }
  return entries.size === 0 ? undefined : Object.fromEntries(entries);
}

/** The parts that are not blank, trimmed; `undefined` if all are. */
export function nonEmpty(parts: readonly string[]): readonly string[] | undefined {
  const found = parts.map((part) => part.trim()).filter((part) => part !== "");
  return found.length === 0 ? undefined : found;
}
