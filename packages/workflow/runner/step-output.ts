import { parseCommand } from "./command.ts";
import { carryOut, commandNames } from "./obedience.ts";
import type { SecretMasker } from "./secret-masker.ts";
import { createTranscript } from "./transcript.ts";

export interface Annotation {
  level: "error" | "warning" | "notice";
  message: string;
  properties: Readonly<Record<string, string>>;
}

/** Lines between `::group::` and `::endgroup::`, or the next group: the runner does not nest them. */
export interface Group {
  title: string;
  lines: string[];
}

/** What a step's output did and showed. */
export interface StepOutput {
  /** As a user reads it: secrets hidden, commands carried out. */
  log: string[];
  annotations: Annotation[];
  /** Annotations beyond ten of a level: only in the log. */
  droppedAnnotations: number;
  groups: Group[];
  /** By `::set-output` and `::save-state`, long deprecated and still obeyed. */
  outputs: Record<string, string>;
  state: Record<string, string>;
  /** Files of problem matchers that the runner would read. */
  matchers: string[];
  /** Whether a command alone fails the step. */
  failed: boolean;
}

/** Reads a step's output line by line, as the runner does, and obeys (src/Runner.Worker/ActionCommandManager.cs). */
export interface OutputReader {
  readLine(line: string): void;
  /** What the runner itself has to say about the step. */
  annotate(annotation: Annotation): void;
  /** The runner's own lines, in which nothing is a command. */
  show(text: string): void;
  readonly output: StepOutput;
}

export interface ReaderSettings {
  /** As with `ACTIONS_STEP_DEBUG`. */
  debug?: boolean | undefined;
  /** Hears every line as a user reads it, as it comes. */
  onShow?: ((line: string) => void) | undefined;
}

export function readOutput(masker: SecretMasker, settings: ReaderSettings = {}): OutputReader {
  const { debug = false, onShow = () => undefined } = settings;
  const transcript = createTranscript(masker, debug, onShow);
  const names = new Set(commandNames);
  let stopToken: string | undefined;

  const stop = (token: string) => {
    // A token that is empty or a command's name could be met by chance.
    if (token === "" || names.has(token.toLowerCase()))
      return transcript.fail(`Invalid token '${token}' for stop-commands`);
    stopToken = token.toLowerCase();
    names.add(stopToken);
  };
  const resume = (token: string) => {
    names.delete(token);
    stopToken = undefined;
  };

  return {
    output: transcript.output,
    annotate: transcript.annotate,
    show: transcript.show,
    readLine(line) {
      const command = parseCommand(line, names);
      if (command !== undefined && command.name !== "stop-commands" && stopToken === undefined)
        return carryOut(command, line, transcript);
      transcript.show(line);
      if (stopToken !== undefined && command?.name === stopToken) resume(stopToken);
      else if (stopToken === undefined && command !== undefined) stop(command.data);
    },
  };
}
