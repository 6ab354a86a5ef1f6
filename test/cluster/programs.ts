import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { run, succeeds } from "./command.ts";
import { cache, folder } from "./places.ts";

const kubernetes = { version: "v1.34.4", major: "1", minor: "34" };
const actVersion = "v0.2.89";
const actionlintVersion = "v1.7.12";
const kustomizeVersion = "v5.7.1";
const helmVersion = "v3.19.0";

/** What decides a program's bytes, besides the Go toolchain: its cached build is found again by it. */
interface Recipe {
  program: string;
  /** Patterns inside the Go module `kube`. */
  sources: readonly string[];
  arguments: readonly string[];
}

/** The one binary that is every program of Kubernetes: `kube kubectl …`, `kube kubelet …`. About 5 min when cold. */
export function kube(): string {
  const { version, major, minor } = kubernetes;
  const stamp = { gitVersion: version, gitMajor: major, gitMinor: minor };
  const flags = Object.entries(stamp).map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`);
  return build("kube", { package: ".", sources: ["go.mod", "go.sum", "main.go"], flags });
}

/** The program that holds a pod's network open. */
export function pause(): string {
  return build("pause", { package: "./pause", sources: ["pause/*.go"], flags: [] });
}

/** The fixture application with `version` baked in. */
export function fixture(version: string): string {
  return build("fixture", { package: "./fixture", sources: ["fixture/*.go"], flags: [`-X main.version=${version}`] });
}

/** Runs GitHub workflows on this machine. */
export function act(): string {
  return install("act", `github.com/nektos/act@${actVersion}`);
}

/** Checks GitHub workflows, down to the inputs and outputs of the actions that they use. */
export function actionlint(): string {
  return install("actionlint", `github.com/rhysd/actionlint/cmd/actionlint@${actionlintVersion}`);
}

/** Builds kustomizations. About 30 s when cold. */
export function kustomize(): string {
  return install("kustomize", `sigs.k8s.io/kustomize/kustomize/v5@${kustomizeVersion}`);
}

/** Renders and installs charts. About 2 min when cold. */
export function helm(): string {
  return install("helm", `helm.sh/helm/v3/cmd/helm@${helmVersion}`);
}

function install(program: string, module: string): string {
  const recipe = { program, sources: [], arguments: ["install", module] };
  return cached(recipe, (target) => {
    run("go", recipe.arguments, { env: { CGO_ENABLED: "0", GOBIN: target } });
  });
}

function build(
  program: string,
  from: { package: string; sources: readonly string[]; flags: readonly string[] },
): string {
  const flags = ["-s", "-w", "-buildid=", ...from.flags].join(" ");
  const recipe = {
    program,
    sources: from.sources,
    arguments: ["build", "-trimpath", "-buildvcs=false", "-ldflags", flags, from.package],
  };
  return cached(recipe, (target) => {
    const [verb = "", ...rest] = recipe.arguments;
    run("go", [verb, "-o", join(target, program), ...rest], { cwd: join(folder, "kube"), env: { CGO_ENABLED: "0" } });
  });
}

function cached(recipe: Recipe, make: (target: string) => void): string {
  const home = join(cache, `${recipe.program}-${key(recipe)}`);
  const path = join(home, recipe.program);
  if (existsSync(path)) return path;
  if (!succeeds("go", ["version"])) {
    throw new Error(`Building ${recipe.program} needs Go 1.24.9 or newer on PATH: https://go.dev/dl`);
  }
  console.log(`Building ${recipe.program}: go ${recipe.arguments.join(" ")}`);
  mkdirSync(cache, { recursive: true });
  const unfinished = mkdtempSync(join(cache, ".building-"));
  try {
    make(unfinished);
    // One step, so that a build that was cut off, or a second one beside this, is never taken for a whole one.
    if (!existsSync(home)) renameSync(unfinished, home);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return path;
}

function key(recipe: Recipe): string {
  const hash = createHash("sha256").update(JSON.stringify(recipe));
  const files = recipe.sources.flatMap((pattern) => globSync(pattern, { cwd: join(folder, "kube") }));
  for (const file of files.filter((name) => !name.endsWith("_test.go")).sort()) {
    hash.update(`\0${file}\0`).update(readFileSync(join(folder, "kube", file)));
  }
  return hash.digest("hex").slice(0, 16);
}
