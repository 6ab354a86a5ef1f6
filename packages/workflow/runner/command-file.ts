/**
 * Reads GITHUB_OUTPUT, GITHUB_STATE or GITHUB_ENV as the runner does: `name=value`, or `name<<delimiter`, lines, the
 * delimiter (actions/runner, src/Runner.Worker/FileCommandManager.cs).
 * @throws for any other shape, and the runner then fails the step
 */
export function parseCommandFile(text: string): Record<string, string> {
  const values = new Map<string, string>();
  for (let at = 0; at < text.length; ) {
    const line = lineAt(text, at);
    at = line.next;
    if (line.text === "") continue;
    const equals = line.text.indexOf("=");
    const heredoc = line.text.indexOf("<<");
    if (heredoc >= 0 && (equals < 0 || heredoc < equals)) {
      const name = line.text.slice(0, heredoc);
      const value = heredocAt(text, { at, line: line.text, delimiter: line.text.slice(heredoc + 2) });
      values.set(name, value.text);
      at = value.next;
    } else if (equals > 0) values.set(line.text.slice(0, equals), line.text.slice(equals + 1));
    else throw new Error(`Invalid format '${line.text}'`);
  }
  return Object.fromEntries(values);
}

/** GITHUB_PATH: a folder a line. */
export function parsePathFile(text: string): string[] {
  return text.split(/\r\n|\r|\n/).filter((line) => line !== "");
}

interface Span {
  text: string;
  /** Where reading goes on. */
  next: number;
  /** Whether a line end closed it. */
  closed: boolean;
}

/** On Linux only a line feed ends a line; a carriage return belongs to the value. */
function lineAt(text: string, at: number): Span {
  const end = text.indexOf("\n", at);
  if (end < 0) return { text: text.slice(at), next: text.length, closed: false };
  return { text: text.slice(at, end), next: end + 1, closed: true };
}

function heredocAt(text: string, { at, line, delimiter }: { at: number; line: string; delimiter: string }): Span {
  if (delimiter === "" || line.startsWith("<<")) throw new Error(`Invalid format '${line}'`);
  for (let next = at; next < text.length; ) {
    const candidate = lineAt(text, next);
    if (candidate.text === delimiter) {
      return { text: text.slice(at, Math.max(at, next - 1)), next: candidate.next, closed: true };
    }
    if (!candidate.closed) break;
    next = candidate.next;
  }
  throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`);
}
