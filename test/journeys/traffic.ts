import { Agent, get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** What users got. */
export interface Traffic {
  /** Versions that answered, in the order of their first answer. */
  versions: readonly string[];
  answers: number;
  /** Resets and answers other than 200; nothing is asked twice. */
  lost: readonly string[];
}

export interface Visitors extends AsyncDisposable {
  /** Asks no more, and tells. */
  leave(): Promise<Traffic>;
}

/** Milliseconds between the end of a request and the next. */
const pause = 3;

/** One visitor after the other, each with a connection of its own, or one who keeps his. */
export function visit(url: string, { keep = false } = {}): Visitors {
  const agent = new Agent({ keepAlive: keep, maxSockets: 1 });
  const versions = new Set<string>();
  const lost: string[] = [];
  let answers = 0;
  let isOver = false;
  const visits = (async () => {
    while (!isOver) {
      const answer = await ask(url, agent);
      answers += 1;
      if ("lost" in answer) lost.push(answer.lost);
      else versions.add(answer.version);
      await sleep(pause);
    }
  })();
  const leave = async () => {
    isOver = true;
    await visits;
    agent.destroy();
    return { versions: [...versions], answers, lost };
  };
  return {
    leave,
    [Symbol.asyncDispose]: async () => {
      await leave();
    },
  };
}

/** The version that a new connection reaches. */
export async function versionAt(url: string): Promise<string> {
  const answer = await ask(url, new Agent());
  if ("lost" in answer) throw new Error(answer.lost);
  return answer.version;
}

function ask(url: string, agent: Agent): Promise<{ version: string } | { lost: string }> {
  return new Promise((resolve) => {
    const fail = (error: Error) => resolve({ lost: error.message });
    get(url, { agent }, (response) => {
      response
        .toArray()
        .then((chunks: Buffer[]) => {
          const { version } = JSON.parse(Buffer.concat(chunks).toString());
          resolve(response.statusCode === 200 ? { version } : { lost: `${response.statusCode} of ${version}` });
        })
        .catch(fail);
    }).on("error", fail);
  });
}
