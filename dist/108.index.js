export const id = 108;
export const ids = [108];
export const modules = {

/***/ 1108:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  retire: () => (/* binding */ retire)
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
;// CONCATENATED MODULE: ./actions/retire/contract.js





const contract = {
    name: "retire",
    description: "Scales down or deletes the slot that has no traffic any more, once the release is signed off.",
    post: true,
    inputs: schemas/* object */.Ikc({
        ...release_inputs/* clusterInputs */.g$,
        how: (0,inputs/* oneOf */.yL)(["scale-down", "delete"])
            .prefault("scale-down")
            .describe("What becomes of the old slot: `scale-down` to 0 pods, or `delete` its Deployment too."),
        revision: (0,inputs/* integer */.nd)({ min: 1 })
            .optional()
            .describe("The revision that was signed off. If another one has the traffic, nothing is done."),
        drain: release_inputs/* trafficInputs */.bq.drain,
    })
        .check((0,rules/* rule */.Hu)((inputs, refuse) => {
        (0,rules/* refuseUnbuilt */.Yg)(inputs, refuse);
        if (inputs.service.length > 1 && inputs.revision !== undefined)
            refuse("revision", "each service counts its revisions by itself; retire one alone, or leave this out");
    })),
    outputs: outputs/* releaseOutputs */.mm,
    refused: outputs/* refusedOutputs */.Xo,
};

;// CONCATENATED MODULE: ./actions/retire/action.js




const retire = (0,action/* defineAction */.Q)(contract, async (inputs, runner) => {
    const { how: previous, revision, drain } = inputs;
    const terms = { soak: 0, drain, previous, probe: false, smoke: false };
    return await (0,run_release/* runRelease */.T)({ inputs, wanted: { kind: "retire", revision, ...terms } }, runner);
}, { post: release_lock/* releaseLock */.x });


/***/ })

};
