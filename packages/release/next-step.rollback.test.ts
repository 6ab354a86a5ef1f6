import { suite } from "node:test";
import { bothConfirmed, checkAll, type Example, finished, moved, proof, switched } from "./examples-of-steps.ts";
import { deploy, rollback, scene } from "./scenes.ts";
import { noEvidence } from "./step.ts";

suite("A rollback", () => {
  const afterwards = { green: {}, history: { 1: "A confirmed", 2: "B failed" }, rolledBackFrom: 2 } as const;
  const three = {
    active: "green",
    green: { holds: "C", revision: 3 },
    history: { ...bothConfirmed, 3: "C confirmed" },
  } as const;
  const examples: readonly Example[] = [
    [
      "to a warm slot is one switch",
      scene(finished),
      noEvidence,
      rollback(),
      { kind: "switch", from: "green", to: "blue", revision: 1, leaves: 2 },
    ],
    [
      "to a slot that was scaled down scales it up first",
      scene({ ...finished, blue: { replicas: 0 } }),
      noEvidence,
      rollback(),
      { kind: "prepare", color: "blue", revision: 1 },
    ],
    [
      "to a slot that was deleted makes it again",
      scene({ ...finished, blue: "missing" }),
      noEvidence,
      rollback(),
      { kind: "prepare", color: "blue", revision: 1 },
    ],
    [
      "to a revision whose slot was overwritten prepares it again",
      scene({ ...three, blue: { holds: "A", revision: 1 } }),
      noEvidence,
      rollback(),
      { kind: "prepare", color: "blue", revision: 2 },
    ],
    [
      "by number goes to that revision",
      scene({ ...three, blue: { holds: "A", revision: 1 } }),
      noEvidence,
      rollback(1),
      { kind: "switch", from: "green", to: "blue", revision: 1, leaves: 3 },
    ],
    [
      "to the active revision proves it again if its endpoints are missing",
      scene({ ...finished, endpoints: { green: 0 } }),
      noEvidence,
      rollback(2),
      { kind: "confirm", color: "green", revision: 2 },
    ],
    [
      "to the active revision restores it next door if hands have changed it",
      scene({ ...finished, green: { hash: "by hand" } }),
      noEvidence,
      rollback(2),
      { kind: "prepare", color: "blue", revision: 2 },
    ],
    [
      "over a half-finished release goes to the last one that was confirmed",
      scene({ ...switched, green: { ready: 0 } }),
      noEvidence,
      rollback(),
      { kind: "switch", from: "green", to: "blue", revision: 1, leaves: 2 },
    ],
    [
      "over a half-finished preview goes to the one before the active one",
      scene({
        blue: { holds: "B", revision: 2 },
        green: { holds: "C", revision: 3 },
        history: { ...bothConfirmed, 3: "C" },
      }),
      noEvidence,
      rollback(),
      { kind: "prepare", color: "green", revision: 1 },
    ],
    [
      "proves what it switched to, confirmed or not",
      scene({ ...finished, active: "blue", rolledBackFrom: 2 }),
      moved,
      rollback(),
      { kind: "confirm", color: "blue", revision: 1 },
    ],
    [
      "marks what it left as failed, so that nothing goes back to it",
      scene({ ...finished, active: "blue", rolledBackFrom: 2 }),
      { ...moved, confirmed: "pods of blue A 1" },
      rollback(),
      { kind: "mark", revision: 2, result: "failed" },
    ],
    [
      "that crashed before it marked what it left has that done by the next release",
      scene({ ...finished, active: "blue", rolledBackFrom: 2, wants: "C" }),
      noEvidence,
      deploy(),
      { kind: "mark", revision: 2, result: "failed" },
    ],
    [
      "that crashed before it marked what it left has that done by the next rollback",
      scene({
        active: "blue",
        blue: { holds: "B", revision: 2 },
        green: { holds: "C", revision: 3 },
        history: three.history,
        rolledBackFrom: 3,
      }),
      noEvidence,
      rollback(1),
      { kind: "mark", revision: 3, result: "failed" },
    ],
    [
      "after the release that followed a rollback goes past the one that was left",
      scene({
        active: "green",
        green: { holds: "C", revision: 3 },
        history: { 1: "A confirmed", 2: "B failed", 3: "C confirmed" },
      }),
      noEvidence,
      rollback(),
      { kind: "switch", from: "green", to: "blue", revision: 1, leaves: 3 },
    ],
    [
      "can be undone by number",
      scene(afterwards),
      noEvidence,
      rollback(2),
      { kind: "switch", from: "blue", to: "green", revision: 2 },
    ],
    [
      "that undoes a rollback makes the revision whole again",
      scene({ ...afterwards, active: "green", rolledBackFrom: undefined }),
      { ...moved, confirmed: proof },
      rollback(2),
      { kind: "mark", revision: 2, result: "confirmed" },
    ],
    [
      "restores in the other slot what an earlier one went back to, where hands have deleted that",
      scene({
        blue: "missing",
        revision: 1,
        green: { holds: "A", revision: 1 },
        history: afterwards.history,
        rolledBackFrom: 2,
      }),
      noEvidence,
      rollback(),
      { kind: "switch", from: "blue", to: "green", revision: 1, leaves: 2 },
    ],
    [
      "restores what hands have changed without leaving anything",
      scene({ ...finished, green: { hash: "by hand" }, blue: { holds: "B", revision: 2 } }),
      noEvidence,
      rollback(2),
      { kind: "switch", from: "green", to: "blue", revision: 2 },
    ],
    [
      "retires what hands had changed, once that is restored next door",
      scene({ ...finished, blue: { holds: "B", revision: 2, hash: "by hand" } }),
      noEvidence,
      rollback(2, { previous: "delete" }),
      { kind: "retire", color: "blue", how: "delete" },
    ],
    [
      "retires what it left if asked",
      scene(afterwards),
      noEvidence,
      rollback("previous", { previous: "delete" }),
      { kind: "retire", color: "green", how: "delete" },
    ],
    [
      "leaves 0 where nobody knows what is active",
      scene({ blue: {}, active: "green", history: { 1: "A confirmed" } }),
      noEvidence,
      rollback(),
      { kind: "switch", from: "green", to: "blue", revision: 1, leaves: 0 },
    ],
    [
      "gives what serves a number first, so that it can be told what was left",
      scene({ ...finished, revision: undefined }),
      noEvidence,
      rollback(),
      { kind: "record-baseline", color: "green" },
    ],
  ];
  checkAll(examples);
});
