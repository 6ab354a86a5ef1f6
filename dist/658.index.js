export const id = 658;
export const ids = [658];
export const modules = {

/***/ 3658:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  preflight: () => (/* binding */ preflight)
});

// EXTERNAL MODULE: ./packages/action-kit/action.js
var action = __webpack_require__(698);
;// CONCATENATED MODULE: ./packages/release/verdict.js
/** Worst first. */
const order = ["fail", "error", "warn", "pass", "skip"];
/** The results, worst first, those of one verdict in the order that they came in. */
function worstFirst(results) {
    return results.toSorted((one, other) => order.indexOf(one.verdict) - order.indexOf(other.verdict));
}
/** What they come to together: a check that could not be carried out counts as failed, one without anything to check not at all. */
function jointVerdict(results) {
    const found = new Set(results.map(({ verdict }) => verdict));
    if (found.has("fail") || found.has("error"))
        return "fail";
    return found.has("warn") ? "warn" : "pass";
}
/** Lets those that are named by id count as warnings, with the reason written on them. */
function overridden(results, ids, reason) {
    return results.map((result) => {
        const isMeant = ids.includes(result.id) && (result.verdict === "fail" || result.verdict === "error");
        return isMeant ? { ...result, verdict: "warn", overridden: reason } : result;
    });
}

// EXTERNAL MODULE: ./actions/release/connect.js + 28 modules
var connect = __webpack_require__(3067);
// EXTERNAL MODULE: ./packages/release/duration.js
var duration = __webpack_require__(296);
// EXTERNAL MODULE: ../../node_modules/zod/v4/classic/schemas.js + 11 modules
var schemas = __webpack_require__(3045);
;// CONCATENATED MODULE: ./actions/preflight/check.js
/** Everything is as it should be. */
function pass(evidence) {
    return { verdict: "pass", evidence };
}
/** There is nothing to check, and why. */
function skip(evidence) {
    return { verdict: "skip", evidence };
}
/** A release may go wrong, or already did. */
function warn(evidence, remedy) {
    return { verdict: "warn", evidence, remedy };
}
/** A release would go wrong. */
function fail(evidence, remedy) {
    return { verdict: "fail", evidence, remedy };
}
/**
 * Several findings of one check as one: the worst verdict, the evidence and the remedies of all that have it, a line each.
 * @param findings one for each object, service or endpoint; with none there was nothing to check, for the reason `otherwise`
 */
function together(findings, otherwise) {
    const verdict = ["fail", "warn", "pass"].find((one) => findings.some((found) => found.verdict === one));
    const told = findings.filter((found) => found.verdict === (verdict ?? "skip"));
    const lines = (texts) => [...new Set(texts.filter((text) => text !== undefined))].join("\n");
    const remedy = lines(told.map((one) => one.remedy));
    return {
        verdict: verdict ?? "skip",
        evidence: lines(told.map((one) => one.evidence)) || otherwise,
        ...(remedy === "" ? {} : { remedy }),
    };
}

;// CONCATENATED MODULE: ./actions/preflight/checks/api-server.js



const version = schemas/* object */.Ikc({ gitVersion: schemas/* string */.YjP() });
/** Reaches the cluster, and tells how long that took. */
const apiServer = {
    id: "api-server",
    title: "The API server answers",
    run: async ({ client, runner: { clock }, signal }) => {
        const started = clock.now();
        const { gitVersion } = version.parse(await client.ask("/version", { signal }));
        return pass(`${client.server} answers in ${(0,duration/* formatDuration */.a)(clock.now() - started)}, Kubernetes ${gitVersion}`);
    },
};

;// CONCATENATED MODULE: ./actions/preflight/checks/backup.js



const cronJob = schemas/* looseObject */._H3({
    spec: schemas/* looseObject */._H3({ suspend: schemas/* boolean */.zMY().optional() }),
    status: schemas/* looseObject */._H3({ lastSuccessfulTime: schemas/* string */.YjP().optional() }).optional(),
});
/** A database that has no fresh backup is not migrated. */
const backup = {
    id: "backup",
    title: "The backup is fresh",
    run: async ({ client, namespace, inputs: { backupCronjob: name, backupAge }, runner: { clock }, signal }) => {
        if (name === undefined)
            return skip("No `backup-cronjob` is given");
        const ref = { apiVersion: "batch/v1", kind: "CronJob", namespace, name };
        const { spec, status } = cronJob.parse(await client.get(ref, { signal }));
        const remedy = `kubectl create job --from=cronjob/${name} ${name}-before-release, and wait for it.`;
        if (status?.lastSuccessfulTime === undefined)
            return fail(`CronJob ${name} has never succeeded`, remedy);
        const age = clock.date().getTime() - Date.parse(status.lastSuccessfulTime);
        const seen = `CronJob ${name} last succeeded ${(0,duration/* formatDuration */.a)(age)} ago${spec.suspend ? ", and is suspended" : ""}`;
        return age <= backupAge
            ? pass(seen)
            : fail(`${seen}, and no more than ${(0,duration/* formatDuration */.a)(backupAge)} are allowed`, remedy);
    },
};

// EXTERNAL MODULE: ./packages/release/errors.js
var errors = __webpack_require__(299);
;// CONCATENATED MODULE: ./actions/preflight/checks/dry-run.js


/** The API server's own dry run of every object: schema, admission, quotas of objects, other people's fields. */
const dryRun = {
    id: "dry-run",
    title: "The API server would take every object of the release",
    run: async ({ facts }) => {
        if (!facts.isOfRelease)
            return skip("Neither `manifests`, `chart` nor `images` are given");
        try {
            const rehearsals = await facts.rehearsals();
            const found = rehearsals.map(({ observed, plan, changes }) => {
                const { name } = observed.service;
                if (plan.end.kind === "refused")
                    return fail(plan.end.reason, plan.end.hint ?? "Mend it, then release.");
                const objects = [...changes.values()].flat().length;
                return pass(`${objects} objects of ${name} would be written, in ${plan.steps.length} steps`);
            });
            return together(found, "there is no service");
        }
        catch (error) {
            if (!(0,errors/* isCutoverError */.j)(error, "rejected", "conflict", "manifest-invalid", "input-invalid", "refused", "not-found"))
                throw error;
            const hint = error.hint ?? "Mend the object; the release would be refused in the same words.";
            return error.message.includes("does not support dry run") ? warn(error.message, hint) : fail(error.message, hint);
        }
    },
};

;// CONCATENATED MODULE: ./actions/preflight/checks/endpoints.js


/** What the service depends on answers, as fast and as well as it must. */
const endpoints = {
    id: "endpoints",
    title: "What it depends on answers over HTTP",
    run: async (world) => {
        const { endpoints: given } = world.inputs;
        if (given === undefined)
            return skip("No `endpoints` are given");
        return together(await Promise.all(given.map((endpoint) => asked(endpoint, world))), "No `endpoints` are given");
    },
};
async function asked({ url, status, within, contains }, { runner, signal }) {
    const remedy = `Look at what answers at ${url}; a release that depends on it would not become ready, or fail its users.`;
    try {
        // Later than it may take, so that a slow answer is told as one.
        const answer = await runner.web.ask({ url, timeout: 2 * within + 1_000, signal, allowHttp: true });
        const took = (0,duration/* formatDuration */.a)(answer.ms);
        if (!new RegExp(`^${status.replaceAll("x", "\\d")}$`).test(String(answer.status)))
            return fail(`${url} answers ${answer.status}${elsewhere(answer.headers)} and not ${status}, in ${took}`, remedy);
        if (contains !== undefined && !answer.body.includes(contains))
            return fail(`${url} answers ${answer.status}, without "${contains}" in the first mebibyte`, remedy);
        if (answer.ms > within)
            return fail(`${url} answers in ${took}, and should within ${(0,duration/* formatDuration */.a)(within)}`, remedy);
        return pass(`${url} answers ${answer.status} in ${took}`);
    }
    catch (error) {
        if (!(0,errors/* isCutoverError */.j)(error, "unreachable"))
            throw error;
        return fail(error.message, error.hint ?? remedy);
    }
}
function elsewhere({ location = "" }) {
    return location === "" ? "" : ` to ${location}`;
}

// EXTERNAL MODULE: ./packages/kubernetes/native/lease.js + 1 modules
var lease = __webpack_require__(8306);
;// CONCATENATED MODULE: ./actions/preflight/checks/lock.js


/** A lock that another run holds: a release would wait for it. */
const lock = {
    id: "lock",
    title: "No other run holds the lock",
    run: async ({ client, namespace, inputs: { service: services }, signal }) => {
        const found = await Promise.all(services.map(async (service) => {
            const holder = await (0,lease/* lockHolder */.ms)({ client, namespace, service }, { signal });
            if (holder === undefined)
                return pass(`The lock of Service ${service} is free`);
            return warn(holder, "Wait for that run, or look why it has not ended. A lock that nobody renews is free after 30 s.");
        }));
        return together(found, "there is no service");
    },
};

;// CONCATENATED MODULE: ./actions/preflight/checks/namespace-active.js

/** A namespace that is being deleted takes no new objects. */
const namespaceActive = {
    id: "namespace",
    title: "The namespace is there, and stays",
    run: async ({ client, namespace, signal }) => {
        const found = await client.find({ apiVersion: "v1", kind: "Namespace", name: namespace }, { signal });
        if (found === undefined)
            return fail(`Namespace ${namespace} does not exist`, `kubectl create namespace ${namespace}, or correct \`namespace\`.`);
        const since = found.metadata.deletionTimestamp;
        if (since === undefined)
            return pass(`Namespace ${namespace} is active`);
        return fail(`Namespace ${namespace} is being deleted since ${since}`, "Find out who deletes it. Nothing can be released into it any more.");
    },
};

;// CONCATENATED MODULE: ./actions/preflight/checks/nodes.js


const node = {
    apiVersion: "v1",
    kind: "Node",
    isClusterWide: true,
    schema: schemas/* looseObject */._H3({
        metadata: schemas/* looseObject */._H3({ name: schemas/* string */.YjP() }),
        spec: schemas/* looseObject */._H3({ unschedulable: schemas/* boolean */.zMY().optional() }).optional(),
        status: schemas/* looseObject */._H3({ conditions: schemas/* array */.YOg(schemas/* looseObject */._H3({ type: schemas/* string */.YjP(), status: schemas/* string */.YjP() })).optional() }),
    }),
};
/** Nodes that are down or short of memory, disk or process ids take no new pods, or throw them out again. */
const nodes = {
    id: "nodes",
    title: "The nodes are ready and not under pressure",
    run: async ({ facts }) => {
        const all = await facts.allIfAllowed(node);
        if (all === undefined)
            return skip("The credentials may not list nodes");
        const usable = all.filter((one) => one.spec?.unschedulable !== true && has(one, "Ready"));
        if (usable.length === 0)
            return fail(`None of the ${all.length} nodes is ready and takes pods`, "kubectl get nodes. New pods would not start.");
        return together([pass(`${usable.length} of ${all.length} nodes are ready and take pods`), ...all.flatMap(trouble)], "");
    },
};
function trouble(one) {
    const { name } = one.metadata;
    const pressures = ["MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable"].filter((type) => has(one, type));
    const words = [...(has(one, "Ready") ? [] : ["NotReady"]), ...pressures];
    return words.length === 0 ? [] : [warn(`Node ${name} has ${words.join(", ")}`, `kubectl describe node ${name}`)];
}
function has({ status: { conditions = [] } }, type) {
    return conditions.some((condition) => condition.type === type && condition.status === "True");
}

;// CONCATENATED MODULE: ./actions/preflight/checks/probes.js

/** Without a readiness probe a pod counts as ready before it can answer, and the switch loses requests. */
const probes = {
    id: "probes",
    title: "Every container says when it is ready",
    run: async ({ facts }) => {
        const candidates = await facts.candidates();
        const found = candidates.flatMap(({ deployment, pod }) => pod.containers.map(({ name, readinessProbe }) => {
            if (readinessProbe !== undefined)
                return pass(`Container ${name} of ${deployment} has a readiness probe`);
            return warn(`Container ${name} of ${deployment} has no readinessProbe, so it counts as ready as soon as it runs`, "Give it one that asks what the traffic will ask for: spec.template.spec.containers[].readinessProbe.");
        }));
        return candidates.length === 0 ? skip("There is no Deployment to look at") : together(found, "it has no container");
    },
};

;// CONCATENATED MODULE: ./packages/release/quantity.js
const factors = {
    ...{ n: 1e-9, u: 1e-6, m: 1e-3, "": 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 },
    ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60 },
};
/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity: the number that a quantity such as `250m`, `64Mi` or `1e3` stands for; `undefined` if it is none. */
function parseQuantity(text) {
    if (typeof text === "number")
        return text;
    const found = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)([numkMGTPE]?|[KMGTPE]i)$/.exec(String(text ?? ""));
    const factor = factors[found?.[2] ?? ""];
    return found === null || factor === undefined ? undefined : Number(found[1]) * factor;
}
/** Such as `1500m`, `64Mi`, `3`: bytes by powers of two where they come out even or are many, all else to a thousandth. */
function formatQuantity(amount, isBytes = false) {
    if (!isBytes)
        return Number.isInteger(amount) ? String(amount) : `${Math.ceil(amount * 1_000)}m`;
    const unit = ["Ti", "Gi", "Mi", "Ki"].find((name) => amount >= (factors[name] ?? 0));
    return unit === undefined
        ? String(Math.ceil(amount))
        : `${Math.round((amount / (factors[unit] ?? 1)) * 10) / 10}${unit}`;
}

;// CONCATENATED MODULE: ./actions/preflight/pod-spec.js


const named = schemas/* looseObject */._H3({ name: schemas/* string */.YjP().optional(), optional: schemas/* boolean */.zMY().optional() });
const keyed = named.extend({ key: schemas/* string */.YjP() });
const amounts = schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* union */.KCZ([schemas/* string */.YjP(), schemas/* number */.aig()])).optional();
const container = schemas/* looseObject */._H3({
    name: schemas/* string */.YjP(),
    image: schemas/* string */.YjP(),
    resources: schemas/* looseObject */._H3({ requests: amounts, limits: amounts }).optional(),
    readinessProbe: schemas/* looseObject */._H3({}).optional(),
    lifecycle: schemas/* looseObject */._H3({ preStop: schemas/* looseObject */._H3({}).optional() }).optional(),
    restartPolicy: schemas/* string */.YjP().optional(),
    env: schemas/* array */.YOg(schemas/* looseObject */._H3({
        valueFrom: schemas/* looseObject */._H3({ configMapKeyRef: keyed.optional(), secretKeyRef: keyed.optional() }).optional(),
    }))
        .optional(),
    envFrom: schemas/* array */.YOg(schemas/* looseObject */._H3({ configMapRef: named.optional(), secretRef: named.optional() })).optional(),
});
const items = schemas/* array */.YOg(schemas/* looseObject */._H3({ key: schemas/* string */.YjP() })).optional();
const volume = schemas/* looseObject */._H3({
    name: schemas/* string */.YjP(),
    configMap: named.extend({ items }).optional(),
    secret: schemas/* looseObject */._H3({ secretName: schemas/* string */.YjP().optional(), optional: schemas/* boolean */.zMY().optional(), items }).optional(),
    persistentVolumeClaim: schemas/* looseObject */._H3({ claimName: schemas/* string */.YjP(), readOnly: schemas/* boolean */.zMY().optional() }).optional(),
    projected: schemas/* looseObject */._H3({
        sources: schemas/* array */.YOg(schemas/* looseObject */._H3({ configMap: named.extend({ items }).optional(), secret: named.extend({ items }).optional() }))
            .optional(),
    })
        .optional(),
});
/** What checks read of the pods that a Deployment makes. */
const podSpec = schemas/* looseObject */._H3({
    containers: schemas/* array */.YOg(container),
    initContainers: schemas/* array */.YOg(container).optional(),
    volumes: schemas/* array */.YOg(volume).optional(),
    serviceAccountName: schemas/* string */.YjP().optional(),
    imagePullSecrets: schemas/* array */.YOg(schemas/* looseObject */._H3({ name: schemas/* string */.YjP() })).optional(),
    nodeSelector: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* string */.YjP()).optional(),
    tolerations: schemas/* array */.YOg(schemas/* looseObject */._H3({
        key: schemas/* string */.YjP().optional(),
        operator: schemas/* string */.YjP().optional(),
        value: schemas/* string */.YjP().optional(),
        effect: schemas/* string */.YjP().optional(),
    }))
        .optional(),
    priorityClassName: schemas/* string */.YjP().optional(),
    runtimeClassName: schemas/* string */.YjP().nullish(),
    terminationGracePeriodSeconds: schemas/* number */.aig().optional(),
    overhead: amounts,
});
/** Containers of a pod, those that only prepare it too. */
function allContainers({ containers, initContainers = [] }) {
    return [...initContainers, ...containers];
}
/**
 * What a pod needs of a resource such as `cpu` or `memory`, to be scheduled or by its limits: its containers together, or the
 * hungriest moment of its initialization, and its overhead. A limit without a request is the request too.
 */
function amountFor(pod, resource, of = "requests") {
    const asked = ({ resources }) => {
        const { requests, limits } = resources ?? {};
        const text = of === "limits" ? limits?.[resource] : (requests?.[resource] ?? limits?.[resource]);
        return parseQuantity(text ?? 0) ?? 0;
    };
    const { containers, initContainers = [], overhead } = pod;
    const stays = ({ restartPolicy }) => restartPolicy === "Always";
    const running = [...containers, ...initContainers.filter(stays)].reduce((sum, one) => sum + asked(one), 0);
    const hungriest = Math.max(0, ...initContainers.filter((one) => !stays(one)).map(asked));
    return Math.max(running, hungriest) + (parseQuantity(overhead?.[resource] ?? 0) ?? 0);
}

;// CONCATENATED MODULE: ./actions/preflight/checks/quota.js




const quota_amounts = schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* union */.KCZ([schemas/* string */.YjP(), schemas/* number */.aig()])).optional();
const resourceQuota = {
    apiVersion: "v1",
    kind: "ResourceQuota",
    schema: schemas/* looseObject */._H3({
        metadata: schemas/* looseObject */._H3({ name: schemas/* string */.YjP() }),
        spec: schemas/* looseObject */._H3({ hard: quota_amounts, scopes: schemas/* unknown */.L5J().optional(), scopeSelector: schemas/* unknown */.L5J().optional() }),
        status: schemas/* looseObject */._H3({ hard: quota_amounts, used: quota_amounts }).optional(),
    }),
};
/** A blue-green release runs two slots for a while: the namespace's quotas must have room for the second one. */
const quota = {
    id: "quota",
    title: "The quotas have room for both slots",
    run: async ({ facts }) => {
        const [quotas, candidates] = await Promise.all([facts.all(resourceQuota), facts.candidates()]);
        if (quotas.length === 0)
            return skip(`Namespace ${facts.namespace} has no ResourceQuota`);
        const found = quotas.flatMap(({ metadata, spec, status }) => {
            // Which pods a scope means is the server's to say; its dry run makes no pods.
            if (spec.scopes !== undefined || spec.scopeSelector !== undefined)
                return [];
            return Object.entries(status?.hard ?? spec.hard ?? {}).flatMap(([name, hard]) => {
                const needed = candidates.reduce((sum, candidate) => sum + neededOf(candidate, name), 0);
                const limit = { quota: metadata.name, name, hard: amountOf(hard), used: amountOf(status?.used?.[name]) };
                return needed === 0 ? [] : [judged(limit, needed)];
            });
        });
        return together(found, "No quota limits what the pods need");
    },
};
function judged({ quota, name, hard, used }, needed) {
    const shown = (amount) => formatQuantity(amount, /memory|storage/.test(name));
    const seen = `ResourceQuota ${quota} has ${shown(Math.max(0, hard - used))} ${name} left of ${shown(hard)}, and the new pods need ${shown(needed)}`;
    if (used + needed <= hard)
        return pass(seen);
    return fail(seen, `Raise ${name} in ResourceQuota ${quota} by ${shown(used + needed - hard)}, or retire the old slot before the release.`);
}
/** What the pods that are still to be made need of a quota's resource. */
function neededOf({ pod, replicas, running }, name) {
    const more = Math.max(0, replicas - running);
    const [kind, resource] = name.startsWith("limits.")
        ? ["limits", name.slice("limits.".length)]
        : ["requests", name.replace(/^requests\./, "")];
    if (name === "pods" || name === "count/pods")
        return more;
    return more * amountFor(pod, resource, kind);
}
function amountOf(text) {
    return parseQuantity(text ?? 0) ?? 0;
}

;// CONCATENATED MODULE: ./actions/preflight/checks/references.js




const metadata = schemas/* looseObject */._H3({ name: schemas/* string */.YjP() });
const values = schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* unknown */.L5J()).optional();
const shapes = {
    ConfigMap: schemas/* looseObject */._H3({ metadata, data: values, binaryData: values }),
    Secret: schemas/* looseObject */._H3({ metadata, data: values }),
    ServiceAccount: schemas/* looseObject */._H3({ metadata }),
    PersistentVolumeClaim: schemas/* looseObject */._H3({ metadata }),
};
/** Pods whose Secret, ConfigMap, key, ServiceAccount or claim is missing never start, and say so only in their events. */
const references = {
    id: "references",
    title: "Everything that the pods refer to is there",
    run: async (world) => {
        const candidates = await world.facts.candidates();
        if (candidates.length === 0)
            return skip("There is no Deployment to look at");
        const found = await Promise.all(candidates.flatMap((candidate) => referencesOf(candidate.pod).map((reference) => lookUp(reference, candidate, world))));
        return together(found, "The pods refer to nothing");
    },
};
async function lookUp({ kind, name, keys }, { deployment }, world) {
    if (await isOwn(kind, name, world))
        return pass(`${kind} ${name} comes with the release`);
    const ref = { apiVersion: "v1", kind, namespace: world.namespace, name };
    const who = `the pods of ${deployment} need it`;
    const live = await world.client.find(ref, { signal: world.signal }).catch((error) => {
        if ((0,errors/* isCutoverError */.j)(error, "forbidden"))
            return "forbidden";
        throw error;
    });
    if (live === "forbidden")
        return warn(`Whether ${kind} ${name} exists cannot be told, and ${who}`, `Let the credentials get ${kind} ${name}.`);
    if (live === undefined)
        return fail(`${kind} ${name} does not exist in namespace ${world.namespace}, and ${who}`, `Create ${kind} ${name}, put it into the manifests, or correct its name.`);
    const { data = {}, binaryData = {} } = { ...shapes[kind].parse(live) };
    const missing = keys.filter((key) => !(key in data) && !(key in binaryData));
    if (missing.length === 0)
        return pass(`${kind} ${name} is there`);
    return fail(`${kind} ${name} has no key ${missing.join(", ")}, and ${who}`, `Add the key to ${kind} ${name}.`);
}
/** What the release itself brings need not be there yet. */
async function isOwn(kind, name, { facts }) {
    const rehearsals = await facts.rehearsals();
    const objects = rehearsals.flatMap(({ changes }) => [...changes.values()].flat()).map(({ after }) => after);
    return objects.some((object) => object.kind === kind && object.metadata.name === name);
}
function referencesOf(pod) {
    const { volumes = [], serviceAccountName = "default", imagePullSecrets = [] } = pod;
    const all = [];
    const add = (kind, named, keys = []) => {
        if (named?.name !== undefined)
            all.push({ kind, name: named.name, keys, optional: named.optional });
    };
    for (const { env = [], envFrom = [] } of allContainers(pod)) {
        for (const { valueFrom } of env) {
            add("ConfigMap", valueFrom?.configMapKeyRef, keysOf([valueFrom?.configMapKeyRef]));
            add("Secret", valueFrom?.secretKeyRef, keysOf([valueFrom?.secretKeyRef]));
        }
        for (const { configMapRef, secretRef } of envFrom) {
            add("ConfigMap", configMapRef);
            add("Secret", secretRef);
        }
    }
    for (const { configMap, secret, persistentVolumeClaim: claim, projected } of volumes) {
        for (const one of [configMap, ...(projected?.sources ?? []).map((source) => source.configMap)])
            add("ConfigMap", one, keysOf(one?.items));
        add("Secret", secret && { ...secret, name: secret.secretName }, keysOf(secret?.items));
        for (const { secret: one } of projected?.sources ?? [])
            add("Secret", one, keysOf(one?.items));
        add("PersistentVolumeClaim", claim && { name: claim.claimName });
    }
    for (const secret of imagePullSecrets)
        add("Secret", secret);
    add("ServiceAccount", { name: serviceAccountName });
    return merged(all.filter(({ optional }) => optional !== true));
}
function keysOf(items = []) {
    return items.flatMap((item) => item?.key ?? []);
}
/** Each object once, with all keys that are read of it. */
function merged(all) {
    const byName = Map.groupBy(all, ({ kind, name }) => `${kind} ${name}`);
    return [...byName.values()].flatMap(([first, ...more]) => {
        if (first === undefined)
            return [];
        return [{ ...first, keys: [...new Set([first, ...more].flatMap(({ keys }) => keys))] }];
    });
}

;// CONCATENATED MODULE: ./actions/preflight/checks/right-cluster.js

/** A kubeconfig of another cluster is the mistake that no later check can see. */
const rightCluster = {
    id: "cluster",
    title: "It is the cluster that is meant",
    run: ({ client, inputs: { allowedServers } }) => {
        if (allowedServers === undefined)
            return skip("No `allowed-servers` are given");
        const { host, hostname } = new URL(client.server);
        if (allowedServers.some((one) => [client.server, host, hostname].includes(one)))
            return pass(`${client.server} is among the allowed servers`);
        return fail(`${client.server} is none of the allowed servers: ${allowedServers.join(", ")}`, "Correct `kubeconfig` or `context`; or, if this cluster is meant, name it in `allowed-servers`.");
    },
};

// EXTERNAL MODULE: ./actions/release/questions.js
var release_questions = __webpack_require__(8051);
;// CONCATENATED MODULE: ./actions/preflight/release-terms.js
/** What a release would be asked for, as far as checks need to know. */
const releaseTerms = {
    kind: "deploy",
    switch: "auto",
    soak: 0,
    drain: 0,
    previous: "keep",
    probe: true,
    smoke: false,
};

;// CONCATENATED MODULE: ./actions/preflight/checks/rights.js



/** Asks the API server for every right that a release and its way back will need. */
const rights = {
    id: "rights",
    title: "The credentials may do all that a release needs",
    run: async ({ client, facts, namespace, signal }) => {
        const settings = await facts.settings();
        const questions = settings.slice(0, 1).flatMap((setting) => (0,release_questions/* questionsFor */.N)(setting, releaseTerms));
        const denied = await client.denied(questions, { signal });
        if (denied.length === 0)
            return pass(`${questions.length} rights in namespace ${namespace}`);
        const missing = denied.map(({ verb, group, resource }) => `${verb} ${resource}${group === "" ? "" : `.${group}`}`);
        return fail(`The credentials may not do this in namespace ${namespace}: ${missing.join(", ")}`, "Give their Role these rights; README.md of blue-green-deploy has one to copy.");
    },
};

// EXTERNAL MODULE: ./packages/release/color.js
var release_color = __webpack_require__(3145);
;// CONCATENATED MODULE: ./actions/preflight/checks/selector.js


/** What makes every switch unsafe: the same that a release would be refused for. */
const selector = {
    id: "selector",
    title: "The Service selects one color, and only its pods",
    run: async ({ facts }) => {
        const looks = await facts.looks();
        const found = looks.map(({ observed: { service, slots } }) => {
            const { name, active, defects, obstacles } = service;
            const wrong = [...defects, ...release_color/* colors */.Tj.flatMap((color) => (slots[color].ready > 0 ? obstacles[color] : []))];
            if (wrong.length > 0)
                return fail([...new Set(wrong)].join("\n"), `Mend Service ${name}; a release would be refused.`);
            return pass(service.exists
                ? `Service ${name} selects ${active}`
                : `Service ${name} does not exist yet; the first release makes it`);
        });
        return together(found, "there is no service");
    },
};

;// CONCATENATED MODULE: ./actions/preflight/checks/serving.js

/** The active slot has the ready pods that it asks for, and the endpoints know them. */
const serving = {
    id: "serving",
    title: "The active slot serves",
    run: async ({ facts }) => {
        const looks = await facts.looks();
        const found = looks.map(({ observed: { service, slots } }) => {
            const { name, active, endpoints } = service;
            if (active === undefined)
                return skip(`Service ${name} selects no color`);
            const { deployment, replicas, ready, needed } = slots[active];
            const ends = endpoints[active];
            const seen = `Service ${name} has ${ends} ready endpoints, Deployment ${deployment} ${ready} of ${replicas} pods ready`;
            const remedy = `kubectl describe deployment ${deployment}. A release can heal it, but has nothing good to go back to.`;
            if (ends === 0)
                return fail(seen, remedy);
            return ends < needed || ready < replicas ? warn(seen, remedy) : pass(seen);
        });
        return together(found, "there is no service");
    },
};

// EXTERNAL MODULE: ./packages/release/history.js
var release_history = __webpack_require__(4770);
;// CONCATENATED MODULE: ./actions/preflight/checks/unfinished-release.js


/** A release that died or waits: the next one goes on from it, which people want to know. */
const unfinishedRelease = {
    id: "unfinished-release",
    title: "No release is half-finished",
    run: async ({ facts }) => {
        const looks = await facts.looks();
        const found = looks.map(({ observed }) => {
            const { service, slots, history } = observed;
            const { name, active } = service;
            if (active === undefined)
                return skip(`Service ${name} has no release yet`);
            const current = (0,release_history/* activeRevision */.su)(observed);
            const remedy = "Look at the run that began it. The next release goes on from here, and a rollback leads back.";
            if (current !== undefined && current.result === undefined)
                return warn(`Revision ${current.revision} of ${name} has the traffic, and nobody has confirmed it`, remedy);
            const other = slots[(0,release_color/* otherColor */.IP)(active)];
            const waiting = history.find(({ revision }) => revision === other.revision);
            const isOpen = waiting?.result === undefined && (waiting?.revision ?? 0) > (current?.revision ?? 0);
            if (waiting !== undefined && isOpen)
                return warn(`Revision ${waiting.revision} of ${name} stands in ${other.color} and has no traffic yet`, remedy);
            return pass(current === undefined
                ? `${name} has no history yet`
                : `Revision ${current.revision} of ${name} is ${current.result}`);
        });
        return together(found, "there is no service");
    },
};

// EXTERNAL MODULE: ./packages/release/window.js
var release_window = __webpack_require__(6148);
;// CONCATENATED MODULE: ./actions/preflight/checks/window-open.js


/** Releases are allowed at this time of the week. */
const windowOpen = {
    id: "window",
    title: "The deploy window is open",
    run: ({ inputs: { windows }, runner: { clock } }) => {
        if (windows === undefined)
            return skip("No `windows` are given");
        const now = clock.date();
        const open = windows.find((window) => (0,release_window/* isOpen */.nT)(window, now));
        if (open !== undefined)
            return pass(`${minute(now)} is within ${open.text}`);
        const next = (0,release_window/* nextOpening */.gR)(windows, now);
        return fail(`${minute(now)} is outside of ${windows.map(({ text }) => text).join(", ")}`, `${next === undefined ? "No window ever opens: correct `windows`" : `The next one opens at ${minute(next)}`}. What cannot wait goes with \`override: window\` and an \`override-reason\`.`);
    },
};
/** `2026-11-21 16:30 UTC`. */
function minute(at) {
    return `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

;// CONCATENATED MODULE: ./actions/preflight/checks.js
















/** Every check, in the order in which they are told where they ended alike. */
const checks = [
    apiServer,
    rightCluster,
    nodes,
    namespaceActive,
    rights,
    lock,
    selector,
    serving,
    unfinishedRelease,
    dryRun,
    probes,
    references,
    quota,
    endpoints,
    backup,
    windowOpen,
];

// EXTERNAL MODULE: ./packages/action-kit/input-lists.js
var input_lists = __webpack_require__(5118);
// EXTERNAL MODULE: ./packages/action-kit/inputs.js
var inputs = __webpack_require__(3057);
// EXTERNAL MODULE: ./packages/action-kit/input-names.js
var input_names = __webpack_require__(9235);
// EXTERNAL MODULE: ./actions/release/inputs.js
var release_inputs = __webpack_require__(5097);
// EXTERNAL MODULE: ./actions/release/rules.js
var rules = __webpack_require__(1821);
// EXTERNAL MODULE: ./packages/action-kit/vocabulary.js
var vocabulary = __webpack_require__(5656);
;// CONCATENATED MODULE: ./actions/preflight/endpoint.js


/** Endpoints, one a line: `https://shop.example/health status=200 within=500ms contains=ok`; all but the address may be left out. */
function endpoint_endpoints() {
    const form = { expected: "addresses such as https://shop.example/health status=200 within=2s", type: "lines" };
    return (0,vocabulary/* inputOf */.w)(form, (text) => {
        const all = [];
        for (const line of (0,input_lists/* nonEmpty */.hq)(text.split("\n")) ?? []) {
            const endpoint = parseEndpoint(line);
            if (typeof endpoint === "string")
                return new vocabulary/* Refusal */.P(endpoint);
            all.push(endpoint);
        }
        return all.length === 0 ? undefined : all;
    });
}
/** A sentence instead, on what is wrong with it. */
function parseEndpoint(line) {
    const [url = "", ...terms] = line.split(/\s+(?=(?:status|within|contains)=)/);
    if (!/^https?:$/.test(URL.parse(url)?.protocol ?? ""))
        return `expected an address such as https://host/path, got ${JSON.stringify(url.slice(0, 80))}`;
    const given = Object.fromEntries(terms.map((term) => term.split(/=(.*)/s, 2)));
    const { status = "2xx", within = "5s", contains } = given;
    if (!/^[1-5](xx|\d\d)$/.test(status))
        return `expected a status such as 200 or 2xx for ${url}, got ${status}`;
    const milliseconds = (0,duration/* parseDuration */.E)(within);
    if (milliseconds === undefined || milliseconds === 0)
        return `expected a duration such as 500ms for ${url}, got ${within}`;
    return { url, status, within: milliseconds, contains };
}

;// CONCATENATED MODULE: ./actions/preflight/contract.js







const { namespace, service, deployment, colorLabel, kubeconfig, context, engine } = release_inputs/* clusterInputs */.g$;
const where = { namespace, service, deployment, colorLabel, kubeconfig, context, engine };
/** Which checks run, and what becomes of what they find. */
const choice = {
    checks: (0,input_lists/* list */.p_)().optional().describe("The checks to run, by id. Default: all that have something to check."),
    skip: (0,input_lists/* list */.p_)().optional().describe("Checks that do not run, by id."),
    failOn: (0,inputs/* oneOf */.yL)(["fail", "warn"])
        .prefault("fail")
        .describe("What fails the step: a failed check, or a warning too. One that cannot be carried out counts as failed."),
    override: (0,input_lists/* list */.p_)()
        .optional()
        .describe("Checks whose failure counts as a warning, by id. It needs `override-reason`, which is recorded."),
    overrideReason: (0,inputs/* text */.Qq)()
        .optional()
        .describe("Why, and who decided so; it stands in the log, the summary and the report."),
    timeout: (0,inputs/* duration */.p0)()
        .prefault("60s")
        .describe("One deadline for all checks together; one that hangs is an `error` of its own."),
};
/** Where it looks. */
const cluster = {
    allowedServers: (0,input_lists/* list */.p_)()
        .optional()
        .describe("API servers that may be released to: host, `host:port` or address. Any other fails the check `cluster`."),
};
/** What must be there besides the cluster. */
const dependencies = {
    endpoints: endpoint_endpoints()
        .optional()
        .describe("What must answer over HTTP, one a line: `https://shop.example/health status=200 within=500ms contains=ok`. Default: `status=2xx within=5s`."),
    backupCronjob: (0,input_names/* kubernetesName */.gg)("subdomain")
        .optional()
        .describe("CronJob of the namespace that makes the backup, whose last success must be fresh."),
    backupAge: (0,inputs/* duration */.p0)().prefault("24h").describe("How old the last backup may be."),
};
/** What people have agreed on. */
const process = {
    windows: (0,input_lists/* deployWindows */.Jj)()
        .optional()
        .describe("When releases are allowed, one a line: `Tue-Thu 10:00-14:00 America/New_York`. Days and zone may be left out: every day, UTC."),
};
const contract = {
    name: "preflight",
    description: "Checks what could stop or spoil a release before it begins. It changes nothing.",
    inputs: schemas/* object */.Ikc({ ...where, ...release_inputs/* releaseInputs */.zy, ...cluster, ...dependencies, ...process, ...choice }).check((0,rules/* rule */.Hu)((inputs, refuse) => {
        (0,rules/* refuseUnbuilt */.Yg)(inputs, refuse);
        const { manifests, chart, images } = inputs;
        if (manifests !== undefined || chart !== undefined || images !== undefined)
            (0,rules/* refuseStraySources */.sT)(inputs, refuse);
        for (const name of ["checks", "skip", "override"]) {
            const stranger = inputs[name]?.find((id) => !checks.some((check) => check.id === id));
            if (stranger !== undefined)
                refuse(name, `there is no check "${stranger}"; README.md of the action lists them`);
        }
        if (inputs.override !== undefined && inputs.overrideReason === undefined)
            refuse("overrideReason", "expected a reason, since `override` lets a failed check pass");
    })),
    outputs: schemas/* object */.Ikc({
        verdict: schemas/* enum */.k5n(["pass", "warn", "fail"]).describe("All checks together: `pass`, `warn` or `fail`."),
        results: schemas/* array */.YOg(schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* unknown */.L5J()))
            .describe("Each check, worst first, JSON: `id`, `title`, `verdict`, `evidence`, `remedy`, `ms`."),
        summary: (0,inputs/* text */.Qq)().describe("One sentence, such as `2 of 24 checks failed: quota, images`."),
        report: (0,inputs/* text */.Qq)().optional().describe("Path of the HTML report."),
        color: schemas/* enum */.k5n(release_color/* colors */.Tj).optional().describe("The color that has the traffic now."),
        nextColor: schemas/* enum */.k5n(release_color/* colors */.Tj).optional().describe("The color that a release would go to."),
        revision: schemas/* int */.Whr().optional().describe("The revision that has the traffic now."),
        previousImages: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* string */.YjP())
            .optional()
            .describe("Images of the active slot by container, JSON: what a rollback of the coming release goes back to."),
        state: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* unknown */.L5J())
            .optional()
            .describe("What stands in the cluster as one JSON object, versioned."),
    }),
    refused: { verdict: "fail", summary: "The inputs are not right; the log names each" },
};

// EXTERNAL MODULE: ./packages/kubernetes/native/observe.js
var observe = __webpack_require__(8517);
// EXTERNAL MODULE: ./packages/kubernetes/native/snapshot.js
var native_snapshot = __webpack_require__(9602);
;// CONCATENATED MODULE: ./packages/kubernetes/native/look.js


/** Reads a service and its slots without a lock: good for telling, not for deciding. @throws not-found for a Service that neither exists nor is going to */
async function look(setting) {
    const snapshot = await (0,native_snapshot/* takeSnapshot */.W9)(setting);
    return { setting, snapshot, observed: (0,observe/* interpret */.U4)(snapshot, setting, false) };
}

// EXTERNAL MODULE: ./packages/kubernetes/native/preview.js + 5 modules
var preview = __webpack_require__(273);
// EXTERNAL MODULE: ./actions/release/setting.js
var setting = __webpack_require__(9218);
// EXTERNAL MODULE: ./actions/release/sources.js + 19 modules
var sources = __webpack_require__(7270);
// EXTERNAL MODULE: ./packages/release/goal.js + 2 modules
var release_goal = __webpack_require__(9135);
;// CONCATENATED MODULE: ./actions/preflight/candidate.js




const candidate_deployment = schemas/* looseObject */._H3({
    spec: schemas/* looseObject */._H3({ template: schemas/* looseObject */._H3({ spec: podSpec }) }),
});
/** @param rehearsal what the server's dry run makes of the release; without one the active slot is looked at */
function candidateOf({ observed, snapshot }, rehearsal) {
    const goal = rehearsal === undefined ? undefined : (0,release_goal/* findGoal */.py)(observed, releaseTerms);
    const color = goal !== undefined && "color" in goal ? goal.color : observed.service.active;
    if (color === undefined)
        return undefined;
    const changes = [...(rehearsal?.changes.values() ?? [])].flat();
    const planned = changes.findLast(({ after }) => after?.kind === "Deployment")?.after;
    const live = snapshot.deployments[color];
    const found = candidate_deployment.safeParse(planned ?? live);
    const slot = observed.slots[color];
    if (!found.success)
        return undefined;
    return {
        service: observed.service.name,
        color,
        deployment: slot.deployment,
        pod: found.data.spec.template.spec,
        replicas: slot.target,
        running: slot.replicas,
    };
}

;// CONCATENATED MODULE: ./actions/preflight/facts.js






/** What several checks look at. Everything is read once, when it is first asked for. */
class Facts {
    #inputs;
    #client;
    #runner;
    #known = new Map();
    constructor(inputs, client, runner) {
        this.#inputs = inputs;
        this.#client = client;
        this.#runner = runner;
    }
    get namespace() {
        return this.#inputs.namespace ?? this.#client.namespace;
    }
    /** Whether anything says what is to be released. */
    get isOfRelease() {
        const { manifests, chart, images } = this.#inputs;
        return manifests !== undefined || chart !== undefined || images !== undefined;
    }
    /** All objects of a kind in the namespace, or in the cluster where the kind is in none. */
    async all({ apiVersion, kind, isClusterWide, schema, }) {
        const collection = { apiVersion, kind, ...(isClusterWide ? {} : { namespace: this.namespace }) };
        const items = await this.#once(`${apiVersion} ${kind}`, async () => (await this.#client.list(collection)).items);
        return items.map((item) => parsed(item, schema));
    }
    /** The same, or nothing at all where the credentials may not list them: for what a release itself never reads. */
    async allIfAllowed(shape) {
        try {
            return await this.all(shape);
        }
        catch (error) {
            if ((0,errors/* isCutoverError */.j)(error, "forbidden"))
                return undefined;
            throw error;
        }
    }
    /** What a release would put into the slots of each service, in their order. @throws what reading manifests throws */
    async sources() {
        const place = { namespace: this.namespace, client: this.#client };
        return await this.#once("sources", () => (0,sources/* sourcesOf */.u)(this.#inputs, place, this.#runner));
    }
    /** What a release of each service would run with. @throws what reading manifests throws */
    async settings() {
        return await this.#once("settings", () => this.#settings(() => this.sources()));
    }
    /** Each service as it stands, whatever is wrong with the manifests. */
    async looks() {
        return await this.#once("looks", async () => {
            const settings = this.isOfRelease ? await this.settings().catch(() => this.#settings()) : await this.#settings();
            return await Promise.all(settings.map(look));
        });
    }
    /** What the server's dry run makes of the release of each service; none where nothing is to be released. @throws what it is refused for */
    async rehearsals() {
        if (!this.isOfRelease)
            return [];
        return await this.#once("rehearsals", async () => {
            const settings = await this.settings();
            return await Promise.all(settings.map((setting) => (0,preview/* preview */.V)(setting, releaseTerms)));
        });
    }
    /** The pods that the release would bring, or that serve; those of a release that its dry run refuses are not known. */
    async candidates() {
        const [looks, rehearsals] = await Promise.all([this.looks(), this.rehearsals()]);
        return looks.flatMap((one, index) => candidateOf(one, rehearsals[index]) ?? []);
    }
    async #settings(sources) {
        const inputs = { ...this.#inputs, lockTimeout: 0, dryRun: true };
        const run = {
            inputs,
            wanted: releaseTerms,
            replicas: this.#inputs.replicas,
            ...(sources === undefined ? {} : { sources }),
        };
        return await (0,setting/* settingsOf */.f)(run, this.#runner, this.#client);
    }
    /** What is asked for twice is read once; whoever asks first pays. */
    #once(name, read) {
        const known = this.#known.get(name) ?? read();
        this.#known.set(name, known);
        return known;
    }
}
function parsed(item, schema) {
    const result = schema.safeParse(item);
    if (result.success)
        return result.data;
    const { kind, metadata } = item;
    const place = result.error.issues[0]?.path.join(".") ?? "it";
    throw new errors/* CutoverError */.D("unavailable", `${kind} ${metadata.name} is not as its kind has it: ${place}`, {
        hint: "Look at the object with kubectl; something answers for the API server that is none.",
    });
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./packages/report/markdown.js
var markdown = __webpack_require__(9658);
// EXTERNAL MODULE: ./packages/report/words.js
var words = __webpack_require__(9306);
;// CONCATENATED MODULE: ./packages/report/preflight-summary.js



const signs = { fail: "❌", error: "💥", warn: "⚠️", pass: "✅", skip: "➖" };
/** Characters of evidence and of a remedy: the report and the log have the rest. */
const longest = 1_000;
/** A preflight as Markdown for the step summary: one table, worst first, with what to do; what was skipped in one line. */
function renderPreflightSummary(report) {
    const { verdict, sentence, results } = report;
    const made = results.filter((one) => one.verdict !== "skip");
    const skipped = results.filter((one) => one.verdict === "skip").map(({ id }) => (0,markdown/* code */.aY)(id));
    const parts = [
        `## ${signs[verdict]} ${(0,markdown/* escapeMarkdown */.FV)((0,words/* checkedFor */.lY)(report))}`,
        `**${(0,markdown/* escapeMarkdown */.FV)(sentence)}**`,
        (0,markdown/* table */.tp)(["", "Check", "Seen", "What to do", "Took"], made.map(row)),
        ...(skipped.length === 0 ? [] : [`Not checked: ${skipped.join(", ")}`]),
    ];
    return `${parts.join("\n\n")}\n`;
}
function row({ verdict, id, title, evidence, remedy = "", overridden, ms }) {
    const said = verdict === "pass" ? "" : (0,markdown/* proseMarkdown */.Rw)(remedy.slice(0, longest));
    const advice = overridden === undefined ? said : `Overridden: ${(0,markdown/* escapeMarkdown */.FV)(overridden, longest)}<br>${said}`;
    const check = `${(0,markdown/* escapeMarkdown */.FV)(title)}<br>${(0,markdown/* code */.aY)(id)}`;
    return [`${signs[verdict]} ${verdict}`, check, lines(evidence.slice(0, longest)), advice, (0,duration/* formatDuration */.a)(ms)];
}
function lines(text) {
    return text.split("\n").map(markdown/* proseMarkdown */.Rw).join("<br>");
}

// EXTERNAL MODULE: ./packages/report/banner.js
var banner = __webpack_require__(1769);
// EXTERNAL MODULE: ./packages/report/document.js + 1 modules
var report_document = __webpack_require__(6690);
// EXTERNAL MODULE: ./packages/report/html.js
var html = __webpack_require__(1206);
;// CONCATENATED MODULE: ./packages/report/preflight-page.js





/** A preflight as one HTML page: the worst first, each with what was seen and what to do. */
function renderPreflight(report) {
    const { results, finishedAt } = report;
    const isSkipped = ({ verdict }) => verdict === "skip";
    const skipped = results.filter(isSkipped);
    const body = (0,html/* html */.qy) `${head(report)}
${(0,report_document/* section */.u)("Checks", table(results.filter((one) => !isSkipped(one))))}
${(0,report_document/* section */.u)("Not checked", skipped.length === 0 ? undefined : table(skipped))}`;
    return (0,report_document/* page */.M)(`${(0,words/* checkedFor */.lY)(report)}: ${report.verdict}`, body, finishedAt);
}
/** The look of each verdict is that of an outcome. */
const looks = {
    fail: "failed",
    error: "timed-out",
    warn: "rolled-back",
    pass: "succeeded",
    skip: "refused",
};
function head(report) {
    const { verdict, sentence, namespace, server, startedAt, finishedAt, actor, commit, runUrl } = report;
    return (0,html/* html */.qy) `<header class="banner ${looks[verdict]}">
${(0,banner/* sign */._S)(looks[verdict])}
<div>
<p class="outcome">${verdict}</p>
<h1>${(0,words/* checkedFor */.lY)(report)}</h1>
<p class="lead">${sentence}</p>
<dl class="facts">
${(0,banner/* fact */.fK)("Namespace", namespace)}
${(0,banner/* fact */.fK)("API server", server)}
${(0,banner/* fact */.fK)("Took", (0,duration/* formatDuration */.a)(Math.max(0, finishedAt - startedAt)))}
${(0,banner/* fact */.fK)("Started", (0,words/* dateAndTime */.bm)(startedAt))}
${(0,banner/* fact */.fK)("By", actor)}
${(0,banner/* fact */.fK)("Commit", commit.slice(0, 12))}
${(0,banner/* runFact */.Co)(runUrl)}
</dl>
</div>
</header>`;
}
function table(results) {
    return (0,html/* html */.qy) `<table><thead><tr><th>Verdict</th><th>Check</th><th>Seen</th><th>Took</th></tr></thead><tbody>
${results.map(preflight_page_row)}
</tbody></table>`;
}
function preflight_page_row({ verdict, id, title, evidence, remedy, overridden, ms }) {
    const isGood = verdict === "pass" || verdict === "skip";
    return (0,html/* html */.qy) `<tr><td class="${looks[verdict]}"><span class="outcome">${verdict}</span></td>
<td>${title}<br><code>${id}</code></td>
<td><p class="reason">${(0,html/* prose */.CS)(evidence)}</p>${isGood || remedy === undefined ? undefined : (0,html/* html */.qy) `<p class="hint"><b>What to do:</b> ${(0,html/* prose */.CS)(remedy)}</p>`}${overridden === undefined ? undefined : (0,html/* html */.qy) `<p class="hint"><b>Overridden:</b> ${overridden}</p>`}</td>
<td>${(0,duration/* formatDuration */.a)(ms)}</td></tr>`;
}

// EXTERNAL MODULE: ./actions/release/standing.js
var standing = __webpack_require__(9808);
;// CONCATENATED MODULE: ./actions/preflight/results.js





/** Outputs, summary, report and log of what was found, and whether the step fails by it. */
async function preflightResult(found, world, startedAt) {
    const { runner, inputs } = world;
    const results = worstFirst(found);
    const verdict = jointVerdict(results);
    const sentence = sentenceOn(results);
    const report = reportOf(world, { results, verdict, sentence, startedAt: startedAt.getTime() });
    for (const result of results)
        runner.log.info(line(result));
    runner.addSummary(renderPreflightSummary(report));
    const outputs = {
        verdict,
        summary: sentence,
        results: results.map((result) => ({ ...result })),
        ...(await stateOf(world)),
        ...(await written(report, runner)),
    };
    const isBad = verdict === "fail" || (verdict === "warn" && inputs.failOn === "warn");
    return isBad ? { outputs, failure: failureOf(results, sentence) } : { outputs };
}
function line({ verdict, title, evidence, remedy, id }) {
    const advice = remedy === undefined || verdict === "pass" ? "" : `\n      What to do: ${indented(remedy)}`;
    return `${verdict.padEnd(5)} ${title} (${id}): ${indented(evidence)}${advice}`;
}
function indented(text) {
    return text.replaceAll("\n", "\n      ");
}
/** `2 of 9 checks failed: rights, lock`, the worst thing that there is to say. */
function sentenceOn(results) {
    const of = (...verdicts) => results.filter((one) => verdicts.includes(one.verdict));
    const made = results.length - of("skip").length;
    const names = (some) => some.map(({ id }) => id).join(", ");
    const [bad, doubtful] = [of("fail", "error"), of("warn")];
    if (bad.length > 0)
        return `${bad.length} of ${made} checks failed: ${names(bad)}`;
    if (doubtful.length > 0)
        return `${made} checks passed, ${doubtful.length} with a warning: ${names(doubtful)}`;
    return `All ${made} checks passed`;
}
function failureOf(results, sentence) {
    const isTold = results.filter(({ verdict }) => verdict !== "pass" && verdict !== "skip");
    const [worst] = isTold;
    const lines = isTold.map(({ title, evidence }) => `  ${title}: ${evidence.split("\n", 1)[0]}`);
    return { message: [sentence, ...lines].join("\n"), hint: worst?.remedy };
}
async function stateOf({ facts, inputs }) {
    const looks = await facts.looks().catch(() => []);
    const [only] = looks;
    if (only === undefined || inputs.service.length > 1)
        return {};
    const { color, revision, images, ...rest } = (0,standing/* standing */.J)(only.observed);
    const nextColor = color === undefined ? "blue" : (0,release_color/* otherColor */.IP)(color);
    const state = { version: 1, service: only.observed.service.name, color, revision, images, ...rest };
    return { color, revision, nextColor, previousImages: images, state };
}
function reportOf({ runner, client, namespace, inputs }, found) {
    const { actor, runUrl, commit } = runner.identity;
    const finishedAt = runner.clock.date().getTime();
    return { ...found, services: inputs.service, namespace, server: client.server, actor, runUrl, commit, finishedAt };
}
async function written(report, { temp, log }) {
    const path = (0,external_node_path_.join)(temp, `cutover-preflight-${report.namespace}-${report.services.join("-").slice(0, 100)}.html`);
    try {
        await (0,promises_.writeFile)(path, renderPreflight(report));
        return { report: path };
    }
    catch (error) {
        log.warning(`The report could not be written to ${path}: ${String(error)}`);
        return {};
    }
}

;// CONCATENATED MODULE: ./actions/preflight/run-checks.js

/**
 * Runs all checks side by side. One that throws, or has not ended when `world.signal` aborts, is an `error` of its own;
 * what the others found stands.
 */
async function runChecks(checks, world) {
    const { clock } = world.runner;
    return await Promise.all(checks.map(async ({ id, title, run }) => {
        const started = clock.now();
        const took = () => clock.now() - started;
        const late = aborted(world.signal).then(() => hung(took()));
        const found = await Promise.race([carriedOut(() => run(world)), late]);
        return { id, title, ...found, ms: took() };
    }));
}
async function carriedOut(run) {
    try {
        return await run();
    }
    catch (error) {
        if ((0,errors/* isCutoverError */.j)(error))
            return { verdict: "error", evidence: error.message, remedy: error.hint };
        return { verdict: "error", evidence: String(error), remedy: "This is a bug of cutover: please report it." };
    }
}
function hung(ms) {
    return {
        verdict: "error",
        evidence: `It had not ended after ${(0,duration/* formatDuration */.a)(ms)}, when the time for all checks was over`,
        remedy: "Raise `timeout`, or find out why what it asks does not answer.",
    };
}
function aborted(signal) {
    return new Promise((resolve) => {
        if (signal.aborted)
            resolve();
        else
            signal.addEventListener("abort", () => resolve(), { once: true });
    });
}

;// CONCATENATED MODULE: ./actions/preflight/action.js








const preflight = (0,action/* defineAction */.Q)(contract, async (inputs, runner) => {
    const { clock } = runner;
    const startedAt = clock.date();
    const client = await (0,connect/* connect */.N)(inputs, runner);
    const over = new AbortController();
    const signal = AbortSignal.any([runner.signal, over.signal]);
    const done = new AbortController();
    void clock.sleep(inputs.timeout, done.signal).then(() => over.abort("the time for all checks is over"));
    try {
        const facts = new Facts(inputs, client, runner);
        const world = { inputs, client, namespace: facts.namespace, facts, runner, signal };
        const found = await runChecks(chosen(inputs), world);
        const { override = [], overrideReason = "" } = inputs;
        return await preflightResult(overridden(found, override, overrideReason), world, startedAt);
    }
    finally {
        done.abort();
        await client.close();
    }
});
function chosen({ checks: only, skip = [] }) {
    return checks.filter(({ id }) => (only?.includes(id) ?? true) && !skip.includes(id));
}


/***/ })

};
