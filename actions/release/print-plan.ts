import { escapeMarkdown, type Runner } from "@cutover/action-kit";
import type { Change, Preview, Setting } from "@cutover/kubernetes";
import { describeObject, hideSecretValues } from "@cutover/manifests";
import { annotation, title } from "@cutover/release";
import { createTwoFilesPatch } from "diff";
import { stringify } from "yaml";
import { type ReleaseOutputs, type ReleaseResult, standingOutputs } from "./results.ts";

/** Shows what a run would do, step by step, with the server's own dry run of each object it would write. */
export function printPlan(
  { observed, plan, changes }: Preview,
  { service }: Setting,
  runner: Runner<ReleaseOutputs>,
): ReleaseResult {
  const { log } = runner;
  const lines = plan.steps.map((step, index) => `${index + 1}. ${title(step)}`);
  log.info(lines.length === 0 ? `Nothing to do: ${plan.end.reason}` : `The plan for Service ${service}:`);
  for (const [index, step] of plan.steps.entries()) {
    log.info(lines[index] ?? "");
    for (const change of changes.get(step) ?? []) log.untrusted(diffOf(change));
  }
  const isRefused = plan.end.kind === "refused";
  const reason = isRefused ? plan.end.reason : `Dry run: ${plan.steps.length} steps; nothing was written`;
  runner.addSummary([`### Plan for ${service}`, "", ...lines, "", escapeMarkdown(reason)].join("\n"));
  const outputs = { ...standingOutputs(observed), outcome: isRefused ? "refused" : "succeeded", reason } as const;
  return isRefused ? { outputs, failure: { message: reason, hint: plan.end.hint } } : { outputs };
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
