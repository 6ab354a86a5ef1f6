import assert from "node:assert/strict";
import { test } from "node:test";
import { readContents } from "./webpack-stats.ts";

const chunks = [
  { id: 7, files: ["7.index.js"] },
  { id: "main", files: ["index.js"] },
];

test("lists sources and packages by the file that holds them", () => {
  const modules = [
    { name: "./actions/index.js", chunks: ["main"] },
    { name: "../../node_modules/@actions/core/lib/core.js", chunks: ["main"] },
    { name: "./actions/rollback/action.js", chunks: [7] },
  ];
  assert.deepEqual(readContents({ modules, chunks }), {
    "7.index.js": ["actions/rollback/action.js"],
    "index.js": ["actions/index.js", "npm:@actions/core"],
  });
});

test("looks into merged modules, and counts one that two files hold in both", () => {
  const merged = [{ name: "./packages/release/color.js" }, { name: "../../node_modules/zod/v4/index.js" }];
  const modules = [{ name: "./packages/release/color.js + 1 modules", chunks: [7, "main"], modules: merged }];
  const held = ["npm:zod", "packages/release/color.js"];
  assert.deepEqual(readContents({ modules, chunks }), { "7.index.js": held, "index.js": held });
});

test("tells a package inside another one from the one at the top", () => {
  const modules = [{ name: "../../node_modules/@actions/http-client/node_modules/undici/index.js", chunks: [7] }];
  assert.deepEqual(readContents({ modules, chunks })["7.index.js"], ["npm:@actions/http-client/node_modules/undici"]);
});

test("leaves out what was shaken off, Node's own modules and the bundler's runtime", () => {
  const modules = [
    { name: "../../node_modules/undici/index.js", orphan: true, chunks: [] },
    { name: 'external "node:fs"', chunks: [7] },
    { name: "webpack/runtime/define property getters", chunks: [7] },
  ];
  assert.deepEqual(readContents({ modules, chunks })["7.index.js"], []);
});

test("refuses statistics of another shape", () => {
  assert.throws(() => readContents({ modules: "none" }), /expected array/);
});
