import {
  beginWaiting,
  type Color,
  diagnose,
  type Failure,
  isCutoverError,
  logLines,
  logSource,
  type ReadinessMemory,
  type RolloutFacts,
  remember,
  type StepKind,
} from "@cutover/release";
import type { Collection } from "../client/model.ts";
import { factsOf } from "./facts.ts";
import { as, type EventRecord } from "./kinds.ts";
import { collectionOf, type Snapshot } from "./snapshot.ts";
import type { Work } from "./work.ts";

export interface Trouble {
  step: { kind: StepKind; color: Color; revision: number };
  snapshot: Snapshot;
  outcome: Failure["outcome"];
  /** The sentence that the diagnosis goes on from, where it is not that the pods never became ready. */
  summary?: string;
  /** What the wait has seen; a new memory where there was no wait. */
  memory?: ReadinessMemory;
}

/** Why a revision is not good, with the most telling pod, its events and the end of its log. */
export async function explain(work: Work, { step, snapshot, outcome, summary, memory }: Trouble): Promise<Failure> {
  const { setting } = work;
  const { clock, log } = setting;
  const facts = factsOf(snapshot, setting, {
    color: step.color,
    events: await readEvents(work),
    target: Number.POSITIVE_INFINITY,
  });
  const seen = remember(memory ?? beginWaiting(clock.now()), facts, clock.now());
  const found = diagnose(facts, seen, await readLog(work, facts, seen));
  const diagnosis = summary === undefined ? found : { ...found, title: `${summary}: ${found.cause}` };
  for (const line of [diagnosis.title, ...diagnosis.lines, ...diagnosis.log]) log.untrusted(line);
  const reason = [diagnosis.title, ...diagnosis.lines.map((line) => `  ${line}`)].join("\n");
  return {
    outcome,
    revision: step.revision,
    color: step.color,
    step: step.kind,
    reason,
    hint: diagnosis.hint,
    diagnosis,
  };
}

/** Events of the namespace's pods; none where the credentials may not read them. */
async function readEvents({ setting: { client, namespace } }: Work): Promise<readonly EventRecord[]> {
  try {
    const { items } = await client.list(podEvents(namespace));
    return items.map((item) => as("Event", item));
  } catch (error) {
    if (isCutoverError(error)) return [];
    throw error;
  }
}

export function podEvents(namespace: string): Collection {
  return { ...collectionOf("Event", namespace), fieldSelector: "involvedObject.kind=Pod" };
}

/** A log that cannot be read is no reason to say less about the rest. */
async function readLog(
  { setting: { client, namespace } }: Work,
  facts: RolloutFacts,
  memory: ReadinessMemory,
): Promise<string> {
  const source = logSource(facts, memory);
  if (source === undefined) return "";
  const { pod: name, container, previous } = source;
  try {
    return await client.podLog({ namespace, name }, { container, previous, tailLines: logLines });
  } catch (error) {
    if (isCutoverError(error)) return "";
    throw error;
  }
}
