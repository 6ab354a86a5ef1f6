import { BlockList, isIP } from "node:net";
import { CutoverError } from "@cutover/release";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy to reach `server` through: `proxy-url` of the kubeconfig, else HTTPS_PROXY unless NO_PROXY names the host.
 * NO_PROXY is read as Go does: `*`, hosts, domains with their subdomains, addresses and CIDR ranges, each with an optional port.
 */
export function proxyFor(server: URL, proxyUrl: string | undefined, env: Environment): URL | undefined {
  if (proxyUrl !== undefined) return parseProxy(proxyUrl, "proxy-url in the kubeconfig");
  const name = server.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY";
  const given = env[name] || env[name.toLowerCase()];
  if (!given || isExcepted(server, env.NO_PROXY || env.no_proxy || "")) return undefined;
  return parseProxy(given, name);
}

function parseProxy(text: string, source: string): URL {
  const full = text.includes("://") ? text : `http://${text}`;
  const url = URL.canParse(full) ? new URL(full) : undefined;
  if (url === undefined || !["http:", "https:", "socks5:"].includes(url.protocol)) {
    throw new CutoverError("input-invalid", `${source} is not the URL of a proxy`, {
      hint: "Write it as http://host:port, https://host:port or socks5://host:port.",
    });
  }
  return url;
}

function isExcepted(server: URL, noProxy: string): boolean {
  const host = server.hostname.replace(/^\[|\]$/g, "").toLowerCase();
  const port = server.port || (server.protocol === "https:" ? "443" : "80");
  if (host === "localhost" || isLoopback(host)) return true;
  return noProxy
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .some((entry) => matches(entry.toLowerCase(), host, port));
}

function matches(entry: string, host: string, port: string): boolean {
  if (entry === "*") return true;
  if (entry.includes("/")) return isInRange(entry, host);
  const [, name = entry, wantedPort] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(isIP(entry) === 6 ? `[${entry}]` : entry) ?? [];
  if (wantedPort !== undefined && wantedPort !== port) return false;
  if (isIP(name) !== 0) return name === host;
  const domain = name.replace(/^\*?\./, "");
  return host.endsWith(`.${domain}`) || (host === domain && name === domain);
}

function isInRange(range: string, host: string): boolean {
  const [address = "", bits] = range.split("/");
  const family = isIP(address);
  if (family === 0 || isIP(host) !== family) return false;
  const prefix = Number(bits);
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > (family === 4 ? 32 : 128)) return false;
  const kind = family === 4 ? "ipv4" : "ipv6";
  const list = new BlockList();
  list.addSubnet(address, prefix, kind);
  return list.check(host, kind);
}

function isLoopback(host: string): boolean {
  return host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}
