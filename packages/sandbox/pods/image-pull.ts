/** What the kubelet says of an image that its registry does not have (containerd's words). */
export function notFoundInRegistry(image: string): { why: string; event: string } {
  const full = canonicalReference(image);
  const cause = `failed to pull and unpack image "${full}": failed to resolve reference "${full}": ${full}: not found`;
  const why = `rpc error: code = NotFound desc = ${cause}`;
  return { why, event: `Failed to pull image "${image}": ${why}` };
}

export function pullBackOff(image: string): string {
  return `Back-off pulling image "${image}"`;
}

function canonicalReference(image: string): string {
  const [first = "", ...rest] = image.split("/");
  const hasHost = rest.length > 0 && (first.includes(".") || first.includes(":") || first === "localhost");
  const named = hasHost ? image : rest.length > 0 ? `docker.io/${image}` : `docker.io/library/${image}`;
  const last = named.slice(named.lastIndexOf("/"));
  return last.includes(":") || last.includes("@") ? named : `${named}:latest`;
}
