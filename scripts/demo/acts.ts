import type { Color, Outcome } from "@cutover/release";

/** One run of an action, and how it must end. */
export interface Act {
  title: string;
  action: "blue-green-deploy" | "rollback";
  inputs: Readonly<Record<string, string>>;
  outcome: Outcome;
  /** Who has the traffic at the end, and with which version. */
  color: Color;
  version: string;
  /** The version that may answer wrongly while it has the traffic; in every other case a wrong answer is a lost request. */
  sick?: string;
}

/** The Service that is released, as the retail example has it. */
export const service = { namespace: "production", name: "retail-backend", colorLabel: "deployment" };

/** What the demo shows, in this order: the good, the bad, the one that only looked good, its repair, and the way back. */
export function acts(imageOf: (version: string) => string): readonly Act[] {
  const release = (version: string) => ({
    action: "blue-green-deploy" as const,
    inputs: {
      images: `retail-backend=${imageOf(version)}`,
      smoke: `node -e 'fetch(process.env.PREVIEW_URL).then(({ ok }) => process.exit(ok ? 0 : 1))'`,
      soak: "2s",
      drain: "1s",
      timeout: "30s",
    },
    version,
  });
  const stays = { color: "green", version: "1.5.0" } as const;
  return [
    { title: "Release 1.5.0", ...release("1.5.0"), outcome: "succeeded", color: "green" },
    { title: "Release 1.6.0, which crashes at its start", ...release("1.6.0"), outcome: "failed", ...stays },
    {
      title: "Release 1.6.1, which falls ill under traffic",
      ...release("1.6.1"),
      outcome: "rolled-back",
      ...stays,
      sick: "1.6.1",
    },
    { title: "Release 1.6.2, repaired", ...release("1.6.2"), outcome: "succeeded", color: "blue" },
    {
      title: "Roll back to 1.5.0",
      action: "rollback",
      inputs: { reason: "the demo wants to see it", timeout: "30s" },
      outcome: "succeeded",
      ...stays,
    },
  ];
}
