import assert from "node:assert/strict";
import { test } from "node:test";
import { type AccessRule, allows } from "./access-review.ts";
import type { AccessQuestion } from "./model.ts";
import { json, type Reply, refusal, scriptedApi, testClient } from "./scripted-api.ts";

const rule = (part: Partial<AccessRule>): AccessRule => ({
  verbs: ["get"],
  apiGroups: [""],
  resources: ["pods"],
  resourceNames: [],
  ...part,
});
const question = (part: Partial<AccessQuestion>): AccessQuestion => ({
  verb: "get",
  group: "",
  resource: "pods",
  namespace: "prod",
  ...part,
});

const cases: readonly (readonly [string, AccessRule, AccessQuestion, boolean])[] = [
  ["the same", rule({}), question({}), true],
  ["another verb", rule({}), question({ verb: "list" }), false],
  ["any verb", rule({ verbs: ["*"] }), question({ verb: "list" }), true],
  ["another group", rule({}), question({ group: "apps" }), false],
  ["any group", rule({ apiGroups: ["*"] }), question({ group: "apps" }), true],
  ["any resource", rule({ resources: ["*"] }), question({ resource: "secrets" }), true],
  ["any resource, for a subresource", rule({ resources: ["*"] }), question({ resource: "pods/log" }), true],
  ["a resource, for its subresource", rule({}), question({ resource: "pods/log" }), false],
  ["a subresource, for its resource", rule({ resources: ["pods/log"] }), question({}), false],
  ["the same subresource", rule({ resources: ["pods/log"] }), question({ resource: "pods/log" }), true],
  ["a subresource of everything", rule({ resources: ["*/scale"] }), question({ resource: "deployments/scale" }), true],
  [
    "another subresource of everything",
    rule({ resources: ["*/scale"] }),
    question({ resource: "deployments/status" }),
    false,
  ],
  [
    "a subresource of everything, for a resource",
    rule({ resources: ["*/scale"] }),
    question({ resource: "deployments" }),
    false,
  ],
  [
    "all subresources of one, which RBAC does not know",
    rule({ resources: ["pods/*"] }),
    question({ resource: "pods/log" }),
    false,
  ],
  ["the same name", rule({ resourceNames: ["a", "b"] }), question({ name: "b" }), true],
  ["another name", rule({ resourceNames: ["a"] }), question({ name: "b" }), false],
  ["a name, where none is asked for", rule({ resourceNames: ["a"] }), question({}), false],
  ["every name", rule({}), question({ name: "b" }), true],
];

for (const [what, given, asked, expected] of cases) {
  test(`a rule for ${what} ${expected ? "covers" : "does not cover"} the question`, () =>
    assert.equal(allows(given, asked), expected));
}

/** Answers rules for the namespace prod, and single questions by `isAllowed`. */
function authority(rules: readonly AccessRule[], isAllowed: (attributes: Record<string, string>) => boolean): Reply {
  return (response, request) => {
    const { spec } = JSON.parse(request.body);
    const status = request.path.endsWith("rulesreviews")
      ? { resourceRules: spec.namespace === "prod" ? rules : [], nonResourceRules: [], incomplete: false }
      : { allowed: isAllowed(spec.resourceAttributes) };
    json({ status }, 201)(response, request);
  };
}

test("asks for the rules once, then only for what they do not cover", async () => {
  const asked: Record<string, string>[] = [];
  const reply = authority([rule({ verbs: ["get", "list"] })], (attributes) => {
    asked.push(attributes);
    return attributes.resource === "services";
  });
  await using api = await scriptedApi(reply);
  const client = await testClient(api.url);
  const questions = [
    question({}),
    question({ verb: "list" }),
    question({ resource: "services", name: "shop" }),
    question({ verb: "patch", group: "apps", resource: "deployments/scale" }),
  ];
  assert.deepEqual(await client.denied(questions), [questions[3]]);
  assert.equal(api.requests.length, 3);
  assert.deepEqual(
    asked.toSorted((a, b) => (a.resource ?? "").localeCompare(b.resource ?? "")),
    [
      { verb: "patch", group: "apps", resource: "deployments", subresource: "scale", namespace: "prod" },
      { verb: "get", group: "", resource: "services", namespace: "prod", name: "shop" },
    ],
  );
  await client.close();
});

test("asks per namespace, and one by one for what is cluster-wide", async () => {
  await using api = await scriptedApi(authority([rule({})], () => true));
  const client = await testClient(api.url);
  assert.deepEqual(
    await client.denied([
      question({}),
      question({ namespace: "other" }),
      question({ namespace: "", resource: "nodes" }),
    ]),
    [],
  );
  assert.deepEqual(
    api.requests.map(({ path }) => path.split("/").at(-1)).toSorted((a = "", b = "") => a.localeCompare(b)),
    ["selfsubjectaccessreviews", "selfsubjectaccessreviews", "selfsubjectrulesreviews", "selfsubjectrulesreviews"],
  );
  await client.close();
});

test("asks nothing where there is no question", async () => {
  await using api = await scriptedApi(refusal(500, "InternalError"));
  const client = await testClient(api.url);
  assert.deepEqual(await client.denied([]), []);
  assert.equal(api.requests.length, 0);
  await client.close();
});

test("asks one by one where even the rules may not be seen", async () => {
  const reply: Reply = (response, request) =>
    request.path.endsWith("rulesreviews")
      ? refusal(403, "Forbidden")(response, request)
      : json({ status: { allowed: false } }, 201)(response, request);
  await using api = await scriptedApi(reply);
  const client = await testClient(api.url);
  assert.deepEqual(await client.denied([question({})]), [question({})]);
  await client.close();
});
