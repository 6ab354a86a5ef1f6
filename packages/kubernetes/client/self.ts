import { X509Certificate } from "node:crypto";
import { type Clock, isCutoverError } from "@cutover/release";
import * as z from "zod";
import type { User } from "./access.ts";
import type { Caller } from "./caller.ts";
import type { ReadOptions } from "./client.ts";
import type { Credential, Credentials } from "./credentials.ts";

/** Who the API server takes these credentials for, and how long they are good. */
export interface Self {
  /** Such as `system:serviceaccount:ci:cutover`; `undefined` where the server does not say. */
  readonly user: string | undefined;
  /** Epoch milliseconds; `undefined` where the credentials name no end. */
  readonly expires: number | undefined;
  /** Whether a file or a plugin gives new ones when these end. */
  readonly isRenewed: boolean;
}

const reviewSchema = z.object({ status: z.object({ userInfo: z.object({ username: z.string() }) }) });
const claims = z.looseObject({ exp: z.number().optional() });

/** Asks the server who one is, and reads the credentials' own end. @throws what requests throw */
export async function self(
  caller: Caller,
  { credentials, user, clock }: { credentials: Credentials; user: User; clock: Clock },
  { signal }: ReadOptions = {},
): Promise<Self> {
  const expires = endOf(await credentials.current());
  const name = await userName(caller, signal).catch((error: unknown) => {
    // Why a server knows nobody with credentials that have ended needs no guess.
    if (isCutoverError(error, "unauthorized") && (expires ?? Infinity) <= clock.date().getTime()) return undefined;
    throw error;
  });
  const isRenewed = user.tokenFile !== undefined || (user.exec !== undefined && user.token === undefined);
  return { user: name, expires, isRenewed };
}

/** The earlier end of token and certificate, in epoch milliseconds. */
export function endOf({ headers: { authorization = "" }, certificate }: Credential): number | undefined {
  const token = /^Bearer [\w-]+\.([\w-]+)\.[\w-]*$/.exec(String(authorization))?.[1];
  const ends = [
    token === undefined ? undefined : tokenEnd(token),
    certificate === undefined ? undefined : certificateEnd(certificate.cert),
  ].filter((end) => end !== undefined);
  return ends.length === 0 ? undefined : Math.min(...ends);
}

/** A server before 1.28 does not say, nor one that lets nobody ask. */
async function userName(caller: Caller, signal: AbortSignal | undefined): Promise<string | undefined> {
  const kind = "SelfSubjectReview";
  try {
    const { json } = await caller.call({
      method: "POST",
      path: "/apis/authentication.k8s.io/v1/selfsubjectreviews",
      contentType: "application/json",
      body: JSON.stringify({ apiVersion: "authentication.k8s.io/v1", kind, metadata: {} }),
      verb: "create",
      subject: `${kind} (who these credentials are)`,
      repeatable: true,
      signal,
    });
    return reviewSchema.safeParse(json).data?.status.userInfo.username;
  } catch (error) {
    if (isCutoverError(error, "forbidden", "not-found")) return undefined;
    throw error;
  }
}

function tokenEnd(payload: string): number | undefined {
  try {
    const parsed = claims.safeParse(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")));
    const seconds = parsed.data?.exp;
    return seconds === undefined ? undefined : seconds * 1_000;
  } catch {
    // Not every token with two dots is a JSON Web Token.
    return undefined;
  }
}

function certificateEnd(pem: string): number | undefined {
  try {
    return new X509Certificate(pem).validToDate.getTime();
  } catch {
    return undefined;
  }
}
