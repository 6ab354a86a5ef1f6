import { colors } from "@cutover/release";
import { type Check, fail, pass, together } from "../check.ts";

/** What makes every switch unsafe: the same that a release would be refused for. */
export const selector: Check = {
  id: "selector",
  title: "The Service selects one color, and only its pods",
  run: async ({ facts }) => {
    const looks = await facts.looks();
    const found = looks.map(({ observed: { service, slots } }) => {
      const { name, active, defects, obstacles } = service;
      const wrong = [...defects, ...colors.flatMap((color) => (slots[color].ready > 0 ? obstacles[color] : []))];
      if (wrong.length > 0)
        return fail([...new Set(wrong)].join("\n"), `Mend Service ${name}; a release would be refused.`);
      return pass(
        service.exists
          ? `Service ${name} selects ${active}`
          : `Service ${name} does not exist yet; the first release makes it`,
      );
    });
    return together(found, "");
  },
};
