import { equal, isObject, type Json } from "../json.ts";

export interface Orders {
  /** What the patch says, in its order. */
  readonly patchOrder: readonly Json[];
  /** What was there. */
  readonly serverOrder: readonly Json[];
  /** Without one, items are scalars. */
  readonly mergeKey: string | undefined;
}

/** Items that the patch names come in its order; the others stay in front of those that they were in front of. */
export function inOrder(items: readonly Json[], { patchOrder, serverOrder, mergeKey }: Orders): readonly Json[] {
  const place = (order: readonly Json[], item: Json): number =>
    order.findIndex((other) => isSame(other, item, mergeKey));
  const sorted = (some: readonly Json[], order: readonly Json[]): Json[] =>
    some.toSorted((a, b) => place(order, a) - place(order, b));
  const right = sorted(
    items.filter((item) => place(patchOrder, item) >= 0),
    patchOrder,
  );
  const known = items.filter((item) => place(patchOrder, item) < 0);
  const left = sorted(known, serverOrder);
  const merged: Json[] = [];
  while (left.length > 0 && right.length > 0) {
    const [first, second] = [place(serverOrder, left[0] ?? null), place(serverOrder, right[0] ?? null)];
    const next = first >= 0 && second >= 0 && first < second ? left : right;
    merged.push(...next.splice(0, 1));
  }
  return [...merged, ...left, ...right];
}

function isSame(a: Json, b: Json, mergeKey: string | undefined): boolean {
  if (mergeKey === undefined || !isObject(a) || !isObject(b)) return equal(a, b);
  return equal(a[mergeKey], b[mergeKey]);
}
