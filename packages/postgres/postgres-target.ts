/** libpq's names, in its order of strictness. */
const modes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"] as const;

/** A PostgreSQL server, and who asks it. */
export interface PostgresTarget {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly sslmode: (typeof modes)[number];
  /** Path of a file of certificates in PEM. */
  readonly sslrootcert: string | undefined;
}

/**
 * A connection URI as libpq has it, `postgresql://user:password@host:5432/database?sslmode=verify-full&sslrootcert=ca.pem`, of one
 * host; other parameters do not matter here. A sentence instead, without anything secret, on what is wrong with it.
 * https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS
 */
export function readPostgresUrl(text: string): PostgresTarget | string {
  const url = URL.parse(text);
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol) || url.hostname === "" || url.hostname.includes(","))
    return "expected a URI such as postgresql://user:password@host:5432/database";
  const { sslrootcert, ...given } = Object.fromEntries(url.searchParams);
  // The roots of the system have signed for anybody: then the name must be right too.
  const { sslmode = sslrootcert === "system" ? "verify-full" : "prefer" } = given;
  const mode = modes.find((one) => one === sslmode);
  if (mode === undefined) return `expected an sslmode of ${modes.join(", ")}`;
  try {
    const user = decodeURIComponent(url.username) || given.user;
    if (user === undefined) return "expected a user in the URI";
    return {
      host: url.hostname.replace(/^\[|\]$/g, ""),
      port: Number(url.port || 5432),
      user,
      password: decodeURIComponent(url.password) || given.password || "",
      database: decodeURIComponent(url.pathname.slice(1)) || given.dbname || user,
      sslmode: mode,
      sslrootcert,
    };
  } catch {
    return "expected a URI whose signs are encoded: % is %25";
  }
}
