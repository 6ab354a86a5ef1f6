import type { Sql } from "postgres";

/** Who follows whom, and how far behind. */
export interface Replication {
  readonly role: "primary" | "standby";
  /** The standbys that a primary knows; a standby knows itself. */
  readonly standbys: readonly Standby[];
}

export interface Standby {
  readonly name: string;
  /** Milliseconds; `undefined` where there is no telling, or the user may not know. */
  readonly lag: number | undefined;
}

/**
 * What is behind is looked at twice: it may just have been about to catch up. Who stopped answering falls behind by the time since
 * its last word, since a lag that it would have to tell stays what it was.
 */
export async function readReplication(sql: Sql): Promise<Replication> {
  const [row] = await sql`select pg_is_in_recovery() as standby`.simple();
  const read = row?.standby === true ? ofStandby : ofPrimary;
  const first = await read(sql);
  if (first.standbys.every(({ lag }) => lag === 0)) return first;
  await sql`select pg_sleep(0.2)`.simple();
  return await read(sql);
}

/** Nothing to replay is no lag only while somebody sends: https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-RECOVERY-INFO-TABLE */
async function ofStandby(sql: Sql): Promise<Replication> {
  const rows = await sql`
    select case
      when exists (select from pg_stat_wal_receiver) and pg_last_wal_receive_lsn() <= pg_last_wal_replay_lsn() then 0
      else extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()) end::float8 as seconds`.simple();
  return { role: "standby", standbys: rows.map(({ seconds }) => ({ name: "it", lag: milliseconds(seconds) })) };
}

/** Backups stream too and are no standbys. Without the role pg_monitor all but the name is NULL. */
async function ofPrimary(sql: Sql): Promise<Replication> {
  const rows = await sql`
    select application_name as name, case
      when replay_lsn >= pg_current_wal_flush_lsn() then 0
      else extract(epoch from greatest(replay_lag, clock_timestamp() - reply_time)) end::float8 as seconds
    from pg_stat_replication where state is null or state in ('streaming', 'catchup') order by application_name`.simple();
  const standbys = rows.map(({ name, seconds }) => ({ name: String(name), lag: milliseconds(seconds) }));
  return { role: "primary", standbys };
}

/** A clock that is ahead makes no lag. */
function milliseconds(seconds: unknown): number | undefined {
  return typeof seconds === "number" ? Math.max(0, Math.round(seconds * 1_000)) : undefined;
}
