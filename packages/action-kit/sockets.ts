import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { refuseMetadata, safeLookup } from "./public-address.ts";
import { tunnel } from "./tunnel.ts";
import { unreachable } from "./unreachable.ts";

/** A server that speaks something else than HTTP. */
export interface Peer {
  readonly host: string;
  readonly port: number;
  /** Milliseconds for all that is said. */
  readonly timeout: number;
  readonly signal?: AbortSignal;
  /** What to go through, by CONNECT: `http` or `https`, perhaps with a name and password; straight to the peer if not given. */
  readonly proxy?: URL | undefined;
}

/** Opens a connection to the peer. @throws `unreachable` */
export type Connect = () => Promise<Socket>;

/** What came of a talk, and the milliseconds that it took. */
export interface Talk<T> {
  readonly answer: T;
  readonly ms: number;
}

/** Servers elsewhere, by TCP. */
export interface Sockets {
  /**
   * What `talk` makes of connections to `peer`; they all are closed once it ends, or is late.
   * @throws `refused` for an address that must not be asked, `unreachable` where nobody answers in time; what `talk` throws
   */
  talk<T>(peer: Peer, talk: (connect: Connect) => Promise<T>): Promise<Talk<T>>;
}

/** Sockets of this machine. */
export function createSockets(): Sockets {
  return {
    async talk(peer, talk) {
      refuseMetadata(peer.host);
      const over = AbortSignal.any([AbortSignal.timeout(peer.timeout), ...(peer.signal ? [peer.signal] : [])]);
      const open = new Set<Socket>();
      const started = performance.now();
      try {
        const answer = await Promise.race([talk(() => opened(peer, open, over)), ended(over)]);
        return { answer, ms: performance.now() - started };
      } catch (error) {
        throw error === over.reason ? unreachable(nameOf(peer), peer, error) : error;
      } finally {
        for (const socket of open) socket.destroy();
      }
    },
  };
}

async function opened(peer: Peer, open: Set<Socket>, over: AbortSignal): Promise<Socket> {
  if (over.aborted) throw unreachable(nameOf(peer), peer, over.reason);
  const kept = (socket: Socket): Socket => {
    open.add(socket);
    // Who reads it hears of an error at once; while nobody does, it must not end this process.
    return socket.on("error", () => undefined);
  };
  try {
    if (peer.proxy !== undefined) return kept(await tunnel(nameOf(peer), peer.proxy, over));
    const socket = kept(connect({ host: peer.host, port: peer.port, lookup: safeLookup, noDelay: true }));
    await once(socket, "connect", { signal: over });
    return socket;
  } catch (error) {
    throw unreachable(nameOf(peer), peer, over.aborted ? over.reason : error);
  }
}

function ended(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

function nameOf({ host, port }: Peer): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}
