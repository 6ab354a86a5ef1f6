import { Writable } from "node:stream";
import { CutoverError } from "@cutover/release";
import { Exec } from "@kubernetes/client-node/dist/exec.js";
import * as z from "zod";
import type { ReadOptions } from "./client.ts";
import { abortError } from "./outcome-error.ts";
import { segment } from "./path.ts";
import { ending, type UpgradeOptions, upgrade } from "./upgrade.ts";

export interface ExecResult {
  exitCode: number;
  /** Cut at 1 MiB each. */
  stdout: string;
  stderr: string;
}

const outputLimit = 1024 * 1024;

const statusSchema = z.object({
  status: z.string().optional(),
  message: z.string().optional(),
  reason: z.string().optional(),
  details: z
    .object({ causes: z.array(z.object({ reason: z.string().optional(), message: z.string().optional() })).nullish() })
    .nullish(),
});

/** See `Client.exec`. Nothing is sent to the command's input. */
export async function exec(
  pod: { namespace: string; name: string; container: string },
  command: readonly string[],
  { signal, ...options }: ReadOptions & UpgradeOptions,
): Promise<ExecResult> {
  const deed = {
    verb: "run a command in",
    subject: `container ${pod.container} of Pod ${pod.name} in namespace ${pod.namespace}`,
  };
  const [namespace, name] = [segment(pod.namespace), segment(pod.name)];
  const [stdout, stderr] = [new Output(), new Output()];
  const told = Promise.withResolvers<unknown>();
  const start = (...[kubeconfig, handler]: ConstructorParameters<typeof Exec>) =>
    new Exec(kubeconfig, handler).exec(
      namespace,
      name,
      pod.container,
      [...command],
      stdout,
      stderr,
      null,
      false,
      told.resolve,
    );
  const socket = await upgrade({ ...deed, signal, start }, options);
  // The status is the last that the server sends.
  const status = await Promise.race([told.promise, ending(socket)]);
  socket.terminate();
  if (status !== undefined) return { exitCode: exitCodeOf(status, deed), stdout: stdout.text(), stderr: stderr.text() };
  if (signal?.aborted === true) throw abortError(signal, deed);
  const message = `Cannot ${deed.verb} ${deed.subject}: the connection ended before the command did`;
  const hint = "What the command did is not known; look before you run it again.";
  throw new CutoverError("unavailable", message, { hint });
}

class Output extends Writable {
  #chunks: Uint8Array[] = [];
  #size = 0;

  constructor() {
    super();
    // client-node ends it with the status; what a server should send after that is lost, and no reason to crash.
    this.on("error", () => undefined);
  }

  override _write(data: Uint8Array, _: BufferEncoding, done: () => void): void {
    if (this.#size < outputLimit) this.#chunks.push(data.subarray(0, outputLimit - this.#size));
    this.#size += data.byteLength;
    done();
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString("utf8");
  }
}

function exitCodeOf(given: unknown, { verb, subject }: { verb: string; subject: string }): number {
  const parsed = statusSchema.safeParse(given);
  const status = parsed.success ? parsed.data : {};
  if (status.status === "Success") return 0;
  const code = status.details?.causes?.find((cause) => cause.reason === "ExitCode")?.message;
  if (code !== undefined && /^\d+$/.test(code)) return Number(code);
  throw new CutoverError("rejected", `Cannot ${verb} ${subject}: ${status.message ?? "the kubelet gave no reason"}`, {
    hint: "Check the container's name and that the command exists in its image.",
  });
}
