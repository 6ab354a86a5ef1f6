/** An engine over the pure world, for this package's tests: steps do what `apply` says, unless the script has another word for them. */
import { apply } from "./apply.ts";
import type { Engine, Surroundings } from "./converge.ts";
import type { CutoverError } from "./errors.ts";
import type { Observed } from "./model.ts";
import type { Clock, Log } from "./ports.ts";
import type { Evidence, Step, StepKind } from "./step.ts";

/** An error is thrown instead of the step, evidence is returned instead of it, a change comes after it; `well` lets it happen. */
export type Word = CutoverError | Error | Evidence | ((observed: Observed) => Observed) | "well";

/** What happens to each step the first time, the second time, and so on; then all goes well. `look` is a look at the cluster. */
export type Script = Partial<Record<StepKind | "look", readonly Word[]>>;

export interface ScriptedEngine extends Engine {
  executed: readonly Step[];
}

export function scriptedEngine(start: Observed, script: Script = {}): ScriptedEngine {
  let observed = start;
  const executed: Step[] = [];
  const spoken = new Map<string, number>();
  const next = (key: StepKind | "look"): Word => {
    const count = spoken.get(key) ?? 0;
    spoken.set(key, count + 1);
    return script[key]?.[count] ?? "well";
  };
  return {
    executed,
    observe: async () => {
      const word = next("look");
      if (word instanceof Error) throw word;
      if (typeof word === "function") observed = word(observed);
      return observed;
    },
    execute: async (step) => {
      executed.push(step);
      const word = next(step.kind);
      if (word instanceof Error) throw word;
      if (typeof word === "object") return word;
      const world = apply({ observed, evidence: {} }, step);
      observed = typeof word === "function" ? word(world.observed) : world.observed;
      return world.evidence;
    },
  };
}

/** Always the same words again. */
export function always(word: Word): readonly Word[] {
  return Array.from({ length: 100 }, () => word);
}

export interface Recorded extends Surroundings {
  lines: readonly string[];
  abort: (reason: string) => void;
}

/** Surroundings that write down what they are told, and whose clock goes on by a second whenever it is asked. */
export function recordedSurroundings(): Recorded {
  const lines: string[] = [];
  const abortion = new AbortController();
  return {
    lines,
    abort: (reason) => abortion.abort(reason),
    clock: tickingClock(),
    log: writtenLog(lines),
    signal: abortion.signal,
  };
}

function tickingClock(): Clock {
  let now = 0;
  return {
    now: () => (now += 1_000),
    date: () => new Date(Date.UTC(2026, 0, 1) + now),
    sleep: async () => {},
    schedule: () => () => undefined,
  };
}

function writtenLog(lines: string[]): Log {
  return {
    info: (message) => void lines.push(message),
    warning: (message) => void lines.push(`warning: ${message}`),
    debug: (message) => void lines.push(`debug: ${message}`),
    untrusted: (text) => void lines.push(text),
    group: async (title, body) => {
      lines.push(`group: ${title}`);
      return await body();
    },
  };
}
