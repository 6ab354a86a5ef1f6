import { type Calendar, freezesOf } from "@cutover/calendar";
import { CutoverError, type Freeze, formatMinute, freezesAt } from "@cutover/release";
import { type Check, fail, pass, skip, type World } from "../check.ts";
import type { FreezeSource } from "../freeze-source.ts";
import { textOfFile } from "../named-file.ts";

/** How far ahead the next freeze is looked for, in milliseconds. */
const ahead = 90 * 86_400_000;
/** Bytes of a calendar from the web. */
const longestCalendar = 8 * 1024 * 1024;

/** Nobody has agreed on releasing nothing now. */
export const freezes: Check = {
  id: "freezes",
  title: "No freeze is on",
  run: async (world) => {
    const { freezes: sources } = world.inputs;
    if (sources === undefined) return skip("No `freezes` are given");
    const now = world.runner.clock.date();
    const span = { from: now, to: new Date(now.getTime() + ahead) };
    const calendars = await Promise.all(sources.map((source) => calendarOf(source, world)));
    const all = await Promise.all(calendars.map((calendar) => freezesOf(calendar, span)));
    const { on, next } = freezesAt(all.flat(), now);
    if (on.length === 0)
      return pass(`${formatMinute(now)} is in none${next === undefined ? "" : `; the next is ${told(next)}`}`);
    const end = new Date(Math.max(...on.map(({ to }) => to.getTime())));
    return fail(
      `${formatMinute(now)} is in ${on.map(told).join("\nand in ")}`,
      `Release after ${formatMinute(end)}. What cannot wait goes with \`override: freezes\` and an \`override-reason\`.`,
    );
  },
};

function told({ name, from, to, reason }: Freeze): string {
  return `${name}, from ${formatMinute(from)} to ${formatMinute(to)}${reason === undefined ? "" : `: ${reason}`}`;
}

async function calendarOf({ path, isWeb, zone }: FreezeSource, world: World): Promise<Calendar> {
  if (!isWeb) return { name: path, text: await textOfFile({ path, what: "calendar" }, world), zone };
  const { runner, signal } = world;
  // The rest of the address may be what lets one read it.
  const name = `the calendar at ${URL.parse(path)?.host ?? "?"}`;
  const request = { url: path, timeout: 15_000, longest: longestCalendar, signal, allowHttp: true };
  const { status, body } = await runner.web.ask(request);
  if (status !== 200) throw unread(name, `answers ${status}`);
  if (Buffer.byteLength(body) >= longestCalendar) throw unread(name, `is longer than ${longestCalendar} bytes`);
  return { name, text: body, zone };
}

function unread(name: string, what: string): CutoverError {
  return new CutoverError("unavailable", `freezes: ${name} ${what}`, {
    hint: "See that the address is the calendar's own, and that this runner may read it; redirects are not followed.",
  });
}
