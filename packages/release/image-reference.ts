/** An image as a reference names it; what is absent was not said. */
export interface ImageReference {
  /** Host, with its port; none means the runtime's default registry. */
  registry: string | undefined;
  repository: string;
  tag: string | undefined;
  /** `sha256:…` */
  digest: string | undefined;
}

const hostPart = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
const host = `(?:${hostPart}(?:\\.${hostPart})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const pathPart = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const tag = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}";
const digest = "[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}";
const grammar = new RegExp(
  `^(?:(?<registry>${host})/)?(?<repository>${pathPart}(?:/${pathPart})*)(?::(?<tag>${tag}))?(?:@(?<digest>${digest}))?$`,
);

/** Lengths that a digest of a registered algorithm must have (OCI image specification, descriptors). */
const digestLengths: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

/** Reads a reference by the grammar of the distribution project; `undefined` for what is none. */
export function parseImageReference(text: string): ImageReference | undefined {
  const match = grammar.exec(text)?.groups;
  if (match === undefined) return undefined;
  const { registry, repository = "" } = match;
  const isHost = registry === undefined || /[.:A-Z]/.test(registry) || registry === "localhost";
  const named = isHost ? { registry, repository } : { registry: undefined, repository: `${registry}/${repository}` };
  const reference = { ...named, tag: match.tag, digest: match.digest };
  return isWellFormed(reference) ? reference : undefined;
}

/** The reference as text: `host:port/name:tag@digest`, without what was not said. */
export function formatImageReference({ registry, repository, tag, digest }: ImageReference): string {
  const place = registry === undefined ? "" : `${registry}/`;
  return `${place}${repository}${tag === undefined ? "" : `:${tag}`}${digest === undefined ? "" : `@${digest}`}`;
}

/** Registry and repository in full, as runtimes read a short one: `nginx` is `docker.io/library/nginx`. */
export function fullRepository({ registry, repository }: ImageReference): string {
  if (registry !== undefined && !/^(index\.)?docker\.io$/.test(registry)) return `${registry}/${repository}`;
  return `docker.io/${repository.includes("/") ? repository : `library/${repository}`}`;
}

/** Whether the reference means the same bytes for ever; a tag can be moved. */
export function isPinned(reference: ImageReference): boolean {
  return reference.digest !== undefined;
}

function isWellFormed({ registry, repository, digest }: ImageReference): boolean {
  if (registry === undefined && !new RegExp(`^${pathPart}(?:/${pathPart})*$`).test(repository)) return false;
  if (`${registry ?? ""}/${repository}`.length > 255) return false;
  if (digest === undefined) return true;
  const [algorithm = "", value = ""] = digest.split(":");
  const length = digestLengths[algorithm];
  return length === undefined || (value.length === length && value === value.toLowerCase());
}
