import type { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { isIP } from "node:net";
import { connect as startTls } from "node:tls";
import type { Connect } from "@cutover/action-kit";
import { proxyFor, type Resource } from "@cutover/kubernetes";
import { isCutoverError } from "@cutover/release";
import * as z from "zod";
import { judgedChain, type Moment } from "../certificate.ts";
import { type Check, type Finding, together, type World, warn } from "../check.ts";
import { gatewaysTo } from "../gateways.ts";
import { ingressesTo } from "../ingresses.ts";
import { judgedSecret, type TlsSecret } from "../tls-secret.ts";

const routing = z.looseObject({
  tls: z.array(z.looseObject({ hosts: z.array(z.string()).nullish(), secretName: z.string().optional() })).nullish(),
  rules: z.array(z.looseObject({ host: z.string().optional() })).nullish(),
});

/** Milliseconds in which a server shows its certificate. */
const timeout = 5_000;

/** A certificate that ends is the outage that everybody could have known of. */
export const certificates: Check = {
  id: "certificates",
  title: "The certificates are for the hosts, and good for a while",
  run: async (world) => {
    const { inputs, runner } = world;
    const moment = { now: runner.clock.date().getTime(), least: inputs.certificateValidity };
    const [ingresses, gateways] = await Promise.all([ingressesTo(world), gatewaysTo(world)]);
    const own = [...ingresses.flatMap(kept), ...gateways.secrets];
    const urls = (inputs.endpoints ?? [])
      // What only pods reach shows this runner nothing.
      .filter(({ via }) => via === undefined)
      .map(({ url }) => new URL(url))
      .filter(({ protocol }) => protocol === "https:");
    const servers = [...new Map(urls.map((url) => [url.host, url])).values()];
    const found = await Promise.all([
      ...own.map((one) => judgedSecret(one, moment, world)),
      ...gateways.findings,
      ...servers.map((url) => served(url, moment, world)),
    ]);
    return together(
      found,
      "No Ingress or Gateway with TLS leads to the service, and no `endpoints` are asked by https",
    );
  },
};

function kept({ metadata: { name, namespace }, spec }: Resource): readonly TlsSecret[] {
  const { tls, rules } = routing.parse(spec ?? {});
  const all = (rules ?? []).flatMap(({ host }) => host ?? []);
  return (tls ?? []).flatMap(({ secretName, hosts }) =>
    // Without a Secret it is the controller's own certificate, which nobody but it knows.
    secretName === undefined ? [] : [{ of: `Ingress ${name}`, name: secretName, namespace, hosts: hosts ?? all }],
  );
}

async function served(url: URL, moment: Moment, { runner, signal }: World): Promise<Finding> {
  const { hostname, port, host } = url;
  const name = hostname.replace(/^\[|\]$/g, "");
  try {
    const proxy = proxyFor(url, undefined, runner.env);
    const peer = { host: name, port: Number(port || 443), timeout, signal, proxy };
    const { answer: chain } = await runner.sockets.talk(peer, (connect) => shown(connect, name));
    return judgedChain({ what: host, chain, hosts: [name] }, moment);
  } catch (error) {
    // Whether it answers is another check's to tell.
    const why = isCutoverError(error) ? error.message : `${host} speaks no TLS${codeOf(error)}`;
    return warn(`The certificate of ${host} cannot be seen: ${why}`, `openssl s_client -connect ${host}`);
  }
}

/** Whatever it is, it is only looked at: nothing is said to who shows it. */
async function shown(connect: Connect, name: string): Promise<readonly X509Certificate[]> {
  const socket = startTls({
    socket: await connect(),
    rejectUnauthorized: false,
    ...(isIP(name) === 0 && { servername: name }),
  });
  await once(socket, "secureConnect");
  const chain: X509Certificate[] = [];
  for (let one = socket.getPeerX509Certificate(); one !== undefined; one = one.issuerCertificate) {
    if (chain.some(({ fingerprint256 }) => fingerprint256 === one?.fingerprint256)) break;
    chain.push(one);
  }
  return chain;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? ` (${error.code})` : "";
}
