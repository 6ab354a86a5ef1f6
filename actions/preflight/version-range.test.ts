import assert from "node:assert/strict";
import { test } from "node:test";
import { minorVersion, versionName, versionRange } from "./version-range.ts";

test("a range has two ends, one, or is one version", () => {
  const read = (text: string) => versionRange().safeParse(text).data;
  assert.deepEqual(read("1.30-1.34"), { oldest: 1_030, newest: 1_034 });
  assert.deepEqual(read("1.9 - v1.10"), { oldest: 1_009, newest: 1_010 });
  assert.deepEqual(read("1.30-"), { oldest: 1_030, newest: Infinity });
  assert.deepEqual(read("1.30"), { oldest: 1_030, newest: 1_030 });
  for (const wrong of ["", "1", "-1.30", "1.34-1.30", "1.30.1", "latest"]) assert.equal(read(wrong), undefined, wrong);
});

test("vendors' suffixes and patches do not matter", () => {
  assert.deepEqual(
    ["v1.34.4", "1.29.3-gke.1", "v1.28.2+k3s1", "v1.32"].map(minorVersion),
    [1_034, 1_029, 1_028, 1_032],
  );
  assert.equal(minorVersion("unknown"), undefined);
  assert.equal(versionName(1_034), "1.34");
});
