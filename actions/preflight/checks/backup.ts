import type { Resource } from "@cutover/kubernetes";
import { formatDuration } from "@cutover/release";
import * as z from "zod";
import type { BackupSource } from "../backup-source.ts";
import { type Check, type Finding, fail, pass, skip, together, type World } from "../check.ts";

const nothing = "No `backups` are given";

/** A database that has no fresh backup is not migrated. */
export const backup: Check = {
  id: "backup",
  title: "The backup is fresh",
  run: async (world) => {
    const { backups } = world.inputs;
    if (backups === undefined) return skip(nothing);
    return together(await Promise.all(backups.map((source) => looked(source, world))), nothing);
  },
};

/** When the last backup was made, as its source tells. */
interface Told {
  /** `CronJob dump last succeeded`, to which the time is added. */
  readonly what: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly more?: string;
}

async function looked(source: BackupSource, { client, namespace, inputs, runner, signal }: World): Promise<Finding> {
  const { apiVersion, kind, name } = source;
  const told = toldBy(source, await client.get({ apiVersion, kind, namespace, name }, { signal }));
  const remedy = remedyOf(source);
  if (typeof told === "string") return fail(told, remedy);
  const age = runner.clock.date().getTime() - told.at;
  const seen = `${told.what} ${formatDuration(Math.max(0, age))} ago${told.more ?? ""}`;
  if (age <= inputs.backupAge) return pass(seen);
  return fail(`${seen}, and no more than ${formatDuration(inputs.backupAge)} are allowed`, remedy);
}

/** What the object says, or in a sentence why it says nothing. */
function toldBy(source: BackupSource, live: Resource): Told | string {
  switch (source.kind) {
    case "CronJob":
      return ofCronJob(live);
    case "Job":
      return ofJob(live);
    default:
      return ofAnnotation(source, live);
  }
}

const cronJob = z.looseObject({
  spec: z.looseObject({ suspend: z.boolean().optional() }),
  status: z.looseObject({ lastSuccessfulTime: z.string().optional() }).optional(),
});

function ofCronJob(live: Resource): Told | string {
  const { spec, status } = cronJob.parse(live);
  const what = `CronJob ${live.metadata.name}`;
  if (status?.lastSuccessfulTime === undefined) return `${what} has never succeeded`;
  const at = Date.parse(status.lastSuccessfulTime);
  return { what: `${what} last succeeded`, at, more: spec.suspend ? ", and is suspended" : "" };
}

const job = z.looseObject({
  status: z
    .looseObject({
      completionTime: z.string().optional(),
      conditions: z
        .array(z.looseObject({ type: z.string(), status: z.string(), message: z.string().optional() }))
        .optional(),
    })
    .optional(),
});

/** Only a Job that has succeeded has a time of completion. */
function ofJob(live: Resource): Told | string {
  const { status } = job.parse(live);
  const what = `Job ${live.metadata.name}`;
  if (status?.completionTime !== undefined) return { what: `${what} succeeded`, at: Date.parse(status.completionTime) };
  const failure = status?.conditions?.find(({ type, status: is }) => type === "Failed" && is === "True");
  return failure === undefined
    ? `${what} is not done yet`
    : `${what} has failed: ${failure.message ?? "nobody says why"}`;
}

function ofAnnotation({ kind, annotation = "" }: BackupSource, { metadata }: Resource): Told | string {
  const what = `${kind} ${metadata.name}`;
  const text = metadata.annotations?.[annotation];
  if (text === undefined) return `${what} has no annotation ${annotation}`;
  const at = Date.parse(text);
  if (Number.isNaN(at)) return `Annotation ${annotation} of ${what} is no time: ${JSON.stringify(text.slice(0, 80))}`;
  return { what: `By annotation ${annotation} of ${what} the last backup was made`, at };
}

function remedyOf({ kind, name, annotation }: BackupSource): string {
  if (kind === "CronJob") return `kubectl create job --from=cronjob/${name} ${name}-before-release, and wait for it.`;
  if (kind === "Job") return `kubectl logs job/${name}; then run the backup again.`;
  return `Make a backup, and see that whoever makes it writes ${annotation}: kubectl describe ${kind.toLowerCase()}/${name}`;
}
