import { isList, isObject, type Json, type JsonObject } from "../json.ts";
import type { Schema } from "./schema.ts";

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
  /** The type in Go, and in the published schema. */
  readonly goType: string;
  readonly schemaType: string;
  /** The JSON type that was sent. */
  readonly actual: string;
}

export function decode(schema: Schema, object: JsonObject): Decoded {
  const unknown: string[] = [];
  const mistyped: Mistyped[] = [];

  const read = (here: Schema, value: Json, path: string): Json => {
    const goType = mismatch(here, value);
    if (goType !== undefined) {
      const schemaType = goType === "int32" ? "numeric (int or float)" : here.type === "text" ? "string" : here.type;
      mistyped.push({ path, goType, schemaType, actual: jsonType(value) });
      return value;
    }
    if (isList(value) && here.type === "list") {
      return value.map((item, index) => read(here.of, item, `${path}[${index}]`));
    }
    if (!isObject(value) || here.type === "any") return value;
    return readFields(here, value, path);
  };

  const readFields = (here: Schema, value: JsonObject, path: string): JsonObject => {
    const kept: [string, Json][] = [];
    for (const [field, item] of Object.entries(value)) {
      const inner = path === "" ? field : `${path}.${field}`;
      const schemaOfField = here.type === "struct" ? here.fields[field] : here.type === "map" ? here.of : undefined;
      if (schemaOfField === undefined) unknown.push(inner);
      else if (item !== null && item !== undefined) kept.push([field, read(schemaOfField, item, inner)]);
    }
    return Object.fromEntries(kept);
  };

  return { object: readFields(schema, object, ""), unknown, mistyped };
}

/** The Go type that the value should have, if it does not. */
function mismatch(schema: Schema, value: Json): string | undefined {
  switch (schema.type) {
    case "text":
      return typeof value === "string" ? undefined : "string";
    case "whole":
      return typeof value === "number" && Number.isInteger(value) ? undefined : "int32";
    case "flag":
      return typeof value === "boolean" ? undefined : "bool";
    case "struct":
      return isObject(value) ? undefined : "struct";
    case "map":
      return isObject(value) ? undefined : "map";
    case "list":
      return isList(value) ? undefined : "slice";
    case "any":
      return undefined;
  }
}

function jsonType(value: Json): string {
  if (isList(value)) return "array";
  if (typeof value === "boolean") return "bool";
  return typeof value;
}
