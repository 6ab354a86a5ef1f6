import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Town } from "../../../test/virtual/town.ts";
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

test("the next one that is named is not in a freeze, and nor is what a freeze says comes after it", async () => {
  const windows = "Tue-Thu 10:00-14:00";
  const list = (from: string, to: string) => ({
    before: ({ workspace }: Town) =>
      writeFileSync(join(workspace, "freezes.yml"), `- { name: A, from: ${from}, to: ${to} }`),
  });
  const inputs = { windows, freezes: "freezes.yml" };
  const shut = await checked("window", { inputs, ...list("2030-01-01 09:00", "2030-01-02 12:30") });
  assert.match(shut.remedy ?? "", /^The next one opens at 2030-01-02 12:30 UTC\./);
  const frozen = await checked("freezes", { inputs, ...list("2029-12-24", "2030-01-03") });
  assert.match(frozen.remedy ?? "", /^Release after 2030-01-08 10:00 UTC\./);
  const unread = await checked("window", { inputs });
  assert.match(
    unread.remedy ?? "",
    /^The next one opens at 2030-01-01 10:00 UTC, unless a freeze is on then: its calendar/,
  );
});

test("without windows there is nothing to check", async () => {
  assert.equal(told(await checked("window")), "skip: No `windows` are given");
});
