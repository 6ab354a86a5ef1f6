import { type Color, colors, type Ending, type Identity, type ReleaseReport, type Wanted } from "@cutover/release";
import { standing } from "./standing.ts";

export interface ReportContext {
  namespace: string;
  wanted: Wanted;
  identity: Identity;
  /** The user's own reason for a rollback. */
  reason?: string | undefined;
  activeAtStart: Color | undefined;
  startedAt: Date;
  finishedAt: Date;
}

const kinds: Readonly<Record<Wanted["kind"], ReleaseReport["kind"]>> = {
  deploy: "release",
  promote: "release",
  rollback: "rollback",
  retire: "retirement",
};

/** What a run did and found, as its report tells it. */
export function reportOf(ending: Ending, context: ReportContext): ReleaseReport {
  const { outcome, reason, hint, observed, evidence, journal } = ending;
  const { service, slots, history } = observed;
  const { diagnosis } = evidence.failure ?? {};
  return {
    kind: kinds[context.wanted.kind],
    service: service.name,
    namespace: context.namespace,
    outcome,
    reason: context.reason === undefined ? reason : `${reason} (${context.reason})`,
    hint,
    ...standing(observed),
    activeAtStart: context.activeAtStart,
    slots: colors.map((color) => slots[color]),
    steps: journal.map(({ title, startedAt, milliseconds, result, note }) => ({
      title,
      startedAt: startedAt.getTime(),
      ms: milliseconds,
      result,
      ...(note === undefined ? {} : { note }),
    })),
    switches: journal.flatMap(({ step, startedAt, milliseconds, result }) => {
      const at = startedAt.getTime() + milliseconds;
      if (result !== "passed") return [];
      if (step.kind === "narrow") return [{ at, from: undefined, to: step.color }];
      return step.kind === "switch" || step.kind === "switch-back" ? [{ at, from: step.from, to: step.to }] : [];
    }),
    history: history.map(({ revision, result, images }) => ({ revision, result, images })),
    ...(diagnosis === undefined ? {} : { diagnosis }),
    actor: context.identity.actor,
    runUrl: context.identity.runUrl,
    commit: context.identity.commit,
    startedAt: context.startedAt.getTime(),
    finishedAt: context.finishedAt.getTime(),
  };
}
