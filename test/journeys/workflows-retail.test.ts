import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { type Example, ends, facts, image, log, startTeam, summary } from "./example-team.ts";

const retail: Example = {
  name: "retail",
  service: "retail-backend",
  deployment: (color) => `retail-backend-${color}`,
  colorLabel: "deployment",
  container: "retail-backend",
  addresses: ["BACKEND_URL", "CONSUMER_URL", "ADMIN_URL"],
};
const released = { release: "success", verify: "success", "scale-down": "success" };

// Teams of their own, side by side: each waits a second wherever its script does.
suite("the workflows of retail", { concurrency: true }, () => {
  test("a pushed tag releases and scales down, and a rollback goes to the revision before, or to any", async () => {
    await using team = await startTeam(retail);
    const release = await team.tag("v2");
    assert.deepEqual(ends(release), released, log(release));
    assert.deepEqual(facts(release, "release"), ["succeeded", "green", "2", "1"]);
    assert.match(summary(release), /serves revision 2 from green/);
    assert.match(summary(release), /Verification of revision 2 on green\n- Healthy in 1 looks; the API says `.*"v2"/);
    assert.deepEqual(team.live(), { active: "green", blue: ["v1", 0], green: ["v2", 3] });

    const back = await team.byHand("rollback.yml", { to: "previous", reason: "orders fail" });
    assert.deepEqual(ends(back), { "roll-back": "success", verify: "success" }, log(back));
    assert.deepEqual(facts(back, "roll-back"), ["succeeded", "blue", "1", ""]);
    assert.match(summary(back), /orders fail/);
    assert.deepEqual(team.live(), { active: "blue", blue: ["v1", 3], green: ["v2", 3] });

    const forth = await team.byHand("rollback.yml", { to: "2", reason: "it was not v2" });
    assert.deepEqual(ends(forth), { "roll-back": "success", verify: "success" }, log(forth));
    assert.deepEqual(facts(forth, "roll-back").slice(0, 3), ["succeeded", "green", "2"]);
    assert.deepEqual(team.live(), { active: "green", blue: ["v1", 3], green: ["v2", 3] });
  });

  test("an image is released by hand, and one that never becomes ready gets no traffic", async () => {
    await using team = await startTeam(retail);
    const release = await team.byHand("release.yml", { image: image("v3"), version: "v3" });
    assert.deepEqual(ends(release), released, log(release));
    assert.deepEqual(facts(release, "release"), ["succeeded", "green", "2", "1"]);
    assert.deepEqual(team.live(), { active: "green", blue: ["v1", 0], green: ["v3", 3] });

    const bad = await team.byHand("release.yml", { image: image("v4") });
    assert.deepEqual([bad.conclusion, ends(bad)], ["failure", { release: "failure" }], log(bad));
    assert.deepEqual(facts(bad, "release"), ["failed", "green", "2", "1"]);
    assert.match(log(bad), /##\[error\]Deployment retail-backend-blue never became ready: 3 of 3 pods/);
    assert.match(summary(bad), /Traffic stayed on green; nothing was switched/);
    assert.deepEqual(team.live(), { active: "green", blue: ["v4", 0], green: ["v3", 3] });
  });

  test("a release that fails its verification is rolled back by itself", async () => {
    await using team = await startTeam(retail);
    const run = await team.byHand("release.yml", { image: image("v6"), version: "v6" });
    assert.deepEqual(ends(run), { release: "success", verify: "failure", "roll-back": "success" }, log(run));
    assert.deepEqual(facts(run, "release"), ["succeeded", "green", "2", "1"]);
    assert.deepEqual(facts(run, "roll-back"), ["succeeded", "blue", "1", ""]);
    assert.match(summary(run), /\*\*Not healthy\*\*/);
    assert.match(summary(run), /Verification of revision 2 failed/);
    assert.deepEqual(team.live(), { active: "blue", blue: ["v1", 3], green: ["v6", 3] });
  });
});
