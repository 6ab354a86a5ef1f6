/** Steps that people count time in, milliseconds. */
const steps = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000,
  900_000, 1_800_000,
];

const hour = 3_600_000;

/** Round times from 0 up to `length` milliseconds, at most six after the first. */
export function ticks(length: number): readonly number[] {
  const step = steps.find((one) => length / one <= 6) ?? hour * Math.ceil(length / hour / 6);
  return Array.from({ length: Math.floor(length / step) + 1 }, (_, index) => index * step);
}
