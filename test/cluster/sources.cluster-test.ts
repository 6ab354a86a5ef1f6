import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { after, before, suite, test } from "node:test";
import { type ActionRunResult, runAction } from "@cutover/workflow";
import { bundledStub } from "../bundled-stub.ts";
import { run } from "./command.ts";
import { publish } from "./images.ts";
import { kubeconfig, kubectl } from "./kubectl.ts";
import { helm, kube, kustomize } from "./programs.ts";

const namespace = "sources-test";
const inNamespace = (...args: string[]): string => kubectl(["--namespace", namespace, ...args]);
let workspace: string;
let v1: string;
let v2: string;
let v3: string;

before(async () => {
  [v1, v2, v3] = [await publish("v1"), await publish("v2"), await publish("v3")];
  kubectl(["create", "namespace", namespace]);
  workspace = await mkdtemp(join(tmpdir(), "cutover-sources-"));
});

after(async () => {
  kubectl(["delete", "namespace", namespace, "--timeout=60s"]);
  await rm(workspace, { recursive: true, force: true });
});

suite("a kustomization", { concurrency: false }, () => {
  const overlay = "k8s/production";
  const release = (inputs: Record<string, string>, path = dirname(kustomize())) =>
    deploy({ service: "catalog", manifests: overlay, ...inputs }, path);
  /** As the runbooks have it: in the overlay's folder, before it is built. */
  const setImage = (image: string) =>
    run(kustomize(), ["edit", "set", "image", `acme/shop=${image}`], { cwd: join(workspace, overlay) });

  before(async () => {
    const container = "{ name: app, image: acme/shop, envFrom: [{ configMapRef: { name: greeting } }], PORTS }";
    await checkOut({
      "k8s/base/kustomization.yaml": "resources: [shop.yaml]\n",
      "k8s/base/shop.yaml": `${service("catalog", "app: catalog")}---\n${deployment("catalog", "app: catalog", container)}`,
      "k8s/production/kustomization.yaml": `namespace: ${namespace}\nresources: [../base]\nconfigMapGenerator: [{ name: greeting, literals: [GREETING=hello] }]\n`,
    });
  });

  test("is built with the image that `kustomize edit set image` wrote", async () => {
    setImage(v1);
    succeeded(await release({}));
    assert.deepEqual(live("catalog"), ["blue", v1]);
    setImage(v2);
    succeeded(await release({}));
    assert.deepEqual(live("catalog"), ["green", v2]);
    const [generated] = configOf("catalog-green");
    assert.match(generated ?? "", /^greeting-[a-z0-9]{10}-green$/);
    assert.equal(inNamespace("get", "configmap", generated ?? "", "--output=jsonpath={.data.GREETING}"), "hello");
  });

  test("is built by kubectl where only that is there, and `images` wins over what it says", async () => {
    const folder = join(workspace, "bin");
    await checkOut({ "bin/kubectl": `#!/bin/sh\nexec '${kube()}' kubectl "$@"\n` }, 0o755);
    const done = await release({ images: v3 }, folder);
    succeeded(done);
    assert.deepEqual(live("catalog"), ["blue", v3]);
  });

  test("that is wrong is told in kustomize's own words, before anything is written", async () => {
    await checkOut({ "k8s/wrong/kustomization.yaml": "resources: [nowhere.yaml]\n" });
    const refused = await release({ manifests: "k8s/wrong" });
    assert.match(errorOf(refused), /^kustomize build k8s\/wrong ended with 1:\n {2}Error: accumulating resources/);
    assert.equal(refused.outputs.outcome, "refused");
  });
});

suite("a Helm chart", { concurrency: false }, () => {
  const path = dirname(helm());
  const release = (inputs: Record<string, string>) =>
    deploy({ service: "shop", chart: "charts/shop", ...inputs }, path);
  const inHelm = (...args: string[]) =>
    run(helm(), [...args, "--namespace", namespace], {
      cwd: workspace,
      env: { KUBECONFIG: kubeconfig(), HOME: workspace },
    });

  before(async () => {
    const labels = "app: {{ .Release.Name }}{{ with .Values.color }}, color: {{ . }}{{ end }}";
    const container = "{ name: app, image: {{ .Values.image | quote }}, PORTS }";
    const colored = "{{ .Release.Name }}{{ with .Values.color }}-{{ . }}{{ end }}";
    await checkOut({
      "charts/shop/Chart.yaml": "apiVersion: v2\nname: shop\nversion: 1.0.0\n",
      "charts/shop/values.yaml": "image: acme/shop\ncolor: blue\nreleased: false\nmigrate: false\n",
      "charts/shop/templates/shop.yaml": `{{ if .Values.released }}\n${kept(service("{{ .Release.Name }}", labels))}---\n${kept(deployment(colored, labels, container))}{{ end }}`,
      "charts/shop/templates/test.yaml": hook("test", "Pod"),
      "charts/shop/templates/migrate.yaml": `{{ if .Values.migrate }}\n${hook("pre-upgrade", "Job")}{{ end }}`,
      "production.yaml": `image: ${v2}\nreleased: true\n`,
    });
  });

  test("that Helm has installed is released over, colored by its own value", async () => {
    inHelm("upgrade", "--install", "shop", "charts/shop", "--set", `released=true,image=${v1}`, "--wait");
    assert.deepEqual(live("shop"), ["blue", v1]);
    succeeded(await release({ values: "production.yaml", set: "color={color}" }));
    assert.deepEqual(live("shop"), ["green", v2]);
    succeeded(await release({ set: `color={color}\nreleased=true\nimage=${v3}` }));
    assert.deepEqual(live("shop"), ["blue", v3], "Helm's own Deployment is taken over");
    succeeded(await release({ images: `acme/shop=${v1}`, set: "color={color}\nreleased=true" }));
    assert.deepEqual(live("shop"), ["green", v1]);
  });

  test("takes the traffic to its own color when Helm upgrades it, and the next release goes on from there", async () => {
    inHelm("upgrade", "shop", "charts/shop", "--set", `released=true,image=${v2}`, "--wait");
    assert.deepEqual(live("shop"), ["blue", v2]);
    succeeded(await release({ set: `color={color}\nreleased=true\nimage=${v3}` }));
    assert.deepEqual(live("shop"), ["green", v3]);
  });

  test("keeps what is released out of Helm's hands once Helm leaves it out", () => {
    inHelm("upgrade", "shop", "charts/shop", "--set", `image=${v1}`, "--wait");
    assert.deepEqual(live("shop"), ["green", v3]);
  });

  test("that would wait for a migration is refused by the hook's name", async () => {
    const refused = await release({ set: "color={color}\nreleased=true\nmigrate=true" });
    assert.match(
      errorOf(refused),
      /^helm template charts\/shop:\d+: Job shop-pre-upgrade is a Helm hook \(pre-upgrade\)/,
    );
    assert.equal(refused.outputs.outcome, "refused");
  });

  test("without colors is colored by the action", async () => {
    await checkOut({ "plain.yaml": `color: ""\nimage: ${v1}\nreleased: true\n` });
    succeeded(await deploy({ service: "plain", chart: "charts/shop", values: "plain.yaml" }, path));
    assert.deepEqual(live("plain"), ["blue", v1]);
    assert.equal(inNamespace("get", "deployment", "plain", "--ignore-not-found", "--output=name"), "");
  });

  test("that is wrong is told in Helm's own words, before anything is written", async () => {
    await checkOut({ "charts/wrong/Chart.yaml": "apiVersion: v2\nname: wrong\nversion: 1.0.0\n" });
    await checkOut({ "charts/wrong/templates/a.yaml": "{{ fail `no image` }}\n" });
    const refused = await release({ chart: "charts/wrong" });
    assert.match(errorOf(refused), /^helm template charts\/wrong ended with 1:\n {2}Error: .*no image/);
    assert.equal(refused.outputs.outcome, "refused");
  });
});

async function deploy(inputs: Record<string, string>, path: string): Promise<ActionRunResult> {
  const env = { KUBECONFIG: kubeconfig(), HOME: workspace, PATH: [path, "/bin", "/usr/sbin"].join(delimiter) };
  const quick = { namespace, soak: "0s", drain: "0s", timeout: "60s" };
  return await runAction({
    stub: await bundledStub("blue-green-deploy"),
    workspace,
    env,
    inputs: { ...quick, ...inputs },
  });
}

function succeeded({ outputs, log }: ActionRunResult): void {
  assert.equal(outputs.outcome, "succeeded", log);
}

function errorOf({ annotations, log }: ActionRunResult): string {
  return annotations.find(({ level }) => level === "error")?.message ?? assert.fail(log);
}

/** The color with the traffic, and its image. */
function live(name: string): readonly [color: string, image: string] {
  const color = inNamespace("get", "service", name, "--output=jsonpath={.spec.selector.color}");
  const image = "jsonpath={.spec.template.spec.containers[0].image}";
  return [color, inNamespace("get", "deployment", `${name}-${color}`, `--output=${image}`)];
}

function configOf(deploymentName: string): readonly string[] {
  const names = "jsonpath={.spec.template.spec.containers[0].envFrom[*].configMapRef.name}";
  return inNamespace("get", "deployment", deploymentName, `--output=${names}`).split(" ");
}

async function checkOut(files: Readonly<Record<string, string>>, mode = 0o644): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(workspace, name)), { recursive: true });
    await writeFile(join(workspace, name), text, { mode });
  }
}

function service(name: string, labels: string): string {
  return `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { selector: { ${labels} }, ports: [{ port: 80, targetPort: 8080 }] }\n`;
}

function deployment(name: string, labels: string, container: string): string {
  const ports =
    "ports: [{ containerPort: 8080 }], readinessProbe: { httpGet: { path: /ready, port: 8080 }, periodSeconds: 1 }";
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: 1
  selector: { matchLabels: { ${labels} } }
  template:
    metadata: { labels: { ${labels} } }
    spec: { dnsPolicy: Default, containers: [${container.replace("PORTS", ports)}] }
`;
}

/** Helm leaves such an object alone when it is in the chart no more. */
function kept(manifest: string): string {
  return manifest.replace(/^metadata: \{/m, "metadata: { annotations: { helm.sh/resource-policy: keep },");
}

function hook(moment: string, kind: "Pod" | "Job"): string {
  const pod = "{ restartPolicy: Never, containers: [{ name: hook, image: acme/hook }] }";
  const spec = kind === "Pod" ? pod : `{ template: { spec: ${pod} } }`;
  const version = kind === "Pod" ? "v1" : "batch/v1";
  return `apiVersion: ${version}\nkind: ${kind}\nmetadata: { name: "{{ .Release.Name }}-${moment}", annotations: { helm.sh/hook: ${moment} } }\nspec: ${spec}\n`;
}
