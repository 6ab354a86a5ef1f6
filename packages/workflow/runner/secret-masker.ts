/** Replaces secrets, and the forms in which they travel, by `***`. */
export interface SecretMasker {
  add(value: string): void;
  mask(text: string): string;
}

/** The runner's masker (actions/runner, src/Runner.Common/HostContext.cs and the encoders that it registers). */
export function createSecretMasker(secrets: readonly string[] = []): SecretMasker {
  const hidden = new Set<string>();
  const add = (value: string) => {
    const lines = value.split(/[\r\n]+/).map((line) => line.trim());
    for (const text of new Set([value, ...lines])) for (const form of encoded(text)) if (form !== "") hidden.add(form);
  };
  for (const secret of secrets) add(secret);
  return { add, mask: (text) => replaced(text, spansOf(text, hidden)) };
}

function encoded(value: string): string[] {
  const bytes = Buffer.from(value);
  const base64 = [0, 1, 2].map((shift) => bytes.subarray(bytes.length > shift ? shift : 0).toString("base64"));
  const json = JSON.stringify(value).slice(1, -1);
  const uri = encodeURIComponent(value.toWellFormed()).replace(/[!'()*]/g, percent);
  const xml = value.replace(/[<>&"']/g, (sign) => entities[sign] ?? sign);
  const unquoted = /^".{7,}"$/s.test(value) ? value.slice(1, -1) : "";
  const escaped = [value.replaceAll("'", "''"), value.replaceAll('"', '\\"')];
  return [value, ...base64, json, uri, xml, unquoted, ...escaped, ...aroundAmpersand(value)];
}

const entities: Readonly<Record<string, string>> = {
  "<": "&lt;",
  ">": "&gt;",
  "&": "&amp;",
  '"': "&quot;",
  "'": "&apos;",
};

function percent(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** PowerShell prints the halves of a command around an ampersand apart; halves under six characters stay. */
function aroundAmpersand(value: string): string[] {
  const at = value.includes("&+") ? value.indexOf("&+") : value.lastIndexOf("&");
  if (at < 0) return [];
  return [value.slice(0, at + 1), value.slice(at + 1)].filter((half) => half.length >= 6);
}

type Span = readonly [start: number, end: number];

function spansOf(text: string, hidden: ReadonlySet<string>): Span[] {
  const spans: Span[] = [];
  for (const value of hidden) {
    for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) spans.push([at, at + value.length]);
  }
  return spans.toSorted(([a], [b]) => a - b);
}

/** Spans that touch become one `***`. */
function replaced(text: string, spans: readonly Span[]): string {
  let result = "";
  let end = -1;
  for (const [start, stop] of spans) {
    if (start > end) result += `${text.slice(Math.max(end, 0), start)}***`;
    end = Math.max(end, stop);
  }
  return result + text.slice(Math.max(end, 0));
}
