import { suite } from "node:test";
import { checkAll, type Example, finished, known, moved, proof, switched } from "./examples-of-steps.ts";
import type { Autoscaler } from "./model.ts";
import { deploy, retire, rollback, scene } from "./scenes.ts";
import { noEvidence } from "./step.ts";

const scaler = (one: Partial<Autoscaler> = {}): Autoscaler => {
  return { name: "shop", floor: 1, ceiling: 9, held: false, kept: false, ...one };
};
const low = { autoscaler: scaler() };
const held = { autoscaler: scaler({ floor: 3, held: true }) };
const toGreen = { kind: "switch", from: "blue", to: "green", revision: 2 } as const;

suite("The floor of an autoscaler is", () => {
  const examples: readonly Example[] = [
    [
      "held on a preview that has its pods, before they are waited for",
      scene({ green: { ...low, ready: 0 }, history: known }),
      noEvidence,
      deploy(),
      { kind: "hold-floor", color: "green", pods: 3 },
    ],
    [
      "held no higher than its ceiling",
      scene({ green: { autoscaler: scaler({ ceiling: 2 }) }, history: known }),
      noEvidence,
      deploy(),
      { kind: "hold-floor", color: "green", pods: 2 },
    ],
    [
      "held at all the pods of the slot that is about to be left",
      scene({ blue: { ...low, target: 3, replicas: 5 }, green: held, history: known }),
      noEvidence,
      deploy(),
      { kind: "hold-floor", color: "blue", pods: 5 },
    ],
    ["held once", scene({ blue: held, green: held, history: known }), noEvidence, deploy(), toGreen],
    [
      "left alone where something else keeps it",
      scene({ green: { autoscaler: scaler({ kept: true }) }, history: known }),
      noEvidence,
      deploy(),
      toGreen,
    ],
    [
      "nothing that a rollback waits for",
      scene({ blue: low, green: low, history: { 1: "A confirmed", 2: "B confirmed" }, active: "green" }),
      noEvidence,
      rollback(),
      { kind: "switch", from: "green", to: "blue", revision: 1, leaves: 2 },
    ],
    [
      "held until what has the traffic is confirmed",
      scene({ ...switched, green: held }),
      { ...moved, confirmed: proof },
      deploy(),
      { kind: "mark", revision: 2, result: "confirmed" },
    ],
    [
      "its owner's again then",
      scene({ ...finished, green: held, blue: held }),
      noEvidence,
      deploy(),
      { kind: "restore-floor", color: "green" },
    ],
    [
      "its owner's again where the old slot was emptied",
      scene({ ...finished, blue: { ...held, replicas: 0 } }),
      noEvidence,
      retire(),
      { kind: "restore-floor", color: "blue" },
    ],
  ];
  checkAll(examples);
});
