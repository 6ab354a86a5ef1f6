import { type Contract, duration, flag, oneOf, text } from "@cutover/action-kit";
import * as z from "zod";
import { clusterInputs, releaseInputs, trafficInputs } from "../release/inputs.ts";
import { deployOutputs, refusedOutputs } from "../release/outputs.ts";
import { refuseStraySources, refuseUnbuilt, rule } from "../release/rules.ts";

export const contract = {
  name: "blue-green-deploy",
  description:
    "Releases to the idle color, proves it, moves the traffic in one write, and goes back by itself if that was wrong.",
  post: true,
  inputs: z
    .object({
      ...clusterInputs,
      ...releaseInputs,
      smoke: text()
        .optional()
        .describe(
          "Bash command that must succeed before the switch. It gets `PREVIEW_URL`, `SERVICE`, `COLOR` and `REVISION`.",
        ),
      switch: oneOf(["auto", "manual"])
        .prefault("auto")
        .describe("`manual` stops with the preview proved; once it is approved, `promote` moves the traffic."),
      soak: duration().prefault("10s").describe("How long to watch the new slot under traffic before it is confirmed."),
      ...trafficInputs,
      adopt: flag()
        .prefault("false")
        .describe(
          "Take over a Service that selects no color yet: the Deployment that it sends to gets one by a rolling update, then its selector. Look at it first with `dry-run`.",
        ),
    })
    .check(
      rule((inputs, refuse) => {
        refuseUnbuilt(inputs, refuse);
        refuseStraySources(inputs, refuse);
        if (inputs.switch === "manual" && inputs.previous !== "keep") {
          refuse(
            "previous",
            `${inputs.previous} contradicts \`switch: manual\`, which leaves the old slot its traffic; leave it out`,
          );
        }
      }),
    ),
  outputs: deployOutputs,
  refused: refusedOutputs,
} satisfies Contract;
