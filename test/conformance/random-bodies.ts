import type { Dice } from "./random-dice.ts";

type Fields = Readonly<Record<string, unknown>>;

/** How the objects of a kind are made up. */
export interface RandomKind {
  readonly plural: string;
  readonly apiVersion: string;
  readonly kind: string;
  /** A whole object without its metadata. */
  whole(dice: Dice): Fields;
  /** A part of one, for patches; applied by somebody else than the rest. */
  part(dice: Dice): Fields;
  /** What a JSON patch points at. */
  readonly pointers: readonly string[];
  /** Parts that only a strategic merge understands. */
  strategic(dice: Dice): Fields;
}

const strings = (dice: Dice): Fields => dice.some({ x: dice.of("1", "2"), y: dice.of("1", "2"), z: "1" });
const encoded = (dice: Dice): Fields => dice.some({ x: dice.of("MQ==", "Mg=="), y: "MQ==" });
/** A key that data has too is refused; one such key only, as the server names several in any order. */
const binary = (dice: Dice): Fields => ({ p: dice.of("AQ==", "Ag=="), ...(dice.chance(0.1) ? { z: "AQ==" } : {}) });

/** What every object may carry besides its name. */
export function randomMetadata(dice: Dice): Fields {
  return dice.some({
    labels: dice.some({ l: dice.of("a", "b"), m: "c" }),
    annotations: dice.some({ "example.com/n": dice.of("1", "2"), o: "3" }),
    ...(dice.chance(0.06) ? { finalizers: ["example.com/wait"] } : {}),
  });
}

const configMap: RandomKind = {
  plural: "configmaps",
  apiVersion: "v1",
  kind: "ConfigMap",
  whole: (dice) => ({ data: strings(dice), ...(dice.chance(0.05) ? { immutable: true } : {}) }),
  part: (dice) => dice.some({ data: strings(dice), binaryData: binary(dice) }),
  pointers: ["/data/x", "/data/y", "/data", "/binaryData/p", "/immutable"],
  strategic: (dice) => ({ data: dice.of<Fields>({ $patch: "replace", ...strings(dice) }, { x: null }, strings(dice)) }),
};

const secret: RandomKind = {
  plural: "secrets",
  apiVersion: "v1",
  kind: "Secret",
  whole: (dice) => dice.some({ data: encoded(dice), stringData: strings(dice), type: "example.com/own" }),
  part: (dice) => dice.some({ data: encoded(dice), stringData: strings(dice) }),
  pointers: ["/data/x", "/data/y", "/stringData"],
  strategic: (dice) => ({ data: dice.of<Fields>({ x: null }, encoded(dice)) }),
};

const lease: RandomKind = {
  plural: "leases",
  apiVersion: "coordination.k8s.io/v1",
  kind: "Lease",
  whole: (dice) => ({ spec: leaseSpec(dice) }),
  part: (dice) => ({ spec: leaseSpec(dice) }),
  pointers: ["/spec/holderIdentity", "/spec/leaseDurationSeconds", "/spec"],
  strategic: (dice) => ({ spec: leaseSpec(dice) }),
};

function leaseSpec(dice: Dice): Fields {
  const renewTime = dice.of("2001-01-01T00:00:00.000000Z", "2001-01-01T00:00:01.000000Z");
  return dice.some({ holderIdentity: dice.of("me", "you", ""), leaseDurationSeconds: dice.of(15, 30), renewTime });
}

const service: RandomKind = {
  plural: "services",
  apiVersion: "v1",
  kind: "Service",
  whole: (dice) => ({
    spec: { ports: ports(dice), ...dice.some({ selector: selector(dice), sessionAffinity: "None" }) },
  }),
  part: (dice) => ({ spec: dice.some({ ports: ports(dice), selector: selector(dice) }) }),
  pointers: ["/spec/selector/app", "/spec/selector", "/spec/ports/0", "/spec/ports/0/targetPort", "/spec/ports/1/name"],
  strategic: (dice) => ({
    spec: dice.of<Fields>(
      { ports: [{ port: dice.of(80, 81), $patch: "delete" }] },
      { ports: [{ port: dice.of(80, 81), targetPort: dice.of<unknown>(8080, "http") }] },
      { selector: { app: null, tier: "x" } },
      { selector: { $patch: "replace", tier: "y" } },
    ),
  }),
};

const selector = (dice: Dice): Fields => dice.some({ app: dice.of("a", "b"), tier: "x" });

function ports(dice: Dice): readonly Fields[] {
  const first = { name: "a", port: 80, ...dice.some({ targetPort: dice.of<unknown>(8080, "http") }) };
  const second = { name: "b", port: 81, ...dice.some({ protocol: "TCP" }) };
  return dice.of([first], [first, second], [second, first], [second]);
}

const deployment: RandomKind = {
  plural: "deployments",
  apiVersion: "apps/v1",
  kind: "Deployment",
  whole: (dice) => ({
    spec: {
      ...still,
      ...dice.some({ minReadySeconds: dice.of(0, 5), strategy: strategy(dice) }),
      selector: { matchLabels: { app: "a" } },
      template: { metadata: { labels: { app: "a", ...dice.some({ v: "1" }) } }, spec: podSpec(dice) },
    },
  }),
  part: (dice) => ({
    spec: { ...still, ...dice.some({ minReadySeconds: dice.of(1, 5), template: { spec: podSpec(dice) } }) },
  }),
  pointers: [
    "/spec/minReadySeconds",
    "/spec/template/spec/containers/0/image",
    "/spec/template/spec/containers/0/env",
    "/spec/template/spec/containers/1",
    "/spec/template/metadata/annotations",
    "/spec/template/metadata/labels/v",
  ],
  strategic: (dice) => ({
    spec: {
      template: {
        spec: dice.of<Fields>(
          { containers: [{ name: "b", $patch: "delete" }] },
          { containers: [{ name: "a", env: [{ name: "A", $patch: "delete" }] }] },
          { containers: [{ name: "b", image: "b:2" }] },
          { containers: [{ name: "a", env: environment(dice), ports: [{ containerPort: dice.of(8080, 81) }] }] },
          { "$setElementOrder/containers": [{ name: "b" }, { name: "a" }], containers: [{ name: "a", image: "a:3" }] },
          { volumes: [{ name: "v", configMap: { name: "c" }, $retainKeys: ["name", "configMap"] }] },
        ),
      },
    },
  }),
};

/** Always said, so that no patch and no other manager sets the controllers going. */
const still = { replicas: 0, paused: true } as const;

function strategy(dice: Dice): Fields {
  return dice.of<Fields>(
    { type: "Recreate" },
    { type: "RollingUpdate" },
    { rollingUpdate: { maxSurge: dice.of<unknown>(1, "50%") } },
  );
}

function podSpec(dice: Dice): Fields {
  const a = { name: "a", image: dice.of("a:1", "a:2"), ...dice.some({ env: environment(dice), args: ["x"] }) };
  const b = {
    name: "b",
    image: "b:1",
    ...dice.some({ ports: [{ containerPort: 80 }], resources: { limits: { cpu: dice.of("1", "2") } } }),
  };
  return {
    containers: dice.of<readonly Fields[]>([a], [a, b], [b, a]),
    ...dice.some({ volumes: [{ name: "v", emptyDir: {} }], nodeSelector: dice.some({ n: dice.of("1", "2") }) }),
  };
}

function environment(dice: Dice): readonly Fields[] {
  const a = { name: "A", value: dice.of("1", "2") };
  const b = { name: "B", value: "1" };
  return dice.of([a], [a, b], [b, a], [b]);
}

export const randomKinds: readonly RandomKind[] = [configMap, secret, lease, service, deployment];
