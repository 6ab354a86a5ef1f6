import { isCutoverError } from "@cutover/release";
import { type Check, fail, pass, skip, together, warn } from "../check.ts";
import { deprecation } from "./deprecated-apis.ts";

/** The API server's own dry run of every object: schema, admission, quotas of objects, other people's fields. */
export const dryRun: Check = {
  id: "dry-run",
  title: "The API server would take every object of the release",
  run: async ({ facts }) => {
    if (!facts.isOfRelease) return skip("Neither `manifests`, `chart` nor `images` are given");
    try {
      const rehearsals = await facts.rehearsals();
      const found = rehearsals.map(({ observed, plan, changes }) => {
        const { name } = observed.service;
        if (plan.end.kind === "refused") return fail(plan.end.reason, plan.end.hint ?? "Mend it, then release.");
        const objects = [...changes.values()].flat().length;
        return pass(`${objects} objects of ${name} would be written, in ${plan.steps.length} steps`);
      });
      // What is deprecated has a check of its own.
      const warnings = (await facts.warnings()).filter(({ text }) => !deprecation.test(text));
      const told = warnings.map(({ object, text }) =>
        warn(`${object}: ${text}`, `Mend ${object}, or find out who warns.`),
      );
      return together([...found, ...told], "");
    } catch (error) {
      if (!isCutoverError(error, "rejected", "conflict", "manifest-invalid", "input-invalid", "refused", "not-found"))
        throw error;
      const hint = error.hint ?? "Mend the object; the release would be refused in the same words.";
      return error.message.includes("does not support dry run") ? warn(error.message, hint) : fail(error.message, hint);
    }
  },
};
