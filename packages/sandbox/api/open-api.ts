import type { JsonObject } from "../json.ts";
import { apiVersionOf, type Kind, kinds } from "../kinds.ts";
import { type Field, type Message, messageNamed } from "../schema/field-table.ts";

/**
 * The published schema as far as kubectl asks: `apply` wants to know which kinds take `fieldValidation` and `dryRun` in a
 * patch, `explain` their fields. `undefined` for any other path.
 */
export function openApi(path: string): JsonObject | undefined {
  if (path === "/openapi/v3") return { paths: Object.fromEntries(roots().map((root) => [root, located(root)])) };
  const root = path.replace(/^\/openapi\/v3\//, "");
  if (root === path || !roots().includes(root)) return undefined;
  const own = kinds.filter((kind) => rootOf(kind) === root);
  const info = { title: "Kubernetes", version: "v1.34.0" };
  const paths = Object.fromEntries(own.map((kind) => [pathOf(kind), operations(kind)]));
  return { openapi: "3.0.0", info, paths, components: { schemas: schemas(own) } };
}

function roots(): string[] {
  return [...new Set(kinds.map(rootOf))];
}

function rootOf(kind: Kind): string {
  return kind.group === "" ? `api/${kind.version}` : `apis/${apiVersionOf(kind)}`;
}

function located(root: string): JsonObject {
  return { serverRelativeURL: `/openapi/v3/${root}` };
}

function pathOf(kind: Kind): string {
  const scope = kind.namespaced ? "/namespaces/{namespace}" : "";
  return `/${rootOf(kind)}${scope}/${kind.plural}/{name}`;
}

function operations(kind: Kind): JsonObject {
  const parameters = ["dryRun", "fieldManager", "fieldValidation", "force"].map((parameter) => ({
    name: parameter,
    in: "query",
    schema: { type: parameter === "force" ? "boolean" : "string" },
  }));
  return { patch: { parameters, ...named(kind) } };
}

function named({ group, version, name }: Kind): JsonObject {
  return { "x-kubernetes-group-version-kind": { group, version, kind: name } };
}

/** The messages of these kinds, with all that they are made of. */
function schemas(own: readonly Kind[]): JsonObject {
  const found = new Map<string, JsonObject>();
  const visit = (message: Message): void => {
    if (found.has(message.name)) return;
    found.set(message.name, { type: "object", properties: propertiesOf(message) });
    for (const { type } of message.fields) {
      const inner = messageNamed(type);
      if (inner !== undefined) visit(inner);
    }
  };
  for (const kind of own) {
    const message = messageNamed(kind.name);
    if (message === undefined) continue;
    visit(message);
    const { properties } = found.get(kind.name) ?? {};
    const typed = { apiVersion: { type: "string" }, kind: { type: "string" }, ...(properties as JsonObject) };
    const gvk = named(kind)["x-kubernetes-group-version-kind"] ?? null;
    found.set(kind.name, { type: "object", properties: typed, "x-kubernetes-group-version-kind": [gvk] });
  }
  return Object.fromEntries(found);
}

function propertiesOf({ fields }: Message): JsonObject {
  return Object.fromEntries(
    fields.flatMap((field): [string, JsonObject][] => {
      const inner = field.name === "*" ? messageNamed(field.type) : undefined;
      return inner === undefined
        ? [[field.name, schemaOf(field)]]
        : (Object.entries(propertiesOf(inner)) as [string, JsonObject][]);
    }),
  );
}

const leaves: Readonly<Record<string, JsonObject>> = {
  int32: { type: "integer", format: "int32" },
  int64: { type: "integer", format: "int64" },
  bool: { type: "boolean" },
  raw: { type: "object" },
  intOrString: { type: "string", format: "int-or-string" },
  time: { type: "string", format: "date-time" },
  microTime: { type: "string", format: "date-time" },
};

function schemaOf({ type, many }: Field): JsonObject {
  const isMessage = messageNamed(type) !== undefined;
  const one = isMessage ? { $ref: `#/components/schemas/${type}` } : (leaves[type] ?? { type: "string" });
  if (many === "list") return { type: "array", items: one };
  return many === "map" ? { type: "object", additionalProperties: one } : one;
}
