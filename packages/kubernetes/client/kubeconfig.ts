import { CutoverError } from "@cutover/release";
import { parseDocument } from "yaml";
import * as z from "zod";

const text = z
  .string()
  .nullish()
  .transform((value) => (value === "" ? undefined : (value ?? undefined)));

const clusterSchema = z.object({
  server: z.string(),
  "certificate-authority": text,
  "certificate-authority-data": text,
  "insecure-skip-tls-verify": z.boolean().nullish(),
  "tls-server-name": text,
  "proxy-url": text,
  extensions: z.array(z.object({ name: z.string(), extension: z.unknown() })).nullish(),
});

const execSchema = z.object({
  apiVersion: z.string(),
  command: z.string(),
  args: z.array(z.string()).nullish(),
  env: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
  installHint: text,
  interactiveMode: text,
  provideClusterInfo: z.boolean().nullish(),
});

const userSchema = z.object({
  token: text,
  tokenFile: text,
  username: text,
  password: text,
  "client-certificate": text,
  "client-certificate-data": text,
  "client-key": text,
  "client-key-data": text,
  "auth-provider": z.object({ name: z.string() }).nullish(),
  exec: execSchema.nullish(),
  as: text,
  "as-uid": text,
  "as-groups": z.array(z.string()).nullish(),
});

const contextSchema = z.object({ cluster: z.string(), user: z.string().default(""), namespace: text });

const documentSchema = z.object({
  "current-context": text,
  clusters: z.array(z.object({ name: z.string(), cluster: clusterSchema })).nullish(),
  contexts: z.array(z.object({ name: z.string(), context: contextSchema })).nullish(),
  users: z.array(z.object({ name: z.string(), user: userSchema.nullish() })).nullish(),
});

export type ClusterEntry = z.output<typeof clusterSchema>;
export type UserEntry = z.output<typeof userSchema>;
export type ExecEntry = z.output<typeof execSchema>;

/** A kubeconfig and the folder that its relative paths start from; none for one that was not a file. */
export interface KubeconfigSource {
  content: string;
  /** For messages: `kubeconfig ~/.kube/config`, never its text. */
  title: string;
  folder: string | undefined;
}

/** What one context says, with the folders that its files are relative to. */
export interface Context {
  namespace: string;
  cluster: ClusterEntry;
  clusterFolder: string | undefined;
  user: UserEntry;
  userFolder: string | undefined;
}

/**
 * Merges as kubectl does (the first file that names a thing wins) and picks a context, the current one if none is named.
 * @throws `input-invalid`; no message quotes the documents, which hold secrets.
 */
export function readContext(sources: readonly KubeconfigSource[], wanted: string | undefined): Context {
  const titles = sources.map((source) => source.title).join(", ");
  const documents = sources.map(parseKubeconfig);
  const name = wanted ?? documents.map((one) => one["current-context"]).find((one) => one !== undefined);
  if (name === undefined) throw invalid(`${titles}: no current context`, "Set the input `context`.");
  const contexts = documents.flatMap((one) => one.contexts ?? []);
  const context = contexts.find((one) => one.name === name)?.context;
  if (context === undefined) {
    const known = [...new Set(contexts.map((one) => one.name))].join(", ");
    throw invalid(`${titles}: no context "${name}"`, `Contexts that are there: ${known === "" ? "none" : known}.`);
  }
  const cluster = documents
    .flatMap(({ clusters, folder }) => (clusters ?? []).map((one) => ({ ...one, folder })))
    .find((one) => one.name === context.cluster);
  if (cluster === undefined)
    throw invalid(`${titles}: context "${name}" names cluster "${context.cluster}", which is not there`);
  const user = documents
    .flatMap(({ users, folder }) => (users ?? []).map((one) => ({ ...one, folder })))
    .find((one) => one.name === context.user);
  if (user === undefined && context.user !== "") {
    throw invalid(`${titles}: context "${name}" names user "${context.user}", which is not there`);
  }
  return {
    namespace: context.namespace ?? "default",
    cluster: cluster.cluster,
    clusterFolder: cluster.folder,
    user: user?.user ?? userSchema.parse({}),
    userFolder: user?.folder,
  };
}

function parseKubeconfig({ content, title, folder }: KubeconfigSource) {
  const yaml = parseDocument(content, { prettyErrors: false });
  const [broken] = yaml.errors;
  if (broken !== undefined) throw invalid(`${title}: not YAML (${broken.code} at character ${broken.pos[0]})`);
  const parsed = documentSchema.safeParse(yaml.toJS());
  if (parsed.success) return { ...parsed.data, folder };
  const problems = parsed.error.issues.map(
    (issue) => `${issue.path.map(String).join(".") || "document"}: ${issue.code}`,
  );
  throw invalid(`${title}: not a kubeconfig (${problems.join("; ")})`);
}

function invalid(
  message: string,
  hint = "Give a kubeconfig as kubectl reads it: its path, its text, or base64 of the text.",
) {
  return new CutoverError("input-invalid", message, { hint });
}
