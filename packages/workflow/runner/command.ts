/** A command to the runner, as its parser takes it out of a line of a step's output. */
export interface RunnerCommand {
  /** In small letters: the runner does not mind the case. */
  name: string;
  properties: Readonly<Record<string, string>>;
  data: string;
}

/** What .NET's `TrimStart` takes for white space: not all that JavaScript does, and U+0085 besides. */
const leadingSpace = /^[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;

/**
 * The command in a line, if its name is one of `names`. First `::name key=value,…::data` at the line's start, then the
 * old form `##[name key=value;…]data` anywhere in it (actions/runner, src/Runner.Common/ActionCommand.cs).
 */
export function parseCommand(line: string, names: ReadonlySet<string>): RunnerCommand | undefined {
  return parseCurrent(line, names) ?? parseLegacy(line, names);
}

function parseCurrent(line: string, names: ReadonlySet<string>): RunnerCommand | undefined {
  const text = line.replace(leadingSpace, "");
  const end = text.startsWith("::") ? text.indexOf("::", 2) : -1;
  if (end < 0) return undefined;
  const { name, rest } = split(text.slice(2, end));
  if (!names.has(name)) return undefined;
  const properties = propertiesOf(rest.trim(), { separator: ",", decode: unescapeProperty });
  return { name, properties, data: unescapeData(text.slice(end + 2)) };
}

function parseLegacy(line: string, names: ReadonlySet<string>): RunnerCommand | undefined {
  const start = line.indexOf("##[");
  const end = start < 0 ? -1 : line.indexOf("]", start);
  if (end < 0) return undefined;
  const { name, rest } = split(line.slice(start + 3, end));
  if (!names.has(name)) return undefined;
  const properties = propertiesOf(rest, { separator: ";", decode: unescapeLegacy });
  return { name, properties, data: unescapeLegacy(line.slice(end + 1)) };
}

function split(info: string): { name: string; rest: string } {
  const space = info.indexOf(" ");
  if (space < 0) return { name: info.toLowerCase(), rest: "" };
  return { name: info.slice(0, space).toLowerCase(), rest: info.slice(space + 1) };
}

interface PropertyForm {
  separator: string;
  decode: (text: string) => string;
}

function propertiesOf(text: string, { separator, decode }: PropertyForm): Record<string, string> {
  const pairs = text.split(separator).flatMap((part) => {
    const at = part.indexOf("=");
    // An empty key or value makes it no property.
    return at < 1 || at === part.length - 1 ? [] : [[part.slice(0, at), decode(part.slice(at + 1))] as const];
  });
  return Object.fromEntries(pairs);
}

function unescapeData(text: string): string {
  return text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
}

function unescapeProperty(text: string): string {
  const line = text.replaceAll("%0D", "\r").replaceAll("%0A", "\n");
  return line.replaceAll("%3A", ":").replaceAll("%2C", ",").replaceAll("%25", "%");
}

function unescapeLegacy(text: string): string {
  const line = text.replaceAll("%3B", ";").replaceAll("%0D", "\r").replaceAll("%0A", "\n");
  return line.replaceAll("%5D", "]").replaceAll("%25", "%");
}
