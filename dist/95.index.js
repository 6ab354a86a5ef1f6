export const id = 95;
export const ids = [95];
export const modules = {

/***/ 9095:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  rollback: () => (/* binding */ rollback)
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
;// CONCATENATED MODULE: ./actions/rollback/contract.js





const contract = {
    name: "rollback",
    description: "Moves traffic back to a release that worked, and proves that it arrived.",
    post: true,
    inputs: schemas/* object */.Ikc({
        ...release_inputs/* clusterInputs */.g$,
        to: (0,inputs/* releaseReference */.H)()
            .prefault("previous")
            .describe("`previous` (the newest confirmed revision older than the active one), or a revision's number."),
        reason: (0,inputs/* text */.Qq)().optional().describe("Why; recorded with the rollback and shown in its report."),
        ...release_inputs/* trafficInputs */.bq,
        soak: (0,inputs/* duration */.p0)().prefault("0s").describe("How long to watch the slot under traffic before the rollback counts."),
    })
        .check((0,rules/* rule */.Hu)((inputs, refuse) => {
        (0,rules/* refuseUnbuilt */.Yg)(inputs, refuse);
        if (inputs.service.length > 1 && inputs.to !== "previous")
            refuse("to", "expected previous: each service counts its revisions by itself; roll one back to a number alone");
    })),
    outputs: outputs/* releaseOutputs */.mm,
    refused: outputs/* refusedOutputs */.Xo,
};

;// CONCATENATED MODULE: ./actions/rollback/action.js




const rollback = (0,action/* defineAction */.Q)(contract, async (inputs, runner) => {
    const { to, soak, drain, previous, probe, reason } = inputs;
    const wanted = { kind: "rollback", to, soak, drain, previous, probe: probe !== undefined, smoke: false };
    return await (0,run_release/* runRelease */.T)({ inputs, wanted, reason }, runner);
}, { post: release_lock/* releaseLock */.x });


/***/ })

};
