import assert from "node:assert/strict";
import { test } from "node:test";
import { tcpQuestion } from "./pod-questions.ts";
import { probeJob } from "./probe-job.ts";

const identity = {
  repository: "acme/shop",
  holder: "acme/shop/42/1/job/00ABCDEF12345678",
  step: "",
  actor: "",
  commit: "",
};
const server = { host: "broker", port: 5672, within: 5_000, via: "job" } as const;
const container = { name: "app", image: "shop:1", env: [{ name: "PATH", value: "/shop" }] };

const terms = {
  namespace: "shop",
  image: "tools:1",
  questions: [tcpQuestion(server, "job"), { ...tcpQuestion(server, "job"), variable: "URL" }],
  pod: {
    containers: [container, { ...container, env: [{ name: "URL", value: "redis://cache" }] }],
    serviceAccountName: "shop",
    imagePullSecrets: [{ name: "pull" }],
    nodeSelector: { pool: "shop" },
    tolerations: [{ key: "shop", operator: "Exists" }],
    volumes: [{ name: "data" }],
    priorityClassName: "high",
  },
  timeout: 90_500,
  identity: { ...identity, runUrl: "https://github.com/acme/shop/actions/runs/42/attempts/1" },
  run: "42",
};

/** What Kubernetes' standard `restricted` asks of a pod, and what a Job must say to end. */
test("its pod may do nothing but ask, and ends by itself", () => {
  const { metadata, spec } = probeJob(terms) as unknown as { metadata: object; spec: Record<string, unknown> };
  assert.deepEqual(metadata, {
    name: "preflight-42-12345678",
    namespace: "shop",
    annotations: { "cutover.dev/run": "https://github.com/acme/shop/actions/runs/42/attempts/1" },
  });
  const { template, ...ends } = spec;
  assert.deepEqual(ends, { backoffLimit: 0, activeDeadlineSeconds: 91, ttlSecondsAfterFinished: 60 });
  const pod = (template as { metadata: object; spec: Record<string, unknown> }).spec;
  const { containers, ...rest } = pod;
  assert.deepEqual(rest, {
    serviceAccountName: "shop",
    imagePullSecrets: [{ name: "pull" }],
    nodeSelector: { pool: "shop" },
    tolerations: [{ key: "shop", operator: "Exists" }],
    restartPolicy: "Never",
    terminationGracePeriodSeconds: 1,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: { runAsNonRoot: true, runAsUser: 65_532, seccompProfile: { type: "RuntimeDefault" } },
  });
  assert.partialDeepStrictEqual(containers, [
    {
      name: "question-0",
      image: "tools:1",
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      },
      resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { cpu: "500m", memory: "128Mi" } },
    },
    { name: "question-1", env: [{ name: "URL", value: "redis://cache" }] },
  ]);
});

test("it has no labels of its own that a selector could match", () => {
  const { metadata, spec } = probeJob(terms);
  assert.equal(metadata.labels, undefined);
  assert.deepEqual((spec as { template: { metadata: object } }).template.metadata, {});
});

test("it needs no pods to resemble", () => {
  const { spec } = probeJob({ ...terms, pod: undefined });
  assert.equal(JSON.stringify(spec).includes("serviceAccountName"), false);
  assert.equal(JSON.stringify(spec).includes('"env"'), false);
});
