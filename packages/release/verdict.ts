/** How one check ended. `error`: it could not be carried out, which says nothing good; `skip`: there was nothing to check. */
export type Verdict = "fail" | "error" | "warn" | "pass" | "skip";

/** Worst first. */
const order: readonly Verdict[] = ["fail", "error", "warn", "pass", "skip"];

export interface CheckResult {
  /** Such as `api-server`: by this name users choose, skip and override it. */
  readonly id: string;
  /** What is so where it passes: `The API server answers`. */
  readonly title: string;
  readonly verdict: Verdict;
  /** What was seen, in a sentence or a few lines. */
  readonly evidence: string;
  /** What to do about it: a command, or a sentence. */
  readonly remedy?: string | undefined;
  /** Milliseconds that it took. */
  readonly ms: number;
  /** Why it counts as a warning although it was worse. */
  readonly overridden?: string | undefined;
}

/** The results, worst first, those of one verdict in the order that they came in. */
export function worstFirst(results: readonly CheckResult[]): readonly CheckResult[] {
  return results.toSorted((one, other) => order.indexOf(one.verdict) - order.indexOf(other.verdict));
}

/** What they come to together: a check that could not be carried out counts as failed, one without anything to check not at all. */
export function jointVerdict(results: readonly { readonly verdict: Verdict }[]): "pass" | "warn" | "fail" {
  const found = new Set(results.map(({ verdict }) => verdict));
  if (found.has("fail") || found.has("error")) return "fail";
  return found.has("warn") ? "warn" : "pass";
}

/** Lets those that are named by id count as warnings, with the reason written on them. */
export function overridden(
  results: readonly CheckResult[],
  ids: readonly string[],
  reason: string,
): readonly CheckResult[] {
  return results.map((result) => {
    const isMeant = ids.includes(result.id) && (result.verdict === "fail" || result.verdict === "error");
    return isMeant ? { ...result, verdict: "warn", overridden: reason } : result;
  });
}
