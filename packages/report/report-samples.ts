import type { ReleaseReport, ReportedStep } from "@cutover/release";

const start = Date.UTC(2026, 10, 21, 9, 50, 55);
const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
const images = (digit: string) => ({
  app: `registry.example/shop@${digest(digit)}`,
  migrate: `registry.example/shop-migrate@${digest(digit)}`,
});

/** Steps one after the other, each with its length in milliseconds. */
function stepsOf(
  ...all: readonly (readonly [title: string, ms: number, result?: ReportedStep["result"], note?: string])[]
): readonly ReportedStep[] {
  let startedAt = start;
  return all.map(([title, ms, result = "passed", note]) => {
    const step = { title, startedAt, ms, result, ...(note === undefined ? {} : { note }) };
    startedAt += ms;
    return step;
  });
}

/** A release from blue to green that went well. */
export const succeeded: ReleaseReport = {
  kind: "release",
  service: "shop",
  namespace: "production",
  outcome: "succeeded",
  reason: "Revision 7 serves from green and is confirmed.",
  hint: undefined,
  color: "green",
  previousColor: "blue",
  revision: 7,
  previousRevision: 6,
  activeAtStart: "blue",
  images: images("9"),
  slots: [
    { color: "blue", deployment: "shop-blue", exists: true, revision: 6, replicas: 3, ready: 3 },
    { color: "green", deployment: "shop-green", exists: true, revision: 7, replicas: 3, ready: 3 },
  ],
  steps: stepsOf(
    ["Lock and claim", 180],
    ["Record the release for green", 60],
    ["Prepare green with revision 7", 240],
    ["Wait until green is ready", 11_400, "passed", "3 of 3 pods ready"],
    ["Probe the preview pods of green", 90],
    ["Smoke-test green", 2_300],
    ["Switch traffic from blue to green", 40],
    ["Confirm that green serves revision 7", 420],
    ["Soak green", 10_000],
    ["Mark revision 7 confirmed", 30],
  ),
  switches: [{ at: start + 14_300, from: "blue", to: "green" }],
  history: [
    { revision: 7, result: "confirmed", images: images("9") },
    { revision: 6, result: "confirmed", images: images("8") },
    { revision: 5, result: "failed", images: images("7") },
  ],
  actor: "octocat",
  runUrl: "https://github.com/acme/shop/actions/runs/1234567890",
  commit: "0123456789abcdef0123456789abcdef01234567",
  startedAt: start,
  finishedAt: start + 24_800,
};

const pullFailure = {
  title:
    "Deployment shop-green never became ready: 3 of 3 pods cannot pull registry.example/shop@sha256:999999999999…: the registry does not have it",
  cause: "3 of 3 pods cannot pull registry.example/shop@sha256:999999999999…: the registry does not have it",
  lines: [
    "pod shop-green-7d4b9-x2x1k, container app: ErrImagePull, manifest unknown (first seen 4 s after the wait began)",
  ],
  hint: "Was it built and pushed, to this registry and under this name? build-push's output `image` names the digest that was pushed; pass that, not a tag.",
  anchor: "image-not-found",
  log: [],
} as const;

/** A release whose image is not there. */
export const failed: ReleaseReport = {
  ...succeeded,
  outcome: "failed",
  reason: `${pullFailure.title}\n  ${pullFailure.lines[0]}`,
  hint: pullFailure.hint,
  color: "blue",
  previousColor: "green",
  revision: 6,
  previousRevision: 4,
  images: images("8"),
  slots: [
    { color: "blue", deployment: "shop-blue", exists: true, revision: 6, replicas: 3, ready: 3 },
    { color: "green", deployment: "shop-green", exists: true, revision: 7, replicas: 0, ready: 0 },
  ],
  steps: stepsOf(
    ["Lock and claim", 180],
    ["Record the release for green", 60],
    ["Prepare green with revision 7", 240],
    ["Wait until green is ready", 4_100, "failed"],
    ["Mark revision 7 failed", 30],
    ["Scale green down", 120],
  ),
  switches: [],
  history: [{ revision: 7, result: "failed", images: images("9") }, ...succeeded.history.slice(1)],
  diagnosis: pullFailure,
  finishedAt: start + 4_730,
};

/** A release whose pods turned unready after the switch. */
export const rolledBack: ReleaseReport = {
  ...succeeded,
  outcome: "rolled-back",
  reason:
    "Green lost its pods after the switch: 3 of 3 pods did not pass the readiness probe of container app, GET :8080/ready every 1 s",
  hint: "Ask the application why it is not ready.",
  color: "blue",
  previousColor: "green",
  revision: 6,
  previousRevision: 4,
  images: images("8"),
  slots: failed.slots,
  steps: stepsOf(
    ["Lock and claim", 180],
    ["Record the release for green", 60],
    ["Prepare green with revision 7", 240],
    ["Wait until green is ready", 6_400],
    ["Probe the preview pods of green", 90],
    ["Switch traffic from blue to green", 40],
    ["Confirm that green serves revision 7", 420],
    ["Soak green", 3_200, "failed"],
    ["Switch traffic back from green to blue", 50],
    ["Mark revision 7 failed", 30],
    ["Drain green", 5_000],
    ["Scale green down", 110],
  ),
  switches: [
    { at: start + 7_000, from: "blue", to: "green" },
    { at: start + 10_650, from: "green", to: "blue" },
  ],
  diagnosis: {
    title:
      "Green lost its pods after the switch: 3 of 3 pods did not pass the readiness probe of container app, GET :8080/ready every 1 s",
    cause: "3 of 3 pods did not pass the readiness probe of container app, GET :8080/ready every 1 s",
    lines: [
      "pod shop-green-7d4b9-x2x1k, container app: Unhealthy, Readiness probe failed: HTTP probe failed with statuscode: 503 (seen at once)",
    ],
    hint: "Ask the application why it is not ready: a dependency that it cannot reach, a wrong path or port in the probe, or a start that takes longer than `timeout`.",
    anchor: "readiness-probe",
    log: Array.from(
      { length: 6 },
      (_, line) => `2026-11-21T09:51:0${line}Z level=error msg="no answer from database" attempt=${line + 1}`,
    ),
  },
  finishedAt: start + 15_820,
};

/** One report for each outcome, and a rollback. */
export const samples: Readonly<Record<string, ReleaseReport>> = {
  succeeded,
  failed,
  "rolled-back": rolledBack,
  refused: {
    ...succeeded,
    outcome: "refused",
    reason: "Service shop selects no color yet",
    hint: "Set `adopt: true` once: it labels the running pods by an ordinary rolling update, then narrows the selector.",
    color: undefined,
    previousColor: undefined,
    revision: undefined,
    previousRevision: undefined,
    activeAtStart: undefined,
    slots: [],
    steps: [],
    switches: [],
    history: [],
    finishedAt: start + 320,
  },
  "timed-out": { ...failed, outcome: "timed-out", finishedAt: start + 300_000 },
  superseded: {
    ...failed,
    outcome: "superseded",
    reason: "A rollback by octocat took over",
    hint: undefined,
    finishedAt: start + 2_000,
  },
  rollback: {
    ...succeeded,
    kind: "rollback",
    color: "blue",
    previousColor: "green",
    revision: 6,
    previousRevision: 7,
    activeAtStart: "green",
    reason: "Revision 6 serves from blue again.",
    steps: stepsOf(
      ["Lock and claim", 120],
      ["Switch traffic from green to blue", 40],
      ["Confirm that blue serves revision 6", 310],
    ),
    switches: [{ at: start + 150, from: "green", to: "blue" }],
    finishedAt: start + 480,
  },
};
