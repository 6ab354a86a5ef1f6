import type { Duplex } from "node:stream";
import { MemorySocket, type Sandbox, sleepBy, type VirtualClock } from "@cutover/sandbox";
import type { Within } from "./in-process-actions.ts";

/**
 * A process as far as the world outside it goes: what it hears of time and of the network passes one gate, what it says another.
 * Dead, nothing more ever passes; paused (SIGSTOP), all of it waits and comes in order when the process goes on.
 */
export interface Mortal {
  /** What the action gets instead of the real ones. */
  readonly within: Required<Pick<Within, "clock" | "dial">>;
  /** Aborts at SIGINT. */
  readonly signal: AbortSignal;
  /** Resolves at its death. */
  readonly death: Promise<void>;
  /** Whether it says nothing any more. */
  readonly isDead: boolean;
  /** As SIGKILL: its connections break, and whatever it would still do has no effect. */
  die(): void;
  /** Says no more, hears what is on its way, and then dies: after an answer, and before the next request. */
  fade(): void;
  pause(): void;
  resume(): void;
  /** SIGINT. */
  interrupt(): void;
}

/** A process for one run of an action, in the time and with the API server of `sandbox`. */
export function mortal(clock: VirtualClock, sandbox: Pick<Sandbox, "connect">): Mortal {
  const { promise: death, resolve: died } = Promise.withResolvers<void>();
  const interruption = new AbortController();
  const wires = new Set<Duplex>();
  const gates = createGates();
  const { hear } = gates;
  const die = (): void => {
    gates.become("dead");
    for (const wire of wires) wire.destroy();
    died();
  };
  const schedule: VirtualClock["schedule"] = (ms, task) => clock.schedule(ms, () => hear(task));
  return {
    within: {
      clock: { ...clock, schedule, sleep: sleepBy(schedule) },
      dial: () => {
        const wire = sandbox.connect();
        wires.add(wire.on("close", () => wires.delete(wire)));
        return gated(wire, gates);
      },
    },
    signal: interruption.signal,
    ...{ death, die },
    get isDead() {
      return gates.state() === "dead" || gates.state() === "fading";
    },
    fade: () => {
      if (gates.state() !== "alive") return;
      gates.become("fading");
      // In virtual time that is when nothing else can happen any more.
      clock.schedule(0, die);
    },
    pause: () => gates.become("paused"),
    resume: () => gates.become("alive"),
    interrupt: () => hear(() => interruption.abort()),
  };
}

type State = "alive" | "paused" | "fading" | "dead";
type Gate = (task: () => void) => void;

interface Gates {
  hear: Gate;
  say: Gate;
  state(): State;
  /** The dead stay dead. */
  become(next: State): void;
}

function createGates(): Gates {
  let state: State = "alive";
  let held: (() => void)[] = [];
  const gate = (opens: readonly State[]): Gate => {
    const pass: Gate = (task) => {
      if (state === "paused") held.push(() => pass(task));
      else if (opens.includes(state)) task();
    };
    return pass;
  };
  return {
    hear: gate(["alive", "fading"]),
    say: gate(["alive"]),
    state: () => state,
    become: (next) => {
      if (state !== "dead") state = next;
      if (state === "paused") return;
      const waiting = held;
      held = [];
      for (const task of waiting) task();
    },
  };
}

/** The process's end of a connection: what comes and goes on `wire` passes the gates. */
function gated(wire: Duplex, { hear, say }: Gates): Duplex {
  const [inner, outer] = MemorySocket.pair();
  join(outer, wire, say);
  join(wire, outer, hear);
  return inner;
}

function join(from: Duplex, to: Duplex, gate: Gate): void {
  from.on("data", (chunk) => gate(() => void to.write(chunk)));
  from.on("end", () => gate(() => void to.end()));
  from.on("error", () => gate(() => void (to instanceof MemorySocket ? to.resetAndDestroy() : to.destroy())));
  from.on("close", () => gate(() => void to.destroy()));
}
