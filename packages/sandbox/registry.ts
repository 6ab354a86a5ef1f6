import { Admission } from "./admission/admission.ts";
import { allocated, keptAllocations } from "./admission/allocation.ts";
import { decoded, type Strictness, untyped } from "./admission/decoding.ts";
import { withDefaults } from "./admission/defaults.ts";
import { newMetadata, withInitialStatus } from "./admission/new-object.ts";
import { confined, countedMetadata } from "./admission/reach.ts";
import { causesAgainst } from "./admission/validation.ts";
import type { ApiObject } from "./api-object.ts";
import type { SandboxClock } from "./clock.ts";
import { at, type JsonObject, objectAt, withValue } from "./json.ts";
import { apiVersionOf, type Kind, type KindName, kindNamed, type ObjectsByKind } from "./kinds.ts";
import { type Applied, apply } from "./patches/apply.ts";
import { keyFault } from "./patches/associative.ts";
import { beforeFirstApply, type Manager, type Ownership, updated } from "./patches/managed-fields.ts";
import { ownedObject, ownersBefore, sameButForTimes, withOwners } from "./patches/owned-object.ts";
import { checkNew, checkPreconditions } from "./preconditions.ts";
import type { Random } from "./random.ts";
import { schemaOf } from "./schema/kind-schemas.ts";
import { withoutZeros } from "./schema/zeros.ts";
import { alreadyExists, badRequest, invalid, notFound } from "./status.ts";
import type { Store } from "./store.ts";

/** How a write is to be done. */
export interface WriteOptions {
  /** Who owns the fields afterwards. */
  readonly manager: string;
  readonly subresource?: string | undefined;
  /** Compute the result, store nothing. */
  readonly dryRun?: boolean;
  readonly strictness?: Strictness;
  /** Looks at what is applied once it is known not to conflict, and may refuse it. */
  readonly confirm?: (config: JsonObject) => void;
  /** Who owns what after an update, where that does not follow from its changes. */
  readonly ownersAfter?: (owners: readonly Ownership[]) => readonly Ownership[];
  /** For apply: take fields from other managers. */
  readonly force?: boolean;
}

/** Where objects of a kind are; the namespace is `undefined` for cluster-wide kinds. */
export interface Place<K extends KindName = KindName> {
  readonly kind: K;
  readonly namespace: string | undefined;
}

export interface Target<K extends KindName = KindName> extends Place<K> {
  readonly name: string;
}

/** Writes objects by the rules of the API server: names, defaults, validation, preconditions, generations, owners of fields. */
export class Registry {
  readonly store: Store;
  readonly clock: SandboxClock;
  readonly random: Random;
  readonly admission: Admission;

  constructor(store: Store, clock: SandboxClock, random: Random) {
    this.store = store;
    this.clock = clock;
    this.random = random;
    this.admission = new Admission(store);
  }

  /** The calendar's time as objects carry it. */
  get timestamp(): string {
    return this.clock
      .date()
      .toISOString()
      .replace(/\.\d+Z$/, "Z");
  }

  /** @throws ApiError 409 AlreadyExists, 422, 404 for a missing namespace */
  create<K extends KindName>(place: Place<K>, draft: JsonObject, how: WriteOptions): ObjectsByKind[K] {
    const kind = kindNamed(place.kind);
    const body = withDefaults(place.kind, creatable(kind, decode(kind, draft, how), how));
    const fresh = this.#fresh(kind, place, body);
    const before = { apiVersion: fresh.apiVersion, kind: fresh.kind };
    const writer = { owners: [], manager: managerOf(kind, how), time: this.timestamp };
    const owners = updated(schemaOf(kind.name), { before, after: fresh }, writer);
    return this.#insert(kind, { ...fresh, metadata: withOwners(fresh.metadata, owners) }, how);
  }

  /**
   * Changes what is there; a resourceVersion or uid in the changed object is a precondition.
   * @throws ApiError 404, 409, 422
   */
  update<K extends KindName>(
    target: Target<K>,
    change: (live: ObjectsByKind[K]) => JsonObject,
    how: WriteOptions,
  ): ObjectsByKind[K] {
    const kind = kindNamed(target.kind);
    const live = this.store.get(target.kind, target.namespace, target.name);
    if (live === undefined) throw notFound(kind, target.name);
    const draft = change(live);
    if (draft === live) return live;
    const body = decode(kind, draft, how);
    const isPut = how.strictness?.source === "body";
    const dryRun = how.dryRun ?? false;
    checkPreconditions(kind, live, { metadata: objectAt(draft, "metadata"), isPut, dryRun });
    const next = this.#next(kind, live, { body, how });
    const before = how.subresource === undefined ? ownersBefore(live, draft) : ownersBefore(live, live);
    const writer = { owners: before, manager: managerOf(kind, how), time: this.timestamp };
    // What nobody owns, such as an object that was created empty, stays so until it is first applied.
    const tracked = (): readonly Ownership[] => updated(schemaOf(kind.name), { before: live, after: next }, writer);
    const owners = how.ownersAfter?.(before) ?? (before.length === 0 ? [] : tracked());
    return this.#replace(kind, live, { next, owners, how });
  }

  /**
   * Server-side apply: creates or changes.
   * @throws ApiError 409 where another manager owns a field with another value, and no force is used
   */
  apply<K extends KindName>(target: Target<K>, config: JsonObject, how: WriteOptions): ObjectsByKind[K] {
    const kind = kindNamed(target.kind);
    if (at(config, "metadata", "managedFields") !== undefined) throw badRequest("metadata.managedFields must be nil");
    const metadata = { ...objectAt(config, "metadata"), name: target.name };
    const schema = schemaOf(kind.name);
    const wanted = appliedPart(kind, how, decode(kind, { ...config, metadata }, how));
    const fault = keyFault(schema, wanted);
    if (fault !== undefined) throw untyped(kind, config, fault);
    const manager: Manager = { ...managerOf(kind, how), operation: "Apply" };
    const intent = { manager, config: wanted, time: this.timestamp, force: how.force ?? false };
    const live = this.store.get(target.kind, target.namespace, target.name);
    const blank = { apiVersion: apiVersionOf(kind), kind: target.kind };
    const before = live === undefined ? { object: blank, owners: [] } : this.#owned(kind, live, how);
    const applied = apply(schema, before, intent);
    how.confirm?.(config);
    if (live !== undefined) checkPreconditions(kind, live, { metadata, isPut: false, dryRun: how.dryRun ?? false });
    const [object, owners] = [withSpec(kind, withoutZeros(schema, applied.object)), applied.owners];
    if (live !== undefined) {
      return this.#replace(kind, live, { next: this.#next(kind, live, { body: object, how }), owners, how });
    }
    if (how.subresource !== undefined) throw notFound(kind, target.name);
    checkNew(kind, metadata);
    const unversioned = withValue(object, ["metadata", "resourceVersion"], undefined);
    const fresh = this.#fresh(kind, target, withDefaults(target.kind, unversioned));
    return this.#insert(kind, { ...fresh, metadata: withOwners(fresh.metadata, owners) }, how);
  }

  /** Before anything is applied, all that is there belongs to nobody in particular. */
  #owned(kind: Kind, live: ApiObject, how: WriteOptions): Applied {
    const owned = ownedObject(live);
    if (owned.owners.length > 0) return owned;
    const manager = managerOf(kind, { ...how, manager: beforeFirstApply });
    const before = { apiVersion: live.apiVersion, kind: live.kind };
    const writer = { owners: [], manager, time: this.timestamp };
    return { object: live, owners: updated(schemaOf(kind.name), { before, after: live }, writer) };
  }

  #fresh(kind: Kind, { namespace }: Place, body: JsonObject): ApiObject {
    this.admission.requireNamespace(kind, namespace, String(at(body, "metadata", "name") ?? ""));
    const metadata = newMetadata(kind, objectAt(body, "metadata"), {
      namespace,
      random: this.random,
      timestamp: this.timestamp,
    });
    const object = { ...body, apiVersion: apiVersionOf(kind), kind: kind.name, metadata };
    // A webhook leaves an object what it is.
    return this.admission.mutated({ operation: "CREATE", kind, object }) as ApiObject;
  }

  #next(kind: Kind, live: ApiObject, { body, how }: { body: JsonObject; how: WriteOptions }): JsonObject {
    const filled = withDefaults(kind.name, body);
    const next = confined(kind, { live, body: filled, subresource: how.subresource });
    const review = { operation: "UPDATE", kind, object: next, old: live } as const;
    const object = how.subresource === undefined ? this.admission.mutated(review) : next;
    return keptAllocations(kind.name, object, live);
  }

  #insert<K extends KindName>(kind: Kind, fresh: ApiObject, how: WriteOptions): ObjectsByKind[K] {
    const object = allocated(this.store, {
      kind: kind.name,
      object: withInitialStatus(kind, fresh),
      dryRun: how.dryRun ?? false,
    }) as ApiObject;
    const causes = causesAgainst(kind.name, object, undefined);
    if (causes.length > 0) throw invalid(kind, fresh.metadata.name, causes);
    this.admission.check({ operation: "CREATE", kind, object });
    const { namespace, name } = fresh.metadata;
    const taken = this.store.get(kind.name, namespace, name);
    if (taken !== undefined) throw alreadyExists(kind, name, taken.metadata.deletionTimestamp !== undefined);
    // What was only tried has no version.
    const unversioned = withValue(object, ["metadata", "resourceVersion"], undefined);
    return (how.dryRun ? unversioned : this.store.put(kind.name, object)) as ObjectsByKind[K];
  }

  #replace<K extends KindName>(
    kind: Kind,
    live: ObjectsByKind[K],
    { next: asked, owners, how }: { next: JsonObject; owners: readonly Ownership[]; how: WriteOptions },
  ): ObjectsByKind[K] {
    const next = allocated(this.store, { kind: kind.name, object: asked, dryRun: how.dryRun ?? false });
    const causes = causesAgainst(kind.name, next, live);
    if (causes.length > 0) throw invalid(kind, live.metadata.name, causes);
    if (how.subresource === undefined) this.admission.check({ operation: "UPDATE", kind, object: next, old: live });
    const metadata = withOwners(countedMetadata(kind, live, { next, subresource: how.subresource }), owners);
    const { apiVersion, kind: kindName } = live;
    const object = { ...next, apiVersion, kind: kindName, metadata } as ObjectsByKind[K];
    if (sameButForTimes(live, object)) return live;
    if (how.dryRun) return object;
    const isFinished = metadata.deletionTimestamp !== undefined && (metadata.finalizers ?? []).length === 0;
    // A pod's end is the kubelet's to declare.
    if (isFinished && kind.name !== "Pod" && kind.name !== "Namespace") {
      this.store.remove(kind.name, object);
      // The answer is what was there when its last finalizer went.
      return withValue(object, ["metadata", "resourceVersion"], live.metadata.resourceVersion) as ObjectsByKind[K];
    }
    return this.store.put(kind.name, object) as ObjectsByKind[K];
  }
}

function decode(kind: Kind, draft: JsonObject, how: WriteOptions): JsonObject {
  if (how.strictness === undefined) return draft;
  const object = decoded(kind, draft, how.strictness);
  // What is applied owns even its zeros.
  return how.strictness.source === "apply" ? object : withSpec(kind, withoutZeros(schemaOf(kind.name), object));
}

/** A client cannot say what the status of a new object is. */
function creatable(kind: Kind, object: JsonObject, { strictness }: WriteOptions): JsonObject {
  const hasStatus = strictness !== undefined && kind.subresources.includes("status");
  return hasStatus ? withValue(object, ["status"], undefined) : object;
}

/** A spec is there even where nobody said anything of it. */
function withSpec(kind: Kind, object: JsonObject): JsonObject {
  return !schemaOf(kind.name).zeros.has("spec") ? object : { spec: {}, ...object };
}

/** An apply cannot own what its endpoint does not write. */
function appliedPart(kind: Kind, { subresource }: WriteOptions, config: JsonObject): JsonObject {
  if (subresource === "status") return withValue(config, ["spec"], undefined);
  return kind.subresources.includes("status") ? withValue(config, ["status"], undefined) : config;
}

function managerOf(kind: Kind, how: WriteOptions): Manager {
  return { name: how.manager, operation: "Update", apiVersion: apiVersionOf(kind), subresource: how.subresource };
}
