/** The value of a JSON text; `undefined` for what is none. No error tells of it, since a parser's own quotes the text, which may be secret. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
