import assert from "node:assert/strict";
import { test } from "node:test";
import { type AccessRule, everything } from "./access.ts";
import { review } from "./reviews.ts";

const user = "system:serviceaccount:ci:cutover";
const timestamp = "2030-01-01T00:00:00Z";
const readers: AccessRule = { verbs: ["get"], apiGroups: [""], resources: ["pods"], namespaces: ["shop"] };

function ask(kind: string, spec: object, rules: readonly AccessRule[]) {
  const group = kind === "SelfSubjectReview" ? "authentication.k8s.io" : "authorization.k8s.io";
  const answer = review(`/apis/${group}/v1/${kind.toLowerCase()}s`, { spec: { ...spec } }, { user, rules, timestamp });
  return answer?.status;
}

test("says who asks, with the groups of a service account", () => {
  const groups = ["system:serviceaccounts", "system:serviceaccounts:ci", "system:authenticated"];
  assert.deepEqual(ask("SelfSubjectReview", {}, []), { userInfo: { username: user, groups } });
});

test("allows what a rule allows, what everybody may, and public paths", () => {
  const pods = { verb: "get", resource: "pods", namespace: "shop" };
  const own = { verb: "create", group: "authorization.k8s.io", resource: "selfsubjectaccessreviews" };
  const cases: [object, boolean][] = [
    [{ resourceAttributes: pods }, true],
    [{ resourceAttributes: { ...pods, namespace: "other" } }, false],
    [{ resourceAttributes: { ...pods, subresource: "log" } }, false],
    [{ resourceAttributes: own }, true],
    [{ nonResourceAttributes: { verb: "get", path: "/apis/apps" } }, true],
    [{ nonResourceAttributes: { verb: "get", path: "/metrics" } }, false],
  ];
  for (const [spec, allowed] of cases) assert.deepEqual(ask("SelfSubjectAccessReview", spec, [readers]), { allowed });
  const metrics = { nonResourceAttributes: { verb: "get", path: "/metrics" } };
  assert.deepEqual(ask("SelfSubjectAccessReview", metrics, [everything]), { allowed: true });
});

test("lists the rules of a namespace", () => {
  const rulesIn = (namespace: string) => JSON.stringify(ask("SelfSubjectRulesReview", { namespace }, [readers]));
  assert.match(rulesIn("shop"), /"resources":\["pods"\]/);
  assert.doesNotMatch(rulesIn("other"), /"resources":\["pods"\]/);
});
