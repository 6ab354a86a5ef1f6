import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openRegistry, type SmallRegistry } from "../../../test/doubles/registry.ts";
import { allRights } from "../../../test/journeys/shop.ts";
import { checked, releasing, type Scene, shopAnd, told } from "../checked.test-kit.ts";

let open: SmallRegistry;
let guarded: SmallRegistry;
let digest: string;

before(async () => {
  open = await openRegistry();
  guarded = await openRegistry({ auth: "bearer", users: { bot: "password" } });
  digest = open.push({ name: "shop", tag: "v2" });
  guarded.push({ name: "shop", tag: "v2" });
});
after(async () => {
  await open[Symbol.asyncDispose]();
  await guarded[Symbol.asyncDispose]();
});

const pullSecret = (name: string, host: string, pair: string) => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name, namespace: "shop" },
  type: "kubernetes.io/dockerconfigjson",
  data: { ".dockerconfigjson": base64(JSON.stringify({ auths: { [host]: { auth: base64(pair) } } })) },
});
const [all = assert.fail()] = allRights;
const kindsOfRelease = [
  ...["services", "pods", "deployments", "replicasets", "controllerrevisions", "leases"],
  ...["endpointslices", "horizontalpodautoscalers", "poddisruptionbudgets"],
];
const base64 = (text: string) => Buffer.from(text).toString("base64");

/** A release of this image, by pods that name these pull secrets. */
const found = async (
  image: string,
  secrets: readonly ReturnType<typeof pullSecret>[] = [],
  more: Partial<Scene> = {},
) => {
  const pod = { imagePullSecrets: secrets.map(({ metadata: { name } }) => ({ name })) };
  const scene = releasing({ container: { image }, pod: secrets.length === 0 ? {} : pod });
  const result = await checked("images", { ...scene, options: shopAnd(...secrets), ...more });
  return told(result).replaceAll(open.host, "OPEN").replaceAll(guarded.host, "GUARDED").replaceAll(digest, "DIGEST");
};

test("an image by digest that everybody may pull passes", async () => {
  assert.equal(await found(`${open.host}/shop@${digest}`), "pass: OPEN/shop@DIGEST can be pulled for everybody");
});

test("a tag is worth a word, with what it means now", async () => {
  const said = "OPEN/shop:v2 can be pulled for everybody, and its tag can be moved; at this moment it means DIGEST";
  assert.equal(await found(`${open.host}/shop:v2`), `warn: ${said}`);
});

test("an image that is not there is named", async () => {
  const said = "OPEN has no image OPEN/shop:v3 (404 MANIFEST_UNKNOWN)";
  assert.equal(await found(`${open.host}/shop:v3`), `fail: ${said}`);
});

test("what needs credentials is pulled by the pods' own, and nobody else's", async () => {
  const image = `${guarded.host}/shop@${digest}`;
  const good = pullSecret("pull", guarded.host, "bot:password");
  assert.equal(await found(image, [good]), "pass: GUARDED/shop@DIGEST can be pulled by Secret pull");
  const old = pullSecret("pull", guarded.host, "bot:old");
  assert.equal(
    await found(image, [old]),
    "fail: GUARDED does not let the credentials of Secret pull read GUARDED/shop@DIGEST (401 UNAUTHORIZED)",
  );
  const metadata = { name: "puller", namespace: "shop" };
  const account = { apiVersion: "v1", kind: "ServiceAccount", metadata, imagePullSecrets: [{ name: "pull" }] };
  const byAccount = releasing({ container: { image }, pod: { serviceAccountName: "puller" } });
  const said = await found(image, [], { ...byAccount, options: shopAnd(good, account) });
  assert.match(said, /^pass: .* by Secret pull$/);
});

test("without a pull secret only the nodes know whether they can pull it", async () => {
  const said = await found(`${guarded.host}/shop@${digest}`);
  assert.match(said, /^warn: GUARDED shows .* to nobody .*no pull secret of the pods is for it; the nodes may have/);
});

test("this runner's own login shows that it is there, if it is given", async () => {
  const image = `${guarded.host}/shop@${digest}`;
  const { inputs, ...scene } = releasing({ container: { image } });
  const by = (pair: string) => {
    const config = JSON.stringify({ auths: { [guarded.host]: { auth: base64(pair) } }, credsStore: "desktop" });
    return found(image, [], { ...scene, inputs: { ...inputs, "docker-config": config } });
  };
  assert.match(
    await by("bot:password"),
    /^pass: .* is there, by `docker-config`; the nodes need credentials of their own/,
  );
  assert.match(await by("bot:old"), /^warn: GUARDED does not let the credentials of `docker-config` read /);
  const nowhere = { ...inputs, "docker-config": "gone.json" };
  assert.match(
    await found(image, [], { ...scene, inputs: nowhere }),
    /^error: The Docker configuration gone\.json cannot/,
  );
});

test("a pull secret that may not be read is said so", async () => {
  const secret = pullSecret("pull", guarded.host, "bot:password");
  const image = `${guarded.host}/shop@${digest}`;
  const { before: write } = releasing({ container: { image }, pod: { imagePullSecrets: [{ name: "pull" }] } });
  const said = await found(image, [secret], {
    before: (town) => {
      town.sandbox.setRules([{ ...all, resources: kindsOfRelease }]);
      return write?.(town);
    },
  });
  assert.match(said, /^warn: .*whether the pods can pull it cannot be told without Secret pull$/);
});

test("an image that the nodes have by other ways is not looked for", async () => {
  const { inputs, before } = releasing({ container: { image: "127.0.0.1:1/shop:v2", imagePullPolicy: "Never" } });
  const result = await checked("images", { ...(inputs && { inputs }), ...(before && { before }) });
  assert.equal(told(result), "skip: There is no image that pods pull");
});

test("a registry that is not there is an error, not an answer", async () => {
  assert.match(
    await found("127.0.0.1:1/shop:v2"),
    /^error: http:\/\/127\.0\.0\.1:1 cannot be reached: .*; it should have 127\.0\.0\.1:1\/shop:v2$/,
  );
});
