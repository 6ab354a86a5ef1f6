import assert from "node:assert/strict";
import { test } from "node:test";
import { certificate } from "@cutover/sandbox";
import { checked, type Scene, shopAnd, told } from "../checked.test-kit.ts";

interface Hook {
  readonly failurePolicy?: string;
  readonly rules?: readonly object[];
  readonly namespaceSelector?: object;
  readonly objectSelector?: object;
  readonly matchConditions?: readonly object[];
  readonly clientConfig?: object;
}

const pods = [{ apiGroups: [""], resources: ["pods"] }];
const ofService = { service: { namespace: "shop", name: "policy" } };

/** A cluster with one admission webhook; the sandbox serves none of these objects itself. */
const meeting = ({ failurePolicy = "Fail", rules = pods, clientConfig = ofService, ...more }: Hook): Scene => ({
  before: ({ sandbox }) => {
    const webhook = { name: "policy.example.com", failurePolicy, rules, clientConfig, ...more };
    const items = [{ metadata: { name: "policy" }, webhooks: [webhook] }];
    const list = (kind: string, held: readonly object[]) =>
      sandbox.fault({
        when: { path: `${kind.toLowerCase()}configurations` },
        times: Number.POSITIVE_INFINITY,
        what: {
          name: "webhooks",
          act: () => ({
            code: 200,
            body: {
              apiVersion: "admissionregistration.k8s.io/v1",
              kind: `${kind}ConfigurationList`,
              metadata: { resourceVersion: "1" },
              items: JSON.parse(JSON.stringify(held)),
            },
          }),
        },
      });
    list("ValidatingWebhook", items);
    list("MutatingWebhook", []);
  },
});

test("a cluster that shows none leaves it open", async () => {
  assert.equal(told(await checked("webhooks")), "skip: The credentials may not list admission webhooks");
});

test("one that may fail, or that looks elsewhere, is no trouble", async () => {
  const none = "skip: No admission webhook that must answer sees what a release writes";
  assert.equal(told(await checked("webhooks", meeting({ failurePolicy: "Ignore" }))), none);
  assert.equal(
    told(await checked("webhooks", meeting({ rules: [{ apiGroups: ["batch"], resources: ["jobs"] }] }))),
    none,
  );
  const deletions = [{ apiGroups: [""], resources: ["pods"], operations: ["DELETE"] }];
  assert.equal(told(await checked("webhooks", meeting({ rules: deletions }))), none);
  const namespaceSelector = { matchLabels: { "kubernetes.io/metadata.name": "elsewhere" } };
  assert.equal(told(await checked("webhooks", meeting({ namespaceSelector }))), none);
});

test("one that must be asked and has no endpoint refuses the pods, which no dry run tells", async () => {
  const found = await checked("webhooks", meeting({}));
  assert.equal(
    told(found),
    "fail: Webhook policy.example.com must be asked, and nothing answers: Service policy in namespace shop has no ready endpoint",
  );
  assert.match(found.remedy ?? "", /^kubectl -n shop get pods,endpointslices/);
});

test("of one that looks at some objects alone it is not certain", async () => {
  const found = await checked("webhooks", meeting({ objectSelector: { matchLabels: { checked: "yes" } } }));
  assert.match(told(found), /^warn: Webhook policy\.example\.com must be asked, and nothing answers/);
  const matchConditions = [{ name: "checked", expression: "has(object.metadata.labels.checked)" }];
  assert.equal((await checked("webhooks", meeting({ matchConditions }))).verdict, "warn");
});

test("one with ready endpoints passes, as does one outside of the cluster", async () => {
  const clientConfig = { service: { namespace: "shop", name: "shop" } };
  const found = await checked("webhooks", {
    ...meeting({ clientConfig, rules: [{ apiGroups: ["*"], resources: ["*/*"] }] }),
    options: shopAnd(),
  });
  assert.equal(told(found), "pass: Webhook policy.example.com (Service shop in namespace shop) has 2 ready endpoints");
  const outside = await checked("webhooks", meeting({ clientConfig: { url: "https://policy.example.com" } }));
  assert.equal(told(outside), "pass: Webhook policy.example.com is outside of the cluster");
});

test("an authority that has expired cannot vouch for it", async () => {
  const caBundle = Buffer.from(certificate).toString("base64");
  const scene = meeting({ clientConfig: { service: { namespace: "shop", name: "shop" }, caBundle } });
  const late = new Date("2300-01-01").getTime();
  const found = await checked("webhooks", { ...scene, date: late });
  assert.match(
    told(found),
    /^fail: Webhook policy\.example\.com must be asked and cannot be: the authority in its caBundle expired on \d{4}-/,
  );
  assert.equal((await checked("webhooks", scene)).verdict, "pass");
});
