import type { Host } from "./host.ts";
import { commandLine } from "./workflow-commands.ts";

/** Shorter values would turn half the log into asterisks. */
const shortest = 4;

/** Hides `value` in everything that is printed from now on: its lines, and the forms in which it travels. */
export function maskSecret(value: string, { env, write }: Host): void {
  // Elsewhere nobody takes the command out of the output, and it would print what it should hide.
  if (env.GITHUB_ACTIONS !== "true") return;
  for (const form of secretForms(value)) write(commandLine("add-mask", form));
}

/** Everything that must be hidden so that `value` stays hidden. */
export function secretForms(value: string): string[] {
  const lines = value.split(/[\r\n]+/).map((line) => line.trim());
  const forms = [value, ...lines].flatMap((text) => [
    text,
    Buffer.from(text).toString("base64"),
    Buffer.from(text).toString("base64url"),
    encodeURIComponent(text.toWellFormed()),
  ]);
  const long = forms.filter((form) => form.trim().length >= shortest && value.trim().length >= shortest);
  return [...new Set(long)];
}

/**
 * What is secret in an input: the text, or, if it is a document, what stands in its leaves. To hide a whole document
 * would hide nothing of it once somebody prints a part.
 */
export function secretLeaves(text: string): string[] {
  const document = documentOf(text);
  if (document !== undefined) return leavesOf(document);
  const named = text.split("\n").flatMap((line) => /^\s*[\w.-]+\s*[=:]\s*(\S.*)$/.exec(line)?.[1] ?? []);
  return [...new Set([text, ...named, ...text.split(/\s+/).flatMap(passwordsOf), ...tokenOf(text)])];
}

/** What a connection's address holds that alone opens the door, as it stands and as it is meant. */
function passwordsOf(word: string): string[] {
  const given = [/^[\w+.-]+:\/\/[^/?#]*:([^/?#]*)@/.exec(word)?.[1], /[?&]password=([^&#]*)/.exec(word)?.[1]];
  return given.flatMap((password) => (password === undefined ? [] : [password, decoded(password)]));
}

/** A header is said to be secret, and the token alone is what opens the door. */
function tokenOf(text: string): readonly string[] {
  return /^(?:Basic|Bearer|Token)\s+(\S+)$/i.exec(text)?.slice(1) ?? [];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function documentOf(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function leavesOf(value: unknown): string[] {
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(leavesOf);
  // A port or a year would tear holes into everything else.
  return typeof value === "string" ? [value] : [];
}
