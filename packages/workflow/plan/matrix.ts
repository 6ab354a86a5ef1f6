/** Values of one leg of a matrix, by key. */
export type Leg = Readonly<Record<string, unknown>>;

/**
 * The legs of a matrix, in GitHub's order: every combination without the excluded ones, each extended by the includes
 * that change none of its own values; an include that fits none is a leg of its own.
 * @throws for a vector that is none, or has no values, and for more than 256 legs
 */
export function legsOf({ include, exclude, ...vectors }: Readonly<Record<string, unknown>>): Leg[] {
  const combinations = product(vectors).filter((leg) => !listOf(exclude, "exclude").some((out) => agrees(leg, out)));
  const extended = combinations.map((leg) => ({ original: leg, leg }));
  const added: Leg[] = [];
  for (const more of listOf(include, "include")) {
    const fitting = extended.filter(({ original }) => agreesWhereBoth(original, more));
    for (const fit of fitting) fit.leg = { ...fit.leg, ...more };
    if (fitting.length === 0) added.push(more);
  }
  const legs = [...extended.map(({ leg }) => leg), ...added];
  if (legs.length === 0) throw new Error("The matrix has no combination of values");
  if (legs.length > 256) throw new Error(`The matrix has ${legs.length} legs, and GitHub runs 256 at most`);
  return legs;
}

/** How GitHub tells legs apart: `(web, blue)`. */
export function legName(leg: Leg): string {
  return `(${Object.values(leg).flatMap(leaves).join(", ")})`;
}

function leaves(value: unknown): unknown[] {
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leaves) : [value ?? ""];
}

function product(vectors: Readonly<Record<string, unknown>>): Leg[] {
  const keys = Object.keys(vectors);
  if (keys.length === 0) return [];
  return keys.reduce<Leg[]>(
    (legs, key) => {
      const values = vectors[key];
      if (!Array.isArray(values) || values.length === 0) throw new Error(`Matrix vector '${key}' has no values`);
      return legs.flatMap((leg) => values.map((value: unknown) => ({ ...leg, [key]: value })));
    },
    [{}],
  );
}

function listOf(value: unknown, what: string): Leg[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new Error(`Matrix ${what} is not a list`);
  return value;
}

function agrees(leg: Leg, pattern: Leg): boolean {
  return Object.entries(pattern).every(([key, value]) => key in leg && isSame(leg[key], value));
}

function agreesWhereBoth(original: Leg, more: Leg): boolean {
  const shared = Object.keys(more).filter((key) => key in original);
  return shared.every((key) => isSame(original[key], more[key]));
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
