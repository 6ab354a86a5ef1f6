import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { kube } from "./programs.ts";

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
}

/** A kubectl that goes on until it is killed. */
export interface Going extends AsyncDisposable {
  /** Resolves with all output so far, once it matches. */
  until(pattern: RegExp): Promise<string>;
}

export interface Kubectl extends Disposable {
  /** Runs a command to its end; words are parted by spaces, unless they are given one by one. `input` is its standard input. */
  run(command: string | readonly string[], input?: string): Promise<Ended>;
  /** Runs a command that must succeed; gives what it printed. */
  ok(command: string | readonly string[], input?: string): Promise<string>;
  start(command: string): Going;
}

/** The tier's own kubectl with this kubeconfig. It runs beside the test, whose process is the server. */
export function kubectlWith(kubeconfig: string): Kubectl {
  const folder = mkdtempSync(join(tmpdir(), "kubectl-on-sandbox-"));
  const file = join(folder, "kubeconfig");
  writeFileSync(file, kubeconfig);
  const program = kube();
  const launch = (command: string | readonly string[]) => {
    const words = typeof command === "string" ? command.split(" ") : command;
    // A home of its own keeps the discovery cache of other clusters out.
    const env = { ...process.env, HOME: folder, KUBECONFIG: file };
    return spawn(program, ["kubectl", ...words], { env, timeout: 30_000 });
  };
  const run = async (command: string | readonly string[], input = ""): Promise<Ended> => {
    const child = launch(command);
    child.stdin.end(input);
    const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
    const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: await ended, out, errors };
  };
  return {
    run,
    ok: async (command, input) => {
      const { code, out, errors } = await run(command, input);
      if (code !== 0) throw new Error(`kubectl ${String(command)} ended with ${code}:\n${errors}${out}`);
      return out;
    },
    start: (command) => going(launch(command)),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}

function going(child: ReturnType<typeof spawn>): Going {
  let seen = "";
  const watchers = new Set<() => void>();
  const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      seen += chunk.toString();
      for (const look of watchers) look();
    });
  }
  return {
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (pattern.test(seen)) resolve(seen);
        };
        watchers.add(look);
        void ended.then(() => reject(new Error(`it ended before ${pattern} came:\n${seen}`)));
        look();
      }),
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await ended;
    },
  };
}
