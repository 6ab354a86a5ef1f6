import type { ApiObject } from "./api-object.ts";
import type { JsonObject } from "./json.ts";
import type { Kind, KindName } from "./kinds.ts";
import { ApiError, conflict, invalid, modified } from "./status.ts";

/**
 * What a written object says of the one that it replaces must be true.
 * @throws ApiError 409 for another resourceVersion; for another uid 409 in a PUT and 422 in a patch
 */
export function checkPreconditions(kind: Kind, live: ApiObject, { resourceVersion, uid, isPut }: JsonObject): void {
  const { name, resourceVersion: current, uid: actual } = live.metadata;
  if (uid !== undefined && uid !== "" && uid !== actual) {
    if (isPut !== true) throw immutableUid(kind, name, String(uid));
    const why = `Precondition failed: UID in precondition: ${String(uid)}, UID in object meta: ${actual}`;
    throw conflict(kind, name, storageKey[kind.name] === undefined ? why : storageError(kind, live, why));
  }
  if (resourceVersion !== undefined && resourceVersion !== "" && resourceVersion !== current)
    throw modified(kind, name);
}

/**
 * A configuration that names the uid of an object that is not there is for another one.
 * @throws ApiError 409
 */
export function checkNew(kind: Kind, { name, uid }: JsonObject): void {
  if (uid === undefined || uid === "") return;
  const why = `uid mismatch: the provided object specified uid ${String(uid)}, and no existing object was found`;
  throw conflict(kind, String(name), why);
}

/** Kinds that a PUT creates are checked where they are stored, and the answer tells where that is. */
const storageKey: Partial<Record<KindName, string>> = { Service: "services/specs", Lease: "leases", Event: "events" };

function storageError(kind: Kind, { metadata }: ApiObject, why: string): string {
  const key = `/registry/${storageKey[kind.name]}/${metadata.namespace}/${metadata.name}`;
  return `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: ${why}`;
}

/** A patch that names another uid is told so twice in the causes, as the real server does. */
function immutableUid(kind: Kind, name: string, uid: string): ApiError {
  const message = `Invalid value: ${JSON.stringify(uid)}: field is immutable`;
  const cause = { reason: "FieldValueInvalid", message, field: "metadata.uid" };
  const { message: text, details } = invalid(kind, name, [cause]);
  return new ApiError({ code: 422, reason: "Invalid" }, text, { ...details, causes: [cause, cause] });
}
