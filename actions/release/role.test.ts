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

const terms = { soak: 0, drain: 0, probe: true, smoke: true } as const;

/** What the Role in each action's README has to be enough for; a rollback is allowed by that of the deploy. */
const roles: readonly {
  action: string;
  sources: readonly Setting["source"]["kind"][];
  runs: (previous: Previous) => readonly Wanted[];
  /** Used where they are there, and not always asked for: without them a failure says less, or no autoscaler can be held. */
  optional: readonly string[];
}[] = [
  {
    action: "blue-green-deploy",
    sources: ["images", "history", "manifests"],
    runs: (previous) => [
      { kind: "deploy", switch: "auto", previous, ...terms },
      { kind: "rollback", to: "previous", previous, ...terms },
    ],
    optional: [
      " events list",
      " pods/log get",
      "autoscaling horizontalpodautoscalers patch",
      "policy poddisruptionbudgets list",
      "networking.k8s.io ingresses list",
      "gateway.networking.k8s.io httproutes list",
    ],
  },
  {
    action: "promote",
    sources: ["history"],
    runs: (previous) => [{ kind: "promote", approved: {}, previous, ...terms }],
    optional: [" events list", " pods/log get", "autoscaling horizontalpodautoscalers patch"],
  },
  {
    action: "retire",
    sources: ["history"],
    runs: (previous) => [{ kind: "retire", previous, ...terms, probe: false, smoke: false }],
    optional: ["autoscaling horizontalpodautoscalers patch"],
  },
];

for (const { action, sources, runs, optional } of roles) {
  test(`the Role to copy for ${action} grants what is asked, and nothing that is not used`, async () => {
    const granted = (await roleOfReadme(action)).flatMap(({ apiGroups, resources, verbs }) =>
      apiGroups.flatMap((group) => resources.flatMap((what) => verbs.map((verb) => `${group} ${what} ${verb}`))),
    );
    const previous: readonly Previous[] = ["keep", "scale-down", "delete"];
    const asked = sources.flatMap((kind) => previous.flatMap(runs).flatMap((wanted) => asks(action, kind, wanted)));
    assert.deepEqual(new Set(granted), new Set([...asked, ...optional]));
  });
}

async function roleOfReadme(action: string): Promise<Rule[]> {
  const readme = await readFile(join(import.meta.dirname, "..", action, "README.md"), "utf8");
  const [, yaml = ""] = /<!-- role -->\n```yaml\n([\s\S]*?)```/.exec(readme) ?? [];
  const { kind, rules } = parse(yaml);
  assert.equal(kind, "Role");
  return rules;
}

function asks(action: string, kind: Setting["source"]["kind"], wanted: Wanted): string[] {
  // What is asked depends on the kind of the source alone; a retirement has no probe.
  const more = { retire: {}, "blue-green-deploy": { probe: "/", adopt: true } }[action] ?? { probe: "/" };
  const setting = { namespace: "shop", source: { kind }, ...more } as Setting;
  return questionsFor(setting, wanted).map(({ group, resource, verb }) => `${group} ${resource} ${verb}`);
}
