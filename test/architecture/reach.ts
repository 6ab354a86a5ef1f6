import { targetOf } from "./place.ts";
import type { Source } from "./source.ts";

/** The doors of what ships: the bundle's entry, and the index.ts of each package. */
const door = /^(actions|packages\/[^/]+)\/index\.ts$/;

/** What starts by itself without being imported. */
const started = /^(scripts|test)\/|\/fixtures\/|\.test\.ts$/;

/** Files that only tests reach (makers of examples, say), and files that nothing reaches at all. */
export function unshipped(sources: readonly Source[]): { support: Set<string>; dead: Set<string> } {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const paths = [...byPath.keys()];
  const shipped = reachable(
    paths.filter((path) => door.test(path)),
    byPath,
  );
  const used = reachable(
    paths.filter((path) => door.test(path) || started.test(path)),
    byPath,
  );
  const others = paths.filter((path) => !shipped.has(path) && !started.test(path));
  return {
    support: new Set(others.filter((path) => used.has(path))),
    dead: new Set(others.filter((path) => !used.has(path))),
  };
}

function reachable(roots: readonly string[], byPath: ReadonlyMap<string, Source>): Set<string> {
  const reached = new Set<string>();
  const open = [...roots];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    for (const { specifier } of byPath.get(path)?.imports ?? []) {
      const target = specifier === undefined ? undefined : targetOf(path, specifier);
      if (target?.kind === "file") open.push(target.path);
    }
  }
  return reached;
}
