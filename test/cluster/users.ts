import { Agent, get } from "node:http";
import { type ClientHttp2Session, connect } from "node:http2";
import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";

export const habits = ["kept-alive", "HTTP/2", "HTTP/2 stream", "stream", "WebSocket"] as const;
export type Habit = (typeof habits)[number];

/** Somebody who stays connected. */
export interface User {
  habit: Habit;
  /** Versions that answered, in their order. */
  versions: string[];
  /** Resolves with the first answer. */
  isServed: Promise<unknown>;
  /** Resolves when the user has had enough, with why the service ended it before, if it did. */
  leaves: Promise<string | undefined>;
}

/** How long users stay, in seconds, and on which port of 127.0.0.1. */
export interface Stay {
  port: number;
  seconds: number;
}

const every = 250;

/** One user of each habit, `times` times. */
export function users(times: number, stay: Stay): User[] {
  return habits.flatMap((habit) => Array.from({ length: times }, () => user(habit, stay)));
}

function user(habit: Habit, stay: Stay): User {
  const versions: string[] = [];
  const { promise: isServed, resolve: served } = Promise.withResolvers<void>();
  const hear = (version: unknown): void => {
    if (versions.at(-1) !== String(version)) versions.push(String(version));
    served();
  };
  const leaves = stays[habit](stay, hear).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  return { habit, versions, isServed: Promise.race([isServed, leaves]), leaves };
}

type Hear = (version: unknown) => void;

/** Each rejects if it is cut off. */
const stays: Readonly<Record<Habit, (stay: Stay, hear: Hear) => Promise<void>>> = {
  "kept-alive": async ({ port, seconds }, hear) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (const end = Date.now() + seconds * 1_000; Date.now() < end; await sleep(every)) {
      await answered({ port, path: "/", agent }, hear);
    }
    agent.destroy();
  },
  // Asks once more at each beat, on a new connection once the server says that it leaves.
  "HTTP/2": async ({ port, seconds }, hear) => {
    let session = opened(port);
    for (const end = Date.now() + seconds * 1_000; Date.now() < end; await sleep(every)) {
      if (session.closed || session.destroyed) session = opened(port);
      await asked(session, "/", hear);
    }
    session.close();
  },
  "HTTP/2 stream": async ({ port, seconds }, hear) => {
    const session = opened(port);
    const text = await asked(session, `/stream?for=${seconds}s`, hear);
    if (!text.endsWith("whole\n")) throw new Error("the answer is not whole");
    session.close();
  },
  stream: async ({ port, seconds }, hear) => {
    const text = await answered({ port, path: `/stream?for=${seconds}s`, agent: new Agent() }, hear);
    if (!text.endsWith("whole\n")) throw new Error("the answer is not whole");
  },
  WebSocket: ({ port, seconds }, hear) =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/socket`);
      const end = Date.now() + seconds * 1_000;
      const say = () => socket.send("which version?");
      socket.on("open", say);
      socket.on("message", (data) => {
        hear(data);
        if (Date.now() < end) setTimeout(say, every);
        else socket.close(1000);
      });
      socket.on("error", reject);
      socket.on("close", (code) => (code === 1006 ? reject(new Error("closed without a word")) : resolve()));
    }),
};

function answered({ port, path, agent }: { port: number; path: string; agent: Agent }, hear: Hear): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = get({ host: "127.0.0.1", port, path, agent }, (response) => {
      hear(response.headers["x-version"]);
      collect(response, resolve, reject);
    });
    request.on("error", reject);
  });
}

function opened(port: number): ClientHttp2Session {
  const session = connect(`http://127.0.0.1:${port}`);
  // Whoever asks on it hears of it.
  session.on("error", () => undefined);
  return session;
}

function asked(session: ClientHttp2Session, path: string, hear: Hear): Promise<string> {
  return new Promise((resolve, reject) => {
    const stream = session.request({ ":path": path });
    stream.on("response", (headers) => hear(headers["x-version"]));
    collect(stream, resolve, reject);
    stream.on("close", () => reject(new Error("the stream was closed")));
  });
}

function collect(stream: NodeJS.ReadableStream, resolve: (text: string) => void, reject: (error: Error) => void): void {
  let text = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk) => {
    text += chunk;
  });
  stream.on("end", () => resolve(text));
  stream.on("error", reject);
}
