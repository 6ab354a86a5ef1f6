import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { conclusions, jobOf, repository } from "./test-repository.ts";

const on = "runs-on: ubuntu-latest";

test("the nearest variable wins, and a step's own is gone after it", async () => {
  using repo = repository(`
on: push
env: { A: workflow, B: workflow, C: workflow, D: "\${{ vars.D }}" }
defaults: { run: { shell: bash, working-directory: sub } }
jobs:
  one:
    ${on}
    env: { B: job, C: job }
    defaults: { run: { working-directory: "sub/\${{ github.ref_type }}" } }
    steps:
      - run: mkdir -p sub/branch
        working-directory: .
      - env: { C: "\${{ env.B }}+step", GITHUB_REF: mine }
        if: env.C == 'job+step'
        run: echo "$A $B $C $D \${{ env.C }} $GITHUB_REF $(basename $PWD)"
      - run: |
          printf 'A=later\\nE<<X\\ntwo\\nlines\\nX\\n' >> "$GITHUB_ENV"
          mkdir bin; echo 'echo found' > bin/tool; chmod +x bin/tool; echo "$PWD/bin" >> "$GITHUB_PATH"
      - run: tool; echo "$A $C \${{ env.A }} \${{ env.E }}"
`);
  const { said } = await repo.run({ vars: { D: "var" } });
  assert.deepEqual(said.one, [
    "workflow job job+step var job+step refs/heads/main branch",
    ...["found", "later job later two", "lines"],
  ]);
});

test("a step that fails skips the rest, but for what asks for the status; what it tolerates does not count", async () => {
  using repo = repository(`
  one:
    ${on}
    steps:
      - { id: soft, continue-on-error: true, run: exit 2 }
      - run: echo "\${{ steps.soft.outcome }} \${{ steps.soft.conclusion }} \${{ job.status }}"
      - { if: failure(), run: echo not yet }
      - { id: hard, run: "false | true; true\\nfalse\\necho never" , shell: bash }
      - { if: steps.soft.outcome == 'failure', run: echo skipped }
      - { if: always(), run: "echo always \${{ steps.hard.outcome }} \${{ job.status }}" }
      - { if: failure() && !cancelled(), run: echo failed }
`);
  const report = await repo.run();
  assert.deepEqual(report.said.one, ["failure success success", "always failure failure", "failed"]);
  assert.deepEqual(
    jobOf(report, "one").steps.map(({ outcome }) => outcome),
    ["failure", "success", "skipped", "failure", "skipped", "success", "success"],
  );
});

test("without a shell a pipe may fail in its middle, and any command line with {0} is a shell", async () => {
  using repo = repository(`
  one:
    ${on}
    steps:
      - run: false | true; echo survived
      - { shell: sh, run: "echo sh $0 | grep -c step" }
      - { shell: "node {0}", run: "console.log(1 + 1, process.versions.node.split('.')[0])" }
      - { shell: nothing, run: echo never }
`);
  const report = await repo.run();
  assert.deepEqual(report.said.one, ["survived", "1", "2 24"]);
  assert.match(jobOf(report, "one").steps[3]?.log ?? "", /Invalid shell option/);
});

test("a cancelled run interrupts what runs, but for what is there to run all the same", async () => {
  const wait = 'until [ -e "$FLAG" ]; do read -t 0.02 <> <(:) || true; done; echo finished';
  using repo = repository(`
on: push
env: { FLAG: "\${{ vars.FLAG }}" }
defaults: { run: { shell: bash } }
jobs:
  one:
    ${on}
    steps:
      - run: echo up; exec sleep 60
      - run: echo never
      - { if: always(), run: "echo always \${{ job.status }}" }
  step: { ${on}, steps: [{ if: always(), run: '${wait}' }] }
  job: { if: always(), ${on}, steps: [{ run: '${wait}' }] }
  next: { needs: step, ${on}, steps: [{ run: ":" }] }
  last: { needs: one, if: cancelled(), ${on}, steps: [{ run: echo last }] }
`);
  const flag = join(repo.folder, "flag");
  const cancel = new AbortController();
  const up = new Set<string>();
  const report = await repo.run({
    vars: { FLAG: flag },
    signal: cancel.signal,
    onEvent(event) {
      if (event.type === "step-started" && event.job !== "one") up.add(event.job);
      if (event.type === "line" && event.line === "up") up.add(event.job);
      if (up.size < 3 || cancel.signal.aborted) return;
      cancel.abort();
      writeFileSync(flag, "");
    },
  });
  const finished = ["finished"];
  assert.deepEqual(report.said, {
    one: ["up", "always cancelled"],
    step: finished,
    job: finished,
    next: [],
    last: ["last"],
  });
  assert.deepEqual(conclusions(report), {
    ...{ one: "cancelled", step: "cancelled", job: "success", next: "skipped", last: "success" },
  });
  assert.equal(report.conclusion, "cancelled");
});

test("a step or a job that takes too long is ended", async () => {
  using repo = repository(`
  step:
    ${on}
    steps:
      - { id: s, timeout-minutes: 0.002, run: exec sleep 60 }
      - { if: failure(), run: "echo \${{ steps.s.outcome }}" }
  job: { timeout-minutes: 0.002, ${on}, steps: [{ run: exec sleep 60 }, { if: always(), run: echo cleaned }] }
`);
  const report = await repo.run();
  assert.deepEqual(conclusions(report), { step: "failure", job: "cancelled" });
  assert.deepEqual(report.said, { step: ["failure"], job: ["cleaned"] });
});

test("secrets are hidden wherever a step shows them", async () => {
  using repo = repository(`
  one:
    ${on}
    env: { TOKEN: "\${{ secrets.TOKEN }}" }
    steps:
      - run: |
          echo "it is $TOKEN"; echo "::add-mask::other"; echo "and other"
          echo "::error::no $TOKEN"; echo "$TOKEN" >> $GITHUB_STEP_SUMMARY
  two: { ${on}, steps: [{ run: "echo other" }] }
`);
  const report = await repo.run({ secrets: { TOKEN: "s3cret" } });
  assert.deepEqual(report.said, { one: ["it is ***", "and ***"], two: ["other"] });
  const text = JSON.stringify([report.jobs, report.events]);
  assert.doesNotMatch(text, /s3cret/);
  assert.match(text, /no \*\*\*/);
});
