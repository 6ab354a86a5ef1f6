import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { quickstart, retail } from "../examples.ts";
import { type Runner, runWorkflow } from "./act.ts";
import { type FixtureNames, publishFixture } from "./fixture-names.ts";
import { publish as publishImage } from "./images.ts";
import { endedAs, facts, jobsLeft, preflightOf } from "./judged-run.ts";
import { blocksIn, type Newcomer, welcome } from "./newcomer.ts";
import { createProduction, inProduction } from "./production.ts";
import { publish } from "./published.ts";
import { registry } from "./registry.ts";
import { live, startTeam } from "./team.ts";
import { byHand, rollback, tagged } from "./team-workflows.ts";

const scratch = await mkdtemp(join(tmpdir(), "cutover-quickstart-"));
const runner: Runner = { scratch, published: join(scratch, "cutover"), ran: new Set() };
const opened = new AsyncDisposableStack();
let newcomer: Newcomer;
let fixture: FixtureNames;
let next: string;

before(async () => {
  await publish(runner.published);
  fixture = await publishFixture();
  await publishImage("v1", { name: "shop", tag: "v1.0.0" });
  next = await publishImage("v2", { name: "shop", tag: "v1.1.0" });
  opened.use(createProduction());
  newcomer = await welcome(runner);
  opened.use(newcomer.repository);
});

after(async () => {
  await opened.disposeAsync();
  await rm(scratch, { recursive: true, force: true });
});

test("who types what the quickstart's page says has a first release", async (t) => {
  const steps = blocksIn(newcomer.page);
  assert.equal(steps.length, 4);
  for (const commands of steps) newcomer.type(commands);
  assert.deepEqual(await newcomer.pushed(), ["v1.0.0"]);
  const run = await runWorkflow(tagged(await owner(), "v1.0.0"), runner);
  endedAs(t, run, { release: "success" });
  assert.deepEqual(facts(run, "release"), ["succeeded", "blue", "1", ""]);
  assert.match(preflightOf(run, "images").join(), /shop:v1\.0\.0 can be pulled for everybody/);
  assert.match(preflightOf(run, "platforms").join(), /^pass: /);
  assert.deepEqual([live(quickstart, fixture), answer()], [{ active: "blue", blue: ["v1.0.0", 3] }, "v1"]);
});

test("the next one goes by digest, as the page advises", async (t) => {
  const [, advice = ""] = /`(gh workflow run release\.yml [^`]*…)`/.exec(newcomer.page) ?? [];
  newcomer.type(advice.replace(/\S+…/, `image=${next}`));
  const run = await runWorkflow(byHand(await owner(), await inputs("release.yml")), runner);
  endedAs(t, run, { release: "success" });
  assert.deepEqual(facts(run, "release"), ["succeeded", "green", "2", "1"]);
  assert.match(preflightOf(run, "images").join(), /^pass: /);
  assert.equal(answer(), "v2");
});

test("and the page's way back is one", async (t) => {
  const [, command = ""] = /`(gh workflow run rollback\.yml [^`]*)`/.exec(newcomer.page) ?? [];
  newcomer.type(command);
  const run = await runWorkflow(rollback(await owner(), await inputs("rollback.yml")), runner);
  endedAs(t, run, { "roll-back": "success" });
  assert.deepEqual(facts(run, "roll-back"), ["succeeded", "blue", "1", ""]);
  assert.match(run.summary, /orders fail/);
  assert.equal(answer(), "v1");
});

test("every job of the quickstart's workflows has run", async () => {
  assert.deepEqual(await jobsLeft(newcomer.repository.workflow.repository, runner), []);
});

test("the workflow on promote's page moves the traffic to what was approved", async (t) => {
  const team = opened.use(await startTeam(retail, runner, fixture));
  const page = await readFile(join(runner.published, "actions", "promote", "README.md"), "utf8");
  const [, jobs = ""] = /^```yaml\n(jobs:\n[\s\S]*?)^```$/m.exec(page) ?? [];
  // Their images, and a soak for a test.
  const theirs = jobs
    .replace("registry.example.com/retail-backend", `${registry}/fixture`)
    .replace("soak: 2m", "soak: 2s");
  const form = "on: { workflow_dispatch: { inputs: { digest: { required: true } } } }";
  await writeFile(join(team.workflow.repository, ".github", "workflows", "promote.yml"), `${form}\n${theirs}`);
  const digest = fixture.image("v2").replace(/.*sha256:/, "");
  const run = await runWorkflow(byHand(team, { digest }, "promote.yml"), runner);
  endedAs(t, run, { preview: "success", promote: "success" });
  assert.deepEqual(facts(run, "preview"), ["succeeded", "blue", "1", ""]);
  assert.deepEqual(facts(run, "promote"), ["succeeded", "green", "2", "1"]);
  assert.deepEqual(team.live(), { active: "green", blue: ["v1", 3], green: ["v2", 3] });
});

async function owner() {
  return { github: newcomer.repository.github, workflow: await newcomer.workflow() };
}

/** What the workflow was given by `gh workflow run`: `reason=orders fail`. */
async function inputs(file: string): Promise<Record<string, string>> {
  const [, name = "", value = ""] = /^([^=]+)=(.*)$/.exec(await newcomer.given("inputs", file)) ?? [];
  return { [name]: value };
}

/** The version that the Service answers with. */
function answer(): unknown {
  const path = "/api/v1/namespaces/production/services/shop:http/proxy/version";
  return JSON.parse(inProduction("get", "--raw", path)).version;
}
