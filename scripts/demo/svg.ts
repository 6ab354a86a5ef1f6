/** Pixels of a character's cell, and around the text. */
const cell = { width: 8.4, height: 18 };
const margin = 16;
const font = 14;

/** A terminal's colors on a dark ground. */
const colors: Readonly<Record<number, string>> = { 31: "#ff7b72", 32: "#56d364", 33: "#e3b341", 34: "#79c0ff" };
const plainColor = "#d5dbe3";
const ground = "#0d1117";

interface Style {
  color: string;
  isBold: boolean;
  isDim: boolean;
}

/** Text of one style, and the column that it begins at. */
interface Run extends Style {
  text: string;
  column: number;
}

/** Lines with ANSI styles as an SVG: text stays text, and every run of it is as wide as in a terminal, whatever the font. */
export function svg(lines: readonly string[], { columns, title }: { columns: number; title: string }): string {
  const width = Math.ceil(columns * cell.width + 2 * margin);
  const height = Math.ceil(lines.length * cell.height + 2 * margin);
  const body = lines.flatMap((line, row) => runsOf(line).map((run) => textElement(run, row)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="100%" height="100%" rx="8" fill="${ground}"/>`,
    `<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="${font}" fill="${plainColor}">`,
    ...body,
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}

function textElement({ text, column, color, isBold, isDim }: Run, row: number): string {
  const x = (margin + column * cell.width).toFixed(1);
  const y = (margin + row * cell.height + font).toFixed(0);
  const length = (text.length * cell.width).toFixed(1);
  const fill = color === plainColor ? "" : ` fill="${color}"`;
  const looks = `${fill}${isBold ? ' font-weight="bold"' : ""}${isDim ? ' opacity=".6"' : ""}`;
  return `<text x="${x}" y="${y}" textLength="${length}" lengthAdjust="spacingAndGlyphs"${looks}>${escaped(text)}</text>`;
}

/** The parts of a line that show anything. An SVG makes one blank of several, so a run ends where there are two. */
function runsOf(line: string): Run[] {
  let style: Style = { color: plainColor, isBold: false, isDim: false };
  let column = 0;
  return `m${line}`.split("\u001b[").flatMap((part, index) => {
    const end = part.indexOf("m");
    if (index > 0) style = part.slice(0, end).split(";").map(Number).reduce(after, style);
    const text = part.slice(end + 1);
    const start = column;
    column += text.length;
    const words = text.matchAll(/\S+( \S+)*/g);
    return [...words].map((found) => ({ ...style, text: found[0], column: start + found.index }));
  });
}

/** The style after one code of those that `styleText` writes. */
function after(style: Style, code: number): Style {
  if (code === 1) return { ...style, isBold: true };
  if (code === 2) return { ...style, isDim: true };
  if (code === 22) return { ...style, isBold: false, isDim: false };
  return { ...style, color: colors[code] ?? plainColor };
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
