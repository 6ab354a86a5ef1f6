import { Company } from "./company.ts";
import { converge, type Ending, type Engine, type Surroundings } from "./converge.ts";
import type { Outcome, Wanted } from "./model.ts";

/** One service of a release, with what moves its traffic and what listens to it. */
export interface Party {
  service: string;
  engine: Engine;
  around: Pick<Surroundings, "log" | "onObserved">;
}

/** How all of it ended, and each in the declared order. */
export interface JointEnding {
  /** `succeeded` if all did, else that of the service whose trouble came first. */
  outcome: Outcome;
  endings: readonly Ending[];
  /** That service's ending. */
  culprit: Ending | undefined;
}

/**
 * Releases several services side by side, each by its own loop: all or none of them.
 * @param parties in the order in which they are switched
 * @throws CutoverError when the cluster could not be looked at even once
 */
export async function convergeTogether(
  parties: readonly Party[],
  wanted: Wanted,
  { clock, signal }: Pick<Surroundings, "clock" | "signal">,
): Promise<JointEnding> {
  const company = new Company(
    parties.map(({ service }) => service),
    { clock, signal },
  );
  const runs = parties.map(async ({ service, engine, around }): Promise<Ending> => {
    const others = company.of(service, wanted);
    let problem: string | undefined = "it ended by a bug";
    try {
      const ending = await converge(engine, wanted, { ...around, clock, signal, others });
      problem = ending.outcome === "succeeded" ? undefined : ending.reason;
      return ending;
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
      throw error;
    } finally {
      others.end(problem);
    }
  });
  const ended = await Promise.allSettled(runs);
  const endings = ended.map((one) => {
    if (one.status === "rejected") throw one.reason;
    return one.value;
  });
  const first = parties.findIndex(({ service }) => service === company.culprit);
  const culprit = endings[first] ?? endings.find(({ outcome }) => outcome !== "succeeded");
  return { outcome: culprit?.outcome ?? "succeeded", endings, culprit };
}
