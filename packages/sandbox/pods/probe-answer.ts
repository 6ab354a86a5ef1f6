import { isList, type Json, objectAt } from "../json.ts";
import type { Container, Probe } from "../workloads.ts";
import type { Application } from "./application.ts";

/** How one probe went: good or bad with what the kubelet says of it, or not carried out at all. */
export interface ProbeAnswer {
  readonly kind: "good" | "bad" | "errored";
  readonly output: string;
}

export interface Probed {
  readonly container: Container;
  readonly application: Application;
  readonly podIP: string;
  /** What listens on a port of the pod. */
  listener(port: number): Application | undefined;
}

const good: ProbeAnswer = { kind: "good", output: "" };

/** Asks as the kubelet does, and answers in its words (kubernetes/pkg/probe). */
export function probeAnswer(probe: Probe, probed: Probed): ProbeAnswer {
  if (probe.exec !== undefined) return execAnswer(probe, probed);
  const source = probe.httpGet ?? objectAt(probe, probe.tcpSocket === undefined ? "grpc" : "tcpSocket");
  const port = portNumber(source.port, probed.container);
  if (port === undefined) return { kind: "errored", output: `port ${String(source.port)} not found` };
  const address = `${String(source.host ?? probed.podIP)}:${port}`;
  const listener = probed.listener(port);
  const refused = `dial tcp ${address}: connect: connection refused`;
  if (probe.tcpSocket !== undefined) return listener === undefined ? bad(refused) : good;
  if (probe.httpGet !== undefined) return httpAnswer(probe, { address, listener, refused });
  const late = `timeout: failed to connect service "${address}" within ${probe.timeoutSeconds}s: context deadline exceeded`;
  return listener === undefined ? bad(late) : good;
}

/** What a runtime says of a program that an image does not have. */
export function noSuchProgram(program: string): string {
  const why = program.includes("/")
    ? `stat ${program}: no such file or directory`
    : "executable file not found in $PATH";
  return `unable to start container process: exec: "${program}": ${why}: unknown`;
}

function httpAnswer(
  { httpGet, timeoutSeconds }: Probe,
  { address, listener, refused }: { address: string; listener: Application | undefined; refused: string },
): ProbeAnswer {
  const path = String(httpGet?.path ?? "/");
  const get = `Get "${String(httpGet?.scheme ?? "HTTP").toLowerCase()}://${address}${path}"`;
  if (listener === undefined) return bad(`${get}: ${refused}`);
  const { status, latencyMs } = listener.answer({ path: path.split("?")[0] ?? "/", isTraffic: false });
  if (latencyMs >= timeoutSeconds * 1_000) {
    return bad(`${get}: context deadline exceeded (Client.Timeout exceeded while awaiting headers)`);
  }
  return status >= 200 && status < 400 ? good : bad(`HTTP probe failed with statuscode: ${status}`);
}

function execAnswer(probe: Probe, { application }: Probed): ProbeAnswer {
  const list: Json | undefined = objectAt(probe, "exec").command;
  const command = isList(list) ? list.map(String) : [];
  const result = application.run(command);
  if (result !== undefined) return result.exitCode === 0 ? good : bad(result.output);
  const failure = `OCI runtime exec failed: exec failed: ${noSuchProgram(command[0] ?? "")}`;
  return { kind: "errored", output: `rpc error: code = Unknown desc = failed to exec in container: ${failure}` };
}

function portNumber(port: Json | undefined, { ports }: Container): number | undefined {
  const named = ports?.find(({ name }) => name === port)?.containerPort;
  return named ?? (/^\d+$/.test(String(port)) ? Number(port) : undefined);
}

function bad(output: string): ProbeAnswer {
  return { kind: "bad", output };
}
