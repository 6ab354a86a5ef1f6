export const id = 94;
export const ids = [94];
export const modules = {

/***/ 2094:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   portForward: () => (/* binding */ portForward)
/* harmony export */ });
/* harmony import */ var node_events__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8474);
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7030);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7075);
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(299);
/* harmony import */ var _kubernetes_client_node_dist_web_socket_handler_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(148);
/* harmony import */ var _path_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5066);
/* harmony import */ var _upgrade_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4077);







const streams = { data: 0, error: 1 };
/** Bytes that may wait to be sent before the sender has to wait. */
const sendBuffer = 1024 * 1024;
/**
 * See `Client.portForward`. The first pod's tunnel is tried before this resolves.
 * @throws `forbidden`, `not-found`; `input-invalid` without pods
 */
async function portForward(pods, port, options) {
    const [first] = pods;
    if (first === undefined)
        throw new _cutover_release__WEBPACK_IMPORTED_MODULE_3__/* .CutoverError */ .D("input-invalid", "There is no pod to forward a port to");
    const over = new AbortController();
    const open = (pod, ends) => (0,_upgrade_js__WEBPACK_IMPORTED_MODULE_4__/* .upgrade */ .f)({ ...deedFor(pod, port), signal: over.signal, start: starter(pod, port, ends) }, options);
    (await open(first, { input: new node_stream__WEBPACK_IMPORTED_MODULE_2__.PassThrough(), output: new node_stream__WEBPACK_IMPORTED_MODULE_2__.PassThrough(), error: new node_stream__WEBPACK_IMPORTED_MODULE_2__.PassThrough() })).terminate();
    const locals = new Set();
    let turn = 0;
    const server = (0,node_net__WEBPACK_IMPORTED_MODULE_1__.createServer)((local) => {
        const pod = pods[turn++ % pods.length] ?? first;
        locals.add(local);
        local.on("error", () => local.destroy()).on("close", () => locals.delete(local));
        open(pod, { input: local, output: local, error: resetting(local) })
            .then((remote) => join(local, remote))
            .catch(() => local.resetAndDestroy());
    });
    server.listen(0, "127.0.0.1");
    await (0,node_events__WEBPACK_IMPORTED_MODULE_0__.once)(server, "listening");
    return {
        port: portOf(server),
        async [Symbol.asyncDispose]() {
            over.abort();
            for (const local of locals)
                local.destroy();
            await new Promise((resolve) => server.close(resolve));
        },
    };
}
/**
 * What client-node's `PortForward` does for one port, on the same `WebSocketHandler`. Its module alone would make the bundle
 * four times as large, for methods that look for pods by typed models of every API.
 */
function starter(pod, port, { input, output, error }) {
    const path = `/api/v1/namespaces/${(0,_path_js__WEBPACK_IMPORTED_MODULE_5__/* .segment */ .mX)(pod.namespace)}/pods/${(0,_path_js__WEBPACK_IMPORTED_MODULE_5__/* .segment */ .mX)(pod.name)}/portforward?ports=${port}`;
    return async (_, handler) => {
        const announced = new Set();
        const remote = await handler.connect(path, null, (stream, data) => {
            // The first message of each stream only names the port.
            const payload = announced.has(stream) ? data : data.subarray(2);
            announced.add(stream);
            if (payload.byteLength > 0)
                (stream === streams.data ? output : error).write(payload);
            return true;
        });
        _kubernetes_client_node_dist_web_socket_handler_js__WEBPACK_IMPORTED_MODULE_6__/* .WebSocketHandler */ .w.handleStandardInput(remote, input, streams.data);
        return remote;
    };
}
function deedFor({ namespace, name }, port) {
    return { verb: "forward", subject: `port ${port} of Pod ${name} in namespace ${namespace}` };
}
function resetting(local) {
    return new node_stream__WEBPACK_IMPORTED_MODULE_2__.Writable({
        write(_chunk, _encoding, done) {
            local.resetAndDestroy();
            done();
        },
    });
}
/** client-node carries the bytes; here one side's end becomes the other's, and a slow side holds the other back. */
function join(local, remote) {
    remote.addEventListener("close", () => local.end());
    if (local.destroyed)
        remote.terminate();
    local.on("close", () => {
        remote.resume();
        remote.close();
    });
    remote.addEventListener("message", () => {
        if (local.writableNeedDrain)
            remote.pause();
    });
    local.on("drain", () => remote.resume());
    local.on("data", () => {
        if (remote.bufferedAmount > sendBuffer)
            holdBack(local, remote);
    });
}
/** A WebSocket has no event for room in its buffer. */
function holdBack(local, remote) {
    local.pause();
    const wait = setInterval(() => {
        if (remote.bufferedAmount > sendBuffer && remote.readyState === remote.OPEN)
            return;
        clearInterval(wait);
        local.resume();
    }, 5);
}
function portOf(server) {
    const address = server.address();
    if (address === null || typeof address === "string")
        throw new Error("the listener has no port");
    return address.port;
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
