import { at, canonical, isList, isObject, type Json, type JsonObject, objectAt } from "../json.ts";
import type { KindName } from "../kinds.ts";
import type { Cause } from "../status.ts";
import { invalidValue, labelCauses, nameCauses, qualifiedNameCauses, qualifiedNameText } from "./names.ts";

/** What is wrong with an object's metadata, before and after its kind is asked what may change. */
export interface MetadataCauses {
  readonly ofUpdate: readonly Cause[];
  readonly full: readonly Cause[];
}

/** As k8s.io/apimachinery/pkg/api/validation/objectmeta.go has it. */
export function metadataCauses(kind: KindName, metadata: JsonObject, before: JsonObject | undefined): MetadataCauses {
  const always = [
    ...labelCauses(objectAt(metadata, "labels"), "metadata.labels"),
    ...Object.keys(objectAt(metadata, "annotations")).flatMap((key) =>
      qualifiedNameCauses(key.toLowerCase(), "metadata.annotations"),
    ),
    ...ownerCauses(isList(metadata.ownerReferences) ? metadata.ownerReferences : []),
  ];
  const finalizers = kind === "Lease" ? [] : finalizerCauses(finalizersIn(metadata));
  const full = [...always, ...finalizers];
  if (before === undefined) return { ofUpdate: [], full: [...nameCauses(kind, String(metadata.name)), ...full] };
  const isEnding = before.deletionTimestamp !== undefined;
  const added = isEnding ? newFinalizers(finalizersIn(before), finalizersIn(metadata)) : [];
  const ofUpdate = [...added, ...always, ...always, ...added, ...full];
  return { ofUpdate, full: checkedAgain.has(kind) ? full : [] };
}

/** The server checks the metadata of an update three times, and that of these kinds once more; each is a cause. */
const checkedAgain = new Set<KindName>(["ConfigMap", "Secret", "ControllerRevision", "Pod"]);

function finalizersIn({ finalizers }: JsonObject): string[] {
  return isList(finalizers) ? finalizers.map(String) : [];
}

function finalizerCauses(finalizers: readonly string[]): Cause[] {
  const standard = ["kubernetes", "orphan", "foregroundDeletion"];
  return [
    ...finalizers.flatMap((name) =>
      qualifiedNameCauses(name, "metadata.finalizers").length === 0
        ? []
        : [invalidValue("metadata.finalizers", JSON.stringify(name), qualifiedNameText)],
    ),
    ...finalizers.flatMap((name, index) =>
      name.includes("/") || standard.includes(name)
        ? []
        : [
            invalidValue(
              `metadata.finalizers[${index}]`,
              JSON.stringify(name),
              "name is neither a standard finalizer name nor is it fully qualified",
            ),
          ],
    ),
  ];
}

function newFinalizers(before: readonly string[], now: readonly string[]): Cause[] {
  const added = now.filter((name) => !before.includes(name));
  if (added.length === 0) return [];
  const list = `[]string{${added.map((name) => JSON.stringify(name)).join(", ")}}`;
  const why = "no new finalizers can be added if the object is being deleted, found new finalizers";
  return [{ reason: "FieldValueForbidden", message: `Forbidden: ${why} ${list}`, field: "metadata.finalizers" }];
}

function ownerCauses(owners: readonly Json[]): Cause[] {
  const field = "metadata.ownerReferences";
  const empty = (name: string, why: string) => (owner: Json) =>
    (at(owner, name) ?? "") === "" ? [invalidValue(`${field}.${name}`, '""', why)] : [];
  const checks = [
    empty("apiVersion", "version must not be empty"),
    empty("kind", "must not be empty"),
    empty("name", "must not be empty"),
    empty("uid", "must not be empty"),
  ];
  const [first, second] = owners.filter((owner) => at(owner, "controller") === true);
  const named = (owner: Json): string => `${String(at(owner, "kind"))}/${String(at(owner, "name"))}`;
  return [
    ...owners.flatMap((owner) => checks.flatMap((check) => check(owner))),
    ...(first === undefined || second === undefined
      ? []
      : [
          invalidValue(
            field,
            `[${owners.map(printed).join(",")}]`,
            `Only one reference can have Controller set to true. Found "true" in references for ${named(first)} and ${named(second)}`,
          ),
        ]),
  ];
}

/** In the order of the fields in Go. */
function printed(owner: Json): string {
  const order = ["apiVersion", "kind", "name", "uid", "controller", "blockOwnerDeletion"];
  const present = order.filter((key) => at(owner, key) !== undefined);
  return isObject(owner)
    ? `{${present.map((key) => `"${key}":${canonical(owner[key])}`).join(",")}}`
    : canonical(owner);
}
