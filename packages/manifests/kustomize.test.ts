import assert from "node:assert/strict";
import { test } from "node:test";
import { isCutoverError } from "@cutover/release";
import { readFrom, scriptedTools } from "./tools.test-kit.ts";

const built = (name: string) => ({ stdout: `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n` });
const overlays = { "k8s/base/kustomization.yaml": "", "k8s/blue/kustomization.yml": "", "k8s/green/Kustomization": "" };

test("builds the directory of a kustomization, and places name the command", async () => {
  const tools = scriptedTools({ kustomize: built("a") });
  for (const path of ["k8s/base", "k8s/base/", "k8s/base/kustomization.yaml"]) {
    const { shared, perColor } = await readFrom(overlays, { paths: [path] }, tools);
    assert.deepEqual(shared[0]?.origin, { file: "kustomize build k8s/base", line: 1 });
    assert.equal(perColor, undefined);
  }
  assert.deepEqual(tools.ran, Array(3).fill("kustomize build ./k8s/base"));
});

test("builds one that is named twice only once", async () => {
  const tools = scriptedTools({ kustomize: built("a") });
  await readFrom(overlays, { paths: ["k8s/base", "k8s/base/kustomization.yaml"] }, tools);
  assert.equal(tools.ran.length, 1);
});

test("builds one for each color where the path says so", async () => {
  const tools = scriptedTools({ kustomize: ({ args }) => built(args[1] === "./k8s/blue" ? "a-blue" : "a-green") });
  const { perColor } = await readFrom(overlays, { paths: ["k8s/{color}"] }, tools);
  assert.equal(perColor?.blue[0]?.resource.metadata.name, "a-blue");
  assert.equal(perColor?.green[0]?.resource.metadata.name, "a-green");
});

test("uses kubectl where kustomize is not installed", async () => {
  const tools = scriptedTools({ kubectl: built("a") });
  const { shared } = await readFrom(overlays, { paths: ["k8s/base"] }, tools);
  assert.deepEqual(
    [tools.ran, shared[0]?.origin.file],
    [["kubectl kustomize ./k8s/base"], "kubectl kustomize k8s/base"],
  );
});

test("no path is an option or an address", async () => {
  const tools = scriptedTools({ kustomize: built("a") });
  const hostile = { "--enable-exec/kustomization.yaml": "", "github.com/acme/x/kustomization.yaml": "" };
  await readFrom(hostile, { paths: ["--enable-exec"] }, tools);
  await readFrom(hostile, { paths: ["github.com/acme/x"] }, tools);
  assert.deepEqual(tools.ran, ["kustomize build ./--enable-exec", "kustomize build ./github.com/acme/x"]);
});

test("says what a program warned of", async () => {
  const tools = scriptedTools({ kustomize: { ...built("a"), stderr: "# Warning: 'commonLabels' is deprecated.\n" } });
  await readFrom(overlays, { paths: ["k8s/base"] }, tools);
  assert.deepEqual(tools.said, ["kustomize build k8s/base says:", "# Warning: 'commonLabels' is deprecated.\n"]);
});

const refusals = [
  {
    what: "a directory above kustomizations",
    path: "k8s",
    programs: { kustomize: built("a") },
    code: "manifest-invalid",
    message: /^manifests: k8s\/base is a kustomization, which is rendered as a whole/,
    hint: /`manifests: k8s\/base`/,
  },
  {
    what: "a kustomization without any program",
    path: "k8s/base",
    programs: {},
    code: "process-failed",
    message: /^manifests: k8s\/base is rendered by kustomize, and neither kustomize nor kubectl is on the PATH$/,
    hint: /https:\/\/kubectl\.docs\.kubernetes\.io\/installation\/kustomize/,
  },
  {
    what: "what kustomize refuses",
    path: "k8s/base",
    programs: { kustomize: { exitCode: 1, stderr: "Error: accumulating resources: no such file\n" } },
    code: "manifest-invalid",
    message: /^kustomize build k8s\/base ended with 1:\n {2}Error: accumulating resources: no such file$/,
    hint: /^Run `kustomize build k8s\/base` by hand/,
  },
  {
    what: "a build that does not end",
    path: "k8s/base",
    programs: { kustomize: { exitCode: undefined, timedOut: true } },
    code: "timed-out",
    message: /^kustomize build k8s\/base did not end within 60 s$/,
    hint: /`timeout`/,
  },
  {
    what: "a build that is no object",
    path: "k8s/base",
    programs: { kustomize: { stdout: "kind: ConfigMap\n" } },
    code: "manifest-invalid",
    message: /^kustomize build k8s\/base:1: the object has no apiVersion$/,
    hint: /apiVersion/,
  },
] as const;

for (const { what, path, programs, code, message, hint } of refusals) {
  test(`refuses ${what}`, async () => {
    await assert.rejects(readFrom(overlays, { paths: [path] }, scriptedTools(programs)), (error) => {
      assert.ok(isCutoverError(error, code));
      assert.match(error.message, message);
      assert.match(error.hint ?? "", hint);
      return true;
    });
  });
}

test("only the end of a long complaint is told", async () => {
  const stderr = Array.from({ length: 500 }, (_, line) => `line ${line}`).join("\n");
  const tools = scriptedTools({ kustomize: { exitCode: 1, stderr } });
  await assert.rejects(readFrom(overlays, { paths: ["k8s/base"] }, tools), ({ message }: Error) => {
    assert.equal(message.split("\n").length, 13);
    assert.match(message, /line 499$/);
    return true;
  });
});

test("a run that is cancelled stops with the signal's reason", async () => {
  const tools = scriptedTools({ kustomize: { exitCode: undefined } }, AbortSignal.abort("SIGINT"));
  await assert.rejects(readFrom(overlays, { paths: ["k8s/base"] }, tools), (reason) => reason === "SIGINT");
});
