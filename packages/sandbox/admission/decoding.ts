import { isList, isObject, type Json, type JsonObject, objectAt } from "../json.ts";
import type { Kind } from "../kinds.ts";
import { decode, type Mistyped } from "../schema/decode.ts";
import { schemaOf } from "../schema/kind-schemas.ts";
import { ApiError, badRequest } from "../status.ts";

/** The query parameter `fieldValidation`. */
export type FieldValidation = "Ignore" | "Warn" | "Strict";

/** Where the object came from decides how the server words a refusal. */
export type Source = "body" | "patch" | "apply";

export interface Strictness {
  readonly validation: FieldValidation;
  readonly source: Source;
  /** Collects the `Warning` headers. */
  readonly warnings: string[];
  /** The patch, where refusals quote it instead of the object that it makes. */
  readonly sent?: string | undefined;
}

/**
 * Reads an object as its kind: drops what nobody knows, refuses it where strictness was asked.
 * @throws ApiError 400, for patches 422, for apply 500 as the real server does.
 */
export function decoded(kind: Kind, object: JsonObject, strictness: Strictness): JsonObject {
  const found = decode(schemaOf(kind.name), object);
  // A patched object is read in the order of its fields' names.
  const [wrong] = strictness.source === "patch" ? found.mistyped.toSorted(byPath) : found.mistyped;
  const [unknown] = found.unknown.toSorted((a, b) => (a < b ? -1 : 1));
  if (strictness.source === "apply") {
    if (wrong !== undefined)
      throw untyped(kind, object, `.${wrong.path}: expected ${wrong.schemaType}, got ${untypedValue(wrong)}`);
    if (unknown !== undefined) throw untyped(kind, object, `.${unknown}: field not declared in schema`);
  }
  if (found.illegalByte !== undefined && strictness.source !== "apply") {
    throw undecodable({ kind, object }, `illegal base64 data at input byte ${found.illegalByte}`, strictness);
  }
  if (wrong !== undefined) throw undecodable({ kind, object }, unmarshalling(wrong, strictness), strictness);
  const texts = found.unknown.map((path) => `unknown field ${JSON.stringify(path)}`);
  if (unknown !== undefined && strictness.validation === "Strict") {
    throw undecodable({ kind, object }, `strict decoding error: ${texts.join(", ")}`, strictness);
  }
  if (strictness.validation === "Warn") strictness.warnings.push(...texts);
  return found.object;
}

function byPath(a: Mistyped, b: Mistyped): number {
  const [left, right] = [a.path.split("."), b.path.split(".")];
  const index = left.findIndex((part, place) => part !== right[place]);
  return (left[index] ?? "") < (right[index] ?? "") ? -1 : 1;
}

function undecodable(
  { kind, object }: { kind: Kind; object: JsonObject },
  why: string,
  { source, sent }: Strictness,
): ApiError {
  if (source === "patch") {
    const message = `Invalid value: ${JSON.stringify(sent ?? JSON.stringify(object))}: ${why}`;
    const causes = [{ reason: "FieldValueInvalid", message, field: "patch" }];
    return new ApiError({ code: 422, reason: "Invalid" }, ` "" is invalid: patch: ${message}`, { causes });
  }
  const [name, version] = [kind.name, kind.version];
  return badRequest(`${name} in version "${version}" cannot be handled as a ${name}: ${why}`);
}

/** The merge library prints its own wrapper of a scalar where it expected another kind of scalar. */
function untypedValue({ schemaType, actual, value }: Mistyped): string {
  const isPrinted = schemaType === "string" || schemaType === "boolean";
  return isPrinted && !isObject(value) ? `&value.valueUnstructured{Value:${JSON.stringify(value)}}` : actual;
}

/** Go names the struct that has the field, and leaves out which item of a list it was. */
function unmarshalling({ goPath, owner, goType, actual, value }: Mistyped, { sent }: Strictness): string {
  // A strategic patch never becomes JSON again.
  if (sent !== undefined) return inconvertible(value, goType);
  const field = `${owner}.${goPath}`;
  return `json: cannot unmarshal ${actual} into Go struct field ${field} of type ${goType}`;
}

/** As k8s.io/apimachinery/pkg/runtime/converter.go says it. */
function inconvertible(value: Json, goType: string): string {
  const from = isObject(value) ? "map" : isList(value) ? "slice" : (goKinds[typeof value] ?? "");
  if (from === "int64" && goType === "string") return "cannot convert int64 to string";
  if (goType.startsWith("map[")) return `cannot restore map from ${from}`;
  if (goType.startsWith("[]")) return `cannot restore slice from ${from}`;
  return goType.startsWith("v1.") ? `cannot restore struct from: ${from}` : `unrecognized type: ${goType}`;
}

const goKinds: Readonly<Record<string, string>> = { string: "string", boolean: "bool", number: "int64" };

/** The refusal of a configuration that cannot be applied: 500, as the real server does. */
export function untyped(kind: Kind, object: JsonObject, why: string): ApiError {
  const metadata = objectAt(object, "metadata");
  const name = `${String(metadata.namespace ?? "")}/${String(metadata.name ?? "")}`;
  const which = `${name}; ${kind.group}/${kind.version}, Kind=${kind.name}`;
  return new ApiError({ code: 500, reason: "" }, `failed to create typed patch object (${which}): ${why}`);
}
