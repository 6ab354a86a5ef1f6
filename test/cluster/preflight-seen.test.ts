import assert from "node:assert/strict";
import { test } from "node:test";
import { checks } from "../../actions/preflight/checks.ts";
import { seenIn } from "./preflight-seen.ts";

test("for each check it is known which cluster test breaks it, or why none does", () => {
  assert.deepEqual(
    Object.keys(seenIn),
    checks.map(({ id }) => id),
  );
});
