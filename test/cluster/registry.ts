import { createHash } from "node:crypto";

/** Bytes with the type that a manifest gives them. */
export interface Blob {
  mediaType: string;
  content: Buffer;
}

/** Where images go: the cluster's own registry, or with KUBECONFIG the one that this variable names, as `host:port`. */
export const registry = process.env.CUTOVER_TEST_REGISTRY ?? "127.0.0.1:5000";

const scheme = /^(localhost|127\.)/.test(registry) ? "http" : "https";

/** `sha256:…` of some bytes. */
export function digest(content: Uint8Array): string {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}

/** How a manifest refers to a blob. */
export function descriptor(blob: Blob): { mediaType: string; size: number; digest: string } {
  return { mediaType: blob.mediaType, size: blob.content.length, digest: digest(blob.content) };
}

/** Uploads a blob unless the registry has it (distribution-spec: POST, then PUT with the digest). */
export async function pushBlob(name: string, blob: Blob): Promise<void> {
  const there = await ask("HEAD", `/v2/${name}/blobs/${digest(blob.content)}`, { accept: [200, 404] });
  if (there.status === 200) return;
  const started = await ask("POST", `/v2/${name}/blobs/uploads/`, { accept: [202] });
  const place = new URL(started.headers.get("location") ?? "", `${scheme}://${registry}`);
  place.searchParams.set("digest", digest(blob.content));
  await ask("PUT", place.href, { accept: [201], mediaType: "application/octet-stream", body: blob.content });
}

/** Uploads a manifest under a tag and returns its digest as the registry computed it. */
export async function pushManifest(name: string, tag: string, manifest: Blob): Promise<string> {
  const { mediaType, content } = manifest;
  const answer = await ask("PUT", `/v2/${name}/manifests/${tag}`, { accept: [201], mediaType, body: content });
  const theirs = answer.headers.get("docker-content-digest");
  if (theirs !== digest(content))
    throw new Error(`${registry} stored ${name}:${tag} as ${theirs}, not ${digest(content)}.`);
  return theirs;
}

interface Question {
  accept: readonly number[];
  mediaType?: string;
  body?: Buffer;
}

async function ask(method: string, path: string, question: Question): Promise<Response> {
  const url = new URL(path, `${scheme}://${registry}`);
  const headers = question.mediaType ? { "content-type": question.mediaType } : {};
  const body = question.body ? new Uint8Array(question.body) : null;
  const response = await fetch(url, { method, headers, body, signal: AbortSignal.timeout(30_000) }).catch((cause) => {
    throw new Error(`No registry answers at ${registry}: CUTOVER_TEST_REGISTRY names another.`, { cause });
  });
  const text = await response.text();
  if (!question.accept.includes(response.status)) throw new Error(`${method} ${url}: ${response.status} ${text}`);
  return response;
}
