import assert from "node:assert/strict";
import { test } from "node:test";
import { activeColor, failureOf, history, openShop, replicas } from "./open-shop.ts";

/** A team's own script: it asks the preview for its version, and wants the one that it was given. */
const script = `
const answer = await fetch(process.env.PREVIEW_URL);
const { version } = await answer.json();
const { SERVICE, COLOR, REVISION } = process.env;
console.log(\`\${SERVICE} \${COLOR} \${REVISION}: \${version}\`);
console.log("::set-output name=color::forged");
if (version !== process.argv[2]) { console.error("the wrong version"); process.exit(3); }
`;

test("a smoke command in the workspace asks the preview before it gets traffic", async () => {
  await using shop = await openShop();
  shop.checkOut({ "smoke.mjs": script });
  const run = await shop.deploy({ images: "app=registry.example/shop:v2", smoke: "node smoke.mjs v2" });
  assert.deepEqual([run.outputs.outcome, run.outputs.color], ["succeeded", "green"], run.log);
  assert.match(run.log, /shop green 2: v2/);
});

test("a smoke command that is not content keeps the traffic where it was", async () => {
  await using shop = await openShop();
  shop.checkOut({ "smoke.mjs": script });
  const run = await shop.deploy({ images: "app=registry.example/shop:v2", smoke: "node smoke.mjs v3" });
  assert.equal(run.outputs.outcome, "failed", run.log);
  assert.equal(
    failureOf(run),
    "The smoke command ended with exit code 3, asked about green\nTraffic stayed on blue (revision 1); nothing was switched.\nWhat to do: Its output stands above; traffic was not switched.",
  );
  assert.match(run.log, /the wrong version/);
  assert.deepEqual([activeColor(shop), replicas(shop)], ["blue", { blue: 2, green: 0 }]);
  assert.deepEqual(history(shop), ["1 confirmed", "2 failed"]);
});
