import type { KindName } from "../kinds.ts";
import { type Field, type Message, messageNamed } from "./field-table.ts";
import { anything, atomic, bytes, flag, long, mapOf, type Schema, type Struct, struct, text, whole } from "./schema.ts";

const schemas = new Map<KindName, Struct>();

/** The fields of a kind. */
export function schemaOf(kind: KindName): Struct {
  const known = schemas.get(kind);
  if (known !== undefined) return known;
  const message = messageNamed(kind);
  if (message === undefined) throw new Error(`no fields of ${kind}`);
  const own = structOf(message, true);
  const schema = { ...own, fields: { apiVersion: text, kind: text, ...own.fields } };
  schemas.set(kind, schema);
  return schema;
}

/**
 * @param isRooted Whether every object of the kind has this struct. What is always written there, nobody owns; in an
 *   item or behind a pointer it comes with the write that adds it.
 */
function structOf(message: Message, isRooted: boolean): Struct {
  const fields = message.fields.flatMap((field): [string, Schema][] => {
    if (field.name !== "*") return [[field.name, schemaOfField(field, isRooted)]];
    const inner = messageNamed(field.type);
    return inner === undefined ? [] : Object.entries(structOf(inner, isRooted).fields);
  });
  const made = struct(message.name, Object.fromEntries(fields), new Set(zerosOf(message)));
  return message.atomic ? atomic(made) : made;
}

/** Texts that must be there are always written; the table marks only what may be empty. */
function zerosOf({ fields }: Message): string[] {
  return fields.flatMap((field) => {
    const inner = field.name === "*" ? messageNamed(field.type) : undefined;
    return inner !== undefined ? zerosOf(inner) : field.present || field.always ? [field.name] : [];
  });
}

function schemaOfField(field: Field, isRooted: boolean): Schema {
  const isAlways = isRooted && field.always;
  const of = typeOf(field.type, isAlways && field.many === undefined);
  const always = isAlways ? ({ always: true } as const) : {};
  if (field.many === "map") return field.atomic ? atomic(mapOf(of)) : mapOf(of);
  if (field.many === "list") {
    const patchKey = field.merge === undefined ? {} : { patchKey: field.merge };
    const keys = field.keys === undefined ? {} : { keys: field.keys };
    return { type: "list", of, ...keys, ...patchKey, ...(field.set ? { set: true } : {}), ...always };
  }
  if (of.type !== "struct") return of;
  return { ...of, ...always, ...(field.atomic ? { atomic: true } : {}) };
}

const leaves: Readonly<Record<string, Schema>> = {
  string: text,
  bytes,
  bool: flag,
  int32: whole,
  int64: long,
  raw: atomic(mapOf(anything)),
};

function typeOf(type: string, isRooted: boolean): Schema {
  const message = messageNamed(type);
  return message === undefined ? (leaves[type] ?? anything) : structOf(message, isRooted);
}
