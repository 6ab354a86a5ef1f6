import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { nextOf } from "./hearing.ts";
import type { Sweep } from "./sweep.ts";

/** One place of the product, changed for the worse. */
export interface Change {
  /** Below the repository's folder. */
  readonly file: string;
  /** Stands there exactly once. */
  readonly from: string;
  readonly to: string;
}

interface Mutant {
  readonly changes: readonly Change[];
  /** Points of other sweeps, of which one at least must notice; `*` stands for any part of a name. */
  readonly points: readonly string[];
}

/** What a worker is given. */
export type Selection = Mutant;

/** The request of a good release that moves the traffic. */
const theSwitch = 41;

/** Mistakes that the sweeps are there to find. */
const mutants: Readonly<Record<string, Mutant>> = {
  "no precondition on the switch": {
    changes: [
      {
        file: "packages/kubernetes/native/switch.ts",
        from: "body: { metadata: { uid, resourceVersion, annotations: annotations as never }, spec },",
        to: "body: { metadata: { uid, annotations: annotations as never }, spec },",
      },
    ],
    points: ["crash/good-release/9/before-send/rerun"],
  },
  "no claim": {
    changes: [
      {
        file: "packages/kubernetes/native/claim.ts",
        from: "if (numberOf(current, annotation.epoch) === claim.epoch) return current;",
        to: "return current;",
      },
    ],
    points: ["crash/good-release/9/before-send/rerun"],
  },
  "switch before ready": {
    changes: [
      {
        file: "packages/release/next-step.ts",
        from: 'if (!isReady(slot)) return step({ kind: "await-ready", color, revision: goal.revision });',
        to: "",
      },
      {
        file: "packages/release/next-step.ts",
        from: "if (wanted.probe && !isOf(slot, evidence.probed))",
        to: "if (wanted.probe === undefined)",
      },
      {
        file: "packages/release/next-step.ts",
        from: "if (obstacle !== undefined) {",
        to: "if (obstacle === null) {",
      },
    ],
    points: ["crash/first-release/9/before-send/rerun"],
  },
  "retire before confirm": {
    changes: [
      {
        file: "packages/release/next-step.ts",
        from: "confirmed(run) ??\n    disowned(run) ??\n    retired(run) ??",
        to: "retired(run) ??\n    confirmed(run) ??\n    disowned(run) ??",
      },
    ],
    points: ["crash/fading-release/9/before-send/rerun"],
  },
  "blind retry": {
    changes: [
      {
        file: "packages/kubernetes/native/conditional.ts",
        from: "if (isUnknownResult(error)) continue;\n      current = await unchanged(client, live, error);",
        to: `if (isUnknownResult(error)) {
        const { resourceVersion: _, ...rest } = current.metadata;
        current = { ...current, metadata: rest };
      } else current = await unchanged(client, live, error);`,
      },
    ],
    points: [`fault/good-release/${theSwitch}/commit 5000 ms late, now cut before-commit`],
  },
  "conclude from a read alone": {
    changes: [
      {
        file: "packages/kubernetes/native/conditional.ts",
        from: "if (isUnknownResult(error)) continue;\n      current = await unchanged(client, live, error);",
        to: `if (isUnknownResult(error)) {
        const seen = await client.get(refOf(live));
        if (seen.metadata.resourceVersion === current.metadata.resourceVersion) throw error;
        return seen;
      }
      current = await unchanged(client, live, error);`,
      },
    ],
    points: [`fault/good-release/${theSwitch}/commit 30000 ms late, now cut before-commit`],
  },
  "a single read takes a release back": {
    changes: [
      {
        file: "packages/kubernetes/native/watch-over.ts",
        from: "await judged().catch(unlessMissing)",
        to: "await judged()",
      },
    ],
    points: ["fault/promote/36/stale by 3 changes"],
  },
  "the lock is ignored": {
    changes: [
      {
        file: "packages/kubernetes/native/lease.ts",
        from: "if (!isTaken || isExpired || setting.preempts) {",
        to: "if (live !== null) {",
      },
    ],
    points: ["race/overlapping/20261121"],
  },
  "a rollback waits for the lock": {
    changes: [
      {
        file: "packages/kubernetes/native/lease.ts",
        from: "if (!isTaken || isExpired || setting.preempts) {",
        to: "if (!isTaken || isExpired) {",
      },
    ],
    points: ["race/soaking/20261121"],
  },
  "refused for what another run has half done": {
    changes: [
      {
        file: "packages/release/next-step.ts",
        from: "if (observed.busy && !observed.locked",
        to: "if (observed.busy && observed.locked",
      },
    ],
    points: ["race/crowd/20261122"],
  },
  "what is not there is applied without a precondition": {
    changes: [
      {
        file: "packages/kubernetes/native/apply.ts",
        from: "if (live === undefined) return { ...intent",
        to: "if (live === null) return { ...intent",
      },
    ],
    points: ["stale-holder/config-only/31/after-commit/newer"],
  },
  "a slot that is not there is made without a look at the lock": {
    changes: [
      {
        file: "packages/kubernetes/native/apply-rendered.ts",
        from: "return await checkLock(filling.work);",
        to: "return undefined;",
      },
    ],
    points: ["stale-holder/config-only/28/after-commit/newer"],
  },
  "previous is the last number": {
    changes: [
      {
        file: "packages/release/history.ts",
        from: 'find((one) => one.result === "confirmed" && one.revision < active)',
        to: "find((one) => one.revision < active)",
      },
      {
        file: "packages/release/goal.ts",
        from: "if (target === undefined || !isOpen(observed, target))",
        to: 'if (target === undefined || (to !== "previous" && !isOpen(observed, target)))',
      },
    ],
    points: ["crash/rollback-warm/9/before-send/rerun"],
  },
};

/** The sweeps are right: each mutant is caught, and what is not changed has no breach at the same points. */
export const mutations: Sweep = {
  name: "mutants",
  groups: ["none", ...Object.keys(mutants)],
  isSlow: true,
  open: async (group) => ({
    points: [group === "none" ? "passes" : "is-caught"],
    run: async () => {
      const mutant = mutants[group];
      const points = [...new Set(Object.values(mutants).flatMap((one) => one.points))];
      const problems = await tried(mutant ?? { changes: [], points });
      if (mutant === undefined) return problems.length === 0 ? undefined : problems.join("\n");
      return problems.length > 0 ? undefined : `nobody noticed it at ${mutant.points.join(", ")}`;
    },
  }),
};

/** What is wrong at the selected points, in a thread of its own that loads the changed product. */
async function tried(selection: Selection): Promise<readonly string[]> {
  const worker = new Worker(join(import.meta.dirname, "mutated.ts"), { workerData: selection });
  const problems = await nextOf<readonly string[]>(worker);
  await worker.terminate();
  return problems;
}
