import { type Contract, duration, json, text } from "@cutover/action-kit";
import * as z from "zod";
import { clusterInputs, trafficInputs } from "../release/inputs.ts";
import { approvals, refusedOutputs, releaseOutputs } from "../release/outputs.ts";
import { refuseUnbuilt, rule } from "../release/rules.ts";

export const contract = {
  name: "promote",
  description: "Moves the traffic to the preview that was approved, and to nothing else.",
  post: true,
  inputs: z
    .object({
      ...clusterInputs,
      approved: json(approvals).describe(
        "What was approved: the output `preview` of blue-green-deploy with `switch: manual`. Anything else is refused.",
      ),
      smoke: text()
        .optional()
        .describe(
          "Bash command that must succeed before the switch. It gets `PREVIEW_URL`, `SERVICE`, `COLOR` and `REVISION`.",
        ),
      soak: duration().prefault("10s").describe("How long to watch the new slot under traffic before it is confirmed."),
      ...trafficInputs,
    })
    .check(
      rule((inputs, refuse) => {
        refuseUnbuilt(inputs, refuse);
        const missing = inputs.service.find((name) => !Object.hasOwn(inputs.approved, name));
        const stray = Object.keys(inputs.approved).find((name) => !inputs.service.includes(name));
        if (missing !== undefined) refuse("approved", `expected what was approved of ${missing}; it has nothing of it`);
        if (stray !== undefined) refuse("approved", `${stray} was approved too, and is not among \`service\``);
      }),
    ),
  outputs: releaseOutputs,
  refused: refusedOutputs,
} satisfies Contract;
