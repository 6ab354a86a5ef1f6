/** An example that people copy, in the words that differ. */
export interface Example {
  name: string;
  service: string;
  deployment: (color: string) => string;
  colorLabel: string;
  container: string;
  /** The ServiceAccount that its workflows are. */
  account: string;
  /** The repository variables that are addresses. */
  addresses: readonly string[];
}

/** Color with the traffic, and for each slot its release and number of pods asked for; none where it does not exist. */
export type Live = { active: string } & Partial<Record<"blue" | "green", readonly [release: string, replicas: number]>>;

export const quickstart: Example = {
  name: "quickstart",
  service: "shop",
  deployment: (color) => `shop-${color}`,
  colorLabel: "color",
  container: "app",
  account: "shop-deployer",
  addresses: [],
};

export const retail: Example = {
  name: "retail",
  service: "retail-backend",
  deployment: (color) => `retail-backend-${color}`,
  colorLabel: "deployment",
  container: "retail-backend",
  account: "retail-deployer",
  addresses: ["BACKEND_URL", "CONSUMER_URL", "ADMIN_URL"],
};

export const candlefish: Example = {
  name: "candlefish",
  service: "candlefish-website-service",
  deployment: (color) => `candlefish-website-${color}`,
  colorLabel: "version",
  container: "website",
  account: "candlefish-deployer",
  addresses: ["SITE_URL"],
};
