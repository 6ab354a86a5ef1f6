import { type Calendar, freezesOf } from "@cutover/calendar";
import { CutoverError, type Freeze } from "@cutover/release";
import type { World } from "./check.ts";
import type { FreezeSource } from "./freeze-source.ts";
import { textOfFile } from "./named-file.ts";

/** How far ahead freezes are looked for, in milliseconds. */
const ahead = 90 * 86_400_000;
/** Bytes of a calendar from the web. */
const longestCalendar = 8 * 1024 * 1024;

/** The freezes that the calendars have from now on, read once; none where none are given. @throws for a calendar that cannot be read */
export async function freezesAhead(world: World): Promise<readonly Freeze[]> {
  return await world.facts.once("freezes", async () => {
    const now = world.runner.clock.date();
    const span = { from: now, to: new Date(now.getTime() + ahead) };
    const calendars = await Promise.all((world.inputs.freezes ?? []).map((source) => calendarOf(source, world)));
    return (await Promise.all(calendars.map((calendar) => freezesOf(calendar, span)))).flat();
  });
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
