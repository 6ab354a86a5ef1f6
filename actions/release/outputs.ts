import { text } from "@cutover/action-kit";
import { colors } from "@cutover/release";
import * as z from "zod";

const revision = () => z.int().optional();

/** What was proved and waits, by service. */
export const approvals = z.record(
  z.string(),
  z.strictObject({
    color: z.enum(colors),
    revision: z.int().min(1),
    hash: z.string().min(1),
    images: z.record(z.string(), z.string()),
    active: z.int().min(1).optional(),
  }),
);

/** Outputs shared by the actions that release or roll back. */
export const releaseOutputs = z.object({
  outcome: z
    .enum(["succeeded", "failed", "rolled-back", "refused", "timed-out", "superseded"])
    .describe("How it ended: `succeeded`, `failed`, `rolled-back`, `refused`, `timed-out` or `superseded`."),
  reason: text().describe("One sentence on why."),
  services: z
    .record(z.string(), z.record(z.string(), z.unknown()))
    .optional()
    .describe(
      "By service, JSON: its `outcome`, and `color`, `revision`, … as below. Those are set for a single service.",
    ),
  color: z.enum(colors).optional().describe("The color that has the traffic now."),
  previousColor: z.enum(colors).optional().describe("The other color, if its slot exists."),
  revision: revision().describe("The revision that has the traffic now."),
  previousRevision: revision().describe("The newest confirmed revision that is older than the active one."),
  images: z.record(z.string(), z.string()).optional().describe("Images of the active slot by container, JSON."),
  state: z.record(z.string(), z.unknown()).optional().describe("All of this as one JSON object, versioned."),
  report: text().optional().describe("Path of the HTML report."),
});

/** Outputs of a release, which may stop before the switch. */
export const deployOutputs = releaseOutputs.extend({
  preview: approvals
    .optional()
    .describe("What waits for its approval, with `switch: manual`: by service, JSON, as `promote` takes it."),
});

/** What a run says whose inputs did not let it begin. */
export const refusedOutputs = { outcome: "refused", reason: "The inputs are not right; the log names each" } as const;
