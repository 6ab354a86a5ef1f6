import { get } from "node:http";

/** One request as its client saw it end. */
export interface Answer {
  /** Who answered; `undefined` where nobody did. */
  version: string | undefined;
  good: boolean;
  milliseconds: number;
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
      response.on("end", () => end(response.statusCode === 200, versionIn(body)));
      response.on("error", () => end(false));
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => end(false));
  });
}

/** The version that an answer of the sandbox's applications names. */
export function versionIn(body: string): string | undefined {
  return /"version":"([^"]*)"/.exec(body)?.[1];
}
