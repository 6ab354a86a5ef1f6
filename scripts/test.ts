/**
 * test.ts [PATH ...] [--name PATTERN]: runs the tests that need nothing but npm: all, or those under each PATH.
 * A run in which nothing ran is a failure: it would prove nothing.
 */
import { globSync, mkdirSync, statSync, writeFileSync } from "node:fs";
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
  files: everywhere ? companies(files) : files.map((file) => join(root, file)),
  cwd: root,
  // Some wait more than they compute.
  concurrency: availableParallelism() + 1,
  // A hang ends; a slow machine does not make one.
  timeout: 300_000,
  ...(values.name === undefined ? {} : { testNamePatterns: values.name }),
});
/** Files in which a test ran. */
const awake = new Set<string>();
events.on("test:pass", ({ name, file, skip }) => {
  // A file in which no test ran passes as one test that has the file's name.
  if (name !== file && file !== undefined && skip === undefined) awake.add(file);
});
events.on("test:fail", ({ file }) => {
  awake.add(file ?? "");
  process.exitCode = 1;
});
events.on("end", () => {
  const idle = values.name === undefined ? files.filter((file) => !awake.has(join(root, file))) : [];
  if (awake.size > 0 && idle.length === 0) return;
  console.error(`No test ran in ${idle.join(", ") || "any file"}: that proves nothing, so it counts as a failure`);
  process.exitCode = 1;
});
events.compose(spec).pipe(process.stdout);

/**
 * The test files of a package share a process: a start costs a sixth of a second, and warm code is several times as fast.
 * What else there is starts processes of its own, or bends this one, and stays alone.
 */
function companies(all: readonly string[]): string[] {
  const folder = join(root, ".build", "tests");
  mkdirSync(folder, { recursive: true });
  const packages = ["release", "manifests", "report", "registry", "sandbox", "kubernetes/client", "kubernetes/native"];
  const shared = [...packages.map((name) => `packages/${name}`), "actions/preflight"];
  const groups = shared.map((path) => all.filter((file) => file.startsWith(`${path}/`)));
  const entries = groups.map((group, index) => {
    const entry = join(folder, `${shared[index]?.replaceAll("/", "-")}.test.ts`);
    writeFileSync(entry, group.map((file) => `import "../../${file}";\n`).join(""));
    return entry;
  });
  const alone = all.filter((file) => !groups.flat().includes(file));
  return [...entries, ...alone.map((file) => join(root, file))];
}

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
