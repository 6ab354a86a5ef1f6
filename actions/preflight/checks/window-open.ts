import { formatMinute, isOpen, nextOpening } from "@cutover/release";
import { type Check, fail, pass, skip } from "../check.ts";

/** Releases are allowed at this time of the week. */
export const windowOpen: Check = {
  id: "window",
  title: "The deploy window is open",
  run: ({ inputs: { windows }, runner: { clock } }) => {
    if (windows === undefined) return skip("No `windows` are given");
    const now = clock.date();
    const open = windows.find((window) => isOpen(window, now));
    if (open !== undefined) return pass(`${formatMinute(now)} is within ${open.text}`);
    const next = nextOpening(windows, now);
    return fail(
      `${formatMinute(now)} is outside of ${windows.map(({ text }) => text).join(", ")}`,
      `${next === undefined ? "No window ever opens: correct `windows`" : `The next one opens at ${formatMinute(next)}`}. What cannot wait goes with \`override: window\` and an \`override-reason\`.`,
    );
  },
};
