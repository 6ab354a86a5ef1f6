import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { test } from "node:test";
import type { CheckResult } from "@cutover/release";
import { answer } from "@cutover/sandbox";
import { openTown } from "../../test/virtual/town.ts";
import type { Check } from "./check.ts";
import { releasing, shopAnd } from "./checked.test-kit.ts";
import { checks } from "./checks.ts";

const folder = import.meta.dirname;
const vocabulary = resolve(folder, "check.ts");

/** Each check's file, by the name that `checks.ts` imports it by. */
const files = new Map(
  [
    ...readFileSync(join(folder, "checks.ts"), "utf8").matchAll(/import \{ \w+ \} from "\.\/(checks\/[\w-]+)\.ts"/g),
  ].map(([, file = ""]) => [idIn(sourceOf(join(folder, `${file}.ts`))), file] as const),
);

for (const { id } of checks) {
  test(`${id}: its tests want each verdict that it can give`, () => {
    const file = join(folder, files.get(id) ?? "");
    const asserted = assertedIn(`${file}.test.ts`);
    const missing = [...given(`${file}.ts`)].filter((verdict) => !asserted.has(verdict));
    assert.deepEqual(missing, [], `${file}.test.ts has no test for these`);
  });
}

/** What asks nobody can always tell. */
const neverErrs = ["cluster", "window"];

test("where the API server only fails, each check that asks it is an error; each other one has a test of its own for that", async () => {
  await using town = await openTown(shopAnd());
  const { inputs, before } = releasing({});
  await before?.(town);
  town.sandbox.fault({ when: {}, what: answer(500), times: Number.POSITIVE_INFINITY });
  const verdictOf = async ({ id }: Check): Promise<CheckResult["verdict"] | undefined> => {
    const { outputs, log } = await town.until(town.run("preflight", { service: "shop", checks: id, ...inputs }));
    const [result]: readonly CheckResult[] = JSON.parse(outputs.results ?? assert.fail(log));
    return result?.verdict;
  };
  for (const check of checks) {
    const verdict = await verdictOf(check);
    assert.notEqual(verdict, "pass", check.id);
    if (verdict === "error" || neverErrs.includes(check.id)) continue;
    assert.ok(assertedIn(`${join(folder, files.get(check.id) ?? "")}.test.ts`).has("error"), check.id);
  }
});

function sourceOf(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

function idIn(source: string): string | undefined {
  return /^ {2}id: "([\w-]+)"/m.exec(source)?.[1];
}

/** The verdicts that a file, and what it calls in this folder, has words for; nothing is imported that is not used. */
function given(path: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(path)) return new Set();
  seen.add(path);
  const source = sourceOf(path);
  const imports = [...source.matchAll(/import \{([^}]*)\} from "(\.[^"]+)"/g)];
  const found = imports.flatMap(([, names = "", from = ""]) => {
    const target = resolve(dirname(path), from);
    if (target === vocabulary) return names.match(/\b(pass|skip|warn|fail)\b/g) ?? [];
    return target.startsWith(`${folder}/`) ? [...given(target, seen)] : [];
  });
  // Several findings of none are a skip, unless the reason for it is left empty.
  const joins = source.match(/\btogether\(/g)?.length ?? 0;
  const reasonless = source.match(/[,\n]\s*"",?\s*\)/g)?.length ?? 0;
  return new Set([...found, ...(joins > reasonless ? ["skip"] : [])]);
}

/** Verdicts that tests compare or match: as `told` has them, or as a word by itself. */
function assertedIn(path: string): ReadonlySet<string> {
  const all = sourceOf(path).matchAll(/["'`^(|](pass|skip|warn|fail|error)(?=: |["|)])/g);
  return new Set([...all].map(([, verdict = ""]) => verdict));
}
