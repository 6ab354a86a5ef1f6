import type { WebSocket } from "ws";
import type { JsonObject } from "../../json.ts";
import type { ContainerRun } from "../../pods/container-run.ts";
import { noSuchProgram } from "../../pods/probe-answer.ts";
import { type Ran, runCommand, type Surroundings } from "./shell.ts";

const channels = { input: 0, output: 1, errors: 2, status: 3, close: 255 } as const;

/** A command in a container. */
export interface Command {
  readonly words: readonly string[];
  readonly hasInput: boolean;
  readonly run: ContainerRun | undefined;
  readonly around: Omit<Surroundings, "input">;
  /** Of the process that is to be. */
  readonly id: string;
}

/** `pods/exec` by `v5.channel.k8s.io`: runs a command once its input has ended, and tells how it went. */
export function execByChannels(command: Command, socket: WebSocket): void {
  const input: Buffer[] = [];
  const finish = (): void => {
    const ran = answer(command, Buffer.concat(input).toString());
    if (typeof ran === "string") {
      end(socket, failure(`error executing command in container: ${ran}`));
      return;
    }
    if (ran.output !== "") send(socket, channels.output, ran.output);
    if (ran.errors !== "") send(socket, channels.errors, ran.errors);
    end(socket, ran.exitCode === 0 ? { metadata: {}, status: "Success" } : exited(ran.exitCode));
  };
  if (!command.hasInput) {
    finish();
    return;
  }
  socket.on("message", (data: Buffer) => {
    if (data[0] === channels.input) input.push(data.subarray(1));
    if (data[0] === channels.close && data[1] === channels.input) finish();
  });
}

/** What the command did, or in the runtime's words why it did not start. */
function answer({ words, run, around, id }: Command, input: string): Ran | string {
  const application = run?.application;
  if (run === undefined || application === undefined) {
    return `container is not running: ${run?.container.name ?? ""}`;
  }
  const { commands = {}, programs } = application.behavior;
  const [program = ""] = words;
  const isOwn = commands[words.join(" ")] !== undefined || (programs ?? ["/app"]).includes(program);
  const own = isOwn ? application.run(words) : undefined;
  if (own !== undefined) return { output: own.output, errors: "", exitCode: own.exitCode };
  const ran = programs === undefined ? runCommand(words, { ...around, input }) : undefined;
  const why = `OCI runtime exec failed: exec failed: ${noSuchProgram(program)}`;
  return ran ?? `failed to exec in container: failed to start exec "${id}": ${why}`;
}

function end(socket: WebSocket, status: JsonObject): void {
  send(socket, channels.status, JSON.stringify(status));
  socket.close(1000);
}

function send(socket: WebSocket, channel: number, text: string): void {
  socket.send(Buffer.concat([Buffer.from([channel]), Buffer.from(text)]));
}

function exited(code: number): JsonObject {
  const details = { causes: [{ reason: "ExitCode", message: String(code) }] };
  const message = `command terminated with non-zero exit code: exit status ${code}`;
  return { metadata: {}, status: "Failure", message, reason: "NonZeroExitCode", details };
}

function failure(why: string): JsonObject {
  // The runtime's refusal becomes one of the kubelet, and that one of the server.
  const told = `Internal error occurred: ${why}`;
  const message = `Internal error occurred: ${told}`;
  const details = { causes: [{ message: told }] };
  return { metadata: {}, status: "Failure", message, reason: "InternalError", details, code: 500 };
}
