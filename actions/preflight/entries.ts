import { inputOf, nonEmpty, Refusal } from "@cutover/action-kit";
import { parseDuration } from "@cutover/release";

/** An input of several lines. `read` turns one into its entry, or says in a sentence what is wrong with it. */
export function entriesOf<T extends object>(expected: string, read: (line: string) => T | string) {
  return inputOf({ expected, type: "lines" }, (text) => {
    const all: T[] = [];
    for (const line of nonEmpty(text.split("\n")) ?? []) {
      const entry = read(line);
      if (typeof entry === "string") return new Refusal(entry);
      all.push(entry);
    }
    return all.length === 0 ? undefined : all;
  });
}

/** A line's subject, and what its terms say: `https://shop.example/ within=2s contains=all is well`. */
export interface Terms<N extends string> {
  readonly subject: string;
  readonly terms: Readonly<Partial<Record<N, string>>>;
}

/** Each of `names` ends the value before it. */
export function termsOf<const N extends string>(line: string, names: readonly N[]): Terms<N> {
  const [subject = "", ...parts] = line.split(new RegExp(`\\s+(?=(?:${names.join("|")})=)`));
  const terms: Partial<Record<N, string>> = {};
  for (const part of parts) {
    const name = names.find((one) => part.startsWith(`${one}=`));
    if (name !== undefined) terms[name] = part.slice(name.length + 1);
  }
  return { subject, terms };
}

/** Milliseconds of a term that must last some time; `undefined` for what is no duration. */
export function lasting(text: string): number | undefined {
  return parseDuration(text) || undefined;
}
