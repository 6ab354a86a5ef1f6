import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCommand, type RunnerCommand } from "./command.ts";

const names = new Set(["warning", "add-mask", "group"]);

const table: readonly [line: string, command: RunnerCommand | undefined][] = [
  ["::warning::late", { name: "warning", properties: {}, data: "late" }],
  [" \t\x85::WARNING::late", { name: "warning", properties: {}, data: "late" }],
  [
    "::warning file=a%2Cb,line=1,title=::100%25%0Adone %2525",
    { name: "warning", properties: { file: "a,b", line: "1" }, data: "100%\ndone %25" },
  ],
  ["::add-mask::a::b", { name: "add-mask", properties: {}, data: "a::b" }],
  ["| ::warning::late", undefined],
  ["\ufeff::warning::late", undefined],
  ["::warning:late", undefined],
  ["::unknown::late", undefined],
  ["any text ##[warning]late", { name: "warning", properties: {}, data: "late" }],
  ["##[warning file=a%3Bb;line=1]%5Dlate", { name: "warning", properties: { file: "a;b", line: "1" }, data: "]late" }],
  ["::unknown:: ##[group]x", { name: "group", properties: {}, data: "x" }],
  ["## [warning]late", undefined],
  ["##[warning late", undefined],
  ["", undefined],
];

for (const [line, command] of table) {
  test(`${JSON.stringify(line)} is ${command === undefined ? "no command" : command.name}`, () => {
    assert.deepEqual(parseCommand(line, names), command);
  });
}
