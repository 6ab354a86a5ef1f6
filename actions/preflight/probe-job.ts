import type { Resource } from "@cutover/kubernetes";
import { annotation, type Identity } from "@cutover/release";
import type { PodQuestion } from "./pod-questions.ts";
import type { PodSpec } from "./pod-spec.ts";
import { definitionOf } from "./variable.ts";

/** What the probe's Job is made of. */
export interface ProbeTerms {
  readonly namespace: string;
  readonly image: string;
  /** In the order of its containers. */
  readonly questions: readonly PodQuestion[];
  /** The pods that it resembles; `undefined` where there are none. */
  readonly pod: PodSpec | undefined;
  /** Milliseconds that all checks may take. */
  readonly timeout: number;
  readonly identity: Identity;
  /** The run's id; nothing outside of GitHub. */
  readonly run: string | undefined;
}

/** A Job with its namespace, as the API server gets it. */
export type ProbeJob = Resource & { readonly metadata: { readonly namespace: string } };

/** Seconds for which it stays where nobody has removed it, once it has ended. */
const longestLeft = 60;
/** Where the service's pods run, with what they may pull, by the names that they know. */
const alike = [
  "serviceAccountName",
  "imagePullSecrets",
  "nodeSelector",
  "tolerations",
  "runtimeClassName",
  "dnsPolicy",
  "dnsConfig",
  "hostAliases",
] as const;

/** Name of the container that asks the question at this place. */
export function containerOf(index: number): string {
  return `question-${index}`;
}

/**
 * One pod, with a container for each question, that may do nothing but ask. It has no labels but those that the Job's controller
 * gives it, of values that are its own: no selector of a Service matches them.
 */
export function probeJob({ namespace, image, questions, pod, timeout, identity, run }: ProbeTerms): ProbeJob {
  const nonce = identity.holder.slice(-8).toLowerCase();
  const metadata = {
    name: `preflight-${run ?? "local"}-${nonce}`,
    namespace,
    annotations: { [annotation.run]: identity.runUrl },
  };
  const template = {
    metadata: {},
    spec: {
      ...Object.fromEntries(alike.flatMap((field) => (pod?.[field] === undefined ? [] : [[field, pod[field]]]))),
      restartPolicy: "Never",
      terminationGracePeriodSeconds: 1,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: { runAsNonRoot: true, runAsUser: 65_532, seccompProfile: { type: "RuntimeDefault" } },
      containers: questions.map((question, index) => ({ name: containerOf(index), image, ...asking(question, pod) })),
    },
  };
  const ends = { activeDeadlineSeconds: Math.ceil(timeout / 1_000), ttlSecondsAfterFinished: longestLeft };
  return { apiVersion: "batch/v1", kind: "Job", metadata, spec: { backoffLimit: 0, ...ends, template } };
}

/** Its answer is what it writes to the file that the kubelet puts into the pod's status: no log has to be read for it. */
export function commandOf({ script, words }: PodQuestion): readonly string[] {
  return ["sh", "-c", `exec >/dev/termination-log 2>&1\n${script}`, "sh", ...words];
}

function asking(question: PodQuestion, pod: PodSpec | undefined) {
  const { variable } = question;
  const env = variable === undefined ? [] : variablesOf(variable, pod);
  return {
    command: commandOf(question),
    ...(env.length === 0 ? {} : { env }),
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { cpu: "500m", memory: "128Mi" } },
  };
}

/** The variable as the first container of the service has it that has it. */
function variablesOf(name: string, pod: PodSpec | undefined): readonly object[] {
  const found = (pod?.containers ?? []).map((container) => definitionOf(name, container));
  return found.find((entries) => entries.length > 0) ?? [];
}
