import assert from "node:assert/strict";
import { test } from "node:test";
import { isCutoverError } from "@cutover/release";
import type { ManifestSet } from "./read.ts";
import { readFrom } from "./tools.test-kit.ts";

const read = (text: string): Promise<ManifestSet> => readFrom({ "app.yaml": text }, { paths: ["app.yaml"] });

async function problem(text: string): Promise<{ message: string; hint: string }> {
  const error = await read(text).then(
    () => assert.fail("was accepted"),
    (thrown: unknown) => thrown,
  );
  assert.ok(isCutoverError(error, "manifest-invalid", "input-invalid"), String(error));
  return { message: error.message, hint: error.hint ?? "" };
}

const configMap = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`;

test("reads several documents and skips empty ones", async () => {
  const { shared } = await read(`---\n# nothing\n---\n${configMap("a")}---\n${configMap("b")}...\n---\n`);
  assert.deepEqual(
    shared.map(({ resource, origin }) => [resource.metadata.name, origin.line]),
    [
      ["a", 4],
      ["b", 8],
    ],
  );
});

test("takes a List apart, each item with its own line", async () => {
  const { shared } = await read(
    "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Secret\n  metadata: {name: a}\n- apiVersion: v1\n  kind: Secret\n  metadata: {name: b}\n",
  );
  assert.deepEqual(
    shared.map(({ resource, origin }) => [resource.metadata.name, origin.line]),
    [
      ["a", 4],
      ["b", 7],
    ],
  );
});

test("resolves anchors and merge keys", async () => {
  const { shared } = await read(`${configMap("a")}data: &base { x: "1" }\nbinaryData:\n  <<: *base\n  z: "2"\n`);
  assert.deepEqual(shared[0]?.resource.binaryData, { x: "1", z: "2" });
});

// Expected values are what kubectl 1.34 makes of the same text.
test("reads scalars as kubectl does: octal modes are octal, dates and ages are text", async () => {
  const { shared } = await read(
    `${configMap("a")}spec: { mode: 0644, new: 0o644, on: yes, when: 2024-01-01, ratio: 10:30, far: 1_000, hex: 0x1f }\n`,
  );
  assert.deepEqual(shared[0]?.resource.spec, {
    mode: 420,
    new: 420,
    true: true,
    when: "2024-01-01",
    ratio: "10:30",
    far: 1000,
    hex: 31,
  });
});

test("reads JSON", async () => {
  const text = '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}}';
  const { shared } = await readFrom({ "app.json": text }, { paths: ["app.json"] });
  assert.equal(shared[0]?.resource.metadata.name, "a");
});

test("drops what only a cluster writes", async () => {
  const { shared } = await read(
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  uid: x\n  resourceVersion: '1'\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: '{}'\n    cutover.dev/hash: abc\n    mine: kept\nstatus: {}\n",
  );
  assert.deepEqual(shared[0]?.resource.metadata, { name: "a", annotations: { mine: "kept" } });
  assert.equal(shared[0]?.resource.status, undefined);
});

const refused: readonly (readonly [name: string, text: string, message: RegExp])[] = [
  ["a key that stands twice", "apiVersion: v1\nkind: A\nkind: B\n", /^app\.yaml:3:1: this key stands twice/],
  ["a tab", "apiVersion: v1\nmetadata:\n\tname: a\n", /^app\.yaml:3:1: a tab/],
  ["crooked indentation", "apiVersion: v1\n kind: A\n", /^app\.yaml:\d+:\d+: /],
  ["an open quote", 'apiVersion: v1\nkind: "A\n', /^app\.yaml:\d+:\d+: a quote or bracket is never closed/],
  ["an alias without an anchor", "apiVersion: v1\nkind: *what\n", /^app\.yaml:2:7: this alias has no anchor/],
  ["a tag", "apiVersion: v1\nkind: !vault secret\n", /^app\.yaml:2:7: this tag is not known/],
  [
    "a template",
    "apiVersion: v1\nkind: A\nmetadata: { name: {{ .Values.name }} }\n",
    /^app\.yaml:3:\d+: a key is itself an object/,
  ],
  ["a list at the top", "- a\n- b\n", /^app\.yaml:1: this document is no Kubernetes object/],
  ["a scalar at the top", "hello\n", /^app\.yaml:1: this document is no Kubernetes object/],
  ["a missing apiVersion", "kind: A\nmetadata: {name: a}\n", /^app\.yaml:1: the object has no apiVersion/],
  ["a missing kind", "---\n\napiVersion: v1\nmetadata: {name: a}\n", /^app\.yaml:3: the object has no kind/],
  [
    "a missing name",
    "apiVersion: v1\nkind: A\nmetadata:\n  generateName: a-\n",
    /^app\.yaml:\d: A has no metadata\.name/,
  ],
  [
    "a name that is a number",
    "apiVersion: v1\nkind: A\nmetadata:\n  name: 12\n",
    /^app\.yaml:4: A has no metadata\.name/,
  ],
  [
    "a label that is a number",
    `apiVersion: v1\nkind: A\nmetadata:\n  name: a\n  labels:\n    version: 1.0\n`,
    /^app\.yaml:6: labels of A a must be text/,
  ],
  [
    "two objects of one name",
    `${configMap("a")}---\n${configMap("a")}`,
    /^app\.yaml:5: ConfigMap a stands here and at app\.yaml:1$/,
  ],
];

for (const [name, text, message] of refused) {
  test(`refuses ${name}, with its place and what to do`, async () => {
    const found = await problem(text);
    assert.match(found.message, message);
    assert.notEqual(found.hint, "");
  });
}

test("reports every problem of every file at once", async () => {
  const files = {
    "k8s/a.yaml": "kind: A\n",
    "k8s/b/c.yml": "a: 1\na: 2\n",
    "k8s/notes.txt": "no manifest",
  };
  await assert.rejects(
    readFrom(files, { paths: ["k8s"] }),
    /^CutoverError: k8s\/a\.yaml:1: .*\nk8s\/b\/c\.yml:2:1: .*$/,
  );
});

test("never quotes a value: the file may hold a Secret", async () => {
  for (const text of [
    'a: "hunter2',
    "a: b: hunter2",
    "- x\nhunter2: y",
    "hunter2",
    "a: !hunter2 hunter2",
    "kind: hunter2\nhunter2: 1\nhunter2: 2",
  ]) {
    const { message, hint } = await problem(text);
    assert.doesNotMatch(message + hint, /hunter2/);
  }
});

test("refuses aliases that expand to too much", async () => {
  const levels = Array.from(
    { length: 12 },
    (_, level) => `a${level + 1}: &a${level + 1} [${"*a0,".replace("0", String(level)).repeat(10)}]`,
  );
  const { message } = await problem(`a0: &a0 [x,x]\n${levels.join("\n")}\n`);
  assert.match(message, /aliases expand to too much/);
});

test("a pattern needs a file for each color, and they may repeat each other's names", async () => {
  const files = {
    "k8s/production-blue.yaml": configMap("a"),
    "k8s/production-green.yaml": configMap("a"),
    "k8s/shared.yaml": configMap("b"),
  };
  const set = await readFrom(files, { paths: ["k8s/production-{color}.yaml", "k8s/shared.yaml"] });
  assert.equal(set.perColor?.blue[0]?.origin.file, "k8s/production-blue.yaml");
  assert.equal(set.perColor?.green[0]?.origin.file, "k8s/production-green.yaml");
  assert.equal(set.shared.length, 1);
  const onlyBlue = { "p-blue.yaml": configMap("a") };
  await assert.rejects(readFrom(onlyBlue, { paths: ["p-{color}.yaml"] }), /manifests: p-green\.yaml does not exist/);
});

test("a name may not stand in a shared file and in a file of one color", async () => {
  const files = {
    "p-blue.yaml": configMap("a"),
    "p-green.yaml": configMap("a"),
    "s.yaml": configMap("a"),
  };
  await assert.rejects(
    readFrom(files, { paths: ["p-{color}.yaml", "s.yaml"] }),
    /p-blue\.yaml:1: ConfigMap a stands here and at s\.yaml:1/,
  );
});

test("paths that lead nowhere and empty directories are refused with what to do", async () => {
  const files = { "empty/readme.md": "" };
  await assert.rejects(readFrom(files, { paths: ["nope.yaml"] }), {
    code: "input-invalid",
    message: "manifests: nope.yaml does not exist",
  });
  await assert.rejects(readFrom(files, { paths: ["empty"] }), {
    code: "input-invalid",
    message: "manifests: empty holds no .yaml, .yml or .json file",
  });
});
