import assert from "node:assert/strict";
import { test } from "node:test";
import { identityOf } from "./identity.ts";

const env = {
  GITHUB_REPOSITORY: "acme/shop",
  GITHUB_RUN_ID: "42",
  GITHUB_RUN_ATTEMPT: "2",
  GITHUB_JOB: "deploy",
  GITHUB_ACTION: "release",
  GITHUB_SERVER_URL: "https://ghe.example",
  GITHUB_ACTOR: "octocat",
  GITHUB_SHA: "4b825dc",
};

test("a run is known by repository, run, attempt, job and a nonce of its own", () => {
  const { holder, ...rest } = identityOf(env, "0".repeat(32));
  assert.match(holder, /^acme\/shop\/42\/2\/deploy\/[0-9a-f]{32}$/);
  assert.notEqual(identityOf(env, "1".repeat(32)).holder, holder);
  assert.deepEqual(rest, {
    repository: "acme/shop",
    step: "acme/shop/42/deploy/release",
    runUrl: "https://ghe.example/acme/shop/actions/runs/42/attempts/2",
    actor: "octocat",
    commit: "4b825dc",
  });
});

test("outside a runner it is the user and the machine", () => {
  const { holder, repository, runUrl, step } = identityOf({}, "0".repeat(32));
  assert.match(holder, /^local\/.+\/\d+\/[0-9a-f]{32}$/);
  assert.equal(repository, "local");
  assert.equal(runUrl, "");
  assert.equal(step, holder);
});
