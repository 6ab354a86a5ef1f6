import { type Approval, approvalsOf, type PullRequest, pullRequestsOf } from "@cutover/github";
import { type Check, type Finding, fail, pass, skip, together } from "../check.ts";
import { type Origin, originOf } from "../github.ts";

const nothingRequired = "Neither `required-approvals` nor `required-reviews` is given";

/** Who had to agree has agreed, and is somebody else than who asks. */
export const approvals: Check = {
  id: "approvals",
  title: "Who had to approve has approved",
  run: async (world) => {
    const { requiredApprovals: environments = [], requiredReviews: reviews = 0 } = world.inputs;
    if (environments.length === 0 && reviews === 0) return skip(nothingRequired);
    const origin = originOf(world);
    const [given, pulls] = await Promise.all([
      environments.length === 0 ? [] : approvalsOf(origin.github, origin.run),
      reviews === 0 ? undefined : pullRequestsOf(origin.github, origin.commit),
    ]);
    return together(
      [
        ...environments.map((environment) => approvalOf(environment, given, origin)),
        ...(pulls === undefined ? [] : [reviewOf(pulls, reviews, origin)]),
      ],
      nothingRequired,
    );
  },
};

function approvalOf(environment: string, given: readonly Approval[], { starters }: Origin): Finding {
  const approvers = given
    .filter(({ environments, state }) => state === "approved" && environments.includes(environment))
    .map(({ by }) => by);
  const [other] = approvers.filter((by) => !starters.includes(by));
  if (other !== undefined) return pass(`Environment ${environment} was approved by ${other}`);
  const remedy = `Set required reviewers for environment ${environment}, and prevent self-review (Settings > Environments); the job of this step needs \`environment: ${environment}\`, or one before it.`;
  const [self] = approvers;
  if (self === undefined) return fail(`Nobody has approved environment ${environment} in this run`, remedy);
  return fail(`Environment ${environment} was approved by ${self} alone, who has started this run`, remedy);
}

function reviewOf(pulls: readonly PullRequest[], wanted: number, { commit }: Origin): Finding {
  const short = commit.slice(0, 7);
  const good = pulls.find(({ approvedBy, refusedBy }) => approvedBy.length >= wanted && refusedBy.length === 0);
  if (good !== undefined) return pass(`#${good.number} was approved by ${good.approvedBy.join(", ")}`);
  if (pulls.length === 0)
    return fail(
      `No pull request has brought ${short}`,
      "Release what came by a pull request that others have approved.",
    );
  const told = pulls.map(({ number, approvedBy, refusedBy }) => {
    if (refusedBy.length > 0) return `#${number} is to be changed, by ${refusedBy.join(", ")}`;
    const by = approvedBy.length === 0 ? "nobody" : `${approvedBy.join(", ")} alone`;
    return `#${number} was approved by ${by}, and ${wanted} should have`;
  });
  return fail(told.join("\n"), "Ask for a review; a branch rule makes sure of it before the merge.");
}
