import { CutoverError } from "@cutover/release";
import { inCluster } from "./in-cluster.ts";
import { type Context, type ExecEntry, readContext } from "./kubeconfig.ts";
import { kubeconfigSources } from "./kubeconfig-source.ts";
import { type Referrer, readReferenced, referencedFile } from "./referenced-file.ts";

/** Where the API server is and how it is recognised. */
export interface Cluster {
  server: URL;
  /** PEM; none means the public authorities. */
  ca: string | undefined;
  tlsServerName: string | undefined;
  proxyUrl: string | undefined;
  skipTlsVerify: boolean;
  /** What an exec plugin that asks for the cluster is told besides. */
  execConfig: unknown;
}

/** How the user of a context says who they are. */
export interface User {
  token: string | undefined;
  /** Absolute; read again as it changes. */
  tokenFile: string | undefined;
  basic: { username: string; password: string } | undefined;
  certificate: Certificate | undefined;
  exec: (ExecEntry & { folder: string | undefined }) | undefined;
  impersonate: { user: string; uid: string | undefined; groups: readonly string[] } | undefined;
}

/** PEM. */
export interface Certificate {
  cert: string;
  key: string;
}

export interface Access {
  cluster: Cluster;
  user: User;
  namespace: string;
}

export interface AccessOptions {
  /** A path (or several, as in `$KUBECONFIG`), the text, or base64 of the text. */
  kubeconfig?: string | undefined;
  /** Name of a context; the current one if none is given. */
  context?: string | undefined;
  /** The one environment that counts. */
  env: Readonly<Record<string, string | undefined>>;
  /** Folder of the checked-out repository: what lies there is written by others. */
  workspace?: string | undefined;
  /** Called with every secret that is found: leaves only, as a mask over a whole document would blot out ordinary words. */
  onSecret?: ((value: string) => void) | undefined;
}

/**
 * Which cluster, user and namespace the options mean: the kubeconfig given, else `$KUBECONFIG`, else the pod that this runs in.
 * @throws `input-invalid` for what cannot be read, `refused` for what must not be used
 */
export async function findAccess(options: AccessOptions): Promise<Access> {
  const given = [options.kubeconfig, options.env.KUBECONFIG].find((one) => one !== undefined && one.trim() !== "");
  if (given === undefined) return inCluster(options.env);
  const context = readContext(await kubeconfigSources(given, options.env.HOME), options.context);
  reportSecrets(context, options.onSecret);
  return {
    namespace: context.namespace,
    cluster: await clusterOf(context, options),
    user: await userOf(context, options),
  };
}

/** What would let others listen or answer in the API server's place, in words. */
export function dangers({ server, skipTlsVerify }: Cluster, env: AccessOptions["env"]): readonly string[] {
  const found = [];
  if (server.protocol !== "https:") found.push(`kubeconfig: the way to ${server.origin} is not encrypted`);
  if (skipTlsVerify) found.push("kubeconfig: insecure-skip-tls-verify lets anybody play the API server");
  if (env.NODE_TLS_REJECT_UNAUTHORIZED === "0")
    found.push("NODE_TLS_REJECT_UNAUTHORIZED=0 lets anybody play the API server");
  return found;
}

async function clusterOf({ cluster, clusterFolder }: Context, options: AccessOptions): Promise<Cluster> {
  const file = await readReferenced(cluster["certificate-authority"], referrer(clusterFolder, options));
  return {
    server: serverUrl(cluster.server),
    ca: pem(cluster["certificate-authority-data"]) ?? file,
    tlsServerName: cluster["tls-server-name"],
    proxyUrl: cluster["proxy-url"],
    skipTlsVerify: cluster["insecure-skip-tls-verify"] ?? false,
    execConfig: cluster.extensions?.find((one) => one.name === "client.authentication.k8s.io/exec")?.extension,
  };
}

async function userOf({ user, userFolder }: Context, options: AccessOptions): Promise<User> {
  refuseProvider(user["auth-provider"]?.name);
  const from = referrer(userFolder, options);
  const cert = pem(user["client-certificate-data"]) ?? (await readReferenced(user["client-certificate"], from));
  const key = pem(user["client-key-data"]) ?? (await readReferenced(user["client-key"], from));
  if (key !== undefined) options.onSecret?.(key);
  refuseBrokenToken(user.token);
  const { token, tokenFile, username, password, exec } = user;
  return {
    token,
    tokenFile: tokenFile === undefined ? undefined : await referencedFile(tokenFile, from),
    basic: username === undefined ? undefined : { username, password: password ?? "" },
    certificate: cert === undefined || key === undefined ? undefined : { cert, key },
    exec: exec == null ? undefined : { ...exec, folder: userFolder },
    impersonate:
      user.as === undefined ? undefined : { user: user.as, uid: user["as-uid"], groups: user["as-groups"] ?? [] },
  };
}

function reportSecrets({ user }: Context, onSecret: AccessOptions["onSecret"]): void {
  const fromEnv = (user.exec?.env ?? [])
    .filter(({ name }) => /token|secret|password|key/i.test(name))
    .map(({ value }) => value);
  for (const value of [user.token, user.password, user["client-key-data"], ...fromEnv]) {
    if (value !== undefined && value !== "") onSecret?.(value);
  }
}

function refuseProvider(name: string | undefined): void {
  if (name === undefined) return;
  throw new CutoverError(
    "refused",
    `kubeconfig: auth-provider "${name}" is not supported, nor is it by kubectl since 1.26`,
    {
      hint: "Use an exec plugin such as gke-gcloud-auth-plugin or kubelogin, or a token.",
    },
  );
}

function refuseBrokenToken(token: string | undefined): void {
  if (token === undefined || /^[\x21-\x7e]+$/.test(token)) return;
  throw new CutoverError("input-invalid", "kubeconfig: the user's token has characters that no token has", {
    hint: "Look for line breaks, blanks or quotes around it.",
  });
}

function serverUrl(server: string): URL {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol) || url.username !== "" || url.search !== "") {
    throw new CutoverError("input-invalid", "kubeconfig: the cluster's server is not a URL such as https://host:6443", {
      hint: "Mend `clusters[].cluster.server`; it takes neither user nor query.",
    });
  }
  return url;
}

function pem(base64: string | undefined): string | undefined {
  return base64 === undefined ? undefined : Buffer.from(base64, "base64").toString("utf8");
}

function referrer(folder: string | undefined, { workspace, env }: AccessOptions): Referrer {
  return { folder, workspace, temporary: env.RUNNER_TEMP };
}
