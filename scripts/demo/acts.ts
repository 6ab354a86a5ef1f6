import type { Color, Outcome } from "@cutover/release";
import type { Trigger } from "@cutover/workflow";

/** One run of a workflow of examples/quickstart, and how it must end. */
export interface Act {
  title: string;
  /** File name below .github/workflows. */
  file: "release.yml" | "rollback.yml";
  trigger: Trigger;
  outcome: Outcome;
  /** Who has the traffic at the end, and with which version. */
  color: Color;
  version: string;
  /** The version that may answer wrongly while it has the traffic; in every other case a wrong answer is a lost request. */
  sick?: string;
}

/** The Service that is released, as the quickstart has it. */
export const service = { namespace: "production", name: "shop", colorLabel: "color" };

/** What the demo shows, in this order: the first release, the next, a bad one, one that only looked good, and the way back. */
export function acts(imageOf: (version: string) => string): readonly Act[] {
  const tagged = (version: string) => ({
    file: "release.yml" as const,
    trigger: { name: "push" as const, ref: `refs/tags/${version}` },
    version,
  });
  const byHand = (file: Act["file"], inputs: Readonly<Record<string, string>>) => ({
    file,
    trigger: { name: "workflow_dispatch" as const, ref: "refs/heads/main", inputs },
  });
  const stays = { color: "green", version: "v1.1.0" } as const;
  const sick = "v1.2.1";
  return [
    { title: "Tag v1.0.0, the first release", ...tagged("v1.0.0"), outcome: "succeeded", color: "blue" },
    { title: "Tag v1.1.0", ...tagged("v1.1.0"), outcome: "succeeded", color: "green" },
    { title: "Tag v1.2.0, which crashes at its start", ...tagged("v1.2.0"), outcome: "failed", ...stays },
    {
      title: "v1.2.1 by hand, which falls ill",
      ...byHand("release.yml", { image: imageOf(sick) }),
      outcome: "rolled-back",
      ...stays,
      sick,
    },
    {
      title: "Roll back to v1.0.0, by hand",
      ...byHand("rollback.yml", { to: "previous", reason: "the demo wants to see it" }),
      outcome: "succeeded",
      color: "blue",
      version: "v1.0.0",
    },
  ];
}
