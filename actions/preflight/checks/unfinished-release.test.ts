import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyTown, service } from "../../../test/journeys/shop.ts";
import { checked, releasing, told } from "../checked.test-kit.ts";

const release = { service: "shop", images: "app=registry.example/shop:v2", drain: "0s" };

test("before the first release there is nothing to finish", async () => {
  assert.equal(told(await checked("unfinished-release")), "pass: shop has no history yet");
});

test("after a release its revision is confirmed", async () => {
  const found = await checked("unfinished-release", { before: (town) => town.run("blue-green-deploy", release) });
  assert.equal(told(found), "pass: Revision 2 of shop is confirmed");
});

test("a preview that waits for its approval is told", async () => {
  const found = await checked("unfinished-release", {
    before: (town) => town.run("blue-green-deploy", { ...release, switch: "manual" }),
  });
  assert.equal(told(found), "warn: Revision 2 of shop stands in green and has no traffic yet");
});

test("where the release brings the Service there was none before", async () => {
  const found = await checked("unfinished-release", { ...releasing({}, service()), options: emptyTown() });
  assert.equal(told(found), "skip: Service shop has no release yet");
});
