import { formatDuration } from "@cutover/release";
import * as z from "zod";
import { type Check, type Finding, pass, together, warn } from "../check.ts";

const state = z.looseObject({
  waiting: z.looseObject({ reason: z.string().optional() }).optional(),
  terminated: z
    .looseObject({ reason: z.string().optional(), exitCode: z.number().optional(), finishedAt: z.string().optional() })
    .optional(),
});

const pod = z.looseObject({
  metadata: z.looseObject({
    name: z.string(),
    labels: z.record(z.string(), z.string()).optional(),
    deletionTimestamp: z.string().optional(),
  }),
  status: z.looseObject({
    containerStatuses: z
      .array(
        z.looseObject({
          name: z.string(),
          restartCount: z.number(),
          state: state.optional(),
          lastState: state.optional(),
        }),
      )
      .optional(),
  }),
});

/** Milliseconds for which a restart is news. */
const recent = 10 * 60_000;

/** What falls over now falls over during a release too, and then nobody knows which of the two it was. */
export const restarts: Check = {
  id: "restarts",
  title: "The pods that serve run without restarts",
  run: async ({ facts, runner: { clock } }) => {
    const looks = await facts.looks();
    const now = clock.date().getTime();
    const found = looks.flatMap(({ snapshot, observed: { service }, setting: { colorLabel } }): readonly Finding[] => {
      const { active, name } = service;
      if (active === undefined) return [];
      const selected = snapshot.service?.spec.selector?.[colorLabel];
      const pods = snapshot.pods.map((one) => pod.parse(one));
      const serving = pods.filter(
        ({ metadata: { labels, deletionTimestamp } }) =>
          labels?.[colorLabel] === selected && deletionTimestamp === undefined,
      );
      const troubles = serving.flatMap((one) => troubleOf(one, now));
      return troubles.length > 0 ? troubles : [pass(`None of the ${serving.length} pods of Service ${name} restarts`)];
    });
    return together(found, "No Service selects a color yet");
  },
};

function troubleOf({ metadata: { name }, status }: z.output<typeof pod>, now: number): readonly Finding[] {
  return (status.containerStatuses ?? []).flatMap((container) => {
    const ended = container.state?.terminated ?? container.lastState?.terminated;
    const why = ended?.reason === undefined ? "" : ` after ${ended.reason} (exit code ${ended.exitCode})`;
    const remedy = `kubectl logs ${name} --container ${container.name} --previous`;
    const waiting = container.state?.waiting?.reason;
    if (waiting === "CrashLoopBackOff")
      return warn(`Pod ${name}: container ${container.name} crashes again and again${why}`, remedy);
    const ago = now - Date.parse(ended?.finishedAt ?? "");
    if (container.restartCount === 0 || !(ago < recent)) return [];
    return warn(
      `Pod ${name}: container ${container.name} restarted ${formatDuration(ago)} ago${why}, ${container.restartCount} times in all`,
      remedy,
    );
  });
}
