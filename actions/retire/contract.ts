import { type Contract, integer, oneOf } from "@cutover/action-kit";
import * as z from "zod";
import { clusterInputs, trafficInputs } from "../release/inputs.ts";
import { refusedOutputs, releaseOutputs } from "../release/outputs.ts";
import { refuseUnbuilt, rule } from "../release/rules.ts";

export const contract = {
  name: "retire",
  description: "Scales down or deletes the slot that has no traffic any more, once the release is signed off.",
  post: true,
  inputs: z
    .object({
      ...clusterInputs,
      how: oneOf(["scale-down", "delete"])
        .prefault("scale-down")
        .describe("What becomes of the old slot: `scale-down` to 0 pods, or `delete` its Deployment too."),
      revision: integer({ min: 1 })
        .optional()
        .describe("The revision that was signed off. If another one has the traffic, nothing is done."),
      drain: trafficInputs.drain,
    })
    .check(
      rule((inputs, refuse) => {
        refuseUnbuilt(inputs, refuse);
        if (inputs.service.length > 1 && inputs.revision !== undefined)
          refuse("revision", "each service counts its revisions by itself; retire one alone, or leave this out");
      }),
    ),
  outputs: releaseOutputs,
  refused: refusedOutputs,
} satisfies Contract;
