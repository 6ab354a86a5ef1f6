import { type FieldSet, fieldsOf, isEmpty, noFields } from "./field-set.ts";
import { lose, type Manager, type Ownership } from "./managed-fields.ts";

const replicas: FieldSet = fieldsOf(false, [
  ["f:spec", fieldsOf(false, [["f:replicas", { member: true, below: new Map() }]])],
]);

/**
 * Who owns `spec.replicas`, and the rest, after a write to the `scale` subresource. The server keeps the owners of the
 * number apart while it writes a Scale, and then does not find who updated it among those of the object, as their
 * apiVersions differ: so each update that owned the number gets an entry of its own for it, without a time
 * (k8s.io/apimachinery/pkg/util/managedfields/scalehandler.go).
 */
export function scaledOwners(
  owners: readonly Ownership[],
  { manager, from, to }: { manager: Manager; from: number; to: number },
): readonly Ownership[] {
  const had = owners.filter(ownsReplicas);
  // A zero is left out of a Scale, so it belongs to nobody; and what nobody owned stays so.
  const isTaken = from !== to && had.length > 0;
  const now = !isTaken ? had.map((owner) => owner.manager) : to === 0 ? [] : [manager];
  const keeps = (owner: Ownership): boolean => owner.manager.operation === "Apply" && now.includes(owner.manager);
  const kept = owners.map((owner) => (!ownsReplicas(owner) || keeps(owner) ? owner : lose(owner, replicas)));
  const added = now.filter(({ operation }) => operation === "Update").map((own) => ({ ...owned, manager: own }));
  return [...kept.filter(({ fields }) => !isEmpty(fields)), ...added];
}

const owned = { time: undefined, fields: replicas };

function ownsReplicas({ fields }: Ownership): boolean {
  return (fields.below.get("f:spec") ?? noFields).below.has("f:replicas");
}
