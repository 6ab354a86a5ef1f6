import { fieldConflicts, keeperAdvice, type Preview, takenFields } from "@cutover/kubernetes";
import { isCutoverError } from "@cutover/release";
import { type Check, type Finding, fail, pass, skip, together, warn } from "../check.ts";

/** What a controller keeps as it wants it is written back in the middle of a release. */
export const fieldOwners: Check = {
  id: "field-owners",
  title: "Nobody else keeps what the release writes",
  run: async ({ facts }) => {
    if (!facts.isOfRelease) return skip("Neither `manifests`, `chart` nor `images` are given");
    try {
      const [looks, rehearsals] = await Promise.all([facts.looks(), facts.rehearsals()]);
      const kept = looks.flatMap(({ snapshot }) => keeperAdvice(snapshot).map((one) => warn(one.what, one.remedy)));
      return together([...kept, ...rehearsals.map(takenOver)], "");
    } catch (error) {
      if (!isCutoverError(error)) throw error;
      if (fieldConflicts(error).length > 0) return fail(error.message, error.hint ?? "Take these fields out.");
      if (error.code === "refused") return skip(`The dry run was refused for something else: ${error.message}`);
      throw error;
    }
  },
};

/** People's tools lose the fields that a release writes, and their next apply takes them back. */
function takenOver({ observed, changes }: Preview): Finding {
  const prepared = [...changes].flatMap(([step, made]) => (step.kind === "prepare" ? made : []));
  const taken = prepared.flatMap(({ before, after }) => {
    if (before === undefined) return [];
    const byManager = Map.groupBy(takenFields(before, after), ({ manager }) => manager);
    return [...byManager].map(([manager, fields]) => {
      const names = fields.slice(0, 3).map(({ field }) => field);
      const more = fields.length > 3 ? ` and ${fields.length - 3} more` : "";
      return `${after.kind} ${after.metadata.name}: ${names.join(", ")}${more} are taken over from ${manager}`;
    });
  });
  return pass(
    taken.length > 0 ? taken.join("\n") : `No field of what ${observed.service.name} writes is anybody else's`,
  );
}
