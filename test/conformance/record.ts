/**
 * record.ts [GROUP ...]: asks the real server of the cluster tier, and keeps its answers in `recorded/`.
 */
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { publishFixture } from "../cluster/fixture-names.ts";
import { kubeconfig } from "../cluster/kubectl.ts";
import { groups } from "./groups.ts";
import { keepRecording } from "./recording.ts";
import { runGroup } from "./run-group.ts";
import { kubeconfigTarget } from "./target.ts";

const chosen = process.argv.slice(2);
const fixture = await publishFixture();
const images = { v1: fixture.image("v1"), v2: fixture.image("v2"), missing: fixture.image("missing") };
const target = kubeconfigTarget(readFileSync(kubeconfig(), "utf8"));
const run = Date.now().toString(36);
await Promise.all(
  groups
    .filter(({ name }) => chosen.length === 0 || chosen.includes(name))
    .map(async (group) => {
      keepRecording(
        group.name,
        await runGroup(group, { target, namespace: `conform-${group.name}-${run}`, images, pause: sleep }),
      );
      console.log(`${group.name}: ${group.cases.length} cases`);
    }),
);
target.close();
