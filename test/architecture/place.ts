/** Where a file stands in the rings. `name` is the package's, or the action's folder. */
export interface Place {
  ring: "domain" | "action-kit" | "adapter" | "action" | "outside";
  name: string;
  /** Tests, scripts and what supports them: never shipped. */
  test: boolean;
}

/** Adapters by their imports, but nothing that ships may lean on them: the in-memory Kubernetes, the runner of workflows. */
export const proving: ReadonlySet<string> = new Set(["sandbox", "workflow"]);

export function placeOf(path: string): Place {
  const [top = "", name = ""] = path.split("/");
  const test = path.endsWith(".test.ts");
  if (top === "packages") return { ring: ringOf(name), name, test };
  if (top === "actions") return { ring: "action", name: name.endsWith(".ts") ? "" : name, test };
  return { ring: "outside", name: top, test: true };
}

function ringOf(packageName: string): Place["ring"] {
  if (packageName === "release") return "domain";
  return packageName === "action-kit" ? "action-kit" : "adapter";
}

/** What a specifier leads to: a workspace package, a module of Node, a package from npm, or a file of this repository. */
export type Target =
  | { kind: "workspace"; name: string }
  | { kind: "node"; name: string }
  | { kind: "npm"; name: string; path: string }
  | { kind: "file"; path: string };

/** @param from path of the importing file, from the repository's folder */
export function targetOf(from: string, specifier: string): Target {
  if (specifier.startsWith(".")) return { kind: "file", path: resolve(from, specifier) };
  if (specifier.startsWith("node:")) return { kind: "node", name: specifier };
  const [first = "", second = "", ...rest] = specifier.split("/");
  if (first === "@cutover") return { kind: "workspace", name: second };
  if (first.startsWith("@")) return { kind: "npm", name: `${first}/${second}`, path: rest.join("/") };
  return { kind: "npm", name: first, path: [second, ...rest].filter(Boolean).join("/") };
}

function resolve(from: string, specifier: string): string {
  const path = from.split("/").slice(0, -1);
  for (const part of specifier.split("/")) {
    if (part === "..") path.pop();
    else if (part !== ".") path.push(part);
  }
  return path.join("/");
}
