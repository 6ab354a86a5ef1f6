import type { ApiObject, Metadata } from "../api-object.ts";
import { type JsonObject, objectAt } from "../json.ts";
import type { Kind, KindName } from "../kinds.ts";
import type { Random } from "../random.ts";
import { ApiError, invalid } from "../status.ts";
import { withJobSelector } from "./batch-defaults.ts";
import { qualityOf } from "./pod-quality.ts";

/**
 * The metadata of a new object: its name, made up where only a prefix is given, its uid and its time.
 * @throws ApiError 422 without a name, 500 with a resourceVersion, as the real server does
 */
export function newMetadata(
  kind: Kind,
  draft: JsonObject,
  { namespace, random, timestamp }: { namespace: string | undefined; random: Random; timestamp: string },
): Metadata {
  const { resourceVersion, managedFields: _, uid: __, generation, ...rest } = draft;
  if (resourceVersion !== undefined && resourceVersion !== "") {
    throw new ApiError({ code: 500, reason: "" }, "resourceVersion should not be set on objects to be created");
  }
  const name = nameIn(rest, random);
  if (name === undefined) {
    const message = "Required value: name or generateName is required";
    throw invalid(kind, "", [{ reason: "FieldValueRequired", message, field: "metadata.name" }]);
  }
  const own = kind.name === "Namespace" ? { "kubernetes.io/metadata.name": name } : {};
  const labels = { ...objectAt(rest, "labels"), ...own };
  const metadata = {
    ...rest,
    ...(Object.keys(labels).length === 0 ? {} : { labels }),
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(kind.counted ? { generation: 1 } : generation === undefined ? {} : { generation }),
    uid: random.uid(),
    resourceVersion: "",
    creationTimestamp: timestamp,
  };
  // Validation has seen the labels and annotations, or will see them before this is stored.
  return metadata as Metadata;
}

/** What the server itself puts into a new object, after the fields have owners. */
export function withInitialStatus(kind: Kind, fresh: ApiObject): ApiObject {
  const status = initialStatus[kind.name];
  const spec = kind.name === "Namespace" ? { spec: { finalizers: ["kubernetes"] } } : {};
  const object = kind.name === "Job" ? withJobSelector(fresh) : fresh;
  const quality = kind.name === "Pod" ? { qosClass: qualityOf(fresh.spec) } : {};
  const unsaid = kind.name === "Event" ? unsaidOfEvent : {};
  return { ...unsaid, ...object, ...spec, ...(status === undefined ? {} : { status: { ...status, ...quality } }) };
}

/** Written even where nothing is said of it. */
const unsaidOfEvent = {
  source: {},
  firstTimestamp: null,
  lastTimestamp: null,
  eventTime: null,
  reportingComponent: "",
  reportingInstance: "",
};

const initialStatus: Partial<Record<KindName, JsonObject>> = {
  Namespace: { phase: "Active" },
  Pod: { phase: "Pending" },
  Deployment: {},
  ReplicaSet: { replicas: 0 },
  Job: {},
  CronJob: {},
  HorizontalPodAutoscaler: { desiredReplicas: 0, currentMetrics: null },
  PodDisruptionBudget: { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 },
};

function nameIn({ name, generateName }: JsonObject, random: Random): string | undefined {
  if (typeof name === "string" && name !== "") return name;
  return typeof generateName === "string" ? generateName + random.suffix(5) : undefined;
}
