import type { Look } from "@cutover/kubernetes";
import { CutoverError } from "@cutover/release";
import { type Finding, fail, pass, type World } from "./check.ts";

/** A question that a pod of the active slot asks with what its image has. */
export interface PodQuestion {
  /** Such as `broker:5672`, or `$DATABASE_URL`. */
  readonly subject: string;
  /** For `sh`; it ends with 127 where the image has nothing to ask with, and with 126 where the pod has no such variable. */
  readonly script: string;
  /** `$1` and so on. Nothing secret: the API server logs the words of a command. */
  readonly words: readonly string[];
  /** What a good answer ends with, on its own line. */
  readonly answer: string;
  /** What the image must have for it. */
  readonly tool: string;
}

/** What comes of it. @throws `not-found` without a ready pod, or what it needs; what the client throws */
export async function askedInPod(
  { subject, script, words, answer, tool }: PodQuestion,
  world: World,
): Promise<Finding> {
  const pod = await readyPod(world);
  const where = `Pod ${pod.name}`;
  const { client, signal } = world;
  const { exitCode, stdout, stderr } = await client.exec(pod, ["sh", "-c", script, "sh", ...words], { signal });
  if (exitCode === 127)
    throw new CutoverError("not-found", `${where} has nothing to ask ${subject} with: its image has no ${tool}`, {
      hint: "Ask from the runner, without `via=pod`, or have the image bring it along.",
    });
  if (exitCode === 126)
    throw new CutoverError("not-found", `${where} has no variable ${subject.slice(1)}`, {
      hint: `Look at its environment: kubectl exec ${pod.name} -c ${pod.container} -- env`,
    });
  const said = stdout.trim().split("\n").at(-1) ?? "";
  if (exitCode === 0 && said === answer) return pass(`${where} reaches ${subject}`);
  const why = stderr.trim().split("\n")[0] || said || `its command ends with ${exitCode}`;
  return fail(
    `${where} does not reach ${subject}: ${why}`,
    `kubectl exec ${pod.name} -c ${pod.container} -- sh, and see there.`,
  );
}

interface PodContainer {
  readonly namespace: string;
  readonly name: string;
  readonly container: string;
}

async function readyPod({ facts, namespace }: World): Promise<PodContainer> {
  const looks = await facts.looks();
  const pod = looks.flatMap(serving)[0];
  const container =
    pod?.metadata.annotations?.["kubectl.kubernetes.io/default-container"] ?? pod?.spec.containers[0]?.name;
  if (pod !== undefined && container !== undefined) return { namespace, name: pod.metadata.name, container };
  throw new CutoverError("not-found", "No ready pod of the active slot is there to ask from", {
    hint: "Ask from the runner, without `via=pod`, until there is one.",
  });
}

function serving({ snapshot: { service, pods } }: Look) {
  const selector = Object.entries(service?.spec.selector ?? {});
  return pods.filter(({ metadata, status }) => {
    const isReady = status?.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True") === true;
    const isSelected = selector.length > 0 && selector.every(([name, value]) => metadata.labels?.[name] === value);
    return isReady && isSelected && metadata.deletionTimestamp === undefined;
  });
}
