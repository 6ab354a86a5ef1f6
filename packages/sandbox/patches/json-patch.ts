import { equal, isList, isObject, type Json } from "../json.ts";
import { ApiError, badRequest } from "../status.ts";

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly value: Json | undefined;
  readonly from: string | undefined;
}

/**
 * RFC 6902, all six operations, all or nothing.
 * @throws ApiError 422 where a `test` fails or a path does not exist, 400 where the patch is not one.
 */
export function jsonPatch(target: Json, patch: Json): Json {
  if (!isList(patch))
    throw badRequest(
      "error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp",
    );
  return patch.map(operation).reduce(apply, target);
}

function operation(value: Json): Operation {
  if (!isObject(value) || typeof value.op !== "string" || typeof value.path !== "string") throw unprocessable();
  const from = typeof value.from === "string" ? value.from : undefined;
  return { op: value.op, path: value.path, value: value.value, from };
}

function apply(document: Json, { op, path, value, from }: Operation): Json {
  const keys = pointer(path);
  switch (op) {
    case "test":
      if (!equal(read(document, keys), value ?? null) && !(value === null && read(document, keys) === undefined)) {
        throw unprocessable();
      }
      return document;
    case "add":
      return write(document, keys, { insert: value ?? null });
    case "replace":
      return write(document, keys, { replace: value ?? null });
    case "remove":
      if (read(document, keys) === undefined) throw unprocessable();
      return write(document, keys, "remove");
    case "move":
    case "copy": {
      const source = pointer(from ?? "");
      const moved = read(document, source);
      if (moved === undefined) throw unprocessable();
      return write(op === "move" ? write(document, source, "remove") : document, keys, { insert: moved });
    }
    default:
      throw unprocessable();
  }
}

type Change = { readonly insert: Json } | { readonly replace: Json } | "remove";

function write(here: Json, keys: readonly string[], change: Change): Json {
  const [key, ...rest] = keys;
  if (key === undefined) return change === "remove" ? null : "insert" in change ? change.insert : change.replace;
  if (isList(here)) return writeItem(here, keys, change);
  if (!isObject(here)) throw unprocessable();
  const inner = here[key];
  if (rest.length > 0) {
    if (inner === undefined) throw unprocessable();
    return { ...here, [key]: write(inner, rest, change) };
  }
  const { [key]: _, ...others } = here;
  return change === "remove" ? others : { ...here, [key]: write(inner ?? null, [], change) };
}

function writeItem(here: readonly Json[], [key = "", ...rest]: readonly string[], change: Change): Json {
  const place = key === "-" ? here.length : Number(key);
  // The server counts negative places from the end.
  const index = place < 0 ? here.length + place : place;
  const inserting = rest.length === 0 && change !== "remove" && "insert" in change;
  if (!Number.isInteger(index) || index < 0 || index > here.length || (index === here.length && !inserting)) {
    throw unprocessable();
  }
  if (inserting) return here.toSpliced(index, 0, change.insert);
  if (rest.length === 0 && change === "remove") return here.toSpliced(index, 1);
  return here.with(index, write(here[index] ?? null, rest, change));
}

function read(document: Json, keys: readonly string[]): Json | undefined {
  let here: Json | undefined = document;
  for (const key of keys) here = isList(here) ? itemAt(here, key) : isObject(here) ? here[key] : undefined;
  return here;
}

function itemAt(items: readonly Json[], key: string): Json | undefined {
  return /^-?\d+$/.test(key) ? items.at(Number(key)) : undefined;
}

function pointer(path: string): string[] {
  if (path === "") return [];
  return path
    .slice(1)
    .split("/")
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The server keeps the reason to itself, and so must we. */
function unprocessable(): ApiError {
  return new ApiError(
    { code: 422, reason: "Invalid" },
    "the server rejected our request due to an error in our request",
    {},
  );
}
