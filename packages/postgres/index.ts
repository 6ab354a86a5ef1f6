export { askPostgres, type PostgresAnswer } from "./ask-postgres.ts";
export { type PostgresTarget, readPostgresUrl } from "./postgres-target.ts";
export type { Replication } from "./replication.ts";
