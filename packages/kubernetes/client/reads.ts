import { CutoverError } from "@cutover/release";
import type { Caller } from "./caller.ts";
import type { ReadOptions } from "./client.ts";
import type { Collection, Ref, Resource, ResourceList } from "./model.ts";
import { withQuery } from "./path.ts";
import type { Places } from "./places.ts";
import { isList, isResource } from "./shape.ts";
import { isAbsence, statusReason } from "./status.ts";

/** Objects per page, as kubectl asks for. */
const pageSize = "500";

export interface Reads {
  get(ref: Ref, options?: ReadOptions): Promise<Resource>;
  find(ref: Ref, options?: ReadOptions): Promise<Resource | undefined>;
  list(collection: Collection, options?: ReadOptions): Promise<ResourceList>;
  ask(path: string, options?: ReadOptions): Promise<unknown>;
}

export function createReads(caller: Caller, places: Places): Reads {
  const get = async (ref: Ref, { signal }: ReadOptions = {}): Promise<Resource> => {
    const { path, subject } = await places.find(ref, signal);
    const { json } = await caller.call({ method: "GET", path, verb: "get", subject, repeatable: true, signal });
    return resource(json, subject);
  };
  const find = async (ref: Ref, options?: ReadOptions): Promise<Resource | undefined> => {
    try {
      return await get(ref, options);
    } catch (error) {
      if (isAbsence(error)) return undefined;
      throw error;
    }
  };
  const list = async (collection: Collection, { signal }: ReadOptions = {}): Promise<ResourceList> => {
    const { apiVersion, kind, labelSelector, fieldSelector } = collection;
    const { path, subject } = await places.find(collection, signal);
    const items: Resource[] = [];
    let next: string | undefined;
    for (;;) {
      const query = { labelSelector, fieldSelector, limit: pageSize, continue: next };
      const { json } = await caller.call({
        method: "GET",
        path: withQuery(path, query),
        verb: "list",
        subject,
        repeatable: true,
        signal,
      });
      if (!isList(json)) throw unreadable(subject);
      for (const item of json.items ?? []) items.push(resource({ ...item, apiVersion, kind }, subject));
      next = json.metadata.continue === "" ? undefined : json.metadata.continue;
      if (next === undefined) return { resourceVersion: json.metadata.resourceVersion, items };
    }
  };
  const ask = async (path: string, { signal }: ReadOptions = {}): Promise<unknown> => {
    const { json } = await caller.call({ method: "GET", path, verb: "get", subject: path, repeatable: true, signal });
    return json;
  };
  return { get, find, list: (collection, options) => restartOnce(() => list(collection, options)), ask };
}

/** A page's continuation expires after some minutes (410); the list then starts again. */
async function restartOnce<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (statusReason(error) !== "Expired") throw error;
    return read();
  }
}

/** @throws `unavailable` for an answer that is no object. */
export function resource(json: unknown, subject: string): Resource {
  if (isResource(json)) return json;
  throw unreadable(subject);
}

function unreadable(subject: string): CutoverError {
  return new CutoverError("unavailable", `The server's answer for ${subject} is no Kubernetes object`, {
    hint: "Check that the kubeconfig names an API server and that no proxy answers instead.",
  });
}
