import { stringify } from "yaml";
import type { ApiObject } from "../api-object.ts";
import { isList, isObject, type Json, type JsonObject } from "../json.ts";
import { ApiError, badRequest } from "../status.ts";
import type { Answer, Exchange } from "./exchange.ts";
import type { Route } from "./route.ts";
import { type Included, partial, tableOf } from "./tables/table.ts";

/** How a client wants to see objects. */
export interface Representation {
  readonly media: "json" | "yaml";
  /** What they are shown as; as they are if not given. */
  readonly as?: "Table" | "PartialObjectMetadata" | "PartialObjectMetadataList";
  /** Of `meta.k8s.io`. */
  readonly version: string;
  readonly include: Included;
}

/**
 * What the Accept header and `includeObject` ask for; the first that can be had.
 * @throws ApiError 406, and 400 for an unknown `includeObject`
 */
export function representationOf({ request, query }: Exchange): Representation {
  const wanted = (request.headers.accept ?? "*/*").split(",").map((clause) => clause.trim());
  const found = wanted.map(mediaOf).find((media) => media !== undefined);
  if (found === undefined) throw notAcceptable();
  return { ...found, include: found.as === "Table" ? includedIn(query.get("includeObject") ?? "") : "Metadata" };
}

function mediaOf(clause: string): Omit<Representation, "include"> | undefined {
  const [type = "", ...parameters] = clause.split(";").map((part) => part.trim());
  const parameter = (name: string): string | undefined =>
    parameters.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);
  const media = {
    "application/yaml": "yaml",
    "application/json": "json",
    "application/*": "json",
    "*/*": "json",
  } as const;
  const known = type in media ? media[type as keyof typeof media] : undefined;
  if (known === undefined) return undefined;
  const version = parameter("v") ?? "v1";
  const as = parameter("as");
  if (as === undefined) return { media: known, version };
  const isMeta = parameter("g") === "meta.k8s.io" && (version === "v1" || version === "v1beta1");
  if (!isMeta) return undefined;
  return as === "Table" || as === "PartialObjectMetadata" || as === "PartialObjectMetadataList"
    ? { media: known, as, version }
    : undefined;
}

function includedIn(include: string): Included {
  if (include === "") return "Metadata";
  if (include === "None" || include === "Metadata" || include === "Object") return include;
  const why = `Invalid value: ${JSON.stringify(include)}: must be 'Metadata', 'Object', 'None', or empty`;
  throw badRequest(`Unable to convert to Table as requested: includeObject: ${why}`);
}

/** An object or a list of them, shown as asked. */
function shown(
  body: JsonObject,
  wanted: Representation,
  { kind, now }: Pick<Route, "kind"> & { now: Date },
): JsonObject {
  const { as, version, include } = wanted;
  if (as === undefined || body.kind === "Status") return body;
  const items = body.kind === `${kind.name}List` && isList(body.items) ? body.items : undefined;
  // The store gave these objects out.
  const objects = (items ?? [body]) as readonly ApiObject[];
  if (as === "Table") {
    const { resourceVersion } = isObject(body.metadata) ? body.metadata : {};
    return tableOf({ kind, version, include, now }, items === undefined ? { resourceVersion } : body.metadata, objects);
  }
  const shownAs = objects.map((object) => partial(object, version));
  if (items === undefined) return shownAs[0] ?? body;
  return {
    kind: "PartialObjectMetadataList",
    apiVersion: `meta.k8s.io/${version}`,
    metadata: body.metadata,
    items: shownAs,
  };
}

/** The answer as it was asked for. */
export function represented(
  answer: Answer,
  wanted: Representation,
  about: Pick<Route, "kind"> & { now: Date },
): Answer {
  if (typeof answer.body === "string") return answer;
  const body = shown(answer.body, wanted, about);
  if (wanted.media === "json") return { ...answer, body };
  return { ...answer, body: stringify(body), headers: { ...answer.headers, "Content-Type": "application/yaml" } };
}

/** The events of a watch, each shown as asked; only the first table has its columns. */
export function shownEvents(wanted: Representation, about: Pick<Route, "kind"> & { now: () => Date }) {
  let isFirst = true;
  return (type: string, object: JsonObject): JsonObject => {
    if (type === "ERROR" || wanted.as === undefined) return object;
    const seen = shown(object, wanted, { kind: about.kind, now: about.now() });
    const isLater = !isFirst;
    isFirst = false;
    return isLater && wanted.as === "Table" ? { ...seen, columnDefinitions: null satisfies Json } : seen;
  };
}

function notAcceptable(): ApiError {
  const available =
    "application/json, application/yaml, application/vnd.kubernetes.protobuf, application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch";
  return new ApiError(
    { code: 406, reason: "NotAcceptable" },
    `406: Not Acceptable\n\nAvailable representations: ${available}`,
    {},
  );
}
