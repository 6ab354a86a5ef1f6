import assert from "node:assert/strict";
import { test } from "node:test";
import { difference } from "./leftovers.ts";

test("names what appeared and what went away, by kind", () => {
  const before = { mount: ["proc /proc"], sysctl: ["kernel/panic = 1"] };
  const after = { mount: ["proc /proc", "tmpfs /x"], sysctl: ["kernel/panic = 10"] };
  assert.deepEqual(difference(before, after), [
    "mount appeared: tmpfs /x",
    "sysctl appeared: kernel/panic = 10",
    "sysctl went away: kernel/panic = 1",
  ]);
});

test("names a new link once, without the settings that come with it", () => {
  const before = { link: ["lo"], sysctl: [] };
  const after = {
    link: ["lo", "cni0"],
    sysctl: ["net/ipv4/conf/cni0/forwarding = 1", "net/ipv4/conf/lo/forwarding = 1"],
  };
  assert.deepEqual(difference(before, after), [
    "link appeared: cni0",
    "sysctl appeared: net/ipv4/conf/lo/forwarding = 1",
  ]);
});

test("finds nothing in two equal snapshots", () => {
  assert.deepEqual(difference({ link: ["lo"], mount: [] }, { link: ["lo"], mount: [] }), []);
});
