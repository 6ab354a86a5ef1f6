import assert from "node:assert/strict";
import { test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { acts } from "./acts.ts";
import { picture, smallest } from "./picture.ts";
import type { PodView } from "./pods.ts";
import { newScene, type Scene } from "./scene.ts";

const ready: PodView = { name: "x2x1k", version: "1.4.0", state: "ready" };

function scene(active: "blue" | "green"): Scene {
  const all = newScene(acts((version) => version));
  const [first] = all.acts;
  const step = { isInner: true, from: 0, to: 12, failed: false, said: "word ".repeat(60) };
  const steps = Array.from({ length: 20 }, (_, index) => ({ title: `Step ${index}`, ...step }));
  const ended = { conclusion: "failure", outputs: {}, error: ["It failed ".repeat(40), "  because"], answering: "?" };
  Object.assign(first ?? {}, { state: "over", ended, steps, lost: 1_000, wrong: 1_000 });
  const slots = {
    blue: Array.from({ length: 9 }, () => ready),
    green: [ready, { ...ready, state: "unready" as const }],
  };
  return { ...all, active, slots };
}

for (const [rows, columns] of [
  [smallest.rows, smallest.columns],
  [50, 200],
] as const) {
  for (const active of ["blue", "green"] as const) {
    test(`fits into ${columns} columns and ${rows} rows with the traffic on ${active}`, () => {
      const lines = picture(scene(active), { rows, columns }).map(stripVTControlCharacters);
      assert.ok(lines.length < rows, `${lines.length} lines`);
      for (const line of lines) assert.ok(line.length <= columns, line);
    });
  }
}

test("points to the slot that has the traffic", () => {
  const lines = picture(scene("green"), { rows: 40, columns: 100 }).map(stripVTControlCharacters);
  const head = lines.find((line) => line.includes("gets the traffic")) ?? "";
  const arrow = lines.find((line) => line.trim() === "▼") ?? "";
  assert.match(head, /idle.*green.*gets the traffic/);
  assert.ok(arrow.indexOf("▼") > head.indexOf("green"));
});
