import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { type Example, ends, facts, image, log, startTeam, summary } from "./example-team.ts";

const candlefish: Example = {
  name: "candlefish",
  service: "candlefish-website-service",
  deployment: (color) => `candlefish-website-${color}`,
  colorLabel: "version",
  container: "website",
  addresses: ["SITE_URL"],
};
const released = { release: "success", verify: "success" };

suite("the workflows of candlefish", { concurrency: true }, () => {
  test("a pushed tag keeps the old version, and a rollback can be looked at first", async () => {
    await using team = await startTeam(candlefish);
    const release = await team.tag("v2");
    assert.deepEqual(ends(release), released, log(release));
    assert.deepEqual(facts(release, "release"), ["succeeded", "green", "2", "1"]);
    assert.match(summary(release), /Verification of revision 2 on green\n- 5 addresses healthy in 1 looks; .* `v2`/);
    assert.deepEqual(team.live(), { active: "green", blue: ["v1", 3], green: ["v2", 3] });

    const look = await team.byHand("rollback.yml", { to: "1", reason: "only looking", "dry-run": "true" });
    assert.deepEqual(ends(look), { "roll-back": "success" }, log(look));
    assert.match(summary(look), /Switch traffic from green to blue/);
    assert.deepEqual(team.live(), { active: "green", blue: ["v1", 3], green: ["v2", 3] });

    const back = await team.byHand("rollback.yml", { to: "1", reason: "back to the first" });
    assert.deepEqual(ends(back), { "roll-back": "success", verify: "success" }, log(back));
    assert.deepEqual(facts(back, "roll-back"), ["succeeded", "blue", "1", ""]);
    assert.deepEqual(team.live(), { active: "blue", blue: ["v1", 3], green: ["v2", 3] });
  });

  test("an image is released by hand, and once more to scale down or delete the old one, which can be made again", async () => {
    await using team = await startTeam(candlefish);
    for (const [previous, blue] of [
      ["keep", { blue: ["v1", 3] }],
      ["scale-down", { blue: ["v1", 0] }],
      ["delete", {}],
    ] as const) {
      const run = await team.byHand("release.yml", { image: image("v3"), version: "v3", previous });
      assert.deepEqual(ends(run), released, log(run));
      assert.deepEqual(facts(run, "release").slice(0, 3), ["succeeded", "green", "2"]);
      assert.deepEqual(team.live(), { active: "green", ...blue, green: ["v3", 3] });
    }
    const again = await team.tag("v2");
    assert.deepEqual(ends(again), released, log(again));
    assert.deepEqual(facts(again, "release"), ["succeeded", "blue", "3", "2"]);
    assert.deepEqual(team.live(), { active: "blue", blue: ["v2", 3], green: ["v3", 3] });
  });

  test("a release whose image does not exist fails, and one that fails its verification is rolled back", async () => {
    await using team = await startTeam(candlefish);
    const bad = await team.byHand("release.yml", { image: image("missing") });
    assert.deepEqual([bad.conclusion, ends(bad)], ["failure", { release: "failure" }], log(bad));
    assert.match(log(bad), /##\[error\]Deployment candlefish-website-green never became ready: .*cannot pull/);
    assert.deepEqual(team.live(), { active: "blue", blue: ["v1", 3], green: ["missing", 0] });

    const run = await team.byHand("release.yml", { image: image("v6"), version: "v6" });
    assert.deepEqual(ends(run), { release: "success", verify: "failure", "roll-back": "success" }, log(run));
    assert.deepEqual(facts(run, "roll-back").slice(0, 3), ["succeeded", "blue", "1"]);
    assert.match(summary(run), /\*\*Not healthy\*\*/);
    assert.equal(team.live().active, "blue");
  });

  test("a choice that the form does not offer is refused", async () => {
    await using team = await startTeam(candlefish);
    const run = team.byHand("release.yml", { image: image("v3"), previous: "burn" });
    await assert.rejects(run, /release\.yml:\d+ input 'previous' is 'burn', not one of keep, scale-down, delete/);
  });
});
