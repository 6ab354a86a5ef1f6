import { type Place, placeOf, proving, type Target, targetOf } from "./place.ts";
import type { Import, Source } from "./source.ts";

/** What the rules must know of the project beyond one file. */
export interface Project {
  /** Names of the packages that may be shipped: `dependencies` of package.json. */
  dependencies: ReadonlySet<string>;
  /** Files that only tests reach: held to what tests are. */
  support: ReadonlySet<string>;
  /** Which file of packages/release declares an exported name. */
  domainFileOf: ReadonlyMap<string, string>;
}

interface Edge {
  from: Place;
  to: Target;
  import: Import;
  project: Project;
}

/** Says what is wrong with an import, or nothing. */
type Rule = (edge: Edge) => string | undefined;

/** Files of the domain that the runner's edge may know: errors, values with a grammar, and the ports that it implements. */
const edgeOfDomain = new Set([
  "errors",
  "ports",
  "color",
  "duration",
  "image-reference",
  "kubernetes-name",
  "slot-name",
  "window",
]);

/** GitHub's parser and expressions: nothing of them ships. */
const language: ReadonlySet<string> = new Set(["@actions/workflow-parser", "@actions/expressions"]);

const rules: readonly Rule[] = [
  function domainIsAlone({ from, to }) {
    if (from.ring !== "domain" || from.test || to.kind === "file") return;
    return "the domain imports nothing but its own files";
  },
  function adaptersKnowOnlyTheDomain({ from, to }) {
    if (from.ring !== "adapter" || to.kind !== "workspace" || to.name === "release") return;
    if (from.test && proving.has(to.name)) return;
    return "an adapter imports @cutover/release and no other package of ours";
  },
  function actionKitKnowsLittle({ from, to, import: { names }, project }) {
    if (from.ring !== "action-kit" || from.test || to.kind !== "workspace") return;
    if (to.name !== "release") return "action-kit imports @cutover/release and no other package of ours";
    const unknown = names.filter((name) => !edgeOfDomain.has(project.domainFileOf.get(name) ?? ""));
    if (unknown.length > 0)
      return `action-kit may use errors, values and ports of the domain, not ${unknown.join(", ")}`;
  },
  function actionsDoNotMix({ from, to }) {
    if (from.ring !== "action" || from.name === "" || to.kind !== "file") return;
    const other = placeOf(to.path);
    if (other.ring !== "action" || other.name === from.name || other.name === "release") return;
    return "an action imports no other action; what they share stands in actions/release";
  },
  function entryIsLazy({ from, to, import: { lazy } }) {
    if (from.ring !== "action" || from.name !== "" || to.kind !== "file" || lazy) return;
    return "the bundle's entry loads each action by import(), so that a stub loads only its own";
  },
  function provingIsForTests({ from, to }) {
    if (from.test || to.kind !== "workspace" || !proving.has(to.name)) return;
    return `packages/${to.name} is for tests, scripts and the demo`;
  },
  function runnerHasOneDoor({ from, to }) {
    if (to.kind !== "npm" || !to.name.startsWith("@actions/")) return;
    const door = language.has(to.name) ? "workflow" : "action-kit";
    if (from.name !== door) return `only packages/${door} imports ${to.name}`;
  },
  function clientHasOneDoor({ from, to, import: { typeOnly } }) {
    if (to.kind !== "npm" || to.name !== "@kubernetes/client-node") return;
    if (from.name !== "kubernetes") return "only packages/kubernetes imports @kubernetes/client-node";
    if (to.path === "" && !typeOnly) return "the whole of client-node costs 17 MB: import the one file, or types";
  },
  function zodIsNarrow({ to, import: { names } }) {
    if (to.kind !== "npm" || to.name !== "zod" || names.includes("*")) return;
    return 'write `import * as z from "zod"`: the other form drags every locale into the bundle';
  },
  function shippedCodeIsDeclared({ from, to, project }) {
    if (from.test || proving.has(from.name) || to.kind !== "npm" || project.dependencies.has(to.name)) return;
    return `${to.name} is shipped, so it belongs into dependencies`;
  },
  function packagesHaveOneDoor({ from, to }) {
    if (to.kind !== "file" || !to.path.startsWith("packages/")) return;
    const other = placeOf(to.path);
    if (from.ring !== other.ring || from.name !== other.name)
      return `import @cutover/${other.name}, not a file inside it`;
  },
  function shippedCodeStaysInside({ from, to }) {
    if (from.test || to.kind !== "file" || placeOf(to.path).ring !== "outside") return;
    if (!to.path.endsWith("package.json")) return "shipped code imports no script and no test";
  },
  function sourcesRunUnbuilt({ to }) {
    if (to.kind === "file" && !/\.(ts|json|mjs)$/.test(to.path)) return "a relative import names the file, with .ts";
  },
];

/** What is wrong with the imports of `source`. */
export function importBreaches(source: Source, project: Project): { line: number; message: string }[] {
  const place = placeOf(source.path);
  const from = { ...place, test: place.test || project.support.has(source.path) };
  return source.imports.flatMap((imported) => {
    const { line, specifier } = imported;
    if (specifier === undefined) return from.test ? [] : [{ line, message: "a computed import cannot be bundled" }];
    const edge = { from, to: targetOf(source.path, specifier), import: imported, project };
    return rules.flatMap((rule) => rule(edge) ?? []).map((message) => ({ line, message: `${specifier}: ${message}` }));
  });
}
