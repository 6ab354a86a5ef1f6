import assert from "node:assert/strict";
import { test } from "node:test";
import { formatImageReference, fullRepository, isPinned, parseImageReference } from "./image-reference.ts";

const digest = `sha256:${"9f".repeat(32)}`;

const references: readonly [text: string, registry: string | undefined, repository: string, tag?: string][] = [
  ["nginx", undefined, "nginx"],
  ["library/nginx:1.27", undefined, "library/nginx", "1.27"],
  ["registry.example/shop", "registry.example", "shop"],
  ["registry.example:5000/team/shop:v1.2_3", "registry.example:5000", "team/shop", "v1.2_3"],
  ["localhost/shop", "localhost", "shop"],
  ["localhost:5000/shop", "localhost:5000", "shop"],
  ["127.0.0.1:5000/shop", "127.0.0.1:5000", "shop"],
  ["[::1]:5000/shop", "[::1]:5000", "shop"],
  ["Host/shop", "Host", "shop"],
  ["shop:5000", undefined, "shop", "5000"],
  ["ghcr.io/acme/web-shop__api.v2", "ghcr.io", "acme/web-shop__api.v2"],
];

for (const [text, registry, repository, tag] of references) {
  test(`reads ${text} and writes it back`, () => {
    assert.deepEqual(parseImageReference(text), { registry, repository, tag, digest: undefined });
    const pinned = parseImageReference(`${text}@${digest}`);
    assert.deepEqual(pinned, { registry, repository, tag, digest });
    assert.equal(formatImageReference(pinned), `${text}@${digest}`);
  });
}

const wrong = [
  "",
  " nginx",
  "Nginx",
  "nginx:",
  "nginx:-a",
  "nginx@sha256:abc",
  `nginx@sha256:${"9F".repeat(32)}`,
  `nginx@sha256:${"9f".repeat(31)}`,
  "registry.example/",
  "registry.example//shop",
  "registry.example/Shop",
  "UPPER/x/Y",
  "shop/a..b",
  "-shop",
  "--privileged",
  "shop;reboot",
  "$(GITHUB_SHA)",
  `${"a/".repeat(130)}a`,
  `nginx:${"a".repeat(129)}`,
];

for (const text of wrong) {
  test(`takes ${JSON.stringify(text).slice(0, 40)} for no image`, () => {
    assert.equal(parseImageReference(text), undefined);
  });
}

test("is pinned by a digest and by nothing else", () => {
  const pinned = (text: string) => {
    const reference = parseImageReference(text);
    assert.ok(reference);
    return isPinned(reference);
  };
  assert.equal(pinned("shop:v1"), false);
  assert.equal(pinned(`shop:v1@${digest}`), true);
});

test("a short name means Docker Hub, as runtimes read it", () => {
  const full = (text: string) => {
    const reference = parseImageReference(text);
    assert.ok(reference);
    return fullRepository(reference);
  };
  for (const nginx of ["nginx", "nginx:1", "library/nginx", "docker.io/nginx", "index.docker.io/library/nginx"])
    assert.equal(full(nginx), "docker.io/library/nginx");
  assert.equal(full("acme/shop:v1"), "docker.io/acme/shop");
  assert.equal(full(`localhost:5000/shop@${digest}`), "localhost:5000/shop");
});
