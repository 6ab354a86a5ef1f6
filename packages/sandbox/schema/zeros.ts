import { isList, isObject, type Json, type JsonObject } from "../json.ts";
import type { Schema } from "./schema.ts";

/**
 * The object as Go writes it: texts, numbers, flags, lists and maps that are empty are left out, where a zero is not told
 * from nothing.
 */
export function withoutZeros(schema: Schema, object: JsonObject): JsonObject {
  if (schema.type !== "struct" && schema.type !== "map") return object;
  const kept = Object.entries(object).flatMap(([key, value]): [string, Json][] => {
    if (value === undefined) return [];
    const inner = schema.type === "map" ? schema.of : schema.fields[key];
    if (inner === undefined) return [[key, value]];
    const isTold = schema.type === "map" || schema.zeros.has(key);
    const item = below(inner, value);
    return !isTold && isZero(inner, item) ? [] : [[key, item]];
  });
  return Object.fromEntries(kept);
}

function below(schema: Schema, value: Json): Json {
  if (isList(value) && schema.type === "list") return value.map((item) => below(schema.of, item));
  return isObject(value) ? withoutZeros(schema, value) : value;
}

function isZero(schema: Schema, value: Json): boolean {
  if (schema.type === "list") return isList(value) && value.length === 0;
  // The free JSON of a ControllerRevision is bytes to the server.
  if (schema.type === "map") return schema.of.type !== "any" && isObject(value) && Object.keys(value).length === 0;
  // A zero of a type that is text or number is told.
  return schema.type !== "any" && (value === "" || value === 0 || value === false);
}
