import assert from "node:assert/strict";
import { test } from "node:test";
import { commit, foundAtGitHub } from "../github-scene.test-kit.ts";

const id = "approvals";
const user = (login: string, type = "User") => ({ login, type });
const approval = (login: string, name = "production", state: "approved" | "rejected" = "approved") => ({
  ...{ state, user: user(login), environments: [{ name }] },
});
const pull = (number: number, merged: string = commit) => ({
  ...{ number, user: user("author"), merge_commit_sha: merged, head: { sha: "f00" } },
});
const said = (login: string, state: string, type?: string) => ({ state, user: user(login, type) });

test("an environment that somebody else has approved passes", async () => {
  const approvals = [approval("octocat"), approval("hubot", "staging"), approval("mona")];
  const found = await foundAtGitHub(id, { inputs: { "required-approvals": "production" }, approvals });
  assert.equal(found.told, "pass: Environment production was approved by mona");
  assert.deepEqual(found.asked, ["/api/v3/repos/acme/shop/actions/runs/77/approvals"]);
});

test("nobody's approval, a rejection and one's own are none", async () => {
  const inputs = { "required-approvals": "production, payments" };
  const approvals = [approval("octocat"), approval("mona", "payments", "rejected")];
  const found = await foundAtGitHub(id, { inputs, approvals });
  assert.equal(
    found.told,
    "fail: Environment production was approved by octocat alone, who has started this run\n" +
      "Nobody has approved environment payments in this run",
  );
  assert.match(found.remedy, /prevent self-review/);
});

test("who runs it again counts as who has started it, too", async () => {
  const inputs = { "required-approvals": "production" };
  const env = { GITHUB_TRIGGERING_ACTOR: "mona" };
  const found = await foundAtGitHub(id, { inputs, env, approvals: [approval("mona")] });
  assert.match(found.told, /^fail: Environment production was approved by mona alone/);
});

test("a pull request with enough approvals passes; what a reviewer says last counts, but for comments", async () => {
  const reviews = {
    4: [
      said("mona", "CHANGES_REQUESTED"),
      said("mona", "APPROVED"),
      said("mona", "COMMENTED"),
      said("lisa", "APPROVED"),
    ],
    9: [],
  };
  const found = await foundAtGitHub(id, {
    ...{ inputs: { "required-reviews": "2" }, pulls: [pull(9, "other"), pull(4)], reviews },
  });
  assert.equal(found.told, "pass: #4 was approved by mona, lisa");
  assert.ok(!found.asked.some((path) => path.includes("/pulls/9/")));
});

test("the author's, a bot's and a dismissed approval do not count", async () => {
  const reviews = { 4: [said("author", "APPROVED"), said("ci[bot]", "APPROVED", "Bot"), said("mona", "DISMISSED")] };
  const found = await foundAtGitHub(id, { inputs: { "required-reviews": "1" }, pulls: [pull(4)], reviews });
  assert.equal(found.told, "fail: #4 was approved by nobody, and 1 should have");
});

test("a reviewer who wants changes is not outvoted", async () => {
  const reviews = { 4: [said("mona", "APPROVED"), said("lisa", "CHANGES_REQUESTED")] };
  const found = await foundAtGitHub(id, { inputs: { "required-reviews": "1" }, pulls: [pull(4)], reviews });
  assert.equal(found.told, "fail: #4 is to be changed, by lisa");
});

test("a commit that was pushed past review fails", async () => {
  const found = await foundAtGitHub(id, { inputs: { "required-reviews": "1" } });
  assert.equal(found.told, "fail: No pull request has brought 0123abc");
});

test("an answer that GitHub refuses is an error with the permission", async () => {
  const inputs = { "required-reviews": "1" };
  const found = await foundAtGitHub(id, { inputs, troubles: [{ status: 404, body: '{"message":"Not Found"}' }] });
  assert.match(found.told, /^error: Cannot read the pull requests of 0123abc: GitHub answers 404/);
  assert.match(found.remedy, /pull-requests: read/);
});

test("where nothing is required nothing is asked", async () => {
  const found = await foundAtGitHub(id, { inputs: {} });
  assert.deepEqual(
    [found.told, found.asked],
    ["skip: Neither `required-approvals` nor `required-reviews` is given", []],
  );
});
