import assert from "node:assert/strict";
import { test } from "node:test";
import { childEnvironment } from "./environment.ts";

test("a child gets what programs need, and no input, token or credential", () => {
  const own = {
    PATH: "/bin",
    HOME: "/root",
    KUBECONFIG: "/k",
    https_proxy: "http://proxy",
    INPUT_TOKEN: "secret",
    STATE_saved: "{}",
    ACTIONS_RUNTIME_TOKEN: "secret",
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: "secret",
    GITHUB_TOKEN: "secret",
    GITHUB_OUTPUT: "/o",
    AWS_SECRET_ACCESS_KEY: "secret",
    NODE_OPTIONS: "--import=evil",
  };
  assert.deepEqual(childEnvironment(own, { AWS_PROFILE: "prod" }), {
    PATH: "/bin",
    HOME: "/root",
    KUBECONFIG: "/k",
    https_proxy: "http://proxy",
    AWS_PROFILE: "prod",
  });
});
