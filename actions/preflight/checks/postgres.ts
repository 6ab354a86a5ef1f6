import { askPostgres, type PostgresAnswer, type Replication } from "@cutover/postgres";
import { formatDuration } from "@cutover/release";
import { type Check, type Finding, fail, pass, skip, together, type World } from "../check.ts";
import type { PostgresServer } from "../dependency.ts";
import { askedInPod } from "../in-pod.ts";
import { textOfFile } from "../named-file.ts";
import { postgresQuestion } from "../pod-questions.ts";
import { asked, nameOf } from "../server-asked.ts";

const nothing = "No `postgres` is given";

/** A database that only takes connections may still refuse the login, and one that answers may have standbys far behind. */
export const postgres: Check = {
  id: "postgres",
  title: "PostgreSQL answers a query",
  run: async (world) => {
    const { postgres: given } = world.inputs;
    if (given === undefined) return skip(nothing);
    return together(
      await Promise.all(
        given.map((server) =>
          "variable" in server ? askedInPod(postgresQuestion(server), world) : found(server, world),
        ),
      ),
      nothing,
    );
  },
};

async function found(server: PostgresServer, world: World): Promise<Finding> {
  const { sslrootcert, maxLag } = server;
  const isFile = sslrootcert !== undefined && sslrootcert !== "system";
  const authorities = isFile ? await textOfFile({ path: sslrootcert, what: "file of certificates" }, world) : undefined;
  return await asked(server, world, {
    talk: (connect) => askPostgres(server, { connect, authorities, replication: maxLag !== undefined }),
    judge: (answer, took) => judged(answer, server, took),
  });
}

function judged({ version, replication }: PostgresAnswer, server: PostgresServer, took: string): Finding {
  const name = `${nameOf(server)}/${server.database}`;
  const { maxLag } = server;
  const good = `${name} answers SELECT 1 in ${took}, PostgreSQL ${version}`;
  if (replication === undefined || maxLag === undefined) return pass(good);
  const { role, standbys } = replication;
  if (standbys.length === 0)
    return fail(
      `${name} is a ${role} that no standby follows`,
      "SELECT * FROM pg_stat_replication; and look at the standbys.",
    );
  const findings = standbys.map((standby) => lagging(standby, { name, role, maxLag }));
  const bad = findings.filter((one) => one !== undefined);
  if (bad.length > 0) return together(bad, "");
  return pass(
    `${good}; ${role === "primary" ? toldOf(standbys.length) : "it is"} no more than ${formatDuration(maxLag)} behind`,
  );
}

function toldOf(count: number): string {
  return count === 1 ? "its standby is" : `all ${count} standbys are`;
}

type Judge = { readonly name: string; readonly role: Replication["role"]; readonly maxLag: number };

function lagging(
  { name: who, lag }: Replication["standbys"][number],
  { name, role, maxLag }: Judge,
): Finding | undefined {
  const subject = role === "primary" ? `Standby "${who}" of ${name}` : `Standby ${name}`;
  if (lag === undefined)
    return fail(
      `${subject} does not tell how far it is behind`,
      "Give the user the role pg_monitor, and see that the standby streams.",
    );
  if (lag <= maxLag) return undefined;
  const remedy = "Wait until it has caught up, or find out what holds it: a long query, a full disk, the network.";
  return fail(
    `${subject} is ${formatDuration(lag)} behind, and no more than ${formatDuration(maxLag)} are allowed`,
    remedy,
  );
}
