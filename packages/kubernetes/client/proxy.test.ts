import assert from "node:assert/strict";
import { test } from "node:test";
import { proxyFor } from "./proxy.ts";

const proxy = "http://proxy:3128";

test("takes the kubeconfig's proxy before the environment's, and lets NO_PROXY not touch it", () => {
  const env = { HTTPS_PROXY: proxy, NO_PROXY: "*" };
  assert.equal(proxyFor(new URL("https://k"), "socks5://socks:1080", env)?.host, "socks:1080");
});

test("reads HTTPS_PROXY in either case, also without a scheme", () => {
  for (const env of [{ HTTPS_PROXY: proxy }, { https_proxy: "proxy:3128" }])
    assert.equal(proxyFor(new URL("https://k"), undefined, env)?.host, "proxy:3128");
  assert.equal(proxyFor(new URL("https://k"), undefined, { HTTP_PROXY: proxy }), undefined);
  assert.equal(proxyFor(new URL("https://k"), undefined, { HTTPS_PROXY: "" }), undefined);
});

test("never takes this machine through a proxy", () => {
  for (const host of ["localhost:6443", "127.0.0.1:6443", "[::1]:6443"]) {
    assert.equal(proxyFor(new URL(`https://${host}`), undefined, { HTTPS_PROXY: proxy }), undefined);
  }
});

test("refuses what is no proxy's URL", () => {
  assert.throws(() => proxyFor(new URL("https://k"), "ftp://proxy", {}), { code: "input-invalid" });
});

const exceptions: readonly (readonly [string, string, boolean])[] = [
  ["*", "k.example", true],
  ["k.example", "k.example", true],
  ["example", "k.example", true],
  ["example.com", "badexample.com", false],
  [".example", "k.example", true],
  [".example", "example", false],
  ["*.example", "k.example", true],
  ["K.Example", "k.example", true],
  ["a, b c,k.example", "k.example", true],
  ["k.example:6443", "k.example:6443", true],
  ["k.example:443", "k.example:6443", false],
  ["k.example:443", "k.example", true],
  ["10.0.0.0/8", "10.1.2.3", true],
  ["10.0.0.0/8", "11.1.2.3", false],
  ["10.0.0.0/8", "ten.example", false],
  ["10.0.0.0/99", "10.1.2.3", false],
  ["10.1.2.3", "10.1.2.3", true],
  ["10.1.2.3:6443", "10.1.2.3:6443", true],
  ["fd00::/8", "[fd00::1]", true],
  ["fd00::1", "[fd00::1]", true],
  ["[fd00::1]:6443", "[fd00::1]:6443", true],
  ["2.3", "1.2.3", false],
];

for (const [noProxy, host, excepted] of exceptions) {
  test(`NO_PROXY=${noProxy} ${excepted ? "excepts" : "does not except"} ${host}`, () => {
    const found = proxyFor(new URL(`https://${host}`), undefined, { HTTPS_PROXY: proxy, NO_PROXY: noProxy });
    assert.equal(found === undefined, excepted);
  });
}
