/** A client that tells what it is about to write, and can be stopped just there. */
import type { Client } from "../client/client.ts";
import type { Ref } from "../client/model.ts";

export interface Write {
  verb: "create" | "patch" | "delete";
  kind: string;
  name: string;
  /** How many writes there were before it. */
  index: number;
  dryRun: boolean;
}

/** Called around each write: `before` may wait or throw instead of it, `after` instead of its answer. */
export interface Listener {
  before?(write: Write, send: () => Promise<unknown>): Promise<void> | void;
  after?(write: Write): Promise<void> | void;
}

export interface Heard {
  client: Client;
  writes: Write[];
  inFlight(): number;
  /** A client of its own over the same connection, with its own listener and count of writes. */
  listening(listener: Listener): { client: Client; writes: Write[] };
}

/** `real`, whose requests are counted while they are under way. */
export function heard(real: Client): Heard {
  let open = 0;
  const counted = <A extends unknown[], T>(call: (...given: A) => Promise<T>) => {
    return async (...given: A): Promise<T> => {
      open++;
      try {
        return await call(...given);
      } finally {
        open--;
      }
    };
  };
  const client: Client = {
    ...real,
    get: counted(real.get),
    find: counted(real.find),
    list: counted(real.list),
    create: counted(real.create),
    patch: counted(real.patch),
    delete: counted(real.delete),
    podLog: counted(real.podLog),
    proxyGet: counted(real.proxyGet),
    portForward: counted(real.portForward),
    denied: counted(real.denied),
  };
  const main = tapped(client, {});
  return { ...main, inFlight: () => open, listening: (listener) => tapped(client, listener) };
}

function tapped(client: Client, listener: Listener): { client: Client; writes: Write[] } {
  const writes: Write[] = [];
  const around = async <T>(write: Omit<Write, "index">, call: () => Promise<T>): Promise<T> => {
    if (write.dryRun) return await call();
    const told = { ...write, index: writes.length };
    writes.push(told);
    await listener.before?.(told, call);
    const answer = await call();
    await listener.after?.(told);
    return answer;
  };
  const of = ({ kind, name }: Ref, dryRun = false) => ({ kind, name, dryRun });
  return {
    writes,
    client: {
      ...client,
      create: (resource, options) =>
        around(
          { verb: "create", kind: resource.kind, name: resource.metadata.name, dryRun: options?.dryRun === true },
          () => client.create(resource, options),
        ),
      patch: (ref, patch, options) =>
        around({ verb: "patch", ...of(ref, options?.dryRun) }, () => client.patch(ref, patch, options)),
      delete: (ref, options) =>
        around({ verb: "delete", ...of(ref, options?.dryRun) }, () => client.delete(ref, options)),
    },
  };
}
