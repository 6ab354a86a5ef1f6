import type { Connect } from "@cutover/action-kit";
import { formatDuration, isCutoverError } from "@cutover/release";
import { type Finding, fail, type World } from "./check.ts";

interface Server {
  readonly host: string;
  readonly port: number;
  readonly within: number;
}

/** `db.internal:5432`, which is all of a server that is ever printed. */
export function nameOf({ host, port }: Server): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/**
 * What a server's answer comes to, judged by `judge`, which also hears how long it took. Who cannot be reached or refuses has
 * failed the check; only what is no matter of the server is an error.
 */
export async function asked<T>(
  server: Server,
  { runner, signal }: World,
  { talk, judge }: { talk(connect: Connect): Promise<T>; judge(answer: T, took: string): Finding },
): Promise<Finding> {
  const { host, port, within } = server;
  const name = nameOf(server);
  const remedy = `Look at ${name}, and whether this runner may connect to it; a release that depends on it would not become ready.`;
  try {
    const { answer, ms } = await runner.sockets.talk({ host, port, timeout: within, signal }, talk);
    return judge(answer, formatDuration(ms));
  } catch (error) {
    if (isCutoverError(error, "rejected")) return fail(error.message.replace(/^it /, `${name} `), error.hint ?? remedy);
    if (isCutoverError(error, "unreachable")) return fail(error.message, error.hint ?? remedy);
    throw error;
  }
}
