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
