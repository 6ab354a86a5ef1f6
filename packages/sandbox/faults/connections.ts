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

/** Ends a connection as a crash does: with a reset where the socket can, else without TLS's goodbye. */
export function reset(socket: Socket): void {
  if (socket instanceof TLSSocket) socket.destroy();
  else socket.resetAndDestroy();
}
