import { suite } from "node:test";
import { bothConfirmed, checkAll, type Example, finished, known, proof } from "./examples-of-steps.ts";
import { deploy, emptyCluster, scene } from "./scenes.ts";
import { noEvidence } from "./step.ts";

suite("A deploy, up to the switch,", () => {
  const examples: readonly Example[] = [
    ["locks before the first write", scene({ locked: false }), noEvidence, deploy(), { kind: "lock" }],
    [
      "records the release in the first install",
      { ...emptyCluster(), locked: true },
      noEvidence,
      deploy(),
      { kind: "record", color: "blue" },
    ],
    ["records the release for the inactive slot", scene(), noEvidence, deploy(), { kind: "record", color: "green" }],
    [
      "goes on with the slot that a first install left behind",
      scene({ active: undefined, blue: "missing", green: { ready: 1 }, history: { 2: "B" } }),
      noEvidence,
      deploy(),
      { kind: "await-ready", color: "green", revision: 2 },
    ],
    [
      "prepares what is recorded",
      scene({ history: known }),
      noEvidence,
      deploy(),
      { kind: "prepare", color: "green", revision: 2 },
    ],
    [
      "prepares a slot that has too few pods",
      scene({ green: { replicas: 1 }, history: known }),
      noEvidence,
      deploy(),
      { kind: "prepare", color: "green", revision: 2 },
    ],
    [
      "takes a new number for content that was active before",
      scene({ ...finished, wants: "A" }),
      noEvidence,
      deploy(),
      { kind: "record", color: "blue" },
    ],
    [
      "writes the new number on a slot that still has the content",
      scene({ ...finished, wants: "A", history: { ...bothConfirmed, 3: "A" } }),
      noEvidence,
      deploy(),
      { kind: "prepare", color: "blue", revision: 3 },
    ],
    [
      "does not resume an unfinished revision once a newer one is known",
      scene({ green: {}, history: { ...known, 3: "C failed" } }),
      noEvidence,
      deploy(),
      { kind: "record", color: "green" },
    ],
    [
      "takes a new number after the same content failed",
      scene({ green: { replicas: 0 }, history: { 1: "A confirmed", 2: "B failed" } }),
      noEvidence,
      deploy(),
      { kind: "record", color: "green" },
    ],
    [
      "waits out the rest of the drain before it writes a slot with old connections",
      scene({ green: { holds: "Z", revision: 0 }, history: known, switchedAgo: 10_000 }),
      noEvidence,
      deploy({ drain: 30_000 }),
      { kind: "drain", color: "green", milliseconds: 20_000 },
    ],
    [
      "never drains for longer than asked, whatever the calendar says",
      scene({ green: { holds: "Z", revision: 0 }, history: known, switchedAgo: -90_000 }),
      noEvidence,
      deploy({ drain: 30_000 }),
      { kind: "drain", color: "green", milliseconds: 30_000 },
    ],
    [
      "has no connections to wait for on a slot without pods",
      scene({ green: { holds: "Z", replicas: 0 }, history: known, switchedAgo: 0 }),
      noEvidence,
      deploy({ drain: 30_000 }),
      { kind: "prepare", color: "green", revision: 2 },
    ],
    [
      "has nothing to drain where no color was ever active",
      scene({ active: undefined, green: { holds: "Z" }, blue: "missing", history: { 1: "B" }, switchedAgo: 0 }),
      noEvidence,
      deploy({ drain: 30_000 }),
      { kind: "prepare", color: "blue", revision: 1 },
    ],
    [
      "drains once",
      scene({ green: { holds: "Z" }, history: known, switchedAgo: 0 }),
      { drained: "the last switch" },
      deploy({ drain: 30_000 }),
      { kind: "prepare", color: "green", revision: 2 },
    ],
    [
      "keeps traffic on blue while green is not ready",
      scene({ active: "blue", green: { ready: 2, target: 3 }, history: known }),
      noEvidence,
      deploy(),
      { kind: "await-ready", color: "green", revision: 2 },
    ],
    [
      "waits for a preview that is larger than it must be, until it has what its confirmation will want",
      scene({ green: { replicas: 6, ready: 3, needed: 5 }, history: known }),
      noEvidence,
      deploy(),
      { kind: "await-ready", color: "green", revision: 2 },
    ],
    [
      "keeps traffic on blue while pods of an older template are ready in green",
      scene({ green: { settled: false }, history: known }),
      noEvidence,
      deploy(),
      { kind: "await-ready", color: "green", revision: 2 },
    ],
    [
      "probes a ready slot if asked",
      scene({ green: {}, history: known }),
      noEvidence,
      deploy({ probe: true, smoke: true }),
      { kind: "probe", color: "green", revision: 2 },
    ],
    [
      "smoke-tests a probed slot if asked",
      scene({ green: {}, history: known }),
      { probed: proof },
      deploy({ probe: true, smoke: true }),
      { kind: "smoke", color: "green", revision: 2 },
    ],
    [
      "probes again when other pods have come",
      scene({ green: {}, history: known }),
      { probed: "pods of yesterday" },
      deploy({ probe: true }),
      { kind: "probe", color: "green", revision: 2 },
    ],
  ];
  checkAll(examples);
});
