import type { CheckResult } from "@cutover/release";

/**
 * The same results, where each reason is told once: a check that could not be carried out for the very reason that another
 * tells is a `skip`. What is overridden speaks for itself alone.
 */
export function withoutEchoes(found: readonly CheckResult[], override: readonly string[]): readonly CheckResult[] {
  const telling = found.filter(({ id }) => !override.includes(id));
  const causes = (["fail", "error"] as const).flatMap((verdict) => telling.filter((one) => one.verdict === verdict));
  return found.map((one) => {
    const cause = telling.includes(one) ? causes.find(({ evidence }) => evidence === one.evidence) : undefined;
    if (one.verdict !== "error" || cause === undefined || cause === one) return one;
    const { remedy: _, ...rest } = one;
    return { ...rest, verdict: "skip", evidence: `Not looked at, for the reason that \`${cause.id}\` tells` };
  });
}
