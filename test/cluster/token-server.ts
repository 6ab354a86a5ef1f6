import { createPrivateKey, randomUUID, sign, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { testCertificates } from "../doubles/certificates.ts";

/** Who gives away the tokens that a registry believes, as that registry's configuration names it. */
export interface TokenServer extends AsyncDisposable {
  readonly realm: string;
  readonly issuer: string;
  readonly service: string;
  /** PEM of who has issued the certificate of the signing key. */
  readonly authority: string;
}

/** Gives whoever has this password the right to pull what they ask for, and everybody else a token that allows nothing. */
export async function openTokenServer(user: { name: string; password: string }): Promise<TokenServer> {
  const names = { issuer: "cutover-tokens", service: "guarded" };
  const login = `Basic ${Buffer.from(`${user.name}:${user.password}`).toString("base64")}`;
  const server = createServer((request, response) => {
    // containerd tries OAuth 2 first, and then the way that every registry has.
    if (request.method !== "GET") return response.writeHead(405).end();
    const { searchParams } = new URL(request.url ?? "", "http://127.0.0.1");
    const { authorization } = request.headers;
    if (authorization !== undefined && authorization !== login) return response.writeHead(401).end();
    const [, name] = /^repository:([^:]+):/.exec(searchParams.get("scope") ?? "") ?? [];
    const isGranted = authorization === login && name !== undefined;
    const access = isGranted ? [{ type: "repository", name, actions: ["pull"] }] : [];
    return response.end(JSON.stringify({ token: signed({ ...names, access }) }));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    ...names,
    realm: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/token`,
    authority: testCertificates.authority,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A JSON Web Token as the distribution project's registry wants it: with the certificate of its key. */
function signed({ issuer, service, access }: { issuer: string; service: string; access: readonly object[] }): string {
  const { raw } = new X509Certificate(testCertificates.serverCertificate);
  const now = Math.floor(Date.now() / 1_000);
  const times = { exp: now + 300, nbf: now - 10, iat: now };
  const claims = { iss: issuer, sub: "bot", aud: service, ...times, jti: randomUUID(), access };
  const parts = [{ typ: "JWT", alg: "ES256", x5c: [raw.toString("base64")] }, claims];
  const text = parts.map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  const key = createPrivateKey(testCertificates.serverKey);
  return `${text}.${sign("sha256", Buffer.from(text), { key, dsaEncoding: "ieee-p1363" }).toString("base64url")}`;
}
