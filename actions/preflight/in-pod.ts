import type { Look } from "@cutover/kubernetes";
import { CutoverError } from "@cutover/release";
import { type Finding, fail, pass, type World } from "./check.ts";
import type { PodQuestion } from "./pod-questions.ts";

/** How a question's command ended in a pod, and what to do where it did not end well. */
export interface PodAnswer {
  /** Who asked, to begin a sentence: `Pod shop-blue-x`. */
  readonly where: string;
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly remedies: { readonly tool: string; readonly variable: string; readonly answer: string };
}

/** What comes of a question. @throws `not-found` without a pod, or what it needs; what the client throws */
export async function askedInPod(question: PodQuestion, world: World): Promise<Finding> {
  const { where, exitCode, stdout, stderr, remedies } = await (question.via === "job"
    ? world.probe.ask(question)
    : askedByExec(question, world));
  const { subject, answer, tool, variable } = question;
  if (exitCode === 127)
    throw new CutoverError("not-found", `${where} has nothing to ask ${subject} with: its image has no ${tool}`, {
      hint: remedies.tool,
    });
  if (exitCode === 126 && variable !== undefined)
    throw new CutoverError("not-found", `${where} has no variable ${variable}`, { hint: remedies.variable });
  const said = stdout.trim().split("\n").at(-1) ?? "";
  if (exitCode === 0 && said === answer) return pass(`${where} reaches ${subject}`);
  const why = stderr.trim().split("\n")[0] || said || `its command ends with ${exitCode}`;
  return fail(`${where} gets no good answer from ${subject}: ${why}`, remedies.answer);
}

async function askedByExec({ script, words }: PodQuestion, world: World): Promise<PodAnswer> {
  const pod = await readyPod(world);
  const { client, signal } = world;
  const command = `kubectl exec ${pod.name} -c ${pod.container} --`;
  return {
    where: `Pod ${pod.name}`,
    ...(await client.exec(pod, ["sh", "-c", script, "sh", ...words], { signal })),
    remedies: {
      tool: "Ask from the runner, or by `via=job` with a `probe-image` that has it, or have the image bring it along.",
      variable: `Look at its environment: ${command} env`,
      answer: `${command} sh, and see there.`,
    },
  };
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
    hint: "Ask from the runner, or by `via=job`, until there is one.",
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
