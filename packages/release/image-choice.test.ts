import assert from "node:assert/strict";
import { test } from "node:test";
import { isCutoverError } from "./errors.ts";
import { chooseImages } from "./image-choice.ts";

const digest = `sha256:${"9f".repeat(32)}`;
const running = [
  ["migrate", "ghcr.io/acme/shop:v1"],
  ["app", `ghcr.io/acme/shop:v1@${digest}`],
  ["proxy", "localhost:5000/proxy:v9"],
  ["cache", "redis:7"],
  ["redis", "docker.io/bitnami/redis"],
  ["template", "$" + "{IMAGE}"],
] as const;
const choose = (wanted: Record<string, string>) => chooseImages(wanted, running, "shop-green");

const choices: readonly [what: string, wanted: Record<string, string>, chosen: Record<string, string>][] = [
  ["a container by its name", { app: "ghcr.io/acme/shop:v2" }, { app: "ghcr.io/acme/shop:v2" }],
  [
    "every container of a repository, whatever tag or digest it has",
    { "ghcr.io/acme/shop": `ghcr.io/acme/shop:v2@${digest}` },
    { migrate: `ghcr.io/acme/shop:v2@${digest}`, app: `ghcr.io/acme/shop:v2@${digest}` },
  ],
  [
    "one repository by another",
    { "localhost:5000/proxy": "ghcr.io/acme/proxy:v9" },
    { proxy: "ghcr.io/acme/proxy:v9" },
  ],
  [
    "no neighbor in the same registry",
    { "localhost:5000/proxy": "localhost:5000/proxy:v10" },
    { proxy: "localhost:5000/proxy:v10" },
  ],
  ["a short name by its full one", { "docker.io/library/redis": "redis:8" }, { cache: "redis:8" }],
  ["the container, where a repository has the same name", { redis: "redis:8" }, { redis: "redis:8" }],
  [
    "a container whose image is no reference yet",
    { template: "ghcr.io/acme/shop:v2" },
    { template: "ghcr.io/acme/shop:v2" },
  ],
  [
    "a container that two lines agree on",
    { app: "ghcr.io/acme/shop:v2", "ghcr.io/acme/shop": "ghcr.io/acme/shop:v2" },
    { migrate: "ghcr.io/acme/shop:v2", app: "ghcr.io/acme/shop:v2" },
  ],
];

for (const [what, wanted, chosen] of choices) {
  test(`replaces the image of ${what}`, () => assert.deepEqual(choose(wanted), chosen));
}

const refusals: readonly [what: string, wanted: Record<string, string>, message: string, hint: RegExp][] = [
  [
    "a container that there is not",
    { web: "ghcr.io/acme/shop:v2" },
    "images: Deployment shop-green has no container web",
    /^Its containers are migrate \(ghcr\.io\/acme\/shop:v1\), app \(.*\), proxy \(localhost:5000\/proxy:v9\), /,
  ],
  [
    "a repository that only begins like one",
    { "ghcr.io/acme/sho": "ghcr.io/acme/sho:v2" },
    "images: no container of Deployment shop-green has an image of ghcr.io/acme/sho",
    /^Its containers are migrate/,
  ],
  [
    "a registry without its port",
    { "localhost/proxy": "localhost/proxy:v2" },
    "images: no container of Deployment shop-green has an image of localhost/proxy",
    /^Its containers are migrate/,
  ],
  [
    "two images for one container",
    { app: "ghcr.io/acme/shop:v2", "ghcr.io/acme/shop": "ghcr.io/acme/shop:v3" },
    "images: container app would get two images, by app and by ghcr.io/acme/shop",
    /^Keep one of the two lines\.$/,
  ],
];

for (const [what, wanted, message, hint] of refusals) {
  test(`refuses ${what}`, () => {
    assert.throws(
      () => choose(wanted),
      (error) => {
        assert.ok(isCutoverError(error, "input-invalid"));
        assert.equal(error.message, message);
        assert.match(error.hint ?? "", hint);
        return true;
      },
    );
  });
}
