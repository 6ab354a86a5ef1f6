import assert from "node:assert/strict";
import { test } from "node:test";
import { checked, told } from "../checked.test-kit.ts";

// The town's clock starts at the beginning of 2030, a Tuesday.
test("within a window releases are allowed", async () => {
  const found = await checked("window", { inputs: { windows: "Sat 10:00-11:00\nTue 00:00-01:00 Europe/London" } });
  assert.equal(told(found), "pass: 2030-01-01 00:00 UTC is within Tue 00:00-01:00 Europe/London");
});

test("outside of all windows they are not, and the next one is named", async () => {
  const found = await checked("window", { inputs: { windows: "Tue-Thu 10:00-14:00 America/New_York" } });
  assert.equal(told(found), "fail: 2030-01-01 00:00 UTC is outside of Tue-Thu 10:00-14:00 America/New_York");
  assert.match(found.remedy ?? "", /^The next one opens at 2030-01-01 15:00 UTC\..*override: window/);
});

test("without windows there is nothing to check", async () => {
  assert.equal(told(await checked("window")), "skip: No `windows` are given");
});
