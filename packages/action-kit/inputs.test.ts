import assert from "node:assert/strict";
import { test } from "node:test";
import * as z from "zod";
import {
  duration,
  flag,
  imageAssignments,
  imageReference,
  integer,
  json,
  keyValues,
  kubernetesName,
  labelKey,
  lines,
  list,
  namePattern,
  oneOf,
  percentage,
  releaseReference,
  text,
} from "./index.ts";

const digest = `sha256:${"9f".repeat(32)}`;

interface Word {
  name: string;
  schema: z.ZodType;
  good: readonly (readonly [text: string, value: unknown])[];
  bad: readonly (readonly [text: string, message: string])[];
}

const vocabulary: readonly Word[] = [
  { name: "text", schema: text(), good: [["a b", "a b"]], bad: [] },
  {
    name: "flag",
    schema: flag(),
    good: [
      ["true", true],
      ["false", false],
    ],
    bad: ["yes", "1", "True", "on"].map((word) => [word, "expected true or false"] as const),
  },
  {
    name: "integer",
    schema: integer({ min: 1, max: 10 }),
    good: [
      ["1", 1],
      ["010", 10],
    ],
    bad: ["0", "11", "1.5", "1e1", "one", "0x1", "1 2", "9".repeat(30)].map(
      (word) => [word, "expected a whole number from 1 to 10"] as const,
    ),
  },
  { name: "integer without a range", schema: integer(), good: [["-3", -3]], bad: [["", "expected a whole number"]] },
  {
    name: "integer with one end",
    schema: integer({ min: 2 }),
    good: [["2", 2]],
    bad: [["1", "expected a whole number of at least 2"]],
  },
  {
    name: "duration",
    schema: duration(),
    good: [
      ["90s", 90_000],
      ["5m", 300_000],
      ["0", 0],
    ],
    bad: ["abc", "5", "5 minutes", "-1s"].map((word) => [word, "expected a duration such as 90s, 5m or 30d"] as const),
  },
  {
    name: "percentage",
    schema: percentage(),
    good: [
      ["5%", 0.05],
      ["0.5 %", 0.005],
      ["100%", 1],
    ],
    bad: ["5", "101%", "-1%", "%"].map((word) => [word, "expected a percentage from 0% to 100%, such as 5%"] as const),
  },
  {
    name: "oneOf",
    schema: oneOf(["keep", "scale-down", "delete"]),
    good: [["keep", "keep"]],
    bad: [["Keep", "expected keep, scale-down or delete"]],
  },
  {
    name: "releaseReference",
    schema: releaseReference(),
    good: [
      ["previous", "previous"],
      ["7", 7],
    ],
    bad: ["0", "-1", "v7", "last"].map((word) => [word, "expected `previous` or a revision's number"] as const),
  },
  {
    name: "list",
    schema: list(),
    good: [["a, b\n\n c ,", ["a", "b", "c"]]],
    bad: [[" , \n", "expected a list, by commas or lines"]],
  },
  {
    name: "lines",
    schema: lines(),
    good: [["a, b\r\n\n c", ["a, b", "c"]]],
    bad: [["\n", "expected at least one line"]],
  },
  {
    name: "keyValues",
    schema: keyValues(),
    good: [["a = 1\nb=x=y\nc=", { a: "1", b: "x=y", c: "" }]],
    bad: [
      ["a", "expected lines of key=value"],
      ["=1", "expected lines of key=value"],
      ["a=1\na=2", "expected each key once, and a comes twice"],
    ],
  },
  {
    name: "json",
    schema: json(z.object({ list: z.array(z.int()) })),
    good: [['{"list":[1]}', { list: [1] }]],
    bad: [
      ["{", "expected JSON"],
      ['{"list":[1,"a"]}', "expected other JSON at list.1 (Invalid input: expected number, received string)"],
    ],
  },
  {
    name: "kubernetesName",
    schema: kubernetesName(),
    good: [["shop-1", "shop-1"]],
    bad: ["Shop", "a.b", "-a", "a b", "--kubeconfig=x"].map(
      (word) => [word, "expected a Kubernetes name (small letters, digits and dashes)"] as const,
    ),
  },
  { name: "kubernetesName of a Deployment", schema: kubernetesName("subdomain"), good: [["a.b", "a.b"]], bad: [] },
  {
    name: "labelKey",
    schema: labelKey(),
    good: [["example.com/color", "example.com/color"]],
    bad: [["a b", "expected a label key such as color or example.com/color"]],
  },
  {
    name: "namePattern",
    schema: namePattern(),
    good: [["shop-{color}", "shop-{color}"]],
    bad: ["shop", "{colour}-{color}"].map(
      (word) => [word, "expected a name pattern with {color}, such as {service}-{color}"] as const,
    ),
  },
  {
    name: "imageReference",
    schema: imageReference(),
    good: [[`ghcr.io/acme/shop:v1@${digest}`, `ghcr.io/acme/shop:v1@${digest}`]],
    bad: [["Shop:v1", "expected an image reference such as registry.example/shop@sha256:…"]],
  },
  {
    name: "imageAssignments",
    schema: imageAssignments(),
    good: [
      [`app=ghcr.io/acme/shop@${digest}\nproxy = envoy:v1`, { app: `ghcr.io/acme/shop@${digest}`, proxy: "envoy:v1" }],
      ["app=shop", { app: "shop" }],
      [
        `ghcr.io/acme/shop:v2@${digest}\nlocalhost:5000/proxy:v3`,
        { "ghcr.io/acme/shop": `ghcr.io/acme/shop:v2@${digest}`, "localhost:5000/proxy": "localhost:5000/proxy:v3" },
      ],
      ["redis:8", { "docker.io/library/redis": "redis:8" }],
      ["acme/shop = ghcr.io/acme/shop:v2", { "acme/shop": "ghcr.io/acme/shop:v2" }],
    ],
    bad: [
      ["\n", "expected lines of container=reference or repository:tag, such as app=registry.example/shop@sha256:…"],
      ["Shop", "expected an image reference, such as registry.example/shop@sha256:…"],
      ["app=Shop", "expected an image reference for app, such as registry.example/shop@sha256:…"],
      ["app=shop=v1", "expected an image reference for app, such as registry.example/shop@sha256:…"],
      ["ghcr.io/shop", "expected a tag or a digest after ghcr.io/shop: without one nothing says which image is meant"],
      ["a/b=c", "expected a tag or a digest after c: without one nothing says which image is meant"],
      ["=shop:v1", 'expected a container or a repository without tag before the =, and "" is neither'],
      ["a/b:v1=c:v2", 'expected a container or a repository without tag before the =, and "a/b:v1" is neither'],
      ["app=a\napp=b", "expected each image once, and app comes twice"],
      ["a/b:v1\na/b:v2", "expected each image once, and a/b comes twice"],
    ],
  },
];

for (const { name, schema, good, bad } of vocabulary) {
  test(`${name} takes what it should`, () => {
    for (const [given, value] of good) assert.deepEqual(schema.parse(given), value, given);
  });

  test(`${name} refuses the rest in words`, () => {
    for (const [given, message] of bad) {
      const issues = schema.safeParse(given).error?.issues.map((issue) => issue.message);
      assert.deepEqual(issues, [message], given);
    }
  });
}

test("a default stands in the schema as the user would write it", () => {
  const inputs = z.object({ timeout: duration().prefault("5m").describe("How long."), note: text().optional() });
  const { properties } = z.toJSONSchema(inputs, { io: "input" });
  assert.deepEqual(properties?.timeout, { type: "string", default: "5m", description: "How long.", form: "duration" });
  assert.deepEqual(inputs.parse({}), { timeout: 300_000 });
});
