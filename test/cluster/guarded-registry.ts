import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openTokenServer } from "./token-server.ts";

/** A registry of its own that wants a name and a password, as many teams have one. */
export interface GuardedRegistry extends AsyncDisposable {
  /** `127.0.0.1:port`, where it takes the password itself. */
  readonly host: string;
  /** The same images, where it wants a token instead, as the large registries do. */
  readonly tokenHost: string;
  /** Copies an image by digest from a registry that wants nothing, and returns how it is called at `host`. */
  copy(image: string): Promise<string>;
}

/** Who may do everything there. */
export const keeper = { name: "bot", password: "password" } as const;

/** bcrypt of the password, the one hash that the distribution project's registry takes. */
const hash = "$2y$10$abcdefghijklmnopqrstuu5Lo0g67CiD3M4RpN1BmBb4Crp5w7dbK";

const authorization = `Basic ${Buffer.from(`${keeper.name}:${keeper.password}`).toString("base64")}`;

/** Starts Debian's `docker-registry` on free ports, and who gives tokens away. */
export async function openGuardedRegistry(): Promise<GuardedRegistry> {
  const folder = mkdtempSync(join(tmpdir(), "cutover-guarded-registry-"));
  const tokens = await openTokenServer(keeper);
  const { realm, issuer, service, authority } = tokens;
  const [users, bundle] = [join(folder, "users"), join(folder, "authority.pem")];
  writeFileSync(users, `${keeper.name}:${hash}\n`);
  writeFileSync(bundle, authority);
  const fronts = [
    await startFront(folder, { htpasswd: { realm: "guarded", path: users } }),
    await startFront(folder, { token: { realm, issuer, service, rootcertbundle: bundle } }),
  ] as const;
  const close = async (): Promise<void> => {
    await Promise.all([...fronts.map(({ child }) => ended(child)), tokens[Symbol.asyncDispose]()]);
    rmSync(folder, { recursive: true, force: true });
  };
  const [{ host }, { host: tokenHost }] = fronts;
  try {
    await Promise.all(fronts.map(answers));
  } catch (error) {
    await close();
    throw error;
  }
  return { host, tokenHost, copy: (image) => copied(image, host), [Symbol.asyncDispose]: close };
}

interface Front {
  readonly host: string;
  readonly child: ChildProcess;
}

/** A process over the images in this folder that lets people in so. */
async function startFront(folder: string, auth: Readonly<Record<string, object>>): Promise<Front> {
  const host = `127.0.0.1:${await freePort()}`;
  const configuration = {
    version: "0.1",
    log: { level: "error", accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: join(folder, "images") } },
    http: { addr: host },
    auth,
  };
  const path = join(folder, `${Object.keys(auth).join()}.yml`);
  writeFileSync(path, JSON.stringify(configuration));
  return { host, child: spawn("docker-registry", ["serve", path], { stdio: "ignore" }) };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" ? (address?.port ?? 0) : 0;
}

async function answers({ host, child }: Front): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end; await sleep(50)) {
    if (child.exitCode !== null) throw new Error(`docker-registry ended with ${child.exitCode}`);
    const status = await fetch(`http://${host}/v2/`).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 401) return;
  }
  throw new Error(`docker-registry does not answer at ${host}`);
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill();
  await once(child, "exit");
}

interface Described {
  readonly digest: string;
}

async function copied(image: string, host: string): Promise<string> {
  const [, source = "", name = "", digest = ""] = /^([^/]+)\/([^@]+)@(.+)$/.exec(image) ?? [];
  const from = `http://${source}/v2/${name}`;
  const to = `http://${host}/v2/${name}`;
  const mediaType = "application/vnd.oci.image.manifest.v1+json";
  const manifest = await taken(fetch(`${from}/manifests/${digest}`, { headers: { accept: mediaType } }));
  const { config, layers }: { config: Described; layers: readonly Described[] } = JSON.parse(manifest.toString());
  for (const blob of [config, ...layers]) {
    const body = new Uint8Array(await taken(fetch(`${from}/blobs/${blob.digest}`)));
    const started = await fetch(`${to}/blobs/uploads/`, { method: "POST", headers: { authorization } });
    const place = new URL(started.headers.get("location") ?? "", to);
    place.searchParams.set("digest", blob.digest);
    await taken(fetch(place, { method: "PUT", headers: { authorization }, body }));
  }
  const headers = { authorization, "content-type": mediaType };
  const body = new Uint8Array(manifest);
  await taken(fetch(`${to}/manifests/${digest}`, { method: "PUT", headers, body }));
  return `${host}/${name}@${digest}`;
}

async function taken(asked: Promise<Response>): Promise<Buffer> {
  const answer = await asked;
  const content = Buffer.from(await answer.arrayBuffer());
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status} ${content.toString()}`);
  return content;
}
