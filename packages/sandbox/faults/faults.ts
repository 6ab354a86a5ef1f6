import type { Answer } from "../api/exchange.ts";
import type { LoggedRequest } from "../api/request-log.ts";
import type { Delivery, Fault, Struck, Through, When } from "./fault.ts";

interface Waiting {
  readonly fault: Fault;
  readonly hits: LoggedRequest[];
  seen: number;
  left: number;
}

/** Faults that wait for their requests. */
export class Faults {
  #waiting: Waiting[] = [];

  add(fault: Fault): Struck {
    const waiting: Waiting = { fault, hits: [], seen: 0, left: fault.times ?? 1 };
    this.#waiting.push(waiting);
    return {
      hits: waiting.hits,
      end: () => {
        this.#waiting = this.#waiting.filter((other) => other !== waiting);
      },
    };
  }

  /** Whether a fault strikes before the body is read; it is used up by `strike` with `isEarly`. */
  isEarly(request: LoggedRequest): boolean {
    return this.#waiting.some(
      (waiting) =>
        waiting.fault.what.isEarly === true && matches(waiting.fault, request) && isDue(waiting, waiting.seen + 1),
    );
  }

  /** Carries the request out, as far as the faults that match let it. */
  async strike(delivery: Delivery, isEarly: boolean): Promise<Answer | undefined> {
    const { request } = delivery;
    const matching = this.#waiting.filter(({ fault }) => matches(fault, request));
    for (const waiting of matching) waiting.seen += 1;
    const due = matching.filter(({ fault }) => (fault.what.isEarly === true) === isEarly);
    return await passOn(due, delivery);
  }
}

/** Gives the delivery to the first fault that is due; what it carries out goes to the next. */
async function passOn(queue: readonly Waiting[], delivery: Delivery, through?: Through): Promise<Answer | undefined> {
  const index = queue.findIndex((waiting) => isDue(waiting, waiting.seen));
  const found = queue[index];
  if (found === undefined) return await delivery.carryOut(through);
  found.left -= 1;
  found.hits.push(delivery.request);
  delivery.request.faults.push(found.fault.what.name);
  const rest = queue.slice(index + 1);
  const carryOut = (more?: Through) => passOn(rest, delivery, { ...through, ...more });
  return await found.fault.what.act({ ...delivery, carryOut });
}

function isDue({ fault, left }: Waiting, seen: number): boolean {
  return left > 0 && seen >= (fault.when?.nth ?? 1);
}

function matches({ when = {} }: Fault, request: LoggedRequest): boolean {
  const { request: number, path, if: holds } = when;
  if (number !== undefined && number !== request.number) return false;
  if (typeof path === "string" && !request.path.includes(path)) return false;
  if (path instanceof RegExp && !path.test(request.path)) return false;
  return (
    same.every((field) => when[field] === undefined || when[field] === request[field]) && (holds?.(request) ?? true)
  );
}

const same = ["verb", "resource", "namespace", "name", "subresource", "isWrite"] as const satisfies (keyof When)[];
