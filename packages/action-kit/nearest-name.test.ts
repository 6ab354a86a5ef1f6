import assert from "node:assert/strict";
import { test } from "node:test";
import { nearestName } from "./nearest-name.ts";

const names = ["timeout", "lock-timeout", "dry-run", "service", "images"];

const table: readonly [typed: string, meant: string | undefined][] = [
  ["timeuot", "timeout"],
  ["locktimeout", "lock-timeout"],
  ["DRY_RUN", "dry-run"],
  ["image", "images"],
  ["svc", undefined],
  ["wait", undefined],
  ["", undefined],
];

for (const [typed, meant] of table) {
  test(`"${typed}" was meant to be ${meant ?? "something else"}`, () => assert.equal(nearestName(typed, names), meant));
}
