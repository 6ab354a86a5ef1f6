import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type ImageReference,
  isCutoverError,
  parseImageReference,
  type WebAnswer,
  type WebRequest,
} from "@cutover/release";
import { openRegistry, type SmallRegistryOptions, web } from "../../test/doubles/registry.ts";
import { type PullKey, readPullKeys } from "./pull-keys.ts";
import { createRegistries } from "./registries.ts";

const image = (text: string): ImageReference => parseImageReference(text) ?? assert.fail(text);
const keys = (from: string, place: string, pair: string): readonly PullKey[] => {
  const auths = { [place]: { auth: Buffer.from(pair).toString("base64") } };
  return readPullKeys(from, "kubernetes.io/dockerconfigjson", JSON.stringify({ auths })) ?? assert.fail(from);
};

/** A registry with one image, `team/shop:v1`, and somebody who reads it. */
async function open(options: SmallRegistryOptions = {}, platforms?: readonly string[]) {
  const registry = await openRegistry({ users: { bot: "pass:word" }, ...options });
  const digest = registry.push({ name: "team/shop", tag: "v1", ...(platforms && { platforms }) });
  const secrets: string[] = [];
  const registries = createRegistries({ web, onSecret: (value) => secrets.push(value) });
  const find = (reference: string, given: readonly PullKey[] = []) =>
    registries.find(image(`${registry.host}/team/shop${reference}`), given);
  const failure = async (reference: string, given?: readonly PullKey[]) => {
    const error = await find(reference, given).catch((thrown: unknown) => thrown);
    assert.ok(isCutoverError(error), String(error));
    return `${error.code}: ${error.message.replaceAll(registry.host, "HOST")}`;
  };
  return { registry, digest, find, failure, secrets, [Symbol.asyncDispose]: () => registry[Symbol.asyncDispose]() };
}

test("a tag is what it means now, and a digest is itself", async () => {
  await using shop = await open();
  assert.equal((await shop.find(":v1")).digest, shop.digest);
  assert.equal((await shop.find(`@${shop.digest}`)).digest, shop.digest);
});

test("an image's platform stands in its configuration, wherever its registry keeps that", async () => {
  for (const hasStore of [false, true]) {
    await using shop = await open({ hasStore, auth: "basic" }, ["linux/arm64"]);
    const found = await shop.find(":v1", keys("Secret pull", shop.registry.host, "bot:pass:word"));
    assert.deepEqual(await found.platforms(), [{ os: "linux", architecture: "arm64" }]);
  }
});

test("an index lists its platforms, and attestations are none", async () => {
  await using shop = await open({}, ["linux/amd64", "linux/arm64"]);
  const platforms = await (await shop.find(":v1")).platforms();
  assert.deepEqual(
    platforms.map(({ os, architecture }) => `${os}/${architecture}`),
    ["linux/amd64", "linux/arm64"],
  );
});

for (const auth of ["basic", "bearer"] as const) {
  test(`credentials go to a registry that asks for ${auth}, once it has asked`, async () => {
    await using shop = await open({ auth });
    const found = await shop.find(":v1", keys("Secret pull", shop.registry.host, "bot:pass:word"));
    assert.deepEqual([found.digest, found.key?.from], [shop.digest, "Secret pull"]);
    assert.match(shop.registry.requests[0] ?? "", /^GET \/v2\/team\/shop\/manifests\/v1 -$/);
    assert.deepEqual(shop.secrets, auth === "bearer" ? ["token-for-team/shop"] : []);
    assert.equal(shop.registry.requests.length, auth === "bearer" ? 3 : 2);
  });

  test(`whoever a registry with ${auth} refuses is told with the Secret that they came with`, async () => {
    await using shop = await open({ auth });
    const wrong = keys("Secret old", shop.registry.host, "bot:wrong");
    assert.match(
      await shop.failure(":v1", wrong),
      /^unauthorized: HOST does not let the credentials of Secret old read HOST\/team\/shop:v1 \(401 UNAUTHORIZED\)$/,
    );
    assert.match(
      await shop.failure(":v1"),
      /^unauthorized: HOST shows HOST\/team\/shop:v1 to nobody without credentials/,
    );
  });
}

test("of several credentials the next are tried after those that are refused", async () => {
  await using shop = await open({ auth: "bearer" });
  const { host } = shop.registry;
  const given = [...keys("Secret old", `${host}/team`, "bot:wrong"), ...keys("Secret new", host, "bot:pass:word")];
  assert.equal((await shop.find(":v1", given)).key?.from, "Secret new");
  assert.match(await shop.failure(":v2", given), /^not-found: HOST has no image HOST\/team\/shop:v2 /);
});

test("what is not there, is elsewhere, or cannot be had now are three things", async () => {
  await using shop = await open();
  const digest = `sha256:${"0".repeat(64)}`;
  assert.equal(
    await shop.failure(`@${digest}`),
    `not-found: HOST has no image HOST/team/shop@${digest} (404 MANIFEST_UNKNOWN)`,
  );
  await using moved = await open({ failing: { status: 307, headers: { location: "https://elsewhere.example/" } } });
  assert.match(
    await moved.failure(":v1"),
    /^refused: HOST sends whoever asks for HOST\/team\/shop:v1 to https:\/\/elsewhere\.example\/ \(307\)$/,
  );
  await using busy = await open({ failing: { status: 429, headers: { "retry-after": "40" } } });
  assert.match(
    await busy.failure(":v1"),
    /^unavailable: HOST was asked too often and does not tell of HOST\/team\/shop:v1 \(429\)$/,
  );
  await using broken = await open({ failing: { status: 503 } });
  assert.match(await broken.failure(":v1"), /^unavailable: HOST does not tell of HOST\/team\/shop:v1 \(503\)$/);
  const nobody = await createRegistries({ web })
    .find(image("127.0.0.1:1/shop:v1"), [])
    .catch((error: unknown) => error);
  assert.ok(isCutoverError(nobody, "unreachable"));
});

test("a token server that is broken, or not encrypted, is told as that", async () => {
  await using silent = await open({ auth: "bearer", token: { status: 404 } });
  assert.match(await silent.failure(":v1"), /^unavailable: HOST gives no token for HOST \(404\)$/);
  await using empty = await open({ auth: "bearer", token: { status: 200 } });
  assert.match(await empty.failure(":v1"), /^unavailable: HOST gives no token for HOST \(200\)$/);
  await using unsafe = await open({ auth: "bearer", token: { realm: "http://tokens.example/" } });
  const given = keys("Secret pull", unsafe.registry.host, "bot:pass:word");
  assert.match(
    await unsafe.failure(":v1", given),
    /^refused: HOST wants its tokens fetched over a way that is not encrypt/,
  );
});

test("http goes to this machine, and else only where it is allowed", async () => {
  const asked: string[] = [];
  const ask = async ({ url, allowHttp }: WebRequest): Promise<WebAnswer> => {
    asked.push(`${url.replace(/v2.*/, "")} ${allowHttp}`);
    return { status: 404, headers: {}, body: "", ms: 1 };
  };
  const registries = createRegistries({ web: { ask }, insecure: ["registry.lan:5000"] });
  for (const text of ["localhost:5000/a", "registry.lan:5000/a", "registry.lan/a", "a", "index.docker.io/a/b"])
    await assert.rejects(registries.find(image(text), []));
  assert.deepEqual(asked, [
    "http://localhost:5000/ true",
    "http://registry.lan:5000/ true",
    "https://registry.lan/ true",
    "https://registry-1.docker.io/ true",
    "https://registry-1.docker.io/ true",
  ]);
});

test("what is changed on the way is not believed", async () => {
  await using shop = await open({ isDamaged: true });
  assert.match(
    await shop.failure(`@${shop.digest}`),
    /^unavailable: What comes from HOST for HOST\/team\/shop@\S+ has the digest sha256:/,
  );
});

test("a chart is no image", async () => {
  await using shop = await open();
  shop.registry.push({ name: "team/shop", tag: "chart", configType: "application/vnd.cncf.helm.config.v1+json" });
  assert.match(await shop.failure(":chart"), /^rejected: What HOST has as HOST\/team\/shop:chart is no image$/);
});
