export const id = 499;
export const ids = [499];
export const modules = {

/***/ 499:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  blueGreenDeploy: () => (/* binding */ blueGreenDeploy)
});

// EXTERNAL MODULE: ./packages/action-kit/action.js
var action = __webpack_require__(698);
// EXTERNAL MODULE: ./actions/release/release-lock.js
var release_lock = __webpack_require__(7095);
// EXTERNAL MODULE: ./actions/release/run-release.js + 36 modules
var run_release = __webpack_require__(9448);
// EXTERNAL MODULE: ./actions/release/sources.js + 19 modules
var release_sources = __webpack_require__(7270);
// EXTERNAL MODULE: ./packages/action-kit/inputs.js
var inputs = __webpack_require__(3057);
// EXTERNAL MODULE: ../../node_modules/zod/v4/classic/schemas.js + 11 modules
var schemas = __webpack_require__(3045);
// EXTERNAL MODULE: ./actions/release/inputs.js + 1 modules
var release_inputs = __webpack_require__(8889);
// EXTERNAL MODULE: ./actions/release/outputs.js
var outputs = __webpack_require__(8772);
// EXTERNAL MODULE: ./actions/release/rules.js
var rules = __webpack_require__(1821);
;// CONCATENATED MODULE: ./actions/blue-green-deploy/contract.js





const contract = {
    name: "blue-green-deploy",
    description: "Releases to the idle color, proves it, moves the traffic in one write, and goes back by itself if that was wrong.",
    post: true,
    inputs: schemas/* object */.Ikc({
        ...release_inputs/* clusterInputs */.g$,
        ...release_inputs/* releaseInputs */.zy,
        smoke: (0,inputs/* text */.Qq)()
            .optional()
            .describe("Bash command that must succeed before the switch. It gets `PREVIEW_URL`, `SERVICE`, `COLOR` and `REVISION`."),
        switch: (0,inputs/* oneOf */.yL)(["auto", "manual"])
            .prefault("auto")
            .describe("`manual` stops with the preview proved; once it is approved, `promote` moves the traffic."),
        soak: (0,inputs/* duration */.p0)().prefault("10s").describe("How long to watch the new slot under traffic before it is confirmed."),
        ...release_inputs/* trafficInputs */.bq,
        adopt: (0,inputs/* flag */.Jt)()
            .prefault("false")
            .describe("Take over a Service that selects no color yet: the Deployment that it sends to gets one by a rolling update, then its selector. Look at it first with `dry-run`."),
    })
        .check((0,rules/* rule */.Hu)((inputs, refuse) => {
        (0,rules/* refuseUnbuilt */.Yg)(inputs, refuse);
        (0,rules/* refuseStraySources */.sT)(inputs, refuse);
        if (inputs.switch === "manual" && inputs.previous !== "keep") {
            refuse("previous", `${inputs.previous} contradicts \`switch: manual\`, which leaves the old slot its traffic; leave it out`);
        }
    })),
    outputs: outputs/* deployOutputs */.gf,
    refused: outputs/* refusedOutputs */.Xo,
};

;// CONCATENATED MODULE: ./actions/blue-green-deploy/action.js





const blueGreenDeploy = (0,action/* defineAction */.Q)(contract, async (inputs, runner) => {
    const { soak, drain, previous, replicas, smoke, adopt } = inputs;
    const terms = { soak, drain, previous, probe: true, smoke: smoke !== undefined };
    const wanted = { kind: "deploy", switch: inputs.switch, ...terms };
    const sources = (place) => (0,release_sources/* sourcesOf */.u)(inputs, place, runner);
    return await (0,run_release/* runRelease */.T)({ inputs, wanted, sources, replicas, smoke, adopt }, runner);
}, { post: release_lock/* releaseLock */.x });


/***/ })

};
