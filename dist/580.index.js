export const id = 580;
export const ids = [580];
export const modules = {

/***/ 8772:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Xo: () => (/* binding */ refusedOutputs),
/* harmony export */   bc: () => (/* binding */ approvals),
/* harmony export */   gf: () => (/* binding */ deployOutputs),
/* harmony export */   mm: () => (/* binding */ releaseOutputs)
/* harmony export */ });
/* harmony import */ var _cutover_action_kit__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3057);
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3145);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3045);



const revision = () => zod__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Whr().optional();
/** What was proved and waits, by service. */
const approvals = zod__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({
    color: zod__WEBPACK_IMPORTED_MODULE_0__/* ["enum"] */ .k5n(_cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .colors */ .Tj),
    revision: zod__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Whr().min(1),
    hash: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().min(1),
    images: zod__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP()),
    active: zod__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Whr().min(1).optional(),
}));
/** Outputs shared by the actions that release or roll back. */
const releaseOutputs = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    outcome: zod__WEBPACK_IMPORTED_MODULE_0__/* ["enum"] */ .k5n(["succeeded", "failed", "rolled-back", "refused", "timed-out", "superseded"])
        .describe("How it ended: `succeeded`, `failed`, `rolled-back`, `refused`, `timed-out` or `superseded`."),
    reason: (0,_cutover_action_kit__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)().describe("One sentence on why."),
    services: zod__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_0__/* .unknown */ .L5J()))
        .optional()
        .describe("By service, JSON: its `outcome`, and `color`, `revision`, … as below. Those are set for a single service."),
    color: zod__WEBPACK_IMPORTED_MODULE_0__/* ["enum"] */ .k5n(_cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .colors */ .Tj).optional().describe("The color that has the traffic now."),
    previousColor: zod__WEBPACK_IMPORTED_MODULE_0__/* ["enum"] */ .k5n(_cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .colors */ .Tj).optional().describe("The other color, if its slot exists."),
    revision: revision().describe("The revision that has the traffic now."),
    previousRevision: revision().describe("The newest confirmed revision that is older than the active one."),
    images: zod__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP()).optional().describe("Images of the active slot by container, JSON."),
    state: zod__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_0__/* .unknown */ .L5J()).optional().describe("All of this as one JSON object, versioned."),
    report: (0,_cutover_action_kit__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)().optional().describe("Path of the HTML report."),
});
/** Outputs of a release, which may stop before the switch. */
const deployOutputs = releaseOutputs.extend({
    preview: approvals
        .optional()
        .describe("What waits for its approval, with `switch: manual`: by service, JSON, as `promote` takes it."),
});
/** What a run says whose inputs did not let it begin. */
const refusedOutputs = { outcome: "refused", reason: "The inputs are not right; the log names each" };


/***/ }),

/***/ 7095:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   x: () => (/* binding */ releaseLock)
/* harmony export */ });
/* harmony import */ var _cutover_kubernetes__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8306);
/* harmony import */ var _connect_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6552);


/** Frees the locks that main left behind if it died; recovery of the release itself belongs to the next run. */
async function releaseLock(inputs, runner) {
    const { namespace = "", services = "", holder = "" } = runner.state;
    if (holder === "")
        return;
    const client = await (0,_connect_js__WEBPACK_IMPORTED_MODULE_0__/* .connect */ .N)(inputs, runner);
    try {
        for (const service of services.split("\n")) {
            const isFreed = await (0,_cutover_kubernetes__WEBPACK_IMPORTED_MODULE_1__/* .releaseLeftover */ .Rq)(client, { namespace, service, holder });
            if (isFreed)
                runner.log.warning(`The run ended without freeing the lock of Service ${service}; it is free now. Run it again: it goes on from what it finds.`);
        }
    }
    finally {
        await client.close();
    }
}


/***/ }),

/***/ 9448:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  T: () => (/* binding */ runRelease)
});

// EXTERNAL MODULE: ./packages/release/errors.js
var errors = __webpack_require__(299);
// EXTERNAL MODULE: ../../node_modules/zod/v4/classic/schemas.js + 11 modules
var schemas = __webpack_require__(3045);
// EXTERNAL MODULE: ./packages/kubernetes/native/kinds.js
var native_kinds = __webpack_require__(2850);
;// CONCATENATED MODULE: ./packages/kubernetes/native/around.js



/** One list a kind, all at once. Budgets and routes are looked at where that is allowed and the cluster knows them. */
async function readAround(client, namespace, log) {
    const unseen = new Set();
    const listed = async (apiVersion, kind) => (await client.list({ apiVersion, kind, namespace })).items;
    const ifAllowed = async (apiVersion, kind, isBuiltIn = true) => {
        try {
            return isBuiltIn || (await isServed(client, apiVersion)) ? await listed(apiVersion, kind) : [];
        }
        catch (error) {
            if (!(0,errors/* isCutoverError */.j)(error, "forbidden", "not-found"))
                throw error;
            if (error.code === "forbidden")
                unseen.add(kind);
            return [];
        }
    };
    const [services, budgets, ingresses, gatewayRoutes] = await Promise.all([
        listed("v1", "Service"),
        ifAllowed("policy/v1", "PodDisruptionBudget"),
        ifAllowed("networking.k8s.io/v1", "Ingress"),
        ifAllowed("gateway.networking.k8s.io/v1", "HTTPRoute", false),
    ]);
    const untold = ["PodDisruptionBudget", "Ingress", "HTTPRoute"].filter((kind) => unseen.has(kind));
    if (untold.length > 0)
        log.info(`Not looked at, for want of the right to list them: ${untold.join(", ")}`);
    return {
        services: services.map((one) => (0,native_kinds.as)("Service", one)),
        budgets,
        routes: [...ingresses, ...gatewayRoutes],
    };
}
const groupList = schemas/* object */.Ikc({
    groups: schemas/* array */.YOg(schemas/* object */.Ikc({ versions: schemas/* array */.YOg(schemas/* object */.Ikc({ groupVersion: schemas/* string */.YjP() })) })),
});
/** Whether the cluster has been taught this API: of a path that it does not know, a server's 404 proves nothing. */
async function isServed(client, groupVersion) {
    const { data } = groupList.safeParse(await client.ask("/apis"));
    return (data === undefined || data.groups.some(({ versions }) => versions.some((one) => one.groupVersion === groupVersion)));
}

// EXTERNAL MODULE: ./packages/kubernetes/native/preview.js + 4 modules
var preview = __webpack_require__(1816);
// EXTERNAL MODULE: ./packages/kubernetes/native/adopt.js
var adopt = __webpack_require__(1255);
// EXTERNAL MODULE: ./packages/release/health.js
var health = __webpack_require__(2650);
// EXTERNAL MODULE: ./packages/release/pod-symptom.js
var pod_symptom = __webpack_require__(7043);
// EXTERNAL MODULE: ./packages/release/pull-failure.js
var pull_failure = __webpack_require__(9564);
// EXTERNAL MODULE: ./packages/release/symptom.js
var release_symptom = __webpack_require__(2217);
;// CONCATENATED MODULE: ./packages/release/rollout-symptom.js

/** Milliseconds for which the API server may go on refusing pods: quota is freed, webhooks restart. */
const refusalGrace = 30_000;
/** The API server refuses to make pods; none while there are enough, since the condition may outlive the refusal. */
function refusedPods(facts) {
    if (facts.pods.filter((pod) => !pod.terminating).length >= facts.replicas)
        return [];
    const refusal = facts.conditions.find(({ type, status }) => type === "ReplicaFailure" && status === "True");
    if (!refusal)
        return [];
    const quota = /exceeded quota/i.test(refusal.message);
    return [
        {
            id: "rollout/pods-refused",
            kind: "pods-refused",
            pod: undefined,
            container: undefined,
            reason: refusal.reason,
            message: (0,release_symptom/* oneLine */.T)(refusal.message),
            cause: quota ? "the namespace's quota has no room for the pods" : "the API server refuses to make the pods",
            hint: quota
                ? quotaHint
                : "The message names who refuses and why: an admission policy, a missing ServiceAccount or PriorityClass, a limit range.",
            condemns: isPassing(refusal.message) ? "never" : refusalGrace,
        },
    ];
}
const quotaHint = "Both colors run at once, so the quota needs room for both: raise it, or have the old slot scaled down after each release (`previous: scale-down`).";
function isPassing(message) {
    return /object has been modified|failed calling webhook|etcdserver|connection refused|deadline exceeded|timeout/i.test(message);
}
/** The Deployment's own deadline passed. It may have passed in a run before this one, so it only explains. */
function passedDeadline(facts) {
    const deadline = facts.conditions.find(({ type, status, reason }) => {
        return type === "Progressing" && status === "False" && reason === "ProgressDeadlineExceeded";
    });
    if (!deadline)
        return [];
    return [
        {
            id: "rollout/progress-deadline",
            kind: "progress-deadline",
            pod: undefined,
            container: undefined,
            reason: deadline.reason,
            message: (0,release_symptom/* oneLine */.T)(deadline.message),
            cause: "the Deployment's own progressDeadlineSeconds passed",
            hint: "Raise spec.progressDeadlineSeconds if this start is as slow as it should be.",
            condemns: "never",
        },
    ];
}

;// CONCATENATED MODULE: ./packages/release/readiness.js



/** The memory of a wait that begins now. */
function beginWaiting(now) {
    return { started: now, now, firstSeen: {}, pullCauses: {} };
}
/** Adds one look at the cluster to the memory; call it once for each. */
function remember(memory, facts, now) {
    const pullCauses = causesOf(facts, memory.pullCauses);
    const symptoms = symptomsOf(facts, pullCauses);
    const firstSeen = Object.fromEntries(symptoms.map(({ id }) => [id, memory.firstSeen[id] ?? now]));
    return { ...memory, now, firstSeen, pullCauses };
}
/**
 * The verdict on one rollout. Only pods of the expected ReplicaSet may be among the facts, and only conditions newer than our
 * write. Enough ready pods acquit, whatever else is said; a symptom that cannot heal condemns in any pod at once, all others
 * condemn when every pod has had one for its time.
 */
function judgeReadiness(facts, memory) {
    const living = facts.pods.filter(isLiving);
    const ready = living.filter((pod) => pod.ready).length;
    const summary = `${ready} of ${facts.replicas} pods ready`;
    if (!facts.generationObserved)
        return { state: "waiting", summary: `${summary}, the Deployment's controller has not begun` };
    if (ready >= facts.needed)
        return { state: "ready", summary };
    const symptoms = symptomsByWeight(facts, memory);
    const [culprit] = symptoms;
    if (!culprit)
        return { state: "waiting", summary };
    const condemned = condemning(symptoms, living, memory);
    const worst = condemned ?? culprit;
    const isTold = age(worst, memory) >= (worst.quietFor ?? 0);
    return {
        state: condemned ? "doomed" : "waiting",
        summary: isTold ? `${summary}; ${affected(worst, symptoms)}` : summary,
        culprit: worst,
    };
}
/** Every symptom of a rollout, the most telling first: what cannot heal, then what condemns soonest, then the rest. */
function symptomsByWeight(facts, memory) {
    return symptomsOf(facts, memory.pullCauses).toSorted(byWeight);
}
/** `2 pods cannot pull shop:v2`. */
function affected(symptom, all) {
    if (symptom.pod === undefined)
        return symptom.cause;
    const count = all.filter(({ cause, pod }) => cause === symptom.cause && pod !== undefined).length;
    return `${count} ${count === 1 ? "pod" : "pods"} ${symptom.cause}`;
}
function condemning(symptoms, living, memory) {
    const ripe = symptoms.filter((symptom) => isRipe(symptom, memory));
    const single = ripe.find((symptom) => symptom.condemns === "at-once" || symptom.pod === undefined);
    if (single)
        return single;
    const hopeless = new Set(ripe.map(({ pod }) => pod));
    return living.length > 0 && living.every(({ name }) => hopeless.has(name)) ? ripe[0] : undefined;
}
function isRipe(symptom, memory) {
    if (symptom.condemns === "never")
        return false;
    return symptom.condemns === "at-once" || age(symptom, memory) >= symptom.condemns;
}
/** Milliseconds since it was first seen without a break. */
function age({ id }, { firstSeen, now }) {
    return now - (firstSeen[id] ?? now);
}
function symptomsOf(facts, pullCauses) {
    const pods = facts.pods.filter(isLiving).flatMap((pod) => (0,pod_symptom/* podSymptom */.d)(pod, pullCauses) ?? []);
    return [...refusedPods(facts), ...pods, ...passedDeadline(facts)];
}
/** A pod that ended (evicted, say) or is going is replaced; it says nothing about the release. */
function isLiving(pod) {
    return !pod.terminating && pod.phase !== "Failed" && pod.phase !== "Succeeded";
}
function causesOf(facts, earlier) {
    const causes = facts.pods.flatMap((pod) => {
        return pod.containers.filter(pull_failure/* isPulling */.q5).map((container) => {
            const key = `${pod.uid}/${container.name}`;
            return [key, (0,pull_failure/* pullCause */.nJ)(pod, container, earlier[key])];
        });
    });
    return Object.fromEntries(causes.filter((entry) => entry[1] !== undefined));
}
/** Ties go to pods before the rollout as a whole, and to the first name. */
function byWeight(one, other) {
    const whole = ({ pod }) => Number(pod === undefined);
    return weight(one) - weight(other) || whole(one) - whole(other) || (one.id < other.id ? -1 : 1);
}
function weight({ condemns, quietFor }) {
    if (condemns === "at-once")
        return 0;
    if (condemns !== "never")
        return 1 + condemns;
    return quietFor === Number.POSITIVE_INFINITY ? Number.MAX_SAFE_INTEGER : 1_000_000;
}

// EXTERNAL MODULE: ./packages/release/duration.js
var duration = __webpack_require__(296);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: ./packages/release/color.js
var release_color = __webpack_require__(3145);
// EXTERNAL MODULE: ./packages/kubernetes/native/keepers.js
var keepers = __webpack_require__(7834);
// EXTERNAL MODULE: ./packages/kubernetes/native/owners.js
var owners = __webpack_require__(6489);
// EXTERNAL MODULE: ./packages/kubernetes/native/source.js
var source = __webpack_require__(200);
;// CONCATENATED MODULE: ./packages/kubernetes/native/drift.js





/**
 * What was proved was proved of the objects as they were. What this run wrote itself, and an autoscaler's scaling, is no drift.
 * @throws refused naming the object, what changed, who did it and when
 */
function refuseDrift(known, seen, where) {
    const drift = serviceDrift(known, seen, where) ?? slotDrift(known, seen);
    if (drift === undefined)
        return;
    const { object, change, by } = drift;
    const remedy = by === undefined ? undefined : (0,keepers/* remedyFor */.wJ)(by.manager, change);
    const message = `${object} was changed in the middle of this release, by ${said(by)}: ${change}`;
    throw new errors/* CutoverError */.D("refused", message, {
        hint: `${remedy ?? "Find out whether that was meant."} Then run this again: it starts from what it finds.`,
    });
}
/**
 * After the switch a hand on the selector has the last word.
 * @throws superseded naming who moved the Service and when
 */
function refuseMoved(known, seen, where) {
    const drift = serviceDrift(known, seen, where);
    if (drift === undefined || !drift.change.startsWith("spec.selector"))
        return;
    const { object, change, by } = drift;
    const remedy = by === undefined ? undefined : (0,keepers/* remedyFor */.wJ)(by.manager, change);
    const message = `${object} was moved by ${said(by)} after this run had switched it: ${change}`;
    throw new errors/* CutoverError */.D("superseded", message, {
        hint: `Nothing more is written by this run. ${remedy ?? "If that was not meant, run the release again."}`,
    });
}
/** What somebody made of a slot since it was proved: of its size only that it has none, as pods tell the rest. */
function slotFailing(known, seen, object) {
    const [before, after] = [specOf(known), seen === undefined ? {} : specOf(seen)];
    const sized = { ...after, replicas: after.replicas === 0 ? 0 : before.replicas };
    const drift = driftOf(known, seen === undefined ? seen : { ...seen, spec: sized }, object);
    if (drift === undefined)
        return undefined;
    const { change, by } = drift;
    const remedy = by === undefined ? undefined : (0,keepers/* remedyFor */.wJ)(by.manager, change);
    return {
        reason: `${object} was changed after it was proved, by ${said(by)}: ${change}`,
        hint: `${remedy ?? "Find out whether that was meant."} Then run this again: it starts from what it finds.`,
    };
}
function said(by) {
    return by === undefined ? "somebody who left no name" : (0,owners/* describeOwner */.$S)(by);
}
function serviceDrift(known, seen, { service }) {
    return known.service === undefined ? undefined : driftOf(known.service, seen.service, `Service ${service}`);
}
function slotDrift(known, seen) {
    for (const color of release_color/* colors */.Tj) {
        const before = known.deployments[color];
        if (before === undefined)
            continue;
        const drift = driftOf(before, seen.deployments[color], `Deployment ${before.metadata.name}`);
        if (drift !== undefined)
            return drift;
    }
    return undefined;
}
function driftOf(known, seen, object) {
    if (seen === undefined)
        return { object, change: "it was deleted", by: undefined };
    if (seen.metadata.uid !== known.metadata.uid) {
        const [by] = (0,owners/* ownersOf */.K2)(seen, ["spec"]).filter(({ manager }) => manager !== owners/* ownManager */.YW);
        return { object, change: "it was deleted and made again", by };
    }
    if (seen.metadata.resourceVersion === known.metadata.resourceVersion)
        return undefined;
    const [before, after] = [specOf(known), specOf(seen)];
    for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
        if ((0,external_node_util_.isDeepStrictEqual)(before[field], after[field]))
            continue;
        const [by] = (0,owners/* ownersOf */.K2)(seen, ["spec", field]);
        if (by?.manager === owners/* ownManager */.YW || (field === "replicas" && scalers.test(by?.manager ?? "")))
            continue;
        return { object, change: changeOf(field, before, after), by };
    }
    return undefined;
}
/** Who scales Deployments by themselves: the autoscaler, and KEDA between 0 and 1. */
const scalers = /^(kube-controller-manager|keda(-operator)?)$/;
function specOf({ spec }) {
    return typeof spec === "object" && spec !== null ? spec : {};
}
function changeOf(field, before, after) {
    const name = `spec.${field}`;
    if (field === "template")
        return `${name}${imagesBetween(before, after)}`;
    if (field !== "selector" && field !== "replicas")
        return name;
    const text = (value) => field === "replicas" ? String(value) : listed(asLabels(value)) || "no label at all";
    return `${name} was ${text(before[field])}, and is ${text(after[field])}`;
}
function imagesBetween(before, after) {
    const [one, other] = [imagesIn(before), imagesIn(after)];
    const changed = Object.keys({ ...one, ...other }).find((name) => one[name] !== other[name]);
    return changed === undefined
        ? ""
        : `, image of ${changed}: ${one[changed] ?? "none"} before, ${other[changed] ?? "none"} now`;
}
function imagesIn({ template }) {
    return (0,source/* imagesOf */.IC)(template);
}
function asLabels(value) {
    return typeof value === "object" && value !== null ? value : {};
}
function listed(labels) {
    return Object.entries(labels)
        .map(([key, value]) => `${key}=${value}`)
        .join(", ");
}

// EXTERNAL MODULE: ./packages/release/container-symptom.js + 1 modules
var container_symptom = __webpack_require__(2152);
;// CONCATENATED MODULE: ./packages/release/diagnosis.js




/** How many lines of a log are worth reading. */
const logLines = 25;
/** The container to read the log of before `diagnose`; none where no container ever ran. */
function logSource(facts, memory) {
    const [symptom] = symptomsByWeight(facts, memory);
    const pod = mostTellingPod(facts, symptom);
    const container = pod?.containers.find(({ name }) => name === symptom?.container);
    if (!pod || !container || (container.waiting && container.restarts === 0 && !container.terminated))
        return undefined;
    return {
        pod: pod.name,
        container: container.name,
        previous: container.waiting !== undefined && container.restarts > 0,
    };
}
/** The user's message about a rollout that is not ready. `logTail` is what `logSource` names, as the API server sent it. */
function diagnose(facts, memory, logTail = "") {
    const symptoms = symptomsByWeight(facts, memory);
    const log = tailOf(logTail);
    const never = `Deployment ${facts.deployment} never became ready`;
    const found = symptoms[0];
    if (!found)
        return { ...nothingFound(facts, never), log };
    const worst = withLog(found, facts, log);
    const alike = symptoms.filter(({ kind, cause, pod }) => kind === found.kind && cause === found.cause && pod !== undefined);
    const who = worst.pod === undefined ? "" : `${alike.length} of ${Math.max(facts.replicas, alike.length)} pods `;
    return {
        title: `${never}: ${who}${worst.cause}`,
        cause: `${who}${worst.cause}`,
        lines: [...symptomLines(symptoms, memory), ...eventLines(facts, worst)],
        hint: worst.hint,
        anchor: worst.kind,
        log,
    };
}
function nothingFound(facts, never) {
    const cause = facts.generationObserved
        ? `${facts.pods.length} of ${facts.replicas} pods were made`
        : "the Deployment's controller has not taken notice of the change";
    const hint = "Look at the Deployment's own conditions, and whether the cluster's kube-controller-manager works.";
    return { title: `${never}: ${cause}`, cause, lines: [], hint, anchor: "starting" };
}
/** Where a crash says nothing, its log may. */
function withLog(symptom, facts, log) {
    if (symptom.kind !== "crash" || !log.some((line) => /exec format error/i.test(line)))
        return symptom;
    const pod = facts.pods.find(({ name }) => name === symptom.pod);
    const container = pod?.containers.find(({ name }) => name === symptom.container);
    return { ...symptom, ...(0,container_symptom/* wrongProcessor */.m)(container?.image ?? "the image") };
}
/** One line for each different trouble, three at most: pods of one release mostly share it. */
function symptomLines(symptoms, memory) {
    const different = [
        ...new Map(symptoms.toReversed().map((symptom) => [`${symptom.kind} ${symptom.cause}`, symptom])).values(),
    ];
    return different
        .toReversed()
        .slice(0, 3)
        .map((symptom) => {
        const seen = (memory.firstSeen[symptom.id] ?? memory.now) - memory.started;
        const said = [symptom.reason, symptom.message].filter((part) => part !== "").join(", ");
        return `${whereabouts(symptom)}: ${said} (${seen < 1_000 ? "seen at once" : `first seen ${(0,duration/* formatDuration */.a)(seen)} after the wait began`})`;
    });
}
function whereabouts({ pod, container }) {
    if (pod === undefined)
        return "Deployment";
    return container === undefined ? `pod ${pod}` : `pod ${pod}, container ${container}`;
}
/** The newest warnings about the most telling pod that say something new. */
function eventLines(facts, symptom) {
    const pod = mostTellingPod(facts, symptom);
    const told = (pod?.events ?? []).filter((event) => event.type === "Warning" && !isRepetition(event, symptom));
    return told
        .toSorted((one, other) => other.lastSeen - one.lastSeen)
        .slice(0, 3)
        .map(({ reason, message, count }) => `event ${reason}${count > 1 ? ` (${count} times)` : ""}: ${(0,release_symptom/* oneLine */.T)(message)}`);
}
/** What the status says already, and what every pod of some clusters is told. */
function isRepetition({ reason, message }, symptom) {
    if (["BackOff", "MissingClusterDNS", "InspectFailed"].includes(reason))
        return true;
    const text = (0,release_symptom/* oneLine */.T)(message);
    return text.startsWith("Error: ") || text.startsWith("Failed to pull image") || text === symptom.message;
}
function mostTellingPod(facts, symptom) {
    return facts.pods.find(({ name }) => name === symptom?.pod);
}
function tailOf(text) {
    const lines = text.split(/\r\n|\r|\n/);
    if (lines.at(-1) === "")
        lines.pop();
    return lines.slice(-logLines);
}

// EXTERNAL MODULE: ./packages/kubernetes/native/facts.js
var native_facts = __webpack_require__(8150);
// EXTERNAL MODULE: ./packages/kubernetes/native/snapshot.js
var native_snapshot = __webpack_require__(9602);
;// CONCATENATED MODULE: ./packages/kubernetes/native/explain.js




/** Why a revision is not good, with the most telling pod, its events and the end of its log. */
async function explain(work, { step, snapshot, outcome, summary, memory }) {
    const { setting } = work;
    const { clock, log } = setting;
    const facts = (0,native_facts/* factsOf */.x)(snapshot, setting, {
        color: step.color,
        events: await readEvents(work),
        target: Number.POSITIVE_INFINITY,
    });
    const seen = remember(memory ?? beginWaiting(clock.now()), facts, clock.now());
    const found = diagnose(facts, seen, await readLog(work, facts, seen));
    const diagnosis = summary === undefined ? found : { ...found, title: `${summary}: ${found.cause}` };
    for (const line of [diagnosis.title, ...diagnosis.lines, ...diagnosis.log])
        log.untrusted(line);
    const reason = [diagnosis.title, ...diagnosis.lines.map((line) => `  ${line}`)].join("\n");
    return {
        outcome,
        revision: step.revision,
        color: step.color,
        step: step.kind,
        reason,
        hint: diagnosis.hint,
        diagnosis,
    };
}
/** Events of the namespace's pods; none where the credentials may not read them. */
async function readEvents({ setting: { client, namespace } }) {
    try {
        const { items } = await client.list(podEvents(namespace));
        return items.map((item) => (0,native_kinds.as)("Event", item));
    }
    catch (error) {
        if ((0,errors/* isCutoverError */.j)(error))
            return [];
        throw error;
    }
}
function podEvents(namespace) {
    return { ...(0,native_snapshot/* collectionOf */.iw)("Event", namespace), fieldSelector: "involvedObject.kind=Pod" };
}
/** A log that cannot be read is no reason to say less about the rest. */
async function readLog({ setting: { client, namespace } }, facts, memory) {
    const source = logSource(facts, memory);
    if (source === undefined)
        return "";
    const { pod: name, container, previous } = source;
    try {
        return await client.podLog({ namespace, name }, { container, previous, tailLines: logLines });
    }
    catch (error) {
        if ((0,errors/* isCutoverError */.j)(error))
            return "";
        throw error;
    }
}

// EXTERNAL MODULE: ./packages/kubernetes/native/adopted.js
var adopted = __webpack_require__(8850);
;// CONCATENATED MODULE: ./packages/kubernetes/native/live.js



/** Follows `kinds`; everything else stays as it is in `base`. */
async function follow(setting, base, following) {
    const { client, clock } = setting;
    const { kinds, color, lately = false, signal } = following;
    const closed = new AbortController();
    const stop = AbortSignal.any([signal, closed.signal]);
    const open = (kind) => {
        const { collection, own, known } = partOf(kind, { setting, base, color });
        return client.look(collection, { matches: own, known, lately, signal: stop });
    };
    const opened = await Promise.all(kinds.map(async (kind) => [kind, await open(kind)]));
    const mirrors = new Map(opened);
    const items = (kind, fallback) => (mirrors.get(kind)?.items() ?? fallback).map((item) => (0,native_kinds.as)(kind, item));
    const upcoming = () => [...mirrors.values()].map((mirror) => mirror.changed());
    let changes = upcoming();
    return {
        current: () => {
            changes = upcoming();
            const [deployment] = items("Deployment", []);
            return {
                ...base,
                deployments: mirrors.has("Deployment") ? { ...base.deployments, [color]: deployment } : base.deployments,
                replicaSets: items("ReplicaSet", base.replicaSets),
                pods: items("Pod", base.pods),
                slices: items("EndpointSlice", base.slices),
            };
        },
        changed: async (ms) => {
            const woken = new AbortController();
            await Promise.race([...changes, clock.sleep(ms, AbortSignal.any([stop, woken.signal]))]);
            woken.abort("woken");
        },
        [Symbol.asyncDispose]: async () => {
            closed.abort("closed");
        },
    };
}
/** What was taken over has labels of its own. */
function partOf(kind, about) {
    const { setting, base } = about;
    const isShared = setting.together === true && base.adopted === undefined && base.adoption === undefined;
    return isShared ? sharedPart(kind, about) : ownPart(kind, about);
}
/** Nothing but what belongs to the service. */
function ownPart(kind, { setting, base, color }) {
    const collection = (0,native_snapshot/* collectionOf */.iw)(kind, setting.namespace);
    const own = () => true;
    switch (kind) {
        case "Deployment": {
            const fieldSelector = `metadata.name=${(0,adopted/* slotDeployment */._N)(color, base, setting)}`;
            return { collection: { ...collection, fieldSelector }, own, known: asRead(base.deployments[color]) };
        }
        case "EndpointSlice":
            return {
                collection: { ...collection, labelSelector: (0,native_snapshot/* sliceSelector */.gp)(setting) },
                own,
                known: (0,native_snapshot/* asListed */.Gy)(base.slices),
            };
        case "ReplicaSet":
        case "Pod": {
            const labelSelector = (0,native_snapshot/* podSelector */.nv)(setting, base);
            const known = (0,native_snapshot/* asListed */.Gy)(kind === "Pod" ? base.pods : base.replicaSets);
            return { collection: { ...collection, labelSelector }, own, known };
        }
    }
}
/** An object is all that there is of its name at its own version. */
function asRead(live) {
    const resourceVersion = live?.metadata.resourceVersion;
    return live === undefined || resourceVersion === undefined ? undefined : { resourceVersion, items: [live] };
}
/** A collection that is the same for all services of the run, so that there is one watch a kind whatever their number. */
function sharedPart(kind, { setting, base, color }) {
    const collection = (0,native_snapshot/* collectionOf */.iw)(kind, setting.namespace);
    if (kind === "Deployment") {
        const name = (0,adopted/* slotDeployment */._N)(color, base, setting);
        return { collection, own: ({ metadata }) => metadata.name === name };
    }
    if (kind === "EndpointSlice") {
        const labels = { [native_snapshot/* serviceNameLabel */.dR]: setting.service };
        return { collection: { ...collection, labelSelector: native_snapshot/* managedSlices */.zb }, own: labeled(labels) };
    }
    const labelSelector = (0,native_snapshot/* ofEitherColor */.o9)(setting);
    return { collection: { ...collection, labelSelector }, own: labeled((0,native_snapshot/* sharedLabels */.hR)(setting, base)) };
}
function labeled(labels) {
    return ({ metadata }) => (0,native_kinds/* matches */.cK)(labels, metadata.labels);
}

// EXTERNAL MODULE: ./packages/kubernetes/native/observe.js
var observe = __webpack_require__(8517);
;// CONCATENATED MODULE: ./packages/kubernetes/native/await-ready.js
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});







/** How often the present is judged while nothing changes, and events are asked for until they may be looked at; milliseconds. */
const judgeEvery = 1_000;
const eventsEvery = 2_000;
/** A line at least this often, so that nobody wonders. */
const sayEvery = 30_000;
/** Waits for the preview pods; doomed ones fail it at once, with the reason. */
async function awaitReady(work, step, observed) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { clock } = work.setting;
        const kinds = ["Deployment", "ReplicaSet", "Pod"];
        const live = __addDisposableResource(env_1, await follow(work.setting, work.snapshot, { kinds, color: step.color, signal: work.signal }), true);
        const events = __addDisposableResource(env_1, eventReader(work), false);
        const target = (0,health/* awaitedPods */.wv)(observed.slots[step.color]);
        const say = progress(work);
        let memory = beginWaiting(clock.now());
        for (;;) {
            if (!work.setting.preempts)
                refuseDrift(work.snapshot, live.current(), work.setting);
            const facts = (0,native_facts/* factsOf */.x)(live.current(), work.setting, { color: step.color, events: events.known(), target });
            memory = remember(memory, facts, clock.now());
            const readiness = judgeReadiness(facts, memory);
            say(readiness);
            if (work.signal.aborted || (readiness.state === "ready" && isProved(work, live, step)))
                return { evidence: {}, snapshot: live.current() };
            const isOver = work.budget.left() <= 0;
            if (readiness.state === "doomed" || isOver)
                return await condemn(work, { step, live, memory, readiness });
            if (readiness.culprit !== undefined || facts.pods.length > 0)
                await events.refresh();
            await live.changed(Math.max(1, Math.min(judgeEvery, work.budget.left())));
        }
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = __disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** Ready pods of the revision are enough only once no pod of another one is left that traffic would reach. */
function isProved({ setting }, live, { color }) {
    return (0,health/* isReady */.i_)((0,observe/* interpret */.U4)(live.current(), setting, { locked: true, busy: false }).slots[color]);
}
/** A wait that ended for a known cause failed; only one in which pods were merely starting is timed out. */
async function condemn(work, { step, live, memory, readiness }) {
    const isKnown = readiness.state === "doomed" || (readiness.culprit?.kind ?? "starting") !== "starting";
    const outcome = isKnown ? "failed" : "timed-out";
    const snapshot = live.current();
    return { evidence: { failure: await explain(work, { step, snapshot, memory, outcome }) }, snapshot };
}
function progress({ setting: { clock, log } }) {
    const started = clock.now();
    let last = { line: "", at: 0 };
    return ({ summary }) => {
        if (summary === last.line && clock.now() - last.at < sayEvery)
            return;
        const isSame = summary === last.line;
        last = { line: summary, at: clock.now() };
        log.info(isSame ? `Still ${summary} after ${(0,duration/* formatDuration */.a)(clock.now() - started)}` : summary);
    };
}
/** Events, looked at from when there is something to explain; none where the credentials may not read them. */
function eventReader({ setting: { client, namespace, clock }, signal }) {
    let view;
    let asked = clock.now();
    return {
        known: () => (view?.items() ?? []).map((item) => (0,native_kinds.as)("Event", item)),
        refresh: async () => {
            if (view !== undefined || clock.now() - asked < eventsEvery)
                return;
            asked = clock.now();
            view = await unlessRefused(client.look(podEvents(namespace), { lately: true, signal }));
        },
        [Symbol.dispose]: () => view?.close(),
    };
}
async function unlessRefused(look) {
    try {
        return await look;
    }
    catch (error) {
        if ((0,errors/* isCutoverError */.j)(error))
            return undefined;
        throw error;
    }
}

// EXTERNAL MODULE: ./packages/kubernetes/native/claim.js
var native_claim = __webpack_require__(7733);
// EXTERNAL MODULE: ./packages/kubernetes/native/hold.js
var hold = __webpack_require__(3324);
// EXTERNAL MODULE: ./packages/kubernetes/native/lease.js + 1 modules
var native_lease = __webpack_require__(8306);
;// CONCATENATED MODULE: ./packages/kubernetes/native/lookout.js

function createLookout(setting) {
    let last;
    /** Whether somebody wrote on the lock around the last look. */
    let isMoving = false;
    return {
        get last() {
            return last;
        },
        get isBusy() {
            return isMoving || (last?.live !== undefined && (0,native_lease/* isHeld */.i7)(last.live));
        },
        around: async (look, anew) => {
            // Who waits for its turn to lock need not wait anew for a holder that has died.
            if (anew || last === undefined)
                last = await (0,native_lease/* sight */.Wx)(setting, last);
            const seen = await look();
            if (anew) {
                const before = last;
                last = await (0,native_lease/* sight */.Wx)(setting, before);
                isMoving = !(0,native_lease/* isUnmoved */.bV)(last, before);
            }
            return seen;
        },
    };
}

// EXTERNAL MODULE: ./packages/kubernetes/native/attics.js
var attics = __webpack_require__(3733);
// EXTERNAL MODULE: ./packages/kubernetes/native/prune.js + 1 modules
var prune = __webpack_require__(1763);
// EXTERNAL MODULE: ./packages/kubernetes/native/revisions.js
var native_revisions = __webpack_require__(7683);
;// CONCATENATED MODULE: ./packages/kubernetes/native/mark.js





/**
 * Writes on the revision how its release ended, and forgets revisions that nobody can go back to any more. What only those need, or
 * nothing, has gone before that: a run that dies meanwhile leaves the revision unmarked, and whoever comes after it tidies up too.
 */
async function mark(work, step, observed) {
    const { setting, snapshot } = work;
    const { client, log } = setting;
    const entry = snapshot.revisions.find((one) => one.revision === step.revision);
    if (entry === undefined) {
        throw new errors/* CutoverError */.D("refused", `Revision ${step.revision} of Service ${setting.service} has gone from the history`, {
            hint: "Somebody deleted its ControllerRevision. Run it again: what serves now is recorded anew.",
        });
    }
    const expired = (0,attics/* expiredBy */.h)(step, observed);
    const kept = snapshot.revisions.filter((one) => !expired.has(one.revision));
    const old = snapshot.revisions.filter((one) => expired.has(one.revision));
    const isPruned = await (0,prune/* prune */.R)(work, step, observed);
    const marked = (0,native_kinds.as)("ControllerRevision", await (0,native_revisions/* markRevision */.HT)(client, entry, { result: step.result, service: snapshot.service }));
    log.info(`Revision ${step.revision} is ${step.result}`);
    await tidied(log, (0,native_revisions/* forgetRevisions */.Uo)(client, old));
    if (isPruned)
        return { evidence: {} };
    const revisions = kept.map((one) => (one === entry ? marked : one));
    return { evidence: {}, snapshot: { ...snapshot, revisions } };
}
/** Old entries do no harm: what could not be removed now is removed by a later release. */
async function tidied(log, removal) {
    try {
        await removal;
    }
    catch (error) {
        if (!(0,errors/* isCutoverError */.j)(error))
            throw error;
        log.debug(`Old revisions stay for now: ${error.message}`);
    }
}

// EXTERNAL MODULE: ./packages/kubernetes/native/prepare.js + 3 modules
var prepare = __webpack_require__(850);
;// CONCATENATED MODULE: ./packages/kubernetes/native/probe.js
var probe_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var probe_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});



/** Longest part of an answer or output that a message repeats. */
const excerpt = 300;
/** Asks every preview pod itself, through the API server; where that forbids it, through a forwarded port. */
async function probe(work, step) {
    const { log, deployments } = work.setting;
    const pods = previewPods(work, step.color);
    const question = questionFor(work, step.color);
    if (question === undefined) {
        log.info(`No probe: ${deployments[step.color]} has no HTTP readiness probe, and no \`probe\` path is given`);
        return proof(work, step.color, "probed");
    }
    for (const pod of pods) {
        const answer = await ask(work, pod, question);
        // It has gone since it was seen: whatever replaces it is awaited and asked.
        if (answer === undefined)
            return { evidence: {} };
        if (answer.status < 200 || answer.status >= 400) {
            const reason = `Pod ${pod.metadata.name}, asked for :${question.port}${question.path}, answered ${answer.status}`;
            log.untrusted(answer.body.slice(0, excerpt));
            return condemned(step, {
                reason,
                hint: "The pod says that it is ready but does not answer well. Look at its log, or set `probe` to the right path.",
            });
        }
        log.info(`Pod ${pod.metadata.name} answers ${answer.status} to :${question.port}${question.path}`);
    }
    return proof(work, step.color, "probed");
}
/** Runs the user's command with `PREVIEW_URL`, which leads to the preview pods in turn. */
async function smoke(work, step) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { client, log, namespace, processes, smoke: command = "", service } = work.setting;
        const pods = previewPods(work, step.color).map((pod) => ({ namespace, name: pod.metadata.name }));
        const tunnel = probe_addDisposableResource(env_1, await client.portForward(pods, containerPort(work, step.color)), true);
        const env = {
            PREVIEW_URL: `http://127.0.0.1:${tunnel.port}`,
            SERVICE: service,
            COLOR: step.color,
            REVISION: String(step.revision),
        };
        const timeout = Math.max(1, work.budget.left());
        const { exitCode, stdout, stderr, timedOut } = await processes.run({
            file: "bash",
            args: ["-eo", "pipefail", "-c", command],
            env,
            timeout,
            signal: work.signal,
        });
        log.untrusted([stdout, stderr].filter((text) => text !== "").join("\n"));
        if (exitCode === 0)
            return proof(work, step.color, "smoked");
        if (work.signal.aborted)
            return { evidence: {} };
        const reason = timedOut
            ? `The smoke command did not end within \`timeout\``
            : `The smoke command ended with exit code ${exitCode ?? "none"}`;
        return condemned(step, {
            reason: `${reason}, asked about ${step.color}`,
            hint: "Its output stands above; traffic was not switched.",
        });
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = probe_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
function proof({ snapshot }, color, what) {
    const replicaSet = (0,observe/* expectedReplicaSet */.Ns)(color, snapshot);
    return { evidence: replicaSet === undefined ? {} : { [what]: replicaSet } };
}
function condemned(step, why) {
    const { kind, color, revision } = step;
    return { evidence: { failure: { outcome: "failed", revision, color, step: kind, ...why } } };
}
function previewPods({ setting, snapshot }, color) {
    const expected = (0,observe/* expectedReplicaSet */.Ns)(color, snapshot);
    return (0,observe/* readyPods */.A$)(snapshot, setting, color).filter((pod) => (0,native_kinds/* isOwnedBy */.D0)(pod, expected));
}
/** `probe` as given (`/path`, or `port/path`), else the first HTTP readiness probe. */
function questionFor(work, color) {
    const { probe: given } = work.setting;
    const probed = containersOf(work, color).find((container) => container.readinessProbe?.httpGet !== undefined);
    const own = probed?.readinessProbe?.httpGet;
    const scheme = own?.scheme === "HTTPS" ? "https" : "http";
    if (given !== undefined) {
        const [, port, path] = /^(\d*)(\/.*)$/.exec(given) ?? [];
        return {
            port: port === undefined || port === "" ? containerPort(work, color) : Number(port),
            path: path ?? "/",
            scheme,
        };
    }
    if (own === undefined || probed === undefined)
        return undefined;
    return { port: numberOfPort(own.port, [probed]), path: own.path ?? "/", scheme };
}
async function ask({ setting: { client, namespace } }, pod, { port, path, scheme }) {
    const { name } = pod.metadata;
    try {
        return await client.proxyGet({
            kind: "pods",
            namespace,
            name: scheme === "https" ? `https:${name}` : name,
            port,
            path,
        });
    }
    catch (error) {
        const env_2 = { stack: [], error: void 0, hasError: false };
        try {
            if ((0,errors/* isCutoverError */.j)(error, "not-found"))
                return undefined;
            if (!(0,errors/* isCutoverError */.j)(error, "forbidden"))
                throw error;
            const tunnel = probe_addDisposableResource(env_2, await client.portForward([{ namespace, name }], port), true);
            const answer = await fetch(`${scheme}://127.0.0.1:${tunnel.port}${path}`, {
                redirect: "manual",
                signal: AbortSignal.timeout(10_000),
            });
            return { status: answer.status, body: (await answer.text()).slice(0, excerpt) };
        }
        catch (e_2) {
            env_2.error = e_2;
            env_2.hasError = true;
        }
        finally {
            const result_2 = probe_disposeResources(env_2);
            if (result_2)
                await result_2;
        }
    }
}
/** The port that the Service sends to, as a number. */
function containerPort(work, color) {
    const { source } = work.setting;
    const rendered = source.kind === "manifests" ? source.rendered[color].service : undefined;
    const service = work.snapshot.service ?? (rendered === undefined ? undefined : (0,native_kinds.as)("Service", rendered));
    const [port] = service?.spec.ports ?? [];
    return numberOfPort(port?.targetPort ?? port?.port ?? 80, containersOf(work, color));
}
function numberOfPort(port, containers) {
    if (typeof port === "number")
        return port;
    const named = containers.flatMap((container) => container.ports ?? []).find((one) => one.name === port);
    if (named !== undefined)
        return named.containerPort;
    throw new errors/* CutoverError */.D("rejected", `No container has a port named ${port}`, {
        hint: "Name the port in the pod template, or use its number.",
    });
}
function containersOf({ snapshot }, color) {
    return snapshot.deployments[color]?.spec.template.spec.containers ?? [];
}

// EXTERNAL MODULE: ./packages/kubernetes/native/record.js
var record = __webpack_require__(32);
;// CONCATENATED MODULE: ./packages/release/parting.js

/** What SIGKILL leaves. */
const codeOfKill = 137;
/** A JVM ends with 143 on SIGTERM, however gracefully. */
const goodCodes = [0, 143];
function mannerOf({ took, grace, exitCode }) {
    if (took === undefined)
        return "lasting";
    const code = exitCode ?? (took >= grace ? codeOfKill : 0);
    if (code === codeOfKill)
        return "killed";
    return took > 1_000 && goodCodes.includes(code) ? "ended" : "hasty";
}
/** What was cut; nothing where every pod ended well or had no connection left. */
function cutBy({ deployment, ends, uncounted, sinceSwitch }) {
    const at = (manner) => ends.filter((end) => end.open !== 0 && mannerOf(end) === manner);
    const killed = at("killed");
    // Of a pod that nobody could ask, an early end tells nothing.
    const hasty = at("hasty").filter(({ open }) => open !== undefined);
    const all = [...killed, ...hasty];
    if (all.length === 0)
        return undefined;
    const how = [
        ...(killed.length === 0 ? [] : [`${count(killed.length, "pod was", "pods were")} killed after ${graceOf(killed)}`]),
        ...(hasty.length === 0 ? [] : [`${count(hasty.length, "pod")} ended without waiting for them`]),
    ].join(", ");
    const advice = adviceFor(killed);
    if (uncounted !== undefined) {
        const message = `${deployment}: ${how}, still at work; how many connections were cut is not known, because ${uncounted}`;
        return { pods: all.length, message, hint: `If there were connections: ${advice}` };
    }
    const connections = all.reduce((sum, { open = 0 }) => sum + open, 0);
    const most = all.some(({ open }) => open === undefined) ? "At least " : "";
    const message = `${most}${count(connections, "connection")} to ${deployment} ${connections === 1 ? "was" : "were"} cut: ${how}`;
    const hint = `They were still open ${(0,duration/* formatDuration */.a)(sinceSwitch)} after the switch: ${advice}`;
    return { connections, pods: all.length, message, hint };
}
function adviceFor(killed) {
    const application = "let the application finish its connections when it is told to end (SIGTERM)";
    if (killed.length === 0)
        return `raise \`drain\` until it outlasts your longest connection, or ${application}.`;
    const settings = `\`drain\` or terminationGracePeriodSeconds (now ${graceOf(killed)})`;
    return `raise ${settings} until both together outlast your longest connection, or ${application}.`;
}
function graceOf(killed) {
    return (0,duration/* formatDuration */.a)(Math.max(...killed.map(({ grace }) => grace)));
}
/** The parting in a few words, for the summary's table of steps. */
function tellParting(parting) {
    const cut = cutBy(parting);
    if (cut !== undefined)
        return cut.message;
    const lasting = parting.ends.filter((end) => mannerOf(end) === "lasting");
    if (lasting.length > 0)
        return `${count(lasting.length, "pod goes", "pods go")} on for open connections`;
    const longest = Math.max(0, ...parting.ends.map(({ took = 0 }) => took));
    const what = parting.uncounted === undefined ? "its connections were given time" : "connections were not counted";
    return `${what}: all pods ended by themselves within ${(0,duration/* formatDuration */.a)(longest)}`;
}
/** One pod's end, for the log. */
function tellEnd({ pod, open, took, exitCode }) {
    const end = took === undefined ? "goes on" : `ended after ${(0,duration/* formatDuration */.a)(took)}`;
    const code = exitCode === undefined ? "" : ` with exit code ${exitCode}`;
    const left = open === undefined ? "" : `; connections open at the last look: ${open}`;
    return `Pod ${pod} ${end}${code}${left}`;
}
function count(number, one, many = `${one}s`) {
    return `${number} ${number === 1 ? one : many}`;
}

// EXTERNAL MODULE: ./packages/release/annotations.js
var release_annotations = __webpack_require__(9708);
// EXTERNAL MODULE: ./packages/kubernetes/native/conditional.js
var conditional = __webpack_require__(9305);
;// CONCATENATED MODULE: ./packages/kubernetes/native/connections.js

/** Milliseconds that one look into a pod may take. */
const lookWithin = 10_000;
const tables = ["/proc/net/tcp", "/proc/net/tcp6"];
/** `ESTABLISHED` in the kernel's table. */
const established = "01";
/** Why nobody can look into these pods: the rights, or the image. */
class Unlookable extends Error {
}
/**
 * The connections to what the Service sends to in this pod, as the pod's own kernel lists them, each by its two ends;
 * `undefined` where there was no answer in time.
 * @throws Unlookable where it is no use to ask another pod of the same kind
 */
async function connectionsOf({ setting: { client, clock, namespace }, snapshot, signal }, pod) {
    const ports = portsOf(pod, snapshot.service);
    const container = servingContainer(pod, ports);
    const late = new AbortController();
    const answered = new AbortController();
    void clock.sleep(lookWithin, answered.signal).then(() => late.abort("late"));
    try {
        const target = { namespace, name: pod.metadata.name, container };
        const { stdout } = await client.exec(target, ["cat", ...tables], {
            signal: AbortSignal.any([signal, late.signal]),
        });
        // Where a node knows no IPv6, the second table is missing, and the first one is there.
        if (!stdout.includes("local_address"))
            throw noTable(container);
        return establishedIn(stdout, ports);
    }
    catch (error) {
        if ((0,errors/* isCutoverError */.j)(error, "forbidden"))
            throw new Unlookable("the credentials may not run a command in pods (`get` and `create` of pods/exec)");
        if ((0,errors/* isCutoverError */.j)(error, "rejected"))
            throw noTable(container);
        if (error instanceof errors/* CutoverError */.D)
            return undefined;
        throw error;
    }
    finally {
        answered.abort();
    }
}
/** The container whose end is the end of the connections. */
function servingContainer({ spec: { containers } }, ports) {
    const declares = ({ ports: own = [] }) => own.some(({ containerPort }) => ports.has(containerPort));
    return (containers.find(declares) ?? containers[0])?.name ?? "";
}
/** The numbers of the ports that the Service sends to. */
function portsOf({ spec: { containers } }, service) {
    const named = containers.flatMap(({ ports = [] }) => ports);
    const targets = (service?.spec.ports ?? []).map(({ port, targetPort = port }) => targetPort);
    const numbers = targets.map((target) => typeof target === "number" ? target : named.find(({ name }) => name === target)?.containerPort);
    return new Set(numbers.filter((number) => number !== undefined));
}
/** Rows of proc_net_tcp(5): a number, the local end, the remote end, the state. */
function establishedIn(text, ports) {
    const rows = text.split("\n").map((line) => line.trim().split(/\s+/));
    const open = rows.filter(([, local = "", , state]) => {
        return state === established && ports.has(Number.parseInt(local.split(":")[1] ?? "", 16));
    });
    return new Set(open.map(([, local, remote]) => `${local} ${remote}`));
}
function noTable(container) {
    return new Unlookable(`the image of container ${container} has no \`cat\` to read /proc/net/tcp with`);
}

;// CONCATENATED MODULE: ./packages/kubernetes/native/leaver.js

/** Looks at the connections of one pod in the time that it has to end, and milliseconds between two at least. */
const looks = 10;
const leastPause = 1_000;
/** Milliseconds before the kill at which the last look is taken. */
const beforeKill = 1_000;
/** A pod that is about to end, and its connections. */
class Leaver {
    #work;
    #container;
    /** In milliseconds. */
    grace;
    #pod;
    #open;
    #told;
    #nextLook;
    #gone;
    constructor(pod, work) {
        this.#work = work;
        this.#pod = pod;
        this.#container = servingContainer(pod, portsOf(pod, work.snapshot.service));
        this.grace = (pod.spec.terminationGracePeriodSeconds ?? 30) * 1_000;
        this.#told = this.#now();
        this.#nextLook = this.#told;
    }
    /** Connections that were open at every look; `undefined` where nobody could look. */
    get open() {
        return this.#open?.size;
    }
    /** On our clock. */
    get goneAt() {
        return this.#gone;
    }
    /** When to look again; never at a pod that has no connection left, or that nobody can look into. */
    get nextLook() {
        return this.#gone === undefined && (this.open ?? 0) > 0 ? this.#nextLook : Number.POSITIVE_INFINITY;
    }
    /** A probe's connection has gone by the second look. @throws Unlookable */
    async firstLook() {
        await this.#look();
        if ((this.open ?? 0) > 0)
            await this.#look();
    }
    async lookAgain() {
        const kill = this.#told + this.grace - beforeKill;
        const next = this.#now() + Math.max(leastPause, this.grace / looks);
        this.#nextLook = this.#now() < kill ? Math.min(next, kill) : next;
        const before = this.#open;
        try {
            await this.#look();
            // The kernel closes a process's connections before it ends its neighbors: an empty table counts if they live on.
            if (this.open === 0 && (await connectionsOf(this.#work, this.#pod)) === undefined)
                this.#open = before;
        }
        catch (error) {
            // It could be looked into before, so it is just ending.
            if (!(error instanceof Unlookable))
                throw error;
            this.#open = this.open === 0 ? before : this.#open;
        }
    }
    /** From now on its grace period counts. */
    tell() {
        this.#told = this.#now();
        this.#nextLook = this.#told + leastPause;
    }
    is(pod) {
        return pod.metadata.uid === this.#pod.metadata.uid;
    }
    /** What is told of it; nothing once it is not there any more. */
    notice(pod) {
        this.#pod = pod ?? this.#pod;
        if (pod === undefined || this.#terminated !== undefined)
            this.#gone ??= this.#now();
    }
    /** As far as it is known by now: a node may be late to tell of a kill, and nothing outlives its grace period for long. */
    end() {
        const { exitCode } = this.#terminated ?? {};
        const isOver = this.#now() - this.#told >= this.grace;
        const gone = this.#gone ?? (isOver ? this.#now() : undefined);
        return {
            pod: this.#pod.metadata.name,
            grace: this.grace,
            ...(this.open === undefined ? {} : { open: this.open }),
            ...(gone === undefined ? {} : { took: this.#took(gone) }),
            ...(exitCode === undefined ? {} : { exitCode }),
        };
    }
    /** By the cluster's own clocks if they tell, for ours also counts what we were late. A node may not know when it was, or say 1970. */
    #took(gone) {
        // The node shortens the grace period to nothing before it lets go of the pod; the two always belong together.
        const { deletionTimestamp = "", deletionGracePeriodSeconds: grace = 0 } = this.#pod.metadata;
        const took = Date.parse(this.#terminated?.finishedAt ?? "") - Date.parse(deletionTimestamp) + grace * 1_000;
        return took >= 0 ? took : gone - this.#told;
    }
    get #terminated() {
        const { metadata, status } = this.#pod;
        if (metadata.deletionTimestamp === undefined)
            return undefined;
        return status?.containerStatuses?.find(({ name }) => name === this.#container)?.state?.terminated;
    }
    async #look() {
        const found = await connectionsOf(this.#work, this.#pod);
        const before = this.#open ?? found;
        if (found !== undefined)
            this.#open = new Set([...found].filter((connection) => before?.has(connection)));
    }
    #now() {
        return this.#work.setting.clock.now();
    }
}

;// CONCATENATED MODULE: ./packages/kubernetes/native/farewell.js
var farewell_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var farewell_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});






/** Pods that are asked for their connections. */
const mostAsked = 20;
/** Milliseconds that anybody waits for pods to end, however long they may take. */
const longestWait = 120_000;
/** Milliseconds that a kubelet may need beyond the grace period. */
const slack = 10_000;
/** Looks who still has connections: one request a pod, and one more where it has. */
async function beginFarewell(work, color) {
    const { setting, snapshot } = work;
    const leavers = (0,observe/* podsOf */.EB)(snapshot, setting, color)
        .filter(({ status }) => status?.phase === "Running")
        .map((pod) => new Leaver(pod, work));
    try {
        const [first, ...others] = leavers.slice(0, mostAsked);
        // What the rights or the image do not allow with one, they do not allow with the others.
        await first?.firstLook();
        await Promise.all(others.map((one) => one.firstLook()));
    }
    catch (error) {
        if (!(error instanceof Unlookable))
            throw error;
        return { color, leavers, uncounted: error.message };
    }
    const counts = leavers.flatMap(({ open }) => open ?? []);
    if (counts.length === 0)
        return { color, leavers, uncounted: "no pod answered in time" };
    const open = counts.reduce((sum, one) => sum + one, 0);
    const name = (0,adopted/* slotDeployment */._N)(color, snapshot, setting);
    if (open > 0)
        setting.log.info(`${name} still has ${open} open connection${open === 1 ? "" : "s"}`);
    return { color, leavers, uncounted: undefined };
}
/**
 * Follows the pods that may lose connections to their ends, and says how they ended. Whatever goes wrong here is no failure:
 * the slot is retired already.
 */
async function endFarewell(work, { color, leavers, uncounted }, { service: { lastSwitch } }) {
    const { setting, snapshot } = work;
    const { clock, log } = setting;
    const deployment = (0,adopted/* slotDeployment */._N)(color, snapshot, setting);
    const isCounted = leavers.some(({ open }) => open !== undefined);
    const concerned = leavers.filter(({ open }) => (isCounted ? (open ?? 0) > 0 : true));
    if (concerned.length === 0)
        return undefined;
    if (uncounted !== undefined)
        tellWait(work, { deployment, leavers: concerned, uncounted });
    const told = clock.now();
    for (const one of concerned)
        one.tell();
    try {
        await followToTheEnd(work, color, concerned);
    }
    catch (error) {
        if (!(0,errors/* isCutoverError */.j)(error))
            throw error;
        log.debug(`How the pods of ${deployment} end is not known: ${error.message}`);
        return undefined;
    }
    if (work.signal.aborted)
        return undefined;
    const ends = concerned.map((one) => one.end());
    for (const end of ends)
        log.info(tellEnd(end));
    const last = Math.max(...concerned.map(({ goneAt = clock.now() }) => goneAt));
    return {
        deployment,
        ends,
        sinceSwitch: (lastSwitch?.ago ?? 0) + last - told,
        ...(uncounted === undefined ? {} : { uncounted }),
    };
}
/** Clients of runs that have been told already: the rights and the image are mostly the same for all services. */
const knowing = new WeakSet();
function tellWait({ setting: { client, log } }, { deployment, leavers, uncounted }) {
    if (knowing.has(client))
        return;
    knowing.add(client);
    const subject = leavers.length === 1 ? `pod of ${deployment} has` : `${leavers.length} pods of ${deployment} have`;
    const most = (0,duration/* formatDuration */.a)(longestOf(leavers));
    log.info(`Waiting until the ${subject} ended, at most ${most}, to tell whether connections were cut: they cannot be counted, because ${uncounted}. Where they can, only those that have some are waited for`);
}
async function followToTheEnd(work, color, leavers) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { setting, snapshot, signal } = work;
        const { clock } = setting;
        const live = farewell_addDisposableResource(env_1, await follow(setting, snapshot, { kinds: ["Pod"], color, signal }), true);
        const until = clock.now() + longestOf(leavers);
        for (;;) {
            const { pods } = live.current();
            for (const one of leavers)
                one.notice(pods.find((pod) => one.is(pod)));
            const now = clock.now();
            if (signal.aborted || now >= until || leavers.every(({ goneAt }) => goneAt !== undefined))
                return;
            await Promise.all(leavers.filter(({ nextLook }) => nextLook <= now).map((one) => one.lookAgain()));
            const next = Math.min(until, ...leavers.map(({ nextLook }) => nextLook));
            await live.changed(Math.max(1, next - clock.now()));
        }
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = farewell_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** Milliseconds after which nobody waits for these any more. */
function longestOf(leavers) {
    return Math.min(longestWait, Math.max(...leavers.map(({ grace }) => grace)) + slack);
}

// EXTERNAL MODULE: ./packages/kubernetes/native/state.js
var state = __webpack_require__(3792);
;// CONCATENATED MODULE: ./packages/kubernetes/native/retire.js







/** Waits while open connections on the inactive slot come to their end. */
async function drain({ setting: { clock, log }, signal }, step, observed) {
    log.info(`Open connections on ${step.color} have ${(0,duration/* formatDuration */.a)(step.milliseconds)} to end`);
    await clock.sleep(step.milliseconds, signal);
    const { lastSwitch } = observed.service;
    return { evidence: signal.aborted || lastSwitch === undefined ? {} : { drained: lastSwitch.at } };
}
/**
 * Scales the inactive slot to 0, and then deletes it if asked. Nothing that the Service may select is touched, and a scale-down is
 * undone if the Service moved meanwhile; what is deleted has no pods any more. Connections that are cut by it are a warning.
 * The Deployment goes last: while it is there, whoever comes after a run that has died finds what is left to do.
 */
async function retire(work, step, observed) {
    const { client, log } = work.setting;
    const live = work.snapshot.deployments[step.color];
    if (live === undefined)
        return { evidence: {} };
    (0,conditional/* checkClaim */.xU)(live, work.claim);
    const farewell = await beginFarewell(work, step.color);
    await refuseActive(work, step.color);
    const empty = isEmptied(live, step) ? live : await emptied(work, live, step);
    if (step.how === "delete") {
        await (0,prune/* prune */.R)(work, step, observed);
        await (0,conditional/* deleteOn */.BL)(client, empty);
        log.info(`Deleted Deployment ${live.metadata.name}`);
    }
    const parting = await work.budget.exempt(() => endFarewell(work, farewell, observed));
    if (parting === undefined)
        return { evidence: {} };
    const cut = cutBy(parting);
    if (cut === undefined)
        log.info(tellParting(parting));
    else
        log.warning(`${cut.message}. ${cut.hint}`);
    return { evidence: { parting } };
}
/** What is to be deleted holds no revision any more: of what that needs only the Deployment may be left. */
function isEmptied(live, { how }) {
    const holds = (0,native_kinds/* annotationOf */.lW)(live, release_annotations/* annotation */.w.revision) !== undefined;
    return live.spec.replicas === 0 && (how === "scale-down" || !holds);
}
async function emptied(work, live, { color, how }) {
    const { client, log } = work.setting;
    const { spec, metadata } = live;
    const before = spec.replicas ?? 1;
    const write = async (from, replicas, revision) => {
        const annotations = revision === undefined ? {} : { annotations: { [release_annotations/* annotation */.w.revision]: revision } };
        const patch = ({ uid, resourceVersion }) => ({
            type: "merge",
            body: { metadata: { uid, resourceVersion, ...annotations }, spec: { replicas } },
        });
        return (0,native_kinds.as)("Deployment", await (0,conditional/* writeOn */.HL)(client, from, patch));
    };
    const scaled = await write(live, 0, how === "delete" ? null : undefined);
    try {
        await refuseActive(work, color);
    }
    catch (error) {
        await write(scaled, before, (0,native_kinds/* annotationOf */.lW)(live, release_annotations/* annotation */.w.revision));
        throw error;
    }
    if (before > 0)
        log.info(`Scaled Deployment ${metadata.name} from ${before} to 0 pods`);
    return scaled;
}
/** @throws superseded unless the Service is not there or selects the other color. */
async function refuseActive({ setting, snapshot, claim }, color) {
    const { client, namespace, service, colorLabel } = setting;
    const found = await client.find((0,native_kinds/* refTo */.zI)("Service", namespace, service));
    const live = found === undefined ? undefined : (0,native_kinds.as)("Service", found);
    if (live === undefined)
        return;
    (0,conditional/* checkClaim */.xU)(live, claim);
    const selected = live.spec.selector?.[colorLabel];
    if (selected === (0,adopted/* labelValue */.w)((0,release_color/* otherColor */.IP)(color), snapshot))
        return;
    const actor = (0,state/* readState */.u)(live)?.actor;
    const what = selected === (0,adopted/* labelValue */.w)(color, snapshot)
        ? `was moved to ${color}${actor === undefined ? "" : ` (its last switch by cutover was ${actor}'s)`}`
        : `selects ${selected === undefined ? "no color" : `${colorLabel}=${selected}`} now`;
    throw new errors/* CutoverError */.D("superseded", `Service ${service} ${what}, so Deployment ${(0,adopted/* slotDeployment */._N)(color, snapshot, setting)} stays`, {
        hint: "Nothing more is written by this run. Look who changed the Service, and run this again if it is still wanted.",
    });
}

// EXTERNAL MODULE: ./packages/kubernetes/native/switch.js
var native_switch = __webpack_require__(1529);
// EXTERNAL MODULE: ./packages/release/replicas.js
var replicas = __webpack_require__(4093);
;// CONCATENATED MODULE: ./packages/kubernetes/native/health.js



/** Read from the slices that the endpoint controller keeps: what node proxies send to. */
function healthOf(color, snapshot) {
    const deployment = snapshot.deployments[color];
    const expected = (0,observe/* expectedReplicaSet */.Ns)(color, snapshot);
    const pods = new Map(snapshot.pods.filter((pod) => (0,native_kinds/* isOwnedBy */.D0)(pod, expected)).map((pod) => [pod.metadata.uid, pod]));
    const endpoints = snapshot.slices
        .flatMap((slice) => slice.endpoints ?? [])
        .filter((one) => one.conditions?.ready !== false);
    const uids = [...new Set(endpoints.map((endpoint) => endpoint.targetRef?.uid))];
    const known = uids.map((uid) => pods.get(uid));
    const foreign = known.filter((pod) => pod === undefined).length;
    const ready = known.filter((pod) => pod !== undefined && (0,observe/* isReadyPod */.rU)(pod)).length;
    const needed = (0,replicas/* neededReplicas */.NA)(deployment?.spec.replicas ?? 0, deployment?.spec.strategy?.rollingUpdate?.maxUnavailable);
    const readyPods = [...pods.values()].filter(observe/* isReadyPod */.rU).length;
    return { ready, needed, pods: readyPods, foreign, isGood: foreign === 0 && ready >= needed };
}

;// CONCATENATED MODULE: ./packages/kubernetes/native/watch-over.js
var watch_over_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var watch_over_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});










/** Milliseconds that slices may take to show a switch. */
const confirmWithin = 15_000;
/** Milliseconds of too few ready endpoints that are forgiven; none at all is never forgiven. */
const forgiven = 1_000;
/** Proves that traffic arrived: the slices hold ready pods of the new color, enough of them, and nothing else. */
async function watch_over_confirm(work, step) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { clock, log } = work.setting;
        const drift = await watch_over_driftOf(work, step);
        if (drift !== undefined)
            return { evidence: { failure: drift } };
        const live = watch_over_addDisposableResource(env_1, await watchTraffic(work, step.color), true);
        // Traffic has moved: this wait is owed to it, whatever is left of the deadline.
        const until = clock.now() + confirmWithin;
        const isTooFew = endurance(clock);
        for (;;) {
            const health = healthOf(step.color, live.current());
            const seen = health.isGood ? await (0,native_snapshot/* readTraffic */.Eg)(work.setting, work.snapshot) : undefined;
            if (seen !== undefined && healthOf(step.color, seen).isGood) {
                log.info(`${health.ready} ready endpoints, all of ${step.color}`);
                return watch_over_proof(seen, step.color, "confirmed");
            }
            if (work.signal.aborted)
                return { evidence: {} };
            if (clock.now() >= until)
                return await lastLook(work, step, "confirmed");
            // The slices come after the pods: where these have gone, there is nothing to wait for.
            const failed = isTooFew(health.pods, health.needed) ? await watch_over_condemned(work, step, "pods") : undefined;
            if (failed !== undefined)
                return failed;
            await live.changed(Math.max(1, Math.min(500, until - clock.now())));
        }
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = watch_over_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** Watches the new slot under traffic; too few ready endpoints for a second, or none at all, condemn it. */
async function soak(work, step) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const { clock, log } = work.setting;
        const live = watch_over_addDisposableResource(env_2, await watchTraffic(work, step.color), true);
        const until = clock.now() + work.setting.soak;
        log.info(`Watching ${step.color} under traffic for ${(0,duration/* formatDuration */.a)(work.setting.soak)}`);
        const isTooFew = endurance(clock);
        while (clock.now() < until) {
            const { ready, needed } = healthOf(step.color, live.current());
            const failed = isTooFew(ready, needed) ? await watch_over_condemned(work, step, "ready") : undefined;
            if (failed !== undefined)
                return failed;
            if (work.signal.aborted)
                return { evidence: {} };
            await live.changed(Math.max(1, Math.min(250, until - clock.now())));
        }
        return await lastLook(work, step, "soaked");
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        const result_2 = watch_over_disposeResources(env_2);
        if (result_2)
            await result_2;
    }
}
/**
 * A switch has the Service's version alone as its precondition. What somebody did to the slot between our last look at it and
 * the switch is seen by this first look after it.
 */
async function watch_over_driftOf({ setting, snapshot }, { color, revision, kind }) {
    const { client, namespace } = setting;
    const known = snapshot.deployments[color];
    const name = (0,adopted/* slotDeployment */._N)(color, snapshot, setting);
    const found = await client.find((0,native_kinds/* refTo */.zI)("Deployment", namespace, name));
    const failing = known === undefined ? undefined : slotFailing(known, found, `Deployment ${name}`);
    return failing === undefined ? undefined : { outcome: "failed", revision, color, step: kind, ...failing };
}
/** Tells when there have been too few for too long; then it begins anew. */
function endurance(clock) {
    let since;
    return (count, needed) => {
        since = count >= needed ? undefined : (since ?? clock.now());
        const isOver = since !== undefined && (count === 0 || clock.now() - since >= forgiven);
        if (isOver)
            since = undefined;
        return isOver;
    };
}
/**
 * The watches may have lost contact without a word, and no data is never a verdict: the end is judged by what is read now. A read
 * alone condemns nothing, for a server may lag behind: what it says it has to say twice.
 */
async function lastLook(work, step, what) {
    const judged = async () => {
        const snapshot = await (0,native_snapshot/* takeSnapshot */.W9)(work.setting);
        const health = healthOf(step.color, snapshot);
        return { snapshot, health, isGood: what === "confirmed" ? health.isGood : health.ready >= health.needed };
    };
    const first = await judged().catch(unlessMissing);
    const { snapshot, health, isGood } = first?.isGood === true ? first : await judged();
    return isGood ? watch_over_proof(snapshot, step.color, what) : await watch_over_condemn(work, { step, snapshot, health });
}
function unlessMissing(error) {
    if (!(0,errors/* isCutoverError */.j)(error, "not-found"))
        throw error;
}
/** The failure, if what the watches say is what is read now. */
async function watch_over_condemned(work, step, what) {
    const snapshot = await (0,native_snapshot/* takeSnapshot */.W9)(work.setting);
    const health = healthOf(step.color, snapshot);
    return health[what] >= health.needed ? undefined : await watch_over_condemn(work, { step, snapshot, health });
}
async function watchTraffic(work, color) {
    const kinds = ["EndpointSlice", "Pod"];
    // Watches that are open already will do: whatever is concluded from them is read anew.
    return await follow(work.setting, work.snapshot, { kinds, color, lately: true, signal: work.signal });
}
function watch_over_proof(snapshot, color, what) {
    const replicaSet = (0,observe/* expectedReplicaSet */.Ns)(color, snapshot);
    return { evidence: replicaSet === undefined ? {} : { [what]: replicaSet }, snapshot };
}
async function watch_over_condemn(work, { step, snapshot, health }) {
    const { client, namespace, service } = work.setting;
    const found = await client.find((0,native_kinds/* refTo */.zI)("Service", namespace, service));
    // Whoever took over may have moved the traffic: then it is not this slot that is sick.
    if (found !== undefined) {
        (0,conditional/* checkClaim */.xU)(found, work.claim);
        refuseMoved(work.snapshot, { ...work.snapshot, service: (0,native_kinds.as)("Service", found) }, work.setting);
    }
    const { ready, needed, foreign } = health;
    const others = foreign === 0 ? "" : `, and ${foreign} that lead elsewhere`;
    const summary = `Deployment ${(0,adopted/* slotDeployment */._N)(step.color, snapshot, work.setting)} stopped serving: Service ${service} has ${ready} ready endpoints of it where it needs ${needed}${others}`;
    return { evidence: { failure: await explain(work, { step, snapshot, summary, outcome: "failed" }) }, snapshot };
}

// EXTERNAL MODULE: ./packages/kubernetes/native/work.js
var work = __webpack_require__(5152);
;// CONCATENATED MODULE: ./packages/kubernetes/native/engine.js


















/** @param first what a rehearsal has just seen; the claim is conditional on it, so that it serves as the first look */
function createNativeEngine(setting, first) {
    const budget = (0,work/* createBudget */.y)(setting.clock, setting.timeout);
    let snapshot = first;
    let held;
    let mayHold = false;
    const lookout = createLookout(setting);
    const look = async () => {
        refuseLost(held?.lease, setting);
        snapshot ??= await (0,native_snapshot/* takeSnapshot */.W9)(setting);
        if (held !== undefined)
            checkHeld(held, snapshot, setting);
        return snapshot;
    };
    const execute = async (step, observed, { inVain, onLocked } = {}) => {
        const seen = await look();
        snapshot = undefined;
        if (step.kind === "lock") {
            mayHold = true;
            const waiting = { ...setting, signal: endingBy(setting.signal, inVain) };
            const locked = await budget.exempt(() => lock(waiting, { snapshot: seen, sighting: lookout.last }, onLocked));
            held = locked.held;
            snapshot = locked.snapshot;
            return {};
        }
        if (held === undefined)
            throw new Error(`Step ${step.kind} without the lock`);
        const signal = endingBy(setting.signal, held.lease.lost, inVain);
        const work = { setting, snapshot: seen, claim: held.claim, signal, budget };
        const done = await unlessAborted(work, carryOut(work, step, observed));
        refuseLost(held.lease, setting);
        held = { ...held, ...leftBy(step, { done, held }) };
        // What looks like a failure may be the work of whoever took over: that is looked at again, claim and all.
        const isKnown = done.evidence.failure === undefined && !adopting.has(step.kind);
        snapshot = isKnown ? done.snapshot : undefined;
        return done.evidence;
    };
    return {
        observe: async (anew = false) => {
            if (anew)
                snapshot = undefined;
            const seen = () => budget.spend(look);
            const world = await (mayHold ? seen() : lookout.around(seen, anew));
            return (0,observe/* interpret */.U4)(world, setting, { locked: held !== undefined, busy: held === undefined && lookout.isBusy });
        },
        execute: (...asked) => budget.spend(() => execute(...asked)),
        close: async () => {
            const last = held;
            held = undefined;
            if (last !== undefined)
                mayHold = await isLeft(last);
            return !mayHold;
        },
    };
}
/** Frees the lock; whether it may be ours all the same. */
async function isLeft({ lease }) {
    await lease.release();
    return lease.lost.aborted;
}
/** After these it is found out anew what stands behind the Service. */
const adopting = new Set(["adopt", "narrow", "unadopt"]);
function endingBy(...signals) {
    return AbortSignal.any(signals.filter((signal) => signal !== undefined));
}
/** Milliseconds for which what was seen before the lock was taken counts as seen just now. */
const isFresh = 1_000;
/** Lease first, then the claim: only what is read after both counts, and of what was claimed the answers to that. */
async function lock(setting, { snapshot, sighting }, onLocked = () => undefined) {
    const { client, clock, log, identity } = setting;
    const started = clock.now();
    const lease = await (0,native_lease/* acquireLease */.ZZ)(setting, (0,native_claim/* highestEpoch */.mG)(snapshot), sighting);
    onLocked();
    try {
        const claim = { epoch: lease.epoch };
        const claimed = await (0,native_claim/* claimObjects */.z1)(client, snapshot, claim);
        log.info(`Locked as ${identity.holder}, epoch ${claim.epoch}`);
        // No run's claim is on autoscalers, and what is written on them is conditional on what was seen.
        const isJustSeen = clock.now() - started < isFresh;
        const known = isJustSeen ? { ...claimed, autoscalers: snapshot.autoscalers } : claimed;
        return { held: { lease, claim, left: claimed, switched: false }, snapshot: await (0,native_snapshot/* takeSnapshot */.W9)(setting, known) };
    }
    catch (error) {
        await lease.release();
        throw error;
    }
}
/** @throws superseded or refused when another run, or anybody else, has written on what this run works with */
function checkHeld({ claim, left, switched }, snapshot, setting) {
    (0,native_claim/* checkClaims */.Kz)(snapshot, claim);
    if (switched)
        refuseMoved(left, snapshot, setting);
    // A rollback takes the world as it is: it may be that very hand's way out.
    else if (!setting.preempts)
        refuseDrift(left, snapshot, setting);
}
/** What a step has written counts as ours from here on. */
function leftBy(step, { done, held: { left, switched } }) {
    const now = done.snapshot;
    switch (step.kind) {
        case "narrow":
        case "switch":
        case "switch-back":
            return { left: { ...left, service: now?.service }, switched: switched || step.kind === "switch" };
        case "record-baseline":
            return { left: now ?? left, switched };
        case "adopt":
        case "unadopt":
        case "prepare":
        case "retire":
            return {
                left: { ...left, deployments: { ...left.deployments, [step.color]: now?.deployments[step.color] } },
                switched,
            };
        default:
            return { left, switched };
    }
}
/** A wait that was cut short proves nothing, and a request that was has not failed. */
async function unlessAborted({ signal }, step) {
    try {
        return await step;
    }
    catch (error) {
        if (signal.aborted && (0,errors/* isCutoverError */.j)(error, "timed-out"))
            return { evidence: {} };
        throw error;
    }
}
function refuseLost(lease, { service }) {
    if (lease === undefined || !lease.lost.aborted)
        return;
    if (lease.lost.reason === "not renewed") {
        throw new errors/* CutoverError */.D("unavailable", `The lock of Service ${service} could not be renewed in time`, {
            hint: "The API server did not answer for too long. Run it again: it goes on from what it finds.",
        });
    }
    throw (0,native_lease/* overtaken */.K1)(service);
}
async function carryOut(work, step, observed) {
    switch (step.kind) {
        case "record-baseline":
            return await (0,record/* recordBaseline */.V3)(work, step.color, observed);
        case "adopt":
            return await (0,adopt/* adopt */.di)(work, step);
        case "narrow":
            return await (0,native_switch/* narrow */.sc)(work, step, observed);
        case "unadopt":
            return await (0,adopt/* unadopt */.a2)(work, step);
        case "record":
            return await (0,record/* recordRelease */.ty)(work, step.color, observed);
        case "prepare":
            return await (0,prepare/* prepare */.i)(work, step, observed);
        case "hold-floor":
            return await (0,hold/* holdFloor */.C)(work, step);
        case "restore-floor":
            return await (0,hold/* restoreFloor */.D)(work, step);
        case "await-ready":
            return await awaitReady(work, step, observed);
        case "probe":
            return await probe(work, step);
        case "smoke":
            return await smoke(work, step);
        case "switch":
        case "switch-back":
            return await (0,native_switch/* switchTraffic */.gi)(work, step, observed);
        case "confirm":
            return await watch_over_confirm(work, step);
        case "soak":
            return await work.budget.exempt(() => soak(work, step));
        case "mark":
            return await mark(work, step, observed);
        case "drain":
            return await work.budget.exempt(() => drain(work, step, observed));
        case "retire":
            return await retire(work, step, observed);
    }
}

// EXTERNAL MODULE: ./packages/kubernetes/native/look.js
var look = __webpack_require__(2598);
// EXTERNAL MODULE: ./packages/release/history.js
var release_history = __webpack_require__(4770);
;// CONCATENATED MODULE: ./packages/release/joint-rollback.js

/**
 * What `wanted` means for services that go back together. A release of all of them that died between two switches never
 * reached some: what they serve is what the others go back to, so they stay where they are.
 * @param all the services, as they were before anything was written
 */
function wantedTogether(all, wanted) {
    if (wanted.kind !== "rollback" || wanted.to !== "previous")
        return wanted;
    const undone = new Set(all.flatMap(stepsThatMoved));
    const staying = all.filter((observed) => {
        const step = stepThatNeverCame(observed);
        return step !== undefined && undone.has(step);
    });
    return staying.length === 0 ? wanted : { ...wanted, staying: staying.map(({ service }) => service.name) };
}
/** Whose releases have the traffic, and whose a rollback has taken it from. */
function stepsThatMoved(observed) {
    const left = (0,release_history/* findRevision */.pV)(observed.history, observed.service.rolledBackFrom);
    return [(0,release_history/* activeRevision */.su)(observed), left].flatMap((one) => one?.step ?? []);
}
/** Whose release is the newest, if that never had the traffic. */
function stepThatNeverCame({ history, service }) {
    const [newest] = (0,release_history/* newestFirst */.ll)(history);
    return newest?.result === undefined && newest?.revision !== service.revision ? newest?.step : undefined;
}

// EXTERNAL MODULE: ./packages/release/goal.js + 2 modules
var release_goal = __webpack_require__(9135);
;// CONCATENATED MODULE: ./packages/release/together.js


/** How far one service of several has come, in this order; `failing` is on its way back. */
const stages = [
    "unseen",
    "failing",
    "entering",
    "claiming",
    "preparing",
    "proved",
    "arriving",
    "soaking",
    "soaked",
    "leaving",
    "arrived",
    "over",
];
/** Where a service stands with what it would do next. */
function stageOf({ observed, evidence }, wanted, next) {
    if (next.kind !== "step")
        return isArrived(next) && evidence.switched === true ? "arrived" : "over";
    const { step } = next;
    if (step.kind === "lock")
        return "entering";
    if (evidence.failure !== undefined)
        return "failing";
    const goal = (0,release_goal/* findGoal */.py)(observed, wanted);
    if ("refusal" in goal || !(0,release_goal/* isServing */.PA)(observed, goal))
        return step.kind === "switch" ? "proved" : "preparing";
    if (step.kind === "confirm")
        return "arriving";
    if (step.kind === "soak")
        return "soaking";
    return step.kind === "mark" && step.result === "confirmed" ? "soaked" : "leaving";
}
/** Whether all have come so far that none of them goes back any more. */
function isSettled(members) {
    return members.every(reached("soaked"));
}
/**
 * Whether the service at `index`, in the declared order, may do what comes next there. Locks are taken by name, so that
 * two runs never wait for each other; nothing is written before all have theirs, nothing switched before all are proved,
 * and then in the declared order, each once the one before is confirmed; what is old goes when all are confirmed. The way
 * back is the reverse of the way there.
 */
function mayGo(members, index) {
    const own = members[index];
    if (own === undefined)
        return true;
    switch (own.stage) {
        case "entering":
            return members.every((one) => reached("entering")(one) && (one.service >= own.service || reached("claiming")(one)));
        case "preparing":
        case "soaked":
        case "leaving":
            return members.every(reached(own.stage));
        case "proved":
            return members.every(reached("proved")) && members.slice(0, index).every(reached("soaking"));
        case "arrived":
            return members.every(reached("leaving"));
        case "failing":
            return !own.isGoingBack || members.slice(index + 1).every(isBack);
        case "unseen":
        case "claiming":
        case "arriving":
        case "soaking":
        case "over":
            return true;
    }
}
/** What another service's trouble means for this one: it fails with it, ends before it began, or keeps what it had before. */
function sharedFate({ observed, evidence }, { wanted, next, trouble }) {
    if (next.kind !== "step" && !(isArrived(next) && evidence.switched === true))
        return undefined;
    const reason = `Service ${observed.service.name} goes no other way than the services that it is released with: ${trouble}`;
    const goal = (0,release_goal/* findGoal */.py)(observed, wanted);
    const hint = "Mend what that says, then run this again for all of them.";
    if ("refusal" in goal || goal.revision === undefined || !observed.locked || wanted.kind === "retire") {
        return { kind: "done", outcome: "failed", reason, hint };
    }
    const { color, revision } = goal;
    const isOld = evidence.switched !== true && (0,release_history/* findRevision */.pV)(observed.history, revision)?.result === "confirmed";
    if (isOld && (0,release_goal/* isServing */.PA)(observed, goal)) {
        return {
            kind: "done",
            outcome: "succeeded",
            reason: `Service ${observed.service.name} served revision ${revision} before`,
        };
    }
    return { outcome: "failed", revision, color, step: next.kind === "step" ? next.step.kind : "soak", reason, hint };
}
function isArrived(end) {
    return end.kind === "done" && end.outcome === "succeeded";
}
function reached(stage) {
    return (member) => stages.indexOf(member.stage) >= stages.indexOf(stage);
}
/** Whether it will not switch back any more, or never has to. */
function isBack({ stage, isGoingBack }) {
    return stage === "over" || (stage === "failing" && !isGoingBack);
}

;// CONCATENATED MODULE: ./packages/release/company.js

/** Milliseconds after which who waits looks at its own service again, and for which what was seen counts as fresh. */
const lookEvery = 10_000;
const company_isFresh = 1_000;
/** Services that are released together: how far each has come, and whose trouble came first. */
class Company {
    #services;
    #clock;
    #cancelled;
    #members;
    #alarms;
    #troubles = [];
    /** Settled: all are confirmed, and no trouble takes any of them back. */
    #state = { settled: false };
    #changed = new AbortController();
    /** @param services in the order in which they are switched */
    constructor(services, { clock, signal }) {
        this.#services = services;
        this.#clock = clock;
        this.#cancelled = signal;
        this.#members = services.map((service) => ({ service, stage: "unseen", isGoingBack: false }));
        this.#alarms = services.map(() => new AbortController());
    }
    /** The service whose trouble came first. */
    get culprit() {
        return this.#services[this.#troubles[0]?.index ?? -1];
    }
    of(service, wanted) {
        const index = this.#services.indexOf(service);
        const alarm = this.#alarms[index];
        if (alarm === undefined)
            throw new Error(`Service ${service} is not one of ${this.#services.join(", ")}`);
        return {
            trouble: alarm.signal,
            fate: (world, next) => {
                const [first] = this.#troubles;
                const isOwn = world.evidence.failure !== undefined || first?.index === index;
                if (this.#state.settled || first === undefined || isOwn)
                    return undefined;
                return sharedFate(world, { wanted, next, trouble: first.text });
            },
            meet: async (world, next) => {
                const stage = stageOf(world, wanted, next);
                const { failure } = world.evidence;
                this.#heed(index, failure?.reason ?? problemOf(next));
                this.#tell(index, { stage, isGoingBack: next.kind === "step" && next.step.kind === "switch-back" });
                if (stage === "over")
                    return "go";
                return await this.#wait(index, () => failure === undefined && !this.#state.settled && alarm.signal.aborted);
            },
            locked: () => this.#tell(index, { stage: "claiming", isGoingBack: false }),
            end: (problem) => {
                this.#heed(index, problem);
                this.#tell(index, { stage: "over", isGoingBack: false });
            },
        };
    }
    /** Waits until the others are as far, while what waits is not in vain. */
    async #wait(index, isInVain) {
        const began = this.#clock.now();
        const waited = () => this.#clock.now() - began;
        while (!mayGo(this.#members, index) && !isInVain() && !this.#cancelled.aborted && waited() < lookEvery) {
            await this.#clock.sleep(lookEvery, AbortSignal.any([this.#changed.signal, this.#cancelled]));
        }
        return mayGo(this.#members, index) && !isInVain() && waited() < company_isFresh ? "go" : "look";
    }
    #tell(index, change) {
        const before = this.#members[index];
        if (before === undefined || (before.stage === change.stage && before.isGoingBack === change.isGoingBack))
            return;
        this.#members[index] = { ...before, ...change };
        this.#state.settled ||= this.#troubles.length === 0 && isSettled(this.#members);
        this.#wake();
    }
    /** A trouble of its own is everybody's; one that came from the others is known. */
    #heed(index, problem) {
        if (problem === undefined || this.#state.settled || this.#alarms[index]?.signal.aborted)
            return;
        this.#troubles.push({ index, text: `${this.#services[index]}: ${problem.split("\n", 1)[0]}` });
        for (const [other, alarm] of this.#alarms.entries())
            if (other !== index)
                alarm.abort();
        this.#wake();
    }
    #wake() {
        const last = this.#changed;
        this.#changed = new AbortController();
        last.abort();
    }
}
function problemOf(next) {
    if (next.kind === "refused")
        return next.reason;
    return next.kind === "done" && next.outcome !== "succeeded" ? next.reason : undefined;
}

// EXTERNAL MODULE: ./packages/release/next-step.js + 3 modules
var next_step = __webpack_require__(1490);
// EXTERNAL MODULE: ./packages/release/step.js
var release_step = __webpack_require__(3870);
;// CONCATENATED MODULE: ./packages/release/converge.js





/** Times in a row that one step is tried: somebody else may write first, or what it did may not last. */
const patience = 20;
/**
 * The loop: look, decide, do one thing, look again. A crash, a rerun and a second runner are ordinary cases of it.
 * @throws CutoverError only when the cluster could not be looked at even once.
 */
async function converge(engine, wanted, around) {
    let known = { observed: await engine.observe(), evidence: release_step/* noEvidence */.n, journal: [] };
    let attempt;
    let meant = wanted;
    let isAnew = false;
    for (;;) {
        around.onObserved?.(known.observed);
        meant = (0,release_goal/* pinned */.dp)(meant, known.observed);
        const { decision, evidence } = decided(known, meant, around.others);
        known = { ...known, evidence };
        if (decision.kind === "step" && around.signal.aborted)
            return ending(cancelled(known, around.signal), known);
        const isDoubted = !isAnew && isDoubtful(decision, known, wanted);
        isAnew = isDoubted || (await around.others?.meet(known, decision)) === "look";
        if (!isAnew) {
            if (decision.kind !== "step")
                return ending(decision, known);
            attempt = following(attempt, decision.step);
            const proved = await tried(engine, attempt, { known, around });
            if ((0,errors/* isCutoverError */.j)(proved))
                return { ...ending(endOf(proved, known), known), unseen: unseen(attempt.step, proved) };
            known = { ...known, evidence: proved };
        }
        const observed = await caught(engine.observe(isAnew));
        if ((0,errors/* isCutoverError */.j)(observed))
            return ending(endOf(observed, known), known);
        known = { ...known, observed };
    }
}
/**
 * What another run had half done may be whole by now: without the lock, nothing is refused for what was seen once. And a read
 * alone condemns nothing that serves: the server may lag behind.
 */
function isDoubtful(decision, { observed, evidence }, wanted) {
    if (decision.kind === "refused")
        return !observed.locked && wanted.kind !== "rollback";
    if (decision.kind !== "step" || evidence.failure !== undefined)
        return false;
    const { step } = decision;
    const isCondemned = step.kind === "mark" && step.result === "failed" && step.revision === observed.service.revision;
    return isCondemned || step.kind === "switch-back";
}
/** What comes next, the trouble of the others included. */
function decided(known, wanted, others) {
    const { observed, evidence } = known;
    const decision = (0,next_step/* nextStep */.s)(observed, evidence, wanted);
    const fate = others?.fate(known, decision);
    if (fate === undefined)
        return { decision, evidence };
    if ("kind" in fate)
        return { decision: fate, evidence };
    const failed = { ...evidence, failure: fate };
    return { decision: (0,next_step/* nextStep */.s)(observed, failed, wanted), evidence: failed };
}
/** What is proved by now, or the error that ends the run. */
async function tried(engine, attempt, { known, around }) {
    const proved = await caught(converge_carryOut(engine, attempt, { known, around }));
    if (!(0,errors/* isCutoverError */.j)(proved))
        return { ...known.evidence, ...proved };
    around.log.debug(`${(0,release_step/* title */.D)(attempt.step)}: ${proved.message}`);
    return inVain(known, around)?.aborted ? known.evidence : weighed(proved, attempt, known);
}
/** Nothing is in vain on the way back. */
function inVain({ evidence }, { others }) {
    return evidence.failure === undefined ? others?.trouble : undefined;
}
function following(last, step) {
    const isAgain = last !== undefined && (0,release_step/* title */.D)(last.step) === (0,release_step/* title */.D)(step);
    return { step, times: isAgain ? last.times + 1 : 1 };
}
async function converge_carryOut(engine, { step, times }, { known, around }) {
    const { observed, journal } = known;
    if (times > patience) {
        const message = `${(0,release_step/* title */.D)(step)}: done ${patience} times in a row, and it did not last`;
        throw new errors/* CutoverError */.D("timed-out", message, { hint: "See in the log what undoes it, then run this again." });
    }
    return await journaled(step, { around, journal }, () => engine.execute(step, observed, { inVain: inVain(known, around), onLocked: around.others?.locked }));
}
async function journaled(step, { around: { clock, log }, journal }, body) {
    const startedAt = clock.date();
    const tick = clock.now();
    let found = { result: "failed" };
    try {
        const proved = await log.group((0,release_step/* title */.D)(step), body);
        const { failure, parting } = proved;
        const note = parting === undefined ? {} : { note: tellParting(parting) };
        found = { result: failure === undefined ? "passed" : "failed", ...note };
        return proved;
    }
    finally {
        journal.push({ step, title: (0,release_step/* title */.D)(step), startedAt, milliseconds: clock.now() - tick, ...found });
    }
}
/** Our errors as values; bugs stay thrown. */
async function caught(work) {
    try {
        return await work;
    }
    catch (error) {
        if ((0,errors/* isCutoverError */.j)(error))
            return error;
        throw error;
    }
}
/** Errors that speak against the revision itself: it is abandoned as if its pods had failed. */
const converge_condemning = ["rejected", "manifest-invalid", "process-failed", "timed-out", "not-found"];
/** What an error tells: that the revision is bad, or only that somebody else wrote first; else it is given back and ends the run. */
function weighed(error, { step, times }, { evidence }) {
    if (error.code === "conflict" && times < patience)
        return evidence;
    const isVerdict = converge_condemning.includes(error.code) && evidence.failure === undefined;
    if (!isVerdict || !("color" in step) || !("revision" in step))
        return error;
    const outcome = error.code === "timed-out" ? "timed-out" : "failed";
    const hint = error.hint === undefined ? {} : { hint: error.hint };
    const { color, revision, kind } = step;
    return { ...evidence, failure: { outcome, revision, color, step: kind, reason: error.message, ...hint } };
}
const outcomes = { refused: "refused", "timed-out": "timed-out" };
/** The end that an error makes. What the revision failed of stays the first thing said. */
function endOf({ code, message, hint }, { evidence: { failure } }) {
    const outcome = code === "superseded" ? "superseded" : (failure?.outcome ?? outcomes[code] ?? "failed");
    const advice = failure?.hint ?? hint;
    return { kind: "done", outcome, reason: after(failure, message), ...(advice === undefined ? {} : { hint: advice }) };
}
function cancelled({ evidence: { failure } }, signal) {
    return {
        kind: "done",
        outcome: "failed",
        reason: after(failure, `Cancelled (${String(signal.reason)}) between two steps`),
        hint: "Run it again and it goes on from what it finds, or roll back.",
    };
}
function after(failure, message) {
    return failure === undefined ? message : `${failure.reason}\nBefore that was cleaned up: ${message}`;
}
/** Errors of requests that may have been carried out all the same. */
const unclear = ["unavailable", "unreachable"];
function unseen(step, { code }) {
    const isSwitch = step.kind === "switch" || step.kind === "switch-back";
    return isSwitch && unclear.includes(code) ? step : undefined;
}
function ending(end, known) {
    const outcome = end.kind === "refused" ? "refused" : end.outcome;
    return { outcome, reason: end.reason, hint: end.hint, ...known };
}

;// CONCATENATED MODULE: ./packages/release/converge-together.js


/**
 * Releases several services side by side, each by its own loop: all or none of them.
 * @param parties in the order in which they are switched
 * @throws CutoverError when the cluster could not be looked at even once
 */
async function convergeTogether(parties, wanted, { clock, signal }) {
    const company = new Company(parties.map(({ service }) => service), { clock, signal });
    const runs = parties.map(async ({ service, engine, around }) => {
        const others = company.of(service, wanted);
        let problem = "it ended by a bug";
        try {
            const ending = await converge(engine, wanted, { ...around, clock, signal, others });
            problem = ending.outcome === "succeeded" ? undefined : ending.reason;
            return ending;
        }
        catch (error) {
            problem = error instanceof Error ? error.message : String(error);
            throw error;
        }
        finally {
            others.end(problem);
        }
    });
    const ended = await Promise.allSettled(runs);
    const endings = ended.map((one) => {
        if (one.status === "rejected")
            throw one.reason;
        return one.value;
    });
    const first = parties.findIndex(({ service }) => service === company.culprit);
    const culprit = endings[first] ?? endings.find(({ outcome }) => outcome !== "succeeded");
    return { outcome: culprit?.outcome ?? "succeeded", endings, culprit };
}

// EXTERNAL MODULE: ./actions/release/connect.js + 29 modules
var connect = __webpack_require__(6552);
;// CONCATENATED MODULE: ./packages/action-kit/markdown.js
/** Text as Markdown that shows exactly it: no markup, link, mention or table cell comes out of it. On one line. */
function escapeMarkdown(text) {
    return text
        .replace(/\p{Cf}/gu, "")
        .replace(/[\s\p{Cc}]+/gu, " ")
        .replace(/[\\`*_{}[\]()#+\-.!|~&<>"'@:$]/g, (sign) => entities[sign] ?? `&#${sign.charCodeAt(0)};`);
}
const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
/** Text of several lines as a code block, whose fence is longer than any run of backticks in it. */
function codeBlock(text, language = "") {
    const fence = "`".repeat(longestRun(text) + 1);
    return `${fence}${language}\n${text.replace(/\r\n?/g, "\n").replace(/\n$/, "")}\n${fence}\n`;
}
function longestRun(text) {
    const runs = text.match(/`+/g) ?? [];
    return runs.reduce((longest, run) => Math.max(longest, run.length), 2);
}

// EXTERNAL MODULE: ./packages/manifests/resource.js
var manifests_resource = __webpack_require__(6053);
// EXTERNAL MODULE: ./packages/release/release-report.js
var release_report = __webpack_require__(7590);
// EXTERNAL MODULE: ./packages/report/markdown.js
var markdown = __webpack_require__(9658);
;// CONCATENATED MODULE: ./packages/report/gantt.js


/** A picture of more steps is unreadable. */
const mostSteps = 40;
/** Who had the traffic, and the steps, as a Mermaid Gantt chart; none without steps. */
function gantt(report) {
    const steps = report.steps.slice(0, mostSteps);
    if (steps.length === 0)
        return undefined;
    const lines = [
        "gantt",
        "    dateFormat x",
        "    axisFormat %H:%M:%S",
        "    section Traffic",
        ...(0,release_report/* trafficSpans */.V)(report).map(span),
        "    section Steps",
        ...steps.map(({ title, result, startedAt, ms }) => {
            return task(title, result === "failed" ? "crit" : "done", { from: startedAt, to: startedAt + ms });
        }),
    ];
    return (0,markdown/* fenced */.OF)(lines.join("\n"), "mermaid");
}
function span({ color, from, to }) {
    return task(color ?? "no color", "active", { from, to });
}
/** Mermaid ends a name at a colon, and gives `#` and `;` a meaning. */
function task(name, tag, { from, to }) {
    const plain = (0,markdown/* cut */.Jj)(name
        .replace(/[^\p{L}\p{N} .,+\-/]/gu, " ")
        .replace(/\s+/g, " ")
        .trim(), 60);
    return `    ${plain === "" ? "step" : plain} :${tag}, ${Math.round(from)}, ${Math.round(Math.max(to, from + 1))}`;
}

// EXTERNAL MODULE: ./packages/report/words.js
var words = __webpack_require__(9306);
;// CONCATENATED MODULE: ./packages/report/summary.js




/** Bytes that a step's summary may have from us; GitHub drops one of more than a mebibyte whole. */
const budget = 256 * 1024;
/**
 * The reports as Markdown for the step summary: the same facts, at most 256 KiB, everything that others wrote escaped.
 * @param reports one for each service of the run
 */
function renderSummary(reports) {
    // Most important first: what does not fit is left out from the end.
    const parts = [...(reports.length > 1 ? [overview(reports)] : []), ...reports.toSorted(worstFirst).flatMap(partsOf)];
    let text = "";
    for (const part of parts) {
        if (part === undefined || part === "")
            continue;
        const longer = `${text}${part}\n\n`;
        if (Buffer.byteLength(longer) > budget - 200)
            return `${text}More did not fit here; the HTML report has it all.\n`;
        text = longer;
    }
    return text;
}
/** The slots and the revisions that there are, for who decides what to do. */
function renderStanding(report) {
    return [slots(report), summary_history(report)].filter((part) => part !== undefined).join("\n\n");
}
function partsOf(report) {
    return [
        title(report),
        why(report),
        facts(report),
        gantt(report),
        steps(report),
        slots(report),
        summary_images(report),
        summary_history(report),
    ];
}
function worstFirst(one, other) {
    return Number(one.outcome === "succeeded") - Number(other.outcome === "succeeded");
}
function overview(reports) {
    const rows = reports.map((report) => [
        `${signs[report.outcome]} ${report.outcome}`,
        (0,markdown/* escapeMarkdown */.FV)(report.service, 100),
        String(report.revision ?? ""),
        (0,words/* trafficSentence */.Zr)(report),
        (0,words/* duration */.p0)(report),
    ]);
    const all = (0,markdown/* table */.tp)(["Outcome", "Service", "Revision", "Traffic", "Took"], rows);
    return `## ${(0,markdown/* escapeMarkdown */.FV)((0,words/* jointHeadline */.HA)(reports))}\n\n${all}`;
}
const signs = {
    succeeded: "✅",
    failed: "❌",
    "rolled-back": "↩️",
    refused: "🚫",
    "timed-out": "⏱️",
    superseded: "⏭️",
};
function title(report) {
    const { outcome } = report;
    return [`## ${signs[outcome]} ${(0,markdown/* escapeMarkdown */.FV)((0,words/* headline */.Pl)(report))}`, (0,words/* trafficSentence */.Zr)(report)].join("\n\n");
}
function why({ reason, hint, diagnosis }) {
    if (!diagnosis) {
        const what = hint === undefined ? [] : [`**What to do:** ${(0,markdown/* proseMarkdown */.Rw)(hint)}`];
        return [...paragraphs(reason), ...what].join("\n\n");
    }
    const lines = diagnosis.lines.slice(0, 20).map((line) => `- ${(0,markdown/* escapeMarkdown */.FV)(line, 600)}`);
    const said = reason.startsWith(diagnosis.title) ? [] : paragraphs(reason);
    const log = diagnosis.log.map((line) => (0,markdown/* cut */.Jj)(line, 500)).join("\n");
    return [
        ...said,
        `**${(0,markdown/* escapeMarkdown */.FV)(diagnosis.title)}**`,
        ...(lines.length === 0 ? [] : [lines.join("\n")]),
        `**What to do:** ${(0,markdown/* proseMarkdown */.Rw)(diagnosis.hint)}`,
        ...(log === "" ? [] : [`<details><summary>The last lines of its log</summary>\n\n${(0,markdown/* fenced */.OF)(log)}\n\n</details>`]),
    ].join("\n\n");
}
function paragraphs(text) {
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    return lines.slice(0, 20).map(markdown/* proseMarkdown */.Rw);
}
function facts(report) {
    const { service, namespace, outcome, color, revision, previousColor, previousRevision, actor, commit, startedAt } = report;
    const run = (0,words/* webAddress */.Dy)(report.runUrl);
    const rows = [
        ["Outcome", outcome],
        ["Service", (0,markdown/* escapeMarkdown */.FV)(`${namespace}/${service}`)],
        ["Revision", on(revision, color)],
        ["Before", on(previousRevision, previousColor)],
        ["Started", (0,markdown/* escapeMarkdown */.FV)((0,words/* dateAndTime */.bm)(startedAt))],
        ["Took", (0,words/* duration */.p0)(report)],
        ["By", (0,markdown/* escapeMarkdown */.FV)(actor)],
        ["Commit", (0,markdown/* escapeMarkdown */.FV)(commit.slice(0, 12))],
        ["Run", run === undefined ? undefined : `<a href="${(0,markdown/* escapeMarkdown */.FV)(run)}">open</a>`],
    ];
    const known = rows.filter((row) => row[1] !== undefined && row[1] !== "");
    return (0,markdown/* table */.tp)(["", ""], known);
}
function on(revision, color) {
    if (revision === undefined)
        return color;
    return color === undefined ? String(revision) : `${revision} on ${color}`;
}
function steps({ steps: all }) {
    if (all.length === 0)
        return undefined;
    const rows = all.slice(0, 100).map(({ title: name, result, ms, note }) => {
        const told = note === undefined ? "" : `: ${(0,markdown/* escapeMarkdown */.FV)(note, 300)}`;
        return [result === "failed" ? "❌" : "✅", `${(0,markdown/* escapeMarkdown */.FV)(name, 200)}${told}`, (0,duration/* formatDuration */.a)(ms)];
    });
    return `### Steps\n\n${(0,markdown/* table */.tp)(["", "Step", "Took"], rows)}`;
}
function slots({ slots: all }) {
    if (all.length === 0)
        return undefined;
    const rows = all.map(({ color, deployment, exists, revision, ready, replicas }) => {
        return [
            color,
            (0,markdown/* escapeMarkdown */.FV)(deployment),
            String(revision ?? "none"),
            exists ? `${ready} of ${replicas} ready` : "does not exist",
        ];
    });
    return `### Slots\n\n${(0,markdown/* table */.tp)(["Color", "Deployment", "Revision", "Pods"], rows)}`;
}
function summary_images({ images: all }) {
    const rows = Object.entries(all)
        .slice(0, 50)
        .map(([name, image]) => [(0,markdown/* escapeMarkdown */.FV)(name, 100), (0,markdown/* code */.aY)(image)]);
    return rows.length === 0 ? undefined : `### Images\n\n${(0,markdown/* table */.tp)(["Container", "Image"], rows)}`;
}
function summary_history({ history: all }) {
    if (all.length === 0)
        return undefined;
    const rows = all.slice(0, 20).map(({ revision, result, images: own }) => {
        const list = Object.values(own)
            .slice(0, 10)
            .map((image) => (0,markdown/* code */.aY)((0,words/* shortImage */.Uq)(image)));
        return [String(revision), result ?? "unfinished", list.join("<br>")];
    });
    return `### History\n\n${(0,markdown/* table */.tp)(["Revision", "Ended", "Images"], rows)}`;
}

// EXTERNAL MODULE: ../../node_modules/diff/libesm/patch/create.js + 2 modules
var create = __webpack_require__(5415);
// EXTERNAL MODULE: ../../node_modules/yaml/dist/index.js
var dist = __webpack_require__(3483);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./packages/release/approval.js
var approval = __webpack_require__(9931);
// EXTERNAL MODULE: ./packages/report/banner.js
var banner = __webpack_require__(1769);
// EXTERNAL MODULE: ./packages/report/html.js
var html = __webpack_require__(1206);
;// CONCATENATED MODULE: ./packages/report/diagnosis-card.js

/** Why the pods were not good: the most telling pod, what to do, and the end of its log. */
function diagnosisCard({ diagnosis }) {
    if (!diagnosis)
        return undefined;
    return (0,html/* html */.qy) `<section class="diagnosis">
<h2>Why</h2>
<p class="cause">${diagnosis.title}</p>
<ul>${diagnosis.lines.map((line) => (0,html/* html */.qy) `<li>${line}</li>`)}</ul>
<p class="hint"><b>What to do:</b> ${(0,html/* prose */.CS)(diagnosis.hint)}</p>
${log(diagnosis.log)}
</section>`;
}
function log(lines) {
    if (lines.length === 0)
        return undefined;
    return (0,html/* html */.qy) `<details open><summary>The last ${lines.length} lines of its log</summary><pre>${lines.join("\n")}</pre></details>`;
}

// EXTERNAL MODULE: ./packages/report/document.js + 1 modules
var report_document = __webpack_require__(6690);
;// CONCATENATED MODULE: ./packages/report/slot-cards.js


/** More pods than these are counted, not drawn. */
const mostPods = 40;
/** One card for each color: who serves, which revision, how many pods are ready. */
function slotCards(report) {
    if (report.slots.length === 0)
        return undefined;
    const active = (0,release_report/* activeAtEnd */.P)(report);
    return (0,html/* html */.qy) `<div class="slots">${report.slots.map((slot) => card(slot, slot.color === active))}</div>`;
}
function card(slot, isActive) {
    const { color, deployment, revision } = slot;
    return (0,html/* html */.qy) `<article class="slot ${color}${isActive ? " active" : ""}">
<h3><span class="dot"></span>${color}<span class="chip">${isActive ? "has the traffic" : standby(slot)}</span></h3>
<p class="revision">${revision === undefined ? "no revision" : `revision ${revision}`}</p>
<p>${deployment}, ${slot_cards_state(slot)}</p>
${pods(slot)}
</article>`;
}
function standby({ exists, replicas, ready }) {
    if (!exists || replicas === 0)
        return "idle";
    return ready < replicas ? "not ready" : "on standby";
}
function slot_cards_state({ exists, replicas, ready }) {
    if (!exists)
        return "does not exist";
    return replicas === 0 && ready === 0 ? "scaled to 0" : `${ready} of ${replicas} pods ready`;
}
function pods({ exists, ready, replicas }) {
    const drawn = Math.min(exists ? Math.max(replicas, ready) : 0, mostPods);
    if (drawn === 0)
        return undefined;
    const boxes = Array.from({ length: drawn }, (_, index) => (0,html/* html */.qy) `<i class="${index < ready ? "ready" : "unready"}"></i>`);
    return (0,html/* html */.qy) `<p class="pods" aria-hidden="true">${boxes}</p>`;
}

;// CONCATENATED MODULE: ./packages/report/tables.js


/** Which reference each container runs, whole: a digest is there to be compared. */
function imagesTable({ images }) {
    const rows = Object.entries(images);
    if (rows.length === 0)
        return undefined;
    return (0,html/* html */.qy) `<table><thead><tr><th>Container</th><th>Image</th></tr></thead><tbody>
${rows.map(([container, image]) => (0,html/* html */.qy) `<tr><td>${container}</td><td><code>${image}</code></td></tr>`)}
</tbody></table>`;
}
/** The revisions that are kept, the current one marked. */
function historyTable({ history, revision }) {
    if (history.length === 0)
        return undefined;
    return (0,html/* html */.qy) `<table><thead><tr><th>Revision</th><th>Ended</th><th>Images</th></tr></thead><tbody>
${history.map((one) => historyRow(one, one.revision === revision))}
</tbody></table>`;
}
function historyRow({ revision, result, images }, isCurrent) {
    const list = Object.entries(images).map(([name, image]) => (0,html/* html */.qy) `<div>${name} <code>${(0,words/* shortImage */.Uq)(image)}</code></div>`);
    return (0,html/* html */.qy) `<tr${isCurrent ? (0,html/* html */.qy) ` class="current"` : undefined}><td>${revision}</td><td><span class="result ${result ?? "open"}">${result ?? "unfinished"}</span></td><td>${list}</td></tr>`;
}
/** What became of each service of a run. */
function servicesTable(reports) {
    return (0,html/* html */.qy) `<table><thead><tr><th>Service</th><th>Outcome</th><th>Revision</th><th>Traffic</th><th>Took</th></tr></thead><tbody>
${reports.map((report) => (0,html/* html */.qy) `<tr><td>${report.service}</td><td class="${report.outcome}"><span class="outcome">${report.outcome}</span></td><td>${report.revision}</td><td>${(0,words/* trafficSentence */.Zr)(report)}</td><td>${(0,words/* duration */.p0)(report)}</td></tr>`)}
</tbody></table>`;
}

;// CONCATENATED MODULE: ./packages/report/ticks.js
/** Steps that people count time in, milliseconds. */
const ticks_steps = [
    1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000,
    900_000, 1_800_000,
];
const hour = 3_600_000;
/** Round times from 0 up to `length` milliseconds, at most six after the first. */
function ticks(length) {
    const step = ticks_steps.find((one) => length / one <= 6) ?? hour * Math.ceil(length / hour / 6);
    return Array.from({ length: Math.floor(length / step) + 1 }, (_, index) => index * step);
}

;// CONCATENATED MODULE: ./packages/report/timeline.js



/** In the picture's own units; it scales with the page. */
const width = 960;
const labels = 300;
const durations = 78;
const row = 28;
const timeline_top = 74;
const chart = width - labels - durations;
/** Who had the traffic over time, and below it, on the same scale, each step. */
function timeline(report) {
    const { steps, startedAt } = report;
    if (steps.length === 0)
        return undefined;
    const end = Math.max(report.finishedAt, ...steps.map((step) => step.startedAt + step.ms), startedAt + 1);
    const x = (at) => labels + (chart * (Math.min(Math.max(at, startedAt), end) - startedAt)) / (end - startedAt);
    const scale = { x: (at) => round(x(at)), start: startedAt, end };
    const height = timeline_top + steps.length * row + 30;
    return (0,html/* html */.qy) `<figure><svg class="timeline" viewBox="0 0 ${width} ${height}" role="img" aria-label="Traffic and steps over time">
${grid(scale, height)}
<text class="label" x="${labels - 14}" y="42" text-anchor="end">traffic</text>
${(0,release_report/* trafficSpans */.V)(report).map((span) => band(span, scale))}
${report.switches.map(({ at }) => (0,html/* html */.qy) `<line class="switch" x1="${scale.x(at)}" x2="${scale.x(at)}" y1="18" y2="${height - 24}"/>`)}
${steps.map((step, index) => bar(step, timeline_top + index * row, scale))}
</svg></figure>`;
}
function grid({ x, start, end }, height) {
    return ticks(end - start).map((after) => {
        const at = x(start + after);
        return (0,html/* html */.qy) `<line class="grid" x1="${at}" x2="${at}" y1="18" y2="${height - 24}"/><text class="tick" x="${at}" y="${height - 8}" text-anchor="middle">${after === 0 ? "0" : (0,duration/* formatDuration */.a)(after)}</text>`;
    });
}
function band({ color, from, to }, { x }) {
    const size = Math.max(x(to) - x(from), 1);
    const name = color ?? "no color";
    const text = size > 46
        ? (0,html/* html */.qy) `<text class="band" x="${round(x(from) + size / 2)}" y="42" text-anchor="middle">${name}</text>`
        : undefined;
    return (0,html/* html */.qy) `<rect class="${color ?? "nobody"}" x="${x(from)}" y="22" width="${round(size)}" height="30" rx="4"><title>${name} for ${(0,duration/* formatDuration */.a)(to - from)}</title></rect>${text}`;
}
function bar({ title, startedAt, ms, result, note }, y, { x }) {
    const size = Math.max(x(startedAt + ms) - x(startedAt), 3);
    const from = Math.min(x(startedAt), labels + chart - size);
    const told = note === undefined ? title : `${title}: ${note}`;
    return (0,html/* html */.qy) `<g class="step ${result}"><title>${told}</title>
<text class="label" x="${labels - 14}" y="${y + 18}" text-anchor="end">${shortened(title)}</text>
<rect x="${round(from)}" y="${y + 5}" width="${round(size)}" height="18" rx="3"/>${aside(note, from + size, y)}
<text class="time" x="${width}" y="${y + 18}" text-anchor="end">${result === "failed" ? "✕ " : ""}${(0,duration/* formatDuration */.a)(ms)}</text></g>`;
}
/** What the step found, where there is room beside its bar. */
function aside(note, from, y) {
    const room = labels + chart - from - 16;
    if (note === undefined || note.length * 6.6 > room)
        return undefined;
    return (0,html/* html */.qy) `<text class="note" x="${round(from + 8)}" y="${y + 18}">${note}</text>`;
}
/** As much as there is room for. */
function shortened(title) {
    return title.length <= 42 ? title : `${title.slice(0, 41)}…`;
}
function round(value) {
    return Math.round(value * 10) / 10;
}

;// CONCATENATED MODULE: ./packages/report/page.js








/**
 * One HTML page without scripts or anything from elsewhere; light, dark and on paper. Everything of the reports is escaped.
 * @param reports one for each service of the run
 */
function renderReport(reports) {
    const [first, ...more] = reports;
    const body = more.length === 0 ? (0,html/* html */.qy) `${reports.map(details)}` : joint(reports);
    return (0,report_document/* page */.M)((0,words/* jointHeadline */.HA)(reports), body, first?.finishedAt ?? 0);
}
function details(report) {
    return (0,html/* html */.qy) `${(0,banner/* banner */.vK)(report)}
${diagnosisCard(report)}
${(0,report_document/* section */.u)("Slots", slotCards(report))}
${(0,report_document/* section */.u)("What happened", timeline(report))}
${(0,report_document/* section */.u)("Images", imagesTable(report))}
${(0,report_document/* section */.u)("History", historyTable(report))}`;
}
/** Several services: all of them at a glance, and behind each name what there is of it. */
function joint(reports) {
    return (0,html/* html */.qy) `<h1>${(0,words/* jointHeadline */.HA)(reports)}</h1>
${(0,report_document/* section */.u)("Services", servicesTable(reports))}
${reports.map((report) => (0,html/* html */.qy) `<details${report.outcome === "succeeded" ? undefined : (0,html/* html */.qy) ` open`}><summary>${report.service}: ${(0,words/* headline */.Pl)(report)}</summary>${details(report)}</details>`)}`;
}

// EXTERNAL MODULE: ./actions/release/standing.js
var standing = __webpack_require__(9808);
;// CONCATENATED MODULE: ./actions/release/report-of.js


const kinds = {
    deploy: "release",
    promote: "release",
    rollback: "rollback",
    retire: "retirement",
};
/** What a run did and found, as its report tells it. */
function reportOf(ending, context) {
    const { outcome, reason, hint, observed, evidence, journal } = ending;
    const { service, slots, history } = observed;
    const { diagnosis } = evidence.failure ?? {};
    return {
        kind: kinds[context.wanted.kind],
        service: service.name,
        namespace: context.namespace,
        outcome,
        reason: context.reason === undefined ? reason : `${reason} (${context.reason})`,
        hint,
        ...(0,standing/* standing */.J)(observed),
        activeAtStart: context.activeAtStart,
        slots: release_color/* colors */.Tj.map((color) => slots[color]),
        steps: journal.map(({ title, startedAt, milliseconds, result, note }) => ({
            title,
            startedAt: startedAt.getTime(),
            ms: milliseconds,
            result,
            ...(note === undefined ? {} : { note }),
        })),
        switches: journal.flatMap(({ step, startedAt, milliseconds, result }) => {
            const at = startedAt.getTime() + milliseconds;
            if (result !== "passed")
                return [];
            if (step.kind === "narrow")
                return [{ at, from: undefined, to: step.color }];
            return step.kind === "switch" || step.kind === "switch-back" ? [{ at, from: step.from, to: step.to }] : [];
        }),
        history: history.map(({ revision, result, images }) => ({ revision, result, images })),
        ...(diagnosis === undefined ? {} : { diagnosis }),
        actor: context.identity.actor,
        runUrl: context.identity.runUrl,
        commit: context.identity.commit,
        startedAt: context.startedAt.getTime(),
        finishedAt: context.finishedAt.getTime(),
    };
}

;// CONCATENATED MODULE: ./actions/release/results.js






/** An output keeps the value that it was given last, so what is not there any more is said too. */
function standingOutputs(observed) {
    const known = observed.filter(({ service }) => service.active !== undefined);
    const services = Object.fromEntries(known.map((one) => [one.service.name, { ...(0,standing/* standing */.J)(one) }]));
    const [only, ...more] = observed;
    if (only === undefined || more.length > 0 || known.length === 0)
        return { services };
    const facts = (0,standing/* standing */.J)(only);
    return { ...facts, services, state: { version: 1, service: only.service.name, ...facts } };
}
/** Publishes each fact as soon as it is known; a run that is killed has said what it knew. */
function publisher(runner, services) {
    const newest = new Map();
    let last = "";
    return (observed) => {
        newest.set(observed.service.name, observed);
        const inOrder = services.flatMap((service) => newest.get(service) ?? []);
        const facts = standingOutputs(inOrder);
        const text = JSON.stringify(facts);
        if (text !== last && inOrder.length === services.length)
            runner.setOutputs(facts);
        last = text;
    };
}
/** Outputs, summary and report of a run, whatever its outcome. */
async function releaseResult(joint, told) {
    const { runner } = told;
    const { endings, outcome, culprit } = joint;
    const path = await tell(joint, told);
    const known = standingOutputs(endings.map(({ observed }) => observed));
    const services = Object.fromEntries(endings.map(({ observed: { service }, ...ending }) => {
        const facts = ending.unseen === undefined ? known.services?.[service.name] : undefined;
        return [service.name, { outcome: ending.outcome, ...facts, ...lost(ending.evidence) }];
    }));
    const [only] = endings;
    const reason = culprit?.reason ?? endings.map((one) => one.reason).join("\n");
    const outputs = {
        ...known,
        ...(known.state === undefined || only === undefined ? {} : { state: { ...known.state, ...lost(only.evidence) } }),
        ...(endings.some(({ unseen }) => unseen !== undefined) ? notSeen : {}),
        services,
        outcome,
        reason: firstLine(reason),
        ...(path === undefined ? {} : { report: path }),
        ...(culprit === undefined ? waiting(endings, told.context.wanted) : {}),
    };
    if (culprit === undefined) {
        for (const one of endings)
            runner.log.info(one.hint === undefined ? one.reason : `${one.reason}. ${one.hint}`);
        return { outputs };
    }
    const message = [reason, ...endings.map((ending) => whereTrafficIs(ending, endings.length > 1))].join("\n");
    const { hint, evidence } = culprit;
    return { outputs, failure: { message, hint, chapter: evidence.failure?.diagnosis?.anchor } };
}
/** What an earlier look found may not be true any more. */
const notSeen = {
    ...{ color: undefined, previousColor: undefined, revision: undefined },
    ...{ previousRevision: undefined, images: undefined, state: undefined },
};
/** What was cut with the old slot, if anything was; `connections` only where they could be counted. */
function lost({ parting }) {
    const cut = parting === undefined ? undefined : cutBy(parting);
    if (cut === undefined)
        return {};
    const { message: _message, hint: _hint, ...numbers } = cut;
    return { cut: numbers };
}
/** What `promote` is told: what was proved, or serves already. */
function waiting(endings, wanted) {
    if (wanted.kind !== "deploy" || wanted.switch !== "manual")
        return {};
    const previews = endings.map(({ observed }) => {
        const goal = (0,release_goal/* findGoal */.py)(observed, wanted);
        return [observed.service.name, "color" in goal ? (0,approval/* approvalOf */.x)(observed, goal.color) : undefined];
    });
    return { preview: Object.fromEntries(previews) };
}
/** Writes summary and report; returns the report's path, if it could be written. */
async function tell({ endings, culprit }, { runner, context, services }) {
    const finishedAt = runner.clock.date();
    const first = culprit?.observed.service.name;
    const inOrder = endings.map((ending, index) => {
        const { namespace = "", activeAtStart } = services[index] ?? {};
        return reportOf(ending, { ...context, namespace, activeAtStart, finishedAt });
    });
    // Whose trouble came first stands above those that only went with it.
    const reports = inOrder.toSorted((one, other) => Number(other.service === first) - Number(one.service === first));
    const [top, ...more] = reports;
    const name = more.length === 0 ? top?.service : `${reports.length}-services`;
    const path = (0,external_node_path_.join)(runner.temp, `cutover-${top?.namespace}-${name}.html`);
    runner.addSummary(renderSummary(reports));
    try {
        await (0,promises_.writeFile)(path, renderReport(reports));
        return path;
    }
    catch (error) {
        runner.log.warning(`The report could not be written to ${path}: ${String(error)}`);
        return undefined;
    }
}
/** The outcome of a run that an error ended before it could begin. */
function outcomeOf({ code }) {
    const outcomes = {
        superseded: "superseded",
        "timed-out": "timed-out",
        unreachable: "failed",
        unavailable: "failed",
    };
    return outcomes[code] ?? "refused";
}
/** Outputs are short; the whole message stands in the log. */
function firstLine(message) {
    return message.split("\n", 1)[0] ?? "";
}
function whereTrafficIs(ending, isOneOfMany) {
    const { outcome, observed, evidence, journal, unseen } = ending;
    const { service } = observed;
    const { active, revision, name } = service;
    const traffic = isOneOfMany ? `Traffic of ${name}` : "Traffic";
    const place = revision === undefined ? active : `${active} (revision ${revision})`;
    if (unseen !== undefined)
        return `${traffic} may be on ${unseen.to}: the answer to its switch never came. Before, it was on ${place ?? "no color"}.`;
    if (active === undefined)
        return isOneOfMany ? `Nothing was switched of ${name}.` : "Nothing was switched.";
    if (outcome === "superseded")
        return `${traffic} is on ${place} now.`;
    if (outcome === "refused" && !evidence.switched && journal.length > 0)
        return `Nothing was switched by this run; ${traffic.replace("T", "t")} is on ${place}.`;
    if (evidence.switchedBack)
        return `${traffic} is back on ${place}.`;
    return evidence.switched ? `${traffic} is on ${place}.` : `${traffic} stayed on ${place}; nothing was switched.`;
}

;// CONCATENATED MODULE: ./actions/release/print-plan.js







/** Shows what a run would do, step by step, with the server's own dry run of each object it would write. */
function printPlan(services, runner) {
    for (const one of services)
        runner.addSummary(printed(one));
    const refusals = services.flatMap(({ rehearsal: { plan } }) => (plan.end.kind === "refused" ? [plan.end] : []));
    const steps = services.reduce((sum, { rehearsal: { plan } }) => sum + plan.steps.length, 0);
    const [refusal] = refusals;
    const reason = refusal?.reason ?? `Dry run: ${steps} steps; nothing was written`;
    const standing = standingOutputs(services.map(({ rehearsal: { observed } }) => observed));
    const outputs = { ...standing, outcome: refusal === undefined ? "succeeded" : "refused", reason };
    const message = refusals.map((one) => one.reason).join("\n");
    return refusal === undefined ? { outputs } : { outputs, failure: { message, hint: refusal.hint } };
}
/** Prints the plan of one service, and returns its Markdown. */
function printed({ setting: { service, log }, rehearsal }) {
    const { plan, changes, pruned, observed } = rehearsal;
    const lines = plan.steps.map((step, index) => `${index + 1}. ${(0,release_step/* title */.D)(step)}`);
    log.info(lines.length === 0 ? `Nothing to do: ${plan.end.reason}` : `The plan for Service ${service}:`);
    for (const [index, step] of plan.steps.entries()) {
        log.info(lines[index] ?? "");
        for (const change of changes.get(step) ?? [])
            log.untrusted(diffOf(change));
        for (const line of pruned.get(step) ?? [])
            log.info(`   ${line}`);
    }
    const end = plan.end.kind === "refused" ? plan.end.reason : `${plan.steps.length} steps; nothing was written`;
    const items = plan.steps.flatMap((step, index) => {
        const told = (pruned.get(step) ?? []).map((line) => `   - ${escapeMarkdown(line)}`);
        return [lines[index] ?? "", ...told];
    });
    const standing = renderStanding({ slots: release_color/* colors */.Tj.map((color) => observed.slots[color]), history: observed.history });
    return [`### Plan for ${service}`, "", ...items, "", escapeMarkdown(end), "", standing].join("\n");
}
function diffOf({ before, after }) {
    const name = (0,manifests_resource/* describeObject */.v8)(after);
    return (0,create/* createTwoFilesPatch */.ss)(`${name} now`, `${name} then`, before === undefined ? "" : readable(before), readable(after), "", "", { context: 2 });
}
/** The object as people write it: without what the server keeps for itself, and without any Secret's value. */
function readable(resource) {
    const { status: _status, metadata, ...rest } = (0,manifests_resource/* hideSecretValues */.jw)(resource);
    const { managedFields: _fields, resourceVersion: _version, generation: _generation, uid: _uid, creationTimestamp: _created, annotations = {}, ...kept } = metadata;
    // They change with every write and say nothing of the release.
    const { [release_annotations/* annotation */.w.epoch]: _epoch, [release_annotations/* annotation */.w.operation]: _operation, ...told } = annotations;
    const noted = Object.keys(told).length === 0 ? kept : { ...kept, annotations: told };
    return (0,dist/* stringify */.As)({ ...rest, metadata: noted }, { sortMapEntries: true });
}

// EXTERNAL MODULE: ./actions/release/questions.js
var questions = __webpack_require__(8051);
// EXTERNAL MODULE: ./actions/release/setting.js
var setting = __webpack_require__(9218);
;// CONCATENATED MODULE: ./actions/release/run-release.js







/** One release or rollback, from connecting to the locks' release; what goes wrong is told as its outcome. */
async function runRelease(run, runner) {
    try {
        const client = await (0,connect/* connect */.N)(run.inputs, runner);
        try {
            return await releaseOn(client, run, runner);
        }
        finally {
            await client.close();
        }
    }
    catch (error) {
        if (!(0,errors/* isCutoverError */.j)(error))
            throw error;
        runner.setOutputs({ outcome: outcomeOf(error), reason: firstLine(error.message) });
        throw error;
    }
}
/** Everything that can be refused is refused before the first write. */
async function releaseOn(client, run, runner) {
    const settings = await (0,setting/* settingsOf */.f)(run, runner, client).catch(async (error) => {
        if ((0,errors/* isCutoverError */.j)(error, "forbidden"))
            await requireAll(client, run);
        throw error;
    });
    for (const setting of settings.slice(0, 1))
        await (0,connect/* requireRights */.X)(client, (0,questions/* questionsFor */.N)(setting, run.wanted));
    const { wanted, looks } = await agreed(settings, run.wanted);
    const startedAt = runner.clock.date();
    const [first] = settings;
    // Nothing that stands around a service keeps it from going back.
    const around = wanted.kind === "deploy" && first ? readAround(client, first.namespace, runner.log) : undefined;
    const journeys = await Promise.all(settings.map(async (setting, index) => {
        const known = { around, snapshot: looks[index]?.snapshot, prunes: run.inputs.dryRun };
        const rehearsal = await (0,preview/* preview */.V)(setting, wanted, known);
        return { setting, rehearsal, engine: createNativeEngine(setting, rehearsal.snapshot) };
    }));
    for (const { setting, rehearsal } of journeys)
        await (0,connect/* requireRights */.X)(client, (0,questions/* questionsOf */.P)(rehearsal.plan, setting, wanted));
    if (run.inputs.dryRun)
        return printPlan(journeys, runner);
    const ended = await underLock(journeys, wanted, runner);
    const endings = await Promise.all(ended.endings.map(async (ending, index) => isOvertaken(ending) ? await asItStands(ending, settings[index]) : ending));
    const services = journeys.map(({ setting: { namespace }, rehearsal }) => ({
        namespace,
        activeAtStart: rehearsal.observed.service.active,
    }));
    const context = { wanted, reason: run.reason, startedAt, identity: runner.identity };
    return await releaseResult({ ...ended, endings }, { runner, context, services });
}
/** What is wanted of several services that go back: they have to be seen side by side first. */
async function agreed(settings, wanted) {
    if (wanted.kind !== "rollback" || settings.length < 2)
        return { wanted, looks: [] };
    const looks = await Promise.all(settings.map(look/* look */.O));
    const all = looks.map(({ observed }) => observed);
    return { wanted: wantedTogether(all, wanted), looks };
}
/** What runs is read before the rights are known: its refusal names one of them, and this all that lack. */
async function requireAll(client, { inputs, wanted, adopt }) {
    const { namespace = client.namespace, probe } = inputs;
    await (0,connect/* requireRights */.X)(client, (0,questions/* questionsFor */.N)({ namespace, probe, adopt, source: { kind: "images" } }, wanted));
}
async function underLock(journeys, wanted, runner) {
    const { clock, signal, identity } = runner;
    const [first] = journeys;
    const services = journeys.map(({ setting }) => setting.service);
    if (first !== undefined) {
        const { namespace } = first.setting;
        runner.saveState({ namespace, services: services.join("\n"), holder: identity.holder });
    }
    const publish = publisher(runner, services);
    const parties = journeys.map(({ setting: { service, log }, engine }) => {
        return { service, engine, around: { log, onObserved: publish } };
    });
    try {
        return await convergeTogether(parties, wanted, { clock, signal });
    }
    finally {
        const freed = await Promise.all(journeys.map(isFreed));
        // Then there is nothing left for post to look after.
        if (freed.every(Boolean))
            runner.saveState({});
    }
}
async function isFreed({ engine, setting: { log } }) {
    try {
        return await engine.close();
    }
    catch (error) {
        log.warning(`The lock was not freed, and expires by itself: ${String(error)}`);
        return false;
    }
}
/** Whether somebody else, a run or a hand, may have the last word: who is refused after its first step found that, or who waited for the lock in vain. */
function isOvertaken({ outcome, journal, observed }) {
    const isShutOut = outcome === "timed-out" && !observed.locked;
    return outcome === "superseded" || isShutOut || (outcome === "refused" && journal.length > 0);
}
/** What a run last saw is not true any more then: its outputs would lead later steps astray. */
async function asItStands(ending, setting) {
    if (setting === undefined)
        return ending;
    try {
        return { ...ending, observed: await createNativeEngine(setting).observe() };
    }
    catch (error) {
        if ((0,errors/* isCutoverError */.j)(error))
            return ending;
        throw error;
    }
}


/***/ })

};
