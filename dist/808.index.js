export const id = 808;
export const ids = [808];
export const modules = {

/***/ 6552:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  N: () => (/* binding */ connect),
  X: () => (/* binding */ requireRights)
});

// EXTERNAL MODULE: ./packages/release/errors.js
var errors = __webpack_require__(299);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./packages/kubernetes/client/in-cluster.js




const mounted = "/var/run/secrets/kubernetes.io/serviceaccount";
/** Access with the service account of the pod that this runs in. @throws `input-invalid` outside of a cluster. */
async function inCluster(env, folder = mounted) {
    const host = env.KUBERNETES_SERVICE_HOST;
    const port = env.KUBERNETES_SERVICE_PORT;
    if (host === undefined || host === "" || port === undefined || port === "") {
        throw new errors/* CutoverError */.D("input-invalid", "No cluster is named: there is no kubeconfig, and this is not a pod", {
            hint: "Set the input `kubeconfig` (path, text or base64) or the variable KUBECONFIG.",
        });
    }
    const read = (name) => (0,promises_.readFile)(external_node_path_.join(folder, name), "utf8").catch((cause) => {
        throw new errors/* CutoverError */.D("input-invalid", `This is a pod, but it has no ${external_node_path_.join(folder, name)}`, {
            hint: "Set `automountServiceAccountToken: true` on the runner's pod, or give a kubeconfig.",
            cause,
        });
    });
    const [ca, namespace] = await Promise.all([read("ca.crt"), read("namespace"), read("token")]);
    return {
        namespace: namespace.trim(),
        cluster: {
            server: new URL(`https://${(0,external_node_net_.isIPv6)(host) ? `[${host}]` : host}:${port}`),
            ca,
            tlsServerName: undefined,
            proxyUrl: undefined,
            skipTlsVerify: false,
            execConfig: undefined,
        },
        user: {
            token: undefined,
            tokenFile: external_node_path_.join(folder, "token"),
            basic: undefined,
            certificate: undefined,
            exec: undefined,
            impersonate: undefined,
        },
    };
}

// EXTERNAL MODULE: ../../node_modules/yaml/dist/index.js
var dist = __webpack_require__(3483);
// EXTERNAL MODULE: ../../node_modules/zod/v4/classic/schemas.js + 11 modules
var schemas = __webpack_require__(3045);
;// CONCATENATED MODULE: ./packages/kubernetes/client/kubeconfig.js



const kubeconfig_text = schemas/* string */.YjP()
    .nullish()
    .transform((value) => (value === "" ? undefined : (value ?? undefined)));
const clusterSchema = schemas/* object */.Ikc({
    server: schemas/* string */.YjP(),
    "certificate-authority": kubeconfig_text,
    "certificate-authority-data": kubeconfig_text,
    "insecure-skip-tls-verify": schemas/* boolean */.zMY().nullish(),
    "tls-server-name": kubeconfig_text,
    "proxy-url": kubeconfig_text,
    extensions: schemas/* array */.YOg(schemas/* object */.Ikc({ name: schemas/* string */.YjP(), extension: schemas/* unknown */.L5J() })).nullish(),
});
const execSchema = schemas/* object */.Ikc({
    apiVersion: schemas/* string */.YjP(),
    command: schemas/* string */.YjP(),
    args: schemas/* array */.YOg(schemas/* string */.YjP()).nullish(),
    env: schemas/* array */.YOg(schemas/* object */.Ikc({ name: schemas/* string */.YjP(), value: schemas/* string */.YjP() })).nullish(),
    installHint: kubeconfig_text,
    interactiveMode: kubeconfig_text,
    provideClusterInfo: schemas/* boolean */.zMY().nullish(),
});
const userSchema = schemas/* object */.Ikc({
    token: kubeconfig_text,
    tokenFile: kubeconfig_text,
    username: kubeconfig_text,
    password: kubeconfig_text,
    "client-certificate": kubeconfig_text,
    "client-certificate-data": kubeconfig_text,
    "client-key": kubeconfig_text,
    "client-key-data": kubeconfig_text,
    "auth-provider": schemas/* object */.Ikc({ name: schemas/* string */.YjP() }).nullish(),
    exec: execSchema.nullish(),
    as: kubeconfig_text,
    "as-uid": kubeconfig_text,
    "as-groups": schemas/* array */.YOg(schemas/* string */.YjP()).nullish(),
});
const contextSchema = schemas/* object */.Ikc({ cluster: schemas/* string */.YjP(), user: schemas/* string */.YjP().default(""), namespace: kubeconfig_text });
const documentSchema = schemas/* object */.Ikc({
    "current-context": kubeconfig_text,
    clusters: schemas/* array */.YOg(schemas/* object */.Ikc({ name: schemas/* string */.YjP(), cluster: clusterSchema })).nullish(),
    contexts: schemas/* array */.YOg(schemas/* object */.Ikc({ name: schemas/* string */.YjP(), context: contextSchema })).nullish(),
    users: schemas/* array */.YOg(schemas/* object */.Ikc({ name: schemas/* string */.YjP(), user: userSchema.nullish() })).nullish(),
});
/**
 * Merges as kubectl does (the first file that names a thing wins) and picks a context, the current one if none is named.
 * @throws `input-invalid`; no message quotes the documents, which hold secrets.
 */
function readContext(sources, wanted) {
    const titles = sources.map((source) => source.title).join(", ");
    const documents = sources.map(parseKubeconfig);
    const name = wanted ?? documents.map((one) => one["current-context"]).find((one) => one !== undefined);
    if (name === undefined)
        throw invalid(`${titles}: no current context`, "Set the input `context`.");
    const contexts = documents.flatMap((one) => one.contexts ?? []);
    const context = contexts.find((one) => one.name === name)?.context;
    if (context === undefined) {
        const known = [...new Set(contexts.map((one) => one.name))].join(", ");
        throw invalid(`${titles}: no context "${name}"`, `Contexts that are there: ${known === "" ? "none" : known}.`);
    }
    const cluster = documents
        .flatMap(({ clusters, folder }) => (clusters ?? []).map((one) => ({ ...one, folder })))
        .find((one) => one.name === context.cluster);
    if (cluster === undefined)
        throw invalid(`${titles}: context "${name}" names cluster "${context.cluster}", which is not there`);
    const user = documents
        .flatMap(({ users, folder }) => (users ?? []).map((one) => ({ ...one, folder })))
        .find((one) => one.name === context.user);
    if (user === undefined && context.user !== "") {
        throw invalid(`${titles}: context "${name}" names user "${context.user}", which is not there`);
    }
    return {
        namespace: context.namespace ?? "default",
        cluster: cluster.cluster,
        clusterFolder: cluster.folder,
        user: user?.user ?? userSchema.parse({}),
        userFolder: user?.folder,
    };
}
function parseKubeconfig({ content, title, folder }) {
    const yaml = (0,dist/* parseDocument */.Tp)(content, { prettyErrors: false });
    const [broken] = yaml.errors;
    if (broken !== undefined)
        throw invalid(`${title}: not YAML (${broken.code} at character ${broken.pos[0]})`);
    const parsed = documentSchema.safeParse(yaml.toJS());
    if (parsed.success)
        return { ...parsed.data, folder };
    const problems = parsed.error.issues.map((issue) => `${issue.path.map(String).join(".") || "document"}: ${issue.code}`);
    throw invalid(`${title}: not a kubeconfig (${problems.join("; ")})`);
}
function invalid(message, hint = "Give a kubeconfig as kubectl reads it: its path, its text, or base64 of the text.") {
    return new errors/* CutoverError */.D("input-invalid", message, { hint });
}

;// CONCATENATED MODULE: ./packages/kubernetes/client/kubeconfig-source.js



/**
 * The kubeconfigs that `given` means: the text, base64 of the text, or a path (or several, as in `$KUBECONFIG`).
 * @throws `input-invalid`, without a word of what was given unless it can only be a path.
 */
async function kubeconfigSources(given, home) {
    const content = asText(given);
    if (content !== undefined)
        return [{ content, title: "kubeconfig", folder: undefined }];
    const files = given
        .trim()
        .split(external_node_path_.delimiter)
        .filter((file) => file !== "")
        .map((file) => (home === undefined ? file : file.replace(/^~(?=\/)/, home)));
    const sources = await Promise.all(files.map(readSource));
    const found = sources.filter((source) => source !== undefined);
    if (found.length > 0)
        return found;
    const what = isPrintable(given)
        ? `no file ${files.join(" or ")}`
        : "neither a kubeconfig, nor base64 of one, nor a path";
    throw new errors/* CutoverError */.D("input-invalid", `kubeconfig: ${what}`, {
        hint: "Give the path of a kubeconfig, its text, or base64 of the text.",
    });
}
/** The text of a kubeconfig given whole or as base64. */
function asText(given) {
    if (isKubeconfig(given))
        return given;
    if (!/^[A-Za-z0-9+/_\-\s]+={0,2}\s*$/.test(given))
        return undefined;
    const decoded = Buffer.from(given, "base64").toString("utf8");
    return isKubeconfig(decoded) ? decoded : undefined;
}
function isKubeconfig(text) {
    return /^\s*\{/.test(text) || /^(clusters|contexts|users|apiVersion|kind|current-context)\s*:/m.test(text);
}
/** kubectl, too, skips files of the list that are not there. */
async function readSource(file) {
    const isFile = await (0,promises_.stat)(file).then((found) => found.isFile(), () => false);
    if (!isFile)
        return undefined;
    const content = await (0,promises_.readFile)(file, "utf8").catch((cause) => {
        throw new errors/* CutoverError */.D("input-invalid", `kubeconfig: cannot read ${file}`, {
            hint: "Give this user the right to read it.",
            cause,
        });
    });
    return { content, title: `kubeconfig ${file}`, folder: external_node_path_.dirname(external_node_path_.resolve(file)) };
}
/** A mangled kubeconfig must not be quoted: only what looks like a path is. */
function isPrintable(given) {
    return given.length < 300 && /^[\w./:\\~@ -]+$/.test(given.trim()) && /[./\\]/.test(given);
}

;// CONCATENATED MODULE: ./packages/kubernetes/client/referenced-file.js



/**
 * The real path of a file that a kubeconfig names. A kubeconfig of the repository is written by whoever opens a pull request:
 * it may not reach outside.
 * @throws `input-invalid`, `refused`
 */
async function referencedFile(file, { folder, workspace, temporary }) {
    if (folder === undefined && !external_node_path_.isAbsolute(file)) {
        throw new errors/* CutoverError */.D("input-invalid", `kubeconfig: "${file}" is relative, and a kubeconfig given as text has no folder`, {
            hint: "Write the data into the kubeconfig: `kubectl config view --raw --flatten`.",
        });
    }
    const found = await (0,promises_.realpath)(external_node_path_.resolve(folder ?? "/", file)).catch((cause) => {
        throw new errors/* CutoverError */.D("input-invalid", `kubeconfig: no file ${file}`, {
            hint: "Mend the path in the kubeconfig.",
            cause,
        });
    });
    if (folder === undefined || !(await lies(folder, workspace)))
        return found;
    if ((await lies(found, workspace)) || (await lies(found, temporary)))
        return found;
    throw new errors/* CutoverError */.D("refused", `kubeconfig: one that lies in the workspace may not use ${file} outside it`, {
        hint: "Pass the kubeconfig from a secret, or move the file to the workspace or $RUNNER_TEMP.",
    });
}
/** Text of such a file; `undefined` where none is named. */
async function readReferenced(file, referrer) {
    return file === undefined ? undefined : (0,promises_.readFile)(await referencedFile(file, referrer), "utf8");
}
/** Whether `file` is `folder` or lies in it, links followed. */
async function lies(file, folder) {
    if (folder === undefined)
        return false;
    const [real, top] = await Promise.all([file, folder].map((one) => (0,promises_.realpath)(one).catch(() => external_node_path_.resolve(one))));
    const relative = external_node_path_.relative(top ?? folder, real ?? file);
    return relative !== ".." && !relative.startsWith(`..${external_node_path_.sep}`) && !external_node_path_.isAbsolute(relative);
}

;// CONCATENATED MODULE: ./packages/kubernetes/client/access.js





/**
 * Which cluster, user and namespace the options mean: the kubeconfig given, else `$KUBECONFIG`, else the pod that this runs in.
 * @throws `input-invalid` for what cannot be read, `refused` for what must not be used
 */
async function findAccess(options) {
    const given = [options.kubeconfig, options.env.KUBECONFIG].find((one) => one !== undefined && one.trim() !== "");
    if (given === undefined)
        return inCluster(options.env);
    const context = readContext(await kubeconfigSources(given, options.env.HOME), options.context);
    reportSecrets(context, options.onSecret);
    return {
        namespace: context.namespace,
        cluster: await clusterOf(context, options),
        user: await userOf(context, options),
    };
}
/** What would let others listen or answer in the API server's place, in words. */
function dangers({ server, skipTlsVerify }, env) {
    const found = [];
    if (server.protocol !== "https:")
        found.push(`kubeconfig: the way to ${server.origin} is not encrypted`);
    if (skipTlsVerify)
        found.push("kubeconfig: insecure-skip-tls-verify lets anybody play the API server");
    if (env.NODE_TLS_REJECT_UNAUTHORIZED === "0")
        found.push("NODE_TLS_REJECT_UNAUTHORIZED=0 lets anybody play the API server");
    return found;
}
async function clusterOf({ cluster, clusterFolder }, options) {
    const file = await readReferenced(cluster["certificate-authority"], referrer(clusterFolder, options));
    return {
        server: serverUrl(cluster.server),
        ca: pem(cluster["certificate-authority-data"]) ?? file,
        tlsServerName: cluster["tls-server-name"],
        proxyUrl: cluster["proxy-url"],
        skipTlsVerify: cluster["insecure-skip-tls-verify"] ?? false,
        execConfig: cluster.extensions?.find((one) => one.name === "client.authentication.k8s.io/exec")?.extension,
    };
}
async function userOf({ user, userFolder }, options) {
    refuseProvider(user["auth-provider"]?.name);
    const from = referrer(userFolder, options);
    const cert = pem(user["client-certificate-data"]) ?? (await readReferenced(user["client-certificate"], from));
    const key = pem(user["client-key-data"]) ?? (await readReferenced(user["client-key"], from));
    if (key !== undefined)
        options.onSecret?.(key);
    refuseBrokenToken(user.token);
    const { token, tokenFile, username, password, exec } = user;
    return {
        token,
        tokenFile: tokenFile === undefined ? undefined : await referencedFile(tokenFile, from),
        basic: username === undefined ? undefined : { username, password: password ?? "" },
        certificate: cert === undefined || key === undefined ? undefined : { cert, key },
        exec: exec == null ? undefined : { ...exec, folder: userFolder },
        impersonate: user.as === undefined ? undefined : { user: user.as, uid: user["as-uid"], groups: user["as-groups"] ?? [] },
    };
}
function reportSecrets({ user }, onSecret) {
    const fromEnv = (user.exec?.env ?? [])
        .filter(({ name }) => /token|secret|password|key/i.test(name))
        .map(({ value }) => value);
    for (const value of [user.token, user.password, user["client-key-data"], ...fromEnv]) {
        if (value !== undefined && value !== "")
            onSecret?.(value);
    }
}
function refuseProvider(name) {
    if (name === undefined)
        return;
    throw new errors/* CutoverError */.D("refused", `kubeconfig: auth-provider "${name}" is not supported, nor is it by kubectl since 1.26`, {
        hint: "Use an exec plugin such as gke-gcloud-auth-plugin or kubelogin, or a token.",
    });
}
function refuseBrokenToken(token) {
    if (token === undefined || /^[\x21-\x7e]+$/.test(token))
        return;
    throw new errors/* CutoverError */.D("input-invalid", "kubeconfig: the user's token has characters that no token has", {
        hint: "Look for line breaks, blanks or quotes around it.",
    });
}
function serverUrl(server) {
    const url = URL.canParse(server) ? new URL(server) : undefined;
    if (url === undefined || !["http:", "https:"].includes(url.protocol) || url.username !== "" || url.search !== "") {
        throw new errors/* CutoverError */.D("input-invalid", "kubeconfig: the cluster's server is not a URL such as https://host:6443", {
            hint: "Mend `clusters[].cluster.server`; it takes neither user nor query.",
        });
    }
    return url;
}
function pem(base64) {
    return base64 === undefined ? undefined : Buffer.from(base64, "base64").toString("utf8");
}
function referrer(folder, { workspace, env }) {
    return { folder, workspace, temporary: env.RUNNER_TEMP };
}

;// CONCATENATED MODULE: ./packages/kubernetes/client/access-review.js


const strings = schemas/* array */.YOg(schemas/* string */.YjP())
    .nullish()
    .transform((list) => list ?? []);
const rulesSchema = schemas/* object */.Ikc({
    status: schemas/* object */.Ikc({
        resourceRules: schemas/* array */.YOg(schemas/* object */.Ikc({ verbs: strings, apiGroups: strings, resources: strings, resourceNames: strings }))
            .nullish(),
    }),
});
const reviewSchema = schemas/* object */.Ikc({ status: schemas/* object */.Ikc({ allowed: schemas/* boolean */.zMY() }) });
/**
 * Which questions are answered with no. One review of rules per namespace answers most; only what it does not allow is asked
 * one by one, as its list may be incomplete.
 */
async function denied(caller, questions, { signal } = {}) {
    const namespaces = [...new Set(questions.map((one) => one.namespace))].filter((namespace) => namespace !== "");
    const rules = new Map(await Promise.all(namespaces.map(async (namespace) => [namespace, await rulesIn(caller, namespace, signal)])));
    const open = questions.filter((one) => !(rules.get(one.namespace) ?? []).some((rule) => allows(rule, one)));
    const answers = await Promise.all(open.map((one) => isAllowed(caller, one, signal)));
    return open.filter((_, index) => answers[index] !== true);
}
/** Whether a rule covers a question, as RBAC reads rules: `*`, `*` with a subresource, and names only where one is asked for. */
function allows(rule, { verb, group, resource, name }) {
    const [, subresource] = resource.split("/");
    const anyOf = subresource === undefined ? ["*", resource] : ["*", resource, `*/${subresource}`];
    return ((rule.verbs.includes("*") || rule.verbs.includes(verb)) &&
        (rule.apiGroups.includes("*") || rule.apiGroups.includes(group)) &&
        anyOf.some((one) => rule.resources.includes(one)) &&
        (rule.resourceNames.length === 0 || (name !== undefined && rule.resourceNames.includes(name))));
}
async function rulesIn(caller, namespace, signal) {
    const json = await review(caller, { kind: "SelfSubjectRulesReview", spec: { namespace }, signal }).catch((error) => {
        if ((0,errors/* isCutoverError */.j)(error, "forbidden"))
            return undefined;
        throw error;
    });
    const parsed = rulesSchema.safeParse(json);
    return parsed.success ? (parsed.data.status.resourceRules ?? []) : [];
}
async function isAllowed(caller, { verb, group, resource, namespace, name }, signal) {
    const [plural, subresource] = resource.split("/");
    const resourceAttributes = { verb, group, resource: plural, subresource, namespace, name };
    const json = await review(caller, { kind: "SelfSubjectAccessReview", spec: { resourceAttributes }, signal });
    const parsed = reviewSchema.safeParse(json);
    return parsed.success && parsed.data.status.allowed;
}
async function review(caller, { kind, spec, signal }) {
    const { json } = await caller.call({
        method: "POST",
        path: `/apis/authorization.k8s.io/v1/${kind.toLowerCase()}s`,
        contentType: "application/json",
        body: JSON.stringify({ apiVersion: "authorization.k8s.io/v1", kind, metadata: {}, spec }),
        verb: "create",
        subject: `${kind} (what these credentials may do)`,
        repeatable: true,
        signal,
    });
    return json;
}

// EXTERNAL MODULE: ./packages/kubernetes/client/outcome-error.js
var outcome_error = __webpack_require__(30);
// EXTERNAL MODULE: ./packages/kubernetes/client/status.js
var client_status = __webpack_require__(3779);
;// CONCATENATED MODULE: ./packages/kubernetes/client/retry.js

/**
 * Milliseconds for which a request is tried again: short until the server has answered once, as the address may be wrong, and
 * short where it is likely to stay so.
 */
const patienceWith = { stranger: 3_000, known: 60_000 };
const longestWait = 8_000;
const firstWait = 250;
/** Tries that a server may send away with `Retry-After`, and the longest such wait that is obeyed as it stands. */
const mostTries = 12;
const longestRetryAfter = 120_000;
/**
 * Milliseconds to wait before the next try, or `undefined` where there must be none. Reads are tried again after a reset,
 * a time-out, 429 and 5xx; writes only where nothing can have happened: 429, and no connection.
 */
function waitBeforeRetry(made) {
    if (made.tries + 1 >= mostTries || !mayRepeat(made))
        return undefined;
    const backoff = Math.min(longestWait, firstWait * 2 ** made.tries);
    const asked = made.outcome.kind === "answer" ? retryAfter(made.outcome.headers, made.date) : undefined;
    if (asked !== undefined)
        return asked > longestRetryAfter ? undefined : Math.max(asked, backoff);
    // However long its answer was waited for, nothing is given up for one that was lost.
    const isFirstLoss = made.outcome.kind === "lost" && made.tries === 0;
    return backoff > patienceOf(made) - made.elapsed && !isFirstLoss ? undefined : backoff;
}
function patienceOf({ outcome, patience }) {
    const isLikelyToStay = outcome.kind === "answer" && (0,client_status/* isUnreached */.mI)(outcome.text);
    return isLikelyToStay ? Math.min(patience, patienceWith.stranger) : patience;
}
function mayRepeat({ outcome, repeatable }) {
    if (outcome.kind === "unsent")
        return !outcome.hopeless;
    if (outcome.kind === "lost")
        return repeatable;
    if (outcome.status === 429)
        return true;
    if ((0,client_status/* isRefusedIntent */.d)(outcome.text))
        return false;
    return repeatable && (outcome.status >= 500 || outcome.status === 408) && outcome.status !== 501;
}
/** `Retry-After` in milliseconds: seconds or an HTTP date (RFC 9110, 10.2.3). */
function retryAfter(headers, now) {
    const value = headers["retry-after"];
    if (typeof value !== "string")
        return undefined;
    if (/^\s*\d+\s*$/.test(value))
        return Number(value) * 1_000;
    const date = Date.parse(value);
    return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime());
}

;// CONCATENATED MODULE: ./packages/kubernetes/client/shape.js
/** Whether an answer has what every object has. The rest stays as the server sent it. */
function isResource(json) {
    return (isRecord(json) &&
        typeof json.apiVersion === "string" &&
        typeof json.kind === "string" &&
        isRecord(json.metadata) &&
        (json.metadata.name === undefined || typeof json.metadata.name === "string"));
}
function isList(json) {
    return (isRecord(json) &&
        isRecord(json.metadata) &&
        typeof json.metadata.resourceVersion === "string" &&
        (json.items === null || (Array.isArray(json.items) && json.items.every(isRecord))));
}
function isRecord(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

;// CONCATENATED MODULE: ./packages/kubernetes/client/seen.js

function createSeen() {
    const newest = new Map();
    const served = new Set();
    const raise = (path, version) => newest.set(path, Math.max(version, newest.get(path) ?? 0));
    return {
        from: ({ method, path: whole }) => {
            const [path = "", query = ""] = whole.split("?");
            // The later pages of a list show what the first showed.
            const floor = method === "GET" && !query.includes("continue=") ? newest.get(path) : undefined;
            return (json) => floor !== undefined && (versionOf(json)?.version ?? floor) < floor;
        },
        serves: ({ path }) => served.has(apiOf(path)),
        note: ({ method, path: whole }, json) => {
            const [path = ""] = whole.split("?");
            served.add(apiOf(path));
            const shown = versionOf(json);
            if (shown === undefined)
                return;
            const object = method === "POST" && shown.name !== undefined ? `${path}/${shown.name}` : path;
            raise(object, shown.version);
            if (shown.name !== undefined)
                raise(object.slice(0, object.lastIndexOf("/")), shown.version);
        },
    };
}
/** `/api/v1` or `/apis/<group>/<version>`. */
function apiOf(path) {
    return path.split("/", path.startsWith("/api/") ? 3 : 4).join("/");
}
/** That of an object, with its name, or of a list; `undefined` where there is none, or it is no number. */
function versionOf(json) {
    if (!isRecord(json) || !isRecord(json.metadata))
        return undefined;
    const { name, resourceVersion } = json.metadata;
    if (typeof resourceVersion !== "string" || !/^\d+$/.test(resourceVersion))
        return undefined;
    return { version: Number(resourceVersion), name: typeof name === "string" ? name : undefined };
}

;// CONCATENATED MODULE: ./packages/kubernetes/client/caller.js




function createCaller(options) {
    const { clock, transport, credentials, server, patience: known = patienceWith.known } = options;
    const seen = createSeen();
    const bounded = boundedBy(options.ending);
    let isKnown = false;
    return {
        async call(asked) {
            const request = bounded(asked);
            const started = clock.now();
            const isOld = seen.from(request);
            for (let tries = 0;; tries += 1) {
                throwIfAborted(request);
                const outcome = believed(await authorized(credentials, (credential) => transport.send(request, credential)), request.anyStatus !== true && seen.serves(request));
                isKnown ||= outcome.kind === "answer";
                const answer = readOutcome(outcome, request, isOld);
                if ("json" in answer) {
                    seen.note(request, answer.json);
                    for (const text of outcome.kind === "answer" ? warnings(outcome.headers) : []) {
                        options.onWarning(text);
                        request.onWarning?.(text);
                    }
                    return answer;
                }
                const elapsed = clock.now() - started;
                const patience = isKnown ? known : patienceWith.stranger;
                const made = { outcome: answer, repeatable: request.repeatable, tries, elapsed, patience, date: clock.date() };
                const wait = request.signal?.aborted === true ? undefined : waitBeforeRetry(made);
                if (wait === undefined)
                    return lastWord(answer, request, server);
                await clock.sleep(wait, request.signal);
            }
        },
        async stream(asked) {
            const request = bounded(asked);
            throwIfAborted(request);
            const answer = await authorized(credentials, (credential) => transport.open(request, credential));
            if (answer.kind !== "stream")
                throw (0,outcome_error/* outcomeError */.p)(believed(answer, seen.serves(request)), request, server);
            isKnown = true;
            return answer.body;
        },
    };
}
/** Joins each signal with the end of all only once, as a signal of several is dear and most requests bring the same ones. */
function boundedBy(ending) {
    if (ending === undefined)
        return (request) => request;
    const known = new WeakMap();
    const joined = (signal) => {
        const either = known.get(signal) ?? AbortSignal.any([signal, ending]);
        known.set(signal, either);
        return either;
    };
    return (request) => ({ ...request, signal: request.signal === undefined ? ending : joined(request.signal) });
}
/** Tries once more with a new credential after a 401, which comes before anything is done. */
async function authorized(credentials, send) {
    const credential = await credentials.current();
    const answer = await send(credential);
    if (!("status" in answer) || answer.status !== 401 || !(await credentials.renew(credential)))
        return answer;
    return send(await credentials.current());
}
/** A server that has served an API serves it: who says otherwise, as one that is only just starting does, has not answered. */
function believed(outcome, isServed) {
    if (!isServed || outcome.kind !== "answer" || !(0,client_status/* isUnserved */.ze)(outcome))
        return outcome;
    return { kind: "lost", cause: new Error("it knows no such path, though it did before") };
}
/** What was asked for, or why it is not there. A good status with half a body is a lost answer. */
function readOutcome(outcome, request, isOld) {
    if (outcome.kind !== "answer")
        return outcome;
    const { status, text } = outcome;
    const isRedirect = status >= 300 && status < 400;
    if (request.anyStatus === true && !isRedirect && status !== 429 && !(0,client_status/* isServersOwn */.j5)(outcome))
        return { status, text, json: undefined };
    if (status < 200 || status >= 300)
        return outcome;
    if (request.isText === true)
        return { status, text, json: undefined };
    if (!isJson(outcome.headers))
        return outcome;
    try {
        const json = JSON.parse(text);
        return isOld(json)
            ? { kind: "lost", cause: new Error("it shows an older state than before") }
            : { status, text, json };
    }
    catch (error) {
        return {
            kind: "lost",
            cause: new Error(`the answer is no whole JSON (${text.length} characters)`, { cause: error }),
        };
    }
}
/** What is left when no other try may mend it. That a pod cannot be reached says something of the pod. */
function lastWord(outcome, request, server) {
    if (request.anyStatus === true && outcome.kind === "answer" && (0,client_status/* isUnreached */.mI)(outcome.text))
        return { status: outcome.status, text: outcome.text, json: undefined };
    throw (0,outcome_error/* outcomeError */.p)(outcome, request, server);
}
function isJson(headers) {
    const type = headers["content-type"];
    return typeof type !== "string" || type.includes("json");
}
/** Texts of `Warning: 299 - "text"` headers (RFC 7234, 5.5), which several may share. */
function warnings(headers) {
    const value = headers.warning;
    const all = typeof value === "string" ? [value] : (value ?? []);
    return all.flatMap((one) => [...one.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map((match) => (match[1] ?? "").replace(/\\(.)/g, "$1")));
}
function throwIfAborted(request) {
    if (request.signal?.aborted === true)
        throw (0,outcome_error/* abortError */.v)(request.signal, request);
}

;// CONCATENATED MODULE: ./packages/kubernetes/client/credentials.js


/** How long a token file is believed: projected tokens are replaced while they are still good. */
const tokenFileAge = 60_000;
/** Credentials of a kubeconfig's user; those from plugins and files are kept until they expire and fetched once however many ask. */
function createCredentials(user, options) {
    const source = sourceOf(user, options);
    if (source === undefined) {
        const fixed = credentialOf({ token: user.token, certificate: undefined, expires: undefined }, user);
        return { current: async () => fixed, renew: async () => false };
    }
    let granted;
    let pending;
    const fetch = async () => {
        const fresh = await source();
        for (const secret of [fresh.token, fresh.certificate?.key])
            if (secret)
                options.onSecret?.(secret);
        granted = { credential: credentialOf(fresh, user), expires: fresh.expires };
        return granted.credential;
    };
    const current = async () => {
        const { clock } = options;
        const isGood = granted !== undefined && (granted.expires === undefined || clock.date().getTime() < granted.expires);
        if (granted !== undefined && isGood)
            return granted.credential;
        pending ??= fetch().finally(() => {
            pending = undefined;
        });
        return pending;
    };
    const renew = async (rejected) => {
        if (granted?.credential === rejected)
            granted = undefined;
        const next = await current();
        return !isSame(next, rejected);
    };
    return { current, renew };
}
function sourceOf(user, { plugin, clock }) {
    const { tokenFile } = user;
    if (tokenFile !== undefined)
        return () => readTokenFile(tokenFile, clock);
    return plugin;
}
async function readTokenFile(file, clock) {
    const text = await (0,promises_.readFile)(file, "utf8").catch((cause) => {
        throw new errors/* CutoverError */.D("unauthorized", `Cannot read the token file ${file}`, {
            hint: "Mend `tokenFile` in the kubeconfig.",
            cause,
        });
    });
    return { token: text.trim(), certificate: undefined, expires: clock.date().getTime() + tokenFileAge };
}
function credentialOf(granted, user) {
    const headers = {};
    if (granted.token !== undefined)
        headers.authorization = `Bearer ${granted.token}`;
    else if (user.basic !== undefined) {
        headers.authorization = `Basic ${Buffer.from(`${user.basic.username}:${user.basic.password}`).toString("base64")}`;
    }
    return { headers: { ...headers, ...impersonation(user) }, certificate: granted.certificate ?? user.certificate };
}
function impersonation({ impersonate }) {
    if (impersonate === undefined)
        return {};
    const { user, uid, groups } = impersonate;
    return {
        "impersonate-user": user,
        ...(uid === undefined ? {} : { "impersonate-uid": uid }),
        ...(groups.length === 0 ? {} : { "impersonate-group": [...groups] }),
    };
}
function isSame(one, other) {
    return one.headers.authorization === other.headers.authorization && one.certificate?.cert === other.certificate?.cert;
}

// EXTERNAL MODULE: ../../node_modules/undici/index.js
var undici = __webpack_require__(1684);
;// CONCATENATED MODULE: ./packages/kubernetes/client/dispatcher.js

function createConnections(cluster, way, limits) {
    const pool = (connections) => renewable((certificate) => createDispatcher(cluster, { ...way, certificate, limits, connections }));
    const [requests, streams] = [pool(limits.connections), pool(null)];
    return {
        dispatcher: requests.of,
        streams: streams.of,
        close: async () => {
            await Promise.all([requests.close(), streams.close()]);
        },
    };
}
/** A dispatcher that is made anew for another certificate. */
function renewable(create) {
    let open;
    return {
        of: (certificate) => {
            if (open === undefined || open.certificate?.cert !== certificate?.cert) {
                const before = open?.dispatcher;
                open = { certificate, dispatcher: create(certificate) };
                before?.close().catch(() => undefined);
            }
            return open.dispatcher;
        },
        close: async () => {
            const before = open?.dispatcher;
            open = undefined;
            await before?.destroy();
        },
    };
}
function createDispatcher(cluster, { proxy, dial, certificate, limits, connections }) {
    const tls = {
        ...(cluster.ca === undefined ? {} : { ca: cluster.ca }),
        ...(cluster.tlsServerName === undefined ? {} : { servername: cluster.tlsServerName }),
        ...certificate,
        rejectUnauthorized: !cluster.skipTlsVerify,
        timeout: limits.connect,
        allowH2: false,
    };
    // How long an answer may take is bounded on the client's clock.
    // HTTP/1.1: what failed, and whether anything had been sent, is known per request and not per connection.
    const common = { connections, allowH2: false, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 };
    if (dial !== undefined)
        return new undici/* Agent */.g6({ ...common, connect: dialing(dial, cluster.server) });
    if (proxy === undefined)
        return new undici/* Agent */.g6({ ...common, connect: tls });
    return new undici/* ProxyAgent */.kT({
        ...common,
        uri: proxy.href,
        requestTls: tls,
        proxyTls: { timeout: limits.connect, allowH2: false },
        proxyTunnel: true,
    });
}
function dialing(dial, server) {
    return (_, done) => {
        // undici asks of it what every stream has, and takes no answer while it is still asking.
        queueMicrotask(() => {
            try {
                done(null, dial(server));
            }
            catch (error) {
                done(error instanceof Error ? error : new Error(String(error)), null);
            }
        });
    };
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
;// CONCATENATED MODULE: ./packages/kubernetes/client/exec-plugin.js






/** Credential plugins that may run, and the variables that each is given on top of the environment that every child gets. */
const known = {
    aws: /^AWS_/,
    "aws-iam-authenticator": /^AWS_/,
    "gke-gcloud-auth-plugin": /^(GOOGLE_|CLOUDSDK_|GCE_)/,
    gcloud: /^(GOOGLE_|CLOUDSDK_)/,
    kubelogin: /^(AAD_|ARM_|AZURE_)/,
    "kubectl-oidc_login": /^KUBECACHEDIR$/,
    doctl: /^DIGITALOCEAN_/,
    oci: /^OCI_/,
    tsh: /^(TELEPORT_|TSH_)/,
    ibmcloud: /^(IBMCLOUD_|BLUEMIX_)/,
};
/** Milliseconds that a plugin may take. */
const limit = 30_000;
/** Milliseconds before its expiry from which a credential is not used any more. */
const skew = 60_000;
const answerSchema = schemas/* object */.Ikc({
    kind: schemas/* literal */.euz("ExecCredential"),
    status: schemas/* object */.Ikc({
        token: schemas/* string */.YjP().optional(),
        clientCertificateData: schemas/* string */.YjP().optional(),
        clientKeyData: schemas/* string */.YjP().optional(),
        expirationTimestamp: schemas/* string */.YjP().optional(),
    }),
});
/**
 * A function that runs the user's credential plugin.
 * @throws `refused` at once for a plugin that is not on the list or lies in the workspace; the function throws `process-failed`.
 */
async function execPlugin(exec, cluster, options) {
    refuseUnknown(exec, options);
    const file = await executable(exec, options);
    const env = pluginEnvironment(exec, cluster, options);
    return async () => {
        const result = await options.processes.run({ file, args: exec.args ?? [], env, timeout: limit });
        if (result.timedOut)
            throw failed(exec, `gave no answer within ${limit / 1_000} s`);
        if (result.exitCode !== 0)
            throw failed(exec, `ended with ${result.exitCode ?? "a signal"}: ${result.stderr.trim().slice(-500)}`);
        return readCredential(exec, result.stdout);
    };
}
function refuseUnknown(exec, { execPlugins = [] }) {
    const name = basename(exec.command);
    const allowed = [...Object.keys(known), ...execPlugins];
    if (!allowed.includes(name)) {
        throw new errors/* CutoverError */.D("refused", `kubeconfig: credential plugin "${name}" is not allowed to run`, {
            hint: `Allowed are ${Object.keys(known).join(", ")}. Use one of them, or a kubeconfig with a token or a certificate.`,
        });
    }
    if (!/^client\.authentication\.k8s\.io\/v1(beta1)?$/.test(exec.apiVersion)) {
        throw new errors/* CutoverError */.D("refused", `kubeconfig: credential plugin "${name}" speaks ${exec.apiVersion}`, {
            hint: "Write the kubeconfig anew with a plugin that speaks client.authentication.k8s.io/v1.",
        });
    }
    if (exec.interactiveMode === "Always") {
        throw new errors/* CutoverError */.D("refused", `kubeconfig: credential plugin "${name}" wants to ask questions, and nobody is there`, {
            hint: "Use a plugin with `interactiveMode: Never` or `IfAvailable`.",
        });
    }
}
/** Where the plugin lies, never in the workspace: what is checked out there must not run with the job's rights. */
async function executable(exec, { env, workspace }) {
    const isPath = exec.command.includes("/") || exec.command.includes(external_node_path_.sep);
    const places = isPath
        ? [external_node_path_.resolve(exec.folder ?? "/", exec.command)]
        : (env.PATH ?? "")
            .split(external_node_path_.delimiter)
            .filter(external_node_path_.isAbsolute)
            .map((folder) => external_node_path_.join(folder, exec.command));
    for (const place of places) {
        const found = await (0,promises_.access)(place, external_node_fs_.constants.X_OK).then(() => (0,promises_.realpath)(place), () => undefined);
        if (found === undefined)
            continue;
        if (await lies(found, workspace)) {
            throw new errors/* CutoverError */.D("refused", `kubeconfig: credential plugin ${place} lies in the workspace`, {
                hint: "Install it outside the checked-out repository.",
            });
        }
        return place;
    }
    const hint = exec.installHint?.trim() ?? `Install ${basename(exec.command)} in a step before, and put it on PATH.`;
    throw new errors/* CutoverError */.D("process-failed", `kubeconfig: credential plugin ${exec.command} is not there`, { hint });
}
function pluginEnvironment(exec, cluster, { env }) {
    const wanted = known[basename(exec.command)];
    const own = Object.entries(env).filter((entry) => entry[1] !== undefined && wanted?.test(entry[0]) === true);
    const told = {
        server: cluster.server.href.replace(/\/$/, ""),
        "tls-server-name": cluster.tlsServerName,
        "insecure-skip-tls-verify": cluster.skipTlsVerify || undefined,
        "certificate-authority-data": cluster.ca === undefined ? undefined : Buffer.from(cluster.ca).toString("base64"),
        "proxy-url": cluster.proxyUrl,
        config: cluster.execConfig,
    };
    const spec = { interactive: false, ...(exec.provideClusterInfo ? { cluster: told } : {}) };
    return {
        ...Object.fromEntries(own),
        ...Object.fromEntries((exec.env ?? []).map(({ name, value }) => [name, value])),
        KUBERNETES_EXEC_INFO: JSON.stringify({ apiVersion: exec.apiVersion, kind: "ExecCredential", spec }),
    };
}
function readCredential(exec, stdout) {
    const parsed = answerSchema.safeParse(parseJson(stdout));
    if (!parsed.success)
        throw failed(exec, "printed no ExecCredential");
    const { token, clientCertificateData: cert, clientKeyData: key, expirationTimestamp } = parsed.data.status;
    const certificate = cert === undefined || key === undefined ? undefined : { cert, key };
    if (token === undefined && certificate === undefined)
        throw failed(exec, "printed neither a token nor a certificate");
    const expires = expirationTimestamp === undefined ? Number.NaN : Date.parse(expirationTimestamp);
    return { token, certificate, expires: Number.isNaN(expires) ? undefined : expires - skew };
}
function parseJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
function basename(command) {
    return external_node_path_.basename(command).replace(/\.(exe|cmd)$/i, "");
}
function failed(exec, what) {
    return new errors/* CutoverError */.D("process-failed", `kubeconfig: credential plugin ${basename(exec.command)} ${what}`, {
        hint: "Run it by hand on this machine; its login must be done in a step before.",
    });
}

;// CONCATENATED MODULE: ./packages/kubernetes/client/limits.js
const defaultLimits = {
    connections: 16,
    connect: 10_000,
    readHeaders: 20_000,
    writeHeaders: 65_000,
    idle: 30_000,
    total: 120_000,
    watchIdle: 40_000,
};
/** Bytes of an answer that is read whole. */
const bodyLimit = 64 * 1024 * 1024;

;// CONCATENATED MODULE: ./packages/kubernetes/client/kinds.js
/** Kinds that every Kubernetes serves; all others are asked for. Source: the discovery of Kubernetes 1.34. */
const builtIn = {
    v1: {
        namespaced: [
            "ConfigMap",
            "Endpoints",
            "Event",
            "LimitRange",
            "PersistentVolumeClaim",
            "Pod",
            "PodTemplate",
            "ReplicationController",
            "ResourceQuota",
            "Secret",
            "Service",
            "ServiceAccount",
        ],
        cluster: ["Namespace", "Node", "PersistentVolume"],
    },
    "apps/v1": { namespaced: ["ControllerRevision", "DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"] },
    "autoscaling/v1": { namespaced: ["HorizontalPodAutoscaler"] },
    "autoscaling/v2": { namespaced: ["HorizontalPodAutoscaler"] },
    "batch/v1": { namespaced: ["CronJob", "Job"] },
    "coordination.k8s.io/v1": { namespaced: ["Lease"] },
    "discovery.k8s.io/v1": { namespaced: ["EndpointSlice"] },
    "events.k8s.io/v1": { namespaced: ["Event"] },
    // Not every Kubernetes serves it: where it does not, its list is not found, as a discovery of it would be.
    "gateway.networking.k8s.io/v1": { namespaced: ["Gateway", "HTTPRoute"] },
    "networking.k8s.io/v1": { namespaced: ["Ingress", "NetworkPolicy"], cluster: ["IngressClass"] },
    "policy/v1": { namespaced: ["PodDisruptionBudget"] },
    "rbac.authorization.k8s.io/v1": {
        namespaced: ["Role", "RoleBinding"],
        cluster: ["ClusterRole", "ClusterRoleBinding"],
    },
    "scheduling.k8s.io/v1": { cluster: ["PriorityClass"] },
    "storage.k8s.io/v1": { cluster: ["StorageClass"] },
    "node.k8s.io/v1": { cluster: ["RuntimeClass"] },
    "admissionregistration.k8s.io/v1": { cluster: ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"] },
    "apiextensions.k8s.io/v1": { cluster: ["CustomResourceDefinition"] },
    "authorization.k8s.io/v1": { cluster: ["SelfSubjectAccessReview", "SelfSubjectRulesReview"] },
};
/** A kind that needs no discovery, or `undefined`. */
function builtInKind(apiVersion, kind) {
    const kinds = builtIn[apiVersion];
    if (kinds?.namespaced?.includes(kind))
        return { resource: plural(kind), namespaced: true };
    if (kinds?.cluster?.includes(kind))
        return { resource: plural(kind), namespaced: false };
    return undefined;
}
function plural(kind) {
    const name = kind.toLowerCase();
    if (name === "endpoints")
        return name;
    if (name.endsWith("s"))
        return `${name}es`;
    return /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`;
}

// EXTERNAL MODULE: ./packages/kubernetes/client/path.js
var client_path = __webpack_require__(5066);
;// CONCATENATED MODULE: ./packages/kubernetes/client/places.js




const discoverySchema = schemas/* object */.Ikc({
    resources: schemas/* array */.YOg(schemas/* object */.Ikc({ name: schemas/* string */.YjP(), kind: schemas/* string */.YjP(), namespaced: schemas/* boolean */.zMY() })),
});
/** @param fallback namespace of a namespaced object that names none */
function createPlaces(caller, fallback) {
    const asked = new Map();
    const discover = (apiVersion, signal) => {
        const known = asked.get(apiVersion);
        if (known !== undefined)
            return known;
        const asking = askResources(caller, apiVersion, signal);
        asked.set(apiVersion, asking);
        asking.catch(() => asked.delete(apiVersion));
        return asking;
    };
    const kindOf = async ({ apiVersion, kind }, signal) => {
        const known = builtInKind(apiVersion, kind);
        if (known !== undefined)
            return known;
        const served = await discover(apiVersion, signal).catch((error) => {
            if ((0,errors/* isCutoverError */.j)(error, "not-found"))
                throw unknownKind(apiVersion, kind, error);
            throw error;
        });
        const found = served.find((one) => one.kind === kind && !one.name.includes("/"));
        if (found === undefined)
            throw unknownKind(apiVersion, kind);
        return { resource: found.name, namespaced: found.namespaced };
    };
    return {
        async find(target, signal) {
            const kind = await kindOf(target, signal);
            const namespace = kind.namespaced
                ? (target.namespace ?? (target.name === undefined ? undefined : fallback))
                : undefined;
            const where = namespace === undefined ? "" : ` in namespace ${namespace}`;
            const what = target.name === undefined ? kind.resource : `${target.kind} ${target.name}`;
            const { apiVersion, name, subresource, isNew } = target;
            const path = (0,client_path/* pathOf */.XM)({
                apiVersion,
                kind,
                namespace,
                subresource,
                ...(name === undefined || isNew === true ? {} : { name }),
            });
            return { path, subject: what + where };
        },
    };
}
async function askResources(caller, apiVersion, signal) {
    const path = (0,client_path/* groupPath */.zm)(apiVersion);
    const { json } = await caller.call({
        method: "GET",
        path,
        verb: "find",
        subject: `kinds of ${apiVersion}`,
        repeatable: true,
        signal,
    });
    const parsed = discoverySchema.safeParse(json);
    if (!parsed.success)
        throw new errors/* CutoverError */.D("unavailable", `The server's list of kinds of ${apiVersion} cannot be read`, {
            cause: parsed.error,
        });
    return parsed.data.resources;
}
function unknownKind(apiVersion, kind, cause) {
    return new errors/* CutoverError */.D("not-found", `The cluster has no kind ${kind} in ${apiVersion}`, {
        hint: "Check apiVersion and kind, or install what defines them (its CustomResourceDefinition).",
        cause,
    });
}

;// CONCATENATED MODULE: ./packages/kubernetes/client/pods.js


/** Bytes of a log or of a proxied answer that are kept. */
const textLimit = 64 * 1024;
/** See `Client.podLog`. */
async function podLog(caller, pod, options) {
    const { container, tailLines, previous, signal } = options;
    const query = {
        container,
        tailLines: String(tailLines),
        previous: previous === true ? "true" : undefined,
        limitBytes: String(textLimit),
    };
    const { text } = await caller.call({
        method: "GET",
        path: (0,client_path/* withQuery */.VL)(`/api/v1/namespaces/${(0,client_path/* segment */.mX)(pod.namespace)}/pods/${(0,client_path/* segment */.mX)(pod.name)}/log`, query),
        accept: "text/plain, application/json",
        verb: "read",
        subject: `the log of container ${container} of Pod ${pod.name} in namespace ${pod.namespace}`,
        repeatable: true,
        isText: true,
        cutAt: textLimit,
        signal,
    });
    return text;
}
/** See `Client.proxyGet`. A refusal of the API server itself is an error, all else is the answer. */
async function proxyGet(caller, target, { signal } = {}) {
    const { kind, namespace, name, port, path } = target;
    const noun = kind === "pods" ? "Pod" : "Service";
    const deed = { verb: "proxy to", subject: `port ${port} of ${noun} ${name} in namespace ${namespace}` };
    const { status, text } = await caller.call({
        method: "GET",
        path: `/api/v1/namespaces/${(0,client_path/* segment */.mX)(namespace)}/${kind}/${(0,client_path/* segment */.mX)(`${name}:${port}`)}/proxy${cleaned(path)}`,
        accept: "*/*",
        ...deed,
        repeatable: true,
        anyStatus: true,
        cutAt: textLimit,
        signal,
    });
    const json = [401, 403, 404].includes(status) ? parse(text) : undefined;
    if ((0,client_status/* isStatus */.zM)(json))
        throw (0,client_status/* answerError */.n)((0,client_status/* readAnswer */.JN)(status, json), deed);
    return { status, body: text };
}
/** `path` as a browser would send it: escaped, and without dots that climb out of the proxy. */
function cleaned(path) {
    const { pathname, search } = new URL(`http://pod/${path.replace(/^\/+/, "")}`);
    return pathname + search;
}
function parse(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: ./packages/kubernetes/client/proxy.js
var client_proxy = __webpack_require__(7537);
;// CONCATENATED MODULE: ./packages/kubernetes/client/reads.js




/** Objects per page, as kubectl asks for. */
const pageSize = "500";
function createReads(caller, places) {
    const get = async (ref, { signal } = {}) => {
        const { path, subject } = await places.find(ref, signal);
        const { json } = await caller.call({ method: "GET", path, verb: "get", subject, repeatable: true, signal });
        return resource(json, subject);
    };
    const find = async (ref, options) => {
        try {
            return await get(ref, options);
        }
        catch (error) {
            if ((0,client_status/* isAbsence */.Md)(error))
                return undefined;
            throw error;
        }
    };
    const list = async (collection, { signal } = {}) => {
        const { apiVersion, kind, labelSelector, fieldSelector } = collection;
        const { path, subject } = await places.find(collection, signal);
        const items = [];
        let next;
        for (;;) {
            const query = { labelSelector, fieldSelector, limit: pageSize, continue: next };
            const { json } = await caller.call({
                method: "GET",
                path: (0,client_path/* withQuery */.VL)(path, query),
                verb: "list",
                subject,
                repeatable: true,
                signal,
            });
            if (!isList(json))
                throw unreadable(subject);
            for (const item of json.items ?? [])
                items.push(resource({ ...item, apiVersion, kind }, subject));
            next = json.metadata.continue === "" ? undefined : json.metadata.continue;
            if (next === undefined)
                return { resourceVersion: json.metadata.resourceVersion, items };
        }
    };
    const ask = async (path, { signal } = {}) => {
        const { json } = await caller.call({ method: "GET", path, verb: "get", subject: path, repeatable: true, signal });
        return json;
    };
    return { get, find, list: (collection, options) => restartOnce(() => list(collection, options)), ask };
}
/** A page's continuation expires after some minutes (410); the list then starts again. */
async function restartOnce(read) {
    try {
        return await read();
    }
    catch (error) {
        if ((0,client_status/* statusReason */.vk)(error) !== "Expired")
            throw error;
        return read();
    }
}
/** @throws `unavailable` for an answer that is no object. */
function resource(json, subject) {
    if (isResource(json))
        return json;
    throw unreadable(subject);
}
function unreadable(subject) {
    return new errors/* CutoverError */.D("unavailable", `The server's answer for ${subject} is no Kubernetes object`, {
        hint: "Check that the kubeconfig names an API server and that no proxy answers instead.",
    });
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./packages/kubernetes/client/self.js



const self_reviewSchema = schemas/* object */.Ikc({ status: schemas/* object */.Ikc({ userInfo: schemas/* object */.Ikc({ username: schemas/* string */.YjP() }) }) });
const claims = schemas/* looseObject */._H3({ exp: schemas/* number */.aig().optional() });
/** Asks the server who one is, and reads the credentials' own end. @throws what requests throw */
async function self_self(caller, { credentials, user, clock }, { signal } = {}) {
    const expires = endOf(await credentials.current());
    const name = await userName(caller, signal).catch((error) => {
        // Why a server knows nobody with credentials that have ended needs no guess.
        if ((0,errors/* isCutoverError */.j)(error, "unauthorized") && (expires ?? Infinity) <= clock.date().getTime())
            return undefined;
        throw error;
    });
    const isRenewed = user.tokenFile !== undefined || (user.exec !== undefined && user.token === undefined);
    return { user: name, expires, isRenewed };
}
/** The earlier end of token and certificate, in epoch milliseconds. */
function endOf({ headers: { authorization = "" }, certificate }) {
    const token = /^Bearer [\w-]+\.([\w-]+)\.[\w-]*$/.exec(String(authorization))?.[1];
    const ends = [
        token === undefined ? undefined : tokenEnd(token),
        certificate === undefined ? undefined : certificateEnd(certificate.cert),
    ].filter((end) => end !== undefined);
    return ends.length === 0 ? undefined : Math.min(...ends);
}
/** A server before 1.28 does not say, nor one that lets nobody ask. */
async function userName(caller, signal) {
    const kind = "SelfSubjectReview";
    try {
        const { json } = await caller.call({
            method: "POST",
            path: "/apis/authentication.k8s.io/v1/selfsubjectreviews",
            contentType: "application/json",
            body: JSON.stringify({ apiVersion: "authentication.k8s.io/v1", kind, metadata: {} }),
            verb: "create",
            subject: `${kind} (who these credentials are)`,
            repeatable: true,
            signal,
        });
        return self_reviewSchema.safeParse(json).data?.status.userInfo.username;
    }
    catch (error) {
        if ((0,errors/* isCutoverError */.j)(error, "forbidden", "not-found"))
            return undefined;
        throw error;
    }
}
function tokenEnd(payload) {
    try {
        const parsed = claims.safeParse(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")));
        const seconds = parsed.data?.exp;
        return seconds === undefined ? undefined : seconds * 1_000;
    }
    catch {
        // Not every token with two dots is a JSON Web Token.
        return undefined;
    }
}
function certificateEnd(pem) {
    try {
        return new external_node_crypto_.X509Certificate(pem).validToDate.getTime();
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./packages/kubernetes/client/shared-lists.js
/**
 * One list of the same collection at a time: who asks while one is under way shares the next with all who do, so that nobody
 * gets an answer older than the question. A list that can be cut short is its asker's own.
 */
function sharingLists(list) {
    const queues = new Map();
    const send = (key, collection) => {
        const answer = list(collection);
        const queue = { underWay: answer.then(ignore, ignore) };
        queues.set(key, queue);
        void queue.underWay.then(() => {
            if (queue.next === undefined)
                queues.delete(key);
        });
        return answer;
    };
    return (collection, options = {}) => {
        if (options.signal !== undefined)
            return list(collection, options);
        const key = keyOf(collection);
        const queue = queues.get(key);
        if (queue === undefined)
            return send(key, collection);
        queue.next ??= queue.underWay.then(() => send(key, collection));
        return queue.next;
    };
}
/** The same for the same collection. */
function keyOf({ apiVersion, kind, namespace, labelSelector, fieldSelector }) {
    return JSON.stringify([apiVersion, kind, namespace, labelSelector, fieldSelector]);
}
function ignore() { }

;// CONCATENATED MODULE: ./packages/kubernetes/client/held-items.js
/** What a mirror holds: objects by uid, and the resourceVersion up to which they are known. */
class HeldItems {
    resourceVersion = "";
    #items = new Map();
    #listed;
    #views = new Set();
    #end;
    /** In the order in which they came. */
    get items() {
        this.#listed ??= [...this.#items.values()];
        return this.#listed;
    }
    /** A part of them, whose changes wake nobody but who looks at it; `close` it when it is not looked at any more. */
    view(matches) {
        const view = new HeldView(this, matches, () => this.#views.delete(view));
        this.#views.add(view);
        if (this.#end !== undefined)
            view.end(this.#end.error);
        return view;
    }
    /** What a list tells, unless more than that is known already. */
    learn(list) {
        if (!isBefore(list.resourceVersion, this.resourceVersion))
            this.replace(list);
    }
    replace({ resourceVersion, items }) {
        const before = this.#items;
        this.#items = new Map(items.map((item) => [held_items_keyOf(item), item]));
        this.resourceVersion = resourceVersion;
        const gone = [...before].filter(([key]) => !this.#items.has(key)).map(([, item]) => item);
        const others = items.filter((item) => !isUnchanged(item, before.get(held_items_keyOf(item))));
        if (gone.length + others.length > 0)
            this.#announce([...gone, ...others]);
    }
    /** Events come in the order of their resourceVersions; one that is older than what is known is told again, and stale. */
    take(event) {
        const { resourceVersion } = event.type === "BOOKMARK" ? event : event.object.metadata;
        if (resourceVersion !== undefined && isBefore(resourceVersion, this.resourceVersion))
            return;
        this.resourceVersion = resourceVersion ?? this.resourceVersion;
        if (event.type === "BOOKMARK")
            return;
        const { object } = event;
        const before = this.#items.get(held_items_keyOf(object));
        if (event.type === "DELETED")
            this.#items.delete(held_items_keyOf(object));
        else
            this.#items.set(held_items_keyOf(object), object);
        this.#announce(before === undefined ? [object] : [before, object]);
    }
    /** Nothing will change any more: all who wait go on, or learn why. */
    end(error) {
        this.#end = { error };
        for (const view of [...this.#views])
            view.end(error);
    }
    #announce(changed) {
        this.#listed = undefined;
        for (const view of [...this.#views])
            view.tell(changed);
    }
}
/** The part of a mirror's objects that somebody looks at, and the promise of its next change. */
class HeldView {
    #held;
    #matches;
    close;
    #next = Promise.withResolvers();
    #seen;
    constructor(held, matches, close) {
        this.#held = held;
        this.#matches = matches;
        this.close = close;
    }
    get items() {
        const all = this.#held.items;
        if (this.#seen?.all !== all)
            this.#seen = { all, own: all.filter(this.#matches) };
        return this.#seen.own;
    }
    /** Settles with the next change, or with the end. */
    get changed() {
        return this.#next.promise;
    }
    tell(objects) {
        if (!objects.some(this.#matches))
            return;
        this.#next.resolve();
        this.#next = Promise.withResolvers();
    }
    end(error) {
        this.#next.promise.catch(() => undefined);
        if (error === undefined)
            this.#next.resolve();
        else
            this.#next.reject(error);
    }
}
function held_items_keyOf({ metadata }) {
    return metadata.uid ?? `${metadata.namespace}/${metadata.name}`;
}
function isUnchanged(item, before) {
    return before !== undefined && before.metadata.resourceVersion === item.metadata.resourceVersion;
}
/** resourceVersions are numbers that may be too long for one, without leading zeros (KEP-5504); of anything else nothing is said. */
function isBefore(one, other) {
    if (!/^[1-9]\d*$/.test(one) || !/^[1-9]\d*$/.test(other))
        return false;
    return one.length === other.length ? one < other : one.length < other.length;
}

;// CONCATENATED MODULE: ./packages/kubernetes/client/mirror.js


/** Milliseconds between lists where watching is not allowed. */
const pollInterval = 2_000;
const mirror_firstWait = 250;
const mirror_longestWait = 8_000;
/** Lists `collection` once and then follows it: one watch, or one list every 2 s where watch is forbidden. */
async function openMirror(client, collection, { clock, known, signal }) {
    const closing = new AbortController();
    const ending = signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal]);
    const held = new HeldItems();
    held.replace(known ?? (await client.list(collection, signal === undefined ? {} : { signal })));
    const over = follow({ client, collection, clock, held, ending }).then(() => held.end(), (error) => held.end(error));
    return {
        ...viewOf(held, () => true),
        close: () => closing.abort("closed"),
        view: (matches) => viewOf(held, matches),
        learn: (list) => held.learn(list),
        over,
    };
}
function viewOf(held, matches) {
    const view = held.view(matches);
    return { items: () => view.items, changed: () => view.changed, close: () => view.close() };
}
async function follow(following) {
    const { clock, ending } = following;
    let wait = mirror_firstWait;
    while (!ending.aborted) {
        const ended = await watchOnce(following);
        if (ended === "forbidden")
            return poll(following);
        if (ended === "told")
            continue;
        await clock.sleep(wait, ending);
        wait = ended === "broken" ? Math.min(mirror_longestWait, wait * 2) : mirror_firstWait;
    }
}
async function watchOnce(following) {
    const { client, collection, held, ending } = following;
    let ended = "silent";
    try {
        for await (const event of client.watch(collection, held.resourceVersion, { signal: ending })) {
            held.take(event);
            ended = "told";
        }
        return ended;
    }
    catch (error) {
        if (ending.aborted)
            return ended;
        if ((0,errors/* isCutoverError */.j)(error, "forbidden"))
            return "forbidden";
        if ((0,errors/* isCutoverError */.j)(error, "conflict"))
            return relist(following);
        if ((0,errors/* isCutoverError */.j)(error, "unavailable", "unreachable"))
            return "broken";
        throw error;
    }
}
/** The server has forgotten our resourceVersion (410). */
async function relist({ client, collection, held, ending }) {
    try {
        held.replace(await client.list(collection, { signal: ending }));
        return "silent";
    }
    catch (error) {
        if (!ending.aborted && !(0,errors/* isCutoverError */.j)(error, "unavailable", "unreachable"))
            throw error;
        return "broken";
    }
}
async function poll(following) {
    const { clock, ending } = following;
    while (!ending.aborted) {
        await clock.sleep(pollInterval, ending);
        if (!ending.aborted)
            await relist(following);
    }
}

;// CONCATENATED MODULE: ./packages/kubernetes/client/shared-mirrors.js



/** Milliseconds for which a mirror that nobody looks at stays open: the next step often wants the same. */
const lingering = 5_000;
/** Mirrors by their collections: all who look at the same share one list and one watch. */
class SharedMirrors {
    #client;
    #clock;
    #open = new Map();
    #closing = new AbortController();
    constructor(client, clock) {
        this.#client = client;
        this.#clock = clock;
    }
    async look(collection, options = {}) {
        const { matches = () => true, lately = false, known, signal } = options;
        const open = this.#open.get(keyOf(collection));
        const shared = open ?? this.#begin(collection, known);
        shared.viewers += 1;
        shared.wanted.abort("wanted");
        try {
            const until = { collection, signal };
            const mirror = await unlessAborted(shared.mirror, until);
            if (open !== undefined && !lately)
                mirror.learn(known ?? (await unlessAborted(this.#client.list(collection), until)));
            const view = mirror.view(matches);
            const close = once(() => {
                // A signal of several keeps whoever listens to it for as long as it may abort.
                signal?.removeEventListener("abort", close);
                view.close();
                void this.#leave(collection, shared);
            });
            signal?.addEventListener("abort", close, { once: true });
            return { ...view, close };
        }
        catch (error) {
            void this.#leave(collection, shared);
            throw error;
        }
    }
    close() {
        this.#closing.abort("closed");
    }
    #begin(collection, known) {
        const [clock, signal] = [this.#clock, this.#closing.signal];
        // Without a signal of its own its list is one that others share, too.
        const client = { watch: this.#client.watch, list: () => this.#client.list(collection) };
        const mirror = openMirror(client, collection, { clock, known, signal });
        const shared = { mirror, viewers: 0, wanted: new AbortController() };
        this.#open.set(keyOf(collection), shared);
        const forget = () => this.#forget(collection, shared);
        mirror.then(({ over }) => over.then(forget), forget);
        return shared;
    }
    #forget(collection, shared) {
        if (this.#open.get(keyOf(collection)) === shared)
            this.#open.delete(keyOf(collection));
    }
    async #leave(collection, shared) {
        shared.viewers -= 1;
        if (shared.viewers > 0)
            return;
        shared.wanted = new AbortController();
        await this.#clock.sleep(lingering, AbortSignal.any([shared.wanted.signal, this.#closing.signal]));
        if (shared.viewers > 0)
            return;
        this.#forget(collection, shared);
        const mirror = await shared.mirror.catch(() => undefined);
        mirror?.close();
    }
}
/** What comes of `work`, which goes on for others where the signal aborts. */
async function unlessAborted(work, { collection, signal }) {
    if (signal === undefined)
        return await work;
    const aborted = Promise.withResolvers();
    const abort = () => aborted.reject((0,outcome_error/* abortError */.v)(signal, { verb: "list", subject: `objects of kind ${collection.kind}` }));
    work.catch(() => undefined);
    if (signal.aborted)
        abort();
    signal.addEventListener("abort", abort, { once: true });
    try {
        return await Promise.race([work, aborted.promise]);
    }
    finally {
        signal.removeEventListener("abort", abort);
    }
}
function once(act) {
    let isDone = false;
    return () => {
        if (isDone)
            return;
        isDone = true;
        act();
    };
}

;// CONCATENATED MODULE: ./packages/kubernetes/client/patience.js
/** @param giveUp is told why, once, if the answer does not come in time */
function startPatience(clock, terms, giveUp) {
    const started = clock.now();
    const last = started + (terms.total ?? Number.POSITIVE_INFINITY);
    let next = { at: started + terms.first, message: `no answer within ${seconds(terms.first)}` };
    let end = () => { };
    const watch = () => {
        // Something may come, and the shorter term begin, meanwhile.
        const least = Math.min(next.at - clock.now(), last - clock.now(), terms.idle);
        end = clock.schedule(least, () => {
            const now = clock.now();
            if (now < next.at && now < last)
                return watch();
            giveUp(new Error(now >= last ? `no whole answer within ${seconds(last - started)}` : next.message));
        });
    };
    watch();
    return {
        heard() {
            next = { at: clock.now() + terms.idle, message: `nothing more of the answer within ${seconds(terms.idle)}` };
        },
        end: () => end(),
    };
}
function seconds(ms) {
    return `${ms / 1_000} s`;
}

// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./packages/kubernetes/client/whole-answer.js


const tooLong = new Error(`the answer is longer than ${bodyLimit / 1024 / 1024} MiB`);
/**
 * Sends one request and reads its answer whole, by undici's own events: a stream for each would cost more than the answer.
 * @throws what undici or the operating system says, or `Bounds.patience`; nothing is sent after that
 */
async function wholeAnswer(dispatcher, asked, bounds) {
    const { promise, resolve, reject } = Promise.withResolvers();
    let controller;
    let stopped;
    const stop = (why) => {
        stopped ??= why;
        controller?.abort(stopped);
        reject(stopped);
    };
    const follow = () => stop(new Error("it is not waited for any more", { cause: bounds.signal?.reason }));
    const patience = bounds.patience(stop);
    bounds.signal?.addEventListener("abort", follow);
    if (bounds.signal?.aborted === true)
        follow();
    const body = new Body(bounds.cutAt ?? bodyLimit);
    let head = { status: 0, headers: {} };
    try {
        dispatcher.dispatch(asked, {
            onRequestStart(started) {
                controller = started;
                if (stopped !== undefined)
                    started.abort(stopped);
            },
            onResponseStart(_, status, headers) {
                patience.heard();
                head = { status, headers };
            },
            onResponseData(_, chunk) {
                patience.heard();
                if (stopped !== undefined || !body.fill(chunk))
                    return;
                if (bounds.cutAt === undefined)
                    return stop(tooLong);
                resolve({ ...head, text: body.text() });
                stop(new Error("the rest is not wanted"));
            },
            onResponseEnd: () => resolve({ ...head, text: body.text() }),
            onResponseError: (_, error) => reject(error),
        });
        const answer = await promise;
        // Only after this turn does undici take the connection for idle; at once, the next request would open another one.
        await (0,external_node_timers_promises_.setImmediate)();
        return answer;
    }
    finally {
        patience.end();
        bounds.signal?.removeEventListener("abort", follow);
    }
}
/** The bytes of an answer, up to a limit. */
class Body {
    #limit;
    #chunks = [];
    #size = 0;
    constructor(limit) {
        this.#limit = limit;
    }
    /** Whether that was all that there is room for. */
    fill(chunk) {
        this.#chunks.push(chunk);
        this.#size += chunk.byteLength;
        return this.#size >= this.#limit;
    }
    text() {
        return Buffer.concat(this.#chunks).subarray(0, this.#limit).toString("utf8");
    }
}

;// CONCATENATED MODULE: ./packages/kubernetes/client/transport.js


function createTransport({ cluster, connections, limits, clock }) {
    const base = cluster.server.pathname.replace(/\/+$/, "");
    const asked = (request, credential) => ({
        origin: cluster.server.origin,
        path: base + request.path,
        method: request.method,
        headers: headersOf(request, credential),
        body: request.body ?? null,
    });
    const termsOf = ({ method }) => ({
        first: method === "GET" ? limits.readHeaders : limits.writeHeaders,
    });
    return {
        async send(request, credential) {
            const { signal, cutAt } = request;
            const terms = { ...limits, ...termsOf(request) };
            const patience = (giveUp) => startPatience(clock, terms, giveUp);
            try {
                const dispatcher = connections.dispatcher(credential.certificate);
                const answer = await wholeAnswer(dispatcher, asked(request, credential), { signal, cutAt, patience });
                return { kind: "answer", ...answer };
            }
            catch (error) {
                return failure(error);
            }
        },
        async open(request, credential) {
            const late = new AbortController();
            const terms = { idle: limits.watchIdle, ...termsOf(request) };
            const patience = startPatience(clock, terms, (why) => late.abort(why));
            const signal = request.signal === undefined ? late.signal : AbortSignal.any([request.signal, late.signal]);
            try {
                const dispatcher = connections.streams(credential.certificate);
                const answer = await dispatcher.request({ ...asked(request, credential), signal });
                const { statusCode: status, headers, body } = answer;
                const chunks = heard(body, patience, late.signal);
                if (status === 200)
                    return { kind: "stream", status, headers, body: chunks };
                return { kind: "answer", status, headers, text: await beginningOf(chunks) };
            }
            catch (error) {
                patience.end();
                return failure(late.signal.aborted ? late.signal.reason : error);
            }
        },
    };
}
/** The chunks of a body, for as long as patience lasts. */
async function* heard(body, patience, late) {
    try {
        patience.heard();
        for await (const chunk of body) {
            yield chunk;
            patience.heard();
        }
    }
    catch (error) {
        throw late.aborted ? late.reason : error;
    }
    finally {
        patience.end();
    }
}
function headersOf(request, credential) {
    return {
        ...credential.headers,
        accept: request.accept ?? "application/json",
        "user-agent": "cutover",
        ...(request.contentType === undefined ? {} : { "content-type": request.contentType }),
    };
}
/** Of a refusal: so many bytes tell why. */
async function beginningOf(chunks) {
    const body = new Body(64 * 1024);
    for await (const chunk of chunks) {
        if (body.fill(chunk))
            break;
    }
    return body.text();
}
/** Codes of errors that come before a connection is there: nothing was sent. */
const beforeSending = new Set([
    "ECONNREFUSED",
    "ENOTFOUND",
    "EAI_AGAIN",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "UND_ERR_CONNECT_TIMEOUT",
]);
const badCertificate = /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH|UND_ERR_PRX_TLS)/;
/** Sorts an error of undici or the operating system. A request that undici refuses to send is a bug of ours and is thrown on. */
function failure(error) {
    const cause = error instanceof Error ? error : new Error(String(error));
    const code = "code" in cause && typeof cause.code === "string" ? cause.code : "";
    if (code === "UND_ERR_INVALID_ARG")
        throw cause;
    if (beforeSending.has(code))
        return { kind: "unsent", cause, hopeless: code === "ENOTFOUND" };
    if (badCertificate.test(code))
        return { kind: "unsent", cause, hopeless: true };
    if (/when HTTP Tunneling|^Proxy /.test(cause.message))
        return { kind: "unsent", cause, hopeless: true };
    return { kind: "lost", cause };
}

;// CONCATENATED MODULE: ./packages/kubernetes/client/watch.js




/** The longest line that is waited for: objects are at most 1.5 MiB in etcd. */
const lineLimit = 16 * 1024 * 1024;
/** See `Client.watch`. */
function createWatch(caller, places, limits) {
    return async function* watch(collection, resourceVersion, { signal } = {}) {
        const { labelSelector, fieldSelector } = collection;
        const { path, subject } = await places.find(collection, signal);
        const query = {
            watch: "true",
            allowWatchBookmarks: "true",
            resourceVersion,
            labelSelector,
            fieldSelector,
            timeoutSeconds: String(Math.max(1, Math.round((limits.watchIdle * 0.75) / 1_000))),
        };
        const deed = { verb: "watch", subject };
        try {
            const body = await caller.stream({
                method: "GET",
                path: (0,client_path/* withQuery */.VL)(path, query),
                ...deed,
                repeatable: true,
                signal,
            });
            for await (const line of lines(body))
                yield readEvent(line, deed);
        }
        catch (error) {
            if (signal?.aborted === true)
                return;
            throw error instanceof errors/* CutoverError */.D ? error : brokenWatch(deed, error);
        }
    };
}
function readEvent(line, deed) {
    const event = watch_parse(line, deed);
    if (!isRecord(event))
        throw brokenWatch(deed, new Error("a line is no event"));
    const { type, object } = event;
    if (type === "ERROR")
        throw (0,client_status/* answerError */.n)((0,client_status/* readAnswer */.JN)(isRecord(object) && typeof object.code === "number" ? object.code : 500, object), deed);
    if (isResource(object)) {
        if (type === "ADDED" || type === "MODIFIED" || type === "DELETED")
            return { type, object };
        const { resourceVersion } = object.metadata;
        if (type === "BOOKMARK" && resourceVersion !== undefined)
            return { type, resourceVersion };
    }
    throw brokenWatch(deed, new Error(`unknown event ${String(type)}`));
}
function watch_parse(line, deed) {
    try {
        return JSON.parse(line);
    }
    catch (error) {
        throw brokenWatch(deed, error);
    }
}
/** Lines of a body. Half a line at its end is dropped: the event comes again after the resourceVersion before it. */
async function* lines(body) {
    const decoder = new TextDecoder();
    let rest = "";
    for await (const chunk of body) {
        rest += decoder.decode(chunk, { stream: true });
        const found = rest.split("\n");
        rest = found.pop() ?? "";
        if (rest.length > lineLimit)
            throw new Error("an event is too long");
        for (const line of found)
            if (line.trim() !== "")
                yield line;
    }
}
function brokenWatch({ subject }, cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return new errors/* CutoverError */.D("unavailable", `The watch of ${subject} broke: ${why}`, {
        hint: "Watch again from the last resourceVersion.",
        cause,
    });
}

;// CONCATENATED MODULE: ./packages/kubernetes/client/writes.js


const contentTypes = {
    json: "application/json-patch+json",
    merge: "application/merge-patch+json",
    strategic: "application/strategic-merge-patch+json",
    apply: "application/apply-patch+yaml",
};
function createWrites(caller, places) {
    const target = { caller, places };
    return {
        create: (object, options = {}) => create(target, object, options),
        patch: (ref, change, options = {}) => patch(target, { ref, change }, options),
        delete: (ref, options = {}) => remove(target, ref, options),
    };
}
async function create({ caller, places }, object, options) {
    const { apiVersion, kind, metadata } = object;
    const { signal, subresource } = options;
    const { name, namespace } = metadata;
    const place = { apiVersion, kind, namespace, name, subresource, isNew: subresource === undefined };
    const { path, subject } = await places.find(place, signal);
    const { json } = await caller.call({
        method: "POST",
        path: (0,client_path/* withQuery */.VL)(path, writeQuery(options)),
        contentType: "application/json",
        body: JSON.stringify(object),
        verb: "create",
        subject,
        repeatable: options.dryRun === true,
        signal,
        onWarning: options.onWarning,
    });
    return resource(json, subject);
}
async function patch({ caller, places }, { ref, change }, options) {
    const { signal, subresource } = options;
    const { path, subject } = await places.find({ ...ref, subresource }, signal);
    const force = change.type === "apply" ? String(change.force === true) : undefined;
    const { json } = await caller.call({
        method: "PATCH",
        path: (0,client_path/* withQuery */.VL)(path, { ...writeQuery(options), force }),
        contentType: contentTypes[change.type],
        body: JSON.stringify(change.body),
        verb: change.type === "apply" ? "apply" : "patch",
        subject,
        repeatable: options.dryRun === true,
        signal,
        onWarning: options.onWarning,
    });
    return resource(json, subject);
}
async function remove({ caller, places }, ref, options) {
    const { uid, resourceVersion, propagation, dryRun, signal } = options;
    const { path, subject } = await places.find(ref, signal);
    const body = {
        apiVersion: "v1",
        kind: "DeleteOptions",
        propagationPolicy: propagation,
        preconditions: uid === undefined && resourceVersion === undefined ? undefined : { uid, resourceVersion },
        dryRun: dryRun === true ? ["All"] : undefined,
    };
    await caller.call({
        method: "DELETE",
        path,
        contentType: "application/json",
        body: JSON.stringify(body),
        verb: "delete",
        subject,
        repeatable: dryRun === true,
        signal,
    });
}
/** `Strict`: a field that the server does not know is a mistake of whoever wrote the manifest, and must not be dropped in silence. */
function writeQuery({ fieldManager = "cutover", dryRun }) {
    return { fieldManager, fieldValidation: "Strict", dryRun: dryRun === true ? "All" : undefined };
}

;// CONCATENATED MODULE: ./packages/kubernetes/client/create-client.js


















/**
 * A client for the cluster that the options mean. No request is made yet, and the environment is `options.env` alone.
 * @throws `input-invalid` for a kubeconfig that cannot be read, `refused` for one that is not safe to use.
 */
async function createClient(options) {
    const access = await findAccess(options);
    const { cluster, namespace } = access;
    refuseDangers(cluster, options);
    const limits = { ...defaultLimits, ...options.limits };
    const { dial } = options;
    const proxy = dial === undefined ? (0,client_proxy/* proxyFor */.i)(cluster.server, cluster.proxyUrl, options.env) : undefined;
    if (proxy !== undefined && proxy.password !== "")
        options.onSecret?.(decodeURIComponent(proxy.password));
    const connections = createConnections(cluster, { proxy, dial }, limits);
    const credentials = createCredentials(access.user, { ...options, plugin: await pluginOf(access, options) });
    const caller = createCaller({
        server: cluster.server.origin,
        transport: createTransport({ cluster, connections, limits, clock: options.answerClock ?? options.clock }),
        credentials,
        clock: options.clock,
        patience: options.patience,
        ending: options.ending,
        onWarning: onceEach((text) => options.log?.warning(`${cluster.server.host} warns: ${text}`)),
    });
    const upgrades = { cluster, proxy, dial, credentials, caller, limits };
    const places = createPlaces(caller, namespace);
    const reads = createReads(caller, places);
    const watched = { list: sharingLists(reads.list), watch: createWatch(caller, places, limits) };
    const mirrors = new SharedMirrors(watched, options.clock);
    return {
        server: cluster.server.origin,
        namespace,
        ...reads,
        ...watched,
        ...createWrites(caller, places),
        look: (collection, asked) => mirrors.look(collection, asked),
        podLog: (pod, asked) => podLog(caller, pod, asked),
        proxyGet: (target, asked) => proxyGet(caller, target, asked),
        // Loaded when asked for: client-node would cost every run what only few need.
        exec: async (pod, command, asked) => (await Promise.all(/* import() */[__webpack_require__.e(611), __webpack_require__.e(221)]).then(__webpack_require__.bind(__webpack_require__, 3221))).exec(pod, command, { ...upgrades, ...asked }),
        portForward: async (pods, port) => (await Promise.all(/* import() */[__webpack_require__.e(611), __webpack_require__.e(94)]).then(__webpack_require__.bind(__webpack_require__, 2094))).portForward(pods, port, upgrades),
        denied: (questions, asked) => denied(caller, questions, asked),
        self: (asked) => self_self(caller, { credentials, user: access.user, clock: options.clock }, asked),
        close: () => {
            mirrors.close();
            return connections.close();
        },
    };
}
function refuseDangers(cluster, { env, insecure, log }) {
    for (const danger of dangers(cluster, env)) {
        if (insecure !== true) {
            const hint = "Give an https:// server with its certificate authority (certificate-authority-data), and check certificates.";
            throw new errors/* CutoverError */.D("refused", danger, { hint });
        }
        log?.warning(danger);
    }
}
/** Refused here and not at the first request, so that a bad kubeconfig is an input error. */
async function pluginOf({ user, cluster }, options) {
    return user.exec === undefined || user.token !== undefined ? undefined : execPlugin(user.exec, cluster, options);
}
function onceEach(say) {
    const said = new Set();
    return (text) => {
        if (said.has(text))
            return;
        said.add(text);
        say(text.slice(0, 500));
    };
}

// EXTERNAL MODULE: ./packages/release/duration.js
var duration = __webpack_require__(296);
;// CONCATENATED MODULE: ./actions/release/connect.js


/** Milliseconds for which a request is tried again, whatever the deadline. */
const longestPatience = 60_000;
/** Milliseconds that are left for requests once the job is cancelled: the runner gives 7.5 s to all that is to be said and done. */
const lastWords = 5_000;
/** The client for the cluster that the inputs name; its secrets are masked before anything can print them. */
async function connect({ kubeconfig, context, timeout }, runner) {
    const { clock, processes, dial, log, env, workspace } = runner;
    const { ending, over } = endOfRequests(runner);
    const client = await createClient({
        kubeconfig,
        context,
        env,
        workspace,
        clock,
        processes,
        dial,
        log,
        patience: Math.min(longestPatience, timeout),
        onSecret: (value) => runner.maskSecret(value),
        ending,
    });
    return {
        ...client,
        close: async () => {
            over();
            await client.close();
        },
    };
}
/** Ends the requests of a cancelled run in time for it to say how it stands; nothing is left of it once it is `over`. */
function endOfRequests({ clock, signal }) {
    const [ending, closed] = [new AbortController(), new AbortController()];
    const wait = async () => {
        await clock.sleep(lastWords, closed.signal);
        const message = `Cancelled (${signal.reason}), and the API server did not answer within ${(0,duration/* formatDuration */.a)(lastWords)}`;
        const hint = "Run it again and it goes on from what it finds, or roll back.";
        if (!closed.signal.aborted)
            ending.abort(new errors/* CutoverError */.D("unavailable", message, { hint }));
    };
    if (signal.aborted)
        void wait();
    else
        signal.addEventListener("abort", () => void wait(), { once: true, signal: closed.signal });
    return { ending: ending.signal, over: () => closed.abort() };
}
/** @throws forbidden, naming every right that the credentials lack. */
async function requireRights(client, questions) {
    const denied = await client.denied(questions);
    if (denied.length === 0)
        return;
    const rights = denied.map(({ verb, resource, group }) => `${verb} ${resource}${group === "" ? "" : `.${group}`}`);
    const namespace = denied[0]?.namespace;
    throw new errors/* CutoverError */.D("forbidden", `The credentials may not do this in namespace ${namespace}: ${rights.join(", ")}`, {
        hint: "Give their Role these rights; README.md of the action has one to copy.",
    });
}


/***/ }),

/***/ 8889:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  g$: () => (/* binding */ clusterInputs),
  zy: () => (/* binding */ releaseInputs),
  bq: () => (/* binding */ trafficInputs)
});

// EXTERNAL MODULE: ./packages/release/kubernetes-name.js
var kubernetes_name = __webpack_require__(6082);
// EXTERNAL MODULE: ./packages/release/image-reference.js
var image_reference = __webpack_require__(7719);
// EXTERNAL MODULE: ./packages/action-kit/input-lists.js
var input_lists = __webpack_require__(5118);
// EXTERNAL MODULE: ./packages/action-kit/vocabulary.js
var vocabulary = __webpack_require__(5656);
;// CONCATENATED MODULE: ./packages/action-kit/input-names.js



/** A name by RFC 1123: a `label` (Services, namespaces: 63 characters) or a `subdomain` (Deployments: dots, 253). */
function kubernetesName(kind = "label") {
    const isName = kind === "label" ? kubernetes_name/* isDnsLabel */.Cd : kubernetes_name/* isDnsSubdomain */.sg;
    const form = { expected: "a Kubernetes name (small letters, digits and dashes)", type: "name" };
    return (0,vocabulary/* inputOf */.w)(form, (text) => (isName(text) ? text : undefined));
}
/** Names by RFC 1123 (`label`), one a line or by commas; each once, in the order given. */
function kubernetesNames() {
    const form = { expected: "Kubernetes names (small letters, digits and dashes), one a line", type: "names" };
    return (0,vocabulary/* inputOf */.w)(form, (text) => {
        const names = (0,input_lists/* words */.aL)(text);
        if (names === undefined || !names.every(kubernetes_name/* isDnsLabel */.Cd))
            return undefined;
        const twice = names.find((name, index) => names.indexOf(name) !== index);
        return twice === undefined ? names : new vocabulary/* Refusal */.P(`expected each name once, and ${twice} comes twice`);
    });
}
/** The key of a label, such as `color` or `app.kubernetes.io/version`. */
function labelKey() {
    const form = { expected: "a label key such as color or example.com/color", type: "label key" };
    return (0,vocabulary/* inputOf */.w)(form, (text) => ((0,kubernetes_name/* isLabelKey */.qI)(text) ? text : undefined));
}
/** Name of a slot's Deployment: a pattern with `{color}`, and `{service}` if wanted. */
function namePattern() {
    const form = { expected: "a name pattern with {color}, such as {service}-{color}", type: "name pattern" };
    return (0,vocabulary/* inputOf */.w)(form, (text) => ((0,kubernetes_name/* isSlotPattern */.NW)(text) ? text : undefined));
}
/** An image reference, as the user wrote it. */
function imageReference() {
    const form = { expected: "an image reference such as registry.example/shop@sha256:…", type: "image reference" };
    return inputOf(form, (text) => (parseImageReference(text) === undefined ? undefined : text));
}
/**
 * Images, one a line, by what they replace: `container=reference`, `repository=reference`, or a reference alone, which
 * stands for its own repository. A key with a slash is a repository; one without may be either.
 */
function imageAssignments() {
    const form = {
        expected: "lines of container=reference or repository:tag, such as app=registry.example/shop@sha256:…",
        type: "lines of `container=reference` or `reference`",
    };
    return (0,vocabulary/* inputOf */.w)(form, (text) => {
        const images = new Map();
        for (const line of (0,input_lists/* nonEmpty */.hq)(text.split("\n")) ?? []) {
            const assigned = imageAssignment(line);
            if (assigned instanceof vocabulary/* Refusal */.P)
                return assigned;
            if (images.has(assigned.key))
                return new vocabulary/* Refusal */.P(`expected each image once, and ${assigned.key} comes twice`);
            images.set(assigned.key, assigned.image);
        }
        return images.size === 0 ? undefined : Object.fromEntries(images);
    });
}
const exampleImage = "registry.example/shop@sha256:…";
function imageAssignment(line) {
    const [image = "", key] = line
        .split(/=(.*)/, 2)
        .map((part) => part.trim())
        .toReversed();
    const reference = (0,image_reference/* parseImageReference */.o_)(image);
    if (reference === undefined)
        return new vocabulary/* Refusal */.P(`expected an image reference${key === undefined ? "" : ` for ${key}`}, such as ${exampleImage}`);
    if (key !== undefined && (0,kubernetes_name/* isDnsLabel */.Cd)(key))
        return { key, image };
    if (reference.tag === undefined && reference.digest === undefined)
        return new vocabulary/* Refusal */.P(`expected a tag or a digest after ${image}: without one nothing says which image is meant`);
    const replaced = key === undefined ? { ...reference, tag: undefined, digest: undefined } : (0,image_reference/* parseImageReference */.o_)(key);
    if (replaced === undefined || replaced.tag !== undefined || replaced.digest !== undefined)
        return new vocabulary/* Refusal */.P(`expected a container or a repository without tag before the =, and "${key}" is neither`);
    // Written in full where it could be taken for a container.
    const name = (0,image_reference/* formatImageReference */.my)(replaced);
    return { key: name.includes("/") ? name : (0,image_reference/* fullRepository */.gp)(replaced), image };
}

// EXTERNAL MODULE: ./packages/action-kit/inputs.js
var inputs = __webpack_require__(3057);
;// CONCATENATED MODULE: ./actions/release/inputs.js

/** Inputs shared by every action that reaches a cluster. */
const clusterInputs = {
    namespace: kubernetesName().optional().describe("Namespace of the service. Default: the kubeconfig context's own."),
    service: kubernetesNames().describe("Name of the Service that traffic comes through. Several, one a line, are released together: prepared side by side, switched in this order, and all or none of them."),
    deployment: namePattern()
        .prefault("{service}-{color}")
        .describe("Name of a slot's Deployment: a pattern with `{color}`, and `{service}` if you like."),
    colorLabel: labelKey()
        .prefault("color")
        .describe("Label in the Service's selector that names the color, such as `deployment`, `version` or `environment`."),
    kubeconfig: (0,inputs/* text */.Qq)()
        .optional()
        .describe("Kubeconfig: a path, its text, or its text in base64. Default: `$KUBECONFIG`, then the pod's own service account."),
    context: (0,inputs/* text */.Qq)().optional().describe("Context of the kubeconfig. Default: its current one."),
    engine: (0,inputs/* oneOf */.yL)(["native", "argo-rollouts"])
        .prefault("native")
        .describe("What moves the traffic: `native` (the Service's selector). `argo-rollouts` is not there yet."),
    timeout: (0,inputs/* duration */.p0)()
        .prefault("10m")
        .describe("One deadline for the action; waiting for the lock and for the services that are released with it, soak and drain do not count."),
    lockTimeout: (0,inputs/* duration */.p0)().prefault("5m").describe("How long to wait while another run holds the service's lock."),
    dryRun: (0,inputs/* flag */.Jt)().prefault("false").describe("Print the plan, with what each object would become; write nothing."),
};
/** Inputs shared by the actions that move traffic. */
const trafficInputs = {
    probe: (0,inputs/* text */.Qq)()
        .optional()
        .describe("What every preview pod is asked before the switch: a path, or `port/path`. Default: the path of its HTTP readiness probe."),
    drain: (0,inputs/* duration */.p0)()
        .prefault("30s")
        .describe("How long open connections on the old slot may go on before it is written again, scaled down or deleted."),
    previous: (0,inputs/* oneOf */.yL)(["keep", "scale-down", "delete"])
        .prefault("keep")
        .describe("What becomes of the old slot: `keep` it warm (rollback is one write), `scale-down` to 0, or `delete` it."),
};
/** Inputs that say what is released. */
const releaseInputs = {
    manifests: (0,input_lists/* lines */.Mn)()
        .optional()
        .describe("Files or directories, one a line; one with a kustomization is built by `kustomize` or `kubectl`. `{color}` in a path stands for blue and green; without it the action colors the objects itself. `{service}` stands for each service."),
    chart: (0,inputs/* text */.Qq)()
        .optional()
        .describe("Helm chart to release from, rendered by `helm template`: a directory, a .tgz or `oci://…`. `{color}` in `chart`, `release-name`, `values` or `set` renders it per color; without it the action colors the objects itself."),
    releaseName: (0,inputs/* text */.Qq)().optional().describe("Name of the Helm release. Default: the `service`."),
    values: (0,input_lists/* lines */.Mn)().optional().describe("Value files for the chart, one a line; later ones win."),
    set: (0,input_lists/* keyValues */.K7)().optional().describe("Single values for the chart, as Helm's `--set`, such as `image.tag=v2`."),
    images: imageAssignments()
        .optional()
        .describe("Images, one a line: `container=reference`; or a reference alone, for every container whose image has that repository; or `repository=reference`. Without `manifests` and `chart` they are set on the Deployments that exist."),
    replicas: (0,inputs/* integer */.nd)({ min: 1 })
        .optional()
        .describe("Pods of the new slot. Default: as many as the manifest, the active slot or an autoscaler asks for, whichever is most."),
};


/***/ }),

/***/ 8051:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ questionsFor),
/* harmony export */   P: () => (/* binding */ questionsOf)
/* harmony export */ });
/** What each kind of run does with the history: a retirement only reads it. */
const ofHistory = {
    deploy: ["get", "list", "create", "patch", "delete"],
    rollback: ["get", "list", "create", "patch", "delete"],
    promote: ["get", "list", "patch", "delete"],
    retire: ["get", "list"],
};
function always(kind) {
    return [
        ["", "services", kind === "deploy" ? ["get", "list", "patch"] : ["get", "patch"]],
        ["", "pods", ["list", "watch"]],
        ["apps", "deployments", ["get", "list", "watch", "patch"]],
        ["apps", "replicasets", ["list", "watch"]],
        ["apps", "controllerrevisions", ofHistory[kind]],
        ["discovery.k8s.io", "endpointslices", ["list", "watch"]],
        ["autoscaling", "horizontalpodautoscalers", ["list"]],
        ["coordination.k8s.io", "leases", ["get", "create", "patch"]],
    ];
}
/** Who else looks at the pods that an adoption is about to color. */
const onlookers = [
    ["", "services", ["list"]],
    ["policy", "poddisruptionbudgets", ["list"]],
];
/** Every right that the run may need, its own switch back included: asked before the first write. */
function questionsFor({ namespace, source, probe, adopt }, wanted) {
    const probes = wanted.probe || probe !== undefined;
    const rights = [
        ...always(wanted.kind),
        ...(source.kind === "manifests" ? [["apps", "deployments", ["create"]]] : []),
        ...(adopt === true ? onlookers : []),
        ...(wanted.previous === "delete" ? [["apps", "deployments", ["delete"]]] : []),
        ...(probes ? [["", "pods/proxy", ["get"]]] : []),
        ...(wanted.smoke ? [["", "pods/portforward", ["get", "create"]]] : []),
    ];
    return asked(rights, namespace);
}
/** What a plan needs besides: what was adopted is replaced, whatever becomes of old slots otherwise, and autoscalers are held. */
function questionsOf({ steps }, { namespace }, { previous }) {
    const isReplaced = steps.some((step) => step.kind === "retire" && step.how === "delete");
    const isHeld = steps.some(({ kind }) => kind === "hold-floor" || kind === "restore-floor");
    const rights = [
        ...(previous !== "delete" && isReplaced ? [["apps", "deployments", ["delete"]]] : []),
        ...(isHeld ? [["autoscaling", "horizontalpodautoscalers", ["patch"]]] : []),
    ];
    return asked(rights, namespace);
}
function asked(rights, namespace) {
    return rights.flatMap(([group, resource, verbs]) => verbs.map((verb) => ({ verb, group, resource, namespace })));
}


/***/ }),

/***/ 1821:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Hu: () => (/* binding */ rule),
/* harmony export */   Yg: () => (/* binding */ refuseUnbuilt),
/* harmony export */   sT: () => (/* binding */ refuseStraySources)
/* harmony export */ });
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6082);

/** A rule between the inputs of one action, for `.check()` on its contract. */
function rule(judge) {
    return ({ value, issues }) => judge(value, (name, message) => issues.push({ code: "custom", path: [name], message, input: value }));
}
/** What no release action can do yet, said by name. */
function refuseUnbuilt({ engine }, refuse) {
    if (engine === "argo-rollouts")
        refuse("engine", "argo-rollouts is not there yet; use native, which needs no controller in the cluster");
}
/** Something must say what to release, and what is said of a chart needs one. */
function refuseStraySources(sources, refuse) {
    const { manifests, chart, releaseName, images } = sources;
    if (manifests === undefined && chart === undefined && images === undefined)
        refuse("images", "expected `images`, `manifests` or `chart`: nothing says what to release");
    const shared = manifests?.find((path) => !path.includes("{service}"));
    if (sources.service.length > 1 && shared !== undefined)
        refuse("manifests", `expected {service} in each path, since several services are released; "${shared}" has none`);
    for (const name of ["releaseName", "values", "set"]) {
        if (chart === undefined && sources[name] !== undefined)
            refuse(name, "it is for a Helm chart; name the chart with `chart`, or leave this out");
    }
    if (releaseName !== undefined &&
        !isReleaseName(releaseName.replaceAll("{color}", "green").replaceAll("{service}", "shop")))
        refuse("releaseName", "expected a name of at most 53 small letters, digits, dots and dashes, as Helm wants it");
}
/** https://helm.sh/docs/chart_template_guide/getting_started: labels have 63 characters, and charts append to it. */
function isReleaseName(name) {
    return (0,_cutover_release__WEBPACK_IMPORTED_MODULE_0__/* .isDnsSubdomain */ .sg)(name) && name.length <= 53;
}


/***/ }),

/***/ 9218:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ settingsOf)
/* harmony export */ });
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8570);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3045);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8889);



const sharedInputs = zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc(_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .clusterInputs */ .g$);
/** What the engines run with, one for each service, in the declared order. */
async function settingsOf(run, runner, client) {
    const { inputs, wanted, replicas, smoke, reason, adopt } = run;
    const { service: services, deployment, colorLabel, timeout, lockTimeout, probe } = inputs;
    const { clock, processes, identity, signal } = runner;
    const namespace = inputs.namespace ?? client.namespace;
    const sources = await run.sources?.({ namespace, client });
    const isAlone = services.length === 1;
    return services.map((service, index) => ({
        ...{ client, clock, processes, identity, signal, namespace, service },
        ...{ colorLabel, timeout, lockTimeout, probe, replicas, smoke, reason, adopt },
        together: !isAlone,
        log: isAlone ? runner.log : namedLog(runner.log, service),
        deployments: { blue: (0,_cutover_release__WEBPACK_IMPORTED_MODULE_2__/* .slotName */ .M)(deployment, service, "blue"), green: (0,_cutover_release__WEBPACK_IMPORTED_MODULE_2__/* .slotName */ .M)(deployment, service, "green") },
        source: sources?.[index] ?? { kind: "history" },
        preempts: wanted.kind === "rollback",
        soak: wanted.soak,
    }));
}
/** Services that go side by side mix their lines, so each line says whose it is; groups would cut each other short. */
function namedLog(log, service) {
    const named = (text) => text.replace(/^/gm, `${service}: `);
    return {
        info: (message) => log.info(named(message)),
        warning: (message) => log.warning(`${service}: ${message}`),
        debug: (message) => log.debug(named(message)),
        untrusted: (text) => log.untrusted(named(text)),
        group: async (title, body) => {
            log.info(named(title));
            return await body();
        },
    };
}


/***/ }),

/***/ 9808:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ standing)
/* harmony export */ });
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3145);
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4770);

function standing(observed) {
    const { service, slots } = observed;
    const { active, revision } = service;
    const other = active === undefined ? undefined : slots[(0,_cutover_release__WEBPACK_IMPORTED_MODULE_0__/* .otherColor */ .IP)(active)];
    return {
        color: active,
        previousColor: other?.exists ? other.color : undefined,
        revision,
        previousRevision: (0,_cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .previousRevision */ .Rs)(observed)?.revision,
        images: active === undefined ? {} : slots[active].images,
    };
}


/***/ }),

/***/ 698:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ defineAction)
/* harmony export */ });
/** An action: a contract, what fulfils it, and what cleans up after a main that died. */
function defineAction(contract, run, { post } = {}) {
    if ((contract.post ?? false) !== (post !== undefined))
        throw new TypeError(`${contract.name}: contract and action disagree on whether there is a post`);
    return post === undefined ? { contract, run } : { contract, run, post };
}


/***/ }),

/***/ 5118:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Jj: () => (/* binding */ deployWindows),
/* harmony export */   K7: () => (/* binding */ keyValues),
/* harmony export */   Mn: () => (/* binding */ lines),
/* harmony export */   aL: () => (/* binding */ words),
/* harmony export */   hq: () => (/* binding */ nonEmpty),
/* harmony export */   p_: () => (/* binding */ list)
/* harmony export */ });
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6148);
/* harmony import */ var _vocabulary_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5656);


/** Words between commas or line ends; blank ones do not count. */
function list() {
    return (0,_vocabulary_js__WEBPACK_IMPORTED_MODULE_0__/* .inputOf */ .w)({ expected: "a list, by commas or lines", type: "list" }, words);
}
/** The words between commas or line ends; none where there is none. */
function words(text) {
    return nonEmpty(text.split(/[,\n]/));
}
/** One entry a line, so that an entry may hold a comma. */
function lines() {
    return (0,_vocabulary_js__WEBPACK_IMPORTED_MODULE_0__/* .inputOf */ .w)({ expected: "at least one line", type: "lines" }, (text) => nonEmpty(text.split("\n")));
}
/** Times at which releases are allowed, one a line. */
function deployWindows() {
    const form = { expected: "windows such as Tue-Thu 10:00-14:00 America/New_York", type: "lines of windows" };
    return (0,_vocabulary_js__WEBPACK_IMPORTED_MODULE_0__/* .inputOf */ .w)(form, (text) => {
        const given = (nonEmpty(text.split("\n")) ?? []).map((line) => ({ line, window: (0,_cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .parseWindow */ .Et)(line) }));
        const wrong = given.find(({ window }) => window === undefined);
        if (wrong !== undefined)
            return new _vocabulary_js__WEBPACK_IMPORTED_MODULE_0__/* .Refusal */ .P(`expected a window such as Tue-Thu 10:00-14:00 America/New_York`);
        return given.flatMap(({ window }) => window ?? []);
    });
}
/** Lines of `key=value`. A key may come once; a value may be empty and may hold `=`. */
function keyValues() {
    return (0,_vocabulary_js__WEBPACK_IMPORTED_MODULE_0__/* .inputOf */ .w)({ expected: "lines of key=value", type: "lines of `key=value`" }, pairs);
}
function pairs(text) {
    const entries = new Map();
    for (const line of nonEmpty(text.split("\n")) ?? []) {
        const separator = line.indexOf("=");
        const key = line.slice(0, separator).trim();
        if (separator < 0 || key === "")
            return undefined;
        if (entries.has(key))
            return new _vocabulary_js__WEBPACK_IMPORTED_MODULE_0__/* .Refusal */ .P(`expected each key once, and ${key} comes twice`);
        entries.set(key, line.slice(separator + 1).trim());
    }
    return entries.size === 0 ? undefined : Object.fromEntries(entries);
}
/** The parts that are not blank, trimmed; `undefined` if all are. */
function nonEmpty(parts) {
    const found = parts.map((part) => part.trim()).filter((part) => part !== "");
    return found.length === 0 ? undefined : found;
}


/***/ }),

/***/ 3057:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ releaseReference),
/* harmony export */   Jt: () => (/* binding */ flag),
/* harmony export */   Pq: () => (/* binding */ json),
/* harmony export */   Qq: () => (/* binding */ text),
/* harmony export */   nd: () => (/* binding */ integer),
/* harmony export */   p0: () => (/* binding */ duration),
/* harmony export */   yL: () => (/* binding */ oneOf)
/* harmony export */ });
/* unused harmony export percentage */
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(296);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3045);
/* harmony import */ var _vocabulary_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5656);



/** Any text but the empty one, trimmed by the runner's rules. */
function text() {
    return zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP({ error: "expected a text" }).meta({ form: "text" });
}
/** `true` or `false` and nothing else: `yes`, `on` and `1` mean different things to different people. */
function flag() {
    return (0,_vocabulary_js__WEBPACK_IMPORTED_MODULE_1__/* .inputOf */ .w)({ expected: "true or false", type: "true or false" }, (text) => {
        if (text === "true")
            return true;
        return text === "false" ? false : undefined;
    });
}
/** A whole number, in a range if one is given. */
function integer({ min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = {}) {
    const form = { expected: `a whole number${rangeOf(min, max)}`, type: "integer" };
    return (0,_vocabulary_js__WEBPACK_IMPORTED_MODULE_1__/* .inputOf */ .w)(form, (text) => {
        const value = /^[-+]?\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
        return Number.isSafeInteger(value) && value >= min && value <= max ? value : undefined;
    });
}
/** `90s`, `5m`, `1h30m` as milliseconds. */
function duration() {
    return (0,_vocabulary_js__WEBPACK_IMPORTED_MODULE_1__/* .inputOf */ .w)({ expected: "a duration such as 90s, 5m or 30d", type: "duration" }, _cutover_release__WEBPACK_IMPORTED_MODULE_2__/* .parseDuration */ .E);
}
/** `5%` or `0.5 %` as a share between 0 and 1. The sign is required: a bare 1 could mean either. */
function percentage() {
    return inputOf({ expected: "a percentage from 0% to 100%, such as 5%", type: "percentage" }, (text) => {
        const percent = Number(/^(\d{1,3}(?:\.\d+)?) ?%$/.exec(text)?.[1] ?? Number.NaN);
        return percent <= 100 ? percent / 100 : undefined;
    });
}
/** One of a few words. */
function oneOf(words) {
    const expected = words.length === 1 ? words[0] : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
    const form = { expected, type: words.map((word) => `\`${word}\``).join(", ") };
    return (0,_vocabulary_js__WEBPACK_IMPORTED_MODULE_1__/* .inputOf */ .w)(form, (text) => words.find((word) => word === text));
}
/** `previous`, or the number of a revision. */
function releaseReference() {
    return (0,_vocabulary_js__WEBPACK_IMPORTED_MODULE_1__/* .inputOf */ .w)({ expected: "`previous` or a revision's number", type: "`previous` or integer" }, (text) => {
        if (text === "previous")
            return "previous";
        const revision = /^\d{1,15}$/.test(text) ? Number(text) : 0;
        return revision > 0 ? revision : undefined;
    });
}
/** JSON that `schema` accepts; a message says where in it the first fault is. */
function json(schema) {
    const form = { expected: "JSON", type: "JSON" };
    return (0,_vocabulary_js__WEBPACK_IMPORTED_MODULE_1__/* .inputOf */ .w)(form, (text) => checked(parsedJson(text), schema)).transform(({ value }) => value);
}
function checked(parsed, schema) {
    if (parsed === undefined)
        return undefined;
    const result = schema.safeParse(parsed.value);
    if (result.success)
        return { value: result.data };
    const issue = result.error.issues[0];
    const place = issue === undefined || issue.path.length === 0 ? "" : ` at ${issue.path.join(".")}`;
    return new _vocabulary_js__WEBPACK_IMPORTED_MODULE_1__/* .Refusal */ .P(`expected other JSON${place} (${issue?.message ?? "it does not fit"})`);
}
function parsedJson(text) {
    try {
        return { value: JSON.parse(text) };
    }
    catch {
        // The parser's own message quotes the text, and that may be a secret.
        return undefined;
    }
}
function rangeOf(min, max) {
    const least = min === Number.MIN_SAFE_INTEGER ? undefined : min;
    const most = max === Number.MAX_SAFE_INTEGER ? undefined : max;
    if (least !== undefined && most !== undefined)
        return ` from ${least} to ${most}`;
    if (least !== undefined)
        return ` of at least ${least}`;
    return most === undefined ? "" : ` of at most ${most}`;
}


/***/ }),

/***/ 5656:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ Refusal),
/* harmony export */   w: () => (/* binding */ inputOf)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3045);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6416);

/** Why a text is refused, where "expected …" alone would not tell. */
class Refusal {
    message;
    constructor(message) {
        this.message = message;
    }
}
/** An input whose text `read` turns into its value, or refuses with `undefined` or with a sentence of its own. */
function inputOf(form, read) {
    const expected = `expected ${form.expected}`;
    return zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP({ error: expected })
        .transform((text, context) => {
        const value = read(text);
        if (value !== undefined && !(value instanceof Refusal))
            return value;
        const message = value?.message ?? expected;
        context.issues.push({ code: "custom", message, input: text, params: { word: true } });
        return zod__WEBPACK_IMPORTED_MODULE_1__/* .NEVER */ .tm;
    })
        .meta({ form: form.type });
}


/***/ }),

/***/ 3794:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ LostAnswer),
/* harmony export */   u: () => (/* binding */ isUnknownResult)
/* harmony export */ });
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(299);

/** Marks a write that may or may not have happened: the `cause` of the error thrown for it. */
class LostAnswer extends Error {
    name = "LostAnswer";
}
/** Whether `error` leaves open if a write happened. Nothing may be concluded from a read alone then: the write may still land. */
function isUnknownResult(error) {
    return error instanceof _cutover_release__WEBPACK_IMPORTED_MODULE_0__/* .CutoverError */ .D && error.cause instanceof LostAnswer;
}


/***/ }),

/***/ 30:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ outcomeError),
/* harmony export */   v: () => (/* binding */ abortError)
/* harmony export */ });
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(299);
/* harmony import */ var _lost_answer_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3794);
/* harmony import */ var _status_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3779);



/** The error that users see for a request that failed for good. */
function outcomeError(outcome, request, server) {
    const deed = `Cannot ${request.verb} ${request.subject}`;
    if (outcome.kind === "answer")
        return statusError(outcome, request, server);
    const why = describe(outcome.cause);
    if (outcome.kind === "unsent") {
        const hint = "Check the server in the kubeconfig, that it is up, and that this machine may reach it (network, firewall, proxy).";
        return new _cutover_release__WEBPACK_IMPORTED_MODULE_0__/* .CutoverError */ .D("unreachable", `${deed}: no connection to ${server}: ${why}`, {
            hint,
            cause: outcome.cause,
        });
    }
    if (!request.repeatable)
        return unknownResult(`${deed}: ${server} did not answer: ${why}`, request, outcome.cause);
    if (request.signal?.aborted === true)
        return abortError(request.signal, request);
    const hint = "Run it again; if it stays so, ask whoever keeps the cluster.";
    return new _cutover_release__WEBPACK_IMPORTED_MODULE_0__/* .CutoverError */ .D("unavailable", `${deed}: ${server} did not answer: ${why}`, { hint, cause: outcome.cause });
}
/** The error of the signal's owner if it is one of ours, else `timed-out`. */
function abortError(signal, { verb, subject }) {
    if (signal.reason instanceof _cutover_release__WEBPACK_IMPORTED_MODULE_0__/* .CutoverError */ .D)
        return signal.reason;
    const hint = "Give more time with the input `timeout`.";
    return new _cutover_release__WEBPACK_IMPORTED_MODULE_0__/* .CutoverError */ .D("timed-out", `No time left to ${verb} ${subject}`, { hint, cause: signal.reason });
}
function statusError(outcome, request, server) {
    const { status, headers, text } = outcome;
    if (status >= 300 && status < 400)
        return redirectError(request, server, headers.location);
    if (status < 300)
        return strangerError(outcome, request, server);
    const answer = (0,_status_js__WEBPACK_IMPORTED_MODULE_1__/* .readAnswer */ .JN)(status, (0,_status_js__WEBPACK_IMPORTED_MODULE_1__/* .parse */ .qg)(text), text);
    const mayHaveHappened = (status >= 500 || status === 408) && status !== 501 && !(0,_status_js__WEBPACK_IMPORTED_MODULE_1__/* .isBeforeCommit */ .pJ)(answer.message);
    if (mayHaveHappened && !request.repeatable)
        return unknownResult(`Cannot ${request.verb} ${request.subject}: ${answer.message}`, request, answer);
    return (0,_status_js__WEBPACK_IMPORTED_MODULE_1__/* .answerError */ .n)(answer, request);
}
/** A good status without JSON: a login page or the like. */
function strangerError({ headers }, request, server) {
    const message = `Cannot ${request.verb} ${request.subject}: ${server} answers with ${headers["content-type"]}, so it is no API server`;
    if (!request.repeatable)
        return unknownResult(message, request, new Error(message));
    return new _cutover_release__WEBPACK_IMPORTED_MODULE_0__/* .CutoverError */ .D("unreachable", message, {
        hint: "Name the API server itself in the kubeconfig, and check proxies.",
    });
}
function unknownResult(message, { verb, subject }, cause) {
    const hint = "Whether it happened is not known. Run the action again: it looks before it writes.";
    const lost = new _lost_answer_js__WEBPACK_IMPORTED_MODULE_2__/* .LostAnswer */ .b(`the answer to ${verb} ${subject} was lost`, { cause });
    return new _cutover_release__WEBPACK_IMPORTED_MODULE_0__/* .CutoverError */ .D("unavailable", `${message}; the result is unknown`, { hint, cause: lost });
}
function redirectError({ verb, subject }, server, location) {
    const target = typeof location === "string" && URL.canParse(location, server) ? new URL(location, server).origin : "nowhere";
    return new _cutover_release__WEBPACK_IMPORTED_MODULE_0__/* .CutoverError */ .D("unreachable", `Cannot ${verb} ${subject}: ${server} redirects to ${target}, and redirects are not followed`, {
        hint: "Name the API server itself in the kubeconfig; a login page or a proxy seems to answer instead.",
    });
}
const words = {
    ECONNREFUSED: "connection refused",
    ECONNRESET: "connection reset",
    ENOTFOUND: "no such host",
    EAI_AGAIN: "the name server does not answer",
    EHOSTUNREACH: "no route to the host",
    ENETUNREACH: "no route to the network",
    UND_ERR_CONNECT_TIMEOUT: "no connection in time",
    UND_ERR_HEADERS_TIMEOUT: "no answer in time",
    UND_ERR_BODY_TIMEOUT: "the answer stalled",
    UND_ERR_SOCKET: "connection closed",
};
function describe(cause) {
    const code = "code" in cause && typeof cause.code === "string" ? cause.code : "";
    return words[code] ?? (cause.message === "" ? code || cause.name : cause.message);
}


/***/ }),

/***/ 5066:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   VL: () => (/* binding */ withQuery),
/* harmony export */   XM: () => (/* binding */ pathOf),
/* harmony export */   mX: () => (/* binding */ segment),
/* harmony export */   zm: () => (/* binding */ groupPath)
/* harmony export */ });
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(299);

/** `/api/v1` or `/apis/<group>/<version>`. */
function groupPath(apiVersion) {
    return apiVersion.includes("/")
        ? `/apis/${apiVersion.split("/").map(segment).join("/")}`
        : `/api/${segment(apiVersion)}`;
}
/** The path of an object, or of all objects of a kind where no name is given. */
function pathOf({ apiVersion, kind, namespace, name, subresource }) {
    const parts = [groupPath(apiVersion)];
    if (kind.namespaced && namespace !== undefined)
        parts.push("namespaces", segment(namespace));
    parts.push(kind.resource);
    if (name !== undefined)
        parts.push(segment(name));
    if (subresource !== undefined)
        parts.push(...subresource.split("/").map(segment));
    return parts.join("/");
}
/** `path?a=1&b=2`, without the parameters that are undefined. */
function withQuery(path, query) {
    const given = Object.entries(query).filter((entry) => entry[1] !== undefined);
    return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
/** An empty name would turn the deletion of one object into that of all, and dots would climb out of the namespace. */
function segment(text) {
    if (text === "" || text === "." || text === "..") {
        throw new _cutover_release__WEBPACK_IMPORTED_MODULE_0__/* .CutoverError */ .D("input-invalid", `"${text}" names no Kubernetes object`, {
            hint: "Give the object's name.",
        });
    }
    return encodeURIComponent(text);
}


/***/ }),

/***/ 7537:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ proxyFor)
/* harmony export */ });
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7030);
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(299);


/**
 * The proxy to reach `server` through: `proxy-url` of the kubeconfig, else HTTPS_PROXY unless NO_PROXY names the host.
 * NO_PROXY is read as Go does: `*`, hosts, domains with their subdomains, addresses and CIDR ranges, each with an optional port.
 */
function proxyFor(server, proxyUrl, env) {
    if (proxyUrl !== undefined)
        return parseProxy(proxyUrl, "proxy-url in the kubeconfig");
    const name = server.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY";
    const given = env[name] || env[name.toLowerCase()];
    if (!given || isExcepted(server, env.NO_PROXY || env.no_proxy || ""))
        return undefined;
    return parseProxy(given, name);
}
function parseProxy(text, source) {
    const full = text.includes("://") ? text : `http://${text}`;
    const url = URL.canParse(full) ? new URL(full) : undefined;
    if (url === undefined || !["http:", "https:", "socks5:"].includes(url.protocol)) {
        throw new _cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .CutoverError */ .D("input-invalid", `${source} is not the URL of a proxy`, {
            hint: "Write it as http://host:port, https://host:port or socks5://host:port.",
        });
    }
    return url;
}
function isExcepted(server, noProxy) {
    const host = server.hostname.replace(/^\[|\]$/g, "").toLowerCase();
    const port = server.port || (server.protocol === "https:" ? "443" : "80");
    if (host === "localhost" || isLoopback(host))
        return true;
    return noProxy
        .split(/[\s,]+/)
        .filter((entry) => entry !== "")
        .some((entry) => matches(entry.toLowerCase(), host, port));
}
function matches(entry, host, port) {
    if (entry === "*")
        return true;
    if (entry.includes("/"))
        return isInRange(entry, host);
    const [, name = entry, wantedPort] = /^\[?(.*?)\]?(?::(\d+))?$/.exec((0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(entry) === 6 ? `[${entry}]` : entry) ?? [];
    if (wantedPort !== undefined && wantedPort !== port)
        return false;
    if ((0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(name) !== 0)
        return name === host;
    const domain = name.replace(/^\*?\./, "");
    return host.endsWith(`.${domain}`) || (host === domain && name === domain);
}
function isInRange(range, host) {
    const [address = "", bits] = range.split("/");
    const family = (0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(address);
    if (family === 0 || (0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(host) !== family)
        return false;
    const prefix = Number(bits);
    if (!Number.isInteger(prefix) || prefix < 0 || prefix > (family === 4 ? 32 : 128))
        return false;
    const kind = family === 4 ? "ipv4" : "ipv6";
    const list = new node_net__WEBPACK_IMPORTED_MODULE_0__.BlockList();
    list.addSubnet(address, prefix, kind);
    return list.check(host, kind);
}
function isLoopback(host) {
    return host === "::1" || ((0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(host) === 4 && host.startsWith("127."));
}


/***/ }),

/***/ 3779:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JN: () => (/* binding */ readAnswer),
/* harmony export */   M4: () => (/* binding */ fieldConflicts),
/* harmony export */   Md: () => (/* binding */ isAbsence),
/* harmony export */   U1: () => (/* binding */ ServerAnswer),
/* harmony export */   d: () => (/* binding */ isRefusedIntent),
/* harmony export */   j5: () => (/* binding */ isServersOwn),
/* harmony export */   mI: () => (/* binding */ isUnreached),
/* harmony export */   n: () => (/* binding */ answerError),
/* harmony export */   pJ: () => (/* binding */ isBeforeCommit),
/* harmony export */   qg: () => (/* binding */ parse),
/* harmony export */   vk: () => (/* binding */ statusReason),
/* harmony export */   zM: () => (/* binding */ isStatus),
/* harmony export */   ze: () => (/* binding */ isUnserved)
/* harmony export */ });
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(299);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3045);


/** What the API server answered instead of what was asked for: the `cause` of the error thrown for it. */
class ServerAnswer extends Error {
    name = "ServerAnswer";
    status;
    /** `Status.reason`, such as `AlreadyExists`. */
    reason;
    causes;
    /** Name of the object that it is about, if it is about one. */
    about;
    constructor(status, message, details = {}) {
        super(message);
        this.status = status;
        this.reason = details.reason;
        this.causes = details.causes ?? [];
        this.about = details.about;
    }
}
const statusSchema = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    kind: zod__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz("Status"),
    message: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional(),
    reason: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional(),
    code: zod__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig().optional(),
    details: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
        name: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional(),
        causes: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ reason: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().default(""), message: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().default(""), field: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().default("") }))
            .nullish(),
    })
        .nullish(),
});
/** Longest part of a server's message that is repeated. */
const messageLimit = 2_000;
/** Reads a `Status` out of an answer's body; an answer that is none keeps its first line. */
function readAnswer(status, json, text = "") {
    const parsed = statusSchema.safeParse(json);
    if (!parsed.success) {
        const firstLine = text.trim().split("\n", 1)[0]?.slice(0, 200) ?? "";
        return new ServerAnswer(status, firstLine === "" ? `HTTP ${status}` : `HTTP ${status}: ${firstLine}`);
    }
    const { message, reason, code, details } = parsed.data;
    const said = (message ?? reason ?? `HTTP ${status}`).slice(0, messageLimit);
    return new ServerAnswer(code ?? status, said, { reason, causes: details?.causes ?? [], about: details?.name });
}
/** Whether an answer is a `Status` of the API server itself and not of something that it proxies. */
function isStatus(json) {
    return statusSchema.safeParse(json).success;
}
/**
 * Whether a 404 says of no object that it is not there, but that the server knows no such path: it has only just started, it
 * does not serve that kind, or it is no API server. Nothing may be concluded from it.
 */
function isUnserved({ status, text }) {
    if (status !== 404)
        return false;
    return readAnswer(status, parse(text)).about === undefined;
}
/** Whether a proxied request failed on its way to the pod or Service. */
function isUnreached(text) {
    return text.includes('"error trying to reach service');
}
/**
 * Whether a 5xx that came through the API server's proxy is not the pod's own: a `Status`, or from a gateway before the API
 * server, which names each of its answers, passed on or not (apiserver/pkg/endpoints/filters/audit_init.go).
 */
function isServersOwn({ status, headers, text }) {
    return status >= 500 && (!("audit-id" in headers) || isStatus(parse(text)));
}
/** JSON, or `undefined` where it is none. */
function parse(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
/** The error that users see for a server's refusal. */
function answerError(answer, deed) {
    const code = codeOf(answer);
    const hint = hintFor(code, answer, deed);
    return new _cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .CutoverError */ .D(code, `Cannot ${deed.verb} ${deed.subject}: ${answer.message}`, { hint, cause: answer });
}
/** Whether `error` says that this very object is not there, and not that the server knows no such path. */
function isAbsence(error) {
    const answer = serverAnswer(error);
    return answer?.status === 404 && answer.about !== undefined;
}
/** `Status.reason` of the answer that `error` was thrown for, such as `AlreadyExists` or `Conflict`. */
function statusReason(error) {
    return serverAnswer(error)?.reason;
}
/** Fields that other managers own, of a server-side apply that was refused; empty for any other error. */
function fieldConflicts(error) {
    const causes = serverAnswer(error)?.causes ?? [];
    return causes
        .filter((cause) => cause.reason === "FieldManagerConflict")
        .map(({ message, field }) => ({ field, manager: /conflict with "([^"]*)"/.exec(message)?.[1] ?? message }));
}
function serverAnswer(error) {
    if (error instanceof ServerAnswer)
        return error;
    return error instanceof Error ? serverAnswer(error.cause) : undefined;
}
/**
 * A server-side apply of a field that no schema knows is answered with 500, though no second try will go better:
 * the API server makes the error before it looks at what kind of error it is.
 */
function isRefusedIntent(text) {
    return text.includes("failed to create typed patch object");
}
/** Whether a failure of the server came before it stored anything: it could not read the intent, or ask an admission webhook. */
function isBeforeCommit(text) {
    return isRefusedIntent(text) || text.includes("failed calling webhook");
}
function codeOf({ status, message }) {
    if (isRefusedIntent(message))
        return "rejected";
    if (status === 401)
        return "unauthorized";
    if (status === 403)
        return "forbidden";
    if (status === 404)
        return "not-found";
    if (status === 409 || status === 410)
        return "conflict";
    if (status === 408 || status === 429 || status >= 500)
        return "unavailable";
    return "rejected";
}
function hintFor(code, answer, { verb }) {
    switch (code) {
        case "unauthorized":
            return "Give a kubeconfig whose credentials are valid now: this one's token or certificate is wrong or has expired.";
        case "forbidden":
            return / cannot \S+ resource /.test(answer.message)
                ? `Give this user a Role that allows "${verb}" there, and a RoleBinding.`
                : "A rule of the cluster (admission policy or quota) refuses it: ask whoever keeps the cluster.";
        case "not-found":
            return "Check name, namespace and context.";
        case "conflict":
            return conflictHint(answer);
        case "rejected":
            // All that a server says of a JSON patch whose `test` does not hold.
            if (/^the server rejected our request due to an error in our request/.test(answer.message)) {
                return "The object is not as the patch expects it; read it again.";
            }
            return "Change the object as the message says.";
        default:
            if (answer.message.includes("failed calling webhook")) {
                return "An admission webhook of the cluster does not answer, so nothing was written: ask whoever keeps it.";
            }
            return "Run it again; if it stays so, ask whoever keeps the cluster.";
    }
}
function conflictHint({ status, reason, causes }) {
    if (status === 410)
        return "expired";
    if (reason === "AlreadyExists")
        return "Somebody else has created it.";
    if (causes.length > 0)
        return "Leave these fields out of what is applied, or take them from their manager.";
    return "Somebody else has changed it meanwhile; read it again.";
}


/***/ }),

/***/ 1255:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   OW: () => (/* binding */ writeAdoption),
/* harmony export */   a2: () => (/* binding */ unadopt),
/* harmony export */   di: () => (/* binding */ adopt)
/* harmony export */ });
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9708);
/* harmony import */ var _conditional_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9305);
/* harmony import */ var _kinds_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2850);
/* harmony import */ var _revisions_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7683);




/** Notes on the Deployment what color it is, and gives it to its pods, unless they carry the label already: an ordinary rolling update. */
async function adopt(work, step) {
    const { after } = await writeAdoption(work, step);
    const isRolling = work.snapshot.adoption?.missing === "color";
    work.setting.log.info(`Deployment ${step.deployment} is ${step.color} now${isRolling ? "; its pods get the color by a rolling update" : ""}`);
    return colored(work, step.color, after);
}
function colored({ snapshot }, color, after) {
    const deployments = { ...snapshot.deployments, [color]: (0,_kinds_js__WEBPACK_IMPORTED_MODULE_0__.as)("Deployment", after) };
    return { evidence: {}, snapshot: { ...snapshot, deployments } };
}
/** The write of an adoption; with `dryRun` the server only says what it would make. */
async function writeAdoption(work, { color }, { dryRun = false } = {}) {
    const { adoption } = work.snapshot;
    const label = adoption?.missing === "color" ? color : undefined;
    return await writeColor(work, { color, mark: color, label, dryRun });
}
/** Takes the color off again: the pods from before come back. A label that was there before stays. */
async function unadopt(work, { color, deployment }) {
    const label = hadLabel(work, color) ? undefined : null;
    const { after } = await writeColor(work, { color, mark: null, label, dryRun: false });
    work.setting.log.info(`Deployment ${deployment} is as it was before`);
    return colored(work, color, after);
}
/** Whether the pods carried the label before anything was written, as the baseline tells. */
function hadLabel({ setting: { colorLabel }, snapshot }, color) {
    const revision = snapshot.deployments[color]?.metadata.annotations?.[_cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .annotation */ .w.revision];
    const entry = snapshot.revisions.find((one) => String(one.revision) === revision);
    const recorded = entry === undefined ? undefined : (0,_revisions_js__WEBPACK_IMPORTED_MODULE_2__/* .readRecorded */ .HH)(entry);
    if (recorded?.kind !== "deployment")
        return true;
    return recorded.spec.template.metadata?.labels?.[colorLabel] !== undefined;
}
async function writeColor(work, { color, mark, label, dryRun }) {
    const { client, colorLabel } = work.setting;
    const before = work.snapshot.deployments[color];
    if (before === undefined)
        throw new Error(`There is no Deployment for ${color}`);
    if (!dryRun)
        (0,_conditional_js__WEBPACK_IMPORTED_MODULE_3__/* .checkClaim */ .xU)(before, work.claim);
    const annotations = { [_cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .annotation */ .w.adopted]: mark, [_cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .annotation */ .w.epoch]: String(work.claim.epoch) };
    const spec = label === undefined ? {} : { spec: { template: { metadata: { labels: { [colorLabel]: label } } } } };
    const patch = {
        patch: ({ uid, resourceVersion }) => ({
            type: "merge",
            body: { metadata: { uid, resourceVersion, annotations }, ...spec },
        }),
        dryRun,
    };
    return { before, after: (0,_kinds_js__WEBPACK_IMPORTED_MODULE_0__.as)("Deployment", await (0,_conditional_js__WEBPACK_IMPORTED_MODULE_3__/* .writeOn */ .HL)(client, before, patch)) };
}


/***/ }),

/***/ 8850:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K2: () => (/* binding */ isToBeAdopted),
/* harmony export */   YP: () => (/* binding */ isAdopted),
/* harmony export */   _N: () => (/* binding */ slotDeployment),
/* harmony export */   aV: () => (/* binding */ activeColor),
/* harmony export */   sX: () => (/* binding */ readAdopted),
/* harmony export */   w: () => (/* binding */ labelValue)
/* harmony export */ });
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3145);
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9708);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3045);
/* harmony import */ var _kinds_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2850);



const format = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ deployment: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), color: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().refine(_cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .isColor */ ._o), value: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP() });
/** What stands on a Service about it; `undefined` where nothing was taken over. */
function readAdopted(service) {
    const text = (0,_kinds_js__WEBPACK_IMPORTED_MODULE_2__/* .annotationOf */ .lW)(service, _cutover_release__WEBPACK_IMPORTED_MODULE_3__/* .annotation */ .w.adopted);
    if (text === undefined)
        return undefined;
    try {
        return format.safeParse(JSON.parse(text)).data;
    }
    catch {
        return undefined;
    }
}
/** Whether this Deployment is the one: another that somebody has made under its name since is not. */
function isAdopted(deployment, color) {
    return (0,_kinds_js__WEBPACK_IMPORTED_MODULE_2__/* .annotationOf */ .lW)(deployment, _cutover_release__WEBPACK_IMPORTED_MODULE_3__/* .annotation */ .w.adopted) === color;
}
/** By what the Service selects a color. */
function labelValue(color, { adopted }) {
    return adopted?.color === color ? adopted.value : color;
}
/** The color that the Service selects, by whatever word. */
function activeColor(snapshot, { colorLabel }) {
    const selected = snapshot.service?.spec.selector?.[colorLabel];
    if (snapshot.adoption !== undefined || selected === undefined)
        return undefined;
    return (0,_cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .isColor */ ._o)(selected) ? selected : _cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .colors */ .Tj.find((color) => labelValue(color, snapshot) === selected);
}
/** The name of a color's Deployment, as it is or as it is to be. */
function slotDeployment(color, { adopted }, { deployments }) {
    return adopted?.color === color ? adopted.deployment : deployments[color];
}
/** Whether it is to be found out what stands behind the Service: it selects no color, and may be taken over. */
function isToBeAdopted(service, { adopt, colorLabel }, adopted) {
    const { selector = {}, type } = service?.spec ?? {};
    const selected = selector[colorLabel];
    const isNeither = !(0,_cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .isColor */ ._o)(selected) && (selected === undefined || selected !== adopted?.value);
    return adopt === true && isNeither && type !== "ExternalName" && Object.keys(selector).length > 0;
}


/***/ }),

/***/ 9213:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CS: () => (/* binding */ budgetAdvice),
/* harmony export */   PC: () => (/* binding */ labelsOf),
/* harmony export */   Pf: () => (/* binding */ scalerAdvice),
/* harmony export */   fY: () => (/* binding */ keeperAdvice)
/* harmony export */ });
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3145);
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7224);
/* harmony import */ var _adopted_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8850);
/* harmony import */ var _floor_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4063);
/* harmony import */ var _keepers_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7834);
/* harmony import */ var _kinds_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2850);
/* harmony import */ var _source_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(200);






/** Labels that the pods of a color carry, or are going to. */
function labelsOf(color, { deployments }, { source, colorLabel }) {
    const rendered = source.kind === "manifests" ? (0,_kinds_js__WEBPACK_IMPORTED_MODULE_0__.as)("Deployment", source.rendered[color].deployment).spec : undefined;
    const other = deployments[(0,_cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .otherColor */ .IP)(color)]?.spec;
    const model = rendered ?? deployments[color]?.spec ?? (other && (0,_source_js__WEBPACK_IMPORTED_MODULE_2__/* .recolored */ .Yi)(other, colorLabel, color));
    return model?.template.metadata?.labels ?? {};
}
/** On PodDisruptionBudgets that count both colors as one, or let no node ever be drained. */
function budgetAdvice(budgets, snapshot, setting) {
    const active = (0,_adopted_js__WEBPACK_IMPORTED_MODULE_3__/* .activeColor */ .aV)(snapshot, setting);
    const pods = (active && snapshot.deployments[active]?.spec.replicas) ?? 0;
    const labels = { blue: labelsOf("blue", snapshot, setting), green: labelsOf("green", snapshot, setting) };
    return budgets.flatMap((budget) => {
        const spec = budget.spec;
        const [blue, green] = [(0,_cutover_release__WEBPACK_IMPORTED_MODULE_4__/* .selects */ .k)(spec.selector, labels.blue), (0,_cutover_release__WEBPACK_IMPORTED_MODULE_4__/* .selects */ .k)(spec.selector, labels.green)];
        if (blue && green)
            return {
                what: `${(0,_kinds_js__WEBPACK_IMPORTED_MODULE_0__/* .nameOf */ .Vb)(budget)} counts the pods of both colors as one: ready pods of the idle slot let a drained node take those that serve`,
                remedy: `Add ${setting.colorLabel} to its selector, one budget per color.`,
            };
        const isStuck = ["0", "0%"].includes(String(spec.maxUnavailable)) ||
            spec.minAvailable === "100%" ||
            (typeof spec.minAvailable === "number" && pods > 0 && spec.minAvailable >= pods);
        if (!isStuck || !(blue || green))
            return [];
        return {
            what: `${(0,_kinds_js__WEBPACK_IMPORTED_MODULE_0__/* .nameOf */ .Vb)(budget)} allows no disruption at all: no node under these pods can ever be drained`,
            remedy: "Allow one pod with maxUnavailable: 1.",
        };
    });
}
/** On autoscalers: one whose floor cannot be held, and one that leaves the other color to itself once that has the traffic. */
function scalerAdvice(snapshot, setting) {
    const { source } = setting;
    const rendered = source.kind === "manifests" ? _cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .colors */ .Tj.flatMap((color) => source.rendered[color].objects) : [];
    const scalers = [
        ...snapshot.autoscalers,
        ...rendered
            .filter(({ kind }) => kind === "HorizontalPodAutoscaler")
            .map((one) => (0,_kinds_js__WEBPACK_IMPORTED_MODULE_0__.as)("HorizontalPodAutoscaler", one)),
    ];
    const of = (color) => scalers.find(({ spec }) => spec.scaleTargetRef.name === (0,_adopted_js__WEBPACK_IMPORTED_MODULE_3__/* .slotDeployment */ ._N)(color, snapshot, setting));
    return _cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .colors */ .Tj.flatMap((color) => {
        const scaler = of(color);
        const kept = scaler && (0,_floor_js__WEBPACK_IMPORTED_MODULE_5__/* .readFloor */ .j)(scaler).kept;
        if (kept !== undefined)
            return {
                what: `${kept.what}, so no release raises its minReplicas: while ${color} has no traffic it may leave it fewer pods than serve, and a rollback would wait for them`,
                remedy: kept.remedy,
            };
        if (scaler === undefined || of((0,_cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .otherColor */ .IP)(color)) !== undefined)
            return [];
        return {
            what: `${(0,_kinds_js__WEBPACK_IMPORTED_MODULE_0__/* .nameOf */ .Vb)(scaler)} scales Deployment ${scaler.spec.scaleTargetRef.name} alone: nothing scales ${(0,_cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .otherColor */ .IP)(color)} once it has the traffic`,
            remedy: "Make one per color, or put it into `manifests`.",
        };
    });
}
/** On fields that GitOps holds, and a release changes. */
function keeperAdvice({ service, deployments }) {
    const kept = [
        service && (0,_keepers_js__WEBPACK_IMPORTED_MODULE_6__/* .keptFields */ .es)(service, [["spec", "selector"]]),
        ..._cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .colors */ .Tj.map((color) => deployments[color] && (0,_keepers_js__WEBPACK_IMPORTED_MODULE_6__/* .keptFields */ .es)(deployments[color], [["spec", "replicas"]])),
    ].filter((one) => one !== undefined);
    return kept.map(({ what, remedy }) => ({
        what: `${what}, and may write it back after this release has changed it`,
        remedy,
    }));
}


/***/ }),

/***/ 3733:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ atticsOf),
/* harmony export */   h: () => (/* binding */ expiredBy)
/* harmony export */ });
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3145);
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4770);

/** What is to be tidied up before a step writes what it is for: of most steps nothing. */
function atticsOf(step, observed, records) {
    const known = (numbers) => numbers.map(({ revision }) => records(revision)).filter((one) => one !== undefined);
    const { history, slots } = observed;
    const revisions = known(history);
    if (step.kind === "retire" && step.how === "delete")
        return [{ color: step.color, revisions, kept: revisions, held: undefined }];
    if (step.kind !== "mark" || step.result !== "confirmed")
        return [];
    const expired = expiredBy(step, observed);
    const kept = history.filter((one) => !expired.has(one.revision));
    // Of a slot that is there: what releases have made for its color, and the one that it holds does not have.
    return _cutover_release__WEBPACK_IMPORTED_MODULE_0__/* .colors */ .Tj.flatMap((color) => {
        const { exists, revision } = slots[color];
        const held = exists && kept.some((one) => one.revision === revision) ? records(revision) : undefined;
        return held === undefined ? [] : [{ color, revisions, kept: known(kept), held }];
    });
}
/** Numbers of the revisions that nobody can go back to once this one is marked. */
function expiredBy({ revision, result }, { history, service }) {
    const marked = history.map((one) => (one.revision === revision ? { ...one, result } : one));
    return new Set((0,_cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .expiredRevisions */ .qK)(marked, service.revision).map((one) => one.revision));
}


/***/ }),

/***/ 4178:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  jl: () => (/* binding */ adoptionFrom),
  T_: () => (/* binding */ deploymentsBehind),
  aI: () => (/* binding */ isTorn)
});

// EXTERNAL MODULE: ./packages/release/annotations.js
var annotations = __webpack_require__(9708);
// EXTERNAL MODULE: ./packages/release/color.js
var color = __webpack_require__(3145);
;// CONCATENATED MODULE: ./packages/release/adoption.js


/** What an adoption comes to; pure. */
function adoptionOf(behind) {
    const { adoptees, colorLabel, slots } = behind;
    const [one] = adoptees;
    const color = one === undefined ? undefined : colorFor(behind, one);
    if (one === undefined || color === undefined || adoptees.length > 1)
        return { color: color ?? "blue", missing: "color", refusal: notOne(behind) };
    const isSlot = one.name === slots[color] && one.labels[colorLabel] === color;
    const missing = one.labels[colorLabel] === undefined ? "color" : one.adopted || isSlot ? "nothing" : "mark";
    return { color, missing, refusal: refusalOf(behind, one, missing) };
}
/** The color that its pods carry, or its name says, or the first one that no other Deployment has the name of. */
function colorFor({ colorLabel, slots, taken }, { name, labels }) {
    const free = color/* colors */.Tj.filter((color) => slots[color] === name || !taken.includes(slots[color]));
    const label = labels[colorLabel];
    if ((0,color/* isColor */._o)(label))
        return free.find((color) => color === label);
    return free.find((color) => slots[color] === name) ?? free[0];
}
/** Why there is not exactly one Deployment that can get a free color. */
function notOne(behind) {
    const { service, adoptees, slots, selector, taken } = behind;
    const [one] = adoptees;
    const stranger = strangerOf(behind);
    if (stranger !== undefined)
        return stranger;
    if (one === undefined)
        return {
            reason: `Service ${service} sends to no pods: none carries ${written(selector)}`,
            hint: "Correct its selector, or start what it is to serve. If there is nothing to keep, delete it: a release from `manifests` makes it anew.",
        };
    if (adoptees.length > 1)
        return {
            reason: `Service ${service} sends to pods of ${adoptees.length} Deployments: ${adoptees.map(({ name }) => name).join(", ")}`,
            hint: "Only one of them can become a color. Scale the others to 0, or give the Service a selector that names one.",
        };
    return {
        reason: `Deployment ${one.name} cannot have a color: ${color/* colors */.Tj
            .map((color) => slots[color])
            .filter((name) => taken.includes(name))
            .join(" and ")} exist already`,
        hint: "Delete the one that serves nobody, or set `deployment` to another name pattern.",
    };
}
/** What cannot stand twice beside itself, or has nothing to make a second one from. */
const whyNot = {
    StatefulSet: "its pods have names and volumes of their own, which a second color would share",
    DaemonSet: "it runs once on each node, and has no number of pods that a second color could take over",
    Pod: "nothing keeps it, so neither color would ever replace it",
};
function strangerOf({ service, others }) {
    const [stranger] = others;
    if (stranger === undefined)
        return undefined;
    const { kind, name } = stranger;
    const whose = kind === "Pod" ? `Pod ${name}` : `pods of ${kind} ${name}`;
    return {
        reason: `Service ${service} sends to ${whose}: ${whyNot[kind] ?? "only a Deployment can become a color"}`,
        hint: "Serve it by a Service of its own, or give this one a selector that leaves it out.",
    };
}
/** The first thing that would make it unsafe. Once its pods are on their way to a color, how they get there is decided. */
function refusalOf(behind, one, missing) {
    return (strangerOf(behind) ??
        keptAsItIs(behind, one) ??
        confused(behind, one) ??
        (one.adopted ? undefined : (unready(one) ?? (missing === "color" ? unrollable(one) : undefined))));
}
function keptAsItIs({ kept }, one) {
    const what = one.kept ?? kept;
    if (what === undefined)
        return undefined;
    return {
        reason: `${what}, and would take the color away again`,
        hint: "Give Service and Deployment their color in its repository, or take both out of its hands.",
    };
}
/** Preview pods must never be taken for those that serve. */
function confused({ services, budgets, autoscalers, selector, colorLabel }, one) {
    const [other] = services;
    if (other !== undefined)
        return {
            reason: `Service ${other} selects the pods of Deployment ${one.name} by labels that previews carry too, so it would send to them before they are proved`,
            hint: `Add ${colorLabel}, or another label that previews lack, to its selector. If it is meant to reach both colors: kubectl annotate service ${other} ${annotations/* annotation */.w.colors}=both`,
        };
    const [autoscaler] = autoscalers;
    if (autoscaler !== undefined)
        return {
            reason: `HorizontalPodAutoscaler ${autoscaler} scales Deployment ${one.name}, whose own selector ${written(one.selector)} cannot be changed and matches previews too: it would count them`,
            hint: "Delete it, which leaves the number of pods as it is, and put it into `manifests`: there it becomes one for each color.",
        };
    const [budget] = budgets;
    if (budget === undefined)
        return undefined;
    const each = color/* colors */.Tj.map((color) => written({ ...selector, [colorLabel]: color }));
    return {
        reason: `PodDisruptionBudget ${budget} would count the pods of both colors as one: evictions could take every pod that serves`,
        hint: `Make one for each color, with ${each.join(" and ")}, and delete this one.`,
    };
}
function unready({ name, paused, replicas, ready, settled }) {
    if (paused)
        return {
            reason: `Deployment ${name} is paused: what is written on it does not roll out`,
            hint: `Resume it (kubectl rollout resume deployment/${name}), wait for its roll-out, and run this again.`,
        };
    if (settled && ready >= replicas)
        return undefined;
    return {
        reason: `Deployment ${name} is not whole: ${ready} of ${replicas} pods of its present template are ready${settled ? "" : ", and others serve"}`,
        hint: "Wait for its roll-out, or mend it; then run this again.",
    };
}
/** Its pods can only get the color by being replaced. */
function unrollable({ name, recreates, replicas, expendable }) {
    if (recreates)
        return {
            reason: `Deployment ${name} has strategy Recreate: its pods would all stop before the first with a color starts`,
            hint: "If two versions may run at once, which every release needs, change its strategy to RollingUpdate. If not, blue-green is not for it.",
        };
    if (replicas - expendable >= 1)
        return undefined;
    return {
        reason: `Deployment ${name} may lose ${expendable} of its ${replicas} pods in a rolling update (maxUnavailable): for a while nothing would serve`,
        hint: "Set its maxUnavailable to 0, and maxSurge to 1 or more; then run this again.",
    };
}
function written(labels) {
    return Object.entries(labels)
        .map(([key, value]) => `${key}=${value}`)
        .join(",");
}

// EXTERNAL MODULE: ./packages/release/label-selector.js
var label_selector = __webpack_require__(7224);
// EXTERNAL MODULE: ./packages/release/replicas.js
var release_replicas = __webpack_require__(4093);
// EXTERNAL MODULE: ./packages/kubernetes/native/keepers.js
var keepers = __webpack_require__(7834);
// EXTERNAL MODULE: ./packages/kubernetes/native/kinds.js
var kinds = __webpack_require__(2850);
// EXTERNAL MODULE: ./packages/kubernetes/native/observe.js
var observe = __webpack_require__(8517);
;// CONCATENATED MODULE: ./packages/kubernetes/native/behind.js




/** How the Service is taken over, or why it cannot be. */
function adoptionFrom(snapshot, around, setting) {
    const { service } = snapshot;
    const { colorLabel } = setting;
    const selector = service?.spec.selector ?? {};
    const pods = snapshot.pods.filter((pod) => isServing(pod) && (0,kinds/* matches */.cK)(selector, pod.metadata.labels));
    const owners = pods.map((pod) => ownerOf(pod, snapshot, around));
    const behind = around.deployments.filter(({ metadata: { uid } }) => owners.some((owner) => owner.uid === uid));
    const [one] = behind;
    const facts = {
        service: setting.service,
        selector,
        colorLabel,
        kept: service === undefined ? undefined : (0,keepers/* keptFields */.es)(service, [["spec", "selector"]])?.what,
        adoptees: behind.map((deployment) => adopteeOf(deployment, snapshot)),
        others: owners.filter(({ uid }) => !behind.some(({ metadata }) => metadata.uid === uid)),
        slots: setting.deployments,
        taken: around.deployments.map(({ metadata }) => metadata.name).filter((name) => name !== one?.metadata.name),
        ...(one === undefined
            ? { autoscalers: [], budgets: [], services: [] }
            : onlookers(one, { snapshot, around, setting })),
    };
    const adoption = adoptionOf(facts);
    const isOne = behind.length === 1 && one !== undefined;
    const value = one?.spec.template.metadata?.labels?.[colorLabel] ?? adoption.color;
    const isNamed = one?.metadata.name === setting.deployments[adoption.color] && value === adoption.color;
    const isMarked = (0,kinds/* annotationOf */.lW)(one, annotations/* annotation */.w.adopted) === adoption.color;
    return {
        adoption,
        deployment: isOne ? one : undefined,
        adopted: isOne && !(isNamed && adoption.missing === "nothing" && !isMarked)
            ? { deployment: one.metadata.name, color: adoption.color, value }
            : undefined,
    };
}
/** Whether the two were read so far apart that nobody can say whose some of the pods are. */
function isTorn({ pods, replicaSets }) {
    const known = new Set(replicaSets.map(({ metadata }) => metadata.uid));
    const owners = pods.filter(isServing).map(controllerOf);
    return owners.some((owner) => owner?.kind === "ReplicaSet" && !known.has(owner.uid));
}
/**
 * What runs behind a Service: the Deployments of its slots or, before it is taken over, those whose pods it sends to in any
 * color, as no name says so.
 */
async function deploymentsBehind({ client, namespace, service, colorLabel }, slots) {
    const { items } = await client.list({ apiVersion: kinds/* apiVersions */.w2.Deployment, kind: "Deployment", namespace });
    const named = items.filter(({ metadata }) => slots.includes(metadata.name));
    if (named.length > 0)
        return named.map((item) => (0,kinds.as)("Deployment", item));
    const found = await client.find((0,kinds/* refTo */.zI)("Service", namespace, service));
    const { [colorLabel]: _color, ...shared } = found === undefined ? {} : ((0,kinds.as)("Service", found).spec.selector ?? {});
    const all = items.map((item) => (0,kinds.as)("Deployment", item));
    return all.filter(({ spec }) => (0,label_selector/* selectsPlainly */.x)(shared, spec.template.metadata?.labels ?? {}));
}
/** Pods that have ended get no traffic, whatever they carry. */
function isServing({ status, metadata }) {
    return metadata.deletionTimestamp === undefined && status?.phase !== "Succeeded" && status?.phase !== "Failed";
}
/** Whoever would replace the pod: a Deployment behind its ReplicaSet, another controller, or nobody but itself. */
function ownerOf(pod, { replicaSets }, { deployments }) {
    const owner = controllerOf(pod);
    if (owner === undefined)
        return { kind: "Pod", name: pod.metadata.name, uid: pod.metadata.uid };
    const replicaSet = replicaSets.find(({ metadata }) => metadata.uid === owner.uid);
    const deployment = deployments.find(({ metadata }) => replicaSet !== undefined && (0,kinds/* isOwnedBy */.D0)(replicaSet, metadata.uid));
    return deployment === undefined
        ? owner
        : { kind: "Deployment", name: deployment.metadata.name, uid: deployment.metadata.uid };
}
function controllerOf({ metadata: { ownerReferences = [] } }) {
    const owner = ownerReferences.find(({ controller }) => controller === true);
    return owner === undefined ? undefined : { kind: owner.kind, name: owner.name, uid: owner.uid };
}
function adopteeOf(deployment, snapshot) {
    const { replicas = 1, strategy, template, selector, paused } = deployment.spec;
    const { uid, name } = deployment.metadata;
    const current = (0,observe/* replicaSetOf */.kr)(deployment, snapshot.replicaSets);
    const own = snapshot.replicaSets.filter((one) => (0,kinds/* isOwnedBy */.D0)(one, uid)).map((one) => one.metadata.uid);
    const ready = snapshot.pods.filter((pod) => (0,observe/* isReadyPod */.rU)(pod) && own.some((one) => (0,kinds/* isOwnedBy */.D0)(pod, one)));
    const ofCurrent = ready.filter((pod) => (0,kinds/* isOwnedBy */.D0)(pod, current));
    return {
        name,
        replicas,
        ready: ofCurrent.length,
        settled: ofCurrent.length === ready.length,
        paused: paused === true,
        expendable: (0,release_replicas/* expendableReplicas */.qY)(replicas, strategy?.rollingUpdate),
        recreates: strategy?.type === "Recreate",
        selector: selector.matchLabels ?? {},
        labels: template.metadata?.labels ?? {},
        adopted: (0,kinds/* annotationOf */.lW)(deployment, annotations/* annotation */.w.adopted) !== undefined,
        kept: (0,keepers/* keptFields */.es)(deployment, [["spec", "template"]])?.what,
    };
}
/** Whatever takes the pods of the Deployment and those of a preview, which carry the same labels and another color, for the same. */
function onlookers({ metadata: { name }, spec: { template, selector } }, { snapshot: { autoscalers }, around: { services, budgets }, setting: { service, colorLabel } }) {
    const { labels = {} } = template.metadata ?? {};
    const value = labels[colorLabel] ?? color/* colors */.Tj[0];
    const colored = (color) => ({ ...labels, [colorLabel]: color });
    const previews = color/* colors */.Tj.filter((color) => color !== value).map(colored);
    const isBoth = (isSeen) => isSeen(colored(value)) && previews.some(isSeen);
    const names = (found) => found.map(({ metadata }) => metadata.name);
    return {
        autoscalers: names(autoscalers.filter(({ spec: { scaleTargetRef: target } }) => target.kind === "Deployment" && target.name === name && isBoth((one) => (0,label_selector/* selects */.k)(selector, one)))),
        budgets: names(budgets.filter(({ spec: { selector: wanted } }) => {
            const isOfAll = wanted !== undefined && Object.keys(wanted).length === 0;
            return isOfAll || isBoth((one) => (0,label_selector/* selects */.k)(wanted, one));
        })),
        services: names(services.filter((one) => {
            const isOther = one.metadata.name !== service && (0,kinds/* annotationOf */.lW)(one, annotations/* annotation */.w.colors) !== "both";
            return isOther && isBoth((labels) => (0,label_selector/* selectsPlainly */.x)(one.spec.selector, labels));
        })),
    };
}


/***/ }),

/***/ 7733:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Kz: () => (/* binding */ checkClaims),
/* harmony export */   mG: () => (/* binding */ highestEpoch),
/* harmony export */   z1: () => (/* binding */ claimObjects)
/* harmony export */ });
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9708);
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(299);
/* harmony import */ var _conditional_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9305);
/* harmony import */ var _kinds_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2850);



/** The highest epoch on the Service and both slots. */
function highestEpoch(claimed) {
    return Math.max(0, ...objectsOf(claimed).map((one) => (0,_kinds_js__WEBPACK_IMPORTED_MODULE_0__/* .numberOf */ .rl)(one, _cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .annotation */ .w.epoch) ?? 0));
}
/**
 * Writes our epoch on the Service and both slots, each conditionally, and gives them back as they are then. From now on a holder
 * that we replaced gets 409 everywhere, for every resourceVersion that it knows is old. Only reads made after this count.
 * @throws superseded when a higher epoch stands there by now.
 */
async function claimObjects(client, { service, deployments }, claim) {
    const deployment = async (live) => {
        const claimed = live === undefined ? undefined : await raise(client, live, claim);
        return claimed === undefined ? undefined : (0,_kinds_js__WEBPACK_IMPORTED_MODULE_0__.as)("Deployment", claimed);
    };
    const [claimed, blue, green] = await Promise.all([
        service === undefined ? undefined : raise(client, service, claim),
        deployment(deployments.blue),
        deployment(deployments.green),
    ]);
    return { service: claimed === undefined ? undefined : (0,_kinds_js__WEBPACK_IMPORTED_MODULE_0__.as)("Service", claimed), deployments: { blue, green } };
}
/** @throws superseded when a newer run has written its epoch anywhere. */
function checkClaims(claimed, claim) {
    for (const one of objectsOf(claimed))
        (0,_conditional_js__WEBPACK_IMPORTED_MODULE_2__/* .checkClaim */ .xU)(one, claim);
}
function objectsOf({ service, deployments }) {
    return [service, deployments.blue, deployments.green].filter((one) => one !== undefined);
}
/** Times that one object is claimed anew because somebody else wrote on it. */
const attempts = 20;
/** The object with our epoch on it; `undefined` if it has gone. */
async function raise(client, live, claim) {
    let current = live;
    for (let attempt = 1; current !== undefined; attempt++) {
        (0,_conditional_js__WEBPACK_IMPORTED_MODULE_2__/* .checkClaim */ .xU)(current, claim);
        if ((0,_kinds_js__WEBPACK_IMPORTED_MODULE_0__/* .numberOf */ .rl)(current, _cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .annotation */ .w.epoch) === claim.epoch)
            return current;
        try {
            const annotations = { [_cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .annotation */ .w.epoch]: String(claim.epoch) };
            return await (0,_conditional_js__WEBPACK_IMPORTED_MODULE_2__/* .writeOn */ .HL)(client, current, ({ uid, resourceVersion }) => ({
                type: "merge",
                body: { metadata: { uid, resourceVersion, annotations } },
            }));
        }
        catch (error) {
            if (!(0,_cutover_release__WEBPACK_IMPORTED_MODULE_3__/* .isCutoverError */ .j)(error, "conflict", "not-found"))
                throw error;
            if (attempt === attempts)
                throw unsettled(live, error);
            current = await client.find((0,_conditional_js__WEBPACK_IMPORTED_MODULE_2__/* .refOf */ .H8)(live));
        }
    }
    return undefined;
}
function unsettled({ kind, metadata: { name } }, cause) {
    return new _cutover_release__WEBPACK_IMPORTED_MODULE_3__/* .CutoverError */ .D("refused", `${kind} ${name} changed each of the ${attempts} times that it was to be claimed`, {
        hint: "Find in its managedFields what writes it all the time, and stop that; then run this again.",
        cause,
    });
}


/***/ }),

/***/ 9305:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BL: () => (/* binding */ deleteOn),
/* harmony export */   Cv: () => (/* binding */ unchanged),
/* harmony export */   H8: () => (/* binding */ refOf),
/* harmony export */   HL: () => (/* binding */ writeOn),
/* harmony export */   Md: () => (/* binding */ createOn),
/* harmony export */   Uq: () => (/* binding */ annotating),
/* harmony export */   YU: () => (/* binding */ jsonPatchOn),
/* harmony export */   jr: () => (/* binding */ substance),
/* harmony export */   xU: () => (/* binding */ checkClaim)
/* harmony export */ });
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(299);
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7367);
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9708);
/* harmony import */ var _client_lost_answer_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3794);
/* harmony import */ var _client_status_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3779);
/* harmony import */ var _kinds_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2850);




/** Times that a write is sent again under a precondition that holds. */
const attempts = 8;
/**
 * Writes on the object as it was read: its resourceVersion is the precondition. Where only its controller has written since
 * (status, generation), the same write is sent on the newer version.
 * A lost answer is settled by the same conditional write again: whichever of the two lands first, the other can only fail.
 * @throws conflict when what people and runs write on the object has changed since it was read.
 */
async function writeOn(client, live, change) {
    const { patch, dryRun = false } = typeof change === "function" ? { patch: change } : change;
    let current = live;
    for (let attempt = 1;; attempt++) {
        try {
            return await client.patch(refOf(live), patch(current.metadata), { dryRun });
        }
        catch (error) {
            if (attempt === attempts)
                throw error;
            if ((0,_client_lost_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .isUnknownResult */ .u)(error))
                continue;
            current = await unchanged(client, live, error);
        }
    }
}
/** Creates it; where the answer is lost it is sent again, and then AlreadyExists tells that it is there. */
async function createOn(client, resource, options = {}) {
    for (let attempt = 1;; attempt++) {
        try {
            return await client.create(resource, options);
        }
        catch (error) {
            if (attempt === attempts || !(0,_client_lost_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .isUnknownResult */ .u)(error))
                throw error;
        }
    }
}
/** Deletes the object as it was read, as `writeOn` would write it; one that has gone already is fine. */
async function deleteOn(client, live) {
    let current = live;
    for (let attempt = 1;; attempt++) {
        const { uid, resourceVersion } = current.metadata;
        try {
            const precondition = {
                ...(uid === undefined ? {} : { uid }),
                ...(resourceVersion === undefined ? {} : { resourceVersion }),
            };
            return await client.delete(refOf(live), { ...precondition, propagation: "Background" });
        }
        catch (error) {
            if ((0,_cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .isCutoverError */ .j)(error, "not-found"))
                return;
            if (attempt === attempts)
                throw error;
            if (!(0,_client_lost_answer_js__WEBPACK_IMPORTED_MODULE_0__/* .isUnknownResult */ .u)(error))
                current = await unchanged(client, live, error);
        }
    }
}
/** The object's newest version, if it is still what was read but for its status; else `error` is thrown. */
async function unchanged(client, live, error) {
    if ((0,_client_status_js__WEBPACK_IMPORTED_MODULE_2__/* .statusReason */ .vk)(error) !== "Conflict" || (0,_client_status_js__WEBPACK_IMPORTED_MODULE_2__/* .fieldConflicts */ .M4)(error).length > 0)
        throw error;
    const newest = await client.find(refOf(live));
    if (newest === undefined || substance(newest) !== substance(live))
        throw error;
    return newest;
}
/** What people, tools and runs write on an object, as text. */
function substance({ metadata, status: _status, ...rest }) {
    const { uid, labels, deletionTimestamp } = metadata;
    const { "deployment.kubernetes.io/revision": _revision, ...annotations } = metadata.annotations ?? {};
    return (0,_cutover_release__WEBPACK_IMPORTED_MODULE_3__/* .canonicalJson */ .d)({ ...rest, uid, labels, annotations, deletionTimestamp });
}
/** A JSON patch under that precondition: a resourceVersion that is not the newest any more makes the server refuse it. */
function jsonPatchOn({ resourceVersion: value }, operations) {
    return { type: "json", body: [{ op: "replace", path: "/metadata/resourceVersion", value }, ...operations] };
}
/** @throws superseded when the object carries a higher epoch than ours. */
function checkClaim(live, claim) {
    const seen = (0,_kinds_js__WEBPACK_IMPORTED_MODULE_4__/* .numberOf */ .rl)(live, _cutover_release__WEBPACK_IMPORTED_MODULE_5__/* .annotation */ .w.epoch);
    if (seen === undefined || seen <= claim.epoch)
        return;
    throw new _cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .CutoverError */ .D("superseded", `${live.kind} ${live.metadata.name} was claimed by a newer run (epoch ${seen}; ours is ${claim.epoch})`, {
        hint: "Nothing more is written by this run. Look at the newer run for the outcome.",
    });
}
function refOf({ apiVersion, kind, metadata: { name, namespace } }) {
    return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
}
/**
 * Operations that set annotations, also where there is none yet. The others go back as they are in the very version that the
 * write is conditional on: of an earlier one, they would undo what a controller has noted since.
 */
function annotating(current, annotations) {
    return [{ op: "add", path: "/metadata/annotations", value: { ...current.annotations, ...annotations } }];
}


/***/ }),

/***/ 8150:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   x: () => (/* binding */ factsOf),
/* harmony export */   z: () => (/* binding */ podFacts)
/* harmony export */ });
/* harmony import */ var _adopted_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8850);
/* harmony import */ var _kinds_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2850);
/* harmony import */ var _observe_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8517);



/** What readiness of a slot is judged by: only pods of the expected ReplicaSet, only conditions that speak of it. */
function factsOf(snapshot, setting, about) {
    const { color, events, target } = about;
    const told = Map.groupBy(events, ({ involvedObject }) => involvedObject.uid);
    const deployment = snapshot.deployments[color];
    const uid = (0,_observe_js__WEBPACK_IMPORTED_MODULE_0__/* .expectedReplicaSet */ .Ns)(color, snapshot);
    const replicaSet = snapshot.replicaSets.find((one) => one.metadata.uid === uid);
    // Before its controller has seen the last write, a Deployment's conditions speak of the revision before.
    const ofDeployment = uid === undefined ? [] : (deployment?.status?.conditions ?? []);
    const pods = snapshot.pods.filter((pod) => (0,_kinds_js__WEBPACK_IMPORTED_MODULE_1__/* .isOwnedBy */ .D0)(pod, uid));
    return {
        deployment: (0,_adopted_js__WEBPACK_IMPORTED_MODULE_2__/* .slotDeployment */ ._N)(color, snapshot, setting),
        generationObserved: uid !== undefined,
        replicas: deployment?.spec.replicas ?? 0,
        needed: target,
        conditions: [...ofDeployment, ...(replicaSet?.status?.conditions ?? [])].map(conditionFacts),
        pods: pods.map((pod) => podFacts(pod, told.get(pod.metadata.uid) ?? [])),
    };
}
function conditionFacts({ type, status, reason = "", message = "" }) {
    return { type, status, reason, message };
}
/** What one pod is judged by. */
function podFacts(pod, events) {
    const { status, spec, metadata } = pod;
    const scheduled = status?.conditions?.find((condition) => condition.type === "PodScheduled" && condition.status === "False");
    const statuses = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
    const containers = [...(spec.initContainers ?? []), ...spec.containers];
    return {
        name: metadata.name,
        uid: metadata.uid ?? "",
        phase: status?.phase ?? "Unknown",
        ready: (0,_observe_js__WEBPACK_IMPORTED_MODULE_0__/* .isReadyPod */ .rU)(pod),
        terminating: metadata.deletionTimestamp !== undefined,
        node: spec.nodeName,
        ...(scheduled === undefined
            ? {}
            : { unscheduled: { reason: scheduled.reason ?? "", message: scheduled.message ?? "" } }),
        containers: containers.map((container) => containerFacts(container, statuses.find((one) => one.name === container.name))),
        events: events.map(eventFacts),
    };
}
function containerFacts(container, status) {
    const waiting = status?.state?.waiting;
    const terminated = status?.state?.terminated ?? status?.lastState?.terminated;
    const probe = probeInWords(container);
    return {
        name: container.name,
        image: container.image,
        ready: status?.ready ?? false,
        restarts: status?.restartCount ?? 0,
        ...(waiting === undefined ? {} : { waiting: { reason: waiting.reason ?? "", message: waiting.message ?? "" } }),
        ...(terminated === undefined
            ? {}
            : {
                terminated: {
                    reason: terminated.reason ?? "",
                    exitCode: terminated.exitCode ?? 0,
                    message: terminated.message ?? "",
                },
            }),
        ...(probe === undefined ? {} : { readinessProbe: probe, readinessBudget: probeBudget(container) }),
    };
}
function probeInWords({ readinessProbe }) {
    if (readinessProbe === undefined)
        return undefined;
    const { httpGet, exec, tcpSocket, grpc, periodSeconds = 10, } = readinessProbe;
    const what = httpGet !== undefined
        ? `GET :${httpGet.port}${httpGet.path ?? "/"}`
        : exec !== undefined
            ? `command ${(exec.command ?? []).join(" ")}`
            : tcpSocket !== undefined
                ? `TCP connection to port ${tcpSocket.port}`
                : `gRPC health check on port ${grpc?.port}`;
    return `${what} every ${periodSeconds} s`;
}
/** Milliseconds for which the probe may fail by its own settings; Kubernetes' defaults where it says nothing. */
function probeBudget({ readinessProbe }) {
    const { initialDelaySeconds = 0, periodSeconds = 10, failureThreshold = 3, } = (readinessProbe ?? {});
    return 1_000 * (initialDelaySeconds + periodSeconds * failureThreshold);
}
function eventFacts({ reason = "", message = "", type, count = 1, lastTimestamp, eventTime, metadata, }) {
    const seen = lastTimestamp ?? eventTime ?? metadata.creationTimestamp ?? "";
    return { reason, message, type: type === "Warning" ? "Warning" : "Normal", count, lastSeen: Date.parse(seen) || 0 };
}


/***/ }),

/***/ 4063:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ readFloor),
/* harmony export */   k: () => (/* binding */ noteOn)
/* harmony export */ });
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9708);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3045);
/* harmony import */ var _keepers_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7834);
/* harmony import */ var _kinds_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2850);




/** Stands on an autoscaler whose floor is raised: what its owner had written, if anything, and what was written instead. */
const format = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ own: zod__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig().optional(), raised: zod__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig() });
function readFloor(scaler) {
    const { minReplicas } = scaler.spec;
    const note = noteOf(scaler);
    const own = note !== undefined && note.raised === minReplicas ? note.own : minReplicas;
    const held = (0,_kinds_js__WEBPACK_IMPORTED_MODULE_1__/* .annotationOf */ .lW)(scaler, _cutover_release__WEBPACK_IMPORTED_MODULE_2__/* .annotation */ .w.floor) !== undefined;
    return { floor: minReplicas ?? 1, own, held, kept: keptFloor(scaler) };
}
/** The note on an autoscaler that is raised to `raised`. */
function noteOn(scaler, raised) {
    const note = { own: readFloor(scaler).own, raised };
    return JSON.stringify(note);
}
function noteOf(scaler) {
    const text = (0,_kinds_js__WEBPACK_IMPORTED_MODULE_1__/* .annotationOf */ .lW)(scaler, _cutover_release__WEBPACK_IMPORTED_MODULE_2__/* .annotation */ .w.floor);
    if (text === undefined)
        return undefined;
    try {
        return format.safeParse(JSON.parse(text)).data;
    }
    catch {
        return undefined;
    }
}
/** KEDA makes autoscalers of its own from ScaledObjects; others are kept by GitOps. */
function keptFloor(scaler) {
    const { name, ownerReferences = [] } = scaler.metadata;
    const maker = ownerReferences.find(({ controller }) => controller === true);
    if (maker === undefined)
        return (0,_keepers_js__WEBPACK_IMPORTED_MODULE_3__/* .keptFields */ .es)(scaler, [["spec", "minReplicas"]]);
    const owner = `${maker.kind} ${maker.name}`;
    return { what: `HorizontalPodAutoscaler ${name} is made by ${owner}`, remedy: `Set the floor in ${owner}.` };
}


/***/ }),

/***/ 3324:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ holdFloor),
/* harmony export */   D: () => (/* binding */ restoreFloor)
/* harmony export */ });
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9708);
/* harmony import */ var _adopted_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8850);
/* harmony import */ var _conditional_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9305);
/* harmony import */ var _floor_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4063);
/* harmony import */ var _kinds_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2850);
/* harmony import */ var _scaling_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7748);






/** Raises what the slot's autoscaler does not go below, and notes on it what that was. */
async function holdFloor(work, { color, pods }) {
    const scaler = (0,_scaling_js__WEBPACK_IMPORTED_MODULE_0__/* .liveAutoscaler */ .KO)(color, work.snapshot, work.setting);
    if (scaler === undefined)
        return { evidence: {} };
    const written = await writeFloor(work, scaler, { minReplicas: pods, note: (0,_floor_js__WEBPACK_IMPORTED_MODULE_1__/* .noteOn */ .k)(scaler, pods) });
    const { own = 1 } = (0,_floor_js__WEBPACK_IMPORTED_MODULE_1__/* .readFloor */ .j)(written);
    work.setting.log.info(`HorizontalPodAutoscaler ${written.metadata.name} keeps ${pods} pods instead of ${own}`);
    // What serves may have grown while its preview was waited for: then it is held anew.
    if (color === (0,_adopted_js__WEBPACK_IMPORTED_MODULE_2__/* .activeColor */ .aV)(work.snapshot, work.setting))
        return { evidence: {} };
    return { evidence: {}, snapshot: withAutoscaler(work, written) };
}
/** The owner's floor again, and the note off. */
async function restoreFloor(work, { color }) {
    const scaler = (0,_scaling_js__WEBPACK_IMPORTED_MODULE_0__/* .liveAutoscaler */ .KO)(color, work.snapshot, work.setting);
    if (scaler === undefined)
        return { evidence: {} };
    const written = await writeFloor(work, scaler, { minReplicas: (0,_floor_js__WEBPACK_IMPORTED_MODULE_1__/* .readFloor */ .j)(scaler).own ?? null, note: null });
    const { floor } = (0,_floor_js__WEBPACK_IMPORTED_MODULE_1__/* .readFloor */ .j)(written);
    work.setting.log.info(`HorizontalPodAutoscaler ${written.metadata.name} keeps ${floor} pods again`);
    return { evidence: {}, snapshot: withAutoscaler(work, written) };
}
/** Conditional on the autoscaler as it was read; its own status does not count. */
async function writeFloor({ setting: { client }, claim }, scaler, { minReplicas, note }) {
    (0,_conditional_js__WEBPACK_IMPORTED_MODULE_3__/* .checkClaim */ .xU)(scaler, claim);
    const annotations = { [_cutover_release__WEBPACK_IMPORTED_MODULE_4__/* .annotation */ .w.floor]: note, [_cutover_release__WEBPACK_IMPORTED_MODULE_4__/* .annotation */ .w.epoch]: String(claim.epoch) };
    const written = await (0,_conditional_js__WEBPACK_IMPORTED_MODULE_3__/* .writeOn */ .HL)(client, scaler, ({ uid, resourceVersion }) => ({
        type: "merge",
        body: { metadata: { uid, resourceVersion, annotations }, spec: { minReplicas } },
    }));
    return (0,_kinds_js__WEBPACK_IMPORTED_MODULE_5__.as)("HorizontalPodAutoscaler", written);
}
function withAutoscaler({ snapshot }, written) {
    const others = snapshot.autoscalers.filter(({ metadata }) => metadata.name !== written.metadata.name);
    return { ...snapshot, autoscalers: [...others, written] };
}


/***/ }),

/***/ 7834:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   es: () => (/* binding */ keptFields),
/* harmony export */   wJ: () => (/* binding */ remedyFor),
/* harmony export */   zd: () => (/* binding */ refuseKept)
/* harmony export */ });
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(299);
/* harmony import */ var _kinds_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2850);
/* harmony import */ var _owners_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6489);



const keepers = [
    {
        name: "Argo CD",
        managers: /^argocd/,
        // https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#respect-ignore-differences-configs
        remedy: (fields) => `List ${pointers(fields)} in \`ignoreDifferences\` of its Application, with the sync option \`RespectIgnoreDifferences=true\`.`,
    },
    {
        name: "Flux",
        managers: /^kustomize-controller$/,
        // https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources
        remedy: (fields) => `Take ${fields.join(" and ")} out of what its Kustomization applies, with the annotation \`kustomize.toolkit.fluxcd.io/ssa: Merge\`; or give the object \`kustomize.toolkit.fluxcd.io/ssa: IfNotPresent\`.`,
    },
    {
        name: "Flux",
        managers: /^helm-controller$/,
        // https://fluxcd.io/flux/components/helm/helmreleases/#ignore-rules
        remedy: (fields) => `List ${pointers(fields)} in \`spec.driftDetection.ignore\` of its HelmRelease, and take the object out of the chart after \`helm.sh/resource-policy: keep\`: each upgrade writes the chart's values.`,
    },
    {
        name: "a GitOps controller",
        managers: /^(fleet|configsync|kapp)/,
        remedy: (fields) => `Take ${fields.join(" and ")} out of its hands.`,
    },
];
/** What a manager that keeps its objects as Git has them must be told of these fields; none for people's tools. */
function remedyFor(manager, ...fields) {
    const paths = fields.map((field) => /^\.?(spec\.\w+)/.exec(field)?.[1] ?? field);
    return keepers.find(({ managers }) => managers.test(manager))?.remedy([...new Set(paths)]);
}
/** Which of these fields GitOps would write back; each as its path below the object. */
function keptFields(object, paths) {
    if (isLeftAlone(object))
        return undefined;
    for (const keeper of keepers) {
        const held = paths.filter((path) => ownerAmong(object, path, keeper) !== undefined);
        const [first] = held;
        const owner = first === undefined ? undefined : ownerAmong(object, first, keeper);
        if (owner === undefined)
            continue;
        const fields = held.map((path) => path.slice(0, 2).join("."));
        const { kind, metadata } = object;
        return {
            what: `${kind} ${metadata.name} is kept by ${keeper.name}${applicationOf(object)}: ${(0,_owners_js__WEBPACK_IMPORTED_MODULE_0__/* .describeOwner */ .$S)(owner)} owns ${fields.join(" and ")}`,
            remedy: keeper.remedy(fields),
        };
    }
    return undefined;
}
/** @throws refused when GitOps keeps the images of this Deployment: it would undo the release at once. */
function refuseKept(deployment) {
    const kept = keptFields(deployment, [["spec", "template", "spec", "containers"]]);
    if (kept === undefined)
        return;
    throw new _cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .CutoverError */ .D("refused", `${kept.what}, and would undo new images at once`, {
        hint: `Release through its repository. Or: ${kept.remedy}`,
    });
}
function ownerAmong(object, path, { managers }) {
    return (0,_owners_js__WEBPACK_IMPORTED_MODULE_0__/* .ownersOf */ .K2)(object, path).find(({ manager }) => managers.test(manager));
}
/** https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources */
function isLeftAlone(object) {
    const policy = (0,_kinds_js__WEBPACK_IMPORTED_MODULE_2__/* .annotationOf */ .lW)(object, "kustomize.toolkit.fluxcd.io/ssa") ?? "";
    return (["IfNotPresent", "Ignore"].includes(policy) ||
        (0,_kinds_js__WEBPACK_IMPORTED_MODULE_2__/* .annotationOf */ .lW)(object, "kustomize.toolkit.fluxcd.io/reconcile") === "disabled");
}
/** The Application, Kustomization or HelmRelease whose mark the object bears, to look there. */
function applicationOf(object) {
    const { labels = {} } = object.metadata;
    const [application] = (0,_kinds_js__WEBPACK_IMPORTED_MODULE_2__/* .annotationOf */ .lW)(object, "argocd.argoproj.io/tracking-id")?.split(":") ?? [];
    const named = application ??
        labels["argocd.argoproj.io/instance"] ??
        labels["kustomize.toolkit.fluxcd.io/name"] ??
        labels["helm.toolkit.fluxcd.io/name"];
    return named === undefined ? "" : ` (${named})`;
}
/** `/spec/selector and /spec/replicas` */
function pointers(fields) {
    return fields.map((field) => `/${field.replaceAll(".", "/")}`).join(" and ");
}


/***/ }),

/***/ 2850:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D0: () => (/* binding */ isOwnedBy),
/* harmony export */   Vb: () => (/* binding */ nameOf),
/* harmony export */   as: () => (/* binding */ as),
/* harmony export */   cK: () => (/* binding */ matches),
/* harmony export */   lW: () => (/* binding */ annotationOf),
/* harmony export */   rl: () => (/* binding */ numberOf),
/* harmony export */   w2: () => (/* binding */ apiVersions),
/* harmony export */   zI: () => (/* binding */ refTo)
/* harmony export */ });
const apiVersions = {
    Service: "v1",
    Pod: "v1",
    Secret: "v1",
    Event: "v1",
    Deployment: "apps/v1",
    ReplicaSet: "apps/v1",
    ControllerRevision: "apps/v1",
    EndpointSlice: "discovery.k8s.io/v1",
    HorizontalPodAutoscaler: "autoscaling/v2",
    PodDisruptionBudget: "policy/v1",
    Lease: "coordination.k8s.io/v1",
};
function refTo(kind, namespace, name) {
    return { apiVersion: apiVersions[kind], kind, namespace, name };
}
/** The object as its kind; the API server has validated its shape. */
function as(kind, resource) {
    if (resource.kind !== kind)
        throw new TypeError(`${resource.kind} ${resource.metadata.name} is no ${kind}`);
    return resource;
}
/** `Service shop` */
function nameOf({ kind, metadata: { name } }) {
    return `${kind} ${name}`;
}
function annotationOf(resource, name) {
    return resource?.metadata.annotations?.[name];
}
/** A whole number from an annotation; `undefined` when it is missing or something else. */
function numberOf(resource, name) {
    const text = annotationOf(resource, name);
    return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}
function isOwnedBy(resource, uid) {
    return uid !== undefined && (resource.metadata.ownerReferences ?? []).some((owner) => owner.uid === uid);
}
function matches(selector, labels) {
    return Object.entries(selector).every(([key, value]) => labels?.[key] === value);
}


/***/ }),

/***/ 8306:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  ZZ: () => (/* binding */ acquireLease),
  sv: () => (/* binding */ checkLock),
  i7: () => (/* binding */ isHeld),
  bV: () => (/* binding */ isUnmoved),
  ms: () => (/* binding */ lockHolder),
  K1: () => (/* binding */ overtaken),
  Rq: () => (/* binding */ releaseLeftover),
  Wx: () => (/* binding */ sight)
});

// UNUSED EXPORTS: leaseName

// EXTERNAL MODULE: ./packages/release/annotations.js
var release_annotations = __webpack_require__(9708);
// EXTERNAL MODULE: ./packages/release/errors.js
var errors = __webpack_require__(299);
// EXTERNAL MODULE: ./packages/release/duration.js
var duration = __webpack_require__(296);
// EXTERNAL MODULE: ./packages/kubernetes/client/lost-answer.js
var lost_answer = __webpack_require__(3794);
// EXTERNAL MODULE: ./packages/kubernetes/native/conditional.js
var conditional = __webpack_require__(9305);
// EXTERNAL MODULE: ./packages/kubernetes/native/kinds.js
var kinds = __webpack_require__(2850);
;// CONCATENATED MODULE: ./packages/kubernetes/native/held-lease.js



/** Seconds after which a lock that nobody renews is nobody's. */
const leaseSeconds = 30;
/** Milliseconds between renewals, between tries of one that failed, and after which we no longer count on the lock. */
const renewEvery = 10_000;
const renewAgain = 2_000;
const renewWithin = 20_000;
/** Keeps the lock that was just taken, by renewing it. */
function hold(taken, holder) {
    const lost = new AbortController();
    const released = new AbortController();
    let lease = taken;
    /** One write at a time, each on the answer of the one before. */
    let last = Promise.resolve();
    const write = (spec) => {
        const run = async () => {
            lease = await writeAsHolder(lease, spec, holder);
        };
        last = last.then(run, run);
        return last;
    };
    void renew({ write, holder, lost, released: released.signal });
    return {
        lost: lost.signal,
        epoch: (0,kinds/* numberOf */.rl)(taken, release_annotations/* annotation */.w.epoch) ?? 0,
        release: async () => {
            released.abort("released");
            if (lost.signal.aborted)
                return;
            try {
                await write({ holderIdentity: null, renewTime: timestamp(holder.clock) });
            }
            catch (error) {
                if (!(0,errors/* isCutoverError */.j)(error, "conflict", "not-found"))
                    throw error;
            }
        },
    };
}
async function renew({ write, holder: { clock, log }, lost, released }) {
    let renewedAt = clock.now();
    let wait = renewEvery;
    for (;;) {
        await clock.sleep(wait, released);
        if (released.aborted)
            return;
        const asked = clock.now();
        try {
            await write({ renewTime: timestamp(clock) });
            renewedAt = asked;
            wait = renewEvery;
        }
        catch (error) {
            log.debug(`The lock was not renewed: ${error instanceof Error ? error.message : String(error)}`);
            const isGone = (0,errors/* isCutoverError */.j)(error, "conflict", "not-found");
            if (isGone)
                return lost.abort("taken");
            if (clock.now() - renewedAt >= renewWithin)
                return lost.abort("not renewed");
            wait = renewAgain;
        }
    }
}
/** @throws conflict, or not-found, when the lock is no longer ours. */
async function writeAsHolder(lease, spec, { client, identity }) {
    for (let current = lease;;) {
        try {
            const written = await (0,conditional/* writeOn */.HL)(client, current, ({ uid, resourceVersion }) => ({
                type: "merge",
                body: { metadata: { uid, resourceVersion }, spec },
            }));
            return (0,kinds.as)("Lease", written);
        }
        catch (error) {
            if (!(0,errors/* isCutoverError */.j)(error, "conflict"))
                throw error;
            // Perhaps it was our own write whose answer was lost.
            const newest = (0,kinds.as)("Lease", await client.get((0,conditional/* refOf */.H8)(current)));
            if (newest.spec?.holderIdentity !== identity.holder)
                throw error;
            current = newest;
        }
    }
}
/** As a Lease wants it: microseconds. */
function timestamp(clock) {
    return `${clock.date().toISOString().slice(0, -1)}000Z`;
}

;// CONCATENATED MODULE: ./packages/kubernetes/native/lease.js





/** Milliseconds between looks at a lock that somebody holds, and between tries of one that somebody was faster with. */
const askEvery = 1_000;
const raceEvery = 100;
function leaseName(service) {
    return `cutover-${service}`;
}
/** Looks at the lock; where nothing has moved since `before`, it has been so since then. */
async function sight({ client, clock, namespace, service }, before) {
    const found = await client.find((0,kinds/* refTo */.zI)("Lease", namespace, leaseName(service)));
    const live = found === undefined ? undefined : (0,kinds.as)("Lease", found);
    return { live, at: before !== undefined && isUnmoved({ live }, before) ? before.at : clock.now() };
}
/** Whether nobody has written the lock between the two. */
function isUnmoved(one, other) {
    return one.live?.metadata.resourceVersion === other?.live?.metadata.resourceVersion;
}
/**
 * Takes the service's lock: one that is free, expired on our own clock (unchanged for its duration), or, for a rollback, anybody's.
 * The same write raises its epoch above `highest` and all that it ever held, so that no two holders have the same.
 * @param before what was seen of it while this service waited for its turn
 * @throws timed-out, naming the holder and its run; unavailable when the job is cancelled meanwhile.
 */
async function acquireLease(setting, highest, before) {
    const { clock, log } = setting;
    const started = clock.now();
    const isJustSeen = before !== undefined && started - before.at < raceEvery;
    let seen = isJustSeen ? before : await sight(setting, before);
    for (let looks = 1;; looks += 1) {
        // A last look after the time: a try of our own whose answer was lost may have used it up.
        const isLast = clock.now() - started >= setting.lockTimeout;
        if (looks > 1)
            seen = await sight(setting, seen);
        const { live } = seen;
        const isTaken = live !== undefined && isHeld(live);
        if (isTaken && looks === 1)
            log.info(`${describeHolder(live)}; ${setting.preempts ? "taking" : "waiting for"} it`);
        const isExpired = clock.now() - seen.at >= 1_000 * (live?.spec?.leaseDurationSeconds ?? leaseSeconds);
        if (!isTaken || isExpired || setting.preempts) {
            const taken = await take(live, setting, highest);
            if (taken !== undefined)
                return hold(taken, setting);
        }
        if (isLast)
            throw locked(live, setting);
        await clock.sleep(isTaken && !isExpired && !setting.preempts ? askEvery : raceEvery, setting.signal);
        if (setting.signal.aborted)
            throw cancelled(setting);
    }
}
/**
 * Looks whether the lock is still of this claim: whoever takes it later writes later than what was read before.
 * @throws superseded when somebody else has taken it
 */
async function checkLock({ setting, claim }) {
    const { live } = await sight(setting);
    if (live === undefined || (0,kinds/* numberOf */.rl)(live, release_annotations/* annotation */.w.epoch) !== claim.epoch)
        throw overtaken(setting.service);
}
/** The error of a run whose lock somebody else has. */
function overtaken(service) {
    return new errors/* CutoverError */.D("superseded", `Another run took the lock of Service ${service}`, {
        hint: "Nothing more is written by this run. Look at the newer run for the outcome.",
    });
}
/** Who holds a service's lock, in a sentence; `undefined` if nobody does. Whether they still live only time would tell. */
async function lockHolder({ client, namespace, service }, options) {
    const found = await client.find((0,kinds/* refTo */.zI)("Lease", namespace, leaseName(service)), options);
    const lease = found === undefined ? undefined : (0,kinds.as)("Lease", found);
    return lease === undefined || !isHeld(lease) ? undefined : describeHolder(lease);
}
/** Whether it has a holder, alive or not. */
function isHeld(lease) {
    return (lease.spec?.holderIdentity ?? "") !== "";
}
function describeHolder(lease) {
    const run = (0,kinds/* annotationOf */.lW)(lease, release_annotations/* annotation */.w.run);
    return `Lease ${lease.metadata.name} is held by ${lease.spec?.holderIdentity}${run === undefined ? "" : ` (${run})`}`;
}
function locked(lease, { lockTimeout, service }) {
    const who = lease === undefined ? `Lease ${leaseName(service)} could not be taken` : describeHolder(lease);
    return new errors/* CutoverError */.D("timed-out", `${who}, and was not free within ${(0,duration/* formatDuration */.a)(lockTimeout)}`, {
        hint: "Wait for that run, or raise `lock-timeout`. A rollback does not wait: it takes the lock at once.",
    });
}
function cancelled({ service }) {
    return new errors/* CutoverError */.D("unavailable", `Cancelled while waiting for the lock of Service ${service}`, {
        hint: "Nothing was written. Run it again.",
    });
}
/** Our name and a new epoch on the lock; `undefined` when somebody was faster. */
async function take(live, setting, highest) {
    const { client, identity, namespace, service, clock } = setting;
    const now = timestamp(clock);
    const epoch = 1 + Math.max(highest, (0,kinds/* numberOf */.rl)(live, release_annotations/* annotation */.w.epoch) ?? 0);
    const spec = {
        holderIdentity: identity.holder,
        leaseDurationSeconds: leaseSeconds,
        acquireTime: now,
        renewTime: now,
    };
    const annotations = { [release_annotations/* annotation */.w.run]: identity.runUrl, [release_annotations/* annotation */.w.epoch]: String(epoch) };
    try {
        if (live !== undefined) {
            const leaseTransitions = (live.spec?.leaseTransitions ?? 0) + 1;
            const taken = await (0,conditional/* writeOn */.HL)(client, live, ({ uid, resourceVersion }) => ({
                type: "merge",
                body: { metadata: { uid, resourceVersion, annotations }, spec: { ...spec, leaseTransitions } },
            }));
            return (0,kinds.as)("Lease", taken);
        }
        const metadata = { name: leaseName(service), namespace, annotations };
        return (0,kinds.as)("Lease", await client.create({ apiVersion: "coordination.k8s.io/v1", kind: "Lease", metadata, spec }));
    }
    catch (error) {
        const hasGone = live !== undefined && (0,errors/* isCutoverError */.j)(error, "not-found");
        const isUnclear = hasGone || (0,errors/* isCutoverError */.j)(error, "conflict") || (0,lost_answer/* isUnknownResult */.u)(error);
        if (!isUnclear)
            throw error;
        return await ours(setting, epoch);
    }
}
/** The lock, where an answer was lost and it is ours after all. */
async function ours({ client, namespace, service, identity }, epoch) {
    const found = await client.find((0,kinds/* refTo */.zI)("Lease", namespace, leaseName(service)));
    if (found === undefined)
        return undefined;
    const lease = (0,kinds.as)("Lease", found);
    const isOurs = lease.spec?.holderIdentity === identity.holder && (0,kinds/* numberOf */.rl)(lease, release_annotations/* annotation */.w.epoch) === epoch;
    return isOurs ? lease : undefined;
}
/** Frees a lock that a process of this very holder left behind; anybody else's is not touched. Whether there was one. */
async function releaseLeftover(client, { namespace, service, holder }) {
    const found = await client.find((0,kinds/* refTo */.zI)("Lease", namespace, leaseName(service)));
    if (found === undefined || (0,kinds.as)("Lease", found).spec?.holderIdentity !== holder)
        return false;
    try {
        await (0,conditional/* writeOn */.HL)(client, found, ({ uid, resourceVersion }) => ({
            type: "merge",
            body: { metadata: { uid, resourceVersion }, spec: { holderIdentity: null } },
        }));
        return true;
    }
    catch (error) {
        // Whoever wrote it since has taken it, and a lost answer of ours has freed it.
        if ((0,errors/* isCutoverError */.j)(error, "conflict", "not-found"))
            return false;
        throw error;
    }
}


/***/ }),

/***/ 2598:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ look)
/* harmony export */ });
/* harmony import */ var _observe_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8517);
/* harmony import */ var _snapshot_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9602);


/** Reads a service and its slots without a lock: good for telling, not for deciding. @throws not-found for a Service that neither exists nor is going to */
async function look(setting) {
    const snapshot = await (0,_snapshot_js__WEBPACK_IMPORTED_MODULE_0__/* .takeSnapshot */ .W9)(setting);
    return { setting, snapshot, observed: (0,_observe_js__WEBPACK_IMPORTED_MODULE_1__/* .interpret */ .U4)(snapshot, setting, { locked: false, busy: false }) };
}


/***/ }),

/***/ 8517:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A$: () => (/* binding */ readyPods),
/* harmony export */   EB: () => (/* binding */ podsOf),
/* harmony export */   Ns: () => (/* binding */ expectedReplicaSet),
/* harmony export */   U4: () => (/* binding */ interpret),
/* harmony export */   kr: () => (/* binding */ replicaSetOf),
/* harmony export */   rU: () => (/* binding */ isReadyPod)
/* harmony export */ });
/* unused harmony export readyEndpoints */
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9708);
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(4093);
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(3145);
/* harmony import */ var _adopted_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8850);
/* harmony import */ var _kinds_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2850);
/* harmony import */ var _ports_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(9769);
/* harmony import */ var _revisions_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7683);
/* harmony import */ var _scaling_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(7748);
/* harmony import */ var _source_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(200);
/* harmony import */ var _state_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3792);
/* harmony import */ var _wanted_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6494);









/** What a snapshot means in the domain's words. Pure but for the calendar's `now`. */
function interpret(snapshot, setting, lock) {
    const slots = { blue: slotOf("blue", snapshot, setting), green: slotOf("green", snapshot, setting) };
    const history = snapshot.revisions.map(_revisions_js__WEBPACK_IMPORTED_MODULE_0__/* .readRevision */ .M7).toSorted((a, b) => b.revision - a.revision);
    return {
        ...lock,
        service: serviceOf(snapshot, setting, slots),
        slots,
        history,
        wanted: (0,_wanted_js__WEBPACK_IMPORTED_MODULE_1__/* .wantedHashes */ .i)(snapshot, setting, defectsOf(snapshot, setting)),
        adoption: snapshot.adoption,
    };
}
function serviceOf(snapshot, setting, slots) {
    const { service } = snapshot;
    const active = (0,_adopted_js__WEBPACK_IMPORTED_MODULE_2__/* .activeColor */ .aV)(snapshot, setting);
    const state = (0,_state_js__WEBPACK_IMPORTED_MODULE_3__/* .readState */ .u)(service);
    const isOurs = state !== undefined && state.color === active;
    const ago = state === undefined ? 0 : setting.clock.date().getTime() - Date.parse(state.switchedAt);
    return {
        name: setting.service,
        exists: service !== undefined,
        active,
        // Somebody else moved the selector: then the slot knows better than the Service what is active.
        revision: active === undefined || isOurs
            ? (0,_kinds_js__WEBPACK_IMPORTED_MODULE_4__/* .numberOf */ .rl)(service, _cutover_release__WEBPACK_IMPORTED_MODULE_5__/* .annotation */ .w.revision)
            : (slots[active].revision ?? (0,_kinds_js__WEBPACK_IMPORTED_MODULE_4__/* .numberOf */ .rl)(service, _cutover_release__WEBPACK_IMPORTED_MODULE_5__/* .annotation */ .w.revision)),
        rolledBackFrom: isOurs ? state.rolledBackFrom : undefined,
        lastSwitch: state === undefined ? undefined : { at: state.switchedAt, ago: Math.max(0, ago) },
        endpoints: {
            blue: readyEndpoints(snapshot, setting, "blue").length,
            green: readyEndpoints(snapshot, setting, "green").length,
        },
        defects: defectsOf(snapshot, setting),
        obstacles: { blue: obstaclesTo("blue", snapshot, setting), green: obstaclesTo("green", snapshot, setting) },
    };
}
function slotOf(color, snapshot, setting) {
    const deployment = snapshot.deployments[color];
    const replicaSet = expectedReplicaSet(color, snapshot);
    const pods = readyPods(snapshot, setting, color);
    const replicas = deployment === undefined ? 0 : (deployment.spec.replicas ?? 1);
    return {
        color,
        deployment: (0,_adopted_js__WEBPACK_IMPORTED_MODULE_2__/* .slotDeployment */ ._N)(color, snapshot, setting),
        exists: deployment !== undefined,
        revision: (0,_kinds_js__WEBPACK_IMPORTED_MODULE_4__/* .numberOf */ .rl)(deployment, _cutover_release__WEBPACK_IMPORTED_MODULE_5__/* .annotation */ .w.revision),
        hash: deployment === undefined ? undefined : hashOf(deployment, color, { setting, revisions: snapshot.revisions }),
        images: (0,_source_js__WEBPACK_IMPORTED_MODULE_6__/* .imagesOf */ .IC)(deployment?.spec.template),
        replicaSet,
        replicas,
        target: (0,_scaling_js__WEBPACK_IMPORTED_MODULE_7__/* .targetOf */ .$r)(color, snapshot, setting),
        needed: (0,_cutover_release__WEBPACK_IMPORTED_MODULE_8__/* .neededReplicas */ .NA)(replicas, deployment?.spec.strategy?.rollingUpdate?.maxUnavailable),
        ready: pods.filter((pod) => (0,_kinds_js__WEBPACK_IMPORTED_MODULE_4__/* .isOwnedBy */ .D0)(pod, replicaSet)).length,
        settled: replicaSet !== undefined && pods.every((pod) => (0,_kinds_js__WEBPACK_IMPORTED_MODULE_4__/* .isOwnedBy */ .D0)(pod, replicaSet)),
        adopted: (0,_adopted_js__WEBPACK_IMPORTED_MODULE_2__/* .isAdopted */ .YP)(deployment, color),
        autoscaler: (0,_scaling_js__WEBPACK_IMPORTED_MODULE_7__/* .autoscalerOf */ .vM)(color, snapshot, setting),
    };
}
/**
 * Uid of the ReplicaSet that the Deployment's pods must belong to: the one with its template, as the Deployment controller finds it.
 * Neither the revision annotation nor observedGeneration will do: where pods and template change at once the controller reports the
 * write as seen before it has made the ReplicaSet, and any annotation of ours makes a new generation.
 */
function expectedReplicaSet(color, { deployments, replicaSets }) {
    const deployment = deployments[color];
    return deployment === undefined ? undefined : replicaSetOf(deployment, replicaSets);
}
function replicaSetOf(deployment, replicaSets) {
    const template = (0,_source_js__WEBPACK_IMPORTED_MODULE_6__/* .canonicalTemplate */ .Zf)(deployment.spec.template);
    const own = replicaSets.filter((one) => (0,_kinds_js__WEBPACK_IMPORTED_MODULE_4__/* .isOwnedBy */ .D0)(one, deployment.metadata.uid));
    return own.find((one) => (0,_source_js__WEBPACK_IMPORTED_MODULE_6__/* .canonicalTemplate */ .Zf)(one.spec.template) === template)?.metadata.uid;
}
function isReadyPod(pod) {
    const isReady = pod.status?.conditions?.some((condition) => condition.type === "Ready" && condition.status === "True");
    return isReady === true && pod.metadata.deletionTimestamp === undefined;
}
/** Ready pods that the Service would send to if it selected this color, whoever owns them. */
function readyPods(snapshot, setting, color) {
    return podsOf(snapshot, setting, color).filter(isReadyPod);
}
/** Pods that the Service would select if they were ready and it selected this color. */
function podsOf(snapshot, { colorLabel }, color) {
    const value = (0,_adopted_js__WEBPACK_IMPORTED_MODULE_2__/* .labelValue */ .w)(color, snapshot);
    return snapshot.pods.filter((pod) => pod.metadata.labels?.[colorLabel] === value);
}
/** Uids of the pods of a color that the Service's slices list as ready. */
function readyEndpoints(snapshot, setting, color) {
    const ofColor = new Set(podsOf(snapshot, setting, color).map((pod) => pod.metadata.uid));
    const ready = snapshot.slices.flatMap((slice) => (slice.endpoints ?? []).filter((endpoint) => endpoint.conditions?.ready !== false));
    return [...new Set(ready.map((endpoint) => endpoint.targetRef?.uid ?? ""))].filter((uid) => ofColor.has(uid));
}
/** What was written when it was released, unless its images are others by now. */
function hashOf(deployment, color, { setting: { source, colorLabel }, revisions }) {
    const { template } = deployment.spec;
    const written = template.metadata?.annotations?.[_cutover_release__WEBPACK_IMPORTED_MODULE_5__/* .annotation */ .w.hash];
    if (written === undefined)
        return (0,_source_js__WEBPACK_IMPORTED_MODULE_6__/* .hashOfTemplate */ .Kz)(template, colorLabel);
    const rendered = source.kind === "manifests" ? source.rendered[color] : undefined;
    const entry = revisions.map(_revisions_js__WEBPACK_IMPORTED_MODULE_0__/* .readRevision */ .M7).find(({ hashes }) => hashes[color] === written);
    const meant = rendered?.hash === written ? rendered.images : entry?.images;
    const live = (0,_source_js__WEBPACK_IMPORTED_MODULE_6__/* .imagesOf */ .IC)(template);
    const isAsMeant = Object.entries(meant ?? {}).every(([name, image]) => live[name] === image);
    return isAsMeant ? written : `${written}, changed by hand`;
}
function noColor(name, label, selector = {}) {
    const labels = Object.keys(selector).join(", ");
    return `${name} selects no color: its selector has ${labels === "" ? "no label" : labels}, and not ${label} (input \`color-label\`)`;
}
/** What makes every switch of this Service unsafe or meaningless. */
function defectsOf(snapshot, setting) {
    const { service } = snapshot;
    if (service === undefined)
        return [];
    const { type, selector, publishNotReadyAddresses } = service.spec;
    const name = `Service ${setting.service}`;
    const label = setting.colorLabel;
    const selected = selector?.[label];
    if (type === "ExternalName")
        return [`${name} is of type ExternalName: it selects no pods`];
    if (publishNotReadyAddresses)
        return [`${name} has publishNotReadyAddresses, so traffic would reach pods before they are ready`];
    if (snapshot.adoption !== undefined || (0,_adopted_js__WEBPACK_IMPORTED_MODULE_2__/* .activeColor */ .aV)(snapshot, setting) !== undefined)
        return [];
    const remedy = "blue-green-deploy takes it over with `adopt: true`";
    if (selected === undefined)
        return [`${noColor(name, label, selector)}; ${remedy}`];
    return [`${name} selects ${label}=${selected}, which is neither blue nor green; ${remedy}`];
}
/** Why a switch to `color` would lose requests now. */
function obstaclesTo(color, snapshot, setting) {
    const { service } = snapshot;
    const deployment = snapshot.deployments[color];
    const { adoption } = snapshot;
    const isToBeColored = adoption?.missing === "color" && adoption.color === color;
    if (service === undefined || deployment === undefined || isToBeColored)
        return [];
    const selector = { ...service.spec.selector, [setting.colorLabel]: (0,_adopted_js__WEBPACK_IMPORTED_MODULE_2__/* .labelValue */ .w)(color, snapshot) };
    const name = (0,_adopted_js__WEBPACK_IMPORTED_MODULE_2__/* .slotDeployment */ ._N)(color, snapshot, setting);
    if (!(0,_kinds_js__WEBPACK_IMPORTED_MODULE_4__/* .matches */ .cK)(selector, deployment.spec.template.metadata?.labels)) {
        const wanted = Object.entries(selector).map(([key, value]) => `${key}=${value}`);
        return [
            `Service ${setting.service} would select no pod of Deployment ${name}: its pods do not carry ${wanted.join(", ")}`,
        ];
    }
    const revised = { color, revision: (0,_kinds_js__WEBPACK_IMPORTED_MODULE_4__/* .numberOf */ .rl)(deployment, _cutover_release__WEBPACK_IMPORTED_MODULE_5__/* .annotation */ .w.revision) };
    const port = (0,_ports_js__WEBPACK_IMPORTED_MODULE_9__/* .unknownPort */ .OP)((0,_ports_js__WEBPACK_IMPORTED_MODULE_9__/* .portsToCome */ .i1)(setting, snapshot, revised) ?? service.spec.ports, deployment.spec.template);
    if (port !== undefined)
        return [`Service ${setting.service} sends to port ${port}, which no container of Deployment ${name} has`];
    const expected = expectedReplicaSet(color, snapshot);
    const ready = readyPods(snapshot, setting, color);
    const strangers = ready.filter((pod) => (0,_kinds_js__WEBPACK_IMPORTED_MODULE_4__/* .matches */ .cK)(selector, pod.metadata.labels) && !(0,_kinds_js__WEBPACK_IMPORTED_MODULE_4__/* .isOwnedBy */ .D0)(pod, expected));
    if (strangers.length > 0) {
        return [
            `Service ${setting.service} would also select pod ${strangers[0]?.metadata.name}, which is not of the proved ReplicaSet of ${name}`,
        ];
    }
    return lostNodes(color, snapshot, setting);
}
/** With traffic policy `Local`, a node whose only ready pod is of the old color would answer nobody. */
function lostNodes(color, snapshot, setting) {
    const { service } = snapshot;
    const isLocal = [service?.spec.externalTrafficPolicy, service?.spec.internalTrafficPolicy].includes("Local");
    if (!isLocal || (0,_adopted_js__WEBPACK_IMPORTED_MODULE_2__/* .activeColor */ .aV)(snapshot, setting) === color)
        return [];
    const nodes = (one) => new Set(readyPods(snapshot, setting, one).map((pod) => pod.spec.nodeName));
    const covered = nodes(color);
    const lost = [...nodes((0,_cutover_release__WEBPACK_IMPORTED_MODULE_10__/* .otherColor */ .IP)(color))].filter((node) => !covered.has(node));
    if (lost.length === 0)
        return [];
    return [
        `Service ${setting.service} has traffic policy Local, and ${color} has no ready pod on node ${lost.join(", ")}`,
    ];
}


/***/ }),

/***/ 6489:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $S: () => (/* binding */ describeOwner),
/* harmony export */   K2: () => (/* binding */ ownersOf),
/* harmony export */   YW: () => (/* binding */ ownManager),
/* harmony export */   jX: () => (/* binding */ takenFields)
/* harmony export */ });
/** The managers that own the field at `path` (`spec`, `replicas`) or anything in it, the latest first. Status is nobody's word. */
function ownersOf({ metadata: { managedFields = [] } }, path) {
    return managedFields
        .filter(({ subresource, fieldsV1 }) => subresource !== "status" && owns(fieldsV1, path))
        .map(({ manager, time }) => ({ manager, time }))
        .toSorted((one, other) => rank(other).localeCompare(rank(one)));
}
/** `kubectl-patch (2026-01-31T12:00:00Z)` */
function describeOwner({ manager, time }) {
    return time === undefined ? manager : `${manager} (${time})`;
}
/** Within one second it is somebody else who is of interest. */
function rank({ manager, time = "" }) {
    return `${time} ${manager === ownManager ? 0 : 1}`;
}
/** The name under which all of cutover's writes stand. */
const ownManager = "cutover";
function owns(fields, path) {
    let found = fields;
    for (const key of path)
        found = fieldsIn(found)[`f:${key}`];
    return found !== undefined;
}
/** What others owned of an object before a write of ours, and own no more after it. */
function takenFields(before, after) {
    const others = (before.metadata.managedFields ?? []).filter(({ manager, subresource }) => manager !== ownManager && subresource !== "status");
    return others.flatMap((entry) => {
        const { manager, operation, subresource } = entry;
        const kept = after.metadata.managedFields?.find((one) => one.manager === manager && one.operation === operation && one.subresource === subresource);
        return lostFields(entry.fieldsV1, kept?.fieldsV1).map((field) => ({ manager, field }));
    });
}
/** Paths of the leaves that are in the first set of fields alone. */
function lostFields(before, after) {
    const [had, has] = [fieldsIn(before), fieldsIn(after)];
    return Object.keys(had).flatMap((key) => {
        if (key === ".")
            return [];
        const inner = Object.keys(fieldsIn(had[key])).filter((one) => one !== ".");
        if (inner.length === 0)
            return key in has ? [] : [spelled(key)];
        return lostFields(had[key], has[key]).map((rest) => spelled(key) + rest);
    });
}
function fieldsIn(fields) {
    const isObject = typeof fields === "object" && fields !== null && !Array.isArray(fields);
    return isObject ? fields : {};
}
/** As conflicts name fields: `.image` for `f:image`, `[name="app"]` for an item by its key. */
function spelled(key) {
    const [, kind, rest = ""] = /^(\w):(.*)$/s.exec(key) ?? [];
    if (kind === "f")
        return `.${rest}`;
    if (kind !== "k")
        return `[${rest}]`;
    const keys = JSON.parse(rest);
    return `[${Object.entries(keys)
        .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
        .join(",")}]`;
}


/***/ }),

/***/ 9769:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   OP: () => (/* binding */ unknownPort),
/* harmony export */   dD: () => (/* binding */ portsOfRevision),
/* harmony export */   i1: () => (/* binding */ portsToCome)
/* harmony export */ });
/* harmony import */ var _kinds_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2850);
/* harmony import */ var _revisions_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7683);
/* harmony import */ var _state_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3792);



/** The ports of the Service with this release: as its manifests say, or as those of the revision that a rollback goes to. */
function portsToCome({ source }, snapshot, revised) {
    if (source.kind !== "manifests")
        return portsOfRevision(snapshot, revised);
    const { service } = source.rendered[revised.color];
    return service === undefined ? undefined : (0,_kinds_js__WEBPACK_IMPORTED_MODULE_0__.as)("Service", service).spec.ports;
}
/** The ports that a revision answered on; where nobody recorded them, those from before the last switch, if that left it. */
function portsOfRevision({ service, revisions }, { color, revision }) {
    const entry = revisions.find((one) => one.revision === revision);
    const state = (0,_state_js__WEBPACK_IMPORTED_MODULE_1__/* .readState */ .u)(service);
    const before = state?.previousRevision === revision ? state?.previousPorts : undefined;
    return (0,_revisions_js__WEBPACK_IMPORTED_MODULE_2__/* .recordedService */ .KW)(entry, color)?.spec.ports ?? before;
}
/** The name of a port that the Service sends to and no container of the pods has: it would have no endpoints. */
function unknownPort(ports, { spec }) {
    const containers = [...spec.containers, ...(spec.initContainers ?? [])];
    const names = containers.flatMap(({ ports: own = [] }) => own.map(({ name }) => name));
    const wanted = (ports ?? []).map(({ targetPort }) => targetPort);
    return wanted.filter((port) => typeof port === "string").find((port) => !names.includes(port));
}


/***/ }),

/***/ 850:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  w: () => (/* binding */ fillSlot),
  i: () => (/* binding */ prepare)
});

// EXTERNAL MODULE: ./packages/release/errors.js
var errors = __webpack_require__(299);
// EXTERNAL MODULE: ./packages/release/annotations.js
var release_annotations = __webpack_require__(9708);
// EXTERNAL MODULE: ./packages/kubernetes/native/adopted.js
var adopted = __webpack_require__(8850);
// EXTERNAL MODULE: ./packages/kubernetes/client/lost-answer.js
var lost_answer = __webpack_require__(3794);
// EXTERNAL MODULE: ./packages/kubernetes/client/status.js
var client_status = __webpack_require__(3779);
// EXTERNAL MODULE: ./packages/kubernetes/native/conditional.js
var conditional = __webpack_require__(9305);
// EXTERNAL MODULE: ./packages/kubernetes/native/keepers.js
var keepers = __webpack_require__(7834);
;// CONCATENATED MODULE: ./packages/kubernetes/native/apply.js





/**
 * Managers whose fields a release may take over: people's tools. What a controller or GitOps owns (Flux names its managers
 * `kustomize-controller` and `helm-controller`) would be written back at once, so it stops the release instead.
 */
const people = /^(kubectl(-.+)?|[Hh]elm|k9s|kustomize|before-first-apply|cutover|node-fetch|Mozilla|okhttp|Lens|unknown|Terraform|HashiCorp|pulumi-kubernetes)$/;
/** Times that one object is applied anew, because answers were lost or its controller wrote in between. */
const attempts = 12;
/**
 * Server-side apply under manager `cutover`, without force. Where only people's tools own what we set, it is applied again with
 * force, on the very version whose managers were read.
 * @throws refused naming manager and field, conflict when the object changed since it was read.
 */
async function applyObject(client, intent, { live, dryRun = false } = {}) {
    let current = live;
    let force = false;
    for (let attempt = 1;; attempt++) {
        try {
            return await client.patch((0,conditional/* refOf */.H8)(intent), { type: "apply", body: pinned(intent, current), force }, { dryRun });
        }
        catch (error) {
            if (attempt === attempts)
                throw error;
            // The same apply again is the same: whichever of the two lands first, the other changes nothing or fails.
            if ((0,lost_answer/* isUnknownResult */.u)(error))
                continue;
            if (live === undefined)
                throw error;
            const conflicts = (0,client_status/* fieldConflicts */.M4)(error);
            const foreign = conflicts.filter(({ manager }) => !people.test(manager));
            if (foreign.length > 0)
                throw ownedBySomeoneElse(intent, foreign, error);
            if (conflicts.length > 0) {
                force = true;
            }
            else {
                current = await (0,conditional/* unchanged */.Cv)(client, live, error);
                force = false;
            }
        }
    }
}
/** No object ever has it. An apply on it makes what is not there, and is a conflict where somebody else has made it since. */
const noVersion = "1";
/** The intent, valid for the version that was read only. */
function pinned(intent, live) {
    const { uid, resourceVersion } = live?.metadata ?? {};
    if (live === undefined)
        return { ...intent, metadata: { ...intent.metadata, resourceVersion: noVersion } };
    if (uid === undefined || resourceVersion === undefined)
        return intent;
    return { ...intent, metadata: { ...intent.metadata, uid, resourceVersion } };
}
function ownedBySomeoneElse({ kind, metadata: { name } }, conflicts, cause) {
    const fields = conflicts.map(({ manager, field }) => `${field} (${manager})`).join(", ");
    const [keeper = ""] = conflicts.map(({ manager }) => manager);
    const kept = conflicts.filter(({ manager }) => manager === keeper).map(({ field }) => field);
    const remedy = (0,keepers/* remedyFor */.wJ)(keeper, ...kept);
    return new errors/* CutoverError */.D("refused", `${kind} ${name} has fields that something else keeps: ${fields}`, {
        hint: remedy === undefined
            ? "Take these fields out of the manifests, or take the object out of that controller's hands."
            : `Take these fields out of the manifests. Or: ${remedy}`,
        cause,
    });
}

;// CONCATENATED MODULE: ./packages/kubernetes/native/filling.js

/** What stands on a slot's Deployment about who wrote it. */
function annotationsOf({ claim }, { revision }) {
    return { [release_annotations/* annotation */.w.revision]: String(revision), [release_annotations/* annotation */.w.epoch]: String(claim.epoch) };
}

// EXTERNAL MODULE: ./packages/kubernetes/native/floor.js
var floor = __webpack_require__(4063);
// EXTERNAL MODULE: ./packages/kubernetes/native/hold.js
var hold = __webpack_require__(3324);
// EXTERNAL MODULE: ./packages/kubernetes/native/kinds.js
var kinds = __webpack_require__(2850);
// EXTERNAL MODULE: ./packages/kubernetes/native/lease.js + 1 modules
var lease = __webpack_require__(8306);
// EXTERNAL MODULE: ./packages/kubernetes/native/scaling.js
var scaling = __webpack_require__(7748);
// EXTERNAL MODULE: ./packages/kubernetes/native/secrets.js
var secrets = __webpack_require__(1444);
;// CONCATENATED MODULE: ./packages/kubernetes/native/apply-rendered.js











/** The objects in order, then the pods asked for: a Deployment is never applied with a number of pods, which an autoscaler may own. */
async function applyRendered(filling, both) {
    const { client } = filling.work.setting;
    const rendered = both[filling.step.color];
    await freeAutoscaler(filling, rendered);
    const others = rendered.objects.filter((object) => object.kind !== "Deployment" && !(0,secrets/* isNote */.p0)(object));
    const befores = await Promise.all(others.map((object) => client.find((0,conditional/* refOf */.H8)(object))));
    const slot = others.length === 0 ? liveSlot(filling) : await begin(filling);
    const write = async (object, index) => {
        const before = befores[index];
        const intent = withEpoch(object, filling);
        return { before, after: await applyObject(client, intent, { live: before, dryRun: filling.dryRun }) };
    };
    const changes = [];
    if (filling.dryRun) {
        changes.push(...(await sideBySide(others.map(write))));
        warnOfShared(changes, filling, both);
    }
    else {
        for (const [index, object] of others.entries())
            changes.push(await write(object, index));
    }
    return [...changes, await applyDeployment(filling, rendered, slot)];
}
/** What the manifests say of an autoscaler's floor is its owner's will, and a note about an earlier one would be wrong. */
async function freeAutoscaler({ work, step: { color }, dryRun }, { objects }) {
    const scaler = (0,scaling/* liveAutoscaler */.KO)(color, work.snapshot, work.setting);
    const isWritten = objects.some(({ kind, metadata }) => kind === scaler?.kind && metadata.name === scaler.metadata.name);
    if (isWritten && scaler !== undefined && (0,floor/* readFloor */.j)(scaler).held && !dryRun)
        await (0,hold/* restoreFloor */.D)(work, { color });
}
/** What stores nothing needs no order. Of several failures the first in order is thrown, once all have ended. */
async function sideBySide(work) {
    await Promise.allSettled(work);
    return await Promise.all(work);
}
function liveSlot({ work: { snapshot }, step }) {
    return snapshot.deployments[step.color];
}
/**
 * From here on the slot no longer counts as the revision that it held, for its ConfigMaps and the like change before its pods do.
 * And whoever has been overtaken learns it here, before any of them is written.
 */
async function begin(filling) {
    const live = liveSlot(filling);
    if (filling.dryRun)
        return live;
    // Where there is no slot to write on, the lock itself tells.
    if (live === undefined)
        return await (0,lease/* checkLock */.sv)(filling.work);
    const annotations = annotationsOf(filling.work, filling.step);
    const begun = await (0,conditional/* writeOn */.HL)(filling.work.setting.client, live, ({ uid, resourceVersion }) => ({
        type: "merge",
        body: { metadata: { uid, resourceVersion, annotations } },
    }));
    return (0,kinds.as)("Deployment", begun);
}
/** The epoch on every object makes each a new version, so that a run that was overtaken cannot write it any more. */
function withEpoch(object, { work: { claim } }) {
    const annotations = { ...object.metadata.annotations, [release_annotations/* annotation */.w.epoch]: String(claim.epoch) };
    return { ...object, metadata: { ...object.metadata, annotations } };
}
async function applyDeployment(filling, rendered, before) {
    const { work, replicas, dryRun } = filling;
    const { client } = work.setting;
    const intent = deploymentIntent(filling, rendered.deployment);
    const applied = (0,kinds.as)("Deployment", await applyObject(client, intent, { live: before, dryRun }));
    if (dryRun)
        return { before, after: { ...applied, spec: { ...applied.spec, replicas } } };
    if (applied.spec.replicas === replicas)
        return { before, after: applied };
    const scaled = await (0,conditional/* writeOn */.HL)(client, applied, ({ uid, resourceVersion }) => ({
        type: "merge",
        body: { metadata: { uid, resourceVersion }, spec: { replicas } },
    }));
    return { before, after: scaled };
}
function deploymentIntent({ work, step }, deployment) {
    const { replicas: _replicas, ...spec } = (0,kinds.as)("Deployment", deployment).spec;
    const annotations = { ...deployment.metadata.annotations, ...annotationsOf(work, step) };
    return { ...deployment, metadata: { ...deployment.metadata, annotations }, spec };
}
/** What both colors share reaches the pods that serve now before anything is proved. */
function warnOfShared(changes, { work: { setting, snapshot }, step }, both) {
    const active = (0,adopted/* activeColor */.aV)(snapshot, setting);
    if (active === undefined || active === step.color)
        return;
    const live = new Set(both[active].objects.map(identity));
    for (const { before, after } of changes) {
        if (!live.has(identity(after)) || before === undefined || isSame(before, after))
            continue;
        const name = `${after.kind} ${after.metadata.name}`;
        setting.log.warning(`${name} is shared by both colors: its change reaches ${active}, which serves now, before ${step.color} is proved. Give it a name per color to keep them apart.`);
    }
}
function identity({ apiVersion, kind, metadata: { name, namespace = "" } }) {
    return [apiVersion, kind, namespace, name].join(" ");
}
function isSame(before, after) {
    return (0,conditional/* substance */.jr)(withoutEpoch(before)) === (0,conditional/* substance */.jr)(withoutEpoch(after));
}
function withoutEpoch(object) {
    const { [release_annotations/* annotation */.w.epoch]: _epoch, ...annotations } = object.metadata.annotations ?? {};
    return { ...object, metadata: { ...object.metadata, annotations } };
}

// EXTERNAL MODULE: ./packages/kubernetes/native/record.js
var record = __webpack_require__(32);
// EXTERNAL MODULE: ./packages/kubernetes/native/revisions.js
var revisions = __webpack_require__(7683);
// EXTERNAL MODULE: ./packages/kubernetes/native/source.js
var native_source = __webpack_require__(200);
// EXTERNAL MODULE: ./packages/kubernetes/native/wanted.js
var wanted = __webpack_require__(6494);
;// CONCATENATED MODULE: ./packages/kubernetes/native/prepare.js











/** Puts a revision into the inactive slot, with as many pods as serve now. */
async function prepare(work, step, observed) {
    const changes = await fillSlot(work, step, { observed });
    for (const { before, after } of changes) {
        work.setting.log.info(`${before === undefined ? "Wrote" : "Changed"} ${after.kind} ${after.metadata.name}`);
    }
    const written = changes.find(({ after }) => after.kind === "Deployment")?.after;
    const { snapshot } = work;
    if (written === undefined)
        return { evidence: {} };
    const deployments = { ...snapshot.deployments, [step.color]: (0,kinds.as)("Deployment", written) };
    return { evidence: {}, snapshot: { ...snapshot, deployments, autoscalers: scaledBy(changes, snapshot) } };
}
function scaledBy(changes, { autoscalers }) {
    const written = changes.filter(({ after }) => after.kind === "HorizontalPodAutoscaler");
    const names = written.map(({ after }) => after.metadata.name);
    const others = autoscalers.filter(({ metadata }) => !names.includes(metadata.name));
    return [...others, ...written.map(({ after }) => (0,kinds.as)("HorizontalPodAutoscaler", after))];
}
/** The writes of `prepare`; with `dryRun` the server only says what they would make. */
async function fillSlot(work, step, { observed, dryRun = false }) {
    const slot = observed.slots[step.color];
    const revision = observed.history.find((one) => one.revision === step.revision);
    const recorded = recordedOf(work, step);
    if (work.setting.source.kind === "history")
        await (0,secrets/* checkSecrets */.KK)(work, recorded, step.color);
    const isThere = work.snapshot.deployments[step.color] !== undefined && slot.hash === revision?.hashes[step.color];
    // Under another number its ConfigMaps may be those of a release that came no further.
    const isWhole = recorded?.kind !== "manifests" || slot.revision === step.revision;
    const content = isThere && isWhole ? undefined : contentOf(work, step, recorded);
    const filling = { work, step, replicas: Math.max(slot.target, slot.replicas), dryRun };
    if (content?.kind === "manifests")
        return await applyRendered(filling, content.rendered);
    return [await writeDeployment(filling, content?.spec)];
}
function recordedOf({ snapshot }, { revision }) {
    const entry = snapshot.revisions.find((one) => one.revision === revision);
    return entry === undefined ? undefined : (0,revisions/* readRecorded */.HH)(entry);
}
/** The release's own content, or that of the revision that a rollback goes back to. */
function contentOf({ setting, snapshot }, { color, revision }, recorded) {
    const { source, colorLabel, service } = setting;
    if (source.kind === "manifests")
        return source;
    if (source.kind === "images") {
        const spec = (0,native_source/* specWithImages */.CO)(color, {
            deployments: (0,wanted/* modelDeployments */.w)(snapshot, setting),
            images: source.images,
            colorLabel,
        });
        if (spec !== undefined)
            return { kind: "deployment", spec };
    }
    if (recorded !== undefined)
        return recorded;
    throw new errors/* CutoverError */.D("refused", `Revision ${revision} of Service ${service} is not in the history any more`, {
        hint: "Roll back to another revision, or release that version anew.",
    });
}
/** One conditional write of template, replicas and revision; a slot that was deleted is made again. */
async function writeDeployment({ work, step, replicas, dryRun }, spec) {
    const { client, namespace, deployments, colorLabel, log } = work.setting;
    const before = work.snapshot.deployments[step.color];
    const annotations = annotationsOf(work, step);
    const wanted = spec === undefined ? undefined : (0,native_source/* recolored */.Yi)(spec, colorLabel, step.color);
    if (wanted !== undefined)
        log.info((0,record/* describeImages */.Sx)((0,native_source/* imagesOf */.IC)(wanted.template)));
    if (before === undefined) {
        if (wanted === undefined)
            throw new Error(`Nothing to make ${step.color} from`);
        const metadata = {
            name: deployments[step.color],
            namespace,
            labels: { ...wanted.template.metadata?.labels },
            annotations,
        };
        const deployment = { apiVersion: "apps/v1", kind: "Deployment", metadata, spec: { ...wanted, replicas } };
        return { before, after: await (0,conditional/* createOn */.Md)(client, deployment, { dryRun }) };
    }
    const isSame = wanted === undefined ||
        (0,native_source/* hashOfTemplate */.Kz)(wanted.template, colorLabel) === (0,native_source/* hashOfTemplate */.Kz)(before.spec.template, colorLabel);
    if (!isSame)
        (0,keepers/* refuseKept */.zd)(before);
    const operations = [
        { op: "add", path: "/spec/replicas", value: replicas },
        ...(isSame ? [] : [{ op: "replace", path: "/spec/template", value: wanted.template }]),
    ];
    const patch = (current) => (0,conditional/* jsonPatchOn */.YU)(current, [...(0,conditional/* annotating */.Uq)(current, annotations), ...operations]);
    return { before, after: await (0,conditional/* writeOn */.HL)(client, before, { patch, dryRun }) };
}


/***/ }),

/***/ 1816:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  V: () => (/* binding */ preview)
});

// EXTERNAL MODULE: ./packages/release/errors.js
var errors = __webpack_require__(299);
// EXTERNAL MODULE: ./packages/release/history.js
var release_history = __webpack_require__(4770);
;// CONCATENATED MODULE: ./packages/release/apply.js

/** What a step would make of the world if all goes well: the pure twin of its execution. `dry-run` prints the walk as the plan. */
function apply({ observed, evidence }, step) {
    const { service, slots } = observed;
    switch (step.kind) {
        case "lock":
            return { observed: { ...observed, locked: true, busy: false }, evidence };
        case "record-baseline": {
            const baseline = unfinished(observed, slots[step.color].images, bothSlots(observed, step.color));
            const withSlot = withSlotOf(observed, { ...slots[step.color], revision: baseline.revision });
            return { observed: withService(withRevision(withSlot, baseline), { revision: baseline.revision }), evidence };
        }
        case "adopt":
        case "narrow":
        case "unadopt":
            return { observed: takenOver(observed, step), evidence };
        case "record":
            return { observed: withRevision(observed, unfinished(observed, {}, observed.wanted)), evidence };
        case "prepare":
            return { observed: withSlotOf(observed, preparedSlot(observed, step)), evidence };
        case "hold-floor":
        case "restore-floor":
            return { observed: withFloor(observed, step), evidence };
        case "await-ready": {
            const slot = slots[step.color];
            const replicaSet = slot.replicaSet ?? madeBy(step);
            return { observed: withSlotOf(observed, { ...slot, replicaSet, ready: slot.replicas, settled: true }), evidence };
        }
        case "probe":
            return { observed, evidence: proof(evidence, "probed", slots[step.color]) };
        case "smoke":
            return { observed, evidence: proof(evidence, "smoked", slots[step.color]) };
        case "switch":
            return { observed: switchedTo(observed, step), evidence: { ...evidence, switched: true } };
        case "switch-back":
            return { observed: switchedTo(observed, step), evidence: { ...evidence, switched: true, switchedBack: true } };
        case "confirm":
            return confirmedIn({ observed, evidence }, step);
        case "soak":
            return { observed, evidence: proof(evidence, "soaked", slots[step.color]) };
        case "mark": {
            const history = observed.history.map((one) => one.revision === step.revision ? { ...one, result: step.result } : one);
            return { observed: { ...observed, history }, evidence };
        }
        case "drain":
            return { observed, evidence: service.lastSwitch ? { ...evidence, drained: service.lastSwitch.at } : evidence };
        case "retire":
            return { observed: withSlotOf(observed, retiredSlot(slots[step.color], step.how)), evidence };
    }
}
function unfinished(observed, images, hashes) {
    const seen = [observed.slots.blue.revision, observed.slots.green.revision, observed.service.revision];
    return {
        revision: (0,release_history/* nextRevision */.fB)(observed.history, seen),
        hashes: hashes ?? { blue: "", green: "" },
        images,
        result: undefined,
    };
}
/** An adoption replaces the pods, unless they carry the color already; the narrowed selector ends it. */
function takenOver(observed, step) {
    const { adoption, ...rest } = observed;
    if (step.kind === "narrow")
        return switchedTo(rest, { ...step, to: step.color });
    const isAdopted = step.kind === "adopt";
    const slot = { ...observed.slots[step.color], adopted: isAdopted };
    const isRolled = isAdopted && adoption?.missing === "color";
    const rolled = isRolled ? { ...slot, replicaSet: undefined, settled: false } : slot;
    const missing = isAdopted ? "nothing" : "color";
    return { ...withSlotOf(observed, rolled), adoption: adoption && { ...adoption, missing } };
}
function bothSlots({ slots }, color) {
    const hash = slots[color].hash ?? "";
    return { blue: hash, green: hash };
}
function preparedSlot(observed, step) {
    const slot = observed.slots[step.color];
    const hash = (0,release_history/* findRevision */.pV)(observed.history, step.revision)?.hashes[step.color];
    const isSame = slot.exists && slot.hash === hash;
    return {
        ...slot,
        exists: true,
        revision: step.revision,
        hash,
        replicas: Math.max(slot.replicas, slot.target),
        ready: isSame ? slot.ready : 0,
        settled: isSame && slot.settled && slot.ready >= slot.target,
        replicaSet: isSame ? slot.replicaSet : madeBy(step),
    };
}
/** Stands for the uid that the cluster will give. */
function madeBy({ color, revision }) {
    return `${color}-${revision}`;
}
function retiredSlot(slot, how) {
    const emptied = { ...slot, replicas: 0, ready: 0, settled: true };
    return how === "delete"
        ? {
            ...emptied,
            exists: false,
            adopted: false,
            revision: undefined,
            hash: undefined,
            replicaSet: undefined,
            images: {},
        }
        : emptied;
}
function switchedTo(observed, step) {
    const { ready } = observed.slots[step.to];
    return withService(observed, {
        exists: true,
        active: step.to,
        revision: step.revision,
        rolledBackFrom: step.kind === "switch" ? step.leaves : undefined,
        lastSwitch: { at: `${observed.service.lastSwitch?.at ?? ""}+`, ago: 0 },
        endpoints: { blue: step.to === "blue" ? ready : 0, green: step.to === "green" ? ready : 0 },
    });
}
function confirmedIn({ observed, evidence }, step) {
    const { color } = step;
    const { replicaSet = madeBy(step), ...slot } = observed.slots[color];
    const endpoints = { blue: 0, green: 0, [color]: Math.max(slot.ready, slot.needed) };
    const listed = withService(withSlotOf(observed, { ...slot, replicaSet }), { endpoints });
    return { observed: listed, evidence: { ...evidence, confirmed: replicaSet } };
}
function proof(evidence, what, slot) {
    return slot.replicaSet === undefined ? evidence : { ...evidence, [what]: slot.replicaSet };
}
function withFloor(observed, step) {
    const { autoscaler, ...slot } = observed.slots[step.color];
    if (autoscaler === undefined)
        return observed;
    const change = step.kind === "hold-floor" ? { floor: step.pods, held: true } : { held: false };
    return withSlotOf(observed, { ...slot, autoscaler: { ...autoscaler, ...change } });
}
function withService(observed, change) {
    return { ...observed, service: { ...observed.service, ...change } };
}
function withSlotOf(observed, slot) {
    return { ...observed, slots: { ...observed.slots, [slot.color]: slot } };
}
function withRevision(observed, revision) {
    return { ...observed, history: [revision, ...observed.history] };
}

// EXTERNAL MODULE: ./packages/release/next-step.js + 3 modules
var next_step = __webpack_require__(1490);
// EXTERNAL MODULE: ./packages/release/step.js
var step = __webpack_require__(3870);
;// CONCATENATED MODULE: ./packages/release/plan.js



/** No release is longer; a plan that is has a circle in it. */
const longest = 40;
/** The walk from the world as it is to the end, if all goes well. */
function plan(observed, wanted) {
    const steps = [];
    let world = { observed, evidence: step/* noEvidence */.n };
    while (steps.length < longest) {
        const decision = (0,next_step/* nextStep */.s)(world.observed, world.evidence, wanted);
        if (decision.kind !== "step")
            return { steps, end: decision };
        steps.push(decision.step);
        world = apply(world, decision.step);
    }
    throw new Error(`The plan goes in a circle: ${steps.map((step) => step.kind).join(" → ")}`);
}

// EXTERNAL MODULE: ./packages/kubernetes/native/adopt.js
var adopt = __webpack_require__(1255);
// EXTERNAL MODULE: ./packages/kubernetes/native/claim.js
var native_claim = __webpack_require__(7733);
// EXTERNAL MODULE: ./packages/kubernetes/native/observe.js
var observe = __webpack_require__(8517);
// EXTERNAL MODULE: ./packages/kubernetes/native/prepare.js + 3 modules
var prepare = __webpack_require__(850);
// EXTERNAL MODULE: ./packages/kubernetes/native/prune.js + 1 modules
var prune = __webpack_require__(1763);
// EXTERNAL MODULE: ./packages/kubernetes/native/snapshot.js
var native_snapshot = __webpack_require__(9602);
// EXTERNAL MODULE: ./packages/release/annotations.js
var annotations = __webpack_require__(9708);
// EXTERNAL MODULE: ./packages/release/color.js
var release_color = __webpack_require__(3145);
// EXTERNAL MODULE: ./packages/release/label-selector.js
var label_selector = __webpack_require__(7224);
// EXTERNAL MODULE: ./packages/kubernetes/native/adopted.js
var adopted = __webpack_require__(8850);
// EXTERNAL MODULE: ./packages/kubernetes/native/advice.js
var native_advice = __webpack_require__(9213);
// EXTERNAL MODULE: ./packages/kubernetes/native/keepers.js
var keepers = __webpack_require__(7834);
// EXTERNAL MODULE: ./packages/kubernetes/native/kinds.js
var kinds = __webpack_require__(2850);
// EXTERNAL MODULE: ./packages/kubernetes/native/routes.js
var routes = __webpack_require__(9595);
// EXTERNAL MODULE: ./packages/kubernetes/native/state.js
var native_state = __webpack_require__(3792);
;// CONCATENATED MODULE: ./packages/kubernetes/native/strangers.js



/**
 * Whatever else stands behind the Service would be cut off, or get the traffic too, by a switch that knows only the slots.
 * @throws refused naming the pod and what owns it
 */
function refuseStrangers(snapshot, setting) {
    const { service, colorLabel } = setting;
    for (const color of release_color/* colors */.Tj) {
        const slot = (0,adopted/* slotDeployment */._N)(color, snapshot, setting);
        const live = snapshot.deployments[color]?.metadata.uid;
        const pod = snapshot.pods.find((one) => {
            const isOurs = one.metadata.labels?.[colorLabel] === (0,adopted/* labelValue */.w)(color, snapshot) &&
                one.metadata.deletionTimestamp === undefined;
            const owner = ownerOf(one, snapshot);
            // By name too: pods of a slot that was just deleted, or made again, are on their way out.
            const isOfSlot = owner !== undefined && (owner.uid === live || owner.name === slot);
            return isOurs && !isOfSlot && isBehind(one, snapshot, setting);
        });
        if (pod === undefined)
            continue;
        const owner = ownerOf(pod, snapshot);
        const whose = owner === undefined ? "which nothing owns" : `of ${owner.kind} ${owner.name}`;
        const verb = (0,adopted/* activeColor */.aV)(snapshot, setting) === color ? "also sends to" : `would, in ${color}, also send to`;
        throw new errors/* CutoverError */.D("refused", `Service ${service} ${verb} pod ${pod.metadata.name} ${whose}, which is not the slot ${slot}`, {
            hint: `Each color of a Service is one Deployment. Give other pods other labels, and a Service of their own. If ${owner?.name ?? "that"} is the slot, set the input \`deployment\` to the pattern of its name.`,
        });
    }
}
function isBehind(pod, { service }, { colorLabel }) {
    const { [colorLabel]: _color, ...shared } = service?.spec.selector ?? {};
    return (0,kinds/* matches */.cK)(shared, pod.metadata.labels);
}
/** What made the pod: the Deployment of its ReplicaSet, or whatever owns it. */
function ownerOf(pod, { replicaSets }) {
    const [owner] = pod.metadata.ownerReferences ?? [];
    const replicaSet = replicaSets.find((one) => (0,kinds/* isOwnedBy */.D0)(pod, one.metadata.uid));
    return replicaSet?.metadata.ownerReferences?.[0] ?? owner;
}

;// CONCATENATED MODULE: ./packages/kubernetes/native/surroundings.js








/**
 * What would carry a release past its switch, or undo it, is refused before anything is written; what is merely unwise is said.
 * @throws refused
 */
function checkSurroundings(around, snapshot, setting) {
    const labels = { blue: (0,native_advice/* labelsOf */.PC)("blue", snapshot, setting), green: (0,native_advice/* labelsOf */.PC)("green", snapshot, setting) };
    const scene = { around, snapshot, setting, labels };
    refuseStrangers(snapshot, setting);
    refuseRevert(scene);
    refuseBothColors(scene);
    refuseDirectRoutes(scene);
    const advice = [
        ...(0,native_advice/* budgetAdvice */.CS)(around.budgets, snapshot, setting),
        ...(0,native_advice/* scalerAdvice */.Pf)(snapshot, setting),
        ...(0,native_advice/* keeperAdvice */.fY)(snapshot),
    ];
    for (const { what, remedy } of advice)
        setting.log.warning(`${what}. ${remedy}`);
    const routes = routesTo(scene, new Set([setting.service])).map(({ route }) => (0,kinds/* nameOf */.Vb)(route));
    if (routes.length > 0) {
        setting.log.info(`${routes.join(", ")} lead to Service ${setting.service} and stay as they are`);
    }
}
/** A Service without a color in its selector reaches the preview before it is proved. */
function refuseBothColors({ around, setting, labels }) {
    const { colorLabel, service } = setting;
    for (const other of around.services) {
        const { name } = other.metadata;
        const { selector = {} } = other.spec;
        if (name === service || (0,kinds/* annotationOf */.lW)(other, annotations/* annotation */.w.colors) === "both" || colorLabel in selector)
            continue;
        if (!release_color/* colors */.Tj.some((color) => (0,label_selector/* selectsPlainly */.x)(selector, labels[color])))
            continue;
        const said = listed(selector);
        const message = `Service ${name} sends to the pods of both colors: its selector (${said}) names no ${colorLabel}, so it would reach a preview before that is proved`;
        throw new errors/* CutoverError */.D("refused", message, {
            hint: `Add ${colorLabel} to its selector. If it is meant to reach both, such as for metrics or for peers that look for each other: kubectl annotate service ${name} ${annotations/* annotation */.w.colors}=both`,
        });
    }
}
/** Traffic that comes to one color's own Service is not moved by any switch. */
function refuseDirectRoutes(scene) {
    const { setting, labels } = scene;
    const [direct] = routesTo(scene, new Set(servicesOfOneColor(scene).map(({ metadata }) => metadata.name)));
    if (direct === undefined)
        return;
    const { route, backend } = direct;
    const selector = servicesOfOneColor(scene).find(({ metadata }) => metadata.name === backend)?.spec.selector ?? {};
    const color = release_color/* colors */.Tj.find((one) => (0,label_selector/* selectsPlainly */.x)(selector, labels[one])) ?? "one color";
    const message = `${(0,kinds/* nameOf */.Vb)(route)} leads to Service ${backend}, which is ${color}'s own: no switch would move that traffic`;
    throw new errors/* CutoverError */.D("refused", message, {
        hint: `Let it lead to Service ${setting.service}, which is the one that is switched. If it is there to look at that color: kubectl annotate service ${backend} ${annotations/* annotation */.w.colors}=one`,
    });
}
function servicesOfOneColor({ around, setting, labels }) {
    const { colorLabel, service } = setting;
    return around.services.filter((one) => {
        const { selector = {} } = one.spec;
        if (one.metadata.name === service || (0,kinds/* annotationOf */.lW)(one, annotations/* annotation */.w.colors) === "one")
            return false;
        return colorLabel in selector && release_color/* colors */.Tj.some((color) => (0,label_selector/* selectsPlainly */.x)(selector, labels[color]));
    });
}
function routesTo({ around }, names) {
    return around.routes.flatMap((route) => {
        const backend = (0,routes/* backendsOf */.d)(route).find((name) => names.has(name));
        return backend === undefined ? [] : [{ route, backend }];
    });
}
/** What has undone a switch once does it again. */
function refuseRevert({ snapshot, setting }) {
    const { service } = snapshot;
    const state = (0,native_state/* readState */.u)(service);
    const active = (0,adopted/* activeColor */.aV)(snapshot, setting);
    if (service === undefined || state === undefined || active === state.color)
        return;
    const kept = (0,keepers/* keptFields */.es)(service, [["spec", "selector"]]);
    if (kept === undefined)
        return;
    throw new errors/* CutoverError */.D("refused", `${kept.what}, and has undone the switch to ${state.color} of ${state.switchedAt}`, {
        hint: `${kept.remedy} Then run this again.`,
    });
}
function listed(labels) {
    return Object.entries(labels)
        .map(([key, value]) => `${key}=${value}`)
        .join(", ");
}

// EXTERNAL MODULE: ./packages/kubernetes/native/switch.js
var native_switch = __webpack_require__(1529);
// EXTERNAL MODULE: ./packages/kubernetes/native/work.js
var native_work = __webpack_require__(5152);
;// CONCATENATED MODULE: ./packages/kubernetes/native/preview.js










/**
 * The walk that a run would take, its writes done as the server's own dry run: nothing is stored.
 * @throws rejected when the API server refuses an object, refused for what stands in the way of a safe switch.
 */
async function preview(setting, wanted, known = {}) {
    const surroundings = await known.around;
    const service = surroundings?.services.find(({ metadata }) => metadata.name === setting.service);
    let snapshot = known.snapshot ?? (await (0,native_snapshot/* takeSnapshot */.W9)(setting, service === undefined ? {} : { service }));
    for (let look = 1;; look++) {
        try {
            return await lookAhead({ setting, wanted, surroundings, snapshot, prunes: known.prunes === true });
        }
        catch (error) {
            if (look === looks || !(0,errors/* isCutoverError */.j)(error, "conflict"))
                throw error;
            // Somebody else has written meanwhile: what was known is old.
            snapshot = await (0,native_snapshot/* takeSnapshot */.W9)(setting);
        }
    }
}
/** Looks at most, while others write too. */
const looks = 5;
async function lookAhead({ setting, wanted, surroundings, snapshot, prunes }) {
    const observed = (0,observe/* interpret */.U4)(snapshot, setting, { locked: false, busy: false });
    const planned = plan(observed, wanted);
    // What stands around a service that has no color yet is looked at by its adoption.
    const isColored = observed.service.defects.length === 0 && snapshot.adoption === undefined;
    if (surroundings !== undefined && isColored)
        checkSurroundings(surroundings, snapshot, setting);
    const claim = { epoch: (0,native_claim/* highestEpoch */.mG)(snapshot) };
    const work = {
        setting,
        snapshot,
        claim,
        signal: setting.signal,
        budget: (0,native_work/* createBudget */.y)(setting.clock, setting.timeout),
    };
    const changes = new Map();
    const pruned = new Map();
    let world = { observed, evidence: step/* noEvidence */.n };
    for (const step of planned.steps) {
        const made = await rehearse(work, step, world.observed);
        if (made.length > 0)
            changes.set(step, made);
        if (prunes)
            pruned.set(step, await (0,prune/* rehearsePrune */.e)(work, step, world.observed));
        world = apply(world, step);
    }
    return { snapshot, observed, plan: planned, changes, pruned };
}
async function rehearse(work, step, observed) {
    if (step.kind === "prepare")
        return await (0,prepare/* fillSlot */.w)(work, step, { observed, dryRun: true });
    if (step.kind === "adopt")
        return [await (0,adopt/* writeAdoption */.OW)(work, step, { dryRun: true })];
    if (step.kind === "narrow")
        return [await (0,native_switch/* writeNarrowing */.pC)(work, step, { observed, dryRun: true })];
    if (step.kind === "switch")
        return [await (0,native_switch/* writeService */.bc)(work, step, { observed, dryRun: true })];
    return [];
}


/***/ }),

/***/ 1763:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  R: () => (/* binding */ prune),
  e: () => (/* binding */ rehearsePrune)
});

// EXTERNAL MODULE: ./packages/release/errors.js
var errors = __webpack_require__(299);
// EXTERNAL MODULE: ./packages/release/annotations.js
var annotations = __webpack_require__(9708);
// EXTERNAL MODULE: ./packages/kubernetes/native/attics.js
var attics = __webpack_require__(3733);
// EXTERNAL MODULE: ./packages/kubernetes/native/conditional.js
var conditional = __webpack_require__(9305);
// EXTERNAL MODULE: ./packages/kubernetes/native/kinds.js
var kinds = __webpack_require__(2850);
// EXTERNAL MODULE: ./packages/release/color.js
var release_color = __webpack_require__(3145);
// EXTERNAL MODULE: ./packages/kubernetes/native/revisions.js
var native_revisions = __webpack_require__(7683);
;// CONCATENATED MODULE: ./packages/kubernetes/native/leftovers.js


/** Kinds of which each color may have objects of its own, and none that holds data. */
const perColor = new Set([
    ...["ConfigMap", "Secret", "Service", "PodDisruptionBudget"],
    ...["HorizontalPodAutoscaler", "VerticalPodAutoscaler", "ScaledObject"],
]);
/** One object as text: API group, kind, name. */
function identityOf({ apiVersion, kind, metadata: { name } }) {
    return `${apiVersion.replace(/\/.*$/, "")} ${kind} ${name}`;
}
/**
 * Objects that releases have made for one color and that neither its slot nor a way back needs. A rollback makes everything anew
 * but the Secrets, of which the history has no values.
 */
function leftovers({ color, revisions, kept, held }) {
    // What a Deployment that was only given images needs is known to nobody.
    if (held?.kind === "deployment")
        return [];
    const needed = new Set([held, ...kept].flatMap((one) => neededBy(one, one === held)));
    const known = revisions.flatMap((one) => ownObjects(one, color));
    const left = known.filter((one) => !needed.has(identityOf(one)));
    const specs = kept.filter((one) => one.kind === "deployment");
    const unnamed = left.filter(({ metadata: { name } }) => !specs.some(({ spec }) => isNamedIn(spec, name)));
    return [...new Map(unnamed.map((one) => [identityOf(one), one])).values()];
}
/** Leftovers that others in the namespace know: releases of other services, and Deployments whose pods read them. */
function isUsedElsewhere(object, others, deployments) {
    const identity = identityOf(object);
    const recorded = others.map(native_revisions/* readRecorded */.HH).filter((one) => one !== undefined);
    const isOthers = recorded.some((one) => everyObject(one).some((other) => identityOf(other) === identity));
    return isOthers || deployments.some(({ spec }) => isNamedIn(spec.template, object.metadata.name));
}
function everyObject(recorded) {
    return recorded.kind === "manifests" ? release_color/* colors */.Tj.flatMap((color) => recorded.rendered[color].objects) : [];
}
function neededBy(recorded, isHeld) {
    const objects = recorded === undefined ? [] : everyObject(recorded);
    return objects.filter(({ kind }) => isHeld || kind === "Secret").map(identityOf);
}
/** Without those that both colors share. */
function ownObjects(recorded, color) {
    if (recorded.kind !== "manifests")
        return [];
    const shared = new Set(recorded.rendered[(0,release_color/* otherColor */.IP)(color)].objects.map(identityOf));
    return recorded.rendered[color].objects.filter((one) => perColor.has(one.kind) && !shared.has(identityOf(one)));
}
/** Whether any text in it is just this name, wherever that stands. */
function isNamedIn(value, name) {
    if (typeof value !== "object" || value === null)
        return value === name;
    return Object.values(value).some((one) => isNamedIn(one, name));
}

// EXTERNAL MODULE: ./packages/kubernetes/native/owners.js
var owners = __webpack_require__(6489);
// EXTERNAL MODULE: ./packages/kubernetes/native/snapshot.js
var native_snapshot = __webpack_require__(9602);
;// CONCATENATED MODULE: ./packages/kubernetes/native/prune.js








/**
 * Deletes what releases have made for one color and nothing needs any more from this step on; whether anything was. What could not
 * be deleted does no harm, and is told: the release is over by then.
 * @throws superseded when a newer run has written one of them
 */
async function prune(work, step, observed) {
    let isPruned = false;
    for (const attic of (0,attics/* atticsOf */.A)(step, observed, recordsOf(work.snapshot))) {
        if (await emptied(work, attic))
            isPruned = true;
    }
    return isPruned;
}
async function emptied(work, attic) {
    const left = leftovers(attic);
    try {
        const unused = await unusedOf(work, attic, left);
        const deleted = await Promise.all(unused.map((object) => remove(work, object)));
        return deleted.includes(true);
    }
    catch (error) {
        if (!(0,errors/* isCutoverError */.j)(error) || error.code === "superseded")
            throw error;
        work.setting.log.warning(`${left.map(kinds/* nameOf */.Vb).join(", ")} may be left over from older releases of ${attic.color}: ${error.message}`);
        return false;
    }
}
/** What a run would delete with this step of its plan, or leave though no slot needs it: a line each, with the reason. */
async function rehearsePrune(work, step, observed) {
    const { source } = work.setting;
    // The walk gives the release a number that the history does not know yet.
    const records = recordsOf(work.snapshot, source.kind === "manifests" ? source : undefined);
    const told = (0,attics/* atticsOf */.A)(step, observed, records).map(async (attic) => {
        const left = leftovers(attic);
        try {
            const unused = await unusedOf(work, attic, left);
            const lines = await Promise.all(unused.map((object) => foretold(work, object, whyDeleted(attic, observed))));
            return lines.filter((line) => line !== undefined);
        }
        catch (error) {
            if (!(0,errors/* isCutoverError */.j)(error))
                throw error;
            return [`May delete ${left.map(kinds/* nameOf */.Vb).join(", ")}, which could not be looked at: ${error.message}`];
        }
    });
    return (await Promise.all(told)).flat();
}
async function foretold({ setting: { client } }, object, why) {
    const live = await found(client, object);
    if (live === undefined)
        return undefined;
    const hand = otherHand(live);
    return hand === undefined ? `Deletes ${(0,kinds/* nameOf */.Vb)(object)}, ${why}` : stays(object, hand);
}
function whyDeleted({ color, held }, { slots }) {
    const slot = `Deployment ${slots[color].deployment}`;
    const reason = held === undefined ? `${slot} goes` : `revision ${slots[color].revision} in ${slot} is without it`;
    return `which releases made for ${color} alone: ${reason}`;
}
function recordsOf({ revisions }, coming) {
    return (revision) => {
        const entry = revisions.find((one) => one.revision === revision);
        return entry === undefined ? coming : (0,native_revisions/* readRecorded */.HH)(entry);
    };
}
async function unusedOf({ setting: { client, namespace, service }, snapshot }, { color, held }, left) {
    if (left.length === 0)
        return [];
    const [revisions, deployments] = await Promise.all([
        client.list({
            ...(0,native_snapshot/* collectionOf */.iw)("ControllerRevision", namespace),
            labelSelector: `${annotations/* annotation */.w.service},${annotations/* annotation */.w.service}!=${service}`,
        }),
        client.list((0,native_snapshot/* collectionOf */.iw)("Deployment", namespace)),
    ]);
    const others = revisions.items.map((one) => (0,kinds.as)("ControllerRevision", one));
    // The slot itself counts as what it is going to be.
    const slot = snapshot.deployments[color]?.metadata.uid;
    const coming = held?.kind === "manifests" ? [held.rendered[color].deployment] : [];
    const living = deployments.items.filter(({ metadata: { uid } }) => uid !== slot);
    const using = [...living, ...coming].map((one) => (0,kinds.as)("Deployment", one));
    return left.filter((object) => !isUsedElsewhere(object, others, using));
}
async function remove({ setting: { client, log }, claim }, object) {
    const name = (0,kinds/* nameOf */.Vb)(object);
    try {
        const live = await found(client, object);
        if (live === undefined)
            return false;
        const hand = otherHand(live);
        if (hand !== undefined) {
            log.info(stays(object, hand));
            return false;
        }
        (0,conditional/* checkClaim */.xU)(live, claim);
        await (0,conditional/* deleteOn */.BL)(client, live);
        log.info(`Deleted ${name}, which no slot needs any more`);
        return true;
    }
    catch (error) {
        if (!(0,errors/* isCutoverError */.j)(error) || error.code === "superseded")
            throw error;
        log.warning(`${name} is left over from an older release and could not be deleted: ${error.message}`);
        return false;
    }
}
async function found(client, object) {
    const live = await client.find((0,conditional/* refOf */.H8)(object));
    return live?.metadata.deletionTimestamp === undefined ? live : undefined;
}
function stays(object, hand) {
    return `${(0,kinds/* nameOf */.Vb)(object)} stays though no slot needs it: ${hand}`;
}
/** Who else has to do with an object; nobody with one that only releases have written. */
function otherHand(live) {
    const { managedFields = [], ownerReferences = [] } = live.metadata;
    if ((0,kinds/* annotationOf */.lW)(live, annotations/* annotation */.w.epoch) === undefined)
        return "it bears no mark of a release";
    const [owner] = ownerReferences;
    if (owner !== undefined)
        return `it belongs to ${owner.kind} ${owner.name}`;
    const other = managedFields.find(({ manager, subresource }) => subresource !== "status" && manager !== owners/* ownManager */.YW);
    return other === undefined ? undefined : `${other.manager} has written it too`;
}


/***/ }),

/***/ 32:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Sx: () => (/* binding */ describeImages),
/* harmony export */   V3: () => (/* binding */ recordBaseline),
/* harmony export */   ty: () => (/* binding */ recordRelease)
/* harmony export */ });
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9708);
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(3145);
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(4770);
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(299);
/* harmony import */ var _conditional_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9305);
/* harmony import */ var _kinds_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2850);
/* harmony import */ var _revisions_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(7683);
/* harmony import */ var _secrets_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1444);
/* harmony import */ var _source_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(200);
/* harmony import */ var _wanted_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6494);







/** Creates the history entry of the wanted release: its number is the release's revision from here on. */
async function recordRelease(work, color, observed) {
    const { step } = work.setting.identity;
    const entry = await record(work, observed, { ...contentOf(work, color, observed), step });
    const { snapshot } = work;
    return { evidence: {}, snapshot: { ...snapshot, revisions: [entry, ...snapshot.revisions] } };
}
function contentOf({ setting, snapshot }, color, observed) {
    const { source, colorLabel } = setting;
    if (source.kind === "history")
        throw new Error("A rollback records no release");
    if (source.kind === "manifests") {
        const rendered = { blue: (0,_secrets_js__WEBPACK_IMPORTED_MODULE_0__/* .withoutSecrets */ .cT)(source.rendered.blue), green: (0,_secrets_js__WEBPACK_IMPORTED_MODULE_0__/* .withoutSecrets */ .cT)(source.rendered.green) };
        const hashes = observed.wanted ?? { blue: "", green: "" };
        return { hashes, images: source.rendered[color].images, recorded: { kind: "manifests", rendered } };
    }
    const spec = (0,_source_js__WEBPACK_IMPORTED_MODULE_1__/* .specWithImages */ .CO)(color, {
        deployments: (0,_wanted_js__WEBPACK_IMPORTED_MODULE_2__/* .modelDeployments */ .w)(snapshot, setting),
        images: source.images,
        colorLabel,
    });
    if (spec === undefined)
        throw missing(setting, color);
    return describing(spec, (0,_source_js__WEBPACK_IMPORTED_MODULE_1__/* .hashOfTemplate */ .Kz)(spec.template, colorLabel));
}
function describing(spec, hash) {
    return {
        hashes: { blue: hash, green: hash },
        images: (0,_source_js__WEBPACK_IMPORTED_MODULE_1__/* .imagesOf */ .IC)(spec.template),
        recorded: { kind: "deployment", spec },
    };
}
/** Gives what already serves a number, and writes that number on its slot and on the Service. */
async function recordBaseline(work, color, observed) {
    const { setting, snapshot } = work;
    const { client, colorLabel } = setting;
    const deployment = snapshot.deployments[color];
    if (deployment === undefined || snapshot.service === undefined)
        throw missing(setting, color);
    const hash = observed.slots[color].hash ?? (0,_source_js__WEBPACK_IMPORTED_MODULE_1__/* .hashOfTemplate */ .Kz)(deployment.spec.template, colorLabel);
    const entry = openBaseline(work, observed, hash) ?? (await record(work, observed, describing(deployment.spec, hash)));
    const annotations = { [_cutover_release__WEBPACK_IMPORTED_MODULE_3__/* .annotation */ .w.revision]: String(entry.revision) };
    const number = (live) => (0,_conditional_js__WEBPACK_IMPORTED_MODULE_4__/* .writeOn */ .HL)(client, live, ({ uid, resourceVersion }) => ({
        type: "merge",
        body: { metadata: { uid, resourceVersion, annotations } },
    }));
    const deployments = { ...snapshot.deployments, [color]: (0,_kinds_js__WEBPACK_IMPORTED_MODULE_5__.as)("Deployment", await number(deployment)) };
    const service = (0,_kinds_js__WEBPACK_IMPORTED_MODULE_5__.as)("Service", await number(snapshot.service));
    const revisions = [entry, ...snapshot.revisions.filter((one) => one.revision !== entry.revision)];
    return { evidence: {}, snapshot: { ...snapshot, deployments, service, revisions } };
}
/** The entry that an attempt which came no further has left. */
function openBaseline({ snapshot }, { history }, hash) {
    const [newest] = history;
    const isOpen = newest?.result === undefined && newest?.hashes.blue === hash && newest.hashes.green === hash;
    return isOpen ? snapshot.revisions.find((one) => one.revision === newest?.revision) : undefined;
}
async function record({ setting, snapshot }, observed, content) {
    const { client, namespace, service: serviceName, identity, clock, log } = setting;
    const seen = [observed.service.revision, ..._cutover_release__WEBPACK_IMPORTED_MODULE_6__/* .colors */ .Tj.map((color) => observed.slots[color].revision)];
    const revision = (0,_cutover_release__WEBPACK_IMPORTED_MODULE_7__/* .nextRevision */ .fB)(observed.history, seen);
    const entry = { revision, ...content };
    const created = await (0,_revisions_js__WEBPACK_IMPORTED_MODULE_8__/* .createRevision */ .CM)(client, {
        namespace,
        serviceName,
        service: snapshot.service,
        entry,
        identity,
        time: clock.date().toISOString(),
    });
    log.info(`Revision ${created.revision}: ${describeImages(content.images)}`);
    return created;
}
function describeImages(images) {
    return Object.entries(images)
        .map(([container, image]) => `${container} ${image}`)
        .join(", ");
}
function missing({ service, deployments }, color) {
    return new _cutover_release__WEBPACK_IMPORTED_MODULE_9__/* .CutoverError */ .D("not-found", `Deployment ${deployments[color]} of Service ${service} does not exist`, {
        hint: "Set `deployment` to the name pattern of the slots, or give `manifests` to create them from.",
    });
}


/***/ }),

/***/ 7683:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CM: () => (/* binding */ createRevision),
/* harmony export */   HH: () => (/* binding */ readRecorded),
/* harmony export */   HT: () => (/* binding */ markRevision),
/* harmony export */   KW: () => (/* binding */ recordedService),
/* harmony export */   M7: () => (/* binding */ readRevision),
/* harmony export */   Uo: () => (/* binding */ forgetRevisions)
/* harmony export */ });
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9708);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3045);
/* harmony import */ var _client_status_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3779);
/* harmony import */ var _conditional_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9305);
/* harmony import */ var _kinds_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2850);





const format = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    version: zod__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz(1),
    hashes: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ blue: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), green: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP() }),
    images: zod__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP()),
    step: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional(),
    recorded: zod__WEBPACK_IMPORTED_MODULE_0__/* .custom */ .IeY((value) => typeof value === "object" && value !== null && "kind" in value),
});
function readRevision(resource) {
    const parsed = format.safeParse(resource.data);
    const result = (0,_kinds_js__WEBPACK_IMPORTED_MODULE_1__/* .annotationOf */ .lW)(resource, _cutover_release__WEBPACK_IMPORTED_MODULE_2__/* .annotation */ .w.result);
    return {
        revision: resource.revision,
        hashes: parsed.success ? parsed.data.hashes : { blue: "", green: "" },
        images: parsed.success ? parsed.data.images : {},
        step: parsed.data?.step,
        // An entry that nobody can read any more is no release to go back to.
        result: parsed.success ? (result === "confirmed" || result === "failed" ? result : undefined) : "failed",
    };
}
function readRecorded(resource) {
    const parsed = format.safeParse(resource.data);
    return parsed.success ? parsed.data.recorded : undefined;
}
/** The Service in the manifests that a release was made from. */
function recordedService(entry, color) {
    const recorded = entry === undefined ? undefined : readRecorded(entry);
    const service = recorded?.kind === "manifests" ? recorded.rendered[color].service : undefined;
    return service === undefined ? undefined : (0,_kinds_js__WEBPACK_IMPORTED_MODULE_1__.as)("Service", service);
}
/** Numbers in a row that may be taken already. */
const attempts = 20;
/** Creates the entry, which allocates its number: this one, or, where it is taken by another release, the next that is free. */
async function createRevision(client, wanted) {
    let revision = wanted.entry.revision;
    for (let attempt = 1;; attempt++) {
        const resource = entryResource(wanted, revision);
        try {
            return (0,_kinds_js__WEBPACK_IMPORTED_MODULE_1__.as)("ControllerRevision", await (0,_conditional_js__WEBPACK_IMPORTED_MODULE_3__/* .createOn */ .Md)(client, resource));
        }
        catch (error) {
            if ((0,_client_status_js__WEBPACK_IMPORTED_MODULE_4__/* .statusReason */ .vk)(error) !== "AlreadyExists" || attempt === attempts)
                throw error;
            const found = await client.find((0,_conditional_js__WEBPACK_IMPORTED_MODULE_3__/* .refOf */ .H8)(resource));
            const taken = found === undefined ? undefined : (0,_kinds_js__WEBPACK_IMPORTED_MODULE_1__.as)("ControllerRevision", found);
            // Ours, if an answer was lost, or that of a run which came no further.
            if (taken !== undefined && isOpenEntry(taken, wanted))
                return taken;
            if (taken !== undefined)
                revision += 1;
        }
    }
}
function isOpenEntry(taken, { entry: { hashes } }) {
    const known = readRevision(taken);
    return known.result === undefined && known.hashes.blue === hashes.blue && known.hashes.green === hashes.green;
}
function entryResource({ namespace, serviceName, service, entry, identity, time }, revision) {
    const { hashes, images, step, recorded } = entry;
    return {
        apiVersion: "apps/v1",
        kind: "ControllerRevision",
        metadata: {
            name: `cutover-${serviceName}-${revision}`,
            namespace,
            labels: { [_cutover_release__WEBPACK_IMPORTED_MODULE_2__/* .annotation */ .w.service]: serviceName },
            annotations: { [_cutover_release__WEBPACK_IMPORTED_MODULE_2__/* .annotation */ .w.revision]: String(revision) },
            ...ownedBy(service),
        },
        revision,
        data: {
            version: 1,
            hashes,
            images,
            ...(step === undefined ? {} : { step }),
            recorded,
            commit: identity.commit,
            run: identity.runUrl,
            actor: identity.actor,
            time,
        },
    };
}
/** Writes how the release ended, and who owns the entry if the Service came after it. */
async function markRevision(client, live, mark) {
    const owners = live.metadata.ownerReferences === undefined ? ownedBy(mark.service) : {};
    return await (0,_conditional_js__WEBPACK_IMPORTED_MODULE_3__/* .writeOn */ .HL)(client, live, ({ uid, resourceVersion }) => ({
        type: "merge",
        body: { metadata: { uid, resourceVersion, annotations: { [_cutover_release__WEBPACK_IMPORTED_MODULE_2__/* .annotation */ .w.result]: mark.result }, ...owners } },
    }));
}
/** Removes entries that are no longer kept; one that has gone already is fine. @throws conflict for one that is being written. */
async function forgetRevisions(client, expired) {
    for (const entry of expired)
        await (0,_conditional_js__WEBPACK_IMPORTED_MODULE_3__/* .deleteOn */ .BL)(client, entry);
}
function ownedBy(service) {
    const uid = service?.metadata.uid;
    if (service === undefined || uid === undefined)
        return {};
    return { ownerReferences: [{ apiVersion: "v1", kind: "Service", name: service.metadata.name, uid }] };
}


/***/ }),

/***/ 9595:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ backendsOf)
/* harmony export */ });
/** Names of the Services of its own namespace that an Ingress or HTTPRoute leads to; mirrored traffic counts. */
function backendsOf({ kind, spec, metadata }) {
    return kind === "HTTPRoute"
        ? ofRoute((spec ?? {}), metadata.namespace)
        : ofIngress((spec ?? {}));
}
function ofIngress({ defaultBackend, rules = [] }) {
    const backends = [defaultBackend, ...rules.flatMap((rule) => (rule.http?.paths ?? []).map(({ backend }) => backend))];
    return backends.flatMap((backend) => backend?.service?.name ?? []);
}
/** https://gateway-api.sigs.k8s.io/reference/spec/#backendobjectreference: a Service of the core group unless it says otherwise. */
function ofRoute({ rules = [] }, own) {
    const backends = rules.flatMap(({ backendRefs = [], filters = [] }) => [
        ...backendRefs,
        ...filters.flatMap(({ requestMirror }) => requestMirror?.backendRef ?? []),
    ]);
    return backends
        .filter(({ group = "", kind = "Service", namespace = own }) => group === "" && kind === "Service" && namespace === own)
        .flatMap(({ name }) => name ?? []);
}


/***/ }),

/***/ 7748:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $r: () => (/* binding */ targetOf),
/* harmony export */   H_: () => (/* binding */ wishOf),
/* harmony export */   KO: () => (/* binding */ liveAutoscaler),
/* harmony export */   vM: () => (/* binding */ autoscalerOf)
/* harmony export */ });
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3145);
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4093);
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9708);
/* harmony import */ var _adopted_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8850);
/* harmony import */ var _floor_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4063);
/* harmony import */ var _kinds_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2850);




/** Pods that a slot of this color must have before it may get traffic; of what serves, those that it has. */
function targetOf(color, snapshot, setting) {
    const wish = wishOf(color, snapshot, setting);
    const { active, live } = whatServes(snapshot, setting);
    const isServing = color === active && (setting.replicas === undefined || snapshot.adoption !== undefined);
    if (isServing)
        return live ?? 1;
    const scaler = comingAutoscaler(color, snapshot, setting) ?? liveAutoscaler(color, snapshot, setting);
    return Math.min(wish, scaler?.spec.maxReplicas ?? wish);
}
/** The same, if the slot's own autoscaler took none of them away. */
function wishOf(color, snapshot, setting) {
    const { source } = setting;
    const manifest = source.kind === "manifests" ? (0,_kinds_js__WEBPACK_IMPORTED_MODULE_0__.as)("Deployment", source.rendered[color].deployment).spec.replicas : undefined;
    const coming = comingAutoscaler(color, snapshot, setting);
    const scalers = [..._cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .colors */ .Tj.map((one) => liveAutoscaler(one, snapshot, setting)), coming];
    const floors = scalers.map((one) => (one === undefined ? 0 : ((0,_floor_js__WEBPACK_IMPORTED_MODULE_2__/* .readFloor */ .j)(one).own ?? 1)));
    const { live } = whatServes(snapshot, setting);
    return (0,_cutover_release__WEBPACK_IMPORTED_MODULE_3__/* .targetReplicas */ .nJ)({ asked: setting.replicas, manifest, live, floor: Math.max(0, ...floors) });
}
function whatServes(snapshot, setting) {
    const active = snapshot.adoption?.color ?? (0,_adopted_js__WEBPACK_IMPORTED_MODULE_4__/* .activeColor */ .aV)(snapshot, setting);
    return { active, live: active === undefined ? undefined : (snapshot.deployments[active]?.spec.replicas ?? 1) };
}
/** What scales the slot, or is going to once the manifests are applied. */
function autoscalerOf(color, snapshot, setting) {
    const scaler = liveAutoscaler(color, snapshot, setting) ?? comingAutoscaler(color, snapshot, setting);
    if (scaler === undefined)
        return undefined;
    const { floor, held, kept } = (0,_floor_js__WEBPACK_IMPORTED_MODULE_2__/* .readFloor */ .j)(scaler);
    return { name: scaler.metadata.name, floor, held, kept: kept !== undefined, ceiling: scaler.spec.maxReplicas };
}
function liveAutoscaler(color, snapshot, setting) {
    return scalerOf((0,_adopted_js__WEBPACK_IMPORTED_MODULE_4__/* .slotDeployment */ ._N)(color, snapshot, setting), snapshot.autoscalers);
}
/** One in the manifests, which are not in the slot yet: what it will ask for counts before it is there. */
function comingAutoscaler(color, { deployments }, { source }) {
    if (source.kind !== "manifests")
        return undefined;
    const { deployment, hash, objects } = source.rendered[color];
    if (deployments[color]?.spec.template.metadata?.annotations?.[_cutover_release__WEBPACK_IMPORTED_MODULE_5__/* .annotation */ .w.hash] === hash)
        return undefined;
    const coming = objects.filter(({ kind }) => kind === "HorizontalPodAutoscaler");
    return scalerOf(deployment.metadata.name, coming.map((one) => (0,_kinds_js__WEBPACK_IMPORTED_MODULE_0__.as)("HorizontalPodAutoscaler", one)));
}
function scalerOf(deployment, scalers) {
    return scalers.find(({ spec: { scaleTargetRef: target } }) => target.kind === "Deployment" && target.name === deployment);
}


/***/ }),

/***/ 1444:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KK: () => (/* binding */ checkSecrets),
/* harmony export */   cT: () => (/* binding */ withoutSecrets),
/* harmony export */   p0: () => (/* binding */ isNote)
/* harmony export */ });
/* unused harmony export hashOfSecret */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9708);
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(299);
/* harmony import */ var _kinds_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2850);



/** Secrets enter the history by name and hash only. */
function withoutSecrets(rendered) {
    return {
        ...rendered,
        objects: rendered.objects.map((object) => (object.kind === "Secret" ? secretNote(object) : object)),
    };
}
function secretNote(secret) {
    const { name, namespace } = secret.metadata;
    const annotations = { [_cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .annotation */ .w.hash]: hashOfSecret(secret) };
    return {
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name, ...(namespace === undefined ? {} : { namespace }), annotations },
    };
}
/** Over the values as the API server stores them, so that a manifest and the live object compare. */
function hashOfSecret(secret) {
    const { data, stringData } = secret;
    const encoded = Object.entries(stringData ?? {}).map(([key, value]) => [key, Buffer.from(value).toString("base64")]);
    const all = Object.entries({ ...data, ...Object.fromEntries(encoded) }).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)("sha256").update(JSON.stringify(all)).digest("hex").slice(0, 16);
}
/** Whether it is a Secret as the history keeps it: name and hash. */
function isNote(object) {
    const isBare = object.kind === "Secret" && !("data" in object) && !("stringData" in object);
    return isBare && (0,_kinds_js__WEBPACK_IMPORTED_MODULE_2__/* .annotationOf */ .lW)(object, _cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .annotation */ .w.hash) !== undefined;
}
/** @throws refused when a Secret that the revision needs has gone or holds other values by now. */
async function checkSecrets({ setting: { client, namespace } }, recorded, color) {
    if (recorded?.kind !== "manifests")
        return;
    for (const note of recorded.rendered[color].objects.filter(isNote)) {
        const { name } = note.metadata;
        const live = await client.find((0,_kinds_js__WEBPACK_IMPORTED_MODULE_2__/* .refTo */ .zI)("Secret", note.metadata.namespace ?? namespace, name));
        if (live !== undefined && hashOfSecret(live) === (0,_kinds_js__WEBPACK_IMPORTED_MODULE_2__/* .annotationOf */ .lW)(note, _cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .annotation */ .w.hash))
            continue;
        const what = live === undefined ? "is gone" : "holds other values now";
        throw new _cutover_release__WEBPACK_IMPORTED_MODULE_3__/* .CutoverError */ .D("refused", `Secret ${name}, which the revision needs, ${what}`, {
            hint: "Restore it and run this again, or go to another revision.",
        });
    }
}


/***/ }),

/***/ 9602:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Eg: () => (/* binding */ readTraffic),
/* harmony export */   Gy: () => (/* binding */ asListed),
/* harmony export */   W9: () => (/* binding */ takeSnapshot),
/* harmony export */   dR: () => (/* binding */ serviceNameLabel),
/* harmony export */   gp: () => (/* binding */ sliceSelector),
/* harmony export */   hR: () => (/* binding */ sharedLabels),
/* harmony export */   iw: () => (/* binding */ collectionOf),
/* harmony export */   nv: () => (/* binding */ podSelector),
/* harmony export */   o9: () => (/* binding */ ofEitherColor),
/* harmony export */   zb: () => (/* binding */ managedSlices)
/* harmony export */ });
/* unused harmony export revisionSelector */
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(299);
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3145);
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(9708);
/* harmony import */ var _adopted_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8850);
/* harmony import */ var _behind_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4178);
/* harmony import */ var _kinds_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2850);
/* harmony import */ var _revisions_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7683);





/**
 * Reads it all at once; quorum reads, never from a cache.
 * @param known what was read just now, or the claim's own answers tell already
 */
async function takeSnapshot(setting, known = {}) {
    const { deployments } = setting;
    const read = reader(setting);
    const service = known.service ?? (await read.found("Service", setting.service));
    const taken = await takenOver(setting, service, known);
    if ((0,_adopted_js__WEBPACK_IMPORTED_MODULE_0__/* .isToBeAdopted */ .K2)(service, setting, taken?.adopted))
        return await takeWideSnapshot(setting, service);
    const listHistory = () => read.listed("ControllerRevision", { labelSelector: revisionSelector(setting) });
    const history = service === undefined ? await listHistory() : [];
    const adopted = taken?.adopted;
    const labelSelector = podSelector(setting, { service, revisions: history, adopted });
    const slot = async (color) => known.deployments?.[color] ??
        (adopted?.color === color ? taken?.live : await read.found("Deployment", deployments[color]));
    const [blue, green, replicaSets, pods, slices, autoscalers, revisions] = await Promise.all([
        slot("blue"),
        slot("green"),
        read.listed("ReplicaSet", { labelSelector }),
        read.listed("Pod", { labelSelector }),
        read.listed("EndpointSlice", { labelSelector: sliceSelector(setting) }),
        known.autoscalers ?? read.listed("HorizontalPodAutoscaler"),
        service === undefined ? history : listHistory(),
    ]);
    return { service, deployments: { blue, green }, replicaSets, pods, slices, autoscalers, revisions, adopted };
}
function reader(setting) {
    const { client, namespace } = setting;
    return {
        found: async (kind, name) => {
            const resource = await client.find((0,_kinds_js__WEBPACK_IMPORTED_MODULE_1__/* .refTo */ .zI)(kind, namespace, name));
            return resource === undefined ? undefined : (0,_kinds_js__WEBPACK_IMPORTED_MODULE_1__.as)(kind, resource);
        },
        listed: (kind, narrowed = {}) => listOf(kind, setting, narrowed),
    };
}
/** The Deployment that the Service says was taken over, if it still is that one. */
async function takenOver(setting, service, known) {
    const adopted = (0,_adopted_js__WEBPACK_IMPORTED_MODULE_0__/* .readAdopted */ .sX)(service);
    if (adopted === undefined)
        return undefined;
    const { color, deployment } = adopted;
    const live = known.deployments?.[color] ?? (await reader(setting).found("Deployment", deployment));
    return live?.metadata.name === deployment && (0,_adopted_js__WEBPACK_IMPORTED_MODULE_0__/* .isAdopted */ .YP)(live, color) ? { adopted, live } : undefined;
}
/** Of a Service that is to be taken over: whatever it sends to, and whatever else in its namespace looks at the same pods. */
async function takeWideSnapshot(setting, service) {
    const { listed } = reader(setting);
    const labelSelector = podSelector(setting, { service, revisions: [], adopted: undefined });
    const [{ replicaSets, pods }, deployments, services, budgets, slices, autoscalers, revisions] = await Promise.all([
        listedPods(setting, labelSelector),
        listed("Deployment"),
        listed("Service"),
        listed("PodDisruptionBudget"),
        listed("EndpointSlice", { labelSelector: sliceSelector(setting) }),
        listed("HorizontalPodAutoscaler"),
        listed("ControllerRevision", { labelSelector: revisionSelector(setting) }),
    ]);
    const seen = { service, replicaSets, pods, slices, autoscalers, revisions };
    const { deployment, ...found } = (0,_behind_js__WEBPACK_IMPORTED_MODULE_2__/* .adoptionFrom */ .jl)(seen, { deployments, services, budgets }, setting);
    const named = (name) => deployments.find(({ metadata }) => metadata.name === name);
    const slots = { blue: named(setting.deployments.blue), green: named(setting.deployments.green) };
    const slot = deployment === undefined ? {} : { [found.adoption.color]: deployment };
    return { ...seen, ...found, deployments: { ...slots, ...slot } };
}
/** Times that pods and ReplicaSets are listed until they go together: in a rolling update, one list may come much later than the other. */
const attempts = 3;
async function listedPods(setting, labelSelector) {
    const { listed } = reader(setting);
    for (let attempt = 1;; attempt++) {
        const lists = [listed("ReplicaSet", { labelSelector }), listed("Pod", { labelSelector })];
        const [replicaSets, pods] = await Promise.all(lists);
        if (attempt === attempts || !(0,_behind_js__WEBPACK_IMPORTED_MODULE_2__/* .isTorn */ .aI)({ pods, replicaSets }))
            return { pods, replicaSets };
    }
}
/** The pods and endpoints of a snapshot, read anew. */
async function readTraffic(setting, snapshot) {
    const [pods, slices] = await Promise.all([
        listOf("Pod", setting, { labelSelector: podSelector(setting, snapshot) }),
        listOf("EndpointSlice", setting, { labelSelector: sliceSelector(setting) }),
    ]);
    return { ...snapshot, pods, slices };
}
/** The resourceVersions of lists, by what they held. */
const versions = new WeakMap();
async function listOf(kind, { client, namespace }, narrowed) {
    const { resourceVersion, items } = await client.list({ ...collectionOf(kind, namespace), ...narrowed });
    const typed = items.map((item) => (0,_kinds_js__WEBPACK_IMPORTED_MODULE_1__.as)(kind, item));
    versions.set(typed, resourceVersion);
    return typed;
}
/** The list that these objects of a snapshot came by; nothing where they came otherwise. */
function asListed(items) {
    const resourceVersion = versions.get(items);
    return resourceVersion === undefined ? undefined : { resourceVersion, items };
}
function noService({ service, namespace }) {
    return new _cutover_release__WEBPACK_IMPORTED_MODULE_3__/* .CutoverError */ .D("not-found", `Service ${service} does not exist in namespace ${namespace}`, {
        hint: "Set `service` and `namespace` to the Service that traffic comes through, or put it into `manifests`.",
    });
}
/** The Service before it exists: as the manifests have it, or as those of the newest revision had it. */
function futureService({ source }, revisions) {
    if (source.kind === "manifests")
        return source.rendered.blue.service;
    const [newest] = revisions.toSorted((a, b) => b.revision - a.revision);
    return (0,_revisions_js__WEBPACK_IMPORTED_MODULE_4__/* .recordedService */ .KW)(newest, "blue");
}
function collectionOf(kind, namespace) {
    return { apiVersion: _kinds_js__WEBPACK_IMPORTED_MODULE_1__/* .apiVersions */ .w2[kind], kind, namespace };
}
/**
 * Every pod that the Service could select in either color.
 * @throws not-found for a Service that neither exists nor is going to
 */
function podSelector(setting, snapshot) {
    const terms = Object.entries(sharedLabels(setting, snapshot)).map(([key, value]) => `${key}=${value}`);
    const { service, adopted } = snapshot;
    // What has no color yet is what a Service without one sends to.
    if ((0,_adopted_js__WEBPACK_IMPORTED_MODULE_0__/* .isToBeAdopted */ .K2)(service, setting, adopted))
        return terms.join(",");
    return [...terms, ofEitherColor(setting, adopted)].join(",");
}
/** What the Service selects but for the color. @throws not-found for a Service that neither exists nor is going to */
function sharedLabels(setting, { service, revisions }) {
    const template = service ?? futureService(setting, revisions);
    if (template === undefined)
        throw noService(setting);
    const { [setting.colorLabel]: _color, ...shared } = (0,_kinds_js__WEBPACK_IMPORTED_MODULE_1__.as)("Service", template).spec.selector ?? {};
    return shared;
}
function ofEitherColor({ colorLabel }, adopted) {
    const values = new Set([..._cutover_release__WEBPACK_IMPORTED_MODULE_5__/* .colors */ .Tj, ...(adopted === undefined ? [] : [adopted.value])]);
    return `${colorLabel} in (${[...values].join(",")})`;
}
/** The label that says whose slice it is, and those slices that node proxies go by. */
const serviceNameLabel = "kubernetes.io/service-name";
const managedSlices = "endpointslice.kubernetes.io/managed-by=endpointslice-controller.k8s.io";
function sliceSelector({ service }) {
    return `${serviceNameLabel}=${service},${managedSlices}`;
}
/** History entries carry this label and no label of the application. */
function revisionSelector({ service }) {
    return `${_cutover_release__WEBPACK_IMPORTED_MODULE_6__/* .annotation */ .w.service}=${service}`;
}


/***/ }),

/***/ 200:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CO: () => (/* binding */ specWithImages),
/* harmony export */   IC: () => (/* binding */ imagesOf),
/* harmony export */   Kz: () => (/* binding */ hashOfTemplate),
/* harmony export */   Yi: () => (/* binding */ recolored),
/* harmony export */   Zf: () => (/* binding */ canonicalTemplate)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3145);
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1687);
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7367);
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9708);


function imagesOf(template) {
    const containers = [...(template?.spec.initContainers ?? []), ...(template?.spec.containers ?? [])];
    return Object.fromEntries(containers.map((container) => [container.name, container.image]));
}
/**
 * What a slot is to hold when only images are given: its own Deployment with these images, or, where it has been deleted,
 * the other slot's in its color.
 * @throws input-invalid for an image that no container there is for, not-found where neither slot exists.
 */
function specWithImages(color, { deployments, images, colorLabel, }) {
    const own = deployments[color];
    const model = own ?? deployments[(0,_cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .otherColor */ .IP)(color)];
    if (model === undefined)
        return undefined;
    const chosen = (0,_cutover_release__WEBPACK_IMPORTED_MODULE_2__/* .chooseImages */ .s)(images, Object.entries(imagesOf(model.spec.template)), model.metadata.name);
    const set = (container) => ({
        ...container,
        image: chosen[container.name] ?? container.image,
    });
    const { initContainers, containers, ...rest } = model.spec.template.spec;
    const spec = {
        ...rest,
        ...(initContainers === undefined ? {} : { initContainers: initContainers.map(set) }),
        containers: containers.map(set),
    };
    const replaced = { ...model.spec, template: { ...withoutHash(model.spec.template), spec } };
    return own === undefined ? recolored(replaced, colorLabel, color) : replaced;
}
/** The same Deployment in the other slot's color. */
function recolored(spec, colorLabel, color) {
    const { template, selector } = spec;
    const labels = { ...template.metadata?.labels, [colorLabel]: color };
    return {
        ...spec,
        selector: { ...selector, matchLabels: { ...selector.matchLabels, [colorLabel]: color } },
        template: { ...template, metadata: { ...template.metadata, labels } },
    };
}
/** What a template carries, whatever its color: 16 hex digits of a SHA-256. */
function hashOfTemplate(template, colorLabel) {
    const { [colorLabel]: _color, ...labels } = template.metadata?.labels ?? {};
    const annotations = { ...withoutHash(template).metadata?.annotations };
    const neutral = { labels, annotations, spec: template.spec };
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)("sha256").update((0,_cutover_release__WEBPACK_IMPORTED_MODULE_3__/* .canonicalJson */ .d)(neutral)).digest("hex").slice(0, 16);
}
/** The template as text that equal templates share; a ReplicaSet's differs from its Deployment's by one label. */
function canonicalTemplate(template) {
    const known = canonical.get(template);
    if (known !== undefined)
        return known;
    const { metadata, spec } = template;
    const { "pod-template-hash": _hash, ...labels } = metadata?.labels ?? {};
    const text = (0,_cutover_release__WEBPACK_IMPORTED_MODULE_3__/* .canonicalJson */ .d)({ labels, annotations: { ...metadata?.annotations }, spec });
    canonical.set(template, text);
    return text;
}
/** Every look at the cluster asks for the same templates again. */
const canonical = new WeakMap();
/** A template that no longer follows the manifests must not say that it does. */
function withoutHash(template) {
    const { [_cutover_release__WEBPACK_IMPORTED_MODULE_4__/* .annotation */ .w.hash]: hash, ...annotations } = template.metadata?.annotations ?? {};
    return hash === undefined ? template : { ...template, metadata: { ...template.metadata, annotations } };
}


/***/ }),

/***/ 3792:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   u: () => (/* binding */ readState)
/* harmony export */ });
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3145);
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9708);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3045);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3477);
/* harmony import */ var _kinds_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2850);



const format = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    version: zod__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz(1),
    color: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().refine(_cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .isColor */ ._o),
    revision: zod__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig().int().optional(),
    images: zod__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP()),
    switchedAt: zod__WEBPACK_IMPORTED_MODULE_2__/* .datetime */ .w$(),
    commit: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    run: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    actor: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    previousColor: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().refine(_cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .isColor */ ._o).optional(),
    previousRevision: zod__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig().int().optional(),
    rolledBackFrom: zod__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig().int().optional(),
    reason: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional(),
    previousPorts: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .looseObject */ ._H3({ port: zod__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig().int() })).optional(),
});
/** `undefined` for a Service that was never switched by us, and for a state that nobody can read any more. */
function readState(service) {
    const text = (0,_kinds_js__WEBPACK_IMPORTED_MODULE_3__/* .annotationOf */ .lW)(service, _cutover_release__WEBPACK_IMPORTED_MODULE_4__/* .annotation */ .w.state);
    if (text === undefined)
        return undefined;
    const parsed = format.safeParse(parseJson(text));
    if (!parsed.success)
        return undefined;
    const { previousColor, previousRevision, rolledBackFrom, revision, previousPorts, ...rest } = parsed.data;
    // The API server took them as ports once.
    const ports = previousPorts;
    return { ...rest, revision, previousColor, previousRevision, rolledBackFrom, previousPorts: ports };
}
function parseJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 1529:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   bc: () => (/* binding */ writeService),
/* harmony export */   gi: () => (/* binding */ switchTraffic),
/* harmony export */   pC: () => (/* binding */ writeNarrowing),
/* harmony export */   sc: () => (/* binding */ narrow)
/* harmony export */ });
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(296);
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9708);
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7367);
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(299);
/* harmony import */ var _adopted_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8850);
/* harmony import */ var _conditional_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9305);
/* harmony import */ var _kinds_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2850);
/* harmony import */ var _ports_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9769);
/* harmony import */ var _revisions_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(7683);






/** The one write that moves traffic: selector, ports and what stands on the Service, in one conditional patch. */
async function switchTraffic(work, step, observed) {
    const { log, clock, service, colorLabel } = work.setting;
    const started = clock.now();
    if (step.kind === "switch" && work.budget.left() <= 0)
        throw tooLate(work);
    const { after } = await writeService(work, step, { observed });
    log.info(`Service ${service} selects ${colorLabel}=${step.to} (written in ${(0,_cutover_release__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a)(clock.now() - started)})`);
    const evidence = step.kind === "switch" ? { switched: true } : { switched: true, switchedBack: true };
    return { evidence, snapshot: { ...work.snapshot, service: (0,_kinds_js__WEBPACK_IMPORTED_MODULE_1__.as)("Service", after) } };
}
/** The selector of a Service that selected no color names the one of what it sends to; nothing else of it changes. */
async function narrow(work, step, observed) {
    const { after } = await writeNarrowing(work, step, { observed });
    const selector = Object.entries((0,_kinds_js__WEBPACK_IMPORTED_MODULE_1__.as)("Service", after).spec.selector ?? {}).map(([key, value]) => `${key}=${value}`);
    work.setting.log.info(`Service ${after.metadata.name} selects ${selector.join(",")}`);
    return { evidence: {}, snapshot: { ...work.snapshot, service: (0,_kinds_js__WEBPACK_IMPORTED_MODULE_1__.as)("Service", after) } };
}
/** The write of a narrowing; with `dryRun` the server only says what it would make. */
async function writeNarrowing(work, { color, revision }, how) {
    return await writeService(work, { kind: "narrow", from: undefined, to: color, revision }, how);
}
/** The write of a switch; with `dryRun` the server only says what it would make. */
async function writeService(work, step, { observed, dryRun = false }) {
    const { client, colorLabel } = work.setting;
    const { service: before } = work.snapshot;
    const ports = before === undefined ? undefined : portsAfter(work, step, before);
    const state = stateAfter(work, step, { observed, previousPorts: ports === undefined ? [] : portsOf(before) });
    if (before === undefined)
        return { before, after: await (0,_conditional_js__WEBPACK_IMPORTED_MODULE_2__/* .createOn */ .Md)(client, firstService(work, step, state), { dryRun }) };
    (0,_conditional_js__WEBPACK_IMPORTED_MODULE_2__/* .checkClaim */ .xU)(before, work.claim);
    const spec = {
        selector: { [colorLabel]: (0,_adopted_js__WEBPACK_IMPORTED_MODULE_3__/* .labelValue */ .w)(step.to, work.snapshot) },
        ...(ports === undefined ? {} : { ports: ports }),
    };
    const annotations = { ...annotationsOf(work, state, before), ...adoptedOf(work, before) };
    const patch = ({ uid, resourceVersion }) => ({
        type: "merge",
        body: { metadata: { uid, resourceVersion, annotations: annotations }, spec },
    });
    return { before, after: await (0,_conditional_js__WEBPACK_IMPORTED_MODULE_2__/* .writeOn */ .HL)(client, before, { patch, dryRun }) };
}
/** Longest reason that is kept: the state stays small. */
const longestReason = 500;
function stateAfter({ setting }, step, { observed: { service, slots }, previousPorts }) {
    const { identity, clock, reason } = setting;
    return {
        version: 1,
        color: step.to,
        revision: step.revision,
        images: slots[step.to].images,
        switchedAt: clock.date().toISOString(),
        commit: identity.commit,
        run: identity.runUrl,
        actor: identity.actor,
        previousColor: step.from,
        previousRevision: step.from === undefined ? undefined : service.revision,
        rolledBackFrom: step.kind === "switch" ? step.leaves : undefined,
        ...(reason === undefined || step.kind !== "switch" ? {} : { reason: reason.slice(0, longestReason) }),
        ...(previousPorts.length === 0 ? {} : { previousPorts }),
    };
}
function annotationsOf({ claim }, state, before) {
    return {
        [_cutover_release__WEBPACK_IMPORTED_MODULE_4__/* .annotation */ .w.revision]: state.revision === undefined ? "" : String(state.revision),
        [_cutover_release__WEBPACK_IMPORTED_MODULE_4__/* .annotation */ .w.state]: JSON.stringify(state),
        [_cutover_release__WEBPACK_IMPORTED_MODULE_4__/* .annotation */ .w.epoch]: String(claim.epoch),
        // Each write another one, so that even one which changes nothing else gives the Service a new version.
        [_cutover_release__WEBPACK_IMPORTED_MODULE_4__/* .annotation */ .w.operation]: `${claim.epoch}-${before?.metadata.resourceVersion ?? "first"}`,
    };
}
/** What was taken over is noted, and forgotten once it has gone. */
function adoptedOf({ snapshot: { adopted } }, before) {
    if (adopted !== undefined)
        return { [_cutover_release__WEBPACK_IMPORTED_MODULE_4__/* .annotation */ .w.adopted]: JSON.stringify(adopted) };
    return (0,_kinds_js__WEBPACK_IMPORTED_MODULE_1__/* .annotationOf */ .lW)(before, _cutover_release__WEBPACK_IMPORTED_MODULE_4__/* .annotation */ .w.adopted) === undefined ? {} : { [_cutover_release__WEBPACK_IMPORTED_MODULE_4__/* .annotation */ .w.adopted]: null };
}
function portsOf(service) {
    return service?.spec.ports ?? [];
}
/** The ports that the revision answers on, where they differ from the live ones; a node port that was given stays. */
function portsAfter(work, step, live) {
    const revised = { color: step.to, revision: step.revision };
    const wanted = step.kind === "switch"
        ? (0,_ports_js__WEBPACK_IMPORTED_MODULE_5__/* .portsToCome */ .i1)(work.setting, work.snapshot, revised)
        : (0,_ports_js__WEBPACK_IMPORTED_MODULE_5__/* .portsOfRevision */ .dD)(work.snapshot, revised);
    const now = portsOf(live);
    if (wanted === undefined)
        return undefined;
    const merged = wanted.map((port) => ({
        ...now.find((one) => one.name === port.name && one.port === port.port),
        ...port,
    }));
    return (0,_cutover_release__WEBPACK_IMPORTED_MODULE_6__/* .canonicalJson */ .d)(merged) === (0,_cutover_release__WEBPACK_IMPORTED_MODULE_6__/* .canonicalJson */ .d)(now) ? undefined : merged;
}
function entryOf({ revisions }, { revision }) {
    return revisions.find((one) => one.revision === revision);
}
function serviceOf({ service }) {
    return service === undefined ? undefined : (0,_kinds_js__WEBPACK_IMPORTED_MODULE_1__.as)("Service", service);
}
/** A Service that did not exist comes into being already pointing at the proved slot. */
function firstService(work, step, state) {
    const { service, namespace, colorLabel, source } = work.setting;
    const { to } = step;
    const wanted = source.kind === "manifests" ? serviceOf(source.rendered[to]) : (0,_revisions_js__WEBPACK_IMPORTED_MODULE_7__/* .recordedService */ .KW)(entryOf(work.snapshot, step), to);
    if (wanted === undefined)
        throw new _cutover_release__WEBPACK_IMPORTED_MODULE_8__/* .CutoverError */ .D("not-found", `Service ${service} does not exist`, {
            hint: "Create it, or put it into the manifests.",
        });
    const metadata = {
        ...wanted.metadata,
        namespace,
        annotations: { ...wanted.metadata.annotations, ...annotationsOf(work, state) },
    };
    return { ...wanted, metadata, spec: { ...wanted.spec, selector: { ...wanted.spec.selector, [colorLabel]: to } } };
}
/** A switch that nobody would have the time to prove. */
function tooLate({ setting: { service, timeout } }) {
    return new _cutover_release__WEBPACK_IMPORTED_MODULE_8__/* .CutoverError */ .D("timed-out", `Service ${service} was not switched: ${(0,_cutover_release__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a)(timeout)} had passed`, {
        hint: "The preview is proved and stays. Raise `timeout` and run it again: it goes on from there.",
    });
}


/***/ }),

/***/ 6494:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ wantedHashes),
/* harmony export */   w: () => (/* binding */ modelDeployments)
/* harmony export */ });
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(299);
/* harmony import */ var _adopted_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8850);
/* harmony import */ var _source_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(200);



/** The Deployments that a release has its settings from: an adopted one that serves no more is about to be replaced. */
function modelDeployments(snapshot, setting) {
    const { deployments, adoption, adopted } = snapshot;
    const isIdle = adoption === undefined && adopted !== undefined && (0,_adopted_js__WEBPACK_IMPORTED_MODULE_0__/* .activeColor */ .aV)(snapshot, setting) !== adopted.color;
    return isIdle ? { ...deployments, [adopted.color]: undefined } : deployments;
}
/** What each slot would carry with the release; none for a rollback. @throws not-found, or refused for what is wrong with the Service, where no slot is there for images */
function wantedHashes(snapshot, setting, defects) {
    const { source, colorLabel } = setting;
    if (source.kind === "history")
        return undefined;
    if (source.kind === "manifests")
        return { blue: source.rendered.blue.hash, green: source.rendered.green.hash };
    const hash = (color) => {
        const deployments = modelDeployments(snapshot, setting);
        const spec = (0,_source_js__WEBPACK_IMPORTED_MODULE_1__/* .specWithImages */ .CO)(color, { deployments, images: source.images, colorLabel });
        if (spec === undefined)
            return nothingToFill(snapshot, setting, defects);
        return (0,_source_js__WEBPACK_IMPORTED_MODULE_1__/* .hashOfTemplate */ .Kz)(spec.template, colorLabel);
    };
    return { blue: hash("blue"), green: hash("green") };
}
/** No Deployment has the images that are to be set. Of a Service that is not taken over, that is known without them. */
function nothingToFill({ adoption }, setting, [defect]) {
    const { service, namespace, deployments } = setting;
    if (adoption !== undefined)
        return "";
    if (defect !== undefined)
        throw new _cutover_release__WEBPACK_IMPORTED_MODULE_2__/* .CutoverError */ .D("refused", defect, { hint: `Mend Service ${service}, then run this again.` });
    const { blue, green } = deployments;
    throw new _cutover_release__WEBPACK_IMPORTED_MODULE_2__/* .CutoverError */ .D("not-found", `Neither Deployment ${blue} nor ${green} of Service ${service} exists in namespace ${namespace}`, {
        hint: "Set `deployment` to the name pattern of the slots, or give `manifests` to create them from.",
    });
}


/***/ }),

/***/ 5152:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ createBudget)
/* harmony export */ });
function createBudget(clock, total) {
    let spent = 0;
    let since;
    const running = () => (since === undefined ? 0 : clock.now() - since);
    /** From here on it runs, or stands still. */
    const turn = (runs) => {
        spent += running();
        since = runs ? clock.now() : undefined;
    };
    const during = async (runs, body) => {
        const before = since !== undefined;
        turn(runs);
        try {
            return await body();
        }
        finally {
            turn(before);
        }
    };
    return {
        left: () => total - spent - running(),
        spend: (body) => during(true, body),
        exempt: (body) => during(false, body),
    };
}


/***/ }),

/***/ 8251:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gv: () => (/* binding */ isObject),
/* harmony export */   I0: () => (/* binding */ valuesAt),
/* harmony export */   UA: () => (/* binding */ isStringMap),
/* harmony export */   fK: () => (/* binding */ valueAt),
/* harmony export */   hk: () => (/* binding */ updateAt),
/* harmony export */   z4: () => (/* binding */ byText)
/* harmony export */ });
/** Whether `value` is a JSON object: neither null, nor a list, nor a scalar. */
function isObject(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
/** Whether every value of the object is a string, as in labels. */
function isStringMap(value) {
    return isObject(value) && Object.values(value).every((entry) => typeof entry === "string");
}
/** Every value at `path`: keys joined by dots, `*` for each entry of a list. Nothing there is an empty answer. */
function valuesAt(value, path) {
    let found = [value];
    for (const key of path.split(".")) {
        found = found.flatMap((parent) => childrenAt(parent, key));
    }
    return found;
}
/** The first value at `path`, `undefined` if there is none. */
function valueAt(value, path) {
    return valuesAt(value, path)[0];
}
/** A copy with each existing value at `path` replaced; what does not exist is not made. */
function updateAt(value, path, change) {
    // The shape is kept: only leaves change, and the caller answers for their type.
    return updateKeys(value, path.split("."), change);
}
/** Orders text by its code units: the same on every machine, whatever its language. */
function byText(one, other) {
    if (one === other)
        return 0;
    return one < other ? -1 : 1;
}
function childrenAt(parent, key) {
    if (key === "*")
        return Array.isArray(parent) ? parent : [];
    return isObject(parent) && Object.hasOwn(parent, key) ? [parent[key]] : [];
}
function updateKeys(value, keys, change) {
    const [key, ...rest] = keys;
    if (key === undefined)
        return change(value);
    if (key === "*")
        return Array.isArray(value) ? value.map((entry) => updateKeys(entry, rest, change)) : value;
    if (!isObject(value) || !Object.hasOwn(value, key))
        return value;
    return { ...value, [key]: updateKeys(value[key], rest, change) };
}


/***/ }),

/***/ 6053:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D_: () => (/* binding */ identity),
/* harmony export */   ik: () => (/* binding */ place),
/* harmony export */   jw: () => (/* binding */ hideSecretValues),
/* harmony export */   lR: () => (/* binding */ isForBoth),
/* harmony export */   v8: () => (/* binding */ describeObject)
/* harmony export */ });
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9708);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8251);


/** `k8s/app.yaml:12`. */
function place(origin) {
    return `${origin.file}:${origin.line}`;
}
/** What two objects must not share: API group (not version), kind and name. */
function identity(resource) {
    const group = resource.apiVersion.includes("/") ? resource.apiVersion.replace(/\/.*$/, "") : "";
    return `${group}/${resource.kind}/${resource.metadata.name}`;
}
/** Whether its author says that a Service is meant to reach both colors, such as for metrics. */
function isForBoth({ metadata: { annotations } }) {
    return annotations?.[_cutover_release__WEBPACK_IMPORTED_MODULE_0__/* .annotation */ .w.colors] === "both";
}
/** One line for logs: kind and name, and of Secrets and ConfigMaps the keys, never a value. */
function describeObject(resource) {
    const name = `${resource.kind} ${resource.metadata.name}`;
    if (resource.kind !== "Secret" && resource.kind !== "ConfigMap")
        return name;
    const keys = ["data", "stringData", "binaryData"].flatMap((field) => keysOf(resource[field]));
    return `${name} (${keys.length === 0 ? "no keys" : [...new Set(keys)].sort(_json_js__WEBPACK_IMPORTED_MODULE_1__/* .byText */ .z4).join(", ")})`;
}
/** The object with each value of a Secret replaced by a mark, so that it may be shown; other kinds unchanged. */
function hideSecretValues(resource) {
    if (resource.kind !== "Secret")
        return resource;
    return { ...resource, ...hidden("data", resource.data), ...hidden("stringData", resource.stringData) };
}
function hidden(field, values) {
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(values) ? { [field]: Object.fromEntries(Object.keys(values).map((key) => [key, "(hidden)"])) } : {};
}
function keysOf(value) {
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value) ? Object.keys(value) : [];
}


/***/ }),

/***/ 9708:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ annotation)
/* harmony export */ });
/** Names of the annotations that cutover writes. The cluster is the only memory, so these words are a format: never rename one. */
const annotation = {
    /** On a pod template: hash of everything the release applies, 16 hex digits. */
    hash: "cutover.dev/hash",
    /** On a Service, a slot's Deployment and a history entry: the release's number. */
    revision: "cutover.dev/revision",
    /** On a Service: who released what and when, JSON, versioned. */
    state: "cutover.dev/state",
    /** On a Service, Deployments and Lease: the highest claim seen. */
    epoch: "cutover.dev/epoch",
    /** On what was written last: the write's own id, which tells a lost answer from a lost write. */
    operation: "cutover.dev/operation",
    /** On a history entry, as a label: the Service that it belongs to. */
    service: "cutover.dev/service",
    /** On a Lease: the page of the run that holds it. */
    run: "cutover.dev/run",
    /** On a history entry: `confirmed` or `failed`. */
    result: "cutover.dev/result",
    /** On a Service: the Deployment that was taken over as a color though it is not called so, JSON. On that Deployment: the color. */
    adopted: "cutover.dev/adopted",
    /** On objects made per color: their name in the manifests. */
    source: "cutover.dev/source",
    /** On an autoscaler: what its floor was before it was raised, and to what; JSON. */
    floor: "cutover.dev/floor",
    /** On a Service, written by people: it may send to `both` colors, or routes may lead to it though it is of `one` color. */
    colors: "cutover.dev/colors",
};


/***/ }),

/***/ 9931:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ digestsOf),
/* harmony export */   x: () => (/* binding */ approvalOf)
/* harmony export */ });
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7719);

/** What somebody who approves what stands in the slot of `color` says yes to; none for a slot that holds no revision. */
function approvalOf({ service, slots }, color) {
    const { revision, hash, images } = slots[color];
    if (revision === undefined || hash === undefined)
        return undefined;
    return { color, revision, hash, images: digestsOf(images), active: service.revision };
}
/** By container, what tells its image from another version of it: a registry's name may hold what the runner masks. */
function digestsOf(images) {
    const digest = (image) => (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .parseImageReference */ .o_)(image)?.digest ?? image;
    return Object.fromEntries(Object.entries(images).map(([container, image]) => [container, digest(image)]));
}


/***/ }),

/***/ 7367:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ canonicalJson)
/* harmony export */ });
/** The value as JSON with the keys of every object in order, so that equal values have equal text; `undefined` fields are left out. */
function canonicalJson(value) {
    if (Array.isArray(value))
        return `[${value.map(canonicalJson).join(",")}]`;
    if (typeof value !== "object" || value === null)
        return JSON.stringify(value ?? null);
    const fields = Object.entries(value).filter(([, field]) => field !== undefined);
    const sorted = fields.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${sorted.map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`).join(",")}}`;
}


/***/ }),

/***/ 3145:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IP: () => (/* binding */ otherColor),
/* harmony export */   Tj: () => (/* binding */ colors),
/* harmony export */   _o: () => (/* binding */ isColor)
/* harmony export */ });
const colors = ["blue", "green"];
function otherColor(color) {
    return color === "blue" ? "green" : "blue";
}
function isColor(value) {
    return value === "blue" || value === "green";
}


/***/ }),

/***/ 2152:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  L: () => (/* binding */ containerSymptom),
  m: () => (/* binding */ wrongProcessor)
});

;// CONCATENATED MODULE: ./packages/release/crash.js
/** Restarts of one container from which on a crash loop is one. */
const manyRestarts = 3;
/** A container that ended and is started again; the verdict falls at the third restart. */
function crashFinding(pod, container) {
    const { waiting, terminated, restarts } = container;
    const looping = waiting?.reason === "CrashLoopBackOff";
    if (!looping && (restarts === 0 || !terminated))
        return undefined;
    const finding = crash(pod, container);
    return looping && restarts >= manyRestarts ? { ...finding, condemns: 0 } : finding;
}
/** What the container runtime could not start. Some of its reasons never heal. */
function cannotStart(name, message) {
    const certain = /no command specified|executable file not found|no such file or directory|permission denied|not a directory/i.test(message);
    const hint = certain
        ? "Check `command` and `args` against what is in the image, and that the file may be executed."
        : "`kubectl describe pod` shows what the container runtime said; it keeps trying.";
    return { kind: "cannot-start", cause: `cannot start container ${name}`, hint, condemns: certain ? 30_000 : "never" };
}
/** Why it ended; a container that merely crashed may yet find what it needs. */
function crash(pod, { name, terminated }) {
    if (terminated?.reason === "StartError" || terminated?.reason === "ContainerCannotRun") {
        return cannotStart(name, terminated.message);
    }
    if (terminated?.reason === "OOMKilled") {
        const hint = "Raise resources.limits.memory, or make the application use less: it was killed, it did not fail by itself.";
        return {
            kind: "out-of-memory",
            cause: `used more memory than the limit of container ${name}`,
            hint,
            condemns: "never",
        };
    }
    return killed(pod, name) ?? ended(name, terminated?.exitCode);
}
/** The kubelet's own kills look like any other exit; only events tell. */
function killed({ events }, name) {
    const isProbe = ({ message }) => message.startsWith(`Container ${name} failed `) && /(liveness|startup) probe/.test(message);
    if (events.some(isProbe)) {
        const hint = "Give the application longer with a startupProbe, or correct the probe's path and port.";
        const cause = `had container ${name} killed by its own liveness or startup probe`;
        return { kind: "liveness-probe", cause, hint, condemns: "never" };
    }
    if (!events.some(({ reason }) => reason === "FailedPostStartHook"))
        return undefined;
    const hint = "Correct `lifecycle.postStart`: the kubelet kills a container whose hook fails.";
    return {
        kind: "cannot-start",
        cause: `had container ${name} killed because its postStart hook failed`,
        hint,
        condemns: "never",
    };
}
function ended(name, exitCode) {
    const code = exitCode === undefined ? "" : ` with exit code ${exitCode}${exitWords(exitCode)}`;
    const hint = "Read the log of its last run. Settings and services that it needs at start are the usual cause.";
    return { kind: "crash", cause: `crashed in container ${name}${code}`, hint, condemns: "never" };
}
function exitWords(code) {
    const words = {
        0: " (it ended, and a server must not)",
        126: " (its command may not be executed)",
        127: " (its command was not found)",
        134: " (aborted)",
        137: " (killed)",
        139: " (segmentation fault)",
        143: " (terminated)",
    };
    return words[code] ?? "";
}

// EXTERNAL MODULE: ./packages/release/pull-failure.js
var pull_failure = __webpack_require__(9564);
// EXTERNAL MODULE: ./packages/release/symptom.js
var symptom = __webpack_require__(2217);
;// CONCATENATED MODULE: ./packages/release/container-symptom.js



/** Milliseconds for which missing configuration may still be on its way. */
const configurationGrace = 20_000;
/** What is wrong with one container now; a ready one, or one that merely starts, has nothing wrong. */
function containerSymptom(pod, container, pullCause) {
    if (container.ready)
        return undefined;
    if ((0,pull_failure/* isPulling */.q5)(container))
        return (0,pull_failure/* pullSymptom */.Z6)(pod, container, pullCause);
    const { waiting, terminated } = container;
    const text = waiting?.reason === "CrashLoopBackOff" ? terminated?.message : waiting?.message;
    const finding = imageFinding(container) ?? startFinding(container) ?? crashFinding(pod, container);
    if (!finding)
        return undefined;
    return {
        id: `${pod.uid}/${container.name}/${finding.kind}`,
        pod: pod.name,
        container: container.name,
        reason: waiting?.reason ?? terminated?.reason ?? "",
        message: (0,symptom/* oneLine */.T)(text ?? ""),
        ...finding,
    };
}
function imageFinding({ waiting, terminated, image }) {
    if (waiting?.reason === "InvalidImageName") {
        const hint = "Correct the reference: `registry/repository@sha256:…`, in small letters, and with no variable left that something should have replaced.";
        return {
            kind: "image-invalid",
            cause: `cannot run ${image}: this is no image reference`,
            hint,
            condemns: "at-once",
        };
    }
    if (waiting?.reason === "ErrImageNeverPull") {
        const hint = "Remove `imagePullPolicy: Never`, or load the image onto the nodes first.";
        return {
            kind: "image-never-pulled",
            cause: `may not pull ${(0,symptom/* shortened */.v)(image)}, and their node does not have it`,
            hint,
            condemns: "at-once",
        };
    }
    if (waiting?.reason === "SignatureValidationFailed") {
        const hint = "Sign the image with the key that the nodes trust, or mend the nodes' policy.";
        return {
            kind: "image-unverified",
            cause: `may not run ${(0,symptom/* shortened */.v)(image)}: its signature was not accepted`,
            hint,
            condemns: 30_000,
        };
    }
    if (/exec format error/i.test(`${waiting?.message} ${terminated?.message}`))
        return wrongProcessor(image);
    return undefined;
}
/** What an `exec format error` means, in a status or in a log. */
function wrongProcessor(image) {
    const hint = "Build the image for the platform of the nodes (`linux/amd64`, `linux/arm64`); a script needs its `#!` line.";
    return {
        kind: "image-platform",
        cause: `cannot run ${(0,symptom/* shortened */.v)(image)}: it was not built for their nodes' processor`,
        hint,
        condemns: "at-once",
    };
}
function startFinding({ waiting, name }) {
    if (waiting?.reason === "CreateContainerConfigError") {
        const syncing = /failed to sync .*cache/i.test(waiting.message);
        const root = /runAsNonRoot|non-root/i.test(waiting.message);
        const hint = root
            ? "Give the image a numeric USER, or set securityContext.runAsUser."
            : "Create what the message names in this namespace, or mark the reference `optional: true`.";
        const cause = root
            ? `may not start container ${name} as root`
            : `could not get the configuration of container ${name}`;
        return { kind: "config-missing", cause, hint, condemns: syncing ? "never" : configurationGrace };
    }
    const reasons = [
        "CreateContainerError",
        "RunContainerError",
        "PostStartHookError",
        "PreStartHookError",
        "PreCreateHookError",
    ];
    if (waiting && reasons.includes(waiting.reason))
        return cannotStart(name, waiting.message);
    return undefined;
}


/***/ }),

/***/ 79:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ freezesAt),
/* harmony export */   f: () => (/* binding */ thawAfter)
/* harmony export */ });
/** The freezes that are on at an instant, and of the others the one that begins next. */
function freezesAt(freezes, at) {
    const on = freezes.filter(({ from, to }) => from <= at && at < to);
    const later = freezes.filter(({ from }) => from > at);
    return { on, next: later.toSorted((one, other) => one.from.getTime() - other.from.getTime())[0] };
}
/** The first instant, from `at` on, at which no freeze is on. */
function thawAfter(freezes, at) {
    const { on } = freezesAt(freezes, at);
    return on.length === 0 ? at : thawAfter(freezes, new Date(Math.max(...on.map(({ to }) => to.getTime()))));
}


/***/ }),

/***/ 9135:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  ED: () => (/* binding */ carries),
  py: () => (/* binding */ findGoal),
  PA: () => (/* binding */ isServing),
  dp: () => (/* binding */ pinned)
});

// EXTERNAL MODULE: ./packages/release/color.js
var release_color = __webpack_require__(3145);
// EXTERNAL MODULE: ./packages/release/history.js
var release_history = __webpack_require__(4770);
// EXTERNAL MODULE: ./packages/release/approval.js
var release_approval = __webpack_require__(9931);
;// CONCATENATED MODULE: ./packages/release/promote-goal.js


/** The very preview that was approved, or what is another than it was then. */
function promoteGoal(observed, approved) {
    const { name, active, revision } = observed.service;
    const approval = Object.hasOwn(approved, name) ? approved[name] : undefined;
    if (approval === undefined) {
        return {
            refusal: `Nothing of Service ${name} was approved`,
            hint: "Pass the output `preview` of the blue-green-deploy that released it as `approved`.",
        };
    }
    const isActive = active === approval.color && revision === approval.revision;
    const difference = otherContent(observed, approval) ?? (isActive ? undefined : otherWorld(observed, approval));
    if (difference === undefined)
        return { color: approval.color, hash: approval.hash, revision: approval.revision };
    return {
        refusal: `Revision ${approval.revision} of Service ${name} is not what was approved: ${difference}`,
        hint: "Run blue-green-deploy with `switch: manual` again, and have approved what that proves.",
    };
}
/** How the slot differs from what was looked at. */
function otherContent({ slots, history }, approval) {
    const { color, revision, hash } = approval;
    const slot = slots[color];
    if (!slot.exists)
        return `Deployment ${slot.deployment} is gone`;
    if (slot.revision !== revision) {
        return `Deployment ${slot.deployment} holds ${slot.revision === undefined ? "no revision" : `revision ${slot.revision}`}`;
    }
    const image = otherImage(slot, approval);
    if (image !== undefined)
        return image;
    if (slot.hash !== hash)
        return `Deployment ${slot.deployment} carries ${slot.hash}, and ${hash} was approved`;
    const isKnown = (0,release_history/* findRevision */.pV)(history, revision)?.hashes[color] === hash;
    return isKnown ? undefined : "the history does not know it any more";
}
function otherImage({ deployment, images }, approval) {
    const live = (0,release_approval/* digestsOf */.n)(images);
    const container = [...Object.keys(approval.images), ...Object.keys(live)].find((one) => live[one] !== approval.images[one]);
    if (container === undefined)
        return undefined;
    const [now = "no image", then = "none"] = [live[container], approval.images[container]];
    return `container ${container} of Deployment ${deployment} has ${now}, and ${then} was approved`;
}
/** What happened since: an approval is good for one switch, from what served then. */
function otherWorld(observed, { color, revision, active }) {
    const { service, history } = observed;
    const newest = (0,release_history/* newestFirst */.ll)(history)[0]?.revision ?? revision;
    if (newest > revision)
        return `revision ${newest} was released since`;
    const result = (0,release_history/* findRevision */.pV)(history, revision)?.result;
    if (result === "failed")
        return "it has failed since";
    if (result === "confirmed" || service.rolledBackFrom === revision)
        return "it had the traffic since, and was left";
    if (service.active === color)
        return `Service ${service.name} selects ${color} already, under another number`;
    const serves = service.active === undefined ? undefined : ((0,release_history/* activeRevision */.su)(observed)?.revision ?? 0);
    if (serves === active)
        return undefined;
    return `what served then was ${said(active)}, and now it is ${said(serves)}`;
}
function said(revision) {
    if (revision === undefined)
        return "nothing";
    return revision === 0 ? "something that nobody recorded" : `revision ${revision}`;
}

// EXTERNAL MODULE: ./packages/release/health.js
var health = __webpack_require__(2650);
;// CONCATENATED MODULE: ./packages/release/retire-goal.js


const keepIt = "Until then the old slot is the way back, and it stays.";
/** What serves, if that is good enough to do without the old slot. */
function retireGoal(observed, expected) {
    const { service, slots } = observed;
    const { name, active, revision } = service;
    if (active === undefined) {
        return { refusal: `Service ${name} selects no color, so none of its slots is old`, hint: "Release it first." };
    }
    if (expected !== undefined && revision !== expected) {
        return {
            refusal: `Service ${name} serves ${revision === undefined ? "no revision that is known" : `revision ${revision}`}, and not revision ${expected}`,
            hint: "What was signed off does not have the traffic any more. Look at what serves, and sign that off.",
        };
    }
    const current = (0,release_history/* activeRevision */.su)(observed);
    if (current?.result !== "confirmed") {
        const what = revision === undefined ? "its number is not known" : `revision ${revision} is not confirmed`;
        return {
            refusal: `What Service ${name} serves is not proved: ${what}`,
            hint: `Run its release again, which confirms it, or roll back. ${keepIt}`,
        };
    }
    const slot = slots[active];
    const ready = service.endpoints[active];
    if (!(0,health/* isHealthy */.Wr)(slot) || ready < slot.needed) {
        return {
            refusal: `Service ${name} has ${Math.min(ready, slot.ready)} ready endpoints of ${active} where it needs ${slot.needed}`,
            hint: `Mend it, or roll back. ${keepIt}`,
        };
    }
    return { color: active, hash: slot.hash ?? "", revision: current.revision };
}

;// CONCATENATED MODULE: ./packages/release/goal.js




/** Which slot and revision `wanted` means in the world as it is. */
function findGoal(observed, wanted) {
    switch (wanted.kind) {
        case "deploy":
            return deployGoal(observed);
        case "rollback":
            return rollbackGoal(observed, targetOf(observed, wanted));
        case "promote":
            return promoteGoal(observed, wanted.approved);
        case "retire":
            return retireGoal(observed, wanted.revision);
    }
}
/**
 * What `previous` means is settled once the lock is held: who flees from the same release by hand means the same revision, and
 * the two must not add up.
 */
function pinned(wanted, observed) {
    if (wanted.kind !== "rollback" || wanted.to !== "previous" || !observed.locked)
        return wanted;
    const goal = findGoal(observed, wanted);
    return "refusal" in goal || goal.revision === undefined ? wanted : { ...wanted, to: goal.revision };
}
function isServing({ service }, { color, revision }) {
    return revision !== undefined && service.active === color && service.revision === revision;
}
/** Whether the slot holds exactly this revision. */
function carries(slot, goal) {
    return slot.exists && slot.hash === goal.hash && slot.revision === goal.revision;
}
/** The slot that already carries the wanted hash (the active one first), else the inactive one; an unfinished newest revision is resumed. */
function deployGoal(observed) {
    const { service, slots, wanted, history } = observed;
    if (wanted === undefined)
        return { refusal: `No release is given for ${service.name}`, hint: "This is a bug of cutover." };
    const { active } = service;
    const current = (0,release_history/* activeRevision */.su)(observed)?.revision;
    if (active !== undefined && slots[active].exists && slots[active].hash === wanted[active]) {
        return { color: active, hash: wanted[active], revision: current };
    }
    const color = active === undefined ? freshColor(observed) : (0,release_color/* otherColor */.IP)(active);
    const hash = wanted[color];
    const [newest] = (0,release_history/* newestFirst */.ll)(history);
    const isUnfinished = newest !== undefined && newest.result === undefined && newest.hashes[color] === hash;
    return { color, hash, revision: isUnfinished ? newest.revision : undefined };
}
function freshColor({ slots, wanted }) {
    return release_color/* colors */.Tj.find((color) => slots[color].exists && slots[color].hash === wanted?.[color]) ?? "blue";
}
function targetOf({ service }, { to, staying = [] }) {
    return staying.includes(service.name) ? (service.revision ?? to) : to;
}
function rollbackGoal(observed, to) {
    const { service, slots, history } = observed;
    if (service.active === undefined) {
        return {
            refusal: `Service ${service.name} selects no color, so there is nothing to go back from`,
            hint: "Release with blue-green-deploy first.",
        };
    }
    const { active } = service;
    const current = (0,release_history/* activeRevision */.su)(observed);
    const isBackAlready = to === "previous" && service.rolledBackFrom !== undefined && current !== undefined;
    if (isBackAlready && slots[active].exists) {
        return { color: active, hash: current.hashes[active], revision: current.revision };
    }
    const previous = isBackAlready ? current : (0,release_history/* previousRevision */.Rs)(observed);
    const target = to === "previous" ? previous : (0,release_history/* findRevision */.pV)(history, to);
    if (target === undefined || !isOpen(observed, target))
        return noSuchRevision(observed, to);
    const isHere = target.revision === current?.revision && slots[active].hash === target.hashes[active];
    const color = isHere ? active : (0,release_color/* otherColor */.IP)(active);
    return { color, hash: target.hashes[color], revision: target.revision };
}
/** Confirmed, or active already, or left by the rollback that this one undoes. */
function isOpen({ service }, { result, revision }) {
    return result === "confirmed" || revision === service.revision || revision === service.rolledBackFrom;
}
function noSuchRevision({ service, history }, to) {
    const confirmed = history.filter((one) => one.result === "confirmed" && one.revision !== service.revision);
    const known = confirmed.map((one) => one.revision).join(", ");
    const hint = known === ""
        ? "The first release that cutover confirms makes a revision to go back to."
        : `Revisions that were confirmed: ${known}. Pass one of them as \`to\`.`;
    const what = to === "previous" ? "has no earlier confirmed revision" : `has no confirmed revision ${to}`;
    return { refusal: `Service ${service.name} ${what}`, hint };
}


/***/ }),

/***/ 2650:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LK: () => (/* binding */ isBetter),
/* harmony export */   Wr: () => (/* binding */ isHealthy),
/* harmony export */   i_: () => (/* binding */ isReady),
/* harmony export */   wP: () => (/* binding */ isWhole),
/* harmony export */   wv: () => (/* binding */ awaitedPods)
/* harmony export */ });
/** The pods that it must have are there and ready, and no other pod is. What cannot be told from other pods cannot be proved. */
function isReady(slot) {
    return slot.exists && slot.settled && slot.replicaSet !== undefined && slot.ready >= awaitedPods(slot);
}
/** A slot may have more pods than its target: then as many of them as the confirmation will want. */
function awaitedPods({ target, needed }) {
    return Math.max(1, target, needed);
}
/** Every pod that it asks for itself is there and ready, and no other pod is. */
function isWhole({ settled, replicaSet, ready, replicas }) {
    return settled && replicaSet !== undefined && ready >= Math.max(1, replicas);
}
/** Enough ready pods to keep the traffic that it has. */
function isHealthy(slot) {
    return slot.exists && slot.ready >= Math.max(1, slot.needed);
}
/** Back to the old slot if it meets its own requirement; if neither does, to the one with more ready pods. */
function isBetter(old, failed) {
    return isHealthy(old) || (!isHealthy(failed) && old.ready > failed.ready);
}


/***/ }),

/***/ 4770:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Rs: () => (/* binding */ previousRevision),
/* harmony export */   fB: () => (/* binding */ nextRevision),
/* harmony export */   ll: () => (/* binding */ newestFirst),
/* harmony export */   pV: () => (/* binding */ findRevision),
/* harmony export */   qK: () => (/* binding */ expiredRevisions),
/* harmony export */   su: () => (/* binding */ activeRevision)
/* harmony export */ });
/* unused harmony export keptRevisions */
/** How many confirmed revisions are kept to go back to. */
const keptRevisions = 10;
function findRevision(history, revision) {
    return history.find((one) => one.revision === revision);
}
/** The history's entry of what gets the traffic; none for what nobody recorded, or whose entry is gone. */
function activeRevision({ history, service }) {
    return service.revision === undefined ? undefined : findRevision(history, service.revision);
}
/** The newest confirmed revision older than the active one: what is newer was left for a reason. */
function previousRevision(observed) {
    const active = activeRevision(observed)?.revision ?? Number.POSITIVE_INFINITY;
    return newestFirst(observed.history).find((one) => one.result === "confirmed" && one.revision < active);
}
/** The number that the next release takes: one more than the highest ever, failed ones included. */
function nextRevision(history, seen) {
    return 1 + Math.max(0, ...history.map((one) => one.revision), ...seen.map((revision) => revision ?? 0));
}
/** Revisions that may be forgotten: older than the last ten confirmed ones, and not `current`. */
function expiredRevisions(history, current) {
    const confirmed = newestFirst(history).filter((one) => one.result === "confirmed");
    const oldestKept = confirmed[keptRevisions - 1]?.revision;
    if (oldestKept === undefined)
        return [];
    return history.filter((one) => one.revision < oldestKept && one.revision !== current);
}
function newestFirst(history) {
    return history.toSorted((a, b) => b.revision - a.revision);
}


/***/ }),

/***/ 1687:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ shareImages),
/* harmony export */   s: () => (/* binding */ chooseImages)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(299);
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7719);
/* harmony import */ var _kubernetes_name_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6082);



/**
 * New image by container. A key of `wanted` is the name of a container or, where none is called so, the repository of
 * the images to replace.
 * @throws `input-invalid` for a key that matches nothing, and for two that want different images in one container.
 */
function chooseImages(wanted, running, deployment) {
    const chosen = new Map();
    for (const [key, image] of Object.entries(wanted)) {
        const containers = matching(key, running);
        if (containers.length === 0)
            throw matchesNothing(key, running, deployment);
        for (const container of containers) {
            const other = chosen.get(container);
            if (other !== undefined && other.image !== image)
                throw contradiction(container, other.key, key);
            chosen.set(container, { key, image });
        }
    }
    return Object.fromEntries([...chosen].map(([container, { image }]) => [container, image]));
}
/**
 * The keys of `wanted` that are meant for each of several services, in their order; one service alone gets all.
 * @throws `input-invalid` for a key that matches nothing in any of them
 */
function shareImages(wanted, services) {
    if (services.length === 1)
        return [wanted];
    const keys = Object.keys(wanted);
    const stray = keys.find((key) => services.every(({ running }) => matching(key, running).length === 0));
    if (stray !== undefined) {
        const names = services.map(({ service }) => service).join(", ");
        const message = `images: none of the services ${names} has a container ${stray}, or one whose image is of it`;
        const known = new Set(services.flatMap(({ running }) => running.map(([container, image]) => `${container} (${image})`)));
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .CutoverError */ .D("input-invalid", message, { hint: `Their containers are ${[...known].join(", ")}.` });
    }
    return services.map(({ running }) => Object.fromEntries(Object.entries(wanted).filter(([key]) => matching(key, running).length > 0)));
}
function matching(key, running) {
    if (running.some(([container]) => container === key))
        return [key];
    const repository = repositoryOf(key);
    if (repository === undefined)
        return [];
    return running.filter(([, image]) => repositoryOf(image) === repository).map(([container]) => container);
}
function repositoryOf(image) {
    const reference = (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseImageReference */ .o_)(image);
    return reference === undefined ? undefined : (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .fullRepository */ .gp)(reference);
}
function matchesNothing(key, running, deployment) {
    const message = (0,_kubernetes_name_js__WEBPACK_IMPORTED_MODULE_2__/* .isDnsLabel */ .Cd)(key)
        ? `images: Deployment ${deployment} has no container ${key}`
        : `images: no container of Deployment ${deployment} has an image of ${key}`;
    const containers = new Set(running.map(([container, image]) => `${container} (${image})`));
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .CutoverError */ .D("input-invalid", message, { hint: `Its containers are ${[...containers].join(", ")}.` });
}
function contradiction(container, one, other) {
    const message = `images: container ${container} would get two images, by ${one} and by ${other}`;
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .CutoverError */ .D("input-invalid", message, { hint: "Keep one of the two lines." });
}


/***/ }),

/***/ 7719:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T4: () => (/* binding */ isPinned),
/* harmony export */   gp: () => (/* binding */ fullRepository),
/* harmony export */   my: () => (/* binding */ formatImageReference),
/* harmony export */   o_: () => (/* binding */ parseImageReference)
/* harmony export */ });
const hostPart = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
const host = `(?:${hostPart}(?:\\.${hostPart})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const pathPart = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const tag = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}";
const digest = "[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}";
const grammar = new RegExp(`^(?:(?<registry>${host})/)?(?<repository>${pathPart}(?:/${pathPart})*)(?::(?<tag>${tag}))?(?:@(?<digest>${digest}))?$`);
/** Lengths that a digest of a registered algorithm must have (OCI image specification, descriptors). */
const digestLengths = { sha256: 64, sha384: 96, sha512: 128 };
/** Reads a reference by the grammar of the distribution project; `undefined` for what is none. */
function parseImageReference(text) {
    const match = grammar.exec(text)?.groups;
    if (match === undefined)
        return undefined;
    const { registry, repository = "" } = match;
    const isHost = registry === undefined || /[.:A-Z]/.test(registry) || registry === "localhost";
    const named = isHost ? { registry, repository } : { registry: undefined, repository: `${registry}/${repository}` };
    const reference = { ...named, tag: match.tag, digest: match.digest };
    return isWellFormed(reference) ? reference : undefined;
}
/** The reference as text: `host:port/name:tag@digest`, without what was not said. */
function formatImageReference({ registry, repository, tag, digest }) {
    const place = registry === undefined ? "" : `${registry}/`;
    return `${place}${repository}${tag === undefined ? "" : `:${tag}`}${digest === undefined ? "" : `@${digest}`}`;
}
/** Registry and repository in full, as runtimes read a short one: `nginx` is `docker.io/library/nginx`. */
function fullRepository({ registry, repository }) {
    if (registry !== undefined && !/^(index\.)?docker\.io$/.test(registry))
        return `${registry}/${repository}`;
    return `docker.io/${repository.includes("/") ? repository : `library/${repository}`}`;
}
/** Whether the reference means the same bytes for ever; a tag can be moved. */
function isPinned(reference) {
    return reference.digest !== undefined;
}
function isWellFormed({ registry, repository, digest }) {
    if (registry === undefined && !new RegExp(`^${pathPart}(?:/${pathPart})*$`).test(repository))
        return false;
    if (`${registry ?? ""}/${repository}`.length > 255)
        return false;
    if (digest === undefined)
        return true;
    const [algorithm = "", value = ""] = digest.split(":");
    const length = digestLengths[algorithm];
    return length === undefined || (value.length === length && value === value.toLowerCase());
}


/***/ }),

/***/ 6082:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cd: () => (/* binding */ isDnsLabel),
/* harmony export */   NW: () => (/* binding */ isSlotPattern),
/* harmony export */   qI: () => (/* binding */ isLabelKey),
/* harmony export */   sg: () => (/* binding */ isDnsSubdomain)
/* harmony export */ });
/* unused harmony export isLabelValue */
const label = "[a-z0-9](?:[-a-z0-9]*[a-z0-9])?";
const labelPattern = new RegExp(`^${label}$`);
const subdomainPattern = new RegExp(`^${label}(?:\\.${label})*$`);
const qualifiedPattern = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
/** Whether `text` may name a Service or a namespace: a label of RFC 1123, at most 63 characters. */
function isDnsLabel(text) {
    return text.length <= 63 && labelPattern.test(text);
}
/** Whether `text` may name a Deployment: a subdomain of RFC 1123, at most 253 characters. */
function isDnsSubdomain(text) {
    return text.length <= 253 && subdomainPattern.test(text);
}
/** Whether `text` may be the key of a label: `name` or `prefix/name`. */
function isLabelKey(text) {
    const [name = "", prefix, ...rest] = text.split("/").toReversed();
    if (rest.length > 0 || (prefix !== undefined && !isDnsSubdomain(prefix)))
        return false;
    return name.length <= 63 && qualifiedPattern.test(name);
}
/** Whether `text` may be the value of a label; the empty one may. */
function isLabelValue(text) {
    return text === "" || (text.length <= 63 && qualifiedPattern.test(text));
}
/** Whether `text` gives each color a name: `{color}` in it, `{service}` if wanted, nothing else in braces. */
function isSlotPattern(text) {
    if (!text.includes("{color}"))
        return false;
    return isDnsSubdomain(text.replaceAll("{color}", "green").replaceAll("{service}", "s"));
}


/***/ }),

/***/ 7224:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ selects),
/* harmony export */   x: () => (/* binding */ selectsPlainly)
/* harmony export */ });
/** Whether a label selector (`matchLabels`, `matchExpressions`) selects these labels. A selector that names nothing selects nothing here. */
function selects(selector, labels) {
    if (!isObject(selector))
        return false;
    const expressions = Array.isArray(selector.matchExpressions) ? selector.matchExpressions : [];
    const wanted = isStringMap(selector.matchLabels) ? selector.matchLabels : {};
    if (Object.keys(wanted).length + expressions.length === 0)
        return false;
    return (matches(wanted, labels) && expressions.every((expression) => isObject(expression) && holds(expression, labels)));
}
/** Whether `labels` carry every wanted label; a Service's selector is such a map. Wanting nothing matches nothing here. */
function selectsPlainly(wanted, labels) {
    return isStringMap(wanted) && Object.keys(wanted).length > 0 && matches(wanted, labels);
}
function matches(wanted, labels) {
    return Object.entries(wanted).every(([name, value]) => labels[name] === value);
}
function holds(expression, labels) {
    const label = typeof expression.key === "string" ? labels[expression.key] : undefined;
    const values = Array.isArray(expression.values) ? expression.values : [];
    if (expression.operator === "In")
        return label !== undefined && values.includes(label);
    if (expression.operator === "NotIn")
        return label === undefined || !values.includes(label);
    if (expression.operator === "Exists")
        return label !== undefined;
    return expression.operator === "DoesNotExist" && label === undefined;
}
function isObject(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
function isStringMap(value) {
    return isObject(value) && Object.values(value).every((entry) => typeof entry === "string");
}


/***/ }),

/***/ 1490:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  s: () => (/* binding */ nextStep)
});

// EXTERNAL MODULE: ./packages/release/color.js
var release_color = __webpack_require__(3145);
;// CONCATENATED MODULE: ./packages/release/drain.js

/** What is left of the time that the inactive slot's open connections have since the last switch. */
function drained({ service }, evidence, { drain }) {
    const { lastSwitch, active } = service;
    if (lastSwitch === undefined || active === undefined || evidence.drained === lastSwitch.at)
        return undefined;
    const milliseconds = Math.min(drain, drain - lastSwitch.ago);
    return milliseconds > 0
        ? { kind: "step", step: { kind: "drain", color: (0,release_color/* otherColor */.IP)(active), milliseconds } }
        : undefined;
}

// EXTERNAL MODULE: ./packages/release/history.js
var release_history = __webpack_require__(4770);
;// CONCATENATED MODULE: ./packages/release/floors.js


/** The autoscaler of a slot without traffic is kept from going below `pods`, as far as its ceiling lets it. */
function held({ color, autoscaler }, pods) {
    if (autoscaler === undefined || autoscaler.kept)
        return undefined;
    const floor = Math.min(pods, autoscaler.ceiling);
    return autoscaler.floor < floor ? { kind: "step", step: { kind: "hold-floor", color, pods: floor } } : undefined;
}
/** A raised floor has served its time on a slot that is empty, and on one that has the traffic for good. */
function restored({ slots, service, history }) {
    const color = release_color/* colors */.Tj.find((one) => {
        const { autoscaler, replicas, revision } = slots[one];
        const serves = service.active === one && (0,release_history/* findRevision */.pV)(history, revision)?.result === "confirmed";
        return autoscaler?.held === true && (replicas === 0 || serves);
    });
    return color === undefined ? undefined : { kind: "step", step: { kind: "restore-floor", color } };
}

// EXTERNAL MODULE: ./packages/release/health.js
var health = __webpack_require__(2650);
;// CONCATENATED MODULE: ./packages/release/abandon.js





/** Not good: back to the old slot if that is better, then mark, drain and empty the failed one. */
function abandoned(run) {
    const { observed, evidence, wanted, failure } = run;
    const { service, slots, adoption } = observed;
    if (adoption !== undefined)
        return unadopted(run, adoption.color);
    const { color, revision } = failure;
    const old = slots[(0,release_color/* otherColor */.IP)(color)];
    if (service.active === color && (0,health/* isBetter */.LK)(old, slots[color]) && hasServed(old, run)) {
        return { kind: "step", step: { kind: "switch-back", from: color, to: old.color, revision: old.revision } };
    }
    if (isUnmarked(run))
        return { kind: "step", step: { kind: "mark", revision, result: "failed" } };
    // A slot that the failed revision never came into holds an older one, to which a rollback goes back.
    const isFilled = slots[color].exists && slots[color].revision === revision && slots[color].replicas > 0;
    if (service.active !== color && isFilled) {
        return drained(observed, evidence, wanted) ?? { kind: "step", step: { kind: "retire", color, how: "scale-down" } };
    }
    const outcome = isRolledBack(run) && wanted.kind !== "rollback" ? "rolled-back" : failure.outcome;
    return restored(observed) ?? over(failure, outcome);
}
/** What serves goes on without the color, and is neither marked nor retired. */
function unadopted({ observed: { slots }, failure }, color) {
    const { adopted, deployment } = slots[color];
    return adopted ? { kind: "step", step: { kind: "unadopt", color, deployment } } : over(failure, failure.outcome);
}
function over({ reason, hint }, outcome) {
    return { kind: "done", outcome, reason, ...(hint === undefined ? {} : { hint }) };
}
/** Traffic never goes "back" to a preview that it did not come from. */
function hasServed(old, { observed: { service, history }, evidence }) {
    if (evidence.switched === true)
        return true;
    const { rolledBackFrom } = service;
    const wasLeft = rolledBackFrom !== undefined && rolledBackFrom === old.revision;
    return wasLeft || (0,release_history/* findRevision */.pV)(history, old.revision)?.result !== undefined;
}
/** A confirmed revision stays so, unless its own release had to be taken back: else the next rollback would go to it. */
function isUnmarked(run) {
    const entry = (0,release_history/* findRevision */.pV)(run.observed.history, run.failure.revision);
    if (entry === undefined || entry.result === "failed")
        return false;
    return entry.result === undefined || (run.wanted.kind !== "rollback" && isRolledBack(run));
}
const beforeTraffic = ["prepare", "await-ready", "probe", "smoke"];
/** Whether it is this revision that the switch-back left; a run may also begin by leaving an older one. */
function isRolledBack({ evidence, failure }) {
    return evidence.switchedBack === true && !beforeTraffic.includes(failure.step);
}

// EXTERNAL MODULE: ./packages/release/goal.js + 2 modules
var release_goal = __webpack_require__(9135);
;// CONCATENATED MODULE: ./packages/release/next-step.js







/** The next thing to do, from what is seen now, what this run has proved, and what is wanted. Pure; the heart of cutover. */
function nextStep(observed, evidence, wanted) {
    const decision = decide(observed, evidence, wanted);
    return decision.kind === "step" && !observed.locked ? step({ kind: "lock" }) : decision;
}
/** The protocol, top down: the first part that has something left to do decides. */
function decide(observed, evidence, wanted) {
    const { failure } = evidence;
    if (failure !== undefined)
        return abandoned({ observed, evidence, wanted, failure });
    const goal = (0,release_goal/* findGoal */.py)(observed, wanted);
    if ("refusal" in goal) {
        // What another run has half done is judged when that has ended; a rollback would end it for nothing.
        if (observed.busy && !observed.locked && wanted.kind !== "rollback")
            return step({ kind: "lock" });
        return { kind: "refused", reason: goal.refusal, hint: goal.hint };
    }
    const run = { observed, evidence, wanted, goal };
    return (defective(run) ??
        adopted(run) ??
        settled(run) ??
        recorded(run) ??
        prepared(run) ??
        proved(run) ??
        switched(run) ??
        confirmed(run) ??
        disowned(run) ??
        retired(run) ??
        restored(observed) ??
        done(run));
}
function defective({ observed: { service } }) {
    const [defect] = service.defects;
    if (defect === undefined)
        return undefined;
    return {
        kind: "refused",
        reason: defect,
        hint: `Mend Service ${service.name}, then run this again: it goes on from what it finds.`,
    };
}
/** What serves a Service that selects no color is made one of its colors, before anything else. */
function adopted({ observed }) {
    const { adoption, service, slots, history } = observed;
    if (adoption === undefined)
        return undefined;
    if (adoption.refusal !== undefined)
        return { kind: "refused", ...adoption.refusal };
    const { color, missing } = adoption;
    const { revision, deployment, replicas } = slots[color];
    if (replicas === 0)
        return refused(`Deployment ${deployment} has been scaled to 0, so Service ${service.name} sends to nobody`);
    if (revision === undefined || (0,release_history/* findRevision */.pV)(history, revision) === undefined)
        return step({ kind: "record-baseline", color });
    if (missing !== "nothing")
        return step({ kind: "adopt", color, revision, deployment });
    if (!(0,health/* isWhole */.wP)(slots[color]))
        return step({ kind: "await-ready", color, revision });
    const [obstacle] = service.obstacles[color];
    return obstacle === undefined ? step({ kind: "narrow", color, revision }) : refused(obstacle);
}
function refused(reason) {
    return { kind: "refused", reason, hint: "The selector is as it was. Mend this and run it again." };
}
/** An active revision that nobody confirmed is confirmed or left before the other slot is touched. */
function settled(run) {
    const { observed, evidence, goal, wanted } = run;
    const { service, slots, history } = observed;
    const { active } = service;
    if (active === undefined || !slots[active].exists || (0,release_goal/* isServing */.PA)(observed, goal))
        return undefined;
    const current = (0,release_history/* activeRevision */.su)(observed);
    if (current === undefined)
        return step({ kind: "record-baseline", color: active });
    if (wanted.kind === "rollback")
        return disowned(run);
    const { revision, result } = current;
    const isGood = (0,health/* isHealthy */.Wr)(slots[active]);
    if (result === undefined && slots[active].adopted && isGood && !isOf(slots[active], evidence.confirmed))
        return step({ kind: "confirm", color: active, revision });
    if (result === undefined)
        return step({ kind: "mark", revision, result: isGood ? "confirmed" : "failed" });
    const other = slots[(0,release_color/* otherColor */.IP)(active)];
    const isWayBack = (0,health/* isHealthy */.Wr)(other) && (0,release_history/* findRevision */.pV)(history, other.revision)?.result === "confirmed";
    if (result === "confirmed" || isGood || !isWayBack)
        return disowned(run);
    return step({ kind: "switch-back", from: active, to: other.color, revision: other.revision });
}
/** What a rollback left counts as failed, or the rollback after the next release would go to it. */
function disowned({ observed: { service, history }, wanted, goal }) {
    const { rolledBackFrom } = service;
    if (wanted.kind === "retire")
        return undefined;
    const left = rolledBackFrom === undefined ? undefined : (0,release_history/* findRevision */.pV)(history, rolledBackFrom);
    if (left === undefined || left.result === "failed" || left.revision === goal.revision)
        return undefined;
    return step({ kind: "mark", revision: left.revision, result: "failed" });
}
function recorded({ goal }) {
    return goal.revision === undefined ? step({ kind: "record", color: goal.color }) : undefined;
}
function prepared({ observed, evidence, wanted, goal }) {
    const slot = observed.slots[goal.color];
    if (goal.revision === undefined || (0,release_goal/* isServing */.PA)(observed, goal))
        return undefined;
    // A rollback does without whatever it can do without.
    if ((0,release_goal/* carries */.ED)(slot, goal) && slot.replicas >= slot.target)
        return wanted.kind === "rollback" ? undefined : held(slot, slot.target);
    const draining = slot.replicas > 0 ? drained(observed, evidence, wanted) : undefined;
    if (draining !== undefined)
        return draining;
    if (slot.adopted && !(0,release_goal/* carries */.ED)(slot, goal))
        return step({ kind: "retire", color: slot.color, how: "delete" });
    return step({ kind: "prepare", color: slot.color, revision: goal.revision });
}
function proved({ observed, evidence, wanted, goal }) {
    const slot = observed.slots[goal.color];
    const { color } = slot;
    if (goal.revision === undefined || (0,release_goal/* isServing */.PA)(observed, goal))
        return undefined;
    if (!(0,health/* isReady */.i_)(slot))
        return step({ kind: "await-ready", color, revision: goal.revision });
    if (wanted.probe && !isOf(slot, evidence.probed))
        return step({ kind: "probe", color, revision: goal.revision });
    if (wanted.smoke && !isOf(slot, evidence.smoked))
        return step({ kind: "smoke", color, revision: goal.revision });
    return undefined;
}
function switched(run) {
    const { observed, wanted, goal } = run;
    if (goal.revision === undefined || (0,release_goal/* isServing */.PA)(observed, goal))
        return undefined;
    if (wanted.kind === "deploy" && wanted.switch === "manual") {
        const reason = `Revision ${goal.revision} is ready in ${goal.color} and gets no traffic yet`;
        return {
            kind: "done",
            outcome: "succeeded",
            reason,
            hint: "Once it is approved, run `promote` with the output `preview`, or the same release with `switch: auto`.",
        };
    }
    const [obstacle] = observed.service.obstacles[goal.color];
    if (obstacle !== undefined) {
        return {
            kind: "refused",
            reason: obstacle,
            hint: "Nothing was switched. Mend it and run the release again: it goes on from here.",
        };
    }
    const { active } = observed.service;
    const { revision, color: to } = goal;
    const old = wanted.kind === "rollback" || active === undefined ? undefined : observed.slots[active];
    return (old && held(old, old.replicas)) ?? step({ kind: "switch", from: active, to, revision, ...leaves(run) });
}
/** Only the way back leaves something behind: not the way forward again, and what is restored was left by nobody. */
function leaves({ observed, goal, wanted }) {
    const current = (0,release_history/* activeRevision */.su)(observed)?.revision;
    if (wanted.kind !== "rollback" || isNewer(goal.revision, current))
        return {};
    const left = current === goal.revision ? observed.service.rolledBackFrom : (current ?? 0);
    return left === undefined ? {} : { leaves: left };
}
function confirmed({ observed, evidence, wanted, goal }) {
    const { revision, color } = goal;
    const slot = observed.slots[color];
    const isMarked = (0,release_history/* findRevision */.pV)(observed.history, revision)?.result === "confirmed";
    const isStanding = isMarked && evidence.switched !== true && observed.service.endpoints[color] >= slot.needed;
    if (revision === undefined || isStanding)
        return undefined;
    if (!isOf(slot, evidence.confirmed))
        return step({ kind: "confirm", color, revision });
    if (wanted.soak > 0 && !isOf(slot, evidence.soaked))
        return step({ kind: "soak", color, revision });
    return isMarked ? undefined : step({ kind: "mark", revision, result: "confirmed" });
}
function retired({ observed, evidence, wanted, goal }) {
    const old = observed.slots[(0,release_color/* otherColor */.IP)(goal.color)];
    if (wanted.previous === "keep" || !old.exists || (old.replicas === 0 && wanted.previous === "scale-down"))
        return undefined;
    if (isAwaited(observed, old))
        return undefined;
    const draining = old.replicas > 0 ? drained(observed, evidence, wanted) : undefined;
    return draining ?? step({ kind: "retire", color: old.color, how: wanted.previous });
}
/** A newer revision than the active one, of which nobody has said that it is not good. */
function isAwaited({ service, history }, { revision }) {
    const isBad = revision === service.rolledBackFrom || (0,release_history/* findRevision */.pV)(history, revision)?.result === "failed";
    return isNewer(revision, service.revision) && !isBad;
}
function done(run) {
    const { observed: { service }, wanted, goal, } = run;
    const serves = `Service ${service.name} serves revision ${goal.revision} from ${goal.color}`;
    const reason = wanted.kind === "retire" ? `${serves}; ${whatBecame(run)}` : serves;
    return { kind: "done", outcome: "succeeded", reason, ...whyItStayed(run) };
}
function whyItStayed({ observed, evidence, wanted }) {
    if (wanted.kind !== "rollback" || wanted.to !== "previous" || evidence.switched === true)
        return {};
    if (wanted.staying?.includes(observed.service.name) === true) {
        return { hint: "The release that is undone never reached it: the others go back to what it serves." };
    }
    return { hint: "An earlier rollback came here. To go further back, pass a revision number as `to`." };
}
function whatBecame({ observed, goal }) {
    const { color, exists, revision } = observed.slots[(0,release_color/* otherColor */.IP)(goal.color)];
    if (!exists)
        return `there is no ${color}`;
    return isAwaited(observed, observed.slots[color])
        ? `${color} holds revision ${revision}, which is newer, and stays`
        : `${color} is scaled down`;
}
function step(one) {
    return { kind: "step", step: one };
}
function isNewer(one, other) {
    return one !== undefined && other !== undefined && one > other;
}
function isOf(slot, proof) {
    return proof !== undefined && proof === slot.replicaSet;
}


/***/ }),

/***/ 7043:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ podSymptom)
/* harmony export */ });
/* harmony import */ var _container_symptom_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2152);
/* harmony import */ var _symptom_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2217);


/** Milliseconds that a cluster without an autoscaler may look for room. */
const schedulingBudget = 90_000;
/** Milliseconds for which a Secret or ConfigMap of a volume may still be on its way. */
const volumeGrace = 30_000;
/** Milliseconds that a readiness probe may fail before it is worth a word, where its own settings are not known. */
const defaultReadinessBudget = 30_000;
/** What is wrong with one pod now; its container's trouble first. A ready pod has nothing wrong. */
function podSymptom(pod, pullCauses) {
    if (pod.ready)
        return undefined;
    const ofContainers = pod.containers.flatMap((container) => {
        return (0,_container_symptom_js__WEBPACK_IMPORTED_MODULE_0__/* .containerSymptom */ .L)(pod, container, pullCauses[`${pod.uid}/${container.name}`]) ?? [];
    });
    const condemning = ofContainers.find((symptom) => symptom.condemns !== "never");
    return condemning ?? ofContainers[0] ?? placement(pod) ?? volumes(pod) ?? readiness(pod) ?? starting(pod);
}
function about(pod, container) {
    return { pod: pod.name, container };
}
function placement(pod) {
    if (!pod.unscheduled)
        return undefined;
    const { reason, message } = pod.unscheduled;
    const growing = pod.events.some((event) => ["TriggeredScaleUp", "Nominated"].includes(event.reason));
    const gated = reason === "SchedulingGated";
    return {
        ...about(pod),
        id: `${pod.uid}/unschedulable`,
        kind: "unschedulable",
        reason,
        message: (0,_symptom_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .T)(message),
        cause: growing ? "waited for a new node" : "could not be scheduled",
        hint: "Both colors run at once, so the nodes need room for both: add nodes, lower resources.requests, or have the old slot scaled down after each release (`previous: scale-down`). An anti-affinity rule counts the other color's pods too.",
        condemns: growing || gated ? "never" : schedulingBudget,
    };
}
function volumes(pod) {
    const event = newest(pod, ["FailedMount", "FailedAttachVolume", "FailedCreatePodSandBox"]);
    if (!event || !isCreating(pod))
        return undefined;
    const common = { ...about(pod), reason: event.reason, message: (0,_symptom_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .T)(event.message) };
    if (event.reason === "FailedCreatePodSandBox") {
        const hint = "The node's container runtime or network plugin fails; whoever runs the cluster should look at it.";
        return {
            ...common,
            id: `${pod.uid}/sandbox`,
            kind: "sandbox",
            cause: "got no network or sandbox on their node",
            hint,
            condemns: "never",
        };
    }
    const missing = /(secret|configmap)s? "[^"]*" not found|references? non-existent|not registered/i.test(event.message);
    if (missing && !/failed to sync/i.test(event.message)) {
        const hint = "Create what the message names in this namespace, or mark the volume `optional: true`.";
        return {
            ...common,
            id: `${pod.uid}/volume`,
            kind: "volume-missing",
            cause: "could not get a volume's configuration",
            hint,
            condemns: volumeGrace,
        };
    }
    const hint = "A ReadWriteOnce volume belongs to one node, and both colors run at once: use ReadWriteMany, or keep the data outside of the pods.";
    return {
        ...common,
        id: `${pod.uid}/volume`,
        kind: "volume-busy",
        cause: "waited for a volume",
        hint,
        condemns: "never",
    };
}
function readiness(pod) {
    if (pod.phase !== "Running" || pod.containers.some((container) => container.waiting !== undefined))
        return undefined;
    const unready = pod.containers.find((container) => !container.ready);
    if (!unready) {
        const hint = "A readiness gate is not met: look at the pod's conditions, and at the controller that should set it.";
        return {
            ...about(pod),
            id: `${pod.uid}/gate`,
            kind: "readiness-gate",
            reason: "NotReady",
            message: "",
            cause: "waited for a readiness gate",
            hint,
            condemns: "never",
        };
    }
    const event = pod.events
        .filter(({ reason, message }) => reason === "Unhealthy" && /^(Readiness|Startup) probe/.test(message))
        .at(-1);
    const { name, readinessProbe } = unready;
    return {
        ...about(pod, name),
        id: `${pod.uid}/${name}/readiness`,
        kind: "readiness-probe",
        reason: event ? "Unhealthy" : "NotReady",
        message: (0,_symptom_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .T)(event?.message ?? ""),
        cause: readinessProbe === undefined
            ? `did not get ready in container ${name}`
            : `did not pass the readiness probe of container ${name}, ${readinessProbe}`,
        hint: "Ask the application why it is not ready: a dependency that it cannot reach, a wrong path or port in the probe, or a start that takes longer than `timeout`.",
        condemns: "never",
        quietFor: unready.readinessBudget ?? defaultReadinessBudget,
    };
}
function starting(pod) {
    const container = pod.containers.find(({ ready, waiting }) => !ready && waiting) ?? pod.containers.find(({ ready }) => !ready);
    const reason = container?.waiting?.reason ?? pod.phase;
    return {
        ...about(pod, container?.name),
        id: `${pod.uid}/starting`,
        kind: "starting",
        reason,
        message: (0,_symptom_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .T)(container?.waiting?.message ?? ""),
        cause: "were still starting",
        hint: "Give it a longer `timeout` if this start is as slow as it should be.",
        condemns: "never",
        quietFor: Number.POSITIVE_INFINITY,
    };
}
function isCreating(pod) {
    return pod.containers.some(({ waiting }) => waiting && /^(ContainerCreating|PodInitializing)$/.test(waiting.reason));
}
function newest(pod, reasons) {
    const events = pod.events.filter(({ reason }) => reasons.includes(reason));
    return events.toSorted((one, other) => other.lastSeen - one.lastSeen)[0];
}


/***/ }),

/***/ 9564:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z6: () => (/* binding */ pullSymptom),
/* harmony export */   nJ: () => (/* binding */ pullCause),
/* harmony export */   q5: () => (/* binding */ isPulling)
/* harmony export */ });
/* harmony import */ var _symptom_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2217);

/** Whether the kubelet is failing to pull this container's image; the two reasons alternate. */
function isPulling({ waiting }) {
    return (waiting?.reason === "ErrImagePull" ||
        waiting?.reason === "ImagePullBackOff" ||
        waiting?.reason === "RegistryUnavailable");
}
/**
 * Why the pull fails, as the kubelet or an event said it. The back-off's own text carries no cause before Kubernetes 1.32,
 * so what was known earlier is kept.
 */
function pullCause(pod, container, earlier) {
    const events = pod.events
        .filter(({ reason, message }) => reason === "Failed" && message.includes(`Failed to pull image "${container.image}"`))
        .toSorted((one, other) => other.lastSeen - one.lastSeen);
    const texts = [container.waiting?.message, earlier, ...events.map((event) => event.message)];
    return texts.find((text) => text !== undefined && classify(text, container.image) !== "unknown");
}
/** @param cause what `pullCause` found */
function pullSymptom(pod, container, cause) {
    const { image, waiting } = container;
    const text = cause ?? waiting?.message ?? "";
    return {
        id: `${pod.uid}/${container.name}/pull`,
        pod: pod.name,
        container: container.name,
        reason: waiting?.reason ?? "ErrImagePull",
        message: (0,_symptom_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .T)(tail(text, image)),
        ...verdicts[classify(text, image)](image),
    };
}
const patterns = [
    ["busy", /429|too many requests|toomanyrequests|rate limit/i],
    ["forbidden", /\b40[13]\b|unauthorized|forbidden|denied|authentication required|no basic auth|authorization failed/i],
    ["platform", /no match for platform|no matching manifest for/i],
    ["missing", /not found|manifest unknown|name unknown|manifest_unknown|name_unknown/i],
    [
        "busy",
        /\b50[0-4]\b|time-?out|timed out|deadline exceeded|connection (refused|reset)|no such host|\beof\b|i\/o|server misbehaving|temporar|no route to host|network is unreachable|tls|x509|unavailable|canceled/i,
    ],
];
function classify(text, image) {
    // An image may be called `timeout`, and its tag `404-not-found`.
    const said = text.replaceAll(image, "").replace(/"[^"]*"/g, "");
    return patterns.find(([, pattern]) => pattern.test(said))?.[0] ?? "unknown";
}
/** What follows the reference is the registry's own answer. */
function tail(text, image) {
    const ends = [`${image}: `, `${image}": `].map((end) => {
        const start = text.lastIndexOf(end);
        return start === -1 ? 0 : start + end.length;
    });
    return text.slice(Math.max(...ends));
}
const verdicts = {
    missing: (image) => ({
        kind: "image-not-found",
        cause: `cannot pull ${(0,_symptom_js__WEBPACK_IMPORTED_MODULE_0__/* .shortened */ .v)(image)}: the registry does not have it`,
        hint: "Was it built and pushed, to this registry and under this name? build-push's output `image` names the digest that was pushed; pass that, not a tag.",
        condemns: "at-once",
    }),
    platform: (image) => ({
        kind: "image-platform",
        cause: `cannot pull ${(0,_symptom_js__WEBPACK_IMPORTED_MODULE_0__/* .shortened */ .v)(image)}: it was not built for their nodes' processor`,
        hint: "Build the image for the platform of the nodes (`linux/amd64`, `linux/arm64`), or keep the pods on nodes that it fits with a nodeSelector.",
        condemns: "at-once",
    }),
    forbidden: (image) => ({
        kind: "image-forbidden",
        cause: `may not pull ${(0,_symptom_js__WEBPACK_IMPORTED_MODULE_0__/* .shortened */ .v)(image)}: the registry refuses the credentials, or there are none`,
        hint: "Check imagePullSecrets of the pod or of its ServiceAccount: the Secret must be in this namespace, for this registry, and not expired. Some registries say so of images that do not exist, too.",
        condemns: 60_000,
    }),
    busy: (image) => ({
        kind: "image-pull",
        cause: `cannot pull ${(0,_symptom_js__WEBPACK_IMPORTED_MODULE_0__/* .shortened */ .v)(image)} at the moment`,
        hint: "The registry is overloaded, limits the rate or cannot be reached from the nodes; the kubelet keeps trying. Check the registry and the nodes' network.",
        condemns: "never",
    }),
    unknown: (image) => ({
        kind: "image-pull",
        cause: `cannot pull ${(0,_symptom_js__WEBPACK_IMPORTED_MODULE_0__/* .shortened */ .v)(image)}`,
        hint: "The kubelet keeps trying. `kubectl describe pod` shows the registry's answer.",
        condemns: "never",
    }),
};


/***/ }),

/***/ 7590:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ activeAtEnd),
/* harmony export */   V: () => (/* binding */ trafficSpans)
/* harmony export */ });
/** Who had the traffic from the run's start to its end, without gaps. */
function trafficSpans({ activeAtStart, switches, startedAt, finishedAt, }) {
    const moves = switches.map(({ at, to }) => ({ at: Math.min(Math.max(at, startedAt), finishedAt), to }));
    const starts = [{ at: startedAt, to: activeAtStart }, ...moves];
    return starts.map(({ at, to }, index) => ({ color: to, from: at, to: starts[index + 1]?.at ?? finishedAt }));
}
/** Who has the traffic at the end. */
function activeAtEnd({ activeAtStart, switches }) {
    return switches.at(-1)?.to ?? activeAtStart;
}


/***/ }),

/***/ 4093:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   NA: () => (/* binding */ neededReplicas),
/* harmony export */   nJ: () => (/* binding */ targetReplicas),
/* harmony export */   qY: () => (/* binding */ expendableReplicas)
/* harmony export */ });
/** Pods that a slot must have before traffic comes to it: never fewer than serve now unless so asked, and never none. */
function targetReplicas({ asked, manifest, live, floor }) {
    return Math.max(1, asked ?? Math.max(manifest ?? 0, live ?? 0, floor ?? 0));
}
/** Pods that a rolling update may take away before others are ready; where nothing may be added, one has to go first. */
function expendableReplicas(replicas, { maxUnavailable, maxSurge = "25%" } = {}) {
    const spare = spareReplicas(replicas, maxUnavailable);
    const isAdding = maxSurge !== 0 && Number.parseInt(String(maxSurge), 10) !== 0;
    return Math.min(replicas, isAdding ? spare : Math.max(1, spare));
}
/**
 * Ready pods without which a slot of `replicas` does not serve well enough: what a rolling update would leave.
 * `maxUnavailable` as in a Deployment's strategy (a number, or a percentage that rounds down); Kubernetes' default is 25 %.
 */
function neededReplicas(replicas, maxUnavailable) {
    return Math.max(1, replicas - spareReplicas(replicas, maxUnavailable));
}
function spareReplicas(replicas, maxUnavailable = "25%") {
    const percentage = /^(\d+)%$/.exec(String(maxUnavailable))?.[1];
    const spare = percentage === undefined ? Number(maxUnavailable) : Math.floor((replicas * Number(percentage)) / 100);
    return Number.isFinite(spare) ? spare : 0;
}


/***/ }),

/***/ 8570:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ slotName)
/* harmony export */ });
/** The Deployment of one color, from a pattern such as `{service}-{color}`. */
function slotName(pattern, service, color) {
    return pattern.replaceAll("{service}", service).replaceAll("{color}", color);
}


/***/ }),

/***/ 3870:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ title),
/* harmony export */   n: () => (/* binding */ noEvidence)
/* harmony export */ });
const noEvidence = {};
/** The title that a step has in the log, the summary and the report. */
function title(step) {
    switch (step.kind) {
        case "lock":
            return "Lock and claim";
        case "record-baseline":
            return `Record what ${step.color} serves now`;
        case "adopt":
            return `Adopt Deployment ${step.deployment} as ${step.color}`;
        case "narrow":
            return `Narrow the selector to ${step.color}`;
        case "unadopt":
            return `Take the color off Deployment ${step.deployment}`;
        case "record":
            return `Record the release for ${step.color}`;
        case "prepare":
            return `Prepare ${step.color} with revision ${step.revision}`;
        case "hold-floor":
            return `Hold the autoscaler of ${step.color} at ${step.pods} pods`;
        case "restore-floor":
            return `Give the autoscaler of ${step.color} its own floor back`;
        case "await-ready":
            return `Wait until ${step.color} is ready`;
        case "probe":
            return `Probe the preview pods of ${step.color}`;
        case "smoke":
            return `Smoke-test ${step.color}`;
        case "switch":
            return step.from === undefined
                ? `Switch traffic to ${step.to}`
                : `Switch traffic from ${step.from} to ${step.to}`;
        case "switch-back":
            return `Switch traffic back from ${step.from} to ${step.to}`;
        case "confirm":
            return `Confirm that ${step.color} serves revision ${step.revision}`;
        case "soak":
            return `Soak ${step.color}`;
        case "mark":
            return `Mark revision ${step.revision} ${step.result}`;
        case "drain":
            return `Drain ${step.color}`;
        case "retire":
            return step.how === "delete" ? `Delete ${step.color}` : `Scale ${step.color} down`;
    }
}


/***/ }),

/***/ 2217:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ oneLine),
/* harmony export */   v: () => (/* binding */ shortened)
/* harmony export */ });
/** One line of somebody else's text, without control characters, at most 300 characters long. */
function oneLine(text) {
    const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
    return line.length <= 300 ? line : `${line.slice(0, 299)}…`;
}
/** An image reference with twelve digits of its digest, as people tell them apart. */
function shortened(image) {
    return image.replace(/(@sha256:[0-9a-f]{12})[0-9a-f]+/, "$1…");
}


/***/ }),

/***/ 6152:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B9: () => (/* binding */ instantOf),
/* harmony export */   DS: () => (/* binding */ isZone),
/* harmony export */   Ow: () => (/* binding */ wallTime),
/* harmony export */   Yi: () => (/* binding */ formatMinute)
/* harmony export */ });
const formats = new Map();
/** What clocks in a zone of the IANA database show at an instant. @throws RangeError for a zone that there is not */
function wallTime(at, zone) {
    const two = "2-digit";
    const format = formats.get(zone) ??
        new Intl.DateTimeFormat("en-US", {
            ...{ timeZone: zone, calendar: "iso8601", hourCycle: "h23", year: "numeric" },
            ...{ month: two, day: two, hour: two, minute: two, second: two },
        });
    formats.set(zone, format);
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts;
    return { year, month, day, hour, minute, second };
}
const longestOffset = 86_400_000;
/**
 * The instant at which clocks in a zone show this: the first one if they show it twice, and if they leave it out, as if they
 * were changed a little later (RFC 5545, 3.3.5). A day beyond the month's last is one of the next month.
 */
function instantOf(wall, zone) {
    const asUtc = utcOf(wall);
    const [before, after] = [-longestOffset, longestOffset].map((away) => offsetAt(asUtc + away, zone));
    const [first = 0, second = 0] = [asUtc - (before ?? 0), asUtc - (after ?? 0)];
    const isShown = (at) => at + offsetAt(at, zone) === asUtc;
    if (isShown(first) && isShown(second))
        return new Date(Math.min(first, second));
    return new Date(isShown(second) ? second : first);
}
/** Milliseconds by which clocks in the zone are ahead of UTC. */
function offsetAt(at, zone) {
    return utcOf(wallTime(new Date(at), zone)) - Math.floor(at / 1_000) * 1_000;
}
function utcOf({ year, month, day, hour, minute, second }) {
    return Date.UTC(year, month - 1, day, hour, minute, second);
}
/** Whether the IANA database knows it. */
function isZone(zone) {
    try {
        return new Intl.DateTimeFormat("en-US", { timeZone: zone }).resolvedOptions().timeZone !== "";
    }
    catch {
        return false;
    }
}
/** `2026-11-21 16:30 UTC`. */
function formatMinute(at) {
    return `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}


/***/ }),

/***/ 6148:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Et: () => (/* binding */ parseWindow),
/* harmony export */   gR: () => (/* binding */ nextOpening),
/* harmony export */   nT: () => (/* binding */ isOpen)
/* harmony export */ });
/* harmony import */ var _freeze_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(79);
/* harmony import */ var _wall_time_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6152);


const dayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const minutesPerDay = 1_440;
/**
 * `Tue-Thu 10:00-14:00 America/New_York`: days (a list, ranges may wrap; every day if left out), from and until, and a time zone
 * of the IANA database (UTC if left out). One that ends before it begins ends on the next day. `undefined` for anything else.
 */
function parseWindow(text) {
    const found = /^(?:([A-Za-z,-]+)\s+)?(\d\d):(\d\d)-(\d\d):(\d\d)(?:\s+(\S+))?$/.exec(text.trim());
    if (found === null)
        return undefined;
    const [, dayList, fromHour, fromMinute, toHour, toMinute, zone = "UTC"] = found;
    const days = dayList === undefined ? new Set(dayNames.keys()) : parseDays(dayList);
    const [opens, closes] = [minuteOf(fromHour, fromMinute), minuteOf(toHour, toMinute)];
    if (days === undefined || opens === undefined || closes === undefined || opens === closes)
        return undefined;
    if (opens === minutesPerDay || !(0,_wall_time_js__WEBPACK_IMPORTED_MODULE_0__/* .isZone */ .DS)(zone))
        return undefined;
    return { text: text.trim(), days, opens, closes: closes > opens ? closes : closes + minutesPerDay, zone };
}
/** Whether the window is open at an instant; when the clocks change it follows the clock on the wall. */
function isOpen(window, at) {
    const { days, opens, closes, zone } = window;
    const { day, minute } = wallClock(at, zone);
    const yesterday = (day + 6) % 7;
    return ((days.has(day) && minute >= opens && minute < closes) || (days.has(yesterday) && minute + minutesPerDay < closes));
}
/** The next whole minute at which one of the windows is open and no freeze is on; `undefined` where there is none. */
function nextOpening(windows, after, freezes = []) {
    const opening = earliest(windows, after);
    if (opening === undefined)
        return undefined;
    const thaw = (0,_freeze_js__WEBPACK_IMPORTED_MODULE_1__/* .thawAfter */ .f)(freezes, opening);
    return thaw > opening ? nextOpening(windows, thaw, freezes) : opening;
}
function earliest(windows, after) {
    const openings = windows.flatMap((window) => openingOf(window, after) ?? []);
    return openings.toSorted((one, other) => one.getTime() - other.getTime())[0];
}
/** No change of clocks is longer; up to it before an opening every minute is looked at. */
const longestChange = 180;
/** An opening that falls into an hour that the clocks leave out comes a week later. */
function openingOf(window, after) {
    const start = Math.ceil(after.getTime() / 60_000);
    let minute = start;
    while (minute <= start + 15 * minutesPerDay) {
        const at = new Date(minute * 60_000);
        if (isOpen(window, at))
            return at;
        minute += Math.max(1, minutesTo(window, at) - longestChange);
    }
    return undefined;
}
/** Minutes to the next opening, if no clock is changed until then. */
function minutesTo({ days, opens, zone }, at) {
    const { day, minute } = wallClock(at, zone);
    const ahead = Array.from({ length: 8 }, (_, later) => later).filter((later) => days.has((day + later) % 7));
    return Math.min(...ahead.map((later) => later * minutesPerDay + opens - minute).filter((wait) => wait > 0));
}
/** Day of the week (0 is Monday) and minute of the day, as a clock on the wall of the zone shows them. */
function wallClock(at, zone) {
    const { year, month, day, hour, minute } = (0,_wall_time_js__WEBPACK_IMPORTED_MODULE_0__/* .wallTime */ .Ow)(at, zone);
    return { day: (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7, minute: hour * 60 + minute };
}
function parseDays(list) {
    const days = new Set();
    for (const part of list.split(",")) {
        const [first, last = first, ...more] = part.split("-").map(dayNumber);
        if (first === undefined || last === undefined || more.length > 0)
            return undefined;
        for (let day = first;; day = (day + 1) % 7) {
            days.add(day);
            if (day === last)
                break;
        }
    }
    return days;
}
function dayNumber(name) {
    const index = dayNames.findIndex((one) => one.toLowerCase() === name.toLowerCase());
    return index < 0 ? undefined : index;
}
/** Up to 24:00, which is the day's end. */
function minuteOf(hour = "", minute = "") {
    const total = Number(hour) * 60 + Number(minute);
    return Number(minute) < 60 && total <= minutesPerDay ? total : undefined;
}


/***/ }),

/***/ 1769:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Co: () => (/* binding */ runFact),
/* harmony export */   _S: () => (/* binding */ sign),
/* harmony export */   fK: () => (/* binding */ fact),
/* harmony export */   vK: () => (/* binding */ banner)
/* harmony export */ });
/* harmony import */ var _html_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1206);
/* harmony import */ var _words_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9306);


/** Outcome, in a word, a sign and a sentence; then who, where and when. */
function banner(report) {
    const { outcome, namespace, startedAt, diagnosis } = report;
    return (0,_html_js__WEBPACK_IMPORTED_MODULE_0__/* .html */ .qy) `<header class="banner ${outcome}">
${sign(outcome)}
<div>
<p class="outcome">${outcome}</p>
<h1>${(0,_words_js__WEBPACK_IMPORTED_MODULE_1__/* .headline */ .Pl)(report)}</h1>
<p class="lead">${(0,_words_js__WEBPACK_IMPORTED_MODULE_1__/* .trafficSentence */ .Zr)(report)}</p>
${reason(report, diagnosis?.title)}
<dl class="facts">
${fact("Namespace", namespace)}
${fact("Took", (0,_words_js__WEBPACK_IMPORTED_MODULE_1__/* .duration */ .p0)(report))}
${fact("Started", (0,_words_js__WEBPACK_IMPORTED_MODULE_1__/* .dateAndTime */ .bm)(startedAt))}
${fact("By", report.actor)}
${fact("Commit", report.commit.slice(0, 12))}
${runFact(report.runUrl)}
</dl>
</div>
</header>`;
}
/** The reason, unless the diagnosis below says the same. */
function reason({ reason: text, hint, diagnosis }, title) {
    const said = title !== undefined && text.startsWith(title);
    const isToldBelow = said || hint === diagnosis?.hint;
    return (0,_html_js__WEBPACK_IMPORTED_MODULE_0__/* .html */ .qy) `${said || text === "" ? undefined : (0,_html_js__WEBPACK_IMPORTED_MODULE_0__/* .html */ .qy) `<p class="reason">${(0,_html_js__WEBPACK_IMPORTED_MODULE_0__/* .prose */ .CS)(text)}</p>`}
${hint === undefined || isToldBelow ? undefined : (0,_html_js__WEBPACK_IMPORTED_MODULE_0__/* .html */ .qy) `<p class="hint"><b>What to do:</b> ${(0,_html_js__WEBPACK_IMPORTED_MODULE_0__/* .prose */ .CS)(hint)}</p>`}`;
}
/** A name and what stands behind it; nothing where nothing does. */
function fact(name, value) {
    return value === "" ? undefined : (0,_html_js__WEBPACK_IMPORTED_MODULE_0__/* .html */ .qy) `<div><dt>${name}</dt><dd>${value}</dd></div>`;
}
/** A link to the run, where it has an address. */
function runFact(runUrl) {
    const address = (0,_words_js__WEBPACK_IMPORTED_MODULE_1__/* .webAddress */ .Dy)(runUrl);
    if (address === undefined)
        return fact("Run", runUrl);
    return (0,_html_js__WEBPACK_IMPORTED_MODULE_0__/* .html */ .qy) `<div><dt>Run</dt><dd><a href="${address}" rel="noreferrer">open the run</a></dd></div>`;
}
/** The sign of an outcome, drawn. */
function sign(outcome) {
    return (0,_html_js__WEBPACK_IMPORTED_MODULE_0__/* .html */ .qy) `<svg class="sign" viewBox="0 0 48 48" aria-hidden="true"><circle cx="24" cy="24" r="22"/><path d="${signs[outcome]}"/></svg>`;
}
const cross = "M16 16 L32 32 M32 16 L16 32";
/** Drawn in a box of 48 by 48. */
const signs = {
    succeeded: "M14 25 L21 32 L34 17",
    failed: cross,
    "rolled-back": "M20 14 L13 21 L20 28 M13 21 H28 A7 7 0 0 1 28 35 H20",
    refused: "M13 24 H35",
    "timed-out": "M24 12 V25 L32 30",
    superseded: "M14 16 L22 24 L14 32 M25 16 L33 24 L25 32",
};


/***/ }),

/***/ 6690:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  M: () => (/* binding */ page),
  u: () => (/* binding */ section)
});

// EXTERNAL MODULE: ./packages/report/html.js
var html = __webpack_require__(1206);
;// CONCATENATED MODULE: ./packages/report/style.js
/** The whole style of the page. Colors of slots are those of their names; outcomes have others, and a sign each. */
const style = `
:root {
  --paper: #f6f7f9; --card: #ffffff; --ink: #16202e; --quiet: #5b6776; --line: #dfe4ea; --code: #f0f2f5;
  --blue: #2f6fe4; --green: #1f9d57; --on-slot: #ffffff;
  --good: #0f766e; --bad: #c2262e; --warn: #b45309; --calm: #475569; --other: #7c3aed; --bar: #7d8ba0;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #0d131b; --card: #151d28; --ink: #e7ecf3; --quiet: #9aa7b8; --line: #28323f; --code: #1d2733;
    --blue: #5b93f5; --green: #3fbf78; --on-slot: #0b1118;
    --good: #2dd4bf; --bad: #ff6b6b; --warn: #f5a524; --calm: #94a3b8; --other: #b794f6; --bar: #6b7a90;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 1040px; margin: 0 auto; padding: 32px 20px 48px; }
h1 { font-size: 27px; line-height: 1.2; margin: 2px 0 6px; letter-spacing: -0.015em; overflow-wrap: anywhere; }
h2 { font-size: 13px; text-transform: uppercase; letter-spacing: 0.08em; color: var(--quiet); margin: 0 0 14px; font-weight: 650; }
h3 { font-size: 17px; margin: 0; display: flex; align-items: center; gap: 9px; }
p { margin: 0 0 6px; overflow-wrap: anywhere; }
a { color: inherit; text-underline-offset: 3px; }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 13px; }
code { overflow-wrap: anywhere; }
section, .banner { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 22px 24px; margin: 0 0 18px; }
.banner { --tone: var(--calm); display: flex; gap: 22px; border-top: 6px solid var(--tone); }
.banner > div { min-width: 0; flex: 1; }
.succeeded { --tone: var(--good); } .failed { --tone: var(--bad); } .rolled-back { --tone: var(--warn); }
.timed-out { --tone: var(--bad); } .refused { --tone: var(--calm); } .superseded { --tone: var(--other); }
.sign { width: 60px; height: 60px; flex: none; margin-top: 4px; }
.sign circle { fill: var(--tone); fill-opacity: 0.14; stroke: var(--tone); stroke-width: 2.5; }
.sign path { fill: none; stroke: var(--tone); stroke-width: 3.6; stroke-linecap: round; stroke-linejoin: round; }
.outcome { color: var(--tone); font-weight: 700; text-transform: uppercase; letter-spacing: 0.08em; font-size: 13px; margin: 0; }
.lead { font-size: 17px; color: var(--quiet); }
.reason { white-space: pre-line; margin-top: 10px; }
.hint { margin-top: 10px; } .hint code { background: var(--code); border-radius: 4px; padding: 1px 5px; }
.facts { display: flex; flex-wrap: wrap; gap: 10px 34px; margin: 18px 0 0; padding-top: 16px; border-top: 1px solid var(--line); }
.facts dt { font-size: 12px; color: var(--quiet); } .facts dd { margin: 0; font-weight: 550; overflow-wrap: anywhere; }
details > summary { cursor: pointer; font-weight: 650; padding: 10px 4px; overflow-wrap: anywhere; }
.diagnosis { border-left: 6px solid var(--bad); }
.cause { font-weight: 650; font-size: 17px; }
.diagnosis ul { margin: 8px 0; padding-left: 20px; } .diagnosis li { overflow-wrap: anywhere; margin-bottom: 4px; }
details { margin-top: 14px; } summary { cursor: pointer; color: var(--quiet); }
pre { background: var(--code); border-radius: 8px; padding: 12px 14px; margin: 8px 0 0; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.45; }
.slots { display: grid; grid-template-columns: repeat(auto-fit, minmax(280px, 1fr)); gap: 16px; }
.slot { --slot: var(--blue); border: 1px solid var(--line); border-radius: 11px; padding: 16px 18px; }
.slot.green { --slot: var(--green); }
.slot.active { border: 2px solid var(--slot); padding: 15px 17px; }
.dot { width: 13px; height: 13px; border-radius: 50%; background: var(--slot); }
.chip { margin-left: auto; font-size: 12px; font-weight: 600; padding: 2px 11px; border-radius: 99px; border: 1px solid var(--line); color: var(--quiet); }
.slot.active .chip { background: var(--slot); border-color: var(--slot); color: var(--on-slot); }
.revision { font-size: 22px; font-weight: 650; margin: 8px 0 0; letter-spacing: -0.01em; }
.pods { display: flex; flex-wrap: wrap; gap: 5px; margin: 10px 0 0; }
.pods i { width: 18px; height: 18px; border-radius: 5px; border: 2px solid var(--slot); }
.pods .ready { background: var(--slot); } .pods .unready { border-style: dashed; opacity: 0.75; }
figure { margin: -14px 0 0; overflow-x: auto; }
.timeline { width: 100%; min-width: 640px; display: block; font: 13px system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif; }
.timeline text { fill: var(--ink); } .timeline .tick, .timeline .time, .timeline .note { fill: var(--quiet); font-size: 12px; }
.timeline .band { fill: var(--on-slot); font-weight: 650; }
.timeline .grid { stroke: var(--line); } .timeline .switch { stroke: var(--ink); stroke-dasharray: 3 4; opacity: 0.65; }
.timeline rect.blue { fill: var(--blue); } .timeline rect.green { fill: var(--green); } .timeline rect.nobody { fill: var(--bar); fill-opacity: 0.4; }
.step rect { fill: var(--bar); } .step.failed rect { fill: var(--bad); } .timeline .step.failed text { fill: var(--bad); font-weight: 650; }
table { width: 100%; border-collapse: collapse; } th { text-align: left; font-size: 12px; color: var(--quiet); font-weight: 550; }
td, th { padding: 8px 14px 8px 0; border-bottom: 1px solid var(--line); vertical-align: top; } tbody tr:last-child td { border-bottom: 0; }
td { overflow-wrap: anywhere; } .current td:first-child { font-weight: 700; } .current td:first-child::after { content: " ←"; color: var(--quiet); }
.result { font-size: 13px; font-weight: 600; color: var(--quiet); } .result.confirmed { color: var(--good); } .result.failed { color: var(--bad); }
footer { color: var(--quiet); font-size: 13px; text-align: center; padding-top: 6px; }
@media (max-width: 560px) { .banner { display: block; } .sign { width: 44px; height: 44px; } main { padding: 14px 10px 30px; } section, .banner { padding: 16px; } }
@media print {
  :root { --paper: #ffffff; --card: #ffffff; --ink: #000000; --quiet: #444444; --line: #cccccc; --code: #f4f4f4; --blue: #2f6fe4; --green: #1f9d57; --on-slot: #ffffff; --good: #0f766e; --bad: #b3121b; --warn: #9a4a07; --calm: #475569; --other: #6d28d9; --bar: #7d8ba0; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  main { max-width: none; padding: 0; } section, .banner { break-inside: avoid; border-radius: 0; } body { font-size: 12px; }
}
`;

// EXTERNAL MODULE: ./packages/report/words.js
var words = __webpack_require__(9306);
;// CONCATENATED MODULE: ./packages/report/document.js



/**
 * One HTML page without scripts or anything from elsewhere; light, dark and on paper.
 * @param at epoch milliseconds at which what it tells was over
 */
function page(title, body, at) {
    return (0,html/* html */.qy) `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${(0,html/* raw */.lS)(style)}</style>
</head>
<body>
<main>
${body}
<footer>cutover, ${(0,words/* dateAndTime */.bm)(at)}</footer>
</main>
</body>
</html>
`.markup;
}
/** A part of a page under its title; nothing where there is no body. */
function section(title, body) {
    return body && (0,html/* html */.qy) `<section><h2>${title}</h2>${body}</section>`;
}


/***/ }),

/***/ 1206:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CS: () => (/* binding */ prose),
/* harmony export */   DJ: () => (/* binding */ withoutControls),
/* harmony export */   lS: () => (/* binding */ raw),
/* harmony export */   qy: () => (/* binding */ html)
/* harmony export */ });
/* unused harmony export escapeHtml */
/** A template whose values are escaped, unless they are HTML already; `undefined` is nothing, lists are joined. */
function html(texts, ...parts) {
    return { markup: texts.reduce((markup, text, index) => markup + render(parts[index - 1]) + text) };
}
/** For our own style sheet; nothing that anybody else wrote may come here. */
function raw(markup) {
    return { markup };
}
/** A sentence in which `this` is set as code. */
function prose(text) {
    const pieces = text.split("`");
    // An odd number of backticks closes nothing, so nothing is code.
    if (pieces.length % 2 === 0)
        return html `${text}`;
    return html `${pieces.map((piece, index) => (index % 2 === 1 ? html `<code>${piece}</code>` : piece))}`;
}
/** Safe in elements and in quoted attributes; control characters but tab and line end are dropped. */
function escapeHtml(text) {
    return withoutControls(text).replace(/[&<>"'`]/g, (character) => `&#${character.codePointAt(0)};`);
}
const escapeCharacter = String.fromCodePoint(27);
const terminalSequence = new RegExp(`${escapeCharacter}\\[[0-9;:?]*[ -/]*[@-~]`, "g");
/** Text as somebody else wrote it, without terminal sequences and what reorders lines. */
function withoutControls(text) {
    return text
        .replace(terminalSequence, "")
        .replace(/\r\n?/g, "\n")
        .replace(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069\u200e\u200f]/gu, "");
}
function render(part) {
    if (part === undefined)
        return "";
    if (typeof part === "string" || typeof part === "number")
        return escapeHtml(String(part));
    if ("markup" in part)
        return part.markup;
    return part.map(render).join("");
}


/***/ }),

/***/ 9658:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FV: () => (/* binding */ escapeMarkdown),
/* harmony export */   Jj: () => (/* binding */ cut),
/* harmony export */   OF: () => (/* binding */ fenced),
/* harmony export */   Rw: () => (/* binding */ proseMarkdown),
/* harmony export */   aY: () => (/* binding */ code),
/* harmony export */   tp: () => (/* binding */ table)
/* harmony export */ });
/* harmony import */ var _html_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1206);

/**
 * Text that GitHub's Markdown shows as it is, on one line: every sign that could mean something is written as a number,
 * which no Markdown, HTML, mention or link begins with.
 */
function escapeMarkdown(text, most = 2_000) {
    // Cut before the work as well: a line of megabytes costs seconds.
    const line = (0,_html_js__WEBPACK_IMPORTED_MODULE_0__/* .withoutControls */ .DJ)(text.slice(0, most * 4))
        .replace(/\s+/g, " ")
        .trim();
    return cut(line, most)
        .replace(/[^\p{L}\p{N} .,\-+=%/…]/gu, asNumber)
        .replace(/^[-+=]|(?<=^\d+)\.|(?<=\bwww)\./giu, asNumber);
}
/** The same, but what stands between backticks is set as code. */
function proseMarkdown(text) {
    const pieces = text.split("`");
    if (pieces.length % 2 === 0)
        return escapeMarkdown(text);
    return pieces.map((piece, index) => (index % 2 === 1 ? code(piece) : spaced(piece))).join("");
}
/** Code in a line or a cell. */
function code(text) {
    return `<code>${escapeMarkdown(text, 400)}</code>`;
}
function asNumber(character) {
    return `&#${character.codePointAt(0)};`;
}
/** Escaped, with the spaces around it kept, so that code beside it stays apart. */
function spaced(text) {
    const before = /^\s/.test(text) ? " " : "";
    const after = /\s$/.test(text) ? " " : "";
    return `${before}${escapeMarkdown(text)}${after}`;
}
/** A table; cells are Markdown already. */
function table(head, rows) {
    const line = (cells) => `| ${cells.join(" | ")} |`;
    return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
/** A block of somebody else's text, in a fence that is longer than any in it. */
function fenced(text, language = "text") {
    const clean = (0,_html_js__WEBPACK_IMPORTED_MODULE_0__/* .withoutControls */ .DJ)(text);
    const longest = Math.max(2, ...[...clean.matchAll(/`+/g)].map(([run]) => run.length));
    const fence = "`".repeat(longest + 1);
    return `${fence}${language}\n${clean}\n${fence}`;
}
/** At most so many characters. */
function cut(text, most) {
    return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}


/***/ }),

/***/ 9306:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Dy: () => (/* binding */ webAddress),
/* harmony export */   HA: () => (/* binding */ jointHeadline),
/* harmony export */   Pl: () => (/* binding */ headline),
/* harmony export */   Uq: () => (/* binding */ shortImage),
/* harmony export */   Zr: () => (/* binding */ trafficSentence),
/* harmony export */   bm: () => (/* binding */ dateAndTime),
/* harmony export */   lY: () => (/* binding */ checkedFor),
/* harmony export */   p0: () => (/* binding */ duration)
/* harmony export */ });
/* unused harmony export firstLine */
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7590);
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3145);
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(296);

/** The first thing to read: what became of the service. */
function headline(report) {
    const { kind, outcome, service, revision, color } = report;
    const what = `The ${kind} of ${kind === "retirement" ? "the old slot of " : ""}${service}`;
    const target = revision === undefined ? "its release" : `revision ${revision}`;
    const place = color === undefined ? "" : ` from ${color}`;
    if (outcome !== "succeeded")
        return `${what} ${endings[outcome]}`;
    if (kind === "rollback")
        return `${service} is back on ${target}${color === undefined ? "" : `, on ${color}`}`;
    return (0,_cutover_release__WEBPACK_IMPORTED_MODULE_0__/* .activeAtEnd */ .P)(report) === color
        ? `${service} serves ${target}${place}`
        : `${service} has ${target} ready on ${color}`;
}
/** The same for all services of a run. */
function jointHeadline(reports) {
    const [first, ...more] = reports;
    if (first === undefined)
        return "Nothing was released";
    if (more.length === 0)
        return headline(first);
    const good = reports.filter(({ outcome }) => outcome === "succeeded").length;
    const done = deeds[first.kind];
    return good === reports.length
        ? `${good} services were ${done} together`
        : `${good} of ${reports.length} services were ${done}`;
}
/** `Preflight of shop and cart`. */
function checkedFor({ services }) {
    const [last = "", ...more] = services.toReversed();
    return `Preflight of ${more.length === 0 ? last : `${more.toReversed().join(", ")} and ${last}`}`;
}
const deeds = {
    release: "released",
    rollback: "rolled back",
    retirement: "freed of their old slots",
};
const endings = {
    failed: "failed",
    "rolled-back": "was taken back",
    refused: "was refused",
    "timed-out": "timed out",
    superseded: "was superseded by another run",
};
/** Where the traffic is, in a sentence. */
function trafficSentence(report) {
    const end = (0,_cutover_release__WEBPACK_IMPORTED_MODULE_0__/* .activeAtEnd */ .P)(report);
    if (end === undefined)
        return "No color has the traffic.";
    if (report.switches.length === 0)
        return `Traffic stayed on ${end}; nothing was switched.`;
    if (end === report.activeAtStart)
        return `Traffic is on ${end} again; ${elsewhere(report, end)}.`;
    return report.activeAtStart === undefined
        ? `Traffic is on ${end}.`
        : `Traffic moved from ${report.activeAtStart} to ${end}.`;
}
/** `green had it for 3.7 s`. */
function elsewhere(report, end) {
    const others = (0,_cutover_release__WEBPACK_IMPORTED_MODULE_0__/* .trafficSpans */ .V)(report).filter(({ color }) => color !== end);
    const total = others.reduce((sum, { from, to }) => sum + to - from, 0);
    return `${(0,_cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .otherColor */ .IP)(end)} had it for ${(0,_cutover_release__WEBPACK_IMPORTED_MODULE_2__/* .formatDuration */ .a)(total)}`;
}
/** How long the run took. */
function duration(report) {
    return (0,_cutover_release__WEBPACK_IMPORTED_MODULE_2__/* .formatDuration */ .a)(Math.max(0, report.finishedAt - report.startedAt));
}
/** `2026-11-21 09:50:55 UTC`, the same on every machine. */
function dateAndTime(at) {
    return new Date(at)
        .toISOString()
        .replace("T", " ")
        .replace(/\.\d+Z$/, " UTC");
}
/** The first line of a text, whole where it has only one, at most so many characters. */
function firstLine(text, most = 300) {
    const line = text.split("\n", 1)[0] ?? "";
    return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}
/** A digest by its first twelve digits. */
function shortImage(image) {
    return image.replace(/(@sha256:[0-9a-f]{12})[0-9a-f]+/, "$1…");
}
/** The address, if it is one of the web; anything else must not become a link. */
function webAddress(text) {
    const url = URL.parse(text);
    return url && (url.protocol === "https:" || url.protocol === "http:") ? url.href : undefined;
}


/***/ })

};
