export const id = 221;
export const ids = [221];
export const modules = {

/***/ 3221:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  exec: () => (/* binding */ exec)
});

// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
// EXTERNAL MODULE: ./packages/release/errors.js
var errors = __webpack_require__(299);
// EXTERNAL MODULE: external "node:querystring"
var external_node_querystring_ = __webpack_require__(1792);
;// CONCATENATED MODULE: ../../node_modules/@kubernetes/client-node/dist/terminal-size-queue.js

class TerminalSizeQueue extends external_node_stream_.Readable {
    constructor(opts = {}) {
        super({
            ...opts,
            read() { },
        });
    }
    handleResizes(writeStream) {
        // Set initial size
        this.resize(getTerminalSize(writeStream));
        // Handle future size updates
        writeStream.on('resize', () => this.resize(getTerminalSize(writeStream)));
    }
    resize(size) {
        this.push(JSON.stringify(size));
    }
}
function isResizable(stream) {
    if (stream == null) {
        return false;
    }
    const hasRows = 'rows' in stream;
    const hasColumns = 'columns' in stream;
    const hasOn = typeof stream.on === 'function';
    return hasRows && hasColumns && hasOn;
}
function getTerminalSize(writeStream) {
    return { height: writeStream.rows, width: writeStream.columns };
}
//# sourceMappingURL=terminal-size-queue.js.map
// EXTERNAL MODULE: ../../node_modules/@kubernetes/client-node/dist/web-socket-handler.js
var web_socket_handler = __webpack_require__(148);
;// CONCATENATED MODULE: ../../node_modules/@kubernetes/client-node/dist/exec.js



class Exec {
    constructor(config, wsInterface) {
        this.handler = wsInterface || new web_socket_handler/* WebSocketHandler */.w(config);
    }
    /**
     * @param {string}  namespace - The namespace of the pod to exec the command inside.
     * @param {string} podName - The name of the pod to exec the command inside.
     * @param {string} containerName - The name of the container in the pod to exec the command inside.
     * @param {(string|string[])} command - The command or command and arguments to execute.
     * @param {stream.Writable} stdout - The stream to write stdout data from the command.
     * @param {stream.Writable} stderr - The stream to write stderr data from the command.
     * @param {stream.Readable} stdin - The stream to write stdin data into the command.
     * @param {boolean} tty - Should the command execute in a TTY enabled session.
     * @param {(V1Status) => void} statusCallback -
     *       A callback to received the status (e.g. exit code) from the command, optional.
     * @return {Promise<WebSocket>} A promise that will return the web socket created for this command.
     */
    async exec(namespace, podName, containerName, command, stdout, stderr, stdin, tty, statusCallback) {
        const query = {
            stdout: stdout != null,
            stderr: stderr != null,
            stdin: stdin != null,
            tty,
            command,
            container: containerName,
        };
        const queryStr = external_node_querystring_.stringify(query);
        const path = `/api/v1/namespaces/${namespace}/pods/${podName}/exec?${queryStr}`;
        const conn = await this.handler.connect(path, null, (streamNum, buff) => {
            const status = web_socket_handler/* WebSocketHandler */.w.handleStandardStreams(streamNum, buff, stdout, stderr);
            if (status != null) {
                if (statusCallback) {
                    statusCallback(status);
                }
                return false;
            }
            return true;
        });
        if (stdin != null) {
            web_socket_handler/* WebSocketHandler */.w.handleStandardInput(conn, stdin, web_socket_handler/* WebSocketHandler */.w.StdinStream);
        }
        if (isResizable(stdout)) {
            this.terminalSizeQueue = new TerminalSizeQueue();
            web_socket_handler/* WebSocketHandler */.w.handleStandardInput(conn, this.terminalSizeQueue, web_socket_handler/* WebSocketHandler */.w.ResizeStream);
            this.terminalSizeQueue.handleResizes(stdout);
        }
        return conn;
    }
}
//# sourceMappingURL=exec.js.map
// EXTERNAL MODULE: ../../node_modules/zod/v4/classic/schemas.js + 11 modules
var schemas = __webpack_require__(3045);
// EXTERNAL MODULE: ./packages/kubernetes/client/outcome-error.js
var outcome_error = __webpack_require__(30);
// EXTERNAL MODULE: ./packages/kubernetes/client/path.js
var path = __webpack_require__(5066);
// EXTERNAL MODULE: ./packages/kubernetes/client/upgrade.js
var upgrade = __webpack_require__(4077);
;// CONCATENATED MODULE: ./packages/kubernetes/client/exec.js







const outputLimit = 1024 * 1024;
const statusSchema = schemas/* object */.Ikc({
    status: schemas/* string */.YjP().optional(),
    message: schemas/* string */.YjP().optional(),
    reason: schemas/* string */.YjP().optional(),
    details: schemas/* object */.Ikc({ causes: schemas/* array */.YOg(schemas/* object */.Ikc({ reason: schemas/* string */.YjP().optional(), message: schemas/* string */.YjP().optional() })).nullish() })
        .nullish(),
});
/** See `Client.exec`. Nothing is sent to the command's input. */
async function exec(pod, command, { signal, ...options }) {
    const deed = {
        verb: "run a command in",
        subject: `container ${pod.container} of Pod ${pod.name} in namespace ${pod.namespace}`,
    };
    const [namespace, name] = [(0,path/* segment */.mX)(pod.namespace), (0,path/* segment */.mX)(pod.name)];
    const [stdout, stderr] = [new Output(), new Output()];
    const told = Promise.withResolvers();
    const start = (...[kubeconfig, handler]) => new Exec(kubeconfig, handler).exec(namespace, name, pod.container, [...command], stdout, stderr, null, false, told.resolve);
    const socket = await (0,upgrade/* upgrade */.f)({ ...deed, signal, start }, options);
    // The status is the last that the server sends.
    const status = await Promise.race([told.promise, (0,upgrade/* ending */.K)(socket)]);
    socket.terminate();
    if (status !== undefined)
        return { exitCode: exitCodeOf(status, deed), stdout: stdout.text(), stderr: stderr.text() };
    if (signal?.aborted === true)
        throw (0,outcome_error/* abortError */.v)(signal, deed);
    const message = `Cannot ${deed.verb} ${deed.subject}: the connection ended before the command did`;
    const hint = "What the command did is not known; look before you run it again.";
    throw new errors/* CutoverError */.D("unavailable", message, { hint });
}
class Output extends external_node_stream_.Writable {
    #chunks = [];
    #size = 0;
    constructor() {
        super();
        // client-node ends it with the status; what a server should send after that is lost, and no reason to crash.
        this.on("error", () => undefined);
    }
    _write(data, _, done) {
        if (this.#size < outputLimit)
            this.#chunks.push(data.subarray(0, outputLimit - this.#size));
        this.#size += data.byteLength;
        done();
    }
    text() {
        return Buffer.concat(this.#chunks).toString("utf8");
    }
}
function exitCodeOf(given, { verb, subject }) {
    const parsed = statusSchema.safeParse(given);
    const status = parsed.success ? parsed.data : {};
    if (status.status === "Success")
        return 0;
    const code = status.details?.causes?.find((cause) => cause.reason === "ExitCode")?.message;
    if (code !== undefined && /^\d+$/.test(code))
        return Number(code);
    throw new errors/* CutoverError */.D("rejected", `Cannot ${verb} ${subject}: ${status.message ?? "the kubelet gave no reason"}`, {
        hint: "Check the container's name and that the command exists in its image.",
    });
}


/***/ }),

/***/ 4077:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ ending),
/* harmony export */   f: () => (/* binding */ upgrade)
/* harmony export */ });
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7075);
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(299);
/* harmony import */ var _kubernetes_client_node_dist_config_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8518);
/* harmony import */ var _kubernetes_client_node_dist_web_socket_handler_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(148);
/* harmony import */ var _outcome_error_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(30);
/* harmony import */ var _status_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3779);






/**
 * A WebSocket that client-node opened with the cluster, proxy and credentials that all other requests use.
 * @throws what the API server says to the same request without a WebSocket, as a failed handshake tells nothing.
 */
async function upgrade(wanted, options) {
    const credential = await options.credentials.current();
    const first = await handshake(wanted, options, credential);
    if ("socket" in first)
        return first.socket;
    await explain(first.path, wanted, options.caller);
    const renewed = await options.credentials.current();
    const second = renewed === credential ? first : await handshake(wanted, options, renewed);
    if ("socket" in second)
        return second.socket;
    const { origin } = options.cluster.server;
    throw new _cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .CutoverError */ .D("unavailable", `Cannot ${wanted.verb} ${wanted.subject}: no WebSocket to ${origin}`, {
        hint: "Something between this machine and the API server (proxy, load balancer) does not pass WebSockets on.",
        cause: second.cause,
    });
}
/** Resolves once the connection is over, however it ended: after the handshake every error ends in this event. */
function ending(socket) {
    return new Promise((resolve) => {
        if (socket.readyState === socket.CLOSED)
            resolve();
        socket.addEventListener("close", () => resolve());
    });
}
async function handshake(wanted, options, credential) {
    const { signal } = wanted;
    throwIfAborted(wanted);
    const kubeconfig = kubeconfigFor(options, credential, signal);
    // Else a server could have it end this process's own stdout.
    const streams = { stdin: new node_stream__WEBPACK_IMPORTED_MODULE_0__.PassThrough(), stdout: new node_stream__WEBPACK_IMPORTED_MODULE_0__.PassThrough(), stderr: new node_stream__WEBPACK_IMPORTED_MODULE_0__.PassThrough() };
    const handler = new _kubernetes_client_node_dist_web_socket_handler_js__WEBPACK_IMPORTED_MODULE_2__/* .WebSocketHandler */ .w(kubeconfig, undefined, streams);
    let asked = "";
    try {
        const socket = await wanted.start(kubeconfig, {
            connect(path, onText, onData) {
                asked = path;
                return handler.connect(path, onText, onData === null ? null : guarded(onData));
            },
        });
        const end = () => socket.terminate();
        signal?.addEventListener("abort", end, { once: true });
        socket.addEventListener("close", () => signal?.removeEventListener("abort", end));
        return { socket };
    }
    catch (error) {
        throwIfAborted(wanted);
        // Before there is a request, it is no handshake that failed.
        if (asked === "")
            throw error;
        return { path: asked, cause: error instanceof Error ? error : Reflect.get(Object(error), "error") };
    }
}
/** A message that client-node cannot read ends the connection; thrown on, it would end the process. */
function guarded(onData) {
    return (stream, data) => {
        try {
            return onData(stream, data);
        }
        catch {
            return false;
        }
    };
}
/** For one handshake, as client-node keeps connections by name and would show an old certificate again. */
function kubeconfigFor(options, credential, signal) {
    const { cluster, proxy, dial, limits } = options;
    const { certificate } = credential;
    const kubeconfig = new _kubernetes_client_node_dist_config_js__WEBPACK_IMPORTED_MODULE_3__/* .KubeConfig */ .yp();
    connecting(kubeconfig, dial === undefined ? { credential } : { dial, server: cluster.server });
    const name = "cutover";
    kubeconfig.loadFromOptions({
        clusters: [
            {
                name,
                server: cluster.server.href.replace(/\/+$/, ""),
                // client-node refuses http:// without it; whether http:// may be is decided where the client is made.
                skipTLSVerify: cluster.skipTlsVerify || cluster.server.protocol === "http:",
                ...(cluster.ca === undefined ? {} : { caData: base64(cluster.ca) }),
                ...(cluster.tlsServerName === undefined ? {} : { tlsServerName: cluster.tlsServerName }),
                ...(proxy === undefined ? {} : { proxyUrl: proxy.href }),
            },
        ],
        users: [{ name, ...(certificate && { certData: base64(certificate.cert), keyData: base64(certificate.key) }) }],
        contexts: [{ name, cluster: name, user: name }],
        currentContext: name,
    });
    kubeconfig.addAuthenticator({
        isAuthProvider: () => true,
        async applyAuthentication(_, request) {
            Object.assign(request, {
                headers: { ...request.headers, ...credential.headers, "user-agent": "cutover" },
                signal,
                handshakeTimeout: limits.readHeaders,
                // Nothing else bounds the way through an HTTP proxy; a SOCKS proxy's would count on in an open connection.
                ...(proxy?.protocol === "socks5:" ? {} : { timeout: limits.readHeaders }),
                closeTimeout: limits.connect,
                perMessageDeflate: false,
            });
        },
    });
    return kubeconfig;
}
/** Connections of one credential share what TLS has worked out for the first of them. */
const agents = new WeakMap();
/** client-node gives every request an agent of its own making, which would look for the server in the network. */
function connecting(kubeconfig, how) {
    const apply = kubeconfig.applyToHTTPSOptions.bind(kubeconfig);
    kubeconfig.applyToHTTPSOptions = async (request) => {
        await apply(request);
        if ("dial" in how) {
            Object.assign(request, { agent: undefined, createConnection: () => how.dial(how.server) });
            return;
        }
        const agent = agents.get(how.credential) ?? request.agent;
        agents.set(how.credential, agent);
        Object.assign(request, { agent });
    };
}
/** Asks the same without a WebSocket: the answer says why (403, 404), or only that a WebSocket is wanted. */
async function explain(path, { verb, subject, signal }, caller) {
    try {
        await caller.call({ method: "GET", path, verb, subject, repeatable: false, isText: true, signal });
    }
    catch (error) {
        const answer = (0,_cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .isCutoverError */ .j)(error) ? error.cause : undefined;
        if (answer instanceof _status_js__WEBPACK_IMPORTED_MODULE_4__/* .ServerAnswer */ .U1 && answer.status === 400 && /upgrade/i.test(answer.message))
            return;
        throw error;
    }
}
function throwIfAborted(wanted) {
    if (wanted.signal?.aborted === true)
        throw (0,_outcome_error_js__WEBPACK_IMPORTED_MODULE_5__/* .abortError */ .v)(wanted.signal, wanted);
}
function base64(text) {
    return Buffer.from(text).toString("base64");
}


/***/ })

};
