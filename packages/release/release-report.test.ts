import assert from "node:assert/strict";
import { test } from "node:test";
import { activeAtEnd, type ReleaseReport, trafficSpans } from "./release-report.ts";

const report = { activeAtStart: "blue", startedAt: 1_000, finishedAt: 5_000, switches: [] } as const;

/** Only the fields that tell who had the traffic. */
function withTraffic(
  fields: Pick<ReleaseReport, "activeAtStart" | "switches" | "startedAt" | "finishedAt">,
): ReleaseReport {
  const rest = { kind: "release", service: "shop", namespace: "default", outcome: "succeeded", reason: "" } as const;
  const none = {
    hint: undefined,
    color: undefined,
    previousColor: undefined,
    revision: undefined,
    previousRevision: undefined,
  };
  const empty = { images: {}, slots: [], steps: [], history: [], actor: "", runUrl: "", commit: "" };
  return { ...rest, ...none, ...empty, ...fields };
}

test("the traffic stays where it was without a switch", () => {
  assert.deepEqual(trafficSpans(withTraffic(report)), [{ color: "blue", from: 1_000, to: 5_000 }]);
  assert.equal(activeAtEnd(withTraffic(report)), "blue");
});

test("each switch ends one span and begins the next, even outside of the run's own times", () => {
  const switches = [
    { at: 2_000, from: "blue", to: "green" },
    { at: 9_000, from: "green", to: "blue" },
  ] as const;
  assert.deepEqual(trafficSpans(withTraffic({ ...report, switches })), [
    { color: "blue", from: 1_000, to: 2_000 },
    { color: "green", from: 2_000, to: 5_000 },
    { color: "blue", from: 5_000, to: 5_000 },
  ]);
  assert.equal(activeAtEnd(withTraffic({ ...report, switches })), "blue");
});
