/** Where the sandbox is known not to answer as the real server does, and why that is accepted. */
export interface KnownDifference {
  /** The names of the group and of the case. */
  readonly group: string;
  readonly case: string;
  /** Where the answers differ: the starts of paths such as `2.body.spec`. Each must occur, and nothing else. */
  readonly paths: readonly string[];
  readonly reason: string;
}

const goJson = "It refuses what is no JSON or YAML, in the words of its own parser instead of Go's.";
const plugins =
  "Pods come without what the admission plugins ServiceAccount, DefaultTolerationSeconds and Priority add.";

/** What the plugins put into a pod. */
function added(step: number, fields: readonly string[]): string[] {
  return fields.map((field) => `${step}.body.spec.${field}`);
}

const tokenless = ["serviceAccountName", "serviceAccount", "tolerations", "priority", "preemptionPolicy"];
const everything = ["volumes", "containers.0.volumeMounts", ...tokenless];

const creating: readonly Omit<KnownDifference, "group">[] = [
  ...[
    "a Pod",
    "a Pod with requests is burstable",
    "a Pod with limits is guaranteed",
    "a Pod with probes and environment",
  ].map((name) => ({ case: name, paths: added(0, everything), reason: plugins })),
  { case: "a Pod without a token", paths: added(0, tokenless), reason: plugins },
  {
    case: "an EndpointSlice",
    paths: ["0.body.endpoints.0.conditions"],
    reason: "Conditions of an endpoint that nobody names are left out; the sandbox's own slices always have them.",
  },
  {
    case: "a Job",
    paths: ["0.body.metadata.labels"],
    reason: "A Job without labels of its own does not get those of its template.",
  },
];

const refusing: readonly Omit<KnownDifference, "group">[] = [
  {
    case: "a selector with a bad operator",
    paths: ["0.body.message", "0.body.details.causes"],
    reason: "Operators of a selector are not checked one by one; one that nobody knows matches nothing.",
  },
  {
    case: "a quantity that is none",
    paths: ["0.code"],
    reason: "Quantities are only read where something depends on them.",
  },
  { case: "a service account that is not there", paths: ["0.code"], reason: plugins },
  {
    case: "a Service with many bad ports",
    paths: ["0.body.message", "0.body.details.causes"],
    reason: "A port of 0 is named once, not again as the target port that it is the default of.",
  },
  ...["a field twice", "a field twice is warned of"].map((name, index) => ({
    case: name,
    paths: [index === 0 ? "0.code" : "0.headers"],
    reason: "JSON.parse does not tell of fields that come twice; the last one counts, as in the real server.",
  })),
  ...["a body that is no JSON", "an empty body", "a body that is a list"].map((name) => ({
    case: name,
    paths: ["0.body.message"],
    reason: goJson,
  })),
  { case: "a body of another type", paths: ["0.code"], reason: "What is no YAML and no protobuf is read as JSON." },
  {
    case: "an answer in a type that nobody can",
    paths: ["0.body.message"],
    reason: "The refusal lists the types of watches, too.",
  },
  {
    case: "another template for a Job",
    paths: ["1.code"],
    reason: "What may not change in a Job is not checked.",
  },
  {
    case: "another container for a Pod",
    paths: ["1.body.message", "1.body.details.causes.0.message"],
    reason: "The real server adds a difference of Go structs to the refusal.",
  },
  { case: "another image for a Pod", paths: added(1, everything), reason: plugins },
  {
    case: "another version in a patch",
    paths: ["1.body.metadata.labels", "1.body.metadata.managedFields.0.fieldsV1.f:metadata"],
    reason: "Older versions of an API, and their defaults, are not known.",
  },
];

const others: readonly KnownDifference[] = [
  ...["the resource pods", "the resource namespaces"].map((name) => ({
    group: "reading",
    case: name,
    paths: ["0.body"],
    reason: "Binding, ephemeral containers, resizing and finalizing are not served.",
  })),
  {
    group: "reading",
    case: "what I may do",
    paths: ["0.body.metadata.managedFields"],
    reason: "Reviews are answered, not stored: nobody asks who owns their fields.",
  },
  { group: "reading", case: "a page that is none", paths: ["0.body.message"], reason: goJson },
  { group: "patching", case: "JSON patch: no JSON", paths: ["1.body.message"], reason: goJson },
  { group: "patching", case: "merge patch: no object", paths: ["3.body.message"], reason: goJson },
  { group: "patching", case: "strategic patch: no JSON", paths: ["1.body.message"], reason: goJson },
  { group: "applying", case: "no YAML", paths: ["0.body.message"], reason: goJson },
  {
    group: "applying",
    case: "null values",
    paths: ["1.body.metadata.resourceVersion", "1.body.metadata.managedFields.0.fieldsV1.f:binaryData"],
    reason: "An applied null owns nothing.",
  },
  {
    group: "applying",
    case: "a status",
    paths: ["2.code"],
    reason: "The status of a Service that is not there is not found, instead of an incomplete new Service.",
  },
  ...["a Pod that runs nowhere", "a grace that is negative"].map((name) => ({
    group: "deleting",
    case: name,
    paths: added(1, everything),
    reason: plugins,
  })),
  { group: "deleting", case: "options that are none", paths: ["1.code", "2.code"], reason: goJson },
  {
    group: "deleting",
    case: "waits for its orphans",
    paths: ["1.body.metadata.finalizers.1"],
    reason: "Dependents are orphaned at once, so no finalizer waits for that.",
  },
];

const inGroup = (group: string) => (known: Omit<KnownDifference, "group">) => ({ group, ...known });

export const knownDifferences: readonly KnownDifference[] = [
  ...creating.map(inGroup("creating")),
  ...refusing.map(inGroup("refusing")),
  ...others,
];
