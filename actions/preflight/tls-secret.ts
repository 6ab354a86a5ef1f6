import { createPrivateKey, type X509Certificate } from "node:crypto";
import * as z from "zod";
import { judgedChain, type Moment, readChain } from "./certificate.ts";
import { type Finding, fail, skip, type World } from "./check.ts";

/** A Secret that something shows a certificate from, to whoever asks for these hosts. */
export interface TlsSecret {
  /** Who shows it: `Ingress web`. */
  readonly of: string;
  readonly name: string;
  /** The release's own if not given. */
  readonly namespace: string | undefined;
  readonly hosts: readonly string[];
}

const secret = z.looseObject({ data: z.record(z.string(), z.string()).nullish() });

/** Whether it is there, and clients will believe what it holds. */
export async function judgedSecret(one: TlsSecret, moment: Moment, world: World): Promise<Finding> {
  const { of, name, hosts } = one;
  const isElsewhere = one.namespace !== undefined && one.namespace !== world.namespace;
  const what = `Secret ${name}${isElsewhere ? ` in namespace ${one.namespace}` : ""} of ${of}`;
  const found = isElsewhere
    ? await world.facts.live({ apiVersion: "v1", kind: "Secret", namespace: one.namespace, name })
    : await world.facts.object("Secret", name);
  if (found === "hidden") return skip(`${what} may not be read`);
  const remedy = `kubectl create secret tls ${name} --cert=… --key=…`;
  if (found === undefined)
    return fail(
      `${what} does not exist, so that its controller shows a certificate that nobody believes`,
      `Look at who makes it: kubectl get certificate,certificaterequest; or ${remedy}`,
    );
  const { data } = secret.parse(found);
  const chain = readChain(textOf(data?.["tls.crt"]));
  if (chain === undefined) return fail(`${what} holds no certificate in tls.crt that can be read`, remedy);
  if (!isKeyOf(chain, textOf(data?.["tls.key"])))
    return fail(`The key in ${what} is not that of its certificate`, remedy);
  return judgedChain({ what, chain, hosts }, moment);
}

function isKeyOf([own]: readonly X509Certificate[], pem: string): boolean {
  try {
    return own?.checkPrivateKey(createPrivateKey(pem)) === true;
  } catch {
    return false;
  }
}

function textOf(base64 = ""): string {
  return Buffer.from(base64, "base64").toString("utf8");
}
