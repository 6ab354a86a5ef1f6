import { inOneOrder } from "./any-order.ts";
import { at } from "./case.ts";
import type { Normalized } from "./normalize.ts";

/** One place where two answers differ; `undefined` stands for nothing there. */
export interface Difference {
  /** Such as `2.body.spec.ports.0.protocol`: the step, then the way to the value. */
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

export function differences(expected: unknown, actual: unknown, path = ""): Difference[] {
  if (Object.is(expected, actual)) return [];
  if (!isBranch(expected) || !isBranch(actual) || Array.isArray(expected) !== Array.isArray(actual)) {
    return [{ path, expected, actual }];
  }
  const keys = [...new Set([...Object.keys(expected), ...Object.keys(actual)])];
  return keys.flatMap((key) => differences(expected[key], actual[key], path === "" ? key : `${path}.${key}`));
}

/** Of two answers; where one is a refusal and the other is none, that is all there is to say. */
export function answerDifferences(expected: Normalized | undefined, actual: Normalized | undefined): Difference[] {
  if (expected !== undefined && expected.code === actual?.code) {
    return differences(inOneOrder(expected), inOneOrder(actual));
  }
  return [{ path: "code", expected: summary(expected), actual: summary(actual) }];
}

function summary(answer: Normalized | undefined): string {
  const message = at(answer?.body, "message");
  return `${answer?.code ?? "none"}${typeof message === "string" ? ` ${message}` : ""}`;
}

function isBranch(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

export function described({ path, expected, actual }: Difference): string {
  return `${path}\n    real     ${text(expected)}\n    sandbox  ${text(actual)}`;
}

function text(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}
