import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { bad, badAfter, bothConfirmed, finished, known, moved, switched } from "./examples-of-steps.ts";
import type { Observed, Wanted } from "./model.ts";
import { nextStep } from "./next-step.ts";
import { deploy, rollback, scene } from "./scenes.ts";
import { type Evidence, noEvidence } from "./step.ts";

type Ended = [sentence: string, seen: Observed, evidence: Evidence, wanted: Wanted, end: object];

suite("A run ends", () => {
  const keptWay = { 1: "A confirmed", 2: "B failed" };
  const obstacle = "Service shop would lose node n1";
  const serves = (revision: number, color: string) => ({
    kind: "done",
    outcome: "succeeded",
    reason: `Service shop serves revision ${revision} from ${color}`,
  });
  const isHere = "An earlier rollback came here. To go further back, pass a revision number as `to`.";
  const unknown = (what: string, hint: string) => ({ kind: "refused", reason: `Service shop ${what}`, hint });
  const confirmedOnes = (list: string) => `Revisions that were confirmed: ${list}. Pass one of them as \`to\`.`;
  const examples: readonly Ended[] = [
    [
      "without a step or a lock where the release is finished",
      scene({ ...finished, locked: false }),
      noEvidence,
      deploy(),
      serves(2, "green"),
    ],
    [
      "without touching an old slot that is scaled down already",
      scene({ ...finished, blue: { replicas: 0 }, locked: false }),
      noEvidence,
      deploy({ previous: "scale-down" }),
      serves(2, "green"),
    ],
    [
      "without touching an old slot that is gone",
      scene({ ...finished, blue: "missing", locked: false }),
      noEvidence,
      deploy({ previous: "delete" }),
      serves(2, "green"),
    ],
    [
      "without touching a newer preview",
      scene({ green: {}, history: known, wants: "A", locked: false }),
      noEvidence,
      deploy({ previous: "delete" }),
      serves(1, "blue"),
    ],
    [
      "without touching the preview of a release that came after a rollback",
      scene({
        blue: { revision: 1 },
        green: { holds: "C", revision: 3 },
        history: { ...keptWay, 3: "C" },
        rolledBackFrom: 2,
        locked: false,
      }),
      noEvidence,
      rollback("previous", { previous: "delete" }),
      { ...serves(1, "blue"), hint: isHere },
    ],
    [
      "where a second rollback would only go to and fro",
      scene({ green: {}, history: keptWay, rolledBackFrom: 2, locked: false }),
      noEvidence,
      rollback(),
      { ...serves(1, "blue"), hint: isHere },
    ],
    [
      "with the revision that a rollback reached",
      scene({ green: {}, history: keptWay, rolledBackFrom: 2 }),
      { ...moved, confirmed: "pods of blue A 1" },
      rollback(),
      serves(1, "blue"),
    ],
    [
      "with the preview ready where a person does the switch",
      scene({ green: {}, history: known }),
      noEvidence,
      deploy({ switch: "manual" }),
      {
        kind: "done",
        outcome: "succeeded",
        reason: "Revision 2 is ready in green and gets no traffic yet",
        hint: "Once it is approved, run `promote` with the output `preview`, or the same release with `switch: auto`.",
      },
    ],
    [
      "refused before any write on a Service that no switch is safe on",
      scene({ defects: ["Service shop is headless"], locked: false }),
      noEvidence,
      deploy(),
      {
        kind: "refused",
        reason: "Service shop is headless",
        hint: "Mend Service shop, then run this again: it goes on from what it finds.",
      },
    ],
    [
      "refused before the switch where the switch would lose requests",
      scene({ green: {}, history: known, obstacle }),
      noEvidence,
      deploy(),
      {
        kind: "refused",
        reason: obstacle,
        hint: "Nothing was switched. Mend it and run the release again: it goes on from here.",
      },
    ],
    [
      "failed, as the failure says",
      scene({ green: { replicas: 0 }, history: keptWay }),
      { failure: bad },
      deploy(),
      { kind: "done", outcome: "failed", reason: "no image", hint: "push it" },
    ],
    [
      "timed out, as the failure says",
      scene({ green: "missing", history: keptWay }),
      { failure: { outcome: "timed-out", revision: 2, color: "green", step: "prepare", reason: "slow" } },
      deploy(),
      { kind: "done", outcome: "timed-out", reason: "slow" },
    ],
    [
      "failed where the failed slot is active and nothing is better",
      scene({ ...switched, blue: { ready: 0 }, history: keptWay }),
      { ...moved, failure: badAfter },
      deploy(),
      { kind: "done", outcome: "failed", reason: "no endpoints", hint: "push it" },
    ],
    [
      "failed rather than with traffic on a preview that nobody tried",
      scene({ blue: { ready: 0 }, green: {}, history: known, wants: "A" }),
      { failure: { ...badAfter, revision: 1, color: "blue" } },
      deploy(),
      { kind: "done", outcome: "failed", reason: "no endpoints", hint: "push it" },
    ],
    [
      "failed rather than with traffic on the preview that followed a rollback",
      scene({
        blue: { ready: 0 },
        green: { holds: "C", revision: 3 },
        history: { ...keptWay, 3: "C" },
        rolledBackFrom: 2,
      }),
      { failure: { ...badAfter, revision: 1, color: "blue" } },
      deploy(),
      { kind: "done", outcome: "failed", reason: "no endpoints", hint: "push it" },
    ],
    [
      "failed without emptying a slot that the failed revision never came into",
      scene({ green: { holds: "Z", revision: 0 }, history: { 0: "Z confirmed", ...keptWay } }),
      { failure: { ...bad, step: "prepare" } },
      deploy(),
      { kind: "done", outcome: "failed", reason: "no image", hint: "push it" },
    ],
    [
      "failed where the history has lost the failed revision",
      scene({ green: "missing" }),
      { failure: bad },
      deploy(),
      { kind: "done", outcome: "failed", reason: "no image", hint: "push it" },
    ],
    [
      "rolled back where the old slot took the traffic again",
      scene({ green: { replicas: 0 }, history: keptWay }),
      { ...moved, switchedBack: true, failure: badAfter },
      deploy(),
      { kind: "done", outcome: "rolled-back", reason: "no endpoints", hint: "push it" },
    ],
    [
      "failed, not rolled back, where the release failed before the switch and what was left before is older",
      scene({ green: { replicas: 0 }, history: keptWay }),
      { ...moved, switchedBack: true, failure: bad },
      deploy(),
      { kind: "done", outcome: "failed", reason: "no image", hint: "push it" },
    ],
    [
      "failed, not rolled back, where it was the rollback that had to be taken back, and its target stays confirmed",
      scene({ ...finished, blue: { replicas: 0 } }),
      { ...moved, switchedBack: true, failure: { ...badAfter, revision: 1, color: "blue" } },
      rollback(),
      { kind: "done", outcome: "failed", reason: "no endpoints", hint: "push it" },
    ],
    [
      "refused where no revision has this number",
      scene(finished),
      noEvidence,
      rollback(7),
      unknown("has no confirmed revision 7", confirmedOnes("1")),
    ],
    [
      "refused where that revision was never confirmed",
      scene({ green: {}, history: known }),
      noEvidence,
      rollback(2),
      unknown("has no confirmed revision 2", "The first release that cutover confirms makes a revision to go back to."),
    ],
    [
      "refused where there is nothing to go back to",
      scene(),
      noEvidence,
      rollback(),
      unknown(
        "has no earlier confirmed revision",
        "The first release that cutover confirms makes a revision to go back to.",
      ),
    ],
    [
      "refused rather than forward to a newer release",
      scene({ green: {}, history: bothConfirmed }),
      noEvidence,
      rollback(),
      unknown("has no earlier confirmed revision", confirmedOnes("2")),
    ],
    [
      "refused where no color is active",
      scene({ active: undefined }),
      noEvidence,
      rollback(),
      unknown("selects no color, so there is nothing to go back from", "Release with blue-green-deploy first."),
    ],
    [
      "refused where a deploy comes without a release",
      { ...scene(), wanted: undefined },
      noEvidence,
      deploy(),
      { kind: "refused", reason: "No release is given for shop", hint: "This is a bug of cutover." },
    ],
  ];
  for (const [sentence, seen, evidence, wanted, end] of examples) {
    test(sentence, () => assert.deepEqual(nextStep(seen, evidence, wanted), end));
  }
});
