import type { Contract } from "@cutover/action-kit";
import { kebabCase } from "@cutover/action-kit";
import { stringify } from "yaml";
import * as z from "zod";

/** What users may be told of one input or output. */
export interface Field {
  /** As YAML has it. */
  name: string;
  description: string;
  /** What a value looks like, as Markdown. */
  type: string;
  default: string | undefined;
  required: boolean;
}

/** The inputs of a contract, in its order. @throws if one has no description */
export function inputFields(contract: Contract): Field[] {
  return fieldsOf(contract.inputs, "input", contract);
}

/** The outputs of a contract, in its order. @throws if one has no description */
export function outputFields(contract: Contract): Field[] {
  return fieldsOf(contract.outputs, "output", contract);
}

/** action.yml, whole. */
export function actionYaml(contract: Contract): string {
  const stub = `../../dist/${contract.name}.js`;
  const inputs = inputFields(contract).map(({ name, description, required, default: value }) => [
    name,
    { description, required, ...(value === undefined ? {} : { default: value }) },
  ]);
  const outputs = outputFields(contract).map(({ name, description }) => [name, { description }]);
  const definition = {
    name: contract.name,
    description: contract.description,
    inputs: Object.fromEntries(inputs),
    outputs: Object.fromEntries(outputs),
    runs: { using: "node24", main: stub, ...(contract.post ? { post: stub, "post-if": "always()" } : {}) },
  };
  const header = "# generated from contract.ts by `npm run generate`; do not edit\n";
  return header + stringify(definition, { lineWidth: 0 });
}

/** `readme` with the tables of inputs and outputs as they are now. @throws if it has no place for them */
export function withTables(readme: string, contract: Contract): string {
  const place = /(<!-- generated -->\n)[\s\S]*?(<!-- \/generated -->)/;
  if (!place.test(readme)) {
    const markers = "the lines `<!-- generated -->` and `<!-- /generated -->`";
    throw new Error(`actions/${contract.name}/README.md lacks ${markers}, between which the tables go`);
  }
  return readme.replace(place, (_all, start: string, end: string) => `${start}${tables(contract)}${end}`);
}

function tables(contract: Contract): string {
  const inputs = inputFields(contract).map((field) => [
    `\`${field.name}\``,
    field.type,
    field.required ? "**required**" : field.default === undefined ? "" : `\`${field.default}\``,
    field.description,
  ]);
  const outputs = outputFields(contract).map(({ name, description }) => [`\`${name}\``, description]);
  return [
    "### Inputs\n",
    table(["input", "form", "default", "description"], inputs),
    "### Outputs\n",
    table(["output", "description"], outputs),
  ].join("\n");
}

function table(head: readonly string[], rows: readonly string[][]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |\n`;
  return [line(head), `|${"---|".repeat(head.length)}\n`, ...rows.map(line)].join("");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replace(/\s+/g, " ");
}

/** What z.toJSONSchema says of a property, as far as it is read here. */
const property = z.looseObject({
  description: z.string().optional(),
  default: z.string().optional(),
  form: z.string().optional(),
});

function fieldsOf(object: z.ZodObject, kind: "input" | "output", contract: Contract): Field[] {
  const { properties = {}, required = [] } = z.toJSONSchema(object, { io: "input", unrepresentable: "any" });
  return Object.entries(properties).map(([key, schema]) => {
    const { description, default: value, form = "" } = property.parse(schema);
    const name = kebabCase(key);
    if (!description) throw new Error(`${contract.name}: ${kind} ${name} has no description`);
    const isRequired = kind === "input" && required.includes(key) && value === undefined;
    return { name, description, type: form, default: value, required: isRequired };
  });
}
