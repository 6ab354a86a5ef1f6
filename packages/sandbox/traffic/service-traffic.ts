import type { AppAnswer, Application } from "../pods/application.ts";
import type { PodRun } from "../pods/pod-run.ts";
import type { Address, ServiceRouter } from "./service-router.ts";

/** What a user gets: an answer with the pod that gave it, or the way in which none came. */
export type Visit = (AppAnswer & { readonly pod: string }) | "refused" | "reset";

/** A connection that a user keeps: it stays with its pod for as long as both live. */
export interface KeptConnection {
  readonly pod: string;
  /** Whether another request may be sent; an application that stops closes its connections after an answer. */
  readonly isOpen: boolean;
  /** `reset` once it is closed. */
  request(path?: string): Visit;
  close(): void;
}

/** Users of Services without sockets and without time: an answer says what it took. */
export interface ServiceTraffic {
  /** One request on a connection of its own. */
  visit(address: Address, path?: string): Visit;
  /** A connection to keep, or `undefined` where it is refused. */
  connect(address: Address): KeptConnection | undefined;
}

export function serviceTraffic(router: ServiceRouter): ServiceTraffic {
  return {
    visit: (address, path = "/") => {
      const way = router.next(address);
      const application = way?.run.listener(way.port);
      return way === undefined || application === undefined ? "refused" : asked(application, way.run, path);
    },
    connect: (address) => {
      const way = router.next(address);
      const application = way?.run.listener(way.port);
      return way === undefined || application === undefined ? undefined : new Kept(way.run, application);
    },
  };
}

function asked(application: Application, run: PodRun, path: string): Visit {
  return { ...application.answer({ path, isTraffic: true }), pod: run.name };
}

class Kept implements KeptConnection {
  readonly #run: PodRun;
  readonly #application: Application;
  readonly #leave: () => void;
  readonly #cut = (): void => this.close();
  #isClosed: boolean;

  constructor(run: PodRun, application: Application) {
    this.#run = run;
    this.#application = application;
    this.#isClosed = false;
    this.#leave = application.connect();
    run.onEnd.add(this.#cut);
  }

  get pod(): string {
    return this.#run.name;
  }

  get isOpen(): boolean {
    return !this.#isClosed && !this.#application.isOver;
  }

  request(path = "/"): Visit {
    if (!this.isOpen) {
      this.close();
      return "reset";
    }
    const answer = asked(this.#application, this.#run, path);
    if (this.#application.isDraining) this.close();
    return answer;
  }

  close(): void {
    this.#isClosed = true;
    this.#run.onEnd.delete(this.#cut);
    this.#leave();
  }
}
