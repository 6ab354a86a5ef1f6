export const id = 528;
export const ids = [528];
export const modules = {

/***/ 4235:
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

/** Milliseconds for which a request is tried again: short until the server has answered once, as the address may be wrong. */
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
    return backoff > made.patience - made.elapsed ? undefined : backoff;
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

;// CONCATENATED MODULE: ./packages/kubernetes/client/caller.js


function createCaller(options) {
    const { clock, transport, credentials, server, patience: known = patienceWith.known } = options;
    let isKnown = false;
    return {
        async call(request) {
            const started = clock.now();
            for (let tries = 0;; tries += 1) {
                throwIfAborted(request);
                const outcome = await authorized(credentials, (credential) => transport.send(request, credential));
                isKnown ||= outcome.kind === "answer";
                const answer = readOutcome(outcome, request);
                if ("json" in answer) {
                    if (outcome.kind === "answer")
                        for (const text of warnings(outcome.headers))
                            options.onWarning(text);
                    return answer;
                }
                const elapsed = clock.now() - started;
                const patience = isKnown ? known : patienceWith.stranger;
                const made = { outcome: answer, repeatable: request.repeatable, tries, elapsed, patience, date: clock.date() };
                const wait = request.signal?.aborted === true ? undefined : waitBeforeRetry(made);
                if (wait === undefined)
                    throw (0,outcome_error/* outcomeError */.p)(answer, request, server);
                await clock.sleep(wait, request.signal);
            }
        },
        async stream(request) {
            throwIfAborted(request);
            const answer = await authorized(credentials, (credential) => transport.open(request, credential));
            if (answer.kind !== "stream")
                throw (0,outcome_error/* outcomeError */.p)(answer, request, server);
            isKnown = true;
            return answer.body;
        },
    };
}
/** Tries once more with a new credential after a 401, which comes before anything is done. */
async function authorized(credentials, send) {
    const credential = await credentials.current();
    const answer = await send(credential);
    if (!("status" in answer) || answer.status !== 401 || !(await credentials.renew(credential)))
        return answer;
    return send(await credentials.current());
}
/** What was asked for, or why it is not there. A good status with half a body is a lost answer. */
function readOutcome(outcome, request) {
    if (outcome.kind !== "answer")
        return outcome;
    const { status, text } = outcome;
    if (request.anyStatus === true && (status < 300 || status >= 400) && status !== 429)
        return { status, text, json: undefined };
    if (status < 200 || status >= 300)
        return outcome;
    if (request.isText === true)
        return { status, text, json: undefined };
    if (!isJson(outcome.headers))
        return outcome;
    try {
        return { status, text, json: JSON.parse(text) };
    }
    catch (error) {
        return {
            kind: "lost",
            cause: new Error(`the answer is no whole JSON (${text.length} characters)`, { cause: error }),
        };
    }
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
    let open;
    return {
        dispatcher(certificate) {
            if (open === undefined || open.certificate?.cert !== certificate?.cert) {
                const before = open?.dispatcher;
                open = { certificate, dispatcher: createDispatcher(cluster, { ...way, certificate, limits }) };
                before?.close().catch(() => undefined);
            }
            return open.dispatcher;
        },
        async close() {
            const before = open?.dispatcher;
            open = undefined;
            await before?.destroy();
        },
    };
}
function createDispatcher(cluster, { proxy, dial, certificate, limits }) {
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
    const common = { allowH2: false, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 };
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
    "networking.k8s.io/v1": { namespaced: ["Ingress", "NetworkPolicy"], cluster: ["IngressClass"] },
    "policy/v1": { namespaced: ["PodDisruptionBudget"] },
    "rbac.authorization.k8s.io/v1": {
        namespaced: ["Role", "RoleBinding"],
        cluster: ["ClusterRole", "ClusterRoleBinding"],
    },
    "scheduling.k8s.io/v1": { cluster: ["PriorityClass"] },
    "storage.k8s.io/v1": { cluster: ["StorageClass"] },
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
    return name.endsWith("y") ? `${name.slice(0, -1)}ies` : `${name}s`;
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

;// CONCATENATED MODULE: ./packages/kubernetes/client/proxy.js


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
        throw new errors/* CutoverError */.D("input-invalid", `${source} is not the URL of a proxy`, {
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
    const [, name = entry, wantedPort] = /^\[?(.*?)\]?(?::(\d+))?$/.exec((0,external_node_net_.isIP)(entry) === 6 ? `[${entry}]` : entry) ?? [];
    if (wantedPort !== undefined && wantedPort !== port)
        return false;
    if ((0,external_node_net_.isIP)(name) !== 0)
        return name === host;
    const domain = name.replace(/^\*?\./, "");
    return host.endsWith(`.${domain}`) || (host === domain && name === domain);
}
function isInRange(range, host) {
    const [address = "", bits] = range.split("/");
    const family = (0,external_node_net_.isIP)(address);
    if (family === 0 || (0,external_node_net_.isIP)(host) !== family)
        return false;
    const prefix = Number(bits);
    if (!Number.isInteger(prefix) || prefix < 0 || prefix > (family === 4 ? 32 : 128))
        return false;
    const kind = family === 4 ? "ipv4" : "ipv6";
    const list = new external_node_net_.BlockList();
    list.addSubnet(address, prefix, kind);
    return list.check(host, kind);
}
function isLoopback(host) {
    return host === "::1" || ((0,external_node_net_.isIP)(host) === 4 && host.startsWith("127."));
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
            if ((0,errors/* isCutoverError */.j)(error, "not-found"))
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
    return { get, find, list: (collection, options) => restartOnce(() => list(collection, options)) };
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

// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./packages/kubernetes/client/patience.js
function startPatience(clock, terms, caller) {
    const controller = new AbortController();
    const answered = new AbortController();
    const started = clock.now();
    const last = started + (terms.total ?? Number.POSITIVE_INFINITY);
    let lost;
    let next = { at: started + terms.first, message: `no answer within ${seconds(terms.first)}` };
    const follow = () => controller.abort(caller?.reason);
    const end = () => {
        // A reason of its own, as the usual one collects a stack.
        answered.abort("answered");
        caller?.removeEventListener("abort", follow);
    };
    const watch = async () => {
        for (;;) {
            // Something may come, and the shorter term begin, while it sleeps.
            await clock.sleep(Math.min(next.at - clock.now(), last - clock.now(), terms.idle), answered.signal);
            if (answered.signal.aborted)
                return;
            const now = clock.now();
            if (now < next.at && now < last)
                continue;
            lost = new Error(now >= last ? `no whole answer within ${seconds(last - started)}` : next.message);
            return controller.abort(lost);
        }
    };
    if (caller?.aborted === true)
        follow();
    else
        caller?.addEventListener("abort", follow);
    void watch();
    return {
        signal: controller.signal,
        get lost() {
            return lost;
        },
        heard() {
            next = { at: clock.now() + terms.idle, message: `nothing more of the answer within ${seconds(terms.idle)}` };
        },
        end,
    };
}
function seconds(ms) {
    return `${ms / 1_000} s`;
}

;// CONCATENATED MODULE: ./packages/kubernetes/client/transport.js



function createTransport({ cluster, connections, limits, clock }) {
    const base = cluster.server.pathname.replace(/\/+$/, "");
    const start = (request, credential, signal) => connections.dispatcher(credential.certificate).request({
        origin: cluster.server.origin,
        path: base + request.path,
        method: request.method,
        headers: headersOf(request, credential),
        body: request.body ?? null,
        signal,
    });
    const patienceFor = ({ method, signal }, terms) => startPatience(clock, { ...terms, first: method === "GET" ? limits.readHeaders : limits.writeHeaders }, signal);
    return {
        async send(request, credential) {
            const patience = patienceFor(request, limits);
            try {
                const { statusCode: status, headers, body } = await start(request, credential, patience.signal);
                return { kind: "answer", status, headers, text: await readText(heard(body, patience), request.cutAt) };
            }
            catch (error) {
                return failure(patience.lost ?? error);
            }
            finally {
                patience.end();
            }
        },
        async open(request, credential) {
            const patience = patienceFor(request, { idle: limits.watchIdle });
            try {
                const { statusCode: status, headers, body } = await start(request, credential, patience.signal);
                const chunks = heard(body, patience);
                if (status === 200)
                    return { kind: "stream", status, headers, body: chunks };
                return { kind: "answer", status, headers, text: await readText(chunks, errorLimit) };
            }
            catch (error) {
                patience.end();
                return failure(patience.lost ?? error);
            }
        },
    };
}
/** The chunks of a body, for as long as patience lasts. */
async function* heard(body, patience) {
    try {
        patience.heard();
        for await (const chunk of body) {
            yield chunk;
            patience.heard();
        }
    }
    catch (error) {
        throw patience.lost ?? error;
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
async function readText(body, cutAt) {
    const chunks = [];
    let size = 0;
    for await (const chunk of body) {
        chunks.push(chunk);
        size += chunk.byteLength;
        if (cutAt !== undefined && size >= cutAt)
            return Buffer.concat(chunks).subarray(0, cutAt).toString("utf8");
        if (size > bodyLimit)
            throw new Error(`the answer is longer than ${bodyLimit / 1024 / 1024} MiB`);
    }
    // Only after this turn does undici take the connection for idle; at once, the next request would open another one.
    await (0,external_node_timers_promises_.setImmediate)();
    return Buffer.concat(chunks).toString("utf8");
}
/** Bytes of a refusal that are read. */
const errorLimit = 64 * 1024;
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
    const proxy = dial === undefined ? proxyFor(cluster.server, cluster.proxyUrl, options.env) : undefined;
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
        onWarning: onceEach((text) => options.log?.warning(`${cluster.server.host} warns: ${text}`)),
    });
    const upgrades = { cluster, proxy, dial, credentials, caller, limits };
    const places = createPlaces(caller, namespace);
    return {
        server: cluster.server.origin,
        namespace,
        ...createReads(caller, places),
        ...createWrites(caller, places),
        watch: createWatch(caller, places, limits),
        podLog: (pod, asked) => podLog(caller, pod, asked),
        proxyGet: (target, asked) => proxyGet(caller, target, asked),
        // Loaded when asked for: client-node would cost every run what only few need.
        exec: async (pod, command, asked) => (await Promise.all(/* import() */[__webpack_require__.e(611), __webpack_require__.e(221)]).then(__webpack_require__.bind(__webpack_require__, 3221))).exec(pod, command, { ...upgrades, ...asked }),
        portForward: async (pods, port) => (await Promise.all(/* import() */[__webpack_require__.e(611), __webpack_require__.e(94)]).then(__webpack_require__.bind(__webpack_require__, 2094))).portForward(pods, port, upgrades),
        denied: (questions, asked) => denied(caller, questions, asked),
        close: () => connections.close(),
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

;// CONCATENATED MODULE: ./actions/release/connect.js


/** Milliseconds for which a request is tried again, whatever the deadline. */
const longestPatience = 60_000;
/** The client for the cluster that the inputs name; its secrets are masked before anything can print them. */
async function connect({ kubeconfig, context, timeout }, runner) {
    const { clock, processes, dial, log, env, workspace } = runner;
    return await createClient({
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
    });
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

/***/ 3945:
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
// EXTERNAL MODULE: ./packages/action-kit/vocabulary.js
var vocabulary = __webpack_require__(5656);
;// CONCATENATED MODULE: ./packages/action-kit/input-lists.js

/** Words between commas or line ends; blank ones do not count. */
function list() {
    return inputOf({ expected: "a list, by commas or lines", type: "list" }, words);
}
/** The words between commas or line ends; none where there is none. */
function words(text) {
    return nonEmpty(text.split(/[,\n]/));
}
/** One entry a line, so that an entry may hold a comma. */
function lines() {
    return (0,vocabulary/* inputOf */.w)({ expected: "at least one line", type: "lines" }, (text) => nonEmpty(text.split("\n")));
}
/** Lines of `key=value`. A key may come once; a value may be empty and may hold `=`. */
function keyValues() {
    return (0,vocabulary/* inputOf */.w)({ expected: "lines of key=value", type: "lines of `key=value`" }, pairs);
}
function pairs(text) {
    const entries = new Map();
    for (const line of nonEmpty(text.split("\n")) ?? []) {
        const separator = line.indexOf("=");
        const key = line.slice(0, separator).trim();
        if (separator < 0 || key === "")
            return undefined;
        if (entries.has(key))
            return new vocabulary/* Refusal */.P(`expected each key once, and ${key} comes twice`);
        entries.set(key, line.slice(separator + 1).trim());
    }
    return entries.size === 0 ? undefined : Object.fromEntries(entries);
}
/** The parts that are not blank, trimmed; `undefined` if all are. */
function nonEmpty(parts) {
    const found = parts.map((part) => part.trim()).filter((part) => part !== "");
    return found.length === 0 ? undefined : found;
}

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
        const names = words(text);
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
        for (const line of nonEmpty(text.split("\n")) ?? []) {
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
        .describe("One deadline for the action; waiting for the lock, soak and drain do not count."),
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
    manifests: lines()
        .optional()
        .describe("Files or directories, one a line; one with a kustomization is built by `kustomize` or `kubectl`. `{color}` in a path stands for blue and green; without it the action colors the objects itself. `{service}` stands for each service."),
    chart: (0,inputs/* text */.Qq)()
        .optional()
        .describe("Helm chart to release from, rendered by `helm template`: a directory, a .tgz or `oci://…`. `{color}` in `chart`, `release-name`, `values` or `set` renders it per color; without it the action colors the objects itself."),
    releaseName: (0,inputs/* text */.Qq)().optional().describe("Name of the Helm release. Default: the `service`."),
    values: lines().optional().describe("Value files for the chart, one a line; later ones win."),
    set: keyValues().optional().describe("Single values for the chart, as Helm's `--set`, such as `image.tag=v2`."),
    images: imageAssignments()
        .optional()
        .describe("Images, one a line: `container=reference`; or a reference alone, for every container whose image has that repository; or `repository=reference`. Without `manifests` and `chart` they are set on the Deployments that exist."),
    replicas: (0,inputs/* integer */.nd)({ min: 1 })
        .optional()
        .describe("Pods of the new slot. Default: as many as the manifest, the active slot or an autoscaler asks for, whichever is most."),
};


/***/ }),

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
/* harmony import */ var _connect_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4235);


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

/***/ 5742:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  T: () => (/* binding */ runRelease)
});

;// CONCATENATED MODULE: ./packages/release/history.js
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

;// CONCATENATED MODULE: ./packages/release/apply.js

/** What a step would make of the world if all goes well: the pure twin of its execution. `dry-run` prints the walk as the plan. */
function apply({ observed, evidence }, step) {
    const { service, slots } = observed;
    switch (step.kind) {
        case "lock":
            return { observed: { ...observed, locked: true }, evidence };
        case "record-baseline": {
            const baseline = unfinished(observed, slots[step.color].images, bothSlots(observed, step.color));
            const withSlot = withSlotOf(observed, { ...slots[step.color], revision: baseline.revision });
            return { observed: withService(withRevision(withSlot, baseline), { revision: baseline.revision }), evidence };
        }
        case "record":
            return { observed: withRevision(observed, unfinished(observed, {}, observed.wanted)), evidence };
        case "prepare":
            return { observed: withSlotOf(observed, preparedSlot(observed, step)), evidence };
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
        revision: nextRevision(observed.history, seen),
        hashes: hashes ?? { blue: "", green: "" },
        images,
        result: undefined,
    };
}
function bothSlots({ slots }, color) {
    const hash = slots[color].hash ?? "";
    return { blue: hash, green: hash };
}
function preparedSlot(observed, step) {
    const slot = observed.slots[step.color];
    const hash = findRevision(observed.history, step.revision)?.hashes[step.color];
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
        ? { ...emptied, exists: false, revision: undefined, hash: undefined, replicaSet: undefined, images: {} }
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
function withService(observed, change) {
    return { ...observed, service: { ...observed.service, ...change } };
}
function withSlotOf(observed, slot) {
    return { ...observed, slots: { ...observed.slots, [slot.color]: slot } };
}
function withRevision(observed, revision) {
    return { ...observed, history: [revision, ...observed.history] };
}

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

;// CONCATENATED MODULE: ./packages/release/health.js
/** Every pod asked for is there and ready, and no other pod is. What cannot be told from other pods cannot be proved. */
function isReady(slot) {
    return slot.exists && slot.settled && slot.replicaSet !== undefined && slot.ready >= Math.max(1, slot.target);
}
/** Enough ready pods to keep the traffic that it has. */
function isHealthy(slot) {
    return slot.exists && slot.ready >= Math.max(1, slot.needed);
}
/** Back to the old slot if it meets its own requirement; if neither does, to the one with more ready pods. */
function isBetter(old, failed) {
    return isHealthy(old) || (!isHealthy(failed) && old.ready > failed.ready);
}

;// CONCATENATED MODULE: ./packages/release/abandon.js




/** Not good: back to the old slot if that is better, then mark, drain and empty the failed one. */
function abandoned(run) {
    const { observed, evidence, wanted, failure } = run;
    const { service, slots } = observed;
    const { color, revision } = failure;
    const old = slots[(0,release_color/* otherColor */.IP)(color)];
    if (service.active === color && isBetter(old, slots[color]) && hasServed(old, run)) {
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
    const hint = failure.hint === undefined ? {} : { hint: failure.hint };
    return { kind: "done", outcome, reason: failure.reason, ...hint };
}
/** Traffic never goes "back" to a preview that it did not come from. */
function hasServed(old, { observed: { service, history }, evidence }) {
    if (evidence.switched === true)
        return true;
    const { rolledBackFrom } = service;
    const wasLeft = rolledBackFrom !== undefined && rolledBackFrom === old.revision;
    return wasLeft || findRevision(history, old.revision)?.result !== undefined;
}
/** A confirmed revision stays so, unless its own release had to be taken back: else the next rollback would go to it. */
function isUnmarked(run) {
    const entry = findRevision(run.observed.history, run.failure.revision);
    if (entry === undefined || entry.result === "failed")
        return false;
    return entry.result === undefined || (run.wanted.kind !== "rollback" && isRolledBack(run));
}
const beforeTraffic = ["prepare", "await-ready", "probe", "smoke"];
/** Whether it is this revision that the switch-back left; a run may also begin by leaving an older one. */
function isRolledBack({ evidence, failure }) {
    return evidence.switchedBack === true && !beforeTraffic.includes(failure.step);
}

// EXTERNAL MODULE: ./packages/release/image-reference.js
var image_reference = __webpack_require__(7719);
;// CONCATENATED MODULE: ./packages/release/approval.js

/** What somebody who approves what stands in the slot of `color` says yes to; none for a slot that holds no revision. */
function approvalOf({ service, slots }, color) {
    const { revision, hash, images } = slots[color];
    if (revision === undefined || hash === undefined)
        return undefined;
    return { color, revision, hash, images: digestsOf(images), active: service.revision };
}
/** By container, what tells its image from another version of it: a registry's name may hold what the runner masks. */
function digestsOf(images) {
    const digest = (image) => (0,image_reference/* parseImageReference */.o_)(image)?.digest ?? image;
    return Object.fromEntries(Object.entries(images).map(([container, image]) => [container, digest(image)]));
}

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
    const isKnown = findRevision(history, revision)?.hashes[color] === hash;
    return isKnown ? undefined : "the history does not know it any more";
}
function otherImage({ deployment, images }, approval) {
    const live = digestsOf(images);
    const container = [...Object.keys(approval.images), ...Object.keys(live)].find((one) => live[one] !== approval.images[one]);
    if (container === undefined)
        return undefined;
    const [now = "no image", then = "none"] = [live[container], approval.images[container]];
    return `container ${container} of Deployment ${deployment} has ${now}, and ${then} was approved`;
}
/** What happened since: an approval is good for one switch, from what served then. */
function otherWorld(observed, { color, revision, active }) {
    const { service, history } = observed;
    const newest = newestFirst(history)[0]?.revision ?? revision;
    if (newest > revision)
        return `revision ${newest} was released since`;
    const result = findRevision(history, revision)?.result;
    if (result === "failed")
        return "it has failed since";
    if (result === "confirmed" || service.rolledBackFrom === revision)
        return "it had the traffic since, and was left";
    if (service.active === color)
        return `Service ${service.name} selects ${color} already, under another number`;
    const serves = service.active === undefined ? undefined : (activeRevision(observed)?.revision ?? 0);
    if (serves === active)
        return undefined;
    return `what served then was ${said(active)}, and now it is ${said(serves)}`;
}
function said(revision) {
    if (revision === undefined)
        return "nothing";
    return revision === 0 ? "something that nobody recorded" : `revision ${revision}`;
}

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
    const current = activeRevision(observed);
    if (current?.result !== "confirmed") {
        const what = revision === undefined ? "its number is not known" : `revision ${revision} is not confirmed`;
        return {
            refusal: `What Service ${name} serves is not proved: ${what}`,
            hint: `Run its release again, which confirms it, or roll back. ${keepIt}`,
        };
    }
    const slot = slots[active];
    const ready = service.endpoints[active];
    if (!isHealthy(slot) || ready < slot.needed) {
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
            return rollbackGoal(observed, wanted.to);
        case "promote":
            return promoteGoal(observed, wanted.approved);
        case "retire":
            return retireGoal(observed, wanted.revision);
    }
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
    const current = activeRevision(observed)?.revision;
    if (active !== undefined && slots[active].exists && slots[active].hash === wanted[active]) {
        return { color: active, hash: wanted[active], revision: current };
    }
    const color = active === undefined ? freshColor(observed) : (0,release_color/* otherColor */.IP)(active);
    const hash = wanted[color];
    const [newest] = newestFirst(history);
    const isUnfinished = newest !== undefined && newest.result === undefined && newest.hashes[color] === hash;
    return { color, hash, revision: isUnfinished ? newest.revision : undefined };
}
function freshColor({ slots, wanted }) {
    return release_color/* colors */.Tj.find((color) => slots[color].exists && slots[color].hash === wanted?.[color]) ?? "blue";
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
    const current = activeRevision(observed);
    const isBackAlready = to === "previous" && service.rolledBackFrom !== undefined && current !== undefined;
    if (isBackAlready && slots[active].exists) {
        return { color: active, hash: current.hashes[active], revision: current.revision };
    }
    const previous = isBackAlready ? current : previousRevision(observed);
    const target = to === "previous" ? previous : findRevision(history, to);
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
    const goal = findGoal(observed, wanted);
    if ("refusal" in goal)
        return { kind: "refused", reason: goal.refusal, hint: goal.hint };
    const run = { observed, evidence, wanted, goal };
    return (defective(run) ??
        settled(run) ??
        recorded(run) ??
        prepared(run) ??
        proved(run) ??
        switched(run) ??
        confirmed(run) ??
        disowned(run) ??
        retired(run) ??
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
/** An active revision that nobody confirmed is confirmed or left before the other slot is touched. */
function settled(run) {
    const { observed, goal, wanted } = run;
    const { service, slots, history } = observed;
    const { active } = service;
    if (active === undefined || !slots[active].exists || isServing(observed, goal))
        return undefined;
    const current = activeRevision(observed);
    if (current === undefined)
        return step({ kind: "record-baseline", color: active });
    if (wanted.kind === "rollback")
        return disowned(run);
    const { revision, result } = current;
    const isGood = isHealthy(slots[active]);
    if (result === undefined)
        return step({ kind: "mark", revision, result: isGood ? "confirmed" : "failed" });
    const other = slots[(0,release_color/* otherColor */.IP)(active)];
    const isWayBack = isHealthy(other) && findRevision(history, other.revision)?.result === "confirmed";
    if (result === "confirmed" || isGood || !isWayBack)
        return disowned(run);
    return step({ kind: "switch-back", from: active, to: other.color, revision: other.revision });
}
/** What a rollback left counts as failed, or the rollback after the next release would go to it. */
function disowned({ observed: { service, history }, wanted, goal }) {
    const { rolledBackFrom } = service;
    if (wanted.kind === "retire")
        return undefined;
    const left = rolledBackFrom === undefined ? undefined : findRevision(history, rolledBackFrom);
    if (left === undefined || left.result === "failed" || left.revision === goal.revision)
        return undefined;
    return step({ kind: "mark", revision: left.revision, result: "failed" });
}
function recorded({ goal }) {
    return goal.revision === undefined ? step({ kind: "record", color: goal.color }) : undefined;
}
function prepared({ observed, evidence, wanted, goal }) {
    const slot = observed.slots[goal.color];
    if (goal.revision === undefined || isServing(observed, goal))
        return undefined;
    if (carries(slot, goal) && slot.replicas >= slot.target)
        return undefined;
    const draining = slot.replicas > 0 ? drained(observed, evidence, wanted) : undefined;
    return draining ?? step({ kind: "prepare", color: slot.color, revision: goal.revision });
}
function proved({ observed, evidence, wanted, goal }) {
    const slot = observed.slots[goal.color];
    const { color } = slot;
    if (goal.revision === undefined || isServing(observed, goal))
        return undefined;
    if (!isReady(slot))
        return step({ kind: "await-ready", color, revision: goal.revision });
    if (wanted.probe && !isOf(slot, evidence.probed))
        return step({ kind: "probe", color, revision: goal.revision });
    if (wanted.smoke && !isOf(slot, evidence.smoked))
        return step({ kind: "smoke", color, revision: goal.revision });
    return undefined;
}
function switched(run) {
    const { observed, wanted, goal } = run;
    if (goal.revision === undefined || isServing(observed, goal))
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
    return step({
        kind: "switch",
        from: active,
        to: goal.color,
        revision: goal.revision,
        ...leaves(run),
    });
}
/** Only the way back leaves something behind: not the way forward again, and what is restored was left by nobody. */
function leaves({ observed, goal, wanted }) {
    const current = activeRevision(observed)?.revision;
    if (wanted.kind !== "rollback" || isNewer(goal.revision, current))
        return {};
    const left = current === goal.revision ? observed.service.rolledBackFrom : (current ?? 0);
    return left === undefined ? {} : { leaves: left };
}
function confirmed({ observed, evidence, wanted, goal }) {
    const { revision, color } = goal;
    const slot = observed.slots[color];
    const isMarked = findRevision(observed.history, revision)?.result === "confirmed";
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
    const isBad = revision === service.rolledBackFrom || findRevision(history, revision)?.result === "failed";
    return isNewer(revision, service.revision) && !isBad;
}
function done(run) {
    const { observed, evidence, wanted, goal } = run;
    const { service } = observed;
    const serves = `Service ${service.name} serves revision ${goal.revision} from ${goal.color}`;
    const reason = wanted.kind === "retire" ? `${serves}; ${whatBecame(run)}` : serves;
    const isBackAlready = wanted.kind === "rollback" && wanted.to === "previous" && evidence.switched !== true;
    const hint = isBackAlready
        ? { hint: "An earlier rollback came here. To go further back, pass a revision number as `to`." }
        : {};
    return { kind: "done", outcome: "succeeded", reason, ...hint };
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

;// CONCATENATED MODULE: ./packages/release/step.js
const noEvidence = {};
/** The title that a step has in the log, the summary and the report. */
function title(step) {
    switch (step.kind) {
        case "lock":
            return "Lock and claim";
        case "record-baseline":
            return `Record what ${step.color} serves now`;
        case "record":
            return `Record the release for ${step.color}`;
        case "prepare":
            return `Prepare ${step.color} with revision ${step.revision}`;
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

;// CONCATENATED MODULE: ./packages/release/plan.js



/** No release is longer; a plan that is has a circle in it. */
const longest = 40;
/** The walk from the world as it is to the end, if all goes well. */
function plan(observed, wanted) {
    const steps = [];
    let world = { observed, evidence: noEvidence };
    while (steps.length < longest) {
        const decision = nextStep(world.observed, world.evidence, wanted);
        if (decision.kind !== "step")
            return { steps, end: decision };
        steps.push(decision.step);
        world = apply(world, decision.step);
    }
    throw new Error(`The plan goes in a circle: ${steps.map((step) => step.kind).join(" → ")}`);
}

// EXTERNAL MODULE: ./packages/release/annotations.js
var release_annotations = __webpack_require__(9708);
// EXTERNAL MODULE: ./packages/release/errors.js
var errors = __webpack_require__(299);
// EXTERNAL MODULE: ./packages/kubernetes/native/conditional.js
var conditional = __webpack_require__(9305);
// EXTERNAL MODULE: ./packages/kubernetes/native/kinds.js
var native_kinds = __webpack_require__(2850);
;// CONCATENATED MODULE: ./packages/kubernetes/native/claim.js



/** The highest epoch on the Service and both slots. */
function highestEpoch(claimed) {
    return Math.max(0, ...objectsOf(claimed).map((one) => (0,native_kinds/* numberOf */.rl)(one, release_annotations/* annotation */.w.epoch) ?? 0));
}
/**
 * Writes our epoch on the Service and both slots, each conditionally, and gives them back as they are then. From now on a holder
 * that we replaced gets 409 everywhere, for every resourceVersion that it knows is old. Only reads made after this count.
 * @throws superseded when a higher epoch stands there by now.
 */
async function claimObjects(client, { service, deployments }, claim) {
    const deployment = async (live) => {
        const claimed = live === undefined ? undefined : await raise(client, live, claim);
        return claimed === undefined ? undefined : (0,native_kinds.as)("Deployment", claimed);
    };
    const [claimed, blue, green] = await Promise.all([
        service === undefined ? undefined : raise(client, service, claim),
        deployment(deployments.blue),
        deployment(deployments.green),
    ]);
    return { service: claimed === undefined ? undefined : (0,native_kinds.as)("Service", claimed), deployments: { blue, green } };
}
/** @throws superseded when a newer run has written its epoch anywhere. */
function checkClaims(claimed, claim) {
    for (const one of objectsOf(claimed))
        (0,conditional/* checkClaim */.xU)(one, claim);
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
        (0,conditional/* checkClaim */.xU)(current, claim);
        if ((0,native_kinds/* numberOf */.rl)(current, release_annotations/* annotation */.w.epoch) === claim.epoch)
            return current;
        try {
            const annotations = { [release_annotations/* annotation */.w.epoch]: String(claim.epoch) };
            return await (0,conditional/* writeOn */.HL)(client, current, ({ uid, resourceVersion }) => ({
                type: "merge",
                body: { metadata: { uid, resourceVersion, annotations } },
            }));
        }
        catch (error) {
            if (!(0,errors/* isCutoverError */.j)(error, "conflict", "not-found"))
                throw error;
            if (attempt === attempts)
                throw unsettled(live, error);
            current = await client.find((0,conditional/* refOf */.H8)(live));
        }
    }
    return undefined;
}
function unsettled({ kind, metadata: { name } }, cause) {
    return new errors/* CutoverError */.D("refused", `${kind} ${name} changed each of the ${attempts} times that it was to be claimed`, {
        hint: "Find in its managedFields what writes it all the time, and stop that; then run this again.",
        cause,
    });
}

;// CONCATENATED MODULE: ./packages/release/replicas.js
/** Pods that a slot must have before traffic comes to it: never fewer than serve now unless so asked, and never none. */
function targetReplicas({ asked, manifest, live, floor }) {
    return Math.max(1, asked ?? Math.max(manifest ?? 0, live ?? 0, floor ?? 0));
}
/**
 * Ready pods without which a slot of `replicas` does not serve well enough: what a rolling update would leave.
 * `maxUnavailable` as in a Deployment's strategy (a number, or a percentage that rounds down); Kubernetes' default is 25 %.
 */
function neededReplicas(replicas, maxUnavailable = "25%") {
    const percentage = /^(\d+)%$/.exec(String(maxUnavailable))?.[1];
    const spare = percentage === undefined ? Number(maxUnavailable) : Math.floor((replicas * Number(percentage)) / 100);
    return Math.max(1, replicas - (Number.isFinite(spare) ? spare : 0));
}

// EXTERNAL MODULE: ../../node_modules/zod/v4/classic/schemas.js + 11 modules
var schemas = __webpack_require__(3045);
// EXTERNAL MODULE: ./packages/kubernetes/client/status.js
var client_status = __webpack_require__(3779);
;// CONCATENATED MODULE: ./packages/kubernetes/native/revisions.js





const format = schemas/* object */.Ikc({
    version: schemas/* literal */.euz(1),
    hashes: schemas/* object */.Ikc({ blue: schemas/* string */.YjP(), green: schemas/* string */.YjP() }),
    images: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* string */.YjP()),
    recorded: schemas/* custom */.IeY((value) => typeof value === "object" && value !== null && "kind" in value),
});
function readRevision(resource) {
    const parsed = format.safeParse(resource.data);
    const result = (0,native_kinds/* annotationOf */.lW)(resource, release_annotations/* annotation */.w.result);
    return {
        revision: resource.revision,
        hashes: parsed.success ? parsed.data.hashes : { blue: "", green: "" },
        images: parsed.success ? parsed.data.images : {},
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
    return service === undefined ? undefined : (0,native_kinds.as)("Service", service);
}
/** Numbers in a row that may be taken already. */
const revisions_attempts = 20;
/** Creates the entry, which allocates its number: this one, or, where it is taken by another release, the next that is free. */
async function createRevision(client, wanted) {
    let revision = wanted.entry.revision;
    for (let attempt = 1;; attempt++) {
        const resource = entryResource(wanted, revision);
        try {
            return (0,native_kinds.as)("ControllerRevision", await (0,conditional/* createOn */.Md)(client, resource));
        }
        catch (error) {
            if ((0,client_status/* statusReason */.vk)(error) !== "AlreadyExists" || attempt === revisions_attempts)
                throw error;
            const found = await client.find((0,conditional/* refOf */.H8)(resource));
            const taken = found === undefined ? undefined : (0,native_kinds.as)("ControllerRevision", found);
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
    const { hashes, images, recorded } = entry;
    return {
        apiVersion: "apps/v1",
        kind: "ControllerRevision",
        metadata: {
            name: `cutover-${serviceName}-${revision}`,
            namespace,
            labels: { [release_annotations/* annotation */.w.service]: serviceName },
            annotations: { [release_annotations/* annotation */.w.revision]: String(revision) },
            ...ownedBy(service),
        },
        revision,
        data: {
            version: 1,
            hashes,
            images,
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
    return await (0,conditional/* writeOn */.HL)(client, live, ({ uid, resourceVersion }) => ({
        type: "merge",
        body: { metadata: { uid, resourceVersion, annotations: { [release_annotations/* annotation */.w.result]: mark.result }, ...owners } },
    }));
}
/** Removes entries that are no longer kept; one that has gone already is fine. @throws conflict for one that is being written. */
async function forgetRevisions(client, expired) {
    for (const entry of expired)
        await (0,conditional/* deleteOn */.BL)(client, entry);
}
function ownedBy(service) {
    const uid = service?.metadata.uid;
    if (service === undefined || uid === undefined)
        return {};
    return { ownerReferences: [{ apiVersion: "v1", kind: "Service", name: service.metadata.name, uid }] };
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./packages/release/image-choice.js
var image_choice = __webpack_require__(1687);
// EXTERNAL MODULE: ./packages/release/canonical-json.js
var canonical_json = __webpack_require__(7367);
;// CONCATENATED MODULE: ./packages/kubernetes/native/source.js


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
    const model = own ?? deployments[(0,release_color/* otherColor */.IP)(color)];
    if (model === undefined)
        return undefined;
    const chosen = (0,image_choice/* chooseImages */.s)(images, Object.entries(imagesOf(model.spec.template)), model.metadata.name);
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
    return (0,external_node_crypto_.createHash)("sha256").update((0,canonical_json/* canonicalJson */.d)(neutral)).digest("hex").slice(0, 16);
}
/** The template as text that equal templates share; a ReplicaSet's differs from its Deployment's by one label. */
function canonicalTemplate(template) {
    const known = canonical.get(template);
    if (known !== undefined)
        return known;
    const { metadata, spec } = template;
    const { "pod-template-hash": _hash, ...labels } = metadata?.labels ?? {};
    const text = (0,canonical_json/* canonicalJson */.d)({ labels, annotations: { ...metadata?.annotations }, spec });
    canonical.set(template, text);
    return text;
}
/** Every look at the cluster asks for the same templates again. */
const canonical = new WeakMap();
/** A template that no longer follows the manifests must not say that it does. */
function withoutHash(template) {
    const { [release_annotations/* annotation */.w.hash]: hash, ...annotations } = template.metadata?.annotations ?? {};
    return hash === undefined ? template : { ...template, metadata: { ...template.metadata, annotations } };
}

// EXTERNAL MODULE: ../../node_modules/zod/v4/classic/iso.js
var iso = __webpack_require__(3477);
;// CONCATENATED MODULE: ./packages/kubernetes/native/state.js



const state_format = schemas/* object */.Ikc({
    version: schemas/* literal */.euz(1),
    color: schemas/* string */.YjP().refine(release_color/* isColor */._o),
    revision: schemas/* number */.aig().int().optional(),
    images: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* string */.YjP()),
    switchedAt: iso/* datetime */.w$(),
    commit: schemas/* string */.YjP(),
    run: schemas/* string */.YjP(),
    actor: schemas/* string */.YjP(),
    previousColor: schemas/* string */.YjP().refine(release_color/* isColor */._o).optional(),
    previousRevision: schemas/* number */.aig().int().optional(),
    rolledBackFrom: schemas/* number */.aig().int().optional(),
    reason: schemas/* string */.YjP().optional(),
    previousPorts: schemas/* array */.YOg(schemas/* looseObject */._H3({ port: schemas/* number */.aig().int() })).optional(),
});
/** `undefined` for a Service that was never switched by us, and for a state that nobody can read any more. */
function readState(service) {
    const text = (0,native_kinds/* annotationOf */.lW)(service, release_annotations/* annotation */.w.state);
    if (text === undefined)
        return undefined;
    const parsed = state_format.safeParse(parseJson(text));
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

;// CONCATENATED MODULE: ./packages/kubernetes/native/observe.js





/** What a snapshot means in the domain's words. Pure but for the calendar's `now`. */
function interpret(snapshot, setting, locked) {
    const slots = { blue: slotOf("blue", snapshot, setting), green: slotOf("green", snapshot, setting) };
    const history = snapshot.revisions.map(readRevision).toSorted((a, b) => b.revision - a.revision);
    return {
        locked,
        service: serviceOf(snapshot, setting, slots),
        slots,
        history,
        wanted: wantedHashes(snapshot, setting),
    };
}
function activeColor({ service }, { colorLabel }) {
    const selected = service?.spec.selector?.[colorLabel];
    return (0,release_color/* isColor */._o)(selected) ? selected : undefined;
}
function serviceOf(snapshot, setting, slots) {
    const { service } = snapshot;
    const active = activeColor(snapshot, setting);
    const state = readState(service);
    const isOurs = state !== undefined && state.color === active;
    const ago = state === undefined ? 0 : setting.clock.date().getTime() - Date.parse(state.switchedAt);
    return {
        name: setting.service,
        exists: service !== undefined,
        active,
        // Somebody else moved the selector: then the slot knows better than the Service what is active.
        revision: active === undefined || isOurs
            ? (0,native_kinds/* numberOf */.rl)(service, release_annotations/* annotation */.w.revision)
            : (slots[active].revision ?? (0,native_kinds/* numberOf */.rl)(service, release_annotations/* annotation */.w.revision)),
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
        deployment: setting.deployments[color],
        exists: deployment !== undefined,
        revision: (0,native_kinds/* numberOf */.rl)(deployment, release_annotations/* annotation */.w.revision),
        hash: deployment === undefined ? undefined : hashOf(deployment, color, { setting, revisions: snapshot.revisions }),
        images: imagesOf(deployment?.spec.template),
        replicaSet,
        replicas,
        target: targetOf(color, snapshot, setting),
        needed: neededReplicas(replicas, deployment?.spec.strategy?.rollingUpdate?.maxUnavailable),
        ready: pods.filter((pod) => (0,native_kinds/* isOwnedBy */.D0)(pod, replicaSet)).length,
        settled: replicaSet !== undefined && pods.every((pod) => (0,native_kinds/* isOwnedBy */.D0)(pod, replicaSet)),
    };
}
/**
 * Uid of the ReplicaSet that the Deployment's pods must belong to: the one with its template, as the Deployment controller finds it.
 * Neither the revision annotation nor observedGeneration will do: where pods and template change at once the controller reports the
 * write as seen before it has made the ReplicaSet, and any annotation of ours makes a new generation.
 */
function expectedReplicaSet(color, { deployments, replicaSets }) {
    const deployment = deployments[color];
    if (deployment === undefined)
        return undefined;
    const template = canonicalTemplate(deployment.spec.template);
    const own = replicaSets.filter((one) => (0,native_kinds/* isOwnedBy */.D0)(one, deployment.metadata.uid));
    return own.find((one) => canonicalTemplate(one.spec.template) === template)?.metadata.uid;
}
function isReadyPod(pod) {
    const isReady = pod.status?.conditions?.some((condition) => condition.type === "Ready" && condition.status === "True");
    return isReady === true && pod.metadata.deletionTimestamp === undefined;
}
/** Ready pods that the Service would send to if it selected this color, whoever owns them. */
function readyPods({ pods }, { colorLabel }, color) {
    return pods.filter((pod) => pod.metadata.labels?.[colorLabel] === color && isReadyPod(pod));
}
/** Uids of the pods of a color that the Service's slices list as ready. */
function readyEndpoints({ slices, pods }, { colorLabel }, color) {
    const ofColor = new Set(pods.filter((pod) => pod.metadata.labels?.[colorLabel] === color).map((pod) => pod.metadata.uid));
    const ready = slices.flatMap((slice) => (slice.endpoints ?? []).filter((endpoint) => endpoint.conditions?.ready !== false));
    return [...new Set(ready.map((endpoint) => endpoint.targetRef?.uid ?? ""))].filter((uid) => ofColor.has(uid));
}
function targetOf(color, snapshot, setting) {
    const { deployments, autoscalers } = snapshot;
    const active = activeColor(snapshot, setting);
    const live = active === undefined ? undefined : (deployments[active]?.spec.replicas ?? 1);
    if (color === active && setting.replicas === undefined)
        return live ?? 1;
    const names = release_color/* colors */.Tj.map((one) => setting.deployments[one]);
    const floors = autoscalers
        .filter(({ spec: { scaleTargetRef: target } }) => target.kind === "Deployment" && names.includes(target.name))
        .map((one) => one.spec.minReplicas ?? 1);
    const rendered = setting.source.kind === "manifests" ? setting.source.rendered[color].deployment : undefined;
    const manifest = rendered === undefined ? undefined : (0,native_kinds.as)("Deployment", rendered).spec.replicas;
    return targetReplicas({
        asked: setting.replicas,
        manifest,
        live: active === undefined ? undefined : live,
        floor: Math.max(0, ...floors),
    });
}
/** What was written when it was released, unless its images are others by now. */
function hashOf(deployment, color, { setting: { source, colorLabel }, revisions }) {
    const { template } = deployment.spec;
    const written = template.metadata?.annotations?.[release_annotations/* annotation */.w.hash];
    if (written === undefined)
        return hashOfTemplate(template, colorLabel);
    const rendered = source.kind === "manifests" ? source.rendered[color] : undefined;
    const entry = revisions.map(readRevision).find(({ hashes }) => hashes[color] === written);
    const meant = rendered?.hash === written ? rendered.images : entry?.images;
    const live = imagesOf(template);
    const isAsMeant = Object.entries(meant ?? {}).every(([name, image]) => live[name] === image);
    return isAsMeant ? written : `${written}, changed by hand`;
}
function wantedHashes({ deployments }, setting) {
    const { source, colorLabel } = setting;
    if (source.kind === "history")
        return undefined;
    if (source.kind === "manifests")
        return { blue: source.rendered.blue.hash, green: source.rendered.green.hash };
    const hash = (color) => {
        const spec = specWithImages(color, { deployments, images: source.images, colorLabel });
        if (spec === undefined)
            throw noSlots(setting);
        return hashOfTemplate(spec.template, colorLabel);
    };
    return { blue: hash("blue"), green: hash("green") };
}
function noColor(name, label, selector = {}) {
    const labels = Object.keys(selector).join(", ");
    return `${name} selects no color: its selector has ${labels === "" ? "no label" : labels}, and not ${label} (input \`color-label\`)`;
}
function noSlots({ service, namespace, deployments: { blue, green } }) {
    return new errors/* CutoverError */.D("not-found", `Neither Deployment ${blue} nor ${green} of Service ${service} exists in namespace ${namespace}`, {
        hint: "Set `deployment` to the name pattern of the slots, or give `manifests` to create them from.",
    });
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
    if (selected === undefined)
        return [noColor(name, label, selector)];
    return (0,release_color/* isColor */._o)(selected) ? [] : [`${name} selects ${label}=${selected}, which is neither blue nor green`];
}
/** Why a switch to `color` would lose requests now. */
function obstaclesTo(color, snapshot, setting) {
    const { service } = snapshot;
    const deployment = snapshot.deployments[color];
    if (service === undefined || deployment === undefined)
        return [];
    const selector = { ...service.spec.selector, [setting.colorLabel]: color };
    const name = setting.deployments[color];
    if (!(0,native_kinds/* matches */.cK)(selector, deployment.spec.template.metadata?.labels)) {
        const wanted = Object.entries(selector).map(([key, value]) => `${key}=${value}`);
        return [
            `Service ${setting.service} would select no pod of Deployment ${name}: its pods do not carry ${wanted.join(", ")}`,
        ];
    }
    const expected = expectedReplicaSet(color, snapshot);
    const ready = readyPods(snapshot, setting, color);
    const strangers = ready.filter((pod) => (0,native_kinds/* matches */.cK)(selector, pod.metadata.labels) && !(0,native_kinds/* isOwnedBy */.D0)(pod, expected));
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
    if (!isLocal || activeColor(snapshot, setting) === color)
        return [];
    const nodes = (one) => new Set(readyPods(snapshot, setting, one).map((pod) => pod.spec.nodeName));
    const covered = nodes(color);
    const lost = [...nodes((0,release_color/* otherColor */.IP)(color))].filter((node) => !covered.has(node));
    if (lost.length === 0)
        return [];
    return [
        `Service ${setting.service} has traffic policy Local, and ${color} has no ready pod on node ${lost.join(", ")}`,
    ];
}

// EXTERNAL MODULE: ./packages/kubernetes/client/lost-answer.js
var lost_answer = __webpack_require__(3794);
;// CONCATENATED MODULE: ./packages/kubernetes/native/apply.js




/**
 * Managers whose fields a release may take over: people's tools. What a controller or GitOps owns (Flux names its managers
 * `kustomize-controller` and `helm-controller`) would be written back at once, so it stops the release instead.
 */
const people = /^(kubectl(-.+)?|[Hh]elm|k9s|kustomize|before-first-apply|cutover|node-fetch|Mozilla|okhttp|Lens|unknown|Terraform|HashiCorp|pulumi-kubernetes)$/;
/** Times that one object is applied anew, because answers were lost or its controller wrote in between. */
const apply_attempts = 12;
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
            if (attempt === apply_attempts)
                throw error;
            // The same apply again is the same: whichever of the two lands first, the other changes nothing or fails.
            if ((0,lost_answer/* isUnknownResult */.u)(error))
                continue;
            const conflicts = (0,client_status/* fieldConflicts */.M4)(error);
            const foreign = conflicts.filter(({ manager }) => !people.test(manager));
            if (foreign.length > 0)
                throw ownedBySomeoneElse(intent, foreign);
            if (conflicts.length > 0) {
                current ??= await client.get((0,conditional/* refOf */.H8)(intent));
                force = true;
            }
            else {
                if (live === undefined)
                    throw error;
                current = await (0,conditional/* unchanged */.Cv)(client, live, error);
                force = false;
            }
        }
    }
}
/** The intent, valid for the version that was read only. */
function pinned(intent, live) {
    const { uid, resourceVersion } = live?.metadata ?? {};
    if (uid === undefined || resourceVersion === undefined)
        return intent;
    return { ...intent, metadata: { ...intent.metadata, uid, resourceVersion } };
}
function ownedBySomeoneElse({ kind, metadata: { name } }, conflicts) {
    const fields = conflicts.map(({ manager, field }) => `${field} (${manager})`).join(", ");
    return new errors/* CutoverError */.D("refused", `${kind} ${name} has fields that something else keeps: ${fields}`, {
        hint: "Take these fields out of the manifests, or take the object out of that controller's hands.",
    });
}

;// CONCATENATED MODULE: ./packages/kubernetes/native/filling.js

/** What stands on a slot's Deployment about who wrote it. */
function annotationsOf({ claim }, { revision }) {
    return { [release_annotations/* annotation */.w.revision]: String(revision), [release_annotations/* annotation */.w.epoch]: String(claim.epoch) };
}

;// CONCATENATED MODULE: ./packages/kubernetes/native/secrets.js



/** Secrets enter the history by name and hash only. */
function withoutSecrets(rendered) {
    return {
        ...rendered,
        objects: rendered.objects.map((object) => (object.kind === "Secret" ? secretNote(object) : object)),
    };
}
function secretNote(secret) {
    const { name, namespace } = secret.metadata;
    const annotations = { [release_annotations/* annotation */.w.hash]: hashOfSecret(secret) };
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
    return (0,external_node_crypto_.createHash)("sha256").update(JSON.stringify(all)).digest("hex").slice(0, 16);
}
/** Whether it is a Secret as the history keeps it: name and hash. */
function isNote(object) {
    const isBare = object.kind === "Secret" && !("data" in object) && !("stringData" in object);
    return isBare && (0,native_kinds/* annotationOf */.lW)(object, release_annotations/* annotation */.w.hash) !== undefined;
}
/** @throws refused when a Secret that the revision needs has gone or holds other values by now. */
async function checkSecrets({ setting: { client, namespace } }, recorded, color) {
    if (recorded?.kind !== "manifests")
        return;
    for (const note of recorded.rendered[color].objects.filter(isNote)) {
        const { name } = note.metadata;
        const live = await client.find((0,native_kinds/* refTo */.zI)("Secret", note.metadata.namespace ?? namespace, name));
        if (live !== undefined && hashOfSecret(live) === (0,native_kinds/* annotationOf */.lW)(note, release_annotations/* annotation */.w.hash))
            continue;
        const what = live === undefined ? "is gone" : "holds other values now";
        throw new errors/* CutoverError */.D("refused", `Secret ${name}, which the revision needs, ${what}`, {
            hint: "Restore it and run this again, or go to another revision.",
        });
    }
}

;// CONCATENATED MODULE: ./packages/kubernetes/native/apply-rendered.js







/** The objects in order, then the pods asked for: a Deployment is never applied with a number of pods, which an autoscaler may own. */
async function applyRendered(filling, both) {
    const { client } = filling.work.setting;
    const rendered = both[filling.step.color];
    const others = rendered.objects.filter((object) => object.kind !== "Deployment" && !isNote(object));
    const befores = await Promise.all(others.map((object) => client.find((0,conditional/* refOf */.H8)(object))));
    const slot = others.length === 0 ? liveSlot(filling) : await begin(filling);
    const changes = [];
    for (const [index, object] of others.entries()) {
        const before = befores[index];
        const intent = withEpoch(object, filling);
        const after = await applyObject(client, intent, { live: before, dryRun: filling.dryRun });
        changes.push({ before, after });
    }
    if (filling.dryRun)
        warnOfShared(changes, filling, both);
    return [...changes, await applyDeployment(filling, rendered, slot)];
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
    if (live === undefined || filling.dryRun)
        return live;
    const annotations = annotationsOf(filling.work, filling.step);
    const begun = await (0,conditional/* writeOn */.HL)(filling.work.setting.client, live, ({ uid, resourceVersion }) => ({
        type: "merge",
        body: { metadata: { uid, resourceVersion, annotations } },
    }));
    return (0,native_kinds.as)("Deployment", begun);
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
    const applied = (0,native_kinds.as)("Deployment", await applyObject(client, intent, { live: before, dryRun }));
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
    const { replicas: _replicas, ...spec } = (0,native_kinds.as)("Deployment", deployment).spec;
    const annotations = { ...deployment.metadata.annotations, ...annotationsOf(work, step) };
    return { ...deployment, metadata: { ...deployment.metadata, annotations }, spec };
}
/** What both colors share reaches the pods that serve now before anything is proved. */
function warnOfShared(changes, { work: { setting, snapshot }, step }, both) {
    const active = activeColor(snapshot, setting);
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

;// CONCATENATED MODULE: ./packages/kubernetes/native/keepers.js

/** Field managers of what writes back whatever others change: Argo CD, Flux, Fleet, Config Sync, kapp. */
const keepers = /^(argocd|kustomize-controller|helm-controller|fleet|configsync|kapp)/;
/** @throws refused when GitOps keeps the images of this Deployment: it would undo the release at once. */
function refuseKept({ kind, metadata: { name, managedFields = [] } }) {
    const keeper = managedFields.find(({ manager, fieldsV1 }) => keepers.test(manager) && JSON.stringify(fieldsV1 ?? {}).includes('"f:image"'));
    if (keeper === undefined)
        return;
    throw new errors/* CutoverError */.D("refused", `${kind} ${name} is kept by ${keeper.manager}, which would undo new images at once`, {
        hint: "Release through its repository, or take the image out of what it keeps.",
    });
}

;// CONCATENATED MODULE: ./packages/kubernetes/native/record.js






/** Creates the history entry of the wanted release: its number is the release's revision from here on. */
async function recordRelease(work, color, observed) {
    const entry = await record(work, observed, contentOf(work, color, observed));
    const { snapshot } = work;
    return { evidence: {}, snapshot: { ...snapshot, revisions: [entry, ...snapshot.revisions] } };
}
function contentOf({ setting, snapshot }, color, observed) {
    const { source, colorLabel } = setting;
    if (source.kind === "history")
        throw new Error("A rollback records no release");
    if (source.kind === "manifests") {
        const rendered = { blue: withoutSecrets(source.rendered.blue), green: withoutSecrets(source.rendered.green) };
        const hashes = observed.wanted ?? { blue: "", green: "" };
        return { hashes, images: source.rendered[color].images, recorded: { kind: "manifests", rendered } };
    }
    const spec = specWithImages(color, { deployments: snapshot.deployments, images: source.images, colorLabel });
    if (spec === undefined)
        throw missing(setting, color);
    return describing(spec, hashOfTemplate(spec.template, colorLabel));
}
function describing(spec, hash) {
    return {
        hashes: { blue: hash, green: hash },
        images: imagesOf(spec.template),
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
    const hash = observed.slots[color].hash ?? hashOfTemplate(deployment.spec.template, colorLabel);
    const entry = openBaseline(work, observed, hash) ?? (await record(work, observed, describing(deployment.spec, hash)));
    const annotations = { [release_annotations/* annotation */.w.revision]: String(entry.revision) };
    const number = (live) => (0,conditional/* writeOn */.HL)(client, live, ({ uid, resourceVersion }) => ({
        type: "merge",
        body: { metadata: { uid, resourceVersion, annotations } },
    }));
    const deployments = { ...snapshot.deployments, [color]: (0,native_kinds.as)("Deployment", await number(deployment)) };
    const service = (0,native_kinds.as)("Service", await number(snapshot.service));
    const revisions = [entry, ...snapshot.revisions.filter((one) => one.revision !== entry.revision)];
    return { evidence: {}, snapshot: { ...snapshot, deployments, service, revisions } };
}
/** The entry that an attempt which came no further has left. */
function openBaseline({ snapshot }, { history }, hash) {
    const [newest] = history;
    const isOpen = newest?.result === undefined && newest?.hashes.blue === hash && newest.hashes.green === hash;
    return isOpen ? snapshot.revisions.find((one) => one.revision === newest?.revision) : undefined;
}
async function record({ setting, snapshot }, observed, { hashes, images, recorded }) {
    const { client, namespace, service: serviceName, identity, clock, log } = setting;
    const seen = [observed.service.revision, ...release_color/* colors */.Tj.map((color) => observed.slots[color].revision)];
    const revision = nextRevision(observed.history, seen);
    const entry = { revision, hashes, images, recorded };
    const created = await createRevision(client, {
        namespace,
        serviceName,
        service: snapshot.service,
        entry,
        identity,
        time: clock.date().toISOString(),
    });
    log.info(`Revision ${created.revision}: ${describeImages(images)}`);
    return created;
}
function describeImages(images) {
    return Object.entries(images)
        .map(([container, image]) => `${container} ${image}`)
        .join(", ");
}
function missing({ service, deployments }, color) {
    return new errors/* CutoverError */.D("not-found", `Deployment ${deployments[color]} of Service ${service} does not exist`, {
        hint: "Set `deployment` to the name pattern of the slots, or give `manifests` to create them from.",
    });
}

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
    return {
        evidence: {},
        snapshot: { ...snapshot, deployments: { ...snapshot.deployments, [step.color]: (0,native_kinds.as)("Deployment", written) } },
    };
}
/** The writes of `prepare`; with `dryRun` the server only says what they would make. */
async function fillSlot(work, step, { observed, dryRun = false }) {
    const slot = observed.slots[step.color];
    const revision = observed.history.find((one) => one.revision === step.revision);
    const recorded = recordedOf(work, step);
    if (work.setting.source.kind === "history")
        await checkSecrets(work, recorded, step.color);
    const isThere = work.snapshot.deployments[step.color] !== undefined && slot.hash === revision?.hashes[step.color];
    // Under another number its ConfigMaps may be those of a release that came no further.
    const isWhole = recorded?.kind !== "manifests" || slot.revision === step.revision;
    const content = isThere && isWhole ? undefined : prepare_contentOf(work, step, recorded);
    const filling = { work, step, replicas: Math.max(slot.target, slot.replicas), dryRun };
    if (content?.kind === "manifests")
        return await applyRendered(filling, content.rendered);
    return [await writeDeployment(filling, content?.spec)];
}
function recordedOf({ snapshot }, { revision }) {
    const entry = snapshot.revisions.find((one) => one.revision === revision);
    return entry === undefined ? undefined : readRecorded(entry);
}
/** The release's own content, or that of the revision that a rollback goes back to. */
function prepare_contentOf({ setting, snapshot }, { color, revision }, recorded) {
    const { source, colorLabel, service } = setting;
    if (source.kind === "manifests")
        return source;
    if (source.kind === "images") {
        const spec = specWithImages(color, { deployments: snapshot.deployments, images: source.images, colorLabel });
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
    const wanted = spec === undefined ? undefined : recolored(spec, colorLabel, step.color);
    if (wanted !== undefined)
        log.info(describeImages(imagesOf(wanted.template)));
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
        hashOfTemplate(wanted.template, colorLabel) === hashOfTemplate(before.spec.template, colorLabel);
    if (!isSame)
        refuseKept(before);
    const operations = [
        ...(0,conditional/* annotating */.Uq)(before, annotations),
        { op: "add", path: "/spec/replicas", value: replicas },
        ...(isSame ? [] : [{ op: "replace", path: "/spec/template", value: wanted.template }]),
    ];
    return {
        before,
        after: await (0,conditional/* writeOn */.HL)(client, before, { patch: (precondition) => (0,conditional/* jsonPatchOn */.YU)(precondition, operations), dryRun }),
    };
}

;// CONCATENATED MODULE: ./packages/kubernetes/native/snapshot.js



/**
 * Reads it all at once; quorum reads, never from a cache.
 * @param known what the claim's own answers tell already
 */
async function takeSnapshot(setting, known = {}) {
    const { client, namespace } = setting;
    const found = async (kind, name) => {
        const resource = await client.find((0,native_kinds/* refTo */.zI)(kind, namespace, name));
        return resource === undefined ? undefined : (0,native_kinds.as)(kind, resource);
    };
    const listed = async (kind, narrowed = {}) => {
        const { items } = await client.list({ ...collectionOf(kind, namespace), ...narrowed });
        return items.map((item) => (0,native_kinds.as)(kind, item));
    };
    const service = known.service ?? (await found("Service", setting.service));
    const listHistory = () => listed("ControllerRevision", { labelSelector: revisionSelector(setting) });
    const history = service === undefined ? await listHistory() : [];
    const labelSelector = podSelector(setting, { service, revisions: history });
    const [blue, green, replicaSets, pods, slices, autoscalers, revisions] = await Promise.all([
        known.deployments?.blue ?? found("Deployment", setting.deployments.blue),
        known.deployments?.green ?? found("Deployment", setting.deployments.green),
        listed("ReplicaSet", { labelSelector }),
        listed("Pod", { labelSelector }),
        listed("EndpointSlice", { labelSelector: sliceSelector(setting) }),
        listed("HorizontalPodAutoscaler"),
        service === undefined ? history : listHistory(),
    ]);
    return { service, deployments: { blue, green }, replicaSets, pods, slices, autoscalers, revisions };
}
function noService({ service, namespace }) {
    return new errors/* CutoverError */.D("not-found", `Service ${service} does not exist in namespace ${namespace}`, {
        hint: "Set `service` and `namespace` to the Service that traffic comes through, or put it into `manifests`.",
    });
}
/** The Service before it exists: as the manifests have it, or as those of the newest revision had it. */
function futureService({ source }, revisions) {
    if (source.kind === "manifests")
        return source.rendered.blue.service;
    const [newest] = revisions.toSorted((a, b) => b.revision - a.revision);
    return recordedService(newest, "blue");
}
function collectionOf(kind, namespace) {
    return { apiVersion: native_kinds/* apiVersions */.w2[kind], kind, namespace };
}
/**
 * Every pod that the Service could select in either color.
 * @throws not-found for a Service that neither exists nor is going to
 */
function podSelector(setting, { service, revisions }) {
    const { colorLabel } = setting;
    const template = service ?? futureService(setting, revisions);
    if (template === undefined)
        throw noService(setting);
    const selector = (0,native_kinds.as)("Service", template).spec.selector ?? {};
    const shared = Object.entries(selector).filter(([key]) => key !== colorLabel);
    return [...shared.map(([key, value]) => `${key}=${value}`), `${colorLabel} in (${release_color/* colors */.Tj.join(",")})`].join(",");
}
function sliceSelector({ service }) {
    return `kubernetes.io/service-name=${service},endpointslice.kubernetes.io/managed-by=endpointslice-controller.k8s.io`;
}
/** History entries carry this label and no label of the application. */
function revisionSelector({ service }) {
    return `${release_annotations/* annotation */.w.service}=${service}`;
}

// EXTERNAL MODULE: ./packages/release/duration.js
var duration = __webpack_require__(296);
;// CONCATENATED MODULE: ./packages/kubernetes/native/switch.js





/** The one write that moves traffic: selector, ports and what stands on the Service, in one conditional patch. */
async function switchTraffic(work, step, observed) {
    const { log, clock, service, colorLabel } = work.setting;
    const started = clock.now();
    if (step.kind === "switch" && work.budget.left() <= 0)
        throw tooLate(work);
    const { after } = await writeService(work, step, { observed });
    log.info(`Service ${service} selects ${colorLabel}=${step.to} (written in ${(0,duration/* formatDuration */.a)(clock.now() - started)})`);
    const evidence = step.kind === "switch" ? { switched: true } : { switched: true, switchedBack: true };
    return { evidence, snapshot: { ...work.snapshot, service: (0,native_kinds.as)("Service", after) } };
}
/** The write of a switch; with `dryRun` the server only says what it would make. */
async function writeService(work, step, { observed, dryRun = false }) {
    const { client, colorLabel } = work.setting;
    const { service: before } = work.snapshot;
    const ports = before === undefined ? undefined : portsAfter(work, step, before);
    const state = stateAfter(work, step, { observed, previousPorts: ports === undefined ? [] : portsOf(before) });
    if (before === undefined)
        return { before, after: await (0,conditional/* createOn */.Md)(client, firstService(work, step, state), { dryRun }) };
    (0,conditional/* checkClaim */.xU)(before, work.claim);
    const spec = { selector: { [colorLabel]: step.to }, ...(ports === undefined ? {} : { ports: ports }) };
    const annotations = switch_annotationsOf(work, state, before);
    const patch = ({ uid, resourceVersion }) => ({
        type: "merge",
        body: { metadata: { uid, resourceVersion, annotations }, spec },
    });
    return { before, after: await (0,conditional/* writeOn */.HL)(client, before, { patch, dryRun }) };
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
function switch_annotationsOf({ claim }, state, before) {
    return {
        [release_annotations/* annotation */.w.revision]: state.revision === undefined ? "" : String(state.revision),
        [release_annotations/* annotation */.w.state]: JSON.stringify(state),
        [release_annotations/* annotation */.w.epoch]: String(claim.epoch),
        // Each write another one, so that even one which changes nothing else gives the Service a new version.
        [release_annotations/* annotation */.w.operation]: `${claim.epoch}-${before?.metadata.resourceVersion ?? "first"}`,
    };
}
function portsOf(service) {
    return service?.spec.ports ?? [];
}
/** The ports that the revision answers on, where they differ from the live ones; a node port that was given stays. */
function portsAfter(work, step, live) {
    const wanted = portsWanted(work, step, live);
    const now = portsOf(live);
    if (wanted === undefined)
        return undefined;
    const merged = wanted.map((port) => ({
        ...now.find((one) => one.name === port.name && one.port === port.port),
        ...port,
    }));
    return (0,canonical_json/* canonicalJson */.d)(merged) === (0,canonical_json/* canonicalJson */.d)(now) ? undefined : merged;
}
/** As the revision's manifests say; without any, those from before the last switch, if that is what is gone back on. */
function portsWanted({ setting: { source }, snapshot }, step, live) {
    if (step.kind === "switch" && source.kind === "manifests")
        return switch_serviceOf(source.rendered[step.to])?.spec.ports;
    const ports = recordedService(entryOf(snapshot, step), step.to)?.spec.ports;
    const state = readState(live);
    return ports ?? (state?.previousRevision === step.revision ? state?.previousPorts : undefined);
}
function entryOf({ revisions }, { revision }) {
    return revisions.find((one) => one.revision === revision);
}
function switch_serviceOf({ service }) {
    return service === undefined ? undefined : (0,native_kinds.as)("Service", service);
}
/** A Service that did not exist comes into being already pointing at the proved slot. */
function firstService(work, step, state) {
    const { service, namespace, colorLabel, source } = work.setting;
    const { to } = step;
    const wanted = source.kind === "manifests" ? switch_serviceOf(source.rendered[to]) : recordedService(entryOf(work.snapshot, step), to);
    if (wanted === undefined)
        throw new errors/* CutoverError */.D("not-found", `Service ${service} does not exist`, {
            hint: "Create it, or put it into the manifests.",
        });
    const metadata = {
        ...wanted.metadata,
        namespace,
        annotations: { ...wanted.metadata.annotations, ...switch_annotationsOf(work, state) },
    };
    return { ...wanted, metadata, spec: { ...wanted.spec, selector: { ...wanted.spec.selector, [colorLabel]: to } } };
}
/** A switch that nobody would have the time to prove. */
function tooLate({ setting: { service, timeout } }) {
    return new errors/* CutoverError */.D("timed-out", `Service ${service} was not switched: ${(0,duration/* formatDuration */.a)(timeout)} had passed`, {
        hint: "The preview is proved and stays. Raise `timeout` and run it again: it goes on from there.",
    });
}

;// CONCATENATED MODULE: ./packages/kubernetes/native/work.js
function createBudget(clock, total) {
    const started = clock.now();
    let exempted = 0;
    return {
        left: () => total - (clock.now() - started - exempted),
        exempt: async (body) => {
            const entered = clock.now();
            try {
                return await body();
            }
            finally {
                exempted += clock.now() - entered;
            }
        },
    };
}

;// CONCATENATED MODULE: ./packages/kubernetes/native/preview.js







/**
 * The walk that a run would take, its writes done as the server's own dry run: nothing is stored.
 * @throws rejected when the API server refuses an object.
 */
async function preview(setting, wanted) {
    const snapshot = await takeSnapshot(setting);
    const observed = interpret(snapshot, setting, false);
    const planned = plan(observed, wanted);
    const claim = { epoch: highestEpoch(snapshot) };
    const work = {
        setting,
        snapshot,
        claim,
        signal: setting.signal,
        budget: createBudget(setting.clock, setting.timeout),
    };
    const changes = new Map();
    let world = { observed, evidence: noEvidence };
    for (const step of planned.steps) {
        const made = await rehearse(work, step, world.observed);
        if (made.length > 0)
            changes.set(step, made);
        world = apply(world, step);
    }
    return { snapshot, observed, plan: planned, changes };
}
async function rehearse(work, step, observed) {
    if (step.kind === "prepare")
        return await fillSlot(work, step, { observed, dryRun: true });
    if (step.kind === "switch")
        return [await writeService(work, step, { observed, dryRun: true })];
    return [];
}

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

;// CONCATENATED MODULE: ./packages/release/symptom.js
/** One line of somebody else's text, without control characters, at most 300 characters long. */
function oneLine(text) {
    const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
    return line.length <= 300 ? line : `${line.slice(0, 299)}…`;
}
/** An image reference with twelve digits of its digest, as people tell them apart. */
function shortened(image) {
    return image.replace(/(@sha256:[0-9a-f]{12})[0-9a-f]+/, "$1…");
}

;// CONCATENATED MODULE: ./packages/release/pull-failure.js

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
        message: oneLine(tail(text, image)),
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
        cause: `cannot pull ${shortened(image)}: the registry does not have it`,
        hint: "Was it built and pushed, to this registry and under this name? build-push's output `image` names the digest that was pushed; pass that, not a tag.",
        condemns: "at-once",
    }),
    platform: (image) => ({
        kind: "image-platform",
        cause: `cannot pull ${shortened(image)}: it was not built for their nodes' processor`,
        hint: "Build the image for the platform of the nodes (`linux/amd64`, `linux/arm64`), or keep the pods on nodes that it fits with a nodeSelector.",
        condemns: "at-once",
    }),
    forbidden: (image) => ({
        kind: "image-forbidden",
        cause: `may not pull ${shortened(image)}: the registry refuses the credentials, or there are none`,
        hint: "Check imagePullSecrets of the pod or of its ServiceAccount: the Secret must be in this namespace, for this registry, and not expired. Some registries say so of images that do not exist, too.",
        condemns: 60_000,
    }),
    busy: (image) => ({
        kind: "image-pull",
        cause: `cannot pull ${shortened(image)} at the moment`,
        hint: "The registry is overloaded, limits the rate or cannot be reached from the nodes; the kubelet keeps trying. Check the registry and the nodes' network.",
        condemns: "never",
    }),
    unknown: (image) => ({
        kind: "image-pull",
        cause: `cannot pull ${shortened(image)}`,
        hint: "The kubelet keeps trying. `kubectl describe pod` shows the registry's answer.",
        condemns: "never",
    }),
};

;// CONCATENATED MODULE: ./packages/release/container-symptom.js



/** Milliseconds for which missing configuration may still be on its way. */
const configurationGrace = 20_000;
/** What is wrong with one container now; a ready one, or one that merely starts, has nothing wrong. */
function containerSymptom(pod, container, pullCause) {
    if (container.ready)
        return undefined;
    if (isPulling(container))
        return pullSymptom(pod, container, pullCause);
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
        message: oneLine(text ?? ""),
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
            cause: `may not pull ${shortened(image)}, and their node does not have it`,
            hint,
            condemns: "at-once",
        };
    }
    if (waiting?.reason === "SignatureValidationFailed") {
        const hint = "Sign the image with the key that the nodes trust, or mend the nodes' policy.";
        return {
            kind: "image-unverified",
            cause: `may not run ${shortened(image)}: its signature was not accepted`,
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
        cause: `cannot run ${shortened(image)}: it was not built for their nodes' processor`,
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

;// CONCATENATED MODULE: ./packages/release/pod-symptom.js


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
        return containerSymptom(pod, container, pullCauses[`${pod.uid}/${container.name}`]) ?? [];
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
        message: oneLine(message),
        cause: growing ? "waited for a new node" : "could not be scheduled",
        hint: "Both colors run at once, so the nodes need room for both: add nodes, lower resources.requests, or have the old slot scaled down after each release (`previous: scale-down`). An anti-affinity rule counts the other color's pods too.",
        condemns: growing || gated ? "never" : schedulingBudget,
    };
}
function volumes(pod) {
    const event = newest(pod, ["FailedMount", "FailedAttachVolume", "FailedCreatePodSandBox"]);
    if (!event || !isCreating(pod))
        return undefined;
    const common = { ...about(pod), reason: event.reason, message: oneLine(event.message) };
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
        message: oneLine(event?.message ?? ""),
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
        message: oneLine(container?.waiting?.message ?? ""),
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
            message: oneLine(refusal.message),
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
            message: oneLine(deadline.message),
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
    const pods = facts.pods.filter(isLiving).flatMap((pod) => podSymptom(pod, pullCauses) ?? []);
    return [...refusedPods(facts), ...pods, ...passedDeadline(facts)];
}
/** A pod that ended (evicted, say) or is going is replaced; it says nothing about the release. */
function isLiving(pod) {
    return !pod.terminating && pod.phase !== "Failed" && pod.phase !== "Succeeded";
}
function causesOf(facts, earlier) {
    const causes = facts.pods.flatMap((pod) => {
        return pod.containers.filter(isPulling).map((container) => {
            const key = `${pod.uid}/${container.name}`;
            return [key, pullCause(pod, container, earlier[key])];
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
    return { ...symptom, ...wrongProcessor(container?.image ?? "the image") };
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
        .map(({ reason, message, count }) => `event ${reason}${count > 1 ? ` (${count} times)` : ""}: ${oneLine(message)}`);
}
/** What the status says already, and what every pod of some clusters is told. */
function isRepetition({ reason, message }, symptom) {
    if (["BackOff", "MissingClusterDNS", "InspectFailed"].includes(reason))
        return true;
    const text = oneLine(message);
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

;// CONCATENATED MODULE: ./packages/kubernetes/native/facts.js


/** What readiness of a slot is judged by: only pods of the expected ReplicaSet, only conditions that speak of it. */
function factsOf(snapshot, setting, about) {
    const { color, events, target } = about;
    const deployment = snapshot.deployments[color];
    const uid = expectedReplicaSet(color, snapshot);
    const replicaSet = snapshot.replicaSets.find((one) => one.metadata.uid === uid);
    // Before its controller has seen the last write, a Deployment's conditions speak of the revision before.
    const ofDeployment = uid === undefined ? [] : (deployment?.status?.conditions ?? []);
    const pods = snapshot.pods.filter((pod) => (0,native_kinds/* isOwnedBy */.D0)(pod, uid));
    return {
        deployment: setting.deployments[color],
        generationObserved: uid !== undefined,
        replicas: deployment?.spec.replicas ?? 0,
        needed: target,
        conditions: [...ofDeployment, ...(replicaSet?.status?.conditions ?? [])].map(conditionFacts),
        pods: pods.map((pod) => podFacts(pod, events)),
    };
}
function conditionFacts({ type, status, reason = "", message = "" }) {
    return { type, status, reason, message };
}
function podFacts(pod, events) {
    const { status, spec, metadata } = pod;
    const scheduled = status?.conditions?.find((condition) => condition.type === "PodScheduled" && condition.status === "False");
    const statuses = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
    const containers = [...(spec.initContainers ?? []), ...spec.containers];
    return {
        name: metadata.name,
        uid: metadata.uid ?? "",
        phase: status?.phase ?? "Unknown",
        ready: isReadyPod(pod),
        terminating: metadata.deletionTimestamp !== undefined,
        node: spec.nodeName,
        ...(scheduled === undefined
            ? {}
            : { unscheduled: { reason: scheduled.reason ?? "", message: scheduled.message ?? "" } }),
        containers: containers.map((container) => containerFacts(container, statuses.find((one) => one.name === container.name))),
        events: events.filter((event) => event.involvedObject.uid === metadata.uid).map(eventFacts),
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

;// CONCATENATED MODULE: ./packages/kubernetes/native/explain.js




/** Why a revision is not good, with the most telling pod, its events and the end of its log. */
async function explain(work, { step, snapshot, outcome, summary, memory }) {
    const { setting } = work;
    const { clock, log } = setting;
    const facts = factsOf(snapshot, setting, {
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
        const { items } = await client.list({
            ...collectionOf("Event", namespace),
            fieldSelector: "involvedObject.kind=Pod",
        });
        return items.map((item) => (0,native_kinds.as)("Event", item));
    }
    catch (error) {
        if ((0,errors/* isCutoverError */.j)(error))
            return [];
        throw error;
    }
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

;// CONCATENATED MODULE: ./packages/kubernetes/client/held-items.js
/** What a mirror holds: objects by uid, the resourceVersion up to which they are known, and the promise of the next change. */
class HeldItems {
    resourceVersion = "";
    #items = new Map();
    #next = Promise.withResolvers();
    #listed;
    /** In the order in which they came. */
    get items() {
        this.#listed ??= [...this.#items.values()];
        return this.#listed;
    }
    /** Settles with the next change, or with the end. */
    get changed() {
        return this.#next.promise;
    }
    replace({ resourceVersion, items }) {
        const before = this.#items;
        this.#items = new Map(items.map((item) => [keyOf(item), item]));
        this.resourceVersion = resourceVersion;
        const isSame = before.size === this.#items.size && items.every((item) => isUnchanged(item, before.get(keyOf(item))));
        if (!isSame)
            this.#announce();
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
        if (event.type === "DELETED")
            this.#items.delete(keyOf(object));
        else
            this.#items.set(keyOf(object), object);
        this.#announce();
    }
    /** Nothing will change any more: all who wait go on, or learn why. */
    end(error) {
        if (error === undefined)
            this.#next.resolve();
        else {
            this.#next.promise.catch(() => undefined);
            this.#next.reject(error);
        }
    }
    #announce() {
        this.#listed = undefined;
        this.#next.resolve();
        this.#next = Promise.withResolvers();
    }
}
function keyOf({ metadata }) {
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
const firstWait = 250;
const longestWait = 8_000;
/** Lists `collection` once and then follows it: one watch, or one list every 2 s where watch is forbidden. */
async function openMirror(client, collection, { clock, signal }) {
    const closing = new AbortController();
    const ending = signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal]);
    const held = new HeldItems();
    held.replace(await client.list(collection, signal === undefined ? {} : { signal }));
    follow({ client, collection, clock, held, ending }).then(() => held.end(), (error) => held.end(error));
    return {
        items: () => held.items,
        changed: () => held.changed,
        close: () => closing.abort("closed"),
    };
}
async function follow(following) {
    const { clock, ending } = following;
    let wait = firstWait;
    while (!ending.aborted) {
        const ended = await watchOnce(following);
        if (ended === "forbidden")
            return poll(following);
        if (ended === "told")
            continue;
        await clock.sleep(wait, ending);
        wait = ended === "broken" ? Math.min(longestWait, wait * 2) : firstWait;
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

;// CONCATENATED MODULE: ./packages/kubernetes/native/live.js



/** Follows `kinds`; everything else stays as it is in `base`. */
async function live_follow(setting, base, { kinds, color, signal }) {
    const { client, clock } = setting;
    const closed = new AbortController();
    const stop = AbortSignal.any([signal, closed.signal]);
    const open = (kind) => openMirror(client, narrowed(kind, { setting, base, color }), { clock, signal: stop });
    const opened = await Promise.all(kinds.map(async (kind) => [kind, await open(kind)]));
    const mirrors = new Map(opened);
    const items = (kind, fallback) => (mirrors.get(kind)?.items() ?? fallback).map((item) => (0,native_kinds.as)(kind, item));
    return {
        current: () => {
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
            const changes = [...mirrors.values()].map((mirror) => mirror.changed());
            await Promise.race([...changes, clock.sleep(ms, AbortSignal.any([stop, woken.signal]))]);
            woken.abort("woken");
        },
        [Symbol.asyncDispose]: async () => {
            closed.abort("closed");
            await Promise.all([...mirrors.values()].map((mirror) => mirror.close()));
        },
    };
}
function narrowed(kind, { setting, base, color }) {
    const collection = collectionOf(kind, setting.namespace);
    if (kind === "Deployment")
        return { ...collection, fieldSelector: `metadata.name=${setting.deployments[color]}` };
    return {
        ...collection,
        labelSelector: kind === "EndpointSlice" ? sliceSelector(setting) : podSelector(setting, base),
    };
}

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





/** How often the present is judged while nothing changes, and events are read while something is wrong; milliseconds. */
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
        const live = __addDisposableResource(env_1, await live_follow(work.setting, work.snapshot, { kinds, color: step.color, signal: work.signal }), true);
        const target = observed.slots[step.color].target;
        const say = progress(work);
        const events = eventReader(work);
        let memory = beginWaiting(clock.now());
        for (;;) {
            const facts = factsOf(live.current(), work.setting, { color: step.color, events: events.known(), target });
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
    return isReady(interpret(live.current(), setting, true).slots[color]);
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
/** Events, read at most every two seconds and only while there is something to explain. */
function eventReader(work) {
    const { clock } = work.setting;
    let known = [];
    let at = clock.now();
    return {
        known: () => known,
        refresh: async () => {
            if (clock.now() - at < eventsEvery)
                return;
            known = await readEvents(work);
            at = clock.now();
        },
    };
}

// EXTERNAL MODULE: ./packages/kubernetes/native/lease.js + 1 modules
var native_lease = __webpack_require__(8306);
;// CONCATENATED MODULE: ./packages/kubernetes/native/mark.js



/** Writes on the revision how its release ended, and forgets revisions that nobody can go back to any more. */
async function mark({ setting, snapshot }, step, observed) {
    const { client, log } = setting;
    const entry = snapshot.revisions.find((one) => one.revision === step.revision);
    if (entry === undefined) {
        throw new errors/* CutoverError */.D("refused", `Revision ${step.revision} of Service ${setting.service} has gone from the history`, {
            hint: "Somebody deleted its ControllerRevision. Run it again: what serves now is recorded anew.",
        });
    }
    const marked = (0,native_kinds.as)("ControllerRevision", await markRevision(client, entry, { result: step.result, service: snapshot.service }));
    log.info(`Revision ${step.revision} is ${step.result}`);
    const history = observed.history.map((one) => one.revision === step.revision ? { ...one, result: step.result } : one);
    const expired = new Set(expiredRevisions(history, observed.service.revision).map((one) => one.revision));
    await tidied(log, forgetRevisions(client, snapshot.revisions.filter((one) => expired.has(one.revision))));
    const kept = snapshot.revisions.filter((one) => !expired.has(one.revision));
    return { evidence: {}, snapshot: { ...snapshot, revisions: kept.map((one) => (one === entry ? marked : one)) } };
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
        return probe_proof(work, step.color, "probed");
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
    return probe_proof(work, step.color, "probed");
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
            return probe_proof(work, step.color, "smoked");
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
function probe_proof({ snapshot }, color, what) {
    const replicaSet = expectedReplicaSet(color, snapshot);
    return { evidence: replicaSet === undefined ? {} : { [what]: replicaSet } };
}
function condemned(step, why) {
    const { kind, color, revision } = step;
    return { evidence: { failure: { outcome: "failed", revision, color, step: kind, ...why } } };
}
function previewPods({ setting, snapshot }, color) {
    const expected = expectedReplicaSet(color, snapshot);
    return readyPods(snapshot, setting, color).filter((pod) => (0,native_kinds/* isOwnedBy */.D0)(pod, expected));
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
 * undone if the Service moved meanwhile; what is deleted has no pods any more.
 */
async function retire(work, step) {
    const { client, log } = work.setting;
    const live = work.snapshot.deployments[step.color];
    if (live === undefined)
        return { evidence: {} };
    (0,conditional/* checkClaim */.xU)(live, work.claim);
    await refuseActive(work, step.color);
    const empty = live.spec.replicas === 0 ? live : await scaleDown(work, live, step.color);
    if (step.how === "delete") {
        await (0,conditional/* deleteOn */.BL)(client, empty);
        log.info(`Deleted Deployment ${live.metadata.name}`);
    }
    return { evidence: {} };
}
async function scaleDown(work, live, color) {
    const { client, log } = work.setting;
    const before = live.spec.replicas ?? 1;
    const scale = async (from, replicas) => (0,native_kinds.as)("Deployment", await (0,conditional/* writeOn */.HL)(client, from, ({ uid, resourceVersion }) => ({
        type: "merge",
        body: { metadata: { uid, resourceVersion }, spec: { replicas } },
    })));
    const scaled = await scale(live, 0);
    try {
        await refuseActive(work, color);
    }
    catch (error) {
        await scale(scaled, before);
        throw error;
    }
    log.info(`Scaled Deployment ${live.metadata.name} from ${before} to 0 pods`);
    return scaled;
}
/** @throws superseded unless the Service is not there or selects the other color. */
async function refuseActive({ setting, claim }, color) {
    const { client, namespace, service, colorLabel, deployments } = setting;
    const found = await client.find((0,native_kinds/* refTo */.zI)("Service", namespace, service));
    const live = found === undefined ? undefined : (0,native_kinds.as)("Service", found);
    if (live === undefined)
        return;
    (0,conditional/* checkClaim */.xU)(live, claim);
    const selected = live.spec.selector?.[colorLabel];
    if (selected === (0,release_color/* otherColor */.IP)(color))
        return;
    const actor = readState(live)?.actor;
    const what = selected === color
        ? `was moved to ${color}${actor === undefined ? "" : ` (its last switch by cutover was ${actor}'s)`}`
        : `selects ${selected === undefined ? "no color" : `${colorLabel}=${selected}`} now`;
    throw new errors/* CutoverError */.D("superseded", `Service ${service} ${what}, so Deployment ${deployments[color]} stays`, {
        hint: "Nothing more is written by this run. Look who changed the Service, and run this again if it is still wanted.",
    });
}

;// CONCATENATED MODULE: ./packages/kubernetes/native/health.js



/** Read from the slices that the endpoint controller keeps: what node proxies send to. */
function healthOf(color, snapshot) {
    const deployment = snapshot.deployments[color];
    const expected = expectedReplicaSet(color, snapshot);
    const pods = new Map(snapshot.pods.filter((pod) => (0,native_kinds/* isOwnedBy */.D0)(pod, expected)).map((pod) => [pod.metadata.uid, pod]));
    const endpoints = snapshot.slices
        .flatMap((slice) => slice.endpoints ?? [])
        .filter((one) => one.conditions?.ready !== false);
    const uids = [...new Set(endpoints.map((endpoint) => endpoint.targetRef?.uid))];
    const known = uids.map((uid) => pods.get(uid));
    const foreign = known.filter((pod) => pod === undefined).length;
    const ready = known.filter((pod) => pod !== undefined && isReadyPod(pod)).length;
    const needed = neededReplicas(deployment?.spec.replicas ?? 0, deployment?.spec.strategy?.rollingUpdate?.maxUnavailable);
    return { ready, needed, foreign, isGood: foreign === 0 && ready >= needed };
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
        const live = watch_over_addDisposableResource(env_1, await watchTraffic(work, step.color), true);
        // Traffic has moved: this wait is owed to it, whatever is left of the deadline.
        const until = clock.now() + confirmWithin;
        for (;;) {
            const health = healthOf(step.color, live.current());
            if (health.isGood) {
                log.info(`${health.ready} ready endpoints, all of ${step.color}`);
                return watch_over_proof(live.current(), step.color, "confirmed");
            }
            if (work.signal.aborted)
                return { evidence: {} };
            if (clock.now() >= until)
                return await lastLook(work, step, "confirmed");
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
        let lackingSince;
        while (clock.now() < until) {
            const health = healthOf(step.color, live.current());
            lackingSince = health.ready >= health.needed ? undefined : (lackingSince ?? clock.now());
            const isLacking = lackingSince !== undefined && (health.ready === 0 || clock.now() - lackingSince >= forgiven);
            if (isLacking) {
                const seen = await watch_over_condemned(work, step);
                if (seen !== undefined)
                    return seen;
                lackingSince = undefined;
            }
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
/** The watches may have lost contact without a word, and no data is never a verdict: the end is judged by what is read now. */
async function lastLook(work, step, what) {
    const snapshot = await takeSnapshot(work.setting);
    const health = healthOf(step.color, snapshot);
    const isGood = what === "confirmed" ? health.isGood : health.ready >= health.needed;
    return isGood ? watch_over_proof(snapshot, step.color, what) : await watch_over_condemn(work, { step, snapshot, health });
}
/** The failure, if what the watches say is what is read now. */
async function watch_over_condemned(work, step) {
    const snapshot = await takeSnapshot(work.setting);
    const health = healthOf(step.color, snapshot);
    return health.ready >= health.needed ? undefined : await watch_over_condemn(work, { step, snapshot, health });
}
async function watchTraffic(work, color) {
    const kinds = ["EndpointSlice", "Pod"];
    return await live_follow(work.setting, work.snapshot, { kinds, color, signal: work.signal });
}
function watch_over_proof(snapshot, color, what) {
    const replicaSet = expectedReplicaSet(color, snapshot);
    return { evidence: replicaSet === undefined ? {} : { [what]: replicaSet }, snapshot };
}
async function watch_over_condemn(work, { step, snapshot, health }) {
    const { client, namespace, service, deployments } = work.setting;
    const found = await client.find((0,native_kinds/* refTo */.zI)("Service", namespace, service));
    // Whoever took over may have moved the traffic: then it is not this slot that is sick.
    if (found !== undefined)
        (0,conditional/* checkClaim */.xU)(found, work.claim);
    const { ready, needed, foreign } = health;
    const others = foreign === 0 ? "" : `, and ${foreign} that lead elsewhere`;
    const summary = `Deployment ${deployments[step.color]} stopped serving: Service ${service} has ${ready} ready endpoints of it where it needs ${needed}${others}`;
    return { evidence: { failure: await explain(work, { step, snapshot, summary, outcome: "failed" }) }, snapshot };
}

;// CONCATENATED MODULE: ./packages/kubernetes/native/engine.js














/** @param first what a rehearsal has just seen; the claim is conditional on it, so that it serves as the first look */
function createNativeEngine(setting, first) {
    const budget = createBudget(setting.clock, setting.timeout);
    let snapshot = first;
    let held;
    const look = async () => {
        refuseLost(held?.lease, setting);
        snapshot ??= await takeSnapshot(setting);
        if (held !== undefined)
            checkClaims(snapshot, held.claim);
        return snapshot;
    };
    return {
        observe: async (anew) => {
            if (anew === true)
                snapshot = undefined;
            return interpret(await look(), setting, held !== undefined);
        },
        execute: async (step, observed, inVain) => {
            const seen = await look();
            snapshot = undefined;
            if (step.kind === "lock") {
                const waiting = { ...setting, signal: endingBy(setting.signal, inVain) };
                const locked = await budget.exempt(() => lock(waiting, seen));
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
            // What looks like a failure may be the work of whoever took over: that is looked at again, claim and all.
            snapshot = done.evidence.failure === undefined ? done.snapshot : undefined;
            return done.evidence;
        },
        close: async () => {
            await held?.lease.release();
            held = undefined;
        },
    };
}
function endingBy(...signals) {
    return AbortSignal.any(signals.filter((signal) => signal !== undefined));
}
/** Lease first, then the claim: only what is read after both counts, and of what was claimed the answers to that. */
async function lock(setting, snapshot) {
    const { client, log, identity } = setting;
    const lease = await (0,native_lease/* acquireLease */.ZZ)(setting, highestEpoch(snapshot));
    try {
        const claim = { epoch: lease.epoch };
        const claimed = await claimObjects(client, snapshot, claim);
        log.info(`Locked as ${identity.holder}, epoch ${claim.epoch}`);
        return { held: { lease, claim }, snapshot: await takeSnapshot(setting, claimed) };
    }
    catch (error) {
        await lease.release();
        throw error;
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
    throw new errors/* CutoverError */.D("superseded", `Another run took the lock of Service ${service}`, {
        hint: "Nothing more is written by this run. Look at the newer run for the outcome.",
    });
}
async function carryOut(work, step, observed) {
    switch (step.kind) {
        case "record-baseline":
            return await recordBaseline(work, step.color, observed);
        case "record":
            return await recordRelease(work, step.color, observed);
        case "prepare":
            return await prepare(work, step, observed);
        case "await-ready":
            return await awaitReady(work, step, observed);
        case "probe":
            return await probe(work, step);
        case "smoke":
            return await smoke(work, step);
        case "switch":
        case "switch-back":
            return await switchTraffic(work, step, observed);
        case "confirm":
            return await watch_over_confirm(work, step);
        case "soak":
            return await work.budget.exempt(() => soak(work, step));
        case "mark":
            return await mark(work, step, observed);
        case "drain":
            return await work.budget.exempt(() => drain(work, step, observed));
        case "retire":
            return await retire(work, step);
    }
}

;// CONCATENATED MODULE: ./packages/release/together.js


/** How far one service of several has come, in this order; `failing` is on its way back. */
const stages = [
    "unseen",
    "failing",
    "entering",
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
    const goal = findGoal(observed, wanted);
    if ("refusal" in goal || !isServing(observed, goal))
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
            return members.every((one) => reached("entering")(one) && (one.service >= own.service || reached("preparing")(one)));
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
    const goal = findGoal(observed, wanted);
    const hint = "Mend what that says, then run this again for all of them.";
    if ("refusal" in goal || goal.revision === undefined || !observed.locked || wanted.kind === "retire") {
        return { kind: "done", outcome: "failed", reason, hint };
    }
    const { color, revision } = goal;
    const isOld = evidence.switched !== true && findRevision(observed.history, revision)?.result === "confirmed";
    if (isOld && isServing(observed, goal)) {
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
const isFresh = 1_000;
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
        return mayGo(this.#members, index) && !isInVain() && waited() < isFresh ? "go" : "look";
    }
    #tell(index, change) {
        const before = this.#members[index];
        if (before !== undefined)
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

;// CONCATENATED MODULE: ./packages/release/converge.js



/** Times in a row that one step is tried: somebody else may write first, or what it did may not last. */
const patience = 20;
/**
 * The loop: look, decide, do one thing, look again. A crash, a rerun and a second runner are ordinary cases of it.
 * @throws CutoverError only when the cluster could not be looked at even once.
 */
async function converge(engine, wanted, around) {
    let known = { observed: await engine.observe(), evidence: noEvidence, journal: [] };
    let attempt;
    for (;;) {
        around.onObserved?.(known.observed);
        const { decision, evidence } = decided(known, wanted, around.others);
        known = { ...known, evidence };
        if (decision.kind === "step" && around.signal.aborted)
            return ending(cancelled(known, around.signal), known);
        const isStale = (await around.others?.meet(known, decision)) === "look";
        if (!isStale) {
            if (decision.kind !== "step")
                return ending(decision, known);
            attempt = following(attempt, decision.step);
            const proved = await tried(engine, attempt, { known, around });
            if ((0,errors/* isCutoverError */.j)(proved))
                return ending(endOf(proved, known), known);
            known = { ...known, evidence: proved };
        }
        const observed = await caught(engine.observe(isStale));
        if ((0,errors/* isCutoverError */.j)(observed))
            return ending(endOf(observed, known), known);
        known = { ...known, observed };
    }
}
/** What comes next, the trouble of the others included. */
function decided(known, wanted, others) {
    const { observed, evidence } = known;
    const decision = nextStep(observed, evidence, wanted);
    const fate = others?.fate(known, decision);
    if (fate === undefined)
        return { decision, evidence };
    if ("kind" in fate)
        return { decision: fate, evidence };
    const failed = { ...evidence, failure: fate };
    return { decision: nextStep(observed, failed, wanted), evidence: failed };
}
/** What is proved by now, or the error that ends the run. */
async function tried(engine, attempt, { known, around }) {
    const proved = await caught(converge_carryOut(engine, attempt, { known, around }));
    if (!(0,errors/* isCutoverError */.j)(proved))
        return { ...known.evidence, ...proved };
    around.log.debug(`${title(attempt.step)}: ${proved.message}`);
    return inVain(known, around)?.aborted ? known.evidence : weighed(proved, attempt, known);
}
/** Nothing is in vain on the way back. */
function inVain({ evidence }, { others }) {
    return evidence.failure === undefined ? others?.trouble : undefined;
}
function following(last, step) {
    const isAgain = last !== undefined && title(last.step) === title(step);
    return { step, times: isAgain ? last.times + 1 : 1 };
}
async function converge_carryOut(engine, { step, times }, { known, around }) {
    const { observed, journal } = known;
    if (times > patience) {
        const message = `${title(step)}: done ${patience} times in a row, and it did not last`;
        throw new errors/* CutoverError */.D("timed-out", message, { hint: "See in the log what undoes it, then run this again." });
    }
    return await journaled(step, { around, journal }, () => engine.execute(step, observed, inVain(known, around)));
}
async function journaled(step, { around: { clock, log }, journal }, body) {
    const startedAt = clock.date();
    const tick = clock.now();
    let result = "failed";
    try {
        const proved = await log.group(title(step), body);
        if (proved.failure === undefined)
            result = "passed";
        return proved;
    }
    finally {
        journal.push({ step, title: title(step), startedAt, milliseconds: clock.now() - tick, result });
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

// EXTERNAL MODULE: ./actions/release/connect.js + 23 modules
var connect = __webpack_require__(4235);
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
// EXTERNAL MODULE: ../../node_modules/diff/libesm/patch/create.js + 2 modules
var create = __webpack_require__(5415);
// EXTERNAL MODULE: ../../node_modules/yaml/dist/index.js
var dist = __webpack_require__(3483);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./packages/release/release-report.js
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

;// CONCATENATED MODULE: ./packages/report/html.js
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

;// CONCATENATED MODULE: ./packages/report/markdown.js

/**
 * Text that GitHub's Markdown shows as it is, on one line: every sign that could mean something is written as a number,
 * which no Markdown, HTML, mention or link begins with.
 */
function markdown_escapeMarkdown(text, most = 2_000) {
    // Cut before the work as well: a line of megabytes costs seconds.
    const line = withoutControls(text.slice(0, most * 4))
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
        return markdown_escapeMarkdown(text);
    return pieces.map((piece, index) => (index % 2 === 1 ? code(piece) : spaced(piece))).join("");
}
/** Code in a line or a cell. */
function code(text) {
    return `<code>${markdown_escapeMarkdown(text, 400)}</code>`;
}
function asNumber(character) {
    return `&#${character.codePointAt(0)};`;
}
/** Escaped, with the spaces around it kept, so that code beside it stays apart. */
function spaced(text) {
    const before = /^\s/.test(text) ? " " : "";
    const after = /\s$/.test(text) ? " " : "";
    return `${before}${markdown_escapeMarkdown(text)}${after}`;
}
/** A table; cells are Markdown already. */
function table(head, rows) {
    const line = (cells) => `| ${cells.join(" | ")} |`;
    return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
/** A block of somebody else's text, in a fence that is longer than any in it. */
function fenced(text, language = "text") {
    const clean = withoutControls(text);
    const longest = Math.max(2, ...[...clean.matchAll(/`+/g)].map(([run]) => run.length));
    const fence = "`".repeat(longest + 1);
    return `${fence}${language}\n${clean}\n${fence}`;
}
/** At most so many characters. */
function cut(text, most) {
    return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

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
        ...trafficSpans(report).map(span),
        "    section Steps",
        ...steps.map(({ title, result, startedAt, ms }) => {
            return task(title, result === "failed" ? "crit" : "done", { from: startedAt, to: startedAt + ms });
        }),
    ];
    return fenced(lines.join("\n"), "mermaid");
}
function span({ color, from, to }) {
    return task(color ?? "no color", "active", { from, to });
}
/** Mermaid ends a name at a colon, and gives `#` and `;` a meaning. */
function task(name, tag, { from, to }) {
    const plain = cut(name
        .replace(/[^\p{L}\p{N} .,+\-/]/gu, " ")
        .replace(/\s+/g, " ")
        .trim(), 60);
    return `    ${plain === "" ? "step" : plain} :${tag}, ${Math.round(from)}, ${Math.round(Math.max(to, from + 1))}`;
}

;// CONCATENATED MODULE: ./packages/report/words.js

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
    return activeAtEnd(report) === color
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
    const end = activeAtEnd(report);
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
    const others = trafficSpans(report).filter(({ color }) => color !== end);
    const total = others.reduce((sum, { from, to }) => sum + to - from, 0);
    return `${(0,release_color/* otherColor */.IP)(end)} had it for ${(0,duration/* formatDuration */.a)(total)}`;
}
/** How long the run took. */
function words_duration(report) {
    return (0,duration/* formatDuration */.a)(Math.max(0, report.finishedAt - report.startedAt));
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
function partsOf(report) {
    return [
        summary_title(report),
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
        markdown_escapeMarkdown(report.service, 100),
        String(report.revision ?? ""),
        trafficSentence(report),
        words_duration(report),
    ]);
    const all = table(["Outcome", "Service", "Revision", "Traffic", "Took"], rows);
    return `## ${markdown_escapeMarkdown(jointHeadline(reports))}\n\n${all}`;
}
const signs = {
    succeeded: "✅",
    failed: "❌",
    "rolled-back": "↩️",
    refused: "🚫",
    "timed-out": "⏱️",
    superseded: "⏭️",
};
function summary_title(report) {
    const { outcome } = report;
    return [`## ${signs[outcome]} ${markdown_escapeMarkdown(headline(report))}`, trafficSentence(report)].join("\n\n");
}
function why({ reason, hint, diagnosis }) {
    if (!diagnosis) {
        const what = hint === undefined ? [] : [`**What to do:** ${proseMarkdown(hint)}`];
        return [...paragraphs(reason), ...what].join("\n\n");
    }
    const lines = diagnosis.lines.slice(0, 20).map((line) => `- ${markdown_escapeMarkdown(line, 600)}`);
    const said = reason.startsWith(diagnosis.title) ? [] : paragraphs(reason);
    const log = diagnosis.log.map((line) => cut(line, 500)).join("\n");
    return [
        ...said,
        `**${markdown_escapeMarkdown(diagnosis.title)}**`,
        ...(lines.length === 0 ? [] : [lines.join("\n")]),
        `**What to do:** ${proseMarkdown(diagnosis.hint)}`,
        ...(log === "" ? [] : [`<details><summary>The last lines of its log</summary>\n\n${fenced(log)}\n\n</details>`]),
    ].join("\n\n");
}
function paragraphs(text) {
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    return lines.slice(0, 20).map(proseMarkdown);
}
function facts(report) {
    const { service, namespace, outcome, color, revision, previousColor, previousRevision, actor, commit, startedAt } = report;
    const run = webAddress(report.runUrl);
    const rows = [
        ["Outcome", outcome],
        ["Service", markdown_escapeMarkdown(`${namespace}/${service}`)],
        ["Revision", on(revision, color)],
        ["Before", on(previousRevision, previousColor)],
        ["Started", markdown_escapeMarkdown(dateAndTime(startedAt))],
        ["Took", words_duration(report)],
        ["By", markdown_escapeMarkdown(actor)],
        ["Commit", markdown_escapeMarkdown(commit.slice(0, 12))],
        ["Run", run === undefined ? undefined : `<a href="${markdown_escapeMarkdown(run)}">open</a>`],
    ];
    const known = rows.filter((row) => row[1] !== undefined && row[1] !== "");
    return table(["", ""], known);
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
        const told = note === undefined ? "" : `: ${markdown_escapeMarkdown(note, 300)}`;
        return [result === "failed" ? "❌" : "✅", `${markdown_escapeMarkdown(name, 200)}${told}`, (0,duration/* formatDuration */.a)(ms)];
    });
    return `### Steps\n\n${table(["", "Step", "Took"], rows)}`;
}
function slots({ slots: all }) {
    if (all.length === 0)
        return undefined;
    const rows = all.map(({ color, deployment, exists, revision, ready, replicas }) => {
        return [
            color,
            markdown_escapeMarkdown(deployment),
            String(revision ?? "none"),
            exists ? `${ready} of ${replicas} ready` : "does not exist",
        ];
    });
    return `### Slots\n\n${table(["Color", "Deployment", "Revision", "Pods"], rows)}`;
}
function summary_images({ images: all }) {
    const rows = Object.entries(all)
        .slice(0, 50)
        .map(([name, image]) => [markdown_escapeMarkdown(name, 100), code(image)]);
    return rows.length === 0 ? undefined : `### Images\n\n${table(["Container", "Image"], rows)}`;
}
function summary_history({ history: all }) {
    if (all.length === 0)
        return undefined;
    const rows = all.slice(0, 20).map(({ revision, result, images: own }) => {
        const list = Object.values(own)
            .slice(0, 10)
            .map((image) => code(shortImage(image)));
        return [String(revision), result ?? "unfinished", list.join("<br>")];
    });
    return `### History\n\n${table(["Revision", "Ended", "Images"], rows)}`;
}

;// CONCATENATED MODULE: ./packages/report/banner.js


/** Outcome, in a word, a sign and a sentence; then who, where and when. */
function banner(report) {
    const { outcome, namespace, startedAt, diagnosis } = report;
    return html `<header class="banner ${outcome}">
<svg class="sign" viewBox="0 0 48 48" aria-hidden="true"><circle cx="24" cy="24" r="22"/><path d="${banner_signs[outcome]}"/></svg>
<div>
<p class="outcome">${outcome}</p>
<h1>${headline(report)}</h1>
<p class="lead">${trafficSentence(report)}</p>
${reason(report, diagnosis?.title)}
<dl class="facts">
${fact("Namespace", namespace)}
${fact("Took", words_duration(report))}
${fact("Started", dateAndTime(startedAt))}
${fact("By", report.actor)}
${fact("Commit", report.commit.slice(0, 12))}
${run(report.runUrl)}
</dl>
</div>
</header>`;
}
/** The reason, unless the diagnosis below says the same. */
function reason({ reason: text, hint, diagnosis }, title) {
    const said = title !== undefined && text.startsWith(title);
    const isToldBelow = said || hint === diagnosis?.hint;
    return html `${said || text === "" ? undefined : html `<p class="reason">${prose(text)}</p>`}
${hint === undefined || isToldBelow ? undefined : html `<p class="hint"><b>What to do:</b> ${prose(hint)}</p>`}`;
}
function fact(name, value) {
    return value === "" ? undefined : html `<div><dt>${name}</dt><dd>${value}</dd></div>`;
}
function run(runUrl) {
    const address = webAddress(runUrl);
    if (address === undefined)
        return fact("Run", runUrl);
    return html `<div><dt>Run</dt><dd><a href="${address}" rel="noreferrer">open the run</a></dd></div>`;
}
const cross = "M16 16 L32 32 M32 16 L16 32";
/** Drawn in a box of 48 by 48. */
const banner_signs = {
    succeeded: "M14 25 L21 32 L34 17",
    failed: cross,
    "rolled-back": "M20 14 L13 21 L20 28 M13 21 H28 A7 7 0 0 1 28 35 H20",
    refused: "M13 24 H35",
    "timed-out": "M24 12 V25 L32 30",
    superseded: "M14 16 L22 24 L14 32 M25 16 L33 24 L25 32",
};

;// CONCATENATED MODULE: ./packages/report/diagnosis-card.js

/** Why the pods were not good: the most telling pod, what to do, and the end of its log. */
function diagnosisCard({ diagnosis }) {
    if (!diagnosis)
        return undefined;
    return html `<section class="diagnosis">
<h2>Why</h2>
<p class="cause">${diagnosis.title}</p>
<ul>${diagnosis.lines.map((line) => html `<li>${line}</li>`)}</ul>
<p class="hint"><b>What to do:</b> ${prose(diagnosis.hint)}</p>
${log(diagnosis.log)}
</section>`;
}
function log(lines) {
    if (lines.length === 0)
        return undefined;
    return html `<details open><summary>The last ${lines.length} lines of its log</summary><pre>${lines.join("\n")}</pre></details>`;
}

;// CONCATENATED MODULE: ./packages/report/slot-cards.js


/** More pods than these are counted, not drawn. */
const mostPods = 40;
/** One card for each color: who serves, which revision, how many pods are ready. */
function slotCards(report) {
    if (report.slots.length === 0)
        return undefined;
    const active = activeAtEnd(report);
    return html `<div class="slots">${report.slots.map((slot) => card(slot, slot.color === active))}</div>`;
}
function card(slot, isActive) {
    const { color, deployment, revision } = slot;
    return html `<article class="slot ${color}${isActive ? " active" : ""}">
<h3><span class="dot"></span>${color}<span class="chip">${isActive ? "has the traffic" : standby(slot)}</span></h3>
<p class="revision">${revision === undefined ? "no revision" : `revision ${revision}`}</p>
<p>${deployment}, ${state(slot)}</p>
${pods(slot)}
</article>`;
}
function standby({ exists, replicas, ready }) {
    if (!exists || replicas === 0)
        return "idle";
    return ready < replicas ? "not ready" : "on standby";
}
function state({ exists, replicas, ready }) {
    if (!exists)
        return "does not exist";
    return replicas === 0 && ready === 0 ? "scaled to 0" : `${ready} of ${replicas} pods ready`;
}
function pods({ exists, ready, replicas }) {
    const drawn = Math.min(exists ? Math.max(replicas, ready) : 0, mostPods);
    if (drawn === 0)
        return undefined;
    const boxes = Array.from({ length: drawn }, (_, index) => html `<i class="${index < ready ? "ready" : "unready"}"></i>`);
    return html `<p class="pods" aria-hidden="true">${boxes}</p>`;
}

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

;// CONCATENATED MODULE: ./packages/report/tables.js


/** Which reference each container runs, whole: a digest is there to be compared. */
function imagesTable({ images }) {
    const rows = Object.entries(images);
    if (rows.length === 0)
        return undefined;
    return html `<table><thead><tr><th>Container</th><th>Image</th></tr></thead><tbody>
${rows.map(([container, image]) => html `<tr><td>${container}</td><td><code>${image}</code></td></tr>`)}
</tbody></table>`;
}
/** The revisions that are kept, the current one marked. */
function historyTable({ history, revision }) {
    if (history.length === 0)
        return undefined;
    return html `<table><thead><tr><th>Revision</th><th>Ended</th><th>Images</th></tr></thead><tbody>
${history.map((one) => historyRow(one, one.revision === revision))}
</tbody></table>`;
}
function historyRow({ revision, result, images }, isCurrent) {
    const list = Object.entries(images).map(([name, image]) => html `<div>${name} <code>${shortImage(image)}</code></div>`);
    return html `<tr${isCurrent ? html ` class="current"` : undefined}><td>${revision}</td><td><span class="result ${result ?? "open"}">${result ?? "unfinished"}</span></td><td>${list}</td></tr>`;
}
/** What became of each service of a run. */
function servicesTable(reports) {
    return html `<table><thead><tr><th>Service</th><th>Outcome</th><th>Revision</th><th>Traffic</th><th>Took</th></tr></thead><tbody>
${reports.map((report) => html `<tr><td>${report.service}</td><td class="${report.outcome}"><span class="outcome">${report.outcome}</span></td><td>${report.revision}</td><td>${trafficSentence(report)}</td><td>${words_duration(report)}</td></tr>`)}
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
    return html `<figure><svg class="timeline" viewBox="0 0 ${width} ${height}" role="img" aria-label="Traffic and steps over time">
${grid(scale, height)}
<text class="label" x="${labels - 14}" y="42" text-anchor="end">traffic</text>
${trafficSpans(report).map((span) => band(span, scale))}
${report.switches.map(({ at }) => html `<line class="switch" x1="${scale.x(at)}" x2="${scale.x(at)}" y1="18" y2="${height - 24}"/>`)}
${steps.map((step, index) => bar(step, timeline_top + index * row, scale))}
</svg></figure>`;
}
function grid({ x, start, end }, height) {
    return ticks(end - start).map((after) => {
        const at = x(start + after);
        return html `<line class="grid" x1="${at}" x2="${at}" y1="18" y2="${height - 24}"/><text class="tick" x="${at}" y="${height - 8}" text-anchor="middle">${after === 0 ? "0" : (0,duration/* formatDuration */.a)(after)}</text>`;
    });
}
function band({ color, from, to }, { x }) {
    const size = Math.max(x(to) - x(from), 1);
    const name = color ?? "no color";
    const text = size > 46
        ? html `<text class="band" x="${round(x(from) + size / 2)}" y="42" text-anchor="middle">${name}</text>`
        : undefined;
    return html `<rect class="${color ?? "nobody"}" x="${x(from)}" y="22" width="${round(size)}" height="30" rx="4"><title>${name} for ${(0,duration/* formatDuration */.a)(to - from)}</title></rect>${text}`;
}
function bar({ title, startedAt, ms, result, note }, y, { x }) {
    const size = Math.max(x(startedAt + ms) - x(startedAt), 3);
    const from = Math.min(x(startedAt), labels + chart - size);
    const told = note === undefined ? title : `${title}: ${note}`;
    return html `<g class="step ${result}"><title>${told}</title>
<text class="label" x="${labels - 14}" y="${y + 18}" text-anchor="end">${timeline_shortened(title)}</text>
<rect x="${round(from)}" y="${y + 5}" width="${round(size)}" height="18" rx="3"/>${aside(note, from + size, y)}
<text class="time" x="${width}" y="${y + 18}" text-anchor="end">${result === "failed" ? "✕ " : ""}${(0,duration/* formatDuration */.a)(ms)}</text></g>`;
}
/** What the step found, where there is room beside its bar. */
function aside(note, from, y) {
    const room = labels + chart - from - 16;
    if (note === undefined || note.length * 6.6 > room)
        return undefined;
    return html `<text class="note" x="${round(from + 8)}" y="${y + 18}">${note}</text>`;
}
/** As much as there is room for. */
function timeline_shortened(title) {
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
    return html `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${jointHeadline(reports)}</title>
<style>${raw(style)}</style>
</head>
<body>
<main>
${more.length === 0 ? reports.map(details) : joint(reports)}
<footer>cutover, ${dateAndTime(first?.finishedAt ?? 0)}</footer>
</main>
</body>
</html>
`.markup;
}
function details(report) {
    return html `${banner(report)}
${diagnosisCard(report)}
${section("Slots", slotCards(report))}
${section("What happened", timeline(report))}
${section("Images", imagesTable(report))}
${section("History", historyTable(report))}`;
}
/** Several services: all of them at a glance, and behind each name what there is of it. */
function joint(reports) {
    return html `<h1>${jointHeadline(reports)}</h1>
${section("Services", servicesTable(reports))}
${reports.map((report) => html `<details${report.outcome === "succeeded" ? undefined : html ` open`}><summary>${report.service}: ${headline(report)}</summary>${details(report)}</details>`)}`;
}
function section(title, body) {
    return body && html `<section><h2>${title}</h2>${body}</section>`;
}

;// CONCATENATED MODULE: ./actions/release/standing.js

function standing(observed) {
    const { service, slots } = observed;
    const { active, revision } = service;
    const other = active === undefined ? undefined : slots[(0,release_color/* otherColor */.IP)(active)];
    return {
        color: active,
        previousColor: other?.exists ? other.color : undefined,
        revision,
        previousRevision: previousRevision(observed)?.revision,
        images: active === undefined ? {} : slots[active].images,
    };
}

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
        ...standing(observed),
        activeAtStart: context.activeAtStart,
        slots: release_color/* colors */.Tj.map((color) => slots[color]),
        steps: journal.map(({ title, startedAt, milliseconds, result }) => ({
            title,
            startedAt: startedAt.getTime(),
            ms: milliseconds,
            result,
        })),
        switches: journal.flatMap(({ step, startedAt, milliseconds, result }) => result === "passed" && (step.kind === "switch" || step.kind === "switch-back")
            ? [{ at: startedAt.getTime() + milliseconds, from: step.from, to: step.to }]
            : []),
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
    const services = Object.fromEntries(known.map((one) => [one.service.name, { ...standing(one) }]));
    const [only, ...more] = observed;
    if (only === undefined || more.length > 0 || known.length === 0)
        return { services };
    const facts = standing(only);
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
    const path = await tell(endings, told);
    const known = standingOutputs(endings.map(({ observed }) => observed));
    const services = Object.fromEntries(endings.map(({ observed: { service }, ...ending }) => {
        return [service.name, { outcome: ending.outcome, ...known.services?.[service.name] }];
    }));
    const reason = culprit?.reason ?? endings.map((one) => one.reason).join("\n");
    const outputs = {
        ...known,
        services,
        outcome,
        reason: results_firstLine(reason),
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
/** What `promote` is told: what was proved, or serves already. */
function waiting(endings, wanted) {
    if (wanted.kind !== "deploy" || wanted.switch !== "manual")
        return {};
    const previews = endings.map(({ observed }) => {
        const goal = findGoal(observed, wanted);
        return [observed.service.name, "color" in goal ? approvalOf(observed, goal.color) : undefined];
    });
    return { preview: Object.fromEntries(previews) };
}
/** Writes summary and report; returns the report's path, if it could be written. */
async function tell(endings, { runner, context, services }) {
    const finishedAt = runner.clock.date();
    const reports = endings.map((ending, index) => {
        const { namespace = "", activeAtStart } = services[index] ?? {};
        return reportOf(ending, { ...context, namespace, activeAtStart, finishedAt });
    });
    const [first, ...more] = reports;
    const name = more.length === 0 ? first?.service : `${reports.length}-services`;
    const path = (0,external_node_path_.join)(runner.temp, `cutover-${first?.namespace}-${name}.html`);
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
function results_firstLine(message) {
    return message.split("\n", 1)[0] ?? "";
}
function whereTrafficIs({ outcome, observed: { service }, evidence }, isOneOfMany) {
    const { active, revision, name } = service;
    const traffic = isOneOfMany ? `Traffic of ${name}` : "Traffic";
    if (active === undefined)
        return isOneOfMany ? `Nothing was switched of ${name}.` : "Nothing was switched.";
    const place = revision === undefined ? active : `${active} (revision ${revision})`;
    if (outcome === "superseded")
        return `${traffic} is on ${place} now.`;
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
function printed({ setting: { service, log }, rehearsal: { plan, changes } }) {
    const lines = plan.steps.map((step, index) => `${index + 1}. ${title(step)}`);
    log.info(lines.length === 0 ? `Nothing to do: ${plan.end.reason}` : `The plan for Service ${service}:`);
    for (const [index, step] of plan.steps.entries()) {
        log.info(lines[index] ?? "");
        for (const change of changes.get(step) ?? [])
            log.untrusted(diffOf(change));
    }
    const end = plan.end.kind === "refused" ? plan.end.reason : `${plan.steps.length} steps; nothing was written`;
    return [`### Plan for ${service}`, "", ...lines, "", escapeMarkdown(end)].join("\n");
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

;// CONCATENATED MODULE: ./actions/release/questions.js
/** What each kind of run does with the history: a retirement only reads it. */
const ofHistory = {
    deploy: ["get", "list", "create", "patch", "delete"],
    rollback: ["get", "list", "create", "patch", "delete"],
    promote: ["get", "list", "patch", "delete"],
    retire: ["get", "list"],
};
function always(kind) {
    return [
        ["", "services", ["get", "patch"]],
        ["", "pods", ["list", "watch"]],
        ["apps", "deployments", ["get", "list", "watch", "patch"]],
        ["apps", "replicasets", ["list", "watch"]],
        ["apps", "controllerrevisions", ofHistory[kind]],
        ["discovery.k8s.io", "endpointslices", ["list", "watch"]],
        ["autoscaling", "horizontalpodautoscalers", ["list"]],
        ["coordination.k8s.io", "leases", ["get", "create", "patch"]],
    ];
}
/** Every right that the run may need, its own switch back included: asked before the first write. */
function questionsFor({ namespace, source, probe }, wanted) {
    const probes = wanted.probe || probe !== undefined;
    const rights = [
        ...always(wanted.kind),
        ...(source.kind === "manifests" ? [["apps", "deployments", ["create"]]] : []),
        ...(wanted.previous === "delete" ? [["apps", "deployments", ["delete"]]] : []),
        ...(probes ? [["", "pods/proxy", ["get"]]] : []),
        ...(wanted.smoke ? [["", "pods/portforward", ["get", "create"]]] : []),
    ];
    return rights.flatMap(([group, resource, verbs]) => verbs.map((verb) => ({ verb, group, resource, namespace })));
}

// EXTERNAL MODULE: ./packages/release/slot-name.js
var slot_name = __webpack_require__(8570);
// EXTERNAL MODULE: ./actions/release/inputs.js + 2 modules
var inputs = __webpack_require__(3945);
;// CONCATENATED MODULE: ./actions/release/setting.js



const sharedInputs = schemas/* object */.Ikc(inputs/* clusterInputs */.g$);
/** What the engines run with, one for each service, in the declared order. */
async function settingsOf(run, runner, client) {
    const { inputs, wanted, replicas, smoke, reason } = run;
    const { service: services, deployment, colorLabel, timeout, lockTimeout, probe } = inputs;
    const { clock, processes, identity, signal } = runner;
    const namespace = inputs.namespace ?? client.namespace;
    const sources = await run.sources?.({ namespace, client });
    const isAlone = services.length === 1;
    return services.map((service, index) => ({
        ...{ client, clock, processes, identity, signal, namespace, service },
        ...{ colorLabel, timeout, lockTimeout, probe, replicas, smoke, reason },
        log: isAlone ? runner.log : namedLog(runner.log, service),
        deployments: { blue: (0,slot_name/* slotName */.M)(deployment, service, "blue"), green: (0,slot_name/* slotName */.M)(deployment, service, "green") },
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
        runner.setOutputs({ outcome: outcomeOf(error), reason: results_firstLine(error.message) });
        throw error;
    }
}
/** Everything that can be refused is refused before the first write. */
async function releaseOn(client, run, runner) {
    const { wanted, reason } = run;
    const settings = await settingsOf(run, runner, client);
    for (const setting of settings.slice(0, 1))
        await (0,connect/* requireRights */.X)(client, questionsFor(setting, wanted));
    const startedAt = runner.clock.date();
    const journeys = await Promise.all(settings.map(async (setting) => {
        const rehearsal = await preview(setting, wanted);
        return { setting, rehearsal, engine: createNativeEngine(setting, rehearsal.snapshot) };
    }));
    if (run.inputs.dryRun)
        return printPlan(journeys, runner);
    const ended = await underLock(journeys, run, runner);
    const endings = await Promise.all(ended.endings.map(async (ending, index) => ending.outcome === "superseded" ? await asItStands(ending, settings[index]) : ending));
    const services = journeys.map(({ setting: { namespace }, rehearsal }) => ({
        namespace,
        activeAtStart: rehearsal.observed.service.active,
    }));
    const context = { wanted, reason, startedAt, identity: runner.identity };
    return await releaseResult({ ...ended, endings }, { runner, context, services });
}
async function underLock(journeys, { wanted }, runner) {
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
        for (const { engine, setting } of journeys) {
            await engine
                .close()
                .catch((error) => setting.log.warning(`The lock was not freed, and expires by itself: ${String(error)}`));
        }
    }
}
/** What a run last saw is not true any more once another has taken over: its outputs would lead later steps astray. */
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
    return (0,_vocabulary_js__WEBPACK_IMPORTED_MODULE_1__/* .inputOf */ .w)({ expected: "a duration such as 90s or 5m", type: "duration" }, _cutover_release__WEBPACK_IMPORTED_MODULE_2__/* .parseDuration */ .E);
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
    const answer = (0,_status_js__WEBPACK_IMPORTED_MODULE_1__/* .readAnswer */ .JN)(status, parse(text), text);
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
function parse(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
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

/***/ 3779:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JN: () => (/* binding */ readAnswer),
/* harmony export */   M4: () => (/* binding */ fieldConflicts),
/* harmony export */   U1: () => (/* binding */ ServerAnswer),
/* harmony export */   d: () => (/* binding */ isRefusedIntent),
/* harmony export */   n: () => (/* binding */ answerError),
/* harmony export */   pJ: () => (/* binding */ isBeforeCommit),
/* harmony export */   vk: () => (/* binding */ statusReason),
/* harmony export */   zM: () => (/* binding */ isStatus)
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
    constructor(status, message, details = {}) {
        super(message);
        this.status = status;
        this.reason = details.reason;
        this.causes = details.causes ?? [];
    }
}
const statusSchema = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    kind: zod__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz("Status"),
    message: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional(),
    reason: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional(),
    code: zod__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig().optional(),
    details: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
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
    return new ServerAnswer(code ?? status, said, { reason, causes: details?.causes ?? [] });
}
/** Whether an answer is a `Status` of the API server itself and not of something that it proxies. */
function isStatus(json) {
    return statusSchema.safeParse(json).success;
}
/** The error that users see for a server's refusal. */
function answerError(answer, deed) {
    const code = codeOf(answer);
    const hint = hintFor(code, answer, deed);
    return new _cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .CutoverError */ .D(code, `Cannot ${deed.verb} ${deed.subject}: ${answer.message}`, { hint, cause: answer });
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
/* unused harmony exports preconditionOf, pointer */
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
            return await client.patch(refOf(live), patch(preconditionOf(current)), { dryRun });
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
function preconditionOf(live) {
    return { uid: live.metadata.uid, resourceVersion: live.metadata.resourceVersion };
}
/** A JSON patch under the same precondition: a resourceVersion that is not the newest any more makes the server refuse it. */
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
/** Escapes a key for a JSON pointer (RFC 6901). */
function pointer(...keys) {
    return keys.map((key) => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
/** Operations that set annotations, also where there is none yet. */
function annotating(live, annotations) {
    const all = { ...live.metadata.annotations, ...annotations };
    return [{ op: "add", path: "/metadata/annotations", value: all }];
}


/***/ }),

/***/ 2850:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D0: () => (/* binding */ isOwnedBy),
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
  Rq: () => (/* binding */ releaseLeftover)
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
/**
 * Takes the service's lock: one that is free, expired on our own clock (unchanged for its duration), or, for a rollback, anybody's.
 * The same write raises its epoch above `highest` and all that it ever held, so that no two holders have the same.
 * @throws timed-out, naming the holder and its run; unavailable when the job is cancelled meanwhile.
 */
async function acquireLease(setting, highest) {
    const { clock, log, client, namespace, service } = setting;
    const ref = (0,kinds/* refTo */.zI)("Lease", namespace, leaseName(service));
    const started = clock.now();
    let seen;
    for (;;) {
        const found = await client.find(ref);
        const live = found === undefined ? undefined : (0,kinds.as)("Lease", found);
        const isTaken = live !== undefined && isHeld(live);
        if (seen === undefined || live?.metadata.resourceVersion !== seen.resourceVersion) {
            if (seen === undefined && isTaken)
                log.info(`${describeHolder(live)}; ${setting.preempts ? "taking" : "waiting for"} it`);
            seen = { resourceVersion: live?.metadata.resourceVersion, at: clock.now() };
        }
        const isExpired = clock.now() - seen.at >= 1_000 * (live?.spec?.leaseDurationSeconds ?? leaseSeconds);
        if (!isTaken || isExpired || setting.preempts) {
            const taken = await take(live, setting, highest);
            if (taken !== undefined)
                return hold(taken, setting);
        }
        if (clock.now() - started >= setting.lockTimeout)
            throw locked(live, setting);
        await clock.sleep(isTaken && !isExpired && !setting.preempts ? askEvery : raceEvery, setting.signal);
        if (setting.signal.aborted)
            throw cancelled(setting);
    }
}
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
/* harmony export */   v8: () => (/* binding */ describeObject)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8251);

/** `k8s/app.yaml:12`. */
function place(origin) {
    return `${origin.file}:${origin.line}`;
}
/** What two objects must not share: API group (not version), kind and name. */
function identity(resource) {
    const group = resource.apiVersion.includes("/") ? resource.apiVersion.replace(/\/.*$/, "") : "";
    return `${group}/${resource.kind}/${resource.metadata.name}`;
}
/** One line for logs: kind and name, and of Secrets and ConfigMaps the keys, never a value. */
function describeObject(resource) {
    const name = `${resource.kind} ${resource.metadata.name}`;
    if (resource.kind !== "Secret" && resource.kind !== "ConfigMap")
        return name;
    const keys = ["data", "stringData", "binaryData"].flatMap((field) => keysOf(resource[field]));
    return `${name} (${keys.length === 0 ? "no keys" : [...new Set(keys)].sort(_json_js__WEBPACK_IMPORTED_MODULE_0__/* .byText */ .z4).join(", ")})`;
}
/** The object with each value of a Secret replaced by a mark, so that it may be shown; other kinds unchanged. */
function hideSecretValues(resource) {
    if (resource.kind !== "Secret")
        return resource;
    return { ...resource, ...hidden("data", resource.data), ...hidden("stringData", resource.stringData) };
}
function hidden(field, values) {
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(values) ? { [field]: Object.fromEntries(Object.keys(values).map((key) => [key, "(hidden)"])) } : {};
}
function keysOf(value) {
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(value) ? Object.keys(value) : [];
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
    /** On objects made per color: their name in the manifests. */
    source: "cutover.dev/source",
};


/***/ }),

/***/ 7367:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ canonicalJson)
/* harmony export */ });
/** The value as JSON with the keys of every object in order, so that equal values have equal text; `undefined` fields are left out. */
function canonicalJson(value) {
    return JSON.stringify(sorted(value ?? null));
}
function sorted(value) {
    if (Array.isArray(value))
        return value.map(sorted);
    if (typeof value !== "object" || value === null)
        return value;
    return Object.fromEntries(Object.entries(value)
        .filter(([, field]) => field !== undefined)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, field]) => [key, sorted(field)]));
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

/***/ 296:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ parseDuration),
/* harmony export */   a: () => (/* binding */ formatDuration)
/* harmony export */ });
/** Milliseconds per unit. */
const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
/** `90s`, `5m`, `1h30m`, `250ms` in milliseconds; `undefined` for anything else. A bare `0` is zero. */
function parseDuration(text) {
    if (text === "0")
        return 0;
    if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text))
        return undefined;
    let total = 0;
    for (const [unit, milliseconds] of Object.entries(units)) {
        const amounts = text.matchAll(new RegExp(`[\\d.]+(?=${unit}(?![a-z]))`, "g"));
        for (const [amount] of amounts)
            total += Number(amount) * milliseconds;
    }
    return Number.isSafeInteger(Math.round(total)) ? Math.round(total) : undefined;
}
/** Milliseconds as people say it: `250 ms`, `4.2 s`, `3 min 5 s`. */
function formatDuration(ms) {
    if (Math.round(ms) < 1_000)
        return `${Math.round(ms)} ms`;
    const tenths = Math.round(ms / 100);
    if (tenths < 600)
        return `${tenths / 10} s`;
    const total = Math.round(ms / 1_000);
    const minutes = Math.floor(total / 60);
    return total % 60 === 0 ? `${minutes} min` : `${minutes} min ${total % 60} s`;
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
/* harmony export */   gp: () => (/* binding */ fullRepository),
/* harmony export */   my: () => (/* binding */ formatImageReference),
/* harmony export */   o_: () => (/* binding */ parseImageReference)
/* harmony export */ });
/* unused harmony export isPinned */
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

/***/ 8570:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ slotName)
/* harmony export */ });
/** The Deployment of one color, from a pattern such as `{service}-{color}`. */
function slotName(pattern, service, color) {
    return pattern.replaceAll("{service}", service).replaceAll("{color}", color);
}


/***/ })

};
