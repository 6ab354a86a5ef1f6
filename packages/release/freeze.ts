/** A time in which nothing is released. */
export interface Freeze {
  readonly name: string;
  readonly from: Date;
  /** The first instant at which releases are allowed again. */
  readonly to: Date;
  readonly reason: string | undefined;
}

/** The freezes that are on at an instant, and of the others the one that begins next. */
export function freezesAt(freezes: readonly Freeze[], at: Date) {
  const on = freezes.filter(({ from, to }) => from <= at && at < to);
  const later = freezes.filter(({ from }) => from > at);
  return { on, next: later.toSorted((one, other) => one.from.getTime() - other.from.getTime())[0] };
}

/** The first instant, from `at` on, at which no freeze is on. */
export function thawAfter(freezes: readonly Freeze[], at: Date): Date {
  const { on } = freezesAt(freezes, at);
  return on.length === 0 ? at : thawAfter(freezes, new Date(Math.max(...on.map(({ to }) => to.getTime()))));
}
