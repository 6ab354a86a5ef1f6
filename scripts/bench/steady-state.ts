import type { Line } from "./measured.ts";
import { type Asked, openTown, slowness } from "./town.ts";

/** What a release asks of the API server before it waits, and while it waits for few pods and for many. */
export async function steadyState(): Promise<Line[]> {
  const lines: Line[] = [];
  for (const replicas of [3, 300]) {
    await using town = await openTown({ services: ["shop"], replicas, startUp: 0 });
    await town.release("v2", { previous: "scale-down" });
    const { requests } = await town.release("slow", { timeout: "30m" });
    const { before, waiting } = split(requests);
    const perSecond = waiting.length / (slowness / 1_000);
    if (replicas === 3) {
      lines.push({ what: "a release, before it waits", value: before.length, unit: "requests", limit: 25 });
      lines.push({ what: "a release, all in all", value: requests.length, unit: "requests" });
    }
    lines.push({ what: `waiting for ${replicas} pods`, value: perSecond, unit: "requests/s" });
    lines.push({
      what: `waiting for ${replicas} pods, busiest kind`,
      value: busiest(waiting),
      unit: "requests/s",
      limit: 0.5,
    });
  }
  return lines;
}

/** The wait begins with the first watch, and ends when the first pod is probed. */
function split(requests: readonly Asked[]): { before: readonly Asked[]; waiting: readonly Asked[] } {
  const began = requests.findIndex(({ verb }) => verb === "watch");
  const ended = requests.findIndex(({ verb, resource }) => verb === "get" && resource === "pods");
  if (began < 0 || ended < began) throw new Error("The release did not wait");
  return { before: requests.slice(0, began), waiting: requests.slice(began, ended) };
}

/** Lists and watches per second of the kind that is read most; a list is one, however many pages it has. */
function busiest(waiting: readonly Asked[]): number {
  const reads = Map.groupBy(
    waiting.filter(({ isWrite, isNextPage }) => !isWrite && !isNextPage),
    ({ resource }) => resource,
  );
  return Math.max(...[...reads.values()].map((of) => of.length)) / (slowness / 1_000);
}
