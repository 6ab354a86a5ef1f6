import { data, Evaluator, Lexer, Parser } from "@actions/expressions";
import { type Token as Lexeme, TokenType } from "@actions/expressions/lexer";
import { truthy } from "@actions/expressions/result";
import { isMapping, isSequence } from "@actions/workflow-parser/templates/tokens/type-guards";
import { entries, expressionOf, literal, type Token, written } from "../source/tokens.ts";

/** What the expressions of a place may ask. */
export interface Scope {
  /** File that they stand in, for messages. */
  readonly file: string;
  readonly contexts: Partial<Readonly<Record<ContextName, unknown>>>;
  /** `success`, `failure`, `hashFiles`, …, by their names in small letters. */
  readonly functions?: Readonly<Record<string, (...args: string[]) => boolean | string>>;
}

const contextNames = [
  "github",
  "env",
  "vars",
  "secrets",
  "needs",
  "steps",
  "job",
  "jobs",
  "runner",
  "strategy",
  "matrix",
  "inputs",
] as const;
type ContextName = (typeof contextNames)[number];

/** An expression that GitHub's own evaluator cannot resolve, with the place where it stands. */
export class ExpressionProblem extends Error {}

/** The value of a token with all its expressions resolved, as plain data. @throws ExpressionProblem */
export function evaluate(token: Token, scope: Scope): unknown {
  if (isMapping(token)) return Object.fromEntries(entries(token).map(([key, value]) => [key, evaluate(value, scope)]));
  if (isSequence(token)) return [...token].map((item) => evaluate(item, scope));
  const expression = expressionOf(token);
  return expression === undefined ? literal(token) : plain(resolved(expression, { scope, token }));
}

/** The value of a scalar as text, as the runner puts it into a variable or a script; empty where there is none. */
export function textOf(token: Token | undefined, scope: Scope): string {
  if (token === undefined) return "";
  const expression = expressionOf(token);
  return expression === undefined ? (written(token) ?? "") : resolved(expression, { scope, token }).coerceString();
}

/** A mapping of texts, such as `env:`, `with:` or `outputs:`. */
export function textsOf(token: Token | undefined, scope: Scope): Record<string, string> {
  return Object.fromEntries(entries(token).map(([key, value]) => [key, textOf(value, scope)]));
}

/** Whether the condition of an `if:` holds. */
export function holds(condition: string, scope: Scope, token?: Token): boolean {
  return truthy(resolved(condition, { scope, token }));
}

interface Place {
  scope: Scope;
  token: Token | undefined;
}

function resolved(expression: string, { scope, token }: Place): data.ExpressionData {
  const functions = Object.entries(scope.functions ?? {}).map(([name, call]) => ({
    ...{ name, minArgs: 0, maxArgs: 255 },
    call: (...args: data.ExpressionData[]) => asData(call(...args.map((arg) => arg.coerceString()))),
  }));
  const contexts = contextNames.map((key) => ({ key, value: asData(scope.contexts[key] ?? null) }));
  try {
    const parsed = new Parser(tokensOf(expression), [...contextNames], functions).parse();
    const known = new Map(functions.map((definition) => [definition.name, definition]));
    return new Evaluator(parsed, new data.Dictionary(...contexts), known).evaluate();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ExpressionProblem(
      `${scope.file}:${token?.line ?? 1} \${{ ${expression} }} cannot be resolved: ${reason}`,
    );
  }
}

/** GitHub's tokens; its lexer undoubles only the first quote of a text. */
function tokensOf(expression: string): Lexeme[] {
  return new Lexer(expression).lex().tokens.map((token) => {
    if (token.type !== TokenType.STRING) return token;
    return { ...token, value: token.lexeme.slice(1, -1).replaceAll("''", "'") };
  });
}

function asData(value: unknown): data.ExpressionData {
  return JSON.parse(JSON.stringify(value), data.reviver);
}

function plain(value: data.ExpressionData): unknown {
  return JSON.parse(JSON.stringify(value, data.replacer));
}
