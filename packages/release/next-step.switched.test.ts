import { suite } from "node:test";
import { checkAll, type Example, finished, known, moved, proof, switched } from "./examples-of-steps.ts";
import { deploy, rollback, scene } from "./scenes.ts";
import { noEvidence } from "./step.ts";

suite("A deploy, from the switch on,", () => {
  const examples: readonly Example[] = [
    [
      "switches to a proved slot",
      scene({ green: {}, history: known }),
      { probed: proof, smoked: proof },
      deploy({ probe: true, smoke: true }),
      { kind: "switch", from: "blue", to: "green", revision: 2 },
    ],
    [
      "switches to a slot without asking where nothing is to be asked",
      scene({ active: undefined, blue: {}, history: { 1: "A" }, wants: "A" }),
      noEvidence,
      deploy(),
      { kind: "switch", from: undefined, to: "blue", revision: 1 },
    ],
    [
      "confirms what it switched to",
      scene(switched),
      moved,
      deploy(),
      { kind: "confirm", color: "green", revision: 2 },
    ],
    [
      "confirms what a run that crashed switched to",
      scene(switched),
      noEvidence,
      deploy(),
      { kind: "confirm", color: "green", revision: 2 },
    ],
    [
      "soaks if asked",
      scene(switched),
      { confirmed: proof },
      deploy({ soak: 1 }),
      { kind: "soak", color: "green", revision: 2 },
    ],
    [
      "marks what it confirmed",
      scene(switched),
      { confirmed: proof, soaked: proof },
      deploy({ soak: 1 }),
      { kind: "mark", revision: 2, result: "confirmed" },
    ],
    [
      "confirms a finished release again when endpoints are missing",
      scene({ ...finished, endpoints: { green: 1 } }),
      noEvidence,
      deploy(),
      { kind: "confirm", color: "green", revision: 2 },
    ],
    [
      "confirms an active release that failed before, when it is asked for again",
      scene({ ...switched, history: { 1: "A confirmed", 2: "B failed" } }),
      noEvidence,
      deploy(),
      { kind: "confirm", color: "green", revision: 2 },
    ],
    [
      "scales the old slot down if asked",
      scene(finished),
      noEvidence,
      deploy({ previous: "scale-down" }),
      { kind: "retire", color: "blue", how: "scale-down" },
    ],
    [
      "deletes the old slot if asked",
      scene({ ...finished, blue: { replicas: 0 } }),
      noEvidence,
      deploy({ previous: "delete" }),
      { kind: "retire", color: "blue", how: "delete" },
    ],
    [
      "has nothing to drain in an old slot without pods",
      scene({ ...finished, blue: { replicas: 0 }, switchedAgo: 0 }),
      noEvidence,
      deploy({ previous: "delete", drain: 5_000 }),
      { kind: "retire", color: "blue", how: "delete" },
    ],
    [
      "drains the old slot before it scales it down",
      scene({ ...finished, switchedAgo: 1_000 }),
      noEvidence,
      deploy({ previous: "scale-down", drain: 5_000 }),
      { kind: "drain", color: "blue", milliseconds: 4_000 },
    ],
    [
      "retires a newer release that a rollback left, if asked for the older one again",
      scene({ green: {}, wants: "A", history: { 1: "A confirmed", 2: "B failed" }, rolledBackFrom: 2 }),
      noEvidence,
      deploy({ previous: "delete" }),
      { kind: "retire", color: "green", how: "delete" },
    ],
  ];
  checkAll(examples);
});

suite("An active revision that nobody confirmed", () => {
  const unproved = { active: "green", green: {}, history: known, wants: "C" } as const;
  const unwell = { ...unproved, green: { ready: 1 } } as const;
  const failed = { ...unwell, history: { 1: "A confirmed", 2: "B failed" } } as const;
  const examples: readonly Example[] = [
    [
      "gets a number if it has none",
      scene({ blue: { revision: undefined }, history: {} }),
      noEvidence,
      deploy(),
      { kind: "record-baseline", color: "blue" },
    ],
    [
      "gets a number even if it is just what is wanted",
      scene({ revision: undefined, wants: "A" }),
      noEvidence,
      deploy(),
      { kind: "record-baseline", color: "blue" },
    ],
    [
      "gets a new number if the history does not know the one that it has",
      scene({ history: {} }),
      noEvidence,
      deploy(),
      { kind: "record-baseline", color: "blue" },
    ],
    [
      "is confirmed before the other slot is touched, if it is healthy",
      scene(unproved),
      noEvidence,
      deploy(),
      { kind: "mark", revision: 2, result: "confirmed" },
    ],
    [
      "is healthy with just as many ready pods as it needs",
      scene({ ...unproved, green: { needed: 2, ready: 2 } }),
      noEvidence,
      deploy(),
      { kind: "mark", revision: 2, result: "confirmed" },
    ],
    [
      "is marked failed if it is not healthy",
      scene(unwell),
      noEvidence,
      deploy(),
      { kind: "mark", revision: 2, result: "failed" },
    ],
    [
      "is left if it failed and there is a way back",
      scene(failed),
      noEvidence,
      deploy(),
      { kind: "switch-back", from: "green", to: "blue", revision: 1 },
    ],
    [
      "is kept while there is no way back",
      scene({ ...failed, blue: { ready: 0 } }),
      noEvidence,
      deploy(),
      { kind: "record", color: "blue" },
    ],
    [
      "is kept when the other slot holds nothing that was ever confirmed",
      scene({ ...failed, history: { 1: "A", 2: "B failed" } }),
      noEvidence,
      deploy(),
      { kind: "record", color: "blue" },
    ],
    [
      "is kept when it failed once and is healthy now",
      scene({ ...failed, green: {} }),
      noEvidence,
      deploy(),
      { kind: "record", color: "blue" },
    ],
    [
      "does not hold up a release when its Deployment is gone",
      scene({ blue: "missing", revision: 1 }),
      noEvidence,
      deploy(),
      { kind: "record", color: "green" },
    ],
    [
      "is no obstacle to a rollback",
      scene(unwell),
      noEvidence,
      rollback(),
      { kind: "switch", from: "green", to: "blue", revision: 1, leaves: 2 },
    ],
  ];
  checkAll(examples);
});
