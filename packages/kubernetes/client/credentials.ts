import { readFile } from "node:fs/promises";
import { type Clock, CutoverError } from "@cutover/release";
import type { Certificate, User } from "./access.ts";

/** What one request shows to say who it comes from. */
export interface Credential {
  headers: Readonly<Record<string, string | string[]>>;
  certificate: Certificate | undefined;
}

export interface Credentials {
  /** The credential for the next request. */
  current(): Promise<Credential>;
  /** Called when the server did not accept `rejected` (401). Whether `current` will now give another one. */
  renew(rejected: Credential): Promise<boolean>;
}

/** A credential that some source gave, and until when it may be used. */
export interface Granted {
  token: string | undefined;
  certificate: Certificate | undefined;
  /** Epoch milliseconds; none means until it is refused. */
  expires: number | undefined;
}

export interface CredentialsOptions {
  clock: Clock;
  /** Runs the exec plugin; given only if the user has one. */
  plugin?: (() => Promise<Granted>) | undefined;
  onSecret?: ((value: string) => void) | undefined;
}

/** How long a token file is believed: projected tokens are replaced while they are still good. */
const tokenFileAge = 60_000;

/** Credentials of a kubeconfig's user; those from plugins and files are kept until they expire and fetched once however many ask. */
export function createCredentials(user: User, options: CredentialsOptions): Credentials {
  const source = sourceOf(user, options);
  if (source === undefined) {
    const fixed = credentialOf({ token: user.token, certificate: undefined, expires: undefined }, user);
    return { current: async () => fixed, renew: async () => false };
  }
  let granted: { credential: Credential; expires: number | undefined } | undefined;
  let pending: Promise<Credential> | undefined;
  const fetch = async (): Promise<Credential> => {
    const fresh = await source();
    for (const secret of [fresh.token, fresh.certificate?.key]) if (secret) options.onSecret?.(secret);
    granted = { credential: credentialOf(fresh, user), expires: fresh.expires };
    return granted.credential;
  };
  const current = async (): Promise<Credential> => {
    const { clock } = options;
    const isGood = granted !== undefined && (granted.expires === undefined || clock.date().getTime() < granted.expires);
    if (granted !== undefined && isGood) return granted.credential;
    pending ??= fetch().finally(() => {
      pending = undefined;
    });
    return pending;
  };
  const renew = async (rejected: Credential): Promise<boolean> => {
    if (granted?.credential === rejected) granted = undefined;
    const next = await current();
    return !isSame(next, rejected);
  };
  return { current, renew };
}

function sourceOf(user: User, { plugin, clock }: CredentialsOptions): (() => Promise<Granted>) | undefined {
  const { tokenFile } = user;
  if (tokenFile !== undefined) return () => readTokenFile(tokenFile, clock);
  return plugin;
}

async function readTokenFile(file: string, clock: Clock): Promise<Granted> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new CutoverError("unauthorized", `Cannot read the token file ${file}`, {
      hint: "Mend `tokenFile` in the kubeconfig.",
      cause,
    });
  });
  return { token: text.trim(), certificate: undefined, expires: clock.date().getTime() + tokenFileAge };
}

function credentialOf(granted: Granted, user: User): Credential {
  const headers: Record<string, string> = {};
  if (granted.token !== undefined) headers.authorization = `Bearer ${granted.token}`;
  else if (user.basic !== undefined) {
    headers.authorization = `Basic ${Buffer.from(`${user.basic.username}:${user.basic.password}`).toString("base64")}`;
  }
  return { headers: { ...headers, ...impersonation(user) }, certificate: granted.certificate ?? user.certificate };
}

function impersonation({ impersonate }: User): Record<string, string | string[]> {
  if (impersonate === undefined) return {};
  const { user, uid, groups } = impersonate;
  return {
    "impersonate-user": user,
    ...(uid === undefined ? {} : { "impersonate-uid": uid }),
    ...(groups.length === 0 ? {} : { "impersonate-group": [...groups] }),
  };
}

function isSame(one: Credential, other: Credential): boolean {
  return one.headers.authorization === other.headers.authorization && one.certificate?.cert === other.certificate?.cert;
}
