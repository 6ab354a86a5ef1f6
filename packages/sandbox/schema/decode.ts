import { isList, isObject, type Json, type JsonObject } from "../json.ts";
import type { Schema, Struct } from "./schema.ts";

/** What was found while reading an object by its schema. */
export interface Decoded {
  /** The object without the fields that nobody knows, and without nulls. */
  readonly object: JsonObject;
  /** Paths of the dropped ones, such as `spec.template.spec.containers[0].imagee`. */
  readonly unknown: readonly string[];
  readonly mistyped: readonly Mistyped[];
}

/** A value of a wrong type. */
export interface Mistyped {
  readonly path: string;
  /** The Go struct that has the field. */
  readonly owner: string;
  /** The type in Go, and in the published schema. */
  readonly goType: string;
  readonly schemaType: string;
  /** The JSON type that was sent. */
  readonly actual: string;
}

interface Place {
  readonly path: string;
  readonly owner: string;
}

export function decode(schema: Struct, object: JsonObject): Decoded {
  const unknown: string[] = [];
  const mistyped: Mistyped[] = [];

  const read = (here: Schema, value: Json, { path, owner }: Place): Json => {
    if (!fits(here, value)) {
      mistyped.push({ path, owner, goType: goType(here), schemaType: schemaType(here), actual: jsonType(value) });
      return value;
    }
    if (isList(value) && here.type === "list") {
      return value.map((item, index) => read(here.of, item, { path: `${path}[${index}]`, owner }));
    }
    if (!isObject(value) || here.type === "any") return value;
    return readFields(here, value, { path, owner });
  };

  const readFields = (here: Schema, value: JsonObject, { path, owner }: Place): JsonObject => {
    const inside = here.type === "struct" ? here.name : owner;
    const kept: [string, Json][] = [];
    for (const [field, item] of Object.entries(value)) {
      const inner = path === "" ? field : `${path}.${field}`;
      const schemaOfField = here.type === "struct" ? here.fields[field] : here.type === "map" ? here.of : undefined;
      if (schemaOfField === undefined) unknown.push(inner);
      else if (item !== null && item !== undefined)
        kept.push([field, read(schemaOfField, item, { path: inner, owner: inside })]);
      // To Go, null is the zero of a map's values.
      else if (item === null && here.type === "map" && here.of.type === "text") kept.push([field, ""]);
    }
    return Object.fromEntries(kept);
  };

  return { object: readFields(schema, object, { path: "", owner: schema.name }), unknown, mistyped };
}

function fits(schema: Schema, value: Json): boolean {
  switch (schema.type) {
    case "text":
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
      return { text: "string", whole: "int32", long: "int64", flag: "bool", any: "interface {}" }[schema.type];
  }
}

function schemaType({ type }: Schema): string {
  if (type === "whole" || type === "long") return "numeric (int or float)";
  return { text: "string", flag: "boolean" }[type as string] ?? type;
}

function jsonType(value: Json): string {
  if (isList(value)) return "array";
  if (typeof value === "boolean") return "bool";
  return typeof value;
}
