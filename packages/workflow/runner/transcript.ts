import type { SecretMasker } from "./secret-masker.ts";
import type { Annotation, Group, StepOutput } from "./step-output.ts";

/** What a step has shown so far, and the ways in which it can show more. */
export interface Transcript {
  readonly output: StepOutput;
  readonly masker: SecretMasker;
  readonly debug: boolean;
  /** Whether commands are shown when they are obeyed. */
  echo: boolean;
  show(text: string): void;
  annotate(annotation: Annotation): void;
  /** An error by which the step fails, whatever its exit code. */
  fail(message: string): void;
  openGroup(title: string): void;
  closeGroup(): void;
}

const mostAnnotations = 10;
/** Characters of an annotation. */
const longestMessage = 4_096;

/** @param onShow hears every line as a user reads it, as it comes */
export function createTranscript(masker: SecretMasker, debug: boolean, onShow: (line: string) => void): Transcript {
  const output: StepOutput = {
    log: [],
    annotations: [],
    droppedAnnotations: 0,
    groups: [],
    outputs: {},
    state: {},
    matchers: [],
    failed: false,
  };
  let group: Group | undefined;
  const show = (text: string) => {
    const lines = masker.mask(text).split("\n");
    output.log.push(...lines);
    group?.lines.push(...lines);
    for (const line of lines) onShow(line);
  };
  const annotate = ({ level, message, properties }: Annotation) => {
    const text = masker.mask(message).slice(0, longestMessage);
    show(`##[${level}]${text}`);
    const shown = output.annotations.filter((other) => other.level === level).length;
    if (shown < mostAnnotations) output.annotations.push({ level, message: text, properties });
    else output.droppedAnnotations += 1;
  };
  return {
    ...{ output, masker, debug, echo: debug, show, annotate },
    fail(message) {
      output.failed = true;
      annotate({ level: "error", message, properties: {} });
    },
    openGroup(title) {
      group = undefined;
      show(`##[group]${title}`);
      group = { title: masker.mask(title), lines: [] };
      output.groups.push(group);
    },
    closeGroup() {
      group = undefined;
      show("##[endgroup]");
    },
  };
}
