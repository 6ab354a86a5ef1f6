import { askRedis, type RedisAnswer } from "@cutover/redis";
import { type Check, type Finding, fail, pass, skip, together, type World } from "../check.ts";
import type { RedisServer } from "../dependency.ts";
import { askedInPod } from "../in-pod.ts";
import { textOfFile } from "../named-file.ts";
import { redisQuestion } from "../pod-questions.ts";
import { asked, nameOf } from "../server-asked.ts";

const nothing = "No `redis` is given";

/** A cache or a queue that is down, or that has lost its master, fails users whatever the release does. */
export const redis: Check = {
  id: "redis",
  title: "Redis answers",
  run: async (world) => {
    const { redis: given } = world.inputs;
    if (given === undefined) return skip(nothing);
    return together(
      await Promise.all(
        given.map((server) => ("variable" in server ? askedInPod(redisQuestion(server), world) : found(server, world))),
      ),
      nothing,
    );
  },
};

async function found(server: RedisServer, world: World): Promise<Finding> {
  const authorities =
    server.ca === undefined ? undefined : await textOfFile({ path: server.ca, what: "file of certificates" }, world);
  const replication = server.role !== undefined;
  return await asked(server, world, {
    talk: (connect) => askRedis(server, { connect, authorities, replication }),
    judge: (answer, took) => judged(answer, server) ?? pass(`${nameOf(server)} answers PING in ${took}${as(server)}`),
  });
}

/** Redis still says `slave` for what its documentation calls a replica. */
function judged({ role, link }: RedisAnswer, server: RedisServer): Finding | undefined {
  const name = nameOf(server);
  const is = role === "slave" ? "replica" : role;
  if (server.role === undefined) return undefined;
  if (is !== server.role)
    return fail(
      `${name} is a ${is ?? "server of no known role"}, not a ${server.role}`,
      "Look who failed over, and when.",
    );
  if (is !== "replica" || link === "up") return undefined;
  const remedy = `redis-cli -h ${server.host} -p ${server.port} INFO replication, and look at its master.`;
  return fail(`${name} is a replica whose link to its master is ${link ?? "unknown"}`, remedy);
}

function as({ role }: RedisServer): string {
  if (role === undefined) return "";
  return role === "master" ? ", as a master" : ", as a replica whose link is up";
}
