import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { type Step, title } from "./step.ts";

suite("A step is titled", () => {
  const titles: readonly [step: Step, title: string][] = [
    [{ kind: "lock" }, "Lock and claim"],
    [{ kind: "record-baseline", color: "blue" }, "Record what blue serves now"],
    [{ kind: "adopt", color: "blue", revision: 1, deployment: "shop" }, "Adopt Deployment shop as blue"],
    [{ kind: "narrow", color: "blue", revision: 1 }, "Narrow the selector to blue"],
    [{ kind: "unadopt", color: "blue", deployment: "shop" }, "Take the color off Deployment shop"],
    [{ kind: "record", color: "green" }, "Record the release for green"],
    [{ kind: "prepare", color: "green", revision: 2 }, "Prepare green with revision 2"],
    [{ kind: "await-ready", color: "green", revision: 2 }, "Wait until green is ready"],
    [{ kind: "probe", color: "green", revision: 2 }, "Probe the preview pods of green"],
    [{ kind: "smoke", color: "green", revision: 2 }, "Smoke-test green"],
    [{ kind: "switch", from: undefined, to: "blue", revision: 1 }, "Switch traffic to blue"],
    [{ kind: "switch", from: "blue", to: "green", revision: 2 }, "Switch traffic from blue to green"],
    [{ kind: "switch-back", from: "green", to: "blue", revision: 1 }, "Switch traffic back from green to blue"],
    [{ kind: "confirm", color: "green", revision: 2 }, "Confirm that green serves revision 2"],
    [{ kind: "soak", color: "green", revision: 2 }, "Soak green"],
    [{ kind: "mark", revision: 2, result: "failed" }, "Mark revision 2 failed"],
    [{ kind: "drain", color: "blue", milliseconds: 1 }, "Drain blue"],
    [{ kind: "retire", color: "blue", how: "delete" }, "Delete blue"],
    [{ kind: "retire", color: "blue", how: "scale-down" }, "Scale blue down"],
  ];
  for (const [step, text] of titles) test(`“${text}”`, () => assert.equal(title(step), text));
});
