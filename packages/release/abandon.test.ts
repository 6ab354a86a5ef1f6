import { suite } from "node:test";
import { bad, badAfter, bothConfirmed, checkAll, type Example, known, moved, switched } from "./examples-of-steps.ts";
import { deploy, rollback, scene } from "./scenes.ts";

suite("A failure", () => {
  const examples: readonly Example[] = [
    [
      "before the switch marks the revision",
      scene({ green: { ready: 0 }, history: known }),
      { failure: bad },
      deploy(),
      { kind: "mark", revision: 2, result: "failed" },
    ],
    [
      "before the switch scales the slot to 0",
      scene({ green: { ready: 0 }, history: { 1: "A confirmed", 2: "B failed" } }),
      { failure: bad },
      deploy(),
      { kind: "retire", color: "green", how: "scale-down" },
    ],
    [
      "after the switch moves the traffic back",
      scene({ ...switched, green: { ready: 1 } }),
      { ...moved, failure: badAfter },
      deploy(),
      { kind: "switch-back", from: "green", to: "blue", revision: 1 },
    ],
    [
      "after the switch moves the traffic back even from pods that are ready",
      scene(switched),
      { ...moved, failure: badAfter },
      deploy(),
      { kind: "switch-back", from: "green", to: "blue", revision: 1 },
    ],
    [
      "of both slots moves the traffic to where more is ready",
      scene({ ...switched, blue: { ready: 1 }, green: { ready: 0 } }),
      { ...moved, failure: badAfter },
      deploy(),
      { kind: "switch-back", from: "green", to: "blue", revision: 1 },
    ],
    [
      "of both slots leaves the traffic where as much is ready",
      scene({ ...switched, blue: { ready: 1 }, green: { ready: 1 } }),
      { ...moved, failure: badAfter },
      deploy(),
      { kind: "mark", revision: 2, result: "failed" },
    ],
    [
      "leaves the traffic where the old slot alone is bad",
      scene({ ...switched, blue: { ready: 1 } }),
      { ...moved, failure: badAfter },
      deploy(),
      { kind: "mark", revision: 2, result: "failed" },
    ],
    [
      "moves the traffic back to what a crashed rollback left",
      scene({ blue: { ready: 0 }, green: {}, history: known, rolledBackFrom: 2 }),
      { failure: { ...badAfter, revision: 1, color: "blue" } },
      rollback(),
      { kind: "switch-back", from: "blue", to: "green", revision: 2 },
    ],
    [
      "moves the traffic back to where this run took it from, whatever is known of that",
      scene({ blue: { holds: "B", revision: 2, ready: 0 }, green: { hash: "by hand" }, history: known }),
      { ...moved, failure: { ...badAfter, color: "blue" } },
      rollback(2),
      { kind: "switch-back", from: "blue", to: "green", revision: 2 },
    ],
    [
      "takes the word `confirmed` back from a release that had to be left after all",
      scene({ green: {}, history: bothConfirmed }),
      { switchedBack: true, failure: badAfter },
      deploy(),
      { kind: "mark", revision: 2, result: "failed" },
    ],
    [
      "drains the failed slot before it scales it down",
      scene({ green: {}, history: { 1: "A confirmed", 2: "B failed" }, switchedAgo: 0 }),
      { switchedBack: true, failure: badAfter },
      deploy({ drain: 1_000 }),
      { kind: "drain", color: "green", milliseconds: 1_000 },
    ],
  ];
  checkAll(examples);
});
