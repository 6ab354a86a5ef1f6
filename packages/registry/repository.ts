import { CutoverError, type ImageReference, type Web, type WebAnswer } from "@cutover/release";
import * as z from "zod";
import { type Bearer, readChallenge } from "./challenge.ts";
import { parsedJson } from "./parsed-json.ts";
import type { PullKey } from "./pull-keys.ts";
import { type Asker, refusalOf } from "./refusals.ts";

export interface RegistryOptions {
  readonly web: Web;
  /** Aborts when no request may go on. */
  readonly signal?: AbortSignal;
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

const tokenAnswer = z.looseObject({ token: z.string().optional(), access_token: z.string().optional() });

/** Opens it; nothing is asked yet. Credentials are shown when the registry asks for them, and to it and its realm alone. */
export function openRepository(asker: Asker, { web, signal, onSecret }: RegistryOptions): Repository {
  const { reference, registry, key } = asker;
  const base = `${originOf(registry)}/v2/${pathOf(reference)}`;
  const isLocal = base.startsWith("http:");
  const ask = (url: string, headers: Readonly<Record<string, string>>) =>
    web.ask({ url, headers, timeout, allowHttp: isLocal && isLoopback(url), ...(signal && { signal }) });
  let authorization: string | undefined;
  const shown = () => (authorization === undefined ? {} : { authorization });
  const tokenFrom = async (challenge: Bearer): Promise<string> => {
    const answer = await ask(tokenUrl(challenge, asker), key === undefined ? {} : { authorization: basic(key) });
    if (answer.status !== 200) throw refusalOf(answer, asker);
    const { token, access_token: other } = tokenAnswer.safeParse(parsedJson(answer.body)).data ?? {};
    const value = token ?? other;
    if (value === undefined) throw refusalOf({ ...answer, status: 502 }, asker);
    onSecret?.(value);
    return `Bearer ${value}`;
  };
  const get = async (path: string): Promise<WebAnswer> => {
    const headers = { accept: accepted };
    const answer = await ask(base + path, { ...headers, ...shown() });
    const { "www-authenticate": wanted = "" } = answer.headers;
    const challenge = answer.status === 401 ? readChallenge(wanted) : undefined;
    if (challenge?.scheme === "bearer") authorization = await tokenFrom(challenge);
    else if (challenge !== undefined && key !== undefined) authorization = basic(key);
    else return answer;
    return await ask(base + path, { ...headers, ...shown() });
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
        answer = await ask(new URL(placeOf(answer), base).href, {});
      }
      if (answer.status !== 200) throw refusalOf(answer, asker);
      return answer.body;
    },
  };
}

/** Docker's own registry answers under another name than images have. */
function originOf(registry: string): string {
  if (registry === "docker.io") return "https://registry-1.docker.io";
  return isLoopback(`http://${registry}`) ? `http://${registry}` : `https://${registry}`;
}

/** This machine itself, where runtimes speak plain http too. */
function isLoopback(url: string): boolean {
  const { hostname = "" } = URL.parse(url) ?? {};
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

function pathOf({ registry, repository }: ImageReference): string {
  const isShort = registry === undefined || /^(index\.)?docker\.io$/.test(registry);
  return isShort && !repository.includes("/") ? `library/${repository}` : repository;
}

function tokenUrl({ realm, service, scope }: Bearer, { registry, reference }: Asker): string {
  const url = URL.parse(realm);
  const isSafe = url?.protocol === "https:" || (isLoopback(realm) && isLoopback(`http://${registry}`));
  if (url === null || !isSafe)
    throw new CutoverError("refused", `${registry} wants its tokens fetched over a way that is not encrypted`, {
      hint: "Mend the realm that the registry is configured with: it must be an https address.",
    });
  if (service !== undefined) url.searchParams.set("service", service);
  url.searchParams.set("scope", scope ?? `repository:${pathOf(reference)}:pull`);
  return url.href;
}

function basic({ username, password }: PullKey): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

function isRedirect(answer: WebAnswer): boolean {
  return answer.status >= 300 && answer.status < 400 && placeOf(answer) !== "";
}

function placeOf({ headers: { location = "" } }: WebAnswer): string {
  return location;
}
