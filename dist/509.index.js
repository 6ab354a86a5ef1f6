export const id = 509;
export const ids = [509];
export const modules = {

/***/ 1509:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  promote: () => (/* binding */ promote)
});

// EXTERNAL MODULE: ./packages/action-kit/action.js
var action = __webpack_require__(698);
// EXTERNAL MODULE: ./actions/release/release-lock.js
var release_lock = __webpack_require__(7095);
// EXTERNAL MODULE: ./actions/release/run-release.js + 36 modules
var run_release = __webpack_require__(9448);
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
;// CONCATENATED MODULE: ./actions/promote/contract.js





const contract = {
    name: "promote",
    description: "Moves the traffic to the preview that was approved, and to nothing else.",
    post: true,
    inputs: schemas/* object */.Ikc({
        ...release_inputs/* clusterInputs */.g$,
        approved: (0,inputs/* json */.Pq)(outputs/* approvals */.bc).describe("What was approved: the output `preview` of blue-green-deploy with `switch: manual`. Anything else is refused."),
        smoke: (0,inputs/* text */.Qq)()
            .optional()
            .describe("Bash command that must succeed before the switch. It gets `PREVIEW_URL`, `SERVICE`, `COLOR` and `REVISION`."),
        soak: (0,inputs/* duration */.p0)().prefault("10s").describe("How long to watch the new slot under traffic before it is confirmed."),
        ...release_inputs/* trafficInputs */.bq,
    })
        .check((0,rules/* rule */.Hu)((inputs, refuse) => {
        (0,rules/* refuseUnbuilt */.Yg)(inputs, refuse);
        const missing = inputs.service.find((name) => !Object.hasOwn(inputs.approved, name));
        const stray = Object.keys(inputs.approved).find((name) => !inputs.service.includes(name));
        if (missing !== undefined)
            refuse("approved", `expected what was approved of ${missing}; it has nothing of it`);
        if (stray !== undefined)
            refuse("approved", `${stray} was approved too, and is not among \`service\``);
    })),
    outputs: outputs/* releaseOutputs */.mm,
    refused: outputs/* refusedOutputs */.Xo,
};

;// CONCATENATED MODULE: ./actions/promote/action.js




const promote = (0,action/* defineAction */.Q)(contract, async (inputs, runner) => {
    const { approved, soak, drain, previous, smoke } = inputs;
    const terms = { soak, drain, previous, probe: true, smoke: smoke !== undefined };
    return await (0,run_release/* runRelease */.T)({ inputs, wanted: { kind: "promote", approved, ...terms }, smoke }, runner);
}, { post: release_lock/* releaseLock */.x });


/***/ })

};
