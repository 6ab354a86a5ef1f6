import { type JsonObject, objectAt } from "../json.ts";
import { apiVersionOf, type Kind } from "../kinds.ts";
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
  /** The patch as it is quoted in refusals. */
  readonly sent?: string;
}

/**
 * Reads an object as its kind: drops what nobody knows, refuses it where strictness was asked.
 * @throws ApiError 400, for patches 422, for apply 500 as the real server does.
 */
export function decoded(kind: Kind, object: JsonObject, strictness: Strictness): JsonObject {
  const found = decode(schemaOf(kind.name), object);
  const [wrong] = found.mistyped;
  const [unknown] = found.unknown.toSorted((a, b) => (a < b ? -1 : 1));
  if (strictness.source === "apply") {
    if (wrong !== undefined)
      throw untyped(kind, object, `.${wrong.path}: expected ${wrong.schemaType}, got ${wrong.actual}`);
    if (unknown !== undefined) throw untyped(kind, object, `.${unknown}: field not declared in schema`);
  }
  if (wrong !== undefined) throw undecodable(kind, unmarshalling(wrong), strictness);
  const texts = found.unknown.map((path) => `unknown field ${JSON.stringify(path)}`);
  if (unknown !== undefined && strictness.validation === "Strict") {
    throw undecodable(kind, `strict decoding error: ${texts.join(", ")}`, strictness);
  }
  if (strictness.validation === "Warn") strictness.warnings.push(...texts);
  return found.object;
}

function undecodable(kind: Kind, why: string, { source, sent }: Strictness): ApiError {
  if (source === "patch") {
    const message = `Invalid value: ${JSON.stringify(sent ?? "")}: ${why}`;
    const causes = [{ reason: "FieldValueInvalid", message, field: "patch" }];
    return new ApiError({ code: 422, reason: "Invalid" }, ` "" is invalid: patch: ${message}`, { causes });
  }
  const [name, version] = [kind.name, kind.version];
  return badRequest(`${name} in version "${version}" cannot be handled as a ${name}: ${why}`);
}

/** Go names the struct that has the field, and leaves out which item of a list it was. */
function unmarshalling({ path, owner, goType, actual }: Mistyped): string {
  const field = `${owner}.${path.replaceAll(/\[\d+\]/g, "")}`;
  return `json: cannot unmarshal ${actual} into Go struct field ${field} of type ${goType}`;
}

/** The refusal of a configuration that cannot be applied: 500, as the real server does. */
export function untyped(kind: Kind, object: JsonObject, why: string): ApiError {
  const metadata = objectAt(object, "metadata");
  const name = `${String(metadata.namespace ?? "")}/${String(metadata.name ?? "")}`;
  const which = `${name}; ${apiVersionOf(kind)}, Kind=${kind.name}`;
  return new ApiError({ code: 500, reason: "" }, `failed to create typed patch object (${which}): ${why}`);
}
