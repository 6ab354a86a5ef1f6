import assert from "node:assert/strict";
import { test } from "node:test";
import type { Town } from "../../test/virtual/town.ts";
import { asking, type Ends, image, left, posted, type Scene, url } from "./probe-scene.test-kit.ts";

test("one short Job asks everything, and is gone with its pod afterwards", async () => {
  await asking({ ids: ["endpoints", "tcp", "postgres", "redis"] }, async ({ told, town, run }) => {
    assert.deepEqual(told, {
      endpoints: `pass: The probe Job reaches ${url}`,
      tcp: "pass: The probe Job reaches broker:5672",
      postgres: "pass: The probe Job reaches $DATABASE_URL",
      redis: "pass: The probe Job reaches $REDIS_URL",
    });
    assert.equal(run.exitCode, 0);
    assert.equal(posted(town).length, 1);
    assert.deepEqual(await left(town), []);
  });
});

test("what it does not reach fails in the command's own words; what it could not ask with is an error", async () => {
  const ends: Ends = {
    endpoints: { exitCode: 1, message: "it answers 503\n" },
    tcp: { exitCode: 127, message: "" },
    postgres: { exitCode: 126, message: "" },
    redis: { exitCode: 0, message: "NOAUTH Authentication required.\n" },
  };
  await asking({ ends, ids: ["endpoints", "tcp", "postgres", "redis"] }, async ({ told, town }) => {
    assert.deepEqual(told, {
      endpoints: `fail: The probe Job gets no good answer from ${url}: it answers 503`,
      tcp: "error: The probe Job has nothing to ask broker:5672 with: its image has no nc, bash, python3 or node",
      postgres: "error: The probe Job has no variable DATABASE_URL",
      redis: "fail: The probe Job gets no good answer from $REDIS_URL: NOAUTH Authentication required.",
    });
    assert.deepEqual(await left(town), []);
  });
});

test("without an image that allows the Job nothing is made", async () => {
  await asking({ inputs: { "probe-image": "" } }, ({ run, town }) => {
    assert.match(
      run.log,
      /probe-image: expected an image, which allows the short Job that `tcp` asks for by `via=job`/,
    );
    assert.equal(run.exitCode, 1);
    assert.deepEqual(town.sandbox.requests, []);
  });
});

test("a check that does not run asks for no Job", async () => {
  await asking({ inputs: { "probe-image": "", checks: "api-server" } }, ({ told, town }) => {
    assert.match(told["api-server"] ?? "", /^pass/);
    assert.deepEqual(posted(town), []);
  });
});

test("a key of an endpoint stays on the runner", async () => {
  const inputs = { endpoints: "https://stock/health via=job", "endpoints-authorization": "stock=Bearer hunter22" };
  await asking({ ids: ["endpoints"], inputs }, ({ run }) => {
    assert.match(run.log, /endpoints-authorization: the key for https:\/\/stock\/health would stand in the log/);
    assert.doesNotMatch(run.log, /hunter22/);
  });
});

/** What keeps its pod from asking, and what is told of it. */
const troubles: Readonly<Record<string, Scene & { readonly tells: RegExp; readonly remedy: RegExp }>> = {
  "an image that the registry does not have": {
    images: { [image]: { version: "1", pullError: "manifest unknown" } },
    tells: /its pod cannot pull registry\.example\/tools:1: the registry does not have it/,
    remedy: /^Give `probe-image` one that the nodes can pull and run/,
  },
  "a registry that refuses the nodes": {
    images: { [image]: { version: "1", pullError: "401 Unauthorized" } },
    tells: /its pod may not pull registry\.example\/tools:1: the registry refuses the credentials/,
    remedy: /imagePullSecrets/,
  },
  "an image without a shell": {
    images: { [image]: { version: "1", programs: ["/app"] } },
    tells: /its pod could not start container question-0: .*"sh": executable file not found/,
    remedy: /^Give `probe-image` one that has it/,
  },
  "a pod that no node takes": {
    objects: [
      {
        apiVersion: "v1",
        kind: "Node",
        metadata: { name: "full" },
        status: { allocatable: { cpu: "1", memory: "16Mi" } },
      },
    ],
    tells: /its pod could not be scheduled \(Unschedulable: 0\/1 nodes are available: 1 Insufficient memory/,
    remedy: /32Mi of memory/,
  },
  "a quota that is used up": {
    objects: [
      {
        apiVersion: "v1",
        kind: "ResourceQuota",
        metadata: { name: "q", namespace: "shop" },
        spec: { hard: { pods: "2" } },
      },
    ],
    tells: /its pod was refused: Error creating: pods ".*" is forbidden: exceeded quota: q/,
    remedy: /kubectl describe quota,limits/,
  },
  "limits that are above what it asks for": {
    objects: [
      {
        apiVersion: "v1",
        kind: "LimitRange",
        metadata: { name: "l", namespace: "shop" },
        spec: { limits: [{ type: "Container", min: { memory: "64Mi" } }] },
      },
    ],
    tells: /its pod was refused: Error creating: pods ".*" is forbidden: minimum memory usage per Container is 64Mi/,
    remedy: /kubectl describe quota,limits/,
  },
  "a command that never ends": {
    ends: {},
    tells: /its pod had not answered after 48 s/,
    remedy: /`within` may be longer/,
  },
};

for (const [trouble, { tells, remedy, ...scene }] of Object.entries(troubles))
  test(`${trouble} is told within the deadline, and nothing stays`, async () => {
    await asking(scene, async ({ told, town, results }) => {
      assert.match(told.tcp ?? "", /^error: The probe Job could not ask broker:5672: /);
      assert.match(told.tcp ?? "", tells);
      assert.match(results[0]?.remedy ?? "", remedy);
      assert.ok((results[0]?.ms ?? 0) < 60_000);
      assert.deepEqual(await left(town), []);
    });
  });

test("one question that is never answered leaves the others theirs", async () => {
  await asking({ ids: ["tcp", "redis"], ends: { redis: { exitCode: 0, message: "PONG" } } }, ({ told }) => {
    assert.match(told.tcp ?? "", /^error: .* its pod had not answered after 48 s$/);
    assert.equal(told.redis, "pass: The probe Job reaches $REDIS_URL");
  });
});

test("credentials that may make no Job say so, by both checks", async () => {
  const groups = ["", "apps", "discovery.k8s.io", "autoscaling", "coordination.k8s.io"];
  const rule = { verbs: ["*"], apiGroups: groups, resources: ["*"], namespaces: ["shop"] };
  const before = ({ sandbox }: Town) => void sandbox.setRules([rule]);
  await asking({ before, inputs: { checks: "rights, tcp" } }, ({ told }) => {
    assert.match(told.rights ?? "", /^fail: .*: create jobs\.batch, delete jobs\.batch$/);
    assert.match(told.tcp ?? "", /^error: Cannot create Job .*forbidden/);
  });
});

/** Gives the container of the slot that serves a variable. */
function withVariable({ sandbox }: Town, entry: object): void {
  const target = { kind: "Deployment", namespace: "shop", name: "shop-blue" } as const;
  sandbox.registry.update(
    target,
    ({ spec, ...live }) => {
      const { template } = spec;
      const containers = template.spec.containers.map((one) => ({
        ...one,
        env: [{ name: "PATH", value: "/" }, entry],
      }));
      return { ...live, spec: { ...spec, template: { ...template, spec: { ...template.spec, containers } } } } as never;
    },
    { manager: "test" },
  );
}

test("each question gets its own variable, as the service's container has it, and no other", async () => {
  const entry = { name: "REDIS_URL", valueFrom: { secretKeyRef: { name: "cache", key: "url" } } };
  const secret = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "cache", namespace: "shop" },
    data: { url: "eA==" },
  };
  const before = (town: Town) => void withVariable(town, entry);
  await asking({ ids: ["tcp", "redis"], objects: [secret], before }, ({ told, town }) => {
    assert.equal(told.redis, "pass: The probe Job reaches $REDIS_URL");
    const made = town.sandbox.requests.find(({ method, path }) => method === "POST" && path.endsWith("/jobs"))?.body;
    assert.ok(made !== undefined);
    const { spec } = made as { spec: { template: { spec: { containers: { env?: object[] }[] } } } };
    assert.deepEqual(
      spec.template.spec.containers.map(({ env }) => env),
      [undefined, [entry]],
    );
  });
});

test("a variable whose Secret is not there keeps only its own question from an answer", async () => {
  const entry = { name: "REDIS_URL", valueFrom: { secretKeyRef: { name: "cache", key: "url" } } };
  const before = (town: Town) => void withVariable(town, entry);
  await asking({ ids: ["tcp", "redis"], before }, async ({ told, town }) => {
    assert.equal(told.tcp, "pass: The probe Job reaches broker:5672");
    assert.match(
      told.redis ?? "",
      /^error: .* its pod could not get the configuration of container question-1 \(Create.*"cache"/,
    );
    assert.deepEqual(await left(town), []);
  });
});
