import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { kebabCase } from "@cutover/action-kit";
import { parse } from "yaml";
import { root } from "../scripts/command.ts";
import { actionYaml, inputFields, outputFields } from "../scripts/contract-files.ts";
import { contracts, generatedFiles } from "../scripts/generated.ts";

const all = await contracts();

test("there are contracts to look at", () => {
  assert.ok(all.length > 0);
});

for (const contract of all) {
  const { name } = contract;

  test(`${name}: action.yml and the README's tables are what the contract says`, async () => {
    const files = (await generatedFiles()).filter(({ path }) => path.startsWith(`actions/${name}/`));
    assert.equal(files.length, 2);
    for (const { path, content } of files)
      assert.equal(await readFile(join(root, path), "utf8"), content, `${path}: run \`npm run generate\``);
  });

  test(`${name}: runs on node24 from its own stub`, () => {
    const { runs } = parse(actionYaml(contract));
    assert.equal(runs.using, "node24");
    assert.equal(runs.main, `../../dist/${name}.js`);
    assert.equal(runs.post, contract.post ? runs.main : undefined);
  });

  test(`${name}: inputs and outputs have names that every runner hands over alike`, () => {
    for (const field of [...inputFields(contract), ...outputFields(contract)])
      assert.match(field.name, /^[a-z]+(-[a-z0-9]+)*$/);
  });

  test(`${name}: every input says in the table what a value looks like`, () => {
    for (const field of inputFields(contract)) assert.notEqual(field.type, "", field.name);
  });

  test(`${name}: every default is a value that its own input takes`, () => {
    const expression = /\$\{\{.*\}\}/;
    const schemas = new Map(Object.entries(contract.inputs.shape).map(([key, schema]) => [kebabCase(key), schema]));
    for (const { name: input, default: value } of inputFields(contract)) {
      if (value === undefined || expression.test(value)) continue;
      assert.equal(schemas.get(input)?.safeParse(value).success, true, `${input}: ${value}`);
    }
  });
}
