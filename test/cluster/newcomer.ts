import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { demand } from "../../scripts/command.ts";
import type { Runner, Workflow } from "./act.ts";
import { run } from "./command.ts";
import { commandOf } from "./kubectl.ts";
import { registry } from "./registry.ts";
import { openRepository, type TeamRepository } from "./team-repository.ts";

/** Somebody who reads the quickstart, and types what stands there. */
export interface Newcomer {
  /** Where they work; it goes with them. */
  repository: TeamRepository;
  /** The page of examples/quickstart, with the names replaced that each reader replaces. */
  page: string;
  /** Types commands into a shell, in the repository. */
  type(commands: string): void;
  /** What GitHub was given by them, by kind and name. */
  given(kind: "secret" | "variable" | "inputs", name: string): Promise<string>;
  /** The tags that were pushed. */
  pushed(): Promise<readonly string[]>;
  /** What its workflows are run with. */
  workflow(): Promise<Pick<Workflow, "repository" | "origin" | "secrets" | "variables">>;
}

/** GitHub's CLI as far as the page uses it: what it is given it keeps in files. */
const gh = `#!/bin/sh
set -eu
case "$1 $2 $4 $#" in
  "secret set --env 5") test "$5" = production; cat >"$GIVEN/secret-$3" ;;
  "variable set --body 5") printf %s "$5" >"$GIVEN/variable-$3" ;;
  "workflow run -f 5") printf %s "$5" >"$GIVEN/inputs-$3" ;;
  *) echo "not known here: gh $*" >&2; exit 1 ;;
esac
`;

/** A copy of the example, with the very workflows that README.md shows, and a machine with kubectl, gh and git. */
export async function welcome({ scratch, published }: Runner): Promise<Newcomer> {
  const at = (...names: string[]) => join(scratch, "newcomer", ...names);
  const [folder, bin, givenTo, origin] = [at("repository"), at("bin"), at("given"), at("origin")];
  const shipped = join(published, "examples", "quickstart");
  await cp(shipped, folder, { recursive: true });
  for (const [file, text] of workflowsIn(await readFile(join(published, "README.md"), "utf8")))
    await writeFile(join(folder, file), text);
  const shop = join(folder, "k8s", "shop.yaml");
  await writeFile(shop, theirs(await readFile(shop, "utf8")));
  await Promise.all([bin, givenTo].map((place) => mkdir(place)));
  await writeFile(join(bin, "gh"), gh, { mode: 0o755 });
  await writeFile(join(bin, "kubectl"), `#!/bin/sh\nexec ${commandOf([]).join(" ")} "$@"\n`, { mode: 0o755 });
  const repository = await openRepository(folder);
  const { name } = repository.workflow.origin;
  await demand("git", ["init", "--quiet", "--bare", join(origin, name)]);
  await demand("git", ["config", `url.${origin}/.pushInsteadOf`, "https://github.com/"], folder);
  const PATH = [bin, dirname(process.execPath), process.env.PATH].join(delimiter);
  const given = (kind: string, what: string) => readFile(join(givenTo, `${kind}-${what}`), "utf8");
  return {
    repository,
    page: theirs(await readFile(join(shipped, "README.md"), "utf8")),
    type: (commands) =>
      run("bash", ["-euo", "pipefail", "-c", commands], {
        cwd: folder,
        env: { PATH, GIVEN: givenTo },
        timeout: 60_000,
      }),
    given,
    pushed: async () => (await demand("git", ["tag"], join(origin, name))).split("\n").filter((tag) => tag !== ""),
    workflow: async () => ({
      ...repository.workflow,
      secrets: { KUBECONFIG_BASE64: await given("secret", "KUBECONFIG_BASE64") },
      variables: { IMAGE_REPOSITORY: await given("variable", "IMAGE_REPOSITORY") },
    }),
  };
}

/** The commands of a page that are to be typed, a block each, in their order. */
export function blocksIn(page: string): string[] {
  return [...page.matchAll(/^ *```sh\n([\s\S]*?)^ *```$/gm)].map(([, commands = ""]) => commands);
}

/** The workflow files that a page shows, each under a link with its name. */
function workflowsIn(page: string): (readonly [file: string, text: string])[] {
  const shown = page.matchAll(/^\[(\.github\/workflows\/\S+)\]\(\S+\)\n\n```yaml\n([\s\S]*?)^```$/gm);
  return [...shown].map(([, file = "", text = ""]) => [file, text]);
}

/** Where the reader's own images are. */
function theirs(text: string): string {
  return text.replaceAll("registry.example.com", registry);
}
