import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { importBreaches, type Project } from "./architecture/import-rules.ts";
import { unshipped } from "./architecture/reach.ts";
import { shapeBreaches } from "./architecture/shape-rules.ts";
import { readSource, type Source } from "./architecture/source.ts";

const root = join(import.meta.dirname, "..");

test("every file keeps the rules of ARCHITECTURE.md", () => {
  const sources = globSync("{actions,packages,scripts,test}/**/*.ts", {
    cwd: root,
    exclude: (path) => path === "node_modules",
  })
    .map((path) => path.replaceAll("\\", "/"))
    .toSorted()
    .map((path) => readSource(path, readFileSync(join(root, path), "utf8")));
  assert.ok(sources.length > 20, `read only ${sources.length} files`);
  const project = projectOf(sources);
  const dead = [...unshipped(sources).dead].map((path) => `${path}:1 nothing imports it`);
  const found = [...dead, ...sources.flatMap((source) => breaches(source, project))];
  assert.equal(found.length, 0, `\n${found.join("\n")}`);
});

const example: Project = {
  dependencies: new Set(["zod", "undici", "@actions/core", "@actions/expressions", "@kubernetes/client-node"]),
  support: new Set(["packages/release/examples.ts"]),
  domainFileOf: new Map([
    ["CutoverError", "errors"],
    ["nextStep", "next-step"],
  ]),
};

/** Each rule, broken once: the file, its text, and the words of the breach. */
const broken: readonly [path: string, text: string, breach: RegExp][] = [
  ["packages/release/a.ts", 'import "node:fs";', /domain imports nothing/],
  ["packages/release/a.ts", 'import type { Client } from "@cutover/kubernetes";', /domain imports nothing/],
  ["packages/release/a.ts", 'import * as z from "zod";', /domain imports nothing/],
  ["packages/release/a.ts", 'type Client = import("@cutover/kubernetes").Client;', /domain imports nothing/],
  ["packages/release/a.ts", "const now = Date.now();", /Date\.now: the domain/],
  ["packages/release/a.ts", "const now = new Date();", /new Date\(\): the domain/],
  ["packages/release/a.ts", "const home = process.env.HOME;", /process: the domain/],
  ["packages/release/a.ts", "setTimeout(() => {}, 1);", /setTimeout: the domain/],
  ["packages/release/a.ts", "const dice = Math.random();", /Math\.random: the domain/],
  ["packages/manifests/a.ts", 'export * from "@cutover/kubernetes";', /adapter imports @cutover\/release/],
  ["packages/report/a.ts", 'import { start } from "@cutover/action-kit";', /adapter imports @cutover\/release/],
  ["packages/report/a.test.ts", 'import { start } from "@cutover/action-kit";', /adapter imports @cutover\/release/],
  ["packages/action-kit/a.ts", 'import { render } from "@cutover/report";', /action-kit imports @cutover\/release/],
  ["packages/action-kit/a.ts", 'import { nextStep } from "@cutover/release";', /not nextStep/],
  ["packages/action-kit/a.ts", 'import * as release from "@cutover/release";', /not \*/],
  ["actions/notify/action.ts", 'import { rollback } from "../rollback/action.ts";', /imports no other action/],
  ["actions/index.ts", 'import { rollback } from "./rollback/action.ts";', /by import\(\)/],
  ["actions/notify/action.ts", 'import { listen } from "@cutover/sandbox";', /sandbox is for tests/],
  ["packages/kubernetes/a.ts", 'import { Lexer } from "@actions/expressions";', /only packages\/workflow imports/],
  ["packages/workflow/a.ts", 'import { getInput } from "@actions/core";', /only packages\/action-kit imports/],
  ["packages/kubernetes/a.ts", 'import * as core from "@actions/core";', /only packages\/action-kit imports/],
  ["test/a.test.ts", 'import { getInput } from "@actions/core";', /only packages\/action-kit imports/],
  ["actions/notify/action.ts", 'import type { V1Pod } from "@kubernetes/client-node";', /only packages\/kubernetes/],
  ["packages/kubernetes/a.ts", 'import * as k8s from "@kubernetes/client-node";', /17 MB/],
  ["packages/kubernetes/a.ts", 'import { z } from "zod";', /drags every locale/],
  ["packages/kubernetes/a.ts", 'import fc from "fast-check";', /belongs into dependencies/],
  ["packages/kubernetes/a.ts", 'import { color } from "../release/color.ts";', /import @cutover\/release, not a file/],
  ["actions/notify/action.ts", 'const step = await import("../../packages/release/step.ts");', /not a file inside it/],
  ["packages/kubernetes/a.ts", 'import { root } from "../../scripts/command.ts";', /no script and no test/],
  ["packages/kubernetes/a.ts", 'import { b } from "./b.js";', /with \.ts/],
  ["actions/index.ts", "const action = await import(name);", /computed import/],
  ["packages/kubernetes/utils.ts", "", /drawer/],
  ["packages/kubernetes/string-helpers.test.ts", "", /drawer/],
  ["packages/common/a.ts", "", /drawer/],
  ["packages/kubernetes/client/index.ts", 'export * from "./client.ts";', /one index\.ts/],
  ["packages/kubernetes/a.ts", "export default 1;", /default export/],
  ["packages/kubernetes/a.ts", "// a line\n".repeat(250), /251 lines/],
  ["packages/kubernetes/a.ts", `function long() {\n${"  f();\n".repeat(49)}}`, /long has 51 lines/],
  ["packages/kubernetes/a.ts", `const long = () => {\n${"  f();\n".repeat(49)}};`, /long has 51 lines/],
  ["packages/kubernetes/a.ts", "function wide(a, b, c, d) {}", /4 parameters/],
];

for (const [path, text, breach] of broken) {
  test(`finds in ${path} that \`${text.split("\n")[0]}\` breaks a rule`, () => {
    const found = breaches(readSource(path, `\n${text}`), example);
    assert.equal(found.length, 1, found.join("\n"));
    assert.match(found[0] ?? "", breach);
    assert.ok(found[0]?.startsWith(`${path}:`), found[0]);
  });
}

/** What stands close to a breach and is none. */
const kept: readonly [path: string, text: string][] = [
  [
    "packages/release/a.ts",
    'import type { Clock } from "./ports.ts";\nconst at = new Date(0);\nclock.now();\nconst made = { process: 1 };',
  ],
  ["packages/release/examples.ts", 'import fc from "fast-check";\nconst dice = fc.integer();'],
  [
    "packages/release/a.test.ts",
    'import { test } from "node:test";\nimport fc from "fast-check";\nsetTimeout(test, 1);',
  ],
  [
    "packages/kubernetes/a.ts",
    'import { KubeConfig } from "@kubernetes/client-node/dist/config.js";\nimport type { V1Pod } from "@kubernetes/client-node";',
  ],
  ["packages/kubernetes/a.test.ts", 'import { listen } from "@cutover/sandbox";'],
  [
    "packages/action-kit/a.ts",
    'import { CutoverError } from "@cutover/release";\nimport * as core from "@actions/core";',
  ],
  [
    "actions/index.ts",
    'import { start } from "@cutover/action-kit";\nconst load = () => import("./rollback/action.ts");',
  ],
  ["actions/rollback/action.ts", 'import { releaseOutputs } from "../release/outputs.ts";'],
  ["packages/kubernetes/a.test.ts", `describe("a list", () => {\n${"  f();\n".repeat(60)}});`],
];

for (const [path, text] of kept) {
  test(`finds nothing in ${path} to blame on \`${text.split("\n")[0]}\``, () => {
    assert.deepEqual(breaches(readSource(path, text), example), []);
  });
}

test("tells what ships from what only tests reach, and from what nothing reaches", () => {
  const sources = [
    readSource("packages/release/index.ts", 'export * from "./a.ts";'),
    readSource("packages/release/a.ts", 'import type { B } from "./b.ts";'),
    readSource("packages/release/b.ts", ""),
    readSource("packages/release/a.test.ts", 'import { example } from "./example.ts";'),
    readSource("packages/release/example.ts", 'import "./dice.ts";'),
    readSource("packages/release/dice.ts", ""),
    readSource("packages/release/forgotten.ts", 'import "./a.ts";'),
  ];
  const { support, dead } = unshipped(sources);
  assert.deepEqual([...support], ["packages/release/example.ts", "packages/release/dice.ts"]);
  assert.deepEqual([...dead], ["packages/release/forgotten.ts"]);
});

test("names the line of a breach", () => {
  const source = readSource(
    "packages/release/a.ts",
    'import { a } from "./a.ts";\n\nconst b = 1;\nconst c = Date.now();\n',
  );
  assert.deepEqual(breaches(source, example), [
    "packages/release/a.ts:4 Date.now: the domain has no I/O, clock, environment or randomness",
  ]);
});

function breaches(source: Source, project: Project): string[] {
  return [...importBreaches(source, project), ...shapeBreaches(source)].map(
    ({ line, message }) => `${source.path}:${line} ${message}`,
  );
}

function projectOf(sources: readonly Source[]): Project {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const domain = sources.filter(({ path }) => /^packages\/release\/[^/]+\.ts$/.test(path));
  const names = domain.flatMap(({ path, exports }) => exports.map((name) => [name, basename(path, ".ts")] as const));
  const { support } = unshipped(sources);
  return { dependencies: new Set(Object.keys(manifest.dependencies)), support, domainFileOf: new Map(names) };
}
