import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Text in a color, whatever the stream: who draws has decided already that it is a terminal. */
export function paint(style: Style, text: string): string {
  return styleText(style, text, { validateStream: false });
}

/** Seconds with one digit, or milliseconds where that would be less than one. */
export function seconds(milliseconds: number): string {
  return milliseconds < 950 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1_000).toFixed(1)} s`;
}

/** A number with separators, as people read it. */
export function grouped(value: number): string {
  return value.toLocaleString("en-US");
}

/** The text, cut to `width` characters. */
export function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}

/** The text in lines of at most `width` characters, broken between words; the lines after the first are indented by two. */
export function wrapped(text: string, width: number): string[] {
  const indent = text.slice(0, text.length - text.trimStart().length);
  const lines: string[] = [];
  let line = indent;
  for (const word of text.trim().split(" ")) {
    const longer = line.trim() === "" ? `${line}${word}` : `${line} ${word}`;
    if (longer.length <= width || line.trim() === "") line = longer;
    else {
      lines.push(line);
      line = `${indent}  ${word}`;
    }
  }
  return [...lines, line].map((one) => cut(one, width));
}
