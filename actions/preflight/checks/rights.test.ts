import assert from "node:assert/strict";
import { test } from "node:test";
import type { AccessRule } from "@cutover/sandbox";
import { allRights } from "../../../test/journeys/shop.ts";
import type { Town } from "../../../test/virtual/town.ts";
import { checked, type Scene, told } from "../checked.test-kit.ts";
import { asking } from "../probe-scene.test-kit.ts";

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

test("what asks from within the cluster needs rights of its own, and only where it does", async () => {
  const found = async (inputs: Readonly<Record<string, string>>): Promise<string | undefined> => {
    let rights: string | undefined;
    const before = ({ sandbox }: Town) => void sandbox.setRules([role]);
    await asking({ before, inputs }, ({ told }) => {
      rights = told.rights;
    });
    return rights;
  };
  const checks = "rights, tcp";
  const exec = "broker:5672 via=pod";
  assert.match(
    (await found({ tcp: exec, checks })) ?? "",
    /^fail: .* in namespace shop: get pods\/exec, create pods\/exec$/,
  );
  assert.match((await found({ tcp: exec, checks: "rights" })) ?? "", /^pass/);
  const both = await found({ tcp: `${exec}\nbroker:1 via=job`, checks });
  assert.match(
    both ?? "",
    /^fail: .* in namespace shop: get pods\/exec, create pods\/exec, create jobs\.batch, delete jobs\.batch$/,
  );
});
