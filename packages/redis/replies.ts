/** What the server says to one command; an error is told in its own words, such as `NOAUTH Authentication required.` */
export type Reply = { readonly text: string } | { readonly error: string };

const lineEnd = "\r\n";

/**
 * The replies that are there in full, in RESP2, which every server speaks to those who do not ask for more.
 * `undefined` where something else is spoken.
 */
export function readReplies(bytes: Buffer): readonly Reply[] | undefined {
  const replies: Reply[] = [];
  let at = 0;
  for (;;) {
    if (at === bytes.length) return replies;
    const end = bytes.indexOf(lineEnd, at);
    const line = bytes.toString("utf8", at + 1, end < 0 ? bytes.length : end);
    const kind = String.fromCharCode(bytes[at] ?? 0);
    if (!"+-$".includes(kind) || (kind === "$" && !/^\d*\r?$/.test(line))) return undefined;
    if (end < 0) return replies;
    at = end + lineEnd.length;
    if (kind !== "$") {
      replies.push(kind === "-" ? { error: line } : { text: line });
      continue;
    }
    const size = Number(line);
    if (bytes.length < at + size + lineEnd.length) return replies;
    replies.push({ text: bytes.toString("utf8", at, at + size) });
    at += size + lineEnd.length;
  }
}

/** A command and its arguments as the server reads them. */
export function written(command: readonly string[]): string {
  const parts = command.map((part) => `$${Buffer.byteLength(part)}${lineEnd}${part}${lineEnd}`);
  return `*${command.length}${lineEnd}${parts.join("")}`;
}
