import * as z from "zod";

/** What a kind of input looks like, in the words of a message and of the README's table. */
export interface Form {
  /** Completes "expected …": `a duration such as 90s, 5m or 30d`. */
  expected: string;
  /** The type column of the table: `duration`. */
  type: string;
}

/** Why a text is refused, where "expected …" alone would not tell. */
export class Refusal {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

/** An input whose text `read` turns into its value, or refuses with `undefined` or with a sentence of its own. */
export function inputOf<T extends NonNullable<unknown>>(form: Form, read: (text: string) => T | Refusal | undefined) {
  const expected = `expected ${form.expected}`;
  return z
    .string({ error: expected })
    .transform((text, context): T => {
      const value = read(text);
      if (value !== undefined && !(value instanceof Refusal)) return value;
      const message = value?.message ?? expected;
      context.issues.push({ code: "custom", message, input: text, params: { word: true } });
      return z.NEVER;
    })
    .meta({ form: form.type });
}
