import assert from "node:assert/strict";
import { test } from "node:test";
import {
  after,
  all,
  allContainers,
  container,
  crashed,
  event,
  image,
  pod,
  refused,
  rollout,
  waitingFor,
} from "./pod-samples.ts";
import type { ContainerFacts, PodFacts, RolloutFacts } from "./pods.ts";
import type { SymptomKind } from "./symptom.ts";

// What Kubernetes 1.34 with containerd 2 said of such pods, but for the names.
const pull = (why: string) =>
  `rpc error: code = Unknown desc = failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${why}`;
const notFound = `rpc error: code = NotFound desc = failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`;
const noSuchFile =
  'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "/nope": stat /nope: no such file or directory: unknown';
const insufficient =
  "0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.";
const quota =
  'pods "shop-green-7d4b9-x2x1k" is forbidden: exceeded quota: small, requested: pods=1, used: pods=3, limited: pods=3';

const said = {
  invalid: `Failed to apply default image tag "shop:$": couldn't parse image name "shop:$": invalid reference format`,
  never: `Container image "${image}" is not present with pull policy of Never`,
  platform: `rpc error: code = NotFound desc = failed to pull and unpack image "${image}": no match for platform in manifest: not found`,
  backOff: `Back-off pulling image "${image}"`,
  unauthorized: pull("failed to authorize: failed to fetch anonymous token: unexpected status: 401 Unauthorized"),
  limited: pull("unexpected status from HEAD request: 429 Too Many Requests"),
  down: pull('Head "http://localhost:5000/v2/shop/manifests/v9": dial tcp [::1]:5000: connect: connection refused'),
  broken: pull("unexpected status from HEAD request to http://localhost:5000: 503 Service Unavailable"),
  unknownHost: pull(
    'Head "https://registry.invalid/v2/shop/manifests/v9": dial tcp: lookup registry.invalid: no such host',
  ),
  asRoot: 'container has runAsNonRoot and image will run as root (pod: "shop", container: app)',
  nonRoot: `container's runAsUser breaks non-root policy (pod: "shop", container: app)`,
  syncing: "failed to sync secret cache: timed out waiting for the condition",
  mount: 'MountVolume.SetUp failed for volume "token" : secret "shop-token" not found',
  attach: 'Multi-Attach error for volume "pvc-1" Volume is already used by pod(s) shop-blue-1',
  account:
    'pods "shop-green-1-" is forbidden: error looking up service account default/shop: serviceaccount "shop" not found',
  conflict:
    'Operation cannot be fulfilled on resourcequotas "small": the object has been modified; please apply your changes to the latest version and try again',
  webhook: 'Internal error occurred: failed calling webhook "policy.example": connection refused',
  scaleUp: "pod triggered scale-up: [{pool 1->2 (max: 5)}]",
  killed: "Container app failed liveness probe, will be restarted",
  unhealthy: "Readiness probe failed: HTTP probe failed with statuscode: 503",
};

/** The same wait in all three containers. */
const waits = (reason: string, message = "", more: Partial<ContainerFacts> = {}) =>
  allContainers(() => waitingFor(reason, message, more));
const loops = (restarts: number, terminated = crashed) =>
  waits("CrashLoopBackOff", "back-off 40s restarting failed container=app", { restarts, terminated });
/** The same event for all three pods. */
const told = (reason: string, message: string, more: () => Partial<PodFacts>) =>
  all(() => pod({ ...more(), events: [event(reason, message)] }));
const creating = () => ({ containers: [waitingFor("ContainerCreating")] });
const unscheduled = (): Partial<PodFacts> => ({
  unscheduled: { reason: "Unschedulable", message: insufficient },
  containers: [],
});
const stopped = { reason: "Completed", exitCode: 0, message: "" };
const looping = () => ({ containers: [waitingFor("CrashLoopBackOff", "", { restarts: 3, terminated: stopped })] });
const late = {
  conditions: [{ type: "Progressing", status: "False", reason: "ProgressDeadlineExceeded", message: "" }],
};

/** `seconds` from which it is doomed. */
type Row = readonly [sign: string, kind: SymptomKind, seconds: number | "never", facts: RolloutFacts];

const table: readonly Row[] = [
  ["an invalid image name", "image-invalid", 0, waits("InvalidImageName", said.invalid)],
  ["an image that may never be pulled", "image-never-pulled", 0, waits("ErrImageNeverPull", said.never)],
  ["an image that is not found", "image-not-found", 0, waits("ErrImagePull", notFound)],
  [
    "an image that is not found, said by the back-off",
    "image-not-found",
    0,
    waits("ImagePullBackOff", `${said.backOff}: ErrImagePull: ${notFound}`),
  ],
  [
    "an image that is not found, said by an event only",
    "image-not-found",
    0,
    told("Failed", `Failed to pull image "${image}": ${notFound}`, () => ({
      containers: [waitingFor("ImagePullBackOff", said.backOff)],
    })),
  ],
  ["an unknown manifest", "image-not-found", 0, waits("ErrImagePull", pull(`${image}: manifest unknown`))],
  ["an image for another processor", "image-platform", 0, waits("ErrImagePull", said.platform)],
  [
    "an exec format error",
    "image-platform",
    0,
    loops(1, { reason: "StartError", exitCode: 128, message: "exec /server: exec format error" }),
  ],
  ["a pull that is refused", "image-forbidden", 60, waits("ErrImagePull", said.unauthorized)],
  ["a pull that is rate-limited", "image-pull", "never", waits("ErrImagePull", said.limited)],
  ["a registry that is down", "image-pull", "never", waits("ErrImagePull", said.down)],
  ["a registry with an error", "image-pull", "never", waits("ErrImagePull", said.broken)],
  ["a registry that nobody knows", "image-pull", "never", waits("ErrImagePull", said.unknownHost)],
  ["a back-off without a cause", "image-pull", "never", waits("ImagePullBackOff", said.backOff)],
  ["a missing Secret", "config-missing", 20, waits("CreateContainerConfigError", 'secret "shop-token" not found')],
  [
    "a missing key",
    "config-missing",
    20,
    waits("CreateContainerConfigError", "couldn't find key gone in ConfigMap shop/settings"),
  ],
  ["an image that would run as root", "config-missing", 20, waits("CreateContainerConfigError", said.asRoot)],
  ["a user that breaks the non-root policy", "config-missing", 20, waits("CreateContainerConfigError", said.nonRoot)],
  ["a cache that is not in sync yet", "config-missing", "never", waits("CreateContainerConfigError", said.syncing)],
  ["a missing volume Secret", "volume-missing", 30, told("FailedMount", said.mount, creating)],
  ["a volume that another node holds", "volume-busy", "never", told("FailedAttachVolume", said.attach, creating)],
  [
    "a sandbox that cannot be made",
    "sandbox",
    "never",
    told("FailedCreatePodSandBox", "network: no address", creating),
  ],
  ["an exceeded quota", "pods-refused", 30, refused(quota)],
  ["a missing ServiceAccount", "pods-refused", 30, refused(said.account)],
  ["a write conflict of the quota", "pods-refused", "never", refused(said.conflict)],
  ["a webhook that is down", "pods-refused", "never", refused(said.webhook)],
  ["three restarts in all pods", "crash", 0, loops(3)],
  ["two restarts in all pods", "crash", "never", loops(2)],
  [
    "three restarts, and running again,",
    "crash",
    "never",
    allContainers(() => container({ restarts: 3, terminated: crashed })),
  ],
  [
    "memory that runs out again and again",
    "out-of-memory",
    0,
    loops(4, { reason: "OOMKilled", exitCode: 137, message: "" }),
  ],
  [
    "a command that is not in the image, between two starts,",
    "cannot-start",
    30,
    loops(1, { reason: "StartError", exitCode: 128, message: noSuchFile }),
  ],
  ["a command that is not in the image, while it starts,", "cannot-start", 30, waits("RunContainerError", noSuchFile)],
  [
    "a runtime that is slow to start containers",
    "cannot-start",
    "never",
    waits("CreateContainerError", "context deadline exceeded"),
  ],
  ["a liveness probe that kills", "liveness-probe", 0, told("Killing", said.killed, looping)],
  ["a hook that fails", "cannot-start", 0, told("FailedPostStartHook", "PostStartHook failed", looping)],
  ["no room on any node", "unschedulable", 90, all(() => pod(unscheduled()))],
  [
    "no room, but an autoscaler at work,",
    "unschedulable",
    "never",
    told("TriggeredScaleUp", said.scaleUp, unscheduled),
  ],
  [
    "a failing readiness probe",
    "readiness-probe",
    "never",
    told("Unhealthy", said.unhealthy, () => ({ phase: "Running" })),
  ],
  [
    "a progress deadline, which may be an older run's,",
    "readiness-probe",
    "never",
    rollout([pod({ phase: "Running" })], late),
  ],
  [
    "a readiness gate",
    "readiness-gate",
    "never",
    all(() => pod({ phase: "Running", containers: [container({ ready: true })] })),
  ],
  ["a pod that merely starts", "starting", "never", waits("ContainerCreating")],
];

for (const [sign, kind, seconds, facts] of table) {
  const words =
    seconds === "never" ? "never condemns" : seconds === 0 ? "condemns at once" : `condemns after ${seconds} s`;
  test(`${sign} ${words}`, () => {
    assert.equal(after(0, facts).culprit?.kind, kind);
    if (seconds === "never") assert.equal(after(3_600, facts).state, "waiting");
    else assert.equal(after(seconds, facts).state, "doomed");
    if (typeof seconds === "number" && seconds > 0) assert.equal(after(seconds - 2, facts).state, "waiting");
  });
}
