import { formatDuration } from "@cutover/release";
import * as z from "zod";
import { type Check, fail, pass, skip } from "../check.ts";

const cronJob = z.looseObject({
  spec: z.looseObject({ suspend: z.boolean().optional() }),
  status: z.looseObject({ lastSuccessfulTime: z.string().optional() }).optional(),
});

/** A database that has no fresh backup is not migrated. */
export const backup: Check = {
  id: "backup",
  title: "The backup is fresh",
  run: async ({ client, namespace, inputs: { backupCronjob: name, backupAge }, runner: { clock }, signal }) => {
    if (name === undefined) return skip("No `backup-cronjob` is given");
    const ref = { apiVersion: "batch/v1", kind: "CronJob", namespace, name };
    const { spec, status } = cronJob.parse(await client.get(ref, { signal }));
    const remedy = `kubectl create job --from=cronjob/${name} ${name}-before-release, and wait for it.`;
    if (status?.lastSuccessfulTime === undefined) return fail(`CronJob ${name} has never succeeded`, remedy);
    const age = clock.date().getTime() - Date.parse(status.lastSuccessfulTime);
    const seen = `CronJob ${name} last succeeded ${formatDuration(age)} ago${spec.suspend ? ", and is suspended" : ""}`;
    return age <= backupAge
      ? pass(seen)
      : fail(`${seen}, and no more than ${formatDuration(backupAge)} are allowed`, remedy);
  },
};
