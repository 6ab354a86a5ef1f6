import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { What } from "./fault.ts";

/**
 * Cuts the connection: before the body is read, before anything is done, or when it is done and nothing is answered (the
 * answer is lost). `spoil("cut")` cuts in the middle of the answer.
 */
export function cut(moment: "unread" | "before-commit" | "after-commit"): What {
  return {
    name: `cut ${moment}`,
    isEarly: moment === "unread",
    act: async ({ exchange, carryOut }) => {
      if (moment === "after-commit") await carryOut();
      reset(exchange.request.socket);
      return undefined;
    },
  };
}

/** Leaves the connection open and never answers. */
export function hang(moment: "before-commit" | "after-commit"): What {
  return {
    name: `hang ${moment}`,
    act: async ({ carryOut }) => {
      if (moment === "after-commit") await carryOut();
      return undefined;
    },
  };
}

/** Cuts the request unread, and refuses connections for `ms` on the sandbox's clock. */
export function outage(ms: number): What {
  return {
    name: `outage of ${ms} ms`,
    isEarly: true,
    act: async ({ doors, registry }) => {
      registry.clock.schedule(ms, () => void doors.open());
      await doors.shut();
      return undefined;
    },
  };
}

/** Cuts the request unread, and answers TLS handshakes with nonsense for `ms` on the sandbox's clock. */
export function brokenTls(ms: number): What {
  return {
    name: `TLS broken for ${ms} ms`,
    isEarly: true,
    act: ({ doors, registry, exchange }) => {
      registry.clock.schedule(ms, () => doors.setTlsBroken(false));
      doors.setTlsBroken(true);
      reset(exchange.request.socket);
      return undefined;
    },
  };
}

/** Ends a connection as a crash does: with a reset where the socket can, else without TLS's goodbye. */
export function reset(socket: Socket): void {
  if (socket instanceof TLSSocket) socket.destroy();
  else socket.resetAndDestroy();
}
