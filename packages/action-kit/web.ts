import { CutoverError, type Web, type WebAnswer, type WebRequest } from "@cutover/release";
import type { Dispatcher } from "undici";
import type { Environment } from "./environment.ts";
import { refuseMetadata, safeLookup } from "./public-address.ts";
import { unreachable } from "./unreachable.ts";

/** Bytes of an answer that are read, if not said otherwise. */
const longestBody = 1024 * 1024;

/** Servers as this machine reaches them, through the proxy that the environment names. */
export function createWeb(env: Environment): Web {
  let opening: Promise<Dispatcher> | undefined;
  return {
    async ask(request) {
      const url = checked(request);
      opening ??= open(env);
      const started = performance.now();
      try {
        const answer = await send(await opening, url, request);
        return { ...answer, ms: performance.now() - started };
      } catch (error) {
        throw unreachable(url.origin, request, error);
      }
    },
  };
}

/** Loaded when asked for: most runs ask nobody but their cluster. */
async function open({ HTTP_PROXY, http_proxy, HTTPS_PROXY, https_proxy, NO_PROXY, no_proxy }: Environment) {
  const { EnvHttpProxyAgent } = await import("undici");
  return new EnvHttpProxyAgent({
    httpProxy: HTTP_PROXY || http_proxy || "",
    httpsProxy: HTTPS_PROXY || https_proxy || "",
    noProxy: NO_PROXY || no_proxy || "",
    connect: { lookup: safeLookup },
    // A process ends once its work is done, whatever is kept alive.
    keepAliveTimeout: 1_000,
  });
}

function checked({ url: text, allowHttp = false }: WebRequest): URL {
  const url = URL.parse(text);
  if (url === null || !["http:", "https:"].includes(url.protocol))
    throw new CutoverError("input-invalid", `${JSON.stringify(text.slice(0, 100))} is no address of a web server`, {
      hint: "Write it as https://host/path.",
    });
  if (url.username !== "" || url.password !== "")
    throw new CutoverError("refused", `The address of ${url.host} has a name or password in it`, {
      hint: "An address is printed in logs: give credentials as an input of their own.",
    });
  if (url.protocol === "http:" && !allowHttp)
    throw new CutoverError("refused", `${url.origin} is not encrypted`, { hint: "Use https." });
  refuseMetadata(url.hostname);
  return url;
}

async function send(
  dispatcher: Dispatcher,
  url: URL,
  { method = "GET", headers = {}, body, timeout, longest = longestBody, signal }: WebRequest,
): Promise<Omit<WebAnswer, "ms">> {
  const limit = AbortSignal.timeout(timeout);
  const answer = await dispatcher.request({
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
    method,
    headers: { "user-agent": "cutover", ...headers },
    body: body ?? null,
    signal: signal === undefined ? limit : AbortSignal.any([limit, signal]),
  });
  const all = Object.entries(answer.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]);
  return { status: answer.statusCode, headers: Object.fromEntries(all), body: await textOf(answer.body, longest) };
}

async function textOf(body: Dispatcher.ResponseData["body"], longest: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size > longest) break;
  }
  return Buffer.concat(chunks).subarray(0, longest).toString("utf8");
}
