import { type Line, median, repeated } from "./measured.ts";
import { openTown } from "./town.ts";

/** What people wait for: the way back to a slot that is still warm, and a look at what a release would do. */
export async function warm(runs: number): Promise<Line[]> {
  await using town = await openTown({ services: ["shop"], replicas: 3, startUp: 0 });
  const back = await repeated(runs, async (index) => {
    await town.release(`v${index + 2}`);
    return await town.run("rollback");
  });
  const looked = await repeated(runs, () => town.release("v20", { "dry-run": "true" }));
  const time = (all: typeof back) => median(all.map(({ milliseconds }) => milliseconds));
  const asked = (all: typeof back) => median(all.map(({ requests }) => requests.length));
  return [
    { what: "rollback to a warm slot", value: time(back), unit: "ms" },
    { what: "rollback to a warm slot, requests", value: asked(back), unit: "requests" },
    { what: "dry run of a release", value: time(looked), unit: "ms" },
    { what: "dry run of a release, requests", value: asked(looked), unit: "requests" },
  ];
}
