/** Shops from before there were colors, for the tests of adoption. */
import type { Resource } from "../client/model.ts";
import { namespace, shopService, slot } from "./shop-objects.test-kit.ts";

/** A Deployment as people write their first, with whatever labels. */
export function plainDeployment({
  name = "shop",
  labels = { app: "shop" } as Record<string, string>,
  replicas = 3,
  image = "shop:1",
  spec = {},
}): Resource {
  const { spec: usual, ...rest } = slot("blue", image, replicas);
  const template = { metadata: { labels }, spec: usual.template.spec };
  return {
    ...rest,
    metadata: { name, namespace },
    spec: { ...usual, selector: { matchLabels: labels }, template, ...spec },
  } as Resource;
}

export function plainService(selector: Record<string, string> = { app: "shop" }, name = "shop"): Resource {
  const { metadata, spec, ...rest } = shopService("blue", { selector });
  return { ...rest, metadata: { ...metadata, name }, spec } as Resource;
}

/** Three pods of version 1 behind a Service; no color anywhere. */
export const plainShop = [plainService(), plainDeployment({})];

const theirLabel = "k8s.deploy.color";

/** As Azure/k8s-deploy leaves it after a `promote`: color `None`, in selectors that nobody can change. */
export const k8sDeployShop = [
  plainService({ app: "shop", [theirLabel]: "None" }),
  plainDeployment({ labels: { app: "shop", [theirLabel]: "None" } }),
];

/** The setting that goes with it. */
export const k8sDeploySetting = { colorLabel: theirLabel, adopt: true };
