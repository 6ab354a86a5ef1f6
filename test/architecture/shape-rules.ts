import { placeOf } from "./place.ts";
import type { Source } from "./source.ts";

const longestFile = 250;
const longestFunction = 50;
const mostParameters = 3;

/** A drawer takes anything; a file is named after the one concept it holds. */
const drawers = /^(utils?|helpers?|common|misc|types|constants|impl|manager)$/;

/** What is wrong with `source` itself: size, names, exports, and what a pure ring may not touch. */
export function shapeBreaches(source: Source): { line: number; message: string }[] {
  return [...nameBreaches(source), ...sizeBreaches(source), ...exportBreaches(source), ...purityBreaches(source)];
}

function nameBreaches({ path }: Source) {
  const words = path.replace(/(\.test)?\.ts$/, "").split(/[/\-.]/);
  const drawer = words.find((word) => drawers.test(word));
  return drawer === undefined
    ? []
    : [{ line: 1, message: `"${drawer}" is a drawer: name the file after what it holds` }];
}

function sizeBreaches({ lines, functions }: Source) {
  const file = lines > longestFile ? [{ line: 1, message: `${lines} lines; ${longestFile} are the limit` }] : [];
  const long = functions.filter((found) => found.lines > longestFunction);
  const wide = functions.filter((found) => found.parameters > mostParameters);
  return [
    ...file,
    ...long.map(({ line, name, lines }) => ({
      line,
      message: `${name} has ${lines} lines; ${longestFunction} are the limit`,
    })),
    ...wide.map(({ line, name, parameters }) => ({
      line,
      message: `${name} takes ${parameters} parameters; ${mostParameters} are the limit`,
    })),
  ];
}

function exportBreaches({ path, defaultExports, imports }: Source) {
  const defaults = defaultExports.map((line) => ({ line, message: "a default export has no name to look for" }));
  const isDoor = /^(packages\/[^/]+|actions)\/index\.ts$/.test(path);
  if (isDoor || !path.endsWith("/index.ts")) return defaults;
  return [...defaults, { line: imports[0]?.line ?? 1, message: "a package has one index.ts, at its top" }];
}

function purityBreaches({ path, impurities }: Source) {
  const { ring, test } = placeOf(path);
  if (ring !== "domain" || test) return [];
  return impurities.map(({ line, what }) => ({
    line,
    message: `${what}: the domain has no I/O, clock, environment or randomness`,
  }));
}
