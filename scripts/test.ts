/**
 * test.ts [PATH ...] [--name PATTERN]: runs the tests that need nothing but npm: all, or those under each PATH.
 * A run in which nothing ran is a failure: it would prove nothing.
 */
import { globSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, relative } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { parseArgs } from "node:util";
import { bundledContents } from "../test/bundled-stub.ts";
import { root } from "./command.ts";

const { positionals, values } = parseArgs({ allowPositionals: true, options: { name: { type: "string" } } });
const everywhere = positionals.length === 0;
const files = everywhere ? under("packages", "actions", "scripts", "test").filter(needsOnlyNpm) : under(...positionals);

// Most files load the same modules: what one process has compiled, the others need not.
process.env.NODE_COMPILE_CACHE ??= join(root, ".build", "compiled");

// Once, before the tests that need it start side by side. If it fails, they will say so.
if (everywhere) await bundledContents().catch(() => undefined);

const events = run({
  files: files.map((file) => join(root, file)),
  cwd: root,
  concurrency: Math.max(2, availableParallelism()),
  timeout: 110_000,
  ...(values.name === undefined ? {} : { testNamePatterns: values.name }),
});
let ran = 0;
const empty: string[] = [];
events.on("test:pass", ({ name, file, skip }) => {
  // A file in which no test ran passes as one test that has the file's name.
  if (name === file) empty.push(relative(root, name));
  else if (skip === undefined) ran += 1;
});
events.on("test:fail", () => {
  ran += 1;
  process.exitCode = 1;
});
events.on("end", () => {
  const idle = values.name === undefined ? empty : [];
  if (ran > 0 && idle.length === 0) return;
  console.error(`No test ran in ${idle.join(", ") || "any file"}: that proves nothing, so it counts as a failure`);
  process.exitCode = 1;
});
events.compose(spec).pipe(process.stdout);

function under(...paths: string[]): string[] {
  const patterns = paths.map((path) => (isFile(path) ? path : join(path, "**/*.test.ts")));
  return globSync(patterns, { cwd: root, exclude: (path) => path.includes("node_modules") }).toSorted();
}

function isFile(path: string): boolean {
  return statSync(join(root, path), { throwIfNoEntry: false })?.isFile() === true;
}

/** What a real Kubernetes is needed for has a tier of its own. */
function needsOnlyNpm(file: string): boolean {
  return relative("test/cluster", file).startsWith("..");
}
