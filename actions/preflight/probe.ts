import { type Answer, type JobAnswers, runShortJob } from "@cutover/kubernetes";
import { CutoverError } from "@cutover/release";
import { podQuestions } from "./asked-pods.ts";
import type { World } from "./check.ts";
import type { PodAnswer } from "./in-pod.ts";
import type { PodQuestion } from "./pod-questions.ts";
import { type PodSpec, podSpec } from "./pod-spec.ts";
import { containerOf, probeJob } from "./probe-job.ts";

/** The share of the time for all checks that its pod may take: what is left is for its removal, and to tell of it. */
const patience = 0.8;

const where = "The probe Job";

const remedies: PodAnswer["remedies"] = {
  tool: "Give `probe-image` one that has it.",
  variable: "It has those of the service's own containers: name one of these, or ask by `via=pod`.",
  answer:
    "Look at what it asks, and whether a NetworkPolicy lets only the service's own pods through: then ask by `via=pod`.",
};

const remedyOf: Readonly<Record<string, string>> = {
  unschedulable: "It asks for 10m of cpu and 32Mi of memory a question, on nodes such as the service's pods run on.",
  "cannot-start": remedies.tool,
};

/** One short Job for all questions with `via=job`: made when the first is asked, and gone before the action ends. */
export class Probe {
  readonly #world: Omit<World, "probe">;
  readonly #questions: readonly PodQuestion[];
  #answers: Promise<JobAnswers> | undefined;

  constructor(world: Omit<World, "probe">) {
    this.#world = world;
    this.#questions = podQuestions(world.inputs).filter(({ via }) => via === "job");
  }

  /** @throws why it could not be asked */
  async ask(question: PodQuestion): Promise<PodAnswer> {
    this.#answers ??= this.#run();
    const index = this.#questions.findIndex(
      ({ script, words }) => script === question.script && words.join("\0") === question.words.join("\0"),
    );
    const answer = (await this.#answers).get(containerOf(index));
    if (answer === undefined || "why" in answer) throw unasked(question, answer);
    const { exitCode, said } = answer;
    return { where, exitCode, stdout: said, stderr: exitCode === 0 ? "" : said, remedies };
  }

  /** Resolves once nothing of it is left, or cannot be removed. */
  async ended(): Promise<void> {
    await this.#answers?.catch(() => undefined);
  }

  async #run(): Promise<JobAnswers> {
    const { inputs, client, namespace, runner, signal } = this.#world;
    const { clock, log, identity, env } = runner;
    const { probeImage: image = "", timeout } = inputs;
    const pod = await modelOf(this.#world);
    const questions = this.#questions;
    const job = probeJob({ namespace, image, questions, pod, timeout, identity, run: env.GITHUB_RUN_ID || undefined });
    const containers = questions.map((_, index) => containerOf(index));
    if (signal.aborted)
      throw new CutoverError("timed-out", "No time left to make the probe Job", { hint: "Raise `timeout`." });
    // For post, should this process be killed.
    runner.saveState({ namespace, probe: job.metadata.name });
    return await runShortJob(client, { job, containers, patience: timeout * patience, clock, log, signal });
  }
}

/** The pods that serve; before the first release, those that it would bring. */
async function modelOf({ facts }: Pick<World, "facts">): Promise<PodSpec | undefined> {
  const [look] = await facts.looks();
  const color = look?.observed.service.active;
  const live = color === undefined ? undefined : look?.snapshot.deployments[color];
  const found = podSpec.safeParse(live?.spec.template.spec);
  return found.success ? found.data : (await facts.candidates())[0]?.pod;
}

function unasked({ subject }: PodQuestion, trouble: Answer | undefined): CutoverError {
  const { why, kind, hint } =
    trouble !== undefined && "why" in trouble ? trouble : { why: "did not come", kind: "late", hint: undefined };
  const remedy = kind.startsWith("image-") ? `Give \`probe-image\` one that the nodes can pull and run. ${hint}` : hint;
  return new CutoverError("unavailable", `${where} could not ask ${subject}: its pod ${why}`, {
    hint: remedyOf[kind] ?? remedy ?? remedies.answer,
  });
}
