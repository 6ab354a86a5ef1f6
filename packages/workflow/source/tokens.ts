import type { TemplateToken } from "@actions/workflow-parser/templates/tokens/index";
import {
  isBasicExpression,
  isBoolean,
  isMapping,
  isNumber,
  isScalar,
  isSequence,
  isString,
} from "@actions/workflow-parser/templates/tokens/type-guards";

/** A piece of a workflow file as GitHub's parser reads it: it knows its line, and its expressions are not resolved. */
export type Token = TemplateToken;

/** Pairs of a mapping, in the order of the file; nothing for anything else. */
export function entries(token: Token | undefined): [key: string, value: Token][] {
  if (token === undefined || !isMapping(token)) return [];
  return [...token].map(({ key, value }) => [key.toString(), value]);
}

/** What stands at a path of keys. */
export function field(token: Token | undefined, ...path: string[]): Token | undefined {
  return path.reduce((found, key) => {
    if (found === undefined || !isMapping(found)) return undefined;
    return found.find(key);
  }, token);
}

/** Members of a sequence; a scalar is a sequence of one. */
export function items(token: Token | undefined): Token[] {
  if (token === undefined) return [];
  return isSequence(token) ? [...token] : [token];
}

/** A scalar as it is written, with the marks of an expression around one. */
export function written(token: Token | undefined): string | undefined {
  return token !== undefined && isScalar(token) ? token.toString() : undefined;
}

/** The expression of a token that is one. */
export function expressionOf(token: Token): string | undefined {
  return isBasicExpression(token) ? token.expression : undefined;
}

/** A literal scalar with its type; `null` for an empty one. */
export function literal(token: Token): string | number | boolean | null {
  if (isString(token) || isNumber(token) || isBoolean(token)) return token.value;
  return null;
}
