import { type AnswerOptions, answer } from "./answers.ts";
import { cut, hang, reset } from "./connections.ts";
import type { Delivery, What } from "./fault.ts";

/** Waits `ms` on the sandbox's clock before anything is done. */
export function delay(ms: number): What {
  return {
    name: `delay of ${ms} ms`,
    act: async ({ registry, carryOut }) => {
      await registry.clock.sleep(ms);
      return await carryOut();
    },
  };
}

/** How the client learns, or does not, that its request will land later. */
export type Farewell = "cut" | "hang" | { readonly code: number; readonly options?: AnswerOptions };

/**
 * Late commit: the client is left alone now (`farewell`; default a reset), and the request is carried out `ms` later on the
 * sandbox's clock, against what is stored then. `landed 409` or the like is noted in its `faults`.
 */
export function late(ms: number, farewell: Farewell = "cut"): What {
  const parting = typeof farewell === "object" ? answer(farewell.code, farewell.options) : undefined;
  const what = parting ?? (farewell === "cut" ? cut("before-commit") : hang("before-commit"));
  return {
    name: `commit ${ms} ms late, now ${what.name}`,
    act: (delivery) => {
      delivery.registry.clock.schedule(ms, () => {
        void delivery.carryOut().then((landed) => delivery.request.faults.push(`landed ${landed?.code}`));
      });
      return what.act(delivery);
    },
  };
}

/** Carries the request out a second time and gives the second answer, as a proxy does that tries again by itself. */
export function twice(): What {
  return {
    name: "delivered twice",
    act: async ({ carryOut }) => {
      await carryOut();
      return await carryOut();
    },
  };
}

/**
 * Calls `meddle` when the request has been read and nothing is done (`before-commit`), when it is done and nothing is answered
 * (`after-commit`), or when the answer has gone out (`after-answer`). The request waits for it, so that whatever it does
 * happens just there: change or recreate objects, let another run act, let time pass, kill the client. With `cut` as its
 * result, or if it throws, the connection is cut: `before-commit` then is a request that was never sent.
 */
export function at(
  moment: "before-commit" | "after-commit" | "after-answer",
  meddle: (delivery: Delivery) => Promise<unknown> | unknown,
): What {
  const unlessCut = async <T>(delivery: Delivery, go: () => T): Promise<T | undefined> => {
    if ((await meddle(delivery)) !== "cut") return go();
    reset(delivery.exchange.request.socket);
    return undefined;
  };
  return {
    name: `meddled with ${moment}`,
    act: async (delivery) => {
      if (moment === "before-commit") return await unlessCut(delivery, delivery.carryOut);
      if (moment === "after-answer") {
        delivery.exchange.response.once(
          "finish",
          () => void unlessCut(delivery, () => undefined).catch(() => undefined),
        );
        return await delivery.carryOut();
      }
      const answered = await delivery.carryOut();
      return await unlessCut(delivery, () => answered);
    },
  };
}
