export const id = 270;
export const ids = [270];
export const modules = {

/***/ 7270:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  u: () => (/* binding */ sourcesOf)
});

// EXTERNAL MODULE: ./packages/kubernetes/native/behind.js + 1 modules
var behind = __webpack_require__(4178);
// EXTERNAL MODULE: ./packages/release/color.js
var release_color = __webpack_require__(3145);
;// CONCATENATED MODULE: ./packages/manifests/hooks.js
const annotation = "helm.sh/hook";
/** Moments that never come in a release: `helm test`, `helm uninstall`. */
const elsewhere = new Set(["test", "test-success", "test-failure", "pre-delete", "post-delete", "crd-install"]);
/** Whether Helm itself would not apply this object either when it upgrades. */
function isIdleHook(manifest) {
    const moments = momentsOf(manifest);
    return moments.length > 0 && moments.every((moment) => elsewhere.has(moment));
}
/** Hooks run at a moment of `helm upgrade`; a release that left out its migration would be worse than none. */
function hookProblems(manifest) {
    const moments = momentsOf(manifest);
    if (moments.length === 0)
        return [];
    const { kind, metadata } = manifest.resource;
    const message = `${kind} ${metadata.name} is a Helm hook (${moments.join(", ")}), which only \`helm upgrade\` would run`;
    const hint = "Do its work in a step before, and turn it off in the chart's values; or render with `helm template --no-hooks` in a step before, into a file for `manifests`.";
    return [{ origin: manifest.origin, message, hint }];
}
function momentsOf({ resource }) {
    const text = resource.metadata.annotations?.[annotation] ?? "";
    return text
        .split(",")
        .map((moment) => moment.trim())
        .filter((moment) => moment !== "");
}

// EXTERNAL MODULE: ./packages/manifests/json.js
var json = __webpack_require__(8251);
// EXTERNAL MODULE: ./packages/release/errors.js
var errors = __webpack_require__(299);
// EXTERNAL MODULE: ./packages/manifests/resource.js
var manifests_resource = __webpack_require__(6053);
;// CONCATENATED MODULE: ./packages/manifests/problem.js


/** Shown at once; more are counted. */
const shown = 10;
/** All problems in one error, the first one's hint as the hint. */
function manifestsInvalid(problems) {
    const lines = problems.slice(0, shown).map(({ origin, column, message }) => {
        return `${(0,manifests_resource/* place */.ik)(origin)}${column === undefined ? "" : `:${column}`}: ${message}`;
    });
    if (problems.length > shown)
        lines.push(`and ${problems.length - shown} more`);
    const hints = new Set(problems.map((problem) => problem.hint));
    return new errors/* CutoverError */.D("manifest-invalid", lines.join("\n"), { hint: [...hints].slice(0, 3).join(" ") });
}
/** One object that cannot be released, and what to do about it. */
function objectInvalid(manifest, message, hint) {
    const { kind, metadata } = manifest.resource;
    return new errors/* CutoverError */.D("manifest-invalid", `${(0,manifests_resource/* place */.ik)(manifest.origin)}: ${kind} ${metadata.name} ${message}`, {
        hint,
    });
}
/** Something wrong with what was asked for, not with a file. */
function unsuitable(message, hint, code = "manifest-invalid") {
    return new errors/* CutoverError */.D(code, message, { hint });
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./packages/manifests/tool.js


/**
 * What a program writes; `undefined` if it is not installed.
 * @throws `manifest-invalid` with its own words if it says no, `timed-out` if it does not end; the signal's reason.
 */
async function render({ file, args, command, hint }, tools) {
    const { processes, log, workspace: cwd, signal, patience: timeout } = tools;
    const result = await processes.run({ file, args, cwd, signal, timeout }).catch((error) => {
        if (isNotInstalled(error))
            return undefined;
        throw error;
    });
    if (result === undefined)
        return undefined;
    signal.throwIfAborted();
    if (result.timedOut) {
        const advice = `${hint} Where it is merely slow, give it more \`timeout\`.`;
        throw new errors/* CutoverError */.D("timed-out", `${command} did not end within ${timeout / 1_000} s`, { hint: advice });
    }
    if (result.exitCode !== 0)
        throw new errors/* CutoverError */.D("manifest-invalid", complaint(command, result), { hint });
    if (result.stderr.trim() !== "") {
        log.info(`${command} says:`);
        log.untrusted(result.stderr);
    }
    return result.stdout;
}
/** A path as an argument that no program takes for an option or for an address. */
function pathArgument(path) {
    return (0,external_node_path_.isAbsolute)(path) || path.startsWith("./") || path.startsWith("../") ? path : `./${path}`;
}
/** Lines and characters of what a program says at its end. */
const mostLines = 12;
const mostCharacters = 2_000;
function complaint(command, { exitCode, stderr }) {
    const lines = stderr.trim().slice(-mostCharacters).split("\n").slice(-mostLines);
    const words = lines[0] === "" ? ["it said nothing"] : lines;
    return [`${command} ended with ${exitCode ?? "a signal"}:`, ...words.map((line) => `  ${line}`)].join("\n");
}
function isNotInstalled(error) {
    if (!(0,errors/* isCutoverError */.j)(error, "process-failed"))
        return false;
    return error.cause instanceof Error && "code" in error.cause && error.cause.code === "ENOENT";
}

;// CONCATENATED MODULE: ./packages/manifests/helm.js



/** Whether the chart colors its objects itself. */
function hasColors({ namespace: _, ...chart }) {
    return JSON.stringify(chart).includes("{color}");
}
/** The chart of one color. */
function inColor({ namespace, ...chart }, color) {
    const paint = (text) => text.replaceAll("{color}", color);
    const set = Object.entries(chart.set).map(([path, value]) => [paint(path), paint(value)]);
    return {
        namespace,
        chart: paint(chart.chart),
        releaseName: paint(chart.releaseName),
        values: chart.values.map(paint),
        set: Object.fromEntries(set),
    };
}
/**
 * What `helm template` makes of a chart, without asking the cluster.
 * @throws `input-invalid` for a path that leads nowhere, `process-failed` where helm is not installed, and what `render` throws.
 */
async function helmTemplate(chart, files, tools) {
    await checkPaths(chart, files);
    const command = `helm template ${chart.chart}`;
    const hint = `Run \`${command}\` by hand with the same values. Dependencies that are not in its charts/ come with \`helm dependency build\`, a login to a registry with \`helm registry login\`, each in a step before.`;
    const text = await render({ file: "helm", args: templateArguments(chart), command, hint }, tools);
    if (text !== undefined)
        return { name: command, text };
    throw new errors/* CutoverError */.D("process-failed", `chart: ${chart.chart} is rendered by helm, and helm is not on the PATH`, {
        hint: "GitHub's own Ubuntu runners have it. Elsewhere install it in a step before: https://helm.sh/docs/intro/install",
    });
}
function templateArguments({ chart, releaseName, namespace, values, set }) {
    return [
        ...["template", releaseName, isRemote(chart) ? chart : pathArgument(chart), "--namespace", namespace],
        ...values.flatMap((file) => ["--values", pathArgument(file)]),
        ...Object.entries(set).flatMap(([path, value]) => ["--set", `${path}=${value}`]),
    ];
}
function isRemote(chart) {
    return chart.startsWith("oci://");
}
async function checkPaths({ chart, values }, files) {
    const kind = isRemote(chart) ? "file" : await files.kind(chart);
    if (kind === undefined)
        throw unfit("chart", `${chart} does not exist`, fromRepository);
    if (kind === "directory" && (await files.kind((0,external_node_path_.join)(chart, "Chart.yaml"))) === undefined)
        throw unfit("chart", `${chart} is no chart: it holds no Chart.yaml`, fromRepository);
    for (const file of values) {
        if ((await files.kind(file)) !== "file")
            throw unfit("values", `${file} is no file`, "Name one file a line.");
    }
}
const fromRepository = "It is a directory, a .tgz or oci://…; `helm pull` in a step before brings one from a chart repository.";
function unfit(input, what, hint) {
    const start = "Paths start at the workspace; check out the repository first.";
    return new errors/* CutoverError */.D("input-invalid", `${input}: ${what}`, { hint: `${start} ${hint}` });
}

;// CONCATENATED MODULE: ./packages/manifests/kustomize.js


/** The name under which kustomize looks for its file in a directory. */
const kustomizationFile = /^(kustomization\.ya?ml|Kustomization)$/;
/**
 * What `kustomize build` makes of a directory, or `kubectl kustomize` where only that is installed.
 * @throws `process-failed` where neither is, and what `render` throws.
 */
async function kustomize(directory, tools) {
    const programs = [
        ["kustomize", "build"],
        ["kubectl", "kustomize"],
    ];
    for (const [file, verb] of programs) {
        const command = `${file} ${verb} ${directory}`;
        const hint = `Run \`${command}\` by hand until it agrees. What needs more flags (--enable-helm, say) is rendered in a step before, into a file for \`manifests\`.`;
        const text = await render({ file, args: [verb, pathArgument(directory)], command, hint }, tools);
        if (text !== undefined)
            return { name: command, text };
    }
    const message = `manifests: ${directory} is rendered by kustomize, and neither kustomize nor kubectl is on the PATH`;
    const hint = "GitHub's own Ubuntu runners have both. Elsewhere install one in a step before: https://kubectl.docs.kubernetes.io/installation/kustomize";
    throw new errors/* CutoverError */.D("process-failed", message, { hint });
}

;// CONCATENATED MODULE: ./packages/manifests/paths.js





/** @throws `input-invalid` for a path without a manifest, `manifest-invalid` for what must be named otherwise. */
async function expandPaths(paths, files) {
    const patterns = paths.filter((path) => path.includes("{color}"));
    const plain = paths.filter((path) => !path.includes("{color}"));
    const forColor = (color) => expandAll(patterns.map((path) => path.replaceAll("{color}", color)), files);
    return {
        shared: await expandAll(plain, files),
        perColor: { blue: await forColor("blue"), green: await forColor("green") },
    };
}
async function expandAll(paths, files) {
    const found = await Promise.all(paths.map((path) => expand(path, files)));
    return [...new Map(found.flat().map((place) => [place.path, place])).values()];
}
async function expand(path, files) {
    const kind = await files.kind(path);
    if (kind === undefined)
        throw missing(path);
    if (kind === "file") {
        return [isKustomization(path) ? { kind: "kustomization", path: (0,external_node_path_.dirname)(path) } : { kind: "file", path }];
    }
    const directory = path.replace(/(?<=.)\/+$/, "");
    if ((await files.list(path)).some(isKustomization))
        return [{ kind: "kustomization", path: directory }];
    const found = await walk(directory, files, 0);
    if (found.length === 0)
        throw missing(path, "holds no .yaml, .yml or .json file");
    return found.map((file) => ({ kind: "file", path: file }));
}
function isKustomization(path) {
    return kustomizationFile.test((0,external_node_path_.basename)(path));
}
/** Deeper is a loop of links. */
const deepest = 16;
async function walk(directory, files, depth) {
    if (depth > deepest)
        throw missing(directory, `lies more than ${deepest} directories deep`);
    const names = [...(await files.list(directory))].filter((name) => !name.startsWith(".")).sort(json/* byText */.z4);
    if (names.some(isKustomization))
        throw below(directory, "a kustomization", `manifests: ${directory}`);
    if (names.includes("Chart.yaml"))
        throw below(directory, "a Helm chart", `chart: ${directory}`);
    const found = await Promise.all(names.map(async (name) => {
        const path = (0,external_node_path_.join)(directory, name);
        if ((await files.kind(path)) === "directory")
            return walk(path, files, depth + 1);
        return /\.(ya?ml|json)$/i.test(name) ? [path] : [];
    }));
    return found.flat();
}
function missing(path, what = "does not exist") {
    const hint = "Paths start at the workspace; check out the repository first. A path with {color} needs a file for blue and one for green.";
    return new errors/* CutoverError */.D("input-invalid", `manifests: ${path} ${what}`, { hint });
}
/** Which of several overlays is meant is not ours to guess. */
function below(directory, what, input) {
    return unsuitable(`manifests: ${directory} is ${what}, which is rendered as a whole, not read file by file`, `Name the one that this release is made from: \`${input}\`.`);
}

;// CONCATENATED MODULE: ./packages/manifests/texts.js




/** Reads files, and runs kustomize and Helm, each once where both colors share its output. @throws what those throw. */
async function textsOf({ paths, chart }, files, tools) {
    const places = await expandPaths(paths, files);
    const read = (place) => textAt(place, files, tools);
    const charts = (color) => {
        if (chart === undefined || hasColors(chart) !== (color !== undefined))
            return [];
        return [color === undefined ? chart : inColor(chart, color)];
    };
    const rendered = (color) => charts(color).map((one) => helmTemplate(one, files, tools));
    const [shared, blue, green] = await Promise.all([
        Promise.all([...places.shared.map(read), ...rendered()]),
        ...release_color/* colors */.Tj.map((color) => Promise.all([...places.perColor[color].map(read), ...rendered(color)])),
    ]);
    return { shared, perColor: { blue: blue ?? [], green: green ?? [] } };
}
async function textAt({ kind, path }, files, tools) {
    return kind === "file" ? { name: path, text: await files.read(path) } : await kustomize(path, tools);
}

// EXTERNAL MODULE: ../../node_modules/yaml/dist/index.js
var dist = __webpack_require__(3483);
;// CONCATENATED MODULE: ./packages/manifests/yaml.js


/** The objects of one YAML or JSON file. Empty documents are none; what cannot be read is a problem with line and column. */
function parseYaml(text, file) {
    const lines = new dist/* LineCounter */.HN();
    const documents = (0,dist/* parseAllDocuments */.hR)(text, {
        ...kubectlReading,
        lineCounter: lines,
    });
    const entries = [];
    const problems = [];
    for (const document of "empty" in documents ? [] : documents) {
        const faults = documentFaults(document);
        problems.push(...faults.map((fault) => problemAt(fault, file, lines)));
        if (faults.length > 0 || isEmpty(document))
            continue;
        for (const { node, value } of objectsOf(document)) {
            const origin = { file, line: lineAt(node, lines) };
            if ((0,json/* isObject */.Gv)(value))
                entries.push({ value, line: origin.line, lineOf: (path) => lineOfField(node, path, lines) });
            else
                problems.push({ origin, message: "this document is no Kubernetes object", hint: notAnObject });
        }
    }
    return { entries, problems };
}
const notAnObject = "A manifest starts with `apiVersion:` and `kind:`; take other files out of `manifests`.";
/** As kubectl reads: YAML 1.1 (0644 is octal, `yes` is true) with 0o644 too, but times and ages stay text. */
const kubectlReading = {
    schema: "yaml-1.1",
    prettyErrors: false,
    logLevel: "error",
    customTags: (tags) => {
        return [...tags.filter((tag) => typeof tag === "string" || !isOwnIdea(tag.tag, tag.format)), newOctal];
    },
};
const newOctal = {
    tag: "tag:yaml.org,2002:int",
    default: true,
    test: /^0o[0-7]+$/,
    resolve: (text) => Number.parseInt(text.slice(2), 8),
};
function isOwnIdea(tag, format) {
    return format === "TIME" || ["timestamp", "binary", "omap", "pairs", "set"].some((name) => tag.endsWith(`:${name}`));
}
function documentFaults(document) {
    const faults = [...document.errors, ...document.warnings].map(({ code, pos }) => ({
        code,
        offset: pos[0],
    }));
    (0,dist/* visit */.YR)(document, {
        Alias: (_, alias) => {
            if (!alias.resolve(document))
                faults.push({ code: "UNKNOWN_ALIAS", offset: alias.range?.[0] ?? 0 });
        },
        Pair: (_, pair) => {
            if ((0,dist/* isCollection */.P3)(pair.key))
                faults.push({ code: "COLLECTION_KEY", offset: pair.key.range?.[0] ?? 0 });
        },
    });
    return faults.length > 0 ? faults : expansionFaults(document);
}
/** A few lines of aliases can stand for gigabytes. */
function expansionFaults(document) {
    try {
        document.toJS();
        return [];
    }
    catch {
        return [{ code: "TOO_MANY_ALIASES", offset: document.contents?.range?.[0] ?? 0 }];
    }
}
function isEmpty(document) {
    const { contents } = document;
    return contents === null || ((0,dist/* isScalar */.jn)(contents) && contents.value === null);
}
function objectsOf(document) {
    const value = document.toJS();
    if (!(0,json/* isObject */.Gv)(value) || !isList(value))
        return [{ node: nodeOf(document.contents), value }];
    const items = document.getIn(["items"], true);
    return value.items.map((item, index) => ({
        node: (0,dist/* isSeq */.oP)(items) ? nodeOf(items.items[index]) : nodeOf(document.contents),
        value: item,
    }));
}
function isList(value) {
    return typeof value.kind === "string" && value.kind.endsWith("List") && Array.isArray(value.items);
}
function nodeOf(value) {
    return (0,dist/* isMap */.jh)(value) || (0,dist/* isSeq */.oP)(value) || (0,dist/* isScalar */.jn)(value) || (0,dist/* isAlias */.Vj)(value) ? value : null;
}
function lineAt(node, lines) {
    return lines.linePos(node?.range?.[0] ?? 0).line;
}
function lineOfField(node, path, lines) {
    const field = (0,dist/* isMap */.jh)(node) ? nodeOf(node.getIn(path, true)) : null;
    return lineAt(field ?? node, lines);
}
/** In our words: the parser's own may quote the file, and the file may hold Secrets. */
const explanations = {
    DUPLICATE_KEY: ["this key stands twice in the same object", "Keep one of the two."],
    TAB_AS_INDENT: ["a tab is used for indentation", "YAML is indented with spaces; replace the tab."],
    BAD_INDENT: [
        "this line is indented differently from its neighbors",
        "Give all keys of an object the same indentation.",
    ],
    BLOCK_AS_IMPLICIT_KEY: [
        "a second `key: value` on one line",
        "Start a new line, or quote a value that contains a colon.",
    ],
    MISSING_CHAR: ["a quote or bracket is never closed", "Close it, or quote the whole value."],
    UNKNOWN_ALIAS: [
        "this alias has no anchor before it",
        "Anchors are known within one document only, from where they stand.",
    ],
    TOO_MANY_ALIASES: ["aliases expand to too much", "Write the repeated parts out."],
    COLLECTION_KEY: [
        "a key is itself an object",
        "This looks like an unrendered template; render it first, or quote the value.",
    ],
    TAG_RESOLVE_FAILED: ["this tag is not known", "Kubernetes knows plain YAML only; write the value without a `!tag`."],
};
function problemAt(fault, file, lines) {
    const { line, col } = lines.linePos(fault.offset);
    const [message, hint] = explanations[fault.code] ?? [
        `this is no valid YAML (${fault.code.toLowerCase().replaceAll("_", " ")})`,
        "Check the line and the one before it, for instance with `kubectl apply --dry-run=client -f`.",
    ];
    return { origin: { file, line }, column: col, message, hint };
}

;// CONCATENATED MODULE: ./packages/manifests/read.js







/**
 * Reads files, directories (recursively: .yaml, .yml, .json), kustomizations, patterns such as `k8s/production-{color}.yaml`,
 * of which both colors must exist, and a chart.
 * @throws `input-invalid` for a path that leads nowhere, `manifest-invalid` with every problem found, with file and line,
 * and what the programs throw that render.
 */
async function readManifests(sources, files, tools) {
    const texts = await textsOf(sources, files, tools);
    const problems = [];
    const readAll = (some) => some.flatMap((text) => readText(text, problems));
    const shared = readAll(texts.shared);
    const blue = readAll(texts.perColor.blue);
    const green = readAll(texts.perColor.green);
    for (const own of [blue, green])
        problems.push(...doubles([...shared, ...own]));
    if (problems.length > 0)
        throw manifestsInvalid(unique(problems));
    const colored = release_color/* colors */.Tj.some((color) => texts.perColor[color].length > 0);
    return { shared, perColor: colored ? { blue, green } : undefined };
}
function readText({ name, text }, problems) {
    const parsed = parseYaml(text, name);
    problems.push(...parsed.problems);
    const manifests = parsed.entries.flatMap((entry) => {
        const faults = entryProblems(entry, name);
        problems.push(...faults);
        return faults.length === 0 ? [toManifest(entry, name)] : [];
    });
    const applied = manifests.filter((manifest) => !isIdleHook(manifest));
    problems.push(...applied.flatMap(hookProblems));
    return applied;
}
function entryProblems({ value, lineOf }, file) {
    const problem = (path, message, hint) => {
        return { origin: { file, line: lineOf(path) }, message, hint };
    };
    for (const field of ["apiVersion", "kind"]) {
        if (typeof value[field] === "string" && value[field] !== "")
            continue;
        return [
            problem([field], `the object has no ${field}`, `Add \`${field}:\`, or take the file out of \`manifests\`.`),
        ];
    }
    const metadata = (0,json/* isObject */.Gv)(value.metadata) ? value.metadata : {};
    if (typeof metadata.name !== "string" || metadata.name === "") {
        return [
            problem(["metadata", "name"], `${value.kind} has no metadata.name`, "Give it a fixed name; cutover applies objects by name."),
        ];
    }
    return ["labels", "annotations"].flatMap((field) => {
        if (metadata[field] === undefined || metadata[field] === null || (0,json/* isStringMap */.UA)(metadata[field]))
            return [];
        const message = `${field} of ${value.kind} ${metadata.name} must be text`;
        return [
            problem(["metadata", field], message, 'Quote values that look like numbers or booleans: `version: "1.0"`.'),
        ];
    });
}
/** What a cluster adds to an object, and what a manifest exported from one still carries. */
const serverFields = [
    "uid",
    "resourceVersion",
    "generation",
    "creationTimestamp",
    "deletionTimestamp",
    "managedFields",
    "selfLink",
];
/** Only called on entries without problems: the checks above are the border where unknown JSON becomes an object of ours. */
function toManifest({ value, line }, file) {
    const { status: _, ...fields } = value;
    const metadata = without((0,json/* isObject */.Gv)(value.metadata) ? value.metadata : {}, serverFields);
    const resource = { ...fields, apiVersion: String(value.apiVersion), kind: String(value.kind) };
    return { resource: { ...resource, metadata: cleaned(metadata) }, origin: { file, line } };
}
function cleaned(metadata) {
    const { labels, annotations, namespace, ...rest } = metadata;
    return {
        ...rest,
        name: String(metadata.name),
        ...(typeof namespace === "string" ? { namespace } : {}),
        ...((0,json/* isStringMap */.UA)(labels) ? { labels } : {}),
        ...((0,json/* isStringMap */.UA)(annotations) ? { annotations: withoutForeign(annotations) } : {}),
    };
}
/** Written by kubectl, a controller or ourselves about the live object; stale in a manifest. What people write for us is not. */
function withoutForeign(annotations) {
    const stale = /^(cutover\.dev\/(?!colors$)|kubectl\.kubernetes\.io\/last-applied-configuration$|deployment\.kubernetes\.io\/revision$)/;
    return Object.fromEntries(Object.entries(annotations).filter(([name]) => !stale.test(name)));
}
function without(object, names) {
    return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}
function doubles(manifests) {
    const seen = new Map();
    return manifests.flatMap((manifest) => {
        const key = `${(0,manifests_resource/* identity */.D_)(manifest.resource)}/${manifest.resource.metadata.namespace ?? ""}`;
        const first = seen.get(key);
        seen.set(key, first ?? manifest);
        if (!first)
            return [];
        const { kind, metadata } = manifest.resource;
        const message = `${kind} ${metadata.name} stands here and at ${(0,manifests_resource/* place */.ik)(first.origin)}`;
        return [{ origin: manifest.origin, message, hint: "Keep one of the two, or give one another name." }];
    });
}
function unique(problems) {
    return [...new Map(problems.map((problem) => [`${(0,manifests_resource/* place */.ik)(problem.origin)} ${problem.message}`, problem])).values()];
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
;// CONCATENATED MODULE: ./packages/manifests/files.js



/** No manifest of people is as big; a path to something else may be. */
const maximumBytes = 4 * 1024 * 1024;
/** The files below `root`, where relative paths begin. @throws `manifest-invalid` for what is too big or no UTF-8 text. */
function diskFiles(root) {
    const at = (path) => (0,external_node_path_.resolve)(root, path);
    return {
        async kind(path) {
            const found = await (0,promises_.stat)(at(path)).catch(() => undefined);
            if (found?.isDirectory())
                return "directory";
            return found?.isFile() ? "file" : undefined;
        },
        list: (path) => (0,promises_.readdir)(at(path)),
        async read(path) {
            const { size } = await (0,promises_.stat)(at(path));
            if (size > maximumBytes)
                throw unreadable(path, `is bigger than ${maximumBytes / 1024 / 1024} MiB`);
            const bytes = await (0,promises_.readFile)(at(path));
            try {
                return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
            }
            catch (cause) {
                throw unreadable(path, "is no UTF-8 text", cause);
            }
        },
    };
}
/** Files that exist only in memory, by path; for tests and for manifests that were rendered. */
function memoryFiles(contents) {
    const names = Object.keys(contents);
    return {
        async kind(path) {
            if (path in contents)
                return "file";
            return names.some((name) => name.startsWith(join(path, "/"))) ? "directory" : undefined;
        },
        async list(path) {
            const below = names.filter((name) => name.startsWith(join(path, "/")));
            return [...new Set(below.map((name) => name.slice(join(path, "/").length).replace(/\/.*$/, "")))];
        },
        read: async (path) => contents[path] ?? "",
    };
}
function unreadable(path, what, cause) {
    const hint = "Take it out of `manifests`, or split it.";
    return new errors/* CutoverError */.D("manifest-invalid", `${path} ${what}`, { hint, cause });
}

// EXTERNAL MODULE: ./packages/release/label-selector.js
var label_selector = __webpack_require__(7224);
// EXTERNAL MODULE: ./packages/release/annotations.js
var release_annotations = __webpack_require__(9708);
// EXTERNAL MODULE: ./packages/release/slot-name.js
var slot_name = __webpack_require__(8570);
;// CONCATENATED MODULE: ./packages/manifests/references.js

const inContainer = (path) => [`containers.*.${path}`, `initContainers.*.${path}`];
/** Where a pod reads its configuration, below `spec.template.spec`. */
const configuration = {
    ConfigMap: [
        ...inContainer("env.*.valueFrom.configMapKeyRef.name"),
        ...inContainer("envFrom.*.configMapRef.name"),
        "volumes.*.configMap.name",
        "volumes.*.projected.sources.*.configMap.name",
    ],
    Secret: [
        ...inContainer("env.*.valueFrom.secretKeyRef.name"),
        ...inContainer("envFrom.*.secretRef.name"),
        "volumes.*.secret.secretName",
        "volumes.*.projected.sources.*.secret.name",
        "volumes.*.csi.nodePublishSecretRef.name",
    ],
};
/** Not configuration, but must follow a Secret that is. */
const pullSecrets = "imagePullSecrets.*.name";
/** Names of the ConfigMaps or Secrets that the pods of this Deployment read. */
function referencedBy(deployment, kind) {
    return new Set(configuration[kind].flatMap((path) => (0,json/* valuesAt */.I0)(deployment, `spec.template.spec.${path}`)));
}
/** The Deployment with its references renamed; `rename` gives back what it does not know. */
function withReferences(deployment, kind, rename) {
    const paths = kind === "Secret" ? [...configuration.Secret, pullSecrets] : configuration.ConfigMap;
    return paths.reduce((result, path) => (0,json/* updateAt */.hk)(result, `spec.template.spec.${path}`, rename), deployment);
}
/** Secrets that Ingresses and ServiceAccounts name: those keep their name, whoever else reads them. */
function sharedSecrets(resources) {
    const paths = ["spec.tls.*.secretName", "imagePullSecrets.*.name", "secrets.*.name"];
    const sharing = resources.filter(({ kind }) => kind === "Ingress" || kind === "ServiceAccount");
    return new Set(sharing.flatMap((resource) => paths.flatMap((path) => (0,json/* valuesAt */.I0)(resource, path))));
}

;// CONCATENATED MODULE: ./packages/manifests/workload.js




/** The labels that a Deployment gives its pods. */
function podLabels(deployment) {
    const labels = (0,json/* valueAt */.fK)(deployment.resource, "spec.template.metadata.labels");
    return (0,json/* isStringMap */.UA)(labels) ? labels : {};
}
/** The one Deployment of a release. @throws `manifest-invalid` for none, for several, and for one whose own parts do not fit together. */
function onlyDeployment(manifests) {
    const [first, ...more] = manifests.filter(({ resource }) => resource.kind === "Deployment");
    if (!first) {
        throw unsuitable("the manifests hold no Deployment", "Name the file with the service's Deployment in `manifests`, or leave `manifests` empty to change only images.");
    }
    if (more.length > 0) {
        const all = [first, ...more].map(({ resource, origin }) => `${resource.metadata.name} (${(0,manifests_resource/* place */.ik)(origin)})`);
        throw unsuitable(`the manifests hold several Deployments, and each color of a Service is one: ${all.join(", ")}`, "Those that a Service sends to are released as a `service` each, with manifests of their own. Others, such as workers, are applied in a step of their own; what must move with the pods goes into them as a container.");
    }
    check(first);
    return first;
}
function check(deployment) {
    const containers = (0,json/* valueAt */.fK)(deployment.resource, "spec.template.spec.containers");
    if (!Array.isArray(containers) || containers.length === 0 || !containers.every(isNamed)) {
        throw objectInvalid(deployment, "has no containers with names", "List them in spec.template.spec.containers.");
    }
    if (!(0,label_selector/* selects */.k)((0,json/* valueAt */.fK)(deployment.resource, "spec.selector"), podLabels(deployment))) {
        const hint = "Every label in spec.selector.matchLabels must stand in spec.template.metadata.labels too.";
        throw objectInvalid(deployment, "does not select the pods of its own template", hint);
    }
    if ((0,json/* valueAt */.fK)(deployment.resource, "spec.paused") === true) {
        throw objectInvalid(deployment, "is paused, so its pods would never be made", "Remove spec.paused.");
    }
}
function isNamed(container) {
    return (0,json/* isObject */.Gv)(container) && typeof container.name === "string" && container.name !== "";
}

;// CONCATENATED MODULE: ./packages/manifests/color-objects.js






/**
 * One set of manifests made into the objects of one color: the Deployment, its configuration, its PodDisruptionBudgets,
 * autoscalers and preview Services get a name and labels per color, and all references follow. The rest stays as it is.
 * @throws `manifest-invalid` for what cannot be told apart by color.
 */
function colorObjects(manifests, target) {
    const deployment = onlyDeployment(manifests);
    const context = { target, deployment, podLabels: podLabels(deployment), manifests };
    return manifests.flatMap((manifest) => {
        return colored(manifest, context).map((resource) => ({ resource, origin: manifest.origin }));
    });
}
function colored(manifest, context) {
    const { resource } = manifest;
    const { kind } = resource;
    if (kind === "Deployment")
        return [coloredDeployment(manifest, context)];
    if (kind === "ConfigMap" || kind === "Secret")
        return coloredConfiguration(manifest, kind, context);
    if (kind === "Service")
        return [coloredService(resource, context)];
    if (kind === "PodDisruptionBudget")
        return [coloredBudget(resource, context)];
    if (kind === "Ingress" || kind === "HTTPRoute")
        refusePreviewBackends(manifest, context);
    return [coloredScaler(manifest, context)];
}
function coloredDeployment(manifest, { target, manifests }) {
    const { color, colorLabel, deploymentPattern, service } = target;
    for (const path of ["metadata.labels", "spec.selector.matchLabels", "spec.template.metadata.labels"]) {
        refuseOtherMeaning(manifest, path, colorLabel);
    }
    const addColor = (labels) => ({ ...((0,json/* isObject */.Gv)(labels) ? labels : {}), [colorLabel]: color });
    const name = (0,slot_name/* slotName */.M)(deploymentPattern, service, color);
    let resource = named(manifest.resource, name, target);
    resource = (0,json/* updateAt */.hk)(resource, "spec.selector", (selector) => {
        return (0,json/* isObject */.Gv)(selector) ? { ...selector, matchLabels: addColor(selector.matchLabels) } : selector;
    });
    resource = (0,json/* updateAt */.hk)(resource, "spec.template.metadata.labels", addColor);
    for (const kind of ["ConfigMap", "Secret"]) {
        const own = new Set(manifests.filter(({ resource }) => resource.kind === kind).map(({ resource }) => resource.metadata.name));
        const renamed = referencedBy(manifest.resource, kind);
        resource = withReferences(resource, kind, (old) => {
            return typeof old === "string" && own.has(old) && renamed.has(old) ? perColor(old, target) : old;
        });
    }
    return resource;
}
/** `environment: production` already means something; overwriting it would change what other selectors see. */
function refuseOtherMeaning(deployment, path, colorLabel) {
    const labels = (0,json/* valueAt */.fK)(deployment.resource, path);
    const value = (0,json/* isStringMap */.UA)(labels) ? labels[colorLabel] : undefined;
    if (value === undefined || (0,release_color/* isColor */._o)(value))
        return;
    const hint = `Remove the label there, or choose another one with the input \`color-label\`.`;
    throw objectInvalid(deployment, `says ${colorLabel}: ${value} in ${path}, where the color would stand`, hint);
}
/** Of its own for each color, so that the new configuration never reaches the pods that serve. */
function coloredConfiguration(manifest, kind, context) {
    const { resource } = manifest;
    const { name } = resource.metadata;
    if (!referencedBy(context.deployment.resource, kind).has(name))
        return [resource];
    if (resource.immutable === true) {
        const hint = "Remove `immutable: true`: each color has its own copy, which the release after next writes again.";
        throw objectInvalid(manifest, "is immutable, and its copy of a color must change with each release", hint);
    }
    const others = context.manifests.map((other) => other.resource);
    const shared = kind === "Secret" && sharedSecrets(others).has(name);
    return [...(shared ? [resource] : []), named(resource, perColor(name, context.target), context.target)];
}
/** The Service that is switched keeps its name; another that selects these pods is a preview, one for each color. */
function coloredService(resource, { target, podLabels }) {
    const pinned = (0,json/* updateAt */.hk)(resource, "spec.selector", (selector) => {
        return (0,json/* isObject */.Gv)(selector) ? { ...selector, [target.colorLabel]: target.color } : selector;
    });
    if (resource.metadata.name === target.service)
        return pinned;
    if ((0,manifests_resource/* isForBoth */.lR)(resource) || !selectsPods(resource, podLabels, target.colorLabel))
        return resource;
    return named(pinned, perColor(resource.metadata.name, target), target);
}
function selectsPods(service, labels, colorLabel) {
    const selector = (0,json/* valueAt */.fK)(service, "spec.selector");
    if (!(0,json/* isStringMap */.UA)(selector))
        return false;
    const { [colorLabel]: _, ...withoutColor } = selector;
    return (0,label_selector/* selectsPlainly */.x)(withoutColor, labels);
}
function coloredBudget(resource, { target, podLabels }) {
    const selector = (0,json/* valueAt */.fK)(resource, "spec.selector");
    if (!(0,label_selector/* selects */.k)(selector, podLabels))
        return resource;
    const pinned = (0,json/* updateAt */.hk)(resource, "spec.selector", (old) => {
        const matchLabels = (0,json/* isObject */.Gv)(old) && (0,json/* isObject */.Gv)(old.matchLabels) ? old.matchLabels : {};
        return { ...((0,json/* isObject */.Gv)(old) ? old : {}), matchLabels: { ...matchLabels, [target.colorLabel]: target.color } };
    });
    return named(pinned, perColor(resource.metadata.name, target), target);
}
/** HorizontalPodAutoscaler and ScaledObject name what they scale in `scaleTargetRef`, VerticalPodAutoscaler in `targetRef`. */
function coloredScaler(manifest, { target, deployment, manifests }) {
    const { resource } = manifest;
    const slotOf = (color) => (0,slot_name/* slotName */.M)(target.deploymentPattern, target.service, color);
    const path = scaledBy(resource, deployment.resource.metadata.name);
    if (path !== undefined) {
        const following = (0,json/* updateAt */.hk)(resource, `${path}.name`, () => slotOf(target.color));
        return named(following, perColor(resource.metadata.name, target), target);
    }
    const scales = (one, color) => scaledBy(one.resource, slotOf(color)) !== undefined;
    const color = release_color/* colors */.Tj.find((one) => scales(manifest, one));
    if (color === undefined || manifests.some((one) => scales(one, (0,release_color/* otherColor */.IP)(color))))
        return resource;
    throw scalesOneColor(manifest, color, deployment);
}
/** Where this object says that it scales that Deployment, if it does. */
function scaledBy(resource, deployment) {
    return ["spec.scaleTargetRef", "spec.targetRef"].find((path) => {
        const scaled = (0,json/* valueAt */.fK)(resource, path);
        return (0,json/* isObject */.Gv)(scaled) && (scaled.kind ?? "Deployment") === "Deployment" && scaled.name === deployment;
    });
}
function scalesOneColor(scaler, color, { resource: { metadata } }) {
    const other = (0,release_color/* otherColor */.IP)(color);
    return objectInvalid(scaler, `scales the ${color} slot alone, so that nothing would scale ${other} once it has the traffic`, `Name Deployment ${metadata.name}, as the manifests do: each color gets an autoscaler of its own, which follows its slot.`);
}
/** Where Ingresses and HTTPRoutes name the Services that they lead to. */
const backends = [
    "spec.defaultBackend.service.name",
    "spec.rules.*.http.paths.*.backend.service.name",
    "spec.rules.*.backendRefs.*.name",
];
function refusePreviewBackends(route, { manifests, target, podLabels }) {
    const names = new Set(backends.flatMap((path) => (0,json/* valuesAt */.I0)(route.resource, path)));
    const preview = manifests.find(({ resource }) => {
        const isPreview = !(0,manifests_resource/* isForBoth */.lR)(resource) &&
            resource.metadata.name !== target.service &&
            selectsPods(resource, podLabels, target.colorLabel);
        return resource.kind === "Service" && isPreview && names.has(resource.metadata.name);
    });
    if (!preview)
        return;
    const hint = `Send it to Service ${target.service}, which is the one that is switched, or keep this ${route.resource.kind} out of the release.`;
    const { name } = preview.resource.metadata;
    throw objectInvalid(route, `sends requests to Service ${name}, which is a preview and has a name per color`, hint);
}
function perColor(name, target) {
    return `${name}-${target.color}`;
}
function named(resource, name, { color, colorLabel }) {
    const { metadata } = resource;
    const labels = { ...metadata.labels, [colorLabel]: color };
    const annotations = { ...metadata.annotations, [release_annotations/* annotation */.w.source]: metadata.name };
    return { ...resource, metadata: { ...metadata, name, labels, annotations } };
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./packages/release/canonical-json.js
var canonical_json = __webpack_require__(7367);
;// CONCATENATED MODULE: ./packages/manifests/hash.js


/** SHA-256 of the canonical JSON, its first 16 hex digits: enough to tell releases of one service apart. */
function contentHash(value) {
    return (0,external_node_crypto_.createHash)("sha256").update((0,canonical_json/* canonicalJson */.d)(value)).digest("hex").slice(0, 16);
}

// EXTERNAL MODULE: ./packages/release/image-choice.js
var image_choice = __webpack_require__(1687);
;// CONCATENATED MODULE: ./packages/manifests/images.js


const containerLists = ["spec.template.spec.initContainers", "spec.template.spec.containers"];
/**
 * Sets images, init containers' too, by the name of the container or by the repository that it has.
 * @throws `input-invalid` for an entry that matches no container, and for two that contradict each other.
 */
function withImages(deployment, images) {
    const chosen = (0,image_choice/* chooseImages */.s)(images, Object.entries(imagesOf(deployment)), deployment.metadata.name);
    return containerLists.reduce((result, path) => {
        return (0,json/* updateAt */.hk)(result, `${path}.*`, (container) => {
            if (!(0,json/* isObject */.Gv)(container))
                return container;
            const image = chosen[String(container.name)];
            return image === undefined ? container : { ...container, image };
        });
    }, deployment);
}
/** What the Deployment's containers run, init containers first. */
function imagesOf(deployment) {
    const containers = containerLists.flatMap((path) => (0,json/* valuesAt */.I0)(deployment, `${path}.*`)).filter(json/* isObject */.Gv);
    return Object.fromEntries(containers.map(({ name, image }) => [String(name), typeof image === "string" ? image : ""]));
}

;// CONCATENATED MODULE: ./packages/manifests/order.js
/** What others need comes first, what points at others last; the order of the files decides the rest. */
function inApplyOrder(resources) {
    return resources.toSorted((one, other) => rank(one.kind) - rank(other.kind));
}
const firstToLast = [
    ["ServiceAccount", "ResourceQuota", "LimitRange", "NetworkPolicy"],
    ["Role"],
    ["RoleBinding"],
    ["Secret", "ConfigMap", "PersistentVolumeClaim"],
    [], // every kind not named here
    ["Service", "PodDisruptionBudget"],
    ["Deployment"],
    ["HorizontalPodAutoscaler", "ScaledObject", "VerticalPodAutoscaler"],
    ["Ingress", "HTTPRoute"],
];
const unnamed = firstToLast.findIndex((kinds) => kinds.length === 0);
function rank(kind) {
    const found = firstToLast.findIndex((kinds) => kinds.includes(kind));
    return found === -1 ? unnamed : found;
}

;// CONCATENATED MODULE: ./packages/manifests/own-colors.js





/**
 * Manifests that their authors wrote per color are taken as they are, and checked.
 * @throws `manifest-invalid` where blue and green could not be told apart.
 */
function checkOwnColors(manifests, target, otherManifests) {
    const deployment = onlyDeployment(manifests);
    checkName(deployment, target);
    checkLabel(deployment, target);
    checkSelector(deployment, onlyDeployment(otherManifests), target);
    for (const manifest of manifests) {
        if (manifest.resource.kind === "Service")
            checkService(manifest, deployment, target);
    }
    return manifests.map((manifest) => withActiveColor(manifest, target));
}
function checkName(deployment, { deploymentPattern, service, color }) {
    const expected = (0,slot_name/* slotName */.M)(deploymentPattern, service, color);
    if (deployment.resource.metadata.name === expected)
        return;
    const hint = `Rename it, or set the input \`deployment\` to the pattern of your names (now ${deploymentPattern}).`;
    throw objectInvalid(deployment, `stands where the ${color} Deployment ${expected} is expected`, hint);
}
function checkLabel(deployment, { color, colorLabel }) {
    const value = podLabels(deployment)[colorLabel];
    if (value === color)
        return;
    const has = value === undefined ? `no label ${colorLabel}` : `the label ${colorLabel}: ${value}`;
    const hint = `Set ${colorLabel}: ${color} in spec.template.metadata.labels, or name your label with the input \`color-label\`.`;
    throw objectInvalid(deployment, `gives its pods ${has}, and the Service is switched by ${colorLabel}: ${color}`, hint);
}
/** Two Deployments that select each other's pods fight over them. */
function checkSelector(deployment, other, { color, colorLabel }) {
    if (!(0,label_selector/* selects */.k)((0,json/* valueAt */.fK)(deployment.resource, "spec.selector"), podLabels(other)))
        return;
    const hint = `Add ${colorLabel}: ${color} to spec.selector.matchLabels. The selector of a live Deployment cannot change: delete the idle one first.`;
    throw objectInvalid(deployment, `selects the ${(0,release_color/* otherColor */.IP)(color)} pods too`, hint);
}
function checkService(service, deployment, { colorLabel, color, service: switched }) {
    const selector = (0,json/* valueAt */.fK)(service.resource, "spec.selector");
    if (!(0,json/* isStringMap */.UA)(selector) || service.resource.metadata.name === switched || (0,manifests_resource/* isForBoth */.lR)(service.resource))
        return;
    const { [colorLabel]: own, ...shared } = selector;
    if (own === color || !(0,label_selector/* selectsPlainly */.x)(shared, podLabels(deployment)))
        return;
    const hint = `Add ${colorLabel}: ${color} to its selector: a preview Service selects the pods of its own color only.`;
    const selected = (0,release_color/* isColor */._o)(own) ? `the ${own} pods from the ${color} manifests` : "the pods of both colors";
    throw objectInvalid(service, `selects ${selected}, so it would reach a release before it is proved`, hint);
}
/** The Service in the files may name the color that was active when they were written. */
function withActiveColor(manifest, { service, color, colorLabel }) {
    const { resource } = manifest;
    if (resource.kind !== "Service" || resource.metadata.name !== service)
        return manifest;
    const { spec } = resource;
    const selector = (0,json/* valueAt */.fK)(resource, "spec.selector");
    if (!(0,json/* isStringMap */.UA)(selector) || typeof spec !== "object")
        return manifest;
    return { ...manifest, resource: { ...resource, spec: { ...spec, selector: { ...selector, [colorLabel]: color } } } };
}

;// CONCATENATED MODULE: ./packages/manifests/scope.js

/**
 * Puts an object into the release's namespace.
 * @throws `manifest-invalid` for what a release of one service cannot hold: other namespaces, cluster-wide kinds, workloads that cannot be blue and green.
 */
function intoNamespace(manifest, namespace) {
    const { resource } = manifest;
    const refusal = refusals[resource.kind];
    if (refusal)
        throw objectInvalid(manifest, ...refusal);
    if (clusterWide.has(resource.kind)) {
        const hint = "Apply it once, outside of releases, with the rights that it needs; a release works inside one namespace.";
        throw objectInvalid(manifest, "is cluster-wide", hint);
    }
    const own = resource.metadata.namespace;
    if (own !== undefined && own !== namespace) {
        const hint = `Remove metadata.namespace, set the input \`namespace\` to ${own}, or release it in a step of its own.`;
        throw objectInvalid(manifest, `belongs to namespace ${own}, and this release to ${namespace}`, hint);
    }
    return { ...manifest, resource: { ...resource, metadata: { ...resource.metadata, namespace } } };
}
const asDeployment = "Make it a Deployment, or release it in a step of its own.";
const refusals = {
    StatefulSet: [
        "cannot be released by color: its pods own volumes and names that two colors cannot share",
        asDeployment,
    ],
    DaemonSet: [
        "cannot be released by color: it fills every node once, and two colors would fill them twice",
        asDeployment,
    ],
    Pod: ["is a bare pod: nothing restarts it, moves it or scales it", asDeployment],
    ReplicaSet: ["is not released by itself: its Deployment makes it", asDeployment],
    ReplicationController: ["is older than Deployments and cannot be told apart by color", asDeployment],
    Job: [
        "runs once and cannot be changed afterwards, so a second release would fail on it",
        "Run it in a step before the release, such as a migration.",
    ],
    Rollout: ["is moved by Argo Rollouts", "Set `engine: argo-rollouts`, or make it a Deployment."],
    Kustomization: ["is not an object of a cluster", "Render it in a step before: `kubectl kustomize <directory>`."],
};
const clusterWide = new Set([
    "APIService",
    "CSIDriver",
    "CertificateSigningRequest",
    "ClusterIssuer",
    "ClusterRole",
    "ClusterRoleBinding",
    "CustomResourceDefinition",
    "GatewayClass",
    "IngressClass",
    "MutatingAdmissionPolicy",
    "MutatingAdmissionPolicyBinding",
    "MutatingWebhookConfiguration",
    "Namespace",
    "Node",
    "PersistentVolume",
    "PriorityClass",
    "RuntimeClass",
    "StorageClass",
    "ValidatingAdmissionPolicy",
    "ValidatingAdmissionPolicyBinding",
    "ValidatingWebhookConfiguration",
    "VolumeAttributesClass",
]);

;// CONCATENATED MODULE: ./packages/manifests/render.js











/**
 * The objects of one release in one color.
 * @throws `manifest-invalid` for objects that cannot be released by color, `input-invalid` for images that match no container.
 */
function renderRelease(set, target) {
    const colored = coloredManifests(set, target);
    refuseSameNames(colored);
    const deployment = onlyDeployment(colored);
    const service = colored.find(({ resource }) => isSwitched(resource, target));
    if (service)
        render_checkService(service, deployment);
    const released = colored.map(({ resource }) => resource === deployment.resource ? withImages(resource, target.images) : resource);
    const hash = contentHash(released.toSorted(byIdentity));
    const stamped = released.map((resource) => (resource.kind === "Deployment" ? withHash(resource, hash) : resource));
    const objects = inApplyOrder(stamped.filter((resource) => !isSwitched(resource, target)));
    const workload = stamped.find((resource) => resource.kind === "Deployment") ?? deployment.resource;
    return {
        ...(service ? { service: service.resource } : {}),
        deployment: workload,
        objects,
        images: imagesOf(workload),
        hash,
    };
}
function coloredManifests(set, target) {
    const { perColor, shared } = set;
    const local = (manifests) => manifests.map((manifest) => intoNamespace(manifest, target.namespace));
    if (!perColor)
        return colorObjects(local(shared), target);
    const own = local([...shared, ...perColor[target.color]]);
    return checkOwnColors(own, target, local([...shared, ...perColor[(0,release_color/* otherColor */.IP)(target.color)]]));
}
function isSwitched(resource, target) {
    return resource.kind === "Service" && resource.metadata.name === target.service;
}
function render_checkService(service, deployment) {
    const selector = (0,json/* valueAt */.fK)(service.resource, "spec.selector");
    if ((0,json/* valueAt */.fK)(service.resource, "spec.type") === "ExternalName" || !(0,json/* isStringMap */.UA)(selector)) {
        throw objectInvalid(service, "selects no pods, so there is nothing to switch", "Give it spec.selector with the labels of the pods.");
    }
    checkPorts(service, deployment);
    if ((0,label_selector/* selectsPlainly */.x)(selector, podLabels(deployment)))
        return;
    const missing = Object.entries(selector).filter(([name, value]) => podLabels(deployment)[name] !== value);
    const wanted = missing.map(([name, value]) => `${name}: ${value}`).join(", ");
    const hint = `Add ${wanted} to spec.template.metadata.labels of the Deployment, or take it out of the Service's selector.`;
    throw objectInvalid(service, `would select no pod of Deployment ${deployment.resource.metadata.name}`, hint);
}
/** A port by name that no container has is a port without endpoints. */
function checkPorts(service, deployment) {
    const { name } = deployment.resource.metadata;
    const lists = ["containers", "initContainers"];
    const known = lists.flatMap((list) => (0,json/* valuesAt */.I0)(deployment.resource, `spec.template.spec.${list}.*.ports.*.name`));
    const wanted = (0,json/* valuesAt */.I0)(service.resource, "spec.ports.*.targetPort").filter((port) => typeof port === "string");
    const missing = wanted.find((port) => !known.includes(port));
    if (missing === undefined)
        return;
    const names = known.length === 0 ? "none has a name" : `they have ${known.join(", ")}`;
    const hint = `Name the port in the container (ports: [{ name: ${missing}, containerPort: … }]), or give the Service its number.`;
    throw objectInvalid(service, `sends to port ${missing}, which no container of Deployment ${name} has: ${names}`, hint);
}
function refuseSameNames(manifests) {
    const seen = new Map();
    for (const manifest of manifests) {
        const first = seen.get((0,manifests_resource/* identity */.D_)(manifest.resource));
        if (first) {
            const hint = "Names per color end in -blue or -green; rename the object that has such a name already.";
            throw objectInvalid(manifest, `has the same name as the one at ${(0,manifests_resource/* place */.ik)(first.origin)}`, hint);
        }
        seen.set((0,manifests_resource/* identity */.D_)(manifest.resource), manifest);
    }
}
function withHash(deployment, hash) {
    return (0,json/* updateAt */.hk)(deployment, "spec.template.metadata", (metadata) => {
        const old = (0,json/* isObject */.Gv)(metadata) ? metadata : {};
        return { ...old, annotations: { ...((0,json/* isObject */.Gv)(old.annotations) ? old.annotations : {}), [release_annotations/* annotation */.w.hash]: hash } };
    });
}
function byIdentity(one, other) {
    return (0,json/* byText */.z4)((0,manifests_resource/* identity */.D_)(one), (0,manifests_resource/* identity */.D_)(other));
}

;// CONCATENATED MODULE: ./actions/release/sources.js



/** Milliseconds for kustomize or Helm, whatever the deadline. */
const longestRendering = 120_000;
/**
 * What a release puts into either slot of each service, in their order: rendered manifests, or images for the Deployments that exist.
 * @throws `input-invalid` for images that no service has a container for, and what reading manifests throws
 */
async function sourcesOf(release, place, runner) {
    const { service: services, images = {} } = release;
    const drafts = await Promise.all(services.map(async (service) => release.manifests === undefined && release.chart === undefined
        ? await liveDraft(release, service, place)
        : await renderedDraft(release, service, { place, runner })));
    const shares = (0,image_choice/* shareImages */.o)(images, drafts.map(({ running }, index) => ({ service: services[index] ?? "", running })));
    return drafts.map((draft, index) => draft.withImages(shares[index] ?? images));
}
async function renderedDraft(release, service, { place: { namespace }, runner }) {
    const { manifests = [], deployment, colorLabel, timeout } = release;
    const { processes, log, workspace, signal } = runner;
    const tools = { processes, log, workspace, signal, patience: Math.min(timeout, longestRendering) };
    const paths = manifests.map((path) => ofService(path, service));
    const sources = { paths, chart: chartOf(release, service, namespace) };
    const set = await readManifests(sources, diskFiles(workspace), tools);
    const target = { service, namespace, deploymentPattern: deployment, colorLabel };
    return {
        running: runningIn(set),
        withImages: (images) => {
            const render = (color) => renderRelease(set, { ...target, color, images });
            return { kind: "manifests", rendered: { blue: render("blue"), green: render("green") } };
        },
    };
}
function runningIn({ shared, perColor }) {
    const manifests = [...shared, ...(perColor === undefined ? [] : [...perColor.blue, ...perColor.green])];
    const deployments = manifests.filter(({ resource }) => resource.kind === "Deployment");
    return deployments.flatMap(({ resource }) => Object.entries(imagesOf(resource)));
}
function chartOf(release, service, namespace) {
    const { chart, releaseName = service, values = [], set = {} } = release;
    if (chart === undefined)
        return undefined;
    const own = (text) => ofService(text, service);
    const ownSet = Object.fromEntries(Object.entries(set).map(([key, value]) => [key, own(value)]));
    return { chart: own(chart), releaseName: own(releaseName), values: values.map(own), set: ownSet, namespace };
}
function ofService(text, service) {
    return text.replaceAll("{service}", service);
}
/** The engine checks images against what runs; which of several services one is meant for is decided here. */
async function liveDraft(release, service, place) {
    const { deployment, colorLabel } = release;
    const slots = release_color/* colors */.Tj.map((color) => (0,slot_name/* slotName */.M)(deployment, service, color));
    const deployments = release.service.length === 1 ? [] : await (0,behind/* deploymentsBehind */.T_)({ ...place, service, colorLabel }, slots);
    return {
        running: deployments.flatMap((deployment) => Object.entries(imagesOf(deployment))),
        withImages: (images) => ({ kind: "images", images }),
    };
}


/***/ })

};
