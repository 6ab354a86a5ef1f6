import { at, type Json } from "./case.ts";
import type { Normalized } from "./normalize.ts";

interface Cause {
  readonly field: string;
  readonly message: string;
}

/**
 * A refusal with its causes in one order of many: the server walks the entries of a map (labels, annotations, data, limits)
 * in another order each time, and says what is wrong with them as it goes. Causes of other fields stay where they are.
 */
export function inOneOrder(answer: Normalized): Normalized {
  const causes = at(answer.body, "details.causes");
  const message = at(answer.body, "message");
  if (!Array.isArray(causes) || causes.length < 2 || typeof message !== "string") return answer;
  const said = causes as unknown as readonly Cause[];
  const sorted = sortedRuns(said);
  const [opening, ...rest] = message.split(listed(said));
  if (rest.join() !== "") return answer;
  const body = answer.body as Readonly<Record<string, Json>>;
  return {
    ...answer,
    body: {
      ...body,
      message: `${opening}${listed(sorted)}`,
      details: { ...(body.details as Record<string, Json>), causes: sorted as unknown as Json },
    },
  };
}

/** As a message ends: what is said twice stands there once. */
function listed(causes: readonly Cause[]): string {
  const sentences = [...new Set(causes.map(sentence))];
  return sentences.length === 1 ? sentences.join() : `[${sentences.join(", ")}]`;
}

function sentence({ field, message }: Cause): string {
  return `${field}: ${message}`;
}

/** Neighbours that speak of entries of the same map, among themselves in the order of their words. */
function sortedRuns(causes: readonly Cause[]): readonly Cause[] {
  const map = ({ field }: Cause) => field.replace(/\[[^[\]]*\]$/, "");
  const runs: Cause[][] = [];
  for (const cause of causes) {
    const [last] = runs.at(-1) ?? [];
    if (last !== undefined && map(last) === map(cause)) runs.at(-1)?.push(cause);
    else runs.push([cause]);
  }
  return runs.flatMap((run) => run.toSorted((a, b) => (sentence(a) < sentence(b) ? -1 : 1)));
}
