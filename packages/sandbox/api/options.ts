import { ApiError, type Cause, notSupported } from "../status.ts";

/** What a write may ask for beside its body, as the server names it in refusals. */
export type OptionsKind = "CreateOptions" | "UpdateOptions" | "PatchOptions" | "DeleteOptions" | "ListOptions";

/**
 * Refuses what the query asks for wrongly.
 * @throws ApiError 422
 */
export function checkWriteOptions(kind: OptionsKind, query: URLSearchParams, isApply = false): void {
  const dryRun = query.getAll("dryRun").filter((one) => one !== "");
  const isDry = dryRun.every((one) => one === "All");
  const manager = query.get("fieldManager") ?? "";
  const validation = query.get("fieldValidation") ?? "";
  const hasForce = query.get("force") !== null;
  refuse(kind, [
    ...(isApply && manager === ""
      ? [cause("Required", "fieldManager", "Required value: is required for apply patch")]
      : []),
    ...(kind === "PatchOptions" && !isApply && hasForce
      ? [cause("Forbidden", "force", "Forbidden: may not be specified for non-apply patch")]
      : []),
    ...(manager.length > 128 ? [cause("TooLong", "fieldManager", "Too long: may not be more than 128 bytes")] : []),
    ...(isDry ? [] : [notSupported("dryRun", JSON.stringify(dryRun), ["All"])]),
    ...(["", "Ignore", "Strict", "Warn"].includes(validation)
      ? []
      : [notSupported("fieldValidation", JSON.stringify(validation), ["", "Ignore", "Strict", "Warn"])]),
  ]);
}

/**
 * Refuses what a list or a watch asks for wrongly.
 * @throws ApiError 422
 */
export function checkListOptions(query: URLSearchParams, isWatch: boolean): void {
  const match = query.get("resourceVersionMatch") ?? "";
  const version = query.get("resourceVersion") ?? "";
  const initial = query.get("sendInitialEvents");
  const on = (message: string, field = "resourceVersionMatch"): Cause =>
    cause("Forbidden", field, `Forbidden: ${message}`);
  const ofWatch = (): Cause[] => {
    if (initial === null) {
      return match === ""
        ? []
        : [on("resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided")];
    }
    if (match !== "NotOlderThan")
      return [on("sendInitialEvents requires setting resourceVersionMatch to NotOlderThan")];
    return [];
  };
  const ofList = (): Cause[] => [
    ...(match === "" || version !== ""
      ? []
      : [on("resourceVersionMatch is forbidden unless resourceVersion is provided")]),
    ...(match === "Exact" && version === "0"
      ? [on('resourceVersionMatch "exact" is forbidden for resourceVersion "0"')]
      : []),
    ...(["", "Exact", "NotOlderThan"].includes(match)
      ? []
      : [notSupported("resourceVersionMatch", JSON.stringify(match), ["Exact", "NotOlderThan", ""])]),
    ...(initial === null ? [] : [on("sendInitialEvents is forbidden for list", "sendInitialEvents")]),
  ];
  refuse("ListOptions", isWatch ? ofWatch() : ofList());
}

function cause(reason: string, field: string, message: string): Cause {
  return { reason: `FieldValue${reason}`, message, field };
}

/** @throws ApiError 422 where there is a cause */
export function refuse(kind: OptionsKind, causes: readonly Cause[]): void {
  if (causes.length === 0) return;
  const texts = causes.map(({ field, message }) => `${field}: ${message}`);
  const list = texts.length === 1 ? texts[0] : `[${texts.join(", ")}]`;
  const details = { group: "meta.k8s.io", kind, causes };
  throw new ApiError({ code: 422, reason: "Invalid" }, `${kind}.meta.k8s.io "" is invalid: ${list}`, details);
}
