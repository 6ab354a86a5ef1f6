import type { Strings } from "./api-object.ts";
import { badRequest } from "./status.ts";

type Requirement = (labels: Strings) => boolean;

const operators = new Set(["in", "notin", "=", "==", "!=", ">", "<"]);

/**
 * Parses `app=web,tier!=db,color in (blue, green),!legacy,version,size>3`; refuses in the server's words
 * (k8s.io/apimachinery/pkg/labels/selector.go).
 * @throws ApiError 400
 */
export function labelRequirements(selector: string): readonly Requirement[] {
  const tokens = new Tokens(selector);
  const requirements: Requirement[] = [];
  if (tokens.peek() === "") return requirements;
  if (!tokens.isName && tokens.peek() !== "!") throw tokens.unexpected("!, identifier, or 'end of string'");
  for (;;) {
    requirements.push(requirement(tokens));
    if (tokens.peek() === "") return requirements;
    if (tokens.peek() !== ",") throw tokens.unexpected("',' or 'end of string'");
    tokens.take();
    if (!tokens.isName && tokens.peek() !== "!") throw tokens.unexpected("identifier after ','");
  }
}

function requirement(tokens: Tokens): Requirement {
  const isAbsent = tokens.peek() === "!";
  if (isAbsent) tokens.take();
  if (!tokens.isName) throw unparsable(tokens.found("identifier"));
  const key = tokens.take();
  if (isAbsent) return (labels) => labels[key] === undefined;
  if (tokens.peek() === "" || tokens.peek() === ",") return (labels) => labels[key] !== undefined;
  if (!operators.has(tokens.peek())) throw unparsable(tokens.found("in, notin, =, ==, !=, gt, lt"));
  const operator = tokens.take();
  if (operator === "in" || operator === "notin") {
    const values = valueSet(tokens);
    return (labels) => values.includes(labels[key] ?? "\0") === (operator === "in");
  }
  const value = tokens.peek() === "" || tokens.peek() === "," ? "" : exactValue(tokens);
  if (operator === ">" || operator === "<") return compared(key, operator, value);
  return (labels) => (labels[key] === value) === (operator !== "!=");
}

function exactValue(tokens: Tokens): string {
  if (!tokens.isName) throw unparsable(tokens.found("identifier"));
  return tokens.take();
}

function valueSet(tokens: Tokens): readonly string[] {
  if (tokens.peek() !== "(") throw unparsable(tokens.found("'('", ""));
  tokens.take();
  const values: string[] = [];
  let last = "";
  for (;;) {
    if (tokens.isName) last = tokens.take();
    else if (tokens.peek() === "," || tokens.peek() === ")") {
      values.push(last);
      last = "";
      if (tokens.take() === ")") return values;
    } else throw unparsable(tokens.found("',' or ')'"));
  }
}

function compared(key: string, operator: string, value: string): Requirement {
  if (!/^-?\d+$/.test(value)) {
    const why = "for 'Gt', 'Lt' operators, the value must be an integer";
    throw unparsable(`values[0]: Invalid value: ${JSON.stringify(value)}: ${why}`);
  }
  return (labels) => {
    const actual = Number(labels[key]);
    return Number.isInteger(actual) && (operator === ">" ? actual > Number(value) : actual < Number(value));
  };
}

function unparsable(why: string) {
  return badRequest(`unable to parse requirement: ${why}`);
}

class Tokens {
  readonly #rest: string[];

  constructor(text: string) {
    this.#rest = text.match(/==|!=|[=!<>(),]|[^\s=!<>(),]+/g) ?? [];
  }

  /** Empty at the end. */
  peek(): string {
    return this.#rest[0] ?? "";
  }

  get isName(): boolean {
    return /^[^=!<>(),]+$/.test(this.peek());
  }

  take(): string {
    return this.#rest.shift() ?? "";
  }

  found(expected: string, comma = ","): string {
    return `found '${this.peek()}'${comma} expected: ${expected}`;
  }

  unexpected(expected: string) {
    return badRequest(this.found(expected));
  }
}
