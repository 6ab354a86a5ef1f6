/** What a label must be, as Prometheus and Alertmanager have it: `severity="critical"`, `job=~"shop-.+"`. */
export interface Matcher {
  readonly label: string;
  readonly is: "=" | "!=" | "=~" | "!~";
  readonly value: string;
}

const form = /^\s*([a-zA-Z_]\w*)\s*(=~|!~|!=|=)\s*(?:"((?:[^"\\]|\\.)*)"|([^",\s]*))\s*(?:,|$)/;

/** Matchers between commas; a value that holds a comma or a blank stands in quotes. `undefined` for anything else. */
export function readMatchers(text: string): readonly Matcher[] | undefined {
  const matchers: Matcher[] = [];
  for (let rest = text.trim(); rest !== ""; ) {
    const [all = "", label, is, quoted, bare] = form.exec(rest) ?? [];
    if (label === undefined) return undefined;
    // The expression names no other signs.
    matchers.push({ label, is: is as Matcher["is"], value: quoted?.replace(/\\(.)/g, "$1") ?? bare ?? "" });
    rest = rest.slice(all.length).trim();
  }
  return matchers.length === 0 ? undefined : matchers;
}

/** As both read it: `severity="critical"`. */
export function written({ label, is, value }: Matcher): string {
  return `${label}${is}${JSON.stringify(value)}`;
}
