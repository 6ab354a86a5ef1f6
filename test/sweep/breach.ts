/** Something that must always hold did not: what the sweeps look for, other than trouble of their own. */
export class Breach extends Error {
  override readonly name = "Breach";
}

/** What was wrong, where that is a breach. @throws whatever else the error is */
export function breachOf(error: unknown): string {
  if (error instanceof Breach) return error.message;
  throw error;
}
