import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { matchesFilter } from "./expression/matches.ts";
import { type Trigger, WorkflowFileError } from "./index.ts";
import { readOrder } from "./source/read-workflow.ts";
import { conclusions, jobOf, repository } from "./test-repository.ts";

const on = "runs-on: ubuntu-latest";
const ok = `${on}, steps: [{ run: ":" }]`;

const wrong = `on: [push]
env: { A: "\${{ env.B }}" }
jobs:
  one:
    ${on}
    needs: nobody
    nonsense: 1
    steps:
      - if: steps.x.outputs.y ==
        run: echo \${{ foo.bar }}
  two:
    ${on}
    container: node:24
    steps:
      - uses: actions/setup-node@v4
      - uses: docker://alpine
      - uses: cutover-actions/cutover/actions/nothing@v1
      - uses: ./.github/actions/a
  three: { uses: acme/other/.github/workflows/x.yml@main }
  four: { uses: ./.github/workflows/gone.yml }
  five: { uses: ./.github/workflows/called.yml, with: { no: 1 } }`;

const wrongFiles = {
  ".github/actions/a/action.yml": `name: a
description: d
runs:
  using: composite
  steps:
    - uses: actions/cache@v4
`,
  ".github/workflows/called.yml": `on: { workflow_call: { inputs: { yes: { type: string, required: true } } } }
jobs:
  one: { runs-on: x, steps: [{ run: a, uses: b }] }
`,
};

const told = [
  /w\.yml:2 Unrecognized named-value: 'env'/,
  /w\.yml:6 .*unknown job 'nobody'/,
  /w\.yml:7 Unexpected value 'nonsense'/,
  /w\.yml:9 .*Unexpected end of expression/,
  /w\.yml:10 Unrecognized named-value: 'foo'/,
  /w\.yml:13 container is not run here/,
  /w\.yml:15 uses actions\/setup-node@v4, which is not run here: only actions\/checkout, /,
  /w\.yml:16 uses docker:\/\/alpine, which is not run here/,
  /w\.yml:17 uses .*nothing@v1, but there is no action.yml in /,
  /\.github\/actions\/a\/action\.yml:6 uses actions\/cache@v4, which is not run here/,
  /w\.yml:19 uses acme\/other.*, which is not run here: only workflows of the repository are/,
  /gone\.yml:1 there is no such workflow/,
  /w\.yml:21 .*Input yes is required/,
  /called\.yml:3 /,
];

test("everything that is wrong is told at once, with file and line", async () => {
  using repo = repository(wrong, wrongFiles);
  let started = 0;
  const error: unknown = await repo.run({ onEvent: () => (started += 1) }).catch((reason: unknown) => reason);
  assert.ok(error instanceof WorkflowFileError, String(error));
  assert.equal(started, 0);
  for (const line of told) {
    const isTold = error.problems.some((problem) => line.test(problem));
    assert.ok(isTold, `${line}\n${error.message}`);
  }
});

test("YAML that is none is told by its line", async () => {
  using repo = repository("on: push\njobs:\n  one: { runs-on: [x }\n");
  await assert.rejects(repo.run(), /w\.yml:3 /);
});

const dispatch = `
on:
  push: { tags: ["v*", "!v0.*"], branches: [main, "release/**"] }
  schedule: [{ cron: "0 4 * * *" }]
  workflow_dispatch:
    inputs:
      to: { required: true }
      mode: { type: choice, options: [keep, delete], default: keep }
      dry: { type: boolean }
      count: { type: number, default: 3 }
jobs:
  one:
    ${on}
    steps:
      - run: echo "\${{ inputs.to }} \${{ inputs.mode }} \${{ inputs.dry == false }} \${{ inputs.count }} \${{ github.event.inputs.count }} \${{ github.ref_name }} \${{ github.event_name }}"
`;

/** What starts that workflow, and what it says; or why it does not start. */
const triggers: readonly (readonly [trigger: Trigger, said: string | RegExp])[] = [
  [{ name: "push", ref: "refs/tags/v1.2.3" }, "  true   v1.2.3 push"],
  [{ name: "push", ref: "refs/tags/v0.1" }, /not started by a push of refs\/tags\/v0\.1/],
  [{ name: "push", ref: "refs/heads/main" }, "  true   main push"],
  [{ name: "push", ref: "refs/heads/x" }, /w\.yml:3 is not started by a push of refs\/heads\/x/],
  [{ name: "schedule", ref: "refs/heads/main" }, "  true   main schedule"],
  [{ name: "release", ref: "refs/tags/v1" }, /is not started by release/],
  [
    { name: "workflow_dispatch", ref: "refs/heads/main", inputs: { to: "a" } },
    "a keep true 3 3 main workflow_dispatch",
  ],
  [
    { name: "workflow_dispatch", ref: "refs/heads/main", inputs: { mode: "x", dry: "y", count: "z", more: 1 } },
    /has no input 'more'\n.*needs an input 'to'\n.*'mode' is 'x', not one of keep, delete\n.*'dry' is 'y'.*\n.*'count' is 'z'/,
  ],
];

for (const [trigger, said] of triggers) {
  test(`${trigger.name} of ${trigger.ref} with ${JSON.stringify(trigger.inputs ?? {})}: ${said}`, async () => {
    using repo = repository(dispatch);
    if (typeof said === "string") assert.deepEqual((await repo.run({ trigger })).said.one, [said]);
    else await assert.rejects(repo.run({ trigger }), said);
  });
}

test("filters know GitHub's patterns", () => {
  const matching = [
    ["v*", "v1"],
    ["release/**", "release/a/b"],
    ["v[12].[0-9]+", "v2.10"],
    ["*.x?", "1."],
    ["**", "a/b"],
  ];
  for (const [pattern = "", name = ""] of matching) assert.ok(matchesFilter(name, [pattern]), `${name} is ${pattern}`);
  for (const [pattern = "", name = ""] of [
    ["*", "a/b"],
    ["v1.0", "v1x0"],
    ["v*", "w"],
  ])
    assert.ok(!matchesFilter(name, [pattern]), `${name} is not ${pattern}`);
});

test("a job that cannot be set up says why, and the others run", async () => {
  using repo = repository(`
  bad: { strategy: { matrix: { a: "\${{ fromJSON('[') }}" } }, ${ok} }
  empty: { strategy: { matrix: { a: [] } }, ${ok} }
  good: { ${ok} }
`);
  const report = await repo.run();
  assert.deepEqual(conclusions(report), { bad: "failure", empty: "failure", good: "success" });
  assert.match(jobOf(report, "bad").steps[0]?.annotations[0]?.message ?? "", /w\.yml:5 .*cannot be resolved/);
});

for (const example of ["retail", "candlefish"]) {
  for (const file of ["release.yml", "rollback.yml"]) {
    test(`${file} of ${example} loads`, async () => {
      const root = join(import.meta.dirname, "..", "..");
      const source = await readOrder({
        repository: join(root, "examples", example),
        file: `.github/workflows/${file}`,
        trigger: { name: "push", ref: "refs/tags/v1" },
        cutover: { folder: root, stubOf: async () => "" },
      });
      assert.ok(source.jobs.length > 1);
    });
  }
}
