import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { test } from "node:test";
import { root } from "../scripts/command.ts";
import { bundledContents, bundledStub } from "./bundled-stub.ts";
import { openShop } from "./journeys/open-shop.ts";

interface Shipped {
  action: string;
  /** An input that no action takes, and what the user reads about it. */
  bad: readonly [input: string, value: string];
  says: RegExp;
  /** Whether it talks to a cluster; one that does not must not pay for the client. */
  cluster: boolean;
}

const actions: readonly Shipped[] = [
  { action: "blue-green-deploy", bad: ["timeout", "abc"], says: /timeout: expected a duration/, cluster: true },
  { action: "preflight", bad: ["fail-on", "luck"], says: /fail-on: expected fail or warn/, cluster: true },
  { action: "promote", bad: ["approved", "yes"], says: /approved: expected JSON/, cluster: true },
  { action: "retire", bad: ["how", "keep"], says: /how: expected scale-down or delete/, cluster: true },
  { action: "rollback", bad: ["timeout", "abc"], says: /timeout: expected a duration/, cluster: true },
];

const contents = await bundledContents();
const folder = dirname(await bundledStub("index"));
const files = readdirSync(folder);

test("this table names every stub that ships", () => {
  const stubs = files.filter((file) => file.endsWith(".js") && !file.endsWith("index.js"));
  assert.deepEqual(stubs.toSorted(), actions.map(({ action }) => `${action}.js`).toSorted());
});

for (const { action, bad, says, cluster } of actions) {
  test(`dist/${action}.js is two lines`, () => {
    const lines = readFileSync(join(folder, `${action}.js`), "utf8").split("\n");
    assert.deepEqual(lines, ['import { run } from "./index.js";', `await run("${action}");`, ""]);
  });

  test(`dist/${action}.js refuses ${bad.join("=")} with exit code 1, having loaded only its own code`, () => {
    const { status, output, loaded } = start(action, { [`INPUT_${bad[0].toUpperCase()}`]: bad[1] });
    assert.equal(status, 1, output);
    assert.match(output, says);
    const sources = loaded.flatMap((file) => contents[file] ?? []);
    assert.ok(sources.includes(`actions/${action}/action.js`), `its own code is not among ${loaded.join(", ")}`);
    const others = actions.filter((other) => other.action !== action).map((other) => `actions/${other.action}/`);
    assert.deepEqual(
      sources.filter((source) => others.some((other) => source.startsWith(other))),
      [],
    );
    if (!cluster) assert.deepEqual(sources.filter(reachesCluster), []);
    // Only who has an iCalendar pays for its reader.
    assert.ok(!sources.includes("npm:ical.js"));
  });
}

test("a release and a rollback load client-node only for a smoke command, which reaches the pods by port-forward", async () => {
  await using shop = await openShop(undefined, {}, "bundle");
  const scratch = mkdtempSync(join(tmpdir(), "cutover-dist-"));
  try {
    const observer = join(scratch, "observer.mjs");
    const env = { NODE_OPTIONS: `--import ${observer}` };
    const loads = async (run: () => ReturnType<typeof shop.deploy>) => {
      const log = join(scratch, "loaded");
      writeFileSync(log, "");
      writeFileSync(observer, observerOf(log));
      const { outputs, log: said } = await run();
      assert.equal(outputs.outcome, "succeeded", said);
      return readLoaded(log).some((file) => contents[file]?.includes("npm:@kubernetes/client-node"));
    };
    const v2 = { images: "app=registry.example/shop:v2" };
    const v3 = { images: "app=registry.example/shop:v3", smoke: "true" };
    assert.equal(await loads(() => shop.deploy(v2, { env })), false);
    assert.equal(await loads(() => shop.rollback({}, { env })), false);
    assert.equal(await loads(() => shop.deploy(v3, { env })), true);
  } finally {
    rmSync(scratch, { recursive: true });
  }
});

test("licenses.txt has an entry for every package in the bundle", () => {
  const text = readFileSync(join(folder, "licenses.txt"), "utf8");
  const packages = new Set(
    Object.values(contents)
      .flat()
      .filter((source) => source.startsWith("npm:")),
  );
  assert.ok(packages.has("npm:zod") && packages.has("npm:undici"), [...packages].join(" "));
  for (const name of packages)
    assert.ok(
      text.includes(`\n${name.slice("npm:".length)} `) || text.startsWith(`${name.slice("npm:".length)} `),
      name,
    );
});

test("dist names no folder of the machine that built it", () => {
  for (const file of files) assert.ok(!readFileSync(join(folder, file), "utf8").includes(root), file);
});

test("dist is read as ES modules wherever it stands", () => {
  assert.equal(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).type, "module");
});

function reachesCluster(source: string): boolean {
  return source === "npm:@kubernetes/client-node" || source.startsWith("packages/kubernetes/");
}

/** Starts a stub as a process of its own and notes which files of the bundle it really loads. */
function start(action: string, inputs: Readonly<Record<string, string>>) {
  const scratch = mkdtempSync(join(tmpdir(), "cutover-dist-"));
  try {
    const log = join(scratch, "loaded");
    const observer = join(scratch, "observer.mjs");
    writeFileSync(log, "");
    writeFileSync(observer, observerOf(log));
    const env = { PATH: process.env.PATH, ...inputs };
    const args = ["--import", observer, join(folder, `${action}.js`)];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { env, cwd: scratch, encoding: "utf8" });
    return { status, output: stdout + stderr, loaded: readLoaded(log) };
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** Files of the bundle that a process noted as it loaded them. */
function readLoaded(log: string): string[] {
  const urls = readFileSync(log, "utf8").split("\n");
  return urls.map((url) => basename(url)).filter((file) => files.includes(file));
}

function observerOf(log: string): string {
  return `
    import { appendFileSync } from "node:fs";
    import { registerHooks } from "node:module";
    registerHooks({
      load(url, context, next) {
        appendFileSync(${JSON.stringify(log)}, url + "\\n");
        return next(url, context);
      },
    });
  `;
}
