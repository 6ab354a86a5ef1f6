import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { candlefish, retail } from "../examples.ts";
import { type Runner, runWorkflow, type Workflow } from "./act.ts";
import { type FixtureNames, publishFixture } from "./fixture-names.ts";
import { endedAs, facts, jobsLeft, losesNothing, preflightOf } from "./judged-run.ts";
import { lintExample } from "./lint.ts";
import { type Load, startLoad } from "./load.ts";
import { createProduction, writtenFor } from "./production.ts";
import { act } from "./programs.ts";
import { publish } from "./published.ts";
import { startTeam, type Team } from "./team.ts";
import { byHand, rollback, tagged } from "./team-workflows.ts";

const scratch = await mkdtemp(join(tmpdir(), "cutover-examples-"));
const runner: Runner = { scratch, published: join(scratch, "cutover"), ran: new Set() };
let fixture: FixtureNames;
/** What is opened is closed, however far that went. */
const opened = new AsyncDisposableStack();

before(async () => {
  assert.match(process.version, /^v24\./, "act runs the actions with this Node");
  act();
  fixture = await publishFixture();
  const uncommitted = await publish(runner.published);
  if (uncommitted.length > 0) console.log(`Not as committed: ${uncommitted.join(", ")}`);
  opened.use(createProduction());
});

after(async () => {
  await opened.disposeAsync();
  await rm(scratch, { recursive: true, force: true });
});

for (const name of ["quickstart", "retail", "candlefish"]) {
  test(`the workflows of ${name} use inputs and outputs that there are`, async () => {
    assert.equal(await lintExample(name, runner), "");
  });
}

suite("retail", { concurrency: false }, () => {
  let team: Team;
  let load: Load;

  before(async () => {
    team = opened.use(await startTeam(retail, runner, fixture));
    assert.deepEqual(team.live(), { active: "blue", blue: ["v1", 3], green: ["v1", 0] });
    load = await startLoad({ port: team.port });
    await sleep(500);
  });

  test("a tag whose checks are red is stopped before anything is written", async (t) => {
    const { known } = team.github;
    const failed = { conclusion: "failure" } as const;
    team.github.known = { ...known, checks: (known.checks ?? []).map((check) => ({ ...check, ...failed })) };
    const run = await runWorkflow(tagged(team, "v2"), runner);
    team.github.known = known;
    endedAs(t, run, { release: "failure" });
    assert.match(run.log, /::error::1 of \d+ checks failed: commit-checks/);
    assert.match(
      preflightOf(run, "commit-checks").join(),
      new RegExp(`^fail: tests .* says failure of ${team.commit.slice(0, 7)}`),
    );
    assert.deepEqual(writtenFor(retail.service), []);
  });

  test("a pushed tag releases, verifies, and scales the old color down", async (t) => {
    load.mark("v2");
    const run = await runWorkflow(tagged(team, "v2"), runner);
    endedAs(t, run, { release: "success", verify: "success", "scale-down": "success" });
    const [checks, reviews, images, platforms] = preflightOf(run, "commit-checks", "approvals", "images", "platforms");
    assert.equal(checks, `pass: 1 of ${team.commit.slice(0, 7)} green: tests (ci.yml)`);
    assert.equal(reviews, "pass: #4 was approved by mona");
    assert.match(images ?? "", /^warn: \S+\/fixture:v2 can be pulled for everybody, .* it means sha256:/);
    assert.match(platforms ?? "", /^pass: \S+\/fixture:v2 is built for linux\/\w+$/);
    assert.ok(writtenFor(retail.service).includes("Service retail-backend"));
    assert.deepEqual(facts(run, "release"), ["succeeded", "green", "2", "1"]);
    assert.match(run.summary, /serves revision 2 from green/);
    assert.match(run.summary, /Verification of revision 2 on green\n- Healthy in \d+ looks/);
    assert.deepEqual(team.live(), { active: "green", blue: ["v1", 0], green: ["v2", 3] });
  });

  test("an image is released by hand", async (t) => {
    load.mark("v3");
    const run = await runWorkflow(releasing(team, "v3"), runner);
    endedAs(t, run, { release: "success", verify: "success", "scale-down": "success" });
    assert.deepEqual(facts(run, "release"), ["succeeded", "blue", "3", "2"]);
    assert.deepEqual(team.live(), { active: "blue", blue: ["v3", 3], green: ["v2", 0] });
  });

  test("a release that never becomes ready fails and gets no traffic", async (t) => {
    load.mark("v4");
    const run = await runWorkflow(releasing(team, "v4-never-ready"), runner);
    endedAs(t, run, { release: "failure" });
    assert.deepEqual(facts(run, "release"), ["failed", "blue", "3", "2"]);
    assert.match(run.log, /::error::Deployment retail-backend-green never became ready: 3 of 3 pods/);
    assert.match(run.summary, /Traffic stayed on blue; nothing was switched/);
    assert.deepEqual(team.live(), { active: "blue", blue: ["v3", 3], green: ["v4-never-ready", 0] });
  });

  test("a rollback by hand goes to the revision before, although its pods are gone", async (t) => {
    load.mark("v2 again");
    const run = await runWorkflow(rollback(team, { to: "previous", reason: "orders fail" }), runner);
    endedAs(t, run, { "roll-back": "success", verify: "success" });
    assert.deepEqual(facts(run, "roll-back"), ["succeeded", "green", "2", "1"]);
    assert.match(run.summary, /orders fail/);
    assert.deepEqual(team.live(), { active: "green", blue: ["v3", 3], green: ["v2", 3] });
  });

  test("a rollback by hand goes to any revision", async (t) => {
    load.mark("v1 again");
    const run = await runWorkflow(rollback(team, { to: "1", reason: "v2 is not good either" }), runner);
    endedAs(t, run, { "roll-back": "success", verify: "success" });
    assert.deepEqual(facts(run, "roll-back"), ["succeeded", "blue", "1", ""]);
    assert.deepEqual(team.live(), { active: "blue", blue: ["v1", 3], green: ["v2", 3] });
  });

  test("and no request was lost", async (t) => {
    await losesNothing(t, load, ["v1", "v2", "v3", "v2 again", "v1 again"]);
  });

  test("a release that fails its verification is rolled back by itself", async (t) => {
    const run = await runWorkflow(releasing(team, "v6-serves-errors"), runner);
    endedAs(t, run, { release: "success", verify: "failure", "roll-back": "success" });
    assert.deepEqual(facts(run, "release"), ["succeeded", "green", "5", "1"]);
    assert.deepEqual(facts(run, "roll-back"), ["succeeded", "blue", "1", ""]);
    assert.match(run.summary, /\*\*Not healthy\*\*/);
    assert.match(run.summary, /Verification of revision 5 failed/);
    assert.deepEqual(team.live(), { active: "blue", blue: ["v1", 3], green: ["v6-serves-errors", 3] });
  });
});

suite("candlefish", { concurrency: false }, () => {
  let team: Team;
  let load: Load;

  before(async () => {
    team = opened.use(await startTeam(candlefish, runner, fixture));
    assert.deepEqual(team.live(), { active: "blue", blue: ["v1", 3], green: ["v1", 0] });
    load = await startLoad({ port: team.port });
    await sleep(500);
  });

  test("a tag that nobody has approved is stopped before anything is written", async (t) => {
    const { known } = team.github;
    team.github.known = { ...known, reviews: {} };
    const run = await runWorkflow(tagged(team, "v2"), runner);
    team.github.known = known;
    endedAs(t, run, { release: "failure" });
    assert.match(run.log, /::error::1 of \d+ checks failed: approvals/);
    assert.deepEqual(preflightOf(run, "approvals"), ["fail: #4 was approved by nobody, and 1 should have"]);
    assert.deepEqual(writtenFor(candlefish.service), []);
  });

  test("a pushed tag releases, verifies, and keeps the old version warm", async (t) => {
    load.mark("v2");
    const run = await runWorkflow(tagged(team, "v2"), runner);
    endedAs(t, run, { release: "success", verify: "success" });
    assert.deepEqual(facts(run, "release"), ["succeeded", "green", "2", "1"]);
    assert.match(run.summary, /Verification of revision 2 on green\n- 5 addresses healthy in \d+ looks/);
    assert.deepEqual(team.live(), { active: "green", blue: ["v1", 3], green: ["v2", 3] });
  });

  test("an image is released by hand", async (t) => {
    load.mark("v3");
    const run = await runWorkflow(releasing(team, "v3"), runner);
    endedAs(t, run, { release: "success", verify: "success" });
    assert.deepEqual(facts(run, "release"), ["succeeded", "blue", "3", "2"]);
    assert.deepEqual(team.live(), { active: "blue", blue: ["v3", 3], green: ["v2", 3] });
  });

  test("an image that does not exist is told before anything is written", async (t) => {
    const run = await runWorkflow(releasing(team, "missing"), runner);
    endedAs(t, run, { release: "failure" });
    assert.match(run.log, /::error::1 of \d+ checks failed: images/);
    assert.match(preflightOf(run, "images").join(), /^fail: \S+ has no image \S+\/fixture@sha256:/);
  });

  test("where people decide otherwise, its release fails and gets no traffic", async (t) => {
    const anyhow = { override: "images", "override-reason": "the registry is being repaired" };
    const run = await runWorkflow(releasing(team, "missing", anyhow), runner);
    endedAs(t, run, { release: "failure" });
    assert.match(run.summary, /the registry is being repaired/);
    assert.deepEqual(facts(run, "release"), ["failed", "blue", "3", "2"]);
    assert.match(run.log, /::error::Deployment candlefish-website-green never became ready: .*cannot pull/);
    assert.deepEqual(team.live(), { active: "blue", blue: ["v3", 3], green: ["missing", 0] });
  });

  test("a rollback can be looked at first", async (t) => {
    const inputs = { to: "1", reason: "only looking", "dry-run": "true" };
    const run = await runWorkflow(rollback(team, inputs), runner);
    endedAs(t, run, { "roll-back": "success" });
    assert.match(run.summary, /Switch traffic from blue to green/);
    assert.match(run.summary, /### History[\s\S]*\| 1 \| confirmed \| .*fixture&#58;v1</);
    assert.deepEqual(team.live(), { active: "blue", blue: ["v3", 3], green: ["missing", 0] });
  });

  test("a rollback by hand goes to any revision", async (t) => {
    load.mark("v1 again");
    const run = await runWorkflow(rollback(team, { to: "1", reason: "back to the first" }), runner);
    endedAs(t, run, { "roll-back": "success", verify: "success" });
    assert.deepEqual(facts(run, "roll-back"), ["succeeded", "green", "1", ""]);
    assert.deepEqual(team.live(), { active: "green", blue: ["v3", 3], green: ["v1", 3] });
  });

  test("the old version is scaled down, or deleted, by releasing once more what runs already", async (t) => {
    for (const [previous, blue] of [["scale-down", { blue: ["v3", 0] }] as const, ["delete", {}] as const]) {
      const run = await runWorkflow(releasing(team, "v1 by tag", { previous }), runner);
      endedAs(t, run, { release: "success", verify: "success" });
      assert.deepEqual(facts(run, "release"), ["succeeded", "green", "1", ""]);
      assert.deepEqual(team.live(), { active: "green", ...blue, green: ["v1", 3] });
    }
  });

  test("a version that was deleted is made again", async (t) => {
    load.mark("v2 again");
    const run = await runWorkflow(tagged(team, "v2"), runner);
    endedAs(t, run, { release: "success", verify: "success" });
    assert.deepEqual(facts(run, "release"), ["succeeded", "blue", "5", "2"]);
    assert.deepEqual(team.live(), { active: "blue", blue: ["v2", 3], green: ["v1", 3] });
  });

  test("and no request was lost", async (t) => {
    await losesNothing(t, load, ["v1", "v2", "v3", "v1 again", "v2 again"]);
  });

  test("a release whose site is not of the version that was meant is rolled back by itself", async (t) => {
    const run = await runWorkflow(releasing(team, "v3", { version: "v4" }), runner);
    endedAs(t, run, { release: "success", verify: "failure", "roll-back": "success" });
    assert.match(run.summary, /says `v3`, not `v4`/);
    assert.deepEqual(facts(run, "roll-back"), ["succeeded", "blue", "5", "2"]);
    assert.deepEqual(team.live(), { active: "blue", blue: ["v2", 3], green: ["v3", 3] });
  });
});

test("every job of their workflows has run", async () => {
  for (const { name } of [retail, candlefish]) assert.deepEqual(await jobsLeft(join(scratch, name), runner), []);
});

/** A release by hand that verifies the version, where it is one that can say it. */
function releasing(team: Team, release: string, inputs: Readonly<Record<string, string>> = {}): Workflow {
  const version = release.startsWith("v") && !release.endsWith(" by tag") ? { version: release } : {};
  return byHand(team, { image: fixture.image(release), ...version, ...inputs });
}
