import { parseDuration } from "@cutover/release";
import * as z from "zod";
import { inputOf, Refusal } from "./vocabulary.ts";

/** Any text but the empty one, trimmed by the runner's rules. */
export function text() {
  return z.string({ error: "expected a text" }).meta({ form: "text" });
}

/** `true` or `false` and nothing else: `yes`, `on` and `1` mean different things to different people. */
export function flag() {
  return inputOf({ expected: "true or false", type: "true or false" }, (text) => {
    if (text === "true") return true;
    return text === "false" ? false : undefined;
  });
}

export interface Range {
  min?: number;
  max?: number;
}

/** A whole number, in a range if one is given. */
export function integer({ min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER }: Range = {}) {
  const form = { expected: `a whole number${rangeOf(min, max)}`, type: "integer" };
  return inputOf(form, (text) => {
    const value = /^[-+]?\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    return Number.isSafeInteger(value) && value >= min && value <= max ? value : undefined;
  });
}

/** `90s`, `5m`, `1h30m` as milliseconds. */
export function duration() {
  return inputOf({ expected: "a duration such as 90s, 5m or 30d", type: "duration" }, parseDuration);
}

/** `5%` or `0.5 %` as a share between 0 and 1. The sign is required: a bare 1 could mean either. */
export function percentage() {
  return inputOf({ expected: "a percentage from 0% to 100%, such as 5%", type: "percentage" }, (text) => {
    const percent = Number(/^(\d{1,3}(?:\.\d+)?) ?%$/.exec(text)?.[1] ?? Number.NaN);
    return percent <= 100 ? percent / 100 : undefined;
  });
}

/** One of a few words. */
export function oneOf<const T extends string>(words: readonly [T, ...T[]]) {
  const expected = words.length === 1 ? words[0] : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
  const form = { expected, type: words.map((word) => `\`${word}\``).join(", ") };
  return inputOf(form, (text) => words.find((word) => word === text));
}

/** `previous`, or the number of a revision. */
export function releaseReference() {
  return inputOf({ expected: "`previous` or a revision's number", type: "`previous` or integer" }, (text) => {
    if (text === "previous") return "previous" as const;
    const revision = /^\d{1,15}$/.test(text) ? Number(text) : 0;
    return revision > 0 ? revision : undefined;
  });
}

/** JSON that `schema` accepts; a message says where in it the first fault is. */
export function json<S extends z.ZodType>(schema: S) {
  const form = { expected: "JSON", type: "JSON" };
  return inputOf(form, (text) => checked(parsedJson(text), schema)).transform(({ value }) => value);
}

function checked<S extends z.ZodType>(parsed: { value: unknown } | undefined, schema: S) {
  if (parsed === undefined) return undefined;
  const result = schema.safeParse(parsed.value);
  if (result.success) return { value: result.data };
  const issue = result.error.issues[0];
  const place = issue === undefined || issue.path.length === 0 ? "" : ` at ${issue.path.join(".")}`;
  return new Refusal(`expected other JSON${place} (${issue?.message ?? "it does not fit"})`);
}

function parsedJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    // The parser's own message quotes the text, and that may be a secret.
    return undefined;
  }
}

function rangeOf(min: number, max: number): string {
  const least = min === Number.MIN_SAFE_INTEGER ? undefined : min;
  const most = max === Number.MAX_SAFE_INTEGER ? undefined : max;
  if (least !== undefined && most !== undefined) return ` from ${least} to ${most}`;
  if (least !== undefined) return ` of at least ${least}`;
  return most === undefined ? "" : ` of at most ${most}`;
}
