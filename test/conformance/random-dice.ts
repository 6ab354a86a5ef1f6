/** Choices that are the same for the same seed. */
export interface Dice {
  chance(probability: number): boolean;
  of<T>(...choices: readonly [T, ...T[]]): T;
  /** Some of the fields, at times none or all. */
  some<T extends object>(fields: T): Partial<T>;
}

export function diceOf(seed: number): Dice {
  let state = seed | 0;
  // mulberry32
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    chance: (probability) => next() < probability,
    of: (...choices) => choices[Math.floor(next() * choices.length)] ?? choices[0],
    some: (fields) => {
      const kept = Object.entries(fields).filter(() => next() < 0.6);
      // A part of an object is a Partial of it.
      return Object.fromEntries(kept) as Partial<typeof fields>;
    },
  };
}
