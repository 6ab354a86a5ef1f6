import { type Contract, duration, releaseReference, text } from "@cutover/action-kit";
import * as z from "zod";
import { clusterInputs, trafficInputs } from "../release/inputs.ts";
import { refusedOutputs, releaseOutputs } from "../release/outputs.ts";
import { refuseUnbuilt, rule } from "../release/rules.ts";

export const contract = {
  name: "rollback",
  description: "Moves traffic back to a release that worked, and proves that it arrived.",
  post: true,
  inputs: z
    .object({
      ...clusterInputs,
      to: releaseReference()
        .prefault("previous")
        .describe("`previous` (the newest confirmed revision older than the active one), or a revision's number."),
      reason: text().optional().describe("Why; recorded with the rollback and shown in its report."),
      ...trafficInputs,
      soak: duration().prefault("0s").describe("How long to watch the slot under traffic before the rollback counts."),
    })
    .check(
      rule((inputs, refuse) => {
        refuseUnbuilt(inputs, refuse);
        if (inputs.service.length > 1 && inputs.to !== "previous")
          refuse(
            "to",
            "expected previous: each service counts its revisions by itself; roll one back to a number alone",
          );
      }),
    ),
  outputs: releaseOutputs,
  refused: refusedOutputs,
} satisfies Contract;
