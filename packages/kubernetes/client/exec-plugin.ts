import { constants } from "node:fs";
import { access, realpath } from "node:fs/promises";
import path from "node:path";
import { CutoverError, type Processes } from "@cutover/release";
import * as z from "zod";
import type { Cluster, User } from "./access.ts";
import type { Granted } from "./credentials.ts";
import { lies } from "./referenced-file.ts";

export interface ExecPluginOptions {
  env: Readonly<Record<string, string | undefined>>;
  processes: Processes;
  /** Basenames besides the known ones. */
  execPlugins?: readonly string[] | undefined;
  workspace?: string | undefined;
}

type Exec = NonNullable<User["exec"]>;

/** Credential plugins that may run, and the variables that each is given on top of the environment that every child gets. */
const known: Readonly<Record<string, RegExp>> = {
  aws: /^AWS_/,
  "aws-iam-authenticator": /^AWS_/,
  "gke-gcloud-auth-plugin": /^(GOOGLE_|CLOUDSDK_|GCE_)/,
  gcloud: /^(GOOGLE_|CLOUDSDK_)/,
  kubelogin: /^(AAD_|ARM_|AZURE_)/,
  "kubectl-oidc_login": /^KUBECACHEDIR$/,
  doctl: /^DIGITALOCEAN_/,
  oci: /^OCI_/,
  tsh: /^(TELEPORT_|TSH_)/,
  ibmcloud: /^(IBMCLOUD_|BLUEMIX_)/,
};

/** Milliseconds that a plugin may take. */
const limit = 30_000;
/** Milliseconds before its expiry from which a credential is not used any more. */
const skew = 60_000;

const answerSchema = z.object({
  kind: z.literal("ExecCredential"),
  status: z.object({
    token: z.string().optional(),
    clientCertificateData: z.string().optional(),
    clientKeyData: z.string().optional(),
    expirationTimestamp: z.string().optional(),
  }),
});

/**
 * A function that runs the user's credential plugin.
 * @throws `refused` at once for a plugin that is not on the list or lies in the workspace; the function throws `process-failed`.
 */
export async function execPlugin(
  exec: Exec,
  cluster: Cluster,
  options: ExecPluginOptions,
): Promise<() => Promise<Granted>> {
  refuseUnknown(exec, options);
  const file = await executable(exec, options);
  const env = pluginEnvironment(exec, cluster, options);
  return async () => {
    const result = await options.processes.run({ file, args: exec.args ?? [], env, timeout: limit });
    if (result.timedOut) throw failed(exec, `gave no answer within ${limit / 1_000} s`);
    if (result.exitCode !== 0)
      throw failed(exec, `ended with ${result.exitCode ?? "a signal"}: ${result.stderr.trim().slice(-500)}`);
    return readCredential(exec, result.stdout);
  };
}

function refuseUnknown(exec: Exec, { execPlugins = [] }: ExecPluginOptions): void {
  const name = basename(exec.command);
  const allowed = [...Object.keys(known), ...execPlugins];
  if (!allowed.includes(name)) {
    throw new CutoverError("refused", `kubeconfig: credential plugin "${name}" is not allowed to run`, {
      hint: `Allowed are ${Object.keys(known).join(", ")}. Use one of them, or a kubeconfig with a token or a certificate.`,
    });
  }
  if (!/^client\.authentication\.k8s\.io\/v1(beta1)?$/.test(exec.apiVersion)) {
    throw new CutoverError("refused", `kubeconfig: credential plugin "${name}" speaks ${exec.apiVersion}`, {
      hint: "Write the kubeconfig anew with a plugin that speaks client.authentication.k8s.io/v1.",
    });
  }
  if (exec.interactiveMode === "Always") {
    throw new CutoverError(
      "refused",
      `kubeconfig: credential plugin "${name}" wants to ask questions, and nobody is there`,
      {
        hint: "Use a plugin with `interactiveMode: Never` or `IfAvailable`.",
      },
    );
  }
}

/** Where the plugin lies, never in the workspace: what is checked out there must not run with the job's rights. */
async function executable(exec: Exec, { env, workspace }: ExecPluginOptions): Promise<string> {
  const isPath = exec.command.includes("/") || exec.command.includes(path.sep);
  const places = isPath
    ? [path.resolve(exec.folder ?? "/", exec.command)]
    : (env.PATH ?? "")
        .split(path.delimiter)
        .filter(path.isAbsolute)
        .map((folder) => path.join(folder, exec.command));
  for (const place of places) {
    const found = await access(place, constants.X_OK).then(
      () => realpath(place),
      () => undefined,
    );
    if (found === undefined) continue;
    if (await lies(found, workspace)) {
      throw new CutoverError("refused", `kubeconfig: credential plugin ${place} lies in the workspace`, {
        hint: "Install it outside the checked-out repository.",
      });
    }
    return place;
  }
  const hint = exec.installHint?.trim() ?? `Install ${basename(exec.command)} in a step before, and put it on PATH.`;
  throw new CutoverError("process-failed", `kubeconfig: credential plugin ${exec.command} is not there`, { hint });
}

function pluginEnvironment(exec: Exec, cluster: Cluster, { env }: ExecPluginOptions): Record<string, string> {
  const wanted = known[basename(exec.command)];
  const own = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && wanted?.test(entry[0]) === true,
  );
  const told = {
    server: cluster.server.href.replace(/\/$/, ""),
    "tls-server-name": cluster.tlsServerName,
    "insecure-skip-tls-verify": cluster.skipTlsVerify || undefined,
    "certificate-authority-data": cluster.ca === undefined ? undefined : Buffer.from(cluster.ca).toString("base64"),
    "proxy-url": cluster.proxyUrl,
    config: cluster.execConfig,
  };
  const spec = { interactive: false, ...(exec.provideClusterInfo ? { cluster: told } : {}) };
  return {
    ...Object.fromEntries(own),
    ...Object.fromEntries((exec.env ?? []).map(({ name, value }) => [name, value])),
    KUBERNETES_EXEC_INFO: JSON.stringify({ apiVersion: exec.apiVersion, kind: "ExecCredential", spec }),
  };
}

function readCredential(exec: Exec, stdout: string): Granted {
  const parsed = answerSchema.safeParse(parseJson(stdout));
  if (!parsed.success) throw failed(exec, "printed no ExecCredential");
  const { token, clientCertificateData: cert, clientKeyData: key, expirationTimestamp } = parsed.data.status;
  const certificate = cert === undefined || key === undefined ? undefined : { cert, key };
  if (token === undefined && certificate === undefined) throw failed(exec, "printed neither a token nor a certificate");
  const expires = expirationTimestamp === undefined ? Number.NaN : Date.parse(expirationTimestamp);
  return { token, certificate, expires: Number.isNaN(expires) ? undefined : expires - skew };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function basename(command: string): string {
  return path.basename(command).replace(/\.(exe|cmd)$/i, "");
}

function failed(exec: Exec, what: string): CutoverError {
  return new CutoverError("process-failed", `kubeconfig: credential plugin ${basename(exec.command)} ${what}`, {
    hint: "Run it by hand on this machine; its login must be done in a step before.",
  });
}
