import type { Request } from "./case.ts";
import { type RandomKind, randomKinds, randomMetadata } from "./random-bodies.ts";
import { type Dice, diceOf } from "./random-dice.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Objects of one sequence carry this label, and their names end so: sequences share a namespace. */
export interface Sequence {
  readonly seed: number;
  readonly index: number;
  readonly length: number;
}

/** The operations of a sequence. `{fresh}` and `{stale}` stand for versions of the object that the server has told. */
export function operationsOf({ seed, index, length }: Sequence): readonly Request[] {
  const dice = diceOf(seed * 1_000_003 + index);
  // Few kinds a sequence, so that operations meet.
  const kinds = [dice.of(...some(randomKinds)), dice.of(...some(randomKinds))];
  return Array.from({ length }, () => operation(dice, dice.of(...some(kinds)), index));
}

function some<T>(items: readonly T[]): readonly [T, ...T[]] {
  const [first, ...rest] = items;
  if (first === undefined) throw new Error("nothing to choose from");
  return [first, ...rest];
}

const writes: readonly ((dice: Dice, kind: RandomKind, name: string) => Request)[] = [
  create,
  create,
  replace,
  replace,
  merge,
  merge,
  json,
  strategic,
  strategic,
  apply,
  apply,
  apply,
  apply,
  remove,
  scale,
];

function operation(dice: Dice, kind: RandomKind, index: number): Request {
  const name = `${dice.of("a", "b")}-${index}`;
  if (dice.chance(0.06)) return { method: "GET", path: `${kind.plural}/${name}` };
  if (dice.chance(0.04))
    return { method: "GET", path: `${kind.plural}?labelSelector=${dice.of("l%3Da", "l,m", "!l")},seq%3D${index}` };
  const request = dice.of(...some(writes))(dice, kind, name);
  return faulty(dice, { ...request, path: withQuery(dice, request.path) });
}

function withQuery(dice: Dice, path: string): string {
  const options = [
    ...(dice.chance(0.12) ? ["dryRun=All"] : []),
    ...(dice.chance(0.1) ? [`fieldValidation=${dice.of("Strict", "Ignore")}`] : []),
    ...(path.includes("fieldManager") || !dice.chance(0.3) ? [] : [`fieldManager=${dice.of("a", "m")}`]),
  ];
  if (options.length === 0) return path;
  return `${path}${path.includes("?") ? "&" : "?"}${options.join("&")}`;
}

function object(dice: Dice, kind: RandomKind, { name, fields }: { name: string; fields: Fields }): Fields {
  const { labels, ...metadata } = randomMetadata(dice) as { labels?: Fields };
  const seq = name.slice(2);
  return {
    apiVersion: kind.apiVersion,
    kind: kind.kind,
    metadata: { name, ...metadata, labels: { ...labels, seq } },
    ...fields,
  };
}

/** A Deployment's version changes whenever its controller likes. */
function version(dice: Dice, kind: RandomKind): Fields {
  if (!dice.chance(0.3)) return {};
  return { resourceVersion: kind.kind === "Deployment" ? "1" : dice.of("{fresh}", "{fresh}", "{stale}") };
}

function create(dice: Dice, kind: RandomKind, name: string): Request {
  return { method: "POST", path: kind.plural, body: object(dice, kind, { name, fields: kind.whole(dice) }) };
}

function replace(dice: Dice, kind: RandomKind, name: string): Request {
  const body = object(dice, kind, { name, fields: kind.whole(dice) });
  const metadata = { ...(body.metadata as Fields), ...version(dice, kind) };
  return { method: "PUT", path: `${kind.plural}/${name}`, body: { ...body, metadata } };
}

function merge(dice: Dice, kind: RandomKind, name: string): Request {
  const body = { ...kind.part(dice), ...changes(dice, kind) };
  return { method: "PATCH", path: `${kind.plural}/${name}`, type: "application/merge-patch+json", body };
}

/** Labels and annotations that come and go; finalizers go more often than they come. */
function changes(dice: Dice, kind: RandomKind): Fields {
  const labels = dice.some({ l: dice.of("a", null), m: dice.of("d", null) });
  const annotations = dice.some({ o: dice.of("4", null) });
  return { metadata: { ...dice.some({ labels, annotations, finalizers: null }), ...version(dice, kind) } };
}

function strategic(dice: Dice, kind: RandomKind, name: string): Request {
  const body = { ...(dice.chance(0.5) ? kind.strategic(dice) : kind.part(dice)), ...changes(dice, kind) };
  return { method: "PATCH", path: `${kind.plural}/${name}`, type: "application/strategic-merge-patch+json", body };
}

function json(dice: Dice, kind: RandomKind, name: string): Request {
  const pointers = some(["/metadata/labels/l", "/metadata/annotations/example.com~1n", ...kind.pointers]);
  const one = (): Fields => {
    const op = dice.of("add", "add", "replace", "remove", "test");
    return op === "remove"
      ? { op, path: dice.of(...pointers) }
      : { op, path: dice.of(...pointers), value: dice.of<unknown>("1", "1", "2", 5, null) };
  };
  const body = dice.chance(0.6) ? [one()] : [one(), one()];
  return { method: "PATCH", path: `${kind.plural}/${name}`, type: "application/json-patch+json", body };
}

function apply(dice: Dice, kind: RandomKind, name: string): Request {
  const fields = dice.chance(0.6) ? kind.whole(dice) : kind.part(dice);
  const body = object(dice, kind, { name, fields });
  const metadata = { ...(body.metadata as Fields), ...(dice.chance(0.15) ? version(dice, kind) : {}) };
  const query = `fieldManager=${dice.of("a", "b", "c")}${dice.chance(0.4) ? "&force=true" : ""}`;
  const path = `${kind.plural}/${name}?${query}`;
  return { method: "PATCH", path, type: "application/apply-patch+yaml", body: { ...body, metadata } };
}

function remove(dice: Dice, kind: RandomKind, name: string): Request {
  const resourceVersion = dice.of("{fresh}", "{stale}");
  if (kind.kind === "Deployment" || dice.chance(0.6)) return { method: "DELETE", path: `${kind.plural}/${name}` };
  return { method: "DELETE", path: `${kind.plural}/${name}`, body: { preconditions: { resourceVersion } } };
}

function scale(dice: Dice, kind: RandomKind, name: string): Request {
  if (kind.kind !== "Deployment") return merge(dice, kind, name);
  const body = { spec: { replicas: 0 } };
  return { method: "PATCH", path: `deployments/${name}/scale`, type: "application/merge-patch+json", body };
}

const otherUid = "11111111-1111-1111-1111-111111111111";

/** One in twenty has a fault that people make. */
function faulty(dice: Dice, request: Request): Request {
  const { body } = request;
  if (
    !dice.chance(0.05) ||
    request.path.includes("/scale") ||
    typeof body !== "object" ||
    body === null ||
    Array.isArray(body)
  )
    return request;
  const fields: Fields = { ...body };
  const metadata = fields.metadata as Fields | undefined;
  const faults: readonly Fields[] = [
    { spce: {} },
    { metadata: { ...metadata, labels: { "not valid": "x" } } },
    { metadata: { ...metadata, namespace: "other" } },
    // A patch of another uid is told everything else that is wrong, too.
    ...(request.method === "PATCH" ? [] : [{ metadata: { ...metadata, uid: otherUid } }]),
    { metadata: { ...metadata, annotations: { n: 1 } } },
  ];
  return { ...request, body: { ...fields, ...dice.of(...some(faults)) } };
}
