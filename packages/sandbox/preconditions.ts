import type { ApiObject } from "./api-object.ts";
import type { Json, JsonObject } from "./json.ts";
import type { Kind } from "./kinds.ts";
import { ApiError, conflict, invalid, modified } from "./status.ts";

/** How a write is checked against what is there. */
interface Writing {
  readonly isPut: boolean;
  readonly dryRun: boolean;
}

/**
 * What a written object says of the one that it replaces must be true.
 * @throws ApiError 409 for another resourceVersion; for another uid 409 in a PUT and 422 in a patch
 */
export function checkPreconditions(
  kind: Kind,
  live: ApiObject,
  { metadata, isPut, dryRun }: Writing & { metadata: JsonObject },
): void {
  const { name, resourceVersion: current } = live.metadata;
  const { resourceVersion, uid } = metadata;
  if (typeof resourceVersion === "string" && !/^\d*$/.test(resourceVersion)) {
    const why = `strconv.ParseUint: parsing ${JSON.stringify(resourceVersion)}: invalid syntax`;
    throw new ApiError({ code: 500, reason: "" }, why);
  }
  const isOther = uid !== undefined && uid !== "" && uid !== live.metadata.uid;
  if (isPut) checkStoredUid(kind, live.metadata, { uid, dryRun });
  if (resourceVersion !== undefined && resourceVersion !== "" && resourceVersion !== current)
    throw modified(kind, name);
  if (isOther) throw immutableUid(kind, name, String(uid));
}

/**
 * A PUT that names a uid is checked where objects are stored, and the refusal tells where that is.
 * @throws ApiError 409
 */
export function checkStoredUid(
  kind: Kind,
  { namespace, name, uid: actual = "" }: JsonObject,
  { uid, dryRun }: { uid: Json | undefined; dryRun: boolean },
): void {
  if (uid === undefined || uid === "" || uid === actual) return;
  const folder = kind.name === "Service" ? "services/specs" : kind.plural;
  const key = [dryRun ? "" : "/registry", folder, namespace, name].filter((part) => part !== undefined).join("/");
  const why = `Precondition failed: UID in precondition: ${String(uid)}, UID in object meta: ${String(actual)}`;
  const where = `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0`;
  throw conflict(kind, String(name), `${where}, AdditionalErrorMsg: ${why}`);
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

/** A patch that names another uid is told so twice in the causes, as the real server does. */
function immutableUid(kind: Kind, name: string, uid: string): ApiError {
  const message = `Invalid value: ${JSON.stringify(uid)}: field is immutable`;
  const cause = { reason: "FieldValueInvalid", message, field: "metadata.uid" };
  const { message: text, details } = invalid(kind, name, [cause]);
  return new ApiError({ code: 422, reason: "Invalid" }, text, { ...details, causes: [cause, cause] });
}
