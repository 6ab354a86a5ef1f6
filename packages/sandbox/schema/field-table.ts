import { readFileSync } from "node:fs";
import { join } from "node:path";

/** One field of a message. */
export interface Field {
  /** As JSON has it; `*` for a message whose fields stand among those around it. */
  readonly name: string;
  /** A message, or one of the leaves such as `string`, `int32` and `quantity`. */
  readonly type: string;
  readonly many: "list" | "map" | undefined;
  /** In protobuf. */
  readonly number: number;
  /** Whether a zero value is told from none. */
  readonly present: boolean;
  /** Whether it is written even when it is empty. */
  readonly always: boolean;
  readonly atomic: boolean;
  readonly set: boolean;
  readonly keys: readonly [string, ...string[]] | undefined;
  readonly merge: string | undefined;
}

/** A Go struct, which is a message in protobuf. */
export interface Message {
  readonly name: string;
  readonly atomic: boolean;
  readonly fields: readonly Field[];
}

const messages = new Map<string, Message>();

/** The message of a name; `undefined` for leaves. */
export function messageNamed(name: string): Message | undefined {
  if (messages.size === 0) read(readFileSync(join(import.meta.dirname, "kubernetes-fields.txt"), "utf8"));
  return messages.get(name);
}

function read(table: string): void {
  const blocks = table.split(/\n(?=[A-Z])/).filter((block) => !block.startsWith("#"));
  for (const block of blocks) {
    const [head = "", ...lines] = block.trimEnd().split("\n");
    const [name = "", ...marks] = head.split(" ");
    messages.set(name, { name, atomic: marks.includes("atomic"), fields: lines.map(field) });
  }
}

function field(line: string): Field {
  const [name = "", type = "", number, ...marks] = line.trim().split(" ");
  const valued = (mark: string): string | undefined =>
    marks.find((one) => one.startsWith(`${mark}=`))?.slice(mark.length + 1);
  const [first, ...more] = valued("keys")?.split(",") ?? [];
  return {
    name,
    type: type.replace(/^[[{]|[\]}]$/g, ""),
    many: type.startsWith("[") ? "list" : type.startsWith("{") ? "map" : undefined,
    number: Number(number),
    present: marks.includes("present"),
    always: marks.includes("always"),
    atomic: marks.includes("atomic"),
    set: marks.includes("set"),
    keys: first === undefined ? undefined : [first, ...more],
    merge: valued("merge"),
  };
}
