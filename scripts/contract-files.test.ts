import assert from "node:assert/strict";
import { test } from "node:test";
import { type Contract, duration, flag, text } from "@cutover/action-kit";
import { parse } from "yaml";
import * as z from "zod";
import { actionYaml, withTables } from "./contract-files.ts";

const contract: Contract = {
  name: "ring",
  description: "Rings a bell: once.",
  inputs: z
    .object({
      bellName: text().describe("Which bell, `big` | `small`."),
      lockTimeout: duration().prefault("5m").describe("How long to wait."),
      dryRun: flag().prefault("false").describe("Do not ring."),
      note: text().optional().describe("Why."),
    })
    .check(() => undefined),
  outputs: z.object({ rungAt: text().describe("When it rang.") }),
};

const readme = "# ring\n\n<!-- generated -->\nold\n<!-- /generated -->\n\n## More\n";

test("writes an action.yml in which defaults stay texts and only what must be given is required", () => {
  const yaml = actionYaml(contract);
  assert.match(yaml, /^# generated from contract\.ts by `npm run generate`; do not edit\n/);
  assert.deepEqual(parse(yaml), {
    name: "ring",
    description: "Rings a bell: once.",
    inputs: {
      "bell-name": { description: "Which bell, `big` | `small`.", required: true },
      "lock-timeout": { description: "How long to wait.", required: false, default: "5m" },
      "dry-run": { description: "Do not ring.", required: false, default: "false" },
      note: { description: "Why.", required: false },
    },
    outputs: { "rung-at": { description: "When it rang." } },
    runs: { using: "node24", main: "../../dist/ring.js" },
  });
});

test("gives an action with a post the same stub for both", () => {
  assert.deepEqual(parse(actionYaml({ ...contract, post: true })).runs, {
    using: "node24",
    main: "../../dist/ring.js",
    post: "../../dist/ring.js",
    "post-if": "always()",
  });
});

test("puts the tables between the markers and leaves the prose alone", () => {
  const written = withTables(readme, contract);
  assert.equal(
    written,
    `# ring

<!-- generated -->
### Inputs

| input | form | default | description |
|---|---|---|---|
| \`bell-name\` | text | **required** | Which bell, \`big\` \\| \`small\`. |
| \`lock-timeout\` | duration | \`5m\` | How long to wait. |
| \`dry-run\` | true or false | \`false\` | Do not ring. |
| \`note\` | text |  | Why. |

### Outputs

| output | description |
|---|---|
| \`rung-at\` | When it rang. |
<!-- /generated -->

## More
`,
  );
  assert.equal(withTables(written, contract), written);
});

test("refuses a field without a description", () => {
  const inputs = z.object({ bellName: text() });
  assert.throws(() => actionYaml({ ...contract, inputs }), /ring: input bell-name has no description/);
  const outputs = z.object({ rungAt: text() });
  assert.throws(() => withTables(readme, { ...contract, outputs }), /ring: output rung-at has no description/);
});

test("refuses a README that has no place for the tables", () => {
  assert.throws(() => withTables("# ring\n", contract), /actions\/ring\/README\.md lacks/);
});
