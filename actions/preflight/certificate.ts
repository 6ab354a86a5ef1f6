import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { formatDuration } from "@cutover/release";
import { type Finding, fail, pass, warn } from "./check.ts";

/** What a server shows to whoever asks for one of its hosts. */
export interface ShownChain {
  /** For messages: `Secret shop-tls of Ingress shop`. */
  readonly what: string;
  /** The server's own first, then who issued each. */
  readonly chain: readonly X509Certificate[];
  /** Names that users know it by, perhaps `*.shop.example`; addresses too. */
  readonly hosts: readonly string[];
}

/** When certificates are looked at, and how long they must still be good; milliseconds. */
export interface Moment {
  readonly now: number;
  readonly least: number;
}

/** The certificates in a PEM text; `undefined` where one of them cannot be read, or there is none. */
export function readChain(pem: string): readonly X509Certificate[] | undefined {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  try {
    const chain = blocks.map((block) => new X509Certificate(block));
    return chain.length === 0 ? undefined : chain;
  } catch {
    return undefined;
  }
}

/** Whether clients will believe it now and for a while: its names, its time, and the order of those who vouch for it. */
export function judgedChain({ what, chain, hosts }: ShownChain, { now, least }: Moment): Finding {
  const [own] = chain;
  if (own === undefined) return fail(`${what} has no certificate`, "Put one there.");
  const strange = hosts.filter((host) => !isFor(own, host));
  if (strange.length > 0)
    return fail(
      `${what} has a certificate for ${namesOf(own)}, and not for ${strange.join(", ")}`,
      `Issue it for ${hosts.join(", ")}.`,
    );
  const start = Math.max(...chain.map(({ validFromDate }) => validFromDate.getTime()));
  if (start > now) return fail(`The certificate of ${what} is not good before ${dateOf(start)}`, "Look at its issuer.");
  const end = Math.min(...chain.map(({ validToDate }) => validToDate.getTime()));
  const renewal = "Renew it; where cert-manager does: kubectl get certificate,certificaterequest";
  if (end <= now) return fail(`The certificate of ${what} ended at ${dateOf(end)}`, renewal);
  const left = formatDuration(end - now);
  if (end - now < least)
    return warn(
      `The certificate of ${what} ends in ${left}, at ${dateOf(end)}, and should be good for ${formatDuration(least)}`,
      renewal,
    );
  const isInOrder = chain.every((one, index) => {
    const issuer = chain[index + 1];
    return issuer === undefined || one.checkIssued(issuer);
  });
  if (!isInOrder)
    return warn(
      `The certificates of ${what} are not each followed by who issued it, and many clients refuse that`,
      "Put the server's own certificate first, then its issuer's, and so on.",
    );
  return pass(`The certificate of ${what} is good for ${left}`);
}

/** A wildcard is for itself, as an Ingress names it, and for the hosts within it. */
function isFor(own: X509Certificate, host: string): boolean {
  return (isIP(host) === 0 ? own.checkHost(host.replace(/^\*\./, "any.")) : own.checkIP(host)) !== undefined;
}

/** Others may have written anything into it: names and addresses alone are told. */
function namesOf({ subjectAltName = "" }: X509Certificate): string {
  const names = [...subjectAltName.matchAll(/(?:DNS|IP Address):([\w.*:-]+)/g)].map(([, name]) => name);
  return names.slice(0, 5).join(", ") || "no name at all";
}

function dateOf(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
}
