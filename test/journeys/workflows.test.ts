import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { candlefish, retail } from "../examples.ts";
import { ends, facts, image, log, startTeam, summary } from "./example-team.ts";

const rolledBack = { "roll-back": "success", verify: "success" };

suite("the workflows of retail", () => {
  test("a release that fails its verification is rolled back by itself, with the actions as users have them", async () => {
    await using team = await startTeam(retail, "bundle");
    const run = await team.byHand("release.yml", { image: image("v6"), version: "v6" });
    assert.deepEqual(ends(run), { release: "success", verify: "failure", "roll-back": "success" }, log(run));
    assert.deepEqual(facts(run, "release"), ["succeeded", "green", "2", "1"]);
    assert.deepEqual(facts(run, "roll-back"), ["succeeded", "blue", "1", ""]);
    assert.match(summary(run), /\*\*Not healthy\*\*: .* does not answer well: status 500/);
    assert.match(summary(run), /Verification of revision 2 failed/);
    assert.deepEqual(team.live(), { active: "blue", blue: ["v1", 3], green: ["v6", 3] });
  });

  test("a pushed tag releases and scales down, and a rollback goes to the revision before, or to any", async () => {
    await using team = await startTeam(retail);
    const release = await team.tag("v2");
    assert.deepEqual(ends(release), { release: "success", verify: "success", "scale-down": "success" }, log(release));
    assert.deepEqual(facts(release, "release"), ["succeeded", "green", "2", "1"]);
    assert.match(summary(release), /serves revision 2 from green/);
    assert.match(summary(release), /Verification of revision 2 on green\n- Healthy in 1 looks; the API says `.*"v2"}`/);
    assert.deepEqual(team.live(), { active: "green", blue: ["v1", 0], green: ["v2", 3] });

    const back = await team.byHand("rollback.yml", { to: "previous", reason: "orders fail" });
    assert.deepEqual(ends(back), rolledBack, log(back));
    assert.deepEqual(facts(back, "roll-back"), ["succeeded", "blue", "1", ""]);
    assert.match(summary(back), /orders fail/);
    assert.deepEqual(team.live(), { active: "blue", blue: ["v1", 3], green: ["v2", 3] });

    const forth = await team.byHand("rollback.yml", { to: "2", reason: "it was not v2" });
    assert.deepEqual(ends(forth), rolledBack, log(forth));
    assert.deepEqual(facts(forth, "roll-back").slice(0, 3), ["succeeded", "green", "2"]);
    assert.deepEqual(team.live(), { active: "green", blue: ["v1", 3], green: ["v2", 3] });
  });

  test("a tag whose checks are red, or that nobody has approved, is not released", async () => {
    await using team = await startTeam(retail);
    const { statuses = [], ...approved } = team.github.known;
    team.github.known = { ...approved, statuses: statuses.map((status) => ({ ...status, state: "failure" })) };
    const red = await team.tag("v2");
    assert.deepEqual(ends(red), { release: "failure" }, log(red));
    assert.match(log(red), /##\[error\]1 of \d+ checks failed: commit-checks\n.*ci \(status\) says failure/);
    team.github.known = { ...approved, statuses, reviews: {} };
    assert.match(log(await team.tag("v2")), /checks failed: approvals\n.*#4 was approved by nobody, and 1 should have/);
    assert.deepEqual(team.live(), { active: "blue", blue: ["v1", 3], green: ["v1", 0] });
  });

  test("a release that never becomes ready gets no traffic", async () => {
    await using team = await startTeam(retail);
    const run = await team.byHand("release.yml", { image: image("v4") });
    assert.deepEqual([run.conclusion, ends(run)], ["failure", { release: "failure" }], log(run));
    assert.deepEqual(facts(run, "release"), ["failed", "blue", "1", ""]);
    assert.match(log(run), /##\[error\]Deployment retail-backend-green never became ready: 3 of 3 pods/);
    assert.match(summary(run), /Traffic stayed on blue; nothing was switched/);
    assert.deepEqual(team.live(), { active: "blue", blue: ["v1", 3], green: ["v4", 0] });
  });
});

suite("the workflows of candlefish", () => {
  const released = { release: "success", verify: "success" };

  test("a pushed tag keeps the old version, with the actions as users have them", async () => {
    await using team = await startTeam(candlefish, "bundle");
    const release = await team.tag("v2");
    assert.deepEqual(ends(release), released, log(release));
    assert.deepEqual(facts(release, "release"), ["succeeded", "green", "2", "1"]);
    assert.match(summary(release), /Verification of revision 2 on green\n- 5 addresses healthy in 1 looks; .* `v2`/);
    assert.deepEqual(team.live(), { active: "green", blue: ["v1", 3], green: ["v2", 3] });
  });

  test("an image is released by hand, and once more to delete the old version, which can be made again", async () => {
    await using team = await startTeam(candlefish);
    for (const [previous, blue] of [["keep", { blue: ["v1", 3] }] as const, ["delete", {}] as const]) {
      const run = await team.byHand("release.yml", { image: image("v3"), version: "v3", previous });
      assert.deepEqual(ends(run), released, log(run));
      assert.deepEqual(facts(run, "release").slice(0, 3), ["succeeded", "green", "2"]);
      assert.deepEqual(team.live(), { active: "green", ...blue, green: ["v3", 3] });
    }
    const again = await team.tag("v2");
    assert.deepEqual(ends(again), released, log(again));
    assert.deepEqual(facts(again, "release"), ["succeeded", "blue", "3", "2"]);
    assert.deepEqual(team.live(), { active: "blue", blue: ["v2", 3], green: ["v3", 3] });

    const look = await team.byHand("rollback.yml", { to: "2", reason: "only looking", "dry-run": "true" });
    assert.deepEqual(ends(look), { "roll-back": "success" }, log(look));
    assert.match(summary(look), /Switch traffic from blue to green/);
    assert.equal(team.live().active, "blue");

    const back = await team.byHand("rollback.yml", { to: "2", reason: "back to v3" });
    assert.deepEqual(ends(back), rolledBack, log(back));
    assert.deepEqual(facts(back, "roll-back").slice(0, 3), ["succeeded", "green", "2"]);
    assert.deepEqual(team.live(), { active: "green", blue: ["v2", 3], green: ["v3", 3] });
  });

  test("a release that fails its verification is rolled back by itself", async () => {
    await using team = await startTeam(candlefish);
    const run = await team.byHand("release.yml", { image: image("v6"), version: "v6" });
    assert.deepEqual(ends(run), { release: "success", verify: "failure", "roll-back": "success" }, log(run));
    assert.deepEqual(facts(run, "roll-back").slice(0, 3), ["succeeded", "blue", "1"]);
    assert.match(summary(run), /\*\*Not healthy\*\*: .* does not answer well: status 500/);
    assert.equal(team.live().active, "blue");
  });

  test("a choice that the form does not offer is refused", async () => {
    await using team = await startTeam(candlefish);
    const run = team.byHand("release.yml", { image: image("v3"), previous: "burn" });
    await assert.rejects(run, /release\.yml:\d+ input 'previous' is 'burn', not one of keep, scale-down, delete/);
  });
});
