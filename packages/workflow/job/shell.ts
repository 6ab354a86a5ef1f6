import { ExpressionProblem } from "../expression/evaluate.ts";

/** How the runner starts each shell that it knows (actions/runner, src/Runner.Worker/Handlers/ScriptHandlerHelpers.cs). */
const known: Readonly<Record<string, string>> = {
  "": "bash -e {0}",
  bash: "bash --noprofile --norc -eo pipefail {0}",
  sh: "sh -e {0}",
  python: "python {0}",
};

/** The command that runs `script` in a shell; any other shell is a command line with `{0}` in it. */
export function shellCommand(shell: string, script: string): [string, ...string[]] {
  const line = known[shell] ?? shell;
  const [program = "", ...args] = line.split(" ").filter((word) => word !== "");
  if (!line.includes("{0}")) {
    const choice = "a valid built-in (bash, sh, cmd, powershell, pwsh) or a format string containing '{0}'";
    throw new ExpressionProblem(`Invalid shell option. Shell must be ${choice}`);
  }
  return [program, ...args.map((word) => word.replaceAll("{0}", script))];
}
