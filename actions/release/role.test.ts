import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { Setting } from "@cutover/kubernetes";
import type { Previous, Wanted } from "@cutover/release";
import { parse } from "yaml";
import { questionsFor } from "./questions.ts";

interface Rule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
}

/** Used where they are there, and not asked for: without them a failure says less. */
const optional = [" events list", " pods/log get"];

const sources = [
  { kind: "images", images: {} },
  { kind: "history" },
  // What is asked depends on the kind of the source alone.
  { kind: "manifests" } as Setting["source"],
] as const;

test("the Role to copy grants what is asked, and nothing that is not used", async () => {
  const granted = (await roleOfReadme()).flatMap(({ apiGroups, resources, verbs }) =>
    apiGroups.flatMap((group) => resources.flatMap((what) => verbs.map((verb) => `${group} ${what} ${verb}`))),
  );
  assert.deepEqual(new Set(granted), new Set([...everythingAsked(), ...optional]));
});

async function roleOfReadme(): Promise<Rule[]> {
  const readme = await readFile(join(import.meta.dirname, "..", "blue-green-deploy", "README.md"), "utf8");
  const [, yaml = ""] = /<!-- role -->\n```yaml\n([\s\S]*?)```/.exec(readme) ?? [];
  const { kind, rules } = parse(yaml);
  assert.equal(kind, "Role");
  return rules;
}

function everythingAsked(): string[] {
  const previous: readonly Previous[] = ["keep", "scale-down", "delete"];
  const settings = sources.map((source) => ({ namespace: "shop", source, probe: "/" }) as Setting);
  const wanted = previous.map((one): Wanted => {
    return { kind: "deploy", switch: "auto", soak: 0, drain: 0, previous: one, probe: true, smoke: true };
  });
  return settings.flatMap((setting) =>
    wanted
      .flatMap((one) => questionsFor(setting, one))
      .map(({ group, resource, verb }) => `${group} ${resource} ${verb}`),
  );
}
