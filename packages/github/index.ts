export { type Approval, approvalsOf, type PullRequest, pullRequestsOf } from "./approvals.ts";
export { type CommitCheck, type CommitQuestion, commitChecks } from "./commit-checks.ts";
export { createGitHub, type GitHub } from "./github.ts";
