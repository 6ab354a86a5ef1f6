import type { ApiObject } from "../api-object.ts";
import { type JsonObject, objectAt, withValue } from "../json.ts";
import { withPodDefaults } from "./pod-defaults.ts";

/** kubernetes/pkg/apis/batch/v1/defaults.go */
export function withJobDefaults(spec: JsonObject): JsonObject {
  const isOpen = spec.completions === undefined && spec.parallelism !== undefined;
  return {
    parallelism: 1,
    ...(isOpen ? {} : { completions: 1 }),
    backoffLimit: 6,
    completionMode: "NonIndexed",
    suspend: false,
    manualSelector: false,
    podReplacementPolicy: "TerminatingOrFailed",
    ...spec,
    template: withTemplateDefaults(objectAt(spec, "template")),
  };
}

export function withCronJobDefaults(spec: JsonObject): JsonObject {
  const template = objectAt(spec, "jobTemplate");
  const inner = objectAt(template, "spec");
  const jobTemplate = {
    metadata: {},
    ...template,
    spec: { ...inner, template: withTemplateDefaults(objectAt(inner, "template")) },
  };
  return {
    concurrencyPolicy: "Allow",
    suspend: false,
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 1,
    ...spec,
    jobTemplate,
  };
}

/** Its pods are known by its uid (kubernetes/pkg/registry/batch/job/strategy.go, generateSelector). */
export function withJobSelector(job: ApiObject): ApiObject {
  const { uid, name } = job.metadata;
  if (objectAt(job, "spec").manualSelector === true) return job;
  const key = "batch.kubernetes.io/controller-uid";
  const own = { [key]: uid, "batch.kubernetes.io/job-name": name, "controller-uid": uid, "job-name": name };
  const labels = { ...objectAt(job, "spec", "template", "metadata", "labels"), ...own };
  const spec = withValue(objectAt(job, "spec"), ["template", "metadata", "labels"], labels);
  return { ...job, spec: { ...spec, selector: { matchLabels: { [key]: uid } } } };
}

function withTemplateDefaults(template: JsonObject): JsonObject {
  return { metadata: {}, ...template, spec: withPodDefaults(objectAt(template, "spec")) };
}
