import assert from "node:assert/strict";
import { test } from "node:test";
import { parseImageReference } from "@cutover/release";
import { keysFor, readPullKeys } from "./pull-keys.ts";

const auth = Buffer.from("name:pass:word").toString("base64");

/** The places of those that are tried, in order. */
function tried(reference: string, ...places: readonly string[]): readonly string[] {
  const content = JSON.stringify({ auths: Object.fromEntries(places.map((place) => [place, { auth }])) });
  const keys = readPullKeys("Secret pull", "kubernetes.io/dockerconfigjson", content) ?? [];
  const image = parseImageReference(reference) ?? assert.fail(reference);
  return keysFor(image, keys).map(({ place }) => place);
}

test("a registry's host, its host as an address, and the beginning of a path match; longer paths come first", () => {
  const image = "registry.example/team/shop:v1";
  assert.deepEqual(tried(image, "registry.example", "registry.example/team", "registry.example/other"), [
    "registry.example/team",
    "registry.example",
  ]);
  assert.deepEqual(tried(image, "registry.example/team", "registry.example"), [
    "registry.example/team",
    "registry.example",
  ]);
  assert.deepEqual(tried("registry.example.evil.example/shop", "registry.example", "registry.*"), []);
  assert.deepEqual(tried(image, "https://registry.example/v2/"), ["registry.example"]);
  assert.deepEqual(tried(image, "http://registry.example"), ["registry.example"]);
  assert.deepEqual(tried(image, "example", "registry.example:443", "other.example"), []);
  assert.deepEqual(tried("registry.example:5000/shop", "registry.example", "registry.example:5000"), [
    "registry.example:5000",
  ]);
});

test("a wildcard stands for one part of a host", () => {
  assert.deepEqual(tried("eu.registry.example/shop", "*.registry.example", "*.example", "e?.*.example/shop"), [
    "e?.*.example/shop",
    "*.registry.example",
  ]);
  assert.deepEqual(tried("a.b.registry.example/shop", "*.registry.example"), []);
});

test("Docker's own registry has several names", () => {
  assert.deepEqual(tried("nginx", "https://index.docker.io/v1/"), ["index.docker.io"]);
  assert.deepEqual(tried("docker.io/acme/shop", "https://index.docker.io/v1/", "docker.io"), ["docker.io"]);
  assert.deepEqual(tried("acme/shop", "docker.io/acme"), ["docker.io/acme"]);
  assert.deepEqual(tried("registry.example/shop", "https://index.docker.io/v1/"), []);
});

test("both formats are read, `auth` wins over a name, and what is none is nothing", () => {
  const [key] =
    readPullKeys("Secret old", "kubernetes.io/dockercfg", JSON.stringify({ host: { auth, username: "other" } })) ?? [];
  assert.deepEqual(key, { from: "Secret old", place: "host", username: "name", password: "pass:word" });
  const plain = JSON.stringify({ auths: { host: { username: "name", password: "word" }, empty: {} } });
  assert.equal(readPullKeys("Secret new", "kubernetes.io/dockerconfigjson", plain)?.length, 1);
  for (const broken of ["", "{", '{"auths":{"host":"text"}}'])
    assert.equal(readPullKeys("Secret new", "kubernetes.io/dockerconfigjson", broken), undefined, broken);
});
