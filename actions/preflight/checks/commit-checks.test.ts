import assert from "node:assert/strict";
import { test } from "node:test";
import { commit, foundAtGitHub, ownRun, workflow, workflows } from "../github-scene.test-kit.ts";

const id = "commit-checks";
const all = { "commit-checks": "*" };

test("check runs and statuses of the commit are green, this run's own aside", async () => {
  const found = await foundAtGitHub(id, {
    inputs: all,
    ...workflows(workflow({ id: 1 }, { build: "success", docs: "skipped" }), ownRun),
    statuses: [{ context: "coverage", state: "success", target_url: null }],
  });
  assert.equal(found.told, "pass: 3 of 0123abc green: build (ci.yml), docs (ci.yml), coverage (status)");
  const asked = found.asked.map((path) => path.replace("/api/v3/repos/acme/shop", "").replaceAll(commit, "SHA"));
  const wanted = [
    "/actions/runs?head_sha=SHA&per_page=100",
    "/commits/SHA/check-runs?filter=latest&per_page=100",
    "/commits/SHA/status?per_page=100",
  ];
  assert.deepEqual(new Set(asked), new Set(wanted));
  assert.equal(asked.length, wanted.length);
});

test("what is red is told with where to read about it", async () => {
  const found = await foundAtGitHub(id, {
    inputs: all,
    ...workflow({ id: 1 }, { build: "success", test: "timed_out" }),
    statuses: [{ context: "license/scan", state: "error", target_url: "https://scan.example/1" }],
  });
  assert.equal(
    found.told,
    "fail: test (ci.yml) says timed_out of 0123abc: https://github.example/acme/shop/actions/runs/1/job/1\n" +
      "license/scan (status) says error of 0123abc: https://scan.example/1",
  );
});

test("a scheduled run that fails at the branch's tip says nothing of the commit", async () => {
  const nightly = workflow({ id: 2, path: "nightly.yml", event: "schedule", said: "failure" }, { scan: "failure" });
  const known = workflows(workflow({ id: 1 }, { build: "success" }), nightly);
  assert.match((await foundAtGitHub(id, { inputs: all, ...known })).told, /^pass: 1 of 0123abc green: build/);
  const counted = { ...all, "commit-checks-events": "push, schedule" };
  assert.match((await foundAtGitHub(id, { inputs: counted, ...known })).told, /^fail: scan \(nightly\.yml\)/);
});

test("of a check that ran again the latest counts, and those of two workflows with one name both", async () => {
  const again = workflows(workflow({ id: 1 }, { build: "failure" }), workflow({ id: 3 }, { build: "success" }));
  assert.match((await foundAtGitHub(id, { inputs: all, ...again })).told, /^pass: 1 of/);
  const two = workflows(again, workflow({ id: 2, path: "arm.yml" }, { build: "failure" }));
  assert.match((await foundAtGitHub(id, { inputs: all, ...two })).told, /^fail: build \(arm\.yml\) says failure/);
});

test("an earlier release of the same commit that failed does not stop this one, unless its check is asked for by name", async () => {
  const earlier = workflow({ id: 5, path: "release.yml", said: "failure" }, { "Release to production": "failure" });
  const known = workflows(workflow({ id: 1 }, { build: "success" }), earlier, ownRun);
  assert.match((await foundAtGitHub(id, { inputs: all, ...known })).told, /^pass: 1 of 0123abc green: build/);
  const named = await foundAtGitHub(id, { inputs: { "commit-checks": "build, Release*" }, ...known });
  assert.match(named.told, /^fail: Release to production \(release\.yml\) says failure/);
});

test("named checks must be there, and no others count", async () => {
  const known = workflow({ id: 1 }, { "test (20)": "success", "test (22)": "success", lint: "failure" });
  const good = await foundAtGitHub(id, { inputs: { "commit-checks": "test (*)" }, ...known });
  assert.match(good.told, /^pass: 2 of 0123abc green/);
  const missing = await foundAtGitHub(id, { inputs: { "commit-checks": "test (*)\nsecurity scan" }, ...known });
  assert.equal(missing.told, "fail: No check security scan of 0123abc");
  assert.match(missing.remedy, /commit-checks-events/);
});

test("a commit that nothing has checked is not good", async () => {
  assert.equal((await foundAtGitHub(id, { inputs: all, ...ownRun })).told, "fail: Nothing has checked 0123abc");
});

test("what is not done fails, or does not count; a job that is still to come is not done", async () => {
  const known = workflow({ id: 1, said: "in_progress" }, { build: "success" });
  const wanted = { "commit-checks": "build, e2e" };
  assert.equal((await foundAtGitHub(id, { inputs: wanted, ...known })).told, "fail: Not done for 0123abc: ci (ci.yml)");
  const ignoring = await foundAtGitHub(id, { inputs: { ...wanted, "commit-checks-pending": "ignore" }, ...known });
  assert.equal(ignoring.told, "pass: 1 of 0123abc green: build (ci.yml), and not waited for: ci (ci.yml)");
});

test("what is not done is waited for if wanted", async () => {
  const inputs = { ...all, "commit-checks-pending": "wait" };
  const found = await foundAtGitHub(id, {
    ...{ inputs, ...workflow({ id: 1, said: "in_progress" }, { build: "in_progress" }) },
    meanwhile: (github) => {
      const push = github.asked.push.bind(github.asked);
      github.asked.push = (...paths) => {
        const count = push(...paths);
        if (count === 6) github.known = workflow({ id: 1 }, { build: "success" });
        return count;
      };
    },
  });
  assert.match(found.told, /^pass: 1 of 0123abc green: build/);
  assert.equal(found.asked.length, 9);
});

test("a workflow that could not start is red although it has no job", async () => {
  const known = workflows(
    workflow({ id: 1 }, { build: "success" }),
    workflow({ id: 2, path: "e2e.yml", said: "startup_failure" }, {}),
  );
  assert.match(
    (await foundAtGitHub(id, { inputs: all, ...known })).told,
    /^fail: e2e \(e2e\.yml\) says startup_failure/,
  );
});

test("a token that may not read is an error that names the permission", async () => {
  const refused = { status: 403, body: '{"message":"Resource not accessible by integration"}' };
  const found = await foundAtGitHub(id, { inputs: all, troubles: [refused, refused, refused] });
  assert.match(found.told, /^error: Cannot read the \w+ \w+ of 0123abc: GitHub answers 403 \(Resource not accessible/);
  assert.match(found.remedy, /permissions: (actions|checks|statuses): read/);
  const stranger = await foundAtGitHub(id, { inputs: { ...all, "github-token": "ghs_somebody-else" } });
  assert.match(stranger.told, /^error: .*GitHub answers 401 \(Bad credentials\)/);
});

test("without names nothing is asked", async () => {
  const found = await foundAtGitHub(id, { inputs: {} });
  assert.deepEqual([found.told, found.asked], ["skip: No `commit-checks` are given", []]);
});
