import type { JsonObject } from "./json.ts";
import { type Kind, qualifiedKind, resourceOf } from "./kinds.ts";

export interface Cause extends JsonObject {
  readonly reason: string;
  readonly message: string;
  readonly field: string;
}

/** A refusal that leaves the server as a `Status` object. */
export class ApiError extends Error {
  readonly code: number;
  readonly reason: string;
  readonly details: JsonObject | undefined;

  constructor(kind: { readonly code: number; readonly reason: string }, message: string, details?: JsonObject) {
    super(message);
    this.code = kind.code;
    this.reason = kind.reason;
    this.details = details;
  }

  get body(): JsonObject {
    const { code, reason, message, details } = this;
    const status = { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", message };
    return {
      ...status,
      ...(reason === "" ? {} : { reason }),
      ...(details === undefined ? {} : { details }),
      code,
    };
  }
}

export function notFound(kind: Kind, name: string): ApiError {
  return new ApiError({ code: 404, reason: "NotFound" }, `${resourceOf(kind)} "${name}" not found`, named(kind, name));
}

export function alreadyExists(kind: Kind, name: string, isEnding = false): ApiError {
  return new ApiError(
    { code: 409, reason: "AlreadyExists" },
    `${isEnding ? "object is being deleted: " : ""}${resourceOf(kind)} "${name}" already exists`,
    named(kind, name),
  );
}

export function conflict(kind: Kind, name: string, why: string): ApiError {
  const message = `Operation cannot be fulfilled on ${resourceOf(kind)} "${name}": ${why}`;
  return new ApiError({ code: 409, reason: "Conflict" }, message, named(kind, name));
}

/** The refusal of a write that is based on an older version. */
export function modified(kind: Kind, name: string): ApiError {
  const advice = "please apply your changes to the latest version and try again";
  return conflict(kind, name, `the object has been modified; ${advice}`);
}

export function forbidden(kind: Kind, name: string, why: string): ApiError {
  const subject = name === "" ? resourceOf(kind) : `${resourceOf(kind)} "${name}"`;
  return new ApiError({ code: 403, reason: "Forbidden" }, `${subject} is forbidden: ${why}`, named(kind, name));
}

export function invalid(kind: Kind, name: string, causes: readonly Cause[]): ApiError {
  // Every cause is listed, but what is told twice is printed once.
  const texts = [...new Set(causes.map((cause) => `${cause.field}: ${cause.message}`))];
  const list = texts.length === 1 ? texts[0] : `[${texts.join(", ")}]`;
  const details = { ...named(kind, name), kind: kind.name, causes };
  return new ApiError(
    { code: 422, reason: "Invalid" },
    `${qualifiedKind(kind)} "${name}" is invalid: ${list}`,
    details,
  );
}

/** The cause that names what could have been said instead. */
export function notSupported(field: string, value: string, supported: readonly string[]): Cause {
  const texts = supported.map((one) => JSON.stringify(one)).join(", ");
  return {
    reason: "FieldValueNotSupported",
    message: `Unsupported value: ${value}: supported values: ${texts}`,
    field,
  };
}

export function badRequest(message: string): ApiError {
  return new ApiError({ code: 400, reason: "BadRequest" }, message);
}

export function expired(asked: number, oldest: number): ApiError {
  return new ApiError({ code: 410, reason: "Expired" }, `too old resource version: ${asked} (${oldest})`);
}

export function pageNotFound(): ApiError {
  return new ApiError({ code: 404, reason: "NotFound" }, "the server could not find the requested resource", {});
}

export function methodNotAllowed(): ApiError {
  return new ApiError(
    { code: 405, reason: "MethodNotAllowed" },
    "the server does not allow this method on the requested resource",
    {},
  );
}

function named(kind: Kind, name: string): JsonObject {
  return {
    ...(name === "" ? {} : { name }),
    ...(kind.group === "" ? {} : { group: kind.group }),
    kind: kind.plural,
  };
}
