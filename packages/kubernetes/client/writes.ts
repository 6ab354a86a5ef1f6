import type { Caller } from "./caller.ts";
import type { DeleteOptions, Patch, Ref, Resource, WriteOptions } from "./model.ts";
import { withQuery } from "./path.ts";
import type { Places } from "./places.ts";
import { resource } from "./reads.ts";

export interface Writes {
  create(object: Resource, options?: WriteOptions): Promise<Resource>;
  patch(ref: Ref, patch: Patch, options?: WriteOptions): Promise<Resource>;
  delete(ref: Ref, options?: DeleteOptions): Promise<void>;
}

const contentTypes: Readonly<Record<Patch["type"], string>> = {
  json: "application/json-patch+json",
  merge: "application/merge-patch+json",
  strategic: "application/strategic-merge-patch+json",
  apply: "application/apply-patch+yaml",
};

export function createWrites(caller: Caller, places: Places): Writes {
  const target = { caller, places };
  return {
    create: (object, options = {}) => create(target, object, options),
    patch: (ref, change, options = {}) => patch(target, { ref, change }, options),
    delete: (ref, options = {}) => remove(target, ref, options),
  };
}

interface Target {
  caller: Caller;
  places: Places;
}

async function create({ caller, places }: Target, object: Resource, options: WriteOptions): Promise<Resource> {
  const { apiVersion, kind, metadata } = object;
  const { signal, subresource } = options;
  const { name, namespace } = metadata;
  const place = { apiVersion, kind, namespace, name, subresource, isNew: subresource === undefined };
  const { path, subject } = await places.find(place, signal);
  const { json } = await caller.call({
    method: "POST",
    path: withQuery(path, writeQuery(options)),
    contentType: "application/json",
    body: JSON.stringify(object),
    verb: "create",
    subject,
    repeatable: options.dryRun === true,
    signal,
    onWarning: options.onWarning,
  });
  return resource(json, subject);
}

interface Change {
  ref: Ref;
  change: Patch;
}

async function patch({ caller, places }: Target, { ref, change }: Change, options: WriteOptions): Promise<Resource> {
  const { signal, subresource } = options;
  const { path, subject } = await places.find({ ...ref, subresource }, signal);
  const force = change.type === "apply" ? String(change.force === true) : undefined;
  const { json } = await caller.call({
    method: "PATCH",
    path: withQuery(path, { ...writeQuery(options), force }),
    contentType: contentTypes[change.type],
    body: JSON.stringify(change.body),
    verb: change.type === "apply" ? "apply" : "patch",
    subject,
    repeatable: options.dryRun === true,
    signal,
    onWarning: options.onWarning,
  });
  return resource(json, subject);
}

async function remove({ caller, places }: Target, ref: Ref, options: DeleteOptions): Promise<void> {
  const { uid, resourceVersion, propagation, dryRun, signal } = options;
  const { path, subject } = await places.find(ref, signal);
  const body = {
    apiVersion: "v1",
    kind: "DeleteOptions",
    propagationPolicy: propagation,
    preconditions: uid === undefined && resourceVersion === undefined ? undefined : { uid, resourceVersion },
    dryRun: dryRun === true ? ["All"] : undefined,
  };
  await caller.call({
    method: "DELETE",
    path,
    contentType: "application/json",
    body: JSON.stringify(body),
    verb: "delete",
    subject,
    repeatable: dryRun === true,
    signal,
  });
}

/** `Strict`: a field that the server does not know is a mistake of whoever wrote the manifest, and must not be dropped in silence. */
function writeQuery({ fieldManager = "cutover", dryRun }: WriteOptions) {
  return { fieldManager, fieldValidation: "Strict", dryRun: dryRun === true ? "All" : undefined };
}
