import assert from "node:assert/strict";
import { test } from "node:test";
import { jobOf, repository } from "./test-repository.ts";

const on = "runs-on: ubuntu-latest";

const scripts = {
  "dist/one.js": `
const { appendFileSync } = require("node:fs");
const { INPUT_NAME, STATE_MAIN, GITHUB_STATE, GITHUB_OUTPUT, GITHUB_ACTION } = process.env;
console.log(STATE_MAIN === undefined ? "main " + INPUT_NAME + " " + GITHUB_ACTION : "post " + INPUT_NAME + " of " + STATE_MAIN);
appendFileSync(GITHUB_STATE, "MAIN=" + INPUT_NAME + "\\n");
appendFileSync(GITHUB_OUTPUT, "said=" + INPUT_NAME + "\\n");
if (INPUT_NAME === "bad") process.exit(1);
`,
  "actions/one/action.yml": `
name: one
description: d
inputs: { name: { description: d, default: "\${{ github.ref_name }}" }, color: { description: d } }
runs: { using: node24, main: ../../dist/one.js, post: ../../dist/one.js }
`,
  ".github/actions/both/action.yml": `
name: both
description: d
inputs: { first: { description: d, required: true }, second: { description: d, default: two } }
outputs: { all: { description: d, value: "\${{ steps.a.outputs.said }}, \${{ steps.b.outputs.v }}" } }
runs:
  using: composite
  steps:
    - { id: a, uses: ./actions/one, with: { name: "\${{ inputs.first }}" } }
    - id: b
      run: |
        echo "v=\${{ inputs.second }}" >> "$GITHUB_OUTPUT"
        echo "in $OUTER of $(basename "$GITHUB_ACTION_PATH")"; echo "# both" >> "$GITHUB_STEP_SUMMARY"
      shell: bash
    - { if: failure(), run: echo composite failed, shell: bash }
`,
};

test("actions run with their inputs, their posts come last in reverse, and composite actions are one step", async () => {
  using repo = repository(
    `
  one:
    ${on}
    steps:
      - uses: actions/checkout@v6
      - { id: x, uses: "cutover-actions/cutover/actions/one@v1", with: { name: published } }
      - uses: ./actions/one
      - id: both
        uses: ./.github/actions/both
        env: { OUTER: outer }
        with: { first: bad }
        continue-on-error: true
      - { id: good, uses: ./.github/actions/both, env: { OUTER: outer }, with: { first: good } }
      - run: echo "\${{ steps.x.outputs.said }} / \${{ steps.both.outputs.all }} / \${{ steps.good.outputs.all }}"
      - { uses: ./actions/one, with: { name: last, size: 3 } }
`,
    scripts,
  );
  const report = await repo.run();
  assert.deepEqual(report.said.one, [
    ...["main published x", "main main __action_3"],
    ...["main bad a", "composite failed", "main good a", "in outer of both", "published / bad,  / good, two"],
    ...["main last __action_7", "post last of last", "post good of good", "post bad of bad"],
    ...["post main of main", "post published of published"],
  ]);
  const { steps, conclusion } = jobOf(report, "one");
  assert.equal(steps[4]?.summary, "# both\n");
  assert.match(steps[6]?.annotations[0]?.message ?? "", /^Unexpected input\(s\) 'size'/);
  // The post of the bad one fails, and so the job.
  assert.equal(conclusion, "failure");
});

test("an order may carry our actions out itself", async () => {
  using repo = repository(
    `  one: { ${on}, steps: [{ uses: "cutover-actions/cutover/actions/one@v1" }, { run: ":" }] }\n`,
    scripts,
  );
  const report = await repo.run({
    async startAction({ action, env, onLine }) {
      onLine(`::notice::${action} ${env.INPUT_NAME} ${env.STATE_MAIN ?? ""}`);
      onLine(`::save-state name=MAIN::saved`);
      return { exitCode: env.STATE_MAIN === undefined ? 0 : 3 };
    },
  });
  const { steps, conclusion } = jobOf(report, "one");
  assert.deepEqual(
    steps.map(({ annotations, outcome }) => [annotations[0]?.message, outcome]),
    [
      ["one main ", "success"],
      [undefined, "success"],
      ["one main saved", "failure"],
    ],
  );
  assert.equal(conclusion, "failure");
});

test("a workspace is empty until something is checked out", async () => {
  using repo = repository(
    `
  one:
    ${on}
    steps:
      - run: echo "[$(ls)]\${{ hashFiles('**/data.txt') }}"
      - { uses: actions/checkout@v6, with: { path: here } }
      - run: "cat here/data.txt; test ! -e here/.git; echo \${{ hashFiles('**/data.txt') == hashFiles('here/*') }}"
  two: { ${on}, steps: [{ uses: ./actions/one }] }
`,
    { ...scripts, "data.txt": "data\n", ".git/HEAD": "x" },
  );
  const report = await repo.run();
  assert.deepEqual(report.said.one, ["[]", "data", "true"]);
  assert.match(jobOf(report, "two").steps[0]?.log ?? "", /Did you forget to run actions\/checkout/);
});
