import type { Web, WebAnswer } from "@cutover/release";
import { readChallenge } from "./challenge.ts";
import { type Asker, refusalOf } from "./refusals.ts";
import { basic, fetchToken, repositoryPath, type Way } from "./token.ts";

export interface RegistryOptions {
  readonly web: Web;
  /** Aborts when no request may go on. */
  readonly signal?: AbortSignal;
  /** Registries that are asked without encryption, `host:port`; this machine's own are anyhow. */
  readonly insecure?: readonly string[] | undefined;
  /** Called with every token that a registry gives. */
  readonly onSecret?: (value: string) => void;
}

/** What can be read where an image is, with one key or with none. */
export interface Repository {
  /** @throws `not-found`, `unauthorized`, `unavailable`, `unreachable`, and `refused` for a redirect */
  manifest(): Promise<WebAnswer>;
  /** The text of a blob, which registries keep elsewhere more often than not. @throws as `manifest` does */
  blob(digest: string): Promise<string>;
}

/** Where Docker's own registry answers; images have another name for it. */
const dockerHost = "registry-1.docker.io";

/** Milliseconds for one answer. */
const timeout = 10_000;

/** How often a blob may be somewhere else. */
const mostRedirects = 3;

const accepted = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

/** Opens it; nothing is asked yet. Credentials are shown when the registry asks for them, and to it and its realm alone. */
export function openRepository(asker: Asker, { web, signal, onSecret, insecure = [] }: RegistryOptions): Repository {
  const { reference, registry, key } = asker;
  const mayBePlain = isLoopback(`http://${registry}`) || insecure.includes(registry);
  const origin = `${mayBePlain ? "http" : "https"}://${registry === "docker.io" ? dockerHost : registry}`;
  const base = `${origin}/v2/${repositoryPath(reference)}`;
  const way: Way = {
    isSafe: (url) => url.startsWith("https:") || (mayBePlain && hostOf(url) === hostOf(origin)),
    ask: (url, headers) => web.ask({ url, headers, timeout, allowHttp: way.isSafe(url), ...(signal && { signal }) }),
  };
  let authorization: string | undefined;
  const tried = (path: string): Promise<WebAnswer> =>
    way.ask(base + path, { accept: accepted, ...(authorization !== undefined && { authorization }) });
  const get = async (path: string): Promise<WebAnswer> => {
    const answer = await tried(path);
    const { "www-authenticate": wanted = "" } = answer.headers;
    const challenge = answer.status === 401 ? readChallenge(wanted) : undefined;
    if (challenge?.scheme === "bearer") {
      const token = await fetchToken(challenge, asker, way);
      onSecret?.(token);
      authorization = `Bearer ${token}`;
    } else if (challenge !== undefined && key !== undefined) authorization = basic(key);
    else return answer;
    return await tried(path);
  };
  return {
    async manifest() {
      const answer = await get(`/manifests/${reference.digest ?? reference.tag ?? "latest"}`);
      if (answer.status !== 200) throw refusalOf(answer, asker);
      return answer;
    },
    async blob(digest) {
      let answer = await get(`/blobs/${digest}`);
      for (let redirects = 0; redirects < mostRedirects && isRedirect(answer); redirects += 1) {
        // Whoever keeps it is a stranger: no credentials go there, and its digest says whether it is the right one.
        answer = await way.ask(new URL(placeOf(answer), base).href, {});
      }
      if (answer.status !== 200) throw refusalOf(answer, asker);
      return answer.body;
    },
  };
}

/** This machine itself, where runtimes speak plain http too. */
function isLoopback(url: string): boolean {
  const host = hostOf(url);
  return host === "localhost" || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** Without its port. */
function hostOf(url: string): string {
  return URL.parse(url)?.hostname ?? "";
}

function isRedirect(answer: WebAnswer): boolean {
  return answer.status >= 300 && answer.status < 400 && placeOf(answer) !== "";
}

function placeOf({ headers: { location = "" } }: WebAnswer): string {
  return location;
}
