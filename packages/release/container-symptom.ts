import { cannotStart, crashFinding } from "./crash.ts";
import type { ContainerFacts, PodFacts } from "./pods.ts";
import { isPulling, pullSymptom } from "./pull-failure.ts";
import { type Finding, oneLine, type Symptom, shortened } from "./symptom.ts";

/** Milliseconds for which missing configuration may still be on its way. */
const configurationGrace = 20_000;

/** What is wrong with one container now; a ready one, or one that merely starts, has nothing wrong. */
export function containerSymptom(
  pod: PodFacts,
  container: ContainerFacts,
  pullCause: string | undefined,
): Symptom | undefined {
  if (container.ready) return undefined;
  if (isPulling(container)) return pullSymptom(pod, container, pullCause);
  const { waiting, terminated } = container;
  const text = waiting?.reason === "CrashLoopBackOff" ? terminated?.message : waiting?.message;
  const finding = imageFinding(container) ?? startFinding(container) ?? crashFinding(pod, container);
  if (!finding) return undefined;
  return {
    id: `${pod.uid}/${container.name}/${finding.kind}`,
    pod: pod.name,
    container: container.name,
    reason: waiting?.reason ?? terminated?.reason ?? "",
    message: oneLine(text ?? ""),
    ...finding,
  };
}

function imageFinding({ waiting, terminated, image }: ContainerFacts): Finding | undefined {
  if (waiting?.reason === "InvalidImageName") {
    const hint =
      "Correct the reference: `registry/repository@sha256:…`, in small letters, and with no variable left that something should have replaced.";
    return {
      kind: "image-invalid",
      cause: `cannot run ${image}: this is no image reference`,
      hint,
      condemns: "at-once",
    };
  }
  if (waiting?.reason === "ErrImageNeverPull") {
    const hint = "Remove `imagePullPolicy: Never`, or load the image onto the nodes first.";
    return {
      kind: "image-never-pulled",
      cause: `may not pull ${shortened(image)}, and their node does not have it`,
      hint,
      condemns: "at-once",
    };
  }
  if (waiting?.reason === "SignatureValidationFailed") {
    const hint = "Sign the image with the key that the nodes trust, or mend the nodes' policy.";
    return {
      kind: "image-unverified",
      cause: `may not run ${shortened(image)}: its signature was not accepted`,
      hint,
      condemns: 30_000,
    };
  }
  if (/exec format error/i.test(`${waiting?.message} ${terminated?.message}`)) return wrongProcessor(image);
  return undefined;
}

/** What an `exec format error` means, in a status or in a log. */
export function wrongProcessor(image: string): Finding {
  const hint =
    "Build the image for the platform of the nodes (`linux/amd64`, `linux/arm64`); a script needs its `#!` line.";
  return {
    kind: "image-platform",
    cause: `cannot run ${shortened(image)}: it was not built for their nodes' processor`,
    hint,
    condemns: "at-once",
  };
}

function startFinding({ waiting, name }: ContainerFacts): Finding | undefined {
  if (waiting?.reason === "CreateContainerConfigError") {
    const syncing = /failed to sync .*cache/i.test(waiting.message);
    const root = /runAsNonRoot|non-root/i.test(waiting.message);
    const hint = root
      ? "Give the image a numeric USER, or set securityContext.runAsUser."
      : "Create what the message names in this namespace, or mark the reference `optional: true`.";
    const cause = root
      ? `may not start container ${name} as root`
      : `could not get the configuration of container ${name}`;
    return { kind: "config-missing", cause, hint, condemns: syncing ? "never" : configurationGrace };
  }
  const reasons = [
    "CreateContainerError",
    "RunContainerError",
    "PostStartHookError",
    "PreStartHookError",
    "PreCreateHookError",
  ];
  if (waiting && reasons.includes(waiting.reason)) return cannotStart(name, waiting.message);
  return undefined;
}
