import assert from "node:assert/strict";
import { test } from "node:test";
import { conclusions, jobOf, repository } from "./test-repository.ts";

const on = "runs-on: ubuntu-latest";
const ok = `${on}, steps: [{ run: ":" }]`;
const bad = `${on}, steps: [{ run: exit 1 }]`;

test("a failure or a skip skips whatever follows, unless a condition asks for the status", async () => {
  using repo = repository(`
  good: { ${ok} }
  bad: { ${bad} }
  skipped: { if: false, ${ok} }
  after-bad: { needs: [good, bad], ${ok} }
  far-after-bad: { needs: after-bad, if: "!cancelled()", ${ok} }
  farther: { needs: far-after-bad, ${ok} }
  on-failure: { needs: after-bad, if: failure(), ${ok} }
  on-failure-of-good: { needs: [good, after-bad], if: "failure('good')", ${ok} }
  after-skipped: { needs: skipped, ${ok} }
  always: { needs: [bad, skipped], if: "always() && needs.bad.result == 'failure'", ${ok} }
  by-result: { needs: bad, if: "needs.bad.result == 'failure'", ${ok} }
  tolerated: { continue-on-error: true, ${bad} }
  after-tolerated: { needs: tolerated, ${ok} }
`);
  const report = await repo.run();
  assert.deepEqual(conclusions(report), {
    good: "success",
    bad: "failure",
    skipped: "skipped",
    "after-bad": "skipped",
    "far-after-bad": "success",
    farther: "skipped",
    "on-failure": "success",
    "on-failure-of-good": "skipped",
    "after-skipped": "skipped",
    always: "success",
    "by-result": "skipped",
    tolerated: "failure",
    "after-tolerated": "success",
  });
  assert.equal(report.conclusion, "failure");
});

test("outputs reach the jobs that need them, unless they are empty or hold a secret", async () => {
  using repo = repository(`
  one:
    ${on}
    outputs: { color: "\${{ steps.s.outputs.color }}", url: "\${{ steps.s.outputs.url }}", none: "\${{ steps.s.outputs.none }}" }
    steps:
      - id: s
        run: printf '%s\\n' color=blue "url=https://\${{ secrets.TOKEN }}@x" none= > "$GITHUB_OUTPUT"
      - run: echo "\${{ steps.s.outputs.url }}"
  two:
    needs: one
    ${on}
    steps: [{ run: "echo '\${{ toJSON(needs.one.outputs) }}' '\${{ needs.one.outputs.color }}'" }]
  three: { needs: two, ${on}, steps: [{ run: "echo [\${{ needs.one.result }}]" }] }
`);
  const report = await repo.run({ secrets: { TOKEN: "s3cret" } });
  assert.deepEqual(jobOf(report, "one").outputs, { color: "blue" });
  assert.deepEqual(report.said, {
    one: ["https://***@x"],
    two: ["{", '  "color": "blue"', "} blue"],
    three: ["[]"],
  });
});

test("a matrix has a leg for each combination, less what is excluded, more what is included", async () => {
  using repo = repository(`
  deploy:
    strategy:
      max-parallel: 1
      matrix:
        app: [web, api]
        color: [blue, green]
        exclude: [{ app: api, color: green }]
        include: [{ app: web, size: large }, { app: worker }]
    ${on}
    name: \${{ matrix.app }} of \${{ strategy.job-total }}
    outputs: { last: "\${{ steps.s.outputs.last }}" }
    steps:
      - id: s
        run: echo "\${{ matrix.app }}-\${{ matrix.color }}-\${{ matrix.size }}-\${{ strategy.job-index }}"; echo "last=\${{ matrix.app }}" >> $GITHUB_OUTPUT
  after: { needs: deploy, ${on}, steps: [{ run: "echo \${{ needs.deploy.outputs.last }}" }] }
`);
  const report = await repo.run();
  assert.deepEqual(report.said, {
    "deploy (web, blue, large)": ["web-blue-large-0"],
    "deploy (web, green, large)": ["web-green-large-1"],
    "deploy (api, blue)": ["api-blue--2"],
    "deploy (worker)": ["worker---3"],
    after: ["worker"],
  });
  assert.equal(jobOf(report, "deploy (worker)").name, "worker of 4");
});

test("a leg that fails cancels the others, where the matrix is to fail fast", async () => {
  const legs = (failFast: boolean) => `
  ${failFast ? "fast" : "slow"}:
    ${on}
    strategy: { fail-fast: ${failFast}, max-parallel: 1, matrix: { code: "\${{ fromJSON('[0, 1, 0]') }}", n: [1] , include: [{ code: 5, n: 2 }] } }
    steps: [{ run: "exit \${{ matrix.code }}" }]
`;
  using repo = repository(`${legs(true)}${legs(false)}  after: { needs: slow, if: failure(), ${ok} }\n`);
  const { jobs, conclusion } = await repo.run();
  assert.deepEqual(
    Object.entries(jobs).map(([key, job]) => `${key} ${job.conclusion}`),
    [
      ...["fast (0, 1) cancelled", "fast (1, 1) failure", "fast (5, 2) cancelled"],
      ...["slow (0, 1) success", "slow (1, 1) failure", "slow (5, 2) failure", "after success"],
    ],
  );
  assert.equal(conclusion, "failure");
});

test("a workflow of the repository is called with inputs and secrets, and gives its outputs", async () => {
  using repo = repository(
    `
  call:
    strategy: { matrix: { to: [blue] } }
    uses: ./.github/workflows/called.yml
    with: { color: "\${{ matrix.to }}", count: 3 }
    secrets: inherit
  passed: { uses: ./.github/workflows/called.yml, with: { color: red }, secrets: { TOKEN: "x\${{ secrets.TOKEN }}" } }
  after: { needs: call, ${on}, steps: [{ run: "echo \${{ needs.call.result }} \${{ needs.call.outputs.said }}" }] }
`,
    {
      ".github/workflows/called.yml": `
on:
  workflow_call:
    inputs: { color: { type: string, required: true }, count: { type: number, default: 2 }, dry: { type: boolean } }
    secrets: { TOKEN: { required: true } }
    outputs: { said: { value: "\${{ jobs.inner.outputs.said }}" } }
jobs:
  inner:
    name: Inner
    ${on}
    outputs: { said: "\${{ steps.s.outputs.said }}" }
    steps:
      - id: s
        run: echo "said=\${{ inputs.color }}-\${{ inputs.count }}-\${{ inputs.dry }}" >> $GITHUB_OUTPUT
      - run: test "\${{ secrets.TOKEN }}" = \${{ inputs.color == 'red' && 'xs3cret' || 's3cret' }}
`,
    },
  );
  const report = await repo.run({ secrets: { TOKEN: "s3cret" } });
  assert.deepEqual(report.said.after, ["success blue-3-false"]);
  assert.equal(jobOf(report, "call (blue) / inner").name, "call (blue) / Inner");
  assert.deepEqual(jobOf(report, "passed").outputs, { said: "red-2-false" });
  assert.equal(report.conclusion, "success");
});

test("a job waits for the approval of its environment, and fails without it", async () => {
  using repo = repository(`
  yes: { environment: staging, ${ok} }
  no: { needs: yes, environment: { name: "\${{ github.ref_name }}", url: "https://x" }, ${ok} }
  after: { needs: no, ${ok} }
`);
  const asked: string[] = [];
  const report = await repo.run({
    approve(environment, job) {
      asked.push(`${job} to ${environment}`);
      return environment === "staging";
    },
  });
  assert.deepEqual(asked, ["yes to staging", "no to main"]);
  assert.deepEqual(conclusions(report), { yes: "success", no: "failure", after: "skipped" });
  assert.deepEqual([jobOf(report, "yes").environment, jobOf(report, "no").environment], ["staging", "main"]);
});

test("of a concurrency group one run runs, the newest waits, and older ones that wait are cancelled", async () => {
  using repo = repository(`
on: push
concurrency: { group: "g-\${{ github.ref_name }}" }
jobs:
  one: { ${on}, environment: production, steps: [{ run: ":" }] }
`);
  const go = Promise.withResolvers<boolean>();
  const started = Promise.withResolvers<void>();
  const first = repo.run({
    approve() {
      started.resolve();
      return go.promise;
    },
  });
  await started.promise;
  const waiting = Promise.withResolvers<void>();
  const second = repo.run({ onEvent: ({ type }) => type === "job-waiting" && waiting.resolve() });
  await waiting.promise;
  const third = repo.run({ onEvent: ({ type }) => type === "job-waiting" && go.resolve(true) });
  const ends = await Promise.all([first, second, third]);
  assert.deepEqual(
    ends.map((end) => `${end.conclusion} ${jobOf(end, "one").conclusion} ${jobOf(end, "one").steps.length}`),
    ["success success 1", "cancelled cancelled 0", "success success 1"],
  );
});

test("a newer run cancels what runs, where the job's group says so", async () => {
  using repo = repository(`
  one:
    ${on}
    concurrency: { group: G, cancel-in-progress: true }
    steps:
      - run: "if [ -z '\${{ vars.NEW }}' ]; then echo up; exec sleep 60; fi"
      - { if: cancelled(), run: echo cleaned up }
      - run: echo never
  follows: { needs: one, ${ok} }
`);
  const up = Promise.withResolvers<void>();
  const first = repo.run({ onEvent: (event) => event.type === "line" && event.line === "up" && up.resolve() });
  await up.promise;
  const [old, newer] = await Promise.all([first, repo.run({ vars: { NEW: "1" } })]);
  assert.deepEqual(old.said.one, ["up", "cleaned up"]);
  assert.deepEqual(
    [old, newer].map((run) => [run.conclusion, jobOf(run, "follows").conclusion]),
    [
      ["cancelled", "skipped"],
      ["success", "success"],
    ],
  );
});
