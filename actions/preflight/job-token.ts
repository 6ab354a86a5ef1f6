import { text } from "@cutover/action-kit";

/** For the runner to put in; a reader of `action.yml` that evaluates nothing leaves it as it is. */
const ofTheJob = ["${", "{ github.token }}"].join("");

/** The job's own token unless another one is given; none where no runner has put it in. */
export function jobToken() {
  return text()
    .meta({ secret: true })
    .prefault(ofTheJob)
    .transform((token) => (token === ofTheJob ? undefined : token));
}
