import { escapeMarkdown, type Runner } from "@cutover/action-kit";
import type { Change, Preview, Setting } from "@cutover/kubernetes";
import { describeObject, hideSecretValues } from "@cutover/manifests";
import { annotation, colors, title } from "@cutover/release";
import { renderStanding } from "@cutover/report";
import { createTwoFilesPatch } from "diff";
import { stringify } from "yaml";
import { type ReleaseOutputs, type ReleaseResult, standingOutputs } from "./results.ts";

interface Rehearsed {
  setting: Setting;
  rehearsal: Preview;
}

/** Shows what a run would do, step by step, with the server's own dry run of each object it would write. */
export function printPlan(services: readonly Rehearsed[], runner: Runner<ReleaseOutputs>): ReleaseResult {
  for (const one of services) runner.addSummary(printed(one));
  const refusals = services.flatMap(({ rehearsal: { plan } }) => (plan.end.kind === "refused" ? [plan.end] : []));
  const steps = services.reduce((sum, { rehearsal: { plan } }) => sum + plan.steps.length, 0);
  const [refusal] = refusals;
  const reason = refusal?.reason ?? `Dry run: ${steps} steps; nothing was written`;
  const standing = standingOutputs(services.map(({ rehearsal: { observed } }) => observed));
  const outputs = { ...standing, outcome: refusal === undefined ? "succeeded" : "refused", reason } as const;
  const message = refusals.map((one) => one.reason).join("\n");
  return refusal === undefined ? { outputs } : { outputs, failure: { message, hint: refusal.hint } };
}

/** Prints the plan of one service, and returns its Markdown. */
function printed({ setting: { service, log }, rehearsal }: Rehearsed): string {
  const { plan, changes, pruned, observed } = rehearsal;
  const lines = plan.steps.map((step, index) => `${index + 1}. ${title(step)}`);
  log.info(lines.length === 0 ? `Nothing to do: ${plan.end.reason}` : `The plan for Service ${service}:`);
  for (const [index, step] of plan.steps.entries()) {
    log.info(lines[index] ?? "");
    for (const change of changes.get(step) ?? []) log.untrusted(diffOf(change));
    for (const line of pruned.get(step) ?? []) log.info(`   ${line}`);
  }
  const end = plan.end.kind === "refused" ? plan.end.reason : `${plan.steps.length} steps; nothing was written`;
  const items = plan.steps.flatMap((step, index) => {
    const told = (pruned.get(step) ?? []).map((line) => `   - ${escapeMarkdown(line)}`);
    return [lines[index] ?? "", ...told];
  });
  const standing = renderStanding({ slots: colors.map((color) => observed.slots[color]), history: observed.history });
  return [`### Plan for ${service}`, "", ...items, "", escapeMarkdown(end), "", standing].join("\n");
}

function diffOf({ before, after }: Change): string {
  const name = describeObject(after);
  return createTwoFilesPatch(
    `${name} now`,
    `${name} then`,
    before === undefined ? "" : readable(before),
    readable(after),
    "",
    "",
    { context: 2 },
  );
}

/** The object as people write it: without what the server keeps for itself, and without any Secret's value. */
function readable(resource: Change["after"]): string {
  const { status: _status, metadata, ...rest } = hideSecretValues(resource) as Change["after"];
  const {
    managedFields: _fields,
    resourceVersion: _version,
    generation: _generation,
    uid: _uid,
    creationTimestamp: _created,
    annotations = {},
    ...kept
  } = metadata;
  // They change with every write and say nothing of the release.
  const { [annotation.epoch]: _epoch, [annotation.operation]: _operation, ...told } = annotations;
  const noted = Object.keys(told).length === 0 ? kept : { ...kept, annotations: told };
  return stringify({ ...rest, metadata: noted }, { sortMapEntries: true });
}
