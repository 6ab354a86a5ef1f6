import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type GuardedRegistry, keeper, openGuardedRegistry } from "./guarded-registry.ts";
import { missingImage, publish } from "./images.ts";
import { testThatAllWereSeen } from "./preflight-seen.ts";
import { kubeconfigOf, openPreflightShop, type PreflightShop } from "./preflight-shop.ts";
import { type Blob, descriptor, digest, pushBlob, pushManifest, registry } from "./registry.ts";
import { apply } from "./shop.ts";

let shop: PreflightShop;
let guarded: GuardedRegistry;
/** What is opened is closed, however far that went. */
const opened = new AsyncDisposableStack();
/** The same image, for everybody, behind a password and behind a token. */
let image: string;
let hidden: string;
let ticketed: string;

before(async () => {
  image = await publish("v2");
  guarded = opened.use(await openGuardedRegistry());
  shop = opened.use(await openPreflightShop());
  hidden = await guarded.copy(image);
  ticketed = hidden.replace(guarded.host, guarded.tokenHost);
  const hosts = [guarded.host, guarded.tokenHost];
  apply([
    pullSecret("good", keeper.password, hosts),
    pullSecret("bad", "wrong", hosts),
    pullSecret("other", keeper.password, ["other.example"]),
  ]);
  shop.kubectl("create", "secret", "generic", "opaque", "--from-literal=a=b");
});

after(() => opened.disposeAsync());

/** What a check says of a release of pods with this image and these pull secrets. */
async function told(id: string, named: string, ...pullSecrets: readonly string[]): Promise<string> {
  const imagePullSecrets = pullSecrets.map((name) => ({ name }));
  await shop.release({ container: { image: named }, pod: pullSecrets.length === 0 ? {} : { imagePullSecrets } });
  return await shop.told(id);
}

suite("images", { concurrency: false }, () => {
  test("one that the registry has passes, a tag is worth a word, and one that it has not fails", async () => {
    assert.equal(await told("images", image), `pass: ${image} can be pulled for everybody`);
    const [, value = ""] = image.split("@");
    assert.match(
      await told("images", `${registry}/fixture:v2`),
      new RegExp(`^warn: .* at this moment it means ${value}$`),
    );
    assert.equal(
      await told("images", missingImage()),
      `fail: ${registry} has no image ${missingImage()} (404 MANIFEST_UNKNOWN)`,
    );
  });

  for (const [how, named] of [
    ["password", () => hidden],
    ["token", () => ticketed],
  ] as const) {
    test(`behind a ${how} the pods' own pull secret decides, and the kubelet agrees`, async () => {
      const [host = ""] = named().split("/");
      assert.match(await told("images", named()), /^warn: .*the nodes may have credentials of their own$/);
      assert.match(
        await told("images", named(), "bad"),
        new RegExp(`^fail: ${host} does not let the credentials of Secret bad read ${named()} \\(401\\b`),
      );
      assert.equal(await told("images", named(), "bad", "good"), `pass: ${named()} can be pulled by Secret good`);
      const pulled = await Promise.all([
        pulls(`${how}-refused`, named(), "bad"),
        pulls(`${how}-pulled`, named(), "bad", "good"),
      ]);
      assert.deepEqual(pulled, [false, true]);
    });
  }

  test("the pull secrets of the ServiceAccount count where the pods have none", async () => {
    const metadata = { name: "puller", namespace: shop.namespace };
    apply([{ apiVersion: "v1", kind: "ServiceAccount", metadata, imagePullSecrets: [{ name: "good" }] }]);
    await shop.release({ container: { image: hidden }, pod: { serviceAccountName: "puller" } });
    assert.equal(await shop.told("images"), `pass: ${hidden} can be pulled by Secret good`);
  });

  test("a registry that nobody answers for is an error", async () => {
    assert.match(await told("images", "127.0.0.1:1/shop:v1"), /^error: http:\/\/127\.0\.0\.1:1 cannot be reached/);
  });
});

test("pull-secrets: one of another type, one that is not there, one for another registry", async () => {
  assert.equal(await told("pull-secrets", hidden, "good"), `pass: Secret good is for ${guarded.host}`);
  assert.match(
    await told("pull-secrets", hidden, "opaque"),
    /^fail: Secret opaque is of type Opaque, which no kubelet/,
  );
  assert.match(
    await told("pull-secrets", hidden, "gone"),
    /^fail: Secret gone does not exist, and the pods of web-\w+ /,
  );
  assert.match(await told("pull-secrets", hidden, "other"), /^warn: Secret other is for other\.example, and /);
});

test("platforms: an image for another processor than the nodes'", async () => {
  const own = process.arch === "arm64" ? "arm64" : "amd64";
  const stranger = own === "arm64" ? "amd64" : "arm64";
  assert.equal(await told("platforms", image), `pass: ${image} is built for linux/${own}`);
  const foreign = await pushFor(stranger);
  assert.match(
    await told("platforms", foreign),
    new RegExp(
      `^fail: ${foreign} is built for linux/${stranger}, and nodes that may take the pods of \\S+ are linux/${own}$`,
    ),
  );
});

test("credentials: a certificate, a token that lasts, and one that does not", async () => {
  assert.match(await shop.told("credentials"), /^pass: The credentials of \S+ are good for /);
  const who = `The credentials of system:serviceaccount:${shop.namespace}:default`;
  const token = (duration: string) => shop.kubectl("create", "token", "default", `--duration=${duration}`).trim();
  const by = (duration: string) => shop.told("credentials", { kubeconfig: kubeconfigOf(token(duration)) });
  assert.match(await by("1h"), new RegExp(`^pass: ${who} are good for (59|60) min`));
  assert.match(await by("10m"), new RegExp(`^fail: ${who} end at \\S+, in \\d+ min.*; the release may take 30 min$`));
});

test("version: one that is meant, and one that is not", async () => {
  assert.match(await shop.told("version"), /^pass: Kubernetes v1\.\d+\.\d+\S*, as are all its nodes$/);
  assert.match(
    await shop.told("version", { "kubernetes-versions": "1.20-1.22" }),
    /^fail: .* 1\.22 is the newest that is meant$/,
  );
});

testThatAllWereSeen("images");

function pullSecret(name: string, password: string, hosts: readonly string[]): object {
  const auths = Object.fromEntries(hosts.map((host) => [host, { username: keeper.name, password }]));
  const type = "kubernetes.io/dockerconfigjson";
  const metadata = { name, namespace: shop.namespace };
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata,
    type,
    stringData: { ".dockerconfigjson": JSON.stringify({ auths }) },
  };
}

/** Whether the kubelet can pull an image for a pod with these pull secrets. */
async function pulls(name: string, named: string, ...secrets: readonly string[]): Promise<boolean> {
  const imagePullSecrets = secrets.map((one) => ({ name: one }));
  const containers = [{ name: "app", image: named, imagePullPolicy: "Always" }];
  const spec = { imagePullSecrets, containers, terminationGracePeriodSeconds: 0 };
  apply([{ apiVersion: "v1", kind: "Pod", metadata: { name, namespace: shop.namespace }, spec }]);
  for (const end = Date.now() + 120_000; Date.now() < end; await sleep(100)) {
    const { status } = JSON.parse(shop.kubectl("get", "pod", name, "--output=json"));
    const [{ state = {} } = {}] = status.containerStatuses ?? [];
    if (state.running !== undefined) return true;
    if (/ErrImagePull|ImagePullBackOff/.test(state.waiting?.reason ?? "")) return false;
  }
  throw new Error(`The kubelet has not said what became of the image of pod ${name}`);
}

/** An image for another processor; nobody runs it. */
async function pushFor(architecture: string): Promise<string> {
  const blob = (kind: string, content: object): Blob => ({
    mediaType: `application/vnd.oci.image.${kind}`,
    content: Buffer.from(JSON.stringify(content)),
  });
  const config = blob("config.v1+json", { architecture, os: "linux", rootfs: { type: "layers", diff_ids: [] } });
  const name = "preflight-images";
  await pushBlob(name, config);
  const manifest = blob("manifest.v1+json", {
    schemaVersion: 2,
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    config: descriptor(config),
    layers: [],
  });
  await pushManifest(name, architecture, manifest);
  return `${registry}/${name}@${digest(manifest.content)}`;
}
