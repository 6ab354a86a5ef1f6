import { formatMinute, isCutoverError, isOpen, nextOpening } from "@cutover/release";
import { type Check, fail, pass, skip, type World } from "../check.ts";
import { freezesAhead } from "../freezes-ahead.ts";

/** Releases are allowed at this time of the week. */
export const windowOpen: Check = {
  id: "window",
  title: "The deploy window is open",
  run: async (world) => {
    const { windows } = world.inputs;
    if (windows === undefined) return skip("No `windows` are given");
    const now = world.runner.clock.date();
    const open = windows.find((window) => isOpen(window, now));
    if (open !== undefined) return pass(`${formatMinute(now)} is within ${open.text}`);
    const freezes = await freezesIfReadable(world);
    const next = nextOpening(windows, now, freezes);
    const told =
      next === undefined ? "No window ever opens: correct `windows`" : `The next one opens at ${formatMinute(next)}`;
    const doubt = freezes === undefined ? ", unless a freeze is on then: its calendar cannot be read" : "";
    return fail(
      `${formatMinute(now)} is outside of ${windows.map(({ text }) => text).join(", ")}`,
      `${told}${doubt}. What cannot wait goes with \`override: window\` and an \`override-reason\`.`,
    );
  },
};

/** Why a calendar cannot be read is for the check of freezes to tell. */
async function freezesIfReadable(world: World): Promise<Awaited<ReturnType<typeof freezesAhead>> | undefined> {
  try {
    return await freezesAhead(world);
  } catch (error) {
    if (isCutoverError(error)) return undefined;
    throw error;
  }
}
