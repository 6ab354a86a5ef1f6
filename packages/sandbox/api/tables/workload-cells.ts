import type { ApiObject } from "../../api-object.ts";
import { at, type Json, objectAt } from "../../json.ts";
import type { KindName } from "../../kinds.ts";
import { age, humanDuration } from "./age.ts";
import { containerTexts, countAt, labelsText, listAt, selectorText, textAt } from "./text.ts";

type Cells = (object: ApiObject, now: Date) => Json[];

/** The rows of what runs pods. */
export const workloadCells: Partial<Record<KindName, Cells>> = {
  Deployment: (object, now) => [
    object.metadata.name,
    `${countAt(object, "status", "readyReplicas")}/${countAt(object, "spec", "replicas")}`,
    countAt(object, "status", "updatedReplicas"),
    countAt(object, "status", "availableReplicas"),
    age(object.metadata.creationTimestamp, now),
    ...wide(object),
  ],
  ReplicaSet: (object, now) => [
    object.metadata.name,
    countAt(object, "spec", "replicas"),
    countAt(object, "status", "replicas"),
    countAt(object, "status", "readyReplicas"),
    age(object.metadata.creationTimestamp, now),
    ...wide(object),
  ],
  StatefulSet: (object, now) => [
    object.metadata.name,
    `${countAt(object, "status", "readyReplicas")}/${countAt(object, "spec", "replicas")}`,
    age(object.metadata.creationTimestamp, now),
    ...containerTexts(objectAt(object, "spec", "template")),
  ],
  DaemonSet: (object, now) => [
    object.metadata.name,
    countAt(object, "status", "desiredNumberScheduled"),
    countAt(object, "status", "currentNumberScheduled"),
    countAt(object, "status", "numberReady"),
    countAt(object, "status", "updatedNumberScheduled"),
    countAt(object, "status", "numberAvailable"),
    labelsText(at(object, "spec", "template", "spec", "nodeSelector")),
    age(object.metadata.creationTimestamp, now),
    ...wide(object),
  ],
  Job: (object, now) => [
    object.metadata.name,
    jobStatus(object),
    completions(object),
    jobDuration(object, now),
    age(object.metadata.creationTimestamp, now),
    ...wide(object),
  ],
  CronJob: (object, now) => [
    object.metadata.name,
    textAt(object, "spec", "schedule"),
    textAt(object, "spec", "timeZone") || "<none>",
    at(object, "spec", "suspend") === true ? "True" : "False",
    listAt(object, "status", "active").length,
    at(object, "status", "lastScheduleTime") === undefined
      ? "<none>"
      : age(at(object, "status", "lastScheduleTime"), now),
    age(object.metadata.creationTimestamp, now),
    ...containerTexts(objectAt(object, "spec", "jobTemplate", "spec", "template")),
    selectorText(at(object, "spec", "jobTemplate", "spec", "selector")),
  ],
};

function wide(object: ApiObject): Json[] {
  return [...containerTexts(objectAt(object, "spec", "template")), selectorText(at(object, "spec", "selector"))];
}

function jobStatus(job: ApiObject): string {
  const holds = (type: string): boolean =>
    listAt(job, "status", "conditions").some((one) => at(one, "type") === type && at(one, "status") === "True");
  if (holds("Complete")) return "Complete";
  if (holds("Failed")) return "Failed";
  if (job.metadata.deletionTimestamp !== undefined) return "Terminating";
  return ["Suspended", "FailureTarget", "SuccessCriteriaMet"].find(holds) ?? "Running";
}

function completions(job: ApiObject): string {
  const done = countAt(job, "status", "succeeded");
  const wanted = at(job, "spec", "completions");
  const parallelism = countAt(job, "spec", "parallelism");
  if (wanted !== undefined) return `${done}/${String(wanted)}`;
  return parallelism > 1 ? `${done}/1 of ${parallelism}` : `${done}/1`;
}

function jobDuration(job: ApiObject, now: Date): string {
  const start = at(job, "status", "startTime");
  if (typeof start !== "string") return "";
  const end = at(job, "status", "completionTime");
  return humanDuration((typeof end === "string" ? Date.parse(end) : now.getTime()) - Date.parse(start));
}
