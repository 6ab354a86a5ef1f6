/** The minutes of a schedule such as `30 4 * * mon-fri`, in a time zone. */
export interface CronSchedule {
  /** The first one after an instant; both in epoch milliseconds. `undefined` if there is none in five years. */
  next(after: number): number | undefined;
}

const macros: Readonly<Record<string, string>> = {
  "@yearly": "0 0 1 1 *",
  "@annually": "0 0 1 1 *",
  "@monthly": "0 0 1 * *",
  "@weekly": "0 0 * * 0",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@hourly": "0 * * * *",
};
const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const days = "sun mon tue wed thu fri sat".split(" ");
const minute = 60_000;
const horizon = 5 * 366 * 86_400_000;

interface Field {
  readonly values: ReadonlySet<number>;
  readonly isAny: boolean;
}

/** @returns `undefined` for what is no schedule or no time zone */
export function parseCron(text: string, timeZone = "Etc/UTC"): CronSchedule | undefined {
  const parts = (macros[text] ?? text).trim().split(/\s+/);
  const ranges: readonly [number, number, readonly string[]][] = [
    [0, 59, []],
    [0, 23, []],
    [1, 31, []],
    [1, 12, ["", ...months]],
    [0, 7, days],
  ];
  const fields = ranges.map(([low, high, names], index) => parseField(parts[index] ?? "", { low, high, names }));
  const [minutes, hours, dates, monthsOf, weekdays] = fields;
  const local = localTime(timeZone);
  if (parts.length !== 5 || !minutes || !hours || !dates || !monthsOf || !weekdays || !local) return undefined;
  const isDay = ({ date, weekday }: LocalTime): boolean => {
    const isWeekday = weekdays.values.has(weekday) || (weekday === 0 && weekdays.values.has(7));
    const isDate = dates.values.has(date);
    // Where both are given, either is enough.
    return dates.isAny || weekdays.isAny ? isDate && isWeekday : isDate || isWeekday;
  };
  return {
    next: (after) => {
      let at = Math.floor(after / minute) * minute + minute;
      while (at - after < horizon) {
        const now = local(at);
        if (!monthsOf.values.has(now.month) || !isDay(now)) at += (24 * 60 - now.hour * 60 - now.minute) * minute;
        else if (!hours.values.has(now.hour)) at += (60 - now.minute) * minute;
        else if (!minutes.values.has(now.minute)) at += minute;
        else return at;
      }
      return undefined;
    },
  };
}

function parseField(
  text: string,
  { low, high, names }: { low: number; high: number; names: readonly string[] },
): Field | undefined {
  const values = new Set<number>();
  for (const part of text.split(",")) {
    const found = /^(\*|\?|[a-z0-9]+(?:-[a-z0-9]+)?)(?:\/(\d+))?$/i.exec(part);
    if (found === null) return undefined;
    const [, range = "", step] = found;
    const isAny = range === "*" || range === "?";
    const [from = "", to] = range.split("-");
    const first = isAny ? low : numberOf(from, names);
    const last = isAny || (to === undefined && step !== undefined) ? high : numberOf(to ?? from, names);
    if (!(first >= low && last <= high && first <= last) || step === "0") return undefined;
    for (let value = first; value <= last; value += Number(step ?? 1)) values.add(value);
  }
  return { values, isAny: /^[*?](\/1)?$/.test(text) };
}

function numberOf(text: string, names: readonly string[]): number {
  const index = names.indexOf(text.toLowerCase());
  return index >= 0 ? index : Number(text);
}

interface LocalTime {
  readonly minute: number;
  readonly hour: number;
  readonly date: number;
  readonly month: number;
  readonly weekday: number;
}

function localTime(timeZone: string): ((at: number) => LocalTime) | undefined {
  try {
    const format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      weekday: "short",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
    });
    return (at) => {
      const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
      return {
        minute: Number(parts.minute),
        hour: Number(parts.hour),
        date: Number(parts.day),
        month: Number(parts.month),
        weekday: days.indexOf(String(parts.weekday).toLowerCase()),
      };
    };
  } catch {
    return undefined;
  }
}
