import { activeRevision, findRevision, newestFirst } from "./history.ts";
import type { Observed, Wanted } from "./model.ts";

/**
 * What `wanted` means for services that go back together. A release of all of them that died between two switches never
 * reached some: what they serve is what the others go back to, so they stay where they are.
 * @param all the services, as they were before anything was written
 */
export function wantedTogether(all: readonly Observed[], wanted: Wanted): Wanted {
  if (wanted.kind !== "rollback" || wanted.to !== "previous") return wanted;
  const undone = new Set(all.flatMap(stepsThatMoved));
  const staying = all.filter((observed) => {
    const step = stepThatNeverCame(observed);
    return step !== undefined && undone.has(step);
  });
  return staying.length === 0 ? wanted : { ...wanted, staying: staying.map(({ service }) => service.name) };
}

/** Whose releases have the traffic, and whose a rollback has taken it from. */
function stepsThatMoved(observed: Observed): readonly string[] {
  const left = findRevision(observed.history, observed.service.rolledBackFrom);
  return [activeRevision(observed), left].flatMap((one) => one?.step ?? []);
}

/** Whose release is the newest, if that never had the traffic. */
function stepThatNeverCame({ history, service }: Observed): string | undefined {
  const [newest] = newestFirst(history);
  return newest?.result === undefined && newest?.revision !== service.revision ? newest?.step : undefined;
}
