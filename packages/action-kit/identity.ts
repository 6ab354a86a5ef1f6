import { hostname, userInfo } from "node:os";
import type { Identity } from "@cutover/release";
import type { Environment } from "./environment.ts";

/** Who runs this; outside a runner, the user and the machine. The nonce tells one process from every other. */
export function identityOf(env: Environment, nonce: string): Identity {
  const { GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = env;
  if (!repository || !run) return localIdentity(nonce);
  const attempt = env.GITHUB_RUN_ATTEMPT || "1";
  const job = env.GITHUB_JOB || "job";
  const server = env.GITHUB_SERVER_URL || "https://github.com";
  return {
    repository,
    holder: [repository, run, attempt, job, nonce].join("/"),
    step: [repository, run, job, env.GITHUB_ACTION || "step"].join("/"),
    runUrl: `${server}/${repository}/actions/runs/${run}/attempts/${attempt}`,
    actor: env.GITHUB_ACTOR ?? "",
    commit: env.GITHUB_SHA ?? "",
  };
}

function localIdentity(nonce: string): Identity {
  const holder = ["local", hostname(), process.pid, nonce].join("/");
  return { repository: "local", holder, step: holder, runUrl: "", actor: userName(), commit: "" };
}

/** In a container the user may have no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "";
  }
}
