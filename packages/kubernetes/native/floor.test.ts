import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { annotation } from "@cutover/release";
import type { Metadata } from "../client/model.ts";
import { noteOn, readFloor } from "./floor.ts";
import { type Autoscaler, as } from "./kinds.ts";
import { autoscaler } from "./shop-objects.test-kit.ts";

const scaler = (minReplicas: number | undefined, metadata: Partial<Metadata> = {}): Autoscaler => {
  const plain = as("HorizontalPodAutoscaler", autoscaler("shop-blue", 1));
  const { minReplicas: _one, ...spec } = plain.spec;
  const floor = minReplicas === undefined ? {} : { minReplicas };
  return { ...plain, metadata: { ...plain.metadata, ...metadata }, spec: { ...spec, ...floor } };
};
const noted = (minReplicas: number | undefined, note: string) =>
  readFloor(scaler(minReplicas, { annotations: { [annotation.floor]: note } }));

suite("The floor of an autoscaler", () => {
  test("is one pod where its owner says nothing, and that is what it gets back", () => {
    assert.equal(readFloor(scaler(undefined)).floor, 1);
    const { floor, own, held } = noted(5, noteOn(scaler(undefined), 5));
    assert.deepEqual([floor, own, held], [5, undefined, true]);
  });

  test("is noted once: raising it further keeps its owner's", () => {
    const once = scaler(5, { annotations: { [annotation.floor]: noteOn(scaler(2), 5) } });
    assert.equal(noted(7, noteOn(once, 7)).own, 2);
  });

  test("is its owner's where it is another than what was written", () => {
    const { own, held } = noted(3, noteOn(scaler(2), 5));
    assert.deepEqual([own, held], [3, true]);
  });

  test("is its owner's where the note cannot be read", () => {
    for (const note of ["", "[", "{}", '{"own":"2","raised":5}']) assert.equal(noted(5, note).own, 5, note);
  });

  test("is kept by GitOps where that owns it, and by what makes the autoscaler", () => {
    const fieldsV1 = { "f:spec": { "f:minReplicas": {} } };
    const managedFields = [{ manager: "argocd-controller", operation: "Apply", fieldsV1 }] as const;
    assert.match(readFloor(scaler(2, { managedFields })).kept?.remedy ?? "", /ignoreDifferences/);
    const maker = { apiVersion: "keda.sh/v1alpha1", kind: "ScaledObject", name: "shop", uid: "1", controller: true };
    const { what, remedy } = readFloor(scaler(2, { ownerReferences: [maker] })).kept ?? {};
    assert.equal(what, "HorizontalPodAutoscaler shop-blue is made by ScaledObject shop");
    assert.equal(remedy, "Set the floor in ScaledObject shop.");
    assert.equal(readFloor(scaler(2)).kept, undefined);
  });
});
