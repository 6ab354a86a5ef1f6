export const id = 796;
export const ids = [796];
export const modules = {

/***/ 5796:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  preflight: () => (/* binding */ preflight)
});

// EXTERNAL MODULE: ./packages/action-kit/action.js
var action = __webpack_require__(698);
// EXTERNAL MODULE: ./packages/release/errors.js
var errors = __webpack_require__(299);
// EXTERNAL MODULE: ./packages/kubernetes/native/kinds.js
var kinds = __webpack_require__(2850);
// EXTERNAL MODULE: ./packages/kubernetes/native/snapshot.js
var snapshot = __webpack_require__(9602);
// EXTERNAL MODULE: ./packages/release/pod-symptom.js
var pod_symptom = __webpack_require__(7043);
// EXTERNAL MODULE: ./packages/release/symptom.js
var symptom = __webpack_require__(2217);
// EXTERNAL MODULE: ./packages/release/duration.js
var duration = __webpack_require__(296);
// EXTERNAL MODULE: ./packages/kubernetes/native/facts.js
var native_facts = __webpack_require__(8150);
;// CONCATENATED MODULE: ./packages/kubernetes/job/answer.js


/** What is known of one container of the pod; `undefined` while it is worth waiting. */
function answerOf(pod, container, waiting) {
    const state = pod.status?.containerStatuses?.find(({ name }) => name === container)?.state;
    if (state?.terminated !== undefined) {
        const { exitCode = 0, message = "", reason = "" } = state.terminated;
        return unstarted.has(reason) ? cannotStart(container, message) : { exitCode, said: message };
    }
    if (hasEnded(pod))
        return gone(pod);
    if (state?.running !== undefined)
        return waiting.isOver ? late(waiting) : undefined;
    const facts = (0,native_facts/* podFacts */.z)(pod, []);
    // Of the others some may have ended, and that is not why this one has not.
    const own = { ...facts, ready: false, containers: facts.containers.filter(({ name }) => name === container) };
    const symptom = (0,pod_symptom/* podSymptom */.d)(own, {});
    return symptom === undefined ? undefined : troubleOf(symptom, waiting);
}
/** What container runtimes say where there is no such program in the image. */
const unstarted = new Set(["StartError", "ContainerCannotRun"]);
function cannotStart(container, message) {
    const hint = "Look whether its image has the program, for the processor of the nodes.";
    return { kind: "cannot-start", why: `could not start container ${container}: ${(0,symptom/* oneLine */.T)(message)}`, hint };
}
/** A pod that never came, and what the cluster has told of it. */
function neverCame(refusal, waiting) {
    if (refusal !== undefined) {
        const hint = "Look at the quotas, limits and admission rules of the namespace: kubectl describe quota,limits";
        return { kind: "refused", why: `was refused: ${(0,symptom/* oneLine */.T)(refusal)}`, hint };
    }
    if (!waiting.isOver)
        return undefined;
    const hint = "Look at the Job's events while it is there. With `list` for `events` the cause is told here.";
    return { kind: "late", why: `did not come within ${(0,duration/* formatDuration */.a)(waiting.waited)}`, hint };
}
/** Somebody or something has taken it away, the Job's own deadline too. */
function gone(pod) {
    const { reason = "", message = "" } = pod.status ?? {};
    const told = [reason, message].filter((text) => text !== "").join(": ");
    const hint = "Look who deletes or evicts pods in the namespace, and run it again.";
    return { kind: "gone", why: `went away before it answered${told === "" ? "" : `: ${(0,symptom/* oneLine */.T)(told)}`}`, hint };
}
function hasEnded({ status, metadata }) {
    return metadata.deletionTimestamp !== undefined || status?.phase === "Failed" || status?.phase === "Succeeded";
}
function late({ waited }) {
    const hint = "Look whether what it asks answers at all; its `within` may be longer than `timeout` allows.";
    return { kind: "late", why: `had not answered after ${(0,duration/* formatDuration */.a)(waited)}`, hint };
}
/** A wait is worth while until the symptom condemns the pod, or the time is over. */
function troubleOf(symptom, waiting) {
    const { kind, cause, reason, message, hint, condemns } = symptom;
    const lasted = waiting.lasting(symptom);
    const isDoomed = condemns === "at-once" || (typeof condemns === "number" && lasted >= condemns);
    if (!isDoomed && !waiting.isOver)
        return undefined;
    const told = [reason, message].filter((text) => text !== "").join(": ");
    const after = kind === "starting" ? `was still starting after ${(0,duration/* formatDuration */.a)(waiting.waited)}` : cause;
    return { kind, why: told === "" ? after : `${after} (${told})`, hint };
}

;// CONCATENATED MODULE: ./packages/kubernetes/job/answers.js




/** Milliseconds between two looks while nothing changes. */
const lookEvery = 1_000;
/** Waits for the Job's one pod, until each container has ended or it is known why it will not. */
async function answersOf(client, { job, containers, signal, ...short }) {
    const { namespace, name } = job.metadata;
    const collection = { ...(0,snapshot/* collectionOf */.iw)("Pod", namespace), labelSelector: `job-name=${name}` };
    const pods = await client.look(collection, { signal });
    const wait = waitOf(short, signal);
    let last;
    try {
        for (;;) {
            const changed = pods.changed();
            const [item] = pods.items();
            const waiting = wait();
            const pod = item === undefined ? undefined : (0,kinds.as)("Pod", item);
            const whole = pod === undefined ? await withoutPod(client, { job, last, waiting }) : undefined;
            last = pod ?? last;
            const found = containers.map((one) => [one, whole ?? (pod === undefined ? undefined : answerOf(pod, one, waiting))]);
            const answered = found.flatMap(([one, answer]) => (answer === undefined ? [] : [[one, answer]]));
            if (waiting.isOver || answered.length === containers.length)
                return new Map(answered);
            await woken(changed, short.clock, signal);
        }
    }
    finally {
        pods.close();
    }
}
function waitOf({ clock, patience }, signal) {
    const started = clock.now();
    const since = new Map();
    return () => {
        const now = clock.now();
        const lasting = ({ id }) => {
            since.set(id, since.get(id) ?? now);
            return now - (since.get(id) ?? now);
        };
        return { waited: now - started, isOver: signal.aborted || now - started >= patience, lasting };
    };
}
async function withoutPod(client, { job, last, waiting }) {
    if (last !== undefined)
        return gone(last);
    // Its pod comes within a moment, unless it does not come at all.
    const refusal = waiting.waited < lookEvery ? undefined : await refusalOf(client, job);
    return neverCame(refusal, waiting);
}
/** What the Job's controller says of the pod that it could not make; nothing where the credentials may not read it. */
async function refusalOf(client, { metadata: { namespace, name } }) {
    try {
        const fieldSelector = `involvedObject.kind=Job,involvedObject.name=${name}`;
        const { items } = await client.list({ ...(0,snapshot/* collectionOf */.iw)("Event", namespace), fieldSelector });
        const told = items.map((item) => (0,kinds.as)("Event", item)).findLast(({ reason }) => reason === "FailedCreate");
        return told?.message;
    }
    catch (error) {
        if ((0,errors/* isCutoverError */.j)(error))
            return undefined;
        throw error;
    }
}
async function woken(changed, clock, signal) {
    const awake = new AbortController();
    await Promise.race([changed, clock.sleep(lookEvery, AbortSignal.any([signal, awake.signal]))]);
    awake.abort("woken");
}

;// CONCATENATED MODULE: ./packages/kubernetes/job/short-job.js


/** How often its removal is tried, and milliseconds between. */
const attempts = 3;
const pause = 500;
/**
 * Runs a Job of one pod to its end, and removes it whatever happens, with its pod.
 * @returns how each container has ended, or why it has not
 * @throws what the server refuses the Job for
 */
async function runShortJob(client, short) {
    try {
        // Without the signal: a request that was given up could still land after the removal.
        await client.create(short.job);
        return await answersOf(client, short);
    }
    finally {
        await removed(client, short);
    }
}
/** Whether its creation was heard of or not: an answer can be lost. What cannot be removed is told, and goes by itself. */
async function removed(client, { job, clock, log }) {
    for (let left = attempts - 1; left >= 0; left -= 1)
        try {
            return await removeJob(client, job.metadata);
        }
        catch (error) {
            if (!(0,errors/* isCutoverError */.j)(error))
                throw error;
            if (left === 0)
                log.warning(`${error.message}. It ends and goes by itself.`);
            else
                await clock.sleep(pause);
        }
}
/** Removes a Job with its pod, where it is there. */
async function removeJob(client, { namespace, name }) {
    try {
        // Without a policy the pod of a Job would stay.
        await client.delete({ apiVersion: "batch/v1", kind: "Job", namespace, name }, { propagation: "Background" });
    }
    catch (error) {
        if (!(0,errors/* isCutoverError */.j)(error, "not-found"))
            throw error;
    }
}

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

// EXTERNAL MODULE: ./actions/release/connect.js + 29 modules
var connect = __webpack_require__(6552);
;// CONCATENATED MODULE: ./actions/preflight/http-script.js
/**
 * For `sh`: asks `$1` within `$2` seconds, with whichever of four programs is there. The status must match the pattern `$3`, and
 * the body must hold `$4`. Redirects are not followed: wget would, and so its first status counts. Of TLS wget may know nothing.
 */
const httpScript = `
has() { command -v "$1" >/dev/null 2>&1; }
if has curl; then said=$(curl -sS -m "$2" -w '\\n%{http_code}' "$1") || exit 1
elif has python3; then said=$(python3 -c '
import sys, urllib.error, urllib.request
class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_): return None
try: answer = urllib.request.build_opener(Stay).open(sys.argv[1], timeout=float(sys.argv[2]))
except urllib.error.HTTPError as error: answer = error
except Exception as error: sys.exit(str(error))
sys.stdout.buffer.write(answer.read() + b"\\n%d" % answer.getcode())' "$1" "$2") || exit 1
elif has node; then said=$(node -e '
const [, url, wait] = process.argv;
fetch(url, { redirect: "manual", signal: AbortSignal.timeout(wait * 1000) })
  .then(async (answer) => process.stdout.write(await answer.text() + "\\n" + answer.status))
  .catch((error) => { console.error(error.cause?.message || error.message); process.exitCode = 1; });' "$1" "$2") || exit 1
elif has wget && [ "\${1#http:}" != "$1" ]; then
  # Not -T where there is another way: it makes a wget of busybox crash.
  has timeout && ask="timeout $2 wget" || ask="wget -T $2"
  heard=$(exec 2>&1; $ask -S -O /dev/null "$1"; exit $?)
  case $? in 124|143) heard="no answer within $2 s";; esac
  case $heard in *HTTP/*) ;; *) echo "\${heard##*
}" >&2; exit 1;; esac
  status=\${heard#*HTTP/}; status=\${status#* }; status=\${status%%[!0-9]*}
  said="$([ -z "$4" ] || $ask -q -O - "$1" 2>/dev/null)
$status"
else exit 127; fi
status=\${said##*
}
case $status in $3) ;; *) echo "it answers $status" >&2; exit 1;; esac
case \${said%
*} in *"$4"*) echo answered;; *) echo "it answers $status, without the text" >&2; exit 1;; esac`;

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
 * @param findings one for each object, service or endpoint; with none there was nothing to check, for the reason `otherwise`, which is empty where that cannot be
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

;// CONCATENATED MODULE: ./actions/preflight/server-asked.js


/** `db.internal:5432`, which is all of a server that is ever printed. */
function nameOf({ host, port }) {
    return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}
/**
 * What a server's answer comes to, judged by `judge`, which also hears how long it took. Who cannot be reached or refuses has
 * failed the check; only what is no matter of the server is an error.
 */
async function asked(server, { runner, signal }, { talk, judge }) {
    const { host, port, within } = server;
    const name = nameOf(server);
    const remedy = `Look at ${name}, and whether this runner may connect to it; a release that depends on it would not become ready.`;
    try {
        const { answer, ms } = await runner.sockets.talk({ host, port, timeout: within, signal }, talk);
        return judge(answer, (0,duration/* formatDuration */.a)(ms));
    }
    catch (error) {
        if ((0,errors/* isCutoverError */.j)(error, "rejected"))
            return fail(error.message.replace(/^it /, `${name} `), error.hint ?? remedy);
        if ((0,errors/* isCutoverError */.j)(error, "unreachable"))
            return fail(error.message, error.hint ?? remedy);
        throw error;
    }
}

;// CONCATENATED MODULE: ./actions/preflight/pod-questions.js


/** With whichever of four is there: images for production have few programs. */
const reach = `
has() { command -v "$1" >/dev/null 2>&1; }
if has nc; then
  # A small nc knows no -z: what it should run once it is connected does as well.
  said=$(nc -z -w "$3" "$1" "$2" 2>&1) || case $said in
    *option*) nc -w "$3" "$1" "$2" -e true;;
    *) [ -z "$said" ] || echo "$said" >&2; false;;
  esac
elif has bash && has timeout; then timeout "$3" bash -c 'exec 3<>"/dev/tcp/$1/$2"' bash "$1" "$2"
elif has python3; then python3 -c 'import socket, sys; socket.create_connection((sys.argv[1], sys.argv[2]), float(sys.argv[3]))' "$1" "$2" "$3"
elif has node; then node -e 'const [, host, port, wait] = process.argv; require("net").connect({ host, port }, () => process.exit(0)).on("error", (e) => { console.error(e.message); process.exit(1); }).setTimeout(wait * 1000, () => process.exit(1));' "$1" "$2" "$3"
else exit 127; fi && echo reached`;
/** Whether a pod can connect. */
function tcpQuestion(server, via) {
    const words = [server.host, `${server.port}`, seconds(server)];
    return { via, subject: nameOf(server), script: reach, words, answer: "reached", tool: "nc, bash, python3 or node" };
}
/** Whether a pod gets the answer over HTTP that it should. */
function endpointQuestion(endpoint, via) {
    const { url, status, contains = "" } = endpoint;
    const words = [url, seconds(endpoint), status.replaceAll("x", "?"), contains];
    const tool = `${url.startsWith("https:") ? "curl" : "curl, wget"}, python3 or node`;
    return { via, subject: url, script: httpScript, words, answer: "answered", tool };
}
/** Whether the service's own database answers its own user. */
function postgresQuestion(server) {
    // What else it says is of an address that it cannot read, and repeats parts of it.
    const shown = '*"connect to"*|*"connection to"*|*FATAL*|*ERROR*|*"host name"*';
    const script = `${variableOf("psql")}
${told(`PGCONNECT_TIMEOUT="$2" $limit psql "$url" -XAtc 'select 1'`, shown)}`;
    return { ...byVariable(server), script, answer: "1", tool: "psql" };
}
/** Whether the service's own Redis answers it. */
function redisQuestion(server) {
    // redis-cli takes a password without a user for that of a user without a name.
    const script = `${variableOf("redis-cli")}
case $url in *://:*) url="\${url%%://:*}://\${url#*://:}";; esac
${told('$limit redis-cli -u "$url" --no-auth-warning ping', "*")}`;
    return { ...byVariable(server), script, answer: "PONG", tool: "redis-cli" };
}
/** Runs a command that knows a password which nobody masks: what it says of its failure is `shown`, unless it has an @. */
function told(command, shown) {
    return `said=$(${command} 2>&1); code=$?
case $code in 0) echo "$said"; exit;; 124|143) said="no answer within $2 s";; esac
case $said in
  *@*) ;;
  ${shown}|"no answer"*) echo "$said" >&2; exit $code;;
esac
echo "the address in it cannot be read: signs such as % and @ must be encoded" >&2; exit 1`;
}
function byVariable({ variable, via, within }) {
    return { via, subject: `$${variable}`, variable, words: [variable, seconds({ within })] };
}
/** The address never leaves the pod. */
function variableOf(program) {
    return `command -v ${program} >/dev/null 2>&1 || exit 127
eval "url=\\\${$1-}"; [ -n "$url" ] || exit 126
command -v timeout >/dev/null 2>&1 && limit="timeout $2" || limit=`;
}
/** Whole ones, as these programs count. */
function seconds({ within }) {
    return `${Math.max(1, Math.ceil(within / 1_000))}`;
}

;// CONCATENATED MODULE: ./actions/preflight/asked-pods.js

/** Whether a check runs. */
function isChosen(id, { checks, skip = [] }) {
    return (checks?.includes(id) ?? true) && !skip.includes(id);
}
/** All that pods are asked, by the input that asks it. */
function podQuestions(inputs) {
    const { endpoints = [], tcp = [], postgres = [], redis = [] } = inputs;
    const asked = {
        endpoints: endpoints.flatMap((one) => (one.via === undefined ? [] : [endpointQuestion(one, one.via)])),
        tcp: tcp.flatMap((one) => (one.via === undefined ? [] : [tcpQuestion(one, one.via)])),
        postgres: postgres.flatMap((one) => ("variable" in one ? [postgresQuestion(one)] : [])),
        redis: redis.flatMap((one) => ("variable" in one ? [redisQuestion(one)] : [])),
    };
    return Object.entries(asked)
        .filter(([id]) => isChosen(id, inputs))
        .flatMap(([input, questions]) => questions.map((one) => ({ ...one, input })));
}
/** Nothing is made in the cluster that nobody has allowed, and no key goes there. */
function refuseProbes(inputs, refuse) {
    const byJob = podQuestions(inputs).find(({ via }) => via === "job");
    if (byJob !== undefined && inputs.probeImage === undefined)
        refuse("probeImage", `expected an image, which allows the short Job that \`${byJob.input}\` asks for by \`via=job\``);
    const keyed = inputs.endpoints?.find(({ url, via }) => via !== undefined && inputs.endpointsAuthorization?.[new URL(url).host] !== undefined);
    if (keyed !== undefined)
        refuse("endpointsAuthorization", `the key for ${keyed.url} would stand in the log of the API server by \`via=${keyed.via}\`; ask from the runner`);
}

// EXTERNAL MODULE: ../../node_modules/zod/v4/classic/schemas.js + 11 modules
var schemas = __webpack_require__(3045);
;// CONCATENATED MODULE: ./packages/metrics/matchers.js
const matchers_form = /^\s*([a-zA-Z_]\w*)\s*(=~|!~|!=|=)\s*(?:"((?:[^"\\]|\\.)*)"|([^",\s]*))\s*(?:,|$)/;
/** Matchers between commas; a value that holds a comma or a blank stands in quotes. `undefined` for anything else. */
function readMatchers(text) {
    const matchers = [];
    for (let rest = text.trim(); rest !== "";) {
        const [all = "", label, is, quoted, bare] = matchers_form.exec(rest) ?? [];
        if (label === undefined)
            return undefined;
        // The expression names no other signs.
        matchers.push({ label, is: is, value: quoted?.replace(/\\(.)/g, "$1") ?? bare ?? "" });
        rest = rest.slice(all.length).trim();
    }
    return matchers.length === 0 ? undefined : matchers;
}
/** As both read it: `severity="critical"`. */
function written({ label, is, value }) {
    return `${label}${is}${JSON.stringify(value)}`;
}

;// CONCATENATED MODULE: ./packages/metrics/monitor.js

/**
 * The JSON of an answer. Nothing else is one: not a page to log in at, whatever its status, and not half an answer.
 * @throws `unauthorized`; `rejected` with the server's own words where it refuses the question; `unavailable` for the rest;
 * what the port throws
 */
async function askMonitor(monitor, { path, query, schema }) {
    const { web, authorization, timeout, signal } = monitor;
    const url = `${monitor.url.replace(/\/+$/, "")}/${path}?${new URLSearchParams(query.map(([...pair]) => pair))}`;
    const isSecret = authorization !== undefined;
    const headers = { accept: "application/json", ...(isSecret ? { authorization } : {}) };
    const answer = await web.ask({ url, headers, timeout, signal, allowHttp: !isSecret });
    const name = `${new URL(url).origin}/${path}`;
    const body = jsonOf(answer);
    const result = answer.status === 200 ? schema.safeParse(body) : undefined;
    if (result?.success === true)
        return result.data;
    throw refused(name, answer, body);
}
function refused(name, { status, headers }, body) {
    const said = wordsOf(body);
    const what = `${name} answers ${status}${said === undefined ? "" : `: ${said}`}`;
    if (status === 401 || status === 403)
        return new errors/* CutoverError */.D("unauthorized", what, {
            hint: "Give the header in `monitoring-authorization`, such as `Bearer …`.",
        });
    if ((status === 400 || status === 422) && said !== undefined)
        return new errors/* CutoverError */.D("rejected", what, { hint: "Correct the matchers that it was asked with." });
    const { location = "" } = headers;
    const where = location === "" ? "" : ` and leads to ${location}`;
    const shape = status === 200 ? `${what}, but with something else than its API has` : `${what}${where}`;
    return new errors/* CutoverError */.D("unavailable", shape, {
        hint: "See that the address is that of its API, without `/graph` or `/#/alerts`, and that it is well.",
    });
}
/** Prometheus says `error`; Alertmanager a bare string, or `message`. */
function wordsOf(body) {
    if (typeof body === "string")
        return body;
    if (typeof body !== "object" || body === null)
        return undefined;
    const said = "error" in body ? body.error : "message" in body ? body.message : undefined;
    return typeof said === "string" ? said : undefined;
}
function jsonOf({ body }) {
    try {
        return JSON.parse(body);
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./packages/metrics/query.js


const labels = schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* string */.YjP());
const point = schemas/* tuple */.PVZ([schemas/* number */.aig(), schemas/* string */.YjP()]);
const answer = schemas/* object */.Ikc({
    status: schemas/* literal */.euz("success"),
    warnings: schemas/* array */.YOg(schemas/* string */.YjP()).nullish(),
    data: schemas/* discriminatedUnion */.gMt("resultType", [
        schemas/* object */.Ikc({ resultType: schemas/* literal */.euz("vector"), result: schemas/* array */.YOg(schemas/* object */.Ikc({ metric: labels, value: point })) }),
        schemas/* object */.Ikc({ resultType: schemas/* literal */.euz("scalar"), result: point }),
    ]),
});
/** An instant query. @throws as `askMonitor` */
async function queryPrometheus(monitor, query) {
    const { data, warnings } = await askMonitor(monitor, {
        path: "api/v1/query",
        query: [["query", query]],
        schema: answer,
    });
    const samples = data.resultType === "scalar"
        ? [{ labels: {}, value: numberOf(data.result[1]) }]
        : data.result.map(({ metric, value }) => ({ labels: metric, value: numberOf(value[1]) }));
    return { samples, warnings: warnings ?? [] };
}
/** Prometheus writes `+Inf`. What is no number at all is none. */
function numberOf(text) {
    const sign = /^([+-]?)Inf$/i.exec(text)?.[1];
    if (sign !== undefined)
        return sign === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    return text.trim() === "" ? Number.NaN : Number(text);
}

;// CONCATENATED MODULE: ./packages/metrics/alerts.js




const texts = schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* string */.YjP());
const alerts = schemas/* array */.YOg(schemas/* object */.Ikc({
    labels: texts,
    annotations: texts.optional(),
    startsAt: schemas/* string */.YjP().optional(),
    status: schemas/* object */.Ikc({ state: schemas/* string */.YjP() }),
}));
/** Alerts that Alertmanager would tell people of: none that is silenced or inhibited. @throws as `askMonitor` */
async function activeAlerts(alertmanager, matchers) {
    const query = [
        ...[["active", "true"], ["silenced", "false"], ["inhibited", "false"]],
        ...matchers.map((matcher) => ["filter", written(matcher)]),
    ];
    const all = await askMonitor(alertmanager, { path: "api/v2/alerts", query, schema: alerts });
    return all
        .filter(({ status }) => status.state === "active")
        .map(({ labels, annotations, startsAt }) => ({
        name: labels.alertname ?? "without a name",
        labels,
        since: startsAt,
        summary: annotations?.summary ?? annotations?.description,
    }));
}
/** Alerts that fire by Prometheus' own rules; it knows of no silences. @throws as `askMonitor` */
async function firingAlerts(prometheus, matchers) {
    const found = ['alertstate="firing"', ...matchers.map(written)].join(",");
    const { samples, warnings } = await queryPrometheus(prometheus, `ALERTS{${found}}`);
    const alerts = samples.map(({ labels: { alertname, __name__, alertstate, ...labels } }) => ({
        name: alertname ?? "without a name",
        labels,
        since: undefined,
        summary: undefined,
    }));
    return { alerts, warnings };
}
const rules = schemas/* object */.Ikc({
    status: schemas/* literal */.euz("success"),
    data: schemas/* object */.Ikc({
        groups: schemas/* array */.YOg(schemas/* object */.Ikc({
            rules: schemas/* array */.YOg(schemas/* object */.Ikc({ name: schemas/* string */.YjP(), health: schemas/* string */.YjP().optional(), lastError: schemas/* string */.YjP().optional() })),
        })),
    }),
});
/** The rules that can make an alert fire, and what is wrong with those that cannot be evaluated. @throws as `askMonitor` */
async function alertingRules(prometheus) {
    const { data } = await askMonitor(prometheus, { path: "api/v1/rules", query: [["type", "alert"]], schema: rules });
    return data.groups.flatMap((group) => group.rules.map(({ name, health, lastError }) => ({
        name,
        error: health === "err" ? (lastError ?? "it cannot be evaluated") : undefined,
    })));
}

// EXTERNAL MODULE: ./packages/action-kit/vocabulary.js
var vocabulary = __webpack_require__(5656);
// EXTERNAL MODULE: ./packages/action-kit/input-lists.js
var input_lists = __webpack_require__(5118);
;// CONCATENATED MODULE: ./actions/preflight/entries.js


/** An input of several lines. `read` turns one into its entry, or says in a sentence what is wrong with it. */
function entriesOf(expected, read) {
    return (0,vocabulary/* inputOf */.w)({ expected, type: "lines" }, (text) => {
        const all = [];
        for (const line of (0,input_lists/* nonEmpty */.hq)(text.split("\n")) ?? []) {
            const entry = read(line);
            if (typeof entry === "string")
                return new vocabulary/* Refusal */.P(entry);
            all.push(entry);
        }
        return all.length === 0 ? undefined : all;
    });
}
/** Each of `names` ends the value before it. */
function termsOf(line, names) {
    const [subject = "", ...parts] = line.split(new RegExp(`\\s+(?=(?:${names.join("|")})=)`));
    const terms = {};
    for (const part of parts) {
        const name = names.find((one) => part.startsWith(`${one}=`));
        if (name !== undefined)
            terms[name] = part.slice(name.length + 1);
    }
    return { subject, terms };
}
/** Milliseconds of a term that must last some time; `undefined` for what is no duration. */
function lasting(text) {
    return (0,duration/* parseDuration */.E)(text) || undefined;
}

;// CONCATENATED MODULE: ./actions/preflight/monitoring.js



/** An address of the web without name and password, which belong into an input of their own. */
function webAddress() {
    return (0,vocabulary/* inputOf */.w)({ expected: "an address such as https://prometheus.example", type: "address" }, (text) => {
        const url = URL.parse(text);
        if (url === null || !/^https?:$/.test(url.protocol))
            return undefined;
        return url.username + url.password === "" ? text : new vocabulary/* Refusal */.P("expected an address without name and password");
    });
}
const expected = 'matchers such as severity=critical, job=~"shop|cart"';
/** Matchers of labels, by commas or lines, which must all hold. */
function labelMatchers() {
    return (0,vocabulary/* inputOf */.w)({ expected, type: "matchers" }, (text) => readMatchers(text.replace(/,?\s*\n/g, ",")));
}
/** Groups of targets, one a line, each by the matchers that must all hold. */
function targetGroups() {
    return entriesOf(expected, (line) => readMatchers(line) ?? `expected ${expected}`);
}
/** A server that monitors, as a check asks it. */
function monitorAt(url, { runner, inputs, signal }) {
    return { web: runner.web, url, authorization: inputs.monitoringAuthorization, timeout: 10_000, signal };
}
/** As many as people read, and how many more there are. */
function listed(lines) {
    const most = 10;
    const more = lines.length > most ? [`… and ${lines.length - most} more`] : [];
    return [...lines.slice(0, most), ...more].join("\n");
}

;// CONCATENATED MODULE: ./actions/preflight/checks/alerts.js




/** Who releases into an incident makes it worse, and hides what caused it. */
const alerts_alerts = {
    id: "alerts",
    title: "No alert fires",
    run: async (world) => {
        const { alertmanager, prometheus } = world.inputs;
        if (alertmanager !== undefined)
            return await byAlertmanager(alertmanager, world);
        if (prometheus !== undefined)
            return await byPrometheus(prometheus, world);
        return skip("Neither `alertmanager` nor `prometheus` is given");
    },
};
async function byAlertmanager(url, world) {
    const monitor = monitorAt(url, world);
    const { alerts: matchers, heartbeatAlert } = world.inputs;
    const [active, beats] = await Promise.all([
        activeAlerts(monitor, matchers),
        heartbeatAlert === undefined ? undefined : activeAlerts(monitor, named(heartbeatAlert)),
    ]);
    return together([...heartbeat(beats, world), firing(active, world)], "");
}
/** Without rules nothing can fire, so that silence says nothing. */
async function byPrometheus(url, world) {
    const monitor = monitorAt(url, world);
    const { alerts: matchers, heartbeatAlert } = world.inputs;
    const [rules, found, beats] = await Promise.all([
        alertingRules(monitor),
        firingAlerts(monitor, matchers),
        heartbeatAlert === undefined ? undefined : firingAlerts(monitor, named(heartbeatAlert)),
    ]);
    if (rules.length === 0)
        return fail(`${url} has no rules for alerts, so none can fire`, "Name the Prometheus that has them, or `alertmanager`.");
    const broken = rules.filter(({ error }) => error !== undefined).map(({ name, error }) => `Alert ${name}: ${error}`);
    const remedy = "Mend the rule; until then nobody knows whether it would fire.";
    return together([
        ...heartbeat(beats?.alerts, world),
        firing(found.alerts, world),
        ...(broken.length === 0 ? [] : [warn(listed(broken), remedy)]),
        ...found.warnings.map((warning) => warn(`Not all may be known: ${warning}`, "Look at what it reads from.")),
    ], "");
}
function named(value) {
    return [{ label: "alertname", is: "=", value }];
}
function heartbeat(beats, { inputs: { heartbeatAlert } }) {
    if (beats === undefined || beats.length > 0)
        return [];
    const remedy = "Mend the way from the rules to where alerts are asked for; until then silence means nothing.";
    return [fail(`Alert ${heartbeatAlert}, which always fires, does not: alerts are lost on their way`, remedy)];
}
function firing(alerts, { inputs, runner: { clock } }) {
    const asked = inputs.alerts.map(({ label, is, value }) => `${label}${is}${value}`).join(", ");
    const loud = alerts.filter(({ name }) => name !== inputs.heartbeatAlert);
    if (loud.length === 0)
        return pass(`No alert with ${asked} fires`);
    const now = clock.date().getTime();
    return fail(listed(loud.map((alert) => lineOf(alert, now))), "Wait until it is over, or, if the release is what ends it, `override: alerts` with the reason.");
}
/** `Alert HighErrorRate fires for 12 min (service=shop, severity=critical): 5 % of requests fail`. */
function lineOf({ name, labels, since, summary }, now) {
    const age = since === undefined ? Number.NaN : now - Date.parse(since);
    const long = age > 0 ? ` for ${(0,duration/* formatDuration */.a)(age)}` : "";
    const told = Object.entries(labels).filter(([label]) => label !== "alertname");
    const where = told.map(([label, value]) => `${label}=${value}`).join(", ");
    return `Alert ${name} fires${long}${where === "" ? "" : ` (${where})`}${summary === undefined ? "" : `: ${summary}`}`;
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

;// CONCATENATED MODULE: ./packages/github/approvals.js

const user = schemas/* looseObject */._H3({ login: schemas/* string */.YjP(), type: schemas/* string */.YjP().optional() }).nullable();
const approval = schemas/* looseObject */._H3({
    state: schemas/* string */.YjP(),
    user,
    environments: schemas/* array */.YOg(schemas/* looseObject */._H3({ name: schemas/* string */.YjP().optional() })),
});
const pullRequest = schemas/* looseObject */._H3({
    number: schemas/* number */.aig(),
    user,
    merge_commit_sha: schemas/* string */.YjP().nullable(),
    head: schemas/* looseObject */._H3({ sha: schemas/* string */.YjP() }),
});
const review = schemas/* looseObject */._H3({ state: schemas/* string */.YjP(), user });
/** Who let the deployments of a workflow run go ahead. @throws what reading them throws */
async function approvalsOf(github, run) {
    const answers = await github.one({
        path: `/actions/runs/${encodeURIComponent(run)}/approvals`,
        schema: schemas/* array */.YOg(approval),
        subject: `the approvals of run ${run}`,
        right: "actions: read",
    });
    return answers.map(({ state, user: by, environments }) => ({
        environments: environments.flatMap(({ name }) => name ?? []),
        state,
        by: by?.login ?? "ghost",
    }));
}
/** The pull requests that brought a commit, by its merge or as their head; else all that hold it. @throws what reading them throws */
async function pullRequestsOf(github, commit) {
    const pages = await github.pages({
        path: `/commits/${encodeURIComponent(commit)}/pulls`,
        schema: schemas/* array */.YOg(pullRequest),
        subject: `the pull requests of ${commit.slice(0, 7)}`,
        right: "pull-requests: read",
    });
    const all = pages.flat();
    const itself = all.filter(({ merge_commit_sha: merged, head }) => merged === commit || head.sha === commit);
    return await Promise.all((itself.length === 0 ? all : itself).map((one) => reviewed(github, one)));
}
async function reviewed(github, { number, user: by }) {
    const pages = await github.pages({
        path: `/pulls/${number}/reviews`,
        schema: schemas/* array */.YOg(review),
        subject: `the reviews of #${number}`,
        right: "pull-requests: read",
    });
    const author = by?.login ?? "ghost";
    const words = new Map();
    // In the order in which they were given; a mere comment takes nothing back.
    for (const { state, user: reviewer } of pages.flat()) {
        if (state === "COMMENTED" || state === "PENDING" || reviewer === null || reviewer.type === "Bot")
            continue;
        if (reviewer.login !== author)
            words.set(reviewer.login, state);
    }
    const whoSaid = (word) => [...words].flatMap(([login, state]) => (state === word ? [login] : []));
    return { number, author, approvedBy: whoSaid("APPROVED"), refusedBy: whoSaid("CHANGES_REQUESTED") };
}

;// CONCATENATED MODULE: ./packages/github/retry.js

/** How often it is asked once more, and the longest wait for it. */
const mostRetries = 3;
const longestWait = 90_000;
/** GitHub's own advice where an answer names no time. https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
const withoutAdvice = 60_000;
/** Milliseconds to wait before the same is asked again; `undefined` where it would not help, or would take too long. */
function waitBeforeRetry(outcome, tries, now) {
    if (tries >= mostRetries)
        return undefined;
    if (outcome instanceof errors/* CutoverError */.D)
        return 1_000 * 2 ** tries;
    const limit = waitOfLimit(outcome, now);
    if (limit !== undefined)
        return limit <= longestWait ? limit : undefined;
    return outcome.status >= 500 ? 1_000 * 2 ** tries : undefined;
}
/** Milliseconds until GitHub answers again, where it refuses because it was asked too much; `undefined` for any other answer. */
function waitOfLimit({ status, headers, body }, now) {
    if (status !== 403 && status !== 429)
        return undefined;
    const { "retry-after": after = "" } = headers;
    if (/^\d+$/.test(after))
        return Number(after) * 1_000;
    if (headers["x-ratelimit-remaining"] === "0")
        return Math.max(1_000, Number(headers["x-ratelimit-reset"]) * 1_000 - now.getTime()) || withoutAdvice;
    return status === 429 || /secondary rate limit/i.test(body) ? withoutAdvice : undefined;
}

;// CONCATENATED MODULE: ./packages/github/answer-error.js


/** The error that users see for an answer that is none. */
function answerError(answer, { subject, right }) {
    const { status } = answer;
    const deed = `Cannot read ${subject}: GitHub answers ${status}${messageOf(answer.body)}`;
    // The time of day does not matter here, only whether this is a limit.
    if (waitOfLimit(answer, new Date(0)) !== undefined)
        return new errors/* CutoverError */.D("unavailable", deed, {
            hint: `It was asked too much, and asks for more than ${longestWait / 1_000} s of patience; run it again later${resetOf(answer)}.`,
        });
    if (status === 401)
        return new errors/* CutoverError */.D("unauthorized", deed, {
            hint: "Give a valid `github-token`; the default is the job's own.",
        });
    if (status === 403)
        return new errors/* CutoverError */.D("forbidden", deed, { hint: `Give the job \`permissions: ${right}\` in the workflow.` });
    if (status === 404 || status === 422)
        return new errors/* CutoverError */.D("not-found", deed, {
            hint: `See that it is in this repository; GitHub also says so of what the token may not read, and this needs \`permissions: ${right}\`.`,
        });
    return new errors/* CutoverError */.D("unavailable", deed, {
        hint: "Run it again; https://www.githubstatus.com tells whether GitHub has trouble.",
    });
}
function messageOf(body) {
    const found = /"message"\s*:\s*"((?:[^"\\]|\\.){1,200})/.exec(body)?.[1];
    return found === undefined ? "" : ` (${found})`;
}
function resetOf({ headers }) {
    const seconds = Number(headers["x-ratelimit-reset"]);
    return Number.isFinite(seconds) ? `, after ${new Date(seconds * 1_000).toISOString().slice(11, 16)} UTC` : "";
}

;// CONCATENATED MODULE: ./packages/github/github.js



/** Milliseconds for one answer. */
const longestAnswer = 15_000;
/** A hundred check runs, each with as much text as GitHub allows. */
const longestBody = 16 * 1024 * 1024;
/** More of a list is no list of one commit. */
const mostPages = 100;
/** Asks nothing yet. */
function createGitHub({ api, repository, token }, world) {
    const base = api.replace(/\/+$/, "");
    const headers = {
        accept: "application/vnd.github+json",
        "x-github-api-version": "2022-11-28",
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
    const ask = (url) => patiently({ url, headers }, world);
    const first = ({ path, query = {} }) => `${base}/repos/${repository}${path}${Object.keys(query).length === 0 ? "" : `?${new URLSearchParams(query)}`}`;
    return {
        async one(question) {
            return read(await ask(first(question)), question);
        },
        async pages(question) {
            const query = { ...question.query, per_page: "100" };
            const all = [];
            let url = first({ ...question, query });
            while (url !== undefined) {
                if (all.length === mostPages)
                    throw tooLong(question);
                const answer = await ask(url);
                all.push(read(answer, question));
                url = nextPage(answer, base);
            }
            return all;
        },
    };
}
async function patiently(request, { web, clock, signal }) {
    // What is said to a loopback address travels nowhere.
    const allowHttp = /^(127\.0\.0\.1|localhost)$/.test(URL.parse(request.url)?.hostname ?? "");
    for (let tries = 0;; tries += 1) {
        const asked = web.ask({ ...request, timeout: longestAnswer, longest: longestBody, signal, allowHttp });
        const outcome = await asked.catch((error) => {
            if ((0,errors/* isCutoverError */.j)(error, "unreachable"))
                return error;
            throw error;
        });
        const wait = waitBeforeRetry(outcome, tries, clock.date());
        if (wait === undefined || signal.aborted) {
            if (outcome instanceof errors/* CutoverError */.D)
                throw outcome;
            return outcome;
        }
        await clock.sleep(wait, signal);
    }
}
function read(answer, question) {
    if (answer.status !== 200)
        throw answerError(answer, question);
    const parsed = question.schema.safeParse(json(answer.body));
    if (parsed.success)
        return parsed.data;
    const place = parsed.error.issues[0]?.path.join(".") || "it";
    throw new errors/* CutoverError */.D("unavailable", `GitHub's answer on ${question.subject} is not as its API has it: ${place} (${answer.body.length} characters in ${(0,duration/* formatDuration */.a)(answer.ms)})`, { hint: "See that `GITHUB_API_URL` is the address of GitHub's REST API, and that no proxy answers for it." });
}
function tooLong({ subject }) {
    return new errors/* CutoverError */.D("unavailable", `GitHub has more than ${mostPages} pages of ${subject}`, {
        hint: "See why there are so many; what was not read cannot be judged.",
    });
}
function json(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
/** Only at the server that was asked: the token goes along. */
function nextPage({ headers: { link = "" } }, base) {
    const next = /<([^>]+)>;\s*rel="next"/.exec(link)?.[1];
    return next !== undefined && URL.parse(next)?.origin === URL.parse(base)?.origin ? next : undefined;
}

;// CONCATENATED MODULE: ./actions/preflight/github.js


/** The repository on GitHub that this run is of. @throws `input-invalid` where there is none, or no commit */
function originOf({ inputs, runner, signal }) {
    const { env, identity, web, clock } = runner;
    const commit = inputs.commit ?? identity.commit;
    const repository = env.GITHUB_REPOSITORY ?? "";
    if (repository === "" || commit === "")
        throw new errors/* CutoverError */.D("input-invalid", "It is not known which commit of which repository is released", {
            hint: "Run it in a workflow of GitHub Actions, which sets GITHUB_REPOSITORY and GITHUB_SHA; `commit` names another one.",
        });
    const access = { api: env.GITHUB_API_URL || "https://api.github.com", repository, token: inputs.githubToken };
    return {
        github: createGitHub(access, { web, clock, signal }),
        commit,
        run: env.GITHUB_RUN_ID ?? "",
        workflow: /\.github\/[^@]*/.exec(env.GITHUB_WORKFLOW_REF ?? "")?.[0] ?? "",
        starters: [env.GITHUB_ACTOR, env.GITHUB_TRIGGERING_ACTOR].flatMap((name) => name || []),
    };
}

;// CONCATENATED MODULE: ./actions/preflight/checks/approvals.js



const nothingRequired = "Neither `required-approvals` nor `required-reviews` is given";
/** Who had to agree has agreed, and is somebody else than who asks. */
const approvals = {
    id: "approvals",
    title: "Who had to approve has approved",
    run: async (world) => {
        const { requiredApprovals: environments = [], requiredReviews: reviews = 0 } = world.inputs;
        if (environments.length === 0 && reviews === 0)
            return skip(nothingRequired);
        const origin = originOf(world);
        const [given, pulls] = await Promise.all([
            environments.length === 0 ? [] : approvalsOf(origin.github, origin.run),
            reviews === 0 ? undefined : pullRequestsOf(origin.github, origin.commit),
        ]);
        return together([
            ...environments.map((environment) => approvalOf(environment, given, origin)),
            ...(pulls === undefined ? [] : [reviewOf(pulls, reviews, origin)]),
        ], nothingRequired);
    },
};
function approvalOf(environment, given, { starters }) {
    const approvers = given
        .filter(({ environments, state }) => state === "approved" && environments.includes(environment))
        .map(({ by }) => by);
    const [other] = approvers.filter((by) => !starters.includes(by));
    if (other !== undefined)
        return pass(`Environment ${environment} was approved by ${other}`);
    const remedy = `Set required reviewers for environment ${environment}, and prevent self-review (Settings > Environments); the job of this step needs \`environment: ${environment}\`, or one before it.`;
    const [self] = approvers;
    if (self === undefined)
        return fail(`Nobody has approved environment ${environment} in this run`, remedy);
    return fail(`Environment ${environment} was approved by ${self} alone, who has started this run`, remedy);
}
function reviewOf(pulls, wanted, { commit }) {
    const short = commit.slice(0, 7);
    const good = pulls.find(({ approvedBy, refusedBy }) => approvedBy.length >= wanted && refusedBy.length === 0);
    if (good !== undefined)
        return pass(`#${good.number} was approved by ${good.approvedBy.join(", ")}`);
    if (pulls.length === 0)
        return fail(`No pull request has brought ${short}`, "Release what came by a pull request that others have approved.");
    const told = pulls.map(({ number, approvedBy, refusedBy }) => {
        if (refusedBy.length > 0)
            return `#${number} is to be changed, by ${refusedBy.join(", ")}`;
        const by = approvedBy.length === 0 ? "nobody" : `${approvedBy.join(", ")} alone`;
        return `#${number} was approved by ${by}, and ${wanted} should have`;
    });
    return fail(told.join("\n"), "Ask for a review; a branch rule makes sure of it before the merge.");
}

// EXTERNAL MODULE: ./packages/kubernetes/native/advice.js
var native_advice = __webpack_require__(9213);
// EXTERNAL MODULE: ./packages/kubernetes/native/scaling.js
var scaling = __webpack_require__(7748);
// EXTERNAL MODULE: ./packages/release/color.js
var release_color = __webpack_require__(3145);
;// CONCATENATED MODULE: ./actions/preflight/checks/autoscalers.js




const autoscaler = schemas/* looseObject */._H3({
    metadata: schemas/* looseObject */._H3({ name: schemas/* string */.YjP() }),
    spec: schemas/* looseObject */._H3({
        maxReplicas: schemas/* number */.aig(),
        scaleTargetRef: schemas/* looseObject */._H3({ kind: schemas/* string */.YjP(), name: schemas/* string */.YjP() }),
    }),
    status: schemas/* looseObject */._H3({
        conditions: schemas/* array */.YOg(schemas/* looseObject */._H3({
            type: schemas/* string */.YjP(),
            status: schemas/* string */.YjP(),
            reason: schemas/* string */.YjP().optional(),
            message: schemas/* string */.YjP().optional(),
        }))
            .optional(),
    })
        .optional(),
});
/** An autoscaler that scales one color alone, or none at all, leaves the new slot with the pods that it began with. */
const autoscalers = {
    id: "autoscalers",
    title: "The autoscalers scale both colors",
    run: async ({ facts }) => {
        const looks = await facts.looks();
        return together(looks.flatMap(findingsOf), "No HorizontalPodAutoscaler scales a slot");
    },
};
function findingsOf({ snapshot, setting, observed: { slots } }) {
    const { autoscalers: live, deployments } = snapshot;
    const scalers = live.map((one) => autoscaler.parse(one));
    const lone = (0,native_advice/* scalerAdvice */.Pf)(snapshot, setting).map(({ what, remedy }) => warn(what, remedy));
    const strays = scalers.filter(({ spec }) => spec.scaleTargetRef.name === setting.service).flatMap(idle);
    const own = release_color/* colors */.Tj.flatMap((color) => {
        const { deployment } = slots[color];
        return scalers
            .filter(({ spec: { scaleTargetRef: to } }) => to.kind === "Deployment" && to.name === deployment)
            .flatMap((scaler) => {
            // Of a slot that is not there yet nobody can say more.
            const trouble = [
                ...(deployments[color] ? idle(scaler) : []),
                ...tooSmall(scaler, (0,scaling/* wishOf */.H_)(color, snapshot, setting)),
            ];
            return trouble.length > 0 ? trouble : [pass(`${autoscalers_nameOf(scaler)} scales Deployment ${deployment}`)];
        });
    });
    return [...lone, ...strays, ...own];
}
/** One that cannot do its work; a slot without pods is none of its business. */
function idle(scaler) {
    const wrong = (scaler.status?.conditions ?? []).filter(({ type, status, reason }) => (type === "AbleToScale" || type === "ScalingActive") && status === "False" && reason !== "ScalingDisabled");
    return wrong.map(({ reason, message }) => warn(`${autoscalers_nameOf(scaler)} does not scale Deployment ${scaler.spec.scaleTargetRef.name}: ${reason}, ${message}`, `kubectl describe hpa ${scaler.metadata.name}`));
}
function tooSmall(scaler, wish) {
    const { maxReplicas, scaleTargetRef } = scaler.spec;
    if (wish <= maxReplicas)
        return [];
    return [
        warn(`Deployment ${scaleTargetRef.name} would begin with ${maxReplicas} pods instead of ${wish}: ${autoscalers_nameOf(scaler)} allows no more`, `Raise maxReplicas of ${autoscalers_nameOf(scaler)}, or ask for fewer pods with \`replicas\`.`),
    ];
}
function autoscalers_nameOf({ metadata: { name } }) {
    return `HorizontalPodAutoscaler ${name}`;
}

;// CONCATENATED MODULE: ./actions/preflight/checks/backup.js



const nothing = "No `backups` are given";
/** A database that has no fresh backup is not migrated. */
const backup = {
    id: "backup",
    title: "The backup is fresh",
    run: async (world) => {
        const { backups } = world.inputs;
        if (backups === undefined)
            return skip(nothing);
        return together(await Promise.all(backups.map((source) => looked(source, world))), nothing);
    },
};
async function looked(source, { client, namespace, inputs, runner, signal }) {
    const { apiVersion, kind, name } = source;
    const told = toldBy(source, await client.get({ apiVersion, kind, namespace, name }, { signal }));
    const remedy = remedyOf(source);
    if (typeof told === "string")
        return fail(told, remedy);
    const age = runner.clock.date().getTime() - told.at;
    const seen = `${told.what} ${(0,duration/* formatDuration */.a)(Math.max(0, age))} ago${told.more ?? ""}`;
    if (age <= inputs.backupAge)
        return pass(seen);
    return fail(`${seen}, and no more than ${(0,duration/* formatDuration */.a)(inputs.backupAge)} are allowed`, remedy);
}
/** What the object says, or in a sentence why it says nothing. */
function toldBy(source, live) {
    switch (source.kind) {
        case "CronJob":
            return ofCronJob(live);
        case "Job":
            return ofJob(live);
        default:
            return ofAnnotation(source, live);
    }
}
const cronJob = schemas/* looseObject */._H3({
    spec: schemas/* looseObject */._H3({ suspend: schemas/* boolean */.zMY().optional() }),
    status: schemas/* looseObject */._H3({ lastSuccessfulTime: schemas/* string */.YjP().optional() }).optional(),
});
function ofCronJob(live) {
    const { spec, status } = cronJob.parse(live);
    const what = `CronJob ${live.metadata.name}`;
    if (status?.lastSuccessfulTime === undefined)
        return `${what} has never succeeded`;
    const at = Date.parse(status.lastSuccessfulTime);
    return { what: `${what} last succeeded`, at, more: spec.suspend ? ", and is suspended" : "" };
}
const job = schemas/* looseObject */._H3({
    status: schemas/* looseObject */._H3({
        completionTime: schemas/* string */.YjP().optional(),
        conditions: schemas/* array */.YOg(schemas/* looseObject */._H3({ type: schemas/* string */.YjP(), status: schemas/* string */.YjP(), message: schemas/* string */.YjP().optional() }))
            .optional(),
    })
        .optional(),
});
/** Only a Job that has succeeded has a time of completion. */
function ofJob(live) {
    const { status } = job.parse(live);
    const what = `Job ${live.metadata.name}`;
    if (status?.completionTime !== undefined)
        return { what: `${what} succeeded`, at: Date.parse(status.completionTime) };
    const failure = status?.conditions?.find(({ type, status: is }) => type === "Failed" && is === "True");
    return failure === undefined
        ? `${what} is not done yet`
        : `${what} has failed: ${failure.message ?? "nobody says why"}`;
}
function ofAnnotation({ kind, annotation = "" }, { metadata }) {
    const what = `${kind} ${metadata.name}`;
    const text = metadata.annotations?.[annotation];
    if (text === undefined)
        return `${what} has no annotation ${annotation}`;
    const at = Date.parse(text);
    if (Number.isNaN(at))
        return `Annotation ${annotation} of ${what} is no time: ${JSON.stringify(text.slice(0, 80))}`;
    return { what: `By annotation ${annotation} of ${what} the last backup was made`, at };
}
function remedyOf({ kind, name, annotation }) {
    if (kind === "CronJob")
        return `kubectl create job --from=cronjob/${name} ${name}-before-release, and wait for it.`;
    if (kind === "Job")
        return `kubectl logs job/${name}; then run the backup again.`;
    return `Make a backup, and see that whoever makes it writes ${annotation}: kubectl describe ${kind.toLowerCase()}/${name}`;
}

// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(8474);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
// EXTERNAL MODULE: external "node:tls"
var external_node_tls_ = __webpack_require__(1692);
// EXTERNAL MODULE: ./packages/kubernetes/client/proxy.js
var client_proxy = __webpack_require__(7537);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./actions/preflight/certificate.js




/** The certificates in a PEM text; `undefined` where one of them cannot be read, or there is none. */
function readChain(pem) {
    const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
    try {
        const chain = blocks.map((block) => new external_node_crypto_.X509Certificate(block));
        return chain.length === 0 ? undefined : chain;
    }
    catch {
        return undefined;
    }
}
/** Whether clients will believe it now and for a while: its names, its time, and the order of those who vouch for it. */
function judgedChain({ what, chain, hosts }, { now, least }) {
    const [own] = chain;
    if (own === undefined)
        return fail(`${what} has no certificate`, "Put one there.");
    const strange = hosts.filter((host) => !isFor(own, host));
    if (strange.length > 0)
        return fail(`${what} has a certificate for ${namesOf(own)}, and not for ${strange.join(", ")}`, `Issue it for ${hosts.join(", ")}.`);
    const start = Math.max(...chain.map(({ validFromDate }) => validFromDate.getTime()));
    if (start > now)
        return fail(`The certificate of ${what} is not good before ${dateOf(start)}`, "Look at its issuer.");
    const end = Math.min(...chain.map(({ validToDate }) => validToDate.getTime()));
    const renewal = "Renew it; where cert-manager does: kubectl get certificate,certificaterequest";
    if (end <= now)
        return fail(`The certificate of ${what} ended at ${dateOf(end)}`, renewal);
    const left = (0,duration/* formatDuration */.a)(end - now);
    if (end - now < least)
        return warn(`The certificate of ${what} ends in ${left}, at ${dateOf(end)}, and should be good for ${(0,duration/* formatDuration */.a)(least)}`, renewal);
    const isInOrder = chain.every((one, index) => {
        const issuer = chain[index + 1];
        return issuer === undefined || one.checkIssued(issuer);
    });
    if (!isInOrder)
        return warn(`The certificates of ${what} are not each followed by who issued it, and many clients refuse that`, "Put the server's own certificate first, then its issuer's, and so on.");
    return pass(`The certificate of ${what} is good for ${left}`);
}
/** A wildcard is for itself, as an Ingress names it, and for the hosts within it. */
function isFor(own, host) {
    return ((0,external_node_net_.isIP)(host) === 0 ? own.checkHost(host.replace(/^\*\./, "any.")) : own.checkIP(host)) !== undefined;
}
/** Others may have written anything into it: names and addresses alone are told. */
function namesOf({ subjectAltName = "" }) {
    const names = [...subjectAltName.matchAll(/(?:DNS|IP Address):([\w.*:-]+)/g)].map(([, name]) => name);
    return names.slice(0, 5).join(", ") || "no name at all";
}
function dateOf(time) {
    return new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
}

// EXTERNAL MODULE: ./packages/kubernetes/native/routes.js
var routes = __webpack_require__(9595);
;// CONCATENATED MODULE: ./actions/preflight/gateways.js



const group = "gateway.networking.k8s.io";
const apiVersion = `${group}/v1`;
const route = {
    apiVersion,
    kind: "HTTPRoute",
    schema: schemas/* custom */.IeY((value) => typeof value === "object"),
};
const reference = schemas/* looseObject */._H3({
    group: schemas/* string */.YjP().optional(),
    kind: schemas/* string */.YjP().optional(),
    name: schemas/* string */.YjP(),
    namespace: schemas/* string */.YjP().optional(),
});
const routing = schemas/* looseObject */._H3({
    hostnames: schemas/* array */.YOg(schemas/* string */.YjP()).optional(),
    parentRefs: schemas/* array */.YOg(reference.extend({ sectionName: schemas/* string */.YjP().optional(), port: schemas/* number */.aig().optional() })).optional(),
});
const listener = schemas/* looseObject */._H3({
    name: schemas/* string */.YjP(),
    port: schemas/* number */.aig(),
    hostname: schemas/* string */.YjP().optional(),
    tls: schemas/* looseObject */._H3({ mode: schemas/* string */.YjP().optional(), certificateRefs: schemas/* array */.YOg(reference).optional() }).optional(),
});
/**
 * The certificates of all listeners that an HTTPRoute to one of the services hangs on; none where the cluster has no Gateway API.
 * https://gateway-api.sigs.k8s.io/reference/spec/#listener
 */
async function gatewaysTo(world) {
    const { facts, inputs } = world;
    const all = (await facts.allIfAllowed(route)) ?? [];
    const own = all.filter((one) => (0,routes/* backendsOf */.d)(one).some((name) => inputs.service.includes(name)));
    const shown = await Promise.all(own.flatMap(({ metadata, spec }) => {
        const { hostnames = [], parentRefs = [] } = routing.parse(spec ?? {});
        const parents = parentRefs.filter(({ group: of = group, kind = "Gateway" }) => of === group && kind === "Gateway");
        return parents.map((parent) => shownBy(parent, { name: metadata.name, hostnames }, world));
    }));
    return { secrets: shown.flatMap(({ secrets }) => secrets), findings: shown.flatMap(({ findings }) => findings) };
}
async function shownBy(parent, { name: routeName, hostnames }, world) {
    const { name, namespace = world.namespace, sectionName, port } = parent;
    const gateway = `Gateway ${name}${namespace === world.namespace ? "" : ` in namespace ${namespace}`}`;
    const found = await world.facts.live({ apiVersion, kind: "Gateway", namespace, name });
    if (found === "hidden")
        return { secrets: [], findings: [skip(`${gateway} may not be read`)] };
    if (found === undefined) {
        const what = `${gateway} does not exist, and HTTPRoute ${routeName} hangs on it`;
        return { secrets: [], findings: [warn(what, `Correct parentRefs of HTTPRoute ${routeName}.`)] };
    }
    const { listeners } = schemas/* looseObject */._H3({ listeners: schemas/* array */.YOg(listener).default([]) }).parse(found.spec ?? {});
    const open = listeners.filter((one) => (sectionName ?? one.name) === one.name && (port ?? one.port) === one.port && one.tls?.mode !== "Passthrough");
    const secrets = open.flatMap((one) => secretsOf(one, { gateway, namespace, hostnames }));
    const lent = secrets.filter((one) => one.namespace !== namespace);
    const untold = lent.map((one) => pass(`Whether a ReferenceGrant in namespace ${one.namespace} lends Secret ${one.name} to ${gateway} is not looked at`));
    return { secrets, findings: untold };
}
function secretsOf({ name, hostname, tls }, { gateway, namespace, hostnames }) {
    const hosts = hostsOn(hostname, hostnames);
    const secrets = (tls?.certificateRefs ?? []).filter(({ group: of = "", kind = "Secret" }) => of === "" && kind === "Secret");
    if (hosts === undefined)
        return [];
    return secrets.map((one) => ({
        of: `${gateway}, listener ${name}`,
        name: one.name,
        namespace: one.namespace ?? namespace,
        // Of several each is for some hosts, and the Gateway's controller alone knows for which.
        hosts: secrets.length > 1 ? [] : hosts,
    }));
}
/** The hosts that a listener lets a route have; `undefined` where it lets it have none. */
function hostsOn(hostname, hostnames) {
    if (hostname === undefined)
        return hostnames;
    if (hostnames.length === 0)
        return [hostname];
    const within = (one, other) => one === other || (other.startsWith("*.") && one.endsWith(other.slice(1)));
    const common = hostnames.flatMap((one) => {
        if (within(one, hostname))
            return [one];
        return within(hostname, one) ? [hostname] : [];
    });
    return common.length === 0 ? undefined : common;
}

;// CONCATENATED MODULE: ./actions/preflight/ingresses.js


const ingress = {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    schema: schemas/* custom */.IeY((value) => typeof value === "object"),
};
/** The Ingresses that lead to one of the services; none where the credentials may not list them. */
async function ingressesTo({ facts, inputs }) {
    const all = (await facts.allIfAllowed(ingress)) ?? [];
    return all.filter((one) => (0,routes/* backendsOf */.d)(one).some((name) => inputs.service.includes(name)));
}

;// CONCATENATED MODULE: ./actions/preflight/tls-secret.js




const secret = schemas/* looseObject */._H3({ data: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* string */.YjP()).nullish() });
/** Whether it is there, and clients will believe what it holds. */
async function judgedSecret(one, moment, world) {
    const { of, name, hosts } = one;
    const isElsewhere = one.namespace !== undefined && one.namespace !== world.namespace;
    const what = `Secret ${name}${isElsewhere ? ` in namespace ${one.namespace}` : ""} of ${of}`;
    const found = isElsewhere
        ? await world.facts.live({ apiVersion: "v1", kind: "Secret", namespace: one.namespace, name })
        : await world.facts.object("Secret", name);
    if (found === "hidden")
        return skip(`${what} may not be read`);
    const remedy = `kubectl create secret tls ${name} --cert=… --key=…`;
    if (found === undefined)
        return fail(`${what} does not exist, so that its controller shows a certificate that nobody believes`, `Look at who makes it: kubectl get certificate,certificaterequest; or ${remedy}`);
    const { data } = secret.parse(found);
    const chain = readChain(textOf(data?.["tls.crt"]));
    if (chain === undefined)
        return fail(`${what} holds no certificate in tls.crt that can be read`, remedy);
    if (!isKeyOf(chain, textOf(data?.["tls.key"])))
        return fail(`The key in ${what} is not that of its certificate`, remedy);
    return judgedChain({ what, chain, hosts }, moment);
}
function isKeyOf([own], pem) {
    try {
        return own?.checkPrivateKey((0,external_node_crypto_.createPrivateKey)(pem)) === true;
    }
    catch {
        return false;
    }
}
function textOf(base64 = "") {
    return Buffer.from(base64, "base64").toString("utf8");
}

;// CONCATENATED MODULE: ./actions/preflight/checks/certificates.js











const certificates_routing = schemas/* looseObject */._H3({
    tls: schemas/* array */.YOg(schemas/* looseObject */._H3({ hosts: schemas/* array */.YOg(schemas/* string */.YjP()).nullish(), secretName: schemas/* string */.YjP().optional() })).nullish(),
    rules: schemas/* array */.YOg(schemas/* looseObject */._H3({ host: schemas/* string */.YjP().optional() })).nullish(),
});
/** Milliseconds in which a server shows its certificate. */
const timeout = 5_000;
/** A certificate that ends is the outage that everybody could have known of. */
const certificates = {
    id: "certificates",
    title: "The certificates are for the hosts, and good for a while",
    run: async (world) => {
        const { inputs, runner } = world;
        const moment = { now: runner.clock.date().getTime(), least: inputs.certificateValidity };
        const [ingresses, gateways] = await Promise.all([ingressesTo(world), gatewaysTo(world)]);
        const own = [...ingresses.flatMap(kept), ...gateways.secrets];
        const urls = (inputs.endpoints ?? [])
            // What only pods reach shows this runner nothing.
            .filter(({ via }) => via === undefined)
            .map(({ url }) => new URL(url))
            .filter(({ protocol }) => protocol === "https:");
        const servers = [...new Map(urls.map((url) => [url.host, url])).values()];
        const found = await Promise.all([
            ...own.map((one) => judgedSecret(one, moment, world)),
            ...gateways.findings,
            ...servers.map((url) => served(url, moment, world)),
        ]);
        return together(found, "No Ingress or Gateway with TLS leads to the service, and no `endpoints` are asked by https");
    },
};
function kept({ metadata: { name, namespace }, spec }) {
    const { tls, rules } = certificates_routing.parse(spec ?? {});
    const all = (rules ?? []).flatMap(({ host }) => host ?? []);
    return (tls ?? []).flatMap(({ secretName, hosts }) => 
    // Without a Secret it is the controller's own certificate, which nobody but it knows.
    secretName === undefined ? [] : [{ of: `Ingress ${name}`, name: secretName, namespace, hosts: hosts ?? all }]);
}
async function served(url, moment, { runner, signal }) {
    const { hostname, port, host } = url;
    const name = hostname.replace(/^\[|\]$/g, "");
    try {
        const proxy = (0,client_proxy/* proxyFor */.i)(url, undefined, runner.env);
        const peer = { host: name, port: Number(port || 443), timeout, signal, proxy };
        const { answer: chain } = await runner.sockets.talk(peer, (connect) => shown(connect, name));
        return judgedChain({ what: host, chain, hosts: [name] }, moment);
    }
    catch (error) {
        // Whether it answers is another check's to tell.
        const why = (0,errors/* isCutoverError */.j)(error) ? error.message : `${host} speaks no TLS${codeOf(error)}`;
        return warn(`The certificate of ${host} cannot be seen: ${why}`, `openssl s_client -connect ${host}`);
    }
}
/** Whatever it is, it is only looked at: nothing is said to who shows it. */
async function shown(connect, name) {
    const socket = (0,external_node_tls_.connect)({
        socket: await connect(),
        rejectUnauthorized: false,
        ...((0,external_node_net_.isIP)(name) === 0 && { servername: name }),
    });
    await (0,external_node_events_.once)(socket, "secureConnect");
    const chain = [];
    for (let one = socket.getPeerX509Certificate(); one !== undefined; one = one.issuerCertificate) {
        if (chain.some(({ fingerprint256 }) => fingerprint256 === one?.fingerprint256))
            break;
        chain.push(one);
    }
    return chain;
}
function codeOf(error) {
    return error instanceof Error && "code" in error ? ` (${error.code})` : "";
}

;// CONCATENATED MODULE: ./packages/github/commit-checks.js

const workflowRun = schemas/* looseObject */._H3({
    id: schemas/* number */.aig(),
    name: schemas/* string */.YjP().nullish(),
    event: schemas/* string */.YjP(),
    path: schemas/* string */.YjP(),
    check_suite_id: schemas/* number */.aig().optional(),
    status: schemas/* string */.YjP().nullable(),
    conclusion: schemas/* string */.YjP().nullable(),
    html_url: schemas/* string */.YjP(),
});
const checkRun = schemas/* looseObject */._H3({
    id: schemas/* number */.aig(),
    name: schemas/* string */.YjP(),
    status: schemas/* string */.YjP(),
    conclusion: schemas/* string */.YjP().nullable(),
    html_url: schemas/* string */.YjP().nullable(),
    app: schemas/* looseObject */._H3({ slug: schemas/* string */.YjP().optional() }).nullable(),
    check_suite: schemas/* looseObject */._H3({ id: schemas/* number */.aig() }).nullable(),
});
const commit_checks_status = schemas/* looseObject */._H3({
    context: schemas/* string */.YjP(),
    state: schemas/* string */.YjP(),
    target_url: schemas/* string */.YjP().nullish(),
    updated_at: schemas/* string */.YjP().optional(),
});
/** Check runs and commit statuses of a commit, the latest of each name and source. @throws what reading them throws */
async function commitChecks(github, question) {
    const { commit } = question;
    const short = commit.slice(0, 7);
    const ref = `/commits/${encodeURIComponent(commit)}`;
    const [runs, checks, statuses] = await Promise.all([
        github.pages({
            path: "/actions/runs",
            query: { head_sha: commit },
            schema: schemas/* looseObject */._H3({ workflow_runs: schemas/* array */.YOg(workflowRun) }),
            subject: `the workflow runs of ${short}`,
            right: "actions: read",
        }),
        github.pages({
            path: `${ref}/check-runs`,
            query: { filter: "latest" },
            schema: schemas/* looseObject */._H3({ check_runs: schemas/* array */.YOg(checkRun) }),
            subject: `the check runs of ${short}`,
            right: "checks: read",
        }),
        github.pages({
            path: `${ref}/status`,
            schema: schemas/* looseObject */._H3({ statuses: schemas/* array */.YOg(commit_checks_status) }),
            subject: `the commit statuses of ${short}`,
            right: "statuses: read",
        }),
    ]);
    const allRuns = runs.flatMap((page) => page.workflow_runs);
    const allChecks = checks.flatMap((page) => page.check_runs);
    return [
        ...jobs(allRuns, allChecks, question),
        ...runsWithoutJobs(allRuns, allChecks, question),
        ...statuses.flatMap((page) => page.statuses).map(statusCheck),
    ];
}
function jobs(runs, checks, question) {
    const runOf = new Map(runs.map((run) => [run.check_suite_id, run]));
    const latest = new Map();
    for (const check of checks.toSorted((one, other) => one.id - other.id)) {
        const run = runOf.get(check.check_suite?.id);
        if (run !== undefined && !counts(run, question))
            continue;
        const by = run === undefined ? (check.app?.slug ?? "an app") : fileOf(run);
        const { name, html_url: url } = check;
        const isOwn = run !== undefined && by === question.workflow;
        latest.set(`${by}\n${name}`, { name, by, ...stateOf(check), url: url ?? "", isOwn, isRun: false });
    }
    return latest.values();
}
/** Jobs that wait for others have no check run yet, and a workflow that cannot start never gets one. */
function runsWithoutJobs(runs, checks, question) {
    const suites = new Set(checks.map((check) => check.check_suite?.id));
    return runs
        .filter((run) => counts(run, question))
        .flatMap((run) => {
        const state = stateOf(run);
        const isUntold = state.state === "pending" || (state.state === "red" && !suites.has(run.check_suite_id));
        const by = fileOf(run);
        const facts = { name: run.name ?? by, by, url: run.html_url, isOwn: by === question.workflow, isRun: true };
        return isUntold ? [{ ...facts, ...state }] : [];
    });
}
function counts({ id, event }, { run, events }) {
    return events.includes(event) && String(id) !== run;
}
/** `owner/name/.github/workflows/ci.yml@main` as `.github/workflows/ci.yml`. */
function fileOf({ path }) {
    return path.replace(/@.*$/, "").replace(/^.*?(?=\.github\/)/, "");
}
const good = new Set(["success", "neutral", "skipped"]);
function stateOf({ status, conclusion }) {
    if (status !== "completed")
        return { state: "pending", said: status ?? "queued" };
    const said = conclusion ?? "nothing";
    return { state: good.has(said) ? "green" : "red", said };
}
/** GitHub lists the latest of each context alone. */
function statusCheck({ context, state, target_url: url }) {
    const known = { success: "green", pending: "pending" };
    const verdict = state === "success" || state === "pending" ? known[state] : "red";
    return { name: context, by: "status", state: verdict, said: state, url: url ?? "", isOwn: false, isRun: false };
}

;// CONCATENATED MODULE: ./actions/preflight/checks/commit-checks.js



/** Milliseconds between two looks at checks that are not done. */
const commit_checks_lookEvery = 10_000;
/** What is released is what was tested: everything that was to say so of this very commit does. */
const commit_checks_commitChecks = {
    id: "commit-checks",
    title: "The commit's checks are green",
    run: async (world) => {
        const { inputs, runner, signal } = world;
        if (inputs.commitChecks === undefined)
            return skip("No `commit-checks` are given");
        const origin = originOf(world);
        for (;;) {
            const judged = judge(await commit_checks_asked(origin, world), inputs.commitChecks);
            const isToWait = inputs.commitChecksPending === "wait" && judged.pending.length > 0 && judged.red.length === 0;
            if (!isToWait || signal.aborted)
                return found(judged, origin, inputs.commitChecksPending);
            runner.log.info(`Waiting for checks of ${origin.commit.slice(0, 7)}: ${judged.pending.map(commit_checks_named).join(", ")}`);
            await runner.clock.sleep(commit_checks_lookEvery, signal);
        }
    },
};
function commit_checks_asked({ github, commit, run, workflow }, { inputs }) {
    return commitChecks(github, { commit, run, workflow, events: inputs.commitChecksEvents });
}
function judge(all, wanted) {
    const matches = (check) => wanted.some((pattern) => fits(check, pattern));
    const chosen = all.filter(matches);
    const isThere = (pattern) => chosen.some((check) => !check.isRun && fits(check, pattern));
    const missing = wanted.filter((pattern) => !isThere(pattern));
    // A job that waits for others has no check yet: it may still come of a workflow that runs.
    const running = missing.length === 0 ? [] : all.filter(({ isRun, state }) => isRun && state === "pending");
    const of = (state) => chosen.filter((check) => check.state === state);
    const pending = [...new Set([...of("pending"), ...running])];
    return { green: of("green"), red: of("red"), pending, missing: running.length === 0 ? missing : [] };
}
/** `*` is everything but this workflow's own earlier runs: a release that failed says nothing of its commit. */
function fits({ name, isOwn }, pattern) {
    if (pattern === "*")
        return !isOwn;
    const parts = pattern.split("*").map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join(".*")}$`, "s").test(name);
}
function found({ green, red, pending, missing }, { commit }, policy) {
    const short = commit.slice(0, 7);
    const bad = [
        ...red.map((check) => `${commit_checks_named(check)} says ${check.said} of ${short}${check.url && `: ${check.url}`}`),
        ...missing.map((pattern) => (pattern === "*" ? `Nothing has checked ${short}` : `No check ${pattern} of ${short}`)),
    ];
    const open = pending.map(commit_checks_named).join(", ");
    if (open !== "" && policy !== "ignore")
        bad.push(`Not done for ${short}: ${open}`);
    if (bad.length > 0)
        return fail(bad.join("\n"), remedyFor({ red, missing }, policy));
    const rest = open === "" ? "" : `, and not waited for: ${open}`;
    return pass(`${green.length} of ${short} green: ${green.map(commit_checks_named).join(", ")}${rest}`);
}
function remedyFor({ red, missing }, policy) {
    if (red.length > 0)
        return "Release a commit whose checks are green, or run them again where they failed by chance.";
    if (missing.length > 0)
        return "See that it runs for this commit (scheduled runs do not count; `commit-checks-events` says which do), and how it is called there.";
    return policy === "wait"
        ? "Raise `timeout`."
        : "Wait until they are done, or let `commit-checks-pending: wait` do so.";
}
function commit_checks_named({ name, by }) {
    return name === by ? name : `${name} (${by.replace(".github/workflows/", "")})`;
}

;// CONCATENATED MODULE: ./actions/preflight/checks/credentials.js


/** Credentials that end in the middle of a release leave it half done, and nobody can take it back with them. */
const credentials = {
    id: "credentials",
    title: "The credentials are good for as long as a release takes",
    run: async ({ client, inputs: { releaseTime }, runner: { clock }, signal }) => {
        const { user, expires, isRenewed } = await client.self({ signal });
        const who = user === undefined ? "The credentials" : `The credentials of ${user}`;
        if (expires === undefined)
            return pass(`${who} name no end`);
        if (isRenewed)
            return pass(`${who} are renewed when they end`);
        const left = expires - clock.date().getTime();
        const end = new Date(expires).toISOString().replace(/\.\d+Z$/, "Z");
        if (left >= releaseTime)
            return pass(`${who} are good for ${(0,duration/* formatDuration */.a)(left)}`);
        return fail(left <= 0
            ? `${who} ended at ${end}`
            : `${who} end at ${end}, in ${(0,duration/* formatDuration */.a)(left)}; the release may take ${(0,duration/* formatDuration */.a)(releaseTime)}`, "Make new credentials in a step before, ones that last longer or that a plugin renews; or correct `release-time`.");
    },
};

;// CONCATENATED MODULE: ./actions/preflight/checks/deprecated-apis.js

/** What the API server says of an API that is to go, or of a field in it. */
const deprecation = /\bdeprecated\b|\bunavailable in v\d/;
/** What is deprecated today stops a release after the cluster's next upgrade. */
const deprecatedApis = {
    id: "deprecated-apis",
    title: "The manifests use no deprecated API",
    run: async ({ facts }) => {
        if (!facts.isOfRelease)
            return skip("Neither `manifests`, `chart` nor `images` are given");
        const warnings = (await facts.warnings()).filter(({ text }) => deprecation.test(text));
        if (warnings.length === 0)
            return pass("The API server names nothing as deprecated");
        const found = warnings.map(({ object, text }) => warn(`${object}: ${text}`, `Move ${object} to what replaces it.`));
        return together(found, "");
    },
};

// EXTERNAL MODULE: ./packages/release/label-selector.js
var label_selector = __webpack_require__(7224);
;// CONCATENATED MODULE: ./actions/preflight/checks/disruption-budgets.js




const budget = {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    schema: schemas/* looseObject */._H3({
        apiVersion: schemas/* string */.YjP(),
        kind: schemas/* string */.YjP(),
        metadata: schemas/* looseObject */._H3({ name: schemas/* string */.YjP() }),
        spec: schemas/* looseObject */._H3({ selector: schemas/* unknown */.L5J() }),
        status: schemas/* looseObject */._H3({ disruptionsAllowed: schemas/* number */.aig(), expectedPods: schemas/* number */.aig() }).optional(),
    }),
};
/** A drained node asks the budgets what it may take: one that counts both colors gives away the pods that serve. */
const disruptionBudgets = {
    id: "disruption-budgets",
    title: "Disruption budgets guard each color by itself",
    run: async ({ facts }) => {
        const [looks, budgets] = await Promise.all([facts.looks(), facts.allIfAllowed(budget)]);
        if (budgets === undefined)
            return skip("The credentials may not list PodDisruptionBudgets");
        const found = looks.flatMap((one) => disruption_budgets_findingsOf(one, budgets));
        return together(found, "No PodDisruptionBudget guards the pods: a node that is drained may take all of them at once");
    },
};
function disruption_budgets_findingsOf({ snapshot, setting, observed }, budgets) {
    const { source } = setting;
    const coming = source.kind === "manifests" ? source.rendered.blue.objects : [];
    const live = new Set(budgets.map(({ metadata: { name } }) => name));
    const brought = coming.filter(({ kind, metadata }) => kind === budget.kind && !live.has(metadata.name));
    const all = [...budgets, ...brought];
    const advice = (0,native_advice/* budgetAdvice */.CS)(all, snapshot, setting).map(({ what, remedy }) => warn(what, remedy));
    const active = observed.service.active;
    const labels = (active && snapshot.deployments[active]?.spec.template.metadata?.labels) ?? {};
    const guards = budgets.filter(({ spec }) => (0,label_selector/* selects */.k)(spec.selector, labels));
    const shut = guards.filter(({ status }) => status?.disruptionsAllowed === 0 && status.expectedPods > 0);
    if (advice.length > 0)
        return advice;
    if (shut.length > 0)
        return shut.map(({ metadata: { name } }) => warn(`PodDisruptionBudget ${name} allows no disruption now: fewer of the pods that serve are ready than it wants`, `kubectl describe pdb ${name}`));
    return [...guards, ...brought].map(({ metadata: { name } }) => pass(`PodDisruptionBudget ${name} guards the pods of one color`));
}

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
            // What is deprecated has a check of its own.
            const warnings = (await facts.warnings()).filter(({ text }) => !deprecation.test(text));
            const told = warnings.map(({ object, text }) => warn(`${object}: ${text}`, `Mend ${object}, or find out who warns.`));
            return together([...found, ...told], "");
        }
        catch (error) {
            if (!(0,errors/* isCutoverError */.j)(error, "rejected", "conflict", "manifest-invalid", "input-invalid", "refused", "not-found"))
                throw error;
            const hint = error.hint ?? "Mend the object; the release would be refused in the same words.";
            return error.message.includes("does not support dry run") ? warn(error.message, hint) : fail(error.message, hint);
        }
    },
};

;// CONCATENATED MODULE: ./actions/preflight/in-pod.js


/** What comes of a question. @throws `not-found` without a pod, or what it needs; what the client throws */
async function askedInPod(question, world) {
    const { where, exitCode, stdout, stderr, remedies } = await (question.via === "job"
        ? world.probe.ask(question)
        : askedByExec(question, world));
    const { subject, answer, tool, variable } = question;
    if (exitCode === 127)
        throw new errors/* CutoverError */.D("not-found", `${where} has nothing to ask ${subject} with: its image has no ${tool}`, {
            hint: remedies.tool,
        });
    if (exitCode === 126 && variable !== undefined)
        throw new errors/* CutoverError */.D("not-found", `${where} has no variable ${variable}`, { hint: remedies.variable });
    const said = stdout.trim().split("\n").at(-1) ?? "";
    if (exitCode === 0 && said === answer)
        return pass(`${where} reaches ${subject}`);
    const why = stderr.trim().split("\n")[0] || said || `its command ends with ${exitCode}`;
    return fail(`${where} gets no good answer from ${subject}: ${why}`, remedies.answer);
}
async function askedByExec({ script, words }, world) {
    const pod = await readyPod(world);
    const { client, signal } = world;
    const command = `kubectl exec ${pod.name} -c ${pod.container} --`;
    return {
        where: `Pod ${pod.name}`,
        ...(await client.exec(pod, ["sh", "-c", script, "sh", ...words], { signal })),
        remedies: {
            tool: "Ask from the runner, or by `via=job` with a `probe-image` that has it, or have the image bring it along.",
            variable: `Look at its environment: ${command} env`,
            answer: `${command} sh, and see there.`,
        },
    };
}
async function readyPod({ facts, namespace }) {
    const looks = await facts.looks();
    const pod = looks.flatMap(serving)[0];
    const container = pod?.metadata.annotations?.["kubectl.kubernetes.io/default-container"] ?? pod?.spec.containers[0]?.name;
    if (pod !== undefined && container !== undefined)
        return { namespace, name: pod.metadata.name, container };
    throw new errors/* CutoverError */.D("not-found", "No ready pod of the active slot is there to ask from", {
        hint: "Ask from the runner, or by `via=job`, until there is one.",
    });
}
function serving({ snapshot: { service, pods } }) {
    const selector = Object.entries(service?.spec.selector ?? {});
    return pods.filter(({ metadata, status }) => {
        const isReady = status?.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True") === true;
        const isSelected = selector.length > 0 && selector.every(([name, value]) => metadata.labels?.[name] === value);
        return isReady && isSelected && metadata.deletionTimestamp === undefined;
    });
}

;// CONCATENATED MODULE: ./actions/preflight/checks/endpoints.js




/** What the service depends on answers, as fast and as well as it must. */
const endpoints = {
    id: "endpoints",
    title: "What it depends on answers over HTTP",
    run: async (world) => {
        const { endpoints: given } = world.inputs;
        if (given === undefined)
            return skip("No `endpoints` are given");
        const found = given.map((endpoint) => endpoint.via === undefined ? endpoints_asked(endpoint, world) : askedInPod(endpointQuestion(endpoint, endpoint.via), world));
        return together(await Promise.all(found), "No `endpoints` are given");
    },
};
async function endpoints_asked({ url, status, within, contains }, { inputs, runner, signal }) {
    const remedy = `Look at what answers at ${url}; a release that depends on it would not become ready, or fail its users.`;
    try {
        const authorization = inputs.endpointsAuthorization?.[new URL(url).host];
        // A key goes to its own host alone, and never where others can read it.
        const asking = authorization === undefined ? { allowHttp: true } : { headers: { authorization } };
        // Later than it may take, so that a slow answer is told as one.
        const answer = await runner.web.ask({ url, timeout: 2 * within + 1_000, signal, ...asking });
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

// EXTERNAL MODULE: ./packages/kubernetes/client/status.js
var client_status = __webpack_require__(3779);
// EXTERNAL MODULE: ./packages/kubernetes/native/owners.js
var owners = __webpack_require__(6489);
;// CONCATENATED MODULE: ./actions/preflight/checks/field-owners.js



/** What a controller keeps as it wants it is written back in the middle of a release. */
const fieldOwners = {
    id: "field-owners",
    title: "Nobody else keeps what the release writes",
    run: async ({ facts }) => {
        if (!facts.isOfRelease)
            return skip("Neither `manifests`, `chart` nor `images` are given");
        try {
            const [looks, rehearsals] = await Promise.all([facts.looks(), facts.rehearsals()]);
            const kept = looks.flatMap(({ snapshot }) => (0,native_advice/* keeperAdvice */.fY)(snapshot).map((one) => warn(one.what, one.remedy)));
            return together([...kept, ...rehearsals.map(takenOver)], "");
        }
        catch (error) {
            if (!(0,errors/* isCutoverError */.j)(error))
                throw error;
            if ((0,client_status/* fieldConflicts */.M4)(error).length > 0)
                return fail(error.message, error.hint ?? "Take these fields out.");
            if (error.code === "refused")
                return skip(`The dry run was refused for something else: ${error.message}`);
            throw error;
        }
    },
};
/** People's tools lose the fields that a release writes, and their next apply takes them back. */
function takenOver({ observed, changes }) {
    const prepared = [...changes].flatMap(([step, made]) => (step.kind === "prepare" ? made : []));
    const taken = prepared.flatMap(({ before, after }) => {
        if (before === undefined)
            return [];
        const byManager = Map.groupBy((0,owners/* takenFields */.jX)(before, after), ({ manager }) => manager);
        return [...byManager].map(([manager, fields]) => {
            const names = fields.slice(0, 3).map(({ field }) => field);
            const more = fields.length > 3 ? ` and ${fields.length - 3} more` : "";
            return `${after.kind} ${after.metadata.name}: ${names.join(", ")}${more} are taken over from ${manager}`;
        });
    });
    return pass(taken.length > 0 ? taken.join("\n") : `No field of what ${observed.service.name} writes is anybody else's`);
}

;// CONCATENATED MODULE: ./actions/preflight/flag-document.js
/**
 * The state of a flag in the JSON that a flag service answers with, as text; `undefined` where it has none.
 * @param flag a JSON pointer (RFC 6901), or a name: a field of the document, or the `key` or `name` of an entry of a list in it
 */
function flagIn(document, flag) {
    return flag_document_stateOf(flag.startsWith("/") ? pointed(document, flag) : byName(document, flag));
}
function pointed(document, pointer) {
    const steps = pointer.slice(1).split("/");
    return steps.reduce((value, step) => field(value, step.replaceAll("~1", "/").replaceAll("~0", "~")), document);
}
/** Lists are how OFREP, Unleash and GO Feature Flag have it: whole, or below a field such as `flags` or `features`. */
function byName(document, name) {
    const own = field(document, name);
    if (own !== undefined || !isObject(document))
        return own;
    const fields = Array.isArray(document) ? [document] : Object.values(document);
    for (const inner of fields) {
        const found = Array.isArray(inner)
            ? inner.find((entry) => field(entry, "key") === name || field(entry, "name") === name)
            : field(inner, name);
        if (found !== undefined)
            return found;
    }
    return undefined;
}
/** An entry has its state in `value`, or says whether it is `enabled`. */
function flag_document_stateOf(found) {
    const state = isObject(found) && !Array.isArray(found) ? (field(found, "value") ?? field(found, "enabled")) : found;
    if (state === undefined)
        return undefined;
    return typeof state === "string" ? state : JSON.stringify(state);
}
function field(value, name) {
    return isObject(value) && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}
function isObject(value) {
    return typeof value === "object" && value !== null;
}

;// CONCATENATED MODULE: ./actions/preflight/checks/flags.js



const flags_nothing = "No `flags` are given";
/** A release that counts on a flag being off, or on, meets it so. */
const flags = {
    id: "flags",
    title: "Feature flags are as the release needs them",
    run: async (world) => {
        const { flags: wanted, flagsUrl } = world.inputs;
        if (wanted === undefined || flagsUrl === undefined)
            return skip(flags_nothing);
        const document = await documentAt(flagsUrl, world);
        return together(Object.entries(wanted).map(([flag, state]) => judged(flag, state, flagIn(document, flag))), flags_nothing);
    },
};
function judged(flag, wanted, state) {
    const remedy = `Set it to ${wanted} where flags are kept, or correct \`flags\`.`;
    if (state === undefined)
        return fail(`Flag ${flag} is not there`, remedy);
    return state === wanted ? pass(`Flag ${flag} is ${state}`) : fail(`Flag ${flag} is ${state}, not ${wanted}`, remedy);
}
/** @throws `unavailable` for anything but JSON; what the port throws */
async function documentAt(url, { runner, inputs: { flagsAuthorization }, signal }) {
    const isSecret = flagsAuthorization !== undefined;
    const headers = { accept: "application/json", ...(isSecret ? { authorization: flagsAuthorization } : {}) };
    const asked = evaluating(url, headers);
    const { status, body } = await runner.web.ask({ url, ...asked, timeout: 10_000, signal, allowHttp: !isSecret });
    const document = status === 200 ? flags_jsonOf(body) : undefined;
    if (document !== undefined)
        return document;
    const { origin, pathname } = new URL(url);
    throw new errors/* CutoverError */.D("unavailable", `${origin}${pathname} answers ${status}${status === 200 ? " without JSON" : ""}`, {
        hint: "See that `flags-url` is the address of an API, and that `flags-authorization` lets its flags be read.",
    });
}
/** OpenFeature's protocol evaluates for somebody, so that it is a POST: https://openfeature.dev/docs/reference/other-technologies/ofrep */
function evaluating(url, headers) {
    if (!new URL(url).pathname.endsWith("/ofrep/v1/evaluate/flags"))
        return { headers };
    const body = JSON.stringify({ context: { targetingKey: "cutover" } });
    return { method: "POST", headers: { ...headers, "content-type": "application/json" }, body };
}
/** `undefined` for what is none; the document `null` is of no use either. */
function flags_jsonOf(text) {
    try {
        return JSON.parse(text) ?? undefined;
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: ./packages/release/freeze.js
var freeze = __webpack_require__(79);
// EXTERNAL MODULE: ./packages/release/wall-time.js
var wall_time = __webpack_require__(6152);
// EXTERNAL MODULE: ./packages/release/window.js
var release_window = __webpack_require__(6148);
// EXTERNAL MODULE: ../../node_modules/yaml/dist/index.js
var dist = __webpack_require__(3483);
// EXTERNAL MODULE: ./packages/calendar/calendar-invalid.js
var calendar_invalid = __webpack_require__(9103);
;// CONCATENATED MODULE: ./packages/calendar/list.js




const entries = schemas/* array */.YOg(schemas/* strictObject */.rej({
    name: schemas/* string */.YjP(),
    from: schemas/* string */.YjP(),
    to: schemas/* string */.YjP(),
    zone: schemas/* string */.YjP().optional(),
    reason: schemas/* string */.YjP().optional(),
}));
/** The freezes of a YAML list. A `to` that is a day is in it to its end. */
function freezesOfList({ name: source, text, zone: fallback = "UTC" }) {
    const document = (0,dist/* parseDocument */.Tp)(text);
    const [error] = document.errors;
    if (error !== undefined)
        throw (0,calendar_invalid/* calendarInvalid */.e)(source, `no YAML and no iCalendar (${error.code})`, error);
    const parsed = entries.safeParse(document.toJS());
    if (!parsed.success) {
        const [issue] = parsed.error.issues;
        throw (0,calendar_invalid/* calendarInvalid */.e)(source, `expected a list of name, from, to, zone and reason; ${issue?.path.join(".") || "it"}: ${issue?.message}`);
    }
    return parsed.data.map(({ name, from, to, zone = fallback, reason }) => {
        if (!(0,wall_time/* isZone */.DS)(zone))
            throw (0,calendar_invalid/* calendarInvalid */.e)(source, `${name} is in ${zone}, and there is no such time zone`);
        const [begins, ends] = [instantIn(from, zone, 0), instantIn(to, zone, 1)];
        if (begins === undefined || ends === undefined)
            throw (0,calendar_invalid/* calendarInvalid */.e)(source, `${name} is from ${from} to ${to}: expected 2026-12-24 or 2026-12-24 18:00`);
        if (ends <= begins)
            throw (0,calendar_invalid/* calendarInvalid */.e)(source, `${name} ends before it begins`);
        return { name, from: begins, to: ends, reason };
    });
}
/** `2026-12-24`, with `days` on top; `2026-12-24 18:00` by the clocks of the zone; or with `Z` or an offset an instant by itself. */
function instantIn(text, zone, days) {
    const found = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?(Z|[+-]\d\d:\d\d)?)?$/.exec(text.trim());
    if (found === null)
        return undefined;
    const [year = 0, month = 0, day = 0, hour = Number.NaN, minute = 0, second = 0] = found
        .slice(1, 7)
        .map((part) => (part === undefined ? undefined : Number(part)));
    const isDay = Number.isNaN(hour);
    const shown = new Date(Date.UTC(year, month - 1, day));
    if (shown.getUTCMonth() !== month - 1 || shown.getUTCDate() !== day || hour > 23 || minute > 59)
        return undefined;
    if (found[7] !== undefined)
        return new Date(text.trim().replace(" ", "T"));
    return (0,wall_time/* instantOf */.B9)({ year, month, day: day + (isDay ? days : 0), hour: isDay ? 0 : hour, minute, second }, zone);
}

;// CONCATENATED MODULE: ./packages/calendar/freezes-of.js

/**
 * The freezes of a calendar that overlap a span: an iCalendar (RFC 5545), or a YAML list of name, from, to, zone and reason.
 * @throws `input-invalid`, naming the calendar and the entry
 */
async function freezesOf(calendar, span) {
    // Few have an iCalendar, and its reader is a quarter of a megabyte.
    const isICalendar = calendar.text.trimStart().startsWith("BEGIN:");
    const all = isICalendar
        ? (await Promise.all(/* import() */[__webpack_require__.e(271), __webpack_require__.e(630)]).then(__webpack_require__.bind(__webpack_require__, 2630))).freezesOfICalendar(calendar, span)
        : freezesOfList(calendar);
    return all.filter(({ from, to }) => from < span.to && to > span.from);
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./actions/preflight/named-file.js



/** Its text. @throws `input-invalid` */
async function textOfFile({ path, what }, { runner: { workspace, env } }) {
    try {
        return await (0,promises_.readFile)((0,external_node_path_.resolve)(workspace, path.replace(/^~(?=\/)/, env.HOME ?? "~")), "utf8");
    }
    catch (cause) {
        throw new errors/* CutoverError */.D("input-invalid", `The ${what} ${path} cannot be read`, {
            hint: "Name a file of this machine, by its path from the workspace; an earlier step must have made or checked it out.",
            cause,
        });
    }
}

;// CONCATENATED MODULE: ./actions/preflight/freezes-ahead.js



/** How far ahead freezes are looked for, in milliseconds. */
const ahead = 90 * 86_400_000;
/** Bytes of a calendar from the web. */
const longestCalendar = 8 * 1024 * 1024;
/** The freezes that the calendars have from now on, read once; none where none are given. @throws for a calendar that cannot be read */
async function freezesAhead(world) {
    return await world.facts.once("freezes", async () => {
        const now = world.runner.clock.date();
        const span = { from: now, to: new Date(now.getTime() + ahead) };
        const calendars = await Promise.all((world.inputs.freezes ?? []).map((source) => calendarOf(source, world)));
        return (await Promise.all(calendars.map((calendar) => freezesOf(calendar, span)))).flat();
    });
}
async function calendarOf({ path, isWeb, zone }, world) {
    if (!isWeb)
        return { name: path, text: await textOfFile({ path, what: "calendar" }, world), zone };
    const { runner, signal } = world;
    // The rest of the address may be what lets one read it.
    const name = `the calendar at ${URL.parse(path)?.host ?? "?"}`;
    const request = { url: path, timeout: 15_000, longest: longestCalendar, signal, allowHttp: true };
    const { status, body } = await runner.web.ask(request);
    if (status !== 200)
        throw unread(name, `answers ${status}`);
    if (Buffer.byteLength(body) >= longestCalendar)
        throw unread(name, `is longer than ${longestCalendar} bytes`);
    return { name, text: body, zone };
}
function unread(name, what) {
    return new errors/* CutoverError */.D("unavailable", `freezes: ${name} ${what}`, {
        hint: "See that the address is the calendar's own, and that this runner may read it; redirects are not followed.",
    });
}

;// CONCATENATED MODULE: ./actions/preflight/checks/freezes.js



/** Nobody has agreed on releasing nothing now. */
const freezes = {
    id: "freezes",
    title: "No freeze is on",
    run: async (world) => {
        const { freezes: sources, windows } = world.inputs;
        if (sources === undefined)
            return skip("No `freezes` are given");
        const now = world.runner.clock.date();
        const all = await freezesAhead(world);
        const { on, next } = (0,freeze/* freezesAt */.M)(all, now);
        if (on.length === 0)
            return pass(`${(0,wall_time/* formatMinute */.Yi)(now)} is in none${next === undefined ? "" : `; the next is ${freezes_told(next)}`}`);
        const thaw = (0,freeze/* thawAfter */.f)(all, now);
        const allowed = windows === undefined ? thaw : ((0,release_window/* nextOpening */.gR)(windows, thaw, all) ?? thaw);
        return fail(`${(0,wall_time/* formatMinute */.Yi)(now)} is in ${on.map(freezes_told).join("\nand in ")}`, `Release after ${(0,wall_time/* formatMinute */.Yi)(allowed)}. What cannot wait goes with \`override: freezes\` and an \`override-reason\`.`);
    },
};
function freezes_told({ name, from, to, reason }) {
    return `${name}, from ${(0,wall_time/* formatMinute */.Yi)(from)} to ${(0,wall_time/* formatMinute */.Yi)(to)}${reason === undefined ? "" : `: ${reason}`}`;
}

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
    return found === null || factor === undefined ? undefined : exactQuantity(Number(found[1]) * factor);
}
/** What quantities come to that were added up or divided, to a billionth as Kubernetes counts: in binary numbers 100m three times are more than 300m. */
function exactQuantity(amount) {
    return Number.isInteger(amount) ? amount : Math.round(amount * 1e9) / 1e9;
}
/** Such as `1500m`, `64Mi`, `3`: bytes by powers of two where they come out even or are many, all else to a thousandth. */
function formatQuantity(amount, isBytes = false) {
    if (!isBytes)
        return Number.isInteger(amount) ? String(amount) : `${Math.ceil(exactQuantity(amount * 1_000))}m`;
    const unit = ["Ti", "Gi", "Mi", "Ki"].find((name) => amount >= (factors[name] ?? 0));
    return unit === undefined
        ? String(Math.ceil(amount))
        : `${Math.round((amount / (factors[unit] ?? 1)) * 10) / 10}${unit}`;
}

;// CONCATENATED MODULE: ./actions/preflight/pod-spec.js


const pod_spec_named = schemas/* looseObject */._H3({ name: schemas/* string */.YjP().optional(), optional: schemas/* boolean */.zMY().optional() });
const keyed = pod_spec_named.extend({ key: schemas/* string */.YjP() });
/** Quantities by the names of resources, such as `cpu`. */
const amounts = schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* union */.KCZ([schemas/* string */.YjP(), schemas/* number */.aig()])).optional();
const container = schemas/* looseObject */._H3({
    name: schemas/* string */.YjP(),
    image: schemas/* string */.YjP(),
    imagePullPolicy: schemas/* string */.YjP().optional(),
    resources: schemas/* looseObject */._H3({ requests: amounts, limits: amounts }).optional(),
    readinessProbe: schemas/* looseObject */._H3({}).optional(),
    lifecycle: schemas/* looseObject */._H3({ preStop: schemas/* looseObject */._H3({}).optional() }).optional(),
    restartPolicy: schemas/* string */.YjP().optional(),
    env: schemas/* array */.YOg(schemas/* looseObject */._H3({
        name: schemas/* string */.YjP().optional(),
        value: schemas/* string */.YjP().optional(),
        valueFrom: schemas/* looseObject */._H3({ configMapKeyRef: keyed.optional(), secretKeyRef: keyed.optional() }).optional(),
    }))
        .optional(),
    envFrom: schemas/* array */.YOg(schemas/* looseObject */._H3({ prefix: schemas/* string */.YjP().optional(), configMapRef: pod_spec_named.optional(), secretRef: pod_spec_named.optional() }))
        .optional(),
});
const items = schemas/* array */.YOg(schemas/* looseObject */._H3({ key: schemas/* string */.YjP() })).optional();
const volume = schemas/* looseObject */._H3({
    name: schemas/* string */.YjP(),
    configMap: pod_spec_named.extend({ items }).optional(),
    secret: schemas/* looseObject */._H3({ secretName: schemas/* string */.YjP().optional(), optional: schemas/* boolean */.zMY().optional(), items }).optional(),
    persistentVolumeClaim: schemas/* looseObject */._H3({ claimName: schemas/* string */.YjP(), readOnly: schemas/* boolean */.zMY().optional() }).optional(),
    projected: schemas/* looseObject */._H3({
        sources: schemas/* array */.YOg(schemas/* looseObject */._H3({ configMap: pod_spec_named.extend({ items }).optional(), secret: pod_spec_named.extend({ items }).optional() }))
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
    affinity: schemas/* unknown */.L5J().optional(),
    priorityClassName: schemas/* string */.YjP().optional(),
    runtimeClassName: schemas/* string */.YjP().nullish(),
    terminationGracePeriodSeconds: schemas/* number */.aig().optional(),
    overhead: amounts,
});
const load = schemas/* object */.Ikc({
    resources: schemas/* object */.Ikc({ requests: amounts, limits: amounts }).optional(),
    restartPolicy: schemas/* string */.YjP().optional(),
});
/** What takes room of a pod: where all pods of a cluster are read, nothing else is looked at. */
const podLoad = schemas/* object */.Ikc({
    containers: schemas/* array */.YOg(load),
    initContainers: schemas/* array */.YOg(load).optional(),
    overhead: amounts,
});
/** Containers of a pod, those that only prepare it too. */
function allContainers({ containers, initContainers = [], }) {
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
    return exactQuantity(Math.max(running, hungriest) + (parseQuantity(overhead?.[resource] ?? 0) ?? 0));
}
/** The same for every resource that a container says something of. */
function podAmounts(pod, of) {
    const names = allContainers(pod).flatMap(({ resources }) => Object.keys(resources?.[of] ?? {}));
    return Object.fromEntries([...new Set(names)].map((name) => [name, amountFor(pod, name, of)]));
}

;// CONCATENATED MODULE: ./actions/preflight/node-room.js



/** What checks read of nodes. */
const node = {
    apiVersion: "v1",
    kind: "Node",
    isClusterWide: true,
    schema: schemas/* looseObject */._H3({
        metadata: schemas/* looseObject */._H3({ name: schemas/* string */.YjP(), labels: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* string */.YjP()).optional() }),
        spec: schemas/* looseObject */._H3({
            unschedulable: schemas/* boolean */.zMY().optional(),
            taints: schemas/* array */.YOg(schemas/* looseObject */._H3({ key: schemas/* string */.YjP(), value: schemas/* string */.YjP().optional(), effect: schemas/* string */.YjP() }))
                .optional(),
        })
            .optional(),
        status: schemas/* looseObject */._H3({
            conditions: schemas/* array */.YOg(schemas/* looseObject */._H3({ type: schemas/* string */.YjP(), status: schemas/* string */.YjP() })).optional(),
            allocatable: amounts,
        }),
    }),
};
/** Every pod of the cluster that takes room on a node: one that is over takes none any more. */
const placedPod = {
    apiVersion: "v1",
    kind: "Pod",
    isClusterWide: true,
    fieldSelector: "spec.nodeName!=,status.phase!=Succeeded,status.phase!=Failed",
    schema: schemas/* object */.Ikc({ spec: podLoad.extend({ nodeName: schemas/* string */.YjP() }) }),
};
/** Whether a condition of the node, such as `Ready`, is true. */
function nodeHas({ status: { conditions = [] } }, type) {
    return conditions.some((condition) => condition.type === type && condition.status === "True");
}
/** Whether the scheduler would let the pod onto the node, were there room. */
function mayRunOn(pod, one) {
    const { nodeSelector = {}, tolerations = [] } = pod;
    const { labels = {} } = one.metadata;
    const { taints = [], unschedulable = false } = one.spec ?? {};
    const repels = taints.filter(({ effect }) => effect !== "PreferNoSchedule");
    return (!unschedulable &&
        nodeHas(one, "Ready") &&
        Object.entries(nodeSelector).every(([key, value]) => labels[key] === value) &&
        isWanted(pod, labels) &&
        repels.every((taint) => tolerations.some((toleration) => isTolerated(taint, toleration))));
}
/** The platforms of the nodes that may run any of these pods, such as `linux/amd64`, sorted. */
function platformsFor(pods, nodes) {
    const open = nodes.filter((one) => pods.some((pod) => mayRunOn(pod, one)));
    return [...new Set(open.flatMap((one) => platformOf(one) ?? []))].sort();
}
/** As its kubelet says. */
function platformOf({ metadata: { labels = {} } }) {
    const { "kubernetes.io/os": os, "kubernetes.io/arch": architecture } = labels;
    return os === undefined || architecture === undefined ? undefined : `${os}/${architecture}`;
}
const required = schemas/* looseObject */._H3({
    nodeAffinity: schemas/* looseObject */._H3({
        requiredDuringSchedulingIgnoredDuringExecution: schemas/* looseObject */._H3({ nodeSelectorTerms: schemas/* array */.YOg(schemas/* looseObject */._H3({})) }),
    }),
});
function isWanted({ affinity }, labels) {
    const { data } = required.safeParse(affinity);
    const terms = data?.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms;
    return terms?.some((term) => (0,label_selector/* selects */.k)(term, labels)) ?? true;
}
function isTolerated(taint, { key, operator, value = "", effect = "" }) {
    const isEffect = effect === "" || effect === taint.effect;
    const isKey = (key ?? "") === "" ? operator === "Exists" : key === taint.key;
    return isEffect && isKey && (operator === "Exists" || value === (taint.value ?? ""));
}
/** What the pods that are on it leave of a node. */
function roomOn({ status: { allocatable = {} } }, pods) {
    const room = new Map(Object.entries(allocatable).map(([key, value]) => [key, parseQuantity(value) ?? 0]));
    for (const { spec } of pods)
        take(room, spec);
    return room;
}
/** What would be missing for one more pod; nothing where it fits. */
function shortOf(room, pod) {
    return [...needs(pod)].flatMap(([name, amount]) => (amount > (room.get(name) ?? Infinity) ? [name] : []));
}
/** Puts so many of these pods there, or as many as there is room for: that number. */
function fill(room, pod, count) {
    const fitting = [...needs(pod)].map(([name, amount]) => Math.floor(exactQuantity((room.get(name) ?? Infinity) / amount)));
    // Of what they need nothing of any number fits; and a node may have less than nothing left.
    const placed = Math.max(0, Math.min(count, ...fitting.filter((one) => !Number.isNaN(one))));
    take(room, pod, placed);
    return placed;
}
function take(room, pod, count = 1) {
    for (const [name, amount] of needs(pod))
        room.set(name, exactQuantity((room.get(name) ?? Infinity) - count * amount));
}
function needs(pod) {
    // A limit without a request is the request too.
    return new Map(Object.entries({ pods: 1, ...podAmounts(pod, "limits"), ...podAmounts(pod, "requests") }));
}

;// CONCATENATED MODULE: ./actions/preflight/checks/headroom.js


/** An estimate: an autoscaler of nodes may make room, and the scheduler knows more rules. */
const headroom = {
    id: "headroom",
    title: "The nodes have room for both slots",
    run: async ({ facts }) => {
        const [nodes, pods, candidates] = await Promise.all([
            facts.allIfAllowed(node),
            facts.allIfAllowed(placedPod),
            facts.candidates(),
        ]);
        if (nodes === undefined || pods === undefined)
            return skip("The credentials may not list the nodes, and the pods of all namespaces");
        const byNode = Map.groupBy(pods, ({ spec }) => spec.nodeName);
        const rooms = new Map(nodes.map((one) => [one, roomOn(one, byNode.get(one.metadata.name) ?? [])]));
        const now = candidates.map((candidate) => headroom_judged(candidate, rooms));
        // What is needed for certain has the room first.
        const grown = candidates.filter((_, index) => now[index]?.verdict === "pass");
        const later = grown.flatMap((candidate) => judgedGrown(candidate, rooms));
        return together([...now, ...later], "There is no Deployment to look at");
    },
};
/** The pods that are still to be made. */
function headroom_judged({ deployment, pod, replicas, running }, rooms) {
    const more = Math.max(0, replicas - running);
    const open = roomsFor(pod, rooms);
    if (more === 0)
        return pass(`${deployment} has all its ${running} pods`);
    if (open.length === 0)
        return warn(`None of the ${rooms.size} nodes takes the pods of ${deployment}, by nodeSelector, affinity, taints or readiness`, `Correct nodeSelector, affinity or tolerations of ${deployment}, unless an autoscaler makes a node for them.`);
    const { placed, lacking } = spread(open, pod, more);
    if (lacking === "")
        return pass(`${counted(open.length)} room for the ${more} new pods of ${deployment}`);
    return warn(`${counted(open.length)} room for ${placed} of the ${more} new pods of ${deployment}, and not enough ${lacking} for the rest`, "Make room or add a node, unless an autoscaler does: kubectl describe nodes");
}
/** Those that its autoscaler may make of it under load. */
function judgedGrown({ deployment, pod, replicas, running, most }, rooms) {
    const open = roomsFor(pod, rooms);
    const more = most - Math.max(replicas, running);
    const { placed, lacking } = spread(open, pod, more);
    if (lacking === "")
        return [];
    return [
        warn(`${counted(open.length)} room for ${placed} of the ${more} pods that the autoscaler of ${deployment} may add to it, and not enough ${lacking} for the rest`, `Make room or add a node, unless an autoscaler of nodes does, or lower maxReplicas: a slot that cannot grow under load fails its users.`),
    ];
}
function roomsFor(pod, rooms) {
    return [...rooms].filter(([one]) => mayRunOn(pod, one)).map(([, room]) => room);
}
/** Puts so many pods onto the nodes, as many as fit on the first before the next. `lacking` is empty if all fit. */
function spread(open, pod, count) {
    const placed = open.reduce((sum, room) => sum + fill(room, pod, count - sum), 0);
    const lacking = placed >= count ? [] : open.flatMap((room) => shortOf(room, pod));
    return { placed, lacking: [...new Set(lacking)].join(", ") };
}
function counted(nodes) {
    return nodes === 1 ? "1 node has" : `${nodes} nodes have`;
}

// EXTERNAL MODULE: ./packages/release/image-reference.js
var image_reference = __webpack_require__(7719);
;// CONCATENATED MODULE: ./packages/registry/parsed-json.js
/** The value of a JSON text; `undefined` for what is none. No error tells of it, since a parser's own quotes the text, which may be secret. */
function parsedJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./packages/registry/pull-keys.js



const entry = schemas/* looseObject */._H3({
    username: schemas/* string */.YjP().optional(),
    password: schemas/* string */.YjP().optional(),
    auth: schemas/* string */.YjP().optional(),
});
const pull_keys_entries = schemas/* record */.g1P(schemas/* string */.YjP(), entry);
const formats = {
    "kubernetes.io/dockerconfigjson": schemas/* looseObject */._H3({ auths: pull_keys_entries.optional() }).transform(({ auths = {} }) => auths),
    "kubernetes.io/dockercfg": pull_keys_entries,
};
/** Types of pull secrets, with the key of the data that holds the credentials; a kubelet passes over any other. */
const pullSecretTypes = {
    "kubernetes.io/dockerconfigjson": ".dockerconfigjson",
    "kubernetes.io/dockercfg": ".dockercfg",
};
/** What a kubelet reads in a pull secret of a type; `undefined` where it can read nothing. */
function readPullKeys(from, type, content) {
    const parsed = formats[type].safeParse(parsedJson(content));
    if (!parsed.success)
        return undefined;
    return Object.entries(parsed.data).flatMap(([place, { username = "", password = "", auth = "" }]) => {
        const [decodedName = "", decodedPassword = ""] = Buffer.from(auth, "base64").toString("utf8").split(/:(.*)/s, 2);
        const pair = auth === "" ? { username, password } : { username: decodedName, password: decodedPassword.replace(/\0+$/, "") };
        return pair.username === "" && pair.password === "" ? [] : [{ from, place: placeOf(place), ...pair }];
    });
}
/**
 * The credentials that a kubelet tries for an image, in its order: longer paths first. Source: `BasicDockerKeyring` in
 * Kubernetes' pkg/credentialprovider.
 */
function keysFor(reference, keys) {
    const image = (0,image_reference/* fullRepository */.gp)(reference);
    const ordered = keys.toSorted((one, other) => (one.place < other.place ? 1 : one.place > other.place ? -1 : 0));
    const matching = ordered.filter(({ place }) => isWithin(image, place));
    if (matching.length > 0 || !image.startsWith("docker.io/"))
        return matching;
    return ordered.filter(({ place }) => place === "index.docker.io");
}
/** Without the scheme, and without the `/v1/` of old clients, which means the host alone. */
function placeOf(address) {
    const [host = "", ...path] = address.replace(/^https?:\/\//, "").split("/");
    const rest = `/${path.join("/")}`.replace(/^\/v[12](?=\/)/, "");
    return rest === "/" ? host : `${host}${rest}`;
}
/** Ports and the number of a host's parts must agree, wildcards stand within a part, and a path is a prefix. */
function isWithin(image, place) {
    const [wanted, given] = [partsOf(place), partsOf(image)];
    return (wanted.port === given.port &&
        wanted.parts.length === given.parts.length &&
        given.path.startsWith(wanted.path) &&
        wanted.parts.every((pattern, index) => matches(pattern, given.parts[index] ?? "")));
}
function partsOf(place) {
    const [host = "", ...path] = place.split("/");
    const [, name = "", port = ""] = /^(\[.*\]|[^:]*)(?::(\d+))?$/.exec(host) ?? [];
    return { parts: name.split("."), port, path: path.map((part) => `/${part}`).join("") };
}
function matches(pattern, part) {
    if (pattern === part)
        return true;
    const expression = pattern
        .replace(/[.+^${}()|[\]\\]/g, "\\$&")
        .replaceAll("*", ".*")
        .replaceAll("?", ".");
    return new RegExp(`^${expression}$`).test(part);
}

;// CONCATENATED MODULE: ./packages/registry/manifest.js


const platform = schemas/* looseObject */._H3({ os: schemas/* string */.YjP(), architecture: schemas/* string */.YjP() });
const index = schemas/* looseObject */._H3({
    manifests: schemas/* array */.YOg(schemas/* looseObject */._H3({ platform: platform.optional(), annotations: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* string */.YjP()).nullish() })),
});
/** Media types of a configuration that a runtime can run (OCI image-spec, and Docker's before it). */
const ofImages = [
    "application/vnd.oci.image.config.v1+json",
    "application/vnd.docker.container.image.v1+json",
];
const manifest_image = schemas/* looseObject */._H3({ config: schemas/* looseObject */._H3({ mediaType: schemas/* enum */.k5n(ofImages), digest: schemas/* string */.YjP() }) });
/** Reads an OCI manifest or index, or Docker's of schema 2; `undefined` for what is no image, such as a chart. */
function readManifest(text) {
    const value = parsedJson(text);
    const list = index.safeParse(value);
    if (list.success)
        return { kind: "index", platforms: list.data.manifests.flatMap(platformIn) };
    const single = manifest_image.safeParse(value);
    return single.success ? { kind: "image", config: single.data.config.digest } : undefined;
}
/** The platform in an image's configuration; `undefined` where it names none. */
function readConfig(text) {
    const parsed = platform.safeParse(parsedJson(text));
    return parsed.success ? of(parsed.data) : undefined;
}
/** Attestations lie beside the images that they are about, as if they were for a platform of their own. */
function platformIn({ platform: named, annotations }) {
    const isAttestation = annotations?.["vnd.docker.reference.type"] !== undefined;
    return named === undefined || isAttestation || named.os === "unknown" ? [] : [of(named)];
}
function of({ os, architecture }) {
    return { os, architecture };
}

;// CONCATENATED MODULE: ./packages/registry/challenge.js
/** What the header asks for, a token rather than a password where it names both; `undefined` for what neither is. */
function readChallenge(header) {
    const bearer = /(?:^|,)\s*bearer\s+(.*)$/is.exec(header)?.[1];
    if (bearer !== undefined) {
        const parameters = new Map();
        for (const [, name = "", quoted, plain] of bearer.matchAll(/(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g)) {
            if (!parameters.has(name.toLowerCase()))
                parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, "$1") ?? plain ?? "");
        }
        const realm = parameters.get("realm");
        if (realm !== undefined)
            return { scheme: "bearer", realm, service: parameters.get("service"), scope: parameters.get("scope") };
    }
    return /(?:^|,)\s*basic\b/i.test(header) ? { scheme: "basic" } : undefined;
}

;// CONCATENATED MODULE: ./packages/registry/refusals.js

/** What an answer other than the one that was asked for means. */
function refusals_refusalOf(answer, asker) {
    const { registry, reference } = asker;
    const image = (0,image_reference/* formatImageReference */.my)(reference);
    const { status, headers } = answer;
    const { location = "nowhere", "retry-after": wait = "" } = headers;
    const said = `${status}${codeIn(answer.body)}`;
    if (status === 404)
        return new errors/* CutoverError */.D("not-found", `${registry} has no image ${image} (${said})`, {
            hint: "Was it built and pushed, to this registry and under this name? Release the digest that the push printed.",
        });
    if (status === 401 || status === 403)
        return unauthorized(asker, said);
    if (status === 429)
        return new errors/* CutoverError */.D("unavailable", `${registry} was asked too often and does not tell of ${image} (${said})`, {
            hint: `Wait ${waitIn(wait)}, or pull with credentials that may ask more often; a pod would not be given the image either.`,
        });
    if (status >= 300 && status < 400)
        return new errors/* CutoverError */.D("refused", `${registry} sends whoever asks for ${image} to ${location} (${status})`, {
            hint: "Name the image by the registry that it leads to: what a manifest says counts only where it was asked for.",
        });
    return new errors/* CutoverError */.D("unavailable", `${registry} does not tell of ${image} (${said})`, {
        hint: "Look at the registry's own state, and run the check again.",
    });
}
function unauthorized({ registry, reference, key }, said) {
    const image = (0,image_reference/* formatImageReference */.my)(reference);
    if (key === undefined)
        return new errors/* CutoverError */.D("unauthorized", `${registry} shows ${image} to nobody without credentials (${said})`, {
            hint: `Give the pods an imagePullSecret for ${registry}. Some registries say so of images that do not exist, too.`,
        });
    return new errors/* CutoverError */.D("unauthorized", `${registry} does not let the credentials of ${key.from} read ${image} (${said})`, {
        hint: `Renew ${key.from}, or let its user pull from ${reference.repository}. Some registries say so of images that do not exist, too.`,
    });
}
/** The registry's own word, such as `MANIFEST_UNKNOWN`; its sentences may be anything. */
function codeIn(body) {
    const code = /"code"\s*:\s*"([A-Z_]{3,40})"/.exec(body.slice(0, 10_000))?.[1];
    return code === undefined ? "" : ` ${code}`;
}
function waitIn(seconds) {
    return /^\d{1,6}$/.test(seconds) ? `${seconds} s` : "some minutes";
}

;// CONCATENATED MODULE: ./packages/registry/token.js




const answerSchema = schemas/* looseObject */._H3({ token: schemas/* string */.YjP().optional(), access_token: schemas/* string */.YjP().optional() });
/**
 * The token that lets one pull the image, from the realm that the registry names (distribution's token specification). Without
 * a key it is one for everybody.
 * @throws `unauthorized`, `unavailable`, and `refused` for a realm to which no credentials may travel
 */
async function fetchToken(challenge, asker, way) {
    const { registry, key } = asker;
    const url = tokenUrl(challenge, asker);
    if (url === undefined || !way.isSafe(url))
        throw new errors/* CutoverError */.D("refused", `${registry} wants its tokens fetched over a way that is not encrypted`, {
            hint: "Mend the realm that the registry is configured with: it must be an https address.",
        });
    const answer = await way.ask(url, key === undefined ? {} : { authorization: basic(key) });
    if ([401, 403, 429].includes(answer.status))
        throw refusals_refusalOf(answer, asker);
    const { token, access_token: other } = answerSchema.safeParse(parsedJson(answer.body)).data ?? {};
    const value = token ?? other;
    if (answer.status === 200 && value !== undefined)
        return value;
    throw new errors/* CutoverError */.D("unavailable", `${new URL(url).host} gives no token for ${registry} (${answer.status})`, {
        hint: "Look at the registry's own state, and run the check again.",
    });
}
/** A key as a password travels. */
function basic({ username, password }) {
    return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}
/** The repository as its registry has it: Docker's own keeps short names in `library`. */
function repositoryPath({ registry, repository }) {
    const isDockers = registry === undefined || /^(index\.)?docker\.io$/.test(registry);
    return isDockers && !repository.includes("/") ? `library/${repository}` : repository;
}
function tokenUrl({ realm, service, scope }, { reference }) {
    const url = URL.parse(realm);
    if (service !== undefined)
        url?.searchParams.set("service", service);
    url?.searchParams.set("scope", scope ?? `repository:${repositoryPath(reference)}:pull`);
    return url?.href;
}

;// CONCATENATED MODULE: ./packages/registry/repository.js



/** Where Docker's own registry answers; images have another name for it. */
const dockerHost = "registry-1.docker.io";
/** Milliseconds for one answer. */
const repository_timeout = 10_000;
/** How often a blob may be somewhere else. */
const mostRedirects = 3;
const accepted = [
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
    "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");
/** Opens it; nothing is asked yet. Credentials are shown when the registry asks for them, and to it and its realm alone. */
function openRepository(asker, { web, signal, onSecret, insecure = [] }) {
    const { reference, registry, key } = asker;
    const mayBePlain = isLoopback(`http://${registry}`) || insecure.includes(registry);
    const origin = `${mayBePlain ? "http" : "https"}://${registry === "docker.io" ? dockerHost : registry}`;
    const base = `${origin}/v2/${repositoryPath(reference)}`;
    const way = {
        isSafe: (url) => url.startsWith("https:") || (mayBePlain && hostOf(url) === hostOf(origin)),
        ask: (url, headers) => web.ask({ url, headers, timeout: repository_timeout, allowHttp: way.isSafe(url), ...(signal && { signal }) }),
    };
    let authorization;
    const tried = (path) => way.ask(base + path, { accept: accepted, ...(authorization !== undefined && { authorization }) });
    const get = async (path) => {
        const answer = await tried(path);
        const { "www-authenticate": wanted = "" } = answer.headers;
        const challenge = answer.status === 401 ? readChallenge(wanted) : undefined;
        if (challenge?.scheme === "bearer") {
            const token = await fetchToken(challenge, asker, way);
            onSecret?.(token);
            authorization = `Bearer ${token}`;
        }
        else if (challenge !== undefined && key !== undefined)
            authorization = basic(key);
        else
            return answer;
        return await tried(path);
    };
    return {
        async manifest() {
            const answer = await get(`/manifests/${reference.digest ?? reference.tag ?? "latest"}`);
            if (answer.status !== 200)
                throw refusals_refusalOf(answer, asker);
            return answer;
        },
        async blob(digest) {
            let answer = await get(`/blobs/${digest}`);
            for (let redirects = 0; redirects < mostRedirects && isRedirect(answer); redirects += 1) {
                // Whoever keeps it is a stranger: no credentials go there, and its digest says whether it is the right one.
                answer = await way.ask(new URL(repository_placeOf(answer), base).href, {});
            }
            if (answer.status !== 200)
                throw refusals_refusalOf(answer, asker);
            return answer.body;
        },
    };
}
/** This machine itself, where runtimes speak plain http too. */
function isLoopback(url) {
    const host = hostOf(url);
    return host === "localhost" || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
/** Without its port. */
function hostOf(url) {
    return URL.parse(url)?.hostname ?? "";
}
function isRedirect(answer) {
    return answer.status >= 300 && answer.status < 400 && repository_placeOf(answer) !== "";
}
function repository_placeOf({ headers: { location = "" } }) {
    return location;
}

;// CONCATENATED MODULE: ./packages/registry/registries.js





/** Bytes that a manifest may have here; the web port reads no more. */
const longest = 1024 * 1024;
/** Registries over the web port; http goes to this machine alone. */
function createRegistries(options) {
    return {
        async find(reference, keys) {
            const matching = keysFor(reference, keys);
            const failures = [];
            for (const key of matching.length === 0 ? [undefined] : matching) {
                try {
                    return await registries_read(reference, key, options);
                }
                catch (error) {
                    if (!(0,errors/* isCutoverError */.j)(error, "not-found", "unauthorized"))
                        throw error;
                    failures.push(error);
                }
            }
            throw failures.find((error) => (0,errors/* isCutoverError */.j)(error, "not-found")) ?? failures[0];
        },
    };
}
async function registries_read(reference, key, options) {
    const [registry = ""] = (0,image_reference/* fullRepository */.gp)(reference).split("/", 1);
    const repository = openRepository({ reference, registry, key }, options);
    const { body } = await repository.manifest();
    const digest = proved(body, reference.digest, `${registry} for ${(0,image_reference/* formatImageReference */.my)(reference)}`);
    const manifest = readManifest(body);
    if (manifest === undefined)
        throw new errors/* CutoverError */.D("rejected", `What ${registry} has as ${(0,image_reference/* formatImageReference */.my)(reference)} is no image`, {
            hint: "Charts, signatures and images of Docker's first schema cannot run; release an image.",
        });
    const platforms = manifest.kind === "index"
        ? async () => manifest.platforms
        : async () => await configured(manifest.config, repository, `${registry} for the configuration of ${(0,image_reference/* formatImageReference */.my)(reference)}`);
    return { digest, key, platforms };
}
async function configured(digest, repository, source) {
    const text = await repository.blob(digest);
    proved(text, digest, source);
    const platform = readConfig(text);
    return platform === undefined ? [] : [platform];
}
/** The digest of what came, which must be the wanted one. @throws `unavailable` if it is not */
function proved(text, wanted, source) {
    const [algorithm = ""] = (wanted ?? "sha256:").split(":", 1);
    const isKnown = ["sha256", "sha384", "sha512"].includes(algorithm);
    const found = isKnown ? `${algorithm}:${(0,external_node_crypto_.createHash)(algorithm).update(text).digest("hex")}` : (wanted ?? "");
    const isWhole = Buffer.byteLength(text) < longest;
    if (isWhole && (wanted === undefined || found === wanted))
        return found;
    const why = isWhole ? `has the digest ${found}` : "is longer than a mebibyte";
    throw new errors/* CutoverError */.D("unavailable", `What comes from ${source} ${why}`, {
        hint: "Something between here and the registry changes what it sends, or it is no image; look at it with another client.",
    });
}

;// CONCATENATED MODULE: ./actions/preflight/pull-secrets.js




const pull_secrets_secret = schemas/* looseObject */._H3({ type: schemas/* string */.YjP().optional(), data: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* string */.YjP()).nullish() });
const account = schemas/* looseObject */._H3({ imagePullSecrets: schemas/* array */.YOg(schemas/* looseObject */._H3({ name: schemas/* string */.YjP().optional() })).nullish() });
/** The pull secrets of a pod: its own, or else those of its ServiceAccount, as admission gives them to it. */
async function pullSecretsOf({ pod, deployment }, world) {
    const { imagePullSecrets = [], serviceAccountName = "default" } = pod;
    const own = imagePullSecrets.map(({ name }) => name);
    if (own.length > 0)
        return await Promise.all(own.map((name) => pullSecret(name, `the pods of ${deployment}`, world)));
    const found = await world.facts.object("ServiceAccount", serviceAccountName);
    if (found === undefined || found === "hidden")
        return [];
    const named = account.safeParse(found).data?.imagePullSecrets ?? [];
    const names = named.flatMap(({ name }) => name ?? []);
    return await Promise.all(names.map((name) => pullSecret(name, `ServiceAccount ${serviceAccountName}`, world)));
}
async function pullSecret(name, namedBy, world) {
    const found = await world.facts.object("Secret", name);
    const without = { name, namedBy, type: "", keys: [] };
    if (found === "hidden")
        return { ...without, state: "hidden" };
    if (found === undefined)
        return { ...without, state: "missing" };
    const { type = "Opaque", data } = pull_secrets_secret.parse(found);
    if (!isPullSecretType(type))
        return { ...without, type, state: "other-type" };
    const text = Buffer.from(data?.[pullSecretTypes[type]] ?? "", "base64").toString("utf8");
    const keys = readPullKeys(`Secret ${name}`, type, text);
    hide(keys ?? [], world);
    return { ...without, type, keys: keys ?? [], state: keys === undefined ? "unreadable" : "good" };
}
/** What this runner itself may read registries with, by the input `docker-config`. @throws `input-invalid` */
async function ownKeys(world) {
    const { dockerConfig } = world.inputs;
    if (dockerConfig === undefined)
        return [];
    const isText = dockerConfig.trimStart().startsWith("{");
    const text = isText ? dockerConfig : await textOfFile({ path: dockerConfig, what: "Docker configuration" }, world);
    const keys = readPullKeys("`docker-config`", "kubernetes.io/dockerconfigjson", text);
    if (keys === undefined)
        throw new errors/* CutoverError */.D("input-invalid", "`docker-config` is no Docker configuration", {
            hint: 'Give the path of a config.json as `docker login` writes it, or its text: {"auths": {…}}.',
        });
    hide(keys, world);
    return keys;
}
/** As they are, and as they travel. */
function hide(keys, { runner }) {
    for (const { username, password } of keys) {
        runner.maskSecret(password);
        runner.maskSecret(Buffer.from(`${username}:${password}`).toString("base64"));
    }
}
function isPullSecretType(type) {
    return type in pullSecretTypes;
}

;// CONCATENATED MODULE: ./actions/preflight/pod-images.js




/** Each image that the pods of each service pull, once. */
async function podImages(world) {
    const candidates = await world.facts.candidates();
    const all = candidates.map(async (candidate) => {
        const pullSecrets = await pullSecretsOf(candidate, world);
        const pulled = allContainers(candidate.pod).filter(({ imagePullPolicy }) => imagePullPolicy !== "Never");
        const images = new Set(pulled.map(({ image }) => image));
        return [...images].map((image) => {
            const reference = (0,image_reference/* parseImageReference */.o_)(image);
            const given = pullSecrets.flatMap(({ keys }) => keys);
            const keys = reference === undefined ? [] : keysFor(reference, given);
            return { candidate, image, reference, pullSecrets, keys };
        });
    });
    return (await Promise.all(all)).flat();
}
/**
 * What the image's registry has, asked once however many checks look at it: with the pods' credentials, or with this runner's
 * own where the pods have none for a registry that wants some. @throws as `Registries.find` does
 */
function findImage(reference, { image, keys }, world) {
    const { facts, inputs, runner, signal } = world;
    const who = [...new Set(keys.map(({ from }) => from))].join(", ");
    return facts.once(`image ${image} for ${who}`, async () => {
        const onSecret = (value) => runner.maskSecret(value);
        const registries = createRegistries({ web: runner.web, signal, onSecret, insecure: inputs.insecureRegistries });
        try {
            return await registries.find(reference, keys);
        }
        catch (error) {
            if (keys.length > 0 || !(0,errors/* isCutoverError */.j)(error, "unauthorized"))
                throw error;
            const own = keysFor(reference, await ownKeys(world));
            if (own.length === 0)
                throw error;
            return await registries.find(reference, own);
        }
    });
}

;// CONCATENATED MODULE: ./actions/preflight/checks/images.js



/** The registry has every image, and lets the pods' own credentials pull it: nobody else finds that out before the pods fail. */
const images_images = {
    id: "images",
    title: "The pods can pull their images",
    run: async (world) => {
        const all = await podImages(world);
        if (all.length === 0)
            return skip("There is no image that pods pull");
        return together(await Promise.all(all.map((one) => lookedUp(one, world))), "");
    },
};
async function lookedUp(one, world) {
    const { image, reference, candidate } = one;
    if (reference === undefined)
        return fail(`The pods of ${candidate.deployment} have the image ${image}, which is no name of an image`, "Write it as registry/repository@sha256:…");
    try {
        const { digest, key } = await findImage(reference, one, world);
        const how = howRead(key, one);
        if ((0,image_reference/* isPinned */.T4)(reference))
            return pass(`${image} ${how}`);
        const pinned = (0,image_reference/* formatImageReference */.my)({ ...reference, tag: undefined, digest });
        return warn(`${image} ${how}, and its tag can be moved; at this moment it means ${digest}`, `Release the digest: ${pinned}`);
    }
    catch (error) {
        if ((0,errors/* isCutoverError */.j)(error, "unauthorized"))
            return images_refused(error.message, error.hint, one);
        if ((0,errors/* isCutoverError */.j)(error, "not-found", "rejected"))
            return fail(error.message, error.hint ?? "Push the image, or release another.");
        if (!(0,errors/* isCutoverError */.j)(error, "unreachable"))
            throw error;
        throw new errors/* CutoverError */.D("unreachable", `${error.message}; it should have ${image}`, {
            hint: "See that this runner may connect to the registry. Where only the nodes can: `skip: images, platforms`.",
            cause: error,
        });
    }
}
function howRead(key, { keys }) {
    if (key === undefined)
        return "can be pulled for everybody";
    if (keys.includes(key))
        return `can be pulled by ${key.from}`;
    return `is there, by ${key.from}; the nodes need credentials of their own, as the pods have no pull secret for it`;
}
/** Nodes may have credentials of their own, from their cloud or their runtime, and nobody but them knows. */
function images_refused(message, hint = "Look at the pods' pull secrets.", { keys, pullSecrets }) {
    if (keys.length > 0)
        return fail(message, hint);
    const hidden = pullSecrets.filter(({ state }) => state === "hidden").map(({ name }) => `Secret ${name}`);
    if (hidden.length > 0)
        return warn(`${message}; whether the pods can pull it cannot be told without ${hidden.join(", ")}`, `Let the credentials get ${hidden.join(", ")}.`);
    return warn(`${message}, and no pull secret of the pods is for it; the nodes may have credentials of their own`, hint);
}

;// CONCATENATED MODULE: ./actions/preflight/limit-range.js



const limitItem = schemas/* looseObject */._H3({
    type: schemas/* string */.YjP(),
    min: amounts,
    max: amounts,
    default: amounts,
    defaultRequest: amounts,
    maxLimitRequestRatio: amounts,
});
/** The LimitRanges of a namespace. */
const limitRange = {
    apiVersion: "v1",
    kind: "LimitRange",
    schema: schemas/* looseObject */._H3({
        metadata: schemas/* looseObject */._H3({ name: schemas/* string */.YjP() }),
        spec: schemas/* looseObject */._H3({ limits: schemas/* array */.YOg(limitItem) }),
    }),
};
/** The pod with what admission gives to containers that say nothing themselves. */
function withDefaults(pod, ranges) {
    const items = ranges.flatMap(({ spec }) => spec.limits.filter(({ type }) => type === "Container"));
    if (items.length === 0)
        return pod;
    const given = (container) => {
        const { requests, limits } = container.resources ?? {};
        const defaults = {
            limits: Object.assign({}, ...items.map((item) => item.default), limits),
            // A limit of its own is the request too, before a default is.
            requests: Object.assign({}, ...items.map((item) => item.defaultRequest), limits, requests),
        };
        return { ...container, resources: { ...container.resources, ...defaults } };
    };
    const { containers, initContainers } = pod;
    return {
        ...pod,
        containers: containers.map(given),
        ...(initContainers === undefined ? {} : { initContainers: initContainers.map(given) }),
    };
}
/** What a LimitRange would refuse the pod for, in sentences without a full stop. */
function breaches(pod, item) {
    if (item.type === "Container") {
        const all = [...(pod.initContainers ?? []), ...pod.containers];
        return all.flatMap(({ name, resources }) => breachesOf(`container ${name}`, resources ?? {}, item));
    }
    if (item.type !== "Pod")
        return [];
    const resources = { requests: podAmounts(pod, "requests"), limits: podAmounts(pod, "limits") };
    return breachesOf("the pod", resources, item);
}
/** As the admission plugin LimitRanger judges: a minimum is of the request, a maximum of the limit, and both must be said. */
function breachesOf(who, { requests, limits }, item) {
    const asks = (name) => parseQuantity(requests?.[name] ?? limits?.[name]);
    const may = (name) => parseQuantity(limits?.[name]);
    const each = (bound, check) => Object.entries(bound ?? {}).flatMap(([name, value]) => check(name, parseQuantity(value) ?? 0) ?? []);
    const shown = (name, amount) => amount === undefined ? "nothing" : formatQuantity(amount, /memory|storage/.test(name));
    return [
        ...each(item.min, (name, least) => {
            const amount = asks(name);
            if (amount !== undefined && amount >= least)
                return undefined;
            return `${who} asks for ${shown(name, amount)} of ${name}, and at least ${shown(name, least)} is wanted`;
        }),
        ...each(item.max, (name, most) => {
            const amount = may(name);
            if (amount !== undefined && Math.max(amount, asks(name) ?? 0) <= most)
                return undefined;
            return `${who} is limited to ${shown(name, amount)} of ${name}, and at most ${shown(name, most)} is allowed`;
        }),
        ...each(item.maxLimitRequestRatio, (name, most) => {
            const [request = 0, limit = 0] = [asks(name), may(name)];
            if (request > 0 && limit > 0 && limit / request <= most)
                return undefined;
            return `${who} has a limit of ${shown(name, limit)} of ${name} for a request of ${shown(name, request)}, and at most ${most} times as much is allowed`;
        }),
    ];
}

;// CONCATENATED MODULE: ./actions/preflight/checks/limits.js


/** Pods outside of a LimitRange are refused when they are made: a Deployment's dry run does not see it, as it makes none. */
const limits = {
    id: "limits",
    title: "The pods are within the namespace's limits",
    run: async ({ facts }) => {
        const [ranges, candidates] = await Promise.all([facts.allIfAllowed(limitRange), facts.candidates()]);
        if (ranges === undefined)
            return skip("The credentials may not list LimitRanges");
        if (ranges.length === 0)
            return skip(`Namespace ${facts.namespace} has no LimitRange`);
        const found = candidates.flatMap(({ deployment, pod }) => ranges.map(({ metadata: { name }, spec }) => {
            const wrong = spec.limits.flatMap((item) => breaches(pod, item));
            if (wrong.length === 0)
                return pass(`The pods of ${deployment} are within LimitRange ${name}`);
            return fail(wrong.map((one) => `LimitRange ${name} would refuse the pods of ${deployment}: ${one}`).join("\n"), `Set resources of the containers of ${deployment} so that LimitRange ${name} allows them: kubectl describe limitrange ${name}`);
        }));
        return together(found, "There is no Deployment to look at");
    },
};

;// CONCATENATED MODULE: ./actions/preflight/checks/load-balancer.js



/** Of a Service and of an Ingress alike: what the load balancer's controller says of it. */
const balanced = schemas/* looseObject */._H3({
    status: schemas/* looseObject */._H3({
        loadBalancer: schemas/* looseObject */._H3({
            ingress: schemas/* array */.YOg(schemas/* looseObject */._H3({ ip: schemas/* string */.YjP().optional(), hostname: schemas/* string */.YjP().optional() })).nullish(),
        })
            .nullish(),
    })
        .nullish(),
});
/** A switch moves what arrives at the Service; whether anything can arrive is known before. */
const loadBalancer = {
    id: "load-balancer",
    title: "The ways from outside have an address",
    run: async (world) => {
        const [services, routes] = await Promise.all([ofServices(world), ofIngresses(world)]);
        return together([...services, ...routes], "No Service is of type LoadBalancer, and no Ingress leads to one");
    },
};
async function ofServices({ facts }) {
    const services = (await facts.looks()).flatMap(({ snapshot }) => snapshot.service ?? []);
    return services
        .filter(({ spec }) => spec.type === "LoadBalancer")
        .map((service) => {
        const { name } = service.metadata;
        const address = addressOf(service);
        if (address !== "")
            return pass(`Service ${name} is at ${address}`);
        const remedy = `kubectl describe service ${name} shows what its load balancer waits for.`;
        return fail(`Service ${name} is of type LoadBalancer and has no address`, remedy);
    });
}
async function ofIngresses(world) {
    return (await ingressesTo(world)).map((one) => {
        const { name } = one.metadata;
        const address = addressOf(one);
        if (address !== "")
            return pass(`Ingress ${name} is at ${address}`);
        // Some controllers tell nobody.
        const remedy = `kubectl describe ingress ${name} tells whether a controller takes it; see its ingressClassName.`;
        return warn(`Ingress ${name} has no address`, remedy);
    });
}
function addressOf(object) {
    const all = balanced.parse(object).status?.loadBalancer?.ingress ?? [];
    return all.flatMap(({ hostname, ip }) => hostname ?? ip ?? []).join(", ");
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
        return together(found, "");
    },
};

;// CONCATENATED MODULE: ./actions/preflight/checks/namespace-active.js

/** Where the cluster keeps what it runs on itself. */
const systems = new Set(["kube-system", "kube-public", "kube-node-lease"]);
/** A namespace that is being deleted takes no new objects. */
const namespaceActive = {
    id: "namespace",
    title: "The namespace is there, and stays",
    run: async ({ facts, namespace }) => {
        const found = await facts.find({ apiVersion: "v1", kind: "Namespace", name: namespace });
        if (found === undefined)
            return fail(`Namespace ${namespace} does not exist`, `kubectl create namespace ${namespace}, or correct \`namespace\`.`);
        if (systems.has(namespace))
            return warn(`Namespace ${namespace} is Kubernetes' own`, "Correct `namespace`, unless what is released there is part of the cluster.");
        const since = found.metadata.deletionTimestamp;
        if (since === undefined)
            return pass(`Namespace ${namespace} is active`);
        return fail(`Namespace ${namespace} is being deleted since ${since}`, "Find out who deletes it. Nothing can be released into it any more.");
    },
};

;// CONCATENATED MODULE: ./actions/preflight/checks/nodes.js


/** Nodes that are down or short of memory, disk or process ids take no new pods, or throw them out again. */
const nodes = {
    id: "nodes",
    title: "The nodes are ready and not under pressure",
    run: async ({ facts }) => {
        const all = await facts.allIfAllowed(node);
        if (all === undefined)
            return skip("The credentials may not list nodes");
        const usable = all.filter((one) => one.spec?.unschedulable !== true && nodeHas(one, "Ready"));
        if (usable.length === 0)
            return fail(`None of the ${all.length} nodes is ready and takes pods`, "kubectl get nodes. New pods would not start.");
        return together([pass(`${usable.length} of ${all.length} nodes are ready and take pods`), ...all.flatMap(trouble)], "");
    },
};
function trouble(one) {
    const { name } = one.metadata;
    const pressures = ["MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable"].filter((type) => nodeHas(one, type));
    const words = [...(nodeHas(one, "Ready") ? [] : ["NotReady"]), ...pressures];
    return words.length === 0 ? [] : [warn(`Node ${name} has ${words.join(", ")}`, `kubectl describe node ${name}`)];
}

;// CONCATENATED MODULE: ./actions/preflight/checks/platforms.js




/** An image for another processor is pulled and then does not start, or is refused, on each node that it is not for. */
const platforms = {
    id: "platforms",
    title: "The images are built for the nodes",
    run: async (world) => {
        const nodes = await world.facts.allIfAllowed(node);
        if (nodes === undefined)
            return skip("The credentials may not list nodes");
        const images = await podImages(world);
        const found = await Promise.all(images.map((image) => compared(image, nodes, world)));
        return together(found, "There is no image to look at");
    },
};
async function compared(one, nodes, world) {
    const { image, reference, candidate } = one;
    const wanted = platformsFor([candidate.pod], nodes);
    if (wanted.length === 0)
        return warn(`None of the ${nodes.length} nodes may take the pods of ${candidate.deployment}`, "Look at nodeSelector, node affinity and tolerations of the pods, and at labels and taints of the nodes.");
    if (reference === undefined)
        return skip(`${image} is no name of an image`);
    try {
        const built = await (await findImage(reference, one, world)).platforms();
        const names = built.map(({ os, architecture }) => `${os}/${architecture}`);
        const missing = wanted.filter((platform) => !names.includes(platform));
        if (missing.length === 0)
            return pass(`${image} is built for ${wanted.join(", ")}`);
        return fail(`${image} is built for ${names.join(", ") || "no platform"}, and nodes that may take the pods of ${candidate.deployment} are ${missing.join(", ")}`, `Build it for ${wanted.join(",")}, or keep the pods from those nodes with a nodeSelector on kubernetes.io/arch and kubernetes.io/os.`);
    }
    catch (error) {
        if (!(0,errors/* isCutoverError */.j)(error))
            throw error;
        return warn(`What ${image} is built for cannot be told: ${error.message}`, "The check `images` says what to do about it.");
    }
}

;// CONCATENATED MODULE: ./packages/postgres/replication.js
/**
 * What is behind is looked at twice: it may just have been about to catch up. Who stopped answering falls behind by the time since
 * its last word, since a lag that it would have to tell stays what it was.
 */
async function readReplication(sql) {
    const [row] = await sql `select pg_is_in_recovery() as standby`.simple();
    const read = row?.standby === true ? ofStandby : ofPrimary;
    const first = await read(sql);
    if (first.standbys.every(({ lag }) => lag === 0))
        return first;
    await sql `select pg_sleep(0.2)`.simple();
    return await read(sql);
}
/** Nothing to replay is no lag only while somebody sends: https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-RECOVERY-INFO-TABLE */
async function ofStandby(sql) {
    const rows = await sql `
    select case
      when exists (select from pg_stat_wal_receiver) and pg_last_wal_receive_lsn() <= pg_last_wal_replay_lsn() then 0
      else extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()) end::float8 as seconds`.simple();
    return { role: "standby", standbys: rows.map(({ seconds }) => ({ name: "it", lag: milliseconds(seconds) })) };
}
/** Backups stream too and are no standbys. Without the role pg_monitor all but the name is NULL. */
async function ofPrimary(sql) {
    const rows = await sql `
    select application_name as name, case
      when replay_lsn >= pg_current_wal_flush_lsn() then 0
      else extract(epoch from greatest(replay_lag, clock_timestamp() - reply_time)) end::float8 as seconds
    from pg_stat_replication where state is null or state in ('streaming', 'catchup') order by application_name`.simple();
    const standbys = rows.map(({ name, seconds }) => ({ name: String(name), lag: milliseconds(seconds) }));
    return { role: "primary", standbys };
}
/** A clock that is ahead makes no lag. */
function milliseconds(seconds) {
    return typeof seconds === "number" ? Math.max(0, Math.round(seconds * 1_000)) : undefined;
}

;// CONCATENATED MODULE: ./packages/postgres/ask-postgres.js



/** What a server answers whose TLS is asked for and that has none: `N`, alone. */
const noTls = 0x4e;
/**
 * Logs in and carries out a query.
 * @throws `rejected` with the server's own words, also for a certificate that is not good; what `connect` throws
 */
async function askPostgres(target, question) {
    const { host, port, user, password, database, sslmode } = target;
    // Loaded when asked for: most runs ask no database.
    const { default: postgres } = await __webpack_require__.e(/* import() */ 74).then(__webpack_require__.bind(__webpack_require__, 8074));
    const ssl = encryption(target, question.authorities);
    let isRefused = false;
    const options = {
        ...{ host, port, user, password, database },
        ...{ max: 1, prepare: false, fetch_types: false, connect_timeout: 60, onnotice: () => undefined },
        ...{ ssl, connection: { application_name: "cutover" } },
        // Documented, and missing in its types. The name that it tells in TLS is the socket's, as with those of its own making.
        socket: async () => {
            const socket = Object.assign(await question.connect(), { host });
            // The library starts TLS all the same, and tells of what comes of that.
            socket.once("data", (bytes) => {
                isRefused = typeof ssl === "object" && bytes[0] === noTls;
            });
            return socket;
        },
    };
    const sql = postgres(options);
    try {
        const [row] = await sql `select 1 as one, current_setting('server_version') as version`.simple();
        if (row?.one !== 1)
            throw rejected("answers SELECT 1 with something else");
        return { version: String(row.version), replication: question.replication ? await readReplication(sql) : undefined };
    }
    catch (error) {
        if ((0,errors/* isCutoverError */.j)(error))
            throw error;
        throw rejected(isRefused ? `speaks no TLS, which sslmode=${sslmode} asks for` : `says ${ask_postgres_wordsOf(error)}`, error);
    }
    finally {
        await sql.end({ timeout: 0 });
    }
}
/** As libpq has it: only `verify-…` look at the certificate, and `require` does where it is told whose must have signed it. */
function encryption({ host, sslmode, sslrootcert }, ca) {
    if (sslmode === "disable")
        return false;
    if (sslmode === "allow" || sslmode === "prefer")
        return "prefer";
    const name = (0,external_node_net_.isIP)(host) === 0 ? { servername: host } : {};
    const trust = { host, ...name, ...(ca === undefined ? {} : { ca }) };
    if (sslmode === "verify-full")
        return trust;
    const isVerified = sslmode === "verify-ca" || sslrootcert !== undefined;
    return isVerified ? { ...trust, checkServerIdentity: () => undefined } : { ...trust, rejectUnauthorized: false };
}
function ask_postgres_wordsOf(error) {
    if (!(error instanceof Error))
        return String(error);
    const code = "code" in error && typeof error.code === "string" ? ` (${error.code})` : "";
    return `${error.message}${code}`;
}
function rejected(what, cause) {
    return new errors/* CutoverError */.D("rejected", `it ${what}`, { cause });
}

;// CONCATENATED MODULE: ./actions/preflight/checks/postgres.js







const postgres_nothing = "No `postgres` is given";
/** A database that only takes connections may still refuse the login, and one that answers may have standbys far behind. */
const postgres = {
    id: "postgres",
    title: "PostgreSQL answers a query",
    run: async (world) => {
        const { postgres: given } = world.inputs;
        if (given === undefined)
            return skip(postgres_nothing);
        return together(await Promise.all(given.map((server) => "variable" in server ? askedInPod(postgresQuestion(server), world) : postgres_found(server, world))), postgres_nothing);
    },
};
async function postgres_found(server, world) {
    const { sslrootcert, maxLag } = server;
    const isFile = sslrootcert !== undefined && sslrootcert !== "system";
    const authorities = isFile ? await textOfFile({ path: sslrootcert, what: "file of certificates" }, world) : undefined;
    return await asked(server, world, {
        talk: (connect) => askPostgres(server, { connect, authorities, replication: maxLag !== undefined }),
        judge: (answer, took) => postgres_judged(answer, server, took),
    });
}
function postgres_judged({ version, replication }, server, took) {
    const name = `${nameOf(server)}/${server.database}`;
    const { maxLag } = server;
    const good = `${name} answers SELECT 1 in ${took}, PostgreSQL ${version}`;
    if (replication === undefined || maxLag === undefined)
        return pass(good);
    const { role, standbys } = replication;
    if (standbys.length === 0)
        return fail(`${name} is a ${role} that no standby follows`, "SELECT * FROM pg_stat_replication; and look at the standbys.");
    const findings = standbys.map((standby) => lagging(standby, { name, role, maxLag }));
    const bad = findings.filter((one) => one !== undefined);
    if (bad.length > 0)
        return together(bad, "");
    return pass(`${good}; ${role === "primary" ? toldOf(standbys.length) : "it is"} no more than ${(0,duration/* formatDuration */.a)(maxLag)} behind`);
}
function toldOf(count) {
    return count === 1 ? "its standby is" : `all ${count} standbys are`;
}
function lagging({ name: who, lag }, { name, role, maxLag }) {
    const subject = role === "primary" ? `Standby "${who}" of ${name}` : `Standby ${name}`;
    if (lag === undefined)
        return fail(`${subject} does not tell how far it is behind`, "Give the user the role pg_monitor, and see that the standby streams.");
    if (lag <= maxLag)
        return undefined;
    const remedy = "Wait until it has caught up, or find out what holds it: a long query, a full disk, the network.";
    return fail(`${subject} is ${(0,duration/* formatDuration */.a)(lag)} behind, and no more than ${(0,duration/* formatDuration */.a)(maxLag)} are allowed`, remedy);
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
        return candidates.length === 0 ? skip("There is no Deployment to look at") : together(found, "");
    },
};

;// CONCATENATED MODULE: ./actions/preflight/checks/pull-secrets.js




/** A kubelet passes over a pull secret that it cannot use, and says so in the events of pods alone. */
const pullSecrets = {
    id: "pull-secrets",
    title: "The pull secrets are there, and for the pods' registries",
    run: async (world) => {
        const images = await podImages(world);
        const byPods = Map.groupBy(images, ({ candidate }) => candidate);
        const found = [...byPods].flatMap(([candidate, own]) => (own[0]?.pullSecrets ?? []).map((one) => pull_secrets_judged(one, candidate, own)));
        return found.length === 0 ? skip("The pods name no pull secret") : together(found, "");
    },
};
function pull_secrets_judged(one, candidate, images) {
    const { name, namedBy, type } = one;
    switch (one.state) {
        case "missing":
            return fail(`Secret ${name} does not exist, and ${namedBy} pull with it`, `kubectl create secret docker-registry ${name} --docker-server=… --docker-username=… --docker-password=…`);
        case "hidden":
            return warn(`Secret ${name} may not be read, and ${namedBy} pull with it`, `Let the credentials get Secret ${name}.`);
        case "other-type":
            return fail(`Secret ${name} is of type ${type}, which no kubelet pulls with, and ${namedBy} name it`, `Make it anew with type ${Object.keys(pullSecretTypes).join(" or ")}.`);
        case "unreadable":
            return fail(`Secret ${name} is of type ${type} and does not hold what that needs, and ${namedBy} pull with it`, `kubectl delete secret ${name}, then kubectl create secret docker-registry ${name} …`);
        case "good":
            return fitting(one, candidate, images);
    }
}
function fitting({ name, keys }, { deployment }, images) {
    const served = images.filter(({ reference }) => reference !== undefined && keysFor(reference, keys).length > 0);
    if (served.length > 0)
        return pass(`Secret ${name} is for ${registriesOf(served)}`);
    const places = [...new Set(keys.map(({ place }) => place))].join(", ");
    return warn(`Secret ${name} is for ${places === "" ? "no registry at all" : places}, and the images of ${deployment} are in ${registriesOf(images)}`, `Add the registry to Secret ${name}, or take the Secret from the pods.`);
}
function registriesOf(images) {
    const hosts = images.flatMap(({ reference }) => reference === undefined ? [] : ((0,image_reference/* fullRepository */.gp)(reference).split("/", 1)[0] ?? []));
    return [...new Set(hosts)].join(", ");
}

;// CONCATENATED MODULE: ./actions/preflight/quota-scope.js



const selector = schemas/* looseObject */._H3({
    matchExpressions: schemas/* array */.YOg(schemas/* looseObject */._H3({ scopeName: schemas/* string */.YjP(), operator: schemas/* string */.YjP(), values: schemas/* array */.YOg(schemas/* string */.YjP()).optional() })),
});
/** Which pods a ResourceQuota counts; all where it names no scope. */
const quotaScopes = schemas/* looseObject */._H3({
    scopes: schemas/* array */.YOg(schemas/* string */.YjP()).optional(),
    scopeSelector: selector.optional(),
});
/** Whether a quota counts the pods of a Deployment: every scope must hold. https://kubernetes.io/docs/concepts/policy/resource-quotas/#quota-scopes */
function isCounted(pod, { scopes = [], scopeSelector }) {
    const named = scopes.map((scopeName) => ({ scopeName, operator: "Exists", values: undefined }));
    return [...named, ...(scopeSelector?.matchExpressions ?? [])].every(({ scopeName, operator, values = [] }) => {
        if (scopeName === "PriorityClass") {
            const { priorityClassName } = pod;
            const labels = priorityClassName === undefined ? {} : { PriorityClass: priorityClassName };
            return (0,label_selector/* selects */.k)({ matchExpressions: [{ key: scopeName, operator, values }] }, labels);
        }
        return holds(scopeName, pod);
    });
}
function holds(scope, pod) {
    // A Deployment's pods have no deadline.
    if (scope === "Terminating" || scope === "NotTerminating")
        return scope === "NotTerminating";
    if (scope === "BestEffort" || scope === "NotBestEffort")
        return isBestEffort(pod) === (scope === "BestEffort");
    return scope === "CrossNamespacePodAffinity" && /"namespace(s|Selector)":/.test(JSON.stringify(pod.affinity ?? {}));
}
function isBestEffort(pod) {
    return allContainers(pod).every(({ resources }) => {
        const said = { ...resources?.limits, ...resources?.requests };
        return said.cpu === undefined && said.memory === undefined;
    });
}

;// CONCATENATED MODULE: ./actions/preflight/checks/quota.js





const resourceQuota = {
    apiVersion: "v1",
    kind: "ResourceQuota",
    schema: schemas/* looseObject */._H3({
        metadata: schemas/* looseObject */._H3({ name: schemas/* string */.YjP() }),
        spec: quotaScopes.extend({ hard: amounts }),
        status: schemas/* looseObject */._H3({ hard: amounts, used: amounts }).optional(),
    }),
};
/** A blue-green release runs two slots for a while: the namespace's quotas must have room for the second one. */
const quota = {
    id: "quota",
    title: "The quotas have room for both slots",
    run: async ({ facts }) => {
        const [quotas, candidates] = await Promise.all([facts.allIfAllowed(resourceQuota), facts.candidates()]);
        if (quotas === undefined)
            return skip("The credentials may not list ResourceQuotas");
        if (quotas.length === 0)
            return skip(`Namespace ${facts.namespace} has no ResourceQuota`);
        const found = quotas.flatMap(({ metadata, spec, status }) => {
            const counted = candidates.filter(({ pod }) => isCounted(pod, spec));
            return Object.entries(status?.hard ?? spec.hard ?? {}).flatMap(([name, hard]) => {
                const silent = counted.flatMap((candidate) => silenceOf(candidate, name, metadata.name));
                if (silent.length > 0)
                    return silent;
                const of = (count) => exactQuantity(counted.reduce((sum, candidate) => sum + neededOf(candidate, name, candidate[count]), 0));
                const [needed, most] = [of("replicas"), of("most")];
                const limit = { quota: metadata.name, name, hard: amountOf(hard), used: amountOf(status?.used?.[name]) };
                return most === 0 ? [] : [quota_judged(limit, needed, most)];
            });
        });
        return together(found, "No quota limits what the pods need");
    },
};
/** @param most what is needed once autoscalers have made as many pods as they may */
function quota_judged({ quota, name, hard, used }, needed, most) {
    const shown = (amount) => formatQuantity(amount, /memory|storage/.test(name));
    const seen = `ResourceQuota ${quota} has ${shown(Math.max(0, hard - used))} ${name} left of ${shown(hard)}, and the new pods need ${shown(needed)}`;
    const raise = (amount) => `Raise ${name} in ResourceQuota ${quota} by ${shown(used + amount - hard)}`;
    if (exactQuantity(used + needed) > hard)
        return fail(seen, `${raise(needed)}, or retire the old slot before the release.`);
    if (exactQuantity(used + most) <= hard)
        return pass(seen);
    return warn(`${seen}, or ${shown(most)} once their autoscaler has made as many as it may`, `${raise(most)}, or lower maxReplicas: a slot that cannot grow under load fails its users.`);
}
/** A quota of CPU or memory refuses pods with a container that says nothing of it, LimitRanges included. */
function silenceOf({ pod, deployment }, name, quota) {
    const [kind, resource] = meaningOf(name);
    const isWanted = resource === "cpu" || resource === "memory";
    // What the pod as a whole says is said for its containers.
    if (!isWanted || pod.resources !== undefined)
        return [];
    const silent = allContainers(pod).filter(({ resources: { requests, limits } = {} }) => {
        return limits?.[resource] === undefined && (kind === "limits" || requests?.[resource] === undefined);
    });
    return silent.map((container) => fail(`ResourceQuota ${quota} limits ${name}, and container ${container.name} of ${deployment} says nothing of it: its pods would be refused`, `Set resources.${kind}.${resource} of container ${container.name}.`));
}
/** `limits.cpu` is of limits; `cpu` and `requests.cpu` of requests. */
function meaningOf(name) {
    if (name.startsWith("limits."))
        return ["limits", name.slice("limits.".length)];
    return ["requests", name.replace(/^requests\./, "")];
}
/** What the pods that are still to be made, up to `replicas`, need of a quota's resource. */
function neededOf({ pod, running }, name, replicas) {
    const more = Math.max(0, replicas - running);
    const [kind, resource] = meaningOf(name);
    if (name === "pods" || name === "count/pods")
        return more;
    return more * amountFor(pod, resource, kind);
}
function amountOf(text) {
    return parseQuantity(text ?? 0) ?? 0;
}

;// CONCATENATED MODULE: ./packages/redis/replies.js
const lineEnd = "\r\n";
/**
 * The replies that are there in full, in RESP2, which every server speaks to those who do not ask for more.
 * `undefined` where something else is spoken.
 */
function readReplies(bytes) {
    const replies = [];
    let at = 0;
    for (;;) {
        if (at === bytes.length)
            return replies;
        const end = bytes.indexOf(lineEnd, at);
        const line = bytes.toString("utf8", at + 1, end < 0 ? bytes.length : end);
        const kind = String.fromCharCode(bytes[at] ?? 0);
        if (!"+-$".includes(kind) || (kind === "$" && !/^\d*\r?$/.test(line)))
            return undefined;
        if (end < 0)
            return replies;
        at = end + lineEnd.length;
        if (kind !== "$") {
            replies.push(kind === "-" ? { error: line } : { text: line });
            continue;
        }
        const size = Number(line);
        if (bytes.length < at + size + lineEnd.length)
            return replies;
        replies.push({ text: bytes.toString("utf8", at, at + size) });
        at += size + lineEnd.length;
    }
}
/** A command and its arguments as the server reads them. */
function replies_written(command) {
    const parts = command.map((part) => `$${Buffer.byteLength(part)}${lineEnd}${part}${lineEnd}`);
    return `*${command.length}${lineEnd}${parts.join("")}`;
}

;// CONCATENATED MODULE: ./packages/redis/ask-redis.js





/** More than this is no answer to what is asked, in bytes. */
const ask_redis_longest = 1024 * 1024;
/**
 * PING, after AUTH where a password is given.
 * @throws `rejected` with the server's own words, also for a certificate that is not good; what `connect` throws
 */
async function askRedis(target, { connect, authorities, replication }) {
    const { username, password } = target;
    const plain = await connect();
    const stream = target.tls ? await secured(plain, target, authorities) : plain;
    const user = username === undefined ? [] : [username];
    const commands = [
        ...(password === undefined ? [] : [["AUTH", ...user, password]]),
        ["PING"],
        ...(replication ? [["INFO", "replication"]] : []),
    ];
    stream.write(commands.map(replies_written).join(""));
    const replies = await ask_redis_read(stream, commands.length);
    const told = replies.map((reply, index) => {
        if ("text" in reply)
            return reply.text;
        throw ask_redis_rejected(`answers ${commands[index]?.[0]} with ${reply.error}`);
    });
    const info = replication ? (told.at(-1) ?? "") : "";
    const field = (name) => new RegExp(`^${name}:(\\S+)`, "m").exec(info)?.[1];
    return { role: field("role"), link: field("master_link_status") };
}
async function secured(socket, { host }, ca) {
    const name = (0,external_node_net_.isIP)(host) === 0 ? { servername: host } : {};
    const stream = (0,external_node_tls_.connect)({ socket, host, ...name, ...(ca === undefined ? {} : { ca }) });
    try {
        await (0,external_node_events_.once)(stream, "secureConnect");
        return stream;
    }
    catch (error) {
        throw ask_redis_rejected(`does not agree on TLS: ${error instanceof Error ? error.message : String(error)}`);
    }
}
async function ask_redis_read(stream, count) {
    let bytes = Buffer.alloc(0);
    for await (const chunk of stream) {
        bytes = Buffer.concat([bytes, chunk]);
        const replies = readReplies(bytes);
        if (replies === undefined || bytes.length > ask_redis_longest)
            throw ask_redis_rejected("speaks something else than Redis's protocol");
        if (replies.length >= count)
            return replies;
        // Protected mode says why, and hangs up.
        const refusal = replies.find((reply) => "error" in reply);
        if (refusal !== undefined && replies.length === 1 && /^(DENIED|ERR max)/.test(refusal.error))
            throw ask_redis_rejected(`says ${refusal.error}`);
    }
    throw ask_redis_rejected("ended the connection before it answered");
}
function ask_redis_rejected(what) {
    return new errors/* CutoverError */.D("rejected", `it ${what}`);
}

;// CONCATENATED MODULE: ./actions/preflight/checks/redis.js






const redis_nothing = "No `redis` is given";
/** A cache or a queue that is down, or that has lost its master, fails users whatever the release does. */
const redis = {
    id: "redis",
    title: "Redis answers",
    run: async (world) => {
        const { redis: given } = world.inputs;
        if (given === undefined)
            return skip(redis_nothing);
        return together(await Promise.all(given.map((server) => ("variable" in server ? askedInPod(redisQuestion(server), world) : redis_found(server, world)))), redis_nothing);
    },
};
async function redis_found(server, world) {
    const authorities = server.ca === undefined ? undefined : await textOfFile({ path: server.ca, what: "file of certificates" }, world);
    const replication = server.role !== undefined;
    return await asked(server, world, {
        talk: (connect) => askRedis(server, { connect, authorities, replication }),
        judge: (answer, took) => redis_judged(answer, server) ?? pass(`${nameOf(server)} answers PING in ${took}${as(server)}`),
    });
}
/** Redis still says `slave` for what its documentation calls a replica. */
function redis_judged({ role, link }, server) {
    const name = nameOf(server);
    const is = role === "slave" ? "replica" : role;
    if (server.role === undefined)
        return undefined;
    if (is !== server.role)
        return fail(`${name} is a ${is ?? "server of no known role"}, not a ${server.role}`, "Look who failed over, and when.");
    if (is !== "replica" || link === "up")
        return undefined;
    const remedy = `redis-cli -h ${server.host} -p ${server.port} INFO replication, and look at its master.`;
    return fail(`${name} is a replica whose link to its master is ${link ?? "unknown"}`, remedy);
}
function as({ role }) {
    if (role === undefined)
        return "";
    return role === "master" ? ", as a master" : ", as a replica whose link is up";
}

;// CONCATENATED MODULE: ./actions/preflight/claims.js


const claim = schemas/* looseObject */._H3({
    metadata: schemas/* looseObject */._H3({ name: schemas/* string */.YjP() }),
    spec: schemas/* looseObject */._H3({ accessModes: schemas/* array */.YOg(schemas/* string */.YjP()).optional(), storageClassName: schemas/* string */.YjP().optional() }),
    status: schemas/* looseObject */._H3({ phase: schemas/* string */.YjP().optional() }).optional(),
});
const storageClass = schemas/* looseObject */._H3({ volumeBindingMode: schemas/* string */.YjP().optional() });
/** Whether a claim has a volume, and one that the pods of both colors may have at once. */
async function judgedClaim(live, world) {
    const { metadata, spec, status } = claim.parse(live);
    const { deployment } = world;
    const name = `PersistentVolumeClaim ${metadata.name}`;
    const phase = status?.phase ?? "Pending";
    if (phase === "Lost")
        return fail(`${name} has lost its volume`, `kubectl describe pvc ${metadata.name}`);
    if (phase !== "Bound" && !(await waitsForPods(spec.storageClassName, world)))
        return fail(`${name} is ${phase} and has no volume, and the pods of ${deployment} need it`, `kubectl describe pvc ${metadata.name}`);
    const modes = spec.accessModes ?? [];
    const remedy = "Give each color a claim of its own, or one with the access mode ReadWriteMany.";
    if (modes.every((mode) => mode === "ReadWriteOncePod"))
        return fail(`${name} is for one pod at a time (ReadWriteOncePod), and the pods of both colors need it`, remedy);
    if (modes.every((mode) => mode === "ReadWriteOnce" || mode === "ReadWriteOncePod"))
        return warn(`${name} is for one node at a time (ReadWriteOnce), and the pods of both colors need it`, remedy);
    return pass(`${name} is ${phase}`);
}
/** Whether its class makes a volume only for the first pod; of one that may not be read, that is believed. */
async function waitsForPods(name, { facts }) {
    if (name === undefined || name === "")
        return false;
    const found = await facts.live({ apiVersion: "storage.k8s.io/v1", kind: "StorageClass", name });
    return found === "hidden" || storageClass.safeParse(found).data?.volumeBindingMode === "WaitForFirstConsumer";
}

;// CONCATENATED MODULE: ./actions/preflight/references-of.js

/** Everything that the pod refers to, each object once with all keys that are read of it; what is optional is left out. */
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
        const sources = projected?.sources ?? [];
        for (const one of [configMap, ...sources.map((source) => source.configMap)])
            add("ConfigMap", one, keysOf(one?.items));
        add("Secret", secret && { ...secret, name: secret.secretName }, keysOf(secret?.items));
        for (const one of sources.map((source) => source.secret))
            add("Secret", one, keysOf(one?.items));
        add("PersistentVolumeClaim", claim && { name: claim.claimName });
    }
    for (const secret of imagePullSecrets)
        add("Secret", secret);
    add("ServiceAccount", { name: serviceAccountName });
    add("PriorityClass", { name: pod.priorityClassName });
    add("RuntimeClass", { name: pod.runtimeClassName ?? undefined });
    return merged(all.filter(({ optional }) => optional !== true));
}
function keysOf(items = []) {
    return items.flatMap((item) => item?.key ?? []);
}
function merged(all) {
    const byName = Map.groupBy(all, ({ kind, name }) => `${kind} ${name}`);
    return [...byName.values()].flatMap(([first, ...more]) => {
        if (first === undefined)
            return [];
        return [{ ...first, keys: [...new Set([first, ...more].flatMap(({ keys }) => keys))] }];
    });
}

;// CONCATENATED MODULE: ./actions/preflight/checks/references.js




/** Kinds that are in no namespace, and which the credentials of one may well not read. */
const clusterWide = {
    PriorityClass: "scheduling.k8s.io/v1",
    RuntimeClass: "node.k8s.io/v1",
};
const values = schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* unknown */.L5J()).optional();
const shape = schemas/* looseObject */._H3({ data: values, binaryData: values });
/** Pods whose Secret, ConfigMap, key, ServiceAccount or claim is missing never start, and say so only in their events. */
const references = {
    id: "references",
    title: "Everything that the pods refer to is there",
    run: async (world) => {
        const candidates = await world.facts.candidates();
        if (candidates.length === 0)
            return skip("There is no Deployment to look at");
        const found = await Promise.all(candidates.flatMap((candidate) => referencesOf(candidate.pod).map((reference) => lookUp(reference, candidate, world))));
        return together(found, "");
    },
};
async function lookUp({ kind, name, keys }, { deployment }, world) {
    if (await isOwn(kind, name, world))
        return pass(`${kind} ${name} comes with the release`);
    const who = `the pods of ${deployment} need it`;
    const apiVersion = clusterWide[kind];
    const place = apiVersion === undefined ? { apiVersion: "v1", namespace: world.namespace } : { apiVersion };
    const live = await world.facts.live({ ...place, kind, name });
    if (live === "hidden") {
        const untold = `Whether ${kind} ${name} exists cannot be told, and ${who}`;
        return apiVersion !== undefined ? pass(untold) : warn(untold, `Let the credentials get ${kind} ${name}.`);
    }
    if (live === undefined) {
        const where = apiVersion !== undefined ? "" : ` in namespace ${world.namespace}`;
        return fail(`${kind} ${name} does not exist${where}, and ${who}`, `Create ${kind} ${name}, put it into the manifests, or correct its name.`);
    }
    if (kind === "PersistentVolumeClaim")
        return await judgedClaim(live, { deployment, ...world });
    // A Secret's values are nobody's business here: its keys are.
    const { data = {}, binaryData = {} } = shape.parse(live);
    const missing = keys.filter((key) => !(key in data) && !(key in binaryData));
    if (missing.length === 0)
        return pass(`${kind} ${name} is there`);
    return fail(`${kind} ${name} has no key ${missing.join(", ")}, and ${who}`, `Add the key to ${kind} ${name}.`);
}
/** What the release itself brings need not be there yet. */
async function isOwn(kind, name, { facts }) {
    const objects = await facts.objects();
    return objects.some((object) => object.kind === kind && object.metadata.name === name);
}

;// CONCATENATED MODULE: ./actions/preflight/checks/restarts.js



const state = schemas/* looseObject */._H3({
    waiting: schemas/* looseObject */._H3({ reason: schemas/* string */.YjP().optional() }).optional(),
    terminated: schemas/* looseObject */._H3({ reason: schemas/* string */.YjP().optional(), exitCode: schemas/* number */.aig().optional(), finishedAt: schemas/* string */.YjP().optional() })
        .optional(),
});
const pod = schemas/* looseObject */._H3({
    metadata: schemas/* looseObject */._H3({
        name: schemas/* string */.YjP(),
        labels: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* string */.YjP()).optional(),
        deletionTimestamp: schemas/* string */.YjP().optional(),
    }),
    status: schemas/* looseObject */._H3({
        containerStatuses: schemas/* array */.YOg(schemas/* looseObject */._H3({
            name: schemas/* string */.YjP(),
            restartCount: schemas/* number */.aig(),
            state: state.optional(),
            lastState: state.optional(),
        }))
            .optional(),
    }),
});
/** Milliseconds for which a restart is news. */
const recent = 10 * 60_000;
/** What falls over now falls over during a release too, and then nobody knows which of the two it was. */
const restarts = {
    id: "restarts",
    title: "The pods that serve run without restarts",
    run: async ({ facts, runner: { clock } }) => {
        const looks = await facts.looks();
        const now = clock.date().getTime();
        const found = looks.flatMap(({ snapshot, observed: { service }, setting: { colorLabel } }) => {
            const { active, name } = service;
            if (active === undefined)
                return [];
            const selected = snapshot.service?.spec.selector?.[colorLabel];
            const pods = snapshot.pods.map((one) => pod.parse(one));
            const serving = pods.filter(({ metadata: { labels, deletionTimestamp } }) => labels?.[colorLabel] === selected && deletionTimestamp === undefined);
            const troubles = serving.flatMap((one) => restarts_troubleOf(one, now));
            return troubles.length > 0 ? troubles : [pass(`None of the ${serving.length} pods of Service ${name} restarts`)];
        });
        return together(found, "No Service selects a color yet");
    },
};
function restarts_troubleOf({ metadata: { name }, status }, now) {
    return (status.containerStatuses ?? []).flatMap((container) => {
        const ended = container.state?.terminated ?? container.lastState?.terminated;
        const why = ended?.reason === undefined ? "" : ` after ${ended.reason} (exit code ${ended.exitCode})`;
        const remedy = `kubectl logs ${name} --container ${container.name} --previous`;
        const waiting = container.state?.waiting?.reason;
        if (waiting === "CrashLoopBackOff")
            return warn(`Pod ${name}: container ${container.name} crashes again and again${why}`, remedy);
        const ago = now - Date.parse(ended?.finishedAt ?? "");
        if (container.restartCount === 0 || !(ago < recent))
            return [];
        return warn(`Pod ${name}: container ${container.name} restarted ${(0,duration/* formatDuration */.a)(ago)} ago${why}, ${container.restartCount} times in all`, remedy);
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




/** What no release needs, and who steals the credentials would be glad of; an empty namespace is every one of them. */
const excess = (namespace) => [
    [{ verb: "*", group: "*", resource: "*", namespace: "" }, "everything in the whole cluster"],
    [{ verb: "*", group: "*", resource: "*", namespace }, `everything in namespace ${namespace}`],
    [{ verb: "list", group: "", resource: "secrets", namespace: "" }, "read the Secrets of all namespaces"],
    [
        { verb: "create", group: "rbac.authorization.k8s.io", resource: "clusterrolebindings", namespace: "" },
        "give rights to anybody (create clusterrolebindings)",
    ],
];
/** Asks the API server for every right that a release and its way back will need, and for some that neither does. */
const rights = {
    id: "rights",
    title: "The credentials may do all that a release needs, and not everything",
    run: async ({ client, facts, inputs, namespace, signal }) => {
        const settings = await facts.settings();
        const needed = settings
            .slice(0, 1)
            .flatMap((setting) => [
            ...(0,release_questions/* questionsFor */.N)(setting, releaseTerms),
            ...(0,release_questions/* questionsFor */.N)(setting, { ...releaseTerms, kind: "rollback", to: "previous" }),
        ]);
        needed.push(...questionsOfProbes(inputs, namespace));
        const questions = [...new Map(needed.map((one) => [JSON.stringify(one), one])).values()];
        const beyond = excess(namespace);
        const denied = await client.denied([...questions, ...beyond.map(([question]) => question)], { signal });
        const missing = questions.filter((one) => denied.includes(one));
        const [worst] = beyond.filter(([question]) => !denied.includes(question));
        const names = missing.map(({ verb, group, resource }) => `${verb} ${resource}${group === "" ? "" : `.${group}`}`);
        const remedy = "Give their Role these rights; README.md of blue-green-deploy has one to copy.";
        const found = [
            missing.length === 0
                ? pass(`${questions.length} rights in namespace ${namespace}`)
                : fail(`The credentials may not do this in namespace ${namespace}: ${names.join(", ")}`, remedy),
            ...(worst === undefined
                ? []
                : [
                    warn(`The credentials may do ${questions.length} things that a release needs, and far more: ${worst[1]}`, "Give a release a Role of its own; README.md of blue-green-deploy has one to copy."),
                ]),
        ];
        return together(found, "");
    },
};
/** What this very preflight needs to ask from within the cluster. Pods are listed and watched anyhow. */
function questionsOfProbes(inputs, namespace) {
    const ways = podQuestions(inputs).map(({ via }) => via);
    const [exec, jobs] = [
        { group: "", resource: "pods/exec" },
        { group: "batch", resource: "jobs" },
    ];
    return [
        // The API server asks for `get`, since a WebSocket begins as one, and newer ones for `create`.
        ...(ways.includes("pod") ? ["get", "create"].map((verb) => ({ verb, ...exec, namespace })) : []),
        ...(ways.includes("job") ? ["create", "delete"].map((verb) => ({ verb, ...jobs, namespace })) : []),
    ];
}

;// CONCATENATED MODULE: ./actions/preflight/checks/selector.js


/** What makes every switch unsafe: the same that a release would be refused for. */
const selector_selector = {
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
        return together(found, "");
    },
};

;// CONCATENATED MODULE: ./actions/preflight/checks/serving.js

/** The active slot has the ready pods that it asks for, and the endpoints know them. */
const serving_serving = {
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
        return together(found, "");
    },
};

;// CONCATENATED MODULE: ./actions/preflight/checks/targets.js



const targets_nothing = "No `targets` are given";
/** What is not scraped can turn bad unseen: neither an alert nor an analysis would notice the release. */
const targets = {
    id: "targets",
    title: "Prometheus scrapes what is released",
    run: async (world) => {
        const { prometheus, targets: groups } = world.inputs;
        if (prometheus === undefined || groups === undefined)
            return skip(targets_nothing);
        return together(await Promise.all(groups.map((group) => scraped(prometheus, group, world))), targets_nothing);
    },
};
/** By the series `up`, which everything that speaks Prometheus' language has, and which ends with its target. */
async function scraped(url, group, world) {
    const selector = `up{${group.map(written).join(",")}}`;
    const { samples, warnings } = await queryPrometheus(monitorAt(url, world), selector);
    const remedy = `Look at ${url.replace(/\/+$/, "")}/targets, and at the ServiceMonitor or the annotations of the pods.`;
    if (samples.length === 0)
        return fail(`${selector} has no data: nothing is scraped`, remedy);
    const down = samples.filter(({ value }) => value !== 1);
    const names = down.map(({ labels: { job = "", instance = "" } }) => `Target ${instance} of job ${job} is down`);
    if (names.length > 0)
        return fail(listed(names), remedy);
    if (warnings.length > 0)
        return warn(`${selector} may not be all: ${warnings.join("; ")}`, remedy);
    return pass(`${selector}: ${samples.length === 1 ? "its target is" : `all ${samples.length} targets are`} up`);
}

;// CONCATENATED MODULE: ./actions/preflight/checks/tcp.js




const tcp_nothing = "No `tcp` is given";
/** What speaks a protocol of its own takes connections: a broker, a mail server. */
const tcp = {
    id: "tcp",
    title: "What it depends on takes connections",
    run: async (world) => {
        const { tcp: given } = world.inputs;
        if (given === undefined)
            return skip(tcp_nothing);
        const talk = async (connect) => void (await connect());
        const found = given.map((server) => server.via === undefined
            ? asked(server, world, { talk, judge: (_, took) => pass(`${nameOf(server)} takes connections, in ${took}`) })
            : askedInPod(tcpQuestion(server, server.via), world));
        return together(await Promise.all(found), tcp_nothing);
    },
};

;// CONCATENATED MODULE: ./actions/preflight/checks/traffic.js

/** What the Service promises its clients beyond plain requests, and a switch cannot keep. */
const traffic = {
    id: "traffic",
    title: "The Service's traffic can move from pod to pod",
    run: async ({ facts }) => {
        const looks = await facts.looks();
        return together(looks.flatMap(traffic_findingsOf), "There is no Service yet");
    },
};
function traffic_findingsOf({ snapshot: { service, pods }, observed }) {
    if (service === undefined)
        return [];
    const { name, annotations = {} } = service.metadata;
    const { spec } = service;
    const nodes = new Set(pods.flatMap((pod) => pod.spec.nodeName ?? []));
    const found = [];
    if (spec.sessionAffinity === "ClientIP")
        found.push(warn(`Service ${name} keeps each client with one pod (sessionAffinity: ClientIP), and the switch takes all pods away at once`, "Keep sessions outside of the pods' memory, or release when few people are about."));
    if (spec.externalTrafficPolicy === "Local" && nodes.size > 1)
        found.push(warn(`Service ${name} serves outside traffic on the nodes of its pods alone (externalTrafficPolicy: Local), ${nodes.size} of them now: a release does not switch before its preview is on each of them`, `Spread the pods with topologySpreadConstraints over kubernetes.io/hostname, so that ${observed.service.active ?? "either color"} and its successor stand on the same nodes.`));
    if (Object.entries(annotations).some(([key, value]) => key.endsWith("target-type") && value === "ip"))
        found.push(warn(`The load balancer of Service ${name} sends to the pods' own addresses (target-type: ip), and learns of the new ones some time after the switch`, "Give the pods readiness gates of the load balancer's controller, and leave the old slot running: `previous: keep`."));
    return found.length > 0 ? found : [pass(`Service ${name} sends each connection to any of its pods`)];
}

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
        return together(found, "");
    },
};

;// CONCATENATED MODULE: ./actions/preflight/version-range.js

/** `1.30-1.34`, `1.30-` or `1.34` alone. */
function versionRange() {
    const form = { expected: "versions of Kubernetes such as 1.30-1.34 or 1.30-", type: "versions" };
    return (0,vocabulary/* inputOf */.w)(form, (text) => {
        const [, first = "", end, last = ""] = /^v?(\d+\.\d+)(\s*-\s*v?(\d+\.\d+)?)?$/.exec(text) ?? [];
        const oldest = minorVersion(first);
        const newest = end === undefined ? oldest : last === "" ? Infinity : minorVersion(last);
        return oldest === undefined || newest === undefined || newest < oldest ? undefined : { oldest, newest };
    });
}
/** The version in `v1.34.4`, `1.29.3-gke.1` or `v1.32`; `undefined` for what is none. */
function minorVersion(text) {
    const [, major, minor] = /^v?(\d+)\.(\d+)(?:$|[.+-])/.exec(text) ?? [];
    return major === undefined ? undefined : Number(major) * 1_000 + Number(minor);
}
/** `1.34` */
function versionName(version) {
    return `${Math.floor(version / 1_000)}.${version % 1_000}`;
}

;// CONCATENATED MODULE: ./actions/preflight/checks/version.js



const server = schemas/* object */.Ikc({ gitVersion: schemas/* string */.YjP() });
const version_node = {
    apiVersion: "v1",
    kind: "Node",
    isClusterWide: true,
    schema: schemas/* looseObject */._H3({
        metadata: schemas/* looseObject */._H3({ name: schemas/* string */.YjP() }),
        status: schemas/* looseObject */._H3({ nodeInfo: schemas/* looseObject */._H3({ kubeletVersion: schemas/* string */.YjP() }).optional() }).optional(),
    }),
};
/** How many minor versions a kubelet may be behind its API server (Kubernetes' version skew policy). */
const mostBehind = 3;
/** What manifests say changes its meaning between versions, and so does what nodes that lag behind make of it. */
const version_version = {
    id: "version",
    title: "Kubernetes has a version that is meant, and its nodes are near it",
    run: async ({ client, facts, inputs, signal }) => {
        const { gitVersion } = server.parse(await client.ask("/version", { signal }));
        const minor = minorVersion(gitVersion);
        if (minor === undefined)
            return warn(`The API server calls its version ${gitVersion}, which is none`, "kubectl version");
        const nodes = (await facts.allIfAllowed(version_node)) ?? [];
        const kubelets = nodes.flatMap(({ metadata: { name }, status }) => {
            const kubelet = minorVersion(status?.nodeInfo?.kubeletVersion ?? "");
            return kubelet === undefined ? [] : [{ name, kubelet }];
        });
        const oldest = Math.min(...kubelets.map(({ kubelet }) => kubelet));
        const skew = kubelets.length === 0 ? "" : `, ${skewOf(minor, oldest)}`;
        return together([
            inRange(`Kubernetes ${gitVersion}${skew}`, minor, inputs.kubernetesVersions),
            ...kubelets.flatMap((one) => version_trouble(one, minor)),
        ], "");
    },
};
function inRange(what, minor, { oldest, newest }) {
    if (minor < oldest)
        return fail(`${what}, and ${versionName(oldest)} is the oldest that is meant`, "Upgrade the cluster, or correct `kubernetes-versions`.");
    if (minor > newest)
        return fail(`${what}, and ${versionName(newest)} is the newest that is meant`, "Try the release on this version, then correct `kubernetes-versions`.");
    return pass(what);
}
function skewOf(minor, oldest) {
    const behind = minor - oldest;
    return behind === 0 ? "as are all its nodes" : `whose oldest node has ${versionName(oldest)}`;
}
function version_trouble({ name, kubelet }, minor) {
    const what = `Node ${name} has ${versionName(kubelet)} and the API server ${versionName(minor)}`;
    if (kubelet > minor)
        return [warn(`${what}: no kubelet may be newer`, "Upgrade the control plane first.")];
    if (minor - kubelet > mostBehind)
        return [warn(`${what}: more than ${mostBehind} behind`, `Upgrade node ${name}.`)];
    return [];
}

;// CONCATENATED MODULE: ./actions/preflight/checks/webhooks.js




const list = schemas/* array */.YOg(schemas/* string */.YjP()).optional();
const webhook = schemas/* looseObject */._H3({
    name: schemas/* string */.YjP(),
    failurePolicy: schemas/* string */.YjP().optional(),
    clientConfig: schemas/* looseObject */._H3({
        service: schemas/* looseObject */._H3({ namespace: schemas/* string */.YjP(), name: schemas/* string */.YjP() }).optional(),
        caBundle: schemas/* string */.YjP().optional(),
    }),
    rules: schemas/* array */.YOg(schemas/* looseObject */._H3({ apiGroups: list, resources: list, operations: list })).optional(),
    matchConditions: schemas/* array */.YOg(schemas/* unknown */.L5J()).optional(),
    namespaceSelector: schemas/* unknown */.L5J().optional(),
    objectSelector: schemas/* unknown */.L5J().optional(),
});
const configurations = ["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"].map((kind) => ({
    apiVersion: "admissionregistration.k8s.io/v1",
    kind,
    isClusterWide: true,
    schema: schemas/* looseObject */._H3({
        metadata: schemas/* looseObject */._H3({ name: schemas/* string */.YjP() }),
        webhooks: schemas/* array */.YOg(webhook).optional(),
    }),
}));
/** What a release writes, or lets be written. */
const webhooks_written = [
    ["apps", "deployments"],
    ["apps", "replicasets"],
    ["apps", "controllerrevisions"],
    ["", "pods"],
    ["", "services"],
    ["coordination.k8s.io", "leases"],
];
/** A webhook that must be asked and does not answer refuses everything; of one for pods no dry run knows. */
const webhooks = {
    id: "webhooks",
    title: "The admission webhooks that a release meets answer",
    run: async (world) => {
        const { facts } = world;
        const found = await Promise.all(configurations.map((one) => facts.allIfAllowed(one)));
        if (found.every((one) => one === undefined))
            return skip("The credentials may not list admission webhooks");
        const all = found.flatMap((one) => one ?? []);
        const strict = all
            .flatMap((one) => one.webhooks ?? [])
            .filter(({ failurePolicy = "Fail" }) => failurePolicy === "Fail");
        const own = await facts.live({ apiVersion: "v1", kind: "Namespace", name: facts.namespace });
        const labels = {
            "kubernetes.io/metadata.name": facts.namespace,
            ...(own === "hidden" ? {} : own?.metadata.labels),
        };
        const met = strict.filter((one) => meets(one, labels));
        const findings = await Promise.all(met.map((one) => webhooks_judged(one, world)));
        return together(findings, "No admission webhook that must answer sees what a release writes");
    },
};
function meets({ rules = [], namespaceSelector }, labels) {
    const isHere = isEmpty(namespaceSelector) || (0,label_selector/* selects */.k)(namespaceSelector, labels);
    const has = (all = [], one) => all.includes("*") || all.includes(one);
    const names = (all = [], one) => all.includes("*/*") || has(all, one);
    const sees = rules.some(({ apiGroups, resources, operations = ["*"] }) => {
        const isWrite = ["*", "CREATE", "UPDATE"].some((one) => operations.includes(one));
        return isWrite && webhooks_written.some(([group, resource]) => has(apiGroups, group) && names(resources, resource));
    });
    return isHere && sees;
}
async function webhooks_judged(one, world) {
    const { name, clientConfig, objectSelector, matchConditions = [] } = one;
    // One that looks at some objects alone may let ours pass.
    const bad = isEmpty(objectSelector) && matchConditions.length === 0 ? fail : warn;
    const { service, caBundle } = clientConfig;
    const expiry = expiryOf(caBundle);
    const date = expiry?.toISOString().slice(0, 10);
    if (expiry !== undefined && expiry < world.runner.clock.date())
        return bad(`Webhook ${name} must be asked and cannot be: the authority in its caBundle expired on ${date}`, `Renew the certificates of webhook ${name}.`);
    if (service === undefined)
        return pass(`Webhook ${name} is outside of the cluster`);
    const where = `Service ${service.name} in namespace ${service.namespace}`;
    const ready = await readyEndpoints(service, world);
    if (ready === undefined)
        return pass(`Whether webhook ${name} (${where}) answers may not be looked at`);
    if (ready > 0)
        return pass(`Webhook ${name} (${where}) has ${ready} ready endpoints`);
    return bad(`Webhook ${name} must be asked, and nothing answers: ${where} has no ready endpoint`, `kubectl -n ${service.namespace} get pods,endpointslices; as long as it is so, what a release writes is refused.`);
}
const slices = schemas/* array */.YOg(schemas/* looseObject */._H3({
    endpoints: schemas/* array */.YOg(schemas/* looseObject */._H3({ conditions: schemas/* looseObject */._H3({ ready: schemas/* boolean */.zMY().optional() }).optional() }))
        .nullish(),
}));
/** `undefined` where they may not be listed. */
async function readyEndpoints({ namespace, name }, { client, signal }) {
    const labelSelector = `kubernetes.io/service-name=${name}`;
    const collection = { apiVersion: "discovery.k8s.io/v1", kind: "EndpointSlice", namespace, labelSelector };
    try {
        const { items } = await client.list(collection, { signal });
        const endpoints = slices.parse(items).flatMap((slice) => slice.endpoints ?? []);
        return endpoints.filter(({ conditions }) => conditions?.ready !== false).length;
    }
    catch (error) {
        if ((0,errors/* isCutoverError */.j)(error, "forbidden"))
            return undefined;
        throw error;
    }
}
/** When the last of the authorities expires; `undefined` where there is none that can be read. */
function expiryOf(caBundle) {
    const text = Buffer.from(caBundle ?? "", "base64").toString("utf8");
    const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
    try {
        const ends = blocks.map((block) => new external_node_crypto_.X509Certificate(block).validToDate.getTime());
        return ends.length === 0 ? undefined : new Date(Math.max(...ends));
    }
    catch {
        return undefined;
    }
}
function isEmpty(selector) {
    return selector === undefined || selector === null || Object.keys(selector).length === 0;
}

;// CONCATENATED MODULE: ./actions/preflight/checks/window-open.js



/** Releases are allowed at this time of the week. */
const windowOpen = {
    id: "window",
    title: "The deploy window is open",
    run: async (world) => {
        const { windows } = world.inputs;
        if (windows === undefined)
            return skip("No `windows` are given");
        const now = world.runner.clock.date();
        const open = windows.find((window) => (0,release_window/* isOpen */.nT)(window, now));
        if (open !== undefined)
            return pass(`${(0,wall_time/* formatMinute */.Yi)(now)} is within ${open.text}`);
        const freezes = await freezesIfReadable(world);
        const next = (0,release_window/* nextOpening */.gR)(windows, now, freezes);
        const told = next === undefined ? "No window ever opens: correct `windows`" : `The next one opens at ${(0,wall_time/* formatMinute */.Yi)(next)}`;
        const doubt = freezes === undefined ? ", unless a freeze is on then: its calendar cannot be read" : "";
        return fail(`${(0,wall_time/* formatMinute */.Yi)(now)} is outside of ${windows.map(({ text }) => text).join(", ")}`, `${told}${doubt}. What cannot wait goes with \`override: window\` and an \`override-reason\`.`);
    },
};
/** Why a calendar cannot be read is for the check of freezes to tell. */
async function freezesIfReadable(world) {
    try {
        return await freezesAhead(world);
    }
    catch (error) {
        if ((0,errors/* isCutoverError */.j)(error))
            return undefined;
        throw error;
    }
}

;// CONCATENATED MODULE: ./actions/preflight/checks.js









































/** Every check, in the order in which they are told where they ended alike. */
const checks = [
    apiServer,
    credentials,
    rightCluster,
    version_version,
    nodes,
    namespaceActive,
    rights,
    lock,
    selector_selector,
    serving_serving,
    restarts,
    traffic,
    loadBalancer,
    unfinishedRelease,
    dryRun,
    fieldOwners,
    deprecatedApis,
    webhooks,
    probes,
    references,
    images_images,
    pullSecrets,
    platforms,
    limits,
    quota,
    headroom,
    autoscalers,
    disruptionBudgets,
    endpoints,
    certificates,
    tcp,
    postgres,
    redis,
    alerts_alerts,
    targets,
    flags,
    backup,
    windowOpen,
    freezes,
    commit_checks_commitChecks,
    approvals,
];

// EXTERNAL MODULE: ./packages/action-kit/inputs.js
var inputs = __webpack_require__(3057);
// EXTERNAL MODULE: ./actions/release/inputs.js + 1 modules
var release_inputs = __webpack_require__(8889);
// EXTERNAL MODULE: ./actions/release/rules.js
var release_rules = __webpack_require__(1821);
;// CONCATENATED MODULE: ./actions/preflight/backup-source.js

/** By the names that people type. */
const backup_source_kinds = {
    cronjob: { apiVersion: "batch/v1", kind: "CronJob" },
    job: { apiVersion: "batch/v1", kind: "Job" },
    configmap: { apiVersion: "v1", kind: "ConfigMap" },
    persistentvolumeclaim: { apiVersion: "v1", kind: "PersistentVolumeClaim" },
    service: { apiVersion: "v1", kind: "Service" },
    deployment: { apiVersion: "apps/v1", kind: "Deployment" },
    statefulset: { apiVersion: "apps/v1", kind: "StatefulSet" },
};
const backup_source_form = "an object such as cronjob/dump or job/dump-before-release, or one with its annotation: statefulset/db backup.example/last-success";
/** Backups, one a line. */
function backupSources() {
    return entriesOf(`lines, each ${backup_source_form}`, (line) => {
        const [, type = "", name, annotation] = /^(\w+)\/([a-z0-9][a-z0-9.-]*)(?:\s+(\S+))?$/.exec(line) ?? [];
        const kind = backup_source_kinds[type.toLowerCase()];
        if (name === undefined || kind === undefined)
            return `expected ${backup_source_form}, got ${JSON.stringify(line.slice(0, 80))}`;
        const isRun = kind.apiVersion === "batch/v1";
        if (isRun === (annotation === undefined))
            return { ...kind, name, annotation };
        return isRun
            ? `expected ${line.split(/\s/, 1)[0]} without an annotation: its own success tells the time`
            : `expected the annotation of ${line} that has the time of its last backup, such as ${line} backup.example/last-success`;
    });
}

;// CONCATENATED MODULE: ./actions/preflight/cluster-checks.js


/** What must be so of the cluster, its registries and its certificates. */
const clusterChecks = {
    allowedServers: (0,input_lists/* list */.p_)()
        .optional()
        .describe("API servers that may be released to: host, `host:port` or address. Any other fails the check `cluster`."),
    dockerConfig: (0,inputs/* text */.Qq)()
        .optional()
        .describe("Credentials for registries that the pods have no pull secret for, where the nodes have credentials of their own: the path of a Docker configuration, such as `~/.docker/config.json` after docker/login-action, or its text."),
    insecureRegistries: (0,input_lists/* list */.p_)()
        .optional()
        .describe("Registries that are asked without encryption, as `host:port`; those of this machine are anyhow."),
    kubernetesVersions: versionRange()
        .prefault("1.23-")
        .describe("Versions of the API server that may be released to, such as `1.30-1.34`, or `1.30-` for no end."),
    releaseTime: (0,inputs/* duration */.p0)()
        .prefault("30m")
        .describe("How long what follows may take, with soak, drain and a way back: the credentials must be good for as long."),
    certificateValidity: (0,inputs/* duration */.p0)()
        .prefault("30d")
        .describe("How long certificates must still be good: of Ingresses and Gateways that lead to the service, and of `endpoints`."),
};

;// CONCATENATED MODULE: ./packages/postgres/postgres-target.js
/** libpq's names, in its order of strictness. */
const modes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];
/**
 * A connection URI as libpq has it, `postgresql://user:password@host:5432/database?sslmode=verify-full&sslrootcert=ca.pem`, of one
 * host; other parameters do not matter here. A sentence instead, without anything secret, on what is wrong with it.
 * https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS
 */
function readPostgresUrl(text) {
    const url = URL.parse(text);
    if (url === null || !/^postgres(ql)?:$/.test(url.protocol) || url.hostname === "" || url.hostname.includes(","))
        return "expected a URI such as postgresql://user:password@host:5432/database";
    const { sslrootcert, ...given } = Object.fromEntries(url.searchParams);
    // The roots of the system have signed for anybody: then the name must be right too.
    const { sslmode = sslrootcert === "system" ? "verify-full" : "prefer" } = given;
    const mode = modes.find((one) => one === sslmode);
    if (mode === undefined)
        return `expected an sslmode of ${modes.join(", ")}`;
    try {
        const user = decodeURIComponent(url.username) || given.user;
        if (user === undefined)
            return "expected a user in the URI";
        return {
            host: url.hostname.replace(/^\[|\]$/g, ""),
            port: Number(url.port || 5432),
            user,
            password: decodeURIComponent(url.password) || given.password || "",
            database: decodeURIComponent(url.pathname.slice(1)) || given.dbname || user,
            sslmode: mode,
            sslrootcert,
        };
    }
    catch {
        return "expected a URI whose signs are encoded: % is %25";
    }
}

;// CONCATENATED MODULE: ./packages/redis/redis-target.js
/**
 * `redis://user:password@host:6379`, `rediss://` for TLS, as redis-cli takes it; the number of a database may follow and does not
 * matter here. `undefined` for anything else.
 */
function readRedisUrl(text) {
    const url = URL.parse(text);
    if (url === null || !/^rediss?:$/.test(url.protocol) || url.hostname === "" || !/^(\/\d*)?$/.test(url.pathname))
        return undefined;
    try {
        return {
            host: url.hostname.replace(/^\[|\]$/g, ""),
            port: url.port === "" ? 6379 : Number(url.port),
            tls: url.protocol === "rediss:",
            username: decodeURIComponent(url.username) || undefined,
            password: decodeURIComponent(url.password) || undefined,
        };
    }
    catch {
        // A stray percent sign.
        return undefined;
    }
}

;// CONCATENATED MODULE: ./actions/preflight/dependency.js



const usual = "5s";
const wrongWay = "expected `via=pod` or `via=job`, or no `via` to ask from the runner";
const wrongDuration = "expected a duration above 0 such as 500ms after `within=` and `max-lag=`";
/** Servers, one a line: `broker.internal:5672 within=2s`. */
function tcpServers() {
    return entriesOf("addresses such as broker.internal:5672 within=2s", (line) => {
        const { subject, terms } = termsOf(line, ["within", "via"]);
        const [, bracketed, plain, port = ""] = /^(?:\[([\da-f:.]+)\]|([\w.-]+)):(\d{1,5})$/i.exec(subject) ?? [];
        const host = bracketed ?? plain;
        const within = lasting(terms.within ?? usual);
        if (host === undefined || !isPort(Number(port)))
            return `expected an address such as broker.internal:5672, got ${JSON.stringify(subject.slice(0, 80))}`;
        const { via } = terms;
        if (via !== undefined && !isVia(via))
            return wrongWay;
        return within === undefined ? wrongDuration : { host, port: Number(port), within, via };
    });
}
/** Databases, one a line: `postgresql://user:password@host/database within=2s max-lag=10s`. What is wrong is told without the text. */
function postgresServers() {
    return entriesOf("URIs such as postgresql://user:password@host:5432/database", (line) => {
        const { subject, terms } = termsOf(line, ["within", "max-lag", "via"]);
        if (isForPod(subject, terms))
            return inPod(subject, terms);
        const target = readPostgresUrl(subject);
        if (typeof target === "string")
            return target;
        const { "max-lag": most } = terms;
        const [within, maxLag] = [lasting(terms.within ?? usual), most === undefined ? undefined : lasting(most)];
        if (within === undefined || (most !== undefined && maxLag === undefined))
            return wrongDuration;
        return { ...target, within, maxLag };
    });
}
/** Servers, one a line: `rediss://user:password@host:6379 within=2s role=replica ca=redis-ca.pem`. */
function redisServers() {
    return entriesOf("URLs such as redis://user:password@host:6379", (line) => {
        const { subject, terms } = termsOf(line, ["within", "role", "ca", "via"]);
        if (isForPod(subject, terms))
            return inPod(subject, terms);
        const target = readRedisUrl(subject);
        if (target === undefined)
            return "expected a URL such as redis://user:password@host:6379, its signs encoded";
        const { role, ca } = terms;
        if (role !== undefined && role !== "master" && role !== "replica")
            return "expected a role of master or replica";
        const within = lasting(terms.within ?? usual);
        return within === undefined ? wrongDuration : { ...target, within, role, ca };
    });
}
function isForPod(subject, { via }) {
    return via !== undefined || subject.startsWith("$");
}
/** An address by itself would be a word of a command, and those stand in the API server's log. */
function inPod(subject, { via, within: given = usual, ...others }) {
    const variable = /^\$([A-Za-z_]\w*)$/.exec(subject)?.[1];
    const within = lasting(given);
    if (!isVia(via))
        return wrongWay;
    if (variable === undefined)
        return `expected the name of a variable of the service's pods, such as $DATABASE_URL, for \`via=${via}\``;
    if (Object.keys(others).length > 0)
        return `expected no term but \`within=\` beside \`via=${via}\`: only the runner asks for more`;
    return within === undefined ? wrongDuration : { variable, via, within };
}
/** Whether it names somebody who can ask. */
function isVia(text) {
    return text === "pod" || text === "job";
}
function isPort(port) {
    return port > 0 && port < 65_536;
}

;// CONCATENATED MODULE: ./actions/preflight/endpoint.js


/** Endpoints, one a line: `https://shop.example/health status=200 within=500ms contains=ok`; all but the address may be left out. */
function endpoint_endpoints() {
    return entriesOf("addresses such as https://shop.example/health status=200 within=2s", parseEndpoint);
}
/** A sentence instead, on what is wrong with it. */
function parseEndpoint(line) {
    const { subject: url, terms } = termsOf(line, ["status", "within", "contains", "via"]);
    if (!/^https?:$/.test(URL.parse(url)?.protocol ?? ""))
        return `expected an address such as https://host/path, got ${JSON.stringify(url.slice(0, 80))}`;
    const { status = "2xx", within = "5s", contains, via } = terms;
    if (!/^[1-5](xx|\d\d)$/.test(status))
        return `expected a status such as 200 or 2xx for ${url}, got ${status}`;
    if (via !== undefined && !isVia(via))
        return wrongWay;
    const milliseconds = lasting(within);
    if (milliseconds === undefined)
        return `expected a duration such as 500ms for ${url}, got ${within}`;
    return { url, status, within: milliseconds, contains, via };
}

;// CONCATENATED MODULE: ./actions/preflight/freeze-source.js


/** Calendars, one a line: a file or an address, and a time zone if its days are of one. */
function freezeSources() {
    const form = { expected: "files or addresses such as .github/freezes.yml Europe/Berlin", type: "lines" };
    return (0,vocabulary/* inputOf */.w)(form, (text) => {
        const all = [];
        for (const line of (0,input_lists/* nonEmpty */.hq)(text.split("\n")) ?? []) {
            const [, path = "", zone] = /^(.*?)(?:\s+(\S+))?$/.exec(line) ?? [];
            if (zone !== undefined && !(0,wall_time/* isZone */.DS)(zone))
                return new vocabulary/* Refusal */.P(`expected a time zone such as Europe/Berlin, not ${zone}`);
            const address = path.replace(/^webcal:/i, "https:");
            all.push({ path: address, isWeb: /^https?:/i.test(address), zone });
        }
        return all.length === 0 ? undefined : all;
    });
}

;// CONCATENATED MODULE: ./actions/preflight/image-reference.js


/** An image by tag or digest, as it stands. */
function imageReference() {
    const form = { expected: "an image such as registry.example/tools:1.2", type: "image" };
    return (0,vocabulary/* inputOf */.w)(form, (text) => ((0,image_reference/* parseImageReference */.o_)(text) === undefined ? undefined : text));
}

;// CONCATENATED MODULE: ./actions/preflight/job-token.js

/** For the runner to put in; a reader of `action.yml` that evaluates nothing leaves it as it is. */
const ofTheJob = ["${", "{ github.token }}"].join("");
/** The job's own token unless another one is given; none where no runner has put it in. */
function jobToken() {
    return (0,inputs/* text */.Qq)()
        .meta({ secret: true })
        .prefault(ofTheJob)
        .transform((token) => (token === ofTheJob ? undefined : token));
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
/** What must be there besides the cluster. */
const dependencies = {
    endpoints: endpoint_endpoints()
        .optional()
        .describe("What must answer over HTTP, one a line: `https://shop.example/health status=200 within=500ms contains=ok`. Default: `status=2xx within=5s`. With `via=pod` a pod of the active slot asks, with `via=job` a short Job."),
    endpointsAuthorization: (0,input_lists/* keyValues */.K7)()
        .optional()
        .meta({ secret: true })
        .describe("Headers `Authorization` for `endpoints`, one a line by host: `api.payments.example=Bearer …`, so that a key that is no longer good is found. They go over https only."),
    tcp: tcpServers()
        .optional()
        .describe("What must take connections, one a line: `broker.internal:5672 within=2s`. Default: `within=5s`. With `via=pod` a pod of the active slot connects, with `via=job` a short Job."),
    postgres: postgresServers()
        .optional()
        .meta({ secret: true })
        .describe("PostgreSQL servers that must answer a query, one a line: `postgresql://user:password@host/database?sslmode=verify-full within=2s max-lag=10s`. With `max-lag` no standby may be further behind. `$DATABASE_URL via=pod` has a pod of the active slot ask, at the address in that variable of its own; with `via=job` a short Job that gets the variable. Hidden in logs."),
    redis: redisServers()
        .optional()
        .meta({ secret: true })
        .describe("Redis servers that must answer, one a line: `rediss://user:password@host:6379 within=2s role=replica ca=redis-ca.pem`. `role` is `master`, or `replica` with its link up. `$REDIS_URL via=pod` has a pod of the active slot ask, `via=job` a short Job. Hidden in logs."),
    probeImage: imageReference()
        .optional()
        .describe("Allows one short Job for all that is asked by `via=job`, of this image: with `sh` and what it asks with (`nc`, `curl`, `psql`, `redis-cli`), by digest or tag. It is removed before the action ends."),
    backups: backupSources()
        .optional()
        .describe("What tells of the last backup, one a line: `cronjob/dump` and `job/dump-before-release` by their success, any other object by an annotation with the time: `statefulset/db backup.example/last-success`. All must be fresh."),
    backupAge: (0,inputs/* duration */.p0)().prefault("24h").describe("How old the last backup may be."),
};
/** What watches over it, and what switches its parts on and off. */
const watched = {
    alertmanager: webAddress()
        .optional()
        .describe("Alertmanager, such as `https://alerts.example`: no alert may fire that is neither silenced nor inhibited."),
    prometheus: webAddress()
        .optional()
        .describe("Prometheus, or what speaks its language, such as `https://prometheus.example`: for `targets`, and for alerts where there is no `alertmanager`."),
    alerts: labelMatchers()
        .prefault("severity=critical")
        .describe('Which alerts count, by labels that must all match: `severity=~"critical|page", team=shop`.'),
    heartbeatAlert: (0,inputs/* text */.Qq)()
        .optional()
        .describe("An alert that always fires, such as `Watchdog`: while it does not, that none fires says nothing."),
    targets: targetGroups()
        .optional()
        .describe("Targets that `prometheus` must scrape, a group a line by its labels: `job=shop, namespace=production`."),
    monitoringAuthorization: (0,inputs/* text */.Qq)()
        .optional()
        .meta({ secret: true })
        .describe("Header `Authorization` for `alertmanager` and `prometheus`, such as `Bearer …`. It goes over https only."),
    flagsUrl: webAddress()
        .optional()
        .describe("JSON that tells the state of feature flags. An address that ends in `/ofrep/v1/evaluate/flags` is asked by OpenFeature's protocol; Unleash has it at `/api/client/features`."),
    flags: (0,input_lists/* keyValues */.K7)()
        .optional()
        .describe("Flags and the state that they must have, one a line: `new-checkout=false`, or by JSON pointer `/a/b=true`."),
    flagsAuthorization: (0,inputs/* text */.Qq)()
        .optional()
        .meta({ secret: true })
        .describe("Header `Authorization` for `flags-url`, such as `Bearer …`. It goes over https only."),
};
/** What GitHub knows of what is released. */
const origin = {
    commit: (0,inputs/* text */.Qq)()
        .optional()
        .describe("The commit that is released, by its SHA. Default: the one that the workflow runs for."),
    commitChecks: (0,input_lists/* list */.p_)()
        .optional()
        .describe("Checks of the commit that must be green, by name: check runs, which is what jobs of workflows are called there, and commit statuses. `*` stands for anything, and alone for all but this workflow's own."),
    commitChecksPending: (0,inputs/* oneOf */.yL)(["fail", "wait", "ignore"])
        .prefault("fail")
        .describe("What becomes of a check that is not done: it fails, is waited for until `timeout`, or does not count."),
    commitChecksEvents: (0,input_lists/* list */.p_)()
        .prefault("push")
        .describe("Events whose workflow runs count, such as `push, merge_group`."),
    requiredApprovals: (0,input_lists/* list */.p_)()
        .optional()
        .describe("Environments of GitHub whose deployment somebody must have approved in this run, and not only who has started it."),
    requiredReviews: (0,inputs/* integer */.nd)({ min: 1 })
        .optional()
        .describe("How many people must have approved the pull request that brought the commit; its author does not count."),
    githubToken: jobToken().describe("Token that reads the checks and approvals. It needs `checks: read`, `statuses: read` and `actions: read`, or `pull-requests: read`."),
};
/** What people have agreed on. */
const process = {
    windows: (0,input_lists/* deployWindows */.Jj)()
        .optional()
        .describe("When releases are allowed, one a line: `Tue-Thu 10:00-14:00 America/New_York`. Days and zone may be left out: every day, UTC."),
    freezes: freezeSources()
        .optional()
        .describe("Calendars of times without releases, one a line, files or addresses: a YAML list of `name`, `from`, `to`, `zone` and `reason`, or an iCalendar, with a time zone behind it if its days are of one: `.github/freezes.yml Europe/Berlin`."),
};
const contract = {
    name: "preflight",
    description: "Checks what could stop or spoil a release before it begins. It changes nothing; only where `probe-image` allows it, one short Job is made and removed.",
    post: true,
    inputs: schemas/* object */.Ikc({
        ...where,
        ...release_inputs/* releaseInputs */.zy,
        ...clusterChecks,
        ...dependencies,
        ...watched,
        ...process,
        ...origin,
        ...choice,
    })
        .check((0,release_rules/* rule */.Hu)((inputs, refuse) => {
        (0,release_rules/* refuseUnbuilt */.Yg)(inputs, refuse);
        const { manifests, chart, images } = inputs;
        if (manifests !== undefined || chart !== undefined || images !== undefined)
            (0,release_rules/* refuseStraySources */.sT)(inputs, refuse);
        for (const name of ["checks", "skip", "override"]) {
            const stranger = inputs[name]?.find((id) => !checks.some((check) => check.id === id));
            if (stranger !== undefined)
                refuse(name, `there is no check "${stranger}"; README.md of the action lists them`);
        }
        refuseProbes(inputs, refuse);
        const hosts = (inputs.endpoints ?? []).map(({ url }) => new URL(url).host);
        const nowhere = Object.keys(inputs.endpointsAuthorization ?? {}).find((host) => !hosts.includes(host));
        if (nowhere !== undefined)
            refuse("endpointsAuthorization", `none of \`endpoints\` is at ${nowhere}`);
        if (inputs.targets !== undefined && inputs.prometheus === undefined)
            refuse("prometheus", "expected the address of the Prometheus that scrapes `targets`");
        if (inputs.flags !== undefined && inputs.flagsUrl === undefined)
            refuse("flagsUrl", "expected the address that tells the state of `flags`");
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
        platforms: (0,inputs/* text */.Qq)()
            .optional()
            .describe("What the nodes are that may run the pods, such as `linux/amd64,linux/arm64`: what images must be built for. Empty where the credentials may not list nodes, or the check `platforms` does not run."),
        state: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* unknown */.L5J())
            .optional()
            .describe("What stands in the cluster as one JSON object, versioned."),
    }),
    refused: { verdict: "fail", summary: "The inputs are not right; the log names each" },
};

;// CONCATENATED MODULE: ./actions/preflight/echoes.js
/**
 * The same results, where each reason is told once: a check that could not be carried out for the very reason that another
 * tells is a `skip`. What is overridden speaks for itself alone.
 */
function withoutEchoes(found, override) {
    const telling = found.filter(({ id }) => !override.includes(id));
    const causes = ["fail", "error"].flatMap((verdict) => telling.filter((one) => one.verdict === verdict));
    return found.map((one) => {
        const cause = telling.includes(one) ? causes.find(({ evidence }) => evidence === one.evidence) : undefined;
        if (one.verdict !== "error" || cause === undefined || cause === one)
            return one;
        const { remedy: _, ...rest } = one;
        return { ...rest, verdict: "skip", evidence: `Not looked at, for the reason that \`${cause.id}\` tells` };
    });
}

// EXTERNAL MODULE: ./packages/kubernetes/native/look.js
var look = __webpack_require__(2598);
// EXTERNAL MODULE: ./packages/kubernetes/native/preview.js + 4 modules
var preview = __webpack_require__(1816);
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
/** @param rehearsal what the server's dry run makes of the release; without one the manifests say it, or the active slot */
function candidateOf({ observed, snapshot, setting: { source } }, isOfRelease, rehearsal) {
    const goal = isOfRelease ? (0,release_goal/* findGoal */.py)(observed, releaseTerms) : undefined;
    const color = goal !== undefined && "color" in goal ? goal.color : observed.service.active;
    if (color === undefined)
        return undefined;
    const changes = [...(rehearsal?.changes.values() ?? [])].flat();
    const planned = changes.findLast(({ after }) => after?.kind === "Deployment")?.after;
    const rendered = source.kind === "manifests" ? source.rendered[color].deployment : undefined;
    const live = snapshot.deployments[color];
    const found = candidate_deployment.safeParse(planned ?? rendered ?? live);
    const slot = observed.slots[color];
    if (!found.success)
        return undefined;
    return {
        service: observed.service.name,
        color,
        deployment: slot.deployment,
        pod: found.data.spec.template.spec,
        replicas: slot.target,
        most: Math.max(slot.target, slot.autoscaler?.ceiling ?? 0),
        running: slot.replicas,
    };
}

;// CONCATENATED MODULE: ./actions/preflight/hearing.js
/** The same client, whose writes tell what the server warns of. */
function hearing(client, hear) {
    return {
        ...client,
        patch: (ref, patch, options) => client.patch(ref, patch, { ...options, onWarning: (text) => hear({ object: `${ref.kind} ${ref.name}`, text }) }),
        create: (object, options) => client.create(object, {
            ...options,
            onWarning: (text) => hear({ object: `${object.kind} ${object.metadata.name}`, text }),
        }),
    };
}

;// CONCATENATED MODULE: ./actions/preflight/facts.js








/** What several checks look at. Everything is read once, when it is first asked for. */
class Facts {
    #inputs;
    #client;
    #runner;
    #warnings = [];
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
    async all({ apiVersion, kind, isClusterWide, fieldSelector, schema, }) {
        const place = isClusterWide ? {} : { namespace: this.namespace };
        const collection = { apiVersion, kind, ...place, ...(fieldSelector && { fieldSelector }) };
        const items = await this.once(Object.values(collection).join(" "), async () => (await this.#client.list(collection)).items);
        return items.map((item) => parsed(item, schema));
    }
    /** The same, or nothing at all where the credentials may not list them or the cluster has no such kind: for what a release itself never reads. */
    async allIfAllowed(shape) {
        try {
            return await this.all(shape);
        }
        catch (error) {
            if ((0,errors/* isCutoverError */.j)(error, "forbidden", "not-found"))
                return undefined;
            throw error;
        }
    }
    /**
     * An object of the namespace as the release leaves it: the release's own, or the one that is there. `hidden` where the
     * credentials may not read it.
     */
    async object(kind, name) {
        const own = (await this.objects()).find((one) => one.kind === kind && one.metadata.name === name);
        if (own !== undefined)
            return own;
        return await this.live({ apiVersion: "v1", kind, namespace: this.namespace, name });
    }
    /** One object of the cluster; `hidden` where the credentials may not read it. */
    async live(ref) {
        try {
            return await this.find(ref);
        }
        catch (error) {
            if ((0,errors/* isCutoverError */.j)(error, "forbidden"))
                return "hidden";
            throw error;
        }
    }
    /** One object of the cluster. @throws forbidden */
    async find(ref) {
        return await this.once(Object.values(ref).join(" "), () => this.#client.find(ref));
    }
    /** What is asked for twice is read once; whoever asks first pays. */
    once(name, read) {
        const known = this.#known.get(name) ?? read();
        this.#known.set(name, known);
        return known;
    }
    /** What a release would put into the slots of each service, in their order. @throws what reading manifests throws */
    async sources() {
        const place = { namespace: this.namespace, client: this.#client };
        return await this.once("sources", () => (0,sources/* sourcesOf */.u)(this.#inputs, place, this.#runner));
    }
    /** What a release of each service would run with. @throws what reading manifests throws */
    async settings() {
        return await this.once("settings", () => this.#settings(() => this.sources()));
    }
    /** All that the manifests bring into either slot. @throws what reading manifests throws */
    async objects() {
        const settings = await this.settings();
        return settings.flatMap(({ source }) => source.kind === "manifests" ? release_color/* colors */.Tj.flatMap((color) => source.rendered[color].objects) : []);
    }
    /** Each service as it stands, whatever is wrong with the manifests. */
    async looks() {
        return await this.once("looks", async () => {
            const settings = this.isOfRelease ? await this.settings().catch(() => this.#settings()) : await this.#settings();
            return await Promise.all(settings.map(look/* look */.O));
        });
    }
    /** What the server's dry run makes of the release of each service; none where nothing is to be released. @throws what it is refused for */
    async rehearsals() {
        if (!this.isOfRelease)
            return [];
        return await this.once("rehearsals", async () => {
            // What is wrong with the manifests is told from here; without it, the looks are at just these settings.
            await this.settings();
            const looks = await this.looks();
            const heard = (warning) => void this.#warnings.push(warning);
            return await Promise.all(looks.map(({ setting, snapshot }) => (0,preview/* preview */.V)({ ...setting, client: hearing(setting.client, heard) }, releaseTerms, { snapshot })));
        });
    }
    /** What the server said while it tried the release, even where it refused it in the end. */
    async warnings() {
        await this.rehearsals().catch((error) => {
            if (this.#warnings.length === 0)
                throw error;
        });
        return this.#warnings;
    }
    /**
     * The pods that the release would bring, or that serve, with what the namespace's LimitRanges give them. Those of a release
     * that its dry run refuses are as the manifests have them.
     */
    async candidates() {
        const [looks, rehearsals, ranges] = await Promise.all([
            this.looks(),
            this.#rehearsed(),
            this.allIfAllowed(limitRange),
        ]);
        const found = looks.flatMap((one, index) => candidateOf(one, this.isOfRelease, rehearsals[index]) ?? []);
        return found.map((one) => ({ ...one, pod: withDefaults(one.pod, ranges ?? []) }));
    }
    /** None where the dry run is refused: that is another check's to tell. @throws what reading manifests throws */
    async #rehearsed() {
        if (this.isOfRelease)
            await this.settings();
        return await this.rehearsals().catch((error) => {
            if ((0,errors/* isCutoverError */.j)(error))
                return [];
            throw error;
        });
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

// EXTERNAL MODULE: ./packages/release/annotations.js
var annotations = __webpack_require__(9708);
;// CONCATENATED MODULE: ./actions/preflight/variable.js
/**
 * What gives another container the variable that this one has: its own entry behind those that it is made of, or the key of each
 * source that may have it. Nothing where it has no such variable.
 */
function definitionOf(name, container) {
    const { env = [], envFrom = [] } = container;
    const own = env.findLastIndex((one) => one.name === name);
    const entry = env[own];
    if (entry === undefined)
        return envFrom.flatMap((source) => keyIn(source, name));
    // `$(HOST)` is what was defined before.
    const before = { env: env.slice(0, own), envFrom };
    const parts = [...(entry.value ?? "").matchAll(/\$\(([^()]+)\)/g)].map(([, part = ""]) => part);
    return [...[...new Set(parts)].flatMap((part) => definitionOf(part, before)), entry];
}
function keyIn({ prefix = "", configMapRef, secretRef }, name) {
    if (!name.startsWith(prefix))
        return [];
    const key = { key: name.slice(prefix.length), optional: true };
    return [
        ...(configMapRef === undefined
            ? []
            : [{ name, valueFrom: { configMapKeyRef: { name: configMapRef.name, ...key } } }]),
        ...(secretRef === undefined ? [] : [{ name, valueFrom: { secretKeyRef: { name: secretRef.name, ...key } } }]),
    ];
}

;// CONCATENATED MODULE: ./actions/preflight/probe-job.js


/** Seconds for which it stays where nobody has removed it, once it has ended. */
const longestLeft = 60;
/** Where the service's pods run, with what they may pull, by the names that they know. */
const alike = [
    "serviceAccountName",
    "imagePullSecrets",
    "nodeSelector",
    "tolerations",
    "runtimeClassName",
    "dnsPolicy",
    "dnsConfig",
    "hostAliases",
];
/** Name of the container that asks the question at this place. */
function containerOf(index) {
    return `question-${index}`;
}
/**
 * One pod, with a container for each question, that may do nothing but ask. It has no labels but those that the Job's controller
 * gives it, of values that are its own: no selector of a Service matches them.
 */
function probeJob({ namespace, image, questions, pod, timeout, identity, run }) {
    const nonce = identity.holder.slice(-8).toLowerCase();
    const metadata = {
        name: `preflight-${run ?? "local"}-${nonce}`,
        namespace,
        annotations: { [annotations/* annotation */.w.run]: identity.runUrl },
    };
    const template = {
        metadata: {},
        spec: {
            ...Object.fromEntries(alike.flatMap((field) => (pod?.[field] === undefined ? [] : [[field, pod[field]]]))),
            restartPolicy: "Never",
            terminationGracePeriodSeconds: 1,
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            securityContext: { runAsNonRoot: true, runAsUser: 65_532, seccompProfile: { type: "RuntimeDefault" } },
            containers: questions.map((question, index) => ({ name: containerOf(index), image, ...asking(question, pod) })),
        },
    };
    const ends = { activeDeadlineSeconds: Math.ceil(timeout / 1_000), ttlSecondsAfterFinished: longestLeft };
    return { apiVersion: "batch/v1", kind: "Job", metadata, spec: { backoffLimit: 0, ...ends, template } };
}
/** Its answer is what it writes to the file that the kubelet puts into the pod's status: no log has to be read for it. */
function commandOf({ script, words }) {
    return ["sh", "-c", `exec >/dev/termination-log 2>&1\n${script}`, "sh", ...words];
}
function asking(question, pod) {
    const { variable } = question;
    const env = variable === undefined ? [] : variablesOf(variable, pod);
    return {
        command: commandOf(question),
        ...(env.length === 0 ? {} : { env }),
        securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ["ALL"] },
        },
        resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { cpu: "500m", memory: "128Mi" } },
    };
}
/** The variable as the first container of the service has it that has it. */
function variablesOf(name, pod) {
    const found = (pod?.containers ?? []).map((container) => definitionOf(name, container));
    return found.find((entries) => entries.length > 0) ?? [];
}

;// CONCATENATED MODULE: ./actions/preflight/probe.js





/** The share of the time for all checks that its pod may take: what is left is for its removal, and to tell of it. */
const patience = 0.8;
const probe_where = "The probe Job";
const remedies = {
    tool: "Give `probe-image` one that has it.",
    variable: "It has those of the service's own containers: name one of these, or ask by `via=pod`.",
    answer: "Look at what it asks, and whether a NetworkPolicy lets only the service's own pods through: then ask by `via=pod`.",
};
const probe_remedyOf = {
    unschedulable: "It asks for 10m of cpu and 32Mi of memory a question, on nodes such as the service's pods run on.",
    "cannot-start": remedies.tool,
};
/** One short Job for all questions with `via=job`: made when the first is asked, and gone before the action ends. */
class Probe {
    #world;
    #questions;
    #answers;
    constructor(world) {
        this.#world = world;
        this.#questions = podQuestions(world.inputs).filter(({ via }) => via === "job");
    }
    /** @throws why it could not be asked */
    async ask(question) {
        this.#answers ??= this.#run();
        const index = this.#questions.findIndex(({ script, words }) => script === question.script && words.join("\0") === question.words.join("\0"));
        const answer = (await this.#answers).get(containerOf(index));
        if (answer === undefined || "why" in answer)
            throw unasked(question, answer);
        const { exitCode, said } = answer;
        return { where: probe_where, exitCode, stdout: said, stderr: exitCode === 0 ? "" : said, remedies };
    }
    /** Resolves once nothing of it is left, or cannot be removed. */
    async ended() {
        await this.#answers?.catch(() => undefined);
    }
    async #run() {
        const { inputs, client, namespace, runner, signal } = this.#world;
        const { clock, log, identity, env } = runner;
        const { probeImage: image = "", timeout } = inputs;
        const pod = await modelOf(this.#world);
        const questions = this.#questions;
        const job = probeJob({ namespace, image, questions, pod, timeout, identity, run: env.GITHUB_RUN_ID || undefined });
        const containers = questions.map((_, index) => containerOf(index));
        if (signal.aborted)
            throw new errors/* CutoverError */.D("timed-out", "No time left to make the probe Job", { hint: "Raise `timeout`." });
        // For post, should this process be killed.
        runner.saveState({ namespace, probe: job.metadata.name });
        return await runShortJob(client, { job, containers, patience: timeout * patience, clock, log, signal });
    }
}
/** The pods that serve; before the first release, those that it would bring. */
async function modelOf({ facts }) {
    const [look] = await facts.looks();
    const color = look?.observed.service.active;
    const live = color === undefined ? undefined : look?.snapshot.deployments[color];
    const found = podSpec.safeParse(live?.spec.template.spec);
    return found.success ? found.data : (await facts.candidates())[0]?.pod;
}
function unasked({ subject }, trouble) {
    const { why, kind, hint } = trouble !== undefined && "why" in trouble ? trouble : { why: "did not come", kind: "late", hint: undefined };
    const remedy = kind.startsWith("image-") ? `Give \`probe-image\` one that the nodes can pull and run. ${hint}` : hint;
    return new errors/* CutoverError */.D("unavailable", `${probe_where} could not ask ${subject}: its pod ${why}`, {
        hint: probe_remedyOf[kind] ?? remedy ?? remedies.answer,
    });
}

// EXTERNAL MODULE: ./packages/report/markdown.js
var markdown = __webpack_require__(9658);
// EXTERNAL MODULE: ./packages/report/words.js
var words = __webpack_require__(9306);
;// CONCATENATED MODULE: ./packages/report/preflight-summary.js



const signs = { fail: "❌", error: "💥", warn: "⚠️", pass: "✅", skip: "➖" };
/** Characters of evidence and of a remedy: the report and the log have the rest. */
const preflight_summary_longest = 1_000;
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
    const said = verdict === "pass" ? "" : (0,markdown/* proseMarkdown */.Rw)(remedy.slice(0, preflight_summary_longest));
    const advice = overridden === undefined ? said : `Overridden: ${(0,markdown/* escapeMarkdown */.FV)(overridden, preflight_summary_longest)}<br>${said}`;
    const check = `${(0,markdown/* escapeMarkdown */.FV)(title)}<br>${(0,markdown/* code */.aY)(id)}`;
    return [`${signs[verdict]} ${verdict}`, check, lines(evidence.slice(0, preflight_summary_longest)), advice, (0,duration/* formatDuration */.a)(ms)];
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
        ...(await results_stateOf(world)),
        platforms: results.some(({ id }) => id === platforms.id) ? await platformsOf(world) : undefined,
        ...(await results_written(report, runner)),
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
async function results_stateOf({ facts, inputs }) {
    const looks = await facts.looks().catch(() => []);
    const [only] = looks;
    if (only === undefined || inputs.service.length > 1)
        return {};
    const { color, revision, images, ...rest } = (0,standing/* standing */.J)(only.observed);
    const nextColor = color === undefined ? "blue" : (0,release_color/* otherColor */.IP)(color);
    const state = { version: 1, service: only.observed.service.name, color, revision, images, ...rest };
    return { color, revision, nextColor, previousImages: images, state };
}
async function platformsOf({ facts }) {
    const [candidates, nodes] = await Promise.all([facts.candidates(), facts.allIfAllowed(node)]).catch(() => []);
    const pods = (candidates ?? []).map(({ pod }) => pod);
    return nodes === undefined ? undefined : platformsFor(pods, nodes).join(",");
}
function reportOf({ runner, client, namespace, inputs }, found) {
    const { actor, runUrl, commit } = runner.identity;
    const finishedAt = runner.clock.date().getTime();
    return { ...found, services: inputs.service, namespace, server: client.server, actor, runUrl, commit, finishedAt };
}
async function results_written(report, { temp, log }) {
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












const preflight = (0,action/* defineAction */.Q)(contract, checked, { post: removeProbe });
async function checked(inputs, runner) {
    const { clock } = runner;
    const startedAt = clock.date();
    const client = await (0,connect/* connect */.N)(inputs, runner);
    const over = new AbortController();
    const signal = AbortSignal.any([runner.signal, over.signal]);
    const done = new AbortController();
    void clock.sleep(inputs.timeout, done.signal).then(() => over.abort("the time for all checks is over"));
    const facts = new Facts(inputs, client, runner);
    const seen = { inputs, client, namespace: facts.namespace, facts, runner, signal };
    const probe = new Probe(seen);
    try {
        const world = { ...seen, probe };
        const { override = [], overrideReason = "" } = inputs;
        const chosen = checks.filter(({ id }) => isChosen(id, inputs));
        const found = withoutEchoes(await runChecks(chosen, world), override);
        return await preflightResult(overridden(found, override, overrideReason), world, startedAt);
    }
    finally {
        done.abort();
        await probe.ended();
        await client.close();
    }
}
/** What main made and could not remove, since it was killed. */
async function removeProbe(inputs, runner) {
    const { namespace = "", probe = "" } = runner.state;
    if (probe === "")
        return;
    const client = await (0,connect/* connect */.N)(inputs, runner);
    try {
        await removeJob(client, { namespace, name: probe });
    }
    finally {
        await client.close();
    }
}


/***/ }),

/***/ 9103:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ calendarInvalid)
/* harmony export */ });
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(299);

/** @param what what is wrong, and where in it */
function calendarInvalid(name, what, cause) {
    return new _cutover_release__WEBPACK_IMPORTED_MODULE_0__/* .CutoverError */ .D("input-invalid", `${name}: ${what}`, {
        hint: "Correct the calendar: what cannot be read may be a freeze.",
        cause,
    });
}


/***/ })

};
