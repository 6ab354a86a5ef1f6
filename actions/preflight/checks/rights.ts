import { questionsFor } from "../../release/questions.ts";
import { type Check, fail, pass } from "../check.ts";
import { releaseTerms } from "../release-terms.ts";

/** Asks the API server for every right that a release and its way back will need. */
export const rights: Check = {
  id: "rights",
  title: "The credentials may do all that a release needs",
  run: async ({ client, facts, namespace, signal }) => {
    const settings = await facts.settings();
    const questions = settings.slice(0, 1).flatMap((setting) => questionsFor(setting, releaseTerms));
    const denied = await client.denied(questions, { signal });
    if (denied.length === 0) return pass(`${questions.length} rights in namespace ${namespace}`);
    const missing = denied.map(({ verb, group, resource }) => `${verb} ${resource}${group === "" ? "" : `.${group}`}`);
    return fail(
      `The credentials may not do this in namespace ${namespace}: ${missing.join(", ")}`,
      "Give their Role these rights; README.md of blue-green-deploy has one to copy.",
    );
  },
};
