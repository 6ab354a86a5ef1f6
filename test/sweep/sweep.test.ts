import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "@cutover/sandbox";
import { seed } from "./sweep.ts";
import { sweeps } from "./table.ts";

/** Points of each sweep that `npm test` draws; `npm run test:sweep` runs all. */
const drawn = 2;

for (const { name, groups, quick, open } of sweeps.filter(({ isSlow }) => isSlow !== true)) {
  test(`${name}: a few points drawn by a seed, of the ${groups.length} groups of points`, async () => {
    const random = seededRandom(seed);
    const group = quick ?? groups[random.below(groups.length)] ?? "";
    const { points, run } = await open(group);
    assert.ok(points.length > drawn, `${points.length} points`);
    for (let count = 0; count < drawn; count++) {
      const point = points[random.below(points.length)] ?? "";
      assert.equal(await run(point), undefined, `npm run test:sweep -- --only '${name}/${group}/${point}'`);
    }
  });
}
