import assert from "node:assert/strict";
import { test } from "node:test";
import type { AccessRule } from "@cutover/sandbox";
import { allRights } from "../../../test/journeys/shop.ts";
import { checked, type Scene, told } from "../checked.test-kit.ts";

/** What a Role in the Service's namespace may give. */
const here = { namespaces: ["shop"] };
const withRules = (...rules: readonly AccessRule[]): Scene => ({ before: ({ sandbox }) => sandbox.setRules(rules) });

const groups = ["", "apps", "discovery.k8s.io", "autoscaling", "coordination.k8s.io"];
const resources =
  "services pods pods/proxy deployments replicasets controllerrevisions endpointslices horizontalpodautoscalers leases";
const role = { verbs: ["*"], apiGroups: groups, resources: resources.split(" "), ...here };

test("a Role of a release's own has all rights, and no more", async () => {
  assert.match(told(await checked("rights", withRules(role))), /^pass: \d+ rights in namespace shop$/);
});

test("credentials that may do everything are worth a word", async () => {
  const found = await checked("rights");
  assert.match(told(found), /^warn: .* far more: everything in the whole cluster$/);
  assert.match(found.remedy ?? "", /a Role of its own/);
});

test("too much is a whole namespace, all Secrets, and rights to give away", async () => {
  const all = { verbs: ["*"], apiGroups: ["*"], resources: ["*"], ...here };
  assert.match(told(await checked("rights", withRules(all))), /far more: everything in namespace shop$/);
  const secrets = { verbs: ["list"], apiGroups: [""], resources: ["secrets"] };
  assert.match(
    told(await checked("rights", withRules(role, secrets))),
    /far more: read the Secrets of all namespaces$/,
  );
  const give = { verbs: ["create"], apiGroups: ["rbac.authorization.k8s.io"], resources: ["clusterrolebindings"] };
  assert.match(told(await checked("rights", withRules(role, give))), /far more: give rights to anybody/);
});

test("what is missing is named, all of it", async () => {
  const readOnly = [{ ...allRights[0], verbs: ["get", "list", "watch", "create"] }] as typeof allRights;
  const found = await checked("rights", { before: ({ sandbox }) => sandbox.setRules(readOnly) });
  assert.match(told(found), /^fail: .* in namespace shop: patch services, patch deployments\.apps, /);
  assert.match(found.remedy ?? "", /Role/);
});
