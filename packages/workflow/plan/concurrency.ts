/** A group as it stands: at most one member runs, and one waits, or more where the queue is not of one. */
interface Group {
  running: Member;
  pending: Member[];
}

interface Member {
  cancel(): void;
  start(): void;
}

export interface Entrance {
  /** Its name, unique in this process: a repository's groups are its own. */
  group: string;
  /** Whether what runs is cancelled. */
  cancelInProgress: boolean;
  /** `max` keeps what waits already; otherwise the newest takes its place. */
  queue: "single" | "max";
  /** Ends the waiting. */
  signal: AbortSignal;
  /** Called when it has to wait. */
  onWait(): void;
  /** Called while it runs, when a newer one cancels it. */
  onCancel(): void;
}

const groups = new Map<string, Group>();

/** Enters a group: resolves to what leaves it again, or to nothing if it was cancelled while it waited. */
export async function enter(entrance: Entrance): Promise<Disposable | undefined> {
  const { group: name, signal } = entrance;
  const member: Member = { cancel: entrance.onCancel, start: () => undefined };
  const left = { [Symbol.dispose]: () => leave(name, member) };
  const group = groups.get(name);
  if (group === undefined) {
    groups.set(name, { running: member, pending: [] });
    return left;
  }
  if (entrance.queue === "single") for (const older of group.pending.splice(0)) older.cancel();
  group.pending.push(member);
  entrance.onWait();
  if (entrance.cancelInProgress) group.running.cancel();
  const hasStarted = await new Promise<boolean>((resolve) => {
    member.start = () => {
      member.cancel = entrance.onCancel;
      resolve(true);
    };
    member.cancel = () => resolve(false);
    signal.addEventListener("abort", () => resolve(false), { once: true });
    if (signal.aborted) resolve(false);
  });
  if (hasStarted) return left;
  leave(name, member);
  return undefined;
}

function leave(name: string, member: Member): void {
  const group = groups.get(name);
  if (group === undefined) return;
  group.pending = group.pending.filter((other) => other !== member);
  if (group.running !== member) return;
  const next = group.pending.shift();
  if (next === undefined) groups.delete(name);
  else {
    group.running = next;
    next.start();
  }
}
