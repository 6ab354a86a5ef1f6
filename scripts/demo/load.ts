import { get } from "node:http";

/** One request as its client saw it end. */
export interface Answer {
  /** Who answered; `undefined` where nobody did. */
  version: string | undefined;
  good: boolean;
  milliseconds: number;
}

export interface Load {
  /** Resolves when the last request has its answer. */
  stop(): Promise<void>;
}

/** Requests that may be open at once: a stuck Service must not take the demo's own process down. */
const mostOpen = 200;

/** Asks `url` at a steady rate, each time on a new connection, and retries nothing. */
export function startLoad(url: string, perSecond: number, onAnswer: (answer: Answer) => void): Load {
  const open = new Set<Promise<void>>();
  const began = performance.now();
  let due = 0;
  const timer = setInterval(() => {
    const wanted = Math.floor(((performance.now() - began) / 1_000) * perSecond);
    for (; due < wanted; due++) {
      if (open.size >= mostOpen) continue;
      const request = ask(url).then((answer) => {
        open.delete(request);
        onAnswer(answer);
      });
      open.add(request);
    }
  }, 5);
  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(open);
    },
  };
}

/** One request on a connection of its own; never rejects. */
export function ask(url: string): Promise<Answer> {
  const began = performance.now();
  return new Promise((resolve) => {
    const end = (good: boolean, version?: string) =>
      resolve({ good, version, milliseconds: performance.now() - began });
    const request = get(url, { agent: false, timeout: 2_000 }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => {
        body += text;
      });
      response.on("end", () => end(response.statusCode === 200, /"version":"([^"]*)"/.exec(body)?.[1]));
      response.on("error", () => end(false));
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => end(false));
  });
}
