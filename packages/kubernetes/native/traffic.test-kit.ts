/** A customer of the shop who asks again as soon as an answer has come, each time over a new connection. */
import { get } from "node:http";
import type { OpenService } from "@cutover/sandbox";
import type { Shop } from "./engine.test-kit.ts";
import { namespace } from "./shop-objects.test-kit.ts";

export interface Traffic extends AsyncDisposable {
  /** Why requests got no answer or a bad one. */
  readonly lost: readonly string[];
  readonly answers: number;
  /** Every version that answered, in order, repeated ones once. */
  readonly versions: readonly string[];
  /** Resolves when the next request has been answered, or lost. */
  settled(): Promise<void>;
}

/** Milliseconds, in the sandbox's time, between two requests. */
const every = 100;

export async function openTraffic(shop: Shop): Promise<Traffic> {
  const { connect, close } = await shop.sandbox.openService(namespace, "shop");
  const lost: string[] = [];
  const versions: string[] = [];
  let answers = 0;
  let isOver = false;
  let next = Promise.withResolvers<void>();
  const ask = async () => {
    const answer = await asked(connect);
    if (isOver) return;
    if ("error" in answer) lost.push(answer.error);
    else {
      answers++;
      if (versions.at(-1) !== answer.version) versions.push(answer.version);
    }
    next.resolve();
    next = Promise.withResolvers();
  };
  const loop = async () => {
    while (!isOver) {
      await ask();
      await shop.sandbox.clock.sleep(every);
    }
  };
  void loop();
  return {
    lost,
    versions,
    get answers() {
      return answers;
    },
    settled: () => next.promise,
    [Symbol.asyncDispose]: async () => {
      isOver = true;
      await close();
    },
  };
}

function asked(connect: OpenService["connect"]): Promise<{ version: string } | { error: string }> {
  return new Promise((resolve) => {
    const request = get({ createConnection: connect }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => {
        const { version = "?" } = JSON.parse(text) as { version?: string };
        resolve(response.statusCode === 200 ? { version } : { error: `${response.statusCode} from ${version}` });
      });
    });
    request.on("error", ({ message }) => resolve({ error: message }));
  });
}
