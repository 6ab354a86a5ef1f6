import { type Freeze, formatMinute, freezesAt, nextOpening, thawAfter } from "@cutover/release";
import { type Check, fail, pass, skip } from "../check.ts";
import { freezesAhead } from "../freezes-ahead.ts";

/** Nobody has agreed on releasing nothing now. */
export const freezes: Check = {
  id: "freezes",
  title: "No freeze is on",
  run: async (world) => {
    const { freezes: sources, windows } = world.inputs;
    if (sources === undefined) return skip("No `freezes` are given");
    const now = world.runner.clock.date();
    const all = await freezesAhead(world);
    const { on, next } = freezesAt(all, now);
    if (on.length === 0)
      return pass(`${formatMinute(now)} is in none${next === undefined ? "" : `; the next is ${told(next)}`}`);
    const thaw = thawAfter(all, now);
    const allowed = windows === undefined ? thaw : (nextOpening(windows, thaw, all) ?? thaw);
    return fail(
      `${formatMinute(now)} is in ${on.map(told).join("\nand in ")}`,
      `Release after ${formatMinute(allowed)}. What cannot wait goes with \`override: freezes\` and an \`override-reason\`.`,
    );
  },
};

function told({ name, from, to, reason }: Freeze): string {
  return `${name}, from ${formatMinute(from)} to ${formatMinute(to)}${reason === undefined ? "" : `: ${reason}`}`;
}
