import type { RunnerCommand } from "./command.ts";
import type { Transcript } from "./transcript.ts";

type Obey = (command: RunnerCommand, transcript: Transcript) => void;

/** What each command does (actions/runner, src/Runner.Worker/ActionCommandManager.cs). */
const commands: Readonly<Record<string, Obey>> = {
  "set-env": disabled,
  "add-path": disabled,
  "set-output": (command, transcript) => save(command, transcript.output.outputs, transcript),
  "save-state": (command, transcript) => save(command, transcript.output.state, transcript),
  "add-mask": ({ data }, { masker, annotate }) => {
    if (data.trim() !== "") masker.add(data);
    else annotate({ level: "warning", message: "Can't add secret mask for empty string", properties: {} });
  },
  "add-matcher": ({ data }, { output }) => output.matchers.push(data),
  "remove-matcher": () => undefined,
  debug: ({ data }, { debug, show }) => {
    if (debug) show(`##[debug]${data}`);
  },
  notice: ({ data, properties }, { annotate }) => annotate({ level: "notice", message: data, properties }),
  warning: ({ data, properties }, { annotate }) => annotate({ level: "warning", message: data, properties }),
  error: ({ data, properties }, { annotate }) => annotate({ level: "error", message: data, properties }),
  group: ({ data }, transcript) => transcript.openGroup(data),
  endgroup: (_command, transcript) => transcript.closeGroup(),
  echo({ data }, transcript) {
    const word = data.trim().toLowerCase();
    if (word === "on" || word === "off") transcript.echo = word === "on";
    else transcript.fail(`Invalid echo command value: '${data}'`);
  },
};

/** Commands whose own line is never shown. */
const silent = new Set(["add-mask", "debug", "notice", "warning", "error"]);

/** Every name that makes a line a command. */
export const commandNames: readonly string[] = [...Object.keys(commands), "stop-commands"];

/** Does what the command says. Some are refused, and that fails the step. */
export function carryOut(command: RunnerCommand, line: string, transcript: Transcript): void {
  if (transcript.echo && !silent.has(command.name)) transcript.show(line);
  commands[command.name]?.(command, transcript);
}

function disabled({ name }: RunnerCommand, { fail }: Transcript): void {
  fail(`The \`${name}\` command is disabled.`);
}

function save({ name, properties, data }: RunnerCommand, values: Record<string, string>, { fail }: Transcript): void {
  if (properties.name) values[properties.name] = data;
  else fail(`Unable to process command '${name}' successfully.`);
}
