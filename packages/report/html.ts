/** Text that is safe as HTML. Only `html` and `raw` make it. */
export interface Html {
  readonly markup: string;
}

type Part = string | number | Html | undefined | readonly Part[];

/** A template whose values are escaped, unless they are HTML already; `undefined` is nothing, lists are joined. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { markup: texts.reduce((markup, text, index) => markup + render(parts[index - 1]) + text) };
}

/** For our own style sheet; nothing that anybody else wrote may come here. */
export function raw(markup: string): Html {
  return { markup };
}

/** A sentence in which `this` is set as code. */
export function prose(text: string): Html {
  const pieces = text.split("`");
  // An odd number of backticks closes nothing, so nothing is code.
  if (pieces.length % 2 === 0) return html`${text}`;
  return html`${pieces.map((piece, index) => (index % 2 === 1 ? html`<code>${piece}</code>` : piece))}`;
}

/** Safe in elements and in quoted attributes; control characters but tab and line end are dropped. */
export function escapeHtml(text: string): string {
  return withoutControls(text).replace(/[&<>"'`]/g, (character) => `&#${character.codePointAt(0)};`);
}

const escapeCharacter = String.fromCodePoint(27);
const terminalSequence = new RegExp(`${escapeCharacter}\\[[0-9;:?]*[ -/]*[@-~]`, "g");

/** Text as somebody else wrote it, without terminal sequences and what reorders lines. */
export function withoutControls(text: string): string {
  return text
    .replace(terminalSequence, "")
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069\u200e\u200f]/gu, "");
}

function render(part: Part): string {
  if (part === undefined) return "";
  if (typeof part === "string" || typeof part === "number") return escapeHtml(String(part));
  if ("markup" in part) return part.markup;
  return part.map(render).join("");
}
