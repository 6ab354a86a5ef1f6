import { isList, isObject, type Json, type JsonObject } from "../json.ts";
import type { Schema, Struct } from "./schema.ts";

/** What was found while reading an object by its schema. */
export interface Decoded {
  /** The object without the fields that nobody knows, and without nulls. */
  readonly object: JsonObject;
  /** Paths of the dropped ones, such as `spec.template.spec.containers[0].imagee`. */
  readonly unknown: readonly string[];
  readonly mistyped: readonly Mistyped[];
  /** Where the first text that should be base64 is none. */
  readonly illegalByte: number | undefined;
}

/** A value of a wrong type. */
export interface Mistyped {
  readonly path: string;
  /** The path as Go tells it: without the keys of maps and the places in lists. */
  readonly goPath: string;
  /** The Go struct that has the field. */
  readonly owner: string;
  /** The type in Go, and in the published schema. */
  readonly goType: string;
  readonly schemaType: string;
  /** The JSON type that was sent. */
  readonly actual: string;
  readonly value: Json;
}

interface Place {
  readonly path: string;
  readonly goPath: string;
  readonly owner: string;
}

export function decode(schema: Struct, object: JsonObject): Decoded {
  const unknown: string[] = [];
  const mistyped: Mistyped[] = [];
  const illegal: number[] = [];

  const read = (here: Schema, value: Json, place: Place): Json => {
    const { path } = place;
    if (!fits(here, value)) {
      const types = { goType: goType(here), schemaType: schemaType(here), actual: jsonType(value) };
      mistyped.push({ ...place, ...types, value });
      return value;
    }
    if (here.type === "bytes" && typeof value === "string") illegal.push(...illegalByte(value));
    if (isList(value) && here.type === "list") {
      return value.map((item, index) => read(here.of, item, { ...place, path: `${path}[${index}]` }));
    }
    if (!isObject(value) || here.type === "any") return value;
    return readFields(here, value, place);
  };

  const readFields = (here: Schema, value: JsonObject, { path, goPath, owner }: Place): JsonObject => {
    const inside = here.type === "struct" ? here.name : owner;
    const innerGo = (field: string): string =>
      here.type === "map" ? goPath : goPath === "" ? field : `${goPath}.${field}`;
    const kept: [string, Json][] = [];
    for (const [field, item] of Object.entries(value)) {
      const inner = path === "" ? field : `${path}.${field}`;
      const schemaOfField = here.type === "struct" ? here.fields[field] : here.type === "map" ? here.of : undefined;
      if (schemaOfField === undefined) unknown.push(inner);
      else if (item !== null && item !== undefined)
        kept.push([field, read(schemaOfField, item, { path: inner, goPath: innerGo(field), owner: inside })]);
      // To Go, null is the zero of a map's values.
      else if (item === null && here.type === "map" && isText(here.of)) kept.push([field, ""]);
    }
    return Object.fromEntries(kept);
  };

  return {
    object: readFields(schema, object, { path: "", goPath: "", owner: schema.name }),
    unknown,
    mistyped,
    illegalByte: illegal[0],
  };
}

/** The place at which Go gives up on base64, if it does. */
function illegalByte(text: string): number[] {
  if (/^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return [];
  const foreign = text.search(/[^A-Za-z0-9+/=]/);
  return [foreign >= 0 ? foreign : Math.floor(text.replace(/=+$/, "").length / 4) * 4];
}

function isText({ type }: Schema): boolean {
  return type === "text" || type === "bytes";
}

function fits(schema: Schema, value: Json): boolean {
  switch (schema.type) {
    case "text":
    case "bytes":
      return typeof value === "string";
    case "whole":
    case "long":
      return typeof value === "number" && Number.isInteger(value);
    case "flag":
      return typeof value === "boolean";
    case "struct":
    case "map":
      return isObject(value);
    case "list":
      return isList(value);
    case "any":
      return true;
  }
}

function goType(schema: Schema): string {
  switch (schema.type) {
    case "struct":
      return `v1.${schema.name}`;
    case "map":
      return `map[string]${goType(schema.of)}`;
    case "list":
      return `[]${goType(schema.of)}`;
    default:
      return { text: "string", bytes: "[]uint8", whole: "int32", long: "int64", flag: "bool", any: "interface {}" }[
        schema.type
      ];
  }
}

function schemaType({ type }: Schema): string {
  if (type === "whole" || type === "long") return "numeric (int or float)";
  return { text: "string", bytes: "string", flag: "boolean" }[type as string] ?? type;
}

function jsonType(value: Json): string {
  if (typeof value === "number" && !Number.isInteger(value)) return `number ${value}`;
  if (isList(value)) return "array";
  if (typeof value === "boolean") return "bool";
  return typeof value;
}
