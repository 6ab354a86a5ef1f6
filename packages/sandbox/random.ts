/** Pseudo-random numbers that are the same for the same seed. */
export interface Random {
  /** At least 0, below `limit`. */
  below(limit: number): number;
  /** Letters and digits as Kubernetes puts them behind generated names. */
  suffix(length: number): string;
  /** In the form of a UUID. */
  uid(): string;
}

const alphabet = "bcdfghjklmnpqrstvwxz2456789";

export function seededRandom(seed: number): Random {
  let state = seed | 0;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
  const drawn = (length: number, letters: string): string =>
    Array.from({ length }, () => letters.charAt(below(letters.length))).join("");
  const hex = (length: number): string => drawn(length, "0123456789abcdef");
  return {
    below,
    suffix: (length) => drawn(length, alphabet),
    uid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${drawn(1, "89ab")}${hex(3)}-${hex(12)}`,
  };
}
