import type { SandboxOptions } from "@cutover/sandbox";

/** What `{image:NAME}` stands for in the sandbox. */
export const sandboxImages: Readonly<Record<string, string>> = {
  v1: "shop.example/fixture:v1",
  v2: "shop.example/fixture:v2",
  missing: "shop.example/fixture:missing",
};

/** A sandbox in which the same images can be pulled, and the missing one cannot, as in the cluster tier. */
export const sandboxOptions: SandboxOptions = {
  images: { "shop.example/fixture:v1": { version: "v1" }, "shop.example/fixture:v2": { version: "v2" } },
  probeEveryMs: 10,
};
