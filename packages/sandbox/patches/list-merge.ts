/** Keys of list items, in the order of their lists. */
export interface Keys {
  readonly live: readonly string[];
  readonly wanted: readonly string[];
}

/**
 * The order of a list whose items two sides have: what both have comes in the order of `wanted`, items of one side alone
 * stay where they are between them (sigs.k8s.io/structured-merge-diff/typed/merge.go).
 */
export function mergedOrder({ live, wanted }: Keys): string[] {
  const [isLive, isWanted] = [new Set(live), new Set(wanted)];
  const shared = wanted.filter((key) => isLive.has(key));
  const merged = new Set<string>();
  let next = shared.shift();
  const take = (key: string): void => {
    merged.add(key);
    if (key === next) next = shared.shift();
  };
  let [left, right] = [0, 0];
  while (left < live.length || right < wanted.length) {
    const [old, now] = [live[left], wanted[right]];
    if (old !== undefined && old === now) {
      take(old);
      left += 1;
      right += 1;
      continue;
    }
    if (old !== undefined && now !== undefined && isWanted.has(old) && next !== undefined && next !== old) {
      left += 1;
      continue;
    }
    if (old !== undefined && !isWanted.has(old)) {
      merged.add(old);
      left += 1;
      continue;
    }
    if (old !== undefined && merged.has(old)) left += 1;
    if (now !== undefined) {
      take(now);
      right += 1;
    }
  }
  return [...merged];
}
