import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { CutoverError, isCutoverError } from "@cutover/release";
import { readContext } from "./kubeconfig.ts";
import { kubeconfigSources } from "./kubeconfig-source.ts";
import { kubeconfigOf } from "./scripted-api.ts";

const text = kubeconfigOf({ server: "https://one" }, { token: "t" });

async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "kubeconfig-"));
  try {
    await body(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test("takes the text, base64 of the text, wrapped base64 and a path for the same kubeconfig", () =>
  inFolder(async (folder) => {
    const file = path.join(folder, "config");
    await writeFile(file, text);
    const base64 = Buffer.from(text).toString("base64");
    const wrapped = `${base64.replace(/.{76}/g, "$&\n")}\n`;
    for (const given of [text, `\n${text}\n`, base64, wrapped, file]) {
      const context = readContext(await kubeconfigSources(given), undefined);
      assert.equal(context.user.token, "t");
      assert.equal(context.userFolder, given === file ? folder : undefined);
    }
  }));

test("merges a list of files as kubectl does: the first that names a thing wins, and missing files are skipped", () =>
  inFolder(async (folder) => {
    const first = path.join(folder, "first");
    const second = path.join(folder, "second");
    await writeFile(
      first,
      "users:\n- name: me\n  user: {token: first}\ncontexts:\n- {name: other, context: {cluster: two, user: me}}\n",
    );
    const clusters =
      "clusters:\n- {name: one, cluster: {server: https://one}}\n- {name: two, cluster: {server: https://two}}\n";
    const users = "users:\n- name: me\n  user: {token: second}\n";
    await writeFile(
      second,
      `current-context: main\ncontexts:\n- {name: main, context: {cluster: one, user: me}}\n${clusters}${users}`,
    );
    const sources = await kubeconfigSources([first, path.join(folder, "missing"), second].join(path.delimiter));
    assert.deepEqual(
      [readContext(sources, undefined)].map(({ cluster, user }) => [cluster.server, user.token]),
      [["https://one", "first"]],
    );
    assert.equal(readContext(sources, "other").cluster.server, "https://two");
    assert.equal(readContext(sources, "other").namespace, "default");
  }));

test("reads the namespace and an anonymous user of a context", () => {
  const content =
    "current-context: c\ncontexts: [{name: c, context: {cluster: k, namespace: shops}}]\nclusters: [{name: k, cluster: {server: https://k}}]";
  const context = readContext([{ content, title: "kubeconfig", folder: undefined }], undefined);
  assert.equal(context.namespace, "shops");
  assert.equal(context.user.token, undefined);
});

const broken: Readonly<Record<string, readonly [string, string | undefined, RegExp]>> = {
  "no current context": ["clusters: []", undefined, /^kubeconfig: no current context$/],
  "an unknown context": [text, "nope", /^kubeconfig: no context "nope"$/],
  "a context without its cluster": [
    text.replace('"name":"one"', '"name":"gone"'),
    undefined,
    /names cluster "one", which is not there$/,
  ],
  "a context without its user": [
    text.replace('"name":"me"', '"name":"gone"'),
    undefined,
    /names user "me", which is not there$/,
  ],
  "no YAML": ["clusters: [s3cret", undefined, /^kubeconfig: not YAML \(\w+ at character \d+\)$/],
  "a list where a text belongs": [
    "clusters: [{name: k, cluster: {server: [s3cret]}}]",
    undefined,
    /\(clusters\.0\.cluster\.server: invalid_type\)$/,
  ],
};

for (const [what, [content, wanted, message]] of Object.entries(broken)) {
  test(`refuses a kubeconfig with ${what}, and quotes nothing of it`, async () => {
    const sources = await kubeconfigSources(content);
    assert.throws(
      () => readContext(sources, wanted),
      (error) =>
        error instanceof CutoverError &&
        error.code === "input-invalid" &&
        message.test(error.message) &&
        !/s3cret/.test(error.message),
    );
  });
}

test("names a path that is not there, but never text that is no path", async () => {
  await assert.rejects(kubeconfigSources("/no/such/file"), { message: "kubeconfig: no file /no/such/file" });
  const mangled = "bXkgdmVyeSBzZWNyZXQgdG9rZW4gdGhhdCBnb3QgbWFuZ2xlZA==";
  await assert.rejects(
    kubeconfigSources(mangled),
    (error) => isCutoverError(error, "input-invalid") && !error.message.includes(mangled.slice(0, 10)),
  );
});
