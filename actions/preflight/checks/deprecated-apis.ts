import { type Check, pass, skip, together, warn } from "../check.ts";

/** What the API server says of an API that is to go, or of a field in it. */
export const deprecation = /\bdeprecated\b|\bunavailable in v\d/;

/** What is deprecated today stops a release after the cluster's next upgrade. */
export const deprecatedApis: Check = {
  id: "deprecated-apis",
  title: "The manifests use no deprecated API",
  run: async ({ facts }) => {
    if (!facts.isOfRelease) return skip("Neither `manifests`, `chart` nor `images` are given");
    const warnings = (await facts.warnings()).filter(({ text }) => deprecation.test(text));
    if (warnings.length === 0) return pass("The API server names nothing as deprecated");
    const found = warnings.map(({ object, text }) => warn(`${object}: ${text}`, `Move ${object} to what replaces it.`));
    return together(found, "");
  },
};
