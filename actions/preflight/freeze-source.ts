import { inputOf, nonEmpty, Refusal } from "@cutover/action-kit";
import { isZone } from "@cutover/release";

/** A calendar of freezes: a file, or an address. */
export interface FreezeSource {
  readonly path: string;
  readonly isWeb: boolean;
  /** Zone of days and times that name none. */
  readonly zone: string | undefined;
}

/** Calendars, one a line: a file or an address, and a time zone if its days are of one. */
export function freezeSources() {
  const form = { expected: "files or addresses such as .github/freezes.yml Europe/Berlin", type: "lines" };
  return inputOf(form, (text) => {
    const all: FreezeSource[] = [];
    for (const line of nonEmpty(text.split("\n")) ?? []) {
      const [, path = "", zone] = /^(.*?)(?:\s+(\S+))?$/.exec(line) ?? [];
      if (zone !== undefined && !isZone(zone))
        return new Refusal(`expected a time zone such as Europe/Berlin, not ${zone}`);
      const address = path.replace(/^webcal:/i, "https:");
      all.push({ path: address, isWeb: /^https?:/i.test(address), zone });
    }
    return all.length === 0 ? undefined : all;
  });
}
