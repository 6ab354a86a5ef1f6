import { CutoverError, isCutoverError } from "@cutover/release";
import * as z from "zod";
import type { Caller } from "./caller.ts";
import { builtInKind, type Kind } from "./kinds.ts";
import { groupPath, pathOf } from "./path.ts";

export interface Target {
  apiVersion: string;
  kind: string;
  namespace?: string | undefined;
  name?: string;
  subresource?: string | undefined;
  /** To be created: the path is that of its collection. */
  isNew?: boolean;
}

export interface FoundPlace {
  path: string;
  /** For messages: `Service shop in namespace prod`, `services in namespace prod`. */
  subject: string;
}

/** Finds the paths of objects: built-in kinds from a table, all others by asking the server once per group and version. */
export interface Places {
  /** @throws `not-found` if the server knows no such kind. */
  find(target: Target, signal?: AbortSignal): Promise<FoundPlace>;
}

const discoverySchema = z.object({
  resources: z.array(z.object({ name: z.string(), kind: z.string(), namespaced: z.boolean() })),
});

type Discovered = z.output<typeof discoverySchema>["resources"];

/** @param fallback namespace of a namespaced object that names none */
export function createPlaces(caller: Caller, fallback: string): Places {
  const asked = new Map<string, Promise<Discovered>>();
  const discover = (apiVersion: string, signal: AbortSignal | undefined): Promise<Discovered> => {
    const known = asked.get(apiVersion);
    if (known !== undefined) return known;
    const asking = askResources(caller, apiVersion, signal);
    asked.set(apiVersion, asking);
    asking.catch(() => asked.delete(apiVersion));
    return asking;
  };
  const kindOf = async ({ apiVersion, kind }: Target, signal: AbortSignal | undefined): Promise<Kind> => {
    const known = builtInKind(apiVersion, kind);
    if (known !== undefined) return known;
    const served = await discover(apiVersion, signal).catch((error: unknown) => {
      if (isCutoverError(error, "not-found")) throw unknownKind(apiVersion, kind, error);
      throw error;
    });
    const found = served.find((one) => one.kind === kind && !one.name.includes("/"));
    if (found === undefined) throw unknownKind(apiVersion, kind);
    return { resource: found.name, namespaced: found.namespaced };
  };
  return {
    async find(target, signal) {
      const kind = await kindOf(target, signal);
      const namespace = kind.namespaced
        ? (target.namespace ?? (target.name === undefined ? undefined : fallback))
        : undefined;
      const where = namespace === undefined ? "" : ` in namespace ${namespace}`;
      const what = target.name === undefined ? kind.resource : `${target.kind} ${target.name}`;
      const { apiVersion, name, subresource, isNew } = target;
      const path = pathOf({
        apiVersion,
        kind,
        namespace,
        subresource,
        ...(name === undefined || isNew === true ? {} : { name }),
      });
      return { path, subject: what + where };
    },
  };
}

async function askResources(caller: Caller, apiVersion: string, signal: AbortSignal | undefined): Promise<Discovered> {
  const path = groupPath(apiVersion);
  const { json } = await caller.call({
    method: "GET",
    path,
    verb: "find",
    subject: `kinds of ${apiVersion}`,
    repeatable: true,
    signal,
  });
  const parsed = discoverySchema.safeParse(json);
  if (!parsed.success)
    throw new CutoverError("unavailable", `The server's list of kinds of ${apiVersion} cannot be read`, {
      cause: parsed.error,
    });
  return parsed.data.resources;
}

function unknownKind(apiVersion: string, kind: string, cause?: unknown): CutoverError {
  return new CutoverError("not-found", `The cluster has no kind ${kind} in ${apiVersion}`, {
    hint: "Check apiVersion and kind, or install what defines them (its CustomResourceDefinition).",
    cause,
  });
}
