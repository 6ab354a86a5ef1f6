import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createWeb } from "@cutover/action-kit";

const mediaTypes = {
  image: "application/vnd.oci.image.manifest.v1+json",
  index: "application/vnd.oci.image.index.v1+json",
  config: "application/vnd.oci.image.config.v1+json",
} as const;

export interface SmallRegistryOptions {
  /** How whoever reads must say who they are; `none` if not given. */
  readonly auth?: "none" | "basic" | "bearer";
  /** Passwords by name. Whoever is not here may read nothing. */
  readonly users?: Readonly<Record<string, string>>;
  /** Answers instead, with this status and these headers. */
  readonly failing?: { readonly status: number; readonly headers?: Readonly<Record<string, string>> };
  /** How the token server answers or is named instead. */
  readonly token?: { readonly status?: number; readonly realm?: string };
  /** Whether blobs are kept elsewhere, by a store that refuses requests with credentials, as S3 does. */
  readonly hasStore?: boolean;
  /** Whether a manifest comes with a byte too many. */
  readonly isDamaged?: boolean;
}

export interface Pushed {
  readonly name: string;
  readonly tag?: string;
  /** `linux/amd64`; several make an index, with an attestation in it, as BuildKit does. */
  readonly platforms?: readonly string[];
  /** The configuration's media type, where it is no image. */
  readonly configType?: string;
}

/** A registry on 127.0.0.1 that is as strict as the OCI distribution-spec lets it be. */
export interface SmallRegistry extends AsyncDisposable {
  /** `127.0.0.1:port`, as images name it. */
  readonly host: string;
  /** Every request so far: method, path and the scheme of its credentials. */
  readonly requests: readonly string[];
  /** Keeps an image and returns its digest. */
  push(image: Pushed): string;
}

interface Stored {
  readonly type: string;
  readonly content: string;
}

/** The way to it, as actions go there. */
export const web = createWeb({});

/** Starts it. */
export async function openRegistry(options: SmallRegistryOptions = {}): Promise<SmallRegistry> {
  const [manifests, blobs] = [new Map<string, Stored>(), new Map<string, Stored>()];
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const [scheme = "-"] = (request.headers.authorization ?? "-").split(" ", 1);
    requests.push(`${request.method} ${request.url} ${scheme}`);
    answer({ manifests, blobs, options }, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  assert.ok(typeof address === "object" && address !== null);
  const keep = (place: Map<string, Stored>, name: string, stored: Stored): string => {
    const digest = `sha256:${createHash("sha256").update(stored.content).digest("hex")}`;
    place.set(`${name} ${digest}`, stored);
    return digest;
  };
  return {
    host: `127.0.0.1:${address.port}`,
    requests,
    push({ name, tag, platforms = ["linux/amd64"], configType = mediaTypes.config }) {
      const [only = "", ...more] = platforms;
      const [os, architecture] = only.split("/");
      const config = keep(blobs, name, { type: configType, content: JSON.stringify({ os, architecture, name, tag }) });
      const stored = more.length > 0 ? indexOf(platforms) : imageOf({ mediaType: configType, digest: config, size: 2 });
      const digest = keep(manifests, name, stored);
      if (tag !== undefined) manifests.set(`${name} ${tag}`, stored);
      return digest;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function imageOf(config: object): Stored {
  const { image: type } = mediaTypes;
  return { type, content: JSON.stringify({ schemaVersion: 2, mediaType: type, config, layers: [] }) };
}

function indexOf(platforms: readonly string[]): Stored {
  const { index: type, image } = mediaTypes;
  const entries = [...platforms, "unknown/unknown"].map((platform) => {
    const [os, architecture] = platform.split("/");
    const digest = `sha256:${createHash("sha256").update(platform).digest("hex")}`;
    return { mediaType: image, digest, size: 2, platform: { os, architecture } };
  });
  return { type, content: JSON.stringify({ schemaVersion: 2, mediaType: type, manifests: entries }) };
}

interface Shelf {
  readonly manifests: ReadonlyMap<string, Stored>;
  readonly blobs: ReadonlyMap<string, Stored>;
  readonly options: SmallRegistryOptions;
}

function answer(shelf: Shelf, request: IncomingMessage, response: ServerResponse): ServerResponse {
  const { options, manifests, blobs } = shelf;
  const url = new URL(request.url ?? "", `http://${request.headers.host}`);
  if (url.pathname === "/token") return giveToken(options, { request, url }, response);
  const isStore = url.pathname.startsWith("/store/");
  const [, name = "", kind = "", reference = ""] =
    /^\/(?:v2|store)\/(.+)\/(manifests|blobs)\/([^/]+)$/.exec(url.pathname) ?? [];
  if (isStore && request.headers.authorization !== undefined) return refuse(response, 400, "INVALID_ARGUMENT");
  if (options.failing !== undefined) return response.writeHead(options.failing.status, options.failing.headers).end();
  if (!isStore && !isKnown(options, request, name)) {
    const realm = options.token?.realm ?? `http://${request.headers.host}/token`;
    const challenge =
      options.auth === "basic"
        ? 'Basic realm="small"'
        : `Bearer realm="${realm}",service="small",scope="repository:${name}:pull"`;
    return refuse(response.setHeader("www-authenticate", challenge), 401, "UNAUTHORIZED");
  }
  const stored = (kind === "blobs" ? blobs : manifests).get(`${name} ${reference}`);
  if (stored === undefined) return refuse(response, 404, kind === "blobs" ? "BLOB_UNKNOWN" : "MANIFEST_UNKNOWN");
  if (kind === "blobs" && options.hasStore === true && !isStore)
    return response.writeHead(307, { location: url.pathname.replace("/v2/", "/store/") }).end();
  const { accept = "" } = request.headers;
  // As the distribution project does: a type that was not asked for is not there.
  if (kind === "manifests" && !accept.includes(stored.type)) return refuse(response, 404, "MANIFEST_UNKNOWN");
  response.setHeader("content-type", stored.type);
  return response.end(options.isDamaged === true && kind === "manifests" ? `${stored.content} ` : stored.content);
}

function isKnown({ auth = "none", users = {} }: SmallRegistryOptions, request: IncomingMessage, name: string): boolean {
  const { authorization = "" } = request.headers;
  if (auth === "none") return true;
  if (auth === "bearer") return authorization === `Bearer token-for-${name}`;
  return Object.entries(users).some(([user, password]) => authorization === basic(user, password));
}

/** @param asked who wants a token, and for what */
function giveToken(
  { users = {}, token }: SmallRegistryOptions,
  { request, url }: { request: IncomingMessage; url: URL },
  response: ServerResponse,
): ServerResponse {
  const { authorization } = request.headers;
  const isUser = Object.entries(users).some(([user, password]) => authorization === basic(user, password));
  if (token?.status !== undefined) return response.writeHead(token.status).end();
  const [, name = ""] = /^repository:(.+):pull$/.exec(url.searchParams.get("scope") ?? "") ?? [];
  if (url.searchParams.get("service") !== "small" || name === "") return refuse(response, 400, "UNSUPPORTED");
  if (authorization !== undefined && !isUser) return refuse(response, 401, "UNAUTHORIZED");
  // Whoever is nobody gets a token too, which lets them read what is for everybody.
  return response.end(JSON.stringify({ token: isUser ? `token-for-${name}` : "token-for-nobody", expires_in: 60 }));
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}

function refuse(response: ServerResponse, status: number, code: string): ServerResponse {
  response.writeHead(status, { "content-type": "application/json" });
  return response.end(JSON.stringify({ errors: [{ code, message: "no" }] }));
}
